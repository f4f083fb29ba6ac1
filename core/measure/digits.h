/* digits.h: printed digits as exact decimals. */
#ifndef TIPL_MEASURE_DIGITS_H
#define TIPL_MEASURE_DIGITS_H

#include "measure/reader.h"

/* At most 18 digits and an exponent that the public type allows. */
bool tipl__fits(tipl_decimal d);
/* The value as an integer; false when it is none. */
bool tipl__to_integer(tipl_decimal d, int64_t *out);
/* n / d with at most 15 significant digits; *flags gets TIPL_MEASURE_ROUNDED when that is not all
 * of it. n >= 0, d > 0. */
bool tipl__ratio(int64_t n, int64_t d, tipl_decimal *out, uint8_t *flags);
/* One more digit at the end; false when 18 do not suffice. */
bool tipl__add_digit(tipl_decimal *d, int digit, bool fraction);
/* The number that a token of digits and separators is; false when it is none. */
bool tipl__decimal_at(const tipl__reader *r, uint32_t at, tipl_decimal *out);
/* "1 234 567.89": takes the groups of three behind single blanks, from *end on; false on overflow.
 */
bool tipl__blank_groups(const tipl__reader *r, uint32_t *end, tipl_decimal *value);

#endif
