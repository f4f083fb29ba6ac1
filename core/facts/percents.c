/* percents.c: what a percentage is a share or a change of. Called by relations.c.
 *
 * "Of the 60 victims, 40 percent were women" is part of the 60; shares that make a hundred partition it. "a 20 percent
 * increase" says something of the count before it. */
#include "base/decimal.h"
#include "facts/scene.h"

static bool is_percent(const tipl__group *g) { return g->kind == TIPL_MEASURE_PERCENT && !g->drop; }

/* "a decrease of 20 percent", "an increase of 50,000 euros". */
static bool is_amount_of_change(const tipl__scene *s, const tipl__group *g) {
  static const char *const nouns[] = {"increase", "decrease", "rise", "drop", "decline", "reduction"};
  uint32_t i = g->at;
  if (i > 0 && tipl__is_any(s, i - 1, TIPL__CLASS(BOUND))) i--;
  if (i < 2 || !tipl__is_clause(s, i - 1, TIPL__CLAUSE_OF)) return false;
  for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
    if (tipl__spells(s, i - 2, nouns[k])) return true;
  return false;
}

bool tipl__relate_change(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  if (!is_amount_of_change(s, g)) return false;
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    if (b->drop || b->kind != g->kind || b->relation != TIPL_RELATION_PRIMARY) continue;
    tipl__relate(g, i, TIPL_RELATION_ATTRIBUTE);
    return true;
  }
  return false;
}

/* "a 20 percent increase", "increased by 20 percent": a change, not a share. */
static bool is_change(const tipl__scene *s, const tipl__group *g) {
  if (tipl__is_any(s, g->last + 1, TIPL__CLASS(EFFORT) | TIPL__CLASS(COMPARE)) && !tipl__shows(s, g->last + 1, TIPL__SIGN(MARK))) {
    tipl_span word = tipl__span_of(s, g->last + 1, g->last + 1);
    const char *p = s->build->text + word.offset;
    if (word.length >= 8 && (memcmp(p, "increase", 8) == 0 || memcmp(p, "decrease", 8) == 0)) return true;
  }
  if (is_amount_of_change(s, g)) return true;
  uint32_t i = g->at;
  if (i > 0 && tipl__is_any(s, i - 1, TIPL__CLASS(BOUND))) i--;
  return i > 1 && tipl__is_clause(s, i - 1, TIPL__CLAUSE_BY) && tipl__is_any(s, i - 2, TIPL__CLASS(EFFORT));
}

/* The count before a change, in its clause. */
static uint32_t count_before(const tipl__scene *s, uint32_t index) {
  const tipl__group *g = tipl__group_at(s, index);
  uint32_t wall = tipl__last(s, g->at, 0, TIPL__SIGN(SEMICOLON));
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    if (wall != TIPL_NONE && b->at < wall) return TIPL_NONE;
    if (b->kind == TIPL_MEASURE_NUMBER && !b->drop && b->relation != TIPL_RELATION_COMPARISON && b->relation != TIPL_RELATION_RESTATES) return i;
  }
  return TIPL_NONE;
}

void tipl__relate_percent(tipl__scene *s, uint32_t index, uint32_t cue) {
  tipl__group *g = tipl__group_at(s, index);
  if (cue != TIPL_NONE) {
    tipl__find_comparison(s, index, cue);
    if (g->of_previous) g->of_previous = false, g->relation = TIPL_RELATION_PRIMARY;
    return;
  }
  if (is_change(s, g)) {
    uint32_t base = count_before(s, index);
    if (base != TIPL_NONE) tipl__relate(g, base, TIPL_RELATION_ATTRIBUTE);
    return;
  }
  const tipl__group *before = index > 0 ? tipl__group_at(s, index - 1) : NULL;
  int lead = tipl__term_value(s, 0, TIPL__TERM_PART);
  bool of_whole = g->framed || (g->part_cue != TIPL_NONE && (g->thing == TIPL__HEAD_VICTIM || g->thing == TIPL__HEAD_CASE || g->thing == TIPL__HEAD_PERSON));
  bool of_lead = (lead == TIPL__PART_OF || lead == TIPL__PART_OF_THE || lead == TIPL__PART_INCLUDING) && g->part_cue == TIPL_NONE;
  bool listed = before != NULL && is_percent(before) && before->relation == TIPL_RELATION_SUBSET && g->part_cue == TIPL_NONE;
  if (of_lead && tipl__group_at(s, 0)->reference && index > 0) {
    tipl__relate(g, 0, TIPL_RELATION_SUBSET); /* "Of the 60 victims, …" */
  } else if (of_whole || of_lead) { /* "nearly 50 percent of the victims" */
    g->of_previous = true;
    g->relation = TIPL_RELATION_SUBSET;
  } else if (listed) {
    tipl__relate(g, before->base, TIPL_RELATION_SUBSET);
    g->of_previous = before->of_previous;
    if (g->who == 0 && g->form != TIPL_FORM_NONE) g->who = before->who;
  }
}

static bool same_whole(const tipl__group *a, const tipl__group *b) { return a->base == b->base && a->of_previous == b->of_previous; }

/* A run of shares of one whole that comes to a hundred, rounding aside, partitions it. */
void tipl__judge_percents(tipl__scene *s) {
  double sum = 0;
  uint32_t first = TIPL_NONE, last = 0, run = 0;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (!is_percent(g) || g->relation != TIPL_RELATION_SUBSET) continue;
    double share = tipl_decimal_double(tipl__measure_of(s, g->measure)->value);
    bool goes_on = first != TIPL_NONE && same_whole(tipl__group_at(s, last), g) && sum + share <= 101;
    if (!goes_on) first = i, sum = 0, run = 0;
    sum += share;
    last = i;
    run++;
    if (run < 2 || sum < 99) continue;
    for (uint32_t k = first; k <= i; k++)
      if (is_percent(tipl__group_at(s, k)) && tipl__group_at(s, k)->relation == TIPL_RELATION_SUBSET)
        tipl__group_at(s, k)->relation = TIPL_RELATION_BREAKDOWN;
    first = TIPL_NONE;
  }
}
