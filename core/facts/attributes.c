/* attributes.c: counts that say something of another count: the cases of those suspects, the beds of those shelters,
 * the victims who got that money. Called by relations.c. */
#include "facts/scene.h"

/* One act counted in two units: "39 cases involving 31 suspects", "five traffickers in two cases" (ruling 3). */
static void find_units(tipl__scene *s) {
  for (uint32_t i = 1; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i), *b = tipl__group_at(s, i - 1);
    if (g->kind == TIPL_MEASURE_NUMBER && g->metric[0] == TIPL__METRIC_COMPENSATION && b->kind == TIPL_MEASURE_MONEY &&
        b->metric[0] == TIPL__METRIC_COMPENSATION && g->relation == TIPL_RELATION_PRIMARY && !g->drop) {
      tipl__relate(g, b->relation == TIPL_RELATION_CONVERSION ? b->base : i - 1, TIPL_RELATION_ATTRIBUTE);
      continue;
    }
    if (g->drop || b->drop || g->relation != TIPL_RELATION_PRIMARY || b->relation != TIPL_RELATION_PRIMARY) continue;
    bool crossed = (g->thing == TIPL__HEAD_CASE) != (b->thing == TIPL__HEAD_CASE);
    if (!crossed || g->thing == TIPL__HEAD_NONE || b->thing == TIPL__HEAD_NONE || g->at > b->last + 4) continue;
    bool person = g->thing == TIPL__HEAD_SUSPECT || g->thing == TIPL__HEAD_PERSON || g->thing == TIPL__HEAD_OFFICER;
    if (g->thing != TIPL__HEAD_CASE && !person) continue;
    bool act_of = b->own >= 0 && b->thing == TIPL__HEAD_CASE && g->metric[0] == b->own; /* "40 investigations of 60 suspects" */
    if (b->metric[0] < 0 || g->own >= 0 || (b->own >= 0 && !act_of)) continue;
    bool tied = false;
    for (uint32_t k = b->last + 1; k < g->at; k++) {
      int clause = tipl__term_value(s, k, TIPL__TERM_CLAUSE);
      tied = tied || clause == TIPL__CLAUSE_IN || clause == TIPL__CLAUSE_OF || clause == TIPL__CLAUSE_AT || clause == TIPL__CLAUSE_WITH ||
             tipl__term_value(s, k, TIPL__TERM_VERB) == TIPL__METRIC_VICTIMS_IN_CASES;
      if (tipl__element_at(s, k)->mark != 0 || clause == TIPL__CLAUSE_AND) tied = false, k = g->at;
    }
    if (!tied) continue;
    g->metric[0] = b->metric[0];
    tipl__relate(g, i - 1, TIPL_RELATION_ATTRIBUTE);
  }
}

/* "four shelters with 90 beds" */
static void find_beds(tipl__scene *s) {
  uint32_t shelters = TIPL_NONE;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->drop || g->denied || g->own != TIPL__METRIC_SHELTERS || g->head == TIPL_NONE) continue;
    bool beds = tipl__spells(s, g->head, "beds") || tipl__spells(s, g->head, "bed");
    if (!beds) shelters = i;
    else if (shelters != TIPL_NONE && g->relation != TIPL_RELATION_COMPARISON) tipl__relate(g, shelters, TIPL_RELATION_ATTRIBUTE);
  }
}

/* Cases whose victims are children are children's cases: "Five of those cases involved 13 child victims". */
void tipl__lend_children(tipl__scene *s) {
  for (uint32_t i = 1; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    tipl__group *b = tipl__group_at(s, i - 1);
    if (b->thing == TIPL__HEAD_CASE && !b->drop && g->metric[0] == TIPL__METRIC_VICTIMS_IN_CASES && g->at <= b->last + 3)
      b->who |= g->who & TIPL_WHO_CHILD;
  }
}

void tipl__attributes(tipl__scene *s) {
  find_units(s);
  find_beds(s);
}
