/* hyphens.c: the hyphens that pdftotext takes from the ends of lines, put back: it makes "1015 years" of "10-" above
 * "15 years". In the order of the file (-raw) it leaves them, but that order knows no paragraphs; so what is parted
 * there by a hyphen that is no line's own is looked for in the text: the same word between the same two others. Called by
 * pdf.c. */
#include "base/ascii.h"
#include "source/source.h"

typedef struct parted {
  uint32_t key;   /* of the word and its neighbours; 0: empty */
  uint16_t first; /* bytes before the hyphen */
} parted;

typedef struct gatherer {
  const char *raw;
  uint32_t length;
  tipl__vec found; /* parted */
  const tipl__alloc *alloc;
} gatherer;

static bool is_inside(char c) {
  return tipl__letter(c) || tipl__digit(c);
}

/* Hash of the word that ends before `at`, or of the one that begins from `at` on; blanks and marks between do not count. */
static uint32_t word_before(const char *text, uint32_t at) {
  uint32_t hash = TIPL__HASH;
  while (at > 0 && !is_inside(text[at - 1])) at--;
  for (; at > 0 && is_inside(text[at - 1]); at--) hash = tipl__hash_more(hash, text[at - 1]);
  return hash;
}

static uint32_t word_behind(const char *text, uint32_t at, uint32_t length) {
  uint32_t hash = TIPL__HASH;
  while (at < length && !is_inside(text[at])) at++;
  for (; at < length && is_inside(text[at]); at++) hash = tipl__hash_more(hash, text[at]);
  return hash;
}

static uint32_t hash_on(uint32_t hash, const char *text, uint32_t begin, uint32_t end) {
  while (begin < end) hash = tipl__hash_more(hash, text[begin++]);
  return hash;
}

static uint32_t key_of(uint32_t before, uint32_t word, uint32_t behind) {
  uint32_t key = (before * 31u ^ word) * 31u ^ behind;
  return key == 0 ? 1 : key;
}

static void gather(void *payload, uint32_t at, uint32_t next) {
  gatherer *g = payload;
  uint32_t begin = at, end = next;
  while (begin > 0 && is_inside(g->raw[begin - 1])) begin--;
  while (is_inside(g->raw[end])) end++;
  if (begin == at || at - begin > UINT16_MAX) return;
  parted *row = tipl__vec_push(&g->found, g->alloc);
  if (row == NULL) return;
  uint32_t word = hash_on(hash_on(TIPL__HASH, g->raw, begin, at), g->raw, next, end);
  *row = (parted){key_of(word_before(g->raw, begin), word, word_behind(g->raw, end, g->length)), (uint16_t)(at - begin)};
}

static const parted *look_up(const parted *slots, uint32_t size, uint32_t key) {
  uint32_t at = key & (size - 1);
  while (slots[at].key != 0 && slots[at].key != key) at = (at + 1) & (size - 1);
  return slots[at].key != 0 ? &slots[at] : NULL;
}

/* The found as a table by key, open addressing; NULL when memory ran out. */
static parted *make_table(const tipl__vec *found, const tipl__alloc *alloc, uint32_t *size) {
  for (*size = 64; *size < found->count * 2; *size *= 2) {
  }
  parted *slots = tipl__new(alloc, *size * sizeof *slots);
  if (slots == NULL) return NULL;
  memset(slots, 0, *size * sizeof *slots);
  for (uint32_t i = 0; i < found->count; i++) {
    const parted *row = &TIPL__AT(parted, *found, i);
    uint32_t at = row->key & (*size - 1);
    while (slots[at].key != 0 && slots[at].key != row->key) at = (at + 1) & (*size - 1);
    slots[at] = *row;
  }
  return slots;
}

static void write_text(const tipl__build *build, const parted *slots, uint32_t size, tipl__rewrite *out) {
  const char *text = build->text;
  uint32_t done = 0;
  for (uint32_t at = 0, end; at < build->length; at = end + 1) {
    for (end = at; is_inside(text[end]);) end++;
    if (end - at < 2) continue;
    uint32_t key = key_of(word_before(text, at), hash_on(TIPL__HASH, text, at, end), word_behind(text, end, build->length));
    const parted *row = look_up(slots, size, key);
    if (row == NULL || row->first >= end - at) continue;
    uint32_t second = at + row->first;
    tipl__rewrite_put(out, text + done, second - done, (tipl_span){done, second - done});
    tipl__rewrite_put(out, "-", 1, (tipl_span){second, 0}); /* nothing stands for it there */
    done = second;
  }
  tipl__rewrite_put(out, text + done, build->length - done, (tipl_span){done, build->length - done});
}

tipl_status tipl__hyphens(tipl__build *build, const char *raw, uint32_t length) {
  gatherer g = {raw, length, tipl__vec_of(sizeof(parted)), &build->alloc};
  bool done = tipl__mend_hyphens(&build->alloc, raw, length, gather, &g) && !g.found.failed;
  uint32_t size = 0;
  parted *slots = done && g.found.count > 0 ? make_table(&g.found, &build->alloc, &size) : NULL;
  tipl_status status = done && (slots != NULL || g.found.count == 0) ? TIPL_OK : tipl__source_no_memory(build);
  if (slots != NULL) {
    tipl__rewrite out = tipl__rewrite_of(&build->alloc);
    write_text(build, slots, size, &out);
    tipl__free(&build->alloc, slots, size * sizeof *slots);
    status = tipl__source_replace(build, &out);
  }
  tipl__vec_free(&g.found, &build->alloc);
  return status;
}
