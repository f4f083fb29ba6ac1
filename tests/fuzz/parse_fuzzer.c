/* parse_fuzzer.c: any bytes either give a clear error or a report of which every row is sound: spans lie
 * inside the text and inside what holds them, row numbers are rows, words are words, relations point at
 * other facts. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tipl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort(); \
    } \
  } while (0)

static const tipl_report *report;
static size_t text_size;

static int inside(tipl_span span) {
  return span.offset <= text_size && span.length <= text_size - span.offset;
}

static int within(tipl_span span, tipl_span outer) {
  return span.offset >= outer.offset &&
         (uint64_t)span.offset + span.length <= (uint64_t)outer.offset + outer.length;
}

static int row_or_none(tipl_table table, uint32_t row) {
  return row == TIPL_NONE || row < tipl_count(report, table);
}

static int rows_within(tipl_table table, uint32_t first, uint32_t count) {
  return (uint64_t)first + count <= tipl_count(report, table);
}

static void check_decimal(tipl_decimal value) {
  char text[TIPL_DECIMAL_TEXT];
  CHECK(value.exponent >= -18 && value.exponent <= 18);
  CHECK(tipl_decimal_text(text, sizeof text, value) > 0);
  CHECK(tipl_decimal_compare(value, value) == 0);
}

static void check_date(tipl_date date) {
  char text[TIPL_DATE_TEXT];
  tipl_date again;
  size_t length = tipl_date_text(text, sizeof text, date);
  CHECK(length > 0);
  CHECK(tipl_date_parse(&again, text, length) == TIPL_OK && again == date);
}

static void check_outline(void) {
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  CHECK(outline.name != NULL && outline.country != NULL && outline.iso3 != NULL);
  CHECK(inside(outline.title) && inside(outline.tier_line) && inside(outline.tier_span));
  CHECK(tipl_word(TIPL_VOCAB_TIER, outline.tier) != NULL);
  CHECK(tipl_word(TIPL_VOCAB_MOVEMENT, outline.movement) != NULL);
}

static void check_structure(void) {
  tipl_section section;
  tipl_paragraph paragraph;
  tipl_sentence sentence;
  tipl_recommendation recommendation;
  for (uint32_t i = 0; tipl_section_at(&section, report, i); i++) {
    CHECK(tipl_word(TIPL_VOCAB_SECTION, section.kind) != NULL);
    CHECK(inside(section.heading) && inside(section.body));
    CHECK(rows_within(TIPL_PARAGRAPHS, section.paragraph, section.paragraphs));
    CHECK(rows_within(TIPL_SENTENCES, section.sentence, section.sentences));
  }
  uint32_t last = 0;
  for (uint32_t i = 0; tipl_paragraph_at(&paragraph, report, i); i++) {
    CHECK(inside(paragraph.span) && paragraph.span.length > 0 && paragraph.span.offset >= last);
    last = paragraph.span.offset + paragraph.span.length;
    CHECK(paragraph.section < tipl_count(report, TIPL_SECTIONS));
    CHECK(rows_within(TIPL_SENTENCES, paragraph.sentence, paragraph.sentences));
  }
  last = 0;
  for (uint32_t i = 0; tipl_sentence_at(&sentence, report, i); i++) {
    CHECK(inside(sentence.span) && sentence.span.length > 0 && sentence.span.offset >= last);
    last = sentence.span.offset + sentence.span.length;
    CHECK(sentence.paragraph < tipl_count(report, TIPL_PARAGRAPHS));
    CHECK(sentence.section < tipl_count(report, TIPL_SECTIONS));
    CHECK(within(sentence.span, tipl_span_of(report, TIPL_PARAGRAPHS, sentence.paragraph)));
    CHECK(rows_within(TIPL_TOKENS, sentence.token, sentence.tokens));
    CHECK(rows_within(TIPL_MEASURES, sentence.measure, sentence.measures));
    CHECK(rows_within(TIPL_FACTS, sentence.fact, sentence.facts));
    for (uint32_t t = 0; t < sentence.tokens; t++)
      CHECK(within(tipl_span_of(report, TIPL_TOKENS, sentence.token + t), sentence.span));
    CHECK(tipl_row_at(report, TIPL_SENTENCES, sentence.span.offset) == i);
  }
  for (uint32_t i = 0; tipl_recommendation_at(&recommendation, report, i); i++) {
    CHECK(inside(recommendation.span) && recommendation.span.length > 0);
    CHECK(row_or_none(TIPL_SENTENCES, recommendation.sentence));
  }
  last = 0;
  for (uint32_t i = 0; i < tipl_count(report, TIPL_TOKENS); i++) {
    tipl_span token = tipl_span_of(report, TIPL_TOKENS, i);
    CHECK(inside(token) && (token.length > 0 || tipl_report_text(report, NULL) != tipl_report_source(report, NULL)) &&
          token.offset >= last); /* a mark that a list or a PDF's text lacks has no bytes */
    last = token.offset + token.length;
  }
}

/* What was read at the span of every row is a piece of the text, and the rows' pieces ascend as the rows do. */
static void check_texts(void) {
  size_t size, length;
  const char *text = tipl_report_text(report, &size), *last = text;
  static const tipl_table tables[] = {TIPL_PARAGRAPHS, TIPL_SENTENCES, TIPL_TOKENS};
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    last = text;
    for (uint32_t i = 0; i < tipl_count(report, tables[t]); i++) {
      const char *here = tipl_span_text(report, tipl_span_of(report, tables[t], i), &length);
      bool bare = tables[t] == TIPL_TOKENS && length == 0 && text != tipl_report_source(report, NULL);
      CHECK(bare || (here >= last && length > 0 && (size_t)(here - text) + length <= size));
      if (!bare) last = here + length;
    }
  }
}

static void check_measures(void) {
  tipl_measure measure, other;
  for (uint32_t i = 0; tipl_measure_at(&measure, report, i); i++) {
    CHECK(tipl_word(TIPL_VOCAB_MEASURE, measure.kind) != NULL);
    CHECK(tipl_word(TIPL_VOCAB_BOUND, measure.bound) != NULL);
    CHECK(inside(measure.span) && measure.span.length > 0);
    CHECK(row_or_none(TIPL_SENTENCES, measure.sentence));
    if (measure.sentence != TIPL_NONE)
      CHECK(within(measure.span, tipl_span_of(report, TIPL_SENTENCES, measure.sentence)));
    CHECK(measure.unit != NULL);
    check_decimal(measure.value);
    check_decimal(measure.high);
    check_date(measure.from);
    check_date(measure.to);
    if (measure.pair != TIPL_NONE) {
      CHECK(measure.pair != i && tipl_measure_at(&other, report, measure.pair));
      CHECK(other.kind == TIPL_MEASURE_MONEY && measure.kind == TIPL_MEASURE_MONEY);
      CHECK(other.pair == i);
    }
  }
}

static void check_words(const tipl_fact *fact) {
  const struct { tipl_vocabulary vocabulary; uint32_t value; } words[] = {
    {TIPL_VOCAB_METRIC, fact->metric}, {TIPL_VOCAB_STATE, fact->state},
    {TIPL_VOCAB_BOUND, fact->bound}, {TIPL_VOCAB_BASIS, fact->basis}, {TIPL_VOCAB_FORM, fact->form},
    {TIPL_VOCAB_SOURCE, fact->source}, {TIPL_VOCAB_STATUS, fact->status},
    {TIPL_VOCAB_RELATION, fact->relation}, {TIPL_VOCAB_CERTAINTY, fact->certainty},
    {TIPL_VOCAB_PHASE, fact->phase}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *word = tipl_word(words[i].vocabulary, words[i].value);
    CHECK(word != NULL);
    CHECK(tipl_value(words[i].vocabulary, word, strlen(word)) == words[i].value);
  }
  CHECK(fact->who >> tipl_vocabulary_size(TIPL_VOCAB_WHO) == 0);
  CHECK(fact->flags >> tipl_vocabulary_size(TIPL_VOCAB_FLAG) == 0);
}

static void check_facts(void) {
  tipl_fact fact;
  for (uint32_t i = 0; tipl_fact_at(&fact, report, i); i++) {
    check_words(&fact);
    CHECK(inside(fact.evidence) && fact.evidence.length > 0);
    CHECK(inside(fact.noun) && inside(fact.actor) && inside(fact.recipient));
    CHECK(inside(fact.purpose) && inside(fact.verb));
    CHECK(fact.unit != NULL && fact.rule != NULL);
    CHECK(row_or_none(TIPL_SENTENCES, fact.sentence) && row_or_none(TIPL_SECTIONS, fact.section));
    CHECK(row_or_none(TIPL_MEASURES, fact.measure));
    CHECK((fact.relation == TIPL_RELATION_PRIMARY) == (fact.of == TIPL_NONE));
    CHECK(fact.of != i && row_or_none(TIPL_FACTS, fact.of));
    if (fact.sentence != TIPL_NONE) {
      tipl_sentence sentence;
      CHECK(tipl_sentence_at(&sentence, report, fact.sentence));
      CHECK(within(fact.evidence, sentence.span));
      CHECK(sentence.section == fact.section);
    }
    check_date(fact.from);
    check_date(fact.to);
    check_decimal(fact.value);
    check_decimal(fact.high);
  }
}

/* Following `of` comes to an end: nobody is related to itself in a roundabout way. */
static void check_chains(void) {
  uint32_t count = tipl_count(report, TIPL_FACTS);
  tipl_fact fact;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t row = i;
    for (uint32_t steps = 0; row != TIPL_NONE; steps++) {
      CHECK(steps <= count);
      CHECK(tipl_fact_at(&fact, report, row));
      row = fact.of;
    }
  }
}

static void check_queries(void) {
  tipl_filter filter = TIPL_FILTER_INIT;
  uint32_t count = 0, metrics = tipl_vocabulary_size(TIPL_VOCAB_METRIC);
  for (uint32_t m = 0; m < metrics && m < 64; m++) {
    filter.metrics = UINT64_C(1) << m;
    uint32_t here = 0;
    for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE;
         row = tipl_next_fact(report, &filter, row + 1))
      here++;
    CHECK(here == tipl_count_facts(report, &filter));
    tipl_total total;
    tipl_status status = tipl_sum_facts(&total, report, &filter);
    CHECK(status == TIPL_OK || status == TIPL_ELIMIT);
    if (status == TIPL_OK) CHECK(total.facts + total.unknown == here);
    count += here;
  }
  CHECK(count == tipl_count(report, TIPL_FACTS));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  tipl_options options = TIPL_OPTIONS_INIT;
  options.helper_seconds = 10;
  options.max_bytes = 1 << 20;
  options.max_facts = 20000;
  options.max_sentence = 2048;
  options.plain = size > 0 && (data[size - 1] & 1) != 0; /* both ways, by the last byte */
  tipl_report *parsed;
  tipl_error error;
  tipl_status status =
      tipl_report_parse(&parsed, (const char *)data, size, "fuzz-2021.txt", &options, &error);
  if (status != TIPL_OK) {
    CHECK(parsed == NULL && error.status == status && error.message[0] != '\0');
    CHECK(memchr(error.message, '\0', sizeof error.message) != NULL);
    int unpacked = size > 1 && ((data[0] == 0x1F && data[1] == 0x8B) || memcmp(data, "%P", 2) == 0);
    CHECK(unpacked || error.where.offset <= size); /* a place in what came out of it */
    return 0;
  }
  report = parsed;
  size_t length;
  const char *source = tipl_report_source(report, &text_size), *text = tipl_report_text(report, &length);
  CHECK(text[length] == '\0' && source[text_size] == '\0');
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  int packed = strcmp(outline.format, "pdf") == 0 || (size > 1 && data[0] == 0x1F && data[1] == 0x8B);
  CHECK(packed || (text_size == size && memcmp(source, data, size) == 0));
  check_texts();
  check_outline();
  check_structure();
  check_measures();
  check_facts();
  check_chains();
  check_queries();
  tipl_report_unref(parsed);
  return 0;
}
