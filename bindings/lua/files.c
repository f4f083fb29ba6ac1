/* files.c: what tipl.each is made of: going through files, and all narratives of one file.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>
#include <sys/stat.h>

#define WALK "tipl.Walk"
#define BATCH "tipl.Batch"

/* ------------------------------------------------------------------ walks */

typedef struct walk_holder {
  tipl_walk *walk; /* NULL: at its end, or closed */
} walk_holder;

const char **tipl_lua_check_paths(lua_State *L, int index, size_t *count) {
  const char **paths;
  size_t i, length;
  luaL_checktype(L, index, LUA_TTABLE);
  *count = (size_t)luaL_len(L, index);
  paths = lua_newuserdatauv(L, (*count + 1) * sizeof *paths, 0);
  for (i = 0; i < *count; i++) {
    if (lua_geti(L, index, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_error(L, "paths: a string or a list of strings expected, got %s in it", luaL_typename(L, -1));
    paths[i] = lua_tolstring(L, -1, &length); /* anchored in the list */
    if (strlen(paths[i]) != length) luaL_error(L, "paths: a path holds no NUL");
    lua_pop(L, 1);
  }
  return paths;
}

/* walk(paths): an object that walks; paths are a list of strings. */
int tipl_lua_walk(lua_State *L) {
  tipl_options options = TIPL_OPTIONS_INIT;
  walk_holder *holder;
  const char **paths;
  size_t count;
  lua_settop(L, 1);
  paths = tipl_lua_check_paths(L, 1, &count); /* [paths, array] */
  options.alloc = lua_getallocf(L, &options.alloc_payload);
  holder = lua_newuserdatauv(L, sizeof *holder, 0); /* [paths, array, walk] */
  holder->walk = NULL;
  luaL_setmetatable(L, WALK);
  if (tipl_walk_new(&holder->walk, paths, count, &options) != TIPL_OK) return luaL_error(L, "not enough memory");
  return 1;
}

static int walk_close(lua_State *L) {
  walk_holder *holder = luaL_checkudata(L, 1, WALK);
  tipl_walk *walk = holder->walk;
  holder->walk = NULL;
  tipl_walk_free(walk);
  return 0;
}

/* walk:next(): a path; nothing at the end; nil, message, code and path where a folder cannot be read. */
static int walk_next(lua_State *L) {
  walk_holder *holder = luaL_checkudata(L, 1, WALK);
  tipl_error error = {TIPL_OK, {0, 0}, 0, 0, ""};
  const char *path = NULL;
  tipl_status status;
  if (holder->walk == NULL) return 0;
  status = tipl_walk_next(&path, holder->walk, &error);
  if (status == TIPL_OK) {
    if (path == NULL) return 0;
    lua_pushstring(L, path);
    return 1;
  }
  if (status == TIPL_ENOMEM) return luaL_error(L, "not enough memory");
  tipl_lua_fail(L, path, status, &error);
  lua_pushstring(L, path);
  return 4;
}

/* walk:skipped(): how many files of folders are not called like reports. */
static int walk_skipped(lua_State *L) {
  const walk_holder *holder = luaL_checkudata(L, 1, WALK);
  lua_pushinteger(L, holder->walk == NULL ? 0 : (lua_Integer)tipl_walk_skipped(holder->walk));
  return 1;
}

/* ------------------------------------------------------------------ the narratives of a file */

enum { LEFTOVERS = 32 }; /* more of one file are not told */

typedef struct leftover {
  tipl_span where;
  const char *why;
} leftover;

/* Reports on their way from the core to Lua: those from `next` on are still the batch's. */
typedef struct batch {
  tipl_alloc_fn alloc;
  void *payload;
  tipl_report **reports;
  size_t next, count, capacity;
  int failed; /* no memory for another */
  leftover left[LEFTOVERS];
  lua_Integer left_count;
} batch;

static int batch_drop(lua_State *L) {
  batch *b = luaL_checkudata(L, 1, BATCH);
  while (b->next < b->count) tipl_report_unref(b->reports[b->next++]);
  if (b->reports != NULL) b->alloc(b->payload, b->reports, b->capacity * sizeof *b->reports, 0);
  b->reports = NULL;
  b->next = b->count = b->capacity = 0;
  return 0;
}

/* No Lua in here: it is called from the core. */
static int keep(void *payload, tipl_report *report) {
  batch *b = payload;
  if (b->count == b->capacity) {
    size_t more = b->capacity == 0 ? 4 : b->capacity * 2;
    tipl_report **grown = b->alloc(b->payload, b->reports, b->capacity * sizeof *grown, more * sizeof *grown);
    if (grown == NULL) {
      tipl_report_unref(report);
      return b->failed = 1;
    }
    b->reports = grown;
    b->capacity = more;
  }
  b->reports[b->count++] = report;
  return 0;
}

/* Likewise. */
static void keep_leftover(void *payload, tipl_span where, const char *why) {
  batch *b = payload;
  if (b->left_count < LEFTOVERS) b->left[b->left_count++] = (leftover){where, why};
}

/* Where narratives come from: a file, or (path NULL) text, which may have a name. */
typedef struct place {
  const char *path, *text, *name;
  size_t length;
} place;

static tipl_status read_all(batch *b, const place *from, tipl_options *options, tipl_error *error) {
  tipl_status status;
  b->failed = 0;
  b->left_count = 0;
  options->leftover = keep_leftover;
  options->leftover_payload = b;
  status = from->path != NULL ? tipl_narratives(from->path, options, keep, b, error)
                              : tipl_narratives_parse(from->text, from->length, from->name, options, keep, b, error);
  if (!b->failed) return status;
  strcpy(error->message, "out of memory");
  return TIPL_ENOMEM;
}

/* [-0, +1, m] The batch's reports in a list. */
static void push_reports(lua_State *L, batch *b) {
  lua_Integer n = 0;
  lua_createtable(L, (int)b->count, 0);
  while (b->next < b->count) {
    tipl_lua_report *holder = tipl_lua_new_report(L); /* [… list, report] */
    holder->report = b->reports[b->next++];
    tipl_lua_count_memory(L, holder->report);
    lua_rawseti(L, -2, ++n);
  }
}

/* [-0, +1, m] What is left over, a list of { first, last, why }. */
static void push_leftovers(lua_State *L, const batch *b) {
  lua_Integer i;
  lua_createtable(L, (int)b->left_count, 0);
  for (i = 0; i < b->left_count; i++) {
    lua_createtable(L, 0, 3);
    tipl_lua_push_position(L, b->left[i].where.offset);
    lua_setfield(L, -2, "first");
    lua_pushinteger(L, (lua_Integer)b->left[i].where.offset + b->left[i].where.length);
    lua_setfield(L, -2, "last");
    lua_pushstring(L, b->left[i].why);
    lua_setfield(L, -2, "why");
    lua_rawseti(L, -2, i + 1);
  }
}

/* [path or text, options] → the reports, a list, and what is left over. What fails in its middle fails as a whole: nil,
 * message, code. */
static int narratives(lua_State *L, place *from) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_error error = {TIPL_OK, {0, 0}, 0, 0, ""};
  tipl_lua_hooks hooks;
  tipl_status status;
  batch *b;
  lua_settop(L, 2);
  tipl_lua_read_options(L, 2, &options, from->path != NULL ? NULL : &from->name);
  tipl_lua_heed_hooks(L, &hooks, &options);
  b = lua_newuserdatauv(L, sizeof *b, 0);
  memset(b, 0, sizeof *b);
  b->alloc = options.alloc;
  b->payload = options.alloc_payload;
  luaL_setmetatable(L, BATCH);
  status = read_all(b, from, &options, &error);
  if (status == TIPL_ENOMEM && (from->path == NULL || strcmp(from->path, "-") != 0)) {
    lua_pushcfunction(L, batch_drop);
    lua_pushvalue(L, 3);
    lua_call(L, 1, 0);
    lua_gc(L, LUA_GCCOLLECT); /* reports that nobody holds any more may make room */
    status = read_all(b, from, &options, &error);
  }
  if (status != TIPL_OK) {
    const char *name = from->path != NULL ? from->path : from->name != NULL ? from->name : "(text)";
    return tipl_lua_fail(L, name, status, &error);
  }
  push_reports(L, b);
  push_leftovers(L, b);
  return 2;
}

int tipl_lua_narratives(lua_State *L) {
  place from = {luaL_checkstring(L, 1), NULL, NULL, 0};
  return narratives(L, &from);
}

int tipl_lua_narratives_parse(lua_State *L) {
  place from = {NULL, NULL, NULL, 0};
  from.text = luaL_checklstring(L, 1, &from.length);
  return narratives(L, &from);
}

/* path_kind(path): "folder", "file" for what else is there, nil for what is not. Opens nothing: a pipe gives its bytes
 * once. */
int tipl_lua_path_kind(lua_State *L) {
  struct stat info;
  if (stat(luaL_checkstring(L, 1), &info) != 0) return 0;
  lua_pushstring(L, S_ISDIR(info.st_mode) ? "folder" : "file");
  return 1;
}

void tipl_lua_open_files(lua_State *L) {
  static const luaL_Reg walk_meta[] = {{"__gc", walk_close}, {"__close", walk_close}, {NULL, NULL}};
  static const luaL_Reg walk_methods[] = {
      {"next", walk_next}, {"skipped", walk_skipped}, {"close", walk_close}, {NULL, NULL}};
  luaL_newmetatable(L, WALK);
  luaL_setfuncs(L, walk_meta, 0);
  luaL_newlib(L, walk_methods);
  lua_setfield(L, -2, "__index");
  luaL_newmetatable(L, BATCH);
  lua_pushcfunction(L, batch_drop);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 2);
}
