/* text.c: the text stage. Makes tokens of every block that is read, cuts the body into paragraphs and
 * sentences. Called by model/report.c after the outline. */
#include "base/error.h"
#include "lexicon/lexicon.h"
#include "model/build.h"
#include "text/sentences.h"
#include "text/text.h"
#include "text/tokens.h"

static const tipl__block *block_at(const tipl__build *build, uint32_t row) {
  return &TIPL__AT(tipl__block, build->blocks, row);
}

tipl_span tipl__span_between(const tipl__build *build, uint32_t first, uint32_t last) {
  uint32_t begin = TIPL__AT(uint32_t, build->token_start, first);
  uint32_t end = TIPL__AT(uint32_t, build->token_start, last) + TIPL__AT(uint16_t, build->token_length, last);
  tipl_span span = {begin, end - begin};
  return span;
}

static uint32_t flags_of(const tipl__build *build, uint32_t token, uint32_t tokens) {
  uint32_t flags = 0;
  const uint16_t *word = (const uint16_t *)build->token_word.data + token;
  for (uint32_t i = 0; i < tokens; i++) flags |= tipl__word_flags[word[i]];
  return flags;
}

static bool add_unit(tipl__build *build, uint32_t block, uint32_t sentence, uint32_t token,
                     uint32_t tokens, uint32_t flags) {
  tipl__unit *unit = tipl__vec_add(&build->units, &build->alloc);
  if (unit == NULL) return false;
  unit->block = block;
  unit->sentence = sentence;
  unit->token = token;
  unit->tokens = tokens;
  unit->flags = flags;
  return true;
}

static bool add_sentence(tipl__build *build, uint32_t block, uint32_t first, uint32_t last, uint32_t flags) {
  tipl_sentence *row = tipl__vec_push(&build->sentences, &build->alloc);
  if (row == NULL) return false;
  row->span = tipl__span_between(build, first, last);
  row->paragraph = build->paragraphs.count - 1;
  row->section = block_at(build, block)->section;
  row->token = first;
  row->tokens = last - first + 1;
  TIPL__AT(tipl_paragraph, build->paragraphs, row->paragraph).sentences++;
  return add_unit(build, block, build->sentences.count - 1, first, last - first + 1, flags);
}

/* First token of the line after the one that token `from` stands in. */
static uint32_t line_end(const tipl__build *build, uint32_t from, uint32_t end) {
  for (uint32_t i = from + 1; i < end; i++) {
    tipl_span gap = tipl__span_between(build, i - 1, i - 1);
    uint32_t at = gap.offset + gap.length;
    if (memchr(build->text + at, '\n', TIPL__AT(uint32_t, build->token_start, i) - at) != NULL) return i;
  }
  return end;
}

static bool add_body(tipl__build *build, uint32_t block, uint32_t begin, uint32_t end) {
  tipl_paragraph *paragraph = tipl__vec_push(&build->paragraphs, &build->alloc);
  if (paragraph == NULL) return false;
  paragraph->span = block_at(build, block)->span;
  paragraph->section = block_at(build, block)->section;
  paragraph->sentence = build->sentences.count;
  bool list = tipl__is_list(build, begin, end);
  for (uint32_t at = begin, last = 0, stop = 0; at < end;) {
    uint32_t flags, next;
    next = list ? line_end(build, at, end) : tipl__sentence_end(build, at, begin, end, &last, &flags, &stop);
    if (list) last = next - 1, flags = flags_of(build, at, next - at);
    if (!add_sentence(build, block, at, last, flags)) return false;
    at = next;
  }
  return true;
}

tipl_status tipl__text(tipl__build *build) {
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = block_at(build, i);
    if (block->kind == TIPL__BLOCK_SKIP) continue;
    uint32_t begin = build->token_start.count;
    bool ok = tipl__tokens(build, block->span);
    uint32_t end = build->token_start.count;
    if (ok && end > begin)
      ok = block->kind == TIPL__BLOCK_BODY ? add_body(build, i, begin, end)
                                           : add_unit(build, i, TIPL_NONE, begin, end - begin, flags_of(build, begin, end - begin));
    if (!ok) return tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
    if (build->options.progress != NULL &&
        build->options.progress(build->options.progress_payload, block->span.offset, build->length) != 0)
      return tipl__fail(build->error, TIPL_ECANCEL, "cancelled");
  }
  if (!tipl__recommendations(build)) return tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
  return TIPL_OK;
}
