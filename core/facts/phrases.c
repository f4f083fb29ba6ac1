/* phrases.c: noun phrases around a quantity: modifiers, head, what stands behind it, what a copula says of it.
 *
 * To the right of a quantity come modifiers and then a head noun: "30 suspected trafficking cases". Form, kind of person
 * and nationality may stand before the head or behind it ("of labor trafficking", "from Ghana"). Called by groups.c. */
#include "facts/phrases.h"

enum { MOST_MODIFIERS = 6 };

uint8_t tipl__join_forms(uint8_t a, uint8_t b) {
  if (a == TIPL_FORM_NONE || a == b) return b;
  if (b == TIPL_FORM_NONE) return a;
  return TIPL_FORM_SEX_LABOR;
}

/* A name of a country or nationality, in capitals: "turkey" is none. */
static const tipl__term *nation_of(const tipl__scene *s, uint32_t i) {
  const tipl__term *nation = tipl__term_of(s, i, TIPL__TERM_NATION);
  if (nation == NULL) return NULL;
  char first = s->build->text[tipl__span_of(s, i, i).offset];
  return first >= 'A' && first <= 'Z' ? nation : NULL;
}

static uint16_t nationality(const tipl__scene *s, const tipl__term *nation) {
  const char *iso3 = s->build->outline.iso3;
  bool unknown = s->build->outline.country == NULL || s->build->outline.country[0] == '\0';
  if (iso3 == NULL || iso3[0] == '\0') return unknown ? 0 : TIPL_WHO_FOREIGN; /* a country that no table has */
  return strcmp(tipl__nation_iso3[nation->value], iso3) == 0 ? TIPL_WHO_NATIONAL : TIPL_WHO_FOREIGN;
}

/* The name of a country that no table has, or its adjective, in a report on that country: "Valdorian". */
static bool is_home(const tipl__scene *s, uint32_t i) {
  const tipl_outline *outline = &s->build->outline;
  if (i >= tipl__elements(s) || outline->country == NULL || (outline->iso3 != NULL && outline->iso3[0] != '\0')) return false;
  size_t stem = strlen(outline->country);
  if (stem < 5 || tipl__element_at(s, i)->mark != 0 || tipl__element_at(s, i)->measure != TIPL_NONE) return false;
  tipl_span word = tipl__span_of(s, i, i);
  return word.length >= stem - 1 && word.length <= stem + 3 && memcmp(s->build->text + word.offset, outline->country, stem - 1) == 0;
}

bool tipl__is_noun(const tipl__scene *s, uint32_t i) {
  return tipl__is_any(s, i, TIPL__CLASS(HEAD) | TIPL__CLASS(NOUN));
}

bool tipl__take_modifier(const tipl__scene *s, uint32_t i, tipl__reading *r) {
  if (!tipl__is_any(s, i, TIPL__CLASS(FORM) | TIPL__CLASS(WHO) | TIPL__CLASS(STATUS) | TIPL__CLASS(NATION))) {
    bool home = is_home(s, i);
    if (home) r->who |= TIPL_WHO_NATIONAL;
    return home;
  }
  const tipl__term *nation = nation_of(s, i);
  const tipl__term *form = tipl__term_of(s, i, TIPL__TERM_FORM);
  const tipl__term *who = tipl__term_of(s, i, TIPL__TERM_WHO);
  const tipl__term *status = tipl__term_of(s, i, TIPL__TERM_STATUS);
  if (form != NULL) r->form = tipl__join_forms(r->form, (uint8_t)form->value);
  if (who != NULL) r->who |= (uint16_t)who->value;
  if (status != NULL) r->status = (uint8_t)status->value;
  if (nation != NULL) r->who |= nationality(s, nation);
  return form != NULL || who != NULL || status != NULL || nation != NULL;
}

bool tipl__ends_phrase(const tipl__scene *s, uint32_t i) {
  if (i >= tipl__elements(s)) return true;
  const tipl__element *e = tipl__element_at(s, i);
  const uint64_t across = TIPL__SMALL(THE) | TIPL__SMALL(ONLY) | TIPL__SMALL(A);
  const uint64_t cues = TIPL__CLASS(COMPARE) | TIPL__CLASS(NEGATION) | TIPL__CLASS(MODAL) | TIPL__CLASS(PART);
  if ((e->signs & (TIPL__SIGN(MEASURE) | (TIPL__SMALL_WORDS & ~across))) != 0 || (e->classes & cues) != 0) return true;
  return e->mark != 0 && e->mark != '-' && e->mark != '"' && e->mark != '\'';
}

/* "child and adult victims": a conjunction between two modifiers. */
static bool joins_modifiers(const tipl__scene *s, uint32_t i) {
  if (!tipl__shows(s, i, TIPL__SMALL(AND) | TIPL__SMALL(OR))) return false;
  tipl__reading left = {0}, right = {0};
  return tipl__take_modifier(s, i - 1, &left) && !tipl__is_noun(s, i - 1) && tipl__take_modifier(s, i + 1, &right);
}

bool tipl__is_adjective(const tipl__scene *s, uint32_t i) {
  const tipl__element *e = tipl__element_at(s, i);
  uint64_t both = TIPL__CLASS(HEAD) | TIPL__CLASS(WHO);
  return (e->classes & both) == both && tipl__tokens_of(s, i) == 1 && !tipl__ends_in(s, i, "s") && !tipl__ends_in(s, i, "en");
}

/* "female" in "30 female trafficking victims": the noun comes within three words more. */
static bool precedes_noun(const tipl__scene *s, uint32_t i) {
  if (!tipl__is_adjective(s, i)) return false;
  for (uint32_t k = i + 1; k <= i + 4; k++) {
    if (tipl__ends_phrase(s, k) || tipl__is_any(s, k, TIPL__CLASS(VERB))) return false;
    if (tipl__is_noun(s, k) && !tipl__is_adjective(s, k)) return true;
  }
  return false;
}

tipl__reading tipl__read_phrase(const tipl__scene *s, uint32_t i) {
  tipl__reading r = TIPL__READ_NOTHING, out = r;
  for (uint32_t plain = 0; plain <= MOST_MODIFIERS; i++) {
    if (joins_modifiers(s, i)) continue;
    if (tipl__ends_phrase(s, i)) break;
    bool modifier = tipl__take_modifier(s, i, &r);
    const tipl__term *head = tipl__term_of(s, i, TIPL__TERM_HEAD);
    if (head != NULL && head->value != TIPL__HEAD_OFFICER) r.who |= (uint16_t)head->b;
    if (tipl__is_noun(s, i) && !precedes_noun(s, i)) {
      bool victim_before = out.head != TIPL_NONE && tipl__term_value(s, out.head, TIPL__TERM_HEAD) == TIPL__HEAD_VICTIM;
      if (victim_before) break; /* "six victims residence permits" */
      r.head = r.last = i;
      out = r;
      if (tipl__tokens_of(s, i) > 1 && (tipl__ends_in(s, i, " for") || tipl__ends_in(s, i, " to"))) break; /* "trainings for" */
    } else if (modifier) {
      r.last = i;
      if (out.head != TIPL_NONE) break;
      out = r;
      out.head = TIPL_NONE;
    } else {
      if (out.head != TIPL_NONE) break;
      plain++;
    }
  }
  return out;
}

/* "sex trafficking and forced labor": the last element of a list of forms that begins at `k`. */
static uint32_t read_forms(const tipl__scene *s, uint32_t k, tipl__reading *r) {
  while (tipl__is_clause(s, k + 1, TIPL__CLAUSE_AND) && tipl__term_of(s, k + 2, TIPL__TERM_FORM) != NULL &&
         !tipl__is_noun(s, k + 2) && !tipl__is_noun(s, k + 3)) {
    k += 2;
    tipl__take_modifier(s, k, r);
  }
  return k;
}

/* "from Ghana", "from Ghana and Togo": the last element of it, or `from` where nothing is said. */
static uint32_t read_origin(const tipl__scene *s, uint32_t from, tipl__reading *r) {
  uint32_t last = from, i = from + 1;
  if (!tipl__is_clause(s, from, TIPL__CLAUSE_FROM)) return from;
  for (;;) {
    if (tipl__is_clause(s, i, TIPL__CLAUSE_THE)) i++; /* "from the Philippines" */
    const tipl__term *home = nation_of(s, i);
    if (home == NULL && !is_home(s, i)) return last;
    r->who |= home == NULL ? (uint16_t)TIPL_WHO_NATIONAL : nationality(s, home);
    last = i++;
    while (tipl__mark_at(s, i) == ',' || tipl__is_clause(s, i, TIPL__CLAUSE_AND)) i++;
  }
}

void tipl__read_behind(const tipl__scene *s, uint32_t i, tipl__reading *r) {
  uint32_t origin = read_origin(s, i, r);
  if (origin != i) {
    r->last = origin;
    i = origin + 1;
    if (tipl__mark_at(s, i) == ',' && tipl__is_clause(s, i + 1, TIPL__CLAUSE_BOTH)) i += 2; /* "two from Ghana, both in …" */
  }
  int clause = tipl__term_value(s, i, TIPL__TERM_CLAUSE);
  bool told = tipl__is_any(s, i, TIPL__CLASS(SAY)) && tipl__is_clause(s, i + 1, TIPL__CLAUSE_AT); /* "342 reported as unknown" */
  if (told) i++;
  else if (clause != TIPL__CLAUSE_OF && clause != TIPL__CLAUSE_FOR && clause != TIPL__CLAUSE_IN) return;
  bool place = r->head == TIPL_NONE || tipl__term_value(s, r->head, TIPL__TERM_NOUN) == TIPL__METRIC_SHELTERS;
  if (clause == TIPL__CLAUSE_FOR && place) { /* "one for adult female victims" */
    tipl__reading whom = tipl__read_phrase(s, i + 1);
    if (whom.who != 0) {
      r->who |= whom.who;
      r->form = tipl__join_forms(r->form, whom.form);
      r->last = whom.last;
      return;
    }
  }
  if (tipl__is_clause(s, i + 1, TIPL__CLAUSE_BOTH)) i++;
  for (uint32_t k = i + 1; k <= i + 3; k++) {
    if (tipl__ends_phrase(s, k) || tipl__is_noun(s, k)) return;
    tipl__reading more = *r;
    if (!tipl__take_modifier(s, k, &more)) continue;
    if (tipl__term_of(s, k, TIPL__TERM_FORM) == NULL && tipl__term_of(s, k, TIPL__TERM_STATUS) == NULL) return;
    tipl_span word = tipl__span_of(s, k, k);
    const char *text = s->build->text + word.offset; /* whatever blank there is between */
    bool trade = word.length >= 14 && memcmp(text, "commercial", 10) == 0 && memcmp(text + word.length - 3, "sex", 3) == 0;
    if (trade && clause == TIPL__CLAUSE_IN) return; /* where they were found, not what was done to them */
    bool form = tipl__term_of(s, k, TIPL__TERM_FORM) != NULL;
    uint32_t last = form ? read_forms(s, k, &more) : k;
    *r = more;
    r->last = last;
    if (form) return;
  }
}

tipl__reading tipl__read_predicate(const tipl__scene *s, uint32_t be) {
  tipl__reading none = TIPL__READ_NOTHING;
  if (tipl__term_of(s, be + 1, TIPL__TERM_VERB) != NULL) return none;
  uint32_t origin = read_origin(s, be + 1, &none);
  if (origin != be + 1) {
    none.last = origin;
    return none;
  }
  uint32_t form = be + 2; /* "were for sex trafficking", "were of suspected forced labor" */
  if (tipl__shows(s, be + 1, TIPL__SMALL(FOR) | TIPL__SMALL(OF)) && tipl__term_of(s, form, TIPL__TERM_STATUS) != NULL) form++;
  if (tipl__shows(s, be + 1, TIPL__SMALL(FOR) | TIPL__SMALL(OF)) && tipl__term_of(s, form, TIPL__TERM_FORM) != NULL) {
    tipl__take_modifier(s, form, &none);
    none.last = read_forms(s, form, &none);
    return none;
  }
  return tipl__read_phrase(s, be + 1);
}

tipl__reading tipl__read_copula(const tipl__scene *s, uint32_t be) {
  tipl__reading none = TIPL__READ_NOTHING, r = none;
  uint32_t i = be + 1;
  if (!tipl__is_clause(s, be, TIPL__CLAUSE_BE)) return none;
  if (tipl__is_clause(s, i, TIPL__CLAUSE_A) || tipl__is_clause(s, i, TIPL__CLAUSE_THE) || tipl__is_clause(s, i, TIPL__CLAUSE_ALL)) i++;
  if (tipl__spells(s, i, "subjected") && tipl__is_clause(s, i + 1, TIPL__CLAUSE_TO)) {
    uint32_t form = tipl__term_of(s, i + 2, TIPL__TERM_FORM) != NULL ? i + 2 : i + 3;
    if (tipl__term_of(s, form, TIPL__TERM_FORM) == NULL || tipl__ends_phrase(s, i + 2)) return none;
    tipl__take_modifier(s, form, &r);
    r.last = read_forms(s, form, &r);
    return r;
  }
  if (tipl__is_any(s, i, TIPL__CLASS(VERB))) return none;
  uint32_t origin = read_origin(s, i, &r);
  if (origin == i) {
    tipl__reading probe = none;
    if (!tipl__take_modifier(s, i, &probe) && !tipl__is_noun(s, i)) return none;
    r = tipl__read_phrase(s, i);
    if (r.last != TIPL_NONE) tipl__read_behind(s, r.last + 1, &r);
  }
  return r;
}
