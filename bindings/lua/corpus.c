/* corpus.c: the class of corpora, and loading them. While a corpus loads, the core's threads allocate with the
 * state's own allocator, so that its memory cap covers them; a lock, which lives as long as the state, sees to
 * it that one does at a time. Lua itself runs on the calling thread alone.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <pthread.h>
#include <string.h>

#define CORPUS "tipl.Corpus"

typedef struct corpus_holder {
  const tipl_corpus *corpus; /* NULL: closed; user value 1: its report userdata by number */
  const tipl_corpus *loaded; /* without the facts of rules, a reference of its own; NULL: the same */
  uint32_t changes;          /* how often its facts changed their numbers */
} corpus_holder;

/* ------------------------------------------------------------------ the state's allocator, one at a time */

typedef struct lock {
  pthread_mutex_t mutex; /* recursive: the collector may free within the progress function */
  tipl_alloc_fn alloc;
  void *payload;
  int busy; /* a corpus is being loaded */
} lock;

static void *locked_alloc(void *payload, void *ptr, size_t osize, size_t nsize) {
  lock *l = payload;
  void *out;
  pthread_mutex_lock(&l->mutex);
  out = l->alloc(l->payload, ptr, osize, nsize);
  pthread_mutex_unlock(&l->mutex);
  return out;
}

/* [-0, +0, m] The state's lock. It has no finalizer: Lua frees it after all reports. */
static lock *lock_of(lua_State *L) {
  lock *l;
  pthread_mutexattr_t recursive;
  if (lua_getfield(L, LUA_REGISTRYINDEX, "tipl.lock") == LUA_TUSERDATA) {
    l = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return l;
  }
  l = lua_newuserdatauv(L, sizeof *l, 0);
  l->alloc = lua_getallocf(L, &l->payload);
  l->busy = 0;
  pthread_mutexattr_init(&recursive);
  pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&l->mutex, &recursive);
  pthread_mutexattr_destroy(&recursive);
  lua_setfield(L, LUA_REGISTRYINDEX, "tipl.lock");
  lua_pop(L, 1);
  return l;
}

/* ------------------------------------------------------------------ loading */

typedef struct watch {
  lua_State *L;
  lock *lock;
  int function; /* stack index of the progress function, or 0 */
  int failed;   /* it raised; the error is on top of the stack */
  tipl_lua_hooks hooks;
} watch;

/* Called by the core on this thread. The other threads wait for memory meanwhile. */
static int progress(void *payload, size_t done, size_t total) {
  watch *w = payload;
  int stop = 0;
  if (tipl_lua_hooked(&w->hooks, done, total)) return 1;
  if (w->function == 0) return 0;
  pthread_mutex_lock(&w->lock->mutex);
  lua_pushvalue(w->L, w->function);
  lua_pushinteger(w->L, (lua_Integer)done);
  lua_pushinteger(w->L, (lua_Integer)total);
  w->failed = lua_pcall(w->L, 2, 1, 0) != LUA_OK;
  if (w->failed || lua_toboolean(w->L, -1)) stop = 1;
  if (!w->failed) lua_pop(w->L, 1);
  pthread_mutex_unlock(&w->lock->mutex);
  return stop;
}

/* corpus(paths, options, progress): a corpus; or nil, message, code. `options` is a table of the caller's own,
 * whose `threads` goes. */
int tipl_lua_corpus(lua_State *L) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_error error = {TIPL_OK, {0, 0}, 0, 0, ""};
  corpus_holder *holder;
  tipl_corpus *corpus = NULL;
  const char **paths;
  size_t count;
  tipl_status status;
  watch w = {L, lock_of(L), 0, 0, {NULL, NULL, NULL, NULL}};
  unsigned threads;
  lua_settop(L, 3);
  threads = (unsigned)tipl_lua_take_whole(L, 2, "threads", 1, 64, 0);
  tipl_lua_read_options(L, 2, &options, NULL);
  options.threads = threads;
  paths = tipl_lua_check_paths(L, 1, &count);                /* [paths, options, progress, array] */
  holder = lua_newuserdatauv(L, sizeof *holder, 1); /* [paths, options, progress, array, corpus] */
  holder->corpus = holder->loaded = NULL;
  holder->changes = 0;
  luaL_setmetatable(L, CORPUS);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 1);
  luaL_checkstack(L, 8, NULL);
  if (w.lock->busy) return luaL_error(L, "a corpus is being loaded already");
  w.function = lua_isnil(L, 3) ? 0 : 3;
  options.alloc = locked_alloc;
  options.alloc_payload = w.lock;
  options.progress = progress;
  options.progress_payload = &w;
  tipl_lua_note_hooks(L, &w.hooks);
  w.lock->busy = 1;
  tipl_lexicon_ref(options.lexicon); /* the progress function may add words meanwhile */
  status = tipl_corpus_load(&corpus, paths, count, &options, &error);
  w.lock->busy = 0;
  tipl_lexicon_unref(options.lexicon);
  holder->corpus = corpus;
  if (w.failed) return lua_error(L);
  if (status != TIPL_OK) {
    lua_pushnil(L);
    lua_pushstring(L, error.message);
    lua_pushstring(L, tipl_status_name(status));
    return 3;
  }
  if (lua_gc(L, LUA_GCISRUNNING)) lua_gc(L, LUA_GCSTEP, (int)(tipl_corpus_memory(corpus) / 1024));
  return 1;
}

/* ------------------------------------------------------------------ a corpus as an owner of rows */

int tipl_lua_is_corpus(lua_State *L, int index) {
  return luaL_testudata(L, index, CORPUS) != NULL;
}

int tipl_lua_is_open(lua_State *L, int index) {
  return ((const corpus_holder *)lua_touserdata(L, index))->corpus != NULL;
}

const tipl_corpus *tipl_lua_check_corpus(lua_State *L, int index) {
  const corpus_holder *holder = luaL_checkudata(L, index, CORPUS);
  if (holder->corpus == NULL) luaL_error(L, "the corpus is closed");
  return holder->corpus;
}

void tipl_lua_push_report(lua_State *L, int index, uint32_t number) {
  const corpus_holder *own = lua_touserdata(L, index);
  const tipl_corpus *corpus = own->loaded != NULL ? own->loaded : own->corpus;
  tipl_lua_report *holder;
  index = lua_absindex(L, index);
  lua_getiuservalue(L, index, 1);
  if (lua_rawgeti(L, -1, (lua_Integer)number + 1) == LUA_TUSERDATA &&
      ((const tipl_lua_report *)lua_touserdata(L, -1))->report != NULL) {
    lua_remove(L, -2);
    return;
  }
  lua_pop(L, 1);
  holder = tipl_lua_new_report(L); /* [… reports, report] */
  holder->report = tipl_corpus_report(corpus, number);
  holder->number = number;
  tipl_report_ref(holder->report);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, (lua_Integer)number + 1);
  lua_remove(L, -2);
}

/* ------------------------------------------------------------------ filters of reports */

static int check_year(lua_State *L, const char *key) {
  if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1900 || lua_tointeger(L, -1) > 2999)
    luaL_error(L, "%s: an edition like 2021 expected, got %s", key, luaL_tolstring(L, -1, NULL));
  return (int)lua_tointeger(L, -1);
}

static const char *const report_keys[] = {"country", "year", "from", "to", "tier", "movement"};
#define REPORT_KEYS ((uint32_t)(sizeof report_keys / sizeof *report_keys))

static const char *report_key(const void *from, uint32_t i) {
  return ((const char *const *)from)[i];
}

static void take_report_key(lua_State *L, const char *key, tipl_report_filter *filter) {
  uint32_t i = 0;
  while (i < REPORT_KEYS && strcmp(report_keys[i], key) != 0) i++;
  switch (i) {
    case 0:
      if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "country: a name or ISO code expected, got %s", luaL_typename(L, -1));
      filter->country = lua_tostring(L, -1); /* anchored in the filter table */
      break;
    case 1:
      filter->first_year = filter->last_year = check_year(L, key);
      break;
    case 2:
      filter->first_year = check_year(L, key);
      break;
    case 3:
      filter->last_year = check_year(L, key);
      break;
    case 4:
      filter->tiers = (uint32_t)tipl_lua_check_set(L, TIPL_VOCAB_TIER, key);
      break;
    case 5:
      filter->movements = (uint32_t)tipl_lua_check_set(L, TIPL_VOCAB_MOVEMENT, key);
      break;
    default:
      tipl_lua_unknown(L, "key of a filter of reports", key, report_key, report_keys, REPORT_KEYS);
  }
}

/* [-0, +0, v] Reads the table (or nil) at `index`, which must stay on the stack. */
static void read_report_filter(lua_State *L, int index, tipl_report_filter *filter) {
  if (lua_isnoneornil(L, index)) return;
  if (!lua_istable(L, index))
    luaL_error(L, "a filter of reports is a table like { country = \"NOR\" }, got %s", luaL_typename(L, index));
  lua_pushnil(L);
  while (lua_next(L, index)) { /* [key, value] */
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "a filter has named keys, as in { year = 2021 }; got the key %s", luaL_tolstring(L, -2, NULL));
    take_report_key(L, lua_tostring(L, -2), filter);
    lua_pop(L, 1);
  }
}

/* ------------------------------------------------------------------ methods */

static int corpus_close(lua_State *L) {
  corpus_holder *holder = luaL_checkudata(L, 1, CORPUS);
  const tipl_corpus *corpus = holder->corpus, *loaded = holder->loaded;
  holder->corpus = holder->loaded = NULL;
  tipl_corpus_unref(corpus);
  tipl_corpus_unref(loaded);
  return 0;
}

uint32_t tipl_lua_corpus_changes(lua_State *L, int index) {
  return ((const corpus_holder *)lua_touserdata(L, index))->changes;
}

/* renew(corpus): takes over the facts that rules made in its reports, or that were taken away. */
int tipl_lua_renew(lua_State *L) {
  corpus_holder *holder = luaL_checkudata(L, 1, CORPUS);
  const tipl_corpus *loaded;
  const tipl_report **reports;
  tipl_corpus *made;
  tipl_error error;
  uint32_t i, count;
  tipl_lua_check_corpus(L, 1);
  loaded = holder->loaded != NULL ? holder->loaded : holder->corpus;
  count = tipl_corpus_count(loaded);
  lua_settop(L, 1);
  reports = lua_newuserdatauv(L, (count + 1) * sizeof *reports, 0);
  lua_getiuservalue(L, 1, 1);
  for (i = 0; i < count; i++) {
    const tipl_lua_report *report = NULL;
    if (lua_rawgeti(L, 3, (lua_Integer)i + 1) == LUA_TUSERDATA) report = lua_touserdata(L, -1);
    reports[i] = report != NULL && report->report != NULL ? report->report : tipl_corpus_report(loaded, i);
    lua_pop(L, 1);
  }
  if (tipl_corpus_with(&made, loaded, reports, &error) != TIPL_OK) return luaL_error(L, "%s", error.message);
  if (holder->loaded != NULL) tipl_corpus_unref(holder->corpus);
  holder->loaded = loaded;
  holder->corpus = made;
  holder->changes++;
  return 0;
}

static int corpus_tostring(lua_State *L) {
  const corpus_holder *holder = luaL_checkudata(L, 1, CORPUS);
  if (holder->corpus == NULL)
    lua_pushliteral(L, "corpus (closed)");
  else
    lua_pushfstring(L, "corpus of %I reports (%I facts)", (LUAI_UACINT)tipl_corpus_count(holder->corpus),
                    (LUAI_UACINT)tipl_corpus_facts(holder->corpus));
  return 1;
}

static int corpus_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)tipl_corpus_count(tipl_lua_check_corpus(L, 1)));
  return 1;
}

/* corpus:reports(filter): a list of the reports that it takes. */
static int corpus_reports(lua_State *L) {
  const tipl_corpus *corpus = tipl_lua_check_corpus(L, 1);
  tipl_report_filter filter = TIPL_REPORT_FILTER_INIT;
  lua_Integer n = 0;
  uint32_t i;
  lua_settop(L, 2);
  read_report_filter(L, 2, &filter);
  lua_newtable(L);
  for (i = tipl_next_report(corpus, &filter, 0); i != TIPL_NONE; i = tipl_next_report(corpus, &filter, i + 1)) {
    tipl_lua_push_report(L, 1, i);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* corpus:facts(filter, reports): the facts that the filter takes, of reports that the second one takes. */
static int corpus_facts(lua_State *L) {
  tipl_filter filter = TIPL_FILTER_INIT;
  tipl_report_filter reports = TIPL_REPORT_FILTER_INIT;
  const tipl_corpus *corpus = tipl_lua_check_corpus(L, 1);
  lua_settop(L, 3);
  if (lua_isnil(L, 2) && lua_isnil(L, 3)) {
    tipl_lua_push_range(L, 1, TIPL_FACTS, 0, tipl_corpus_facts(corpus));
    return 1;
  }
  tipl_lua_read_filter(L, 0, 2, &filter);
  read_report_filter(L, 3, &reports);
  tipl_lua_push_corpus_facts(L, 1, &reports, &filter);
  return 1;
}

/* corpus:failures(): { { path, message, code } … } */
static int corpus_failures(lua_State *L) {
  const tipl_corpus *corpus = tipl_lua_check_corpus(L, 1);
  tipl_corpus_failure failure;
  uint32_t i;
  lua_newtable(L);
  for (i = 0; tipl_corpus_failure_at(&failure, corpus, i); i++) {
    lua_createtable(L, 0, 3);
    lua_pushstring(L, failure.path);
    lua_setfield(L, -2, "path");
    tipl_lua_fail(L, failure.path, failure.error.status, &failure.error); /* [… nil, message, code] */
    lua_setfield(L, -4, "code");
    lua_setfield(L, -3, "message");
    lua_pop(L, 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* corpus:duplicates(): { { path, of = report } … } */
static int corpus_duplicates(lua_State *L) {
  const tipl_corpus *corpus = tipl_lua_check_corpus(L, 1);
  tipl_corpus_duplicate duplicate;
  uint32_t i;
  lua_newtable(L);
  for (i = 0; tipl_corpus_duplicate_at(&duplicate, corpus, i); i++) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, duplicate.path);
    lua_setfield(L, -2, "path");
    tipl_lua_push_report(L, 1, duplicate.of);
    lua_setfield(L, -2, "of");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int corpus_skipped(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)tipl_corpus_skipped(tipl_lua_check_corpus(L, 1)));
  return 1;
}

static int corpus_memory(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)tipl_corpus_memory(tipl_lua_check_corpus(L, 1)));
  return 1;
}

void tipl_lua_open_corpora(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", corpus_close},           {"__close", corpus_close},
                                  {"__tostring", corpus_tostring},  {"__len", corpus_length},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"reports", corpus_reports}, {"facts", corpus_facts},   {"failures", corpus_failures},
      {"memory", corpus_memory},   {"skipped", corpus_skipped}, {"duplicates", corpus_duplicates},
      {"close", corpus_close},     {NULL, NULL}};
  luaL_newmetatable(L, CORPUS);
  luaL_setfuncs(L, meta, 0);
  lua_pushstring(L, CORPUS);
  lua_setfield(L, -2, "__metatable");
  luaL_newlib(L, methods);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "names");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
