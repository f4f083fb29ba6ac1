/* page.h: an HTML page as a tree, by the library gumbo, within limits. For html.c alone.
 *
 * Gumbo knows no failure of memory and no limits; page.c gives it both: every block comes from the build's
 * allocator, and where that says no, or the page asks for more than its size can justify, the parse is
 * left by a jump and all blocks go back. */
#ifndef TIPL_SOURCE_PAGE_H
#define TIPL_SOURCE_PAGE_H

#include <gumbo.h>

#include "source/source.h"

enum {
  TIPL__PAGE_DEPTH = 512 /* elements within each other; browsers stop there too */
};

typedef struct tipl__page {
  tipl__build *build;
  struct tipl__page_block *blocks; /* all that gumbo holds */
  size_t used, most;               /* bytes */
  const GumboNode *root;           /* the element html */
} tipl__page;

/* Parses build->text; on failure the page is empty and build->error filled. */
tipl_status tipl__page_parse(tipl__page *page, tipl__build *build);
void tipl__page_free(tipl__page *page);

/* The deepest nesting of the tags in the text, TIPL__PAGE_DEPTH + 1 for any that is deeper; *where gets the
 * place of the tag that is. */
uint32_t tipl__page_depth(const char *text, uint32_t length, uint32_t *where);

#endif
