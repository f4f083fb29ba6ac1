/* lexicon.h: the words that tipl knows, compiled from the tables of this folder.
 *
 * Every token carries a word number. Below 256 it says what sort of token it is; from 256 on it is a row
 * of the word table, found by case-folded spelling. Words make up terms (one or several words), and a
 * term has a class and up to three values: `victims` is a head noun that counts victims; `compared
 * with` is a cue of comparison. The classes are described in lexicon/README.md, beside their tables. */
#ifndef TIPL_LEXICON_H
#define TIPL_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lexicon/cues.h"
#include "lexicon/terms.h"
#include "lexicon_data.h"

/* Word numbers below 256. ASCII marks are their own byte; ’ and ‘ count as ', “ and ” as ". */
enum {
  TIPL__WORD_NUMBER = 1,   /* digits, with separators */
  TIPL__WORD_OTHER = 2,    /* a word that is not in the table */
  TIPL__WORD_DASH = 3,     /* – — ― */
  TIPL__WORD_ELLIPSIS = 4, /* … */
  TIPL__WORD_BULLET = 5,   /* • ⁃ ‣ ◦ ▪ · */
  TIPL__WORD_CURRENCY = 6, /* € £ ¥ … but not $ */
  TIPL__WORD_FRACTION = 7, /* ½ ⅔ … */
  TIPL__WORD_SECTION = 8,  /* § */
  TIPL__WORD_SYMBOL = 9,   /* any other mark outside ASCII */
  TIPL__WORD_FIRST = 256
};

/* The spelling of a word: its first 16 bytes, each | 0x20, zero-padded, and its length. */
typedef struct tipl__word_key {
  uint64_t low, high;
  uint8_t length;
} tipl__word_key;

typedef struct tipl__term {
  uint8_t class;
  int16_t value, a, b; /* meaning by class */
} tipl__term;

typedef struct tipl__node { /* of the tree of terms, by word */
  uint16_t edge, edges;     /* into tipl__edges */
  uint16_t term, terms;     /* into tipl__terms: what ends here */
  uint64_t classes;         /* of those terms, bit n for class n */
  uint64_t next;            /* bit TIPL__NEXT_BIT(word) for each word an edge has: most words are ruled out by it */
} tipl__node;

typedef struct tipl__edge {
  uint16_t word, node;
} tipl__edge;

extern const uint16_t tipl__word_table[TIPL__WORD_TABLE]; /* word by hash, 0: none; small, so that it stays near */
extern const tipl__word_key tipl__word_keys[TIPL__WORDS];  /* of word TIPL__WORD_FIRST + i */
extern const char *const tipl__word_text[TIPL__WORDS]; /* spelling of word TIPL__WORD_FIRST + i */
extern const uint16_t tipl__word_node[TIPL__WORDS];    /* node of a term's first word; 0: none */
extern const uint8_t tipl__word_flags[TIPL__WORDS + TIPL__WORD_BASE];
extern const tipl__node tipl__nodes[];
extern const tipl__edge tipl__edges[];
extern const tipl__term tipl__terms[];
extern const char tipl__nation_iso3[TIPL__NATIONS][4]; /* of the terms of class nation */
extern const char *const tipl__metric_names[TIPL__METRICS];

/* The hash of a spelling; the same arithmetic stands in compile.lua. */
static inline uint32_t tipl__word_hash(uint64_t low, uint64_t high, uint32_t length) {
  uint64_t h = (low ^ high * UINT64_C(0xC2B2AE3D27D4EB4F)) + length;
  h = (h ^ h >> 29) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(h >> (64 - TIPL__WORD_TABLE_BITS));
}

/* The first 16 bytes of a spelling, folded; at least 16 bytes must be readable at `text`. */
static inline void tipl__word_fold(const char *text, uint32_t length, uint64_t *low, uint64_t *high) {
  uint64_t a, b;
  __builtin_memcpy(&a, text, 8);
  __builtin_memcpy(&b, text + 8, 8);
  uint64_t fold = UINT64_C(0x2020202020202020);
  uint32_t n = length > 16 ? 16 : length;
  uint64_t keep_a = n >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << (8 * n)) - 1;
  uint64_t keep_b = n <= 8 ? 0 : n >= 16 ? ~UINT64_C(0) : (UINT64_C(1) << (8 * (n - 8))) - 1;
  *low = (a | fold) & keep_a;
  *high = (b | fold) & keep_b;
}

/* The word number of a spelling, or TIPL__WORD_OTHER. At least 16 bytes must be readable at `text`. */
static inline uint16_t tipl__word_find(const char *text, uint32_t length) {
  if (length > TIPL__WORD_LONGEST) return TIPL__WORD_OTHER;
  uint64_t low, high;
  tipl__word_fold(text, length, &low, &high);
  uint32_t at = tipl__word_hash(low, high, length);
  for (;; at = (at + 1) & (TIPL__WORD_TABLE - 1)) {
    uint16_t word = tipl__word_table[at];
    if (word == 0) return TIPL__WORD_OTHER;
    const tipl__word_key *key = &tipl__word_keys[word - TIPL__WORD_FIRST];
    if (key->low != low || key->high != high || key->length != length) continue;
    if (length <= 16) return word;
    const char *rest = tipl__word_text[word - TIPL__WORD_FIRST];
    uint32_t i = 16;
    while (i < length && (text[i] | 0x20) == rest[i]) i++;
    if (i == length) return word;
  }
}

/* The word's bit in tipl__node.next. */
#define TIPL__NEXT_BIT(word) ((uint32_t)(word) * 37u & 63u)

/* The longest run of terms that begins at words[0]: fills *length with its words and returns the node,
 * or NULL. `count` words are readable. */
static inline const tipl__node *tipl__match(const uint16_t *words, uint32_t count, uint32_t *length) {
  if (count == 0 || words[0] < TIPL__WORD_FIRST) return NULL;
  uint16_t at = tipl__word_node[words[0] - TIPL__WORD_FIRST];
  const tipl__node *best = NULL;
  for (uint32_t i = 1; at != 0; i++) {
    const tipl__node *node = &tipl__nodes[at];
    if (node->terms > 0) best = node, *length = i;
    at = 0;
    if (i < count && (node->next >> TIPL__NEXT_BIT(words[i]) & 1) != 0)
      for (uint16_t e = 0; e < node->edges; e++)
        if (tipl__edges[node->edge + e].word == words[i]) at = tipl__edges[node->edge + e].node;
  }
  return best;
}

#endif
