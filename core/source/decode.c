/* decode.c: what the bytes are, and text out of them.
 *
 * Plain UTF-8 stays as it came. Anything else is turned into UTF-8 text with a map to the bytes, or
 * refused with the place of the trouble, so that no later stage meets it. Called by source.c. */
#include "base/error.h"
#include "base/utf8.h"
#include "source/origin.h"
#include "source/source.h"

static bool starts_with(const tipl__build *build, const char *bytes, size_t n) {
  return build->length >= n && memcmp(build->text, bytes, n) == 0;
}

/* A byte-order mark of UTF-16, or NUL bytes at nearly every other place of the first 64 bytes. */
static bool is_utf16(const tipl__build *build) {
  if (starts_with(build, "\xFF\xFE", 2) || starts_with(build, "\xFE\xFF", 2)) return true;
  uint32_t n = build->length < 64 ? build->length & ~1u : 64, zeros[2] = {0, 0};
  for (uint32_t i = 0; i < n; i++) zeros[i & 1] += build->text[i] == 0;
  uint32_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
  return n >= 4 && most * 8 >= n / 2 * 7 && zeros[0] + zeros[1] == most;
}

static tipl_status refuse(tipl__build *build, size_t at, const char *message) {
  tipl_span where = {(uint32_t)at, 1};
  return tipl__fail_at(build->error, TIPL_EENCODING, build->text, build->length, where, "%s",
                       message);
}

/* Formats that people take for text, named so that the message can say what to do. */
static const char *other_format(const tipl__build *build) {
  if (starts_with(build, "PK\x03\x04", 4))
    return "this is a zip archive or an office document; save it as plain text first";
  if (tipl__gzip_is(build)) return "this is compressed with gzip twice; unpack it first";
  if (is_utf16(build)) return "this is UTF-16 text; save it as UTF-8";
  return NULL;
}

static bool is_blank(const tipl__build *build) {
  for (uint32_t i = build->begin; i < build->length; i++) {
    unsigned char c = (unsigned char)build->text[i];
    if (c == 0xC2 && (unsigned char)build->text[i + 1] == 0xA0)
      i++; /* no-break space */
    else if (c != ' ' && (c < '\t' || c > '\r'))
      return false;
  }
  return true;
}

tipl_status tipl__source_replace(tipl__build *build, tipl__rewrite *rewrite) {
  bool done = tipl__rewrite_end(rewrite);
  if (done && build->origin != NULL)
    done = tipl__map_compose(&rewrite->pieces, &build->map, &build->alloc);
  if (done && build->origin == NULL) {
    build->origin = tipl__origin_of(&build->alloc, build->text, build->text_size, build->length);
    done = build->origin != NULL;
    if (done) build->text = NULL;
  }
  if (!done) {
    tipl__rewrite_free(rewrite);
    return tipl__source_no_memory(build);
  }
  tipl__free(&build->alloc, build->text, build->text_size);
  tipl__vec_free(&build->map, &build->alloc);
  build->map = rewrite->pieces;
  build->text = rewrite->text;
  build->text_size = rewrite->size;
  build->length = rewrite->length;
  return TIPL_OK;
}

/* ------------------------------------------------------------------ UTF-8 or not */

/* The bytes from `bad` on are the first ones of a character that is cut off by the end. */
static bool is_cut_off(const tipl__build *build, size_t bad) {
  size_t left = build->length - bad;
  unsigned char c = (unsigned char)build->text[bad];
  size_t wanted = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (c < 0xC2 || c > 0xF4 || left >= wanted) return false;
  for (size_t i = 1; i < left; i++)
    if (((unsigned char)build->text[bad + i] & 0xC0) != 0x80) return false;
  return true;
}

/* No character but ASCII is UTF-8 here. */
static bool never_utf8(const tipl__build *build) {
  for (size_t i = 0; i < build->length; i++) {
    if ((unsigned char)build->text[i] < 0x80) continue;
    size_t left = build->length - i, most = left < 4 ? left : 4;
    for (size_t n = 2; n <= most; n++)
      if (tipl__utf8_check(build->text + i, n) == n) return false;
  }
  return true;
}

/* `bad` is the first byte that is not UTF-8. */
static tipl_status decode_encoding(tipl__build *build, size_t bad) {
  if (build->text[bad] == 0)
    return refuse(build, bad, "there is a NUL byte, so this is no text; give plain text in UTF-8");
  if (is_cut_off(build, bad))
    return refuse(build, bad, "the text ends in the middle of a character; cut it before that");
  bool windows = tipl__windows_check(build->text, build->length) == build->length;
  if (!windows || !never_utf8(build))
    return refuse(build, bad, "the bytes here are not UTF-8; save the text as UTF-8");
  return tipl__windows_decode(build);
}

/* ------------------------------------------------------------------ the stage */

/* What has to be unpacked before it can be looked at. */
static tipl_status unpack(tipl__build *build) {
  tipl_status status = tipl__gzip_is(build) ? tipl__gzip_decode(build) : TIPL_OK;
  if (status == TIPL_OK && tipl__pdf_is(build)) status = tipl__pdf_decode(build);
  return status;
}

/* Text in UTF-8, out of whatever form it has. */
static tipl_status read_form(tipl__build *build) {
  if (strcmp(build->format, "pdf") == 0) return tipl__repair(build);
  return tipl__html_is(build) ? tipl__html_decode(build) : TIPL_OK;
}

tipl_status tipl__source_decode(tipl__build *build, size_t length) {
  memset(build->text + length, 0, build->text_size - length);
  build->length = (uint32_t)length;
  build->format = "text";
  build->encoding = "UTF-8";
  tipl_status status = unpack(build);
  if (status != TIPL_OK) return status;
  const char *format = other_format(build);
  if (format != NULL) return refuse(build, 0, format);
  size_t bad = tipl__utf8_check(build->text, build->length);
  if (bad < build->length) status = decode_encoding(build, bad);
  if (status == TIPL_OK) status = read_form(build);
  if (status == TIPL_OK) status = tipl__mend(build);
  if (status != TIPL_OK) return status;
  build->begin = starts_with(build, "\xEF\xBB\xBF", 3) ? 3 : 0;
  if (!is_blank(build) || build->options.plain) return TIPL_OK;
  bool text = strcmp(build->format, "text") == 0;
  return tipl__fail(build->error, TIPL_ENOREPORT, "%s",
                    length == 0 ? "the file is empty"
                    : text      ? "the file is empty but for blanks"
                                : "there is no text in this file, only menus or pictures");
}

#ifdef TIPL_HAVE_GUMBO
#define GUMBO "+gumbo " TIPL_HAVE_GUMBO
#else
#define GUMBO "-gumbo"
#endif

#ifdef TIPL_HAVE_ZLIB
#define ZLIB " +zlib " TIPL_HAVE_ZLIB
#else
#define ZLIB " -zlib"
#endif

const char *tipl_features(void) {
  return GUMBO ZLIB;
}
