/* parts.c: do the parts of a count partition it, or are they some of it? Decided by their sum, once relations.c has
 * found whose parts they are. */
#include "base/decimal.h"
#include "facts/scene.h"

static tipl_decimal value_of(const tipl__scene *s, const tipl__group *g) { return tipl__measure_of(s, g->measure)->value; }

static bool is_part_of(const tipl__group *g, uint32_t whole) {
  return g->base == whole && !g->drop && g->kind != TIPL_MEASURE_PERCENT && !g->denied && !g->all_but &&
         (g->relation == TIPL_RELATION_BREAKDOWN || g->relation == TIPL_RELATION_SUBSET);
}

static void set_parts(tipl__scene *s, uint32_t whole, uint32_t from, uint32_t to, tipl_relation relation) {
  for (uint32_t i = from; i < to; i++)
    if (is_part_of(tipl__group_at(s, i), whole)) tipl__group_at(s, i)->relation = (uint8_t)relation;
}

/* A list without a cue that comes within a fifth of its whole is meant to partition it, slip or not. */
static bool is_whole_list(const tipl__scene *s, uint32_t whole) {
  double sum = 0, all = tipl_decimal_double(value_of(s, tipl__group_at(s, whole)));
  uint32_t parts = 0;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (!is_part_of(g, whole)) continue;
    if (g->relation == TIPL_RELATION_SUBSET) return false;
    sum += tipl_decimal_double(value_of(s, g));
    parts++;
  }
  return parts >= 2 && sum >= 0.8 * all && sum <= 1.2 * all;
}

/* A run of parts that adds up to its whole partitions it, and a whole may be cut in several ways one after the
 * other (ruling 4); what is left is a subset. */
static void judge(tipl__scene *s, uint32_t whole) {
  const tipl__group *w = tipl__group_at(s, whole);
  tipl_decimal sum = tipl__integer(0);
  uint32_t in_run = 0, first = 0, count = s->groups.count;
  if (w->denied || w->measure == TIPL_NONE) return;
  if (is_whole_list(s, whole)) {
    set_parts(s, whole, 0, count, TIPL_RELATION_BREAKDOWN);
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (!is_part_of(g, whole)) continue;
    if (in_run++ == 0) first = i;
    if (tipl_decimal_add(&sum, value_of(s, g)) != TIPL_OK) return;
    int size = tipl_decimal_compare(sum, value_of(s, w));
    if (size > 0) { /* too much: what came before is a cut of another kind */
      set_parts(s, whole, first, i, TIPL_RELATION_SUBSET);
      first = i;
      in_run = 1;
      sum = value_of(s, g);
    } else if (size == 0 && in_run > 1) {
      set_parts(s, whole, first, i + 1, TIPL_RELATION_BREAKDOWN);
      in_run = 0;
      sum = tipl__integer(0);
    }
  }
  if (in_run > 0) set_parts(s, whole, first, count, TIPL_RELATION_SUBSET);
}

void tipl__judge_parts(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    bool judged = g->base == TIPL_NONE || !is_part_of(g, g->base);
    for (uint32_t k = 0; k < i && !judged; k++) judged = is_part_of(tipl__group_at(s, k), g->base);
    if (!judged) judge(s, g->base);
  }
}
