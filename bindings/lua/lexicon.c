/* lexicon.c: the words that a script adds, one tipl_lexicon a state. It is replaced, never changed: reports hold
 * the one that they were parsed with, and metrics keep their numbers from one to the next.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

#define LEXICON "tipl.lexicon"

typedef struct holder {
  const tipl_lexicon *lexicon; /* a reference; NULL while nothing was added */
  tipl_lexicon *next;          /* being filled, or NULL */
} holder;

static int holder_gc(lua_State *L) {
  holder *h = luaL_checkudata(L, 1, LEXICON);
  tipl_lexicon_unref(h->lexicon);
  tipl_lexicon_unref(h->next);
  h->lexicon = h->next = NULL;
  return 0;
}

const tipl_lexicon *tipl_lua_lexicon(lua_State *L) {
  const tipl_lexicon *lexicon = NULL;
  if (lua_getfield(L, LUA_REGISTRYINDEX, LEXICON ".own") == LUA_TUSERDATA)
    lexicon = ((const holder *)lua_touserdata(L, -1))->lexicon;
  lua_pop(L, 1);
  return lexicon;
}

/* entry[name], a string or nil, anchored in the entry. */
static const char *string_of(lua_State *L, int entry, const char *name) {
  size_t length;
  const char *text = NULL;
  if (lua_getfield(L, entry, name) != LUA_TNIL) {
    text = luaL_checklstring(L, -1, &length);
    if (strlen(text) != length) luaL_error(L, "%s: a word holds no NUL", name);
  }
  lua_pop(L, 1);
  return text;
}

/* entry[name], a list of strings, as an array; pushes what holds it. */
static const char **strings_of(lua_State *L, int entry, const char *name, size_t *count) {
  const char **list;
  size_t i, length;
  lua_getfield(L, entry, name);
  *count = (size_t)luaL_len(L, -1);
  list = lua_newuserdatauv(L, (*count + 1) * sizeof *list, 0);
  for (i = 0; i < *count; i++) {
    lua_geti(L, -2, (lua_Integer)i + 1);
    list[i] = luaL_checklstring(L, -1, &length);
    if (strlen(list[i]) != length) luaL_error(L, "%s: a word holds no NUL", name);
    lua_pop(L, 1);
  }
  lua_remove(L, -2); /* the list stays anchored in the entry */
  return list;
}

/* lexicon_add(entries): adds { metric, unit, nouns, verbs, replace } each, all or none. True; or nil, a message, a
 * code and the number of the entry that failed. */
int tipl_lua_lexicon_add(lua_State *L) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_error error = {TIPL_OK, {0, 0}, 0, 0, ""};
  tipl_status status;
  holder *h;
  lua_Integer i, n;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  n = luaL_len(L, 1);
  if (lua_getfield(L, LUA_REGISTRYINDEX, LEXICON ".own") != LUA_TUSERDATA) return luaL_error(L, "the module is not open");
  h = lua_touserdata(L, 2);
  options.alloc = lua_getallocf(L, &options.alloc_payload);
  tipl_lexicon_unref(h->next); /* of a call that raised */
  h->next = NULL;
  status = tipl_lexicon_new(&h->next, h->lexicon, &options, &error);
  for (i = 1; i <= n && status == TIPL_OK; i++) {
    tipl_lexicon_words words = TIPL_LEXICON_WORDS_INIT;
    lua_settop(L, 2);
    lua_geti(L, 1, i);
    luaL_checktype(L, 3, LUA_TTABLE);
    words.metric = string_of(L, 3, "metric");
    words.unit = string_of(L, 3, "unit");
    words.nouns = strings_of(L, 3, "nouns", &words.noun_count);
    words.verbs = strings_of(L, 3, "verbs", &words.verb_count);
    lua_getfield(L, 3, "replace");
    words.replace = lua_toboolean(L, -1);
    status = tipl_lexicon_add(h->next, &words, &error);
  }
  if (status != TIPL_OK) {
    tipl_lexicon_unref(h->next);
    h->next = NULL;
    lua_pushnil(L);
    lua_pushstring(L, error.message);
    lua_pushstring(L, tipl_status_name(status));
    lua_pushinteger(L, i - 1);
    return 4;
  }
  tipl_lexicon_unref(h->lexicon);
  h->lexicon = h->next;
  h->next = NULL;
  lua_pushboolean(L, 1);
  return 1;
}

void tipl_lua_open_lexicon(lua_State *L) {
  holder *h;
  luaL_newmetatable(L, LEXICON);
  lua_pushcfunction(L, holder_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  if (lua_getfield(L, LUA_REGISTRYINDEX, LEXICON ".own") == LUA_TNIL) {
    h = lua_newuserdatauv(L, sizeof *h, 0);
    memset(h, 0, sizeof *h);
    luaL_setmetatable(L, LEXICON);
    lua_setfield(L, LUA_REGISTRYINDEX, LEXICON ".own");
  }
  lua_pop(L, 1);
}
