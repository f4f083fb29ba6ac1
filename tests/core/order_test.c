/* order_test.c: of two orders of a page's lines, the one in which sentences go on reads better. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "source/source.h"
#include "stingy.h"

#define A1 "The police of the capital investigated many cases and asked\n"
#define A2 "the courts for help, which these gave to them in the spring of\n"
#define A3 "the year. They went on with it.\n"
#define B1 "Shelters in the south of the country took in twelve victims and\n"
#define B2 "their children, who stayed there for as long as they wanted to\n"
#define B3 "stay, and left them in the autumn.\n"

static const char columns[] = A1 A2 A3 B1 B2 B3;
static const char rows[] = A1 B1 A2 B2 A3 B3;

static bool better(const char *raw, const char *read) {
  tipl__alloc alloc = tipl__alloc_of(NULL);
  return tipl__reads_better(&alloc, raw, (uint32_t)strlen(raw), read, (uint32_t)strlen(read));
}

static void columns_and_rows(void **state) {
  (void)state;
  static const char twice[] = A1 B1 A2 B2 A3 B3 "\f" B1 A1 B2 A2 B3 A3;
  assert_true(better(columns, twice));
  assert_false(better(twice, columns));
  assert_false(better(columns, columns));
  assert_false(better("", ""));
  assert_false(better("x", columns));
}

static void few_breaks(void **state) {
  (void)state;
  assert_false(better(columns, rows)); /* two places may be chance: the order of reading stays */
}

static void no_memory(void **state) {
  (void)state;
  static const char twice[] = A1 B1 A2 B2 A3 B3 "\f" B1 A1 B2 A2 B3 A3;
  bool known = false;
  int most = 0;
  for (; !known && most < 100; most++) { /* true at last, and never before all could be looked at */
    int left = most;
    tipl__alloc alloc = {stingy, &left};
    known = tipl__reads_better(&alloc, columns, sizeof columns - 1, twice, sizeof twice - 1);
    assert_true(!known || left >= 0);
  }
  assert_true(known);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(columns_and_rows), cmocka_unit_test(few_breaks),
                                     cmocka_unit_test(no_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
