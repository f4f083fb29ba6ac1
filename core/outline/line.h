/* line.h: the lines of a text, their blanks, and folding for look-ups.
 *
 * Used by the outline stage alone. Texts are valid UTF-8 and have zero bytes after their end, which
 * stop every look-ahead here. */
#ifndef TIPL_OUTLINE_LINE_H
#define TIPL_OUTLINE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ascii.h"

typedef struct tipl__line {
  uint32_t begin, end; /* trimmed of blanks; begin < end */
  bool after_blank;    /* a blank line, or the start of the text, comes before */
} tipl__line;

/* The next line with something on it from *cursor on, which moves behind it; false at `length`. */
bool tipl__next_line(tipl__line *line, const char *text, uint32_t length, uint32_t *cursor);

/* Bytes of the blank or line end at `at` (space, tab, no-break space and kin), 0 when there is
 * none. */
uint32_t tipl__blank(const char *text, uint32_t at);
/* `at` moved forward over blanks, or `end` moved back over them. */
uint32_t tipl__skip_blanks(const char *text, uint32_t at, uint32_t end);
uint32_t tipl__trim_end(const char *text, uint32_t begin, uint32_t end);

/* [begin, end) ends a sentence: in a full stop or its kin, perhaps with quotes or brackets after
 * it. */
bool tipl__ends_sentence(const char *text, uint32_t begin, uint32_t end);

/* Text as the tables of names hold it: lower-case ASCII words with one blank between, accents and
 * punctuation gone (see fold in lexicon/compile_names.lua, which must agree). */
#define TIPL__FOLD 160
typedef struct tipl__folded {
  char text[TIPL__FOLD]; /* NUL-terminated */
  uint32_t length;
  bool whole; /* all of the input went in */
} tipl__folded;
void tipl__fold(tipl__folded *out, const char *text, size_t length);
/* The words stand in the folded text, whole words only: their offset, or -1. */
int tipl__folded_find(const tipl__folded *folded, const char *words);
/* The folded text begins with these words: their length, or 0. */
uint32_t tipl__folded_starts(const char *folded, const char *words);

#endif
