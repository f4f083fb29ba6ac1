/* heading.h: section headings, what tells a section whose heading is lost, and publishers' lines.
 *
 * The forms are in lexicon/headings.tsv and publisher.tsv. Used by outline.c and section.c. */
#ifndef TIPL_OUTLINE_HEADING_H
#define TIPL_OUTLINE_HEADING_H

#include "outline/line.h"
#include "tipl.h"

/* The whole line [begin, end) is a heading. */
bool tipl__heading_line(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind);
/* A heading run in at the start of the line: the byte after it, or 0. */
uint32_t tipl__heading_run_in(const char *text, uint32_t begin, uint32_t end,
                              tipl_section_kind *kind);
/* The first words of the paragraph are those of a section whose heading is lost. */
bool tipl__heading_opens(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind);
/* Words of its first sentence are: the government's efforts in a pillar, or a profile's statement.
 */
bool tipl__heading_clause(const char *text, uint32_t begin, uint32_t end, tipl_section_kind *kind);

typedef enum tipl__publisher {
  TIPL__PUBLISHER_NO,
  TIPL__PUBLISHER_LINE,   /* the whole line */
  TIPL__PUBLISHER_START,  /* the line begins so; something else may be fused to its end */
  TIPL__PUBLISHER_SPECIAL, /* the head of a page of special cases */
  TIPL__PUBLISHER_END      /* the head of what comes behind the last narrative */
} tipl__publisher;
tipl__publisher tipl__publisher_line(const char *text, uint32_t begin, uint32_t end);

#endif
