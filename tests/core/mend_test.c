/* mend_test.c: words that were parted are whole, line ends are of one kind, and every letter can be traced back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "rewrite.h"

static void expect(const char *before, const char *after) {
  expect_rewritten(tipl__mend, before, after);
}

static void parted_words(void **state) {
  (void)state;
  expect("against traf-\nficking in persons", "against trafficking\nin persons");
  expect("the government paid for government-\nfunded shelters", "the government paid for government-funded\nshelters");
  expect("identified a vic-\r\n  tim and a victim", "identified a victim\nand a victim");
  expect("in 2019-\n2020 and Norway-\nSweden", "in 2019-2020\nand Norway-Sweden");
  expect("2016\xE2\x80\x93\n2020, six-\nmonth and 45-\nday permits", "2016\xE2\x80\x93" "2020,\nsix-month\nand 45-day\npermits");
  expect("no\xE2\x80\x93\nthing - \nand a --\nthen", "no\xE2\x80\x93\nthing - \nand a --\nthen"); /* dashes */
  expect("short-\nand long-term", "short-\nand long-term"); /* it waits for another word */
  expect("IOM-\nrun, T-\nvisas", "IOM-run,\nT-visas");
  expect("PROTECTION-\nThe government", "PROTECTION-\nThe government");
  expect("in-\ndicted and pro-\nsecuted child-\nren in child labor", "indicted\nand prosecuted\nchildren\nin child labor");
  expect("victim-\ncentered care for victims, centered on them", "victim-centered\ncare for victims, centered on them");
  expect("an end-\n\nis none", "an end-\n\nis none");
  expect("-\n-\na-\n", "-\n-\na-\n");
}

static void marks_without_width(void **state) {
  (void)state;
  expect("gov\xC2\xAD" "ern\xC2\xADment", "government");
  expect("12\xE2\x80\x8B" "0 and 1\xE2\x81\xA0" "5", "120 and 15");
  expect("\xEF\xBB\xBFone \xEF\xBB\xBFtwo", "\xEF\xBB\xBFone two"); /* the first is the text's own */
  expect("a\xC2\xA0" "b \xE2\x80\x99", "a\xC2\xA0" "b \xE2\x80\x99");
}

static void line_ends(void **state) {
  (void)state;
  expect("one\xC2\x85two\xE2\x80\xA8three\xE2\x80\xA9" "four\vfive\fsix", "one\ntwo\nthree\nfour\nfive\nsix");
  expect("one\r\ntwo\rthree", "one\r\ntwo\rthree");
  expect("", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(parted_words), cmocka_unit_test(marks_without_width),
                                     cmocka_unit_test(line_ends)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
