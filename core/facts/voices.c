/* voices.c: who vouches for a figure.
 *
 * Who is said to speak outweighs who acts ("NGOs reported that police detained 15"), an agent behind "by" outweighs a
 * subject, and an actor behind a preposition is neither. Names of NGOs and international organizations are learned
 * from where the report explains them. */
#include "facts/scene.h"

enum { MOST_NAMES = 64, LONGEST_NAME = 8 };

static bool is_word(const tipl__scene *s, uint32_t i) {
  return i < tipl__elements(s) && !tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(MEASURE));
}

/* A word all in capitals, as short names are. */
static bool is_short_name(const tipl__scene *s, uint32_t i) {
  if (!is_word(s, i)) return false;
  tipl_span w = tipl__span_of(s, i, i);
  if (w.length < 2 || w.length > 12) return false;
  for (uint32_t k = 0; k < w.length; k++)
    if (s->build->text[w.offset + k] < 'A' || s->build->text[w.offset + k] > 'Z') return false;
  return true;
}

static bool is_capital(const tipl__scene *s, uint32_t i) {
  if (!is_word(s, i)) return false;
  char first = s->build->text[tipl__span_of(s, i, i).offset];
  return first >= 'A' && first <= 'Z';
}

/* What a name stands for, where an earlier sentence has explained it. */
static tipl_voice voice_of_name(const tipl__scene *s, uint32_t i) {
  if (s->names.count == 0 || !is_capital(s, i)) return TIPL_VOICE_NONE;
  const char *text = s->build->text;
  uint32_t at = tipl__span_of(s, i, i).offset, left = (uint32_t)s->build->length - at;
  for (uint32_t k = s->names.count; k-- > 0;) {
    tipl_span n = TIPL__AT(tipl__short_name, s->names, k).span;
    if (n.length > left || memcmp(text + n.offset, text + at, n.length) != 0) continue;
    char next = n.length < left ? text[at + n.length] : ' ';
    bool longer = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (!longer) return (tipl_voice)TIPL__AT(tipl__short_name, s->names, k).voice;
  }
  return TIPL_VOICE_NONE;
}

static bool learn(tipl__scene *s, uint32_t first, uint32_t last, int voice) {
  if ((voice != TIPL_VOICE_NGO && voice != TIPL_VOICE_IO) || s->names.count >= MOST_NAMES) return true;
  tipl__short_name *n = tipl__vec_push(&s->names, &s->build->alloc);
  if (n == NULL) return false;
  n->span = tipl__span_of(s, first, last);
  n->voice = (uint8_t)voice;
  return true;
}

/* The kind that an apposition behind a comma gives, ", an international organization,": -1 for none. */
static int apposition(const tipl__scene *s, uint32_t comma) {
  if (tipl__mark_at(s, comma) != ',' || !tipl__shows(s, comma + 1, TIPL__SMALL(A))) return -1;
  for (uint32_t i = comma + 2; i < comma + 6 && is_word(s, i); i++) {
    const tipl__term *actor = tipl__term_of(s, i, TIPL__TERM_ACTOR);
    if (actor != NULL) return actor->value;
  }
  return -1;
}

/* "… government-funded NGOs, including Safe Harbor (SH)"; "Safe Harbor (SH), an NGO,". */
bool tipl__read_names(tipl__scene *s) {
  for (uint32_t i = 1; i + 1 < tipl__elements(s); i++) {
    if (tipl__mark_at(s, i - 1) != '(' || tipl__mark_at(s, i + 1) != ')' || !is_short_name(s, i)) continue;
    int voice = apposition(s, i + 2);
    for (uint32_t k = i - 1; k-- > 0 && voice < 0;) voice = tipl__term_value(s, k, TIPL__TERM_ACTOR);
    if (!learn(s, i, i, voice)) return false;
  }
  return true;
}

/* The first element of the name that ends before `end`: words in capitals, held together by small ones. */
static uint32_t name_before(const tipl__scene *s, uint32_t end) {
  uint32_t first = TIPL_NONE;
  for (uint32_t i = end, n = 0; i-- > 0 && n < LONGEST_NAME; n++) {
    bool capital = is_capital(s, i);
    if (!capital && !tipl__shows(s, i, TIPL__SMALL(OF) | TIPL__SMALL(FOR) | TIPL__SMALL(AND))) break;
    if (capital && !tipl__shows(s, i, TIPL__SMALL_WORDS)) first = i; /* not "The" */
  }
  return first;
}

bool tipl__read_appositions(tipl__scene *s) {
  for (uint32_t i = 0; (i = tipl__next(s, i, TIPL_NONE, 0, TIPL__SIGN(COMMA))) != TIPL_NONE; i++) {
    int voice = apposition(s, i);
    if (voice < 0 || i == 0) continue;
    uint32_t end = i; /* past "(SH)" */
    if (end >= 3 && tipl__mark_at(s, end - 1) == ')' && tipl__mark_at(s, end - 3) == '(') end -= 3;
    uint32_t first = name_before(s, end);
    if (first != TIPL_NONE && !learn(s, first, end - 1, voice)) return false;
  }
  return true;
}

/* The next place to the left where an actor may stand, or the mark that ends the search; TIPL_NONE for none. A name
 * may be any word. */
static uint32_t actor_before(const tipl__scene *s, uint32_t i) {
  if (s->names.count > 0) return i > 0 ? i - 1 : TIPL_NONE;
  return tipl__last(s, i, TIPL__CLASS(ACTOR), TIPL__SIGN(SEMICOLON));
}

/* Does an actor stand behind a preposition, alone or at the end of a list? "with NGOs and international organizations",
 * "to three local NGOs"; but not "to NGOs that assisted". */
static bool is_object(const tipl__scene *s, uint32_t actor) {
  const uint64_t prepositions = TIPL__SMALL(TO) | TIPL__SMALL(FOR) | TIPL__SMALL(OF) | TIPL__SMALL(WITH) | TIPL__SMALL(AT);
  bool listed = false;
  if (tipl__shows(s, actor + 1, TIPL__SMALL(WHICH))) return false;
  for (uint32_t i = actor, plain = 0; i-- > 0 && actor - i < 12;) {
    if (tipl__shows(s, i, prepositions)) return true;
    const tipl__element *e = tipl__element_at(s, i);
    if (tipl__shows(s, i, TIPL__SMALL(AND) | TIPL__SMALL(OR))) { /* of a list of actors, not of clauses */
      uint32_t left = i > 1 && tipl__mark_at(s, i - 1) == ',' ? i - 2 : i - 1;
      if (i == 0 || !tipl__is_any(s, left, TIPL__CLASS(ACTOR))) return false;
      listed = true;
    } else if (tipl__mark_at(s, i) == ',' && listed) continue;
    else if ((e->classes & TIPL__CLASS(ACTOR)) != 0 && listed) plain = 0;
    else if (tipl__shows(s, i, TIPL__SMALL(THE) | TIPL__SMALL(A) | TIPL__SMALL(ALL) | TIPL__SIGN(MEASURE))) continue;
    else if (!is_word(s, i) || e->classes != 0 || plain++ >= 2) return false;
  }
  return false;
}

/* Who speaks: "NGOs reported …", "According to NGOs, …", "…, according to NGOs". The element, TIPL_NONE for none. */
static uint32_t speaker_of(const tipl__scene *s, uint32_t element) {
  if (!tipl__has(s, TIPL__TERM_SAY)) return TIPL_NONE;
  for (uint32_t i = element; (i = tipl__last(s, i, TIPL__CLASS(SAY), TIPL__SIGN(SEMICOLON))) != TIPL_NONE;) {
    if (tipl__mark_at(s, i) == ';') break;
    bool according = tipl__term_value(s, i, TIPL__TERM_SAY) == TIPL__SAY_ACCORDING;
    if (according) {
      uint32_t who = tipl__next(s, i + 1, i + 5, TIPL__CLASS(ACTOR), TIPL__SIGN(MARK));
      if (who != TIPL_NONE && tipl__term_of(s, who, TIPL__TERM_ACTOR) != NULL) return who;
    } else if (i > 0 && tipl__term_of(s, i - 1, TIPL__TERM_ACTOR) != NULL) {
      return i - 1;
    }
  }
  for (uint32_t i = element; (i = tipl__next(s, i, TIPL_NONE, TIPL__CLASS(SAY), TIPL__SIGN(SEMICOLON))) != TIPL_NONE; i++) {
    if (tipl__mark_at(s, i) == ';') break;
    if (tipl__term_value(s, i, TIPL__TERM_SAY) != TIPL__SAY_ACCORDING || tipl__mark_at(s, i - 1) != ',') continue;
    uint32_t who = tipl__next(s, i + 1, i + 5, TIPL__CLASS(ACTOR), TIPL__SIGN(MARK));
    if (who != TIPL_NONE && tipl__term_of(s, who, TIPL__TERM_ACTOR) != NULL) return who;
  }
  return TIPL_NONE;
}

/* "identified by NGOs": the element, TIPL_NONE for none. */
static uint32_t agent_of(const tipl__scene *s, uint32_t element) {
  const uint64_t walls = TIPL__SIGN(MEASURE) | TIPL__SIGN(SEMICOLON), by_or_wall = walls | TIPL__SMALL(BY);
  for (uint32_t i = element + 1; (i = tipl__next(s, i, element + 8, 0, by_or_wall)) != TIPL_NONE; i++) {
    if (tipl__shows(s, i, walls)) break;
    for (uint32_t k = i + 1; k < i + 5 && k < tipl__elements(s); k++)
      if (tipl__term_of(s, k, TIPL__TERM_ACTOR) != NULL) return k;
  }
  return TIPL_NONE;
}

/* "They also assisted 12": who vouched for the sentence before. */
static tipl_voice voice_of_pronoun(const tipl__scene *s) {
  if (s->previous_end <= s->previous_first || !(tipl__spells(s, 0, "They") || tipl__spells(s, 0, "It"))) return TIPL_VOICE_GOVERNMENT;
  tipl_voice before = TIPL__AT(tipl_fact, s->build->facts, s->previous_end - 1).source;
  return before == TIPL_VOICE_NGO || before == TIPL_VOICE_IO ? before : TIPL_VOICE_GOVERNMENT;
}

tipl_voice tipl__voice_at(const tipl__scene *s, uint32_t element, tipl_span *actor) {
  if (!tipl__has(s, TIPL__TERM_ACTOR) && s->names.count == 0) return voice_of_pronoun(s);
  uint32_t found = agent_of(s, element);
  if (found == TIPL_NONE) found = speaker_of(s, element);
  for (uint32_t i = element; found == TIPL_NONE && (i = actor_before(s, i)) != TIPL_NONE && tipl__mark_at(s, i) != ';';) {
    tipl_voice named = voice_of_name(s, i);
    if (named != TIPL_VOICE_NONE) {
      *actor = tipl__span_of(s, i, i);
      return named;
    }
    bool quality = tipl__mark_at(s, i + 1) == '-' || tipl__is_any(s, i + 1, TIPL__CLASS(GAP)); /* "government funding" */
    if (tipl__term_of(s, i, TIPL__TERM_ACTOR) != NULL && !quality && !is_object(s, i)) found = i;
  }
  if (found == TIPL_NONE) return voice_of_pronoun(s);
  *actor = tipl__span_of(s, found, found);
  return (tipl_voice)tipl__term_value(s, found, TIPL__TERM_ACTOR);
}
