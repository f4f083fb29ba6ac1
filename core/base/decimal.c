/* decimal.c: exact decimals and dates of the public interface. */
#include "base/decimal.h"

#include <string.h>

/* 10^n for n in 0..18. */
static const int64_t POWER[19] = {1,
                                  10,
                                  100,
                                  1000,
                                  10000,
                                  100000,
                                  1000000,
                                  10000000,
                                  100000000,
                                  1000000000,
                                  10000000000,
                                  100000000000,
                                  1000000000000,
                                  10000000000000,
                                  100000000000000,
                                  1000000000000000,
                                  10000000000000000,
                                  100000000000000000,
                                  1000000000000000000};

int64_t tipl__power10(int n) { return n >= 0 && n <= 18 ? POWER[n] : 0; }

/* Moves trailing zeros of the digits into the exponent. */
static tipl_decimal normal(tipl_decimal value) {
  if (value.digits == 0) value.exponent = 0;
  while (value.digits != 0 && value.digits % 10 == 0) {
    value.digits /= 10;
    value.exponent++;
  }
  return value;
}

/* Writes an unsigned number backwards, ending at `end`; returns its first byte. */
static char *write_back(char *end, uint64_t n) {
  do {
    *--end = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  return end;
}

size_t tipl_decimal_text(char *out, size_t capacity, tipl_decimal value) {
  char digits[24], text[TIPL_DECIMAL_TEXT + 24];
  if (value.exponent > 20 || value.exponent < -20) return 0;
  value = normal(value);
  uint64_t magnitude = value.digits < 0 ? 0 - (uint64_t)value.digits : (uint64_t)value.digits;
  char *first = write_back(digits + sizeof digits, magnitude);
  int count = (int)(digits + sizeof digits - first);
  size_t n = 0;
  if (value.digits < 0) text[n++] = '-';
  int whole = count + value.exponent; /* digits before the point */
  if (whole <= 0) {
    text[n++] = '0';
    text[n++] = '.';
    for (int i = whole; i < 0; i++) text[n++] = '0';
  }
  for (int i = 0; i < count; i++) {
    if (i > 0 && i == whole) text[n++] = '.';
    text[n++] = first[i];
  }
  for (int i = count; i < whole; i++) text[n++] = '0';
  if (out == NULL || n + 1 > capacity) return 0;
  memcpy(out, text, n);
  out[n] = '\0';
  return n;
}

/* Multiplies by 10^by; false when 64 bits do not suffice. */
static bool scale(int64_t *digits, int by) {
  if (*digits == 0) return true;
  if (by > 18) return false;
  return !__builtin_mul_overflow(*digits, POWER[by], digits);
}

int tipl_decimal_compare(tipl_decimal a, tipl_decimal b) {
  int64_t x = a.digits, y = b.digits;
  int sx = (x > 0) - (x < 0), sy = (y > 0) - (y < 0);
  if (sx != sy || sx == 0) return (sx > sy) - (sx < sy);
  if (a.exponent > b.exponent && !scale(&x, a.exponent - b.exponent)) return sx;
  if (b.exponent > a.exponent && !scale(&y, b.exponent - a.exponent)) return -sx;
  return (x > y) - (x < y);
}

tipl_status tipl_decimal_add(tipl_decimal *sum, tipl_decimal b) {
  tipl_decimal a = *sum;
  if (a.digits == 0) a.exponent = b.exponent;
  if (b.digits == 0) b.exponent = a.exponent;
  if (a.exponent > b.exponent) {
    if (!scale(&a.digits, a.exponent - b.exponent)) return TIPL_ELIMIT;
    a.exponent = b.exponent;
  } else if (!scale(&b.digits, b.exponent - a.exponent)) {
    return TIPL_ELIMIT;
  }
  if (__builtin_add_overflow(a.digits, b.digits, &a.digits)) return TIPL_ELIMIT;
  *sum = a;
  return TIPL_OK;
}

double tipl_decimal_double(tipl_decimal value) {
  double d = (double)value.digits;
  int e = value.exponent;
  for (; e > 18; e -= 18) d *= 1e18;
  for (; e < -18; e += 18) d /= 1e18;
  return e >= 0 ? d * (double)POWER[e] : d / (double)POWER[-e];
}

size_t tipl_date_text(char *out, size_t capacity, tipl_date date) {
  char text[TIPL_DATE_TEXT];
  size_t n = 0;
  if (date == TIPL_DATE_NONE) {
    text[n++] = '-';
  } else if (date == TIPL_DATE_RP || date == TIPL_DATE_PRP) {
    const char *name = date == TIPL_DATE_RP ? "RP" : "PRP";
    n = strlen(name);
    memcpy(text, name, n);
  } else if (date < 100 || (date >= 10000 && date < 10000000) || date > 99991231) {
    return 0;
  } else {
    int parts[3] = {date / 10000, date / 100 % 100, date % 100};
    if (parts[0] == 0) { /* "--01-15": no year is printed */
      text[n++] = '-';
    } else {
      n = 4;
      write_back(text + 4, (uint64_t)parts[0]);
    }
    for (int i = 1; i < 3 && parts[i] != 0; i++) {
      text[n++] = '-';
      text[n++] = (char)('0' + parts[i] / 10);
      text[n++] = (char)('0' + parts[i] % 10);
    }
  }
  if (out == NULL || n + 1 > capacity) return 0;
  memcpy(out, text, n);
  out[n] = '\0';
  return n;
}

/* `count` digits at text; -1 when one of them is none. */
static int digits_at(const char *text, int count) {
  int n = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    n = n * 10 + (text[i] - '0');
  }
  return n;
}

tipl_status tipl_date_parse(tipl_date *out, const char *text, size_t length) {
  if (out == NULL || text == NULL) return TIPL_EARG;
  if (length == 1 && text[0] == '-') return *out = TIPL_DATE_NONE, TIPL_OK;
  if (length == 2 && memcmp(text, "RP", 2) == 0) return *out = TIPL_DATE_RP, TIPL_OK;
  if (length == 3 && memcmp(text, "PRP", 3) == 0) return *out = TIPL_DATE_PRP, TIPL_OK;
  if (length > 2 && text[0] == '-' && text[1] == '-') { /* without a year */
    int m = length >= 4 ? digits_at(text + 2, 2) : -1, d = 0;
    if (length == 7) d = text[4] == '-' ? digits_at(text + 5, 2) : -1;
    if ((length != 4 && length != 7) || m < 1 || m > 12 || d < 0 || d > 31 || (length == 7 && d == 0)) return TIPL_EARG;
    *out = m * 100 + d;
    return TIPL_OK;
  }
  if (length != 4 && length != 7 && length != 10) return TIPL_EARG;
  int year = digits_at(text, 4), month = 0, day = 0;
  if (length >= 7) month = text[4] == '-' ? digits_at(text + 5, 2) : -1;
  if (length == 10) day = text[7] == '-' ? digits_at(text + 8, 2) : -1;
  bool wrong = year < 1000 || month < 0 || month > 12 || day < 0 || day > 31 ||
               (length >= 7 && month == 0) || (length == 10 && day == 0);
  if (wrong) return TIPL_EARG;
  *out = year * 10000 + month * 100 + day;
  return TIPL_OK;
}
