/* money.c: what the words around a sum say of it: what was done with it, who gets it, what it is for.
 *
 * Spans are read off the clause, not understood: the recipient is what follows "to" (or stands before
 * "received"), the purpose what follows "for" or an infinitive. Called by drafts.c. */
#include "facts/scene.h"

/* "the four-year period of 2016-2020": a label in years beside a range of so many calendar years. */
bool tipl__label_disagrees(const tipl__scene *s, int years) {
  for (uint32_t i = s->first_measure; i < s->first_measure + s->measures; i++) {
    const tipl_measure *m = tipl__measure_of(s, i);
    bool label = m->kind == TIPL_MEASURE_DURATION && (m->flags & TIPL_MEASURE_ADJECTIVE) != 0 &&
                 strcmp(m->unit, "months") == 0 && m->value.exponent == 0 && m->value.digits % 12 == 0;
    if (label && m->value.digits / 12 != years) return true;
  }
  return false;
}

/* What the clause around a sum says it is for or goes to. */
static uint32_t uses_around(const tipl__scene *s, const tipl__group *g) {
  uint32_t uses = 0;
  if (!tipl__has(s, TIPL__TERM_USE)) return 0;
  uint32_t mark = tipl__last(s, g->at, 0, TIPL__SIGN(SEMICOLON)), end = tipl__next(s, g->at, TIPL_NONE, 0, TIPL__SIGN(SEMICOLON));
  for (uint32_t i = mark == TIPL_NONE ? 0 : mark + 1; (i = tipl__next(s, i, end, TIPL__CLASS(USE), 0)) != TIPL_NONE; i++)
    uses = uses | (uint16_t)tipl__term_value(s, i, TIPL__TERM_USE);
  return uses;
}

/* Is the element a wall of the phrases behind a sum? */
static bool ends_phrase(const tipl__scene *s, uint32_t i) {
  const uint64_t walls = TIPL__SIGN(COMMA) | TIPL__SIGN(SEMICOLON) | TIPL__SIGN(OPEN) | TIPL__SIGN(CLOSE) | TIPL__SIGN(DASH) |
                         TIPL__SIGN(MEASURE) | TIPL__SMALL(TO) | TIPL__SMALL(FOR) | TIPL__SMALL(IN) | TIPL__SMALL(WHICH) | TIPL__SMALL(BUT);
  return tipl__shows(s, i, walls) || tipl__is_any(s, i, TIPL__CLASS(COMPARE)) || tipl__mark_at(s, i) == '.';
}

/* The words from `from` to the end of their phrase; length 0 for none. */
static tipl_span phrase_from(const tipl__scene *s, uint32_t from) {
  tipl_span none = {0, 0};
  uint32_t end = from;
  while (end < tipl__elements(s) && !ends_phrase(s, end)) end++;
  bool article = end == from + 1 && (tipl__is_clause(s, from, TIPL__CLAUSE_THE) || tipl__is_clause(s, from, TIPL__CLAUSE_A));
  return end > from && !article ? tipl__span_of(s, from, end - 1) : none; /* "for a four-year project" says none */
}

/* "to NGOs", not "to support NGOs": a name, an actor or an article follows. */
static bool is_recipient(const tipl__scene *s, uint32_t i) {
  if (i >= tipl__elements(s)) return false;
  if (tipl__is_any(s, i, TIPL__CLASS(ACTOR) | TIPL__CLASS(HEAD) | TIPL__CLASS(NATION))) return true;
  if (tipl__shows(s, i, TIPL__SMALL(THE) | TIPL__SMALL(A))) return true;
  char first = s->build->text[tipl__span_of(s, i, i).offset];
  return first >= 'A' && first <= 'Z';
}

uint32_t tipl__money_act(const tipl__scene *s, const tipl__group *g) {
  uint32_t i = tipl__last(s, g->at, TIPL__CLASS(MONEY), TIPL__SIGN(SEMICOLON));
  return i != TIPL_NONE && tipl__mark_at(s, i) == ';' ? TIPL_NONE : i;
}

/* The subject of "received": back to the comma or the opening of the sentence. */
static tipl_span subject_of(const tipl__scene *s, uint32_t verb) {
  tipl_span none = {0, 0};
  if (verb == 0 || tipl__is_clause(s, verb - 1, TIPL__CLAUSE_AND)) return none; /* it stands further off */
  const uint64_t walls = TIPL__SIGN(COMMA) | TIPL__SIGN(SEMICOLON) | TIPL__SIGN(MEASURE);
  uint32_t wall = tipl__last(s, verb, TIPL__CLASS(COMPARE), walls), from = wall == TIPL_NONE ? 0 : wall + 1;
  return from < verb ? tipl__span_of(s, from, verb - 1) : none;
}

void tipl__money_words(const tipl__scene *s, const tipl__group *g, tipl_fact *f) {
  f->uses = uses_around(s, g);
  uint32_t verb = tipl__money_act(s, g);
  if (verb != TIPL_NONE) {
    f->verb = tipl__span_of(s, verb, verb);
    if (tipl__term_value(s, verb, TIPL__TERM_MONEY) == TIPL__MONEY_RECEIVED) f->recipient = subject_of(s, verb);
  }
  uint8_t depth = tipl__element_at(s, g->at)->depth;
  const uint64_t asked = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(OPEN) | TIPL__SIGN(CLOSE) | TIPL__SIGN(GROUP) | TIPL__SMALL(TO) | TIPL__SMALL(FOR);
  for (uint32_t i = g->last + 1; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(COMPARE), asked)) != TIPL_NONE; i++) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->mark == ';') break;
    if (e->depth > depth || e->mark == ')') continue;
    if (e->group != 0 || e->depth < depth || (e->classes & TIPL__CLASS(COMPARE)) != 0) break;
    bool to = tipl__is_clause(s, i, TIPL__CLAUSE_TO), whom = to && is_recipient(s, i + 1);
    if (whom && f->recipient.length == 0) f->recipient = phrase_from(s, i + 1);
    else if (((to && !whom) || tipl__is_clause(s, i, TIPL__CLAUSE_FOR)) && f->purpose.length == 0) f->purpose = phrase_from(s, i + 1);
  }
}
