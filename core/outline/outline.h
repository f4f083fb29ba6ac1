/* outline.h: what the files of the outline stage share.
 *
 * outline.c cuts the text into blocks, bounds the narrative and finds its title, tier line, country
 * and year; section.c then gives the blocks their sections. Between the two, tipl__block.section
 * holds what the cut found out: a TITLE's or TIER's country, a HEADING's kind, 1 for a BODY block
 * that was a list item. */
#ifndef TIPL_OUTLINE_OUTLINE_H
#define TIPL_OUTLINE_OUTLINE_H

#include "model/build.h"

static inline tipl__block *tipl__block_at(const tipl__build *build, uint32_t row) {
  return &TIPL__AT(tipl__block, build->blocks, row);
}

/* Makes the sections; false when memory ran out. */
bool tipl__section_blocks(tipl__build *build);
/* The text opens like a narrative though it has no title, tier line or heading: some section is
 * known. */
bool tipl__section_known(const tipl__build *build);

#endif
