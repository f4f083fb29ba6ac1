/* narratives.c: the narratives of a file, one after the other, each as a report of its own.
 *
 * The file is read and decoded once. Each narrative is parsed from its own stretch of the text, with a map
 * that leads to the bytes of the whole file, which all reports share. */
#include "base/error.h"
#include "model/build.h"
#include "model/stages.h"
#include "outline/outline.h"
#include "source/map.h"
#include "source/origin.h"

typedef struct splitter {
  tipl__build *whole; /* read and decoded */
  uint32_t head;      /* bytes before the first narrative names its country */
  int year;           /* edition, as these have it, or 0 */
  tipl_narrative_fn take;
  void *payload;
  tipl_error *error;
} splitter;

/* Moves the text to where all reports can share it; then a map leads there from it. */
static bool share(tipl__build *whole, uint32_t reports) {
  if (whole->origin == NULL) {
    tipl__piece *piece = tipl__vec_push(&whole->map, &whole->alloc);
    if (piece == NULL) return false;
    piece->text = piece->source = (tipl_span){0, whole->length};
    whole->origin = tipl__origin_of(&whole->alloc, whole->text, whole->text_size, whole->length);
    if (whole->origin == NULL) return false;
    whole->text = NULL; /* the origin's now */
    whole->text_size = 0;
  }
  whole->origin->shares = reports;
  return true;
}

static const char *text_of(const tipl__build *whole) {
  return whole->text != NULL ? whole->text : whole->origin->bytes;
}

/* Puts the stretch [begin, end) of the whole text into a build that has just been started. */
static bool fill(tipl__build *part, const tipl__build *whole, uint32_t begin, uint32_t end) {
  tipl__rewrite copy = tipl__rewrite_of(&whole->alloc);
  const tipl__piece *pieces = whole->map.data;
  uint32_t at = begin;
  for (uint32_t i = 0; i < whole->map.count && at < end; i++) {
    uint32_t stop = pieces[i].text.offset + pieces[i].text.length;
    if (stop <= at) continue;
    if (stop > end) stop = end;
    tipl_span here = {at, stop - at};
    tipl__rewrite_put(&copy, text_of(whole) + at, here.length,
                      tipl__map_out(pieces, whole->map.count, here));
    at = stop;
  }
  if (!tipl__rewrite_end(&copy)) {
    tipl__rewrite_free(&copy);
    return false;
  }
  part->text = copy.text;
  part->text_size = copy.size;
  part->length = copy.length;
  part->map = copy.pieces;
  part->origin = whole->origin;
  tipl__origin_ref(part->origin);
  part->format = whole->format;
  part->encoding = whole->encoding;
  return true;
}

static tipl_status parse_part(tipl_report **out, const splitter *s, uint32_t begin, uint32_t end) {
  tipl__build part;
  tipl__build_start(&part, s->whole->name, &s->whole->options, s->error);
  part.edition = s->year;
  tipl_status status = TIPL_OK;
  if (!fill(&part, s->whole, begin, end))
    status = tipl__fail(s->error, TIPL_ENOMEM, "out of memory");
  *out = NULL;
  return tipl__build_finish(out, &part, status);
}

/* A part that is no narrative after all is left over; any other failure ends the reading. */
static tipl_status give_part(const splitter *s, uint32_t begin, uint32_t end) {
  tipl_report *report;
  tipl_status status = parse_part(&report, s, begin, end);
  if (status == TIPL_ENOREPORT) {
    tipl__build_leftover(s->whole, (tipl_span){begin, end - begin}, "no narrative");
    return TIPL_OK;
  }
  if (status != TIPL_OK) return status;
  if (s->take(s->payload, report) != 0) return tipl__fail(s->error, TIPL_ECANCEL, "cancelled");
  return TIPL_OK;
}

static tipl_status give_parts(splitter *s, const tipl__vec *starts) {
  tipl__build *whole = s->whole;
  uint32_t first = TIPL__AT(uint32_t, *starts, 0);
  tipl_status status = tipl__outline_edition(whole, s->head, &s->year);
  if (status != TIPL_OK) return status;
  if (!share(whole, starts->count)) return tipl__fail(s->error, TIPL_ENOMEM, "out of memory");
  if (first > whole->begin)
    tipl__build_leftover(whole, (tipl_span){whole->begin, first - whole->begin},
                         "before the first narrative");
  for (uint32_t i = 0; i < starts->count && status == TIPL_OK; i++) {
    uint32_t end = i + 1 < starts->count ? TIPL__AT(uint32_t, *starts, i + 1) : whole->length;
    status = give_part(s, TIPL__AT(uint32_t, *starts, i), end);
  }
  return status;
}

static tipl_status give_one(splitter *s) {
  tipl_report *report = NULL;
  tipl_status status = tipl__build_finish(&report, s->whole, TIPL_OK);
  if (status != TIPL_OK) return status;
  if (s->take(s->payload, report) != 0) return tipl__fail(s->error, TIPL_ECANCEL, "cancelled");
  return TIPL_OK;
}

/* Takes over the whole, which has been read with `status`. */
static tipl_status give_all(splitter *s, tipl_status status) {
  tipl__build *whole = s->whole;
  tipl__vec starts = tipl__vec_of(sizeof(uint32_t));
  bool one = whole->options.plain || whole->options.country != NULL; /* the caller knows which */
  if (status == TIPL_OK && !one) status = tipl__outline_split(whole, &starts, &s->head);
  if (status != TIPL_OK || starts.count < 2) {
    tipl__vec_free(&starts, &whole->alloc);
    if (status == TIPL_OK) return give_one(s);
    tipl__build_free(whole);
    return status;
  }
  status = give_parts(s, &starts);
  tipl__vec_free(&starts, &whole->alloc);
  tipl__build_free(whole);
  return status;
}

tipl_status tipl_narratives(const char *path, const tipl_options *options, tipl_narrative_fn take,
                            void *payload, tipl_error *error) {
  if (take == NULL) return tipl__fail(error, TIPL_EARG, "no taker of the reports was given");
  if (path == NULL || !tipl__options_fit(options))
    return tipl__fail(error, TIPL_EARG, "a path and valid options are needed");
  tipl__build whole;
  tipl__build_start(&whole, path, options, error);
  splitter s = {&whole, 0, 0, take, payload, error};
  return give_all(&s, tipl__source_open(&whole, path));
}

tipl_status tipl_narratives_parse(const char *bytes, size_t length, const char *name,
                                  const tipl_options *options, tipl_narrative_fn take, void *payload,
                                  tipl_error *error) {
  if (take == NULL) return tipl__fail(error, TIPL_EARG, "no taker of the reports was given");
  if ((bytes == NULL && length > 0) || !tipl__options_fit(options))
    return tipl__fail(error, TIPL_EARG, "bytes and valid options are needed");
  tipl__build whole;
  tipl__build_start(&whole, name, options, error);
  splitter s = {&whole, 0, 0, take, payload, error};
  return give_all(&s, tipl__source_copy(&whole, bytes, length));
}
