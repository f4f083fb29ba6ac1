/* absence.c: what was not reported, withheld or not done.
 *
 * "did not report", "did not specify" and their kin make one fact for each metric named in their scope; "no
 * reported cases" is a zero that is weaker than a stated one (denials.c). */
#include "facts/scope.h"

/* Where a clause that begins at `from` ends: a mark, a contrast, or "and" with a verb of its own. */
uint32_t tipl__clause_end(const tipl__scene *s, uint32_t from) {
  for (uint32_t i = from; (i = tipl__next(s, i, TIPL_NONE, 0, TIPL__SIGN(MARK) | TIPL__SMALL(BUT) | TIPL__SMALL(AND))) != TIPL_NONE; i++) {
    uint16_t mark = tipl__mark_at(s, i);
    if (mark == ';' || mark == '.' || mark == ')' || mark == TIPL__WORD_DASH) return i;
    if (i > from && tipl__is_clause(s, i, TIPL__CLAUSE_BUT)) return i;
    if (mark == ',' && tipl__spells(s, i + 1, "if") && tipl__is_clause(s, i + 2, TIPL__CLAUSE_ANY) && tipl__mark_at(s, i + 3) == ',') {
      i += 3; /* "how many, if any, of these" */
      continue;
    }
    if (mark == ',') {
      bool list = tipl__is_any(s, i + 1, TIPL__CLASS(NOUN) | TIPL__CLASS(GAP)) || tipl__is_clause(s, i + 1, TIPL__CLAUSE_OR) ||
                  (tipl__is_any(s, i + 1, TIPL__CLASS(VERB)) && tipl__ends_in(s, i + 1, "ing"));
      if (!list) return i;
    }
    if (i > from && tipl__is_clause(s, i, TIPL__CLAUSE_AND)) {
      bool adverb = i + 1 < tipl__elements(s) && tipl__element_at(s, i + 1)->classes == 0;
      uint32_t next = i + 1 + adverb;
      bool finite = tipl__is_any(s, next, TIPL__CLASS(NEGATION) | TIPL__CLASS(EFFORT) | TIPL__CLASS(ACTOR));
      if (finite) return i;
    }
  }
  return tipl__elements(s);
}

static void note_metric(tipl__scope *sc, int metric) {
  for (uint32_t i = 0; i < sc->count; i++)
    if (sc->metrics[i] == metric) return;
  if (sc->count < TIPL__SCOPE_METRICS) sc->metrics[sc->count++] = metric;
}

/* Does what stands at an element say where or what for? "found during inspections", "allocated for shelters",
 * "referred to care". */
static bool is_aside(const tipl__scene *s, uint32_t i) {
  for (uint32_t k = i; k-- > 0 && i - k < 5;) {
    int clause = tipl__term_value(s, k, TIPL__TERM_CLAUSE);
    if (clause == TIPL__CLAUSE_IN || clause == TIPL__CLAUSE_FOR || clause == TIPL__CLAUSE_TO) return true;
    bool modifier = clause == TIPL__CLAUSE_THE || clause == TIPL__CLAUSE_A ||
                    tipl__is_any(s, k, TIPL__CLASS(FORM) | TIPL__CLASS(WHO) | TIPL__CLASS(ACTOR));
    if (!modifier && tipl__element_at(s, k)->classes != 0) return false;
  }
  return false;
}

/* "services to the victims it identified": which victims, not what was not reported. */
static bool describes_victims(const tipl__scene *s, uint32_t verb) {
  uint32_t i = verb;
  while (i > 0 && verb - i < 3 && !tipl__is_any(s, i - 1, ~TIPL__CLASS(OPENER)) && !tipl__shows(s, i - 1, ~UINT64_C(0))) i--;
  return i < verb && i > 0 && tipl__term_value(s, i - 1, TIPL__TERM_HEAD) == TIPL__HEAD_VICTIM;
}

/* "training prosecutors", an act with its object, and not "training", a course. */
static bool is_teaching(const tipl__scene *s, uint32_t i) {
  return tipl__term_value(s, i, TIPL__TERM_VERB) == TIPL__METRIC_TRAINED && tipl__is_any(s, i + 1, TIPL__CLASS(HEAD) | TIPL__CLASS(ACTOR));
}

/* "how many cases", "the total number of cases": is it their number that is spoken of? */
static bool counts_before(const tipl__scene *s, uint32_t from, uint32_t i) {
  uint32_t k = i > from + 4 ? i - 4 : from;
  return tipl__next(s, k, i, TIPL__CLASS(DATA), TIPL__SMALL(HOW_MANY)) != TIPL_NONE;
}

/* What the words of a scope name. Acts before general words: "data" counts only where nothing else does. */
void tipl__read_scope(const tipl__scene *s, tipl__scope *sc) {
  const uint64_t acts = TIPL__CLASS(NOUN) | TIPL__CLASS(VERB) | TIPL__CLASS(GAP) | TIPL__CLASS(LAW);
  const uint64_t persons = TIPL__CLASS(WHO) | TIPL__CLASS(FORM) | TIPL__CLASS(STATUS);
  bool aside = false;
  for (uint32_t i = sc->from; (i = tipl__next(s, i, sc->to, acts | persons, 0)) != TIPL_NONE; i++) {
    const tipl__term *noun = tipl__term_of(s, i, TIPL__TERM_NOUN);
    const tipl__term *verb = tipl__term_of(s, i, TIPL__TERM_VERB);
    const tipl__term *gap = tipl__term_of(s, i, TIPL__TERM_GAP);
    const tipl__term *who = tipl__term_of(s, i, TIPL__TERM_WHO);
    int form = tipl__term_value(s, i, TIPL__TERM_FORM), status = tipl__term_value(s, i, TIPL__TERM_STATUS);
    int law = tipl__term_value(s, i, TIPL__TERM_LAW);
    bool report = tipl__term_of(s, i, TIPL__TERM_REPORT) != NULL;
    if (sc->count > 0 && verb != NULL && describes_victims(s, i)) continue;
    if (sc->count > 0 && verb != NULL && i > 0 && tipl__spells(s, i - 1, "on") && tipl__ends_in(s, i, "ing")) break; /* what they learned */
    bool joined = i > 0 && (tipl__is_clause(s, i - 1, TIPL__CLAUSE_AND) || tipl__is_clause(s, i - 1, TIPL__CLAUSE_OR));
    if (noun != NULL || gap != NULL) aside = sc->count > 0 && ((aside && joined) || is_aside(s, i));
    if (noun != NULL && !aside) note_metric(sc, is_teaching(s, i) ? TIPL__METRIC_TRAINED : noun->value);
    else if (noun != NULL || (gap != NULL && aside)) continue;
    else if (law == TIPL__LAW_COMPENSATION) note_metric(sc, TIPL__METRIC_COMPENSATION);
    else if (gap != NULL && gap->value != TIPL__METRIC_OTHER) note_metric(sc, gap->value);
    else if (verb != NULL && !report && (verb->a == TIPL__ACT_ANY || verb->a == TIPL__ACT_VICTIM || verb->a == TIPL__ACT_PERSON ||
              verb->a == TIPL__ACT_PENAL) &&
             verb->value != TIPL__METRIC_VICTIMS_IN_CASES && verb->value != TIPL__METRIC_STAFF)
      note_metric(sc, verb->value);
    if (who != NULL) sc->who |= (uint16_t)who->value;
    if (form > 0 && sc->form == TIPL_FORM_NONE) sc->form = (uint8_t)form;
    else if (form > 0 && sc->form != form) sc->form = TIPL_FORM_SEX_LABOR;
    if (status > 0) sc->status = (uint8_t)status;
  }
  for (uint32_t i = sc->from; i < sc->to && sc->count == 0; i++)
    if (tipl__term_value(s, i, TIPL__TERM_HEAD) == TIPL__HEAD_VICTIM) note_metric(sc, TIPL__METRIC_VICTIMS_IDENTIFIED);
  for (uint32_t i = sc->from; i < sc->to && sc->count == 0; i++) /* "how many cases involved forced labor" */
    if (tipl__term_value(s, i, TIPL__TERM_HEAD) == TIPL__HEAD_CASE && counts_before(s, sc->from, i)) note_metric(sc, TIPL__METRIC_INVESTIGATIONS);
  if (sc->count > 0) return;
  for (uint32_t i = sc->from; i < sc->to; i++)
    if (tipl__term_value(s, i, TIPL__TERM_GAP) == TIPL__METRIC_OTHER) note_metric(sc, TIPL__METRIC_OTHER);
}

static tipl_date time_of(const tipl__scene *s, const tipl__scope *sc, tipl_date *to, tipl_basis *basis) {
  uint32_t row = tipl__time_between(s, sc->from, sc->to);
  bool unlike = tipl__spells(s, 0, "Unlike") || tipl__spells(s, 0, "As"); /* "Unlike in 2019, the government …" */
  if (row == TIPL_NONE && !unlike)
    for (uint32_t i = 0; i + 1 < sc->from && i < 3; i++)
      if (tipl__is_clause(s, i, TIPL__CLAUSE_IN)) row = tipl__time_between(s, i + 1, i + 2);
  if (row == TIPL_NONE) {
    *basis = TIPL_BASIS_ASSUMED;
    return *to = tipl__assumed_year(s);
  }
  *basis = TIPL_BASIS_STATED;
  *to = tipl__measure_of(s, row)->to;
  return tipl__measure_of(s, row)->from;
}

static bool draft_scope(tipl__scene *s, uint32_t first, const tipl__scope *sc, tipl_state state, const char *rule) {
  for (uint32_t i = 0; i < sc->count; i++) {
    tipl__draft *d = tipl__draft_new(s, sc->metrics[i], rule, tipl__span_of(s, first, sc->to - 1));
    if (d == NULL) return false;
    tipl_fact *f = &d->fact;
    f->state = state;
    if (sc->metrics[i] == TIPL__METRIC_CONVICTIONS && !f->has_value) f->unit = "cases";
    f->who = sc->who;
    f->form = (tipl_form)sc->form;
    f->status = (tipl_count_status)sc->status;
    if (f->certainty != TIPL_REQUESTED) f->source = tipl__voice_at(s, first, &f->actor);
    tipl_basis basis;
    f->from = time_of(s, sc, &f->to, &basis);
    f->basis = f->from == TIPL_DATE_NONE ? TIPL_BASIS_NONE : basis;
    if (state == TIPL_STATE_NONE_REPORTED) {
      f->has_value = 1;
      f->bound = TIPL_BOUND_EXACT;
    }
  }
  return true;
}

/* The verb of reporting behind a negation, past an adverb; TIPL_NONE for none. */
uint32_t tipl__report_behind(const tipl__scene *s, uint32_t negation) {
  for (uint32_t i = negation + 1; i <= negation + 2 && i < tipl__elements(s); i++) {
    if (tipl__term_value(s, i, TIPL__TERM_REPORT) == TIPL_STATE_NOT_REPORTED) return i;
    if (tipl__element_at(s, i)->classes != 0 && tipl__term_of(s, i, TIPL__TERM_CLAUSE) == NULL) return TIPL_NONE;
  }
  return TIPL_NONE;
}

/* Is it numbers that are missing? "report" says so by itself, "provide" and its kin need a word for data. */
static bool lacks_data(const tipl__scene *s, uint32_t report, const tipl__scope *sc) {
  if (tipl__spells(s, report, "report") || tipl__spells(s, report, "reported") || tipl__tokens_of(s, report) > 1) return true;
  for (uint32_t i = sc->from; i < sc->to; i++)
    if (tipl__term_of(s, i, TIPL__TERM_DATA) != NULL || tipl__term_value(s, i, TIPL__TERM_GAP) == TIPL__METRIC_OTHER || tipl__is_clause(s, i, TIPL__CLAUSE_HOW_MANY)) return true;
  return false;
}

/* The first counted thing in [from, to); TIPL_NONE for none. */
uint32_t tipl__thing_in(const tipl__scene *s, uint32_t from, uint32_t to) {
  return tipl__next(s, from, to, TIPL__CLASS(HEAD) | TIPL__CLASS(NOUN), 0);
}

/* "did not provide funding", "did not order restitution": an act that is not counted is denied (ruling 6). */
static bool not_done(tipl__scene *s, uint32_t negation) {
  uint32_t verb = negation + 1;
  if (verb >= tipl__elements(s)) return true;
  int act = tipl__term_value(s, verb, TIPL__TERM_VERB);
  bool uncounted = act == TIPL__METRIC_TRAINED || act == TIPL__METRIC_SCREENED;
  bool gives = tipl__is_any(s, verb, TIPL__CLASS(MONEY) | TIPL__CLASS(REPORT) | TIPL__CLASS(LIGHT)) || uncounted ||
               act == TIPL__METRIC_COMPENSATION || act == TIPL__METRIC_HOTLINE_CALLS;
  if (!gives) return true;
  tipl__scope sc = {verb + 1, tipl__clause_end(s, verb + 1), {0}, 0, 0, 0, 0};
  if (uncounted && tipl__thing_in(s, sc.from, sc.to) != TIPL_NONE) note_metric(&sc, act);
  for (uint32_t i = sc.from; i < sc.to && i < sc.from + 4 && !uncounted; i++) {
    int gap = tipl__term_value(s, i, TIPL__TERM_GAP), noun = tipl__term_value(s, i, TIPL__TERM_NOUN);
    if (tipl__term_of(s, i, TIPL__TERM_DEGREE) != NULL || tipl__is_clause(s, i, TIPL__CLAUSE_TO)) break; /* "adequate funding" was not lacking */
    if (tipl__term_value(s, i, TIPL__TERM_LAW) == TIPL__LAW_COMPENSATION) note_metric(&sc, TIPL__METRIC_COMPENSATION);
    else if (gap == TIPL__METRIC_FUNDING || gap == TIPL__METRIC_TRAINED) note_metric(&sc, gap);
    else if (noun == TIPL__METRIC_RESIDENCE_PERMITS) note_metric(&sc, noun);
  }
  uint32_t first = s->drafts.count;
  if (!draft_scope(s, negation, &sc, TIPL_STATE_NOT_DONE, "absence.not_done")) return false;
  for (uint32_t i = first; i < s->drafts.count; i++) TIPL__AT(tipl__draft, s->drafts, i).fact.source = TIPL_VOICE_STATE;
  return true;
}

/* "did not report taking such actions": those that the sentence has counted. */
static void name_such(const tipl__scene *s, uint32_t negation, tipl__scope *sc) {
  bool such = false;
  for (uint32_t i = sc->from; i < sc->to; i++) such = such || tipl__spells(s, i, "such");
  for (uint32_t i = s->groups.count; such && i-- > 0;) {
    const tipl__group *g = tipl__group_at(s, i);
    if (g->at >= negation || g->drop || g->metric[0] < 0) continue;
    note_metric(sc, g->metric[0]);
    return;
  }
}

static bool unreported(tipl__scene *s, uint32_t negation) {
  uint32_t report = tipl__report_behind(s, negation);
  if (report == TIPL_NONE) return not_done(s, negation);
  tipl__scope sc = {report + 1, tipl__clause_end(s, report + 1), {0}, 0, 0, 0, 0};
  if (sc.to <= sc.from) return true;
  if (!lacks_data(s, report, &sc)) return not_done(s, negation);
  tipl__read_scope(s, &sc);
  if (sc.count == 0) name_such(s, negation, &sc);
  return draft_scope(s, negation, &sc, TIPL_STATE_NOT_REPORTED, "absence.not_reported");
}

static bool withheld(tipl__scene *s, uint32_t verb) {
  tipl__scope sc = {verb + 1, tipl__clause_end(s, verb + 1), {0}, 0, 0, 0, 0};
  if (sc.to <= sc.from) return true;
  bool data = tipl__tokens_of(s, verb) > 2; /* "declined to publish", but "withheld passports" */
  for (uint32_t i = sc.from; i < sc.to && i < sc.from + 5; i++) data = data || tipl__term_of(s, i, TIPL__TERM_DATA) != NULL;
  if (!data) return true;
  tipl__read_scope(s, &sc);
  return draft_scope(s, verb, &sc, TIPL_STATE_WITHHELD, "absence.withheld");
}

/* "no reported cases of identified child victims": nothing reported, which is weaker than none. */
static bool none_reported(tipl__scene *s, uint32_t no) {
  if (tipl__term_of(s, no + 1, TIPL__TERM_REPORT) == NULL && tipl__term_of(s, no + 1, TIPL__TERM_SAY) == NULL) return true;
  tipl__scope sc = {no + 2, tipl__clause_end(s, no + 2), {0}, 0, 0, 0, 0};
  if (sc.to <= sc.from) return true;
  tipl__read_scope(s, &sc);
  return draft_scope(s, no, &sc, TIPL_STATE_NONE_REPORTED, "absence.none_reported");
}

/* "provided shelter for an unknown number of victims": the act before it, or the thing behind it, is not counted
 * (ruling 7). */
static bool unknown_number(tipl__scene *s, uint32_t cue) {
  tipl__scope sc = {cue + 1, tipl__clause_end(s, cue + 1), {0}, 0, 0, 0, 0};
  if (sc.to <= sc.from) return true;
  for (uint32_t i = cue; i-- > 0 && cue - i < 7 && sc.count == 0;) {
    const tipl__term *verb = tipl__term_of(s, i, TIPL__TERM_VERB);
    if (tipl__mark_at(s, i) == ';') break;
    if (verb != NULL && (verb->a == TIPL__ACT_ANY || verb->a == TIPL__ACT_VICTIM || verb->a == TIPL__ACT_PERSON) &&
        verb->value != TIPL__METRIC_STAFF)
      note_metric(&sc, verb->value);
  }
  bool acted = sc.count > 0;
  tipl__read_scope(s, &sc);
  if (acted) sc.count = 1;
  return draft_scope(s, cue, &sc, TIPL_STATE_NOT_REPORTED, "absence.unknown");
}

/* "Data on prosecutions were unavailable": the clause before the cue says of what, if it speaks of data. */
static bool unavailable(tipl__scene *s, uint32_t cue) {
  uint32_t from = cue, data = TIPL_NONE;
  while (from > 0 && tipl__mark_at(s, from - 1) != ';' && tipl__mark_at(s, from - 1) != ',' && !tipl__is_clause(s, from - 1, TIPL__CLAUSE_BUT)) {
    from--;
    if (tipl__term_of(s, from, TIPL__TERM_DATA) != NULL) data = from;
  }
  if (data == TIPL_NONE) return true;
  tipl__scope sc = {data, cue, {0}, 0, 0, 0, 0};
  tipl__read_scope(s, &sc);
  sc.to = cue + 1;
  return draft_scope(s, data, &sc, TIPL_STATE_NOT_REPORTED, "absence.unavailable");
}

/* "lacked data on the number of victims it referred". */
static bool lacking(tipl__scene *s, uint32_t cue) {
  tipl__scope sc = {cue + 1, tipl__clause_end(s, cue + 1), {0}, 0, 0, 0, 0};
  if (sc.to <= sc.from) return true;
  tipl__read_scope(s, &sc);
  return draft_scope(s, cue, &sc, TIPL_STATE_NOT_REPORTED, "absence.lacking");
}

static bool unknown(tipl__scene *s, uint32_t cue) {
  switch (tipl__term_value(s, cue, TIPL__TERM_UNKNOWN)) {
    case TIPL__UNKNOWN_NUMBER: return unknown_number(s, cue);
    case TIPL__UNKNOWN_UNAVAILABLE: return unavailable(s, cue);
    default: return lacking(s, cue);
  }
}

/* "provided no funding to NGOs", "provided no training to prosecutors". */
static bool gave_no(tipl__scene *s, uint32_t no) {
  bool training = tipl__term_value(s, no + 1, TIPL__TERM_VERB) == TIPL__METRIC_TRAINED;
  if (no == 0 || !tipl__is_any(s, no - 1, TIPL__CLASS(MONEY))) return true;
  if (!training && tipl__term_value(s, no + 1, TIPL__TERM_GAP) != TIPL__METRIC_FUNDING) return true;
  tipl__scope sc = {no + 1, tipl__clause_end(s, no + 1), {0}, 0, 0, 0, 0};
  note_metric(&sc, training ? TIPL__METRIC_TRAINED : TIPL__METRIC_FUNDING);
  uint32_t first = s->drafts.count;
  if (!draft_scope(s, no - 1, &sc, TIPL_STATE_NOT_DONE, "absence.not_done")) return false;
  for (uint32_t i = first; i < s->drafts.count; i++) TIPL__AT(tipl__draft, s->drafts, i).fact.source = TIPL_VOICE_STATE;
  return true;
}

bool tipl__absences(tipl__scene *s) {
  const uint64_t cues = TIPL__CLASS(NEGATION) | TIPL__CLASS(WITHHOLD) | TIPL__CLASS(UNKNOWN);
  if ((s->classes & cues) == 0) return true;
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, cues, 0)) != TIPL_NONE; i++) {
    int negation = tipl__term_value(s, i, TIPL__TERM_NEGATION);
    bool ok = true;
    if (negation == TIPL__NEGATION_NOT || negation == TIPL__NEGATION_FAILED) ok = unreported(s, i);
    else if (negation == TIPL__NEGATION_NO) ok = none_reported(s, i) && gave_no(s, i);
    else if (tipl__term_of(s, i, TIPL__TERM_UNKNOWN) != NULL) ok = unknown(s, i);
    else if (tipl__term_of(s, i, TIPL__TERM_WITHHOLD) != NULL) ok = withheld(s, i);
    if (!ok) return false;
  }
  return true;
}
