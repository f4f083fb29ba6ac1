/* measure_test.c: what the measure stage finds in a sentence, as one line a row.
 *
 * A row is printed as `kind value..high unit from..to bound flags [text]`, each part only where it
 * says something; flags are w(ords) a(djective) i(dentifier) r(ounded) c(ontained), and ->n names
 * the pair. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "print.h"
#include "tipl.h"

static void put_row(print *out, const tipl_measure *m, const char *text) {
  char number[TIPL_DECIMAL_TEXT], date[TIPL_DATE_TEXT];
  put(out, "%s", tipl_word(TIPL_VOCAB_MEASURE, m->kind));
  if (m->from == TIPL_DATE_NONE) {
    assert_true(tipl_decimal_text(number, sizeof number, m->value) > 0);
    put(out, " %s", number);
  } else {
    assert_true(tipl_date_text(date, sizeof date, m->from) > 0);
    put(out, " %s", date);
    if (m->to != m->from) {
      assert_true(tipl_date_text(date, sizeof date, m->to) > 0);
      put(out, "..%s", date);
    }
  }
  if (m->flags & TIPL_MEASURE_HAS_HIGH) {
    assert_true(tipl_decimal_text(number, sizeof number, m->high) > 0);
    put(out, "..%s", number);
  }
  if (m->unit[0] != '\0') put(out, " %s", m->unit);
  if (m->bound != TIPL_BOUND_EXACT) put(out, " %s", tipl_word(TIPL_VOCAB_BOUND, m->bound));
  char flags[8];
  size_t n = 0;
  if (m->flags & TIPL_MEASURE_IN_WORDS) flags[n++] = 'w';
  if (m->flags & TIPL_MEASURE_ADJECTIVE) flags[n++] = 'a';
  if (m->flags & TIPL_MEASURE_IDENTIFIER) flags[n++] = 'i';
  if (m->flags & TIPL_MEASURE_ROUNDED) flags[n++] = 'r';
  if (m->flags & TIPL_MEASURE_CONTAINED) flags[n++] = 'c';
  flags[n] = '\0';
  if (n > 0) put(out, " %s", flags);
  if (m->pair != TIPL_NONE) put(out, " ->%u", (unsigned)m->pair);
  put(out, " [%.*s]\n", (int)m->span.length, text + m->span.offset);
}

/* The rows of `text`, read as of a country ("" for none), must be `want`; the rows must also be in
 * order and belong to their sentences. */
static void expect_in(const char *country, const char *text, const char *want) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_report *report;
  print out = {.length = 0};
  options.plain = 1;
  options.country = country[0] != '\0' ? country : NULL;
  assert_int_equal(tipl_report_parse(&report, text, strlen(text), "", &options, NULL), TIPL_OK);
  uint32_t last = 0;
  for (uint32_t i = 0; i < tipl_count(report, TIPL_MEASURES); i++) {
    tipl_measure m;
    tipl_sentence s;
    assert_true(tipl_measure_at(&m, report, i));
    put_row(&out, &m, text);
    assert_true(m.span.offset >= last);
    last = m.span.offset;
    if (m.sentence == TIPL_NONE) continue;
    assert_true(tipl_sentence_at(&s, report, m.sentence));
    assert_true(i >= s.measure && i < s.measure + s.measures);
  }
  assert_string_equal(out.text, want);
  tipl_report_unref(report);
}

static void expect(const char *text, const char *want) {
  expect_in("", text, want);
}

/* ------------------------------------------------------------------ numbers */

static void digits(void **state) {
  (void)state;
  expect("It trained 1,054 of 468930 officers.", "number 1054 [1,054]\nnumber 468930 [468930]\n");
  expect("12,34,567.89", "number 1234567.89 [12,34,567.89]\n");
  expect(
      "1 234 567 or 40\xE2\x80\xAF"
      "000",
      "number 1234567 [1 234 567]\nnumber 40000 [40\xE2\x80\xAF"
      "000]\n");
  expect("1.111,11", "number 1111.11 [1.111,11]\n");
  expect("4.10 and .25", "number 4.1 [4.10]\nnumber 0.25 [.25]\n");
  expect("it fell by -5 to (-4)", "number -5 [-5]\nnumber -4 [-4]\n");
  expect("10k, 3M, 2.5bn, 1m, 5 million",
         "number 10000 [10k]\nnumber 3000000 [3M]\nnumber 2500000000 [2.5bn]\nnumber 5000000 [5 "
         "million]\n");
}

static void not_numbers(void **state) {
  (void)state;
  expect("the 180ml liquid, NAMIBIA259for, an officer, a case, the 1990s", "");
  expect("99999999999999999999 cases", ""); /* no 64-bit form */
  expect("Several hundred victims, dozens of cases, tens of thousands.", "");
}

static void words(void **state) {
  (void)state;
  expect("one hundred and twenty-three", "number 123 w [one hundred and twenty-three]\n");
  expect("twenty-one thousand eleven", "number 21011 w [twenty-one thousand eleven]\n");
  expect("two hundred and two thousand", "number 202000 w [two hundred and two thousand]\n");
  expect("3 hundred and 21 yuan", "money 321 CNY [3 hundred and 21 yuan]\n");
  expect("three crore twelve lakh", "number 31200000 w [three crore twelve lakh]\n");
  expect("a dozen, three dozen, half a million",
         "number 12 w [a dozen]\nnumber 36 w [three dozen]\nnumber 500000 w [half a million]\n");
  expect("two point two million", "number 2200000 w [two point two million]\n");
  expect("forty-five (45) victims", "number 45 w [forty-five (45)]\n");
}

static void apart(void **state) { /* words and digits that do not make one number */
  (void)state;
  expect("compared with five and 14 in 2019",
         "number 5 w [five]\nnumber 14 [14]\nyear 2019 [2019]\n");
  expect("4 million and three NGOs", "number 4000000 [4 million]\nnumber 3 w [three]\n");
  expect("five million and 10 cases", "number 5000000 w [five million]\nnumber 10 [10]\n");
  expect("one, two and three", "number 1 w [one]\nnumber 2 w [two]\nnumber 3 w [three]\n");
}

static void fractions(void **state) {
  (void)state;
  expect("two thirds of them", "number 0.666666666666667 wr [two thirds]\n");
  expect("1/5, \xC2\xBD, 2 1/4", "number 0.2 [1/5]\nnumber 0.5 [\xC2\xBD]\nnumber 2.25 [2 1/4]\n");
  expect("twenty-three fifths", "number 4.6 w [twenty-three fifths]\n");
  expect("one hundred and three quarters", "number 100.75 w [one hundred and three quarters]\n");
  expect("3 million and a half", "number 3500000 w [3 million and a half]\n");
  expect("a third of them, a third officer",
         "number 0.333333333333333 wr [a third]\nordinal 3 w [third]\n");
  expect("more than half of whom", "number 0.5 > w [half]\n");
}

static void ordinals(void **state) {
  (void)state;
  expect("for the fourth year, the 24th, the twenty-first",
         "ordinal 4 w [fourth]\nordinal 24 [24th]\nordinal 21 w [twenty-first]\n");
}

static void identifiers(void **state) {
  (void)state;
  expect("Sections 257 and 258 and Section 5",
         "number 257 i [257]\nnumber 258 i [258]\nnumber 5 i [5]\n");
  expect("Law 137-03 and COVID-19 and 271-A",
         "number 137 i [137]\nnumber 3 i [03]\nnumber 19 i [19]\nnumber 271 i [271]\n");
  expect("Tier 2 and No. 9/2014", "number 2 i [2]\nnumber 9 i [9]\nnumber 2014 i [2014]\n");
  expect("the Children Act 2001", "year 2001 [2001]\n");
  expect("under the law 12 officers", "number 12 [12]\n");
  expect("girls aged 12", "number 12 i [12]\n");
}

static void precision(void **state) { /* the exponent keeps the place of the last printed digit */
  (void)state;
  static const struct {
    const char *text;
    int64_t digits;
    int exponent;
  } CASES[] = {{"4.1 million", 41, 5},
               {"35 million", 35, 6},
               {"4.10", 410, -2},
               {"468,930", 468930, 0},
               {"thirty-five million", 35, 6}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    tipl_options options = TIPL_OPTIONS_INIT;
    tipl_report *report;
    tipl_measure m;
    options.plain = 1;
    assert_int_equal(
        tipl_report_parse(&report, CASES[i].text, strlen(CASES[i].text), "", &options, NULL),
        TIPL_OK);
    assert_true(tipl_measure_at(&m, report, 0));
    assert_int_equal(m.value.digits, CASES[i].digits);
    assert_int_equal(m.value.exponent, CASES[i].exponent);
    tipl_report_unref(report);
  }
}

/* ------------------------------------------------------------------ percentages and money */

static void percentages(void **state) {
  (void)state;
  expect("45 percent, 3.5%, five per cent",
         "percent 45 [45 percent]\npercent 3.5 [3.5%]\npercent 5 w [five per cent]\n");
  expect("between 10 and 20 percent", "percent 10..20 [10 and 20 percent]\n");
}

static void signs(void **state) {
  (void)state;
  expect(
      "$4.1 million, \xE2\x82\xAC"
      "275,000, US$ 5, USD 5 million",
      "money 4100000 USD [$4.1 million]\nmoney 275000 EUR [\xE2\x82\xAC"
      "275,000]\nmoney 5 USD [US$ 5]\n"
      "money 5000000 USD [USD 5 million]\n");
  expect("R$1.2 million, A$300, $1m, 500\xE2\x82\xAC",
         "money 1200000 BRL [R$1.2 million]\nmoney 300 AUD [A$300]\nmoney 1000000 USD [$1m]\nmoney "
         "500 EUR [500\xE2\x82\xAC]\n");
  expect_in("KEN", "KSh 500", "money 500 KES [KSh 500]\n");
  expect("ALL 12 VICTIMS", "number 12 [12]\n"); /* the lek's code is a word, too */
}

static void nouns(void **state) {
  (void)state;
  expect_in("NOR", "35 million kroner", "money 35000000 NOK [35 million kroner]\n");
  expect_in("DNK", "35 million kroner", "money 35000000 DKK [35 million kroner]\n");
  expect("35 million kroner", "money 35000000 kroner [35 million kroner]\n");
  expect("60 million Kenyan shillings, 20 U.S. dollars, 20 dollars",
         "money 60000000 KES [60 million Kenyan shillings]\nmoney 20 USD [20 U.S. dollars]\nmoney "
         "20 USD [20 dollars]\n");
  expect("500,000 Botswanan pula, 24 million KZT",
         "money 500000 BWP [500,000 Botswanan pula]\nmoney 24000000 KZT [24 million KZT]\n");
  expect("the 12 won appeals", "number 12 [12]\n");
}

static void pairs(void **state) {
  (void)state;
  expect_in("NOR", "35 million kroner ($4.1 million)",
            "money 35000000 NOK ->1 [35 million kroner]\nmoney 4100000 USD ->0 [$4.1 million]\n");
  expect(
      "25.97 million Kazakhstani Tenge (KZT) ($77,918)",
      "money 25970000 KZT ->1 [25.97 million Kazakhstani Tenge]\nmoney 77918 USD ->0 [$77,918]\n");
  expect("12 million Valdorian crowns ($500,000) and $5",
         "money 12000000 crowns ->1 [12 million Valdorian crowns]\nmoney 500000 USD ->0 "
         "[$500,000]\nmoney 5 USD [$5]\n");
  expect("90,000 dravins ($41,300)",
         "money 90000 dravins ->1 [90,000 dravins]\nmoney 41300 USD ->0 [$41,300]\n");
  expect("300 officers ($5,000)", "number 300 [300]\nmoney 5000 USD [$5,000]\n");
}

static void money_ranges(void **state) {
  (void)state;
  expect("5 million to 10 million West African CFA francs (FCFA) ($8,790-$17,590)",
         "money 5000000..10000000 XOF ->1 [5 million to 10 million West African CFA francs]\n"
         "money 8790..17590 USD ->0 [$8,790-$17,590]\n");
  expect("a fine of between 30,000 ($2,811) and 50,000 pula ($4,685), or both",
         "money 30000..50000 BWP ->1 [30,000 ($2,811) and 50,000 pula]\n"
         "money 2811..4685 USD ->0 [$2,811) and 50,000 pula ($4,685]\n");
  expect("$5-10 million", "money 5000000..10000000 USD [$5-10 million]\n");
  expect("an increase from $5 to $10", "money 5 USD [$5]\nmoney 10 USD [$10]\n"); /* a change */
}

/* ------------------------------------------------------------------ time */

static void years(void **state) {
  (void)state;
  expect("13 in 2018, since 2005, in both 2019 and 2018, mid-2020",
         "number 13 [13]\nyear 2018 [2018]\nyear 2005 [2005]\nyear 2019 [2019]\nyear 2018 "
         "[2018]\nyear 2020 [2020]\n");
  expect("a 2020 amendment and the 2017 state budget", "year 2020 [2020]\nyear 2017 [2017]\n");
  expect("trained 2000 police officers and 1950 victims",
         "number 2000 [2000]\nnumber 1950 [1950]\n");
  expect("more than 2000 victims", "number 2000 > [2000]\n");
}

static void year_ranges(void **state) {
  (void)state;
  expect("(2016-2020)",
         "year_range 2016..2020 [2016-2020]\nyear 2016 c [2016]\nyear 2020 c [2020]\n");
  expect(
      "in 2020\xE2\x80\x93"
      "21",
      "year_range 2020..2021 [2020\xE2\x80\x93"
      "21]\nyear 2020 c [2020]\nyear 2021 c [21]\n");
  expect("during fiscal year 2021 to 2022",
         "year_range 2021..2022 [2021 to 2022]\nyear 2021 c [2021]\nyear 2022 c [2022]\n");
  expect("FY 2021, FY2020", "year 2021 [2021]\nyear 2020 [2020]\n");
}

static void dates(void **state) {
  (void)state;
  expect("In January 2021, on June 14, 2004",
         "date 2021-01 [January 2021]\nyear 2021 c [2021]\ndate 2004-06-14 [June 14, 2004]\nyear "
         "2004 c [2004]\n");
  expect("on 14 June 2004 and in November",
         "date 2004-06-14 [14 June 2004]\nyear 2004 c [2004]\ndate --11 [November]\n");
  expect("between April 2020 and March 2021",
         "date 2020-04..2021-03 [April 2020 and March 2021]\nyear 2020 c [2020]\nyear 2021 c "
         "[2021]\n");
  expect("they may march on", "");
  expect("In May 12 victims left", "date --05 [May]\nnumber 12 [12]\n");
}

static void periods(void **state) {
  (void)state;
  expect("During the reporting period", "period RP [reporting period]\n");
  expect(
      "the previous reporting period, the prior year, the year prior",
      "period PRP [previous reporting period]\nperiod PRP [prior year]\nperiod PRP [year prior]\n");
  expect("in previous years, during the year", "");
}

static void durations(void **state) {
  (void)state;
  expect("two years and 10 months\xE2\x80\x99 imprisonment",
         "duration 34 months w [two years and 10 months]\nnumber 2 wc [two]\nnumber 10 c [10]\n");
  expect("a six-month period", "duration 6 months wa [six-month]\nnumber 6 wac [six]\n");
  expect("18-months imprisonment, 45 days, two weeks",
         "duration 18 months a [18-months]\nnumber 18 ac [18]\nduration 45 days [45 days]\nnumber "
         "45 c [45]\nduration 14 days w [two weeks]\nnumber 2 wc [two]\n");
  expect("a 24-hour hotline", "duration 86400 seconds a [24-hour]\nnumber 24 ac [24]\n");
  expect("2.5 years, half a year",
         "duration 30 months [2.5 years]\nnumber 2.5 c [2.5]\nduration 6 months w [half a "
         "year]\nnumber 0.5 wc [half]\n");
  expect("two years and 18 months",
         "duration 24 months w [two years]\nnumber 2 wc [two]\nduration 18 months [18 "
         "months]\nnumber 18 c [18]\n");
  expect("for a year, twice a year", "duration 12 months w [a year]\n");
  expect("a 25-year-old", "duration 300 months ai [25-year-old]\nnumber 25 aic [25]\n");
}

static void duration_ranges(void **state) {
  (void)state;
  expect("seven to 12 years",
         "duration 84..144 months w [seven to 12 years]\nnumber 7 wc [seven]\nnumber 12 c [12]\n");
  expect("16-20 years",
         "duration 192..240 months [16-20 years]\nnumber 16 c [16]\nnumber 20 c [20]\n");
  expect("between five and 15 years",
         "duration 60..180 months w [five and 15 years]\nnumber 5 wc [five]\nnumber 15 c [15]\n");
  expect("from six months to 45 days",
         "duration 6 months w [six months]\nnumber 6 wc [six]\nduration 45 days [45 days]\nnumber "
         "45 c [45]\n");
}

static void number_ranges(void **state) {
  (void)state;
  expect("40,000-75,000 persons",
         "number 40000..75000 [40,000-75,000]\nnumber 40000 c [40,000]\nnumber 75000 c [75,000]\n");
  expect("rose from 13 to 45", "number 13 [13]\nnumber 45 [45]\n"); /* a change */
  expect("ranging from 10 to 20 cases",
         "number 10..20 [10 to 20]\nnumber 10 c [10]\nnumber 20 c [20]\n");
}

/* ------------------------------------------------------------------ bounds */

static void bounds(void **state) {
  (void)state;
  expect("at least 10, more than 10, up to 10, fewer than 10",
         "number 10 >= [10]\nnumber 10 > [10]\nnumber 10 <= [10]\nnumber 10 < [10]\n");
  expect("an estimated 10, no more than 10, nearly 50 percent",
         "number 10 ~ [10]\nnumber 10 <= [10]\npercent 50 ~ [50 percent]\n");
  expect("10 or more cases, a maximum of five years",
         "number 10 >= [10]\nduration 60 months <= w [five years]\nnumber 5 wc [five]\n");
  expect("information about 12 victims, under two laws, over three years",
         "number 12 [12]\nnumber 2 w [two]\nduration 36 months w [three years]\nnumber 3 wc "
         "[three]\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(digits),          cmocka_unit_test(not_numbers),
      cmocka_unit_test(words),           cmocka_unit_test(apart),
      cmocka_unit_test(fractions),       cmocka_unit_test(ordinals),
      cmocka_unit_test(identifiers),     cmocka_unit_test(precision),
      cmocka_unit_test(percentages),     cmocka_unit_test(signs),
      cmocka_unit_test(nouns),           cmocka_unit_test(pairs),
      cmocka_unit_test(money_ranges),    cmocka_unit_test(years),
      cmocka_unit_test(year_ranges),     cmocka_unit_test(dates),
      cmocka_unit_test(periods),         cmocka_unit_test(durations),
      cmocka_unit_test(duration_ranges), cmocka_unit_test(number_ranges),
      cmocka_unit_test(bounds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
