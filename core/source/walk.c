/* walk.c: the files that paths, folders and patterns name, one at a time.
 *
 * A walk is a stack of frames; a frame is a sorted list of names and the folder that they are in ("" for the
 * paths given). So memory grows with the entries of the folders on the way down, not with all the files.
 * opendir and glob use the C library's memory beside the caller's allocator. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/memory.h"
#include "source/source.h"

enum { DEEPEST = 64 }; /* folders within folders */

typedef struct frame {
  tipl__vec names; /* char *, owned: strlen + 1 bytes each */
  uint32_t next;
  uint32_t folder; /* bytes of the walk's path that are the folder, with its "/" */
  dev_t device;    /* of the folder: a link may not lead back into one that is open */
  ino_t inode;
} frame;

struct tipl_walk {
  tipl__alloc alloc;
  tipl__vec path; /* char: the file in hand, NUL-terminated */
  frame frames[DEEPEST];
  int depth; /* frames in use; the first holds the paths given, the second may hold a pattern's matches */
  size_t skipped;
};

/* ------------------------------------------------------------------ lists of names */

static bool add_name(tipl_walk *walk, frame *f, const char *name) {
  size_t size = strlen(name) + 1;
  char *copy = tipl__new(&walk->alloc, size), **place = NULL;
  if (copy != NULL) place = tipl__vec_push(&f->names, &walk->alloc);
  if (place == NULL) {
    tipl__free(&walk->alloc, copy, size);
    return false;
  }
  memcpy(copy, name, size);
  *place = copy;
  return true;
}

static void free_frame(tipl_walk *walk, frame *f) {
  for (uint32_t i = 0; i < f->names.count; i++) {
    char *name = TIPL__AT(char *, f->names, i);
    tipl__free(&walk->alloc, name, strlen(name) + 1);
  }
  tipl__vec_free(&f->names, &walk->alloc);
}

static frame *push_frame(tipl_walk *walk, uint32_t folder) {
  frame *f = &walk->frames[walk->depth++];
  memset(f, 0, sizeof *f);
  f->names = tipl__vec_of(sizeof(char *));
  f->folder = folder;
  return f;
}

static void pop_frame(tipl_walk *walk) { free_frame(walk, &walk->frames[--walk->depth]); }

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_names(frame *f) {
  if (f->names.count > 1) qsort(f->names.data, f->names.count, sizeof(char *), by_bytes);
}

/* walk->path becomes its first `keep` bytes and `name`. */
static bool set_path(tipl_walk *walk, uint32_t keep, const char *name) {
  uint32_t length = (uint32_t)strlen(name);
  walk->path.count = keep;
  if (!tipl__vec_reserve(&walk->path, &walk->alloc, length + 2)) return false; /* a "/" may follow */
  memcpy((char *)walk->path.data + keep, name, length + 1);
  walk->path.count = keep + length;
  return true;
}

static const char *path_of(const tipl_walk *walk) { return walk->path.data; }

/* ------------------------------------------------------------------ folders */

/* In any case of letters; `end` is in lower case. */
static bool ends_with(const char *name, size_t length, const char *end) {
  size_t n = strlen(end);
  if (length <= n) return false;
  for (size_t i = 0; i < n; i++) {
    char c = name[length - n + i];
    if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != end[i]) return false;
  }
  return true;
}

/* Whether a file of a folder is called like a report. */
static bool is_called_report(const char *name) {
  static const char *const ends[] = {".txt", ".text", ".htm", ".html", ".xhtml", ".pdf"};
  size_t length = strlen(name);
  if (length > 3 && ends_with(name, length, ".gz")) length -= 3;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (ends_with(name, length, ends[i])) return true;
  return false;
}

static bool is_open(const tipl_walk *walk, const struct stat *info) {
  for (int i = 0; i < walk->depth; i++)
    if (walk->frames[i].inode == info->st_ino && walk->frames[i].device == info->st_dev) return true;
  return false;
}

/* Opens the folder that walk->path names, as a new frame. */
static tipl_status enter(tipl_walk *walk, const struct stat *info, tipl_error *error) {
  if (is_open(walk, info)) return tipl__fail(error, TIPL_EIO, "this folder lies in itself, by a symbolic link");
  if (walk->depth == DEEPEST)
    return tipl__fail(error, TIPL_EIO, "folders lie more than %d deep in each other", DEEPEST - 2);
  DIR *dir = opendir(path_of(walk));
  if (dir == NULL) return tipl__io_error(error, errno);
  uint32_t folder = walk->path.count;
  char *path = walk->path.data; /* set_path left room for the "/" */
  if (path[folder - 1] != '/') {
    path[folder++] = '/';
    path[folder] = '\0';
  }
  frame *f = push_frame(walk, folder);
  f->device = info->st_dev;
  f->inode = info->st_ino;
  tipl_status status = TIPL_OK;
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(dir);
    if (entry == NULL) {
      if (errno != 0) status = tipl__io_error(error, errno);
      break;
    }
    if (entry->d_name[0] == '.') continue;
    if (!add_name(walk, f, entry->d_name)) {
      status = tipl__fail(error, TIPL_ENOMEM, "out of memory while reading the folder");
      break;
    }
  }
  closedir(dir);
  if (status != TIPL_OK) pop_frame(walk);
  else sort_names(f);
  return status;
}

/* ------------------------------------------------------------------ patterns */

static tipl_status expand(tipl_walk *walk, tipl_error *error) {
  glob_t found;
  int outcome = glob(path_of(walk), GLOB_NOSORT, NULL, &found);
  if (outcome == GLOB_NOMATCH) return tipl__fail(error, TIPL_EIO, "no file matches this pattern");
  if (outcome != 0)
    return outcome == GLOB_NOSPACE ? tipl__fail(error, TIPL_ENOMEM, "out of memory while looking for files")
                                   : tipl__fail(error, TIPL_EIO, "the files that match could not be read");
  frame *f = push_frame(walk, 0);
  tipl_status status = TIPL_OK;
  for (size_t i = 0; i < found.gl_pathc && status == TIPL_OK; i++)
    if (!add_name(walk, f, found.gl_pathv[i]))
      status = tipl__fail(error, TIPL_ENOMEM, "out of memory while looking for files");
  globfree(&found);
  if (status != TIPL_OK) pop_frame(walk);
  else sort_names(f);
  return status;
}

/* ------------------------------------------------------------------ the walk */

tipl_status tipl_walk_new(tipl_walk **out, const char *const *paths, size_t count,
                          const tipl_options *options) {
  if (out == NULL) return TIPL_EARG;
  *out = NULL;
  if (paths == NULL && count > 0) return TIPL_EARG;
  tipl__alloc alloc = tipl__alloc_of(options);
  tipl_walk *walk = tipl__new(&alloc, sizeof *walk);
  if (walk == NULL) return TIPL_ENOMEM;
  memset(walk, 0, sizeof *walk);
  walk->alloc = alloc;
  walk->path = tipl__vec_of(sizeof(char));
  frame *f = push_frame(walk, 0);
  for (size_t i = 0; i < count; i++)
    if (!add_name(walk, f, paths[i])) {
      tipl_walk_free(walk);
      return TIPL_ENOMEM;
    }
  *out = walk;
  return TIPL_OK;
}

/* What to do with the next name of a frame: *is_file says that it is one to hand out. */
static tipl_status step(tipl_walk *walk, frame *f, bool *is_file, tipl_error *error) {
  const char *name = TIPL__AT(char *, f->names, f->next);
  bool given = f->folder == 0; /* by the caller or by a pattern, and not found in a folder */
  f->next++;
  *is_file = false;
  if (!set_path(walk, f->folder, name))
    return tipl__fail(error, TIPL_ENOMEM, "out of memory while looking for files");
  struct stat info;
  int known = stat(path_of(walk), &info);
  if (known == 0 && S_ISDIR(info.st_mode)) return enter(walk, &info, error);
  if (given && known != 0 && errno == ENOENT && walk->depth == 1 && strpbrk(name, "*?[") != NULL)
    return expand(walk, error);
  if (given || (known != 0 && is_called_report(name))) {
    *is_file = true; /* one that is not there, or a link that leads nowhere, is said by whoever opens it */
  } else if (known == 0 && S_ISREG(info.st_mode)) {
    *is_file = is_called_report(name);
    walk->skipped += !*is_file;
  }
  return TIPL_OK;
}

tipl_status tipl_walk_next(const char **path, tipl_walk *walk, tipl_error *error) {
  *path = NULL;
  while (walk->depth > 0) {
    frame *f = &walk->frames[walk->depth - 1];
    if (f->next == f->names.count) {
      if (walk->depth == 1) return TIPL_OK;
      pop_frame(walk);
      continue;
    }
    bool is_file;
    walk->path.failed = false;
    tipl_status status = step(walk, f, &is_file, error);
    if (status == TIPL_OK && !is_file) continue;
    *path = path_of(walk);
    return status;
  }
  return TIPL_OK;
}

size_t tipl_walk_skipped(const tipl_walk *walk) { return walk->skipped; }

void tipl_walk_free(tipl_walk *walk) {
  if (walk == NULL) return;
  tipl__alloc alloc = walk->alloc;
  while (walk->depth > 0) pop_frame(walk);
  tipl__vec_free(&walk->path, &alloc);
  tipl__free(&alloc, walk, sizeof *walk);
}
