/* hyphens.c: the hyphens that pdftotext takes from the ends of lines, put back: it makes "1015 years" of "10-" above
 * "15 years". In the order of the file (-raw) it leaves them, but that order knows no paragraphs; so what is parted
 * there by a hyphen that is no line's own is looked for in the text. Called by pdf.c. */
#include "base/ascii.h"
#include "source/source.h"

enum { LONGEST = 40 }; /* bytes of a word made of two */

typedef struct parted {
  uint16_t length; /* bytes of the two words together; 0 is empty */
  uint16_t first;  /* bytes of the first */
  char word[LONGEST];
} parted;

typedef struct gatherer {
  const char *raw;
  tipl__vec found; /* parted */
  const tipl__alloc *alloc;
} gatherer;

static bool is_inside(char c) {
  return tipl__letter(c) || tipl__digit(c);
}

static void gather(void *payload, uint32_t at, uint32_t next) {
  gatherer *g = payload;
  uint32_t begin = at, end = next;
  while (begin > 0 && is_inside(g->raw[begin - 1])) begin--;
  while (is_inside(g->raw[end])) end++;
  uint32_t first = at - begin, second = end - next;
  if (first == 0 || first + second > LONGEST) return;
  parted *row = tipl__vec_push(&g->found, g->alloc);
  if (row == NULL) return;
  *row = (parted){(uint16_t)(first + second), (uint16_t)first, ""};
  memcpy(row->word, g->raw + begin, first);
  memcpy(row->word + first, g->raw + next, second);
}

static const parted *look_up(const tipl__vec *found, const char *word, uint32_t length) {
  for (uint32_t i = 0; i < found->count; i++) {
    const parted *row = &TIPL__AT(parted, *found, i);
    if (row->length == length && memcmp(row->word, word, length) == 0) return row;
  }
  return NULL;
}

static void write_text(const tipl__build *build, const tipl__vec *found, tipl__rewrite *out) {
  const char *text = build->text;
  uint32_t done = 0;
  for (uint32_t at = 0, end; at < build->length; at = end + 1) {
    for (end = at; is_inside(text[end]);) end++;
    const parted *row = end - at > 1 ? look_up(found, text + at, end - at) : NULL;
    if (row == NULL) continue;
    uint32_t second = at + row->first;
    tipl__rewrite_put(out, text + done, second - done, (tipl_span){done, second - done});
    tipl__rewrite_put(out, "-", 1, (tipl_span){second, 0}); /* nothing stands for it there */
    done = second;
  }
  tipl__rewrite_put(out, text + done, build->length - done, (tipl_span){done, build->length - done});
}

tipl_status tipl__hyphens(tipl__build *build, const char *raw, uint32_t length) {
  gatherer g = {raw, tipl__vec_of(sizeof(parted)), &build->alloc};
  bool done = tipl__mend_hyphens(&build->alloc, raw, length, gather, &g) && !g.found.failed;
  tipl_status status = done ? TIPL_OK : tipl__source_no_memory(build);
  if (done && g.found.count > 0) {
    tipl__rewrite out = tipl__rewrite_of(&build->alloc);
    write_text(build, &g.found, &out);
    status = tipl__source_replace(build, &out);
  }
  tipl__vec_free(&g.found, &build->alloc);
  return status;
}
