/* memory.h: the allocator of a parse, and growing arrays over it.
 *
 * Everything that the core allocates goes through a tipl__alloc, so that a caller's allocator (and a
 * script's memory cap) sees every byte. A tipl__vec has a sticky failure: push freely, ask once. */
#ifndef TIPL_BASE_MEMORY_H
#define TIPL_BASE_MEMORY_H

#include <stdbool.h>
#include <string.h>

#include "tipl.h"

typedef struct tipl__alloc {
  tipl_alloc_fn fn; /* never NULL once tipl__alloc_of has made it */
  void *payload;
} tipl__alloc;

/* The allocator that the options name, or the C library's. */
tipl__alloc tipl__alloc_of(const tipl_options *options);
/* NULL on failure; size 0 is made 1. */
void *tipl__new(const tipl__alloc *alloc, size_t size);
void tipl__free(const tipl__alloc *alloc, void *ptr, size_t size);

/* A growing array of fixed-size elements. `data` is borrowed until the next growth. */
typedef struct tipl__vec {
  void *data;
  uint32_t count;
  uint32_t capacity;
  uint32_t element; /* bytes */
  bool failed;      /* an allocation failed, or 2^31 elements were passed; sticky */
} tipl__vec;

static inline tipl__vec tipl__vec_of(size_t element) {
  tipl__vec vec = {NULL, 0, 0, (uint32_t)element, false};
  return vec;
}

/* Room for `more` elements beyond count; false on failure, with the array unchanged. */
bool tipl__vec_reserve(tipl__vec *vec, const tipl__alloc *alloc, uint32_t more);
void tipl__vec_free(tipl__vec *vec, const tipl__alloc *alloc);

/* A new element at the end, for the caller to fill wholly, or NULL on failure. */
static inline void *tipl__vec_add(tipl__vec *vec, const tipl__alloc *alloc) {
  if (vec->count == vec->capacity && !tipl__vec_reserve(vec, alloc, 1)) return NULL;
  return (char *)vec->data + (size_t)vec->count++ * vec->element;
}
/* A new zeroed element at the end, or NULL on failure. */
static inline void *tipl__vec_push(tipl__vec *vec, const tipl__alloc *alloc) {
  void *at = tipl__vec_add(vec, alloc);
  if (at != NULL) memset(at, 0, vec->element);
  return at;
}

/* Element i of a vec as an lvalue of `type`. */
#define TIPL__AT(type, vec, i) (((type *)(vec).data)[i])

#endif
