/* extend_test.c: reports with facts of one's own behind the core's, and the lexicon's terms in the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tipl.h"

static const char narrative[] =
    "2021 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\nPROTECTION\n\n"
    "In 2020, police identified 12 victims. NGOs found Norwegian women in forced labor.\n";

static tipl_report *parse(const tipl_options *options) {
  tipl_report *report;
  assert_int_equal(tipl_report_parse(&report, narrative, strlen(narrative), "", options, NULL), TIPL_OK);
  return report;
}

static tipl_fact made(const char *unit, const char *rule) {
  tipl_fact fact;
  memset(&fact, 0, sizeof fact);
  fact.metric = tipl_value(TIPL_VOCAB_METRIC, "other", 5);
  fact.of = fact.sentence = fact.section = fact.measure = TIPL_NONE;
  fact.has_value = 1;
  fact.value.digits = 30;
  fact.unit = unit;
  fact.rule = rule;
  fact.evidence.offset = 100;
  fact.evidence.length = 4;
  return fact;
}

static void new_facts_stand_behind(void **state) {
  (void)state;
  tipl_report *base = parse(NULL), *more;
  uint32_t before = tipl_count(base, TIPL_FACTS);
  char unit[] = "ships";
  tipl_fact facts[] = {made(unit, "set/one"), made(NULL, "set/two")}, got;
  facts[1].of = before; /* the first of them */
  facts[1].relation = TIPL_RELATION_SUBSET;
  assert_true(before > 0);
  assert_int_equal(tipl_report_extend(&more, base, facts, 2, NULL), TIPL_OK);
  memset(unit, 'x', 5); /* words are copied */
  assert_int_equal(tipl_count(base, TIPL_FACTS), before);
  assert_int_equal(tipl_count(more, TIPL_FACTS), before + 2);
  assert_true(tipl_report_memory(more) > tipl_report_memory(base));
  tipl_report_unref(base); /* the extended one keeps it */
  assert_true(tipl_fact_at(&got, more, before));
  assert_string_equal(got.unit, "ships");
  assert_string_equal(got.rule, "set/one");
  assert_true(tipl_fact_at(&got, more, before + 1));
  assert_string_equal(got.unit, "-");
  assert_int_equal(got.of, before);
  tipl_filter filter = TIPL_FILTER_INIT;
  tipl_total total;
  filter.unit = "ships";
  assert_int_equal(tipl_count_facts(more, &filter), 1);
  assert_int_equal(tipl_next_fact(more, &filter, 0), before);
  assert_true(tipl_takes_fact(more, &filter, before));
  assert_false(tipl_takes_fact(more, &filter, before + 1));
  assert_false(tipl_takes_fact(more, &filter, before + 2));
  assert_int_equal(tipl_sum_facts(&total, more, &filter), TIPL_OK);
  assert_int_equal(total.sum.digits, 30);
  assert_true(tipl_fact_at(&got, more, 0));
  assert_string_equal(got.rule, "rating.line"); /* the core's own are as they were */
  tipl_report_unref(more);
}

static void facts_that_cannot_be(void **state) {
  (void)state;
  tipl_report *base = parse(NULL), *more = base;
  tipl_error error;
  tipl_fact fact = made("x", "r");
  fact.evidence.offset = (uint32_t)strlen(narrative);
  assert_int_equal(tipl_report_extend(&more, base, &fact, 1, &error), TIPL_EARG);
  assert_null(more);
  assert_true(strstr(error.message, "span") != NULL);
  fact = made("x", "r");
  fact.metric = 1000;
  assert_int_equal(tipl_report_extend(&more, base, &fact, 1, NULL), TIPL_EARG);
  fact = made("x", "r");
  fact.of = tipl_count(base, TIPL_FACTS) + 1;
  assert_int_equal(tipl_report_extend(&more, base, &fact, 1, NULL), TIPL_EARG);
  assert_int_equal(tipl_report_extend(&more, NULL, &fact, 1, NULL), TIPL_EARG);
  assert_int_equal(tipl_report_extend(&more, base, NULL, 0, NULL), TIPL_OK); /* none is allowed */
  assert_int_equal(tipl_count(more, TIPL_FACTS), tipl_count(base, TIPL_FACTS));
  tipl_report_unref(more);
  tipl_report_unref(base);
}

static int refuse; /* the allocator says no from now on */

static void *allocate(void *payload, void *ptr, size_t old, size_t size) {
  (void)payload;
  (void)old;
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  return refuse ? NULL : realloc(ptr, size);
}

static void no_memory(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.alloc = allocate;
  tipl_report *base = parse(&options), *more;
  tipl_fact fact = made("x", "r");
  refuse = 1;
  assert_int_equal(tipl_report_extend(&more, base, &fact, 1, NULL), TIPL_ENOMEM);
  refuse = 0;
  assert_null(more);
  tipl_report_unref(base);
}

/* The first term of a class in the report, as text; NULL for none. */
static const char *first_term(const tipl_report *report, const char *class, const char *metric, const char **word) {
  static char text[64];
  uint64_t set = UINT64_C(1) << tipl_term_class(class, strlen(class));
  uint32_t wanted = metric == NULL ? TIPL_NONE : tipl_value(TIPL_VOCAB_METRIC, metric, strlen(metric));
  for (uint32_t token = 0; token < tipl_count(report, TIPL_TOKENS); token++) {
    tipl_term term;
    if (!tipl_term_at(&term, report, token, set, wanted)) continue;
    assert_true((tipl_terms_begin(report, token, 1) & set) != 0);
    memcpy(text, tipl_report_text(report, NULL) + term.span.offset, term.span.length);
    text[term.span.length] = '\0';
    *word = term.word;
    return text;
  }
  return NULL;
}

static void terms(void **state) {
  (void)state;
  tipl_report *report = parse(NULL);
  const char *word;
  assert_string_equal(first_term(report, "form", NULL, &word), "forced labor"); /* the longest */
  assert_string_equal(word, "labor");
  assert_string_equal(first_term(report, "nation", NULL, &word), "Norwegian");
  assert_string_equal(word, "NOR");
  assert_string_equal(first_term(report, "verb", "victims_identified", &word), "identified");
  assert_string_equal(word, "victims_identified");
  assert_null(first_term(report, "verb", "extraditions", &word));
  assert_int_equal(tipl_term_class("nonsense", 8), TIPL_NONE);
  assert_null(tipl_term_class_name(0));
  assert_string_equal(tipl_term_class_name(tipl_term_class("verb", 4)), "verb");
  tipl_report_unref(report);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(new_facts_stand_behind), cmocka_unit_test(facts_that_cannot_be),
      cmocka_unit_test(no_memory), cmocka_unit_test(terms)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
