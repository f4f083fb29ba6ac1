/* judgement.c: the State Department's own judgements: tier and its movement, effort by pillar, streaks. */
#include "facts/scene.h"

static const char *const EFFORT[] = {NULL, "increased", "maintained", "decreased", "minimal", "mixed", "none"};

/* The tier that the elements from `i` on name ("Tier 2 Watch List"); fills *last. NULL for none. */
static const char *tier_at(const tipl__scene *s, uint32_t i, uint32_t *last) {
  if (tipl__term_of(s, i, TIPL__TERM_TIER) == NULL || i + 1 >= tipl__elements(s)) return NULL;
  const tipl__element *number = tipl__element_at(s, i + 1);
  tipl_span span = tipl__span_of(s, i + 1, i + 1);
  if (number->mark != 0 || span.length != 1) return NULL;
  char digit = s->build->text[span.offset];
  *last = i + 1;
  if (digit == '1') return tipl_word(TIPL_VOCAB_TIER, TIPL_TIER_1);
  if (digit == '3') return tipl_word(TIPL_VOCAB_TIER, TIPL_TIER_3);
  if (digit != '2') return NULL;
  uint32_t next = i + 2 + (tipl__mark_at(s, i + 2) == '-');
  if (next + 1 < tipl__elements(s)) {
    tipl_span watch = tipl__span_of(s, next, next);
    const char *p = s->build->text + watch.offset;
    if (watch.length == 5 && (p[0] | 0x20) == 'w' && (p[4] | 0x20) == 'h') {
      *last = next + 1;
      return tipl_word(TIPL_VOCAB_TIER, TIPL_TIER_2WL);
    }
  }
  return tipl_word(TIPL_VOCAB_TIER, TIPL_TIER_2);
}

static tipl__draft *label(tipl__scene *s, int metric, const char *word, const char *rule, uint32_t first, uint32_t last) {
  tipl__draft *d = tipl__draft_new(s, metric, rule, tipl__span_of(s, first, last));
  if (d == NULL) return NULL;
  d->fact.label = word;
  d->fact.unit = "label";
  d->fact.source = TIPL_VOICE_STATE;
  d->fact.certainty = TIPL_ASSERTED;
  return d;
}

/* "therefore … remained on Tier 2": the movement and the tier, when it is the report's rating. */
static bool rating(tipl__scene *s) {
  tipl_movement movement = s->build->outline.movement;
  const char *tier = tipl_word(TIPL_VOCAB_TIER, (uint32_t)s->build->outline.tier);
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(MOVEMENT), 0)) != TIPL_NONE; i++) {
    if (tipl__term_value(s, i, TIPL__TERM_MOVEMENT) != (int)movement || movement == TIPL_MOVEMENT_NONE) continue;
    for (uint32_t k = i + 1; k < i + 4 && k < tipl__elements(s); k++) {
      uint32_t last = k;
      const char *named = tier_at(s, k, &last);
      if (named == NULL || strcmp(named, tier) != 0) continue;
      const char *word = tipl_word(TIPL_VOCAB_MOVEMENT, (uint32_t)movement);
      return label(s, TIPL__METRIC_TIER_CHANGE, word, "rating.movement", i, i) != NULL &&
             label(s, TIPL__METRIC_TIER, named, "rating.tier", k, last) != NULL;
    }
  }
  return true;
}

/* "Yemen (Special Case)": the outline knows where the two words stand. */
static bool special_case(tipl__scene *s) {
  const tipl_outline *outline = &s->build->outline;
  if (outline->tier != TIPL_TIER_SPECIAL) return true;
  for (uint32_t i = 0; i + 1 < tipl__elements(s); i++)
    if (tipl__span_of(s, i, i).offset == outline->tier_span.offset)
      return label(s, TIPL__METRIC_TIER, tipl_word(TIPL_VOCAB_TIER, TIPL_TIER_SPECIAL), "rating.line", i, i + 1) != NULL;
  return true;
}

static bool tier_line(tipl__scene *s) {
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(TIER), 0)) != TIPL_NONE; i++) {
    uint32_t last;
    const char *named = tier_at(s, i, &last);
    if (named != NULL) return label(s, TIPL__METRIC_TIER, named, "rating.line", i, last) != NULL;
  }
  return special_case(s);
}

static uint32_t pillar_tag(int pillar, int section) {
  if (pillar == TIPL__PILLAR_PROSECUTION) return TIPL_WHO_PROSECUTION;
  if (pillar == TIPL__PILLAR_PROTECTION) return TIPL_WHO_PROTECTION;
  if (pillar == TIPL__PILLAR_PREVENTION) return TIPL_WHO_PREVENTION;
  if (section == TIPL_SECTION_PROSECUTION) return TIPL_WHO_PROSECUTION;
  if (section == TIPL_SECTION_PROTECTION) return TIPL_WHO_PROTECTION;
  if (section == TIPL_SECTION_PREVENTION) return TIPL_WHO_PREVENTION;
  return 0;
}

static tipl__draft *judge_effort(tipl__scene *s, int value, uint32_t tag, const char *rule, uint32_t first, uint32_t last) {
  tipl__draft *d = label(s, TIPL__METRIC_EFFORT, EFFORT[value], rule, first, last);
  if (d == NULL) return NULL;
  d->fact.who = tag;
  d->fact.from = d->fact.to = tipl__assumed_year(s);
  d->fact.basis = d->fact.from == TIPL_DATE_NONE ? TIPL_BASIS_NONE : TIPL_BASIS_ASSUMED;
  return d;
}

/* The pillar that the words in [from, to) name; PILLAR_EFFORTS when they name none. */
static int first_pillar(const tipl__scene *s, uint32_t from, uint32_t to) {
  for (uint32_t i = from; (i = tipl__next(s, i, to, TIPL__CLASS(PILLAR), 0)) != TIPL_NONE; i++) {
    int pillar = tipl__term_value(s, i, TIPL__TERM_PILLAR);
    if (pillar != TIPL__PILLAR_EFFORTS) return pillar;
  }
  return TIPL__PILLAR_EFFORTS;
}

/* The formula that opens a pillar: "The government maintained minimal protection efforts." Words of quality
 * outweigh the verb ("continued minimal efforts" is minimal). */
static bool effort(tipl__scene *s, uint32_t begin, uint32_t *end) {
  int value = 0, pillar = -1;
  uint32_t first = TIPL_NONE, last = TIPL_NONE;
  bool spoken = false;
  *end = TIPL_NONE;
  for (uint32_t i = begin; i < tipl__elements(s) && i < begin + 20; i++) {
    if (tipl__element_at(s, i)->measure != TIPL_NONE || tipl__mark_at(s, i) == ';') break;
    int word = tipl__term_value(s, i, TIPL__TERM_EFFORT), part = tipl__term_value(s, i, TIPL__TERM_PILLAR);
    if (word > 0 && !spoken) {
      if (first == TIPL_NONE) first = i;
      if (value == 0 || word == TIPL__EFFORT_MINIMAL || word == TIPL__EFFORT_MIXED) value = word;
    }
    if (part > 0 && first != TIPL_NONE && i - first < 9) {
      if (pillar < 0 || pillar == TIPL__PILLAR_EFFORTS) pillar = part;
      last = i;
      spoken = spoken || tipl__ends_in(s, i, "fforts") || part == TIPL__PILLAR_EFFORTS;
      if (spoken && pillar != TIPL__PILLAR_EFFORTS) break;
    }
    if (spoken && tipl__mark_at(s, i) == ',') break;
  }
  uint32_t tag = pillar_tag(pillar, s->section_kind);
  if (!spoken || value == 0 || value == TIPL__EFFORT_NONE || tag == 0) return true;
  *end = last + 1;
  return judge_effort(s, value, tag, "effort", first, last) != NULL;
}

static bool is_state(const tipl__scene *s, uint32_t i) { return tipl__spells(s, i, "remained") || tipl__spells(s, i, "were"); }

/* The formula turned round: "efforts to assist foreign victims remained negligible", behind the first or alone. */
static bool effort_remained(tipl__scene *s, uint32_t begin) {
  for (uint32_t i = begin; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(PILLAR), TIPL__SIGN(SEMICOLON))) != TIPL_NONE; i++) {
    if (!tipl__ends_in(s, i, "fforts") && !tipl__spells(s, i, "efforts")) continue;
    uint32_t be = i + 1;
    const uint64_t walls = TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE);
    while (be < i + 14 && !is_state(s, be) && !tipl__shows(s, be, walls)) be++;
    int value = is_state(s, be) ? tipl__term_value(s, be + 1, TIPL__TERM_EFFORT) : 0;
    if (value != TIPL__EFFORT_MINIMAL && value != TIPL__EFFORT_MIXED) continue;
    uint32_t tag = pillar_tag(first_pillar(s, i, be), s->section_kind);
    return tag == 0 || judge_effort(s, value, tag, "effort.remained", i, be + 1) != NULL;
  }
  return true;
}

/* One formula, or two that are set against each other: "decreased efforts to …, but increased efforts to …". */
static bool efforts(tipl__scene *s) {
  uint32_t end, second;
  if (!effort(s, 0, &end)) return false;
  second = end;
  while (second < tipl__elements(s) && !tipl__is_clause(s, second, TIPL__CLAUSE_BUT)) second++;
  if (second < tipl__elements(s) && !effort(s, second, &second)) return false;
  return effort_remained(s, second < tipl__elements(s) ? second : end == TIPL_NONE ? 0 : end);
}

/* "did not make efforts to reduce the demand for commercial sex acts", "made no discernible efforts". */
static bool no_effort(tipl__scene *s) {
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(NEGATION), 0)) != TIPL_NONE; i++) {
    if (i + 2 >= tipl__elements(s)) break;
    int negation = tipl__term_value(s, i, TIPL__TERM_NEGATION);
    if (negation != TIPL__NEGATION_NOT && negation != TIPL__NEGATION_NO) continue;
    uint32_t k = i + 1;
    while (k < tipl__elements(s) && k < i + 4 && tipl__term_value(s, k, TIPL__TERM_PILLAR) != TIPL__PILLAR_EFFORTS) k++;
    if (tipl__term_value(s, k, TIPL__TERM_PILLAR) != TIPL__PILLAR_EFFORTS) continue;
    if (tipl__next(s, i + 1, k, TIPL__CLASS(REPORT) | TIPL__CLASS(SAY), 0) != TIPL_NONE) continue; /* "did not report progress on" */
    uint32_t last = k;
    int form = 0;
    for (uint32_t j = k; j < tipl__elements(s) && tipl__mark_at(s, j) != '.' && tipl__mark_at(s, j) != ';'; j++) {
      last = j;
      if (tipl__term_of(s, j, TIPL__TERM_FORM) != NULL && form == 0) form = tipl__term_value(s, j, TIPL__TERM_FORM);
    }
    uint32_t tag = pillar_tag(TIPL__PILLAR_EFFORTS, s->section_kind);
    if (tag == 0) return true; /* of no pillar in particular */
    tag = pillar_tag(first_pillar(s, k, k + 5), s->section_kind);
    tipl__draft *d = judge_effort(s, TIPL__EFFORT_NONE, tag, "effort.none", i, last);
    if (d == NULL) return false;
    d->fact.form = (tipl_form)form;
    d->fact.state = TIPL_STATE_NOT_DONE;
    return true;
  }
  return true;
}

/* "first time in seven years", whose "first" is an ordinal: the last element of it, or 0. */
static uint32_t first_time(const tipl__scene *s, uint32_t i) {
  uint32_t row = tipl__element_at(s, i)->measure;
  if (row == TIPL_NONE || i + 3 >= tipl__elements(s)) return 0;
  const tipl_measure *m = tipl__measure_of(s, row);
  if (m->kind != TIPL_MEASURE_ORDINAL || m->value.digits != 1 || !tipl__is_clause(s, i + 2, TIPL__CLAUSE_IN)) return 0;
  uint32_t length = tipl__element_at(s, i + 3)->measure;
  bool years = length != TIPL_NONE && tipl__measure_of(s, length)->kind == TIPL_MEASURE_DURATION &&
               strcmp(tipl__measure_of(s, length)->unit, "months") == 0;
  return years && tipl__spells(s, i + 1, "time") ? i + 3 : 0;
}

/* "for the fourth consecutive year", "for the first time in seven years". */
static bool streak(tipl__scene *s) {
  if (!tipl__has(s, TIPL__TERM_STREAK) && (s->signs & TIPL__SIGN(ORDINAL)) == 0) return true;
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(STREAK), TIPL__SIGN(ORDINAL))) != TIPL_NONE; i++) {
    if (i + 1 >= tipl__elements(s)) break;
    uint32_t from = i, to = i, number = TIPL_NONE, last = first_time(s, i);
    bool consecutive = tipl__term_of(s, i, TIPL__TERM_STREAK) != NULL && i > 0;
    if (consecutive) from = i - 1, number = tipl__element_at(s, i - 1)->measure;
    else if (last > 0) to = last, number = tipl__element_at(s, last)->measure;
    if (number == TIPL_NONE) continue;
    const tipl_measure *m = tipl__measure_of(s, number);
    tipl_decimal value = m->value;
    if (!consecutive) value.digits /= 12;
    tipl__draft *d = tipl__draft_new(s, TIPL__METRIC_STREAK, "streak", tipl__span_of(s, from, to));
    if (d == NULL) return false;
    d->fact.unit = "years";
    d->fact.has_value = 1;
    d->fact.bound = TIPL_BOUND_EXACT;
    d->fact.value = value;
    d->fact.source = TIPL_VOICE_STATE;
    d->fact.from = d->fact.to = tipl__assumed_year(s);
    d->fact.basis = d->fact.from == TIPL_DATE_NONE ? TIPL_BASIS_NONE : TIPL_BASIS_ASSUMED;
  }
  return true;
}

/* The first sentence of its section. */
static bool opens_section(const tipl__scene *s) {
  return s->sentence == 0 || TIPL__AT(tipl_sentence, s->build->sentences, s->sentence - 1).section != s->section;
}

bool tipl__judgements(tipl__scene *s) {
  if (s->sentence == TIPL_NONE) return tier_line(s);
  bool summary = s->section_kind == TIPL_SECTION_SUMMARY || s->section_kind == TIPL_SECTION_UNKNOWN;
  if (summary && tipl__has(s, TIPL__TERM_TIER) && !rating(s)) return false;
  bool strives = tipl__has(s, TIPL__TERM_PILLAR), denies = strives && tipl__has(s, TIPL__TERM_NEGATION);
  bool pillar = strives && s->section_kind != TIPL_SECTION_RECOMMENDATIONS && opens_section(s);
  return (!pillar || efforts(s)) && (!denies || no_effort(s)) && streak(s);
}
