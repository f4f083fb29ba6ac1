/* earlier.c: the fact of an earlier sentence that a quantity belongs to. Called by drafts.c; what counts as near is the
 * last sentence with facts, then the paragraph. */
#include "base/decimal.h"
#include "facts/scene.h"

/* May a fact of this metric count such persons? */
static bool counts_such(int thing, uint32_t metric) {
  if (metric == TIPL__METRIC_OTHER) return true;
  if (thing == TIPL__HEAD_VICTIM) return metric >= TIPL__METRIC_VICTIMS_IDENTIFIED && metric <= TIPL__METRIC_COMPENSATION;
  return thing != TIPL__HEAD_SUSPECT || metric <= TIPL__METRIC_EXTRADITIONS;
}

/* A name, not a common noun, is what acts: "the GPS identified 285". */
static bool is_named(const tipl__scene *s, const tipl__group *g) {
  if (g->verb == TIPL_NONE || g->verb == 0 || g->verb >= g->at || g->at - g->verb > 2) return false;
  char first = s->build->text[tipl__span_of(s, g->verb - 1, g->verb - 1).offset];
  return first >= 'A' && first <= 'Z' && tipl__term_of(s, g->verb - 1, TIPL__TERM_ACTOR) == NULL;
}

uint32_t tipl__row_shared(tipl__scene *s, const tipl__group *g, int metric) {
  if (s->shared_row == TIPL_NONE || s->shared_row < s->paragraph_first || g->kind != TIPL_MEASURE_NUMBER || !is_named(s, g)) return TIPL_NONE;
  const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, s->shared_row);
  tipl_span actor;
  bool such = f->metric == (uint32_t)metric && strcmp(f->unit, "persons") == 0 && counts_such(g->thing, f->metric);
  if (!such || tipl__voice_at(s, g->verb, &actor) != f->source) return TIPL_NONE;
  return tipl_decimal_compare(f->value, tipl__measure_of(s, g->measure)->value) > 0 ? s->shared_row : TIPL_NONE;
}

void tipl__share_row(tipl__scene *s, const tipl__group *g, uint32_t row) {
  const tipl__group *b = g->base == TIPL_NONE ? NULL : tipl__group_at(s, g->base);
  if (row == TIPL_NONE && b != NULL && b->at <= 1 && b->relation == TIPL_RELATION_RESTATES && g->relation == TIPL_RELATION_SUBSET && is_named(s, g))
    s->shared_row = tipl__row_pointed_at(s, b);
}

/* "Five of the identified victims": of all of them, not of the part that was spoken of last. */
static uint32_t whole_of(const tipl__scene *s, const tipl__group *g, uint32_t row) {
  bool all = g->part_cue != TIPL_NONE && tipl__term_value(s, g->part_cue, TIPL__TERM_PART) == TIPL__PART_OF_THE && g->head != TIPL_NONE;
  while (all && row != TIPL_NONE) {
    const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, row);
    bool part = f->relation == TIPL_RELATION_SUBSET || f->relation == TIPL_RELATION_BREAKDOWN;
    if (!part || f->of == TIPL_NONE || (g->form != TIPL_FORM_NONE && f->form == (tipl_form)g->form)) break;
    row = f->of;
  }
  return row;
}

uint32_t tipl__row_before(const tipl__scene *s, const tipl__group *g, int metric) {
  uint32_t best = TIPL_NONE;
  tipl_phase phase = tipl__phase_of(s, g, metric);
  bool unclear = false; /* counts of several forms, and which is meant is not said */
  const char *unit = tipl__unit_of_thing(g->thing);
  for (uint32_t i = s->previous_first; i < s->previous_end; i++) {
    const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, i);
    if (!f->has_value || f->relation == TIPL_RELATION_COMPARISON || f->relation == TIPL_RELATION_CONVERSION) continue;
    if (f->label != NULL || f->metric == TIPL__METRIC_STREAK || g->reference) continue;
    if (g->kind == TIPL_MEASURE_NUMBER && strcmp(f->unit, "percent") == 0) continue;
    bool percent = g->kind == TIPL_MEASURE_PERCENT;
    if (percent && strcmp(f->unit, "persons") != 0 && strcmp(f->unit, "cases") != 0) continue;
    if (g->relation == TIPL_RELATION_ATTRIBUTE) {
      bool first = best == TIPL_NONE || f->relation == TIPL_RELATION_PRIMARY || TIPL__AT(tipl_fact, s->build->facts, best).relation != TIPL_RELATION_PRIMARY;
      if (first && (f->metric == TIPL__METRIC_CONVICTIONS || f->metric == TIPL__METRIC_SENTENCES)) best = i;
      continue;
    }
    bool same_unit = unit == NULL || strcmp(unit, f->unit) == 0; /* a comparison may count cases where this one counts persons */
    if (!same_unit && (g->relation != TIPL_RELATION_COMPARISON || f->metric != (uint32_t)metric)) continue;
    if (!same_unit && best != TIPL_NONE && (phase == TIPL_PHASE_NONE || f->phase != phase)) continue;
    bool part = g->relation != TIPL_RELATION_COMPARISON && g->measure != TIPL_NONE && !percent;
    if (part && tipl_decimal_compare(f->value, tipl__measure_of(s, g->measure)->value) < 0) continue;
    if (metric >= 0 && !percent ? f->metric != (uint32_t)metric : !counts_such(g->thing, f->metric)) continue;
    const tipl_fact *b = best == TIPL_NONE ? NULL : &TIPL__AT(tipl_fact, s->build->facts, best);
    bool rival = b != NULL && b->relation == TIPL_RELATION_PRIMARY && f->relation == TIPL_RELATION_PRIMARY && g->form == TIPL_FORM_NONE;
    if (rival && b->form == TIPL_FORM_NONE && f->form != TIPL_FORM_NONE) continue; /* the general one */
    unclear = rival && f->form != TIPL_FORM_NONE && (unclear || b->form != f->form);
    bool other_phase = g->relation == TIPL_RELATION_COMPARISON && b != NULL && b->phase != f->phase && b->phase == phase;
    if (other_phase) continue; /* new proceedings with new ones, continued with continued */
    if (best == TIPL_NONE || f->relation == TIPL_RELATION_PRIMARY) best = i;
  }
  return unclear ? TIPL_NONE : whole_of(s, g, best);
}

uint32_t tipl__row_further_back(const tipl__scene *s, const tipl__group *g, int metric) {
  bool percent = g->kind == TIPL_MEASURE_PERCENT;
  bool part = percent || (g->relation == TIPL_RELATION_SUBSET && (g->part_cue != TIPL_NONE || g->framed || g->series != TIPL_NONE || tipl__term_value(s, 0, TIPL__TERM_PART) == TIPL__PART_OF));
  if (percent) metric = -1;
  if (!part || g->measure == TIPL_NONE || (metric < 0 && g->thing == TIPL__HEAD_NONE && !percent)) return TIPL_NONE;
  const char *unit = tipl__unit_of_thing(g->thing);
  for (uint32_t i = s->previous_first; i-- > s->paragraph_first;) {
    const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, i);
    if (!f->has_value || f->relation != TIPL_RELATION_PRIMARY || (metric >= 0 && f->metric != (uint32_t)metric)) continue;
    if (percent && strcmp(f->unit, "persons") == 0) return i;
    if (percent || (unit == NULL && metric < 0)) continue;
    if ((unit != NULL && strcmp(unit, f->unit) != 0) || !counts_such(g->thing, f->metric)) continue;
    if (tipl_decimal_compare(f->value, tipl__measure_of(s, g->measure)->value) >= 0) return i;
  }
  return TIPL_NONE;
}

uint32_t tipl__row_pointed_at(const tipl__scene *s, const tipl__group *g) {
  const tipl_measure *m = tipl__measure_of(s, g->measure);
  const char *unit = tipl__unit_of_thing(g->thing);
  for (uint32_t i = s->build->facts.count; i-- > 0;) {
    const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, i);
    if (f->has_value && f->metric != TIPL__METRIC_STREAK && (unit == NULL || strcmp(unit, f->unit) == 0) &&
        tipl_decimal_compare(f->value, m->value) == 0) {
      while (i > 0 && f[-1].evidence.offset == f->evidence.offset && f[-1].has_value) i--, f--; /* of two acts the first */
      return f->relation == TIPL_RELATION_RESTATES && f->of != TIPL_NONE ? f->of : i;
    }
  }
  return TIPL_NONE;
}

uint32_t tipl__row_counting(const tipl__scene *s, const tipl__group *g, int metric) {
  for (uint32_t i = s->build->facts.count; i-- > s->paragraph_first;) {
    const tipl_fact *f = &TIPL__AT(tipl_fact, s->build->facts, i);
    if (!f->has_value || f->relation != TIPL_RELATION_PRIMARY || f->metric != (uint32_t)metric || strcmp(f->unit, "persons") != 0) continue;
    if (tipl_decimal_compare(f->value, tipl__measure_of(s, g->measure)->value) >= 0) return i;
  }
  return TIPL_NONE;
}
