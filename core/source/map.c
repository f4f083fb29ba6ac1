/* map.c: see map.h. Both sides of the pieces ascend, so that every look-up is a binary search. */
#include "source/map.h"

#include "source/source.h"

/* ------------------------------------------------------------------ looking up */

static uint32_t end_of(tipl_span span) {
  return span.offset + span.length;
}

/* The first piece whose text (or source) ends behind `at`, or `count`. */
static uint32_t piece_behind(const tipl__piece *pieces, uint32_t count, uint32_t at, bool source) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    uint32_t end = end_of(source ? pieces[middle].source : pieces[middle].text);
    if (end <= at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* `at` of the span `from` as a place in `to`: its begin, or, for an end, the end. */
static uint32_t carry(tipl_span from, tipl_span to, uint32_t at, bool end) {
  if (at <= from.offset) return to.offset;
  if (from.length == to.length) return to.offset + (at - from.offset);
  return end ? end_of(to) : to.offset;
}

tipl_span tipl__map_out(const tipl__piece *pieces, uint32_t count, tipl_span text) {
  uint32_t first = piece_behind(pieces, count, text.offset, false);
  if (first == count) /* behind all text */
    return (tipl_span){count == 0 ? text.offset : end_of(pieces[count - 1].source), 0};
  uint32_t begin = carry(pieces[first].text, pieces[first].source, text.offset, false);
  if (text.length == 0) return (tipl_span){begin, 0};
  uint32_t last = piece_behind(pieces, count, end_of(text) - 1, false);
  if (last == count) last = count - 1;
  uint32_t end = carry(pieces[last].text, pieces[last].source, end_of(text), true);
  return (tipl_span){begin, end - begin};
}

tipl_span tipl__map_in(const tipl__piece *pieces, uint32_t count, tipl_span source) {
  uint32_t first = piece_behind(pieces, count, source.offset, true);
  if (first == count) return (tipl_span){count == 0 ? 0 : end_of(pieces[count - 1].text), 0};
  uint32_t begin = carry(pieces[first].source, pieces[first].text, source.offset, false);
  if (source.length == 0) return (tipl_span){begin, 0};
  uint32_t last = piece_behind(pieces, count, end_of(source) - 1, true);
  if (last == count)
    last = count - 1;
  else if (pieces[last].source.offset >= end_of(source)) { /* the end lies between two pieces */
    if (last == first) return (tipl_span){begin, 0};
    last--;
  }
  uint32_t end = end_of(source) >= end_of(pieces[last].source)
                     ? end_of(pieces[last].text)
                     : carry(pieces[last].source, pieces[last].text, end_of(source), true);
  return (tipl_span){begin, end - begin};
}

/* ------------------------------------------------------------------ making */

static bool linear(const tipl__piece *piece) {
  return piece->text.length == piece->source.length;
}

/* Appends a piece, or makes the last one longer where both go byte by byte without a gap. */
static void push(tipl__vec *pieces, const tipl__alloc *alloc, tipl__piece piece) {
  if (pieces->count > 0) {
    tipl__piece *last = &TIPL__AT(tipl__piece, *pieces, pieces->count - 1);
    bool joined =
        end_of(last->text) == piece.text.offset && end_of(last->source) == piece.source.offset;
    if (joined && linear(last) && linear(&piece)) {
      last->text.length += piece.text.length;
      last->source.length += piece.source.length;
      return;
    }
  }
  tipl__piece *row = tipl__vec_push(pieces, alloc);
  if (row != NULL) *row = piece;
}

tipl__rewrite tipl__rewrite_of(const tipl__alloc *alloc) {
  return (tipl__rewrite){.alloc = alloc, .pieces = tipl__vec_of(sizeof(tipl__piece))};
}

static bool make_room(tipl__rewrite *rewrite, uint32_t more) {
  size_t need = (size_t)rewrite->length + more + TIPL__SOURCE_PAD;
  if (need <= rewrite->size) return true;
  size_t size = rewrite->size < 4096 ? 4096 : rewrite->size * 2;
  if (size < need) size = need;
  char *text = NULL;
  if (need <= (size_t)TIPL__SOURCE_MOST)
    text = rewrite->alloc->fn(rewrite->alloc->payload, rewrite->text, rewrite->size, size);
  if (text == NULL) {
    rewrite->failed = true;
    return false;
  }
  rewrite->text = text;
  rewrite->size = size;
  return true;
}

void tipl__rewrite_put(tipl__rewrite *rewrite, const char *bytes, uint32_t length,
                       tipl_span source) {
  if (rewrite->failed || length == 0 || !make_room(rewrite, length)) return;
  memcpy(rewrite->text + rewrite->length, bytes, length);
  tipl__piece piece = {{rewrite->length, length}, source};
  rewrite->length += length;
  push(&rewrite->pieces, rewrite->alloc, piece);
  rewrite->failed = rewrite->pieces.failed;
}

bool tipl__rewrite_end(tipl__rewrite *rewrite) {
  if (rewrite->failed || !make_room(rewrite, 0)) return false;
  memset(rewrite->text + rewrite->length, 0, rewrite->size - rewrite->length);
  return true;
}

void tipl__rewrite_free(tipl__rewrite *rewrite) {
  tipl__free(rewrite->alloc, rewrite->text, rewrite->size);
  rewrite->text = NULL;
  tipl__vec_free(&rewrite->pieces, rewrite->alloc);
}

/* A byte-by-byte piece to the middle, cut where the middle's own pieces begin and end. */
static void compose_linear(tipl__vec *out, const tipl__piece *piece, const tipl__vec *middle,
                           const tipl__alloc *alloc) {
  const tipl__piece *pieces = middle->data;
  uint32_t at = piece->source.offset, end = end_of(piece->source);
  while (at < end) {
    uint32_t row = piece_behind(pieces, middle->count, at, false);
    if (row == middle->count) return;
    uint32_t stop = end_of(pieces[row].text) < end ? end_of(pieces[row].text) : end;
    if (at < pieces[row].text.offset) at = pieces[row].text.offset;
    if (at >= stop) return;
    tipl_span here = {at, stop - at};
    uint32_t text = piece->text.offset + (at - piece->source.offset);
    push(out, alloc,
         (tipl__piece){{text, here.length}, tipl__map_out(pieces, middle->count, here)});
    at = stop;
  }
}

bool tipl__map_compose(tipl__vec *pieces, const tipl__vec *middle, const tipl__alloc *alloc) {
  tipl__vec out = tipl__vec_of(sizeof(tipl__piece));
  for (uint32_t i = 0; i < pieces->count && !out.failed; i++) {
    const tipl__piece *piece = &TIPL__AT(tipl__piece, *pieces, i);
    if (linear(piece))
      compose_linear(&out, piece, middle, alloc);
    else
      push(&out, alloc,
           (tipl__piece){piece->text, tipl__map_out(middle->data, middle->count, piece->source)});
  }
  bool done = !out.failed;
  tipl__vec_free(done ? pieces : &out, alloc);
  if (done) *pieces = out;
  return done;
}
