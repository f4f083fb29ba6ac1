/* facts.c: the facts stage. Reads every unit that may hold a fact as a scene and runs the passes over it,
 * in their order; each pass is a file of this folder (scene.h lists them). Called by model/report.c. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "facts/scene.h"

/* May the unit hold a fact? A quantity, a denial or a judgement is in it, or it opens a section with a word
 * of effort. Most sentences end here. */
static bool is_live(const tipl__build *build, const tipl__unit *unit) {
  const tipl__block *block = &TIPL__AT(tipl__block, build->blocks, unit->block);
  if (unit->sentence == TIPL_NONE) return block->kind == TIPL__BLOCK_TIER;
  if ((unit->flags & (TIPL__MAY_DENY | TIPL__MAY_JUDGE | TIPL__MAY_ABSENT)) != 0) return true;
  const tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
  for (uint32_t i = row->measure; i < row->measure + row->measures; i++) {
    const tipl_measure *m = &TIPL__AT(tipl_measure, build->measures, i);
    bool quantity = m->kind == TIPL_MEASURE_NUMBER || m->kind == TIPL_MEASURE_MONEY ||
                    m->kind == TIPL_MEASURE_PERCENT || m->kind == TIPL_MEASURE_DURATION;
    if (quantity && (m->flags & TIPL_MEASURE_IDENTIFIER) == 0) return true;
  }
  if ((unit->flags & TIPL__MAY_STRIVE) == 0) return false;
  return unit->sentence == 0 || TIPL__AT(tipl_sentence, build->sentences, unit->sentence - 1).section != row->section;
}

static void enter(tipl__scene *s, const tipl__unit *unit) {
  const tipl__block *block = &TIPL__AT(tipl__block, s->build->blocks, unit->block);
  s->sentence = unit->sentence;
  s->section = unit->sentence == TIPL_NONE ? TIPL_NONE : block->section;
  s->section_kind = TIPL_SECTION_UNKNOWN;
  if (s->section != TIPL_NONE) s->section_kind = TIPL__AT(tipl__section_row, s->build->sections, s->section).kind;
  s->first_measure = s->measures = 0;
  if (unit->sentence == TIPL_NONE) return;
  const tipl_sentence *row = &TIPL__AT(tipl_sentence, s->build->sentences, unit->sentence);
  s->first_measure = row->measure;
  s->measures = row->measures;
}

/* Does a sentence set a word in parentheses, as short names are explained? */
static bool explains_name(const tipl__build *build, const tipl__unit *unit) {
  if ((unit->flags & TIPL__MAY_NAME) == 0 || unit->sentence == TIPL_NONE) return false;
  const uint16_t *word = (const uint16_t *)build->token_word.data + unit->token;
  for (uint32_t i = 0; i + 2 < unit->tokens; i++)
    if (word[i] == '(' && word[i + 2] == ')' && word[i + 1] == TIPL__WORD_OTHER) return true;
  return false;
}

static bool count_groups(tipl__scene *s) {
  tipl__metrics(s);
  tipl__lengths(s);
  if (!tipl__relations(s)) return false;
  tipl__periods(s);
  return tipl__draft_groups(s);
}

/* The passes over one sentence. */
static bool read_scene(tipl__scene *s, const tipl__unit *unit) {
  bool live = is_live(s->build, unit), names = explains_name(s->build, unit);
  if (!live && !names) return true;
  enter(s, unit);
  if (!tipl__scene_read(s, unit, s->build->options.max_sentence)) return false;
  if (names && !tipl__read_names(s)) return false;
  if (!live) return true;
  if (unit->sentence == TIPL_NONE) return tipl__judgements(s) && tipl__emit(s);
  if (!tipl__denials(s) || !tipl__groups(s)) return false;
  if (s->groups.count > 0 && !count_groups(s)) return false;
  return tipl__absences(s) && tipl__judgements(s) && tipl__emit(s);
}

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

tipl_status tipl__facts(tipl__build *build) {
  tipl__scene scene;
  memset(&scene, 0, sizeof scene);
  scene.build = build;
  scene.elements = tipl__vec_of(sizeof(tipl__element));
  scene.groups = tipl__vec_of(sizeof(tipl__group));
  scene.drafts = tipl__vec_of(sizeof(tipl__draft));
  scene.names = tipl__vec_of(sizeof(tipl__short_name));
  scene.chain = tipl__vec_of(sizeof(uint32_t));
  memset(scene.bucket, 0xFF, sizeof scene.bucket); /* TIPL_NONE */
  tipl_status status = TIPL_OK;
  for (uint32_t i = 0; i < build->units.count && status == TIPL_OK; i++) {
    const tipl__unit *unit = &TIPL__AT(tipl__unit, build->units, i);
    uint32_t first = build->facts.count;
    if (!read_scene(&scene, unit)) status = tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
    else if (build->facts.count > build->options.max_facts)
      status = tipl__fail_at(build->error, TIPL_ELIMIT, build->text, build->length,
                             TIPL__AT(tipl_fact, build->facts, build->options.max_facts).evidence,
                             "more than %u facts; raise max_facts", build->options.max_facts);
    if (unit->sentence != TIPL_NONE) {
      tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
      row->fact = first;
      row->facts = build->facts.count - first;
      if (row->facts > 0 || row->paragraph != scene.paragraph) { /* what "of those" may point at */
        scene.previous_first = first;
        scene.previous_end = build->facts.count;
        scene.paragraph = row->paragraph;
      }
    }
  }
  tipl__vec_free(&scene.elements, &build->alloc);
  tipl__vec_free(&scene.groups, &build->alloc);
  tipl__vec_free(&scene.drafts, &build->alloc);
  tipl__vec_free(&scene.chain, &build->alloc);
  tipl__vec_free(&scene.names, &build->alloc);
  flag_funds(build);
  flag_parts(build);
  flag_own_year(build);
  flag_rates(build);
  return status;
}
