/* source.c: bytes into a build, from a file, standard input or memory.
 *
 * The text is kept as given, with zero bytes after it. What is not UTF-8 text is refused here, with
 * the place of the trouble, so that no later stage meets it. Called first by the parse in
 * model/report.c. */
#define _POSIX_C_SOURCE 200809L
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/utf8.h"
#include "model/build.h"

static size_t limit_of(const tipl__build *build) {
  size_t limit = build->options.max_bytes;
  if (limit == 0) limit = TIPL__SOURCE_DEFAULT;
  return limit < TIPL__SOURCE_MOST ? limit : TIPL__SOURCE_MOST;
}

static tipl_status no_memory(tipl__build *build) {
  return tipl__fail(build->error, TIPL_ENOMEM, "out of memory while reading the text");
}

static tipl_status too_long(tipl__build *build, size_t limit) {
  return tipl__fail(build->error, TIPL_ELIMIT,
                    "the text is longer than the limit of %zu bytes; the option max_bytes of the library raises it",
                    limit);
}

/* Makes room for `size` bytes of text and the zero bytes after it; the text so far stays. */
static bool make_room(tipl__build *build, size_t size) {
  size_t bytes = size + TIPL__SOURCE_PAD;
  if (bytes <= build->text_size) return true;
  char *text = build->alloc.fn(build->alloc.payload, build->text, build->text_size, bytes);
  if (text == NULL) return false;
  build->text = text;
  build->text_size = bytes;
  return true;
}

/* ------------------------------------------------------------------ what the bytes are */

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
  if (starts_with(build, "%PDF-", 5))
    return "this is a PDF file; turn it into text first, for example with pdftotext";
  if (starts_with(build, "PK\x03\x04", 4))
    return "this is a zip archive or an office document; save it as plain text first";
  if (starts_with(build, "\x1F\x8B", 2)) return "this is compressed with gzip; unpack it first";
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

/* Pads and checks the text that has come in. */
static tipl_status accept(tipl__build *build, size_t length) {
  memset(build->text + length, 0, build->text_size - length);
  build->length = (uint32_t)length;
  const char *format = other_format(build);
  if (format != NULL) return refuse(build, 0, format);
  size_t bad = tipl__utf8_check(build->text, length);
  if (bad < length)
    return refuse(build, bad,
                  build->text[bad] == 0
                      ? "there is a NUL byte, so this is no text; give plain text in UTF-8"
                      : "the bytes here are not UTF-8; save the text as UTF-8");
  build->begin = starts_with(build, "\xEF\xBB\xBF", 3) ? 3 : 0;
  if (is_blank(build) && !build->options.plain)
    return tipl__fail(build->error, TIPL_ENOREPORT,
                      length == 0 ? "the file is empty" : "the file is empty but for blanks");
  return TIPL_OK;
}

/* ------------------------------------------------------------------ where they come from */

tipl_status tipl__io_error(tipl_error *error, int code) {
  static const struct {
    int code;
    const char *why;
  } known[] = {{ENOENT, "there is no such file; check its name"},
               {ENOTDIR, "a part of its path is no directory; check its name"},
               {EACCES, "it may not be read; check its permissions"},
               {EPERM, "it may not be read; check its permissions"},
               {EISDIR, "it is a directory; name a file in it"},
               {ENAMETOOLONG, "its name is too long"},
               {ELOOP, "its symbolic links go round in a circle"},
               {EMFILE, "too many files are open"},
               {ENFILE, "too many files are open"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].code == code) return tipl__fail(error, TIPL_EIO, "%s", known[i].why);
  return tipl__fail(error, TIPL_EIO, "it could not be read (system error %d)", code);
}

/* Reads up to `most` bytes to build->text + length; < 0 on failure, with errno set. */
static ssize_t read_some(tipl__build *build, int file, size_t length, size_t most) {
  ssize_t got;
  do got = read(file, build->text + length, most);
  while (got < 0 && errno == EINTR);
  return got;
}

/* Reads to the end. `expected` is the size of the file, or 0 when it has none; one byte of room
 * more than that finds the end without growing. */
static tipl_status read_all(tipl__build *build, int file, size_t expected) {
  size_t limit = limit_of(build), length = 0, room = expected + 1;
  if (expected > limit) return too_long(build, limit);
  if (expected == 0) room = TIPL__SOURCE_BLOCK;
  for (;;) {
    if (room > limit + 1) room = limit + 1;
    if (!make_room(build, room)) return no_memory(build);
    ssize_t got = read_some(build, file, length, room - length);
    if (got < 0) return tipl__io_error(build->error, errno);
    if (got == 0) return accept(build, length);
    length += (size_t)got;
    if (length > limit) return too_long(build, limit);
    if (length == room) room *= 2;
  }
}

static tipl_status read_file(tipl__build *build, int file) {
  struct stat info;
  if (fstat(file, &info) != 0) return tipl__io_error(build->error, errno);
  if (S_ISDIR(info.st_mode)) return tipl__io_error(build->error, EISDIR);
  bool sized = S_ISREG(info.st_mode) && info.st_size > 0;
  if (sized && (uint64_t)info.st_size > TIPL__SOURCE_MOST) return too_long(build, limit_of(build));
  return read_all(build, file, sized ? (size_t)info.st_size : 0);
}

tipl_status tipl__source_open(tipl__build *build, const char *path) {
  if (strcmp(path, "-") == 0) return read_file(build, STDIN_FILENO);
  int file;
  do file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  while (file < 0 && errno == EINTR);
  if (file < 0) return tipl__io_error(build->error, errno);
  tipl_status status = read_file(build, file);
  close(file);
  return status;
}

tipl_status tipl__source_copy(tipl__build *build, const char *bytes, size_t length) {
  size_t limit = limit_of(build);
  if (length > limit) return too_long(build, limit);
  if (!make_room(build, length)) return no_memory(build);
  if (length > 0) memcpy(build->text, bytes, length);
  return accept(build, length);
}
