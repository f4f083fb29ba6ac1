/* overlay_test.c: words that a caller adds to the lexicon, and the facts that come of them. */
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
    "In 2020, authorities deported 37 migrants, compared with 52 in 2019. Courts ordered 14 Expulsion orders in 2020. "
    "The government did not deport any victims. The government did not report the number of expulsion orders. "
    "Police identified 12 victims.\n";

static const char *const verbs[] = {"deport", "deported", "deporting"};
static const char *const nouns[] = {"deportation", "deportations", "expulsion orders"};

static tipl_lexicon *deportations(void) {
  tipl_lexicon *lexicon;
  tipl_lexicon_words words = TIPL_LEXICON_WORDS_INIT;
  words.metric = "deportations";
  words.nouns = nouns, words.noun_count = 3;
  words.verbs = verbs, words.verb_count = 3;
  words.replace = 1; /* the core counts the deported as victims_penalized */
  assert_int_equal(tipl_lexicon_new(&lexicon, NULL, NULL, NULL), TIPL_OK);
  assert_int_equal(tipl_lexicon_add(lexicon, &words, NULL), TIPL_OK);
  return lexicon;
}

static tipl_report *parse(const tipl_lexicon *lexicon) {
  tipl_report *report;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.lexicon = lexicon;
  assert_int_equal(tipl_report_parse(&report, narrative, strlen(narrative), "", &options, NULL), TIPL_OK);
  return report;
}

/* The facts of a metric, at most four. */
static uint32_t facts_of(const tipl_report *report, uint32_t metric, tipl_fact out[4]) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < tipl_count(report, TIPL_FACTS) && n < 4; i++) {
    assert_true(tipl_fact_at(&out[n], report, i));
    n += out[n].metric == metric;
  }
  return n;
}

static void words_make_facts(void **state) {
  (void)state;
  tipl_lexicon *lexicon = deportations();
  uint32_t metric = tipl_metric_number(lexicon, "deportations", 12);
  assert_int_equal(metric, tipl_metric_count(NULL));
  assert_int_equal(tipl_metric_count(lexicon), metric + 1);
  assert_string_equal(tipl_metric_name(lexicon, metric), "deportations");
  assert_null(tipl_metric_name(NULL, metric));
  assert_null(tipl_metric_name(lexicon, metric + 1));
  tipl_report *report = parse(lexicon);
  tipl_lexicon_unref(lexicon); /* the report keeps it */
  tipl_fact facts[4], other[4];
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = UINT64_C(1) << metric;
  assert_int_equal(tipl_count_facts(report, &filter), 5);
  assert_int_equal(facts_of(report, metric, facts), 4);
  assert_int_equal(facts[0].value.digits, 37); /* "deported 37 migrants" */
  assert_int_equal(facts[0].from, 20200000);
  assert_int_equal(facts[0].basis, TIPL_BASIS_STATED);
  assert_int_equal(facts[0].source, TIPL_VOICE_GOVERNMENT);
  assert_int_equal(facts[0].relation, TIPL_RELATION_PRIMARY);
  assert_string_equal(facts[0].unit, "persons");
  assert_int_equal(facts[1].value.digits, 52); /* "compared with 52 in 2019" */
  assert_int_equal(facts[1].from, 20190000);
  assert_int_equal(facts[1].relation, TIPL_RELATION_COMPARISON);
  assert_int_equal(facts[1].of, 1); /* behind the tier */
  assert_int_equal(facts[2].value.digits, 14); /* two words, in any case */
  assert_string_equal(facts[2].unit, "events");
  assert_int_equal(facts[3].value.digits, 0); /* "did not deport any victims" */
  assert_true(facts[3].has_value);
  assert_int_equal(facts_of(report, tipl_value(TIPL_VOCAB_METRIC, "victims_identified", 18), other), 1);
  assert_int_equal(other[0].value.digits, 12);
  tipl_report *plain = parse(NULL); /* and the lexicon of one report is not that of another */
  assert_int_equal(facts_of(plain, metric, facts), 0);
  tipl_report_unref(plain);
  tipl_report_unref(report);
}

static void a_denied_report_is_not_reported(void **state) {
  (void)state;
  tipl_lexicon *lexicon = deportations();
  tipl_report *report = parse(lexicon);
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.metrics = UINT64_C(1) << tipl_metric_number(lexicon, "deportations", 12);
  filter.states = 1u << TIPL_STATE_NOT_REPORTED;
  assert_int_equal(tipl_count_facts(report, &filter), 1);
  tipl_report_unref(report);
  tipl_lexicon_unref(lexicon);
}

static void rules_see_the_terms(void **state) {
  (void)state;
  tipl_lexicon *lexicon = deportations();
  tipl_report *report = parse(lexicon), *plain = parse(NULL);
  uint64_t noun = UINT64_C(1) << tipl_term_class("noun", 4), verb = UINT64_C(1) << tipl_term_class("verb", 4);
  uint32_t metric = tipl_metric_number(lexicon, "deportations", 12), found = 0, tokens = tipl_count(report, TIPL_TOKENS);
  for (uint32_t i = 0; i < tokens; i++) {
    tipl_term term;
    assert_false(tipl_term_at(&term, plain, i, noun | verb, metric));
    if (!tipl_term_at(&term, report, i, noun | verb, metric)) continue;
    assert_true((tipl_terms_begin(report, i, 1) & (noun | verb)) != 0);
    assert_int_equal(term.metric, metric);
    assert_string_equal(term.word, "deportations");
    if (++found == 2) {
      assert_int_equal(term.tokens, 2); /* "Expulsion orders" */
      assert_memory_equal(narrative + term.span.offset, "Expulsion orders", 16);
    }
  }
  assert_int_equal(found, 4);
  uint32_t penalized = tipl_value(TIPL_VOCAB_METRIC, "victims_penalized", 17), had = 0, has = 0;
  for (uint32_t i = 0; i < tokens; i++) {
    tipl_term term;
    had += tipl_term_at(&term, plain, i, verb, penalized) != 0;
    has += tipl_term_at(&term, report, i, verb, penalized) != 0;
  }
  assert_int_equal(had, 2); /* "deported", "deport" */
  assert_int_equal(has, 0);
  tipl_report_unref(plain);
  tipl_report_unref(report);
  tipl_lexicon_unref(lexicon);
}

static void rules_may_make_facts_of_it(void **state) {
  (void)state;
  tipl_lexicon *lexicon = deportations();
  tipl_report *report = parse(lexicon), *more, *plain = parse(NULL);
  tipl_fact fact;
  memset(&fact, 0, sizeof fact);
  fact.metric = tipl_metric_number(lexicon, "deportations", 12);
  fact.of = fact.sentence = fact.section = fact.measure = TIPL_NONE;
  assert_int_equal(tipl_report_extend(&more, plain, &fact, 1, NULL), TIPL_EARG);
  assert_int_equal(tipl_report_extend(&more, report, &fact, 1, NULL), TIPL_OK);
  tipl_lexicon_unref(lexicon);
  tipl_report_unref(report);
  tipl_report_unref(more);
  tipl_report_unref(plain);
}

static tipl_status add(tipl_lexicon *lexicon, const char *metric, const char *verb, const char *noun, tipl_error *error) {
  tipl_lexicon_words words = TIPL_LEXICON_WORDS_INIT;
  words.metric = metric;
  words.verbs = &verb, words.verb_count = verb != NULL;
  words.nouns = &noun, words.noun_count = noun != NULL;
  return tipl_lexicon_add(lexicon, &words, error);
}

static void words_for_the_core_s_metrics(void **state) {
  (void)state;
  tipl_lexicon *lexicon;
  tipl_error error;
  assert_int_equal(tipl_lexicon_new(&lexicon, NULL, NULL, NULL), TIPL_OK);
  assert_int_equal(add(lexicon, "arrests", "nabbed", NULL, NULL), TIPL_OK);
  assert_int_equal(tipl_metric_count(lexicon), tipl_metric_count(NULL));
  static const char text[] = "NORWAY: Tier 2\n\nPROSECUTION\n\nPolice nabbed nine suspects in 2020.";
  tipl_options options = TIPL_OPTIONS_INIT;
  options.lexicon = lexicon;
  tipl_report *report;
  tipl_fact facts[4];
  assert_int_equal(tipl_report_parse(&report, text, strlen(text), "", &options, NULL), TIPL_OK);
  assert_int_equal(facts_of(report, tipl_value(TIPL_VOCAB_METRIC, "arrests", 7), facts), 1);
  assert_int_equal(facts[0].value.digits, 9);
  tipl_report_unref(report);
  assert_int_equal(add(lexicon, "tier", "ranked", NULL, &error), TIPL_EARG); /* read otherwise */
  assert_non_null(strstr(error.message, "'tier'"));
  tipl_lexicon_unref(lexicon);
}

static void bad_words_are_refused(void **state) {
  (void)state;
  static const struct { const char *metric, *verb, *noun, *says; } bad[] = {
      {"raids2", "arrested", NULL, "'arrested' is a verb of the core already, for 'arrests'"},
      {"raids2", NULL, "investigations", "'investigations' is a noun of the core already, for 'investigations'"},
      {"raids2", NULL, "victims", "a word of the core already, for what is counted"},
      {"raids2", "not", NULL, "reads sentences by"},
      {"raids2", "", NULL, "empty"},
      {"raids2", "  ", NULL, "empty"},
      {"raids2", "stormed 12", NULL, "a number or a mark"},
      {"raids2", "(stormed)", NULL, "a number or a mark"},
      {"raids2", "storm\xC3", NULL, "UTF-8, at byte 5"},
      {"raids2", "one two three four five six seven eight nine", NULL, "at most 8"},
      {"raids2", "stormedstormedstormedstormedstormedstormedstormedstormedstormedstormed", NULL, "too long"},
      {"Raids", "stormed", NULL, "letters a to z"},
      {"", "stormed", NULL, "letters a to z"},
      {"2raids", "stormed", NULL, "letters a to z"},
      {"raids2", NULL, NULL, "needed"},
      {"raids2", NULL, "Expulsion  Orders", "was added as a noun already"},
      {"raids2", "deported", NULL, "'deported' is a verb of the core already, for 'victims_penalized'; replace"}};
  tipl_lexicon *lexicon = deportations();
  uint32_t count = tipl_metric_count(lexicon);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    tipl_error error;
    assert_int_equal(add(lexicon, bad[i].metric, bad[i].verb, bad[i].noun, &error), TIPL_EARG);
    assert_int_equal(error.status, TIPL_EARG);
    if (strstr(error.message, bad[i].says) == NULL) fail_msg("%s: %s", bad[i].says, error.message);
    assert_int_equal(tipl_metric_count(lexicon), count); /* nothing was kept of it */
  }
  assert_int_equal(add(lexicon, "raids2", "stormed", "stormed", NULL), TIPL_OK); /* verb and noun at once */
  tipl_lexicon_words words = TIPL_LEXICON_WORDS_INIT;
  words.metric = "raids2", words.unit = "boxes", words.verbs = verbs, words.verb_count = 1;
  assert_int_equal(tipl_lexicon_add(lexicon, &words, NULL), TIPL_EARG);
  words.unit = "cases"; /* it counts events */
  assert_int_equal(tipl_lexicon_add(lexicon, &words, NULL), TIPL_EARG);
  tipl_lexicon_unref(lexicon);
}

/* Filters hold metrics as bits of 64. */
static void metrics_are_limited(void **state) {
  (void)state;
  tipl_lexicon *lexicon;
  tipl_status status = TIPL_OK;
  assert_int_equal(tipl_lexicon_new(&lexicon, NULL, NULL, NULL), TIPL_OK);
  for (int i = 0; status == TIPL_OK; i++) {
    char letters[] = {'q', 'q', (char)('a' + i / 26), (char)('a' + i % 26), '\0'};
    status = add(lexicon, letters, letters, NULL, NULL);
  }
  assert_int_equal(status, TIPL_ELIMIT);
  assert_int_equal(tipl_metric_count(lexicon), 64);
  tipl_lexicon_unref(lexicon);
}

static void a_used_lexicon_does_not_change(void **state) {
  (void)state;
  tipl_lexicon *lexicon = deportations(), *copy;
  tipl_report *report = parse(lexicon);
  tipl_error error;
  assert_int_equal(add(lexicon, "raids2", "stormed", NULL, &error), TIPL_EARG);
  assert_non_null(strstr(error.message, "in use"));
  assert_int_equal(tipl_lexicon_new(&copy, lexicon, NULL, NULL), TIPL_OK);
  assert_int_equal(add(copy, "raids2", "stormed", NULL, NULL), TIPL_OK);
  assert_int_equal(tipl_metric_number(copy, "deportations", 12), tipl_metric_number(lexicon, "deportations", 12));
  assert_int_equal(tipl_metric_number(copy, "raids2", 6), tipl_metric_count(lexicon));
  assert_int_equal(tipl_metric_number(lexicon, "raids2", 6), TIPL_NONE);
  tipl_report_unref(report);
  tipl_lexicon_unref(copy);
  tipl_lexicon_unref(lexicon);
}

static void threads_share_it(void **state) {
  (void)state;
  static const char *const paths[] = {"examples/reports"};
  tipl_lexicon *lexicon;
  tipl_corpus *corpus;
  tipl_options options = TIPL_OPTIONS_INIT;
  assert_int_equal(tipl_lexicon_new(&lexicon, NULL, NULL, NULL), TIPL_OK);
  assert_int_equal(add(lexicon, "drafting", "drafted", "guidelines", NULL), TIPL_OK);
  options.lexicon = lexicon;
  options.threads = 3;
  assert_int_equal(tipl_corpus_load(&corpus, paths, 1, &options, NULL), TIPL_OK);
  tipl_lexicon_unref(lexicon);
  assert_int_equal(tipl_corpus_count(corpus), 3);
  tipl_corpus_unref(corpus);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_make_facts), cmocka_unit_test(a_denied_report_is_not_reported),
      cmocka_unit_test(rules_see_the_terms), cmocka_unit_test(rules_may_make_facts_of_it),
      cmocka_unit_test(words_for_the_core_s_metrics), cmocka_unit_test(bad_words_are_refused),
      cmocka_unit_test(metrics_are_limited), cmocka_unit_test(a_used_lexicon_does_not_change),
      cmocka_unit_test(threads_share_it)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
