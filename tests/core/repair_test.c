/* repair_test.c: what printing does to a text is mended, and every letter can be traced back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "rewrite.h"

static void expect(const char *before, const char *after) {
  expect_rewritten(tipl__repair, before, after);
}

static void joined_letters(void **state) {
  (void)state;
  expect("traf\xEF\xAC\x81" "cking o\xEF\xAC\x83" "ces", "trafficking offices"); /* fi after f; ffi */
  expect("\xEF\xAC\x80 \xEF\xAC\x82 \xEF\xAC\x84", "ff fl ffl");
}

static void pages(void **state) {
  (void)state;
  expect("The police identified\n\n12\n\n\fseven victims.", "The police identified\nseven victims.");
  expect("It ended.\n\nPage 3\n\fThe next began.", "It ended.\n\nThe next began.");
  expect("a sum in\n2020.\n\fIt grew by\n\n1999\n\f12.", "a sum in\n2020.\n\nIt grew by\n\n1999\n\n12."); /* no page numbers */
  expect("one of\n\nPage 3 of 12\n\ftwo and\n\n- 4 -\n\fthree or\n\n5/12\n\ffour", "one of\ntwo and\nthree or\nfour");
  expect("NORWAY\none\n\n259\n\fNORWAY\ntwo\n\n260\n\fNORWAY\nthree", "NORWAY\none\ntwo\nthree");
  expect("1/2/26, 11:13 AM\n2021 Trafficking in Persons Report: Norway\none of\nfile:///a.html 1/2\n\f1/2/26, 11:13 AM\n"
         "2021 Trafficking in Persons Report: Norway\nmany words.\nfile:///a.html 2/2\n\f",
         "1/2/26, 11:13 AM\n2021 Trafficking in Persons Report: Norway\none of\nmany words.");
  expect("2017 TIP Report: Norway\nNorway (Tier 2)\none.\n\f2018 TIP Report: Norway\nNorway (Tier 2)\ntwo.\n\f", /* no heads */
         "2017 TIP Report: Norway\nNorway (Tier 2)\none.\n\n2018 TIP Report: Norway\nNorway (Tier 2)\ntwo.");
  expect("x\n\nPROTECTION\n\fy\n\nPROTECTION\n\f", "x\n\nPROTECTION\n\ny\n\nPROTECTION");
  expect("The law of\n\fNorway held", "The law of\n\nNorway held"); /* not known to go on: a capital */
}

static void nothing(void **state) {
  (void)state;
  expect("", "");
  expect("\f\f\n \n", "");
  expect("-\n-\na-\n", "-\n-\na-");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(joined_letters),
                                     cmocka_unit_test(pages), cmocka_unit_test(nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
