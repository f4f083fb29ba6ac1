/* text.h: what the files of the text stage share. */
#ifndef TIPL_TEXT_TEXT_H
#define TIPL_TEXT_TEXT_H

#include "model/build.h"

/* From the first byte of one token to the last byte of another. */
tipl_span tipl__span_between(const tipl__build *build, uint32_t first, uint32_t last);
/* Makes the recommendations of all sentences: recommendations.c. False when memory ran out. */
bool tipl__recommendations(tipl__build *build);

#endif
