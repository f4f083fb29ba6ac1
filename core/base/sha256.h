/* sha256.h: SHA-256 (FIPS 180-4), by which equal narratives are known. */
#ifndef TIPL_BASE_SHA256_H
#define TIPL_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct tipl__sha256 {
  uint32_t state[8];
  uint64_t length; /* bytes so far */
  unsigned char block[64];
} tipl__sha256;

void tipl__sha256_start(tipl__sha256 *hash);
void tipl__sha256_add(tipl__sha256 *hash, const void *bytes, size_t length);
/* The hash is of no use afterwards. */
void tipl__sha256_end(unsigned char out[32], tipl__sha256 *hash);

#endif
