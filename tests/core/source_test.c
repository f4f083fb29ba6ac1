/* source_test.c: what comes in as text and what is refused, and with which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "model/build.h"
#include "source/origin.h"
#include "source/source.h"
#include "stingy.h"

#define TEXT(s) (s), sizeof(s) - 1

typedef struct fixture {
  tipl__build build;
  tipl_error error;
} fixture;

static void begin(fixture *f) {
  memset(f, 0, sizeof *f);
  f->build.options = (tipl_options)TIPL_OPTIONS_INIT;
  f->build.alloc = tipl__alloc_of(NULL);
  f->build.error = &f->error;
  f->build.name = "";
  f->build.map = tipl__vec_of(sizeof(tipl__piece));
}

static void end(fixture *f) {
  tipl__vec_free(&f->build.map, &f->build.alloc);
  tipl__origin_unref(f->build.origin);
  tipl__free(&f->build.alloc, f->build.text, f->build.text_size);
}

static void expect_copy(const char *bytes, size_t length, tipl_status status, uint32_t where) {
  fixture f;
  begin(&f);
  assert_int_equal(tipl__source_copy(&f.build, bytes, length), status);
  if (status != TIPL_OK) {
    assert_int_equal(f.error.status, status);
    assert_int_equal(f.error.where.offset, where);
    assert_true(f.error.message[0] != '\0');
  }
  end(&f);
}

/* ------------------------------------------------------------------ UTF-8 */

static void valid_sequences(void **state) {
  (void)state;
  static const char *const good[] = {"",
                                     "a",
                                     "plain ASCII that is longer than a word",
                                     "\xC2\x80",
                                     "\xDF\xBF",
                                     "\xE0\xA0\x80",
                                     "\xED\x9F\xBF",
                                     "\xEE\x80\x80",
                                     "\xEF\xBF\xBF",
                                     "\xF0\x90\x80\x80",
                                     "\xF4\x8F\xBF\xBF",
                                     "1234567\xE2\x80\x94",
                                     "12345678\xE2\x80\x99s"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    assert_int_equal(tipl__utf8_check(good[i], strlen(good[i])), strlen(good[i]));
}

/* Each bad sequence at every distance from the start, so that it meets each lane of the fast loop.
 */
static void invalid_sequences(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length;
  } bad[] = {{TEXT("\0")},
             {TEXT("\x80")},
             {TEXT("\xBF")},
             {TEXT("\xC0\xAF")},
             {TEXT("\xC1\xBF")},
             {TEXT("\xC2")},
             {TEXT("\xC2 ")},
             {TEXT("\xE0\x9F\xBF")},
             {TEXT("\xE2\x82")},
             {TEXT("\xE2\x82 ")},
             {TEXT("\xED\xA0\x80")},
             {TEXT("\xED\xBF\xBF")},
             {TEXT("\xF0\x8F\xBF\xBF")},
             {TEXT("\xF4\x90\x80\x80")},
             {TEXT("\xF5\x80\x80\x80")},
             {TEXT("\xF0\x90\x80")},
             {TEXT("\xFF")}};
  char text[64];
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    for (size_t at = 0; at < 40; at++) {
      memset(text, 'x', sizeof text);
      memcpy(text + at, bad[i].bytes, bad[i].length);
      assert_int_equal(tipl__utf8_check(text, at + bad[i].length), at);
      if (bad[i].bytes[bad[i].length - 1] != ' ') /* what follows does not mend it */
        assert_int_equal(tipl__utf8_check(text, sizeof text), at);
    }
}

/* ------------------------------------------------------------------ memory */

static void copies(void **state) {
  (void)state;
  static const char text[] = "Line one\r\nand\xC2\xA0two\n";
  fixture f;
  begin(&f);
  assert_int_equal(tipl__source_copy(&f.build, TEXT(text)), TIPL_OK);
  assert_int_equal(f.build.length, sizeof text - 1);
  assert_int_equal(f.build.begin, 0);
  assert_memory_equal(f.build.text, text, sizeof text);
  assert_true(f.build.text_size >= f.build.length + 32);
  for (size_t i = f.build.length; i < f.build.text_size; i++) assert_int_equal(f.build.text[i], 0);
  end(&f);
}

static void byte_order_mark(void **state) {
  (void)state;
  fixture f;
  begin(&f);
  assert_int_equal(tipl__source_copy(&f.build, TEXT("\xEF\xBB\xBFtext")), TIPL_OK);
  assert_int_equal(f.build.begin, 3);
  assert_int_equal(f.build.length, 7);
  end(&f);
  expect_copy(TEXT("\xEF\xBB\xBF \n"), TIPL_ENOREPORT, 0);
}

static void refusals(void **state) {
  (void)state;
  expect_copy(TEXT(""), TIPL_ENOREPORT, 0);
  expect_copy(TEXT(" \r\n\t\n\xC2\xA0"), TIPL_ENOREPORT, 0);
  expect_copy(TEXT("abc\0def"), TIPL_EENCODING, 3);
  expect_copy(TEXT("broken \xE9 among UTF-8: \xC3\xA9"), TIPL_EENCODING, 7);
  expect_copy(TEXT("cut off in a character \xE2\x80"), TIPL_EENCODING, 23);
  expect_copy(TEXT("a byte that Windows-1252 lacks \x81 here"), TIPL_EENCODING, 31);
  expect_copy(TEXT("an escape\x1B[1m and a caf\xE9 here"), TIPL_EENCODING, 23);
  expect_copy(TEXT("\xE4\xF6\xFC\xDF mostly"), TIPL_EENCODING, 0);
  expect_copy(TEXT("\xFF\xFEN\0o\0"), TIPL_EENCODING, 0);
  expect_copy(TEXT("\xFE\xFF\0N\0o"), TIPL_EENCODING, 0);
  expect_copy(TEXT("N\0o\0r\0w\0a\0y\0"), TIPL_EENCODING, 0);
  expect_copy(TEXT("\0N\0o\0r\0w\0a\0y"), TIPL_EENCODING, 0);
  expect_copy(TEXT("PK\x03\x04text"), TIPL_EENCODING, 0);
}

static void messages_name_the_remedy(void **state) {
  (void)state;
  fixture f;
  begin(&f);
  tipl__source_copy(&f.build, TEXT("N\0o\0r\0w\0"));
  assert_non_null(strstr(f.error.message, "UTF-16"));
  end(&f);
  begin(&f);
  tipl__source_copy(&f.build, TEXT("one\ntwo\x81"));
  assert_non_null(strstr(f.error.message, "UTF-8"));
  assert_int_equal(f.error.line, 2);
  assert_int_equal(f.error.column, 4);
  end(&f);
}

/* ------------------------------------------------------------------ other texts than UTF-8 */

static void windows_1252(void **state) {
  (void)state;
  fixture f;
  begin(&f);
  /* an apostrophe, an e with an accent, a euro sign, a dash */
  static const char bytes[] = "Norway\x92s caf\xE9 cost \x80" "5 \x96 twice";
  static const char text[] = "Norway\xE2\x80\x99s caf\xC3\xA9 cost \xE2\x82\xAC" "5 \xE2\x80\x93 twice";
  assert_int_equal(tipl__source_copy(&f.build, TEXT(bytes)), TIPL_OK);
  assert_string_equal(f.build.encoding, "Windows-1252");
  assert_int_equal(f.build.length, sizeof text - 1);
  assert_memory_equal(f.build.text, text, sizeof text);
  assert_memory_equal(f.build.origin->bytes, bytes, sizeof bytes);
  tipl_span cafe = {11, 5}; /* in the text; one byte less in the file, from 9 on */
  tipl_span there = tipl__map_out(f.build.map.data, f.build.map.count, cafe);
  assert_int_equal(there.offset, 9);
  assert_int_equal(there.length, 4);
  tipl_span back = tipl__map_in(f.build.map.data, f.build.map.count, there);
  assert_int_equal(back.offset, cafe.offset);
  assert_int_equal(back.length, cafe.length);
  end(&f);
}

static void plain_utf8_has_no_map(void **state) {
  (void)state;
  fixture f;
  begin(&f);
  assert_int_equal(tipl__source_copy(&f.build, TEXT("caf\xC3\xA9")), TIPL_OK);
  assert_string_equal(f.build.encoding, "UTF-8");
  assert_null(f.build.origin);
  assert_int_equal(f.build.map.count, 0);
  end(&f);
}

/* ------------------------------------------------------------------ what the caller allows */

static void plain_takes_nothing(void **state) {
  (void)state;
  fixture f;
  begin(&f);
  f.build.options.plain = 1;
  assert_int_equal(tipl__source_copy(&f.build, TEXT("")), TIPL_OK);
  assert_int_equal(f.build.length, 0);
  assert_non_null(f.build.text);
  end(&f);
}

static void limits(void **state) {
  (void)state;
  for (size_t limit = 4; limit <= 5; limit++) {
    fixture f;
    begin(&f);
    f.build.options.max_bytes = limit;
    assert_int_equal(tipl__source_copy(&f.build, TEXT("12345")), limit < 5 ? TIPL_ELIMIT : TIPL_OK);
    end(&f);
  }
}

/* ------------------------------------------------------------------ files */

static char path[64];

static void write_file(const char *bytes, size_t length) {
  strcpy(path, "/tmp/tipl-source-XXXXXX");
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, bytes, length), length);
  close(file);
}

static void expect_open(const char *name, size_t limit, tipl_status status, uint32_t length) {
  fixture f;
  begin(&f);
  f.build.options.max_bytes = limit;
  assert_int_equal(tipl__source_open(&f.build, name), status);
  if (status == TIPL_OK)
    assert_int_equal(f.build.length, length);
  else
    assert_null(strchr(f.error.message, '/')); /* the caller adds the name */
  end(&f);
}

static void files(void **state) {
  (void)state;
  write_file(TEXT("some text\n"));
  expect_open(path, 0, TIPL_OK, 10);
  expect_open(path, 10, TIPL_OK, 10);
  expect_open(path, 9, TIPL_ELIMIT, 0);
  unlink(path);
  expect_open(path, 0, TIPL_EIO, 0);
  expect_open("/tmp", 0, TIPL_EIO, 0);
  expect_open("", 0, TIPL_EIO, 0);
  write_file("", 0);
  expect_open(path, 0, TIPL_ENOREPORT, 0);
  unlink(path);
}

/* A pipe has no size: it is read in steps, here of more than one block. */
static void pipes(void **state) {
  (void)state;
  size_t length = 3 * TIPL__SOURCE_BLOCK + 17;
  char *bytes = malloc(length);
  memset(bytes, 'x', length);
  strcpy(path, "/tmp/tipl-source-XXXXXX");
  int file = mkstemp(path);
  close(file);
  unlink(path);
  assert_int_equal(mkfifo(path, 0600), 0);
  for (int i = 0; i < 2; i++) {
    pid_t child = fork();
    if (child == 0) {
      int out = open(path, O_WRONLY);
      ssize_t done = 0;
      for (size_t at = 0; at < length && done >= 0; at += (size_t)done)
        done = write(out, bytes + at, length - at);
      _exit(0);
    }
    expect_open(path, i == 0 ? length : 100000, i == 0 ? TIPL_OK : TIPL_ELIMIT, (uint32_t)length);
  }
  unlink(path);
  free(bytes);
}

static void out_of_memory(void **state) {
  (void)state;
  int left = 0;
  fixture f;
  begin(&f);
  f.build.alloc = (tipl__alloc){stingy, &left};
  assert_int_equal(tipl__source_copy(&f.build, TEXT("text")), TIPL_ENOMEM);
  end(&f);
  write_file(TEXT("text"));
  begin(&f);
  f.build.alloc = (tipl__alloc){stingy, &left};
  assert_int_equal(tipl__source_open(&f.build, path), TIPL_ENOMEM);
  end(&f);
  unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(valid_sequences),
                                     cmocka_unit_test(invalid_sequences),
                                     cmocka_unit_test(copies),
                                     cmocka_unit_test(byte_order_mark),
                                     cmocka_unit_test(refusals),
                                     cmocka_unit_test(messages_name_the_remedy),
                                     cmocka_unit_test(windows_1252),
      cmocka_unit_test(plain_utf8_has_no_map),
      cmocka_unit_test(plain_takes_nothing),
                                     cmocka_unit_test(limits),
                                     cmocka_unit_test(files),
                                     cmocka_unit_test(pipes),
                                     cmocka_unit_test(out_of_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
