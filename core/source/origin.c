/* origin.c: see origin.h. */
#include "source/origin.h"

tipl__origin *tipl__origin_of(const tipl__alloc *alloc, char *bytes, size_t size, uint32_t length) {
  tipl__origin *origin = tipl__new(alloc, sizeof *origin);
  if (origin == NULL) return NULL;
  atomic_init(&origin->references, 1);
  origin->alloc = *alloc;
  origin->bytes = bytes;
  origin->size = size;
  origin->length = length;
  origin->shares = 1;
  return origin;
}

void tipl__origin_ref(tipl__origin *origin) {
  atomic_fetch_add_explicit(&origin->references, 1, memory_order_relaxed);
}

void tipl__origin_unref(tipl__origin *origin) {
  if (origin == NULL) return;
  if (atomic_fetch_sub_explicit(&origin->references, 1, memory_order_acq_rel) != 1) return;
  tipl__alloc alloc = origin->alloc;
  tipl__free(&alloc, origin->bytes, origin->size);
  tipl__free(&alloc, origin, sizeof *origin);
}
