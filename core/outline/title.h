/* title.h: title lines, and the edition year in them and in what stands around a narrative.
 *
 * Used by outline.c. */
#ifndef TIPL_OUTLINE_TITLE_H
#define TIPL_OUTLINE_TITLE_H

#include "outline/line.h"
#include "tipl.h"

typedef struct tipl__title {
  int year;         /* 0 when the title states none */
  uint32_t country; /* row, or TIPL_NONE */
} tipl__title;

/* "2021 Trafficking in Persons Report: Norway" and its kin. */
bool tipl__title_line(tipl__title *out, const char *text, uint32_t begin, uint32_t end);
/* The year beside "TIP" or "Trafficking in Persons Report" ("the 2018 TIP Report"), 0 when none is.
 */
int tipl__edition_year(const char *text, uint32_t begin, uint32_t end);
/* The year of a line that is a date ("June 14, 2004", "Publication Date 27 July 2015"), 0 for
 * others. */
int tipl__date_line_year(const char *text, uint32_t begin, uint32_t end);
/* A four-digit year 2001 to 2099 in the file's own name, or 0. */
int tipl__file_year(const char *path);

#endif
