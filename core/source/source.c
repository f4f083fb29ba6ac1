/* source.c: bytes into a build, from a file, standard input or memory, with zero bytes after them.
 *
 * What they are is decode.c's question. Called first by the parse in model/report.c. */
#define _POSIX_C_SOURCE 200809L
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

size_t tipl__source_limit(const tipl__build *build) {
  size_t limit = build->options.max_bytes;
  if (limit == 0) limit = TIPL__SOURCE_DEFAULT;
  return limit < TIPL__SOURCE_MOST ? limit : TIPL__SOURCE_MOST;
}

tipl_status tipl__source_no_memory(tipl__build *build) {
  return tipl__fail(build->error, TIPL_ENOMEM, "out of memory while reading the text");
}

tipl_status tipl__source_too_long(tipl__build *build) {
  return tipl__fail(build->error, TIPL_ELIMIT,
                    "the text is longer than the limit of %zu bytes; the option max_bytes of the library raises it",
                    tipl__source_limit(build));
}

bool tipl__source_room(tipl__build *build, size_t size) {
  size_t bytes = size + TIPL__SOURCE_PAD;
  if (bytes <= build->text_size) return true;
  char *text = build->alloc.fn(build->alloc.payload, build->text, build->text_size, bytes);
  if (text == NULL) return false;
  build->text = text;
  build->text_size = bytes;
  return true;
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

static bool wants_an_end(const tipl__build *build) {
  const tipl_options *options = &build->options;
  return options->progress != NULL && options->progress(options->progress_payload, 0, 0) != 0;
}

/* Reads up to `most` bytes to build->text + length; < 0 on failure, with errno set. A signal goes on, unless
 * the caller wants an end: EINTR. */
static ssize_t read_some(tipl__build *build, int file, size_t length, size_t most) {
  ssize_t got;
  do got = read(file, build->text + length, most);
  while (got < 0 && errno == EINTR && !wants_an_end(build));
  return got;
}

/* Reads to the end. `expected` is the size of the file, or 0 when it has none; one byte of room
 * more than that finds the end without growing. */
static tipl_status read_all(tipl__build *build, int file, size_t expected) {
  size_t limit = tipl__source_limit(build), length = 0, room = expected + 1;
  if (expected > limit) return tipl__source_too_long(build);
  if (expected == 0) room = TIPL__SOURCE_BLOCK;
  for (;;) {
    if (room > limit + 1) room = limit + 1;
    if (!tipl__source_room(build, room)) return tipl__source_no_memory(build);
    ssize_t got = read_some(build, file, length, room - length);
    if (got < 0 && errno == EINTR) return tipl__fail(build->error, TIPL_ECANCEL, "cancelled");
    if (got < 0) return tipl__io_error(build->error, errno);
    if (got == 0) return tipl__source_decode(build, length);
    length += (size_t)got;
    if (length > limit) return tipl__source_too_long(build);
    if (length == room) room *= 2;
  }
}

static tipl_status read_file(tipl__build *build, int file) {
  struct stat info;
  if (fstat(file, &info) != 0) return tipl__io_error(build->error, errno);
  if (S_ISDIR(info.st_mode)) return tipl__io_error(build->error, EISDIR);
  bool sized = S_ISREG(info.st_mode) && info.st_size > 0;
  if (sized && (uint64_t)info.st_size > TIPL__SOURCE_MOST) return tipl__source_too_long(build);
  return read_all(build, file, sized ? (size_t)info.st_size : 0);
}

tipl_status tipl__source_open(tipl__build *build, const char *path) {
  if (strcmp(path, "-") == 0) return read_file(build, STDIN_FILENO);
  int file;
  do file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  while (file < 0 && errno == EINTR && !wants_an_end(build)); /* opening a pipe waits */
  if (file < 0 && errno == EINTR) return tipl__fail(build->error, TIPL_ECANCEL, "cancelled");
  if (file < 0) return tipl__io_error(build->error, errno);
  tipl_status status = read_file(build, file);
  close(file);
  return status;
}

tipl_status tipl__source_copy(tipl__build *build, const char *bytes, size_t length) {
  size_t limit = tipl__source_limit(build);
  if (length > limit) return tipl__source_too_long(build);
  if (!tipl__source_room(build, length)) return tipl__source_no_memory(build);
  if (length > 0) memcpy(build->text, bytes, length);
  return tipl__source_decode(build, length);
}
