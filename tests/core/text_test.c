/* text_test.c: tokens with their spans and word numbers, sentence ends, and items of recommendations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "lexicon/lexicon.h"
#include "print.h"
#include "source/source.h"
#include "source/origin.h"
#include "text/tokens.h"

/* ------------------------------------------------------------------ tokens */

/* A letter for the sort of a token: w(ord of the table), o(ther word), n(umber), c(urrency sign), -(dash),
 * f(raction), b(ullet), e(llipsis), s(ymbol), p(aragraph sign), or m and the byte it counts as. */
static void put_sort(print *out, uint16_t word) {
  static const char sorts[] = " no-ebcfps"; /* by word number, from 0 */
  if (word >= TIPL__WORD_FIRST) put(out, "w");
  else if (word < sizeof sorts - 1) put(out, "%c", sorts[word]);
  else put(out, "m%c", word);
}

/* The tokens of `text`, each as `sort[spelling]`, parted by blanks, must be `want`. */
static void expect_tokens(const char *text, const char *want) {
  tipl__build build;
  print out = {.length = 0};
  uint32_t end = 0;
  memset(&build, 0, sizeof build);
  build.alloc = tipl__alloc_of(NULL);
  build.options.plain = 1;
  build.name = "";
  build.token_start = tipl__vec_of(sizeof(uint32_t));
  build.stops = tipl__vec_of(sizeof(tipl__stop));
  build.token_length = build.token_word = tipl__vec_of(sizeof(uint16_t));
  assert_int_equal(tipl__source_copy(&build, text, strlen(text)), TIPL_OK);
  tipl_span all = {0, build.length};
  assert_true(tipl__tokens(&build, all));
  for (uint32_t i = 0; i < build.token_start.count; i++) {
    uint32_t start = TIPL__AT(uint32_t, build.token_start, i);
    uint16_t length = TIPL__AT(uint16_t, build.token_length, i), word = TIPL__AT(uint16_t, build.token_word, i);
    assert_true(start >= end && length > 0); /* in order, and none inside another */
    end = start + length;
    put(&out, i > 0 ? " " : "");
    put_sort(&out, word);
    put(&out, "[%.*s]", length, build.text + start);
  }
  assert_true(end <= all.length);
  if (strcmp(out.text, want) != 0) fail_msg("\"%s\"\n  gives %s\n  not   %s", text, out.text, want);
  tipl__vec_free(&build.token_start, &build.alloc);
  tipl__vec_free(&build.token_length, &build.alloc);
  tipl__vec_free(&build.token_word, &build.alloc);
  tipl__vec_free(&build.stops, &build.alloc);
  tipl__vec_free(&build.map, &build.alloc);
  tipl__origin_unref(build.origin);
  tipl__free(&build.alloc, build.text, build.text_size);
}

static void words(void **state) {
  (void)state;
  expect_tokens("", "");
  expect_tokens("victims Qwertz", "w[victims] o[Qwertz]");
  expect_tokens("VICTIMS", "w[VICTIMS]");
  expect_tokens("Zürix Ñandex’s", "o[Zürix] o[Ñandex] w[’s]");
  expect_tokens("Qwertz.Zxcvb", "o[Qwertz] m.[.] o[Zxcvb]");
  expect_tokens("(qwertz)", "m([(] o[qwertz] m)[)]");
}

static void apostrophes(void **state) {
  (void)state;
  expect_tokens("Orsia's Orsia’s Orsia‘s", "o[Orsia] w['s] o[Orsia] w[’s] o[Orsia] w[‘s]");
  expect_tokens("victims’ 'qwertz'", "w[victims] m'[’] m'['] o[qwertz] m'[']");
  expect_tokens("O’Qwertz d'Orsia", "o[O’Qwertz] o[d'Orsia]");
  expect_tokens("“qwertz”", "m\"[“] o[qwertz] m\"[”]");
}

static void blanks(void **state) {
  (void)state;
  expect_tokens("12\xC2\xA0victims\xE2\x80\xAFqwertz", "n[12] w[victims] o[qwertz]"); /* NBSP, narrow */
  expect_tokens("qwertz\t\nasdfg \r\n yxcvb", "o[qwertz] o[asdfg] o[yxcvb]");
  expect_tokens("qwer\xC2\xADtz", "o[qwertz]"); /* a soft hyphen is gone before */
}

static void dashes(void **state) {
  (void)state;
  expect_tokens("2017–2020", "n[2017] -[–] n[2020]");
  expect_tokens("qwertz—asdfg", "o[qwertz] -[—] o[asdfg]");
  expect_tokens("six-month", "w[six] m-[-] w[month]");
  expect_tokens("six\xE2\x80\x91month", "w[six] m-[\xE2\x80\x91] w[month]"); /* a hyphen that does not break */
  expect_tokens("\xE2\x88\x92" "5", "m-[\xE2\x88\x92] n[5]");                   /* minus sign */
}

static void numbers(void **state) {
  (void)state;
  expect_tokens("1,420 4.69 12.", "n[1,420] n[4.69] n[12] m.[.]");
  expect_tokens("2020, 5", "n[2020] m,[,] n[5]");
  expect_tokens("1,234,567.89", "n[1,234,567.89]");
  expect_tokens("24 000", "n[24] n[000]");
  expect_tokens("5th", "n[5] w[th]");
  expect_tokens("37victims 5m", "n[37] w[victims] n[5] w[m]"); /* glued */
  expect_tokens("COVID-19", "o[COVID] m-[-] n[19]");
  expect_tokens("½ 2½", "f[½] n[2] f[½]");
}

static void money(void **state) {
  (void)state;
  expect_tokens("$5,000", "m$[$] n[5,000]");
  expect_tokens("€95,000 £3 ¥7", "c[€] n[95,000] c[£] n[3] c[¥] n[7]");
  expect_tokens("US$20", "w[US] m$[$] n[20]");
  expect_tokens("\xEF\xBC\x84" "9", "m$[\xEF\xBC\x84] n[9]"); /* the wide dollar sign */
}

static void marks(void **state) {
  (void)state;
  expect_tokens("• qwertz · asdfg", "b[•] o[qwertz] b[·] o[asdfg]");
  expect_tokens("qwertz… §12 ©", "o[qwertz] e[…] p[§] n[12] s[©]");
  expect_tokens("«qwertz»", "m\"[«] o[qwertz] m\"[»]");
}

/* ------------------------------------------------------------------ sentences */

static tipl_report *parse(const char *text) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *report;
  options.plain = 1;
  assert_int_equal(tipl_report_parse(&report, text, strlen(text), "", &options, NULL), TIPL_OK);
  return report;
}

static void expect_rows(tipl_table table, const char *text, const char *want) {
  tipl_report *report = parse(text);
  print out = {.length = 0};
  for (uint32_t i = 0; i < tipl_count(report, table); i++) {
    tipl_span span = tipl_span_of(report, table, i);
    put(&out, "%s%.*s", i > 0 ? "|" : "", (int)span.length, text + span.offset);
  }
  if (strcmp(out.text, want) != 0) fail_msg("\"%s\"\n  gives %s\n  not   %s", text, out.text, want);
  tipl_report_unref(report);
}

/* `text` must be cut where `want`, the same text, has bars in the place of the blanks there. */
static void expect_sentences(const char *text, const char *want) {
  expect_rows(TIPL_SENTENCES, text, want);
}

static void stops(void **state) {
  (void)state;
  expect_sentences("Police acted. Courts did not.", "Police acted.|Courts did not.");
  expect_sentences("Why? Nobody said! Courts waited.", "Why?|Nobody said!|Courts waited.");
  expect_sentences("Police acted", "Police acted");
  expect_sentences("It spent 4.69 million. Of that, 1.5 went abroad.", "It spent 4.69 million.|Of that, 1.5 went abroad.");
  expect_sentences("He said “no.” Police left.", "He said “no.”|Police left.");
  expect_sentences("Police left (in May.) Courts stayed.", "Police left (in May.)|Courts stayed.");
  expect_sentences("Police (and courts) waited. Nothing came.", "Police (and courts) waited.|Nothing came.");
}

static void abbreviations(void **state) {
  (void)state;
  expect_sentences("Dr. Qwertz spoke. St. Asdfg listened.", "Dr. Qwertz spoke.|St. Asdfg listened.");
  expect_sentences("The U.S. Embassy helped. It was late.", "The U.S. Embassy helped.|It was late.");
  expect_sentences("Police went to the U.S. The courts stayed.", "Police went to the U.S.|The courts stayed.");
  expect_sentences("Law No. 12 applied. Art. 5 did not.", "Law No. 12 applied.|Art. 5 did not.");
  expect_sentences("J. K. Qwertz left. Nobody came.", "J. K. Qwertz left.|Nobody came.");
  expect_sentences("Qwertz Co. Ltd. was fined. The owner fled.", "Qwertz Co. Ltd. was fined.|The owner fled.");
  expect_sentences("See www.example.org for it. Then call.", "See www.example.org for it.|Then call.");
}

static void missing_blanks(void **state) {
  (void)state;
  expect_sentences("They failed to do so.The government acted.", "They failed to do so.|The government acted.");
  expect_sentences("It did so in 2019.The rest is silence.", "It did so in 2019.|The rest is silence.");
  expect_sentences("Ask qwertz@example.Org today. Then go.", "Ask qwertz@example.Org today.|Then go.");
}

static void ellipses(void **state) {
  (void)state;
  expect_sentences("Police waited… and left. Courts stayed.", "Police waited… and left.|Courts stayed.");
  expect_sentences("Police waited . . . and left.", "Police waited . . . and left.");
  expect_sentences("Police [...] left. Courts stayed.", "Police [...] left.|Courts stayed.");
}

static void lists(void **state) {
  (void)state;
  expect_sentences("Train judges. • Open a shelter. • Fund NGOs.", "Train judges.|Open a shelter.|Fund NGOs.");
  expect_sentences("• Train judges • Open a shelter", "Train judges|Open a shelter");
  expect_sentences("1. Train judges. 2. Open a shelter. 3. Fund NGOs.", "1. Train judges.|2. Open a shelter.|3. Fund NGOs.");
  expect_sentences("a) train judges b) open a shelter c) fund NGOs", "a) train judges|b) open a shelter|c) fund NGOs");
}

static void paragraphs(void **state) {
  (void)state;
  expect_rows(TIPL_PARAGRAPHS, "Police acted.\n\nCourts did\nnot.\n", "Police acted.|Courts did\nnot.");
  expect_sentences("Police\nacted. Courts\nwaited.\n", "Police\nacted.|Courts\nwaited.");
}

/* ------------------------------------------------------------------ recommendations */

#define OPENING "2018 Trafficking in Persons Report: Valdoria\n\nVALDORIA: Tier 2\n\nIt makes efforts.\n\n"

static void recommendations(void **state) {
  (void)state;
  expect_rows(TIPL_RECOMMENDATIONS, OPENING "PRIORITIZED RECOMMENDATIONS\n\nTrain judges. • Open a shelter; staff it.\n\n",
              "Train judges.|Open a shelter; staff it.");
  expect_rows(TIPL_RECOMMENDATIONS, OPENING "PRIORITIZED RECOMMENDATIONS\n\n• Train judges.\n\n• Open a shelter.\n\n",
              "Train judges.|Open a shelter.");
  expect_rows(TIPL_RECOMMENDATIONS,
              OPENING "RECOMMENDATIONS FOR VALDORIA\n\nTrain judges; open a shelter; and fund NGOs.\n\n",
              "Train judges|open a shelter|fund NGOs.");
}

/* The other ways in which editions and copies part them. */
static void recommendations_otherwise(void **state) {
  (void)state;
  expect_rows(TIPL_RECOMMENDATIONS, OPENING "PRIORITIZED RECOMMENDATIONS\n\nTrain judges. * Open a shelter. * Fund NGOs.\n\n",
              "Train judges.|Open a shelter.|Fund NGOs.");
  expect_rows(TIPL_RECOMMENDATIONS, OPENING "PRIORITIZED RECOMMENDATIONS:\n\n* Train judges.\n* Open a shelter.\n\n",
              "Train judges.|Open a shelter.");
  /* wrapped lines, semicolons, cut off */
  expect_rows(TIPL_RECOMMENDATIONS, OPENING "RECOMMENDATIONS FOR VALDORIA:\n\nTrain judges, or fund\nthose who do; open a\nshelter; and fund\n",
              "Train judges, or fund\nthose who do|open a\nshelter|fund");
  /* an abbreviation looks like the end of a sentence */
  expect_rows(TIPL_RECOMMENDATIONS,
              OPENING "RECOMMENDATIONS FOR VALDORIA\n\nAmend the law of the state. Amend the code; train judges; and fund NGOs.\n\n",
              "Amend the law of the state.|Amend the code|train judges|fund NGOs.");
  /* before 2008 there was no section for them */
  expect_rows(TIPL_RECOMMENDATIONS,
              "2005 Trafficking in Persons Report: Valdoria\n\nVALDORIA (Tier 2)\n\nThe Government of Valdoria does not fully "
              "comply with the minimum standards for the elimination of trafficking. It should train judges. It opened a "
              "shelter.\n\nProsecution\nThe police should have more staff.\n\n",
              "It should train judges.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words),          cmocka_unit_test(apostrophes),   cmocka_unit_test(blanks),
      cmocka_unit_test(dashes),         cmocka_unit_test(numbers),       cmocka_unit_test(money),
      cmocka_unit_test(marks),          cmocka_unit_test(stops),         cmocka_unit_test(abbreviations),
      cmocka_unit_test(missing_blanks), cmocka_unit_test(ellipses),      cmocka_unit_test(lists),
      cmocka_unit_test(paragraphs),     cmocka_unit_test(recommendations),
      cmocka_unit_test(recommendations_otherwise)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
