/* digits.c: printed digits as exact decimals, and the little arithmetic that numbers need.
 *
 * Called by number.c, which puts the words around them. */
#include "measure/digits.h"

#include "base/decimal.h"

enum { SIGNIFICANT = 15 }; /* digits kept of a fraction without a finite form */

/* ------------------------------------------------------------------ arithmetic */

bool tipl__fits(tipl_decimal d) {
  return d.digits < INT64_C(1000000000000000000) && d.digits > -INT64_C(1000000000000000000) &&
         d.exponent <= 18 && d.exponent >= -18;
}

bool tipl__times(tipl_decimal *value, int64_t n) {
  return !__builtin_mul_overflow(value->digits, n, &value->digits);
}

bool tipl__to_integer(tipl_decimal d, int64_t *out) {
  *out = d.digits;
  if (d.exponent < 0) return false;
  return d.exponent <= 18 && !__builtin_mul_overflow(d.digits, tipl__power10(d.exponent), out);
}

bool tipl__ratio(int64_t n, int64_t d, tipl_decimal *out, uint8_t *flags) {
  if (d > INT64_C(100000000000000000)) return false;
  int64_t q = n / d, rest = n % d;
  int exponent = 0;
  while (rest != 0 && exponent > -30 && q < tipl__power10(SIGNIFICANT - 1)) {
    rest *= 10;
    q = q * 10 + rest / d;
    rest %= d;
    exponent--;
  }
  if (rest != 0) {
    *flags |= TIPL_MEASURE_ROUNDED;
    if (rest >= d - rest) q++;
  }
  while (exponent < 0 && q != 0 && q % 10 == 0) q /= 10, exponent++;
  out->digits = q;
  out->exponent = exponent;
  return true;
}

/* ------------------------------------------------------------------ digits */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Groups of three behind `separator`; middle groups may have two ("12,34,567"). */
static bool grouped(const char *s, uint32_t n, char separator) {
  uint32_t run = 0, groups = 0;
  for (uint32_t i = 0; i <= n; i++) {
    if (i < n && s[i] != separator) {
      run++;
      continue;
    }
    bool last = i == n;
    if (groups == 0 ? run > 3 || s[0] == '0' : last ? run != 3 : run != 2 && run != 3) return false;
    groups++;
    run = 0;
  }
  return true;
}

/* Where the point of a printed number stands (n for none), or UINT32_MAX when it is not one number.
 */
static uint32_t point_of(const char *s, uint32_t n) {
  uint32_t commas = 0, dots = 0, comma = n, dot = n;
  for (uint32_t i = 0; i < n; i++) {
    if (s[i] == ',') commas++, comma = i;
    if (s[i] == '.') dots++, dot = i;
  }
  if (commas == 0 && dots <= 1) return dot;
  if (dots == 0) return grouped(s, n, ',') ? n : commas == 1 ? comma : UINT32_MAX;
  if (commas == 0) return grouped(s, n, '.') ? n : UINT32_MAX;
  if (dots == 1 && dot > comma && grouped(s, dot, ',')) return dot;
  if (commas == 1 && comma > dot && grouped(s, comma, '.')) return comma; /* "1.111,11" */
  return UINT32_MAX;
}

bool tipl__add_digit(tipl_decimal *d, int digit, bool fraction) {
  if (d->digits >= INT64_C(100000000000000000)) return false;
  d->digits = d->digits * 10 + digit;
  d->exponent -= fraction;
  return true;
}

bool tipl__decimal_at(const tipl__reader *r, uint32_t at, tipl_decimal *out) {
  const char *s = tipl__bytes(r, at);
  uint32_t n = r->length[at];
  uint32_t point = point_of(s, n);
  *out = tipl__integer(0);
  if (point == UINT32_MAX) return false;
  for (uint32_t i = 0; i < n; i++)
    if (is_digit(s[i]) && !tipl__add_digit(out, s[i] - '0', i > point)) return false;
  return true;
}

int64_t tipl__digits_at(const tipl__reader *r, uint32_t at) {
  if (!tipl__word_is(r, at, TIPL__WORD_NUMBER) || r->length[at] > 17) return -1;
  const char *s = tipl__bytes(r, at);
  int64_t n = 0;
  for (uint32_t i = 0; i < r->length[at]; i++) {
    if (!is_digit(s[i])) return -1;
    n = n * 10 + (s[i] - '0');
  }
  return n;
}

/* True when exactly one blank stands before the token (U+00A0, U+2009 and U+202F count). */
static bool after_one_blank(const tipl__reader *r, uint32_t at) {
  const unsigned char *p = (const unsigned char *)r->text + r->start[at - 1] + r->length[at - 1];
  uint32_t gap = (uint32_t)((const unsigned char *)tipl__bytes(r, at) - p);
  return (gap == 1 && *p == ' ') || (gap == 2 && p[0] == 0xC2 && p[1] == 0xA0) ||
         (gap == 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xAF || p[2] == 0x89));
}

bool tipl__blank_groups(const tipl__reader *r, uint32_t *end, tipl_decimal *value) {
  if (tipl__digits_at(r, *end - 1) <= 0 || r->length[*end - 1] > 3) return true;
  while (tipl__word_is(r, *end, TIPL__WORD_NUMBER) && after_one_blank(r, *end)) {
    const char *s = tipl__bytes(r, *end);
    uint32_t n = r->length[*end];
    if (n < 3 || !is_digit(s[0]) || !is_digit(s[1]) || !is_digit(s[2])) break;
    if (n > 3 && (n == 4 || s[3] != '.' || point_of(s, n) != 3)) break;
    for (uint32_t i = 0; i < n; i++)
      if (is_digit(s[i]) && !tipl__add_digit(value, s[i] - '0', i > 3)) return false;
    ++*end;
    if (n > 3) break;
  }
  return true;
}
