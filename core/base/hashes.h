/* hashes.h: a set of 32-bit hashes, open addressing; the hash 0 is none. For a stage's own look-ups within one text. */
#ifndef TIPL_BASE_HASHES_H
#define TIPL_BASE_HASHES_H

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"

typedef struct tipl__hashes {
  uint32_t *slots; /* 0 is empty; NULL: not made, or freed */
  uint32_t size;   /* a power of two */
} tipl__hashes;

/* Room for `count` hashes; false when memory ran out. Free with tipl__hashes_free. */
static inline bool tipl__hashes_make(tipl__hashes *set, const tipl__alloc *alloc, uint32_t count) {
  for (set->size = 64; set->size < count * 2; set->size *= 2) {
  }
  size_t bytes = (size_t)set->size * sizeof *set->slots;
  set->slots = tipl__new(alloc, bytes);
  if (set->slots != NULL) memset(set->slots, 0, bytes);
  return set->slots != NULL;
}

static inline void tipl__hashes_free(tipl__hashes *set, const tipl__alloc *alloc) {
  if (set->slots != NULL) tipl__free(alloc, set->slots, (size_t)set->size * sizeof *set->slots);
  set->slots = NULL;
}

/* Where the hash is or would be put: *slot is the hash or 0. */
static inline uint32_t *tipl__hashes_slot(const tipl__hashes *set, uint32_t hash) {
  uint32_t at = hash & (set->size - 1);
  while (set->slots[at] != 0 && set->slots[at] != hash) at = (at + 1) & (set->size - 1);
  return &set->slots[at];
}

static inline bool tipl__hashes_has(const tipl__hashes *set, uint32_t hash) {
  return *tipl__hashes_slot(set, hash) != 0;
}

static inline void tipl__hashes_put(const tipl__hashes *set, uint32_t hash) {
  *tipl__hashes_slot(set, hash) = hash;
}

#endif
