/* mend_test.c: words that were parted are whole, line ends are of one kind, and every letter can be traced back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "source/origin.h"
#include "source/source.h"

static void expect(const char *printed, const char *mended) {
  tipl__build build;
  memset(&build, 0, sizeof build);
  build.alloc = tipl__alloc_of(NULL);
  build.map = tipl__vec_of(sizeof(tipl__piece));
  build.length = (uint32_t)strlen(printed);
  assert_true(tipl__source_room(&build, build.length));
  memset(build.text, 0, build.text_size);
  memcpy(build.text, printed, build.length);
  assert_int_equal(tipl__mend(&build), TIPL_OK);
  assert_string_equal(build.text, mended);
  if (strcmp(printed, mended) == 0) { /* left as it was */
    assert_null(build.origin);
    tipl__free(&build.alloc, build.text, build.text_size);
    return;
  }
  assert_string_equal(build.origin->bytes, printed);
  for (uint32_t i = 0; i < build.length; i++) { /* each byte that was kept stands where the map says */
    tipl_span span = tipl__map_out(build.map.data, build.map.count, (tipl_span){i, 1});
    bool end = build.text[i] == '\n';
    if (span.length == 1 && !end)
      assert_int_equal(build.text[i], build.origin->bytes[span.offset]);
  }
  tipl__vec_free(&build.map, &build.alloc);
  tipl__origin_unref(build.origin);
  tipl__free(&build.alloc, build.text, build.text_size);
}

static void parted_words(void **state) {
  (void)state;
  expect("against traf-\nficking in persons", "against trafficking\nin persons");
  expect("the government paid for government-\nfunded shelters", "the government paid for government-funded\nshelters");
  expect("identified a vic-\r\n  tim and a victim", "identified a victim\nand a victim");
  expect("in 2019-\n2020 and Norway-\nSweden", "in 2019-2020\nand Norway-Sweden");
  expect("2016\xE2\x80\x93\n2020, six-\nmonth and 45-\nday permits", "2016\xE2\x80\x93" "2020,\nsix-month\nand 45-day\npermits");
  expect("no\xE2\x80\x93\nthing - \nand a --\nthen", "no\xE2\x80\x93\nthing - \nand a --\nthen"); /* dashes */
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
