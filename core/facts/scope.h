/* scope.h: what a negation governs: the clause behind it and what that names. For absence.c, where the functions
 * are, and denials.c. */
#ifndef TIPL_FACTS_SCOPE_H
#define TIPL_FACTS_SCOPE_H

#include "facts/scene.h"

enum { TIPL__SCOPE_METRICS = 6 };

typedef struct tipl__scope {
  uint32_t from, to; /* elements, `to` not included */
  int metrics[TIPL__SCOPE_METRICS];
  uint32_t count;
  uint16_t who;
  uint8_t form, status;
} tipl__scope;

/* Where a clause that begins at `from` ends: a mark, a contrast, or "and" with a verb of its own. */
uint32_t tipl__clause_end(const tipl__scene *scene, uint32_t from);
/* Fills in what the words of [from, to) name. */
void tipl__read_scope(const tipl__scene *scene, tipl__scope *scope);
/* The verb of reporting behind a negation, past an adverb; TIPL_NONE for none. */
uint32_t tipl__report_behind(const tipl__scene *scene, uint32_t negation);
/* The first counted thing in [from, to); TIPL_NONE for none. */
uint32_t tipl__thing_in(const tipl__scene *scene, uint32_t from, uint32_t to);

#endif
