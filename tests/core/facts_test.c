/* facts_test.c: what a fact holds beside the fields that the tables print, and what carries over from one
 * sentence to the next. tests/corpus has the reading itself, sentence by sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tipl.h"

#define WORD(vocabulary, word) tipl_value(TIPL_VOCAB_##vocabulary, word, strlen(word))

/* The text as the protection section of the 2021 edition, or of none when `year` is 0. */
static tipl_report *parse_of(int year, const char *text) {
  char whole[4096];
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *report;
  options.plain = 1;
  options.year = year;
  int n = snprintf(whole, sizeof whole, "PROTECTION\n\n%s\n", text);
  assert_true(n > 0 && (size_t)n < sizeof whole);
  assert_int_equal(tipl_report_parse(&report, whole, (size_t)n, "", &options, NULL), TIPL_OK);
  return report;
}

static tipl_report *parse(const char *text) {
  return parse_of(2021, text);
}

/* The only fact of a metric with a unit ("" for any) and a relation. */
static uint32_t only(const tipl_report *report, const char *metric, const char *unit, tipl_relation relation) {
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = UINT64_C(1) << WORD(METRIC, metric);
  filter.relations = 1u << relation;
  filter.unit = unit[0] != '\0' ? unit : NULL;
  uint32_t count = tipl_count_facts(report, &filter);
  if (count != 1) fail_msg("%u facts of %s, not 1", (unsigned)count, metric);
  return tipl_next_fact(report, &filter, 0);
}

static tipl_fact fact_of(const tipl_report *report, uint32_t row) {
  tipl_fact fact;
  assert_true(tipl_fact_at(&fact, report, row));
  return fact;
}

static void expect_span(const tipl_report *report, tipl_span span, const char *want) {
  char got[256];
  assert_true(span.length < sizeof got);
  memcpy(got, tipl_report_text(report, NULL) + span.offset, span.length);
  got[span.length] = '\0';
  assert_string_equal(got, want);
}

/* ------------------------------------------------------------------ fields */

static void parts_of_a_count(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, police identified at least 12 child victims.");
  tipl_fact fact = fact_of(report, only(report, "victims_identified", "persons", TIPL_RELATION_PRIMARY));
  expect_span(report, fact.evidence, "at least 12 child victims");
  expect_span(report, fact.noun, "victims");
  expect_span(report, fact.verb, "identified");
  assert_int_equal(fact.bound, TIPL_BOUND_AT_LEAST);
  assert_int_equal(fact.who, TIPL_WHO_CHILD);
  assert_true(fact.has_value && !fact.has_high && fact.label == NULL && fact.of == TIPL_NONE);
  assert_int_equal(fact.flags, 0);
  tipl_measure measure;
  assert_true(tipl_measure_at(&measure, report, fact.measure));
  assert_int_equal(tipl_decimal_compare(measure.value, fact.value), 0);
  assert_true(fact.rule != NULL && fact.rule[0] != '\0');
  tipl_sentence sentence;
  assert_true(tipl_sentence_at(&sentence, report, fact.sentence));
  assert_true(sentence.facts == 1 && sentence.fact == 0);
  tipl_report_unref(report);
}

static void printed_precision(void **state) {
  (void)state;
  tipl_report *report = parse("The government allocated 1.2 million euros ($1,480,000) to shelters.");
  tipl_fact local = fact_of(report, only(report, "funding", "EUR", TIPL_RELATION_PRIMARY));
  assert_true(local.value.digits == 12 && local.value.exponent == 5);
  tipl_fact dollars = fact_of(report, only(report, "funding", "USD", TIPL_RELATION_CONVERSION));
  assert_true(dollars.value.digits == 1480000 && dollars.value.exponent == 0);
  assert_int_equal(dollars.of, only(report, "funding", "EUR", TIPL_RELATION_PRIMARY));
  tipl_report_unref(report);
}

static void uses_of_money(void **state) {
  (void)state;
  tipl_report *report = parse("The government gave 900 euros to NGOs that ran shelters.");
  tipl_fact fact = fact_of(report, only(report, "funding", "EUR", TIPL_RELATION_PRIMARY));
  assert_int_equal(fact.uses & (TIPL_USE_CIVIL_SOCIETY | TIPL_USE_SERVICES), TIPL_USE_CIVIL_SOCIETY | TIPL_USE_SERVICES);
  assert_int_equal(fact.uses & (TIPL_USE_ENFORCEMENT | TIPL_USE_FOREIGN), 0);
  tipl_report_unref(report);
}

static void words_around_money(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, parliament allocated 900 euros ($1,000) to the Harbor Fund for legal aid. "
                              "The refugee office received 700 euros to train staff.");
  tipl_fact fact = fact_of(report, 0);
  expect_span(report, fact.verb, "allocated");
  expect_span(report, fact.recipient, "the Harbor Fund");
  expect_span(report, fact.purpose, "legal aid");
  fact = fact_of(report, 2);
  expect_span(report, fact.verb, "received");
  expect_span(report, fact.recipient, "The refugee office");
  expect_span(report, fact.purpose, "train staff");
  tipl_report_unref(report);
}

static void phases(void **state) {
  (void)state;
  tipl_report *report = parse("Courts initiated prosecutions of four suspects in 2020. Prosecutors continued six prosecutions in 2020.");
  assert_int_equal(fact_of(report, 0).phase, TIPL_PHASE_INITIATED);
  assert_int_equal(fact_of(report, 1).phase, TIPL_PHASE_CONTINUED);
  tipl_report_unref(report);
  report = parse("Courts prosecuted four suspects in 2020.");
  assert_int_equal(fact_of(report, 0).phase, TIPL_PHASE_NONE);
  tipl_report_unref(report);
}

static void speakers(void **state) {
  (void)state;
  tipl_report *report = parse("Safe Port, an NGO, assisted 31 victims in 2020. The ministry assisted four victims in 2019.");
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.sources = 1u << TIPL_VOICE_NGO;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  filter.sources = 1u << TIPL_VOICE_GOVERNMENT;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  assert_int_equal(fact_of(report, tipl_next_fact(report, &filter, 0)).from, 20190000);
  tipl_report_unref(report);
}

/* ------------------------------------------------------------------ periods */

static void assumed_year(void **state) {
  (void)state;
  tipl_report *report = parse_of(2014, "Police identified 12 victims.");
  tipl_fact fact = fact_of(report, 0);
  assert_true(fact.from == 20130000 && fact.to == 20130000 && fact.basis == TIPL_BASIS_ASSUMED);
  tipl_report_unref(report);
  report = parse_of(0, "Police identified 12 victims."); /* of no known edition */
  fact = fact_of(report, 0);
  assert_true(fact.from == TIPL_DATE_NONE && fact.to == TIPL_DATE_NONE);
  tipl_report_unref(report);
}

static void several_years(void **state) {
  (void)state;
  tipl_report *report = parse("The government spent 900,000 euros on shelters from 2018 to 2020.");
  tipl_fact fact = fact_of(report, 0);
  assert_true(fact.from == 20180000 && fact.to == 20200000);
  assert_int_equal(fact.flags & TIPL_FLAG_MULTI_YEAR, TIPL_FLAG_MULTI_YEAR);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.year = 2019;
  assert_int_equal(tipl_count_facts(report, &filter), 0); /* of no single year */
  tipl_report_unref(report);
}

/* ------------------------------------------------------------------ sentence to sentence */

static void of_those(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, police identified 12 victims. Of those, five were children.");
  tipl_fact part = fact_of(report, only(report, "victims_identified", "persons", TIPL_RELATION_SUBSET));
  assert_int_equal(part.of, only(report, "victims_identified", "persons", TIPL_RELATION_PRIMARY));
  assert_true(part.from == 20200000 && part.basis == TIPL_BASIS_INHERITED);
  assert_int_equal(part.who, TIPL_WHO_CHILD);
  tipl_report_unref(report);
}

static void said_twice(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, police identified 12 victims. Courts were slow. Police identified 12 victims in 2020.");
  assert_int_equal(tipl_count(report, TIPL_FACTS), 2);
  tipl_fact again = fact_of(report, 1);
  assert_true(again.relation == TIPL_RELATION_RESTATES && again.of == 0);
  tipl_report_unref(report);
}

/* ------------------------------------------------------------------ flags */

/* However often a figure is said, each time it restates the first. */
static void said_often(void **state) {
  (void)state;
  enum { TIMES = 2000 };
  static const char once[] = "In 2020, police identified 12 child victims. ";
  char *text = malloc(TIMES * (sizeof once - 1) + 1);
  assert_non_null(text);
  for (size_t i = 0; i < TIMES; i++) memcpy(text + i * (sizeof once - 1), once, sizeof once);
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *report;
  options.plain = 1;
  assert_int_equal(tipl_report_parse(&report, text, strlen(text), "", &options, NULL), TIPL_OK);
  free(text);
  assert_int_equal(tipl_count(report, TIPL_FACTS), TIMES);
  for (uint32_t row = 1; row < TIMES; row++) {
    tipl_fact fact = fact_of(report, row);
    assert_true(fact.relation == TIPL_RELATION_RESTATES && fact.of == 0);
  }
  tipl_report_unref(report);
}

static void parts_disagree(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, police identified 12 victims (seven women and four men).");
  assert_int_equal(fact_of(report, 0).flags & TIPL_FLAG_PARTS_DISAGREE, TIPL_FLAG_PARTS_DISAGREE);
  tipl_report_unref(report);
  report = parse("In 2020, police identified 12 victims (seven women and five men).");
  assert_int_equal(tipl_count(report, TIPL_FACTS), 3);
  assert_int_equal(fact_of(report, 0).flags & TIPL_FLAG_PARTS_DISAGREE, 0);
  tipl_report_unref(report);
}

static void own_year(void **state) {
  (void)state;
  tipl_report *report = parse("Inspectors conducted 80 inspections in 2020, compared with 95 in 2020.");
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.flags = TIPL_FLAG_OWN_YEAR;
  assert_true(tipl_count_facts(report, &filter) > 0);
  filter = (tipl_filter)TIPL_FILTER_INIT;
  filter.year = 2020;
  assert_int_equal(tipl_count_facts(report, &filter), 2);
  tipl_report_unref(report);
}

static void may_contain(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, the government spent 900 euros on shelters. In 2020, the ministry gave 200 euros to a shelter.");
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.flags = TIPL_FLAG_MAY_CONTAIN;
  assert_int_equal(tipl_count_facts(report, &filter), 2);
  tipl_report_unref(report);
  report = parse("In 2020, the government spent 900 euros on shelters. In 2019, the ministry gave 200 euros to a shelter.");
  assert_int_equal(tipl_count_facts(report, &filter), 0);
  tipl_report_unref(report);
}

static void label_and_range(void **state) {
  (void)state;
  tipl_report *report = parse("It spent 900 euros on shelters over the three-year period of 2017-2020.");
  tipl_fact fact = fact_of(report, 0);
  assert_true(fact.from == 20170000 && fact.to == 20200000);
  tipl_report_unref(report);
  assert_true((fact.flags & TIPL_FLAG_LABEL_RANGE) != 0);
}

static void unknown_currency(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, the government allocated 70,000 dravins ($900) to shelters.");
  tipl_fact fact = fact_of(report, 0);
  assert_string_equal(fact.unit, "dravins");
  tipl_report_unref(report);
  assert_true((fact.flags & TIPL_FLAG_UNKNOWN_CURRENCY) != 0);
}

static void odd_rate(void **state) {
  (void)state;
  tipl_report *report = parse("In 2020, it gave 100,000 euros ($120,000) to a shelter. In 2020, it gave 200,000 euros ($240,000) "
                              "to a hotline. In 2020, it gave 300,000 euros ($360,000) to NGOs. In 2020, it gave 400,000 euros "
                              "($600,000) to courts.");
  assert_int_equal(tipl_count(report, TIPL_FACTS), 8);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.flags = TIPL_FLAG_RATE;
  uint32_t count = tipl_count_facts(report, &filter);
  for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE; row = tipl_next_fact(report, &filter, row + 1)) {
    double value = tipl_decimal_double(fact_of(report, row).value);
    assert_true(value == 400000.0 || value == 600000.0);
  }
  tipl_report_unref(report);
  assert_true(count > 0);
}

/* ------------------------------------------------------------------ nothing to read */

static void no_facts(void **state) {
  (void)state;
  static const char *const none[] = {
      "Article 12 of the 2014 law came into force.", "A 17-year-old girl spoke of her journey.",
      "The COVID-19 pandemic went on.", "The hotline was open 24 hours a day.", "One of the officers left.",
      "In one case, an officer left.", "The police were slow.", "See page 12."};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    tipl_report *report = parse(none[i]);
    if (tipl_count(report, TIPL_FACTS) != 0) fail_msg("a fact in \"%s\"", none[i]);
    tipl_report_unref(report);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_of_a_count), cmocka_unit_test(printed_precision), cmocka_unit_test(uses_of_money),
      cmocka_unit_test(words_around_money), cmocka_unit_test(phases), cmocka_unit_test(speakers), cmocka_unit_test(assumed_year),      cmocka_unit_test(several_years),
      cmocka_unit_test(of_those),         cmocka_unit_test(said_twice), cmocka_unit_test(said_often),        cmocka_unit_test(parts_disagree),
      cmocka_unit_test(own_year),         cmocka_unit_test(may_contain),       cmocka_unit_test(label_and_range),
      cmocka_unit_test(unknown_currency), cmocka_unit_test(odd_rate),          cmocka_unit_test(no_facts)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
