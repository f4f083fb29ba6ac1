/* query_test.c: sums that say what they leave out, and filters where rows lack what is asked for. The
 * keys of a filter, one by one, are tested in api_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tipl.h"

static const char narrative[] =
    "2021 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\n"
    "The Government of Valdoria does not fully meet the minimum standards.\n\n"
    "PROTECTION\n\n"
    "In 2020, police identified 12 victims (seven women and four men), compared with 10 in 2019. "
    "NGOs assisted at least 31 victims in 2020. "
    "The government did not report the number of victims it assisted in 2020. "
    "In 2020, the government allocated 0.25 million euros ($300,000) to shelters. "
    "The ministry spent 1.5 million euros ($1.8 million) on shelters from 2018 to 2020. "
    "During the reporting period, police screened more than 400 workers.\n";

static tipl_report *parse(const char *text) {
  tipl_report *report;
  assert_int_equal(tipl_report_parse(&report, text, strlen(text), "", NULL, NULL), TIPL_OK);
  return report;
}

static uint64_t metric(const char *name) {
  uint32_t value = tipl_value(TIPL_VOCAB_METRIC, name, strlen(name));
  assert_int_not_equal(value, TIPL_NONE);
  return UINT64_C(1) << value;
}

/* Sums and compares: text of the sum, rows taken, rows without value. */
static tipl_total sum(const tipl_report *report, const tipl_filter *filter, const char *text, uint32_t facts, uint32_t unknown) {
  tipl_total total;
  char got[TIPL_DECIMAL_TEXT];
  assert_int_equal(tipl_sum_facts(&total, report, filter), TIPL_OK);
  assert_true(tipl_decimal_text(got, sizeof got, total.sum) > 0);
  assert_string_equal(got, text);
  assert_int_equal(total.facts, facts);
  assert_int_equal(total.unknown, unknown);
  return total;
}

static void exact_sum(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = metric("funding");
  filter.unit = "EUR";
  tipl_total total = sum(report, &filter, "1750000", 2, 0);
  assert_true(!total.mixed && !total.lower_bound);
  filter.year = 2020; /* the sum over several years belongs to none */
  sum(report, &filter, "250000", 1, 0);
  filter.unit = NULL;
  assert_true(sum(report, &filter, "550000", 2, 0).mixed);
  filter.relations = 1u << TIPL_RELATION_PRIMARY;
  assert_false(sum(report, &filter, "250000", 1, 0).mixed);
  tipl_report_unref(report);
}

static void unknowns(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = metric("victims_assisted");
  filter.sources = 1u << TIPL_VOICE_GOVERNMENT;
  assert_true(sum(report, &filter, "0", 0, 1).lower_bound); /* nothing is known, which is not zero */
  filter.sources = 1u << TIPL_VOICE_NGO;
  assert_true(sum(report, &filter, "31", 1, 0).lower_bound); /* "at least" */
  filter.sources = 0;
  assert_true(sum(report, &filter, "31", 1, 1).lower_bound);
  filter.has_value = 1;
  sum(report, &filter, "31", 1, 0);
  filter.has_value = -1;
  sum(report, &filter, "0", 0, 1);
  filter = (tipl_filter)TIPL_FILTER_INIT;
  filter.metrics = metric("screened");
  assert_true(sum(report, &filter, "400", 1, 0).lower_bound); /* "more than" */
  filter.metrics = metric("victims_identified");
  filter.relations = 1u << TIPL_RELATION_COMPARISON;
  assert_false(sum(report, &filter, "10", 1, 0).lower_bound);
  tipl_report_unref(report);
}

static void flags(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.flags = TIPL_FLAG_PARTS_DISAGREE;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  uint32_t whole = tipl_next_fact(report, &filter, 0);
  filter = (tipl_filter)TIPL_FILTER_INIT;
  filter.of = whole;
  filter.relations = 1u << TIPL_RELATION_BREAKDOWN;
  sum(report, &filter, "11", 2, 0); /* of 12 */
  filter = (tipl_filter)TIPL_FILTER_INIT;
  filter.flags = TIPL_FLAG_MAY_CONTAIN;
  filter.relations = 1u << TIPL_RELATION_PRIMARY;
  assert_int_equal(tipl_count_facts(report, &filter), 2);
  filter.flags |= TIPL_FLAG_MULTI_YEAR;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  filter.flags |= TIPL_FLAG_OWN_YEAR;
  assert_int_equal(tipl_count_facts(report, &filter), 0);
  tipl_report_unref(report);
}

static void periods(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.from = TIPL_DATE_RP;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  filter.year = 2020; /* the reporting period is no year */
  assert_int_equal(tipl_count_facts(report, &filter), 0);
  filter.from = 20180000;
  filter.year = 0;
  assert_int_equal(tipl_count_facts(report, &filter), 2);
  filter.to = 20190000;
  assert_int_equal(tipl_count_facts(report, &filter), 0);
  tipl_report_unref(report);
}

static void tier_line_is_in_no_section(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = metric("tier");
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  filter.sections = ~UINT64_C(0);
  assert_int_equal(tipl_count_facts(report, &filter), 0);
  filter.sections = 0;
  filter.has_value = 1; /* its word is a label, not a number */
  uint32_t numbers = tipl_count_facts(report, &filter);
  filter.has_value = -1;
  assert_int_equal(numbers + tipl_count_facts(report, &filter), 1);
  tipl_report_unref(report);
}

/* A caller of an older, shorter struct asks for less. */
static void shorter_filter(void **state) {
  (void)state;
  tipl_report *report = parse(narrative);
  uint32_t all = tipl_count(report, TIPL_FACTS);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.size = offsetof(tipl_filter, who);
  filter.who = TIPL_WHO_OFFICIAL; /* beyond its end */
  filter.year = 1066;
  filter.of = 0;
  assert_int_equal(tipl_count_facts(report, &filter), all);
  filter.metrics = metric("screened");
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  tipl_report_unref(report);
}

static void too_large(void **state) {
  (void)state;
  tipl_report *report = parse(
      "2021 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\nPROTECTION\n\n"
      "In 2020, police identified 9,000,000,000,000,000,000 victims, compared with 9,000,000,000,000,000,001 victims in 2019.\n");
  tipl_total total;
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = metric("victims_identified");
  if (tipl_count_facts(report, &filter) == 2) {
    memset(&total, 0, sizeof total);
    assert_int_equal(tipl_sum_facts(&total, report, &filter), TIPL_ELIMIT);
  }
  tipl_report_unref(report);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exact_sum),      cmocka_unit_test(unknowns), cmocka_unit_test(flags),
      cmocka_unit_test(periods),        cmocka_unit_test(tier_line_is_in_no_section),
      cmocka_unit_test(shorter_filter), cmocka_unit_test(too_large)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
