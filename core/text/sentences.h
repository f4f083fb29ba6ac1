/* sentences.h: where sentences end, over the tokens of one block. */
#ifndef TIPL_TEXT_SENTENCES_H
#define TIPL_TEXT_SENTENCES_H

#include "model/build.h"

/* The first token of the sentence after the one that begins at token `from`; the block's tokens end
 * before `end`. *last is the last token that belongs to the sentence (a bullet between two sentences
 * belongs to neither); *flags the word flags of its tokens, and perhaps of marks beside it. *stop is 0 for the
 * block's first sentence, and the row of build->stops to go on from. */
uint32_t tipl__sentence_end(const tipl__build *build, uint32_t from, uint32_t begin, uint32_t end,
                            uint32_t *last, uint32_t *flags, uint32_t *stop);
/* True for a block whose lines are items of a list: several lines, none with a stop. */
bool tipl__is_list(const tipl__build *build, uint32_t begin, uint32_t end);

#endif
