/* bounds.c: where narratives begin and end among the blocks of a text.
 *
 * A file may begin with the tail of a neighbour and end with the head of another, and a whole edition holds
 * them all. Titles and tier lines are the anchors, but not every one begins a narrative: lists of countries
 * by tier look the same. Called by outline.c, and by model/narratives.c for files that may hold several. */
#include <string.h>

#include "outline/country.h"
#include "outline/outline.h"
#include "outline/title.h"

enum {
  REACH = 3000,    /* bytes of body in which a narrative names its country */
  CUT_OFF = 300,   /* a shorter body need not */
  NAME_BYTES = 60, /* of a text that may be a country's name */
  ADJACENT = 8,    /* blocks around an anchor that are looked at for its companions */
  BETWEEN = 1500,  /* bytes of a publisher's words that may stand between a title and its tier line */
  SHORT_TEXT = 120,  /* bytes of the longest of them */
  MOST_BETWEEN = 64, /* blocks of them */
  MOST_BEFORE = 200  /* blocks of a narrative before what rates its country */
};

static bool is_text(const tipl__block *block) {
  return block->kind == TIPL__BLOCK_BODY || block->kind == TIPL__BLOCK_HEADING;
}

static bool is_anchor(const tipl__block *block) {
  return block->kind == TIPL__BLOCK_TIER ||
         (block->kind == TIPL__BLOCK_TITLE && block->section != TIPL_NONE);
}

/* ------------------------------------------------------------------ which anchors begin a narrative */

/* Two names of one country, as far as they are known: a title and a tier line that belong together. */
static bool same_country(const tipl__block *a, const tipl__block *b) {
  return a->section == b->section || (a->kind != b->kind && (a->section == TIPL_NONE || b->section == TIPL_NONE));
}

/* The first block from `row` on that is text, or another country's anchor; or the end. */
static uint32_t behind_anchors(const tipl__build *build, uint32_t row) {
  const tipl__block *anchor = tipl__block_at(build, row);
  uint32_t most = row + ADJACENT;
  for (row++; row < build->blocks.count && row < most; row++) {
    const tipl__block *block = tipl__block_at(build, row);
    if (is_text(block) || (is_anchor(block) && !same_country(block, anchor))) break;
  }
  return row;
}

/* A country's name alone may head each page of its narrative, or a story; a tier line or a title with its year does
 * not. */
static bool is_head(const tipl__build *build, const tipl__block *block) {
  tipl__title title;
  return block->kind == TIPL__BLOCK_TIER ||
         tipl__title_line(&title, build->text, block->span.offset, block->span.offset + block->span.length);
}

/* The tier line that belongs to the title at `row`, though a publisher's words stand between: no heading does, and not
 * much else. The number of blocks when there is none. */
static uint32_t tier_line_of(const tipl__build *build, uint32_t row) {
  const tipl__block *title = tipl__block_at(build, row);
  uint32_t count = build->blocks.count, bytes = 0;
  if (title->kind != TIPL__BLOCK_TITLE) return count;
  uint32_t end = count - row > MOST_BETWEEN ? row + MOST_BETWEEN : count;
  for (row++; row < end && bytes < BETWEEN; row++) {
    const tipl__block *block = tipl__block_at(build, row);
    if (block->kind == TIPL__BLOCK_HEADING) break;
    if (block->kind == TIPL__BLOCK_BODY) bytes += block->span.length;
    if (!is_anchor(block)) continue;
    if (!same_country(block, title)) break;
    if (block->kind == TIPL__BLOCK_TIER) return bytes < BETWEEN ? row : count;
  }
  return count;
}

/* The title of the narrative that began at `first` once more, at the head of a page. */
static bool is_repeated(const tipl__build *build, uint32_t first, uint32_t row) {
  const tipl__block *a = tipl__block_at(build, first), *b = tipl__block_at(build, row);
  return a->kind == b->kind && a->kind == TIPL__BLOCK_TITLE && a->span.length == b->span.length &&
         memcmp(build->text + a->span.offset, build->text + b->span.offset, a->span.length) == 0 &&
         tier_line_of(build, row) == build->blocks.count;
}

/* The country's name, or for an unknown one the first word of its anchor, stands in the text. */
static bool names(const tipl__build *build, const tipl__block *anchor, tipl_span span) {
  const char *text = build->text;
  uint32_t end = span.offset + span.length, word = anchor->span.offset, n = 0;
  while (n < anchor->span.length && ((text[word + n] | 0x20) >= 'a' && (text[word + n] | 0x20) <= 'z')) n++;
  uint32_t initials = anchor->section == TIPL_NONE ? UINT32_MAX : tipl__country_initials(anchor->section);
  for (uint32_t at = span.offset; at < end; at++) {
    if (!tipl__upper(text[at]) || (initials >> (text[at] & 31) & 1) == 0 || (at > span.offset && tipl__upper(text[at - 1]))) continue;
    if (anchor->section == TIPL_NONE) {
      uint32_t i = 0;
      while (i < n && at + i < end && ((text[at + i] ^ text[word + i]) & ~0x20) == 0) i++;
      if (i == n && n > 2) return true;
      continue;
    }
    tipl__folded words;
    tipl__fold(&words, text + at, end - at < NAME_BYTES ? end - at : NAME_BYTES);
    if (tipl__country_prefix(words.text, NULL) == anchor->section) return true;
  }
  return false;
}

/* The text from block `row` to the next anchor names the country. *bytes gets its length, up to REACH. */
static bool body_names(const tipl__build *build, const tipl__block *anchor, uint32_t row, uint32_t *bytes) {
  for (*bytes = 0; row < build->blocks.count && *bytes < REACH; row++) {
    const tipl__block *block = tipl__block_at(build, row);
    if (is_anchor(block)) break;
    if (block->kind != TIPL__BLOCK_BODY) continue;
    tipl_span span = block->span;
    if (span.length > REACH) span.length = REACH;
    *bytes += span.length;
    if (names(build, anchor, span)) return true;
  }
  return false;
}

static bool speaks_of_standards(const tipl__build *build, tipl_span span) {
  uint32_t at = span.offset, end = at + span.length;
  for (const char *m; at < end && (m = memchr(build->text + at, 'm', end - at)) != NULL;) {
    if (strncmp(m, "minimum standards", 17) == 0) return true;
    at = (uint32_t)(m - build->text) + 1;
  }
  return false;
}

/* The anchor does not head a victim's story but a narrative: it is a tier line or a title with its year, or a heading
 * follows soon, or what rates the country. */
static bool heads_narrative(const tipl__build *build, uint32_t row) {
  const tipl__block *anchor = tipl__block_at(build, row);
  if (is_head(build, anchor)) return true;
  uint32_t bytes = 0, count = build->blocks.count, end = count - row > MOST_BEFORE ? row + MOST_BEFORE : count;
  for (row++; row < end; row++) {
    const tipl__block *block = tipl__block_at(build, row);
    if (is_anchor(block) && !same_country(block, anchor)) return false;
    if (block->kind == TIPL__BLOCK_HEADING && bytes < REACH) return true;
    if (block->kind != TIPL__BLOCK_BODY) continue;
    bytes += block->span.length;
    if (bytes > 4 * REACH) return false;
    if (speaks_of_standards(build, block->span) && names(build, anchor, block->span)) return true;
  }
  return false;
}

/* The anchor before `row` is another country's and has no text of its own: a list. */
static bool after_list(const tipl__build *build, uint32_t row) {
  const tipl__block *anchor = tipl__block_at(build, row);
  uint32_t least = row > ADJACENT ? row - ADJACENT : 0;
  while (row-- > least) {
    const tipl__block *block = tipl__block_at(build, row);
    if (is_text(block)) return false;
    if (is_anchor(block) && !same_country(block, anchor)) return true;
  }
  return false;
}

/* The block is an anchor, the first of its country's, and a narrative follows. */
static bool begins_narrative(const tipl__build *build, uint32_t row) {
  const tipl__block *anchor = tipl__block_at(build, row);
  if (!is_anchor(anchor)) return false;
  uint32_t next = behind_anchors(build, row), bytes = 0;
  if (next == build->blocks.count || !is_text(tipl__block_at(build, next))) return false;
  if (body_names(build, anchor, next, &bytes)) return true;
  return bytes < CUT_OFF && anchor->section != TIPL_NONE && !after_list(build, row);
}

/* ------------------------------------------------------------------ one narrative */

/* First anchor, of this country unless it is TIPL_NONE, and of a narrative if there is one; the number of
 * blocks when there is none. */
static uint32_t find_anchor(const tipl__build *build, uint32_t country) {
  uint32_t first = build->blocks.count;
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    if (!is_anchor(block) || (country != TIPL_NONE && block->section != country)) continue;
    if (first == build->blocks.count) first = i;
    if (begins_narrative(build, i) && heads_narrative(build, i)) return i;
  }
  return first;
}

static bool text_before(const tipl__build *build, uint32_t row) {
  for (uint32_t i = 0; i < row; i++)
    if (is_text(tipl__block_at(build, i))) return true;
  return false;
}

/* First anchor of another country that begins a narrative, or a list of countries, after some text of this
 * narrative; or the head of what comes behind all of them. */
static uint32_t find_end(const tipl__build *build, uint32_t begin) {
  const tipl__block *own = NULL; /* the anchor that says most of this narrative's country */
  uint32_t count = build->blocks.count, last = count;
  while (last > begin && !is_text(tipl__block_at(build, last - 1))) last--;
  bool text = false;
  for (uint32_t i = begin; i < count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    text = text || is_text(block);
    if (text && block->kind == TIPL__BLOCK_SKIP && block->section == TIPL__BLOCK_END) return i;
    if (!is_anchor(block)) continue;
    bool other = text && own != NULL && !same_country(own, block);
    if (other && (i >= last || begins_narrative(build, i))) return i;
    if (!text && (own == NULL || block->section != TIPL_NONE)) own = block;
  }
  return count;
}

static void leave_out(tipl__build *build, uint32_t begin, uint32_t end, const char *why) {
  uint32_t from = TIPL_NONE, to = 0;
  for (uint32_t i = begin; i < end; i++) {
    tipl__block *block = tipl__block_at(build, i);
    bool title = block->kind == TIPL__BLOCK_TITLE && block->section == TIPL_NONE && begin == 0;
    if (title) continue;
    if (is_text(block) || is_anchor(block)) {
      if (from == TIPL_NONE) from = block->span.offset;
      to = block->span.offset + block->span.length;
    }
    block->kind = TIPL__BLOCK_SKIP;
  }
  if (from != TIPL_NONE) tipl__build_leftover(build, (tipl_span){from, to - from}, why);
}

/* The short texts in [begin, end), such as a publisher's words; paragraphs stay, as of a profile before the tier line. */
static void leave_out_text(tipl__build *build, uint32_t begin, uint32_t end, const char *why) {
  for (uint32_t i = begin; i < end; i++) {
    tipl__block *block = tipl__block_at(build, i);
    if (!is_text(block) || block->span.length > SHORT_TEXT) continue;
    tipl__build_leftover(build, block->span, why);
    block->kind = TIPL__BLOCK_SKIP;
  }
}

/* Other countries' tier lines within the narrative are a list, and say nothing of its own country. */
static void leave_out_others(tipl__build *build, uint32_t begin, uint32_t end) {
  uint32_t country = TIPL_NONE;
  for (uint32_t i = begin; i < end; i++) {
    tipl__block *block = tipl__block_at(build, i);
    if (!is_anchor(block) || block->section == TIPL_NONE) continue;
    if (country == TIPL_NONE) country = block->section;
    if (block->section != country) block->kind = TIPL__BLOCK_SKIP;
  }
}

void tipl__outline_bound(tipl__build *build, uint32_t wanted) {
  uint32_t count = build->blocks.count, begin = find_anchor(build, wanted), end = count;
  if (begin == count && wanted == TIPL_NONE) return;
  if (begin == count) begin = find_anchor(build, TIPL_NONE);
  if (begin == count) return;
  bool stray = wanted != TIPL_NONE && tipl__block_at(build, begin)->section != wanted;
  if (stray && text_before(build, begin)) {
    end = begin; /* a neighbour's tier line after this country's text */
    begin = 0;
  } else {
    end = find_end(build, begin);
  }
  leave_out_others(build, begin, end);
  uint32_t tier = tier_line_of(build, begin);
  if (tier < end) leave_out_text(build, begin, tier, "between the title and the tier line");
  for (uint32_t i = begin + 1; i < end; i++)
    if (is_repeated(build, begin, i)) tipl__block_at(build, i)->kind = TIPL__BLOCK_SKIP;
  leave_out(build, 0, begin, "before the narrative");
  leave_out(build, end, count, "after the narrative");
}

/* ------------------------------------------------------------------ all narratives of a text */

/* The offset at which the narrative of the anchor begins: with the titles right before it. */
static uint32_t offset_of(const tipl__build *build, uint32_t row) {
  const tipl__block *anchor = tipl__block_at(build, row);
  uint32_t offset = anchor->span.offset, least = row > ADJACENT ? row - ADJACENT : 0;
  while (row-- > least) {
    const tipl__block *block = tipl__block_at(build, row);
    if (is_text(block) || (is_anchor(block) && !same_country(block, anchor))) break;
    if (block->kind == TIPL__BLOCK_TITLE) offset = block->span.offset;
  }
  return offset;
}

/* The anchor at `row` begins no narrative but belongs to the one that began with that at `first`; `text`: there has
 * been some since. */
static bool belongs(const tipl__build *build, uint32_t first, uint32_t row, bool text) {
  const tipl__block *anchor = tipl__block_at(build, row);
  if (!same_country(tipl__block_at(build, first), anchor)) return false;
  return !text || !is_head(build, anchor) || tier_line_of(build, first) == row || is_repeated(build, first, row);
}

bool tipl__outline_starts(const tipl__build *build, tipl__vec *starts) {
  uint32_t first = TIPL_NONE; /* the anchor that the last narrative begins with */
  bool text = false;          /* since then */
  for (uint32_t i = 0; i < build->blocks.count && !starts->failed; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    text = text || is_text(block);
    if (!is_anchor(block) || (first != TIPL_NONE && belongs(build, first, i, text))) continue;
    if (!begins_narrative(build, i) || !heads_narrative(build, i)) continue;
    uint32_t *start = tipl__vec_push(starts, &build->alloc);
    if (start != NULL) *start = offset_of(build, i);
    first = i;
    text = false;
  }
  return !starts->failed;
}
