/* page.c: see page.h. */
#ifdef TIPL_HAVE_GUMBO
#include "source/page.h"

#include <setjmp.h>

#include "base/error.h"

/* ------------------------------------------------------------------ memory */

typedef struct tipl__page_block {
  struct tipl__page_block *next, *before;
  size_t size; /* of the whole block */
  max_align_t bytes[];
} block;

typedef struct heap {
  tipl__page page;
  jmp_buf out;
  bool too_much;
} heap;

enum { BYTES_FOR_EACH = 256, BYTES_AT_LEAST = 4 << 20 };

static void *take_block(void *userdata, size_t size) {
  heap *h = userdata;
  size += sizeof(block);
  h->too_much = size > h->page.most - h->page.used;
  block *b = h->too_much ? NULL : tipl__new(&h->page.build->alloc, size);
  if (b == NULL) longjmp(h->out, 1);
  b->size = size;
  b->before = NULL;
  b->next = h->page.blocks;
  if (b->next != NULL) b->next->before = b;
  h->page.blocks = b;
  h->page.used += size;
  return b->bytes;
}

static void give_block(void *userdata, void *bytes) {
  heap *h = userdata;
  if (bytes == NULL) return;
  block *b = (block *)(void *)((char *)bytes - offsetof(block, bytes));
  if (b->before != NULL) b->before->next = b->next;
  if (b->next != NULL) b->next->before = b->before;
  if (h->page.blocks == b) h->page.blocks = b->next;
  h->page.used -= b->size;
  tipl__free(&h->page.build->alloc, b, b->size);
}

void tipl__page_free(tipl__page *page) {
  while (page->blocks != NULL) {
    block *next = page->blocks->next;
    tipl__free(&page->build->alloc, page->blocks, page->blocks->size);
    page->blocks = next;
  }
  page->root = NULL;
}

/* ------------------------------------------------------------------ depth
 * A stack of the names of open elements, as gumbo keeps one: each tag costs it a walk over that. */

/* Elements that are empty, or that their next sibling ends. */
static const char *const flat[] = {"area",  "base", "br",    "col",    "embed", "hr", "img", "input",
                                   "link",  "meta", "param", "source", "track", "wbr", "p",  "li",
                                   "dt",    "dd",   "tr",    "td",     "th",    "option"};

static bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A number for the tag's name at `at`, 0 for a flat one. */
static uint8_t name_of(const char *text, uint32_t at, uint32_t length) {
  char name[12];
  uint32_t n = 0, sum = 0;
  for (; at < length && (letter(text[at]) || (text[at] >= '0' && text[at] <= '9')); at++) {
    char c = (char)(text[at] | 0x20);
    if (n < sizeof name - 1) name[n++] = c;
    sum = sum * 31 + (uint8_t)c;
  }
  name[n] = '\0';
  for (size_t i = 0; i < sizeof flat / sizeof *flat; i++)
    if (strcmp(flat[i], name) == 0) return 0;
  return (uint8_t)(sum % 255 + 1);
}

uint32_t tipl__page_depth(const char *text, uint32_t length, uint32_t *where) {
  uint8_t open[TIPL__PAGE_DEPTH];
  uint32_t depth = 0, deepest = 0, held[256] = {0};
  for (uint32_t at = 0; at + 1 < length; at++) {
    const char *next = memchr(text + at, '<', length - at);
    if (next == NULL) break;
    at = (uint32_t)(next - text);
    bool closes = text[at + 1] == '/';
    if (!letter(text[at + 1 + closes])) continue;
    uint8_t name = name_of(text, at + 1 + closes, length);
    if (name == 0) continue;
    if (closes) {
      while (held[name] > 0 && depth > 0) {
        held[open[--depth]]--;
        if (open[depth] == name) break;
      }
      continue;
    }
    *where = at;
    if (depth == TIPL__PAGE_DEPTH) return TIPL__PAGE_DEPTH + 1;
    held[name]++;
    open[depth++] = name;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/* ------------------------------------------------------------------ parsing */

static tipl_status too_deep(tipl__build *build, uint32_t where) {
  return tipl__fail_at(build->error, TIPL_ELIMIT, build->text, build->length,
                       (tipl_span){where, 1},
                       "the elements of this page are nested deeper than %d; save its text as plain text",
                       TIPL__PAGE_DEPTH);
}

/* False when the parse was left by the jump. */
static bool parse(heap *h) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take_block;
  options.deallocator = give_block;
  options.userdata = h;
  options.max_errors = 0;
  if (setjmp(h->out) != 0) return false;
  h->page.root =
      gumbo_parse_with_options(&options, h->page.build->text, h->page.build->length)->root;
  return true;
}

tipl_status tipl__page_parse(tipl__page *page, tipl__build *build) {
  uint32_t where = 0;
  memset(page, 0, sizeof *page);
  page->build = build;
  if (tipl__page_depth(build->text, build->length, &where) > TIPL__PAGE_DEPTH)
    return too_deep(build, where);
  heap h;
  memset(&h, 0, sizeof h);
  h.page = *page;
  h.page.most = (size_t)build->length * BYTES_FOR_EACH + BYTES_AT_LEAST;
  if (parse(&h)) {
    *page = h.page;
    return TIPL_OK;
  }
  tipl__page_free(&h.page);
  if (h.too_much)
    return tipl__fail(build->error, TIPL_ELIMIT,
                      "the markup of this page asks for more memory than a page of its size should; "
                      "save its text as plain text");
  return tipl__source_no_memory(build);
}
#else
typedef int tipl__page_not_built;
#endif
