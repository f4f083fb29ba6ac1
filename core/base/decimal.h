/* decimal.h: what the core itself needs of exact decimals, beside the public functions of tipl.h. */
#ifndef TIPL_BASE_DECIMAL_H
#define TIPL_BASE_DECIMAL_H

#include <stdbool.h>

#include "tipl.h"

/* 10^n; 0 outside 0..18. */
int64_t tipl__power10(int n);

static inline tipl_decimal tipl__integer(int64_t n) {
  tipl_decimal d = {n, 0};
  return d;
}

#endif
