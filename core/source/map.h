/* map.h: text that was made out of other bytes, and where each part of it stood in them.
 *
 *   source  <p>caf&eacute;s &amp; bars</p>
 *              |-||------||||---||---|      pieces: from the text, to the source, in order of both;
 *   text       caf   é    s   &   bars      what lies between two pieces has no text
 *
 * A piece whose two lengths are equal goes byte by byte; any other stands for its counterpart as a
 * whole. A text without a map is its own source. Used by the decoders of this folder, and by
 * model/report.c to give spans of the source to the outside. */
#ifndef TIPL_SOURCE_MAP_H
#define TIPL_SOURCE_MAP_H

#include "base/memory.h"

typedef struct tipl__piece {
  tipl_span text;
  tipl_span source;
} tipl__piece;

/* The span of the source that a span of the text came from. An empty span stays empty. */
tipl_span tipl__map_out(const tipl__piece *pieces, uint32_t count, tipl_span text);
/* The span of the text that came from a span of the source: the inverse for every span that
 * tipl__map_out gave for whole characters; else the text of all pieces that it touches. */
tipl_span tipl__map_in(const tipl__piece *pieces, uint32_t count, tipl_span source);

/* A text under construction, with its map. Failure is sticky: put freely, ask once. */
typedef struct tipl__rewrite {
  const tipl__alloc *alloc;
  char *text;
  size_t size; /* bytes allocated */
  uint32_t length;
  tipl__vec pieces; /* tipl__piece */
  bool failed;      /* memory ran out, or the text passed 2 GiB */
} tipl__rewrite;

tipl__rewrite tipl__rewrite_of(const tipl__alloc *alloc);
/* Appends `length` bytes that stand for `source` of the old text. */
void tipl__rewrite_put(tipl__rewrite *rewrite, const char *bytes, uint32_t length,
                       tipl_span source);
/* Pads the finished text with zero bytes; false when it failed. */
bool tipl__rewrite_end(tipl__rewrite *rewrite);
void tipl__rewrite_free(tipl__rewrite *rewrite);

/* Replaces the pieces from a text to a middle one by pieces to the source of that, which `middle`
 * maps. False when memory ran out; then `pieces` is as it was. */
bool tipl__map_compose(tipl__vec *pieces, const tipl__vec *middle, const tipl__alloc *alloc);

#endif
