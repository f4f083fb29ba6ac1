/* lengths.c: what lengths of time and sums of money are for.
 *
 * A length beside "imprisonment" is a penalty where the law speaks and a sentence where a court does; beside
 * a permit it is the permit's. A sum beside "fine" is a fine, beside "restitution" compensation, and else
 * funding where something is done with money. */
#include "facts/scene.h"

enum { NEAR = 7 };

/* Is there a term of the class with the value in [from, to)? */
static bool between(const tipl__scene *s, uint32_t from, uint32_t to, int class, int value) {
  if (!tipl__has(s, class)) return false;
  for (uint32_t i = from; (i = tipl__next(s, i, to, UINT64_C(1) << class, 0)) != TIPL_NONE; i++)
    if (tipl__term_value(s, i, class) == value) return true;
  return false;
}

static uint32_t back(uint32_t i, uint32_t by) { return i > by ? i - by : 0; }

/* "imprisonment" and its kin directly around a length; "two years’ imprisonment", "imprisonment of". */
static uint32_t prison_near(const tipl__scene *s, const tipl__group *g) {
  if (!tipl__has(s, TIPL__TERM_PRISON)) return TIPL_NONE;
  for (uint32_t i = g->at + 1; i <= g->at + 4 && i < tipl__elements(s); i++) {
    if (tipl__term_of(s, i, TIPL__TERM_PRISON) != NULL) return i;
    uint16_t mark = tipl__mark_at(s, i);
    if (mark != 0 && mark != '\'' && mark != '-') break;
  }
  for (uint32_t i = g->at; i-- > back(g->at, 6);) {
    if (tipl__term_of(s, i, TIPL__TERM_PRISON) != NULL) return i;
    if (tipl__mark_at(s, i) == ';') break;
  }
  return TIPL_NONE;
}

/* Did the law or a court speak last before the group? TIPL__LAW_LAW, TIPL__LAW_SENTENCE, or 0. */
static int speaker(const tipl__scene *s, const tipl__group *g) {
  for (uint32_t i = g->at; (i = tipl__last(s, i, TIPL__CLASS(LAW) | TIPL__CLASS(VERB), 0)) != TIPL_NONE;) {
    int law = tipl__term_value(s, i, TIPL__TERM_LAW);
    if (law == TIPL__LAW_SENTENCE && i > 0 && tipl__term_value(s, i - 1, TIPL__TERM_LAW) == TIPL__LAW_LAW) return TIPL__LAW_LAW; /* "carry sentences" */
    if (law == TIPL__LAW_LAW || law == TIPL__LAW_SENTENCE) return law;
    if (tipl__term_value(s, i, TIPL__TERM_VERB) == TIPL__METRIC_SENTENCES ||
        tipl__term_value(s, i, TIPL__TERM_VERB) == TIPL__METRIC_CONVICTIONS)
      return TIPL__LAW_SENTENCE;
  }
  return 0;
}

static bool is_statutory(const tipl__scene *s, const tipl__group *g) {
  bool law = between(s, 0, tipl__elements(s), TIPL__TERM_LAW, TIPL__LAW_LAW);
  return law && speaker(s, g) != TIPL__LAW_SENTENCE;
}

/* Whom the offence protects, where the words behind a penalty say it (ruling 14). */
static void read_protected(const tipl__scene *s, tipl__group *g) {
  const uint64_t walls = TIPL__SIGN(MEASURE) | TIPL__SIGN(SEMICOLON);
  for (uint32_t i = g->at + 1; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(WHO), walls)) != TIPL_NONE; i++) {
    const tipl__term *who = tipl__term_of(s, i, TIPL__TERM_WHO);
    if (who == NULL) break;
    g->who |= (uint16_t)(who->value & (TIPL_WHO_CHILD | TIPL_WHO_ADULT));
    if (g->who != 0) return;
  }
  uint16_t seen = 0;
  for (uint32_t i = 0; (i = tipl__next(s, i, g->at, TIPL__CLASS(WHO), 0)) != TIPL_NONE; i++)
    seen |= (uint16_t)(tipl__term_value(s, i, TIPL__TERM_WHO) & (TIPL_WHO_CHILD | TIPL_WHO_ADULT));
  if (seen == TIPL_WHO_CHILD) g->who = seen;
}

/* The one form that is named in [from, to): FORM_NONE for none or several. */
static int form_in(const tipl__scene *s, uint32_t from, uint32_t to) {
  int seen = TIPL_FORM_NONE;
  for (uint32_t i = from; (i = tipl__next(s, i, to, TIPL__CLASS(FORM), 0)) != TIPL_NONE; i++) {
    int form = tipl__term_value(s, i, TIPL__TERM_FORM);
    if (form == TIPL_FORM_SEX_LABOR || (seen != TIPL_FORM_NONE && seen != form)) return TIPL_FORM_NONE;
    seen = form;
  }
  return seen;
}

/* A penalty differs by form where the words behind it name one ("15 years’ imprisonment for labor trafficking"), or
 * where the law before it is about one alone. */
static void read_law_form(const tipl__scene *s, tipl__group *g) {
  const uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(COMMA) | TIPL__SIGN(MEASURE) | TIPL__SMALL(BUT) | TIPL__SMALL(WHICH);
  uint32_t end = tipl__next(s, g->at + 1, TIPL_NONE, 0, walls);
  int form = form_in(s, g->at + 1, end);
  bool other_law = tipl__next(s, g->at + 1, end, TIPL__CLASS(FORM), 0) != TIPL_NONE;
  uint32_t clause = tipl__last(s, g->at, 0, TIPL__SIGN(SEMICOLON));
  if (form == TIPL_FORM_NONE && !other_law && clause != TIPL_NONE) form = form_in(s, clause, g->at);
  if (form == TIPL_FORM_NONE && !other_law) form = form_in(s, 0, g->at);
  if (form != TIPL_FORM_NONE) g->form = (uint8_t)form;
}

/* "four to eight years’ imprisonment for …, and 10 to 15 years for …": a term beside one of the law. */
static bool goes_on_law(const tipl__scene *s, uint32_t index) {
  const tipl__group *g = tipl__group_at(s, index), *b = index > 0 ? tipl__group_at(s, index - 1) : NULL;
  if (b == NULL || b->drop || b->metric[0] != TIPL__METRIC_PENALTY || !is_statutory(s, g)) return false;
  if (tipl__next(s, b->last + 1, g->at, TIPL__CLASS(COMPARE), TIPL__SIGN(SEMICOLON) | TIPL__SMALL(WHICH)) != TIPL_NONE) return false;
  return tipl__next(s, b->last + 1, g->at, 0, TIPL__SMALL(AND) | TIPL__SMALL(OR)) != TIPL_NONE && tipl__is_clause(s, g->at + 1, TIPL__CLAUSE_FOR);
}

/* "the minimum penalty of", "raise the maximum penalty to": the bound of an amount that has none beside it. */
static void read_extreme(const tipl__scene *s, tipl__group *g) {
  const tipl_measure *m = tipl__measure_of(s, g->measure);
  if (m->bound != TIPL_BOUND_EXACT || (m->flags & TIPL_MEASURE_HAS_HIGH) != 0) return;
  for (uint32_t i = g->at; i-- > back(g->at, 12);) { /* "the minimum penalty for an offense involving a child was" */
    if (tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE))) return;
    tipl_span term = tipl__span_of(s, i, i);
    if (term.length < 7) continue;
    if (memcmp(s->build->text + term.offset, "minimum", 7) == 0) g->bound = TIPL_BOUND_AT_LEAST;
    if (memcmp(s->build->text + term.offset, "maximum", 7) == 0) g->bound = TIPL_BOUND_AT_MOST;
  }
}

/* "served eight months in prison" of a term that a court imposed, or waiting for one. */
static bool is_served(const tipl__scene *s, uint32_t at) {
  if (at > 0 && tipl__term_of(s, at - 1, TIPL__TERM_BOUND) != NULL) at--;
  return at > 0 && (tipl__spells(s, at - 1, "served") || tipl__spells(s, at - 1, "spent"));
}

/* The word that a length is the length of, "two-year agreement", where no money is for it; TIPL_NONE for none. */
static uint32_t agreement_of(const tipl__scene *s, const tipl__group *g) {
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (tipl__group_at(s, i)->kind == TIPL_MEASURE_MONEY) return TIPL_NONE;
  uint32_t i = tipl__next(s, g->at + 1, g->at + 5, TIPL__CLASS(LAW), TIPL__SIGN(MEASURE) | TIPL__SIGN(COMMA));
  return tipl__term_value(s, i, TIPL__TERM_LAW) == TIPL__LAW_AGREEMENT ? i : TIPL_NONE;
}

/* "nine months of which were suspended", "of which nine months": part of the term before; false for none. */
static bool is_part_of_term(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  const tipl__group *b = index > 0 ? tipl__group_at(s, index - 1) : NULL;
  if (b == NULL || b->drop || b->kind != TIPL_MEASURE_DURATION || b->metric[0] != TIPL__METRIC_SENTENCE_LENGTH) return false;
  bool part = tipl__term_value(s, g->at + 1, TIPL__TERM_PART) == TIPL__PART_OF_WHOM ||
              (g->at > 0 && tipl__term_value(s, g->at - 1, TIPL__TERM_PART) == TIPL__PART_OF_WHOM);
  if (!part) return false;
  g->metric[0] = TIPL__METRIC_SENTENCE_LENGTH;
  g->base = index - 1;
  g->relation = TIPL_RELATION_SUBSET;
  return true;
}

/* The group that a length of sentence or permit is an attribute of: the persons it is given to, "of up to 12 months to
 * five victims", then the nearest before, then behind. */
static void attach(tipl__scene *s, uint32_t index, int metric, int other) {
  tipl__group *g = tipl__group_at(s, index);
  if (index + 1 < s->groups.count) {
    const tipl__group *b = tipl__group_at(s, index + 1);
    bool given = b->kind == TIPL_MEASURE_NUMBER && !b->drop && (b->metric[0] == metric || b->metric[0] == other) && b->at > 0 &&
                 b->at - g->at < 7 && tipl__next(s, g->at + 1, b->at, 0, TIPL__SMALL(TO) | TIPL__SMALL(FOR)) != TIPL_NONE &&
                 tipl__next(s, g->at + 1, b->at, 0, TIPL__SIGN(COMMA) | TIPL__SMALL(AND)) == TIPL_NONE;
    if (given) {
      g->base = index + 1;
      g->relation = TIPL_RELATION_ATTRIBUTE;
      return;
    }
  }
  for (uint32_t i = index; i-- > 0;) {
    const tipl__group *b = tipl__group_at(s, i);
    if (!b->drop && b->kind == TIPL_MEASURE_NUMBER && (b->metric[0] == metric || b->metric[0] == other)) {
      g->base = i;
      g->relation = TIPL_RELATION_ATTRIBUTE;
      return;
    }
  }
  bool ahead = metric == TIPL__METRIC_RESIDENCE_PERMITS || metric == TIPL__METRIC_SENTENCES; /* "two-year terms to three traffickers" */
  for (uint32_t i = index + 1; i < s->groups.count && ahead; i++) {
    const tipl__group *b = tipl__group_at(s, i);
    if (!b->drop && b->kind == TIPL_MEASURE_NUMBER && b->metric[0] == metric) {
      g->base = i;
      g->relation = TIPL_RELATION_ATTRIBUTE;
      return;
    }
  }
}

/* "for up to six months". */
static bool stands_for(const tipl__scene *s, uint32_t at) {
  if (at > 0 && tipl__term_of(s, at - 1, TIPL__TERM_BOUND) != NULL) at--;
  return at > 0 && tipl__is_clause(s, at - 1, TIPL__CLAUSE_FOR);
}

static void read_length(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  const tipl_measure *m = tipl__measure_of(s, tipl__element_at(s, g->at)->measure);
  bool adjective = (m->flags & TIPL_MEASURE_ADJECTIVE) != 0;
  if (strcmp(m->unit, "months") != 0 && strcmp(m->unit, "days") != 0) {
    g->drop = true;
    return;
  }
  if (is_part_of_term(s, index)) return;
  uint32_t prison = prison_near(s, g), agreement = adjective ? agreement_of(s, g) : TIPL_NONE;
  bool permit = between(s, g->at + 1, g->at + 4, TIPL__TERM_LAW, TIPL__LAW_PERMIT) ||
                (!adjective && between(s, back(g->at, NEAR), g->at, TIPL__TERM_LAW, TIPL__LAW_PERMIT));
  bool sentenced = speaker(s, g) == TIPL__LAW_SENTENCE &&
                   (between(s, back(g->at, 8), g->at, TIPL__TERM_LAW, TIPL__LAW_SENTENCE) ||
                    tipl__term_value(s, back(g->at, 1), TIPL__TERM_CLAUSE) == TIPL__CLAUSE_TO);
  if (agreement != TIPL_NONE) {
    g->metric[0] = TIPL__METRIC_OTHER;
    g->last = agreement;
  } else if (is_served(s, g->at)) {
    g->metric[0] = TIPL__METRIC_OTHER;
    attach(s, index, TIPL__METRIC_SENTENCES, TIPL__METRIC_CONVICTIONS);
  } else if (permit && prison == TIPL_NONE) {
    g->metric[0] = TIPL__METRIC_PERMIT_LENGTH;
    attach(s, index, TIPL__METRIC_RESIDENCE_PERMITS, -1);
    if (g->base == TIPL_NONE) g->last = g->at;
  } else if (((prison != TIPL_NONE || between(s, back(g->at, 5), g->at, TIPL__TERM_LAW, TIPL__LAW_LAW)) && is_statutory(s, g)) ||
             (!adjective && goes_on_law(s, index))) {
    g->metric[0] = TIPL__METRIC_PENALTY;
    read_protected(s, g);
    read_law_form(s, g);
    read_extreme(s, g);
  } else if (prison != TIPL_NONE || sentenced) {
    g->metric[0] = TIPL__METRIC_SENTENCE_LENGTH;
    attach(s, index, TIPL__METRIC_SENTENCES, TIPL__METRIC_CONVICTIONS);
    if (g->base == TIPL_NONE) {
      g->of_previous = true;
      g->relation = TIPL_RELATION_ATTRIBUTE;
    }
  } else if (!adjective && m->bound != TIPL_BOUND_EXACT && stands_for(s, g->at)) {
    g->metric[0] = TIPL__METRIC_OTHER;
  } else {
    g->drop = true;
    return;
  }
  bool shared = index + 1 < s->groups.count && tipl__group_at(s, index + 1)->at < prison; /* "six and eight years in prison" */
  if (prison != TIPL_NONE && prison > g->at && !shared) g->last = prison;
}

/* The one form that the words behind a sum name as its purpose: "to end severe labor exploitation". */
static void read_purpose(const tipl__scene *s, tipl__group *g) {
  if (!tipl__has(s, TIPL__TERM_FORM)) return;
  int seen = TIPL_FORM_NONE;
  uint32_t end = tipl__next(s, g->at + 1, TIPL_NONE, 0, TIPL__SIGN(SEMICOLON));
  for (uint32_t i = g->at + 1; (i = tipl__next(s, i, end, TIPL__CLASS(FORM), 0)) != TIPL_NONE; i++) {
    int form = tipl__term_value(s, i, TIPL__TERM_FORM);
    if (form <= TIPL_FORM_NONE || tipl__tokens_of(s, i) < 2) continue;
    if (seen != TIPL_FORM_NONE && seen != form) return;
    seen = form;
  }
  g->form = (uint8_t)seen;
}

static void read_sum(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  uint32_t end = tipl__elements(s);
  if (between(s, back(g->at, 9), g->at + 4, TIPL__TERM_LAW, TIPL__LAW_FINE)) {
    g->metric[0] = TIPL__METRIC_FINE;
    if (is_statutory(s, g)) {
      read_protected(s, g);
      read_law_form(s, g);
      read_extreme(s, g);
    } else {
      attach(s, index, TIPL__METRIC_SENTENCES, TIPL__METRIC_CONVICTIONS);
    }
  } else if (between(s, 0, end, TIPL__TERM_LAW, TIPL__LAW_COMPENSATION)) {
    g->metric[0] = TIPL__METRIC_COMPENSATION;
  } else {
    bool pillar = s->section_kind != TIPL_SECTION_PROFILE; /* there, sums are prices and debts */
    g->metric[0] = pillar ? TIPL__METRIC_FUNDING : TIPL__METRIC_OTHER;
    read_purpose(s, g);
  }
}

void tipl__lengths(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->drop) continue;
    if (g->kind == TIPL_MEASURE_DURATION) read_length(s, i);
    if (g->kind == TIPL_MEASURE_MONEY) read_sum(s, i);
    if (g->kind == TIPL_MEASURE_PERCENT) g->metric[0] = TIPL__METRIC_OTHER;
  }
}

bool tipl__is_timeless(const tipl__scene *s, const tipl__group *g) {
  if (g->metric[0] == TIPL__METRIC_PENALTY) return true;
  if (g->metric[0] == TIPL__METRIC_FINE) return is_statutory(s, g);
  if (g->metric[0] == TIPL__METRIC_PERMIT_LENGTH) return g->relation != TIPL_RELATION_ATTRIBUTE;
  return g->kind == TIPL_MEASURE_DURATION && g->metric[0] == TIPL__METRIC_OTHER && stands_for(s, g->at);
}

/* Ruling 8: "up to five years’ imprisonment for … and 10 years". */
void tipl__share_bounds(tipl__scene *s) {
  for (uint32_t i = 1; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    const tipl__group *b = tipl__group_at(s, i - 1);
    if (g->drop || b->drop || g->kind != b->kind || g->metric[0] != b->metric[0] || g->metric[0] < 0) continue;
    if (g->relation != b->relation || g->base != b->base || g->denied || b->denied || g->bound != TIPL_BOUND_NONE) continue;
    const tipl_measure *m = tipl__measure_of(s, g->measure), *n = tipl__measure_of(s, b->measure);
    tipl_bound bound = b->bound != TIPL_BOUND_NONE ? (tipl_bound)b->bound : n->bound;
    if (bound == TIPL_BOUND_EXACT || m->bound != TIPL_BOUND_EXACT || ((m->flags | n->flags) & TIPL_MEASURE_HAS_HIGH) != 0) continue;
    bool term = g->kind == TIPL_MEASURE_DURATION, same_depth = tipl__element_at(s, g->at)->depth == tipl__element_at(s, b->at)->depth;
    uint64_t acts = TIPL__CLASS(COMPARE) | TIPL__CLASS(PART) | (term ? 0 : TIPL__CLASS(VERB) | TIPL__CLASS(MONEY));
    uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(DASH) | TIPL__SMALL(BUT) | (term ? 0 : TIPL__SMALL(WHICH));
    bool joined = tipl__next(s, b->last + 1, g->at, 0, TIPL__SMALL(AND) | TIPL__SMALL(OR) | TIPL__SIGN(COMMA)) != TIPL_NONE;
    if (joined && same_depth && tipl__next(s, b->last + 1, g->at, acts, walls) == TIPL_NONE) g->bound = (uint8_t)bound;
  }
}
