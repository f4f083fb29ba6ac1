/* map_test.c: places of a text in the bytes it was made of, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "source/map.h"

/* old "ab<i>cd</i>&amp;ef", new "abcd&ef": two runs, an entity as a whole, a run. */
static tipl__rewrite sample(const tipl__alloc *alloc) {
  tipl__rewrite r = tipl__rewrite_of(alloc);
  tipl__rewrite_put(&r, "ab", 2, (tipl_span){0, 2});
  tipl__rewrite_put(&r, "cd", 2, (tipl_span){5, 2});
  tipl__rewrite_put(&r, "&", 1, (tipl_span){11, 5});
  tipl__rewrite_put(&r, "e", 1, (tipl_span){16, 1});
  tipl__rewrite_put(&r, "f", 1, (tipl_span){17, 1});
  assert_true(tipl__rewrite_end(&r));
  assert_string_equal(r.text, "abcd&ef");
  return r;
}

static void expect_out(const tipl__vec *map, uint32_t at, uint32_t n, uint32_t to, uint32_t to_n) {
  tipl_span span = tipl__map_out(map->data, map->count, (tipl_span){at, n});
  assert_int_equal(span.offset, to);
  assert_int_equal(span.length, to_n);
}

static void expect_in(const tipl__vec *map, uint32_t at, uint32_t n, uint32_t to, uint32_t to_n) {
  tipl_span span = tipl__map_in(map->data, map->count, (tipl_span){at, n});
  assert_int_equal(span.offset, to);
  assert_int_equal(span.length, to_n);
}

static void outward(void **state) {
  (void)state;
  tipl__alloc alloc = tipl__alloc_of(NULL);
  tipl__rewrite r = sample(&alloc);
  assert_int_equal(r.pieces.count, 4); /* "e" and "f" are one run */
  expect_out(&r.pieces, 0, 2, 0, 2);
  expect_out(&r.pieces, 0, 4, 0, 7);  /* over the tag */
  expect_out(&r.pieces, 1, 2, 1, 5);
  expect_out(&r.pieces, 2, 2, 5, 2);  /* from the tag on, not before it */
  expect_out(&r.pieces, 4, 1, 11, 5); /* the entity */
  expect_out(&r.pieces, 3, 3, 6, 11);
  expect_out(&r.pieces, 0, 7, 0, 18);
  expect_out(&r.pieces, 2, 0, 5, 0);
  expect_out(&r.pieces, 7, 0, 18, 0);
  tipl__rewrite_free(&r);
}

static void inward(void **state) {
  (void)state;
  tipl__alloc alloc = tipl__alloc_of(NULL);
  tipl__rewrite r = sample(&alloc);
  for (uint32_t at = 0; at < 7; at++)
    for (uint32_t n = 1; at + n <= 7; n++) {
      tipl_span there = tipl__map_out(r.pieces.data, r.pieces.count, (tipl_span){at, n});
      expect_in(&r.pieces, there.offset, there.length, at, n);
    }
  expect_in(&r.pieces, 2, 3, 2, 0);  /* the tag alone */
  expect_in(&r.pieces, 0, 5, 0, 2);  /* to the end of the tag */
  expect_in(&r.pieces, 13, 2, 4, 1); /* within the entity */
  expect_in(&r.pieces, 40, 1, 7, 0); /* beyond the end */
  tipl__rewrite_free(&r);
}

/* The sample, made of "ab<i>cd</i>&amp;ef" that itself stood 100 bytes into a file, after a character
 * that took two bytes there and one here. */
static void composed(void **state) {
  (void)state;
  tipl__alloc alloc = tipl__alloc_of(NULL);
  tipl__rewrite r = sample(&alloc), middle = tipl__rewrite_of(&alloc);
  tipl__rewrite_put(&middle, "ab<i>c", 6, (tipl_span){100, 6});
  tipl__rewrite_put(&middle, "d", 1, (tipl_span){106, 2});
  tipl__rewrite_put(&middle, "</i>&amp;ef", 11, (tipl_span){108, 11});
  assert_true(tipl__map_compose(&r.pieces, &middle.pieces, &alloc));
  expect_out(&r.pieces, 0, 3, 100, 6);
  expect_out(&r.pieces, 3, 1, 106, 2);
  expect_out(&r.pieces, 4, 1, 112, 5);
  expect_out(&r.pieces, 2, 5, 105, 14);
  expect_in(&r.pieces, 106, 2, 3, 1);
  tipl__rewrite_free(&r);
  tipl__rewrite_free(&middle);
}

static void nothing(void **state) {
  (void)state;
  tipl__alloc alloc = tipl__alloc_of(NULL);
  tipl__rewrite r = tipl__rewrite_of(&alloc);
  tipl__rewrite_put(&r, "x", 0, (tipl_span){3, 1});
  assert_true(tipl__rewrite_end(&r));
  assert_int_equal(r.length, 0);
  assert_string_equal(r.text, "");
  expect_out(&r.pieces, 0, 0, 0, 0);
  expect_in(&r.pieces, 5, 2, 0, 0);
  tipl__rewrite_free(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(outward), cmocka_unit_test(inward),
                                     cmocka_unit_test(composed), cmocka_unit_test(nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
