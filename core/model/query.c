/* query.c: filters and sums over the columns of a report's facts. */
#include "model/report.h"

static bool in_set(uint64_t set, unsigned value) {
  return set == 0 || (value < 64 && (set >> value & 1) != 0);
}

static bool in_year(tipl_date from, tipl_date to, int year) {
  return from / 10000 == year && to / 10000 == year;
}

/* The section kind's set is tested through the fact's section; the tier line is in none. */
static bool in_section(const tipl_report *r, uint64_t set, uint32_t section) {
  if (set == 0) return true;
  return section < r->count[TIPL_SECTIONS] && in_set(set, (unsigned)r->sections[section].kind);
}

static bool takes(const tipl_report *r, const tipl_filter *f, uint32_t i) {
  if (!in_set(f->metrics, r->fact.metric[i]) || !in_set(f->states, r->fact.state[i]) ||
      !in_set(f->relations, r->fact.relation[i]) || !in_set(f->bounds, r->fact.bound[i]) ||
      !in_set(f->bases, r->fact.basis[i]) || !in_set(f->forms, r->fact.form[i]) ||
      !in_set(f->sources, r->fact.source[i]) || !in_set(f->statuses, r->fact.status[i]) ||
      !in_set(f->certainties, r->fact.certainty[i]) || !in_set(f->phases, r->fact.phase[i]))
    return false;
  if ((r->fact.who[i] & f->who) != f->who || (r->fact.who[i] & f->not_who) != 0) return false;
  if ((r->fact.flags[i] & f->flags) != f->flags) return false;
  if (f->from != TIPL_DATE_NONE && r->fact.from[i] != f->from) return false;
  if (f->to != TIPL_DATE_NONE && r->fact.to[i] != f->to) return false;
  if (f->year != 0 && !in_year(r->fact.from[i], r->fact.to[i], f->year)) return false;
  if (f->of != TIPL_NONE && r->fact.of[i] != f->of) return false;
  if (f->sentence != TIPL_NONE && r->fact.sentence[i] != f->sentence) return false;
  if (f->has_value > 0 && !r->fact.has_value[i]) return false;
  if (f->has_value < 0 && r->fact.has_value[i]) return false;
  if (f->unit != NULL && strcmp(f->unit, r->fact.unit[i]) != 0) return false;
  return in_section(r, f->sections, r->fact.section[i]);
}

/* The caller's filter with what a shorter, older struct lacks filled in. */
static tipl_filter whole(const tipl_filter *filter) {
  tipl_filter f = TIPL_FILTER_INIT;
  if (filter != NULL) {
    size_t size = filter->size < sizeof f ? filter->size : sizeof f;
    memcpy(&f, filter, size);
  }
  return f;
}

int tipl_takes_fact(const tipl_report *report, const tipl_filter *filter, uint32_t row) {
  tipl_filter f = whole(filter);
  return row < report->count[TIPL_FACTS] && takes(report, &f, row);
}

uint32_t tipl_next_fact(const tipl_report *report, const tipl_filter *filter, uint32_t start) {
  tipl_filter f = whole(filter);
  for (uint32_t i = start; i < report->count[TIPL_FACTS]; i++)
    if (takes(report, &f, i)) return i;
  return TIPL_NONE;
}

uint32_t tipl_count_facts(const tipl_report *report, const tipl_filter *filter) {
  tipl_filter f = whole(filter);
  uint32_t n = 0;
  for (uint32_t i = 0; i < report->count[TIPL_FACTS]; i++) n += takes(report, &f, i);
  return n;
}

tipl_status tipl_sum_facts(tipl_total *out, const tipl_report *report, const tipl_filter *filter) {
  tipl_filter f = whole(filter);
  tipl_total total;
  memset(&total, 0, sizeof total);
  const char *unit = NULL;
  for (uint32_t i = 0; i < report->count[TIPL_FACTS]; i++) {
    if (!takes(report, &f, i)) continue;
    if (!report->fact.has_value[i]) {
      total.unknown++;
      continue;
    }
    if (unit != NULL && strcmp(unit, report->fact.unit[i]) != 0) total.mixed = 1;
    unit = report->fact.unit[i];
    uint8_t bound = report->fact.bound[i];
    if (bound == TIPL_BOUND_MORE || bound == TIPL_BOUND_AT_LEAST) total.lower_bound = 1;
    tipl_decimal value = {report->fact.value_digits[i], report->fact.value_exponent[i]};
    tipl_status status = tipl_decimal_add(&total.sum, value);
    if (status != TIPL_OK) return status;
    total.facts++;
  }
  if (total.unknown > 0) total.lower_bound = 1;
  *out = total;
  return TIPL_OK;
}
