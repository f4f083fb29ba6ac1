/* relations.c: which quantities are compared with, part of, or the same money as another.
 *
 * Conversions come from the measures. Parts stand in parentheses or between dashes behind their whole, or
 * behind "including", "of whom", "of those"; whether they partition it is decided by their sum. What
 * follows a cue of comparison, or stands in parentheses with a year, is a comparison; it finds its base by
 * metric and thing, else by order. */
#include "base/decimal.h"
#include "facts/scene.h"

static const tipl__element *element_of(const tipl__scene *s, const tipl__group *g) {
  return tipl__element_at(s, g->at);
}

/* The measure of a group that is not denied. */
static const tipl_measure *quantity(const tipl__scene *s, const tipl__group *g) {
  return tipl__measure_of(s, g->measure);
}

uint32_t tipl__time_between(const tipl__scene *s, uint32_t from, uint32_t to) {
  uint32_t i = tipl__next(s, from, to, 0, TIPL__SIGN(DATED));
  return i == TIPL_NONE ? TIPL_NONE : tipl__element_at(s, i)->measure;
}

/* The group whose quantity is a measure row; TIPL_NONE for none. */
static uint32_t group_of_measure(const tipl__scene *s, uint32_t measure) {
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (element_of(s, tipl__group_at(s, i))->measure == measure) return i;
  return TIPL_NONE;
}

/* "between 30,000 ($2,811) and 50,000 pula ($4,685)": the dollars begin inside the local range. */
static bool add_mirrors(tipl__scene *s) {
  uint32_t count = s->groups.count;
  for (uint32_t i = 0; i < count; i++) {
    const tipl__group *g = tipl__group_at(s, i);
    if (g->kind != TIPL_MEASURE_MONEY || g->drop || g->measure == TIPL_NONE) continue;
    const tipl_measure *m = quantity(s, g);
    if (m->pair == TIPL_NONE || m->pair < g->measure || group_of_measure(s, m->pair) != TIPL_NONE) continue;
    int metric = g->metric[0];
    uint16_t who = g->who;
    uint8_t form = g->form;
    tipl__group *mirror = tipl__group_new(s, g->at); /* groups move */
    if (mirror == NULL) return false;
    mirror->kind = TIPL_MEASURE_MONEY;
    mirror->measure = m->pair;
    mirror->mirror = true;
    mirror->metric[0] = (int16_t)metric;
    mirror->who = who;
    mirror->form = form;
    tipl__relate(mirror, i, TIPL_RELATION_CONVERSION);
  }
  return true;
}

static void conversions(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->kind != TIPL_MEASURE_MONEY || g->denied) continue;
    const tipl_measure *m = quantity(s, g);
    if (m->pair == TIPL_NONE || m->pair > element_of(s, g)->measure) continue;
    uint32_t base = group_of_measure(s, m->pair);
    if (base != TIPL_NONE) tipl__relate(g, base, TIPL_RELATION_CONVERSION);
  }
}

/* The second of two dashes: what follows stands outside them. */
static bool closes_dashes(const tipl__scene *s, uint32_t dash) {
  uint32_t before = 0;
  for (uint32_t i = dash; (i = tipl__last(s, i, 0, TIPL__SIGN(DASH) | TIPL__SIGN(SEMICOLON))) != TIPL_NONE && tipl__shows(s, i, TIPL__SIGN(DASH));)
    before += tipl__element_at(s, i)->depth == 0;
  return tipl__shows(s, dash, TIPL__SIGN(DASH)) && before % 2 == 1;
}

/* The element that opens the parenthesis or the dashes around a group; TIPL_NONE for none. */
static uint32_t opener_of(const tipl__scene *s, const tipl__group *g) {
  if (!s->asides) return TIPL_NONE;
  uint8_t depth = element_of(s, g)->depth;
  if (depth > 0) {
    for (uint32_t i = g->at; (i = tipl__last(s, i, 0, TIPL__SIGN(OPEN))) != TIPL_NONE;)
      if (tipl__element_at(s, i)->depth < depth) return i;
    return TIPL_NONE;
  }
  const uint64_t openers = TIPL__SIGN(DASH) | TIPL__SIGN(COLON);
  for (uint32_t i = g->at; (i = tipl__last(s, i, TIPL__CLASS(COMPARE), openers | TIPL__SIGN(SEMICOLON))) != TIPL_NONE;) {
    bool opens = tipl__shows(s, i, openers) && !closes_dashes(s, i);
    if (!opens || tipl__element_at(s, i)->depth == 0) return opens ? i : TIPL_NONE;
  }
  return TIPL_NONE;
}

bool tipl__same_class(const tipl__group *a, const tipl__group *b) {
  bool person_a = a->thing >= TIPL__HEAD_VICTIM && a->thing <= TIPL__HEAD_OFFICER;
  bool person_b = b->thing >= TIPL__HEAD_VICTIM && b->thing <= TIPL__HEAD_OFFICER;
  return a->thing == TIPL__HEAD_NONE || b->thing == TIPL__HEAD_NONE || a->thing == b->thing || (person_a && person_b);
}

/* No part is larger than its whole. */
static bool may_hold(const tipl__scene *s, const tipl__group *whole, const tipl__group *part) {
  bool other = whole->thing == TIPL__HEAD_OFFICER || whole->thing == TIPL__HEAD_SUSPECT || whole->thing == TIPL__HEAD_PARTICIPANT;
  if (part->thing == TIPL__HEAD_VICTIM && other) return false;
  if (whole->denied || part->denied || whole->measure == TIPL_NONE || part->measure == TIPL_NONE) return false;
  return !tipl__clashes(part, whole) && tipl_decimal_compare(quantity(s, whole)->value, quantity(s, part)->value) >= 0;
}

/* The last group before an element that can be a whole: at that depth, no conversion; behind a semicolon what was
 * counted, not what it was compared with. */
static uint32_t whole_before(const tipl__scene *s, uint32_t element, const tipl__group *part) {
  uint8_t depth = tipl__element_at(s, element)->depth;
  bool apart = element > 0 && tipl__mark_at(s, element - 1) == ';';
  for (uint32_t i = s->groups.count; i-- > 0;) {
    const tipl__group *g = tipl__group_at(s, i);
    if (g->at >= element || g->drop || g->relation == TIPL_RELATION_CONVERSION) continue;
    if (apart && g->relation == TIPL_RELATION_COMPARISON) continue;
    if (element_of(s, g)->depth > depth || g->kind != part->kind) continue;
    if (tipl__same_class(g, part) && may_hold(s, g, part)) return i;
  }
  return TIPL_NONE;
}

/* ", and NGOs identified 12 victims" behind a cue: an act of its own, not one more part. */
static bool is_new_clause(const tipl__scene *s, const tipl__group *g, uint32_t cue) {
  if (g->verb == TIPL_NONE || g->verb < cue || g->verb > g->at || g->at - g->verb > 2) return false;
  for (uint32_t i = cue + 1; i < g->verb; i++)
    if (tipl__mark_at(s, i) == ',' && tipl__is_clause(s, i + 1, TIPL__CLAUSE_AND)) return true;
  return false;
}

/* The cue of parts that governs a group, looking left over the list it stands in; TIPL_NONE for none. */
static uint32_t part_cue_before(const tipl__scene *s, const tipl__group *g) {
  if (!tipl__has(s, TIPL__TERM_PART)) return TIPL_NONE;
  uint8_t depth = element_of(s, g)->depth;
  const uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(COLON), classes = TIPL__CLASS(PART) | TIPL__CLASS(COMPARE);
  for (uint32_t i = g->at; (i = tipl__last(s, i, classes, walls | TIPL__SIGN(OPEN))) != TIPL_NONE;) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth < depth) return TIPL_NONE;
    if (e->depth > depth) continue;
    if ((e->signs & walls) != 0 || (e->classes & TIPL__CLASS(COMPARE)) != 0) return TIPL_NONE;
    const tipl__term *part = tipl__term_of(s, i, TIPL__TERM_PART);
    if (part == NULL) continue; /* a parenthesis inside */
    if (part->value == TIPL__PART_OF_THE && i > 0) continue; /* but "Of the victims identified, 24 were …" leads back */
    return is_new_clause(s, g, i) ? TIPL_NONE : i;
  }
  return TIPL_NONE;
}

/* "Of those", "Among these victims": the parts of what the sentence before counted. */
static bool leads_back(const tipl__scene *s, uint32_t cue) {
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (tipl__group_at(s, i)->at < cue && !tipl__group_at(s, i)->drop) return false;
  return true;
}

/* The last whole before a predicate: "…identified 55 victims; 39 were potential victims of labor
 * trafficking … and 14 were from Niger" are all parts of the 55. */
static uint32_t whole_of_predicate(const tipl__scene *s, uint32_t index) {
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    if (b->drop || b->predicate || b->kind != TIPL_MEASURE_NUMBER || b->relation == TIPL_RELATION_COMPARISON) continue;
    if (element_of(s, b)->depth == 0 && tipl__same_class(b, tipl__group_at(s, index)) && b->thing != TIPL__HEAD_NONE &&
        may_hold(s, b, tipl__group_at(s, index)))
      return i;
  }
  return TIPL_NONE;
}

/* "33 were …, 134 of forced labor, 107 male, and three …": one list, one whole. */
static bool goes_on(tipl__scene *s, uint32_t index) {
  if (index == 0) return false;
  tipl__group *g = tipl__group_at(s, index);
  const tipl__group *b = tipl__group_at(s, index - 1);
  bool part = b->relation == TIPL_RELATION_SUBSET || b->relation == TIPL_RELATION_BREAKDOWN;
  if (!part || b->part_cue != TIPL_NONE || g->part_cue != TIPL_NONE || g->own >= 0 || b->drop || g->at <= b->last + 1) return false;
  for (uint32_t i = b->last + 1; i < g->at; i++)
    if (tipl__mark_at(s, i) != ',' && !tipl__is_clause(s, i, TIPL__CLAUSE_AND)) return false;
  if (b->base != TIPL_NONE && !may_hold(s, tipl__group_at(s, b->base), g)) return false;
  g->relation = b->relation;
  g->base = b->base;
  g->of_previous = b->of_previous;
  g->metric[0] = g->metric[1] = -1;
  g->verb = TIPL_NONE;
  return true;
}

/* "Of the victims, 16 were women, including one …, and four were children": part of what the 16 are part of. */
static void follow_sibling(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    if (!b->predicate || b->drop || b->relation != TIPL_RELATION_SUBSET) continue;
    g->relation = b->relation;
    g->base = b->base;
    g->of_previous = b->of_previous;
    return;
  }
}

/* "Of the investigations, 33 were for forced labor": what is counted stands behind the cue. */
static void take_whole_noun(const tipl__scene *s, tipl__group *g, uint32_t cue) {
  uint32_t i = cue + 1;
  if (g->thing != TIPL__HEAD_NONE || g->own >= 0) return;
  while (i < cue + 4 && i < g->at && tipl__term_of(s, i, TIPL__TERM_NOUN) == NULL && !tipl__shows(s, i, TIPL__SIGN(MARK))) i++;
  const tipl__term *noun = i < g->at ? tipl__term_of(s, i, TIPL__TERM_NOUN) : NULL;
  if (noun != NULL && tipl__mark_at(s, i + 1) == ',') g->thing = (uint8_t)noun->a;
}

static void find_part(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  if (g->reference) {
    g->of_previous = true;
    g->relation = TIPL_RELATION_RESTATES;
    return;
  }
  if (g->all_but) {
    uint32_t base = g->part_cue == TIPL_NONE ? TIPL_NONE : whole_before(s, g->at, g);
    g->relation = TIPL_RELATION_SUBSET;
    g->base = base;
    g->of_previous = base == TIPL_NONE;
    return;
  }
  if (goes_on(s, index)) return;
  const tipl__group *listed = g->series == TIPL_NONE ? NULL : tipl__group_at(s, g->series);
  if (listed != NULL && (listed->relation == TIPL_RELATION_SUBSET || listed->relation == TIPL_RELATION_BREAKDOWN)) {
    g->relation = listed->relation;
    g->base = listed->base;
    g->of_previous = listed->of_previous;
    return;
  }
  if (g->part_cue != TIPL_NONE) {
    int part = tipl__term_value(s, g->part_cue, TIPL__TERM_PART);
    bool of_the = part < 0 || part == TIPL__PART_OF_THE; /* a bare "of", or "of the" */
    uint32_t next = g->part_cue + 1;
    if (of_the) {
      if (index + 1 < s->groups.count && tipl__group_at(s, index + 1)->at == next) {
        tipl__relate(g, index + 1, TIPL_RELATION_SUBSET);
        return;
      }
      if (g->thing == TIPL__HEAD_NONE) return;
    }
    uint32_t base = whole_before(s, g->at, g);
    if (base == TIPL_NONE && index > 0 && tipl__group_at(s, index - 1)->kind == TIPL_MEASURE_DURATION)
      base = index - 1; /* "18 months, nine of which were suspended" */
    if (base == TIPL_NONE) g->of_previous = true, g->relation = TIPL_RELATION_SUBSET;
    else tipl__relate(g, base, TIPL_RELATION_SUBSET);
    return;
  }
  uint32_t opener = opener_of(s, g);
  if (opener != TIPL_NONE) {
    uint32_t base = whole_before(s, opener, g);
    if (base != TIPL_NONE) tipl__relate(g, base, TIPL_RELATION_BREAKDOWN);
    else if (g->predicate && element_of(s, g)->depth > 0) { /* "The majority of victims (75) were women" */
      g->relation = TIPL_RELATION_SUBSET;
      g->of_previous = true;
    }
    return;
  }
  uint32_t cue = part_cue_before(s, g);
  if (cue == TIPL_NONE && g->framed) {
    g->relation = TIPL_RELATION_SUBSET;
    g->of_previous = true;
    return;
  }
  if (cue == TIPL_NONE && g->predicate) {
    uint32_t base = whole_of_predicate(s, index);
    g->relation = TIPL_RELATION_SUBSET;
    g->base = base;
    g->of_previous = base == TIPL_NONE;
  }
  if (cue == TIPL_NONE && g->whole_again && g->metric[0] < 0) return; /* drafts.c looks for what it repeats */
  if (cue == TIPL_NONE && g->metric[0] < 0 && g->thing == TIPL__HEAD_VICTIM && g->head != TIPL_NONE) { /* "…; only two victims were foreign" */
    uint32_t base = whole_before(s, g->at, g);
    if (base != TIPL_NONE && tipl__group_at(s, base)->thing == TIPL__HEAD_VICTIM) tipl__relate(g, base, TIPL_RELATION_SUBSET);
    return;
  }
  if (cue == TIPL_NONE) return;
  const tipl__group *first = tipl__group_at(s, 0);
  if (first->reference && first->at == cue + 1 && index > 0 && may_hold(s, first, g) && tipl__same_class(first, g)) {
    tipl__relate(g, 0, TIPL_RELATION_SUBSET); /* "Of the 348, the police identified 285" */
    return;
  }
  if (leads_back(s, cue)) {
    g->of_previous = true;
    g->relation = TIPL_RELATION_SUBSET;
    take_whole_noun(s, g, cue);
    return;
  }
  uint32_t base = whole_before(s, cue, g);
  if (base != TIPL_NONE) tipl__relate(g, base, TIPL_RELATION_SUBSET);
  else if (g->predicate) follow_sibling(s, index);
}

/* A year stands behind the group inside its parentheses: "(39 in 2019)". */
static bool has_own_year(const tipl__scene *s, const tipl__group *g) {
  uint8_t depth = element_of(s, g)->depth;
  const uint64_t brackets = TIPL__SIGN(OPEN) | TIPL__SIGN(CLOSE);
  const uint64_t signs = TIPL__SIGN(MEASURE) | TIPL__SIGN(COMMA) | TIPL__SIGN(SEMICOLON) | brackets;
  for (uint32_t i = g->last + 1; (i = tipl__next(s, i, TIPL_NONE, 0, signs)) != TIPL_NONE; i++) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth < depth) return false;
    if ((e->signs & brackets) == 0) return (e->signs & TIPL__SIGN(TIME)) != 0;
  }
  return false;
}

/* Where the parenthesis ends that a group stands in: its closing element, or the end of the sentence. */
static uint32_t close_of(const tipl__scene *s, const tipl__group *g) {
  uint8_t depth = element_of(s, g)->depth;
  for (uint32_t i = g->at; (i = tipl__next(s, i, TIPL_NONE, 0, TIPL__SIGN(CLOSE))) != TIPL_NONE; i++)
    if (tipl__element_at(s, i)->depth < depth) return i;
  return tipl__elements(s);
}

/* "five victims (eight of sex trafficking and four of forced labor in 2019)": the year that ends an aside is that of all
 * counts in it, unless they add up to what stands before it, whose parts they are then. */
static bool shares_year(const tipl__scene *s, const tipl__group *g, uint32_t opener, bool *parts) {
  uint32_t end = close_of(s, g), whole = whole_before(s, opener, g), count = 0;
  tipl_decimal sum = tipl__integer(0);
  bool dated = false, open = false;
  *parts = false;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (b->at <= opener || b->at >= end || b->drop || b->kind != TIPL_MEASURE_NUMBER || b->measure == TIPL_NONE) continue;
    if (element_of(s, b)->depth != element_of(s, g)->depth) continue;
    if (tipl_decimal_add(&sum, quantity(s, b)->value) != TIPL_OK) return false;
    count++;
    uint32_t next = i + 1 < s->groups.count && tipl__group_at(s, i + 1)->at < end ? tipl__group_at(s, i + 1)->at : end;
    uint32_t year = tipl__next(s, b->last + 1, next, 0, TIPL__SIGN(TIME));
    open = open || (year == TIPL_NONE && next != end);
    dated = year != TIPL_NONE && next == end;
    if (tipl__next(s, opener, next, TIPL__CLASS(COMPARE), TIPL__SIGN(SEMICOLON)) != TIPL_NONE && next != end) return false;
  }
  if (count < 2 || !open || !dated) return false;
  *parts = whole != TIPL_NONE && tipl_decimal_compare(sum, quantity(s, tipl__group_at(s, whole))->value) == 0;
  return !*parts;
}

static bool is_percent(const tipl__scene *s, uint32_t i) {
  uint32_t row = tipl__element_at(s, i)->measure;
  return row != TIPL_NONE && tipl__measure_of(s, row)->kind == TIPL_MEASURE_PERCENT;
}

/* The cue of comparison before a group, at its depth and in its clause; TIPL_NONE for none. */
static uint32_t comparison_cue(const tipl__scene *s, const tipl__group *g) {
  bool from = g->at > 1 && tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_FROM);
  if (!tipl__has(s, TIPL__TERM_COMPARE) && !from) return TIPL_NONE;
  uint8_t depth = element_of(s, g)->depth;
  const uint64_t signs = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(DASH) | TIPL__SMALL(BUT) | TIPL__SMALL(AND) | TIPL__SIGN(OPEN) | (from ? TIPL__SMALL(FROM) : 0);
  for (uint32_t i = g->at; (i = tipl__last(s, i, TIPL__CLASS(COMPARE), signs)) != TIPL_NONE;) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth < depth) depth = e->depth;
    if (e->depth > depth) continue;
    if (e->mark == ';' || closes_dashes(s, i)) return TIPL_NONE;
    if (tipl__is_clause(s, i, TIPL__CLAUSE_BUT) && tipl__mark_at(s, i - 1) == ',') return TIPL_NONE;
    int cue = tipl__term_value(s, i, TIPL__TERM_COMPARE);
    if (cue == TIPL__COMPARE_WITH || cue == TIPL__COMPARE_FROM) return tipl__is_base_behind(s, g, i) ? TIPL_NONE : i;
    if (i + 1 == g->at && i > 0 && tipl__is_clause(s, i, TIPL__CLAUSE_FROM) && is_percent(s, i - 1)) return i; /* "a drop of 20 percent from 92" */
    /* ", and the government …": a clause of its own */
    if (tipl__is_clause(s, i, TIPL__CLAUSE_AND) && tipl__mark_at(s, i - 1) == ',' &&
        (tipl__term_of(s, i + 1, TIPL__TERM_ACTOR) != NULL || tipl__is_clause(s, i + 1, TIPL__CLAUSE_THE) ||
         (g->verb == i + 1 && tipl__ends_in(s, i + 1, "ed")))) /* ", and sentenced one" */
      return TIPL_NONE;
  }
  return TIPL_NONE;
}

/* What a group takes over from its base where it says nothing itself. */
static void inherit(const tipl__scene *s, tipl__group *g) {
  if (g->base == TIPL_NONE || g->base >= s->groups.count) return;
  if (g->relation == TIPL_RELATION_ATTRIBUTE) {
    if (g->kind == TIPL_MEASURE_NUMBER && g->form == TIPL_FORM_NONE) g->form = tipl__group_at(s, g->base)->form;
    g->who |= tipl__group_at(s, g->base)->who;
    return;
  }
  const tipl__group *b = tipl__group_at(s, g->base);
  bool comparison = g->relation == TIPL_RELATION_COMPARISON;
  bool elided = g->thing == TIPL__HEAD_NONE && g->own < 0;
  bool passive = g->verb > g->at && g->thing != TIPL__HEAD_NONE; /* "…, and one victim was identified" */
  bool own_act = !comparison && g->metric[0] >= 0 && g->verb != TIPL_NONE && (passive || (g->verb < g->at && g->at - g->verb <= 2));
  bool other_metric = own_act || (g->metric[0] >= 0 && g->verb != TIPL_NONE && b->verb != g->verb && !elided && comparison);
  if (g->kind == TIPL_MEASURE_PERCENT) { /* stays "other" (ruling 1) */
  } else if (b->metric[0] >= 0 && !other_metric && g->own < 0 && tipl__same_class(b, g)) {
    g->metric[0] = b->metric[0];
    g->metric[1] = b->metric[1];
  } else if (g->metric[0] < 0) {
    g->metric[0] = b->metric[0];
    g->metric[1] = b->metric[1];
  }
  if (g->thing == TIPL__HEAD_NONE) g->thing = b->thing;
  if (comparison && !elided) {
    if (g->status == TIPL_COUNT_NONE) g->status = b->status;
    return;
  }
  if (g->form == TIPL_FORM_NONE) g->form = b->form;
  if (comparison ? g->who == 0 : true) g->who |= b->who;
  if (g->status == TIPL_COUNT_NONE) g->status = b->status;
}

/* "the same number as in 2019": the base's quantity once more, for another year. */
static bool repeat_same(tipl__scene *s) {
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(COMPARE), 0)) != TIPL_NONE; i++) {
    if (tipl__term_value(s, i, TIPL__TERM_COMPARE) != TIPL__COMPARE_SAME) continue;
    uint32_t year = i + 1;
    while (year < i + 4 && tipl__time_between(s, year, year + 1) == TIPL_NONE) year++;
    if (year == i + 4 || year >= tipl__elements(s)) continue;
    uint32_t base = TIPL_NONE;
    for (uint32_t k = 0; k < s->groups.count; k++) {
      const tipl__group *b = tipl__group_at(s, k);
      if (b->at < i && !b->drop && b->relation != TIPL_RELATION_CONVERSION && b->relation != TIPL_RELATION_COMPARISON) base = k;
    }
    if (base == TIPL_NONE) continue;
    tipl__group *g = tipl__group_new(s, i);
    if (g == NULL) return false;
    const tipl__group *b = tipl__group_at(s, base);
    g->kind = b->kind;
    g->measure = b->measure;
    g->denied = b->denied;
    g->thing = b->thing;
    g->last = i;
    g->verb = b->verb;
    tipl__relate(g, base, TIPL_RELATION_COMPARISON);
  }
  return true;
}

/* "three shelters, none of which opened": none of the last whole; where there is none, no fact. */
static void find_denied_whole(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    bool whole = !b->drop && !b->denied && b->kind == TIPL_MEASURE_NUMBER && b->relation != TIPL_RELATION_COMPARISON &&
                 b->relation != TIPL_RELATION_BREAKDOWN && b->thing != TIPL__HEAD_NONE;
    if (!whole) continue;
    tipl__relate(g, i, TIPL_RELATION_SUBSET);
    return;
  }
  g->drop = true;
}

bool tipl__relations(tipl__scene *s) {
  if (!add_mirrors(s)) return false;
  conversions(s);
  tipl__lend_children(s);
  bool percents = false;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->drop || g->relation == TIPL_RELATION_CONVERSION) continue;
    if (g->denied) { /* "compared with no convictions" */
      uint32_t with = g->at > 0 && tipl__term_of(s, g->at - 1, TIPL__TERM_COMPARE) != NULL ? comparison_cue(s, g) : TIPL_NONE;
      if (with != TIPL_NONE) tipl__find_comparison(s, i, with);
      else if (g->part_cue != TIPL_NONE) find_denied_whole(s, i);
      else if (g->metric[0] < 0 && tipl__listed_before(s, i) != TIPL_NONE) tipl__relate_listed(s, i, tipl__listed_before(s, i));
      continue;
    }
    if (g->kind == TIPL_MEASURE_NUMBER && g->base != TIPL_NONE) continue; /* by lists.c, or with the share before it */
    if (g->kind == TIPL_MEASURE_PERCENT) {
      tipl__relate_percent(s, i, comparison_cue(s, g));
      percents = true;
    }
    if (g->kind != TIPL_MEASURE_NUMBER && g->kind != TIPL_MEASURE_MONEY) continue;
    uint32_t cue = comparison_cue(s, g);
    bool level = g->at > 1 && tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_TO) && tipl__mark_at(s, g->at - 2) == '('; /* "(to 40 in 2020)" */
    const tipl__group *dated = g;
    if (g->part_cue != TIPL_NONE && i + 1 < s->groups.count && tipl__group_at(s, i + 1)->at == g->part_cue + 1)
      dated = tipl__group_at(s, i + 1); /* "(21 of 45 in 2016)" */
    bool aside = element_of(s, g)->depth > 0 && has_own_year(s, dated) && !level;
    if (element_of(s, g)->depth > 0 && cue == TIPL_NONE && !level && (s->signs & TIPL__SIGN(TIME)) != 0 && g->kind == TIPL_MEASURE_NUMBER) {
      uint32_t opener = opener_of(s, g);
      bool parts;
      if (opener != TIPL_NONE && shares_year(s, g, opener, &parts)) aside = true;
      else if (opener != TIPL_NONE && parts) aside = false;
    }
    if (g->thing == TIPL__HEAD_PLACE && g->own < 0) aside = false; /* "(two NGOs assisted 16 in 2020)": not what 16 is compared with */
    if (aside) {
      uint32_t opener = opener_of(s, g);
      if (opener != TIPL_NONE && (cue == TIPL_NONE || cue < opener)) cue = opener;
    }
    bool part_of_comparison = cue != TIPL_NONE && !aside && opener_of(s, g) != TIPL_NONE &&
                              opener_of(s, g) > cue;
    if (cue != TIPL_NONE && g->part_cue != TIPL_NONE && tipl__compare_shares(s, i, cue)) continue;
    bool behind = cue != TIPL_NONE && i > 0 && tipl__is_base_behind(s, tipl__group_at(s, i - 1), cue); /* "from 30 in 2018 to 44 in 2019 and 51 in 2020" */
    uint32_t listed = (cue == TIPL_NONE || behind) && (s->signs & TIPL__SIGN(TIME)) != 0 ? tipl__listed_before(s, i) : TIPL_NONE;
    if (listed != TIPL_NONE) cue = TIPL_NONE;
    if (cue == TIPL_NONE && g->kind == TIPL_MEASURE_MONEY && tipl__relate_change(s, i)) continue;
    if (cue != TIPL_NONE && !part_of_comparison && g->part_cue == TIPL_NONE) tipl__find_comparison(s, i, cue);
    else if (listed != TIPL_NONE) tipl__relate_listed(s, i, listed);
    else if (g->kind == TIPL_MEASURE_NUMBER) find_part(s, i);
    else if (part_cue_before(s, g) != TIPL_NONE && !leads_back(s, part_cue_before(s, g))) {
      uint32_t whole = whole_before(s, part_cue_before(s, g), g); /* "…, including 24 million for shelters" */
      if (whole != TIPL_NONE) tipl__relate(g, whole, TIPL_RELATION_SUBSET);
    }
  }
  tipl__attributes(s);
  if (tipl__has(s, TIPL__TERM_COMPARE) && !repeat_same(s)) return false;
  tipl__judge_parts(s);
  if (percents) tipl__judge_percents(s);
  for (uint32_t i = 0; i < s->groups.count; i++) inherit(s, tipl__group_at(s, i));
  return true;
}
