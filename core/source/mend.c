/* mend.c: makes words whole that the end of a line, soft hyphens or marks without width have parted, and turns line
 * ends of every kind into "\n". All of it in the map; a text that needs none of it stays as it is.
 *
 *   identi-    soft hyphen     2016-      six-       U+2028
 *   fied       or U+200B       2020       month
 *   identified   (gone)        2016-2020  six-month  "\n"
 *
 * Whether a hyphen is the line's own is told by the words of the text, by the lexicon's, and by hyphens.tsv. Called by
 * decode.c for every text, behind what its format asks for. */
#include "base/ascii.h"
#include "base/hashes.h"
#include "lexicon/lexicon.h"
#include "names_data.h"
#include "source/source.h"

enum {
  LONGEST = 40,       /* bytes of a word that is looked up */
  LONGEST_ACRONYM = 5 /* letters; a longer word in capitals is one of a heading */
};

typedef struct mender {
  const tipl__alloc *alloc;
  const char *text;
  uint32_t length;
  tipl__hashes words; /* the whole words of the text */
} mender;

/* ------------------------------------------------------------------ what there is to mend */

/* Bytes of the soft hyphen or mark without width at `at`, 0 when there is none. A byte order mark at the start is none. */
static uint32_t no_width(const char *text, uint32_t at) {
  const unsigned char *s = (const unsigned char *)text + at;
  if (s[0] == 0xC2) return s[1] == 0xAD ? 2 : 0;
  if (s[0] == 0xE2) return (s[1] == 0x80 && s[2] == 0x8B) || (s[1] == 0x81 && s[2] == 0xA0) ? 3 : 0;
  return s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF && at > 0 ? 3 : 0;
}

/* Bytes of a line end that is none in ASCII: vertical tab, form feed, NEL, U+2028, U+2029. */
static uint32_t line_end(const char *text, uint32_t at) {
  const unsigned char *s = (const unsigned char *)text + at;
  if (s[0] == '\v' || s[0] == '\f') return 1;
  if (s[0] == 0xC2) return s[1] == 0x85 ? 2 : 0;
  return s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9) ? 3 : 0;
}

/* The byte behind a line end in ASCII and the blanks around it, from `at` on; 0 when there is none, or an empty line. */
static uint32_t behind_line_end(const char *text, uint32_t at) {
  while (text[at] == ' ' || text[at] == '\t') at++;
  if (text[at] != '\n' && text[at] != '\r') return 0;
  at += text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
  while (text[at] == ' ' || text[at] == '\t') at++;
  return at;
}

static uint32_t word_end(const char *text, uint32_t at) {
  while (tipl__letter(text[at])) at++;
  return at;
}

/* The word, in any case, stands in a list of words in lower case with a blank before and behind each. */
static bool in_list(const char *list, const char *word, uint32_t n) {
  char blanked[LONGEST + 3];
  if (n == 0 || n > LONGEST) return false;
  blanked[0] = blanked[n + 1] = ' ';
  for (uint32_t i = 0; i < n; i++) blanked[i + 1] = word[i] | 0x20;
  blanked[n + 2] = '\0';
  return strstr(list, blanked) != NULL;
}

static uint32_t word_begin(const char *text, uint32_t end) {
  while (end > 0 && tipl__letter(text[end - 1])) end--;
  return end;
}

/* "short-" above "and long-term": a hyphen that waits for another word. "PROTECTION-" above "The": a heading. */
static bool stands_apart(const char *text, uint32_t at, uint32_t next) {
  uint32_t begin = word_begin(text, at);
  if (in_list(tipl__suspends, text + next, word_end(text, next) - next)) return true;
  return at - begin > LONGEST_ACRONYM && !tipl__has_lower(text + begin, at - begin) && tipl__upper(text[next]) && tipl__lower(text[next + 1]);
}

/* Bytes of the hyphen at `at`, between a letter or digit and a line end behind which one follows; *next is that. An en
 * dash is one between digits. */
static uint32_t parting(const char *text, uint32_t at, uint32_t *next) {
  uint32_t n = text[at] == '-' ? 1 : 3;
  bool dash = n == 3 && memcmp(text + at, "\xE2\x80\x93", 3) == 0;
  if ((n == 3 && !dash) || at == 0) return 0;
  char before = text[at - 1];
  if (!tipl__digit(before) && (dash || !tipl__letter(before))) return 0;
  *next = behind_line_end(text, at + n);
  if (*next == 0) return 0;
  if (tipl__digit(text[*next])) return n;
  return !dash && tipl__letter(text[*next]) && !stands_apart(text, at, *next) ? n : 0;
}

/* The first place from `at` on where there may be something to mend, or `end`: by one look for each byte that such a
 * thing begins with. */
static uint32_t next_byte(const char *text, uint32_t at, uint32_t end, char c) {
  const char *found = at < end ? memchr(text + at, c, end - at) : NULL;
  return found != NULL ? (uint32_t)(found - text) : end;
}

static bool is_needed(const mender *m) {
  static const char begins[] = {'\v', '\f', '\xC2', '\xE2', '\xEF'};
  uint32_t next;
  for (size_t i = 0; i < sizeof begins; i++)
    for (uint32_t at = 0; (at = next_byte(m->text, at, m->length, begins[i])) < m->length; at++)
      if (no_width(m->text, at) > 0 || line_end(m->text, at) > 0 || (begins[i] == '\xE2' && parting(m->text, at, &next) > 0))
        return true;
  for (uint32_t at = 0; (at = next_byte(m->text, at, m->length, '-')) < m->length; at++)
    if (parting(m->text, at, &next) > 0) return true;
  return false;
}

/* ------------------------------------------------------------------ the words of the text */

/* Of the letters of two stretches; never 0. */
static uint32_t hash_letters(const char *a, uint32_t n, const char *b, uint32_t more) {
  uint32_t hash = TIPL__HASH;
  for (uint32_t i = 0; i < n + more; i++) hash = tipl__hash_more(hash, i < n ? a[i] : b[i - n]);
  return hash == 0 ? 1 : hash;
}

static bool gather_words(mender *m) {
  uint32_t count = 0, next;
  for (uint32_t i = 0; i < m->length; i++) count += tipl__letter(m->text[i]) && !tipl__letter(m->text[i + 1]);
  if (!tipl__hashes_make(&m->words, m->alloc, count)) return false;
  uint32_t rest = TIPL_NONE; /* the second part of a parted word begins here */
  for (uint32_t at = 0; at < m->length;) {
    uint32_t end = word_end(m->text, at);
    bool parted = m->text[end] == '-' && parting(m->text, end, &next) > 0;
    if (end > at && !parted && at != rest) tipl__hashes_put(&m->words, hash_letters(m->text + at, end - at, "", 0));
    if (parted) rest = next;
    at = end + 1;
  }
  return true;
}

/* A word of the text, or one that tipl knows. */
static bool is_word(const mender *m, const char *word, uint32_t n) {
  return tipl__hashes_has(&m->words, hash_letters(word, n, "", 0)) || tipl__word_find(word, n) >= TIPL__WORD_FIRST;
}

/* The hyphen between the words that end at `at` and begin at `next` is the line's own: "traf-" before "ficking". The two are
 * one word where the text or the lexicon has that; else two where both are words ("government-" "funded"), or where the
 * first is an acronym or often stands before a hyphen; else one. */
static bool is_whole(const mender *m, uint32_t at, uint32_t next) {
  const char *text = m->text;
  uint32_t begin = word_begin(text, at), end = word_end(text, next), first = at - begin, second = end - next;
  if (first == 0 || !tipl__lower(text[next]) || !tipl__has_lower(text + begin, first)) return false;
  if (tipl__hashes_has(&m->words, hash_letters(text + begin, first, text + next, second))) return true;
  char whole[LONGEST];
  if (first + second <= sizeof whole) {
    memcpy(whole, text + begin, first);
    memcpy(whole + first, text + next, second);
    if (tipl__word_find(whole, first + second) >= TIPL__WORD_FIRST) return true;
  }
  bool known = in_list(tipl__hyphened, text + begin, first) || is_word(m, text + begin, first);
  return !known || !is_word(m, text + next, second);
}

/* ------------------------------------------------------------------ writing */

/* Puts what stands from *done to `at` as it is. */
static void put_up_to(const mender *m, tipl__rewrite *out, uint32_t *done, uint32_t at) {
  tipl__rewrite_put(out, m->text + *done, at - *done, (tipl_span){*done, at - *done});
  *done = at;
}

/* A line end that goes comes back at the blank behind the word: lines keep their lengths, by which the outline knows
 * wrapped text. */
static void write_text(const mender *m, tipl__rewrite *out) {
  uint32_t done = 0, next = 0;
  bool owed = false; /* a line end */
  for (uint32_t at = 0; at < m->length; at++) {
    char c = m->text[at];
    if (owed && (c == ' ' || c == '\n' || c == '\r')) {
      owed = false;
      if (c != ' ') continue;
      put_up_to(m, out, &done, at);
      tipl__rewrite_put(out, "\n", 1, (tipl_span){at, 1});
      done = at + 1;
    }
    if (c != '-' && c != '\v' && c != '\f' && c != '\xC2' && c != '\xE2' && c != '\xEF') continue;
    uint32_t gone = no_width(m->text, at), ends = line_end(m->text, at), hyphen = parting(m->text, at, &next);
    if (gone + ends + hyphen == 0) continue;
    put_up_to(m, out, &done, hyphen > 0 && !is_whole(m, at, next) ? at + hyphen : at);
    if (ends > 0) tipl__rewrite_put(out, "\n", 1, (tipl_span){at, ends});
    owed = owed || hyphen > 0;
    done = hyphen > 0 ? next : at + gone + ends;
    at = done - 1;
  }
  put_up_to(m, out, &done, m->length);
}

tipl_status tipl__mend(tipl__build *build) {
  mender m = {.alloc = &build->alloc, .text = build->text, .length = build->length};
  if (!is_needed(&m)) return TIPL_OK;
  if (!gather_words(&m)) return tipl__source_no_memory(build);
  tipl__rewrite out = tipl__rewrite_of(&build->alloc);
  write_text(&m, &out);
  tipl__hashes_free(&m.words, m.alloc);
  return tipl__source_replace(build, &out);
}

bool tipl__mend_hyphens(const tipl__alloc *alloc, const char *text, uint32_t length, tipl__hyphen_fn take, void *payload) {
  mender m = {.alloc = alloc, .text = text, .length = length};
  if (!gather_words(&m)) return false;
  uint32_t next;
  for (uint32_t at = 0; (at = next_byte(text, at, length, '-')) < length; at++)
    if (parting(text, at, &next) > 0 && !is_whole(&m, at, next)) take(payload, at, next);
  tipl__hashes_free(&m.words, m.alloc);
  return true;
}
