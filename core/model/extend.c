/* extend.c: a report with more facts than the core found. The new report has fact columns of its own and
 * borrows everything else from the base, which it keeps alive; neither ever changes. */
#include "base/error.h"
#include "model/report.h"

typedef struct block {
  char *at; /* NULL while measuring */
  size_t used;
} block;

static void *take(block *b, size_t bytes) {
  size_t from = (b->used + 15) & ~(size_t)15;
  b->used = from + bytes;
  return b->at == NULL ? NULL : b->at + from;
}

/* A word of the caller's as the block's own; NULL stays NULL. */
static const char *keep(block *b, const char *text) {
  if (text == NULL) return NULL;
  size_t size = strlen(text) + 1;
  char *to = take(b, size);
  if (to != NULL) memcpy(to, text, size);
  return to;
}

#define TAKE(type, name, field) r->fact.name = take(b, count * sizeof(type));
#define BASE(type, name, field) \
  memcpy((void *)(uintptr_t)r->fact.name, base->fact.name, base->count[TIPL_FACTS] * sizeof(type));
#define COPY(type, name, field) ((type *)(uintptr_t)r->fact.name)[i] = (type)row->field;
#define KEEP(type, name, field) ((type *)(uintptr_t)r->fact.name)[i] = row->field;

/* A span of the source as one of the text, where the columns' spans lie. */
static tipl_span in_text(const tipl_report *r, tipl_span span) {
  size_t length;
  if (r->origin == NULL || span.length == 0) return span;
  span.offset = (uint32_t)(tipl_span_text(r, span, &length) - r->text);
  span.length = (uint32_t)length;
  return span;
}

static tipl_fact fact_in_text(const tipl_report *r, const tipl_fact *given) {
  tipl_fact fact = *given;
  tipl_span *spans[] = {&fact.evidence, &fact.noun, &fact.actor, &fact.recipient, &fact.purpose, &fact.verb};
  for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) *spans[i] = in_text(r, *spans[i]);
  return fact;
}

/* Lays the columns out in the block and, once there is one, fills them. */
static void lay(block *b, tipl_report *r, const tipl_report *base, const tipl_fact *facts, uint32_t more) {
  size_t first = base->count[TIPL_FACTS], count = first + more;
  b->used = sizeof(tipl_report);
  TIPL__FACT_NUMBERS(TAKE)
  TIPL__FACT_VALUES(TAKE)
  r->fact.unit = take(b, count * sizeof(char *));
  if (b->at != NULL && first > 0) {
    TIPL__FACT_NUMBERS(BASE)
    TIPL__FACT_VALUES(BASE)
    memcpy((void *)(uintptr_t)r->fact.unit, base->fact.unit, first * sizeof(char *));
  }
  for (size_t i = first; i < count; i++) {
    const tipl_fact *given = &facts[i - first];
    const char *unit = keep(b, given->unit == NULL ? "-" : given->unit), *label = keep(b, given->label),
               *rule = keep(b, given->rule);
    if (b->at == NULL) continue;
    tipl_fact fact = fact_in_text(base, given), *row = &fact;
    TIPL__FACT_NUMBERS(COPY)
    TIPL__FACT_VALUES(KEEP)
    r->fact.unit[i] = unit;
    r->fact.label[i] = label;
    r->fact.rule[i] = rule;
  }
}

static bool fits(const tipl_report *base, const tipl_fact *fact, uint32_t rows, uint32_t metrics) {
  tipl_span spans[] = {fact->evidence, fact->noun, fact->actor, fact->recipient, fact->purpose, fact->verb};
  size_t end;
  tipl_report_source(base, &end);
  for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
    if (spans[i].offset > end || spans[i].length > end - spans[i].offset) return false;
  return fact->metric < metrics && (fact->of == TIPL_NONE || fact->of < rows) &&
         (fact->sentence == TIPL_NONE || fact->sentence < base->count[TIPL_SENTENCES]) &&
         (fact->section == TIPL_NONE || fact->section < base->count[TIPL_SECTIONS]) &&
         (fact->measure == TIPL_NONE || fact->measure < base->count[TIPL_MEASURES]);
}

tipl_status tipl_report_extend(tipl_report **out, const tipl_report *base, const tipl_fact *facts, uint32_t count,
                               tipl_error *error) {
  if (out != NULL) *out = NULL;
  if (out == NULL || base == NULL || (facts == NULL && count > 0))
    return tipl__fail(error, TIPL_EARG, "a report and its new facts are needed");
  if (count > INT32_MAX - base->count[TIPL_FACTS])
    return tipl__fail(error, TIPL_ELIMIT, "too many facts for one report");
  uint32_t metrics = tipl_metric_count(base->lexicon);
  for (uint32_t i = 0; i < count; i++)
    if (!fits(base, &facts[i], base->count[TIPL_FACTS] + count, metrics))
      return tipl__fail(error, TIPL_EARG, "a new fact names a row, a span or a metric that the report does not have");
  tipl_report head = *base;
  block b = {NULL, 0};
  lay(&b, &head, base, facts, count);
  head.size = b.used;
  char *at = tipl__new(&base->alloc, b.used);
  if (at == NULL) return tipl__fail(error, TIPL_ENOMEM, "out of memory");
  b.at = at;
  tipl_report *report = (tipl_report *)(void *)at;
  *report = head;
  report->base = base;
  report->count[TIPL_FACTS] += count;
  lay(&b, report, base, facts, count);
  atomic_init(&report->references, 1);
  if (report->origin != NULL) tipl__origin_ref(report->origin);
  tipl_lexicon_ref(report->lexicon);
  tipl_report_ref(base);
  *out = report;
  return TIPL_OK;
}
