/* repair.c: undoes what printing did to a text: running heads and page numbers go, ligatures are parted into
 * their letters, sentences go on over the end of a page. All of it in the map.
 *
 * Pages end in form feeds, as pdftotext writes them. Called by decode.c, behind pdf.c. */
#include "base/ascii.h"
#include "base/hashes.h"
#include "source/source.h"

enum {
  LONGEST_HEAD = 80, /* bytes of a running head */
  LONGEST_LINE = 160, /* bytes of one that is known by coming again, such as an address */
  LONGEST_NUMBER = 20, /* bytes of a page number and its words */
  FULL_LINE = 60,    /* bytes; a line as long goes on in the next, if with a number */
  FEW_LETTERS = 8,   /* a line of fewer must come again with its digits, too */
  EDGE = 2           /* lines at either end of a page that may be running heads */
};

typedef struct line {
  uint32_t begin, end; /* without its line end and outer blanks */
  uint32_t hash;       /* of its letters, or of all of a line with few: equal for the heads of two pages */
  bool page;           /* it begins a page */
  bool drop;
} line;

typedef struct mender {
  tipl__build *build;
  const char *text;
  tipl__vec lines;
  tipl__hashes heads; /* of pages, seen so far */
} mender;

/* Of a head in capitals the letters alone, since its page number may stand beside it; of a line with words in lower case, or
 * with few letters, all but a page's number at its end ("…/norway.html 3/12"). Never 0. */
static uint32_t hash_line(const char *text, uint32_t length) {
  uint32_t hash = TIPL__HASH, letters = 0;
  for (uint32_t i = 0; i < length; i++) letters += tipl__letter(text[i]);
  bool all = letters < FEW_LETTERS || tipl__has_lower(text, length);
  uint32_t end = length;
  while (all && letters >= FEW_LETTERS && end > 0 && (tipl__digit(text[end - 1]) || text[end - 1] == '/')) end--;
  if (end == 0 || text[end - 1] != ' ') end = length; /* that is no number of its own */
  for (uint32_t i = 0; i < end; i++)
    if (all || tipl__letter(text[i])) hash = tipl__hash_more(hash, text[i]);
  return hash == 0 ? 1 : hash;
}

/* ------------------------------------------------------------------ lines, and the heads among them */

static bool cut_lines(mender *m) {
  bool page = true;
  for (uint32_t at = 0; at < m->build->length;) {
    uint32_t end = at;
    while (end < m->build->length && m->text[end] != '\n' && m->text[end] != '\f') end++;
    line found = {at, end, 0, page, false};
    while (found.begin < found.end && m->text[found.begin] == ' ') found.begin++;
    while (found.end > found.begin && m->text[found.end - 1] == ' ') found.end--;
    if (found.begin < found.end) {
      found.hash = hash_line(m->text + found.begin, found.end - found.begin);
      line *row = tipl__vec_push(&m->lines, &m->build->alloc);
      if (row == NULL) return false;
      *row = found;
      page = false;
    }
    page = page || m->text[end] == '\f';
    at = end + 1;
  }
  return true;
}

static bool word_at(const char *text, const char *word) {
  for (; *word != '\0'; text++, word++)
    if ((*text | 0x20) != *word) return false;
  return !tipl__letter(*text);
}

/* "259", "Page 3", "- 12 -", "Page 3 of 12", "3/12": one or two numbers below 1000, with marks. What ends in a full stop may be
 * the last of a sentence, and four digits are a year. */
static bool is_page_number(const char *text, const line *row) {
  uint32_t numbers = 0;
  if (row->end - row->begin > LONGEST_NUMBER || text[row->end - 1] == '.') return false;
  for (uint32_t i = row->begin; i < row->end; i++) {
    uint32_t digits = 0;
    while (i < row->end && tipl__digit(text[i])) i++, digits++;
    if (digits > 3) return false;
    numbers += digits > 0;
    if (i >= row->end || !tipl__letter(text[i])) continue;
    bool page = numbers == 0 && word_at(text + i, "page"), of = numbers == 1 && word_at(text + i, "of");
    if (!page && !of) return false;
    i += page ? 3 : 1;
  }
  return numbers > 0 && numbers <= 2;
}

/* The headings of a narrative may come at the top of many pages. */
static bool is_heading(const char *text, const line *row) {
  static const char *const starts[] = {"PROSEC", "PROTEC", "PREVEN", "PRIORI", "RECOMM", "TRAFFICKING PROF", "GOVERN"};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (strncmp(text + row->begin, starts[i], strlen(starts[i])) == 0) return true;
  return false;
}

/* Short, without a word in lower case and without a tier: a running head by its look. */
static bool like_a_head(const char *text, const line *row) {
  if (row->end - row->begin > LONGEST_HEAD || is_heading(text, row)) return false;
  uint32_t letters = 0;
  for (uint32_t i = row->begin; i < row->end; i++) {
    if (tipl__lower(text[i])) return false;
    if (text[i] == 'T' && strncmp(text + i, "TIER", 4) == 0) return false;
    letters += tipl__letter(text[i]);
  }
  return letters > 2;
}

/* May be one if it comes again at the edge of another page: what a browser prints there has words in lower case. A tier line
 * never is. */
static bool may_be_head(const char *text, const line *row) {
  if (like_a_head(text, row)) return true;
  if (row->end - row->begin > LONGEST_LINE || is_heading(text, row) || text[row->end - 1] == '.') return false;
  for (uint32_t i = row->begin; i + 5 < row->end; i++)
    if ((text[i] | 0x20) == 't' && word_at(text + i, "tier")) return false;
  return true;
}

static bool at_edge(const mender *m, uint32_t i) {
  const line *rows = m->lines.data;
  for (uint32_t n = 0; n < EDGE; n++) {
    if (i >= n && rows[i - n].page) return true;
    if (i + n + 1 >= m->lines.count || rows[i + n + 1].page) return true;
  }
  return false;
}

/* A line at the top of the first page: it may be the only title. */
static bool is_top(const mender *m, uint32_t i) {
  const line *rows = m->lines.data;
  for (uint32_t k = 1; k <= i; k++)
    if (rows[k].page) return false;
  return i <= EDGE;
}

/* A head is one that stands at the edge of two pages; a page number stands there at all. */
static bool drop_heads(mender *m) {
  line *rows = m->lines.data;
  for (int pass = 0; pass < 2; pass++) { /* down, then up: the first of its kind is told by the others */
    if (!tipl__hashes_make(&m->heads, &m->build->alloc, m->lines.count)) return false;
    for (uint32_t n = 0; n < m->lines.count; n++) {
      uint32_t i = pass == 0 ? n : m->lines.count - 1 - n;
      if (!at_edge(m, i)) continue;
      bool number = is_page_number(m->text, &rows[i]);
      uint32_t *slot = number || !may_be_head(m->text, &rows[i]) ? NULL : tipl__hashes_slot(&m->heads, rows[i].hash);
      bool again = slot != NULL && *slot != 0 && !is_top(m, i);
      rows[i].drop = rows[i].drop || number || again;
      if (slot != NULL) *slot = rows[i].hash;
    }
    tipl__hashes_free(&m->heads, &m->build->alloc);
  }
  return true;
}

/* ------------------------------------------------------------------ writing */

static const struct {
  const char *bytes; /* three of them */
  const char *letters;
} ligatures[] = {{"\xEF\xAC\x80", "ff"},  {"\xEF\xAC\x81", "fi"}, {"\xEF\xAC\x82", "fl"}, {"\xEF\xAC\x83", "ffi"},
                 {"\xEF\xAC\x84", "ffl"}, {"\xEF\xAC\x85", "st"}, {"\xEF\xAC\x86", "st"}};

static void put_line(mender *m, tipl__rewrite *out, uint32_t begin, uint32_t end) {
  uint32_t done = begin;
  for (uint32_t at = begin; at + 3 <= end; at++) {
    if (m->text[at] != '\xEF' || m->text[at + 1] != '\xAC') continue;
    for (size_t i = 0; i < sizeof ligatures / sizeof *ligatures; i++) {
      if (memcmp(m->text + at, ligatures[i].bytes, 3) != 0) continue;
      tipl__rewrite_put(out, m->text + done, at - done, (tipl_span){done, at - done});
      tipl__rewrite_put(out, ligatures[i].letters, (uint32_t)strlen(ligatures[i].letters), (tipl_span){at, 3});
      done = at + 3;
      at += 2;
      break;
    }
  }
  tipl__rewrite_put(out, m->text + done, end - done, (tipl_span){done, end - done});
}

/* A sentence goes on over whatever was between the two lines: the end of a page, or a gap that pdftotext took for one. */
static bool goes_on(const char *text, const line *row, const line *next) {
  char last = text[row->end - 1];
  bool ends = last == '.' || last == '!' || last == '?' || last == ':';
  if (is_heading(text, row) || like_a_head(text, row)) return false;
  bool full = row->end - row->begin > FULL_LINE && tipl__lower(last);
  return !ends && (tipl__lower(text[next->begin]) || last == ',' || last == '-' || (full && tipl__digit(text[next->begin])));
}

/* What stands between two lines that stay. */
static void put_gap(mender *m, tipl__rewrite *out, const line *row, const line *next, bool page) {
  tipl_span gap = {row->end, next->begin - row->end};
  bool apart = page || memchr(m->text + gap.offset, '\n', gap.length) != m->text + gap.offset + gap.length - 1;
  if (apart && goes_on(m->text, row, next))
    tipl__rewrite_put(out, "\n", 1, gap);
  else if (page)
    tipl__rewrite_put(out, "\n\n", 2, gap);
  else
    tipl__rewrite_put(out, m->text + gap.offset, gap.length, gap);
}

static void write_lines(mender *m, tipl__rewrite *out) {
  const line *before = NULL, *rows = m->lines.data;
  bool page = false;
  for (uint32_t i = 0; i < m->lines.count; i++) {
    page = page || rows[i].page || rows[i].drop;
    if (rows[i].drop) continue;
    if (before != NULL) put_line(m, out, before->begin, before->end);
    if (before != NULL) put_gap(m, out, before, &rows[i], page);
    before = &rows[i];
    page = false;
  }
  if (before != NULL) put_line(m, out, before->begin, before->end);
}

tipl_status tipl__repair(tipl__build *build) {
  mender m = {.build = build, .text = build->text, .lines = tipl__vec_of(sizeof(line))};
  tipl__rewrite out = tipl__rewrite_of(&build->alloc);
  bool done = cut_lines(&m) && drop_heads(&m);
  if (done) write_lines(&m, &out);
  tipl__hashes_free(&m.heads, &build->alloc);
  tipl__vec_free(&m.lines, &build->alloc);
  if (done) return tipl__source_replace(build, &out);
  tipl__rewrite_free(&out);
  return tipl__source_no_memory(build);
}
