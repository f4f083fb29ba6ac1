/* flags.c: what only the finished facts of a whole report show: sums that may be the same money, parts that do
 * not add up, figures compared with their own year, rates apart from the rest. Flags, never repairs.
 * Called by facts.c when all sentences are read. */
#include <math.h>
#include <stdlib.h>

#include "facts/scene.h"

enum { FUNDS_APART = 256 }; /* further apart than so many sums, two are not compared */

/* May one of two sums of funding be inside the other? Same currency, overlapping periods, one use in common,
 * both at home or both abroad; said in different sentences. */
static bool may_contain(const tipl_fact *a, const tipl_fact *b) {
  if (a->sentence == b->sentence || a->from <= 0 || b->from <= 0 || strcmp(a->unit, b->unit) != 0) return false;
  if (a->from > b->to || b->from > a->to || ((a->uses ^ b->uses) & TIPL_USE_FOREIGN) != 0) return false;
  return (a->uses & b->uses) != 0;
}

static bool is_fund(const tipl_fact *f) {
  return f->metric == TIPL__METRIC_FUNDING && f->relation == TIPL_RELATION_PRIMARY && f->has_value &&
         f->certainty == TIPL_ASSERTED;
}

static void flag_funds(tipl__build *build) {
  tipl_fact *fact = build->facts.data;
  for (uint32_t i = 0; i < build->facts.count; i++) {
    if (!is_fund(&fact[i])) continue;
    for (uint32_t k = i + 1, seen = 0; k < build->facts.count && seen < FUNDS_APART; k++) {
      if (!is_fund(&fact[k])) continue;
      seen++;
      if (!may_contain(&fact[i], &fact[k])) continue;
      fact[i].flags |= TIPL_FLAG_MAY_CONTAIN;
      fact[k].flags |= TIPL_FLAG_MAY_CONTAIN;
    }
  }
}

/* A whole whose list of parts does not come to it. */
static void flag_parts(tipl__build *build) {
  tipl_fact *fact = build->facts.data;
  for (uint32_t i = 0; i < build->facts.count; i++) {
    if (fact[i].relation != TIPL_RELATION_BREAKDOWN || fact[i].of == TIPL_NONE) continue;
    bool first = true;
    for (uint32_t k = i; k > 0 && first && fact[k - 1].sentence == fact[i].sentence; k--)
      first = fact[k - 1].relation != TIPL_RELATION_BREAKDOWN || fact[k - 1].of != fact[i].of;
    if (!first) continue;
    tipl_fact *whole = &fact[fact[i].of];
    tipl_decimal sum = {0, 0};
    bool known = whole->has_value != 0;
    for (uint32_t k = i; k < build->facts.count && fact[k].sentence == fact[i].sentence; k++) {
      if (fact[k].of != fact[i].of || fact[k].relation != TIPL_RELATION_BREAKDOWN) continue;
      known = known && fact[k].has_value && tipl_decimal_add(&sum, fact[k].value) == TIPL_OK;
    }
    if (known && tipl_decimal_compare(sum, whole->value) != 0) whole->flags |= TIPL_FLAG_PARTS_DISAGREE;
  }
}

enum { MOST_RATES = 256, FEWEST_RATES = 3 };

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Half a unit of the last printed digit, as a share of the amount. */
static double rounding(tipl_decimal value) {
  return value.digits == 0 ? 0 : 0.5 / fabs((double)value.digits);
}

/* Dollars whose rate to their local amount lies apart from the edition's others, further than rounding
 * explains: reports convert all sums at one rate. */
static void flag_rates(tipl__build *build) {
  tipl_fact *fact = build->facts.data;
  double rates[MOST_RATES], sorted[MOST_RATES];
  uint32_t rows[MOST_RATES], count = 0;
  for (uint32_t i = 0; i < build->facts.count && count < MOST_RATES; i++) {
    if (fact[i].relation != TIPL_RELATION_CONVERSION || fact[i].of == TIPL_NONE || fact[i].value.digits == 0) continue;
    if (count > 0 && strcmp(fact[fact[i].of].unit, fact[fact[rows[0]].of].unit) != 0) continue;
    rates[count] = tipl_decimal_double(fact[fact[i].of].value) / tipl_decimal_double(fact[i].value);
    rows[count++] = i;
  }
  if (count < FEWEST_RATES) return;
  memcpy(sorted, rates, count * sizeof *rates);
  qsort(sorted, count, sizeof *sorted, by_size);
  double usual = sorted[count / 2];
  for (uint32_t i = 0; i < count; i++) {
    tipl_fact *dollars = &fact[rows[i]];
    double allowed = 0.01 + rounding(dollars->value) + rounding(fact[dollars->of].value);
    if (fabs(rates[i] / usual - 1) > allowed) dollars->flags |= TIPL_FLAG_RATE;
  }
}

/* A figure compared with another of its own period (ruling 15 keeps both as printed). */
static void flag_own_year(tipl__build *build) {
  tipl_fact *fact = build->facts.data;
  for (uint32_t i = 0; i < build->facts.count; i++) {
    if (fact[i].relation != TIPL_RELATION_COMPARISON || fact[i].of == TIPL_NONE || fact[i].from == TIPL_DATE_NONE) continue;
    tipl_fact *base = &fact[fact[i].of];
    if (base->from == fact[i].from && base->to == fact[i].to && base->basis == TIPL_BASIS_STATED)
      fact[i].flags |= TIPL_FLAG_OWN_YEAR;
  }
}

void tipl__flag_facts(tipl__build *build) {
  flag_funds(build);
  flag_parts(build);
  flag_own_year(build);
  flag_rates(build);
}
