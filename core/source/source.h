/* source.h: limits of the source stage, and what its files call of each other; its own functions are
 * declared in model/build.h.
 *
 *   source.c  bytes in  →  decode.c  what are they?  →  gzip.c, pdf.c, order.c, hyphens.c, repair.c, windows.c, html.c, mend.c  →  text, map
 *
 * A decoder reads build->text and puts another text in its place with tipl__source_replace. */
#ifndef TIPL_SOURCE_H
#define TIPL_SOURCE_H

#include "model/build.h"
#include "source/map.h"

enum {
  TIPL__SOURCE_PAD = 64,           /* zero bytes after the text: stages may read past its end */
  TIPL__SOURCE_BLOCK = 1 << 16,    /* bytes first asked for, where the size is not known */
  TIPL__SOURCE_DEFAULT = 64 << 20, /* bytes, when the options name no limit */
  TIPL__SOURCE_MOST = 0x7FFFFFFF   /* bytes; positions are 32-bit */
};

/* Fills *error with what a system error (errno) means for who names a file; returns TIPL_EIO. */
tipl_status tipl__io_error(tipl_error *error, int code);
/* The options' limit of bytes. */
size_t tipl__source_limit(const tipl__build *build);
tipl_status tipl__source_no_memory(tipl__build *build);
tipl_status tipl__source_too_long(tipl__build *build);
/* Room for `size` bytes of text and the zero bytes after it; the text so far stays. */
bool tipl__source_room(tipl__build *build, size_t size);

/* Makes text of the `length` bytes that came in: decode.c. */
tipl_status tipl__source_decode(tipl__build *build, size_t length);
/* Takes the rewritten text over and frees what it replaces. The first text that is replaced becomes the
 * build's origin; later maps lead to it through the earlier ones. Empties the rewrite whatever happens. */
tipl_status tipl__source_replace(tipl__build *build, tipl__rewrite *rewrite);

/* Offset of the first byte that cannot be Windows-1252 text, or `length`: windows.c. */
size_t tipl__windows_check(const char *bytes, size_t length);
tipl_status tipl__windows_decode(tipl__build *build);

/* Unpacks in place: gzip.c. Fails with TIPL_EENCODING where zlib is not built in. */
bool tipl__gzip_is(const tipl__build *build);
tipl_status tipl__gzip_decode(tipl__build *build);
/* Puts the text that pdftotext gives in the place of the file: pdf.c; mends it: repair.c. */
bool tipl__pdf_is(const tipl__build *build);
tipl_status tipl__pdf_decode(tipl__build *build);
tipl_status tipl__repair(tipl__build *build);
/* Makes parted words whole and line ends "\n", in every text: mend.c. */
tipl_status tipl__mend(tipl__build *build);
/* The hyphens at line ends that are no line's own ("six-" before "month"), each at `at`, before the word at `next`; zero bytes
 * stand behind the text. False when memory ran out. */
typedef void (*tipl__hyphen_fn)(void *payload, uint32_t at, uint32_t next);
bool tipl__mend_hyphens(const tipl__alloc *alloc, const char *text, uint32_t length, tipl__hyphen_fn take, void *payload);
/* Puts back the hyphens that pdftotext has taken from line ends, as far as the text in the order of the file, which keeps
 * them, shows them: hyphens.c. */
tipl_status tipl__hyphens(tipl__build *build, const char *raw, uint32_t length);

/* The text begins like an HTML page: html.c. Decoding fails with TIPL_EENCODING where gumbo is not built in. */
bool tipl__html_is(const tipl__build *build);
tipl_status tipl__html_decode(tipl__build *build);

/* The lines of a page read better in the order of the file (raw) than in that of reading that pdftotext has worked out: order.c.
 * False when memory ran out. */
bool tipl__reads_better(const tipl__alloc *alloc, const char *raw, uint32_t raw_length, const char *read, uint32_t length);

#endif
