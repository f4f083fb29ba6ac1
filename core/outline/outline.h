/* outline.h: what the files of the outline stage share.
 *
 * outline.c cuts the text into blocks, bounds.c finds the narrative among them, outline.c its title, tier
 * line, country and year; section.c then gives the blocks their sections. Between the two, tipl__block.section
 * holds what the cut found out: a TITLE's or TIER's country, a HEADING's kind, 1 for a BODY block
 * that was a list item. */
#ifndef TIPL_OUTLINE_OUTLINE_H
#define TIPL_OUTLINE_OUTLINE_H

#include "model/build.h"

static inline tipl__block *tipl__block_at(const tipl__build *build, uint32_t row) {
  return &TIPL__AT(tipl__block, build->blocks, row);
}

/* Leaves out what stands before and after the narrative; `wanted` is its country, TIPL_NONE when that is not
 * known: bounds.c. */
void tipl__outline_bound(tipl__build *build, uint32_t wanted);
/* Offsets at which narratives begin, of the blocks that were cut; false when memory ran out. */
bool tipl__outline_starts(const tipl__build *build, tipl__vec *starts);

/* For a text that may hold several narratives, before its outline: the offsets (uint32_t) at which they
 * begin, and, of several, how far the head of the whole file goes; the edition year that these first `head` bytes
 * state, 0 for none. Where there is one narrative at most, the blocks stay for its outline. */
tipl_status tipl__outline_split(tipl__build *build, tipl__vec *starts, uint32_t *head);
tipl_status tipl__outline_edition(tipl__build *build, uint32_t head, int *year);

/* Makes the sections; false when memory ran out. */
bool tipl__section_blocks(tipl__build *build);
/* The text opens like a narrative though it has no title, tier line or heading: some section is
 * known. */
bool tipl__section_known(const tipl__build *build);

#endif
