/* rewrite.h: what the tests of source stages share that make one text out of another: the result, and that every byte that
 * was kept stands where the map says. Include behind cmocka.h. */
#ifndef TIPL_TESTS_REWRITE_H
#define TIPL_TESTS_REWRITE_H

#include "source/origin.h"
#include "source/source.h"

static void expect_rewritten(tipl_status (*stage)(tipl__build *build), const char *before, const char *after) {
  tipl__build build;
  memset(&build, 0, sizeof build);
  build.alloc = tipl__alloc_of(NULL);
  build.map = tipl__vec_of(sizeof(tipl__piece));
  build.length = (uint32_t)strlen(before);
  assert_true(tipl__source_room(&build, build.length));
  memset(build.text, 0, build.text_size);
  memcpy(build.text, before, build.length);
  assert_int_equal(stage(&build), TIPL_OK);
  assert_string_equal(build.text, after);
  const char *source = build.origin != NULL ? build.origin->bytes : build.text;
  assert_string_equal(source, before);
  for (uint32_t i = 0; build.origin != NULL && i < build.length; i++) {
    tipl_span span = tipl__map_out(build.map.data, build.map.count, (tipl_span){i, 1});
    bool made = build.text[i] == '\n' || (source[span.offset] & 0x80) != 0; /* of other bytes */
    if (span.length == 1 && !made) assert_int_equal(build.text[i], source[span.offset]);
  }
  tipl__vec_free(&build.map, &build.alloc);
  tipl__origin_unref(build.origin);
  tipl__free(&build.alloc, build.text, build.text_size);
}

#endif
