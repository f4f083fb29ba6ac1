/* denials.c: acts that are denied.
 *
 * "did not convict any traffickers", "no investigations" and "none in 2019" are stated zeros (ruling 6 of MODEL.md)
 * and become groups like any number, before the numbers are read. */
#include "facts/phrases.h"
#include "facts/scope.h"

/* Words between "did not" and its verb or noun that leave the denial whole: "newly", "conduct any". */
static bool keeps_denial(const tipl__scene *s, uint32_t i) {
  return tipl__term_of(s, i, TIPL__TERM_LIGHT) != NULL || tipl__is_clause(s, i, TIPL__CLAUSE_ANY);
}

/* Whom a denied thing would have been for, or what: "no shelters available to foreign victims", "did not prosecute any
 * traffickers for sex or labor trafficking". Of "men and boys" only what both are is said. */
static void read_behind(const tipl__scene *s, tipl__group *g, uint32_t from) {
  bool open = false, joined = false;
  for (uint32_t i = from, plain = 0; i < tipl__elements(s) && plain < 7; i++, plain++) {
    const tipl__element *e = tipl__element_at(s, i);
    int clause = tipl__term_value(s, i, TIPL__TERM_CLAUSE);
    if (e->measure != TIPL_NONE || e->mark != 0 || clause == TIPL__CLAUSE_BUT || clause == TIPL__CLAUSE_WHICH || clause == TIPL__CLAUSE_IN)
      return;
    if (tipl__is_any(s, i, TIPL__CLASS(COMPARE) | TIPL__CLASS(EFFORT))) return;
    bool links = clause == TIPL__CLAUSE_FOR || clause == TIPL__CLAUSE_TO || clause == TIPL__CLAUSE_OF;
    open = open || links;
    joined = joined || (g->who != 0 && (clause == TIPL__CLAUSE_OR || clause == TIPL__CLAUSE_AND));
    if (!open) continue;
    const tipl__term *head = tipl__term_of(s, i, TIPL__TERM_HEAD), *who = tipl__term_of(s, i, TIPL__TERM_WHO);
    int form = tipl__term_value(s, i, TIPL__TERM_FORM);
    uint16_t tags = (uint16_t)((who != NULL ? who->value : 0) | (head != NULL ? head->b : 0));
    if (tags != 0 && joined) g->who &= tags;
    else g->who |= tags;
    if (form > 0) g->form = g->form == TIPL_FORM_NONE || g->form == form ? (uint8_t)form : TIPL_FORM_SEX_LABOR;
  }
}

static void read_group(const tipl__scene *s, tipl__group *g, uint32_t from, uint32_t to) {
  tipl__scope sc = {from, to, {0}, 0, 0, 0, 0};
  tipl__read_scope(s, &sc);
  g->who = sc.who;
  g->form = sc.form;
  g->status = sc.status;
  read_behind(s, g, to);
  bool by_law = g->metric[0] >= 0 && g->metric[0] <= TIPL__METRIC_CONVICTIONS;
  if (by_law && g->thing == TIPL__HEAD_OFFICER) g->who |= TIPL_WHO_OFFICIAL;
}

static bool zero_group(tipl__scene *s, uint32_t at, uint32_t last, int metric, int thing, uint32_t verb) {
  tipl__group *g = tipl__group_new(s, at);
  if (g == NULL) return false;
  g->kind = TIPL_MEASURE_NUMBER;
  g->denied = true;
  g->last = last;
  g->metric[0] = (int16_t)metric;
  g->thing = (uint8_t)thing;
  g->verb = verb;
  read_group(s, g, at, last + 1);
  return true;
}

static bool is_countable(int metric) {
  return metric <= TIPL__METRIC_SENTENCES || metric == TIPL__METRIC_EXTRADITIONS ||
         (metric >= TIPL__METRIC_VICTIMS_IDENTIFIED && metric <= TIPL__METRIC_VICTIMS_ASSISTED) ||
         metric == TIPL__METRIC_SHELTERS || metric == TIPL__METRIC_TRAININGS || metric == TIPL__METRIC_CAMPAIGNS ||
         metric == TIPL__METRIC_INSPECTIONS || metric >= TIPL__METRICS;
}

/* The acts that stand side by side from `*at` on: "investigate, prosecute, nor convict". Moves it past them. */
static uint32_t denied_verbs(const tipl__scene *s, uint32_t *at, uint32_t verbs[TIPL__SCOPE_METRICS]) {
  uint32_t count = 0, i = *at;
  for (; i < tipl__elements(s) && count < TIPL__SCOPE_METRICS; i++) {
    bool joint = tipl__is_clause(s, i, TIPL__CLAUSE_OR) || tipl__is_clause(s, i, TIPL__CLAUSE_AND) || tipl__mark_at(s, i) == ',' ||
                 tipl__term_value(s, i, TIPL__TERM_NEGATION) == TIPL__NEGATION_NEITHER;
    if (joint && count > 0) continue;
    const tipl__term *verb = tipl__term_of(s, i, TIPL__TERM_VERB);
    if (verb == NULL || !is_countable(verb->value)) break;
    verbs[count++] = i;
  }
  while (count > 0 && i > verbs[count - 1] + 1 && tipl__element_at(s, i - 1)->mark == ',') i--; /* the clause ends there */
  *at = i;
  return count;
}

/* "did not prosecute any" of what was named before: each act and nothing else. */
static bool denied_any(tipl__scene *s, uint32_t negation, uint32_t any, const uint32_t *verbs, uint32_t count) {
  for (uint32_t k = 0; k < count; k++) {
    const tipl__term *verb = tipl__term_of(s, verbs[k], TIPL__TERM_VERB);
    int thing = verb->a == TIPL__ACT_VICTIM ? TIPL__HEAD_VICTIM : TIPL__HEAD_NONE;
    if (!zero_group(s, negation, any, verb->value, thing, verbs[k])) return false;
  }
  return true;
}

/* "did not prosecute or convict any traffickers", "did not initiate any prosecutions", "failed to identify any victims".
 * `strict`: only what is said not to have been done to "any". */
static bool denied_act(tipl__scene *s, uint32_t negation, uint32_t from, bool strict) {
  uint32_t i = from, verbs[TIPL__SCOPE_METRICS];
  while (i < tipl__elements(s) && keeps_denial(s, i)) i++;
  uint32_t count = denied_verbs(s, &i, verbs), end = tipl__clause_end(s, i);
  bool any = tipl__is_clause(s, i, TIPL__CLAUSE_ANY) || (i > from && tipl__is_clause(s, i - 1, TIPL__CLAUSE_ANY));
  if (strict && !any) return true;
  uint32_t thing = tipl__thing_in(s, i, end);
  const uint64_t away = TIPL__SMALL(IN) | TIPL__SMALL(TO) | TIPL__SMALL(BY) | TIPL__SMALL(WITH); /* "trafficking in persons" */
  if (count > 0 && tipl__next(s, i, thing, 0, away) != TIPL_NONE && thing != TIPL_NONE) thing = TIPL_NONE;
  if (count > 0 && any && (thing == TIPL_NONE || thing > i + 6) && (i + 1 >= end || tipl__is_clause(s, i + 1, TIPL__CLAUSE_IN)))
    return denied_any(s, negation, i, verbs, count);
  if (thing == TIPL_NONE || (count > 0 && thing > i + 6)) return true;
  const tipl__term *noun = tipl__term_of(s, thing, TIPL__TERM_NOUN), *head = tipl__term_of(s, thing, TIPL__TERM_HEAD);
  if (count == 0) { /* "did not initiate any labor trafficking prosecutions" */
    bool acted = i > from;
    if (!acted || noun == NULL || !is_countable(noun->value)) return true;
    for (uint32_t k = i; k < thing; k++) /* "did not maintain data on shelters" */
      if (tipl__is_any(s, k, TIPL__CLASS(DATA) | TIPL__CLASS(DEGREE) | TIPL__CLASS(GAP) | TIPL__CLASS(PILLAR)) || tipl__is_clause(s, k, TIPL__CLAUSE_FOR) ||
          tipl__is_clause(s, k, TIPL__CLAUSE_TO) || tipl__is_clause(s, k, TIPL__CLAUSE_OF))
        return true;
    return zero_group(s, negation, thing, noun->value, noun->a, TIPL_NONE);
  }
  for (uint32_t k = 0; k < count; k++) {
    int metric = tipl__term_value(s, verbs[k], TIPL__TERM_VERB);
    if (k > 0 && metric == tipl__term_value(s, verbs[k - 1], TIPL__TERM_VERB)) continue; /* "detain or arrest" */
    if (!zero_group(s, negation, thing, metric, head != NULL ? head->value : noun->a, verbs[k])) return false;
  }
  return true;
}

/* "neither investigated nor prosecuted any suspects"; "nor did courts convict any traffickers". */
static bool denied_neither(tipl__scene *s, uint32_t at) {
  bool turned = tipl__is_clause(s, at + 1, TIPL__CLAUSE_BE); /* "nor did it": the subject comes first */
  uint32_t i = at + 1;
  while (turned && i < at + 6 && i < tipl__elements(s) && tipl__term_of(s, i, TIPL__TERM_VERB) == NULL && !keeps_denial(s, i)) i++;
  for (uint32_t k = at; k-- > 0 && !turned && tipl__mark_at(s, k) == 0;) /* a "nor" in a list: read from its first word on */
    if (tipl__term_of(s, k, TIPL__TERM_NEGATION) != NULL) return true;
  return denied_act(s, at, i, false);
}

/* The first counted thing within five elements; past the end where there is none. "child" in "child trafficking
 * prosecutions" only says of which kind. */
static uint32_t thing_near(const tipl__scene *s, uint32_t from) {
  uint32_t to = from + 5 < tipl__elements(s) ? from + 5 : tipl__elements(s);
  uint32_t first = tipl__thing_in(s, from, to);
  if (first == TIPL_NONE || !tipl__is_adjective(s, first)) return first;
  const uint64_t walls = TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE) | TIPL__SMALL_WORDS;
  uint32_t end = tipl__next(s, first + 1, to, 0, walls), next = tipl__thing_in(s, first + 1, end == TIPL_NONE ? to : end);
  return next == TIPL_NONE || tipl__is_adjective(s, next) ? first : next;
}

/* "No victims were identified", "convicted no traffickers": the act that governs the persons says what is zero
 * (metrics.c). */
static bool denied_persons(tipl__scene *s, uint32_t no) {
  uint32_t thing = thing_near(s, no + 1);
  const tipl__term *head = tipl__term_of(s, thing, TIPL__TERM_HEAD);
  if (head == NULL || head->value > TIPL__HEAD_OFFICER) return true;
  for (uint32_t i = no + 1; i < thing; i++)
    if (tipl__element_at(s, i)->mark != 0 || tipl__term_of(s, i, TIPL__TERM_CLAUSE) != NULL) return true;
  return zero_group(s, no, thing, -1, head->value, TIPL_NONE);
}

/* Persons named behind the last of a list are those of all: "no prosecutions or convictions of officials". */
static bool share_persons(tipl__scene *s, uint32_t first, uint32_t of) {
  tipl__group *last = tipl__group_at(s, s->groups.count - 1);
  for (uint32_t i = of + 1; i < of + 5 && !tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE)); i++) {
    if (tipl__term_value(s, i, TIPL__TERM_HEAD) == TIPL__HEAD_OFFICER) last->who |= TIPL_WHO_OFFICIAL;
    const tipl__term *who = tipl__term_of(s, i, TIPL__TERM_WHO);
    if (who != NULL) last->who |= (uint16_t)who->value;
  }
  for (uint32_t i = first; i + 1 < s->groups.count; i++)
    if (tipl__group_at(s, i)->who == 0) tipl__group_at(s, i)->who = last->who;
  return true;
}

/* "no investigations, prosecutions, or convictions". */
static bool denied_nouns(tipl__scene *s, uint32_t no) {
  if (tipl__term_of(s, thing_near(s, no + 1), TIPL__TERM_NOUN) == NULL) return denied_persons(s, no);
  uint32_t i = no + 1, end = tipl__clause_end(s, no + 1), first = s->groups.count;
  for (uint32_t plain = 0; i < end && plain < 4; i++) {
    const tipl__term *noun = tipl__term_of(s, i, TIPL__TERM_NOUN);
    if (noun == NULL && first < s->groups.count && tipl__term_value(s, i, TIPL__TERM_VERB) == TIPL__METRIC_CONVICTIONS)
      return zero_group(s, no, i, TIPL__METRIC_CONVICTIONS, TIPL__HEAD_SUSPECT, TIPL_NONE) && share_persons(s, first, i); /* "or convictions of officials" */
    if (noun == NULL) {
      if (tipl__term_of(s, i, TIPL__TERM_CLAUSE) != NULL && !tipl__is_clause(s, i, TIPL__CLAUSE_OR) &&
          !tipl__is_clause(s, i, TIPL__CLAUSE_AND) && !tipl__is_clause(s, i, TIPL__CLAUSE_THE))
        return true;
      plain++;
      continue;
    }
    if (!is_countable(noun->value)) return true;
    if (!zero_group(s, no, i, noun->value, noun->a, TIPL_NONE)) return false;
    plain = 0;
  }
  return true;
}

/* "neither of which opened", "none of whom were children": zero of what was counted before (relations.c). */
static bool denied_part(tipl__scene *s, uint32_t at) {
  if (!zero_group(s, at, at + 1, -1, TIPL__HEAD_NONE, TIPL_NONE)) return false;
  tipl__group *g = tipl__group_at(s, s->groups.count - 1);
  g->part_cue = at + 1;
  for (uint32_t i = at + 3; tipl__is_clause(s, at + 2, TIPL__CLAUSE_BE) && i < at + 7 && !tipl__shows(s, i, TIPL__SIGN(MARK)); i++) {
    const tipl__term *head = tipl__term_of(s, i, TIPL__TERM_HEAD), *who = tipl__term_of(s, i, TIPL__TERM_WHO);
    g->who |= (uint16_t)((who != NULL ? who->value : 0) | (head != NULL ? head->b : 0));
  }
  return true;
}

/* "None of the suspects were convicted", "None of the 14 victims received compensation": the act behind the persons says
 * what is zero (metrics.c). */
static bool denied_all(tipl__scene *s, uint32_t none) {
  uint32_t thing = tipl__thing_in(s, none + 2, none + 7);
  const tipl__term *head = tipl__term_of(s, thing, TIPL__TERM_HEAD);
  if (head == NULL || head->value > TIPL__HEAD_OFFICER || tipl__next(s, none + 2, thing, 0, TIPL__SIGN(MARK)) != TIPL_NONE) return true;
  return zero_group(s, none, thing, -1, head->value, TIPL_NONE);
}

/* "compared with none in 2019", "and none in 2019": a number of no noun (relations.c). */
static bool denied_number(tipl__scene *s, uint32_t at) {
  bool compared = at > 0 && tipl__is_any(s, at - 1, TIPL__CLASS(COMPARE));
  bool dated = tipl__is_clause(s, at + 1, TIPL__CLAUSE_IN) && tipl__shows(s, at + 2, TIPL__SIGN(TIME));
  return (!compared && !dated) || zero_group(s, at, at, -1, TIPL__HEAD_NONE, TIPL_NONE);
}

bool tipl__denials(tipl__scene *s) {
  if (!tipl__has(s, TIPL__TERM_NEGATION)) return true;
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(NEGATION), 0)) != TIPL_NONE; i++) {
    int negation = tipl__term_value(s, i, TIPL__TERM_NEGATION);
    bool ok = true;
    /* "does not assist foreign victims" speaks of a habit */
    bool habit = tipl__spells(s, i, "does not") || tipl__spells(s, i, "do not") || tipl__spells(s, i, "cannot");
    if (negation == TIPL__NEGATION_NOT && tipl__report_behind(s, i) == TIPL_NONE) ok = denied_act(s, i, i + 1, habit);
    else if (negation == TIPL__NEGATION_FAILED && tipl__report_behind(s, i) == TIPL_NONE) ok = denied_act(s, i, i + 1, true);
    else if (tipl__term_value(s, i + 1, TIPL__TERM_PART) == TIPL__PART_OF_WHOM) ok = denied_part(s, i);
    else if (negation == TIPL__NEGATION_NEITHER && tipl__term_of(s, i + 1, TIPL__TERM_PART) != NULL) ok = denied_all(s, i);
    else if (negation == TIPL__NEGATION_NEITHER && tipl__spells(s, i, "none")) ok = denied_number(s, i);
    else if (negation == TIPL__NEGATION_NEITHER) ok = denied_neither(s, i);
    else if (negation == TIPL__NEGATION_NO && tipl__term_of(s, i + 1, TIPL__TERM_REPORT) == NULL) ok = denied_nouns(s, i);
    if (!ok) return false;
  }
  return true;
}
