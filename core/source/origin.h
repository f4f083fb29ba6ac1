/* origin.h: the bytes as they came in, where the text that the stages read was made out of them.
 *
 * Shared by all narratives of one file, counted, never changed. A text that was taken as it came
 * has no origin: it is its own. */
#ifndef TIPL_SOURCE_ORIGIN_H
#define TIPL_SOURCE_ORIGIN_H

#include <stdatomic.h>

#include "base/memory.h"

typedef struct tipl__origin {
  atomic_uint references;
  tipl__alloc alloc;
  char *bytes; /* `length` of them, then zero bytes */
  size_t size; /* bytes allocated */
  uint32_t length;
  uint32_t shares; /* reports that were made of it: each answers for its part of the memory */
} tipl__origin;

/* Takes the bytes over, with one reference; NULL when memory ran out (then they stay the caller's). */
tipl__origin *tipl__origin_of(const tipl__alloc *alloc, char *bytes, size_t size, uint32_t length);
void tipl__origin_ref(tipl__origin *origin);
void tipl__origin_unref(tipl__origin *origin); /* NULL is allowed */

#endif
