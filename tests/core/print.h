/* print.h: a text that a test writes row by row and then compares whole. */
#ifndef TIPL_TESTS_PRINT_H
#define TIPL_TESTS_PRINT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

typedef struct print {
  char text[4096];
  size_t length;
} print;

/* Appends; the test fails when the text is full. */
__attribute__((format(printf, 2, 3))) static void put(print *out, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int n = vsnprintf(out->text + out->length, sizeof out->text - out->length, format, list);
  va_end(list);
  assert_true(n >= 0 && out->length + (size_t)n < sizeof out->text);
  out->length += (size_t)n;
}

#endif
