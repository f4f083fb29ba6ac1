/* metrics.c: which metric each quantity counts for.
 *
 * A head noun that names an act decides by itself ("38 investigations"). Otherwise the act is the verb
 * that governs the quantity, and the table in `resolve` says what act and thing make together. Two
 * coordinated verbs give two metrics. What stays open here may be inherited in relations.c. */
#include "facts/scene.h"

static bool is_person(int thing) {
  return thing == TIPL__HEAD_VICTIM || thing == TIPL__HEAD_SUSPECT || thing == TIPL__HEAD_PERSON ||
         thing == TIPL__HEAD_OFFICER || thing == TIPL__HEAD_PARTICIPANT;
}

static bool is_act_of_law(int metric) {
  return metric == TIPL__METRIC_INVESTIGATIONS || metric == TIPL__METRIC_PROSECUTIONS ||
         metric == TIPL__METRIC_CHARGES || metric == TIPL__METRIC_ARRESTS || metric == TIPL__METRIC_CONVICTIONS ||
         metric == TIPL__METRIC_ACQUITTALS || metric == TIPL__METRIC_EXTRADITIONS;
}

/* The metric that an act and a thing make; -1 when they make none. An elided thing takes the act's. */
static int resolve(int metric, int act, int thing) {
  bool person = is_person(thing) || thing == TIPL__HEAD_NONE;
  if (metric >= TIPL__METRICS) return metric; /* a caller's own: he knows what his verbs are done to */
  if (is_act_of_law(metric)) {
    if (thing == TIPL__HEAD_VICTIM) return metric == TIPL__METRIC_ARRESTS ? TIPL__METRIC_VICTIMS_PENALIZED
                                                                          : TIPL__METRIC_VICTIMS_IN_CASES;
    return person || thing == TIPL__HEAD_CASE || thing == TIPL__HEAD_AGENCY ? metric : -1;
  }
  switch (act) {
    case TIPL__ACT_VICTIM:
      if (thing == TIPL__HEAD_CASE && metric == TIPL__METRIC_VICTIMS_IDENTIFIED) return TIPL__METRIC_INVESTIGATIONS;
      if (thing == TIPL__HEAD_CASE && metric == TIPL__METRIC_VICTIMS_REFERRED) return TIPL__METRIC_CHARGES;
      if (thing == TIPL__HEAD_SUSPECT && metric == TIPL__METRIC_VICTIMS_IDENTIFIED) return TIPL__METRIC_INVESTIGATIONS;
      if (thing == TIPL__HEAD_SUSPECT) return metric == TIPL__METRIC_VICTIMS_REFERRED ? TIPL__METRIC_CHARGES : -1;
      return person ? metric : -1;
    case TIPL__ACT_PENAL:
    case TIPL__ACT_PERSON:
      if (metric == TIPL__METRIC_SCREENED && (thing == TIPL__HEAD_AGENCY || thing == TIPL__HEAD_PLACE))
        return TIPL__METRIC_INSPECTIONS;
      if (metric == TIPL__METRIC_STAFF && thing != TIPL__HEAD_OFFICER && thing != TIPL__HEAD_PERSON) return -1;
      return person ? metric : -1;
    case TIPL__ACT_PERMIT: return person || thing == TIPL__HEAD_DOCUMENT ? metric : -1;
    case TIPL__ACT_THING:
      if (metric == TIPL__METRIC_HOTLINE_CALLS) return thing == TIPL__HEAD_VICTIM ? TIPL__METRIC_VICTIMS_ASSISTED : -1;
      if (metric == TIPL__METRIC_CAMPAIGNS) return person && thing != TIPL__HEAD_NONE ? metric : -1;
      return thing == TIPL__HEAD_AGENCY || thing == TIPL__HEAD_PLACE ? metric : -1;
    default: return -1;
  }
}

/* A mark or word that the search for a governing verb does not pass. */
static const uint64_t BORDER = TIPL__SIGN(SEMICOLON) | TIPL__SIGN(COLON) | TIPL__SMALL(BUT);

/* A measure that does not say when. */
static bool is_amount(const tipl__scene *s, uint32_t i) {
  return i < tipl__elements(s) && (tipl__element_at(s, i)->signs & (TIPL__SIGN(MEASURE) | TIPL__SIGN(TIME))) == TIPL__SIGN(MEASURE);
}

/* The participle behind a quantity: "28 traffickers were convicted", "80 cases investigated in 2019". */
static uint32_t verb_behind(const tipl__scene *s, const tipl__group *g) {
  bool passive = false;
  for (uint32_t i = g->last + 1; i <= g->last + 5 && i < tipl__elements(s); i++) {
    if (tipl__is_any(s, i, TIPL__CLASS(VERB)) && !tipl__is_any(s, i, TIPL__CLASS(LAW))) {
      bool told = i == g->last + 2 && (tipl__is_any(s, i - 1, TIPL__CLASS(SAY)) || tipl__ends_in(s, i - 1, "ly"));
      bool adjective = passive && tipl__ends_in(s, i, "ed") && tipl__is_any(s, i + 1, TIPL__CLASS(HEAD) | TIPL__CLASS(WHO));
      if (adjective) return TIPL_NONE; /* "5,000 are registered workers" */
      if (tipl__ends_in(s, i, "ing") || (!passive && !told && i > g->last + 1)) return TIPL_NONE;
      return is_amount(s, i + 1) && !passive ? TIPL_NONE : i;
    }
    if (tipl__is_clause(s, i, TIPL__CLAUSE_BE)) {
      passive = true;
      continue;
    }
    bool told = tipl__is_any(s, i, TIPL__CLASS(SAY)) && i == g->last + 1; /* "182 victims reported identified" */
    told = told || (i == g->last + 1 && tipl__ends_in(s, i, "ly") && !tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE))); /* "formally identified" */
    bool skip = told || tipl__is_clause(s, i, TIPL__CLAUSE_WHICH) ||
                (passive && !tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE) | TIPL__SMALL_WORDS));
    if (!skip) return TIPL_NONE;
  }
  return TIPL_NONE;
}

/* Does an element belong to another quantity's noun: "two trained officers"? */
static bool is_in_group(const tipl__scene *s, uint32_t element) {
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (tipl__group_at(s, i)->at < element && element <= tipl__group_at(s, i)->last) return true;
  return false;
}

/* The nearest verb before a quantity; *walls counts the commas, comparisons and quantities between. */
static uint32_t verb_before(const tipl__scene *s, const tipl__group *g, uint32_t *walls) {
  *walls = 0;
  uint8_t depth = tipl__element_at(s, g->at)->depth;
  const uint64_t classes = TIPL__CLASS(VERB) | TIPL__CLASS(COMPARE);
  const uint64_t signs = BORDER | TIPL__SMALL(WHICH) | TIPL__SIGN(COMMA) | TIPL__SIGN(MEASURE) | TIPL__SIGN(OPEN);
  for (uint32_t i = g->at; (i = tipl__last(s, i, classes, signs)) != TIPL_NONE;) {
    const tipl__element *e = tipl__element_at(s, i);
    if (e->depth > depth) continue;
    depth = e->depth;
    if ((e->signs & BORDER) != 0) return TIPL_NONE;
    if (i + 3 > g->at && tipl__is_clause(s, i, TIPL__CLAUSE_WHICH)) return TIPL_NONE; /* "confirmed that 12 …" */
    *walls += e->mark == ',' || tipl__is_any(s, i, TIPL__CLASS(COMPARE)) || is_amount(s, i);
    if (tipl__is_any(s, i, TIPL__CLASS(VERB)) && !is_in_group(s, i)) return i;
  }
  return TIPL_NONE;
}

/* The other verb of "identified and assisted", on the side away from the quantity; TIPL_NONE for none. */
static uint32_t joined_verb(const tipl__scene *s, uint32_t verb, bool behind) {
  if (!behind && verb < 2) return TIPL_NONE;
  uint32_t joint = behind ? verb + 1 : verb - 1, other = behind ? verb + 2 : verb - 2;
  if (!tipl__shows(s, joint, TIPL__SMALL(AND) | TIPL__SMALL(OR))) return TIPL_NONE;
  if (!tipl__is_any(s, other, TIPL__CLASS(VERB))) return TIPL_NONE;
  return behind && is_amount(s, other + 1) ? TIPL_NONE : other;
}

static int metric_of(const tipl__scene *s, const tipl__group *g, uint32_t verb) {
  const tipl__term *t = tipl__term_of(s, verb, TIPL__TERM_VERB);
  bool weak = tipl__spells(s, verb, "registered") && tipl__spells(s, verb + 1, "as");
  weak = weak || (tipl__spells(s, verb, "registered") && g->thing != TIPL__HEAD_VICTIM && g->thing != TIPL__HEAD_NONE); /* "registered workers" */
  return t == NULL || weak ? -1 : resolve(t->value, t->a, g->thing);
}

/* A permit is granted to so many victims only where a permit is spoken of. */
static bool speaks_of(const tipl__scene *s, int class, int value) {
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, UINT64_C(1) << class, 0)) != TIPL_NONE; i++)
    if (tipl__term_value(s, i, class) == value) return true;
  return false;
}

/* "All 82 victims identified by the government received assistance": counted by both acts. */
static bool is_helped_after(const tipl__scene *s, uint32_t verb) {
  for (uint32_t i = verb + 1; i < verb + 6 && i < tipl__elements(s); i++) {
    if (tipl__element_at(s, i)->mark != 0 || tipl__element_at(s, i)->measure != TIPL_NONE) return false;
    if (tipl__term_value(s, i, TIPL__TERM_VERB) != TIPL__METRIC_VICTIMS_ASSISTED) continue;
    tipl_span word = tipl__span_of(s, i, i);
    return memcmp(s->build->text + word.offset, "received", 8) == 0;
  }
  return false;
}

static void take_verb(const tipl__scene *s, tipl__group *g, uint32_t verb, bool behind) {
  int first = metric_of(s, g, verb);
  uint32_t other = joined_verb(s, verb, behind);
  int second = other == TIPL_NONE ? -1 : metric_of(s, g, other);
  if (first == TIPL__METRIC_RESIDENCE_PERMITS && !speaks_of(s, TIPL__TERM_LAW, TIPL__LAW_PERMIT)) first = -1;
  if (first < 0) first = second, second = -1;
  if (first < 0) return;
  g->verb = verb;
  g->metric[0] = (int16_t)first;
  if (behind && second < 0 && first == TIPL__METRIC_VICTIMS_IDENTIFIED && is_helped_after(s, verb))
    second = TIPL__METRIC_VICTIMS_ASSISTED, other = TIPL_NONE;
  if (first == TIPL__METRIC_CONVICTIONS && second == TIPL__METRIC_SENTENCES) second = -1; /* "convicted and sentenced two" */
  if (second == TIPL__METRIC_CONVICTIONS && first == TIPL__METRIC_SENTENCES) {
    g->metric[0] = TIPL__METRIC_CONVICTIONS;
    return;
  }
  if (second >= 0 && second != first) g->metric[1] = (int16_t)second;
  if (g->metric[1] >= 0 && other != TIPL_NONE && other < verb) { /* in the order of the text */
    g->metric[0] = (int16_t)second;
    g->metric[1] = (int16_t)first;
  }
}

/* "investigations of 12 cases", "the arrest of ten suspects", "prosecutions involving 25 defendants". */
static void take_noun(const tipl__scene *s, tipl__group *g) {
  const uint64_t stops = BORDER | TIPL__SIGN(MEASURE) | TIPL__SIGN(COMMA);
  uint32_t i = tipl__last(s, g->at, TIPL__CLASS(NOUN), stops);
  while (i != TIPL_NONE && tipl__shows(s, i, TIPL__SIGN(TIME))) i = tipl__last(s, i, TIPL__CLASS(NOUN), stops);
  const tipl__term *noun = i != TIPL_NONE && g->at - i < 12 ? tipl__term_of(s, i, TIPL__TERM_NOUN) : NULL;
  if (noun == NULL || (g->at - i >= 8 && noun->value != TIPL__METRIC_TRAININGS)) return; /* "sessions on this and that for 400 officials" */
  bool fits = is_act_of_law(noun->value) && (is_person(g->thing) || g->thing == TIPL__HEAD_CASE);
  if (noun->value == TIPL__METRIC_TRAININGS && is_person(g->thing)) {
    g->metric[0] = TIPL__METRIC_TRAINED;
    g->verb = i;
  } else if (noun->value == TIPL__METRIC_RESIDENCE_PERMITS && is_person(g->thing)) {
    g->metric[0] = TIPL__METRIC_RESIDENCE_PERMITS;
    g->verb = i;
  } else if (noun->value == TIPL__METRIC_INSPECTIONS && g->thing == TIPL__HEAD_AGENCY) {
    g->metric[0] = TIPL__METRIC_INSPECTIONS; /* "inspections at 266 companies" */
    g->verb = i;
  } else if (fits) {
    g->metric[0] = noun->value;
    if (g->thing == TIPL__HEAD_VICTIM) g->metric[0] = TIPL__METRIC_VICTIMS_IN_CASES;
    g->verb = i;
  }
}

/* Help given to the counted: "provided care and lodging to 12 victims", "gave 45 victims financial support". The
 * element of the giving, TIPL_NONE where nothing is given. */
static uint32_t giving_before(const tipl__scene *s, const tipl__group *g) {
  bool known = g->thing == TIPL__HEAD_VICTIM || g->thing == TIPL__HEAD_PERSON;
  if (!tipl__has(s, TIPL__TERM_GIVE) || !tipl__has(s, TIPL__TERM_HELP) || (!known && g->thing != TIPL__HEAD_NONE)) return TIPL_NONE;
  uint32_t give = tipl__last(s, g->at, TIPL__CLASS(GIVE), BORDER | TIPL__SIGN(MEASURE));
  if (!tipl__is_any(s, give, TIPL__CLASS(GIVE))) return TIPL_NONE;
  uint32_t with = g->last + 1;
  uint32_t help = tipl__next(s, give + 1, g->at, TIPL__CLASS(HELP), 0);
  if (help == TIPL_NONE) { /* the help stands behind */
    if (!known || g->at - give > 3 || tipl__shows(s, g->at - 1, TIPL__SMALL_WORDS)) return TIPL_NONE;
    if (tipl__is_clause(s, with, TIPL__CLAUSE_WITH)) with++;
    help = tipl__next(s, with, with + 5, TIPL__CLASS(HELP), BORDER | TIPL__SIGN(MEASURE) | TIPL__SMALL(TO));
    return tipl__is_any(s, help, TIPL__CLASS(HELP)) ? give : TIPL_NONE;
  }
  uint32_t to = tipl__next(s, help + 1, g->at, TIPL__CLASS(VERB), TIPL__SMALL(TO) | TIPL__SMALL(FOR));
  return to != TIPL_NONE && g->at - to <= 3 && tipl__shows(s, to, TIPL__SMALL(TO) | TIPL__SMALL(FOR)) ? give : TIPL_NONE;
}

/* "four received suspended sentences": persons by the kind of sentence. */
static bool gets_sentence(const tipl__scene *s, const tipl__group *g) {
  uint32_t verb = g->last + 1;
  if (!tipl__has(s, TIPL__TERM_LAW)) return false;
  if (tipl__term_value(s, verb, TIPL__TERM_LAW) != TIPL__LAW_SENTENCE || g->thing == TIPL__HEAD_CASE) return false;
  for (uint32_t i = verb + 1; i < verb + 5 && i < tipl__elements(s); i++) {
    uint32_t row = tipl__element_at(s, i)->measure;
    bool term = row != TIPL_NONE && tipl__measure_of(s, row)->kind == TIPL_MEASURE_DURATION; /* "a two-year sentence" */
    if ((row != TIPL_NONE && !term) || tipl__element_at(s, i)->mark == ',') return false;
    if (tipl__term_value(s, i, TIPL__TERM_LAW) == TIPL__LAW_SENTENCE || tipl__term_of(s, i, TIPL__TERM_PRISON) != NULL) return true;
  }
  return false;
}

/* What is granted "to" or imposed "on" so many persons: the nearest word of the law before the preposition. */
static uint32_t dealt_out(const tipl__scene *s, const tipl__group *g) {
  if (g->at < 2 || !tipl__is_any(s, g->at - 1, TIPL__CLASS(CLAUSE) | TIPL__CLASS(BOUND))) return TIPL_NONE;
  int to = tipl__term_value(s, g->at - 1, TIPL__TERM_CLAUSE);
  if (to != TIPL__CLAUSE_TO && to != TIPL__CLAUSE_FOR && to != TIPL__CLAUSE_AT) return TIPL_NONE;
  uint32_t i = tipl__last(s, g->at, TIPL__CLASS(LAW) | TIPL__CLASS(PRISON), BORDER | TIPL__SIGN(COMMA));
  return i != TIPL_NONE && g->at - i < 10 && tipl__is_any(s, i, TIPL__CLASS(LAW) | TIPL__CLASS(PRISON)) ? i : TIPL_NONE;
}

/* "awarded 9,000 euros in restitution to three victims", "two victims received compensation". */
static bool gets_compensation(const tipl__scene *s, const tipl__group *g) {
  if (g->thing != TIPL__HEAD_VICTIM && g->thing != TIPL__HEAD_PERSON) return false;
  uint32_t given = dealt_out(s, g);
  if (given != TIPL_NONE && tipl__term_value(s, given, TIPL__TERM_LAW) == TIPL__LAW_COMPENSATION) return true;
  bool received = tipl__spells(s, g->last + 1, "received") || tipl__spells(s, g->last + 1, "obtained");
  for (uint32_t i = g->last + 2; received && i < g->last + 5; i++)
    if (tipl__term_value(s, i, TIPL__TERM_LAW) == TIPL__LAW_COMPENSATION) return true;
  return false;
}

/* "issued suspended sentences to three traffickers", "imposed prison terms on two": persons by their sentence. */
static bool is_sentenced(const tipl__scene *s, const tipl__group *g) {
  if (g->thing != TIPL__HEAD_SUSPECT && g->thing != TIPL__HEAD_OFFICER) return false;
  uint32_t given = dealt_out(s, g);
  return given != TIPL_NONE && (tipl__is_any(s, given, TIPL__CLASS(PRISON)) || tipl__term_value(s, given, TIPL__TERM_LAW) == TIPL__LAW_SENTENCE);
}

/* "suspended five of the sentences". */
static bool counts_sentences(const tipl__scene *s, const tipl__group *g) {
  return g->part_cue != TIPL_NONE && g->thing == TIPL__HEAD_NONE &&
         tipl__term_value(s, g->part_cue + 1, TIPL__TERM_LAW) == TIPL__LAW_SENTENCE && tipl__spells(s, g->part_cue + 1, "sentences");
}

/* "investigated a company allegedly forcing 20 workers": a participle of another act governs the number. */
static bool does_another(const tipl__scene *s, const tipl__group *g) {
  const tipl__element *e = tipl__element_at(s, g->at - 1);
  return e->classes == 0 && (e->signs & (TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE))) == 0 && tipl__ends_in(s, g->at - 1, "ing");
}

static void find_metric(const tipl__scene *s, tipl__group *g) {
  if ((s->classes & (TIPL__CLASS(LAW) | TIPL__CLASS(PRISON))) != 0 && g->own < 0) {
    if (counts_sentences(s, g)) g->metric[0] = g->own = TIPL__METRIC_SENTENCES, g->thing = TIPL__HEAD_SUSPECT;
    else if (gets_compensation(s, g)) g->metric[0] = g->own = TIPL__METRIC_COMPENSATION;
    else if (is_sentenced(s, g)) g->metric[0] = g->own = TIPL__METRIC_SENTENCES;
    if (g->metric[0] >= 0) return;
  }
  if (gets_sentence(s, g)) {
    g->metric[0] = TIPL__METRIC_SENTENCES;
    g->own = TIPL__METRIC_SENTENCES;
    g->verb = g->last + 1;
    return;
  }
  if (g->own >= 0) {
    g->metric[0] = g->own;
    return;
  }
  uint32_t giving = giving_before(s, g);
  if (giving != TIPL_NONE) {
    g->metric[0] = TIPL__METRIC_VICTIMS_ASSISTED;
    g->verb = giving;
    return;
  }
  bool level = g->thing == TIPL__HEAD_VICTIM && g->head != TIPL_NONE && g->head < g->at && g->part_cue == TIPL_NONE && !g->predicate;
  if (level && tipl__shows(s, g->at - 1, TIPL__SMALL(TO) | TIPL__SMALL(FROM)) && !tipl__has(s, TIPL__TERM_VERB)) {
    g->metric[0] = TIPL__METRIC_VICTIMS_IDENTIFIED; /* "Child victims increased to 66" */
    return;
  }
  if (!tipl__has(s, TIPL__TERM_VERB)) {
    take_noun(s, g);
    return;
  }
  uint32_t walls, behind = verb_behind(s, g), before = verb_before(s, g, &walls);
  bool near = before != TIPL_NONE && walls == 0 && metric_of(s, g, before) >= 0;
  bool touches = near && g->at - before <= 2 && !tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_AND);
  if (behind != TIPL_NONE && metric_of(s, g, behind) >= 0 && (!touches || tipl__is_clause(s, g->last + 1, TIPL__CLAUSE_BE))) {
    take_verb(s, g, behind, true);
    return;
  }
  bool acts = near && g->at - before <= 2 && tipl__term_of(s, before, TIPL__TERM_NOUN) == NULL; /* "and the identification of 15 victims" */
  if (!acts) take_noun(s, g);
  if (g->metric[0] >= 0) return;
  if (before != TIPL_NONE && before + 1 < g->at && does_another(s, g)) return;
  if (g->denied && !near) return; /* "no prosecutors received training" */
  if (g->denied && walls > 0) return; /* "lacked means to prosecute cases, and no judges …": another clause's act */
  if (before != TIPL_NONE && g->thing != TIPL__HEAD_NONE) take_verb(s, g, before, false);
  else if (near) take_verb(s, g, before, false);
  if (g->metric[0] < 0 && level && tipl__shows(s, g->at - 1, TIPL__SMALL(TO) | TIPL__SMALL(FROM))) g->metric[0] = TIPL__METRIC_VICTIMS_IDENTIFIED;
}

/* "arrested several officials and convicted one": the noun is that of the act before. */
static void take_object(const tipl__scene *s, tipl__group *g) {
  if (g->verb == TIPL_NONE || g->thing != TIPL__HEAD_NONE || g->own >= 0 || g->verb + 1 != g->at || g->verb < 2) return;
  if (!tipl__is_clause(s, g->verb - 1, TIPL__CLAUSE_AND)) return;
  const tipl__term *head = tipl__term_of(s, g->verb - 2, TIPL__TERM_HEAD);
  if (head == NULL || head->value != TIPL__HEAD_OFFICER) return;
  g->thing = (uint8_t)head->value;
  g->who |= (uint16_t)head->b;
}

/* "identified 28 women and no men": the denied take the act of the counted before them. */
static void take_neighbor(const tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  const tipl__group *b = index > 0 ? tipl__group_at(s, index - 1) : NULL;
  if (!g->denied || g->metric[0] >= 0 || b == NULL || b->drop || b->thing != g->thing || b->metric[0] < 0) return;
  if (b->last + 2 != g->at || !tipl__is_clause(s, g->at - 1, TIPL__CLAUSE_AND)) return;
  g->metric[0] = b->metric[0];
  g->metric[1] = b->metric[1];
  g->verb = b->verb;
}

/* "17 of the 20 suspects were sentenced to prison": the act behind the whole is that of the share alone. */
static void take_share(const tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  if (g->part_cue == TIPL_NONE || g->metric[0] >= 0 || index + 1 >= s->groups.count) return;
  tipl__group *whole = tipl__group_at(s, index + 1);
  if (whole->at != g->part_cue + 1 || whole->thing == TIPL__HEAD_NONE) return;
  if (!tipl__is_clause(s, whole->last + 1, TIPL__CLAUSE_BE)) return;
  uint32_t verb = tipl__is_any(s, whole->last + 2, TIPL__CLASS(VERB)) ? whole->last + 2 : verb_behind(s, whole);
  int metric = verb == TIPL_NONE ? -1 : metric_of(s, whole, verb);
  if (metric < 0) return;
  if (whole->verb == verb) whole->metric[0] = whole->thing == TIPL__HEAD_VICTIM ? TIPL__METRIC_VICTIMS_IDENTIFIED : -1;
  g->metric[0] = (int16_t)metric;
  g->verb = verb;
  g->thing = whole->thing;
  bool convicted = whole->head != TIPL_NONE && memcmp(s->build->text + tipl__span_of(s, whole->head, whole->head).offset, "convicted", 9) == 0;
  if (whole->metric[0] < 0 && convicted) whole->metric[0] = TIPL__METRIC_CONVICTIONS;
}

/* "Two cases remained pending": before a court. What a participle says of the counted where no act does. */
static void take_state(const tipl__scene *s, tipl__group *g) {
  bool identified = g->metric[0] < 0 && g->reference && g->thing == TIPL__HEAD_VICTIM && g->head > g->at + 1 && g->head != TIPL_NONE;
  if (identified && tipl__term_value(s, g->head - 1, TIPL__TERM_VERB) == TIPL__METRIC_VICTIMS_IDENTIFIED) {
    g->metric[0] = TIPL__METRIC_VICTIMS_IDENTIFIED; /* "Of the 170 identified victims, …" */
    return;
  }
  if (g->thing != TIPL__HEAD_CASE || g->metric[0] >= 0 || !tipl__has(s, TIPL__TERM_PHASE)) return;
  uint32_t i = tipl__next(s, g->at + 1, g->last + 3, TIPL__CLASS(PHASE), 0);
  if (tipl__term_value(s, i, TIPL__TERM_PHASE) == TIPL_PHASE_PENDING) g->metric[0] = TIPL__METRIC_PROSECUTIONS;
}

void tipl__metrics(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++) {
    tipl__group *g = tipl__group_at(s, i);
    if (g->kind != TIPL_MEASURE_NUMBER || g->drop || g->metric[0] >= 0) continue;
    find_metric(s, g);
    take_object(s, g);
    take_neighbor(s, i);
    take_state(s, g);
  }
  for (uint32_t i = 0; i + 1 < s->groups.count && tipl__has(s, TIPL__TERM_PART); i++) take_share(s, i);
}
