/* tier.c: see tier.h. */
#include "outline/tier.h"

#include <string.h>

#include "outline/country.h"

enum {
  LONGEST_NAME = 90, /* bytes before the tier that may be its country's name */
  LONGEST_LINE = 160 /* bytes of a line that is taken for a tier line though its name is unknown */
};

/* The word in any case at `at`; its end, or 0. */
static uint32_t word_at(const char *text, uint32_t at, uint32_t end, const char *word) {
  for (; *word != '\0'; word++, at++) {
    if (at >= end) return 0;
    char c = tipl__upper(text[at]) ? (char)(text[at] + ('a' - 'A')) : text[at];
    if (c != *word) return 0;
  }
  return at;
}

/* Two words with blanks between. */
static uint32_t words_at(const char *text, uint32_t at, uint32_t end, const char *first,
                         const char *second) {
  uint32_t next = word_at(text, at, end, first);
  return next == 0 ? 0 : word_at(text, tipl__skip_blanks(text, next, end), end, second);
}

/* " - WATCH LIST" from the end of "TIER 2" on: its end, or 0. */
static uint32_t watch_list(const char *text, uint32_t at, uint32_t end) {
  at = tipl__skip_blanks(text, at, end);
  if (at < end && text[at] == '-')
    at++;
  else if (end - at >= 3 &&
           (memcmp(text + at, "\xE2\x80\x93", 3) == 0 || memcmp(text + at, "\xE2\x80\x94", 3) == 0))
    at += 3;
  return words_at(text, tipl__skip_blanks(text, at, end), end, "watch", "list");
}

tipl_tier tipl__tier_at(const char *text, uint32_t at, uint32_t end, uint32_t *tier_end) {
  uint32_t next = words_at(text, at, end, "special", "case");
  bool plural = next != 0 && next < end && text[next] == 's';
  bool ends = plural ? next + 1 == end : next == end || !tipl__lower(text[next]);
  if (next != 0 && ends) {
    *tier_end = next;
    return TIPL_TIER_SPECIAL;
  }
  next = word_at(text, at, end, "tier");
  if (next == 0) return TIPL_TIER_NONE;
  next = tipl__skip_blanks(text, next, end);
  if (next >= end || text[next] < '1' || text[next] > '3') return TIPL_TIER_NONE;
  char number = text[next++], after = text[next];
  if (next < end && (tipl__digit(after) || tipl__lower(after))) return TIPL_TIER_NONE;
  *tier_end = next;
  if (number == '1') return TIPL_TIER_1;
  if (number == '3') return TIPL_TIER_3;
  next = watch_list(text, next, end);
  if (next == 0) return TIPL_TIER_2;
  *tier_end = next;
  return TIPL_TIER_2WL;
}

/* ------------------------------------------------------------------ tier lines */

/* Footnote marks after the tier: asterisks, section signs, daggers. */
static uint32_t skip_marks(const char *text, uint32_t at, uint32_t end) {
  for (;;) {
    if (at < end && (text[at] == '*' || text[at] == '^'))
      at++;
    else if (end - at >= 2 && memcmp(text + at, "\xC2\xA7", 2) == 0)
      at += 2;
    else if (end - at >= 3 && (memcmp(text + at, "\xE2\x80\xA0", 3) == 0 ||
                               memcmp(text + at, "\xE2\x80\xA1", 3) == 0))
      at += 3;
    else
      return at;
  }
}

/* A name may start at `at` inside a line: after a sentence, or fused to a word that ends in lower
 * case. */
static bool name_may_start(const char *text, uint32_t begin, uint32_t at) {
  if (at == begin) return true;
  if (!tipl__upper(text[at])) return false;
  if (tipl__lower(text[at - 1])) return true;
  return tipl__ends_sentence(text, begin, tipl__trim_end(text, begin, at));
}

/* The country whose name is all of [?, end), and where it starts. */
static uint32_t name_before(const char *text, uint32_t begin, uint32_t end, uint32_t *start) {
  uint32_t at = end - begin > LONGEST_NAME ? end - LONGEST_NAME : begin;
  for (; at < end; at++) {
    if (!name_may_start(text, begin, at)) continue;
    uint32_t row = tipl__country_find(text + at, end - at);
    if (row == TIPL_NONE) continue;
    *start = at;
    return row;
  }
  return TIPL_NONE;
}

/* What stands before the tier on a short line of its own: at most eight words, with capitals but
 * for short ones ("of", "and"), that end no sentence. */
static bool like_a_name(const char *text, uint32_t begin, uint32_t end) {
  if (begin >= end || end - begin > LONGEST_NAME || tipl__ends_sentence(text, begin, end))
    return false;
  if (!tipl__upper(text[begin]) && (unsigned char)text[begin] < 0xC3) return false;
  uint32_t words = 1;
  for (uint32_t i = begin + 1; i < end; i++) {
    if (text[i - 1] != ' ') continue;
    words++;
    if (tipl__lower(text[i]) && end - i > 3 && memchr(text + i, ' ', 4) == NULL) return false;
  }
  return words <= 8;
}

static void set(tipl__tier_line *out, uint32_t begin, uint32_t end, uint32_t tier,
                uint32_t tier_end) {
  out->line = (tipl_span){begin, end - begin};
  out->tier = (tipl_span){tier, tier_end - tier};
}

/* A sentence goes on behind the tier: "Ghana (Tier 2) is", "Ghana (Tier 2), ". */
static bool sentence_goes_on(const char *text, uint32_t at, uint32_t end) {
  if (at < end && (text[at] == ',' || text[at] == ';')) return true;
  uint32_t next = tipl__skip_blanks(text, at, end);
  return next > at && next < end && tipl__lower(text[next]);
}

/* The tier line whose colon or bracket stands at `mark`. */
static bool at_mark(tipl__tier_line *out, const char *text, uint32_t begin, uint32_t end,
                    uint32_t mark) {
  uint32_t tier_end = 0, tier = tipl__skip_blanks(text, mark + 1, end);
  out->kind = tipl__tier_at(text, tier, end, &tier_end);
  if (out->kind == TIPL_TIER_NONE) return false;
  uint32_t name_end = tipl__trim_end(text, begin, mark), next = tier_end, start = begin;
  if (text[mark] == '(') {
    next = tipl__skip_blanks(text, next, end);
    if (next < end && text[next] != ')') return false;
    next += next < end;
  }
  next = skip_marks(text, next, end);
  if (sentence_goes_on(text, next, end)) return false;
  out->country = name_before(text, begin, name_end, &start);
  if (out->country == TIPL_NONE) {
    bool alone = end - begin <= LONGEST_LINE && (next == end || text[next] == ' ');
    if (!alone || !like_a_name(text, begin, name_end)) return false;
    tipl__folded name;
    tipl__fold(&name, text + begin, name_end - begin);
    out->country = tipl__country_prefix(name.text, NULL);
    if (out->country == TIPL_NONE && tipl__folded_find(&name, "tier") >= 0)
      return false; /* "Penalties for Tier 3 Countries" */
    if (next < end && out->country == TIPL_NONE) return false;
  }
  set(out, start, next, tier, tier_end);
  return true;
}

/* "SPECIAL CASE: YEMEN" */
static bool special_first(tipl__tier_line *out, const char *text, uint32_t begin, uint32_t end) {
  uint32_t tier_end = 0;
  if (tipl__tier_at(text, begin, end, &tier_end) != TIPL_TIER_SPECIAL) return false;
  uint32_t name = tipl__skip_blanks(text, tier_end, end);
  if (name >= end || text[name] != ':') return false;
  name = tipl__skip_blanks(text, name + 1, end);
  uint32_t name_end = name;
  while (name_end < end && text[name_end] != '*' && (unsigned char)text[name_end] != 0xC2)
    name_end++;
  if (!like_a_name(text, name, tipl__trim_end(text, name, name_end))) return false;
  out->country = tipl__country_find(text + name, name_end - name);
  out->kind = TIPL_TIER_SPECIAL;
  set(out, begin, skip_marks(text, name_end, end), begin, tier_end);
  return true;
}

bool tipl__tier_line_find(tipl__tier_line *out, const char *text, uint32_t begin, uint32_t end) {
  if (special_first(out, text, begin, end)) return true;
  for (uint32_t at = begin + 1; at < end; at++) {
    const char *colon = memchr(text + at, ':', end - at);
    uint32_t stop = colon != NULL ? (uint32_t)(colon - text) : end;
    for (const char *open; (open = memchr(text + at, '(', stop - at)) != NULL;) {
      at = (uint32_t)(open - text);
      if (at_mark(out, text, begin, end, at)) return true;
      at++;
    }
    if (stop < end && at_mark(out, text, begin, end, stop)) return true;
    at = stop;
  }
  return false;
}
