/* ascii.h: letters and digits of ASCII, whatever the locale.
 *
 * A letter outside ASCII is none here: names with accents are folded first (outline/line.h). */
#ifndef TIPL_BASE_ASCII_H
#define TIPL_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool tipl__upper(char c) {
  return c >= 'A' && c <= 'Z';
}
static inline bool tipl__lower(char c) {
  return c >= 'a' && c <= 'z';
}
static inline bool tipl__digit(char c) {
  return c >= '0' && c <= '9';
}
static inline bool tipl__letter(char c) {
  return tipl__lower((char)(c | 0x20));
}

static inline bool tipl__has_lower(const char *text, uint32_t length) {
  for (uint32_t i = 0; i < length; i++)
    if (tipl__lower(text[i])) return true;
  return false;
}

/* FNV-1a, a letter at a time, of words in any case: begin with TIPL__HASH. */
#define TIPL__HASH 2166136261u
static inline uint32_t tipl__hash_more(uint32_t hash, char c) {
  return (hash ^ (uint8_t)(c | 0x20)) * 16777619u;
}

#endif
