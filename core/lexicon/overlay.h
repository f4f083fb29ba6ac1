/* overlay.h: words that a caller adds to the lexicon at run time.
 *
 * The compiled tables never change. An overlay is a tipl_lexicon of the public interface: new metrics, and forms
 * of one or several words that are verbs or nouns of a metric. Its terms stand behind a copy of the compiled
 * ones, so that one number means the same term in both. It is filled by model/lexicon.c, read by
 * facts/overlay.c (sentences) and model/terms.c (rules); without one, neither costs anything. */
#ifndef TIPL_LEXICON_OVERLAY_H
#define TIPL_LEXICON_OVERLAY_H

#include <stdatomic.h>

#include "base/memory.h"
#include "lexicon/lexicon.h"

enum {
  TIPL__FORM_BYTES = 64, /* of a form, at most */
  TIPL__FORM_TOKENS = 8,
  TIPL__FORM_BUCKETS = 256,
  TIPL__METRIC_MOST = 64 /* metrics in all: filters hold them as bits */
};

typedef struct tipl__form {
  char text[TIPL__FORM_BYTES + 32]; /* as given, zero-padded */
  uint16_t start[TIPL__FORM_TOKENS], length[TIPL__FORM_TOKENS], word[TIPL__FORM_TOKENS]; /* of its tokens */
  uint32_t tokens;
  uint64_t classes, signs; /* of all its terms, the core's included; signs of the core's */
  uint64_t own;            /* classes that the overlay gives it */
  uint16_t term, terms;    /* rows of the overlay's terms */
  uint32_t next;           /* form of the same bucket, or TIPL_NONE */
} tipl__form;

typedef struct tipl__new_metric {
  char name[TIPL__FORM_BYTES];
  uint8_t thing; /* TIPL__HEAD_…: what a bare count of its nouns counts */
} tipl__new_metric;

struct tipl_lexicon {
  atomic_uint references;
  tipl__alloc alloc;
  tipl__vec metrics; /* tipl__new_metric: numbers TIPL__METRICS and up */
  tipl__vec forms;   /* tipl__form */
  tipl__vec terms;   /* tipl__term: the compiled ones, then the forms' */
  uint32_t bucket[TIPL__FORM_BUCKETS]; /* first form by its first token, or TIPL_NONE */
};

/* Tokens of a text that a form may stand in; `start` are offsets into `text`. */
typedef struct tipl__run {
  const char *text;
  const uint32_t *start;
  const uint16_t *length, *word;
  uint32_t count;
} tipl__run;

/* The longest form that begins at the run's first token and has an own term of the classes, which speaks of
 * `metric` unless that is TIPL_NONE; fills *term with that term. NULL for none. */
const tipl__form *tipl__overlay_match(const tipl_lexicon *lexicon, const tipl__run *run, uint64_t classes, uint32_t metric,
                                      const tipl__term **term);
/* The bucket of a token: by its word number where the core has it, else by its letters. */
uint32_t tipl__overlay_bucket(const char *text, uint32_t length, uint16_t word);

#endif
