/* tier.h: "Tier 2 Watch List" and its kin, and the tier line.
 *
 * Used by outline.c for tier lines, alone or inside a line, and by rating.c for the rating
 * sentence. */
#ifndef TIPL_OUTLINE_TIER_H
#define TIPL_OUTLINE_TIER_H

#include "outline/line.h"
#include "tipl.h"

/* The tier that is named at `at` ("TIER 2 - WATCH LIST", "Special Case"), NONE when none is; *end
 * gets the byte after it. */
tipl_tier tipl__tier_at(const char *text, uint32_t at, uint32_t end, uint32_t *tier_end);

typedef struct tipl__tier_line {
  tipl_span line;   /* name, tier and footnote marks */
  tipl_span tier;   /* "Tier 2" */
  uint32_t country; /* row, or TIPL_NONE: a name that the table lacks, or none */
  tipl_tier kind;
} tipl__tier_line;

/* The first tier line within [begin, end) of a line of text. Inside a line ("….pdfGHANA: Tier
 * 2Ghana is") the name must be a country's and start where a word cannot. */
bool tipl__tier_line_find(tipl__tier_line *out, const char *text, uint32_t begin, uint32_t end);

#endif
