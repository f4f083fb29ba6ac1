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
  uint32_t uses = 0, from = g->at;
  if (!tipl__has(s, TIPL__TERM_USE)) return 0;
  while (from > 0 && tipl__mark_at(s, from - 1) != ';') from--;
  for (uint32_t i = from; i < tipl__elements(s) && tipl__mark_at(s, i) != ';'; i++) {
    const tipl__term *use = tipl__term_of(s, i, TIPL__TERM_USE);
    if (use != NULL) uses = uses | (uint16_t)use->value;
  }
  return uses;
}

/* Is the element a wall of the phrases behind a sum? */
static bool ends_phrase(const tipl__scene *s, uint32_t i) {
  uint16_t mark = tipl__mark_at(s, i);
  if (mark == ',' || mark == ';' || mark == '.' || mark == '(' || mark == ')' || mark == TIPL__WORD_DASH) return true;
  int clause = tipl__term_value(s, i, TIPL__TERM_CLAUSE);
  return tipl__element_at(s, i)->measure != TIPL_NONE || clause == TIPL__CLAUSE_TO || clause == TIPL__CLAUSE_FOR ||
         clause == TIPL__CLAUSE_IN || clause == TIPL__CLAUSE_WHICH || clause == TIPL__CLAUSE_BUT ||
         tipl__term_of(s, i, TIPL__TERM_COMPARE) != NULL;
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
  if (tipl__is_clause(s, i, TIPL__CLAUSE_THE) || tipl__is_clause(s, i, TIPL__CLAUSE_A)) return true;
  char first = s->build->text[tipl__span_of(s, i, i).offset];
  return first >= 'A' && first <= 'Z';
}

static uint32_t act_before(const tipl__scene *s, const tipl__group *g) {
  for (uint32_t i = g->at; i-- > 0 && tipl__mark_at(s, i) != ';';)
    if (tipl__term_of(s, i, TIPL__TERM_MONEY) != NULL) return i;
  return TIPL_NONE;
}

/* The subject of "received": back to the comma or the opening of the sentence. */
static tipl_span subject_of(const tipl__scene *s, uint32_t verb) {
  tipl_span none = {0, 0};
  uint32_t from = verb;
  if (verb == 0 || tipl__is_clause(s, verb - 1, TIPL__CLAUSE_AND)) return none; /* it stands further off */
  while (from > 0 && tipl__mark_at(s, from - 1) != ',' && tipl__mark_at(s, from - 1) != ';' &&
         tipl__term_of(s, from - 1, TIPL__TERM_COMPARE) == NULL && tipl__element_at(s, from - 1)->measure == TIPL_NONE)
    from--;
  return from < verb ? tipl__span_of(s, from, verb - 1) : none;
}

void tipl__money_words(const tipl__scene *s, const tipl__group *g, tipl_fact *f) {
  f->uses = uses_around(s, g);
  uint32_t verb = act_before(s, g);
  if (verb != TIPL_NONE) {
    f->verb = tipl__span_of(s, verb, verb);
    if (tipl__term_value(s, verb, TIPL__TERM_MONEY) == TIPL__MONEY_RECEIVED) f->recipient = subject_of(s, verb);
  }
  uint8_t depth = tipl__element_at(s, g->at)->depth;
  for (uint32_t i = g->last + 1; i < tipl__elements(s) && tipl__mark_at(s, i) != ';'; i++) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth > depth || e->mark == ')') continue;
    if (e->group != 0 || e->depth < depth || tipl__term_of(s, i, TIPL__TERM_COMPARE) != NULL) break;
    bool to = tipl__is_clause(s, i, TIPL__CLAUSE_TO), whom = to && is_recipient(s, i + 1);
    if (whom && f->recipient.length == 0) f->recipient = phrase_from(s, i + 1);
    else if (((to && !whom) || tipl__is_clause(s, i, TIPL__CLAUSE_FOR)) && f->purpose.length == 0) f->purpose = phrase_from(s, i + 1);
  }
}
