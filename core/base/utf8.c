/* utf8.c: see utf8.h. Runs of ASCII are passed eight bytes at a time. */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGH UINT64_C(0x8080808080808080)

/* First byte from `at` on that ends a run of ASCII without NUL, rounded down to a step of eight. */
static size_t pass_ascii(const unsigned char *s, size_t at, size_t length) {
  for (; at + 8 <= length; at += 8) {
    uint64_t word;
    memcpy(&word, s + at, 8);
    if (((word | (word - ONES)) & HIGH) != 0) break; /* a high bit, or a borrow through a NUL */
  }
  return at;
}

/* Bytes of the valid sequence at s, 0 when it is none. `left` is at least 1. */
static size_t sequence(const unsigned char *s, size_t left) {
  unsigned char c = s[0];
  if (c < 0x80) return c != 0;
  size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (c < 0xC2 || c > 0xF4 || left < n) return 0;
  for (size_t i = 1; i < n; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  if (c == 0xE0 && s[1] < 0xA0) return 0; /* overlong */
  if (c == 0xED && s[1] > 0x9F) return 0; /* surrogate */
  if (c == 0xF0 && s[1] < 0x90) return 0; /* overlong */
  if (c == 0xF4 && s[1] > 0x8F) return 0; /* beyond U+10FFFF */
  return n;
}

size_t tipl__utf8_check(const char *bytes, size_t length) {
  const unsigned char *s = (const unsigned char *)bytes;
  size_t at = 0;
  while (at < length) {
    at = pass_ascii(s, at, length);
    for (size_t stop = at + 8; at < stop && at < length;) {
      size_t n = sequence(s + at, length - at);
      if (n == 0) return at;
      at += n;
    }
  }
  return length;
}
