/* periods.c: the period of each quantity, and where it was taken from.
 *
 * Stated: a year or period behind the quantity, or one that opens its clause. Inherited: from the whole,
 * the local amount, the thing it is an attribute of. Inferred: one more than the latest year compared
 * with. Assumed: the calendar year before the edition (see MODEL.md, "Periods"). */
#include "facts/scene.h"

enum { MOST_YEARS = 8 };

static bool is_time(const tipl__scene *s, uint32_t i) { return tipl__shows(s, i, TIPL__SIGN(DATED)); }

static void put_time(const tipl__scene *s, tipl__group *g, uint32_t measure, tipl_basis basis) {
  const tipl_measure *m = tipl__measure_of(s, measure);
  g->time = measure;
  g->from = m->from;
  g->to = m->to;
  g->basis = (uint8_t)basis;
}

/* "allocated in both 2019 and 2018": the second year, or TIPL_NONE. */
static uint32_t second_year(const tipl__scene *s, uint32_t i) {
  if (!tipl__shows(s, i + 1, TIPL__SMALL(AND) | TIPL__SMALL(OR)) || !is_time(s, i + 2)) return TIPL_NONE;
  return tipl__element_at(s, i + 2)->measure;
}

static bool is_group(const tipl__scene *s, uint32_t element) {
  uint32_t group = tipl__element_at(s, element)->group;
  return group != 0 && !tipl__group_at(s, group - 1)->drop;
}

/* "the 2014 act", "a 2020 amendment": a year that names a thing. */
static bool is_label(const tipl__scene *s, uint32_t i) {
  if (tipl__measure_of(s, tipl__element_at(s, i)->measure)->kind != TIPL_MEASURE_YEAR || i == 0) return false;
  int before = tipl__term_value(s, i - 1, TIPL__TERM_CLAUSE);
  return before == TIPL__CLAUSE_THE || before == TIPL__CLAUSE_A || (before < 0 && tipl__mark_at(s, i - 1) != '(' &&
         tipl__term_of(s, i - 1, TIPL__TERM_COMPARE) == NULL && tipl__element_at(s, i - 1)->classes == 0);
}

/* "The 2017 state budget": the year of the money. */
static bool names_budget(const tipl__scene *s, const tipl__group *g, uint32_t year) {
  if (g->kind != TIPL_MEASURE_MONEY) return false;
  for (uint32_t i = year + 1; i < year + 4; i++)
    if (tipl__term_value(s, i, TIPL__TERM_GAP) == TIPL__METRIC_FUNDING) return true;
  return false;
}

/* "prosecuted nine cases and convicted six traffickers in 2016": two acts and one year. */
static bool is_joined(const tipl__scene *s, const tipl__group *g, uint32_t next) {
  uint32_t from = g->last + 1;
  return tipl__next(s, from, next, 0, TIPL__SMALL(AND)) != TIPL_NONE &&
         tipl__next(s, from, next, TIPL__CLASS(VERB), 0) != TIPL_NONE &&
         tipl__next(s, from, next, 0, TIPL__SIGN(MARK)) == TIPL_NONE;
}

/* Does a time say when something else began or was done? "a trial that began in 2018", "suspects arrested in 2018". */
static bool is_of_another(const tipl__scene *s, uint32_t time) {
  if (time < 3 || !tipl__is_clause(s, time - 1, TIPL__CLAUSE_IN)) return false;
  bool event = tipl__term_of(s, time - 2, TIPL__TERM_EVENT) != NULL, owned = false;
  bool act = tipl__term_of(s, time - 2, TIPL__TERM_VERB) != NULL && tipl__ends_in(s, time - 2, "ed");
  for (uint32_t k = 0; k < s->groups.count && (event || act); k++) {
    const tipl__group *b = tipl__group_at(s, k);
    if (b->drop || b->last + 3 != time) continue;
    owned = true; /* "three campaigns launched in 2020", "80 cases investigated in 2019" */
    if (act && b->verb != TIPL_NONE && b->verb < b->at) return true;
  }
  return event && !owned;
}

/* "a steady allocation from the previous year", "Unlike in 2019": what a figure is measured by. */
static bool is_measured_by(const tipl__scene *s, uint32_t time) {
  if (time > 1 && tipl__is_clause(s, time - 1, TIPL__CLAUSE_IN) &&
      (tipl__spells(s, time - 2, "Unlike") || tipl__spells(s, time - 2, "unlike") || tipl__spells(s, time - 2, "As") || tipl__spells(s, time - 2, "than")))
    return true;
  if (tipl__measure_of(s, tipl__element_at(s, time)->measure)->from != TIPL_DATE_PRP) return false;
  uint32_t i = time;
  while (i > 0 && tipl__is_clause(s, i - 1, TIPL__CLAUSE_THE)) i--;
  return i > 0 && tipl__shows(s, i - 1, TIPL__SMALL(FROM) | TIPL__SMALL(TO) | TIPL__SMALL(WITH) | TIPL__SMALL(AT));
}

/* The time behind a group, up to the next quantity of its clause; a comparison looks past its fellows. */
static bool time_behind(const tipl__scene *s, tipl__group *g) {
  uint8_t depth = tipl__element_at(s, g->at)->depth;
  bool comparison = g->relation == TIPL_RELATION_COMPARISON;
  const uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(DASH);
  const uint64_t signs = walls | TIPL__SIGN(OPEN) | TIPL__SIGN(CLOSE) | TIPL__SIGN(DATED) | TIPL__SIGN(GROUP) | TIPL__SMALL(BUT);
  for (uint32_t i = g->last + 1; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(COMPARE), signs)) != TIPL_NONE; i++) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth < depth || (e->signs & walls) != 0) return false;
    if (comparison && e->group != 0 && e->group - 1 == g->base) return false; /* "from 12 to four in 2020" */
    if (e->depth > depth) {
      if (is_time(s, i) && g->kind == TIPL_MEASURE_MONEY && tipl__mark_at(s, i - 1) == '(') {
        put_time(s, g, e->measure, TIPL_BASIS_STATED);
        return true;
      }
      continue;
    }
    if (is_time(s, i)) {
      if ((is_label(s, i) && !names_budget(s, g, i)) || is_of_another(s, i) || is_measured_by(s, i)) return false;
      put_time(s, g, e->measure, TIPL_BASIS_STATED);
      if (tipl__spells(s, i - 1, "since") && g->from < tipl__assumed_year(s)) g->to = tipl__assumed_year(s);
      g->time2 = second_year(s, i);
      return true;
    }
    if ((e->classes & TIPL__CLASS(COMPARE)) != 0) return false;
    if (is_group(s, i) && !comparison && !is_joined(s, g, i)) return false;
    if (!tipl__is_clause(s, i, TIPL__CLAUSE_BUT)) continue;
    bool apart = tipl__next(s, g->last + 1, i, 0, TIPL__SIGN(COMMA)) != TIPL_NONE; /* ", the fewest since 2005" */
    if (apart || !tipl__spells(s, i, "since") || !is_time(s, i + 1)) return false;
  }
  return false;
}

/* Where a phrase that opens the sentence and says only when ends: "On March 3, 2021," "From 2018 to 2020,". The
 * element of its comma, 0 for none. */
static uint32_t opening_end(const tipl__scene *s) {
  for (uint32_t i = 0; i < tipl__elements(s) && i < 9; i++) {
    if (tipl__mark_at(s, i) == ',') return i >= 2 && is_time(s, i - 1) ? i : 0;
    if (tipl__element_at(s, i)->mark != 0 || is_group(s, i)) return 0;
    if (tipl__is_any(s, i, TIPL__CLASS(COMPARE) | TIPL__CLASS(VERB) | TIPL__CLASS(NOUN) | TIPL__CLASS(HEAD) | TIPL__CLASS(EVENT))) return 0;
  }
  return 0;
}

static bool time_opening(const tipl__scene *s, tipl__group *g) {
  uint32_t end = opening_end(s);
  if (end == 0 || end > g->at || is_label(s, end - 1) || is_measured_by(s, end - 1)) return false;
  put_time(s, g, tipl__element_at(s, end - 1)->measure, TIPL_BASIS_STATED);
  bool range = end >= 4 && is_time(s, end - 3) && (tipl__is_clause(s, end - 2, TIPL__CLAUSE_TO) || tipl__is_clause(s, end - 2, TIPL__CLAUSE_AND) ||
               tipl__is_clause(s, end - 2, TIPL__CLAUSE_BY));
  bool spans = range && end >= 4 && (tipl__spells(s, 0, "From") || tipl__spells(s, 0, "Between"));
  if (spans) g->from = tipl__measure_of(s, tipl__element_at(s, end - 3)->measure)->from;
  if (tipl__spells(s, 0, "Since") && g->from > 0 && g->from < tipl__assumed_year(s)) g->to = tipl__assumed_year(s);
  return true;
}

/* "convicted four and seven traffickers in 2019 and 2020, respectively": as many years as quantities before them. */
static void pair_respectively(const tipl__scene *s) {
  if (tipl__next(s, 0, TIPL_NONE, 0, TIPL__SMALL(RESPECTIVELY)) == TIPL_NONE) return;
  for (uint32_t i = 0; i < tipl__elements(s); i++) {
    if (!is_time(s, i)) continue;
    uint32_t years[MOST_YEARS], count = 0, end = i;
    for (; end < tipl__elements(s) && count < MOST_YEARS; end++) {
      if (is_time(s, end)) years[count++] = end;
      else if (tipl__mark_at(s, end) != ',' && !tipl__is_clause(s, end, TIPL__CLAUSE_AND)) break;
    }
    uint32_t last = s->groups.count;
    while (last > 0 && tipl__group_at(s, last - 1)->at > i) last--;
    for (uint32_t k = count, at = last; count > 1 && k > 0 && at > 0; at--) {
      tipl__group *g = tipl__group_at(s, at - 1);
      if (g->drop || g->relation == TIPL_RELATION_CONVERSION) continue;
      put_time(s, g, tipl__element_at(s, years[--k])->measure, TIPL_BASIS_STATED);
    }
    i = end;
  }
}

/* A time that opens the sentence or its clause: "In 2020, …", "During the reporting period, …". */
static bool time_before(const tipl__scene *s, tipl__group *g) {
  for (uint32_t i = g->at; (i = tipl__last(s, i, TIPL__CLASS(COMPARE), TIPL__SIGN(DATED))) != TIPL_NONE;) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth > 0) continue;
    if ((e->classes & TIPL__CLASS(COMPARE)) != 0) return false;
    bool adverbial = i > 0 && tipl__is_clause(s, i - 1, TIPL__CLAUSE_IN);
    if (names_budget(s, g, i)) {
      put_time(s, g, e->measure, TIPL_BASIS_STATED);
      return true;
    }
    if (is_of_another(s, i)) continue;
    if (!adverbial && i > 0 && tipl__measure_of(s, e->measure)->kind != TIPL_MEASURE_PERIOD) continue;
    bool claimed = is_measured_by(s, i); /* or it stands behind a comparison's quantity, or tells of an earlier period */
    bool earlier = tipl__measure_of(s, e->measure)->from == TIPL_DATE_PRP;
    for (uint32_t k = 0; k < s->groups.count; k++)
      claimed = claimed || (tipl__group_at(s, k)->time == e->measure &&
                            (earlier || tipl__group_at(s, k)->relation == TIPL_RELATION_COMPARISON));
    if (claimed) continue;
    put_time(s, g, e->measure, TIPL_BASIS_STATED);
    return true;
  }
  return false;
}

tipl_date tipl__assumed_year(const tipl__scene *s) {
  int year = s->build->outline.year;
  return year > 0 ? (year - 1) * 10000 : TIPL_DATE_NONE;
}

/* The latest date that groups are compared with to this one; NONE for none. */
static tipl_date latest_comparison(const tipl__scene *s, uint32_t index) {
  tipl_date latest = TIPL_DATE_NONE;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (g->base != index || g->relation != TIPL_RELATION_COMPARISON || g->from == TIPL_DATE_NONE) continue;
    if (g->from == TIPL_DATE_PRP) return TIPL_DATE_PRP;
    if (g->to > latest) latest = g->to;
  }
  return latest;
}

static void assume(const tipl__scene *s, tipl__group *g) {
  g->from = g->to = tipl__assumed_year(s);
  g->basis = g->from == TIPL_DATE_NONE ? TIPL_BASIS_NONE : TIPL_BASIS_ASSUMED;
}

/* A group with no time of its own takes that of what it belongs to, else what follows from a comparison. */
static void infer(const tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  if (g->basis != TIPL_BASIS_NONE) return;
  tipl_date latest = latest_comparison(s, index);
  if (latest == TIPL_DATE_PRP) {
    g->from = g->to = TIPL_DATE_RP;
    g->basis = TIPL_BASIS_INFERRED;
  } else if (latest > TIPL_DATE_NONE && (latest / 10000 + 1) * 10000 <= tipl__assumed_year(s) + 10000) {
    g->from = g->to = (latest / 10000 + 1) * 10000;
    g->basis = TIPL_BASIS_INFERRED;
  } else if (latest > TIPL_DATE_NONE) {
    assume(s, g);
    if (g->basis == TIPL_BASIS_ASSUMED) g->basis = TIPL_BASIS_INFERRED;
  }
}

/* "an increase from 12" of nobody knows when: the year or period before that of its base. */
static void infer_earlier(const tipl__scene *s, tipl__group *g) {
  if (g->relation != TIPL_RELATION_COMPARISON || g->basis != TIPL_BASIS_NONE || g->base == TIPL_NONE) return;
  const tipl__group *b = tipl__group_at(s, g->base);
  bool period = b->from == TIPL_DATE_RP, year = b->from > 0 && b->from == b->to && b->from % 10000 == 0;
  if (!period && !year) return;
  g->from = g->to = period ? TIPL_DATE_PRP : b->from - 10000;
  g->basis = TIPL_BASIS_INFERRED;
}

static bool is_dependent(const tipl__group *g) {
  return g->relation == TIPL_RELATION_BREAKDOWN || g->relation == TIPL_RELATION_SUBSET ||
         g->relation == TIPL_RELATION_CONVERSION || g->relation == TIPL_RELATION_ATTRIBUTE ||
         g->relation == TIPL_RELATION_RESTATES;
}

/* A length of the sentence before may have a time of its own: "Traffickers convicted in 2019 received terms of …". */
static bool takes_time(const tipl__group *g) {
  if (g->relation == TIPL_RELATION_CONVERSION) return false;
  return !is_dependent(g) || !g->of_previous || g->reference || g->relation == TIPL_RELATION_ATTRIBUTE;
}

void tipl__periods(tipl__scene *s) {
  bool times = (s->signs & TIPL__SIGN(TIME)) != 0;
  if (times) pair_respectively(s);
  for (int comparisons = 1; comparisons >= 0 && times; comparisons--)
    for (uint32_t i = 0; i < s->groups.count; i++) {
      tipl__group *g = tipl__group_at(s, i);
      if (g->drop || g->basis != TIPL_BASIS_NONE) continue;
      if ((g->relation == TIPL_RELATION_COMPARISON) != (comparisons == 1)) continue;
      if (!takes_time(g)) continue;
      bool free = !is_dependent(g) || (g->relation == TIPL_RELATION_ATTRIBUTE && g->of_previous);
      if (!time_behind(s, g) && comparisons == 0 && free && !time_before(s, g)) time_opening(s, g);
    }
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (!is_dependent(tipl__group_at(s, i))) infer(s, i);
  for (uint32_t pass = 0; pass < 3; pass++) /* parts of parts, and dollars of parts */
    for (uint32_t i = 0; i < s->groups.count; i++) {
      tipl__group *g = tipl__group_at(s, i);
      if (!is_dependent(g) || g->base == TIPL_NONE || g->basis != TIPL_BASIS_NONE) continue;
      const tipl__group *b = tipl__group_at(s, g->base);
      if (b->basis == TIPL_BASIS_NONE) continue;
      g->from = b->from;
      g->to = b->to;
      g->time2 = b->time2;
      g->basis = TIPL_BASIS_INHERITED;
    }
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->basis == TIPL_BASIS_NONE && !g->of_previous && !is_dependent(g) && g->relation != TIPL_RELATION_COMPARISON)
      assume(s, g);
  }
  for (uint32_t i = 0; i < s->groups.count; i++) infer_earlier(s, tipl__group_at(s, i));
  for (uint32_t i = 0; i < s->groups.count; i++) { /* parts of what was assumed only now */
    tipl__group *g = tipl__group_at(s, i);
    if (g->basis != TIPL_BASIS_NONE || g->base == TIPL_NONE || !is_dependent(g)) continue;
    const tipl__group *b = tipl__group_at(s, g->base);
    g->from = b->from;
    g->to = b->to;
    if (b->basis != TIPL_BASIS_NONE) g->basis = TIPL_BASIS_INHERITED;
  }
}
