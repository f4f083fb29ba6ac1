/* report.c: the finished report, one block of memory, and how it is made and read.
 *
 *   tipl_report | text, padding | map | columns of sentences, tokens, measures, facts | small tables | names
 *
 * tipl_report_open and tipl_report_parse run the stages in their order over a tipl__build and pack it.
 * Nothing here recognises anything. */
#include <stdatomic.h>

#include "base/error.h"
#include "lexicon/lexicon.h"
#include "model/build.h"
#include "model/report.h"
#include "model/stages.h"

enum { TEXT_PADDING = 32 };

void tipl__build_free(tipl__build *build) {
  tipl__vec *vecs[] = {&build->blocks, &build->sections, &build->paragraphs, &build->sentences,
                       &build->recommendations, &build->token_start, &build->token_length,
                       &build->token_word, &build->units, &build->stops, &build->measures, &build->facts};
  for (size_t i = 0; i < sizeof vecs / sizeof vecs[0]; i++) tipl__vec_free(vecs[i], &build->alloc);
  while (build->names != NULL) {
    tipl__name *next = build->names->next;
    tipl__free(&build->alloc, build->names, build->names->size);
    build->names = next;
  }
  tipl__vec_free(&build->map, &build->alloc);
  tipl__origin_unref(build->origin);
  build->origin = NULL;
  tipl__free(&build->alloc, build->text, build->text_size);
  build->text = NULL;
}

void tipl__build_leftover(tipl__build *build, tipl_span text, const char *why) {
  if (build->options.leftover == NULL) return;
  tipl_span source = text;
  if (build->map.count > 0) source = tipl__map_out(build->map.data, build->map.count, text);
  build->options.leftover(build->options.leftover_payload, source, why);
}

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c); }

const char *tipl__build_keep(tipl__build *build, const char *text, size_t length) {
  size_t size = sizeof(tipl__name) + length + 1;
  tipl__name *name = tipl__new(&build->alloc, size);
  if (name == NULL) return NULL;
  name->size = size;
  memcpy(name->text, text, length);
  name->text[length] = '\0';
  name->next = build->names;
  build->names = name;
  return name->text;
}

const char *tipl__build_name(tipl__build *build, const char *word, size_t length) {
  for (const tipl__name *n = build->names; n != NULL; n = n->next) {
    size_t i = 0;
    while (i < length && n->text[i] == lower(word[i])) i++;
    if (i == length && n->text[i] == '\0') return n->text;
  }
  char *kept = (char *)(uintptr_t)tipl__build_keep(build, word, length);
  for (size_t i = 0; kept != NULL && i < length; i++) kept[i] = lower(kept[i]);
  return kept;
}

/* ---- packing: the same walk over all columns first measures, then copies. `at` is the block, or NULL
 * while measuring. */

typedef struct packer {
  char *at;
  size_t used;
} packer;

static void *take(packer *p, size_t bytes) {
  size_t from = (p->used + 15) & ~(size_t)15;
  p->used = from + bytes;
  return p->at == NULL ? NULL : p->at + from;
}

static char *take_string(packer *p, const char *text) {
  size_t n = strlen(text) + 1;
  char *to = take(p, n);
  if (to != NULL) memcpy(to, text, n);
  return to;
}

static void *take_rows(packer *p, const tipl__vec *vec) {
  size_t bytes = (size_t)vec->count * vec->element;
  void *to = take(p, bytes);
  if (to != NULL && bytes > 0) memcpy(to, vec->data, bytes);
  return to;
}

/* A unit lives in a table of the lexicon, or among the names of the build, which move. */
static const char *moved(const tipl__build *build, const tipl_report *r, const char *unit) {
  uint32_t i = 0;
  for (const tipl__name *n = build->names; n != NULL; n = n->next, i++)
    if (n->text == unit) return r->names[i];
  return unit == NULL ? "" : unit;
}

#define TAKE(type, name, field) r->COLUMNS.name = take(p, count * sizeof(type));
#define COPY(type, name, field) ((type *)(uintptr_t)r->COLUMNS.name)[i] = (type)row->field;
#define KEEP(type, name, field) ((type *)(uintptr_t)r->COLUMNS.name)[i] = row->field;

static void pack_sentences(packer *p, tipl_report *r, const tipl__build *build) {
  size_t count = build->sentences.count;
#define COLUMNS sentence
  TIPL__SENTENCE_COLUMNS(TAKE)
  for (size_t i = 0; p->at != NULL && i < count; i++) {
    const tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, i);
    TIPL__SENTENCE_COLUMNS(COPY)
  }
#undef COLUMNS
}

static void pack_measures(packer *p, tipl_report *r, const tipl__build *build) {
  size_t count = build->measures.count;
#define COLUMNS measure
  TIPL__MEASURE_NUMBERS(TAKE)
  TIPL__MEASURE_VALUES(TAKE)
  r->measure.unit = take(p, count * sizeof(char *));
  for (size_t i = 0; p->at != NULL && i < count; i++) {
    const tipl_measure *row = &TIPL__AT(tipl_measure, build->measures, i);
    TIPL__MEASURE_NUMBERS(COPY)
    TIPL__MEASURE_VALUES(KEEP)
    r->measure.unit[i] = moved(build, r, row->unit);
  }
#undef COLUMNS
}

static void pack_facts(packer *p, tipl_report *r, const tipl__build *build) {
  size_t count = build->facts.count;
#define COLUMNS fact
  TIPL__FACT_NUMBERS(TAKE)
  TIPL__FACT_VALUES(TAKE)
  r->fact.unit = take(p, count * sizeof(char *));
  for (size_t i = 0; p->at != NULL && i < count; i++) {
    const tipl_fact *row = &TIPL__AT(tipl_fact, build->facts, i);
    TIPL__FACT_NUMBERS(COPY)
    TIPL__FACT_VALUES(KEEP)
    r->fact.unit[i] = row->unit == NULL ? "-" : moved(build, r, row->unit);
  }
#undef COLUMNS
}

static void pack_outline(packer *p, tipl_report *r, const tipl__build *build) {
  r->outline = build->outline;
  r->outline.format = build->format;
  r->outline.encoding = build->encoding;
  r->outline.name = take_string(p, build->name == NULL ? "" : build->name);
  r->outline.country = take_string(p, build->outline.country == NULL ? "" : build->outline.country);
  r->outline.iso3 = take_string(p, build->outline.iso3 == NULL ? "" : build->outline.iso3);
}

/* Sections as the public interface shows them, from the rows of the stages. */
static void fill_sections(tipl_report *r, const tipl__build *build) {
  tipl_section *out = r->sections;
  for (uint32_t i = 0; i < r->count[TIPL_SECTIONS]; i++) {
    const tipl__section_row *row = &TIPL__AT(tipl__section_row, build->sections, i);
    memset(&out[i], 0, sizeof out[i]);
    out[i].kind = (tipl_section_kind)row->kind;
    out[i].heading = row->heading;
    out[i].body.offset = row->heading.offset + row->heading.length;
  }
  for (uint32_t i = 0; i < r->count[TIPL_PARAGRAPHS]; i++) {
    const tipl_paragraph *paragraph = &r->paragraphs[i];
    if (paragraph->section >= r->count[TIPL_SECTIONS]) continue;
    tipl_section *s = &out[paragraph->section];
    if (s->paragraphs == 0) {
      s->paragraph = i;
      s->sentence = paragraph->sentence;
      s->body.offset = paragraph->span.offset;
    }
    s->paragraphs = i - s->paragraph + 1;
    s->sentences = paragraph->sentence + paragraph->sentences - s->sentence;
    s->body.length = paragraph->span.offset + paragraph->span.length - s->body.offset;
  }
}

static void pack_all(packer *p, tipl_report *r, const tipl__build *build) {
  p->used = sizeof(tipl_report);
  r->text = take(p, (size_t)build->length + TEXT_PADDING);
  if (p->at != NULL) {
    memcpy(r->text, build->text, build->length);
    memset(r->text + build->length, 0, TEXT_PADDING);
  }
  r->pieces = take_rows(p, &build->map);
  uint32_t names = 0;
  for (const tipl__name *n = build->names; n != NULL; n = n->next) names++;
  r->names = take(p, names * sizeof(char *));
  uint32_t i = 0;
  for (const tipl__name *n = build->names; n != NULL; n = n->next) {
    char *kept = take_string(p, n->text);
    if (p->at != NULL) r->names[i++] = kept;
  }
  pack_outline(p, r, build);
  pack_sentences(p, r, build);
  r->token_start = take_rows(p, &build->token_start);
  r->token_length = take_rows(p, &build->token_length);
  pack_measures(p, r, build);
  pack_facts(p, r, build);
  r->paragraphs = take_rows(p, &build->paragraphs);
  r->recommendations = take_rows(p, &build->recommendations);
  r->sections = take(p, build->sections.count * sizeof(tipl_section));
  if (p->at != NULL) fill_sections(r, build);
}

tipl_status tipl__pack(tipl_report **out, tipl__build *build) {
  tipl_report head;
  memset(&head, 0, sizeof head);
  head.length = build->length;
  head.alloc = build->alloc;
  head.origin = build->origin;
  head.piece_count = build->map.count;
  head.lexicon = build->options.lexicon;
  head.count[TIPL_SECTIONS] = build->sections.count;
  head.count[TIPL_PARAGRAPHS] = build->paragraphs.count;
  head.count[TIPL_SENTENCES] = build->sentences.count;
  head.count[TIPL_RECOMMENDATIONS] = build->recommendations.count;
  head.count[TIPL_TOKENS] = build->token_start.count;
  head.count[TIPL_MEASURES] = build->measures.count;
  head.count[TIPL_FACTS] = build->facts.count;
  packer p = {NULL, 0};
  pack_all(&p, &head, build);
  head.size = p.used;
  char *block = tipl__new(&build->alloc, p.used);
  if (block == NULL) return tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
  p.at = block;
  tipl_report *report = (tipl_report *)(void *)block;
  *report = head;
  pack_all(&p, report, build);
  atomic_init(&report->references, 1);
  if (report->origin != NULL) tipl__origin_ref(report->origin);
  tipl_lexicon_ref(report->lexicon);
  *out = report;
  return TIPL_OK;
}

/* ---- making a report */

static void fill_options(tipl_options *out, const tipl_options *options) {
  tipl_options defaults = TIPL_OPTIONS_INIT;
  *out = defaults;
  if (options != NULL) {
    size_t size = options->size < sizeof *out ? options->size : sizeof *out;
    memcpy(out, options, size);
    out->size = sizeof *out;
  }
  if (out->max_bytes == 0) out->max_bytes = (size_t)64 << 20;
  if (out->max_bytes > INT32_MAX) out->max_bytes = INT32_MAX;
  if (out->max_facts == 0) out->max_facts = 1000000;
  if (out->max_sentence == 0) out->max_sentence = 4096;
}

void tipl__build_start(tipl__build *build, const char *name, const tipl_options *options, tipl_error *error) {
  memset(build, 0, sizeof *build);
  fill_options(&build->options, options);
  build->alloc = tipl__alloc_of(&build->options);
  build->error = error;
  build->name = name == NULL ? "" : name;
  build->map = tipl__vec_of(sizeof(tipl__piece));
  build->blocks = tipl__vec_of(sizeof(tipl__block));
  build->sections = tipl__vec_of(sizeof(tipl__section_row));
  build->paragraphs = tipl__vec_of(sizeof(tipl_paragraph));
  build->sentences = tipl__vec_of(sizeof(tipl_sentence));
  build->recommendations = tipl__vec_of(sizeof(tipl_recommendation));
  build->token_start = tipl__vec_of(sizeof(uint32_t));
  build->token_length = tipl__vec_of(sizeof(uint16_t));
  build->token_word = tipl__vec_of(sizeof(uint16_t));
  build->units = tipl__vec_of(sizeof(tipl__unit));
  build->stops = tipl__vec_of(sizeof(tipl__stop));
  build->measures = tipl__vec_of(sizeof(tipl_measure));
  build->facts = tipl__vec_of(sizeof(tipl_fact));
  if (error != NULL) memset(error, 0, sizeof *error);
}

/* Room for the rows of an ordinary text of this length, so that they seldom have to move. What is missing here
 * is asked for again where it is needed. */
static void foresee(tipl__build *build) {
  const struct { /* a row for so many bytes */
    tipl__vec *rows;
    uint32_t bytes;
  } usual[] = {{&build->token_start, 4}, {&build->token_length, 4}, {&build->token_word, 4}, {&build->units, 128},
               {&build->sentences, 128}, {&build->measures, 80},    {&build->facts, 128}};
  for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
    if (!tipl__vec_reserve(usual[i].rows, &build->alloc, build->length / usual[i].bytes + 16)) usual[i].rows->failed = false;
}

tipl_status tipl__build_finish(tipl_report **out, tipl__build *build, tipl_status status) {
  tipl_status (*const stages[])(tipl__build *) = {tipl__outline, tipl__text, tipl__rating, tipl__measure,
                                                  tipl__facts};
  if (status == TIPL_OK) foresee(build);
  for (size_t i = 0; i < sizeof stages / sizeof stages[0] && status == TIPL_OK; i++)
    status = stages[i](build);
  if (status == TIPL_OK) status = tipl__pack(out, build);
  tipl__build_free(build);
  return status;
}

bool tipl__options_fit(const tipl_options *options) {
  return options == NULL || (options->size >= sizeof(size_t) && options->year >= 0 && options->year < 10000);
}

tipl_status tipl_report_open(tipl_report **out, const char *path, const tipl_options *options,
                             tipl_error *error) {
  if (out == NULL) return tipl__fail(error, TIPL_EARG, "no place for the report was given");
  *out = NULL;
  if (path == NULL || !tipl__options_fit(options))
    return tipl__fail(error, TIPL_EARG, "a path and valid options are needed");
  tipl__build build;
  tipl__build_start(&build, path, options, error);
  return tipl__build_finish(out, &build, tipl__source_open(&build, path));
}

tipl_status tipl_report_parse(tipl_report **out, const char *bytes, size_t length, const char *name,
                              const tipl_options *options, tipl_error *error) {
  if (out == NULL) return tipl__fail(error, TIPL_EARG, "no place for the report was given");
  *out = NULL;
  if ((bytes == NULL && length > 0) || !tipl__options_fit(options))
    return tipl__fail(error, TIPL_EARG, "bytes and valid options are needed");
  tipl__build build;
  tipl__build_start(&build, name, options, error);
  return tipl__build_finish(out, &build, tipl__source_copy(&build, bytes == NULL ? "" : bytes, length));
}

void tipl_report_ref(const tipl_report *report) {
  if (report != NULL) atomic_fetch_add_explicit(&((tipl_report *)(uintptr_t)report)->references, 1, memory_order_relaxed);
}

void tipl_report_unref(const tipl_report *report) {
  if (report == NULL) return;
  tipl_report *r = (tipl_report *)(uintptr_t)report;
  if (atomic_fetch_sub_explicit(&r->references, 1, memory_order_acq_rel) != 1) return;
  tipl__alloc alloc = r->alloc;
  const tipl_report *base = r->base;
  const tipl_lexicon *lexicon = r->lexicon;
  tipl__origin_unref(r->origin);
  tipl__free(&alloc, r, r->size);
  tipl_lexicon_unref(lexicon);
  tipl_report_unref(base);
}

/* ---- reading a report */

const tipl_lexicon *tipl_report_lexicon(const tipl_report *report) { return report->lexicon; }

const char *tipl_report_text(const tipl_report *report, size_t *length) {
  if (length != NULL) *length = report->length;
  return report->text;
}

const char *tipl_report_source(const tipl_report *report, size_t *length) {
  if (report->origin == NULL) return tipl_report_text(report, length);
  if (length != NULL) *length = report->origin->length;
  return report->origin->bytes;
}

const char *tipl_span_text(const tipl_report *report, tipl_span span, size_t *length) {
  uint32_t end = report->origin == NULL ? report->length : report->origin->length;
  if (span.offset > end) span.offset = end;
  if (span.length > end - span.offset) span.length = end - span.offset;
  if (report->origin != NULL) span = tipl__map_in(report->pieces, report->piece_count, span);
  if (length != NULL) *length = span.length;
  return report->text + span.offset;
}

/* A span of the text as one of the bytes that came in. {0, 0} says "none" and stays. */
static tipl_span out(const tipl_report *report, tipl_span span) {
  if (report->origin == NULL || (span.offset == 0 && span.length == 0)) return span;
  return tipl__map_out(report->pieces, report->piece_count, span);
}

tipl_span tipl_source_span(const tipl_report *report, tipl_span span) { return out(report, span); }

size_t tipl_report_memory(const tipl_report *report) {
  const tipl__origin *origin = report->origin;
  if (report->base != NULL) return report->size + tipl_report_memory(report->base);
  return report->size + (origin == NULL ? 0 : (sizeof *origin + origin->size) / origin->shares);
}

void tipl_report_locate(const tipl_report *report, uint32_t offset, uint32_t *line, uint32_t *column) {
  size_t length;
  uint32_t l = 1, begin = 0;
  const char *text = tipl_report_source(report, &length);
  if (offset > length) offset = (uint32_t)length;
  for (const char *p = text; (p = memchr(p, '\n', offset - (size_t)(p - text))) != NULL; p++) {
    l++;
    begin = (uint32_t)(p - text) + 1;
  }
  if (line != NULL) *line = l;
  if (column != NULL) *column = offset - begin + 1;
}

void tipl_report_outline(tipl_outline *outline, const tipl_report *report) {
  *outline = report->outline;
  outline->title = out(report, outline->title);
  outline->tier_line = out(report, outline->tier_line);
  outline->tier_span = out(report, outline->tier_span);
}

uint32_t tipl_count(const tipl_report *report, tipl_table table) {
  return (unsigned)table < TIPL_TABLE_COUNT ? report->count[table] : 0;
}

/* Of the text. */
static tipl_span text_span(const tipl_report *report, tipl_table table, uint32_t row) {
  tipl_span none = {0, 0};
  if (row >= tipl_count(report, table)) return none;
  switch (table) {
    case TIPL_SECTIONS: return report->sections[row].body;
    case TIPL_PARAGRAPHS: return report->paragraphs[row].span;
    case TIPL_SENTENCES: {
      tipl_span span = {report->sentence.offset[row], report->sentence.length[row]};
      return span;
    }
    case TIPL_RECOMMENDATIONS: return report->recommendations[row].span;
    case TIPL_TOKENS: {
      tipl_span span = {report->token_start[row], report->token_length[row]};
      return span;
    }
    case TIPL_MEASURES: return report->measure.span[row];
    case TIPL_FACTS: return report->fact.evidence[row];
    default: return none;
  }
}

tipl_span tipl_span_of(const tipl_report *report, tipl_table table, uint32_t row) {
  return out(report, text_span(report, table, row));
}

static bool covers(tipl_span span, uint32_t offset) {
  return span.offset <= offset && offset - span.offset < span.length;
}

uint32_t tipl_row_at(const tipl_report *report, tipl_table table, uint32_t offset) {
  uint32_t count = tipl_count(report, table);
  if (table == TIPL_FACTS || table == TIPL_MEASURES || table == TIPL_SECTIONS) { /* may nest, or are few */
    for (uint32_t i = 0; i < count; i++)
      if (covers(tipl_span_of(report, table, i), offset)) return i;
    return TIPL_NONE;
  }
  uint32_t low = 0, high = count; /* first row that begins after offset */
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (tipl_span_of(report, table, middle).offset <= offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 && covers(tipl_span_of(report, table, low - 1), offset) ? low - 1 : TIPL_NONE;
}

int tipl_section_at(tipl_section *section, const tipl_report *report, uint32_t row) {
  if (row >= report->count[TIPL_SECTIONS]) return 0;
  *section = report->sections[row];
  section->heading = out(report, section->heading);
  section->body = out(report, section->body);
  return 1;
}

int tipl_paragraph_at(tipl_paragraph *paragraph, const tipl_report *report, uint32_t row) {
  if (row >= report->count[TIPL_PARAGRAPHS]) return 0;
  *paragraph = report->paragraphs[row];
  paragraph->span = out(report, paragraph->span);
  return 1;
}

int tipl_recommendation_at(tipl_recommendation *recommendation, const tipl_report *report,
                           uint32_t row) {
  if (row >= report->count[TIPL_RECOMMENDATIONS]) return 0;
  *recommendation = report->recommendations[row];
  recommendation->span = out(report, recommendation->span);
  return 1;
}

#define READ(type, name, field) to->field = COLUMNS.name[row];
/* A column of a small type that stands for an enum. */
#define READ_AS(type, name, field) to->field = (__typeof__(to->field))COLUMNS.name[row];

int tipl_sentence_at(tipl_sentence *to, const tipl_report *report, uint32_t row) {
  if (row >= report->count[TIPL_SENTENCES]) return 0;
#define COLUMNS report->sentence
  TIPL__SENTENCE_COLUMNS(READ)
#undef COLUMNS
  to->span = out(report, to->span);
  return 1;
}

int tipl_measure_at(tipl_measure *to, const tipl_report *report, uint32_t row) {
  if (row >= report->count[TIPL_MEASURES]) return 0;
#define COLUMNS report->measure
  TIPL__MEASURE_NUMBERS(READ_AS)
  TIPL__MEASURE_VALUES(READ)
  to->unit = report->measure.unit[row];
#undef COLUMNS
  to->span = out(report, to->span);
  return 1;
}

int tipl_fact_at(tipl_fact *to, const tipl_report *report, uint32_t row) {
  if (row >= report->count[TIPL_FACTS]) return 0;
#define COLUMNS report->fact
  TIPL__FACT_NUMBERS(READ_AS)
  TIPL__FACT_VALUES(READ)
  to->unit = report->fact.unit[row];
#undef COLUMNS
  if (report->origin == NULL) return 1;
  tipl_span *spans[] = {&to->evidence, &to->noun,    &to->actor,
                        &to->recipient, &to->purpose, &to->verb};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) *spans[i] = out(report, *spans[i]);
  return 1;
}

int tipl_version(void) { return TIPL_VERSION_NUM; }

#define TEXT_OF(x) #x
#define DOTTED(a, b, c) TEXT_OF(a) "." TEXT_OF(b) "." TEXT_OF(c)
const char *tipl_version_string(void) {
  return DOTTED(TIPL_VERSION_MAJOR, TIPL_VERSION_MINOR, TIPL_VERSION_PATCH);
}
