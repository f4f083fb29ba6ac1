/* bases.c: what a quantity behind a cue of comparison is compared with.
 *
 * The base stands before the cue. Metric, form, phase and thing choose it; figures without a noun pair by order. Called
 * by relations.c. */
#include "facts/scene.h"

static const tipl_measure *quantity(const tipl__scene *s, const tipl__group *g) { return tipl__measure_of(s, g->measure); }

static bool is_base(const tipl__scene *s, const tipl__group *b, const tipl__group *g, uint32_t cue) {
  if (b->at >= cue || b->drop || b->kind != g->kind) return false;
  if (b->relation != TIPL_RELATION_PRIMARY && b->relation != TIPL_RELATION_SUBSET) return false;
  if (b->kind == TIPL_MEASURE_MONEY && !b->denied && !g->denied && quantity(s, b)->unit != quantity(s, g)->unit &&
      strcmp(quantity(s, b)->unit, quantity(s, g)->unit) != 0)
    return false;
  return true;
}

/* "14 cases with 24 defendants": the second count of one act, which a figure without a noun is not compared with. */
static bool is_second_unit(const tipl__scene *s, const tipl__group *b) {
  if (b == tipl__group_at(s, 0) || b->thing == TIPL__HEAD_NONE) return false;
  const tipl__group *a = b - 1;
  if (a->drop || (a->thing == TIPL__HEAD_CASE) == (b->thing == TIPL__HEAD_CASE) || a->thing == TIPL__HEAD_NONE || b->at > a->last + 4) return false;
  const uint64_t ties = TIPL__SMALL(IN) | TIPL__SMALL(OF) | TIPL__SMALL(WITH) | TIPL__SMALL(AT);
  return tipl__next(s, a->last + 1, b->at, 0, TIPL__SIGN(MARK) | TIPL__SMALL(AND)) == TIPL_NONE &&
         tipl__next(s, a->last + 1, b->at, 0, ties) != TIPL_NONE;
}

/* How well a base fits a comparison: the metric it was found to count for weighs most, then the form. */
static int fitness(const tipl__scene *s, const tipl__group *b, const tipl__group *g) {
  int fit = 1;
  tipl_phase phase = tipl__phase_of(s, g, g->metric[0]), other = tipl__phase_of(s, b, b->metric[0]);
  if (phase != TIPL_PHASE_NONE && other != TIPL_PHASE_NONE) fit += phase == other ? 2 : -2;
  if (g->form != TIPL_FORM_NONE && b->form == g->form) fit += 2;
  else if (g->form != TIPL_FORM_NONE && b->form != TIPL_FORM_NONE) fit -= 1;
  if (g->thing != TIPL__HEAD_NONE || g->own >= 0) {
    if (g->metric[0] >= 0 && b->metric[0] == g->metric[0]) fit += 4;
    else if (g->metric[0] >= 0 && b->metric[1] == g->metric[0]) fit += 3;
    if (b->thing == g->thing) fit += 2;
    else if (!tipl__same_class(b, g)) fit -= 1;
  }
  if (g->thing == TIPL__HEAD_NONE && is_second_unit(s, b)) fit -= 2;
  if (g->who != 0 && b->who == g->who) fit += 1;
  if (b->denied && !g->denied) fit -= 2; /* "28 women and no men, compared with 20" */
  if (b->relation == TIPL_RELATION_PRIMARY) fit += 1;
  return fit;
}

/* How many groups stand between a cue and the first year behind it: as many as there are bases when order
 * pairs them ("compared with five and 14 in 2019"). */
static uint32_t groups_to_year(const tipl__scene *s, uint32_t cue) {
  uint32_t n = 0;
  uint32_t year = tipl__next(s, cue + 1, TIPL_NONE, 0, TIPL__SIGN(TIME));
  for (uint32_t i = cue + 1; (i = tipl__next(s, i, year, 0, TIPL__SIGN(MEASURE))) != TIPL_NONE; i++)
    n += tipl__element_at(s, i)->depth == tipl__element_at(s, cue)->depth;
  return n;
}

static uint32_t base_by_order(const tipl__scene *s, uint32_t index, uint32_t cue) {
  const tipl__group *g = tipl__group_at(s, index);
  uint32_t wanted = groups_to_year(s, cue), place = 0, bases = 0;
  for (uint32_t i = 0; i < index; i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (is_base(s, b, g, cue)) bases++;
    if (b->at > cue && !b->drop && b->relation == TIPL_RELATION_COMPARISON) place++;
  }
  if (wanted < 2 || wanted > bases) return TIPL_NONE;
  uint32_t skip = bases - wanted + place % wanted;
  for (uint32_t i = 0; i < index; i++)
    if (is_base(s, tipl__group_at(s, i), g, cue) && skip-- == 0) return i;
  return TIPL_NONE;
}

/* A count without a noun of its own ("45 in 2018"), or one that only took it from the list it stands in. */
static bool is_bare(const tipl__group *g) {
  return (g->thing == TIPL__HEAD_NONE && g->own < 0) || g->series != TIPL_NONE;
}

void tipl__find_comparison(tipl__scene *s, uint32_t index, uint32_t cue) {
  tipl__group *g = tipl__group_at(s, index);
  uint32_t behind = tipl__base_behind(s, index, cue);
  if (behind != TIPL_NONE) {
    tipl__relate(g, behind, TIPL_RELATION_COMPARISON);
    return;
  }
  bool plain = is_bare(g) && g->form == TIPL_FORM_NONE;
  uint32_t best = plain ? base_by_order(s, index, cue) : TIPL_NONE;
  if (best == TIPL_NONE && plain && index > 0) {
    const tipl__group *before = tipl__group_at(s, index - 1); /* a further year of the same series */
    if (before->relation == TIPL_RELATION_COMPARISON && before->at > cue) best = before->base;
  }
  int best_fit = 0;
  for (uint32_t i = 0; i < index && (best == TIPL_NONE || best_fit > 0); i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (!is_base(s, b, g, cue)) continue;
    int fit = fitness(s, b, g);
    if (fit >= best_fit) best = i, best_fit = fit;
  }
  g->relation = TIPL_RELATION_COMPARISON;
  g->base = best;
  g->of_previous = best == TIPL_NONE;
}

/* "19 of the 88 …, compared with 21 of 45 in 2019": part with part, whole with whole. */
bool tipl__compare_shares(tipl__scene *s, uint32_t index, uint32_t cue) {
  tipl__group *g = tipl__group_at(s, index);
  if (index + 1 >= s->groups.count || tipl__group_at(s, index + 1)->at != g->part_cue + 1) return false;
  for (uint32_t i = 0; i < index; i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (b->drop || b->at >= cue || b->relation != TIPL_RELATION_SUBSET || b->base == TIPL_NONE || b->kind != g->kind) continue;
    tipl__group *whole = tipl__group_at(s, index + 1);
    tipl__relate(whole, b->base, TIPL_RELATION_COMPARISON);
    whole->reference = false;
    whole->metric[0] = tipl__group_at(s, b->base)->metric[0];
    whole->metric[1] = -1;
    g->metric[0] = b->metric[0];
    tipl__relate(g, i, TIPL_RELATION_COMPARISON);
    return true;
  }
  return false;
}
