/* section.c: which section each block belongs to.
 *
 * A heading begins a section. Before the first heading stands the summary, or, to the edition of
 * 2016, the profile and then the summary, which opens with the sentence on the minimum standards.
 * Where copies have lost the headings, the first words of a paragraph tell. Called by outline.c. */
#include <string.h>

#include "outline/heading.h"
#include "outline/outline.h"

enum {
  LONGEST_OPENING =
      700, /* bytes between the start of the compliance sentence and "minimum standards" */
  MOST_PARAGRAPHS = 64 /* of a profile before the summary */
};

typedef struct state {
  tipl__build *build;
  uint32_t row; /* current section, or TIPL_NONE */
  bool headed;  /* it has a heading */
  uint32_t
      compliance; /* block that opens with the sentence on the minimum standards, or TIPL_NONE */
  bool named;     /* the narrative has a title or a tier line */
} state;

static tipl__section_row *section(const state *st) {
  return &TIPL__AT(tipl__section_row, st->build->sections, st->row);
}

static bool in(const state *st, tipl_section_kind kind) {
  return st->row != TIPL_NONE && section(st)->kind == kind;
}

static bool begin_section(state *st, tipl_section_kind kind, tipl_span heading) {
  tipl__section_row *row = tipl__vec_push(&st->build->sections, &st->build->alloc);
  if (row == NULL) return false;
  row->kind = (uint8_t)kind;
  row->heading = heading;
  st->row = st->build->sections.count - 1;
  st->headed = heading.length > 0;
  return true;
}

/* ------------------------------------------------------------------ the compliance sentence */

/* "minimum standards", hard wraps allowed, within [begin, end): its offset, or `end`. */
static uint32_t find_standards(const char *text, uint32_t begin, uint32_t end) {
  for (uint32_t at = begin; at < end; at++) {
    const char *m = memchr(text + at, 'm', end - at);
    if (m == NULL) return end;
    at = (uint32_t)(m - text);
    if (memcmp(m, "minimum", 7) != 0) continue;
    uint32_t next = tipl__skip_blanks(text, at + 7, end);
    if (next > at + 7 && memcmp(text + next, "standards", 9) == 0) return at;
  }
  return end;
}

static bool sentence_may_start(const char *text, uint32_t begin, uint32_t at) {
  if (at == begin) return true;
  uint32_t stop = tipl__trim_end(text, begin, at);
  return tipl__ends_sentence(text, begin, stop);
}

/* Start of the sentence "The Government of X does not fully meet …" in a body block, TIPL_NONE if
 * none. */
static uint32_t find_compliance(const char *text, tipl_span span) {
  uint32_t begin = span.offset, end = span.offset + span.length;
  uint32_t standards = find_standards(text, begin, end);
  if (standards == end) return TIPL_NONE;
  uint32_t at = standards, lowest = at - begin > LONGEST_OPENING ? at - LONGEST_OPENING : begin;
  while (at > lowest) {
    at--;
    bool start = memcmp(text + at, "The ", 4) == 0 && sentence_may_start(text, begin, at);
    if (!start) continue;
    for (uint32_t i = at; i < standards && i < at + 60; i++)
      if (memcmp(text + i, "overnment of", 12) == 0) return at;
  }
  return lowest == begin && standards - begin < 200 ? begin : TIPL_NONE;
}

/* Cuts a body block in two at `at`, for the copies that run the summary on after the profile. */
static bool split(tipl__build *build, uint32_t row, uint32_t at) {
  if (tipl__vec_push(&build->blocks, &build->alloc) == NULL) return false;
  tipl__block *block = tipl__block_at(build, row);
  memmove(block + 1, block, (build->blocks.count - 1 - row) * sizeof *block);
  uint32_t end = block->span.offset + block->span.length;
  block[1].span = (tipl_span){at, end - at};
  end = tipl__trim_end(build->text, block->span.offset, at);
  block->span.length = end - block->span.offset;
  return true;
}

/* Sets st->compliance. Only what stands before the first heading of a pillar is looked at. */
static bool seek_compliance(state *st) {
  uint32_t seen = 0;
  for (uint32_t i = 0; i < st->build->blocks.count && seen < MOST_PARAGRAPHS; i++) {
    const tipl__block *block = tipl__block_at(st->build, i);
    if (block->kind == TIPL__BLOCK_HEADING && block->section != TIPL_SECTION_PROFILE) return true;
    if (block->kind != TIPL__BLOCK_BODY) continue;
    seen++;
    uint32_t at = find_compliance(st->build->text, block->span);
    if (at == TIPL_NONE) continue;
    bool inside = at > block->span.offset;
    st->compliance = i + inside;
    return !inside || split(st->build, i, at);
  }
  return true;
}

/* ------------------------------------------------------------------ block by block */

static uint32_t end_of(const tipl__block *block) {
  return block->span.offset + block->span.length;
}

/* The section that ends where the next heading stands: in every edition prosecution comes right before protection, since
 * 2004 protection right before prevention. */
static tipl_section_kind kind_before_heading(const state *st, uint32_t i) {
  for (; i < st->build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(st->build, i);
    if (block->kind != TIPL__BLOCK_HEADING) continue;
    if (block->section == TIPL_SECTION_PROTECTION) return TIPL_SECTION_PROSECUTION;
    bool order = st->build->outline.year > 2003;
    return order && block->section == TIPL_SECTION_PREVENTION ? TIPL_SECTION_PROTECTION : TIPL_SECTION_UNKNOWN;
  }
  return TIPL_SECTION_UNKNOWN;
}

/* The section that the first paragraph (block i) of a text without compliance sentence is in. */
static tipl_section_kind first_kind(const state *st, uint32_t i, const tipl__block *block) {
  const char *text = st->build->text;
  uint32_t begin = block->span.offset, end = end_of(block);
  tipl_section_kind kind;
  if (tipl__heading_clause(text, begin, end, &kind)) return kind;
  if (tipl__heading_opens(text, begin, end, &kind) && kind == TIPL_SECTION_PROFILE) return kind;
  return st->named ? TIPL_SECTION_SUMMARY : kind_before_heading(st, i);
}

/* The section that a paragraph begins, in a section without a heading or among recommendations. */
static tipl_section_kind next_kind(const state *st, const tipl__block *block) {
  const char *text = st->build->text;
  uint32_t begin = block->span.offset, end = end_of(block);
  tipl_section_kind now = (tipl_section_kind)section(st)->kind, kind = now;
  bool clause =
      memcmp(text + begin, "The ", 4) == 0 && tipl__heading_clause(text, begin, end, &kind);
  if (clause && kind != TIPL_SECTION_PROFILE) return kind;
  bool opens = tipl__heading_opens(text, begin, end, &kind);
  if (opens && kind == TIPL_SECTION_PROFILE) return kind;
  bool listed = block->section == 1 || opens;
  return listed && now == TIPL_SECTION_SUMMARY ? TIPL_SECTION_RECOMMENDATIONS : now;
}

static bool take_body(state *st, uint32_t i, const tipl__block *block) {
  bool open = st->row == TIPL_NONE || !st->headed || in(st, TIPL_SECTION_RECOMMENDATIONS);
  tipl_section_kind kind;
  if (i == st->compliance && (open || in(st, TIPL_SECTION_PROFILE)))
    kind = TIPL_SECTION_SUMMARY;
  else if (!open)
    return true;
  else if (st->compliance != TIPL_NONE && i < st->compliance)
    kind = TIPL_SECTION_PROFILE;
  else
    kind = st->row == TIPL_NONE ? first_kind(st, i, block) : next_kind(st, block);
  return in(st, kind) || begin_section(st, kind, (tipl_span){0, 0});
}

static bool take_block(state *st, uint32_t i) {
  tipl__block *block = tipl__block_at(st->build, i);
  bool done = true;
  if (block->kind == TIPL__BLOCK_HEADING)
    done = begin_section(st, (tipl_section_kind)block->section, block->span);
  else if (block->kind == TIPL__BLOCK_BODY)
    done = take_body(st, i, block);
  bool belongs = block->kind == TIPL__BLOCK_HEADING || block->kind == TIPL__BLOCK_BODY;
  block->section = belongs ? st->row : TIPL_NONE;
  return done;
}

bool tipl__section_blocks(tipl__build *build) {
  state st = {build, TIPL_NONE, false, TIPL_NONE, false};
  st.named = build->outline.title.length > 0 || build->outline.tier_line.length > 0;
  if (!seek_compliance(&st)) return false;
  for (uint32_t i = 0; i < build->blocks.count; i++)
    if (!take_block(&st, i)) return false;
  return true;
}

bool tipl__section_known(const tipl__build *build) {
  for (uint32_t i = 0; i < build->sections.count; i++)
    if (TIPL__AT(tipl__section_row, build->sections, i).kind != TIPL_SECTION_UNKNOWN) return true;
  return false;
}
