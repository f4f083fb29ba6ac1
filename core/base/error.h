/* error.h: filling the caller's tipl_error. */
#ifndef TIPL_BASE_ERROR_H
#define TIPL_BASE_ERROR_H

#include "tipl.h"

#if defined(__GNUC__)
#define TIPL__PRINTF(a, b) __attribute__((format(printf, a, b)))
#else
#define TIPL__PRINTF(a, b)
#endif

/* Fills *error (may be NULL) and returns `status`, so that a failing function can end in it. Only
 * %s, %d, %u, %zu and %X are to be used: they need no locale. */
tipl_status tipl__fail(tipl_error *error, tipl_status status, const char *format, ...)
    TIPL__PRINTF(3, 4);
/* The same with a place in `text`; line and column are worked out here. */
tipl_status tipl__fail_at(tipl_error *error, tipl_status status, const char *text, size_t length,
                          tipl_span where, const char *format, ...) TIPL__PRINTF(6, 7);

#endif
