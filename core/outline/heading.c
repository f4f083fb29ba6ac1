/* heading.c: see heading.h. The tables are short: each look-up is a scan with a check of the first
 * byte. */
#include "outline/heading.h"

#include <string.h>

#include "names_data.h"

enum {
  LONGEST_HEADING = 120,  /* bytes */
  LONGEST_PUBLISHER = 72, /* bytes */
  MOST_STOPS = 3,         /* full stops and the like tried as the end of a run-in heading */
  STAR_WORDS = 8          /* most words that "*" stands for */
};

static const char *form_text(const tipl__form *form) {
  return tipl__name_pool + form->text;
}

/* The forms of a place, up to those of the next. */
static const tipl__form *first_of(tipl__place place) {
  return &tipl__heading_forms[tipl__heading_place[place]];
}

/* All of the folded line against a form, "*" standing for one to eight words. */
static bool same(const tipl__form *form, const tipl__folded *line) {
  const char *text = form_text(form), *star = strchr(text, '*');
  if (star == NULL)
    return form->length == line->length && memcmp(text, line->text, form->length) == 0;
  uint32_t before = (uint32_t)(star - text), after = form->length - before - 1;
  if (line->length <= before + after || memcmp(text, line->text, before) != 0) return false;
  if (memcmp(star + 1, line->text + line->length - after, after) != 0) return false;
  uint32_t words = 1;
  for (uint32_t i = before; i < line->length - after; i++) words += line->text[i] == ' ';
  return words <= STAR_WORDS;
}

/* A colon, semicolon or full stop before the last byte: words follow that are no part of a name. */
static bool goes_on(const char *text, uint32_t begin, uint32_t end) {
  for (uint32_t at = begin; at + 1 < end; at++)
    if (text[at] == ':' || text[at] == ';' || (text[at] == '.' && text[at + 1] == ' ')) return true;
  return false;
}

/* The heading that the folded text is; `alone`: on a line of its own, else run in. */
static const tipl__form *heading_form(const tipl__folded *line, bool alone) {
  const tipl__form *form = first_of(alone ? TIPL__PLACE_LINE : TIPL__PLACE_START);
  for (; form < first_of(TIPL__PLACE_OPENS); form++)
    if (same(form, line)) return form;
  return NULL;
}

bool tipl__heading_line(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind) {
  if (end - begin > LONGEST_HEADING || tipl__lower(text[begin])) return false;
  tipl__folded line;
  tipl__fold(&line, text + begin, end - begin);
  const tipl__form *form = heading_form(&line, true);
  if (form == NULL || (form->place == TIPL__PLACE_COLON && text[end - 1] != ':')) return false;
  if (strchr(form_text(form), '*') != NULL && goes_on(text, begin, end)) return false;
  *kind = (tipl_section_kind)form->kind;
  return true;
}

static const tipl__form *run_in_form(const char *text, uint32_t begin, uint32_t end) {
  tipl__folded folded;
  tipl__fold(&folded, text + begin, end - begin);
  return heading_form(&folded, false);
}

/* "PROSECUTION The government": the run of capitals at the start, when a word in lower case
 * follows. */
static uint32_t run_of_capitals(const char *text, uint32_t begin, uint32_t end) {
  uint32_t at = begin, n;
  while (at < end && (n = tipl__upper(text[at]) || text[at] == '-' ? 1 : tipl__blank(text, at)) > 0) at += n;
  if (at >= end || at < begin + 6 || !tipl__lower(text[at])) return 0;
  return tipl__trim_end(text, begin, at - 1);
}

/* Is the letter one of these initials? */
static bool is_initial(uint32_t initials, char letter) { return (initials >> (letter & 31) & 1) != 0; }

/* The first three letters are those of a form that may be run in: nearly no paragraph gets past
 * this. */
static bool may_run_in(const char *text, uint32_t begin) {
  char start[3];
  if (!is_initial(TIPL__START_INITIALS, text[begin])) return false;
  for (int i = 0; i < 3; i++) {
    char c = text[begin + (uint32_t)i];
    start[i] = tipl__upper(c) ? (char)(c + ('a' - 'A')) : c;
  }
  for (const tipl__form *form = first_of(TIPL__PLACE_START); form < first_of(TIPL__PLACE_OPENS); form++)
    if (memcmp(form_text(form), start, 3) == 0) return true;
  return false;
}

uint32_t tipl__heading_run_in(const char *text, uint32_t begin, uint32_t end,
                              tipl_section_kind *kind) {
  if (!tipl__upper(text[begin]) || !may_run_in(text, begin)) return 0;
  if (end - begin > LONGEST_HEADING) end = begin + LONGEST_HEADING;
  const tipl__form *form = NULL;
  uint32_t stop = begin, stops = 0;
  for (uint32_t at = begin; form == NULL && at < end && stops < MOST_STOPS; at++) {
    bool dash =
        memcmp(text + at, "\xE2\x80\x93", 3) == 0 || memcmp(text + at, "\xE2\x80\x94", 3) == 0;
    if (text[at] != ':' && text[at] != '.' && !dash) continue;
    stops++;
    form = run_in_form(text, begin, at);
    bool star = form != NULL && strchr(form_text(form), '*') != NULL;
    if (star && text[at] != ':') form = NULL;
    stop = at + (dash ? 3 : 1);
  }
  if (form == NULL && (stop = run_of_capitals(text, begin, end)) > 0)
    form = run_in_form(text, begin, stop);
  if (form == NULL) return 0;
  *kind = (tipl_section_kind)form->kind;
  return stop;
}

/* ------------------------------------------------------------------ lost headings */

bool tipl__heading_opens(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind) {
  tipl__folded words;
  if (tipl__upper(text[begin]) && !is_initial(TIPL__OPENS_INITIALS, text[begin])) return false;
  tipl__fold(&words, text + begin, end - begin < 60 ? end - begin : 60);
  for (const tipl__form *form = first_of(TIPL__PLACE_OPENS); form < first_of(TIPL__PLACE_CLAUSE); form++) {
    if (*form_text(form) != words.text[0]) continue;
    if (tipl__folded_starts(words.text, form_text(form)) == 0) continue;
    *kind = (tipl_section_kind)form->kind;
    return true;
  }
  return false;
}

/* End of the first sentence, roughly: a full stop before a blank. */
static uint32_t sentence_end(const char *text, uint32_t begin, uint32_t end) {
  for (uint32_t at = begin; at < end; at++)
    if (text[at] == '.' && (at + 1 == end || tipl__blank(text, at + 1) > 0)) return at;
  return end;
}

/* The clause that the folded text begins with, in a sentence with the government as its subject or without. */
static const tipl__form *clause_form(const char *folded, bool government) {
  if (!is_initial(TIPL__CLAUSE_INITIALS, *folded)) return NULL;
  for (const tipl__form *form = first_of(TIPL__PLACE_CLAUSE); form < first_of(TIPL__PLACES); form++) {
    if (*form_text(form) != *folded || government == (form->kind == TIPL_SECTION_PROFILE)) continue;
    if (tipl__folded_starts(folded, form_text(form)) > 0) return form;
  }
  return NULL;
}

bool tipl__heading_clause(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind) {
  if (end - begin > TIPL__FOLD) end = begin + TIPL__FOLD;
  tipl__folded sentence;
  tipl__fold(&sentence, text + begin, sentence_end(text, begin, end) - begin);
  bool government = tipl__folded_starts(sentence.text, "the government") > 0;
  for (const char *at = sentence.text; at != NULL; at = strchr(at, ' ')) {
    at += *at == ' ';
    const tipl__form *form = clause_form(at, government);
    if (form == NULL) continue;
    *kind = (tipl_section_kind)form->kind;
    return true;
  }
  return false;
}

/* ------------------------------------------------------------------ publishers */

/* Folded text behind a number such as "iv ". */
static const char *after_numeral(const char *folded) {
  size_t n = strspn(folded, "ivxlc");
  return n > 0 && folded[n] == ' ' ? folded + n + 1 : folded;
}

/* Could the folded text begin like the form? Compared as far as the text goes on in plain letters and blanks. */
static bool may_begin(const char *text, const char *form) {
  for (; *form != '\0'; text++, form++) {
    char c = tipl__upper(*text) ? (char)(*text + ('a' - 'A')) : *text;
    if (c != *form) return !tipl__lower(c);
  }
  return true;
}

/* Nearly no line gets past its first word. A long line is a publisher's only by its start. */
static bool may_be_publisher(const char *text, bool whole) {
  char c = tipl__upper(*text) ? (char)(*text + ('a' - 'A')) : *text;
  if (!tipl__lower(c)) return true;
  const char *behind = text + strspn(text, "IVXLCivxlc");
  if (behind > text && !tipl__lower(*behind) && !tipl__upper(*behind)) return true; /* a numeral may come first */
  for (int i = 0; i < TIPL__PUBLISHER_FORMS; i++) {
    const tipl__form *form = &tipl__publisher_forms[i];
    if (*form_text(form) != c || (!whole && form->place != TIPL__PLACE_START)) continue;
    if (may_begin(text, form_text(form))) return true;
  }
  return false;
}

tipl__publisher tipl__publisher_line(const char *text, uint32_t begin, uint32_t end) {
  tipl__folded line;
  bool whole = end - begin <= LONGEST_PUBLISHER;
  if (!may_be_publisher(text + begin, whole)) return TIPL__PUBLISHER_NO;
  tipl__fold(&line, text + begin, whole ? end - begin : LONGEST_PUBLISHER);
  const char *words = after_numeral(line.text);
  for (int i = 0; i < TIPL__PUBLISHER_FORMS; i++) {
    const tipl__form *form = &tipl__publisher_forms[i];
    if (form_text(form)[0] != words[0] || strncmp(form_text(form), words, form->length) != 0)
      continue;
    if (form->place == TIPL__PLACE_START) return TIPL__PUBLISHER_START;
    if (!whole || words[form->length] != '\0') continue;
    return form->kind == 2 ? TIPL__PUBLISHER_END : form->kind == 1 ? TIPL__PUBLISHER_SPECIAL : TIPL__PUBLISHER_LINE;
  }
  return TIPL__PUBLISHER_NO;
}
