/* recommendations.c: the items of the recommendations, however they are parted.
 *
 * One sentence with semicolons (to 2018), sentences, list lines, bullets and stars; before 2008, when there
 * was no such section, the sentences of the summary that say "should". Called by text.c. */
#include "lexicon/lexicon.h"
#include "text/text.h"

enum {
  LAST_SEMICOLONS = 2018, /* edition in which a semicolon parts two recommendations */
  LAST_PROSE = 2007       /* edition without a section for them */
};

static const tipl_sentence *sentence_at(const tipl__build *build, uint32_t row) {
  return &TIPL__AT(tipl_sentence, build->sentences, row);
}

static bool in_section(const tipl__build *build, uint32_t sentence, tipl_section_kind kind) {
  uint32_t section = sentence_at(build, sentence)->section;
  return section != TIPL_NONE && TIPL__AT(tipl__section_row, build->sections, section).kind == kind;
}

static uint16_t word_of(const tipl__build *build, uint32_t token) {
  return TIPL__AT(uint16_t, build->token_word, token);
}

/* The token is this word, as it is written. */
static bool is_word(const tipl__build *build, uint32_t token, const char *word) {
  size_t length = strlen(word);
  const char *text = build->text + TIPL__AT(uint32_t, build->token_start, token);
  return TIPL__AT(uint16_t, build->token_length, token) == length && memcmp(text, word, length) == 0;
}

static bool add(tipl__build *build, uint32_t first, uint32_t end, uint32_t sentence) {
  while (first < end && (word_of(build, first) == TIPL__WORD_BULLET || is_word(build, first, "*"))) first++;
  if (first == end) return true;
  tipl_recommendation *row = tipl__vec_push(&build->recommendations, &build->alloc);
  if (row == NULL) return false;
  row->span = tipl__span_between(build, first, end - 1);
  row->sentence = sentence;
  return true;
}

/* The items of one sentence; "and" before the last is dropped. */
static bool add_parts(tipl__build *build, uint32_t sentence) {
  uint32_t first = sentence_at(build, sentence)->token, end = first + sentence_at(build, sentence)->tokens;
  for (uint32_t i = first; i <= end; i++) {
    if (i < end && word_of(build, i) != ';') continue;
    uint32_t from = first + (first + 1 < i && is_word(build, first, "and"));
    if (from < i && !add(build, from, i, sentence)) return false;
    first = i + 1;
  }
  return true;
}

typedef struct counts {
  uint32_t sentences, semicolons;
} counts;

static counts count(const tipl__build *build) {
  counts found = {0, 0};
  for (uint32_t i = 0; i < build->sentences.count; i++) {
    if (!in_section(build, i, TIPL_SECTION_RECOMMENDATIONS)) continue;
    const tipl_sentence *row = sentence_at(build, i);
    found.sentences++;
    for (uint32_t t = row->token; t < row->token + row->tokens; t++) found.semicolons += word_of(build, t) == ';';
  }
  return found;
}

/* Semicolons part the items: of the only sentence, and until 2018 wherever there are as many as sentences. */
static bool parted(const tipl__build *build, counts found) {
  int year = build->outline.year;
  if (found.sentences == 1) return true;
  return year > 0 && year <= LAST_SEMICOLONS && found.semicolons >= found.sentences;
}

static bool add_section(tipl__build *build, bool parts) {
  for (uint32_t i = 0; i < build->sentences.count; i++) {
    if (!in_section(build, i, TIPL_SECTION_RECOMMENDATIONS)) continue;
    const tipl_sentence *row = sentence_at(build, i);
    bool done = parts ? add_parts(build, i) : add(build, row->token, row->token + row->tokens, i);
    if (!done) return false;
  }
  return true;
}

static bool add_prose(tipl__build *build) {
  for (uint32_t i = 0; i < build->sentences.count; i++) {
    if (!in_section(build, i, TIPL_SECTION_SUMMARY)) continue;
    const tipl_sentence *row = sentence_at(build, i);
    uint32_t end = row->token + row->tokens, t = row->token;
    while (t < end && !is_word(build, t, "should")) t++;
    if (t < end && !add(build, row->token, end, i)) return false;
  }
  return true;
}

bool tipl__recommendations(tipl__build *build) {
  counts found = count(build);
  if (found.sentences > 0) return add_section(build, parted(build, found));
  int year = build->outline.year;
  return year > 0 && year <= LAST_PROSE ? add_prose(build) : true;
}
