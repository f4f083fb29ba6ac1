/* lexicon.c: a caller's own words, tipl_lexicon: made, filled, counted. What it holds and who reads it says
 * lexicon/overlay.h. */
#include "base/error.h"
#include "base/utf8.h"
#include "lexicon/overlay.h"
#include "text/tokens.h"

tipl_status tipl_lexicon_new(tipl_lexicon **out, const tipl_lexicon *base, const tipl_options *options, tipl_error *error) {
  if (out != NULL) *out = NULL;
  if (out == NULL || (options != NULL && options->size < sizeof options->size))
    return tipl__fail(error, TIPL_EARG, "a place for the lexicon and valid options are needed");
  tipl_options filled = TIPL_OPTIONS_INIT;
  if (options != NULL) memcpy(&filled, options, options->size < sizeof filled ? options->size : sizeof filled);
  tipl__alloc alloc = tipl__alloc_of(&filled);
  tipl_lexicon *l = tipl__new(&alloc, sizeof *l);
  if (l == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory");
  memset(l, 0, sizeof *l);
  atomic_init(&l->references, 1);
  l->alloc = alloc;
  l->metrics = tipl__vec_of(sizeof(tipl__new_metric));
  l->forms = tipl__vec_of(sizeof(tipl__form));
  l->terms = tipl__vec_of(sizeof(tipl__term));
  memset(l->bucket, 0xFF, sizeof l->bucket); /* TIPL_NONE */
  tipl__vec compiled = {(void *)(uintptr_t)tipl__terms, TIPL__TERM_ROWS, TIPL__TERM_ROWS, sizeof(tipl__term), false};
  const tipl__vec *from[] = {base == NULL ? &compiled : &base->terms, base == NULL ? NULL : &base->forms,
                             base == NULL ? NULL : &base->metrics};
  tipl__vec *to[] = {&l->terms, &l->forms, &l->metrics};
  for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
    if (from[i] == NULL || from[i]->count == 0) continue;
    if (!tipl__vec_reserve(to[i], &alloc, from[i]->count)) {
      tipl_lexicon_unref(l);
      return tipl__fail(error, TIPL_ENOMEM, "out of memory");
    }
    memcpy(to[i]->data, from[i]->data, (size_t)from[i]->count * from[i]->element);
    to[i]->count = from[i]->count;
  }
  if (base != NULL) memcpy(l->bucket, base->bucket, sizeof l->bucket);
  *out = l;
  return TIPL_OK;
}

void tipl_lexicon_ref(const tipl_lexicon *lexicon) {
  if (lexicon != NULL) atomic_fetch_add_explicit(&((tipl_lexicon *)(uintptr_t)lexicon)->references, 1, memory_order_relaxed);
}

void tipl_lexicon_unref(const tipl_lexicon *lexicon) {
  tipl_lexicon *l = (tipl_lexicon *)(uintptr_t)lexicon;
  if (l == NULL || atomic_fetch_sub_explicit(&l->references, 1, memory_order_acq_rel) != 1) return;
  tipl__alloc alloc = l->alloc;
  tipl__vec_free(&l->metrics, &alloc);
  tipl__vec_free(&l->forms, &alloc);
  tipl__vec_free(&l->terms, &alloc);
  tipl__free(&alloc, l, sizeof *l);
}

/* ---- metrics by number and name */

uint32_t tipl_metric_count(const tipl_lexicon *lexicon) {
  return TIPL__METRICS + (lexicon == NULL ? 0 : lexicon->metrics.count);
}

const char *tipl_metric_name(const tipl_lexicon *lexicon, uint32_t metric) {
  if (metric < TIPL__METRICS) return tipl__metric_names[metric];
  return metric < tipl_metric_count(lexicon) ? TIPL__AT(tipl__new_metric, lexicon->metrics, metric - TIPL__METRICS).name : NULL;
}

uint32_t tipl_metric_number(const tipl_lexicon *lexicon, const char *name, size_t length) {
  for (uint32_t i = 0; name != NULL && i < tipl_metric_count(lexicon); i++) {
    const char *own = tipl_metric_name(lexicon, i);
    if (strlen(own) == length && memcmp(own, name, length) == 0) return i;
  }
  return TIPL_NONE;
}

/* ---- adding words */

static const char *const UNITS[] = {"events", "cases", "persons", "places", "documents"};
static const uint8_t THINGS[] = {TIPL__HEAD_EVENT, TIPL__HEAD_CASE, TIPL__HEAD_PERSON, TIPL__HEAD_PLACE, TIPL__HEAD_DOCUMENT};

/* What an act of a metric is in the compiled table of a class: its value `a`, or -1 where no term there speaks of it. */
static int core_kind(int class, uint32_t metric) {
  for (uint32_t i = 0; i < TIPL__TERM_ROWS; i++)
    if (tipl__terms[i].class == class && tipl__terms[i].value == (int)metric) return tipl__terms[i].a;
  return -1;
}

static bool is_name(const char *name) {
  size_t n = 0;
  for (; name[n] != '\0'; n++) {
    bool letter = name[n] >= 'a' && name[n] <= 'z', digit = (name[n] >= '0' && name[n] <= '9') || name[n] == '_';
    if (n + 1 >= TIPL__FORM_BYTES || (!letter && (n == 0 || !digit))) return false;
  }
  return n > 0;
}

/* The number of the metric, a new one where there is none of that name. */
static tipl_status take_metric(tipl_lexicon *l, const tipl_lexicon_words *words, uint32_t *metric, tipl_error *error) {
  uint32_t unit = 0;
  while (words->unit != NULL && unit < sizeof UNITS / sizeof *UNITS && strcmp(words->unit, UNITS[unit]) != 0) unit++;
  if (unit == sizeof UNITS / sizeof *UNITS)
    return tipl__fail(error, TIPL_EARG, "unknown unit '%s'; give events, cases, persons, places or documents", words->unit);
  if (words->metric == NULL || !is_name(words->metric))
    return tipl__fail(error, TIPL_EARG, "a metric is called by 1 to 63 letters a to z, digits and _, a letter first");
  *metric = tipl_metric_number(l, words->metric, strlen(words->metric));
  if (*metric != TIPL_NONE && *metric < TIPL__METRICS && words->unit != NULL)
    return tipl__fail(error, TIPL_EARG, "metric '%s' is the core's and has its unit already; leave 'unit' out", words->metric);
  if (*metric != TIPL_NONE && *metric >= TIPL__METRICS && words->unit != NULL &&
      TIPL__AT(tipl__new_metric, l->metrics, *metric - TIPL__METRICS).thing != THINGS[unit])
    return tipl__fail(error, TIPL_EARG, "metric '%s' was added with another unit", words->metric);
  if (*metric != TIPL_NONE) return TIPL_OK;
  if (tipl_metric_count(l) == TIPL__METRIC_MOST)
    return tipl__fail(error, TIPL_ELIMIT, "no room for metric '%s': there are %d already", words->metric, TIPL__METRIC_MOST);
  tipl__new_metric *own = tipl__vec_push(&l->metrics, &l->alloc);
  if (own == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory");
  memcpy(own->name, words->metric, strlen(words->metric));
  own->thing = THINGS[unit];
  *metric = tipl_metric_count(l) - 1;
  return TIPL_OK;
}

/* Cuts a form into its tokens as a text is cut. */
static tipl_status cut(const tipl_lexicon *l, tipl__form *form, const char *given, tipl_error *error) {
  size_t length = strlen(given);
  if (length > TIPL__FORM_BYTES)
    return tipl__fail(error, TIPL_EARG, "a word of %zu bytes is too long: at most %d", length, TIPL__FORM_BYTES);
  if (tipl__utf8_check(given, length) < length)
    return tipl__fail(error, TIPL_EARG, "a word is not in UTF-8, at byte %zu of it", tipl__utf8_check(given, length));
  memcpy(form->text, given, length);
  tipl__build build;
  memset(&build, 0, sizeof build);
  build.alloc = l->alloc;
  build.text = form->text;
  build.token_start = tipl__vec_of(sizeof(uint32_t));
  build.token_length = tipl__vec_of(sizeof(uint16_t));
  build.token_word = tipl__vec_of(sizeof(uint16_t));
  build.stops = tipl__vec_of(sizeof(tipl__stop));
  tipl_span all = {0, (uint32_t)length};
  bool cut_up = tipl__tokens(&build, all);
  form->tokens = build.token_start.count;
  tipl_status status = TIPL_OK;
  if (!cut_up) status = tipl__fail(error, TIPL_ENOMEM, "out of memory");
  else if (form->tokens == 0) status = tipl__fail(error, TIPL_EARG, "a word is empty");
  else if (form->tokens > TIPL__FORM_TOKENS)
    status = tipl__fail(error, TIPL_EARG, "'%s' has %u words and marks: at most %d", given, form->tokens, TIPL__FORM_TOKENS);
  for (uint32_t i = 0; status == TIPL_OK && i < form->tokens; i++) {
    form->start[i] = (uint16_t)TIPL__AT(uint32_t, build.token_start, i);
    form->length[i] = TIPL__AT(uint16_t, build.token_length, i);
    uint16_t word = form->word[i] = TIPL__AT(uint16_t, build.token_word, i);
    bool letters = word == TIPL__WORD_OTHER || word >= TIPL__WORD_FIRST;
    if (!letters && (i == 0 || word != '-'))
      status = tipl__fail(error, TIPL_EARG, "'%s' holds a number or a mark; give words, with - between them at most", given);
  }
  tipl__vec_free(&build.token_start, &l->alloc);
  tipl__vec_free(&build.token_length, &l->alloc);
  tipl__vec_free(&build.token_word, &l->alloc);
  tipl__vec_free(&build.stops, &l->alloc);
  return status;
}

/* The form with these tokens that the overlay has, or NULL. */
static tipl__form *same_form(const tipl_lexicon *l, const tipl__form *form) {
  uint32_t start[TIPL__FORM_TOKENS];
  for (uint32_t i = 0; i < form->tokens; i++) start[i] = form->start[i];
  tipl__run run = {form->text, start, form->length, form->word, form->tokens};
  const tipl__term *term;
  const tipl__form *found = tipl__overlay_match(l, &run, ~UINT64_C(0), TIPL_NONE, &term);
  return found != NULL && found->tokens == form->tokens ? (tipl__form *)(uintptr_t)found : NULL;
}

static const uint64_t ACTS = TIPL__CLASS(VERB) | TIPL__CLASS(NOUN);

/* The core's node of a form, or NULL: its terms hold at the same place, without verbs and nouns if these are to be
 * replaced. What is counted stays a thing of its kind then. TIPL_EARG where they forbid another. */
static tipl_status core_node(const tipl__node **node, const tipl__form *form, bool replace, tipl_error *error) {
  const uint64_t things = ACTS | TIPL__CLASS(HEAD);
  const uint64_t free_ones = TIPL__CLASS(USE) | TIPL__CLASS(HELP) | TIPL__CLASS(GIVE) | TIPL__CLASS(PRISON) | TIPL__CLASS(LAW) |
                             TIPL__CLASS(EVENT) | TIPL__CLASS(MONEY) | TIPL__CLASS(ACTOR) | TIPL__CLASS(PHASE) |
                             TIPL__CLASS(DATA) | TIPL__CLASS(LIGHT) | TIPL__CLASS(GLUE) | TIPL__CLASS(OPENER) | TIPL__CLASS(SAY);
  uint32_t tokens = 0;
  *node = tipl__match(form->word, form->tokens, &tokens);
  if (*node == NULL || tokens < form->tokens) *node = NULL;
  if (*node == NULL || ((*node)->classes & ~(replace ? free_ones | things : free_ones)) == 0) return TIPL_OK;
  for (uint32_t i = (*node)->term; i < (uint32_t)(*node)->term + (*node)->terms; i++) {
    const tipl__term *t = &tipl__terms[i];
    if (replace || (things >> t->class & 1) == 0) continue;
    if (t->class == TIPL__TERM_HEAD) return tipl__fail(error, TIPL_EARG, "'%s' is a word of the core already, for what is counted; replace gives it the metric", form->text);
    return tipl__fail(error, TIPL_EARG, "'%s' is a %s of the core already, for '%s'; replace takes it away from there", form->text,
                      t->class == TIPL__TERM_VERB ? "verb" : "noun", tipl__metric_names[t->value]);
  }
  return tipl__fail(error, TIPL_EARG, "'%s' is a word that the core reads sentences by; it cannot be a verb or noun too", form->text);
}

/* Adds a term to a form, whose terms are copied to the end of all. */
static bool add_term(tipl_lexicon *l, tipl__form *form, const tipl__term *term) {
  uint32_t first = l->terms.count;
  if (!tipl__vec_reserve(&l->terms, &l->alloc, form->terms + 1u)) return false;
  tipl__term *rows = l->terms.data;
  memcpy(rows + first, rows + form->term, form->terms * sizeof *rows);
  rows[first + form->terms] = *term;
  l->terms.count += form->terms + 1u;
  form->term = (uint16_t)first;
  form->terms = (uint16_t)(form->terms + 1);
  form->classes |= UINT64_C(1) << term->class;
  form->own |= UINT64_C(1) << term->class;
  return true;
}

/* Begins a form with those of the core's terms that stay. */
static bool take_core(tipl_lexicon *l, tipl__form *form, const tipl__node *node) {
  form->term = (uint16_t)l->terms.count;
  if (node == NULL) return true;
  if (!tipl__vec_reserve(&l->terms, &l->alloc, node->terms)) return false;
  for (uint32_t i = node->term; i < (uint32_t)node->term + node->terms; i++) {
    if ((ACTS >> tipl__terms[i].class & 1) != 0) continue;
    tipl__term *own = &TIPL__AT(tipl__term, l->terms, l->terms.count++);
    *own = tipl__terms[i];
    if (own->class == TIPL__TERM_HEAD) own->a = 0; /* the metric that it had by itself */
    form->terms++;
  }
  form->classes = node->classes & ~ACTS;
  form->signs = node->signs;
  return true;
}

static tipl_status add_form(tipl_lexicon *l, const char *given, const tipl__term *term, bool replace, tipl_error *error) {
  tipl__form form;
  const tipl__node *node;
  memset(&form, 0, sizeof form);
  tipl_status status = given == NULL ? tipl__fail(error, TIPL_EARG, "a word is missing") : cut(l, &form, given, error);
  if (status == TIPL_OK) status = core_node(&node, &form, replace, error);
  if (status != TIPL_OK) return status;
  if (l->terms.count + 16 > UINT16_MAX) return tipl__fail(error, TIPL_ELIMIT, "no room for '%s': too many words were added", given);
  tipl__form *same = same_form(l, &form);
  if (same != NULL && (same->own >> term->class & 1) != 0)
    return tipl__fail(error, TIPL_EARG, "'%s' was added as a %s already", given, term->class == TIPL__TERM_VERB ? "verb" : "noun");
  if (same != NULL) return add_term(l, same, term) ? TIPL_OK : tipl__fail(error, TIPL_ENOMEM, "out of memory");
  uint32_t bucket = tipl__overlay_bucket(form.text + form.start[0], form.length[0], form.word[0]);
  form.next = l->bucket[bucket];
  if (!tipl__vec_reserve(&l->forms, &l->alloc, 1) || !take_core(l, &form, node) || !add_term(l, &form, term))
    return tipl__fail(error, TIPL_ENOMEM, "out of memory");
  TIPL__AT(tipl__form, l->forms, l->forms.count) = form;
  l->bucket[bucket] = l->forms.count++;
  return TIPL_OK;
}

static tipl_status add_all(tipl_lexicon *l, const tipl_lexicon_words *words, tipl_error *error) {
  uint32_t metric = TIPL_NONE;
  tipl_status status = take_metric(l, words, &metric, error);
  const struct { int class; const char *const *forms; size_t count; const char *kind; } parts[] = {
      {TIPL__TERM_NOUN, words->nouns, words->noun_count, "noun"}, {TIPL__TERM_VERB, words->verbs, words->verb_count, "verb"}};
  for (size_t p = 0; p < 2; p++) {
    if (status != TIPL_OK || parts[p].count == 0) continue;
    tipl__term term = {(uint8_t)parts[p].class, (int16_t)metric, 0, 0};
    int kind = TIPL__ACT_ANY;
    if (metric < TIPL__METRICS) kind = core_kind(parts[p].class, metric);
    else if (parts[p].class == TIPL__TERM_NOUN) kind = TIPL__AT(tipl__new_metric, l->metrics, metric - TIPL__METRICS).thing;
    if (kind < 0)
      return tipl__fail(error, TIPL_EARG, "the core has no %s for '%s': it is read otherwise, and takes none", parts[p].kind, words->metric);
    term.a = (int16_t)kind;
    for (size_t i = 0; i < parts[p].count && status == TIPL_OK; i++) status = add_form(l, parts[p].forms[i], &term, words->replace != 0, error);
  }
  return status;
}

tipl_status tipl_lexicon_add(tipl_lexicon *lexicon, const tipl_lexicon_words *words, tipl_error *error) {
  if (lexicon == NULL || words == NULL || words->size < sizeof *words || words->noun_count + words->verb_count == 0)
    return tipl__fail(error, TIPL_EARG, "a lexicon and words to add to it are needed");
  if (atomic_load(&lexicon->references) != 1)
    return tipl__fail(error, TIPL_EARG, "the lexicon is in use and does not change; add to a copy of it");
  /* All or none: the words go into a copy, whose arrays are taken over. */
  tipl_lexicon *copy;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.alloc = lexicon->alloc.fn;
  options.alloc_payload = lexicon->alloc.payload;
  tipl_status status = tipl_lexicon_new(&copy, lexicon, &options, error);
  if (status != TIPL_OK) return status;
  status = add_all(copy, words, error);
  if (status == TIPL_OK) {
    tipl__vec metrics = lexicon->metrics, forms = lexicon->forms, terms = lexicon->terms;
    lexicon->metrics = copy->metrics, lexicon->forms = copy->forms, lexicon->terms = copy->terms;
    copy->metrics = metrics, copy->forms = forms, copy->terms = terms;
    memcpy(lexicon->bucket, copy->bucket, sizeof lexicon->bucket);
  }
  tipl_lexicon_unref(copy);
  return status;
}
