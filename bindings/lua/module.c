/* module.c: luaopen_tipl_core, and the functions that belong to no object. The module has no state
 * but the registry's classes, the words that a script adds and "tipl.strict"; it links no liblua of its own.
 *
 * SPDX-License-Identifier: MIT */
#include "match.h"

#include <string.h>

/* vocabulary(name): its words, "-" left out. */
static int vocabulary(lua_State *L) {
  static const char *const names[] = {
      "metric", "section", "tier",     "movement",  "bound", "state", "basis",   "form",   "who",
      "source", "status",  "relation", "certainty", "phase", "flag",  "measure", "origin", "use", NULL};
  _Static_assert(sizeof names / sizeof *names == TIPL_VOCAB_COUNT + 1, "one name for each");
  tipl_vocabulary which = (tipl_vocabulary)luaL_checkoption(L, 1, NULL, names);
  lua_Integer n = 0;
  uint32_t i;
  lua_newtable(L);
  for (i = 0; i < tipl_lua_vocabulary_size(L, which); i++) {
    const char *word = tipl_lua_word(L, which, i);
    if (strcmp(word, "-") == 0) continue;
    lua_pushstring(L, word);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* strict(on): whether reading an unknown field raises; returns what was. */
static int strict(lua_State *L) {
  int was = lua_getfield(L, LUA_REGISTRYINDEX, "tipl.strict") != LUA_TNIL;
  if (!lua_isnone(L, 1)) {
    if (lua_toboolean(L, 1))
      lua_pushboolean(L, 1);
    else
      lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "tipl.strict");
  }
  lua_pushboolean(L, was);
  return 1;
}

/* add(…): the exact sum of decimals, as text. */
static int add(lua_State *L) {
  tipl_decimal sum = {0, 0};
  int i, n = lua_gettop(L);
  for (i = 1; i <= n; i++)
    if (tipl_decimal_add(&sum, tipl_lua_check_decimal(L, i)) != TIPL_OK)
      return luaL_error(L, "the sum is too large to be exact");
  tipl_lua_push_decimal_text(L, sum);
  return 1;
}

/* nearest(word, list): the list's word that is least different. */
static int nearest(lua_State *L) {
  size_t length, candidate_length, distance, least = SIZE_MAX;
  const char *word = luaL_checklstring(L, 1, &length);
  lua_Integer i, n;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  n = luaL_len(L, 2);
  lua_pushnil(L); /* [word, list, best] */
  for (i = 1; i <= n; i++) {
    lua_geti(L, 2, i);
    const char *candidate = luaL_checklstring(L, -1, &candidate_length);
    distance = tipl_lua_distance(word, length, candidate, candidate_length);
    if (distance < least) {
      least = distance;
      lua_replace(L, 3);
    } else {
      lua_pop(L, 1);
    }
  }
  return 1;
}

/* class(name): the methods and field names of a class, for the parts of it that are written in Lua
 * and for completion. Fields are light userdata there. */
static int class(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  if (luaL_getmetatable(L, name) != LUA_TTABLE) return luaL_argerror(L, 1, "no such class");
  lua_getfield(L, -1, "names");
  return 1;
}

/* sha256(text): its 32 bytes. */
static int sha256(lua_State *L) {
  unsigned char digest[TIPL_DIGEST];
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  tipl_sha256(digest, text, length);
  lua_pushlstring(L, (const char *)digest, sizeof digest);
  return 1;
}

/* kind(value): the name of its class ("tipl.Fact"), or nil for any other value. */
static int kind(lua_State *L) {
  const char *name;
  luaL_checkany(L, 1);
  if (lua_type(L, 1) != LUA_TUSERDATA || luaL_getmetafield(L, 1, "__metatable") != LUA_TSTRING)
    return 0;
  name = lua_tostring(L, -1);
  if (strncmp(name, "tipl.", 5) != 0 || luaL_testudata(L, 1, name) == NULL) return 0;
  return 1;
}

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int luaopen_tipl_core(lua_State *L);

int luaopen_tipl_core(lua_State *L) {
  static const luaL_Reg functions[] = {{"open", tipl_lua_open},
                                       {"parse", tipl_lua_parse},
                                       {"vocabulary", vocabulary},
                                       {"strict", strict},
                                       {"add", add},
                                       {"nearest", nearest},
                                       {"class", class},
                                       {"kind", kind},
                                       {"sha256", sha256},
                                       {"walk", tipl_lua_walk},
                                       {"path_kind", tipl_lua_path_kind},
                                       {"narratives", tipl_lua_narratives},
                                       {"narratives_parse", tipl_lua_narratives_parse},
                                       {"corpus", tipl_lua_corpus},
                                       {"renew", tipl_lua_renew},
                                       {"replacement", tipl_lua_replacement},
                                       {"filter_keys", tipl_lua_filter_keys},
                                       {"element", tipl_lua_element_new},
                                       {"scanner", tipl_lua_scanner},
                                       {"scan", tipl_lua_scan},
                                       {"try", tipl_lua_try},
                                       {"starts", tipl_lua_starts},
                                       {"lexicon_add", tipl_lua_lexicon_add},
                                       {"layer", tipl_lua_layer},
                                       {"unlayer", tipl_lua_unlayer},
                                       {"layers", tipl_lua_layers},
                                       {NULL, NULL}};
  luaL_checkversion(L);
  tipl_lua_open_lexicon(L);
  tipl_lua_open_reports(L);
  tipl_lua_open_rows(L);
  tipl_lua_open_lists(L);
  tipl_lua_open_files(L);
  tipl_lua_open_corpora(L);
  tipl_lua_open_elements(L);
  tipl_lua_open_scanners(L);
  luaL_newlib(L, functions);
  lua_pushstring(L, tipl_version_string());
  lua_setfield(L, -2, "version");
  lua_pushstring(L, tipl_features());
  lua_setfield(L, -2, "features");
  return 1;
}
