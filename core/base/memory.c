/* memory.c: see memory.h. */
#include "base/memory.h"

#include <stdlib.h>

static void *default_alloc(void *payload, void *ptr, size_t osize, size_t nsize) {
  (void)payload;
  (void)osize;
  if (nsize == 0) {
    free(ptr);
    return NULL;
  }
  return realloc(ptr, nsize);
}

tipl__alloc tipl__alloc_of(const tipl_options *options) {
  tipl__alloc alloc = {default_alloc, NULL};
  if (options != NULL && options->alloc != NULL) {
    alloc.fn = options->alloc;
    alloc.payload = options->alloc_payload;
  }
  return alloc;
}

void *tipl__new(const tipl__alloc *alloc, size_t size) {
  return alloc->fn(alloc->payload, NULL, 0, size == 0 ? 1 : size);
}

void tipl__free(const tipl__alloc *alloc, void *ptr, size_t size) {
  if (ptr != NULL) alloc->fn(alloc->payload, ptr, size == 0 ? 1 : size, 0);
}

bool tipl__vec_reserve(tipl__vec *vec, const tipl__alloc *alloc, uint32_t more) {
  if (vec->failed) return false;
  uint64_t need = (uint64_t)vec->count + more;
  if (need <= vec->capacity) return true;
  uint64_t capacity = vec->capacity == 0 ? 16 : (uint64_t)vec->capacity * 2;
  if (capacity < need) capacity = need;
  uint64_t bytes = capacity * vec->element;
  void *data = NULL;
  if (capacity < UINT32_MAX / 2 && bytes < SIZE_MAX / 2)
    data = alloc->fn(alloc->payload, vec->data, (size_t)vec->capacity * vec->element, (size_t)bytes);
  if (data == NULL) {
    vec->failed = true;
    return false;
  }
  vec->data = data;
  vec->capacity = (uint32_t)capacity;
  return true;
}

void tipl__vec_free(tipl__vec *vec, const tipl__alloc *alloc) {
  if (vec->data != NULL) tipl__free(alloc, vec->data, (size_t)vec->capacity * vec->element);
  *vec = tipl__vec_of(vec->element);
}
