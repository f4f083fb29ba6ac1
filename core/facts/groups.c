/* groups.c: the quantities of a sentence, each with its bound, modifiers and the thing it counts.
 *
 * The noun phrase behind the quantity says what it counts (phrases.c). The head may be elided ("45 in 2018"), may stand
 * behind a copula ("24 were female") or before the number ("many child victims (200)"). Nothing here knows a metric but
 * what the head noun itself says. */
#include "base/decimal.h"
#include "facts/phrases.h"

static bool is_wall_of_clause(const tipl__scene *s, uint32_t i) {
  return i >= tipl__elements(s) || tipl__element_at(s, i)->mark != 0 || tipl__element_at(s, i)->measure != TIPL_NONE;
}

/* "the last official statistic was 262 victims". */
static uint8_t status_of_subject(const tipl__scene *s, uint32_t at) {
  if (at < 2) return TIPL_COUNT_NONE;
  int status_before = tipl__term_value(s, at - 2, TIPL__TERM_STATUS); /* "an official count of 54" */
  if (tipl__is_clause(s, at - 1, TIPL__CLAUSE_OF) && status_before > 0) return (uint8_t)status_before;
  if (!tipl__is_clause(s, at - 1, TIPL__CLAUSE_BE)) return TIPL_COUNT_NONE;
  for (uint32_t i = at - 1; i-- > 0 && at - i < 6;) {
    int status = tipl__term_value(s, i, TIPL__TERM_STATUS);
    if (status > 0) return (uint8_t)status;
    if (tipl__ends_phrase(s, i)) break;
  }
  return TIPL_COUNT_NONE;
}

static bool is_one(const tipl__scene *s, const tipl__group *g) {
  const tipl_measure *m = tipl__measure_of(s, tipl__element_at(s, g->at)->measure);
  return m->kind == TIPL_MEASURE_NUMBER && (m->flags & TIPL_MEASURE_IN_WORDS) != 0 && m->value.digits == 1 &&
         m->value.exponent == 0;
}

/* "one" that counts nothing: "in one case", "one of the", "one another" (ruling 13). */
static bool is_idle_one(const tipl__scene *s, const tipl__group *g) {
  if (!is_one(s, g)) return false;
  if (g->part_cue != TIPL_NONE || tipl__is_clause(s, g->at + 1, TIPL__CLAUSE_OF)) {
    return tipl__term_value(s, g->at + 1, TIPL__TERM_PART) != TIPL__PART_OF_WHOM &&
           tipl__term_of(s, g->at + 2, TIPL__TERM_FORM) == NULL; /* "one of forced labor" */
  }
  return g->at > 0 && tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_IN) && g->thing == TIPL__HEAD_CASE;
}

static void put_reading(const tipl__scene *s, tipl__group *g, const tipl__reading *r) {
  g->form = r->form;
  g->status = r->status;
  g->who = r->who;
  if (r->last != TIPL_NONE) g->last = r->last;
  g->head = r->head;
  if (r->head == TIPL_NONE) return;
  const tipl__term *noun = tipl__term_of(s, r->head, TIPL__TERM_NOUN);
  const tipl__term *head = tipl__term_of(s, r->head, TIPL__TERM_HEAD);
  g->thing = (uint8_t)(head != NULL ? head->value : noun->a);
  if (noun != NULL) g->own = noun->value;
  if (head != NULL && head->a > 0) g->own = head->a;
  if (head != NULL && head->value == TIPL__HEAD_OFFICER) g->who |= (uint16_t)head->b;
}

static bool is_plain_number(const tipl__scene *s, uint32_t i) {
  uint32_t row = tipl__element_at(s, i)->measure;
  return row != TIPL_NONE && tipl__measure_of(s, row)->kind == TIPL_MEASURE_NUMBER;
}

/* A number behind "of the", "of those", or behind a number and "of", points at one that was given. */
static bool points_back(const tipl__scene *s, uint32_t at) {
  if (at == 0) return false;
  int part = tipl__term_value(s, at - 1, TIPL__TERM_PART); /* but "of whom 12 …" says something new */
  if (part == TIPL__PART_OF || part == TIPL__PART_OF_THE) return true;
  if (at == 2 && tipl__is_clause(s, 1, TIPL__CLAUSE_THE) && tipl__spells(s, 0, "Among")) return true; /* "Among the 13 victims, …" */
  return at > 1 && tipl__is_clause(s, at - 1, TIPL__CLAUSE_OF) && is_plain_number(s, at - 2);
}

/* What stands before the parenthesis of a bare number: "fewer child victims of trafficking (200 …". Nothing where
 * a quantity stands there, whose part this is. */
static tipl__reading read_left(const tipl__scene *s, uint32_t paren) {
  tipl__reading r = TIPL__READ_NOTHING, none = r;
  for (uint32_t i = paren, seen = 0; i-- > 0 && seen < 8; seen++) {
    bool of = tipl__is_clause(s, i, TIPL__CLAUSE_OF) && r.head == TIPL_NONE;
    if (tipl__element_at(s, i)->measure != TIPL_NONE) return none;
    if (r.head == TIPL_NONE && seen > 2) return none;
    if (!of && (tipl__ends_phrase(s, i) || tipl__is_any(s, i, TIPL__CLASS(VERB)))) break;
    tipl__take_modifier(s, i, &r);
    if (r.head == TIPL_NONE && tipl__is_noun(s, i) && !tipl__is_adjective(s, i)) {
      const tipl__term *head = tipl__term_of(s, i, TIPL__TERM_HEAD);
      if (head != NULL) r.who |= (uint16_t)head->b;
      r.head = i;
    }
  }
  return r.head == TIPL_NONE ? none : r;
}

/* "increased", "rose from": the element of a verb of change. */
static bool is_change(const tipl__scene *s, uint32_t i) {
  static const char *const verbs[] = {"increased", "decreased", "rose", "fell", "grew", "dropped", "declined", "doubled", "tripled"};
  if (tipl__term_value(s, i, TIPL__TERM_COMPARE) == TIPL__COMPARE_FROM) return true;
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
    if (tipl__spells(s, i, verbs[k])) return true;
  return false;
}

/* What has come to or from a level, where it is the subject itself: "Investigations rose from 40 to 52", "Child victims
 * increased by ten percent to 66". */
static tipl__reading read_changed(const tipl__scene *s, uint32_t at) {
  tipl__reading none = TIPL__READ_NOTHING;
  const uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(COMMA);
  bool from = at > 0 && tipl__term_value(s, at - 1, TIPL__TERM_COMPARE) == TIPL__COMPARE_FROM;
  if (!from && (at == 0 || !tipl__shows(s, at - 1, TIPL__SMALL(TO) | TIPL__SMALL(FROM)))) return none;
  uint32_t verb = at - 1, low = at > 10 ? at - 10 : 0;
  while (verb > low && !is_change(s, verb)) verb--;
  if (verb == 0 || !is_change(s, verb) || tipl__next(s, verb, at, TIPL__CLASS(VERB), walls) != TIPL_NONE) return none;
  uint32_t wall = tipl__last(s, verb, 0, walls | TIPL__SIGN(MEASURE)), first = wall == TIPL_NONE ? 0 : wall + 1;
  while (tipl__shows(s, first, TIPL__SMALL(THE) | TIPL__SMALL(AND))) first++;
  tipl__reading r = tipl__read_phrase(s, first);
  if (r.head == TIPL_NONE || r.head >= verb) return none;
  bool counts = tipl__term_of(s, r.head, TIPL__TERM_NOUN) != NULL || tipl__term_value(s, r.head, TIPL__TERM_HEAD) == TIPL__HEAD_VICTIM;
  r.last = TIPL_NONE;
  return counts ? r : none;
}

/* A level that a count has come to or from: "The number of victims who were citizens doubled (to 40 in 2020)". What
 * it counts stands behind "number of". */
static tipl__reading read_subject(const tipl__scene *s, uint32_t at) {
  tipl__reading none = TIPL__READ_NOTHING;
  if (!tipl__has(s, TIPL__TERM_DATA) || at == 0) return read_changed(s, at);
  bool level = tipl__is_clause(s, at - 1, TIPL__CLAUSE_TO) || tipl__is_clause(s, at - 1, TIPL__CLAUSE_FROM) ||
               tipl__is_clause(s, at - 1, TIPL__CLAUSE_BE);
  for (uint32_t i = at - 1; level && i-- > 0 && tipl__mark_at(s, i) != ';';) {
    if (tipl__term_of(s, i, TIPL__TERM_DATA) == NULL) continue;
    if (tipl__tokens_of(s, i) < 2 && !tipl__is_clause(s, i + 1, TIPL__CLAUSE_OF)) return none;
    tipl__reading r = tipl__read_phrase(s, i + 1 + tipl__is_clause(s, i + 1, TIPL__CLAUSE_OF));
    if (r.head == TIPL_NONE) return none;
    if (tipl__is_clause(s, r.head + 1, TIPL__CLAUSE_WHICH) && tipl__is_clause(s, r.head + 2, TIPL__CLAUSE_BE)) {
      tipl__reading more = tipl__read_phrase(s, r.head + 3);
      if (more.last != TIPL_NONE) r.who |= more.who, r.form = tipl__join_forms(r.form, more.form);
    }
    r.last = TIPL_NONE;
    return r;
  }
  return none;
}

/* A noun in the singular behind a number above one only says what kind of thing is counted, where a word that nobody
 * knows follows: "15 victim interview rooms". */
static bool is_misread(const tipl__scene *s, const tipl__group *g, uint32_t head) {
  static const char *const plurals[] = {"s", "en", "ple", "aff", "ice", "nel", "outh"};
  const tipl_measure *m = tipl__measure_of(s, tipl__element_at(s, g->at)->measure);
  if (tipl__term_of(s, head, TIPL__TERM_HEAD) == NULL || head + 1 >= tipl__elements(s)) return false;
  for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++)
    if (tipl__ends_in(s, head, plurals[i])) return false;
  if (tipl_decimal_compare(m->value, tipl__integer(1)) <= 0 || tipl__ends_phrase(s, head + 1) || tipl__is_noun(s, head + 1)) return false;
  bool verbal = tipl__is_any(s, head + 1, TIPL__CLASS(SAY) | TIPL__CLASS(LAW) | TIPL__CLASS(FORM) | TIPL__CLASS(WHO)) ||
                tipl__ends_in(s, head + 1, "ed") || tipl__ends_in(s, head + 1, "ly") || tipl__spells(s, head + 1, "found");
  return !verbal;
}

/* "Of these homes, 24 served children", "ten homes, of which three housed women": what is counted stands behind
 * "of these" or before "of which", and the verb begins no noun phrase. False where nothing of the kind stands. */
static bool read_elided(const tipl__scene *s, uint32_t at, tipl__reading *r) {
  if (!tipl__has(s, TIPL__TERM_PART) || !tipl__is_any(s, at + 1, TIPL__CLASS(VERB)) || tipl__is_noun(s, at + 1)) return false;
  uint32_t cue = tipl__last(s, at, TIPL__CLASS(PART), TIPL__SIGN(SEMICOLON) | TIPL__SMALL(BUT));
  int part = tipl__term_value(s, cue, TIPL__TERM_PART);
  if (part != TIPL__PART_OF && part != TIPL__PART_OF_WHOM) return false;
  r->last = at;
  for (uint32_t i = cue + 1; part == TIPL__PART_OF && i < cue + 4 && i < at; i++)
    if (tipl__is_noun(s, i)) r->head = i;
  int thing = tipl__term_value(s, r->head, TIPL__TERM_HEAD);
  if (thing < 0 || thing == TIPL__HEAD_PLACE) r->who = tipl__read_phrase(s, at + 2).who; /* for whom the place is */
  return true;
}

/* "Children comprised 40 of the victims", "women accounted for 12 of them": of whom the sentence says it. */
static uint16_t who_makes_up(const tipl__scene *s, uint32_t at) {
  static const char *const verbs[] = {"comprised", "constituted", "represented"};
  uint32_t i = at;
  if (i > 0 && tipl__is_any(s, i - 1, TIPL__CLASS(BOUND))) i--;
  if (i < 2) return 0;
  bool makes = tipl__is_clause(s, i - 1, TIPL__CLAUSE_FOR) && tipl__spells(s, i - 2, "accounted");
  uint32_t verb = makes ? i - 2 : i - 1;
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs && !makes; k++) makes = tipl__spells(s, verb, verbs[k]);
  const tipl__term *head = makes && verb > 0 ? tipl__term_of(s, verb - 1, TIPL__TERM_HEAD) : NULL;
  return head == NULL || head->value != TIPL__HEAD_PERSON ? 0 : (uint16_t)head->b;
}

static void read_number(const tipl__scene *s, tipl__group *g) {
  uint32_t next = g->at + 1;
  tipl__reading elided = TIPL__READ_NOTHING;
  if (read_elided(s, g->at, &elided)) {
    put_reading(s, g, &elided);
    return;
  }
  if (tipl__mark_at(s, next) == ')' && tipl__is_clause(s, next + 1, TIPL__CLAUSE_BE)) next++; /* "(231) were" */
  else if (tipl__mark_at(s, next) == ')' && g->at > 0 && tipl__mark_at(s, g->at - 1) == '(') next++; /* "(190) boys" */
  bool of_number = tipl__is_clause(s, next, TIPL__CLAUSE_OF) && next + 1 < tipl__elements(s) &&
                   is_plain_number(s, next + 1); /* "223 of 943 victims" */
  if (of_number || tipl__term_value(s, next, TIPL__TERM_PART) >= TIPL__PART_OF) {
    g->part_cue = next;
    g->last = next;
    next++;
    while (tipl__is_clause(s, next, TIPL__CLAUSE_THE)) next++;
  }
  tipl__reading r = tipl__read_phrase(s, next);
  if (r.head != TIPL_NONE && g->part_cue == TIPL_NONE && is_misread(s, g, r.head)) {
    g->misread = true;
    return;
  }
  if (r.head == TIPL_NONE && r.last == TIPL_NONE && tipl__is_clause(s, next, TIPL__CLAUSE_BE)) {
    r = tipl__read_predicate(s, next);
    if (r.last == TIPL_NONE) r.last = g->at;
    else g->predicate = true;
  }
  if (r.head == TIPL_NONE && r.last == TIPL_NONE && g->at > 0 && g->part_cue == TIPL_NONE && tipl__mark_at(s, g->at - 1) == '(' &&
      (tipl__mark_at(s, g->at + 1) == ')' || tipl__is_any(s, g->at + 1, TIPL__CLASS(COMPARE)))) {
    r = read_left(s, g->at - 1);
    put_reading(s, g, &r);
    return;
  }
  if (r.head == TIPL_NONE && r.last == TIPL_NONE && g->part_cue == TIPL_NONE) {
    r = read_subject(s, g->at);
    if (r.head != TIPL_NONE) {
      put_reading(s, g, &r);
      return;
    }
  }
  uint32_t behind = r.last == TIPL_NONE ? g->at + 1 : r.last + 1;
  if (g->part_cue == TIPL_NONE || r.head != TIPL_NONE) tipl__read_behind(s, behind, &r);
  tipl__reading said = TIPL__READ_NOTHING;
  if (r.head != TIPL_NONE && !g->predicate) said = tipl__read_copula(s, r.last + 1);
  uint32_t all = (r.last == TIPL_NONE ? g->at : r.last) + 1; /* "…, all of whom were children"; "…, all women" */
  if (tipl__mark_at(s, all) == ',' && tipl__is_clause(s, all + 1, TIPL__CLAUSE_ALL) && !g->predicate) {
    bool whom = tipl__term_value(s, all + 2, TIPL__TERM_PART) == TIPL__PART_OF_WHOM;
    if (whom) said = tipl__read_copula(s, all + 3);
    else if (tipl__term_of(s, all + 2, TIPL__TERM_HEAD) != NULL) said = tipl__read_phrase(s, all + 2);
  } else if (tipl__mark_at(s, all) == ',' && tipl__is_clause(s, all + 1, TIPL__CLAUSE_ALL) &&
             tipl__term_value(s, all + 2, TIPL__TERM_PART) == TIPL__PART_OF_WHOM) {
    tipl__reading whole = tipl__read_copula(s, all + 3);
    r.who |= whole.who;
  }
  g->all_but = g->at > 1 && tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_BUT) && tipl__is_clause(s, g->at - 2, TIPL__CLAUSE_ALL);
  if (g->all_but) { /* the others were so; those from elsewhere are foreign */
    uint16_t others = g->predicate ? r.who : said.who;
    if (g->predicate) r.who = 0, r.form = TIPL_FORM_NONE;
    said.who = (others & TIPL_WHO_NATIONAL) != 0 ? TIPL_WHO_FOREIGN : 0;
    said.form = TIPL_FORM_NONE;
  }
  tipl__group *share = s->groups.count > 1 ? tipl__group_at(s, s->groups.count - 2) : NULL;
  if (share != NULL && share->part_cue != TIPL_NONE && share->part_cue + 1 >= g->at - 1 && points_back(s, g->at) && !g->predicate) {
    tipl__reading whole = said; /* "37 of the 48 victims identified by police were foreign": said of the 37 */
    for (uint32_t i = (r.last == TIPL_NONE ? g->at : r.last) + 1, n = 0; n < 8 && whole.last == TIPL_NONE && !is_wall_of_clause(s, i); i++, n++)
      whole = tipl__read_copula(s, i);
    share->who |= whole.who;
    if (share->form == TIPL_FORM_NONE) share->form = whole.form;
    said.who = 0;
    said.form = TIPL_FORM_NONE;
  }
  r.who |= said.who;
  r.form = r.form == TIPL_FORM_NONE ? said.form : r.form;
  if (g->at > 1 && r.form == TIPL_FORM_NONE && tipl__mark_at(s, g->at - 1) == '(') { /* "forced begging (16 victims)" */
    int form = tipl__term_value(s, g->at - 2, TIPL__TERM_FORM);
    if (form > 0 && !tipl__is_noun(s, g->at - 2)) r.form = (uint8_t)form;
  }
  if (g->part_cue != TIPL_NONE) r.who |= who_makes_up(s, g->at);
  put_reading(s, g, &r);
}

/* "almost half": shares in words are not coded (ruling 1). */
static bool is_fraction(const tipl_measure *m) {
  return m->kind == TIPL_MEASURE_NUMBER && (m->flags & TIPL_MEASURE_IN_WORDS) != 0 && m->value.exponent < 0 &&
         m->value.digits % 10 != 0;
}

/* "the two NGOs responsible for care": which ones, not how many. */
static void drop_known_ngos(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    bool definite = g->head != TIPL_NONE && g->at > 0 && tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_THE);
    if (definite && tipl__spells(s, g->head, "NGOs")) g->drop = true;
  }
}

tipl__group *tipl__group_new(tipl__scene *s, uint32_t at) {
  tipl__group *g = tipl__vec_add(&s->groups, &s->build->alloc);
  if (g == NULL) return NULL;
  memset(g, 0, sizeof *g);
  g->at = g->last = at;
  g->head = g->verb = g->part_cue = g->series = g->base = g->time = g->time2 = g->draft = TIPL_NONE;
  g->own = g->metric[0] = g->metric[1] = -1;
  g->measure = tipl__element_at(s, at)->measure;
  return g;
}

/* Text order; denials have come in before. */
static void sort_groups(tipl__scene *s) {
  for (uint32_t i = 1; i < s->groups.count; i++)
    for (uint32_t k = i; k > 0 && tipl__group_at(s, k - 1)->at > tipl__group_at(s, k)->at; k--) {
      tipl__group swap = *tipl__group_at(s, k);
      *tipl__group_at(s, k) = *tipl__group_at(s, k - 1);
      *tipl__group_at(s, k - 1) = swap;
    }
}

/* What opens a sentence and holds for all its counts: "Among adults, …", "In their sex trafficking cases, …". */
static tipl__reading read_frame(const tipl__scene *s, bool *part) {
  tipl__reading none = TIPL__READ_NOTHING, r = none;
  int clause = tipl__term_value(s, 0, TIPL__TERM_CLAUSE);
  if (tipl__term_value(s, 0, TIPL__TERM_PART) == TIPL__PART_OF_THE) clause = TIPL__CLAUSE_OF;
  *part = false;
  if (clause != TIPL__CLAUSE_AT && clause != TIPL__CLAUSE_IN && clause != TIPL__CLAUSE_OF && clause != TIPL__CLAUSE_FOR) return none;
  for (uint32_t i = 1; i < 8; i++) {
    if (tipl__mark_at(s, i) == ',') break;
    if (tipl__ends_phrase(s, i) || tipl__is_any(s, i, TIPL__CLASS(VERB))) return none;
    const tipl__term *head = tipl__term_of(s, i, TIPL__TERM_HEAD);
    tipl__take_modifier(s, i, &r);
    if (head != NULL && head->value != TIPL__HEAD_OFFICER) r.who |= (uint16_t)head->b;
    if (head != NULL) r.head = i;
    r.last = i;
  }
  if (r.head == TIPL_NONE || r.head != r.last || tipl__mark_at(s, r.last + 1) != ',') return none;
  *part = r.who != 0 && (clause == TIPL__CLAUSE_AT || clause == TIPL__CLAUSE_OF);
  return r;
}

static void lend_frame(tipl__scene *s) {
  bool part;
  tipl__reading r = read_frame(s, &part);
  if (r.head == TIPL_NONE || (r.who == 0 && r.form == TIPL_FORM_NONE)) return;
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    for (uint32_t k = r.last; k < g->at; k++)
      if (tipl__mark_at(s, k) == ';') return;
    if ((g->kind != TIPL_MEASURE_NUMBER && g->kind != TIPL_MEASURE_PERCENT) || g->drop) continue;
    uint16_t age = TIPL_WHO_CHILD | TIPL_WHO_ADULT;
    if ((g->who & age) == 0 || (r.who & age) == 0) g->who |= r.who;
    if (g->form == TIPL_FORM_NONE) g->form = r.form;
    g->framed = part;
  }
}

bool tipl__groups(tipl__scene *s) {
  for (uint32_t n = 0; n < s->measured.count; n++) {
    uint32_t i = TIPL__AT(uint32_t, s->measured, n);
    const tipl__element *e = tipl__element_at(s, i);
    const tipl_measure *m = tipl__measure_of(s, e->measure);
    bool quantity = m->kind == TIPL_MEASURE_NUMBER || m->kind == TIPL_MEASURE_MONEY ||
                    m->kind == TIPL_MEASURE_PERCENT || m->kind == TIPL_MEASURE_DURATION;
    if (!quantity || (m->flags & TIPL_MEASURE_IDENTIFIER) != 0) continue;
    if (m->kind == TIPL_MEASURE_NUMBER && (m->flags & TIPL_MEASURE_ADJECTIVE) != 0) continue;
    tipl__group *g = tipl__group_new(s, i);
    if (g == NULL) return false;
    g->kind = (uint8_t)m->kind;
    if (m->kind == TIPL_MEASURE_NUMBER || m->kind == TIPL_MEASURE_PERCENT) read_number(s, g);
    g->reference = m->kind == TIPL_MEASURE_NUMBER && points_back(s, i);
    bool again = i > 0 && (tipl__is_clause(s, i - 1, TIPL__CLAUSE_ALL) || (i == 1 && tipl__spells(s, 0, "The"))); /* "The 14 victims were …" */
    g->whole_again = m->kind == TIPL_MEASURE_NUMBER && again;
    if (g->status == TIPL_COUNT_NONE) g->status = status_of_subject(s, i);
    g->drop = g->misread || is_idle_one(s, g) || is_fraction(m);
  }
  sort_groups(s);
  drop_known_ngos(s);
  if (s->groups.count > 0) lend_frame(s);
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__element *e = &TIPL__AT(tipl__element, s->elements, tipl__group_at(s, i)->at);
    e->group = i + 1;
    e->signs |= TIPL__SIGN(GROUP);
  }
  return true;
}
