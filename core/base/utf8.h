/* utf8.h: is this text?
 *
 * The source stage asks once for every byte that comes from outside; after it the core may take
 * text to be valid UTF-8 without NUL bytes. */
#ifndef TIPL_BASE_UTF8_H
#define TIPL_BASE_UTF8_H

#include <stddef.h>

/* Offset of the first NUL byte or of the first byte of the first sequence that is not UTF-8
 * (overlong, surrogate, beyond U+10FFFF, cut off); `length` when there is none. */
size_t tipl__utf8_check(const char *bytes, size_t length);

#endif
