/* base_test.c: growing arrays and their failures, error places, dates without a year. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"

/* Counts what is held; denies everything once `left` is used up. */
typedef struct meter {
  size_t held;
  int left;
} meter;

static void *metered(void *payload, void *ptr, size_t osize, size_t nsize) {
  meter *m = payload;
  if (ptr == NULL) osize = 0;
  if (nsize == 0) {
    free(ptr);
    m->held -= osize;
    return NULL;
  }
  if (m->left-- <= 0) return NULL;
  void *data = realloc(ptr, nsize);
  m->held += nsize - osize;
  return data;
}

static void vec_grows(void **state) {
  (void)state;
  meter m = {0, 1000};
  tipl__alloc alloc = {metered, &m};
  tipl__vec vec = tipl__vec_of(sizeof(uint32_t));
  for (uint32_t i = 0; i < 1000; i++) {
    uint32_t *at = tipl__vec_push(&vec, &alloc);
    assert_non_null(at);
    assert_int_equal(*at, 0);
    *at = i;
  }
  assert_int_equal(vec.count, 1000);
  assert_in_range(vec.capacity, 1000, 2000);
  assert_int_equal(m.held, vec.capacity * sizeof(uint32_t));
  for (uint32_t i = 0; i < 1000; i++) assert_int_equal(TIPL__AT(uint32_t, vec, i), i);
  uint32_t capacity = vec.capacity;
  assert_true(tipl__vec_reserve(&vec, &alloc, 5000));
  assert_in_range(vec.capacity, 6000, 12000);
  assert_true(vec.capacity > capacity);
  assert_int_equal(vec.count, 1000);
  tipl__vec_free(&vec, &alloc);
  assert_int_equal(m.held, 0);
  assert_true(vec.data == NULL && vec.count == 0 && vec.capacity == 0 && !vec.failed);
}

static void vec_failure_stays(void **state) {
  (void)state;
  meter m = {0, 1};
  tipl__alloc alloc = {metered, &m};
  tipl__vec vec = tipl__vec_of(8);
  while (tipl__vec_push(&vec, &alloc) != NULL) assert_true(vec.count < 100);
  assert_true(vec.failed);
  assert_int_equal(vec.count, vec.capacity);
  m.left = 100; /* there is memory again, but a row is missing */
  assert_null(tipl__vec_push(&vec, &alloc));
  assert_false(tipl__vec_reserve(&vec, &alloc, 1));
  tipl__vec_free(&vec, &alloc);
  assert_int_equal(m.held, 0);
}

static void vec_refuses_too_many(void **state) {
  (void)state;
  meter m = {0, 100};
  tipl__alloc alloc = {metered, &m};
  tipl__vec vec = tipl__vec_of(1);
  assert_false(tipl__vec_reserve(&vec, &alloc, UINT32_MAX));
  assert_true(vec.failed);
  assert_int_equal(m.left, 100); /* nobody was asked */
  tipl__vec_free(&vec, &alloc);
}

static void nothing_is_something(void **state) { /* size 0 would free in the allocator's contract */
  (void)state;
  meter m = {0, 1};
  tipl__alloc alloc = {metered, &m};
  void *data = tipl__new(&alloc, 0);
  assert_non_null(data);
  assert_null(tipl__new(&alloc, 1));
  tipl__free(&alloc, data, 0);
  tipl__free(&alloc, NULL, 10);
  assert_int_equal(m.held, 0);
}

static void allocator_of_options(void **state) {
  (void)state;
  meter m = {0, 1};
  tipl_options options = TIPL_OPTIONS_INIT;
  options.alloc = metered;
  options.alloc_payload = &m;
  tipl__alloc alloc = tipl__alloc_of(&options);
  assert_true(alloc.fn == metered && alloc.payload == &m);
  options.alloc = NULL;
  assert_non_null(tipl__alloc_of(&options).fn);
  assert_non_null(tipl__alloc_of(NULL).fn);
}

static void errors(void **state) {
  (void)state;
  tipl_error error;
  memset(&error, 'x', sizeof error);
  assert_int_equal(tipl__fail(&error, TIPL_EARG, "%s %d", "number", 7), TIPL_EARG);
  assert_string_equal(error.message, "number 7");
  assert_true(error.status == TIPL_EARG && error.line == 0 && error.column == 0 && error.where.length == 0);
  static const char text[] = "one\ntwo\nthree";
  tipl_span where = {9, 2};
  assert_int_equal(tipl__fail_at(&error, TIPL_EENCODING, text, sizeof text - 1, where, "here"), TIPL_EENCODING);
  assert_true(error.line == 3 && error.column == 2 && error.where.offset == 9 && error.where.length == 2);
  assert_int_equal(tipl__fail(NULL, TIPL_EIO, "nobody listens"), TIPL_EIO);
  assert_int_equal(tipl__fail_at(NULL, TIPL_EIO, text, 3, where, "nobody listens"), TIPL_EIO);
  char name[400];
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  tipl__fail(&error, TIPL_EIO, "%s", name); /* cut, not overrun */
  assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

static void powers(void **state) {
  (void)state;
  assert_int_equal(tipl__power10(-1), 0);
  assert_int_equal(tipl__power10(19), 0);
  int64_t want = 1;
  for (int n = 0; n <= 18; n++) {
    assert_true(tipl__power10(n) == want);
    if (n < 18) want *= 10;
  }
}

static void decimals_of_one_value(void **state) {
  (void)state;
  static const tipl_decimal same[] = {{12, 5}, {120, 4}, {1200000, 0}, {120000000, -2}};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    char text[TIPL_DECIMAL_TEXT];
    assert_int_equal(tipl_decimal_text(text, sizeof text, same[i]), 7);
    assert_string_equal(text, "1200000");
    for (size_t k = 0; k < sizeof same / sizeof *same; k++) assert_int_equal(tipl_decimal_compare(same[i], same[k]), 0);
  }
  tipl_decimal sum = {0, 0};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_int_equal(tipl_decimal_add(&sum, same[i]), TIPL_OK);
  assert_int_equal(tipl_decimal_compare(sum, (tipl_decimal){48, 5}), 0);
}

static void dates_without_year(void **state) {
  (void)state;
  static const struct { tipl_date date; const char *text; } cases[] = {{100, "--01"}, {1200, "--12"}, {115, "--01-15"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[TIPL_DATE_TEXT];
    tipl_date back = 0;
    size_t length = strlen(cases[i].text);
    assert_int_equal(tipl_date_text(text, sizeof text, cases[i].date), length);
    assert_string_equal(text, cases[i].text);
    assert_int_equal(tipl_date_parse(&back, text, length), TIPL_OK);
    assert_int_equal(back, cases[i].date);
  }
  static const char *const bad[] = {"--1", "--13", "--00", "--01-", "--01-00", "--01-32", "--0115", "-01"};
  tipl_date out;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (tipl_date_parse(&out, bad[i], strlen(bad[i])) != TIPL_EARG) fail_msg("accepted '%s'", bad[i]);
  static const tipl_date none[] = {-3, 1, 99, 10000, 9999999, 99991232, INT32_MAX, INT32_MIN};
  char text[TIPL_DATE_TEXT];
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    if (tipl_date_text(text, sizeof text, none[i]) != 0) fail_msg("%d is no date", (int)none[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(vec_grows),            cmocka_unit_test(vec_failure_stays),
      cmocka_unit_test(vec_refuses_too_many), cmocka_unit_test(nothing_is_something),
      cmocka_unit_test(allocator_of_options), cmocka_unit_test(errors),
      cmocka_unit_test(powers),               cmocka_unit_test(decimals_of_one_value),
      cmocka_unit_test(dates_without_year)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
