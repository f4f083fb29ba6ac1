/* gzip.c: unpacks what is compressed with gzip. What comes out is the source: spans are places in it. Called
 * by decode.c. */
#include "base/error.h"
#include "source/source.h"

bool tipl__gzip_is(const tipl__build *build) {
  return build->length >= 2 && memcmp(build->text, "\x1F\x8B", 2) == 0;
}

#ifdef TIPL_HAVE_ZLIB
#include <zlib.h>

/* zlib frees without a size: each block carries its own. */
typedef struct block {
  size_t size;
  max_align_t bytes[];
} block;

static void *take_block(void *payload, unsigned items, unsigned size) {
  const tipl__alloc *alloc = payload;
  size_t bytes = sizeof(block) + (size_t)items * size;
  block *b = tipl__new(alloc, bytes);
  if (b == NULL) return NULL;
  b->size = bytes;
  return b->bytes;
}

static void give_block(void *payload, void *bytes) {
  const tipl__alloc *alloc = payload;
  if (bytes == NULL) return;
  block *b = (block *)(void *)((char *)bytes - offsetof(block, bytes));
  tipl__free(alloc, b, b->size);
}

static tipl_status broken(tipl__build *build, size_t at) {
  tipl_span where = {(uint32_t)at, 0};
  return tipl__fail_at(build->error, TIPL_EENCODING, build->text, build->length, where,
                       "this is compressed with gzip, but broken or cut off; fetch it again");
}

/* Unpacks `stream` into the text of `out`, which has no origin of its own; members follow each other. */
static tipl_status unpack(z_stream *stream, tipl__build *build, tipl__build *out, size_t *length) {
  size_t limit = tipl__source_limit(build), room = (size_t)build->length * 4 + TIPL__SOURCE_BLOCK;
  for (;;) {
    if (room > limit + 1) room = limit + 1;
    if (!tipl__source_room(out, room)) return tipl__source_no_memory(build);
    stream->next_out = (Bytef *)out->text + *length;
    stream->avail_out = (uInt)(room - *length);
    int result = inflate(stream, Z_NO_FLUSH);
    *length = room - stream->avail_out;
    if (*length > limit) return tipl__source_too_long(build);
    while (result == Z_STREAM_END && stream->avail_in > 0 && *stream->next_in == 0) { /* padding, as of tapes */
      stream->next_in++;
      stream->avail_in--;
    }
    if (result == Z_STREAM_END && stream->avail_in == 0) return TIPL_OK;
    if (result == Z_STREAM_END && inflateReset(stream) == Z_OK) continue;
    if (result == Z_MEM_ERROR) return tipl__source_no_memory(build);
    bool full = stream->avail_out == 0;
    if (result != Z_OK && !(result == Z_BUF_ERROR && full)) return broken(build, stream->total_in);
    if (full) room *= 2;
    else if (stream->avail_in == 0) return broken(build, build->length);
  }
}

tipl_status tipl__gzip_decode(tipl__build *build) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  stream.zalloc = take_block;
  stream.zfree = give_block;
  stream.opaque = &build->alloc;
  stream.next_in = (Bytef *)build->text;
  stream.avail_in = build->length;
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return tipl__source_no_memory(build);
  tipl__build out = {.alloc = build->alloc};
  size_t length = 0;
  tipl_status status = unpack(&stream, build, &out, &length);
  inflateEnd(&stream);
  if (status != TIPL_OK) {
    tipl__free(&out.alloc, out.text, out.text_size);
    return status;
  }
  tipl__free(&build->alloc, build->text, build->text_size);
  build->text = out.text;
  build->text_size = out.text_size;
  build->length = (uint32_t)length;
  memset(build->text + length, 0, build->text_size - length);
  return TIPL_OK;
}
#else
tipl_status tipl__gzip_decode(tipl__build *build) {
  return tipl__fail(build->error, TIPL_EENCODING,
                    "this is compressed with gzip, and this tipl was built without zlib (Debian: "
                    "zlib1g-dev); unpack it first");
}
#endif
