/* tokens.h: cutting a stretch of text into tokens. */
#ifndef TIPL_TEXT_TOKENS_H
#define TIPL_TEXT_TOKENS_H

#include "model/build.h"

/* Appends the tokens of `span` to the build and makes build->stops, with one for the end, anew. A token is a run
 * of letters, a run of digits with its separators, "'s", or one mark; blanks (also U+00A0, U+2009, U+202F)
 * only separate. False when memory ran out. */
bool tipl__tokens(tipl__build *build, tipl_span span);

#endif
