/* windows.c: Windows-1252 (and with it Latin-1) as UTF-8.
 *
 * Every byte is a character there, so that what is not UTF-8 is taken for it only where nothing
 * speaks against it: no control characters, no undefined bytes, and letters mostly ASCII. */
#include "source/source.h"

enum { FEWEST_ASCII = 4 /* ASCII bytes for each other one: no English text has less */ };

/* U+0080 to U+009F of the code page, 0 for undefined bytes. */
static const uint16_t upper[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

size_t tipl__windows_check(const char *bytes, size_t length) {
  size_t high = 0, first = length;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c >= 0x80) {
      if (c < 0xA0 && upper[c - 0x80] == 0) return i;
      if (first == length) first = i;
      high++;
    } else if (c == 0x7F || (c < ' ' && (c < '\t' || c > '\r'))) {
      return i;
    }
  }
  return high * FEWEST_ASCII > length - high ? first : length;
}

/* Two or three bytes of UTF-8 for a byte of 0x80 and more. */
static uint32_t encode(char out[3], unsigned char c) {
  uint32_t code = c < 0xA0 ? upper[c - 0x80] : c;
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  out[0] = (char)(0xE0 | code >> 12);
  out[1] = (char)(0x80 | (code >> 6 & 0x3F));
  out[2] = (char)(0x80 | (code & 0x3F));
  return 3;
}

tipl_status tipl__windows_decode(tipl__build *build) {
  tipl__rewrite out = tipl__rewrite_of(&build->alloc);
  uint32_t at = 0;
  while (at < build->length) {
    uint32_t begin = at;
    while (at < build->length && (unsigned char)build->text[at] < 0x80) at++;
    tipl__rewrite_put(&out, build->text + begin, at - begin, (tipl_span){begin, at - begin});
    char bytes[3];
    for (; at < build->length && (unsigned char)build->text[at] >= 0x80; at++)
      tipl__rewrite_put(&out, bytes, encode(bytes, (unsigned char)build->text[at]),
                        (tipl_span){at, 1});
  }
  build->encoding = "Windows-1252";
  return tipl__source_replace(build, &out);
}
