/* html.c: the text of an HTML page: paragraphs, headings and list items, without menus, banners, scripts
 * and forms, each byte mapped to the bytes of the file.
 *
 * Gumbo gives the tree; where its text stands in the file is worked out here, by walking the decoded text
 * and the raw bytes side by side. Called by decode.c. */
#include "source/source.h"

#include "base/ascii.h"
#include "base/error.h"

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The word, written in lower case, stands at `text` in any case. */
static bool word_at(const char *text, const char *word) {
  for (; *word != '\0'; text++, word++)
    if ((*text >= 'A' && *text <= 'Z' ? *text | 0x20 : *text) != *word) return false;
  return true;
}

bool tipl__html_is(const tipl__build *build) {
  static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<?xml"};
  uint32_t at = 0;
  if (build->length >= 3 && memcmp(build->text, "\xEF\xBB\xBF", 3) == 0) at = 3;
  while (at < build->length && is_space(build->text[at])) at++;
  const char *text = build->text + at;
  if (*text != '<') return false;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (word_at(text, starts[i])) return true;
  if (!tipl__letter(text[1]) && text[1] != '!') return false;
  return strstr(text, "</p>") != NULL || strstr(text, "</P>") != NULL ||
         strstr(text, "</html>") != NULL || strstr(text, "</div>") != NULL;
}

#ifdef TIPL_HAVE_GUMBO
#include "source/page.h"

/* ------------------------------------------------------------------ tables */

/* What stands between two texts, least first. */
typedef enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH } gap;

static const struct {
  GumboTag tag;
  gap gap;
} gaps[] = {
    {GUMBO_TAG_P, GAP_PARAGRAPH},       {GUMBO_TAG_DIV, GAP_PARAGRAPH},
    {GUMBO_TAG_H1, GAP_PARAGRAPH},      {GUMBO_TAG_H2, GAP_PARAGRAPH},
    {GUMBO_TAG_H3, GAP_PARAGRAPH},      {GUMBO_TAG_H4, GAP_PARAGRAPH},
    {GUMBO_TAG_H5, GAP_PARAGRAPH},      {GUMBO_TAG_H6, GAP_PARAGRAPH},
    {GUMBO_TAG_UL, GAP_PARAGRAPH},      {GUMBO_TAG_OL, GAP_PARAGRAPH},
    {GUMBO_TAG_DL, GAP_PARAGRAPH},      {GUMBO_TAG_TABLE, GAP_PARAGRAPH},
    {GUMBO_TAG_SECTION, GAP_PARAGRAPH}, {GUMBO_TAG_ARTICLE, GAP_PARAGRAPH},
    {GUMBO_TAG_MAIN, GAP_PARAGRAPH},    {GUMBO_TAG_HEADER, GAP_PARAGRAPH},
    {GUMBO_TAG_BLOCKQUOTE, GAP_PARAGRAPH}, {GUMBO_TAG_PRE, GAP_PARAGRAPH},
    {GUMBO_TAG_CENTER, GAP_PARAGRAPH},  {GUMBO_TAG_HR, GAP_PARAGRAPH},
    {GUMBO_TAG_ADDRESS, GAP_PARAGRAPH}, {GUMBO_TAG_BODY, GAP_PARAGRAPH},
    {GUMBO_TAG_LI, GAP_LINE},           {GUMBO_TAG_BR, GAP_LINE},
    {GUMBO_TAG_TR, GAP_LINE},           {GUMBO_TAG_DT, GAP_LINE},
    {GUMBO_TAG_DD, GAP_BLANK},          {GUMBO_TAG_TD, GAP_BLANK},
    {GUMBO_TAG_TH, GAP_BLANK}};

static const GumboTag left_out[] = {
    GUMBO_TAG_HEAD,   GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
    GUMBO_TAG_NAV,    GUMBO_TAG_FOOTER,   GUMBO_TAG_ASIDE,  GUMBO_TAG_FORM,     GUMBO_TAG_BUTTON,
    GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_SVG,    GUMBO_TAG_MATH,     GUMBO_TAG_IFRAME,
    GUMBO_TAG_OBJECT, GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,  GUMBO_TAG_CANVAS,   GUMBO_TAG_FIGURE,
    GUMBO_TAG_NOFRAMES};

/* Elements that no class makes a menu. */
static const GumboTag kept[] = {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE,
                                GUMBO_TAG_H1,   GUMBO_TAG_H2,   GUMBO_TAG_H3,   GUMBO_TAG_H4,
                                GUMBO_TAG_P,    GUMBO_TAG_LI};

/* Words of a class or id, set off by blanks, "-" or "_", that make an element the frame of a page. */
static const char *const frame_words[] = {
    "nav",    "navbar", "navigation", "menu",     "breadcrumb", "breadcrumbs", "masthead",
    "footer", "social", "share",      "sharing",  "sidebar",    "banner",      "cookie",
    "cookies", "advert", "comments",  "related",  "pagination", "toolbar",     "newsletter",
    "search", "citation", "disclaimer", "metadata", "modal",    "popup"};

enum { FOLDED_REACH = 64, FORM_REACH = 2000 }; /* nodes of an element that are looked at for what it holds */

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool tag_in(GumboTag tag, const GumboTag *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (table[i] == tag) return true;
  return false;
}

/* ------------------------------------------------------------------ what is left out */

static bool is_element(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/* The node after `node` in the order of the page, within `root`; its children only if `down`. */
static const GumboNode *next_node(const GumboNode *node, const GumboNode *root, bool down) {
  if (down && is_element(node) && node->v.element.children.length > 0)
    return node->v.element.children.data[0];
  while (node != root) {
    const GumboVector *siblings = &node->parent->v.element.children;
    if (node->index_within_parent + 1 < siblings->length)
      return siblings->data[node->index_within_parent + 1];
    node = node->parent;
  }
  return NULL;
}

static const char *attribute(const GumboNode *node, const char *name) {
  const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == NULL ? "" : found->value;
}

/* "no-sidebar", "has-banner" speak of another element. */
static bool has_frame_word(const char *words) {
  bool other = false;
  while (*words != '\0') {
    size_t n = 0;
    while (tipl__letter(words[n]) || tipl__digit(words[n])) n++;
    for (size_t i = 0; i < COUNT(frame_words) && !other; i++)
      if (strlen(frame_words[i]) == n && word_at(words, frame_words[i])) return true;
    if (n > 0) other = words[n] == '-' && ((n == 2 && word_at(words, "no")) || (n == 3 && word_at(words, "has")));
    words += n > 0 ? n : 1;
  }
  return false;
}

static size_t bytes_of(const GumboNode *node) {
  const GumboElement *element = &node->v.element;
  return element->end_pos.offset > element->start_pos.offset
             ? element->end_pos.offset - element->start_pos.offset
             : 0;
}

/* "1", "[2]", "*" set high: the mark of a footnote, which would run into the word before it. */
static bool is_footnote(const GumboNode *node) {
  if (node->v.element.tag != GUMBO_TAG_SUP) return false;
  while (is_element(node) && node->v.element.children.length > 0)
    node = node->v.element.children.data[0];
  if (node->type != GUMBO_NODE_TEXT) return false;
  char c = *node->v.text.text;
  return tipl__digit(c) || c == '[' || c == '*';
}

static bool is_heading(const GumboNode *node) {
  return node != NULL && is_element(node) && node->v.element.tag >= GUMBO_TAG_H1 && node->v.element.tag <= GUMBO_TAG_H6;
}

/* There is a paragraph among the first nodes of the element. */
static bool holds_paragraph(const GumboNode *node, int reach) {
  const GumboNode *inner = node;
  while (reach-- > 0 && (inner = next_node(inner, node, true)) != NULL)
    if (is_element(inner) && inner->v.element.tag == GUMBO_TAG_P) return true;
  return false;
}

/* What opens and closes a section of the text: a heading's button, and below it what is hidden till then. */
static bool is_folded_text(const GumboNode *node, const GumboNode *root) {
  GumboTag tag = node->v.element.tag, main = root->v.element.tag;
  if (tag == GUMBO_TAG_BUTTON) return is_heading(node->parent);
  if (main != GUMBO_TAG_MAIN && main != GUMBO_TAG_ARTICLE) return false;
  return holds_paragraph(node, FOLDED_REACH);
}

/* The element is no part of what the page has to say; half of the page and more always is. */
static bool is_frame(const GumboNode *node, const GumboNode *root) {
  GumboTag tag = node->v.element.tag;
  bool half = bytes_of(node) * 2 >= bytes_of(root);
  if (tag == GUMBO_TAG_FORM && holds_paragraph(node, FORM_REACH)) return false; /* as some servers wrap pages in one */
  if (tag == GUMBO_TAG_BUTTON && is_folded_text(node, root)) return false;
  if (tag_in(tag, left_out, COUNT(left_out)) || is_footnote(node)) return true;
  if (tag_in(tag, kept, COUNT(kept)) || half) return false;
  const char *style = attribute(node, "style");
  bool hidden = gumbo_get_attribute(&node->v.element.attributes, "hidden") != NULL ||
                strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL;
  if (has_frame_word(attribute(node, "class")) || has_frame_word(attribute(node, "id"))) return true;
  return hidden && !is_folded_text(node, root);
}

/* ------------------------------------------------------------------ walking */

static const GumboNode *find(const GumboNode *root, GumboTag tag) {
  for (const GumboNode *node = root; node != NULL; node = next_node(node, root, true))
    if (is_element(node) && node->v.element.tag == tag) return node;
  return NULL;
}

/* Where the page's own text is: <main>, else its only <article>, else all. */
static const GumboNode *find_content(const GumboNode *html) {
  const GumboNode *found = find(html, GUMBO_TAG_MAIN);
  if (found != NULL) return found;
  found = find(html, GUMBO_TAG_ARTICLE);
  const GumboNode *rest = found == NULL ? NULL : next_node(found, html, false);
  for (; rest != NULL; rest = next_node(rest, html, true))
    if (is_element(rest) && rest->v.element.tag == GUMBO_TAG_ARTICLE) return html;
  return found != NULL ? found : html;
}

static gap gap_of_tag(GumboTag tag) {
  for (size_t i = 0; i < COUNT(gaps); i++)
    if (gaps[i].tag == tag) return gaps[i].gap;
  return GAP_NONE;
}

/* A cell that holds paragraphs or lines is a column of the page, no cell of a table. */
static gap gap_of(const GumboNode *node) {
  if (node->v.element.tag != GUMBO_TAG_TD) return gap_of_tag(node->v.element.tag);
  const GumboNode *inner = node;
  for (int i = 0; i < FOLDED_REACH && (inner = next_node(inner, node, true)) != NULL; i++)
    if (is_element(inner) && gap_of_tag(inner->v.element.tag) >= GAP_LINE) return GAP_PARAGRAPH;
  return GAP_BLANK;
}

/* A piece of text of the tree, and what stands before it. */
typedef struct run {
  const char *text; /* decoded */
  uint32_t from;    /* offset of its raw bytes */
  gap before;
  bool item;        /* the first text of a list item */
  bool as_it_is;    /* line ends count */
} run;

typedef struct walk {
  const tipl__build *build;
  const GumboNode *root;
  tipl__vec runs;
  gap before;
  bool item;
} walk;

static void widen(gap *before, gap other) {
  if (other > *before) *before = other;
}

static bool is_item(const GumboNode *node) {
  return is_element(node) && node->v.element.tag == GUMBO_TAG_LI;
}

static bool in_pre(const GumboNode *node) {
  for (int i = 0; i < 4 && node != NULL && is_element(node); i++, node = node->parent)
    if (node->v.element.tag == GUMBO_TAG_PRE) return true;
  return false;
}

static void take_text(walk *w, const GumboNode *node) {
  const char *raw = node->v.text.original_text.data, *text = w->build->text;
  if (raw < text || raw >= text + w->build->length) return;
  run *found = tipl__vec_push(&w->runs, &w->build->alloc);
  if (found == NULL) return;
  uint32_t from = (uint32_t)(raw - text);
  *found = (run){node->v.text.text, from, w->before, w->item, in_pre(node->parent)};
  w->before = GAP_NONE;
  w->item = false;
}

/* Gathers the runs of the tree in its order. An element's gap stands before it and behind it. */
static void gather(walk *w) {
  const GumboNode *node = w->root, *last = NULL;
  while (node != NULL) {
    bool down = true;
    /* behind the elements that end between the node before and this one */
    for (const GumboNode *up = last; up != NULL && up != node->parent; up = up->parent) {
      if (is_element(up)) widen(&w->before, gap_of(up));
      if (is_item(up)) w->item = false;
    }
    if (is_element(node)) {
      down = node == w->root || !is_frame(node, w->root);
      bool again = node->v.element.tag == GUMBO_TAG_BR && w->before == GAP_LINE;
      widen(&w->before, again ? GAP_PARAGRAPH : gap_of(node));
      if (is_item(node)) w->item = true;
    } else if (node->type == GUMBO_NODE_TEXT) {
      take_text(w, node);
    } else if (node->type == GUMBO_NODE_WHITESPACE) {
      widen(&w->before, GAP_BLANK);
    }
    last = node;
    node = next_node(node, w->root, down);
    if (node != NULL && node->parent == last) last = NULL;
  }
}

/* Text that the parser has moved (out of a table) goes back to its place in the file. */
static void put_in_order(tipl__vec *runs) {
  run *all = runs->data;
  for (uint32_t i = 1; i < runs->count; i++) {
    if (all[i].from >= all[i - 1].from) continue;
    uint32_t low = 0, high = i;
    while (low < high) {
      uint32_t middle = (low + high) / 2;
      if (all[middle].from <= all[i].from)
        low = middle + 1;
      else
        high = middle;
    }
    run moved = all[i];
    memmove(all + low + 1, all + low, (i - low) * sizeof *all);
    all[low] = moved;
    all[low].before = all[low + 1].before = GAP_PARAGRAPH;
  }
}

/* ------------------------------------------------------------------ raw bytes beside decoded text */

typedef struct writer {
  tipl__rewrite *out;
  const char *raw; /* the page */
  uint32_t end;    /* of it */
  uint32_t done;   /* raw bytes that are behind us */
  gap before;
  bool item;
} writer;

static uint32_t character_bytes(const char *text) {
  unsigned char c = (unsigned char)*text;
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Bytes of the tag or comment at `at`, 0 where there is none. */
static uint32_t tag_bytes(const writer *w, uint32_t at) {
  char next = w->raw[at + 1], quote = 0;
  if (w->raw[at] != '<' || !(tipl__letter(next) || next == '/' || next == '!' || next == '?')) return 0;
  if (memcmp(w->raw + at, "<!--", 4) == 0) {
    const char *end = strstr(w->raw + at + 4, "-->");
    return end == NULL ? w->end - at : (uint32_t)(end - w->raw) + 3 - at;
  }
  for (uint32_t i = at + 1; i < w->end; i++) {
    char c = w->raw[i];
    if (quote != 0)
      quote = c == quote ? 0 : quote;
    else if (c == '>')
      return i + 1 - at;
    else if ((c == '"' || c == '\'') && w->raw[i - 1] == '=')
      quote = c;
  }
  return w->end - at;
}

/* Bytes of the character reference at `at`, of which `text` is the decoded form; 0 where "&" stands for
 * itself. */
static uint32_t reference_bytes(const writer *w, uint32_t at, const char *text) {
  const char *raw = w->raw + at;
  uint32_t n = 1;
  if (raw[1] == '#') {
    bool hex = raw[2] == 'x' || raw[2] == 'X';
    uint32_t digits = n = hex ? 3 : 2;
    while (tipl__digit(raw[n]) || (hex && (raw[n] | 0x20) >= 'a' && (raw[n] | 0x20) <= 'f')) n++;
    if (n == digits) return 0;
    return raw[n] == ';' ? n + 1 : n;
  }
  while (tipl__letter(raw[n]) || tipl__digit(raw[n])) n++;
  bool ampersand = word_at(raw + 1, "amp");
  if (n == 1 || (*text == '&' && !ampersand)) return 0;
  if (raw[n] == ';') return n + 1;
  const char *rest = text + character_bytes(text); /* no semicolon: the name ends where the text goes on */
  for (uint32_t i = 3; i < n; i++)
    if (raw[i] == *rest) return i;
  return n;
}

/* Puts the gap before the text that begins at `from`. */
static void put_gap(writer *w, uint32_t from) {
  static const char *const strings[2][4] = {
      {"", " ", "\n", "\n\n"},
      {"\xE2\x80\xA2 ", "\xE2\x80\xA2 ", "\n\xE2\x80\xA2 ", "\n\n\xE2\x80\xA2 "}};
  const char *string = strings[w->item][w->out->length == 0 ? GAP_NONE : w->before];
  uint32_t begin = w->done < from ? w->done : from;
  tipl__rewrite_put(w->out, string, (uint32_t)strlen(string), (tipl_span){begin, from - begin});
  w->before = GAP_NONE;
  w->item = false;
}

static void put_character(writer *w, const char *text, uint32_t bytes, uint32_t from,
                          uint32_t raw_bytes) {
  put_gap(w, from);
  tipl__rewrite_put(w->out, text, bytes, (tipl_span){from, raw_bytes});
  w->done = from + raw_bytes;
}

/* Raw bytes of the character that begins `text`; *at is moved over what has no text. 0 at the end of the
 * page. A character that is not to be found (no page that we know has one) stands for the next one there. */
static uint32_t match(const writer *w, uint32_t *at, const char *text) {
  for (uint32_t n; *at < w->end && (n = tag_bytes(w, *at)) > 0;) *at += n;
  if (*at >= w->end) return 0;
  const char *raw = w->raw + *at;
  if (*raw == '&') {
    uint32_t n = reference_bytes(w, *at, text);
    if (n > 0) return n;
  }
  if (*raw == '\r' && *text == '\n') return raw[1] == '\n' ? 2 : 1;
  uint32_t bytes = character_bytes(text);
  if (memcmp(raw, text, bytes) == 0) return bytes;
  for (uint32_t skip = 1; skip < 16 && *at + skip < w->end; skip++) {
    if (memcmp(raw + skip, text, bytes) != 0) continue;
    *at += skip;
    return bytes;
  }
  return character_bytes(raw) < w->end - *at ? character_bytes(raw) : w->end - *at;
}

static void put_run(writer *w, const run *from) {
  uint32_t at = from->from > w->done ? from->from : w->done;
  widen(&w->before, from->before);
  w->item = w->item || from->item;
  for (const char *text = from->text; *text != '\0';) {
    uint32_t bytes = character_bytes(text), raw = match(w, &at, text);
    if (is_space(*text)) {
      bool line = from->as_it_is && *text == '\n';
      widen(&w->before, !line ? GAP_BLANK : w->before == GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
    } else if (raw > 0) {
      put_character(w, text, bytes, at, raw);
    }
    at += raw;
    text += bytes;
  }
}

tipl_status tipl__html_decode(tipl__build *build) {
  tipl__page page;
  tipl_status status = tipl__page_parse(&page, build);
  if (status != TIPL_OK) return status;
  walk found = {.build = build, .runs = tipl__vec_of(sizeof(run))};
  found.root = find_content(page.root);
  gather(&found);
  put_in_order(&found.runs);
  tipl__rewrite out = tipl__rewrite_of(&build->alloc);
  writer to = {.out = &out, .raw = build->text, .end = build->length};
  for (uint32_t i = 0; i < found.runs.count; i++)
    put_run(&to, &TIPL__AT(run, found.runs, i));
  out.failed = out.failed || found.runs.failed;
  tipl__vec_free(&found.runs, &build->alloc);
  tipl__page_free(&page);
  build->format = "html";
  return tipl__source_replace(build, &out);
}
#else
tipl_status tipl__html_decode(tipl__build *build) {
  if (build->options.plain) return TIPL_OK; /* as it is */
  return tipl__fail(build->error, TIPL_EENCODING,
                    "this is an HTML page, and this tipl was built without gumbo (Debian: libgumbo-dev); "
                    "save its text as plain text first");
}
#endif
