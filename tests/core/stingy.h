/* stingy.h: an allocator that denies every allocation from the n-th on; its payload is an int, the n that are left. */
#ifndef TIPL_TESTS_STINGY_H
#define TIPL_TESTS_STINGY_H

#include <stdlib.h>

static void *stingy(void *payload, void *ptr, size_t osize, size_t nsize) {
  (void)osize;
  int *left = payload;
  if (nsize == 0) {
    free(ptr);
    return NULL;
  }
  return (*left)-- > 0 ? realloc(ptr, nsize) : NULL;
}

#endif
