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

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/* The spelling of a word: its first 16 bytes, each | 0x20, zero-padded. Where it is longer, `high` is
 * inverted, so that it equals no spelling of 16 bytes. */
typedef struct tipl__word_key {
  uint64_t low, high;
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
  uint64_t signs;           /* bit n for a term of class clause with value n; for a mark TIPL__SIGN_… */
} tipl__node;

/* What a node, or a place in a sentence, is besides its terms: bits above those of the clause words (cues.h). */
enum {
  TIPL__SIGN_MARK = 48, /* any mark; and of the marks: */
  TIPL__SIGN_COMMA, TIPL__SIGN_SEMICOLON, TIPL__SIGN_COLON, TIPL__SIGN_DASH, TIPL__SIGN_OPEN, TIPL__SIGN_CLOSE,
  TIPL__SIGN_MEASURE, /* any measure; and of the measures: */
  TIPL__SIGN_TIME,    /* a year, a date, a period */
  TIPL__SIGN_DATED,   /* the same, if it says of which year */
  TIPL__SIGN_ORDINAL, /* "third" */
  TIPL__SIGN_GROUP    /* a quantity, or a denial, that makes a group of facts */
};

typedef struct tipl__edge {
  uint16_t word, node;
} tipl__edge;

_Static_assert((int)TIPL__CLAUSES <= (int)TIPL__SIGN_MARK, "clause words have the bits below the marks'");

/* Sets of classes, and of signs. */
#define TIPL__CLASS(name) (UINT64_C(1) << TIPL__TERM_##name)
#define TIPL__SIGN(name) (UINT64_C(1) << TIPL__SIGN_##name)
#define TIPL__SMALL(name) (UINT64_C(1) << TIPL__CLAUSE_##name)
#define TIPL__SMALL_WORDS (TIPL__SIGN(MARK) - 2) /* all clause words */

extern const uint16_t tipl__word_factor[TIPL__WORD_GROUPS]; /* of the hash, by its upper bits */
extern const uint16_t tipl__word_table[TIPL__WORD_TABLE]; /* the one word that may have this hash */
extern const tipl__word_key tipl__word_keys[TIPL__WORDS];  /* of word TIPL__WORD_FIRST + i */
extern const char *const tipl__word_text[TIPL__WORDS]; /* spelling of word TIPL__WORD_FIRST + i */
extern const uint16_t tipl__word_node[TIPL__WORDS + TIPL__WORD_BASE]; /* node of a term's first word, or of a mark; 0: none */
extern const uint64_t tipl__word_begins[TIPL__WORDS + TIPL__WORD_BASE]; /* classes of terms, bit n for class n … */
extern const uint64_t tipl__word_ends[TIPL__WORDS + TIPL__WORD_BASE];   /* … by their first and their last word */
extern const uint8_t tipl__word_flags[TIPL__WORDS + TIPL__WORD_BASE];
extern const tipl__node tipl__nodes[];
extern const tipl__edge tipl__edges[];
extern const tipl__term tipl__terms[];
extern const char tipl__nation_iso3[TIPL__NATIONS][4]; /* of the terms of class nation */
extern const char *const tipl__metric_names[TIPL__METRICS];
extern const char *const tipl__term_class_names[TIPL__TERM_CLASSES];

/* Where the word of a spelling stands in the table. Each of the words has a place of its own: the factor of
 * its group was chosen so by compile.lua, where the same arithmetic stands. */
static inline uint32_t tipl__word_hash(uint64_t low, uint64_t high) {
  uint64_t h = low ^ high * UINT64_C(0xC2B2AE3D27D4EB4F);
  h = (h ^ h >> 29) * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t factor = tipl__word_factor[h >> (64 - TIPL__WORD_GROUP_BITS)];
  return (uint32_t)(h >> 22) * factor >> (32 - TIPL__WORD_TABLE_BITS);
}

/* 16 bytes of ones, then 16 of zeros. */
static const unsigned char tipl__word_keep[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                  255, 255, 255, 255, 255, 255, 255, 255};

/* The first `length` bytes, at most 16, of a spelling, folded; 16 bytes must be readable at `text`. */
static inline tipl__word_key tipl__word_fold(const char *text, uint32_t length) {
  static const uint64_t fold = UINT64_C(0x2020202020202020);
  tipl__word_key key, mask;
  __builtin_memcpy(&key, text, sizeof key);
  __builtin_memcpy(&mask, tipl__word_keep + 16 - length, sizeof mask);
  key.low = (key.low | fold) & mask.low;
  key.high = (key.high | fold) & mask.high;
  return key;
}

#if defined(__SSE2__)
/* The first `length` bytes, at most 16, of a folded spelling. */
static inline tipl__word_key tipl__word_kept(__m128i folded, uint32_t length) {
  tipl__word_key key;
  __m128i mask = _mm_loadu_si128((const __m128i *)(const void *)(tipl__word_keep + 16 - length));
  folded = _mm_and_si128(folded, mask);
  key.low = (uint64_t)_mm_cvtsi128_si64(folded);
  key.high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(folded, folded));
  return key;
}
#endif

/* The word number of a folded spelling, or TIPL__WORD_OTHER. Without a branch: whether the next word of a text
 * is in the table cannot be foreseen. */
static inline uint16_t tipl__word_of(tipl__word_key key) {
  uint16_t word = tipl__word_table[tipl__word_hash(key.low, key.high)];
  const tipl__word_key *own = &tipl__word_keys[word - TIPL__WORD_FIRST];
  uint64_t other = (own->low ^ key.low) | (own->high ^ key.high);
  return other == 0 ? word : TIPL__WORD_OTHER;
}

/* The same of a spelling of more than 16 bytes. */
static inline uint16_t tipl__word_long(const char *text, uint32_t length) {
  if (length > TIPL__WORD_LONGEST) return TIPL__WORD_OTHER;
  tipl__word_key key = tipl__word_fold(text, 16);
  key.high = ~key.high;
  uint16_t word = tipl__word_of(key);
  if (word == TIPL__WORD_OTHER) return word;
  const char *rest = tipl__word_text[word - TIPL__WORD_FIRST];
  uint32_t i = 16;
  while (i < length && (text[i] | 0x20) == rest[i]) i++;
  return i == length && rest[i] == '\0' ? word : TIPL__WORD_OTHER;
}

/* The word number of a spelling, or TIPL__WORD_OTHER. At least 16 bytes must be readable at `text`. */
static inline uint16_t tipl__word_find(const char *text, uint32_t length) {
  return length <= 16 ? tipl__word_of(tipl__word_fold(text, length)) : tipl__word_long(text, length);
}

/* The word's bit in tipl__node.next. */
#define TIPL__NEXT_BIT(word) ((uint32_t)(word) * 37u & 63u)

/* The longest run of terms that begins at words[0]: fills *length with its words and returns the node,
 * or NULL. `count` words are readable. */
static inline const tipl__node *tipl__match(const uint16_t *words, uint32_t count, uint32_t *length) {
  if (count == 0 || words[0] < TIPL__WORD_FIRST) return NULL;
  uint16_t at = tipl__word_node[words[0]];
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
