/* api_test.c: the public interface, used well at its edges and used badly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "tipl.h"

#define SAMPLE "examples/reports/valdoria-2021.txt"
#define TEXT(s) (s), sizeof(s) - 1

static const char narrative[] =
    "2021 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\n"
    "The Government of Norway does not fully meet the minimum standards.\n\n"
    "PROTECTION\n\nThe government identified 12 victims in 2020, compared with 10 in 2019.\n";

static tipl_report *parse(const char *text, size_t length, const tipl_options *options) {
  tipl_report *report;
  tipl_error error;
  tipl_status status = tipl_report_parse(&report, text, length, "test.txt", options, &error);
  if (status != TIPL_OK) fail_msg("%s: %s", tipl_status_name(status), error.message);
  assert_non_null(report);
  return report;
}

/* ------------------------------------------------------------------ versions, names, vocabularies */

static void version(void **state) {
  (void)state;
  char text[32];
  snprintf(text, sizeof text, "%d.%d.%d", TIPL_VERSION_MAJOR, TIPL_VERSION_MINOR, TIPL_VERSION_PATCH);
  assert_string_equal(tipl_version_string(), text);
  assert_int_equal(tipl_version(), TIPL_VERSION_NUM);
  assert_string_equal(tipl_status_name(TIPL_OK), "OK");
  assert_string_equal(tipl_status_name(TIPL_ECANCEL), "ECANCEL");
  assert_non_null(tipl_status_name((tipl_status)-99));
}

static void vocabularies(void **state) {
  (void)state;
  for (unsigned v = 0; v < TIPL_VOCAB_COUNT; v++) {
    uint32_t size = tipl_vocabulary_size((tipl_vocabulary)v);
    assert_in_range(size, 1, 64); /* a set of them fits a filter */
    for (uint32_t i = 0; i < size; i++) {
      const char *word = tipl_word((tipl_vocabulary)v, i);
      assert_non_null(word);
      assert_true(word[0] != '\0');
      assert_int_equal(tipl_value((tipl_vocabulary)v, word, strlen(word)), i);
    }
    assert_null(tipl_word((tipl_vocabulary)v, size));
    assert_null(tipl_word((tipl_vocabulary)v, TIPL_NONE));
    assert_int_equal(tipl_value((tipl_vocabulary)v, TEXT("no such word")), TIPL_NONE);
    assert_int_equal(tipl_value((tipl_vocabulary)v, TEXT("")), TIPL_NONE);
  }
  assert_int_equal(tipl_vocabulary_size(TIPL_VOCAB_COUNT), 0);
  assert_null(tipl_word(TIPL_VOCAB_COUNT, 0));
  assert_int_equal(tipl_value(TIPL_VOCAB_COUNT, TEXT("=")), TIPL_NONE);
}

static void vocabulary_order(void **state) { /* the order is part of the interface */
  (void)state;
  assert_int_equal(tipl_value(TIPL_VOCAB_SECTION, TEXT("protection")), TIPL_SECTION_PROTECTION);
  assert_int_equal(tipl_value(TIPL_VOCAB_BOUND, TEXT(">=")), TIPL_BOUND_AT_LEAST);
  assert_int_equal(tipl_value(TIPL_VOCAB_STATE, TEXT("not_reported")), TIPL_STATE_NOT_REPORTED);
  assert_int_equal(tipl_value(TIPL_VOCAB_RELATION, TEXT("primary")), TIPL_RELATION_PRIMARY);
  assert_int_equal(1u << tipl_value(TIPL_VOCAB_WHO, TEXT("foreign")), TIPL_WHO_FOREIGN);
  assert_int_equal(tipl_value(TIPL_VOCAB_METRIC, TEXT("funding")) == TIPL_NONE, 0);
}

/* ------------------------------------------------------------------ decimals and dates */

static void decimal_text(void **state) {
  (void)state;
  static const struct { tipl_decimal value; const char *text; } cases[] = {
    {{41, 5}, "4100000"}, {{0, 0}, "0"}, {{0, 5}, "0"}, {{0, -5}, "0"}, {{25, -1}, "2.5"},
    {{-4, -3}, "-0.004"}, {{2500, -3}, "2.5"}, {{2000, -3}, "2"}, {{-7, 0}, "-7"}, {{1, 18}, "1000000000000000000"},
    {{1, -18}, "0.000000000000000001"}, {{INT64_MAX, 0}, "9223372036854775807"},
    {{INT64_MIN, 0}, "-9223372036854775808"}, {{INT64_MIN, -18}, "-9.223372036854775808"},
    {{INT64_MIN, 18}, "-9223372036854775808000000000000000000"},
    {{INT64_C(90000000000000000), 9}, "90000000000000000000000000"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[TIPL_DECIMAL_TEXT];
    memset(out, 'x', sizeof out);
    size_t length = tipl_decimal_text(out, sizeof out, cases[i].value);
    assert_string_equal(out, cases[i].text);
    assert_int_equal(length, strlen(cases[i].text));
    /* exactly enough, one too few, nothing */
    char *tight = malloc(length + 1);
    assert_int_equal(tipl_decimal_text(tight, length + 1, cases[i].value), length);
    free(tight);
    tight = malloc(length);
    assert_int_equal(tipl_decimal_text(tight, length, cases[i].value), 0);
    free(tight);
    assert_int_equal(tipl_decimal_text(out, 0, cases[i].value), 0);
  }
}

static tipl_decimal dec(int64_t digits, int exponent) {
  tipl_decimal value = {digits, exponent};
  return value;
}

static void decimal_compare(void **state) {
  (void)state;
  assert_int_equal(tipl_decimal_compare(dec(41, 5), dec(4100000, 0)), 0);
  assert_int_equal(tipl_decimal_compare(dec(0, 18), dec(0, -18)), 0);
  assert_int_equal(tipl_decimal_compare(dec(1, 18), dec(1, -18)), 1);
  assert_int_equal(tipl_decimal_compare(dec(-1, 18), dec(1, -18)), -1);
  assert_int_equal(tipl_decimal_compare(dec(INT64_MAX, 18), dec(INT64_MAX, -18)), 1);
  assert_int_equal(tipl_decimal_compare(dec(INT64_MIN, 18), dec(INT64_MIN, -18)), -1);
  assert_int_equal(tipl_decimal_compare(dec(25, -1), dec(24, -1)), 1);
  assert_int_equal(tipl_decimal_compare(dec(INT64_MAX, 0), dec(INT64_MAX - 1, 0)), 1);
}

static void decimal_add(void **state) {
  (void)state;
  char out[TIPL_DECIMAL_TEXT];
  tipl_decimal sum = dec(41, 5);
  assert_int_equal(tipl_decimal_add(&sum, dec(25, -1)), TIPL_OK);
  tipl_decimal_text(out, sizeof out, sum);
  assert_string_equal(out, "4100002.5");
  assert_int_equal(tipl_decimal_add(&sum, dec(-41000025, -1)), TIPL_OK);
  assert_int_equal(tipl_decimal_compare(sum, dec(0, 0)), 0);

  sum = dec(INT64_MAX, 0);
  assert_int_equal(tipl_decimal_add(&sum, dec(1, 0)), TIPL_ELIMIT);
  assert_true(sum.digits == INT64_MAX && sum.exponent == 0);
  assert_int_equal(tipl_decimal_add(&sum, dec(0, 0)), TIPL_OK);
  sum = dec(INT64_MIN, 0);
  assert_int_equal(tipl_decimal_add(&sum, dec(-1, 0)), TIPL_ELIMIT);
  sum = dec(1, 18);
  assert_int_equal(tipl_decimal_add(&sum, dec(1, -18)), TIPL_ELIMIT);
  assert_true(sum.digits == 1 && sum.exponent == 18);
}

static void decimal_double(void **state) {
  (void)state;
  assert_true(tipl_decimal_double(dec(41, 5)) == 4100000.0);
  assert_true(tipl_decimal_double(dec(-25, -1)) == -2.5);
  assert_true(tipl_decimal_double(dec(0, 18)) == 0.0);
  assert_true(tipl_decimal_double(dec(1, -1)) == 0.1);
}

static void dates(void **state) {
  (void)state;
  static const struct { tipl_date date; const char *text; } cases[] = {
    {TIPL_DATE_NONE, "-"}, {TIPL_DATE_RP, "RP"}, {TIPL_DATE_PRP, "PRP"}, {20200000, "2020"},
    {20210100, "2021-01"}, {20210115, "2021-01-15"}, {20001231, "2000-12-31"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[TIPL_DATE_TEXT];
    tipl_date back = 1;
    size_t length = strlen(cases[i].text);
    assert_int_equal(tipl_date_text(out, sizeof out, cases[i].date), length);
    assert_string_equal(out, cases[i].text);
    assert_int_equal(tipl_date_text(out, length, cases[i].date), 0);
    assert_int_equal(tipl_date_parse(&back, cases[i].text, length), TIPL_OK);
    assert_int_equal(back, cases[i].date);
  }
  static const char *const bad[] = {"", "20", "20201", "2020-", "2020-1", "2020-13", "2020-00", "2020-01-",
    "2020-01-32", "2020-01-00", "2020-01-011", "rp2", "year", "2020 ", " 2020", "-2020", "--"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    tipl_date out = 7;
    if (tipl_date_parse(&out, bad[i], strlen(bad[i])) != TIPL_EARG) fail_msg("accepted '%s'", bad[i]);
  }
}

/* ------------------------------------------------------------------ opening */

static void bad_files(void **state) {
  (void)state;
  static const struct { const char *path; tipl_status status; } cases[] = {
    {"no/such/file", TIPL_EIO}, {"tests", TIPL_EIO}, {"", TIPL_EIO}, {NULL, TIPL_EARG}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tipl_report *report = (tipl_report *)1;
    tipl_error error;
    assert_int_equal(tipl_report_open(&report, cases[i].path, NULL, &error), cases[i].status);
    assert_null(report);
    assert_int_equal(error.status, cases[i].status);
    assert_true(error.message[0] != '\0');
    assert_null(strchr(error.message, '\n'));
  }
}

static void bad_bytes(void **state) {
  (void)state;
  static const struct { const char *text; size_t length; tipl_status status; uint32_t offset; } cases[] = {
    {TEXT(""), TIPL_ENOREPORT, 0}, {TEXT(" \n\n "), TIPL_ENOREPORT, 0},
    {TEXT("A shopping list: milk."), TIPL_ENOREPORT, 0},
    {TEXT("abc\0def"), TIPL_EENCODING, 3}, {TEXT("ab\xFF"), TIPL_EENCODING, 2},
    {TEXT("\xFF\xFEN\0"), TIPL_EENCODING, 0}, {TEXT("\xFE\xFF\0N"), TIPL_EENCODING, 0},
    {TEXT("a\xC0\xAF"), TIPL_EENCODING, 1}, {TEXT("ab\xED\xA0\x80"), TIPL_EENCODING, 2},
    {TEXT("a\xF4\x90\x80\x80"), TIPL_EENCODING, 1}, {TEXT("a\xE2\x82"), TIPL_EENCODING, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tipl_report *report = (tipl_report *)1;
    tipl_error error;
    tipl_status status =
        tipl_report_parse(&report, cases[i].text, cases[i].length, NULL, NULL, &error);
    if (status != cases[i].status) fail_msg("case %d: %s", (int)i, tipl_status_name(status));
    assert_null(report);
    assert_int_equal(error.status, status);
    if (status == TIPL_EENCODING) assert_int_equal(error.where.offset, cases[i].offset);
  }
}

static void error_place(void **state) {
  (void)state;
  tipl_report *report;
  tipl_error error;
  assert_int_equal(tipl_report_parse(&report, TEXT("one\ntwo\nthr\x81"), NULL, NULL, &error),
                   TIPL_EENCODING);
  assert_int_equal(error.where.offset, 11);
  assert_int_equal(error.line, 3);
  assert_int_equal(error.column, 4);
}

static void bad_arguments(void **state) {
  (void)state;
  tipl_report *report;
  tipl_options options = TIPL_OPTIONS_INIT;
  assert_int_equal(tipl_report_parse(&report, NULL, 5, NULL, NULL, NULL), TIPL_EARG);
  assert_null(report);
  assert_int_equal(tipl_report_parse(NULL, TEXT("x"), NULL, NULL, NULL), TIPL_EARG);
  assert_int_equal(tipl_report_open(NULL, SAMPLE, NULL, NULL), TIPL_EARG);
  options.size = 3; /* not of any version */
  assert_int_equal(tipl_report_parse(&report, TEXT(narrative), NULL, &options, NULL), TIPL_EARG);
  assert_null(report);
  options.size = sizeof options;
  options.year = -5;
  assert_int_equal(tipl_report_parse(&report, TEXT(narrative), NULL, &options, NULL), TIPL_EARG);
  options.year = 0;
  options.country = "Atlantis of the West";
  assert_int_equal(tipl_report_parse(&report, TEXT(narrative), NULL, &options, NULL), TIPL_EARG);
  assert_null(report);
  tipl_report_unref(NULL);
}

/* Each limit at its edge: just enough works, one less fails. */
static void limit_bytes(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.max_bytes = sizeof narrative - 1;
  tipl_report *report = parse(TEXT(narrative), &options);
  tipl_report_unref(report);
  options.max_bytes--;
  tipl_error error;
  assert_int_equal(tipl_report_parse(&report, TEXT(narrative), NULL, &options, &error), TIPL_ELIMIT);
  assert_null(report);
  assert_non_null(strstr(error.message, "byte"));
  options.max_bytes = 100;
  assert_int_equal(tipl_report_open(&report, SAMPLE, &options, &error), TIPL_ELIMIT);
  assert_null(report);
}

static void limit_facts(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *report = parse(TEXT(narrative), NULL);
  uint32_t facts = tipl_count(report, TIPL_FACTS);
  tipl_report_unref(report);
  assert_true(facts >= 2);
  options.max_facts = facts;
  report = parse(TEXT(narrative), &options);
  assert_int_equal(tipl_count(report, TIPL_FACTS), facts);
  tipl_report_unref(report);
  options.max_facts = facts - 1;
  tipl_error error;
  assert_int_equal(tipl_report_parse(&report, TEXT(narrative), NULL, &options, &error), TIPL_ELIMIT);
  assert_null(report);
  assert_true(error.where.offset > 0);
}

static void limit_sentence(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *all = parse(TEXT(narrative), NULL);
  options.max_sentence = 2;
  tipl_report *cut = parse(TEXT(narrative), &options);
  assert_int_equal(tipl_count(cut, TIPL_TOKENS), tipl_count(all, TIPL_TOKENS));
  assert_true(tipl_count(cut, TIPL_FACTS) < tipl_count(all, TIPL_FACTS));
  tipl_report_unref(all);
  tipl_report_unref(cut);
}

static void overrides(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.year = 2019;
  options.country = "SWE";
  tipl_report *report = parse(TEXT(narrative), &options);
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  assert_int_equal(outline.year, 2019);
  assert_int_equal(outline.year_origin, TIPL_ORIGIN_OPTION);
  assert_string_equal(outline.iso3, "SWE");
  assert_string_equal(outline.country, "Sweden");
  assert_int_equal(outline.country_origin, TIPL_ORIGIN_OPTION);
  tipl_report_unref(report);

  options = (tipl_options)TIPL_OPTIONS_INIT;
  options.plain = 1;
  report = parse(TEXT("A shopping list: two milks."), &options);
  tipl_report_outline(&outline, report);
  assert_string_equal(outline.country, "");
  assert_int_equal(outline.year, 0);
  assert_int_equal(tipl_count(report, TIPL_SENTENCES), 1);
  tipl_report_unref(report);
  report = parse(TEXT(""), &options);
  assert_int_equal(tipl_count(report, TIPL_SENTENCES), 0);
  assert_int_equal(tipl_row_at(report, TIPL_SENTENCES, 0), TIPL_NONE);
  tipl_report_unref(report);
}

/* ------------------------------------------------------------------ reading */

static void text_and_places(void **state) {
  (void)state;
  tipl_report *report = parse(TEXT(narrative), NULL);
  size_t length;
  const char *text = tipl_report_text(report, &length);
  assert_int_equal(length, sizeof narrative - 1);
  assert_string_equal(text, narrative);
  assert_ptr_equal(tipl_report_text(report, NULL), text);
  assert_true(tipl_report_memory(report) > length);
  uint32_t line, column;
  tipl_report_locate(report, 0, &line, &column);
  assert_true(line == 1 && column == 1);
  tipl_report_locate(report, (uint32_t)(strstr(narrative, "NORWAY") - narrative) + 2, &line, &column);
  assert_true(line == 3 && column == 3);
  tipl_report_locate(report, UINT32_MAX, &line, &column); /* the end */
  assert_true(line >= 9);
  tipl_report_locate(report, 0, NULL, NULL);
  tipl_report_unref(report);
}

/* The same narrative in two encodings: one text, spans in two sources. */
static void text_and_source(void **state) {
  (void)state;
  static const char windows[] =
      "NORWAY: Tier 2\r\n\r\nPROTECTION\r\n\r\n"
      "The government\x92s caf\xE9s \x96 all of them \x96 identified 12 victims in 2020.\r\n";
  tipl_report *report = parse(TEXT(windows), NULL);
  size_t length, text_length;
  const char *source = tipl_report_source(report, &length);
  const char *text = tipl_report_text(report, &text_length);
  assert_int_equal(length, sizeof windows - 1);
  assert_memory_equal(source, windows, length);
  assert_int_equal(text_length, length + 1 + 3 * 2); /* an accent, an apostrophe and two dashes */
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  assert_string_equal(outline.encoding, "Windows-1252");
  assert_string_equal(outline.format, "text");
  assert_int_equal(outline.tier, TIPL_TIER_2);
  tipl_fact fact;
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.unit = "persons";
  uint32_t row = tipl_next_fact(report, &filter, 0);
  assert_true(tipl_fact_at(&fact, report, row));
  assert_memory_equal(source + fact.evidence.offset, "12 victims", 10);
  const char *said = tipl_span_text(report, fact.evidence, &length);
  assert_memory_equal(said, "12 victims", 10);
  assert_int_equal(said - text, (long)fact.evidence.offset + 7);
  tipl_sentence sentence;
  assert_true(tipl_sentence_at(&sentence, report, fact.sentence));
  said = tipl_span_text(report, sentence.span, &length);
  assert_int_equal(length, sentence.span.length + 7);
  assert_memory_equal(said, "The government\xE2\x80\x99s caf\xC3\xA9s", 24);
  assert_int_equal(tipl_row_at(report, TIPL_FACTS, fact.evidence.offset), row);
  tipl_report_unref(report);
  report = parse(TEXT(narrative), NULL);
  assert_ptr_equal(tipl_report_source(report, NULL), tipl_report_text(report, NULL));
  tipl_report_unref(report);
}

static void references(void **state) {
  (void)state;
  tipl_report *report = parse(TEXT(narrative), NULL);
  tipl_report_ref(report);
  tipl_report_unref(report);
  assert_true(tipl_count(report, TIPL_SENTENCES) > 0);
  tipl_report_unref(report);
}

static void rows_out_of_range(void **state) {
  (void)state;
  tipl_report *report = parse(TEXT(narrative), NULL);
  tipl_section section;
  tipl_paragraph paragraph;
  tipl_sentence sentence;
  tipl_recommendation recommendation;
  tipl_measure measure;
  tipl_fact fact;
  const uint32_t far[] = {0, 1, TIPL_NONE - 1, TIPL_NONE};
  for (size_t i = 0; i < 4; i++) {
    uint32_t row[TIPL_TABLE_COUNT];
    for (unsigned t = 0; t < TIPL_TABLE_COUNT; t++) {
      uint32_t count = tipl_count(report, (tipl_table)t);
      row[t] = i < 2 ? count + far[i] : far[i];
      tipl_span span = tipl_span_of(report, (tipl_table)t, row[t]);
      assert_true(span.offset == 0 && span.length == 0);
      assert_int_equal(tipl_row_at(report, (tipl_table)t, UINT32_MAX), TIPL_NONE);
    }
    assert_int_equal(tipl_section_at(&section, report, row[TIPL_SECTIONS]), 0);
    assert_int_equal(tipl_paragraph_at(&paragraph, report, row[TIPL_PARAGRAPHS]), 0);
    assert_int_equal(tipl_sentence_at(&sentence, report, row[TIPL_SENTENCES]), 0);
    assert_int_equal(tipl_recommendation_at(&recommendation, report, row[TIPL_RECOMMENDATIONS]), 0);
    assert_int_equal(tipl_measure_at(&measure, report, row[TIPL_MEASURES]), 0);
    assert_int_equal(tipl_fact_at(&fact, report, row[TIPL_FACTS]), 0);
  }
  assert_int_equal(tipl_count(report, TIPL_TABLE_COUNT), 0);
  assert_int_equal(tipl_span_of(report, TIPL_TABLE_COUNT, 0).length, 0);
  assert_int_equal(tipl_row_at(report, TIPL_TABLE_COUNT, 0), TIPL_NONE);
  tipl_report_unref(report);
}

static void rows_and_spans_agree(void **state) {
  (void)state;
  tipl_report *report = parse(TEXT(narrative), NULL);
  tipl_sentence sentence;
  for (uint32_t i = 0; tipl_sentence_at(&sentence, report, i); i++) {
    tipl_span span = tipl_span_of(report, TIPL_SENTENCES, i);
    assert_true(span.offset == sentence.span.offset && span.length == sentence.span.length);
    assert_int_equal(tipl_row_at(report, TIPL_SENTENCES, span.offset), i);
    assert_int_equal(tipl_row_at(report, TIPL_SENTENCES, span.offset + span.length - 1), i);
    assert_int_not_equal(tipl_row_at(report, TIPL_SENTENCES, span.offset + span.length), i);
  }
  tipl_fact fact;
  for (uint32_t i = 0; tipl_fact_at(&fact, report, i); i++) {
    tipl_span span = tipl_span_of(report, TIPL_FACTS, i);
    assert_true(span.offset == fact.evidence.offset && span.length == fact.evidence.length);
    assert_true(tipl_row_at(report, TIPL_FACTS, span.offset) <= i);
  }
  tipl_report_unref(report);
}

/* ------------------------------------------------------------------ queries */

static int in_section(const tipl_report *report, const tipl_fact *fact, tipl_section_kind kind) {
  tipl_section section;
  return tipl_section_at(&section, report, fact->section) && section.kind == kind;
}

/* A filter must take exactly the rows that the same question, asked of each row, takes. */
static void filters(void **state) {
  (void)state;
  tipl_report *report;
  assert_int_equal(tipl_report_open(&report, SAMPLE, NULL, NULL), TIPL_OK);
  uint32_t all = tipl_count(report, TIPL_FACTS);
  assert_true(all > 20);
  assert_int_equal(tipl_count_facts(report, NULL), all);
  assert_int_equal(tipl_next_fact(report, NULL, 0), 0);
  assert_int_equal(tipl_next_fact(report, NULL, all - 1), all - 1);
  assert_int_equal(tipl_next_fact(report, NULL, all), TIPL_NONE);
  assert_int_equal(tipl_next_fact(report, NULL, TIPL_NONE), TIPL_NONE);

#define TRY(set_up, condition) \
  do { \
    tipl_filter filter = TIPL_FILTER_INIT; \
    set_up; \
    uint32_t want = 0, got = 0; \
    tipl_fact fact; \
    for (uint32_t row = 0; tipl_fact_at(&fact, report, row); row++) \
      if (condition) { \
        assert_int_equal(tipl_next_fact(report, &filter, row), row); \
        want++; \
      } \
    for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE; \
         row = tipl_next_fact(report, &filter, row + 1)) \
      got++; \
    if (want != got) fail_msg("%s: %u rows, not %u", #set_up, (unsigned)got, (unsigned)want); \
    assert_int_equal(tipl_count_facts(report, &filter), want); \
  } while (0)

  uint32_t funding = tipl_value(TIPL_VOCAB_METRIC, TEXT("funding"));
  TRY((void)0, 1);
  TRY(filter.metrics = UINT64_C(1) << funding, fact.metric == funding);
  TRY(filter.metrics = ~(UINT64_C(1) << funding), fact.metric != funding);
  TRY(filter.states = 1u << TIPL_STATE_NOT_REPORTED | 1u << TIPL_STATE_NONE_REPORTED,
      fact.state == TIPL_STATE_NOT_REPORTED || fact.state == TIPL_STATE_NONE_REPORTED);
  TRY(filter.relations = 1u << TIPL_RELATION_COMPARISON, fact.relation == TIPL_RELATION_COMPARISON);
  TRY(filter.bases = 1u << TIPL_BASIS_INFERRED, fact.basis == TIPL_BASIS_INFERRED);
  TRY(filter.bounds = 1u << TIPL_BOUND_AT_LEAST, fact.bound == TIPL_BOUND_AT_LEAST);
  TRY(filter.forms = 1u << TIPL_FORM_LABOR, fact.form == TIPL_FORM_LABOR);
  TRY(filter.sources = 1u << TIPL_VOICE_NGO, fact.source == TIPL_VOICE_NGO);
  TRY(filter.statuses = 1u << TIPL_COUNT_POTENTIAL, fact.status == TIPL_COUNT_POTENTIAL);
  TRY(filter.certainties = 1u << TIPL_REQUESTED, fact.certainty == TIPL_REQUESTED);
  TRY(filter.phases = 1u << TIPL_PHASE_PENDING, fact.phase == TIPL_PHASE_PENDING);
  TRY(filter.who = TIPL_WHO_CHILD, fact.who & TIPL_WHO_CHILD);
  TRY(filter.not_who = TIPL_WHO_CHILD | TIPL_WHO_FEMALE, !(fact.who & (TIPL_WHO_CHILD | TIPL_WHO_FEMALE)));
  TRY(filter.flags = TIPL_FLAG_PARTS_DISAGREE, fact.flags & TIPL_FLAG_PARTS_DISAGREE);
  TRY(filter.unit = "persons", strcmp(fact.unit, "persons") == 0);
  TRY(filter.unit = "no such unit", 0);
  TRY(filter.from = 20200000, fact.from == 20200000);
  TRY(filter.to = 20190000, fact.to == 20190000);
  TRY(filter.year = 2020, fact.from / 10000 == 2020 && fact.to / 10000 == 2020);
  TRY(filter.has_value = 1, fact.has_value);
  TRY(filter.has_value = -1, !fact.has_value);
  TRY(filter.of = 0, fact.of == 0);
  TRY(filter.sentence = 3, fact.sentence == 3);
  TRY(filter.sections = 1u << TIPL_SECTION_PROTECTION, in_section(report, &fact, TIPL_SECTION_PROTECTION));
  TRY((filter.has_value = 1, filter.unit = "persons", filter.relations = 1u << TIPL_RELATION_PRIMARY),
      fact.has_value && strcmp(fact.unit, "persons") == 0 && fact.relation == TIPL_RELATION_PRIMARY);
  tipl_report_unref(report);
}

static void sums(void **state) {
  (void)state;
  tipl_report *report;
  assert_int_equal(tipl_report_open(&report, SAMPLE, NULL, NULL), TIPL_OK);
  tipl_total total;
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.unit = "no such unit";
  assert_int_equal(tipl_sum_facts(&total, report, &filter), TIPL_OK);
  assert_true(total.facts == 0 && total.unknown == 0 && total.sum.digits == 0 && !total.mixed);

  filter = (tipl_filter)TIPL_FILTER_INIT;
  assert_int_equal(tipl_sum_facts(&total, report, NULL), TIPL_OK);
  assert_int_equal(total.mixed, 1); /* cases, persons and money together */
  assert_int_equal(total.facts + total.unknown, tipl_count(report, TIPL_FACTS));

  filter.unit = "persons";
  assert_int_equal(tipl_sum_facts(&total, report, &filter), TIPL_OK);
  assert_int_equal(total.mixed, 0);
  tipl_decimal sum = {0, 0};
  uint32_t unknown = 0;
  tipl_fact fact;
  for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE;
       row = tipl_next_fact(report, &filter, row + 1)) {
    tipl_fact_at(&fact, report, row);
    if (fact.has_value) assert_int_equal(tipl_decimal_add(&sum, fact.value), TIPL_OK);
    else unknown++;
  }
  assert_int_equal(tipl_decimal_compare(total.sum, sum), 0);
  assert_int_equal(total.unknown, unknown);
  if (unknown > 0) assert_int_equal(total.lower_bound, 1);
  tipl_report_unref(report);
}

/* Parsing the same bytes twice gives the same rows. */
static void same_again(void **state) {
  (void)state;
  tipl_report *a, *b;
  assert_int_equal(tipl_report_open(&a, SAMPLE, NULL, NULL), TIPL_OK);
  assert_int_equal(tipl_report_open(&b, SAMPLE, NULL, NULL), TIPL_OK);
  for (unsigned t = 0; t < TIPL_TABLE_COUNT; t++) {
    uint32_t count = tipl_count(a, (tipl_table)t);
    assert_int_equal(tipl_count(b, (tipl_table)t), count);
    for (uint32_t row = 0; row < count; row++) {
      tipl_span x = tipl_span_of(a, (tipl_table)t, row), y = tipl_span_of(b, (tipl_table)t, row);
      assert_true(x.offset == y.offset && x.length == y.length);
    }
  }
  tipl_report_unref(a);
  tipl_report_unref(b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(version), cmocka_unit_test(vocabularies), cmocka_unit_test(vocabulary_order),
    cmocka_unit_test(decimal_text), cmocka_unit_test(decimal_compare), cmocka_unit_test(decimal_add),
    cmocka_unit_test(decimal_double), cmocka_unit_test(dates), cmocka_unit_test(bad_files),
    cmocka_unit_test(bad_bytes), cmocka_unit_test(error_place), cmocka_unit_test(bad_arguments),
    cmocka_unit_test(limit_bytes), cmocka_unit_test(limit_facts), cmocka_unit_test(limit_sentence),
    cmocka_unit_test(overrides), cmocka_unit_test(text_and_places),
    cmocka_unit_test(text_and_source), cmocka_unit_test(references),
    cmocka_unit_test(rows_out_of_range), cmocka_unit_test(rows_and_spans_agree),
    cmocka_unit_test(filters), cmocka_unit_test(sums), cmocka_unit_test(same_again)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
