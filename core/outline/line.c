/* line.c: see line.h. */
#include "outline/line.h"

#include <string.h>

#include "names_data.h"

/* ------------------------------------------------------------------ blanks and lines */

uint32_t tipl__blank(const char *text, uint32_t at) {
  const unsigned char *s = (const unsigned char *)text + at;
  if (s[0] == ' ' || (s[0] >= '\t' && s[0] <= '\r')) return 1;
  if (s[0] == 0xC2) return s[1] == 0xA0 || s[1] == 0x85 ? 2 : 0;
  if (s[0] == 0xE2 && s[1] == 0x80)
    return s[2] <= 0x8B || s[2] == 0xA8 || s[2] == 0xA9 || s[2] == 0xAF ? 3 : 0;
  if (s[0] == 0xE3) return s[1] == 0x80 && s[2] == 0x80 ? 3 : 0;
  if (s[0] == 0xEF) return s[1] == 0xBB && s[2] == 0xBF ? 3 : 0;
  return 0;
}

uint32_t tipl__skip_blanks(const char *text, uint32_t at, uint32_t end) {
  for (uint32_t n; at < end && (n = tipl__blank(text, at)) > 0;) at += n;
  return at < end ? at : end;
}

uint32_t tipl__trim_end(const char *text, uint32_t begin, uint32_t end) {
  for (;;) {
    uint32_t n = 1;
    while (n <= 3 && end - begin >= n && tipl__blank(text, end - n) != n) n++;
    if (n > 3 || end - begin < n) return end;
    end -= n;
  }
}

/* End of the line at `at`, before its \n, \r\n or lone \r. */
static uint32_t line_end(const char *text, uint32_t at, uint32_t length) {
  const char *s = text + at;
  const char *stop = memchr(s, '\n', length - at);
  size_t n = stop != NULL ? (size_t)(stop - s) : length - at;
  stop = memchr(s, '\r', n);
  return at + (uint32_t)(stop != NULL ? (size_t)(stop - s) : n);
}

bool tipl__next_line(tipl__line *line, const char *text, uint32_t length, uint32_t *cursor) {
  uint32_t at = *cursor;
  line->after_blank = at == 0;
  while (at < length) {
    uint32_t end = line_end(text, at, length), next = end;
    if (next < length && text[next] == '\r') next++;
    if (next < length && text[next] == '\n') next++;
    line->begin = tipl__skip_blanks(text, at, end);
    line->end = tipl__trim_end(text, line->begin, end);
    at = *cursor = next;
    if (line->begin < line->end) return true;
    line->after_blank = true;
  }
  return false;
}

bool tipl__ends_sentence(const char *text, uint32_t begin, uint32_t end) {
  while (end > begin) {
    char c = text[end - 1];
    if (c == '.' || c == '!' || c == '?') return true;
    bool quote = end - begin >= 3 && memcmp(text + end - 3, "\xE2\x80", 2) == 0 &&
                 ((unsigned char)c == 0x9D || (unsigned char)c == 0x99);
    if (quote)
      end -= 3;
    else if (c == '"' || c == '\'' || c == ')')
      end--;
    else
      return false;
  }
  return false;
}

/* ------------------------------------------------------------------ folding */

static void end_word(tipl__folded *out) {
  uint32_t n = out->length;
  bool saint =
      n >= 5 && memcmp(out->text + n - 5, "saint", 5) == 0 && (n == 5 || out->text[n - 6] == ' ');
  if (saint) {
    memcpy(out->text + n - 5, "st", 2);
    out->length = n - 3;
  }
}

static void put(tipl__folded *out, char c) {
  if (c == ' ') {
    if (out->length == 0 || out->text[out->length - 1] == ' ') return;
    end_word(out);
  }
  if (out->length < TIPL__FOLD - 1)
    out->text[out->length++] = c;
  else
    out->whole = false;
}

static void put_ascii(tipl__folded *out, char c) {
  if (tipl__upper(c))
    put(out, (char)(c + ('a' - 'A')));
  else if (tipl__lower(c) || tipl__digit(c))
    put(out, c);
  else if (c == '&') {
    for (const char *and = " and "; *and != '\0'; and++) put(out, *and);
  } else if (c != '.' && c != '\'')
    put(out, ' ');
}

/* One character that is not ASCII; returns its bytes, or 1 where it is cut off or of no interest.
 */
static size_t put_wide(tipl__folded *out, const unsigned char *s, size_t left) {
  unsigned char next = left > 1 ? s[1] : 0;
  if (s[0] >= 0xC3 && s[0] <= 0xC5 && (next & 0xC0) == 0x80) {
    const char *base = tipl__latin[((s[0] & 0x1Fu) << 6 | (next & 0x3Fu)) - 0xC0];
    if (*base == '\0') put(out, ' ');
    for (; *base != '\0'; base++) put(out, *base);
    return 2;
  }
  if ((s[0] == 0xCC && next >= 0x80) || (s[0] == 0xCD && next >= 0x80 && next <= 0xAF)) return 2;
  if (s[0] == 0xE2 && next == 0x80 && left > 2 && (s[2] == 0x98 || s[2] == 0x99)) return 3;
  put(out, ' ');
  return 1;
}

/* Letters and digits of ASCII from `s` on, as far as there is room; returns their bytes. */
static size_t put_run(tipl__folded *out, const unsigned char *s, size_t left) {
  size_t n = 0, room = TIPL__FOLD - 1 - out->length;
  if (left > room) left = room;
  for (; n < left; n++) {
    unsigned char c = s[n];
    bool letter = (unsigned char)((c | 0x20) - 'a') < 26, digit = (unsigned char)(c - '0') < 10;
    if (!(letter | digit)) break;
    out->text[out->length + n] = (char)(c | 0x20); /* which a digit has anyway */
  }
  out->length += (uint32_t)n;
  return n;
}

void tipl__fold(tipl__folded *out, const char *text, size_t length) {
  const unsigned char *s = (const unsigned char *)text;
  out->length = 0;
  out->whole = true;
  for (size_t at = 0; at < length && out->whole;) {
    at += put_run(out, s + at, length - at);
    if (at == length) break;
    if (s[at] < 0x80)
      put_ascii(out, text[at++]);
    else
      at += put_wide(out, s + at, length - at);
  }
  if (out->length > 0 && out->text[out->length - 1] == ' ')
    out->length--;
  else
    end_word(out);
  out->text[out->length] = '\0';
}

uint32_t tipl__folded_starts(const char *folded, const char *words) {
  size_t n = strlen(words);
  if (strncmp(folded, words, n) != 0) return 0;
  return folded[n] == ' ' || folded[n] == '\0' ? (uint32_t)n : 0;
}

int tipl__folded_find(const tipl__folded *folded, const char *words) {
  for (const char *at = folded->text; at != NULL;) {
    if (tipl__folded_starts(at, words) > 0) return (int)(at - folded->text);
    at = strchr(at, ' ');
    if (at != NULL) at++;
  }
  return -1;
}
