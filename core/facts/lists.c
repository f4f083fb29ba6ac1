/* lists.c: quantities that stand in a row.
 *
 * What a list leaves out it takes from its first member: in "325 victims for domestic servitude and 945 for sex
 * trafficking" the 945 are victims of the same act. A list behind a count that adds up to it, or that only names kinds
 * of what was counted, is its parts: "three shelters, two for women and one for children". Called between metrics and
 * relations, which go on from what is set here. */
#include "base/decimal.h"
#include "facts/scene.h"

enum { MOST_WORDS = 8 }; /* between two members: "under its anti-trafficking law," */

static bool is_counted(const tipl__group *g) {
  return g->kind == TIPL_MEASURE_NUMBER && !g->drop && !g->denied && g->measure != TIPL_NONE;
}

static bool is_elided(const tipl__group *g) {
  return g->thing == TIPL__HEAD_NONE && g->own < 0 && g->metric[0] < 0;
}

/* Says an elided count which kind it is of? */
static bool is_kind(const tipl__group *g) { return is_elided(g) && (g->form != TIPL_FORM_NONE || g->who != 0); }

/* Or by whom or where: "three convictions, one by a military court". */
static bool is_some(const tipl__scene *s, const tipl__group *g) {
  return is_kind(g) || (is_elided(g) && g->part_cue == TIPL_NONE && tipl__shows(s, g->at + 1, TIPL__SMALL(BY)));
}

static uint8_t depth_of(const tipl__scene *s, const tipl__group *g) { return tipl__element_at(s, g->at)->depth; }

/* The element behind a parenthesis that opens at `i`; `i` itself where none does. */
static uint32_t past_aside(const tipl__scene *s, uint32_t i) {
  if (!tipl__shows(s, i, TIPL__SIGN(OPEN))) return i;
  uint8_t depth = tipl__element_at(s, i)->depth;
  for (uint32_t k = i + 1; (k = tipl__next(s, k, TIPL_NONE, 0, TIPL__SIGN(CLOSE))) != TIPL_NONE; k++)
    if (tipl__element_at(s, k)->depth == depth) return k + 1;
  return tipl__elements(s);
}

/* The group before one that stands as deep in parentheses, past those in an aside: "30 for sex trafficking (27 in 2017),
 * 10 for …"; TIPL_NONE for none. */
static uint32_t fellow_before(const tipl__scene *s, uint32_t index) {
  uint8_t depth = depth_of(s, tipl__group_at(s, index));
  while (index-- > 0) {
    if (depth_of(s, tipl__group_at(s, index)) < depth) return TIPL_NONE;
    if (depth_of(s, tipl__group_at(s, index)) == depth) return index;
  }
  return TIPL_NONE;
}

/* Nothing but a comma, "and" or "another" between two groups. */
static bool is_next(const tipl__scene *s, const tipl__group *a, const tipl__group *b) {
  if (b->at <= a->last + 1 || depth_of(s, a) != depth_of(s, b)) return false;
  bool joint = false;
  for (uint32_t i = past_aside(s, a->last + 1); i < b->at; i++) {
    bool joins = tipl__mark_at(s, i) == ',' || tipl__is_clause(s, i, TIPL__CLAUSE_AND);
    if (!joins && !tipl__is_clause(s, i, TIPL__CLAUSE_THE)) return false;
    joint = joint || joins;
  }
  return joint;
}

/* The same with some words of no act behind the first: "in kilns, and …". */
static bool is_near(const tipl__scene *s, const tipl__group *a, const tipl__group *b) {
  uint32_t from = past_aside(s, a->last + 1);
  if (b->at <= from || b->at - from >= MOST_WORDS || depth_of(s, a) != depth_of(s, b)) return false;
  if (tipl__mark_at(s, b->at - 1) != ',' && !tipl__is_clause(s, b->at - 1, TIPL__CLAUSE_AND)) return false;
  for (uint32_t i = from; i < b->at; i++) {
    uint16_t mark = tipl__mark_at(s, i);
    if (mark != 0 && mark != ',' && mark != '-' && mark != '\'') return false;
    if (tipl__is_any(s, i, TIPL__CLASS(VERB) | TIPL__CLASS(MONEY) | TIPL__CLASS(COMPARE) | TIPL__CLASS(NEGATION) | TIPL__CLASS(PART)) ||
        tipl__is_clause(s, i, TIPL__CLAUSE_BUT) || tipl__is_clause(s, i, TIPL__CLAUSE_BE))
      return false;
  }
  return true;
}

static bool are_persons(const tipl__group *g) { return g->thing >= TIPL__HEAD_VICTIM && g->thing <= TIPL__HEAD_OFFICER; }

bool tipl__clashes(const tipl__group *part, const tipl__group *whole) {
  static const uint16_t pairs[] = {TIPL_WHO_CHILD | TIPL_WHO_ADULT, TIPL_WHO_MALE | TIPL_WHO_FEMALE, TIPL_WHO_NATIONAL | TIPL_WHO_FOREIGN};
  bool form = part->form != TIPL_FORM_NONE && whole->form != TIPL_FORM_NONE && whole->form != TIPL_FORM_SEX_LABOR && part->form != whole->form;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !form; i++) {
    uint16_t a = part->who & pairs[i], b = whole->who & pairs[i];
    form = a != 0 && b != 0 && (a & b) == 0;
  }
  return form;
}

/* Can `part` be some of what `whole` counts, as far as their words say? */
static bool may_be_of(const tipl__scene *s, const tipl__group *part, const tipl__group *whole) {
  bool like = part->thing == TIPL__HEAD_NONE || part->thing == whole->thing || (are_persons(part) && are_persons(whole));
  if (!like || part->part_cue != TIPL_NONE || part->reference || part->predicate) return false;
  bool same_act = part->metric[0] < 0 || whole->metric[0] < 0 || part->metric[0] == whole->metric[0];
  return !tipl__clashes(part, whole) && same_act && tipl_decimal_compare(tipl__measure_of(s, part->measure)->value, tipl__measure_of(s, whole->measure)->value) < 0;
}

static void set_parts(tipl__scene *s, uint32_t whole, uint32_t from, uint32_t to, tipl_relation relation) {
  const tipl__group *w = tipl__group_at(s, whole);
  for (uint32_t i = from; i < to; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (depth_of(s, g) != depth_of(s, w)) continue; /* in an aside */
    g->base = whole;
    g->relation = (uint8_t)relation;
    g->metric[0] = w->metric[0];
    g->metric[1] = w->metric[1];
    g->verb = w->verb;
    if (g->thing == TIPL__HEAD_NONE) g->thing = w->thing;
  }
}

/* Adds the value of a group; 1, 0 or -1 as the sum is above, at or below that of the whole; 2 when it overflows. */
static int add_up(const tipl__scene *s, tipl_decimal *sum, const tipl__group *g, const tipl__group *whole) {
  if (tipl_decimal_add(sum, tipl__measure_of(s, g->measure)->value) != TIPL_OK) return 2;
  return tipl_decimal_compare(*sum, tipl__measure_of(s, whole->measure)->value);
}

/* The list behind a whole: its end if it adds up to the whole (*exact) or names only kinds of it; else `whole` + 1. */
static uint32_t list_end(const tipl__scene *s, uint32_t whole, bool *exact) {
  const tipl__group *w = tipl__group_at(s, whole), *before = w;
  tipl_decimal sum = tipl__integer(0);
  uint32_t kinds = 0, members = 0, end = whole + 1;
  *exact = false;
  for (uint32_t i = whole + 1; i < s->groups.count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (depth_of(s, g) > depth_of(s, w)) continue;
    bool first = members == 0, open = is_near(s, before, g);
    if (!is_counted(g) || !open || !may_be_of(s, g, w) || (first && tipl__mark_at(s, g->at - 1) != ',')) break;
    if (g->verb != TIPL_NONE && g->verb > w->at) break; /* an act of its own */
    int size = add_up(s, &sum, g, w);
    if (size > 0) break;
    if (is_some(s, g) && is_next(s, before, g) && kinds == members) kinds++, end = i + 1;
    members++;
    if (size == 0 && !first) {
      *exact = true;
      return i + 1;
    }
    before = g;
  }
  return end;
}

static void find_list(tipl__scene *s, uint32_t whole) {
  const tipl__group *w = tipl__group_at(s, whole);
  bool exact;
  if (is_elided(w) || w->part_cue != TIPL_NONE) return;
  uint32_t end = list_end(s, whole, &exact);
  if (end > whole + 1) set_parts(s, whole, whole + 1, end, exact ? TIPL_RELATION_BREAKDOWN : TIPL_RELATION_SUBSET);
}

/* "investigated 50 cases; police investigated 35, and labor inspectors investigated 15": counts of one act, each in a
 * clause of its own, that add up to the first. */
static void find_clauses(tipl__scene *s, uint32_t whole) {
  const tipl__group *w = tipl__group_at(s, whole);
  if (!w->all_but && (w->metric[0] < 0 || w->part_cue != TIPL_NONE)) return;
  int metric = w->all_but && whole + 1 < s->groups.count ? tipl__group_at(s, whole + 1)->metric[0] : w->metric[0];
  if (metric < 0) return;
  tipl_decimal sum = tipl__integer(0);
  uint32_t i = whole + 1;
  int size = -1;
  for (; i < s->groups.count && size < 0; i++) {
    const tipl__group *g = tipl__group_at(s, i), *before = tipl__group_at(s, i - 1);
    if (!is_counted(g) || depth_of(s, g) != depth_of(s, w) || g->metric[0] != metric || !may_be_of(s, g, w)) return;
    if (g->base != TIPL_NONE || g->relation != TIPL_RELATION_PRIMARY) return;
    for (uint32_t k = before->last + 1; k < g->at; k++)
      if (tipl__is_any(s, k, TIPL__CLASS(COMPARE) | TIPL__CLASS(PART))) return;
    if (tipl__time_between(s, before->last + 1, g->at) != TIPL_NONE && i > whole + 1) return;
    size = add_up(s, &sum, g, w);
  }
  if (size != 0 || i < whole + 3) return;
  for (uint32_t k = whole + 1; k < i; k++) {
    tipl__group *g = tipl__group_at(s, k);
    g->base = whole;
    g->relation = TIPL_RELATION_BREAKDOWN;
  }
}

/* "Police identified 40 victims; labor inspectors, 12; and border guards, nine": what stands in place of the act is a
 * comma behind the one who did it. */
static bool is_gapped(const tipl__scene *s, const tipl__group *b, const tipl__group *g) {
  const uint64_t acts = TIPL__CLASS(VERB) | TIPL__CLASS(MONEY) | TIPL__CLASS(COMPARE) | TIPL__CLASS(NEGATION) | TIPL__CLASS(PART);
  uint32_t from = past_aside(s, b->last + 1);
  if (!is_elided(g) || b->verb == TIPL_NONE || b->verb > b->at || g->at < from + 3 || g->at - from > MOST_WORDS) return false;
  if (tipl__mark_at(s, from) != ';' || tipl__mark_at(s, g->at - 1) != ',') return false;
  return tipl__next(s, from + 1, g->at - 1, acts, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE)) == TIPL_NONE;
}

/* A count of a kind takes thing and act from the count it is listed with. */
static void join(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  uint32_t before = fellow_before(s, index);
  if (before == TIPL_NONE) return;
  const tipl__group *b = tipl__group_at(s, before);
  if (g->part_cue != TIPL_NONE || g->base != TIPL_NONE || !is_counted(b) || b->predicate || g->predicate) return;
  bool gapped = is_gapped(s, b, g);
  if (b->thing == TIPL__HEAD_NONE || (!gapped && (!is_kind(g) || !is_near(s, b, g)))) return;
  g->thing = b->thing;
  g->own = b->own;
  g->metric[0] = b->metric[0];
  g->metric[1] = b->metric[1];
  g->verb = b->verb;
  g->series = before;
  if (gapped) g->form = g->form == TIPL_FORM_NONE ? b->form : g->form;
  if (g->who == 0) g->who = b->who;
  if (g->status == TIPL_COUNT_NONE) g->status = b->status;
}

void tipl__lists(tipl__scene *s) {
  if (s->groups.count < 2) return;
  for (uint32_t i = 0; i + 1 < s->groups.count; i++)
    if (is_counted(tipl__group_at(s, i)) && tipl__group_at(s, i)->base == TIPL_NONE) find_list(s, i);
  for (uint32_t i = 1; i < s->groups.count; i++) join(s, i);
  for (uint32_t i = 0; i + 2 < s->groups.count; i++)
    if (is_counted(tipl__group_at(s, i)) && tipl__group_at(s, i)->base == TIPL_NONE) find_clauses(s, i);
}
