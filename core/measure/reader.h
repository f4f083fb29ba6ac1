/* reader.h: what the files of the measure stage share: a unit's tokens, numbers, amounts, rows.
 *
 * measure.c walks over the tokens of a unit and stops at those whose word may begin a quantity.
 * number.c reads one number and the words that belong to it; amount.c adds what makes it a length
 * of time, a percentage or money (with money.c) and joins two to a range; time.c reads years, dates
 * and periods. A reader looks back for signs, articles and bounds, but never before `floor`. */
#ifndef TIPL_MEASURE_READER_H
#define TIPL_MEASURE_READER_H

#include "lexicon/lexicon.h"
#include "model/build.h"

typedef struct tipl__reader {
  tipl__build *build;
  const char *text;
  const uint32_t *start; /* columns of the tokens, by token row */
  const uint16_t *length, *word;
  uint32_t begin, end; /* tokens of the unit */
  uint32_t sentence;   /* row or TIPL_NONE */
  uint32_t floor;      /* first token that no measure has taken */
  uint32_t label_end;  /* after the last number that a label of a list governs; 0: none */
  uint32_t money;      /* last row of money in this unit, TIPL_NONE for none … */
  uint32_t money_end;  /* … and the token after it */
} tipl__reader;

/* A number as printed. */
typedef struct tipl__number {
  uint32_t first, end; /* tokens */
  tipl_decimal value;
  uint8_t flags; /* of tipl_measure: IN_WORDS, ROUNDED */
  uint8_t scale; /* power of the scale word or suffix it ends in, 0 for none */
  bool bare;     /* one token of digits alone */
  bool ordinal;
} tipl__number;

enum { TIPL__INNER = 4 }; /* numbers of one measure that get rows of their own */

/* A number with its unit, or a range of two. */
typedef struct tipl__amount {
  uint32_t first, end;
  tipl_measure_kind kind; /* NUMBER, PERCENT, MONEY, DURATION, ORDINAL */
  tipl_decimal value, high;
  uint32_t flags;
  const char *unit;
  uint8_t base; /* duration: TIPL__TIME_… */
  uint8_t scale;
  uint8_t inners;
  tipl__number inner[TIPL__INNER];
} tipl__amount;

static inline bool tipl__word_is(const tipl__reader *r, uint32_t at, uint16_t word) {
  return at < r->end && r->word[at] == word;
}
/* No blank before the token. */
static inline bool tipl__glued(const tipl__reader *r, uint32_t at) {
  return at > r->begin && at < r->end && r->start[at - 1] + r->length[at - 1] == r->start[at];
}
static inline bool tipl__letters(const tipl__reader *r, uint32_t at) {
  return at < r->end && (r->word[at] == TIPL__WORD_OTHER || r->word[at] >= TIPL__WORD_FIRST);
}
static inline const char *tipl__bytes(const tipl__reader *r, uint32_t at) {
  return r->text + r->start[at];
}
static inline bool tipl__capital(const tipl__reader *r, uint32_t at) {
  char c = *tipl__bytes(r, at);
  return c >= 'A' && c <= 'Z';
}
/* A hyphen or en dash, which may join two numbers; an em dash parts them. */
static inline bool tipl__dash(const tipl__reader *r, uint32_t at) {
  if (at >= r->end) return false;
  return r->word[at] == '-' ||
         (r->word[at] == TIPL__WORD_DASH && (unsigned char)tipl__bytes(r, at)[2] <= 0x93);
}

/* The longest term of a class that begins at a token and ends at `limit` at the latest; NULL for
 * none, with *end at the token itself. */
static inline const tipl__term *tipl__term_from(const tipl__reader *r, uint32_t at, uint32_t limit,
                                                int class, uint32_t *end) {
  *end = at;
  if (at >= limit || r->word[at] < TIPL__WORD_FIRST) return NULL;
  if ((tipl__word_begins[r->word[at]] >> class & 1) == 0) return NULL;
  const tipl__term *best = NULL;
  uint16_t id = tipl__word_node[r->word[at]];
  for (uint32_t i = at + 1; id != 0; i++) {
    const tipl__node *node = &tipl__nodes[id];
    for (uint32_t t = node->term; t < (uint32_t)node->term + node->terms; t++)
      if (tipl__terms[t].class == class) best = &tipl__terms[t], *end = i;
    id = 0;
    for (uint32_t e = node->edge; i < limit && e < (uint32_t)node->edge + node->edges; e++)
      if (tipl__edges[e].word == r->word[i]) id = tipl__edges[e].node;
  }
  return best;
}
/* The same within the unit. */
static inline const tipl__term *tipl__term_at(const tipl__reader *r, uint32_t at, int class,
                                              uint32_t *end) {
  return tipl__term_from(r, at, r->end, class, end);
}
/* Is the one word at a token of this class and value? */
static inline bool tipl__is(const tipl__reader *r, uint32_t at, int class, int value) {
  uint32_t end;
  const tipl__term *term = at < r->end ? tipl__term_from(r, at, at + 1, class, &end) : NULL;
  return term != NULL && term->value == value;
}
/* The longest term of a class whose last word is the one before `end`; NULL for none. */
const tipl__term *tipl__term_before(const tipl__reader *r, uint32_t end, int class,
                                    uint32_t *first);

/* number.c. Reads the number, ordinal or fraction that begins at a token, with the sign or article
 * before it; false when there is none. */
bool tipl__number_at(const tipl__reader *r, uint32_t at, tipl__number *out);
/* The integer at a token of plain digits, or -1. */
int64_t tipl__digits_at(const tipl__reader *r, uint32_t at);
/* value * n; false when it has no 64-bit form. */
bool tipl__times(tipl_decimal *value, int64_t n);

/* amount.c */
bool tipl__amount_at(const tipl__reader *r, uint32_t at, tipl__amount *out);
/* A length of time without a number: "an hour", "all day". */
bool tipl__whole_unit_at(const tipl__reader *r, uint32_t at, tipl__amount *out);

/* money.c */
/* The sign or code that stands before the number at `first`: moves *first to it; NULL for none. */
const char *tipl__money_before(const tipl__reader *r, uint32_t *first);
/* The currency that stands after a number: moves *end behind it; NULL for none. */
const char *tipl__money_after(const tipl__reader *r, uint32_t *end);
/* A number that is money by the dollars in parentheses behind it. */
const char *tipl__money_by_pair(const tipl__reader *r, uint32_t *end);
/* True when a parenthesis at `at` holds nothing but an amount with a sign before it. */
bool tipl__money_in_brackets(const tipl__reader *r, uint32_t at);

/* time.c. Each returns the token after what it read and pushed, or 0 when there is nothing. */
uint32_t tipl__year_at(tipl__reader *r, uint32_t at);
uint32_t tipl__date_at(tipl__reader *r, uint32_t at);
uint32_t tipl__period_at(tipl__reader *r, uint32_t at);

/* measure.c: a new row over the tokens [first, end); NULL when memory ran out. */
tipl_measure *tipl__measure_push(tipl__reader *r, tipl_measure_kind kind, uint32_t first,
                                 uint32_t end);

#endif
