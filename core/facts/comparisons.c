/* comparisons.c: comparisons whose base is not the nearest quantity before a cue.
 *
 * The base may come behind the figure it is compared with ("Compared with 28 in 2019, police investigated 33"; "fell
 * from 40 to 25"), and a list of years compares without a cue ("40 cases in 2020, 35 in 2019"). Called by
 * relations.c. */
#include "facts/scene.h"

/* The comma that ends a comparison with which the sentence opens, the last element where there is none. */
static uint32_t leading_end(const tipl__scene *s, uint32_t cue) {
  for (uint32_t i = cue + 1; i + 1 < tipl__elements(s); i++) {
    bool list = tipl__element_at(s, i + 1)->measure != TIPL_NONE || tipl__is_clause(s, i + 1, TIPL__CLAUSE_AND);
    if (tipl__mark_at(s, i) == ',' && !list) return i;
  }
  return tipl__elements(s);
}

static bool opens(const tipl__scene *s, uint32_t cue) {
  return cue <= 1 && tipl__term_value(s, cue, TIPL__TERM_COMPARE) == TIPL__COMPARE_WITH;
}

/* "to 25" behind "from 40": the element before it and its bound is "to". */
static bool stands_behind_to(const tipl__scene *s, const tipl__group *g) {
  uint32_t at = g->at;
  if (at > 0 && tipl__term_of(s, at - 1, TIPL__TERM_BOUND) != NULL) at--;
  return at > 0 && tipl__is_clause(s, at - 1, TIPL__CLAUSE_TO);
}

bool tipl__is_base_behind(const tipl__scene *s, const tipl__group *g, uint32_t cue) {
  if (opens(s, cue)) return g->at > leading_end(s, cue);
  return tipl__term_value(s, cue, TIPL__TERM_COMPARE) == TIPL__COMPARE_FROM && stands_behind_to(s, g);
}

uint32_t tipl__base_behind(const tipl__scene *s, uint32_t index, uint32_t cue) {
  const tipl__group *g = tipl__group_at(s, index);
  uint32_t best = TIPL_NONE;
  bool leads = opens(s, cue);
  for (uint32_t i = index + 1; i < s->groups.count; i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (b->drop || b->kind != g->kind || !tipl__is_base_behind(s, b, cue)) continue;
    bool same = b->thing == g->thing || g->thing == TIPL__HEAD_NONE || b->thing == TIPL__HEAD_NONE;
    if (!leads) return i;
    if (best == TIPL_NONE || (same && tipl__group_at(s, best)->thing != g->thing && g->thing != TIPL__HEAD_NONE)) best = i;
  }
  return best;
}

/* The time directly behind a group, past "in": its element, TIPL_NONE for none. */
static uint32_t next_time(const tipl__scene *s, const tipl__group *g) {
  uint32_t i = g->last + 1;
  if (tipl__is_clause(s, i, TIPL__CLAUSE_IN)) i++;
  while (tipl__is_clause(s, i, TIPL__CLAUSE_THE)) i++;
  return tipl__time_between(s, i, i + 1) == TIPL_NONE ? TIPL_NONE : i;
}

/* The year of "40 in 2020". */
static tipl_date year_of(const tipl__scene *s, const tipl__group *g) {
  return tipl__measure_of(s, tipl__element_at(s, next_time(s, g))->measure)->from;
}

void tipl__relate_listed(tipl__scene *s, uint32_t index, uint32_t before) {
  tipl__group *g = tipl__group_at(s, index), *b = tipl__group_at(s, before);
  bool later = before + 1 == index && year_of(s, g) > year_of(s, b) && b->relation == TIPL_RELATION_PRIMARY;
  tipl__group *other = later ? b : g; /* the later year is what the report is about */
  if (later) {
    g->metric[0] = b->metric[0];
    g->metric[1] = b->metric[1];
    g->thing = b->thing;
    g->form = b->form;
    g->who = b->who;
    g->verb = b->verb;
  }
  other->base = later ? index : before;
  other->relation = TIPL_RELATION_COMPARISON;
}

uint32_t tipl__listed_before(const tipl__scene *s, uint32_t index) {
  const tipl__group *g = tipl__group_at(s, index), *b = index > 0 ? tipl__group_at(s, index - 1) : NULL;
  if (b == NULL || b->drop || b->kind != g->kind || g->thing != TIPL__HEAD_NONE || g->own >= 0) return TIPL_NONE;
  uint32_t time = next_time(s, b);
  if (time == TIPL_NONE || next_time(s, g) == TIPL_NONE || time >= g->at) return TIPL_NONE;
  for (uint32_t i = time + 1; i < g->at; i++)
    if (tipl__mark_at(s, i) != ',' && !tipl__is_clause(s, i, TIPL__CLAUSE_AND)) return TIPL_NONE;
  return b->relation == TIPL_RELATION_COMPARISON ? b->base : index - 1;
}
