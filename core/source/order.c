/* order.c: which of two orders of a page's lines reads better. pdftotext works out the order of reading, and now and then
 * takes the tops of two columns for one line after the other; the order of the file is then the right one, where
 * it was not the other way round. Where the two orders part, sentences tell: a line that ends no sentence goes
 * on in lower case. Called by pdf.c. */
#include "base/ascii.h"
#include "base/hashes.h"
#include "source/source.h"

enum {
  FULL_LINE = 40, /* bytes; a shorter line may be a title, and a title goes on nowhere */
  LEAST = 3       /* breaks in the order of reading, for the other to be asked */
};

typedef struct line {
  const char *text;
  uint32_t length;
  uint32_t hash; /* of its letters and digits: hyphens and blanks differ between the orders */
} line;

static bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool cut(tipl__vec *lines, const tipl__alloc *alloc, const char *text, uint32_t length) {
  for (uint32_t at = 0; at < length;) {
    uint32_t end = at;
    while (end < length && text[end] != '\n' && text[end] != '\f') end++;
    uint32_t begin = at, stop = end;
    while (begin < stop && is_blank(text[begin])) begin++;
    while (stop > begin && is_blank(text[stop - 1])) stop--;
    at = end + 1;
    if (begin == stop) continue;
    line *row = tipl__vec_push(lines, alloc);
    if (row == NULL) return false;
    *row = (line){text + begin, stop - begin, TIPL__HASH};
    for (uint32_t i = begin; i < stop; i++)
      if (tipl__letter(text[i]) || tipl__digit(text[i])) row->hash = tipl__hash_more(row->hash, text[i]);
  }
  return true;
}

/* The pair of a line and the next, as one number; never 0. */
static uint32_t pair(const tipl__vec *lines, uint32_t i) {
  const line *rows = lines->data;
  uint32_t both = rows[i].hash * 31u ^ rows[i + 1].hash;
  return both == 0 ? 1 : both;
}

static bool in_capitals(const line *row) {
  return !tipl__has_lower(row->text, row->length);
}

/* A sentence breaks off between the two lines, or goes on behind its end. */
static bool breaks(const line *a, const line *b) {
  char last = a->text[a->length - 1];
  bool ends = last == '.' || last == '!' || last == '?' || last == ':';
  if (ends) return tipl__lower(b->text[0]);
  return tipl__upper(b->text[0]) && a->length > FULL_LINE && !in_capitals(a) && !in_capitals(b);
}

/* Breaks of an order at pairs that the other does not have; false when memory ran out. */
static bool count_breaks(uint32_t *count, const tipl__vec *lines, const tipl__vec *other, const tipl__alloc *alloc) {
  const line *rows = lines->data;
  tipl__hashes pairs;
  if (!tipl__hashes_make(&pairs, alloc, other->count)) return false;
  for (uint32_t i = 0; i + 1 < other->count; i++) tipl__hashes_put(&pairs, pair(other, i));
  *count = 0;
  for (uint32_t i = 0; i + 1 < lines->count; i++)
    if (!tipl__hashes_has(&pairs, pair(lines, i))) *count += breaks(&rows[i], &rows[i + 1]);
  tipl__hashes_free(&pairs, alloc);
  return true;
}

bool tipl__reads_better(const tipl__alloc *alloc, const char *raw, uint32_t raw_length, const char *read, uint32_t length) {
  tipl__vec a = tipl__vec_of(sizeof(line)), b = tipl__vec_of(sizeof(line));
  bool better = false;
  uint32_t in_reading, in_file;
  if (cut(&a, alloc, raw, raw_length) && cut(&b, alloc, read, length) && count_breaks(&in_reading, &b, &a, alloc) &&
      count_breaks(&in_file, &a, &b, alloc))
    better = in_reading >= LEAST && in_file * 2 <= in_reading;
  tipl__vec_free(&a, alloc);
  tipl__vec_free(&b, alloc);
  return better;
}
