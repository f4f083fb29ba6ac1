/* replacement.c: files that appear whole or not at all: what is made in a new file beside the old one takes its
 * name at the end.
 *
 *   replacement(path)    an object; nil and a message where no file can be made there
 *   r:there()            whether path is there already
 *   r:name()             the new file, empty at first, for whoever writes it
 *   r:commit([new])      puts it in the place of path (with new, only where there is nothing yet); true, or nil and a
 *                        message (and the new file is gone)
 *   r:discard()          removes the new file, unless it is in its place; so do __close and __gc
 *
 * Where path is a symbolic link, the file that it leads to is replaced. What is there and no plain file (a
 * device, a pipe, a folder) is refused: nothing may take its place.
 *
 * SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* realpath, mkstemp */
#include "module.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REPLACEMENT "tipl.Replacement"

typedef struct replacement {
  char path[PATH_MAX]; /* links followed */
  char copy[PATH_MAX]; /* "" when there is no new file (any more) */
  int there;           /* path was a file when it began */
} replacement;

/* [-0, +2, m] nil, "PATH: why"; returns 2. */
static int fail(lua_State *L, const char *path, const char *why) {
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", path, why);
  return 2;
}

static mode_t new_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static int replacement_new(lua_State *L) {
  static const char suffix[] = ".new-XXXXXX";
  const char *given = luaL_checkstring(L, 1);
  replacement *r = lua_newuserdatauv(L, sizeof *r, 0);
  struct stat old;
  mode_t mode;
  int file;
  *r->copy = '\0';
  luaL_setmetatable(L, REPLACEMENT);
  if (strlen(given) + sizeof suffix > PATH_MAX) return fail(L, given, "the name is too long");
  if (realpath(given, r->path) == NULL) {
    if (lstat(given, &old) == 0 && S_ISLNK(old.st_mode)) return fail(L, given, "is a link that leads nowhere");
    strcpy(r->path, given);
  }
  if (strlen(r->path) + sizeof suffix > PATH_MAX) return fail(L, given, "the name is too long");
  r->there = stat(r->path, &old) == 0;
  if (!r->there)
    mode = new_mode();
  else if (S_ISREG(old.st_mode))
    mode = old.st_mode & 07777;
  else
    return fail(L, given, S_ISDIR(old.st_mode) ? "is a folder; give the name of a file"
                                               : "is no plain file, and cannot be replaced by one");
  strcat(strcpy(r->copy, r->path), suffix);
  file = mkstemp(r->copy);
  if (file < 0) {
    *r->copy = '\0';
    return fail(L, given, strerror(errno));
  }
  /* root keeps others' files theirs; whoever may not, has one of his own */
  if (r->there && fchown(file, old.st_uid, old.st_gid) != 0) errno = 0;
  fchmod(file, mode);
  close(file);
  return 1;
}

static int discard(lua_State *L) {
  replacement *r = luaL_checkudata(L, 1, REPLACEMENT);
  if (*r->copy != '\0') unlink(r->copy);
  *r->copy = '\0';
  return 0;
}

static int there(lua_State *L) {
  const replacement *r = luaL_checkudata(L, 1, REPLACEMENT);
  lua_pushboolean(L, r->there);
  return 1;
}

static int name(lua_State *L) {
  const replacement *r = luaL_checkudata(L, 1, REPLACEMENT);
  lua_pushstring(L, r->copy);
  return 1;
}

/* Gives the new file its name; 0 or what is wrong. A link takes no name that is taken; where the file system has none,
 * a rename does. */
static int put(const replacement *r, int only_new) {
  if (only_new) {
    if (link(r->copy, r->path) == 0) return unlink(r->copy), 0;
    if (errno == EEXIST) return EEXIST;
  }
  return rename(r->copy, r->path) == 0 ? 0 : errno;
}

/* What is in the file reaches the disk before its name does. */
static int commit(lua_State *L) {
  replacement *r = luaL_checkudata(L, 1, REPLACEMENT);
  int file, wrong = 0, only_new = lua_toboolean(L, 2);
  luaL_argcheck(L, *r->copy != '\0', 1, "there is no new file any more");
  file = open(r->copy, O_RDWR | O_CLOEXEC);
  if (file < 0 || fsync(file) != 0) wrong = errno;
  if (file >= 0) close(file);
  if (wrong == 0) wrong = put(r, only_new);
  if (wrong != 0) {
    discard(L);
    return fail(L, r->path, wrong == EEXIST ? "another program has made it meanwhile; run this once more" : strerror(wrong));
  }
  *r->copy = '\0';
  lua_pushboolean(L, 1);
  return 1;
}

/* Its open is where the class is made, too: only who writes files has it. */
int tipl_lua_replacement(lua_State *L) {
  static const luaL_Reg methods[] = {{"there", there},   {"name", name}, {"commit", commit},
                                     {"discard", discard}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__close", discard}, {"__gc", discard}, {NULL, NULL}};
  lua_settop(L, 1);
  if (luaL_newmetatable(L, REPLACEMENT)) {
    luaL_setfuncs(L, meta, 0);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
  }
  lua_settop(L, 1);
  return replacement_new(L);
}
