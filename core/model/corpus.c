/* corpus.c: many reports as one: in the order of country, edition and file, each narrative once; their facts
 * numbered through. Loading the files is load.c's; what a fact must be is query.c's. */
#include "model/corpus.h"

#include <stdlib.h>

#include "base/error.h"
#include "outline/country.h"

static const tipl__entry *entry_at(const tipl_corpus *corpus, uint32_t i) {
  return &TIPL__AT(tipl__entry, corpus->entries, i);
}

/* ------------------------------------------------------------------ each narrative once */

static int by_digest(const void *a, const void *b) {
  const tipl__entry *one = a, *other = b;
  int order = memcmp(one->digest, other->digest, TIPL_DIGEST);
  return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

static int by_number(const void *a, const void *b) {
  const tipl__entry *const *one = a, *const *other = b;
  return ((*one)->number > (*other)->number) - ((*one)->number < (*other)->number);
}

static bool add_duplicate(tipl_corpus *corpus, const tipl__entry *entry, uint32_t of) {
  tipl_outline outline;
  tipl_report_outline(&outline, entry->report);
  tipl__duplicate *duplicate = tipl__vec_push(&corpus->duplicates, &corpus->alloc);
  if (duplicate == NULL) return false;
  duplicate->of = of;
  duplicate->path = tipl__copy_path(&corpus->alloc, outline.name);
  return duplicate->path != NULL;
}

/* Takes out every entry whose narrative an earlier file holds, and keeps a note of it. */
static bool drop_duplicates(tipl_corpus *corpus) {
  tipl__entry *entries = corpus->entries.data;
  uint32_t count = corpus->entries.count, kept = 0;
  if (count > 1) qsort(entries, count, sizeof *entries, by_digest);
  for (uint32_t i = 0, first = 0; i < count; i++) {
    if (i > first && memcmp(entries[i].digest, entries[first].digest, TIPL_DIGEST) != 0) first = i;
    if (i == first) continue;
    if (!add_duplicate(corpus, &entries[i], entries[first].number)) return false;
    tipl_report_unref(entries[i].report);
    entries[i].report = NULL;
  }
  for (uint32_t i = 0; i < count; i++)
    if (entries[i].report != NULL) entries[kept++] = entries[i];
  corpus->entries.count = kept;
  return true;
}

/* ------------------------------------------------------------------ the order of a corpus */

static int by_country(const void *a, const void *b) {
  const tipl__entry *one = a, *other = b;
  tipl_outline x, y;
  tipl_report_outline(&x, one->report);
  tipl_report_outline(&y, other->report);
  int order = (*x.country == '\0') - (*y.country == '\0'); /* what has no country comes last */
  if (order == 0) order = strcmp(x.country, y.country);
  if (order == 0) order = (x.year > y.year) - (x.year < y.year);
  return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

/* From entry numbers to places in the corpus. */
static bool point_duplicates(tipl_corpus *corpus) {
  uint32_t count = corpus->entries.count;
  size_t size = (count + 1) * sizeof(tipl__entry *);
  const tipl__entry **found = tipl__new(&corpus->alloc, size);
  if (found == NULL) return false;
  for (uint32_t i = 0; i < count; i++) found[i] = entry_at(corpus, i);
  if (count > 1) qsort(found, count, sizeof *found, by_number);
  for (uint32_t i = 0; i < corpus->duplicates.count; i++) {
    tipl__duplicate *duplicate = &TIPL__AT(tipl__duplicate, corpus->duplicates, i);
    uint32_t low = 0, high = count;
    while (low < high) {
      uint32_t middle = (low + high) / 2;
      if (found[middle]->number < duplicate->of) low = middle + 1;
      else high = middle;
    }
    duplicate->of = (uint32_t)(found[low] - entry_at(corpus, 0));
  }
  tipl__free(&corpus->alloc, found, size);
  return true;
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const tipl__duplicate *)a)->path, ((const tipl__duplicate *)b)->path);
}

/* The numbers that the facts of each report begin with. */
static tipl_status number_facts(tipl_corpus *corpus, tipl_error *error) {
  uint64_t facts = 0;
  for (uint32_t i = 0; i <= corpus->entries.count; i++) {
    uint32_t *base = tipl__vec_push(&corpus->base, &corpus->alloc);
    if (base == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory while loading the corpus");
    *base = (uint32_t)facts;
    if (i < corpus->entries.count) facts += tipl_count(entry_at(corpus, i)->report, TIPL_FACTS);
    if (facts >= TIPL_NONE) return tipl__fail(error, TIPL_ELIMIT, "the corpus has more than 4294967294 facts");
  }
  return TIPL_OK;
}

static tipl_status settle(tipl_corpus *corpus, tipl_error *error) {
  if (!drop_duplicates(corpus)) return tipl__fail(error, TIPL_ENOMEM, "out of memory while loading the corpus");
  if (corpus->entries.count > 1)
    qsort(corpus->entries.data, corpus->entries.count, sizeof(tipl__entry), by_country);
  if (!point_duplicates(corpus)) return tipl__fail(error, TIPL_ENOMEM, "out of memory while loading the corpus");
  if (corpus->duplicates.count > 1)
    qsort(corpus->duplicates.data, corpus->duplicates.count, sizeof(tipl__duplicate), by_path);
  return number_facts(corpus, error);
}

/* ------------------------------------------------------------------ making and freeing */

static void free_corpus(tipl_corpus *corpus) {
  tipl__alloc alloc = corpus->alloc;
  for (uint32_t i = 0; i < corpus->entries.count; i++) tipl_report_unref(entry_at(corpus, i)->report);
  if (corpus->whole != NULL) { /* its lists are the other's */
    tipl_corpus_unref(corpus->whole);
    corpus->failures = tipl__vec_of(sizeof(tipl__failure));
    corpus->duplicates = tipl__vec_of(sizeof(tipl__duplicate));
  }
  for (uint32_t i = 0; i < corpus->failures.count; i++)
    tipl__free_path(&alloc, TIPL__AT(tipl__failure, corpus->failures, i).path);
  for (uint32_t i = 0; i < corpus->duplicates.count; i++)
    tipl__free_path(&alloc, TIPL__AT(tipl__duplicate, corpus->duplicates, i).path);
  tipl__vec *vecs[] = {&corpus->entries, &corpus->base, &corpus->failures, &corpus->duplicates};
  for (size_t i = 0; i < sizeof vecs / sizeof *vecs; i++) tipl__vec_free(vecs[i], &alloc);
  tipl__free(&alloc, corpus, sizeof *corpus);
}

tipl_status tipl_corpus_load(tipl_corpus **out, const char *const *paths, size_t count,
                             const tipl_options *options, tipl_error *error) {
  if (out == NULL) return tipl__fail(error, TIPL_EARG, "no place for the corpus was given");
  *out = NULL;
  if ((paths == NULL && count > 0) || (options != NULL && options->size < sizeof options->size))
    return tipl__fail(error, TIPL_EARG, "paths and valid options are needed");
  tipl_options filled = TIPL_OPTIONS_INIT;
  if (options != NULL) memcpy(&filled, options, options->size < sizeof filled ? options->size : sizeof filled);
  filled.size = sizeof filled;
  tipl__alloc alloc = tipl__alloc_of(&filled);
  tipl_corpus *corpus = tipl__new(&alloc, sizeof *corpus);
  if (corpus == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory while loading the corpus");
  memset(corpus, 0, sizeof *corpus);
  corpus->alloc = alloc;
  corpus->entries = tipl__vec_of(sizeof(tipl__entry));
  corpus->base = tipl__vec_of(sizeof(uint32_t));
  corpus->failures = tipl__vec_of(sizeof(tipl__failure));
  corpus->duplicates = tipl__vec_of(sizeof(tipl__duplicate));
  tipl_status status = tipl__load(corpus, paths, count, &filled, error);
  if (status == TIPL_OK) status = settle(corpus, error);
  if (status != TIPL_OK) {
    free_corpus(corpus);
    return status;
  }
  atomic_init(&corpus->references, 1);
  *out = corpus;
  return TIPL_OK;
}

tipl_status tipl_corpus_with(tipl_corpus **out, const tipl_corpus *corpus, const tipl_report *const *reports,
                             tipl_error *error) {
  if (out != NULL) *out = NULL;
  if (out == NULL || corpus == NULL || reports == NULL)
    return tipl__fail(error, TIPL_EARG, "a corpus and its reports are needed");
  tipl_corpus *made = tipl__new(&corpus->alloc, sizeof *made);
  if (made == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory");
  *made = *corpus;
  atomic_init(&made->references, 1);
  made->whole = corpus;
  tipl_corpus_ref(corpus);
  made->entries = tipl__vec_of(sizeof(tipl__entry));
  made->base = tipl__vec_of(sizeof(uint32_t));
  tipl_status status = TIPL_OK;
  for (uint32_t i = 0; i < corpus->entries.count && status == TIPL_OK; i++) {
    tipl__entry *entry = tipl__vec_push(&made->entries, &made->alloc);
    if (entry == NULL) {
      status = tipl__fail(error, TIPL_ENOMEM, "out of memory");
      break;
    }
    *entry = *entry_at(corpus, i);
    entry->report = (tipl_report *)(uintptr_t)reports[i];
    tipl_report_ref(reports[i]);
  }
  if (status == TIPL_OK) status = number_facts(made, error);
  if (status != TIPL_OK) {
    free_corpus(made);
    return status;
  }
  *out = made;
  return TIPL_OK;
}

void tipl_corpus_ref(const tipl_corpus *corpus) {
  if (corpus == NULL) return;
  atomic_fetch_add_explicit(&((tipl_corpus *)(uintptr_t)corpus)->references, 1, memory_order_relaxed);
}

void tipl_corpus_unref(const tipl_corpus *corpus) {
  if (corpus == NULL) return;
  tipl_corpus *c = (tipl_corpus *)(uintptr_t)corpus;
  if (atomic_fetch_sub_explicit(&c->references, 1, memory_order_acq_rel) == 1) free_corpus(c);
}

/* ------------------------------------------------------------------ reading */

uint32_t tipl_corpus_count(const tipl_corpus *corpus) { return corpus->entries.count; }

const tipl_report *tipl_corpus_report(const tipl_corpus *corpus, uint32_t report) {
  return report < corpus->entries.count ? entry_at(corpus, report)->report : NULL;
}

size_t tipl_corpus_memory(const tipl_corpus *corpus) {
  size_t bytes = sizeof *corpus;
  for (uint32_t i = 0; i < corpus->entries.count; i++) bytes += tipl_report_memory(entry_at(corpus, i)->report);
  const tipl__vec *vecs[] = {&corpus->entries, &corpus->base, &corpus->failures, &corpus->duplicates};
  for (size_t i = 0; i < sizeof vecs / sizeof *vecs; i++) bytes += (size_t)vecs[i]->capacity * vecs[i]->element;
  return bytes;
}

size_t tipl_corpus_skipped(const tipl_corpus *corpus) { return corpus->skipped; }

int tipl_corpus_failure_at(tipl_corpus_failure *out, const tipl_corpus *corpus, uint32_t i) {
  if (i >= corpus->failures.count) return 0;
  const tipl__failure *failure = &TIPL__AT(tipl__failure, corpus->failures, i);
  out->path = failure->path;
  out->error = failure->error;
  return 1;
}

int tipl_corpus_duplicate_at(tipl_corpus_duplicate *out, const tipl_corpus *corpus, uint32_t i) {
  if (i >= corpus->duplicates.count) return 0;
  const tipl__duplicate *duplicate = &TIPL__AT(tipl__duplicate, corpus->duplicates, i);
  out->path = duplicate->path;
  out->of = duplicate->of;
  return 1;
}

/* ------------------------------------------------------------------ queries */

typedef struct wanted {
  tipl_report_filter filter;
  const char *country; /* the usual name, where it is known by any; NULL for any country */
} wanted;

static wanted whole(const tipl_report_filter *filter) {
  wanted w = {TIPL_REPORT_FILTER_INIT, NULL};
  if (filter != NULL)
    memcpy(&w.filter, filter, filter->size < sizeof w.filter ? filter->size : sizeof w.filter);
  if (w.filter.country != NULL) {
    uint32_t row = tipl__country_of_option(w.filter.country);
    w.country = row != TIPL_NONE ? tipl__country_name(row) : w.filter.country;
  }
  return w;
}

static bool takes(const wanted *w, const tipl_outline *outline) {
  const tipl_report_filter *f = &w->filter;
  return (w->country == NULL || strcmp(w->country, outline->country) == 0) &&
         (f->first_year == 0 || outline->year >= f->first_year) &&
         (f->last_year == 0 || (outline->year != 0 && outline->year <= f->last_year)) &&
         (f->tiers == 0 || (f->tiers >> outline->tier & 1) != 0) &&
         (f->movements == 0 || (f->movements >> outline->movement & 1) != 0);
}

/* The first report at or after `start` whose country is not before the wanted one. */
static uint32_t seek(const tipl_corpus *corpus, const char *country, uint32_t start) {
  uint32_t low = start, high = corpus->entries.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    tipl_outline outline;
    tipl_report_outline(&outline, entry_at(corpus, middle)->report);
    if (*outline.country != '\0' && strcmp(outline.country, country) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

static uint32_t next_report(const tipl_corpus *corpus, const wanted *w, uint32_t start) {
  if (w->country != NULL && *w->country != '\0') start = seek(corpus, w->country, start);
  for (uint32_t i = start; i < corpus->entries.count; i++) {
    tipl_outline outline;
    tipl_report_outline(&outline, entry_at(corpus, i)->report);
    if (takes(w, &outline)) return i;
    if (w->country != NULL && *w->country != '\0' && strcmp(outline.country, w->country) != 0) break;
  }
  return TIPL_NONE;
}

uint32_t tipl_next_report(const tipl_corpus *corpus, const tipl_report_filter *filter, uint32_t start) {
  wanted w = whole(filter);
  return next_report(corpus, &w, start);
}

uint32_t tipl_corpus_facts(const tipl_corpus *corpus) {
  return TIPL__AT(uint32_t, corpus->base, corpus->entries.count);
}

uint32_t tipl_corpus_first_fact(const tipl_corpus *corpus, uint32_t report) {
  return report <= corpus->entries.count ? TIPL__AT(uint32_t, corpus->base, report) : TIPL_NONE;
}

uint32_t tipl_corpus_report_of(const tipl_corpus *corpus, uint32_t fact) {
  uint32_t low = 0, high = corpus->entries.count;
  if (fact >= tipl_corpus_facts(corpus)) return TIPL_NONE;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (TIPL__AT(uint32_t, corpus->base, middle) <= fact) low = middle;
    else high = middle;
  }
  return low;
}

uint32_t tipl_corpus_next_fact(const tipl_corpus *corpus, const tipl_report_filter *reports,
                               const tipl_filter *filter, uint32_t start) {
  uint32_t report = tipl_corpus_report_of(corpus, start);
  if (report == TIPL_NONE) return TIPL_NONE;
  wanted w = whole(reports);
  while ((report = next_report(corpus, &w, report)) != TIPL_NONE) {
    uint32_t base = tipl_corpus_first_fact(corpus, report);
    uint32_t row = tipl_next_fact(entry_at(corpus, report)->report, filter, start > base ? start - base : 0);
    if (row != TIPL_NONE) return base + row;
    report++;
  }
  return TIPL_NONE;
}
