/* query.c: filters written as Lua tables. What they take out is held by the lists of lists.c.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ filters
 * Every taker reads the value on top of the stack into `filter`; `owner` is the report's index. */

typedef struct key {
  const char *name;
  void (*take)(lua_State *L, const struct key *key, tipl_filter *filter, int owner);
  tipl_vocabulary vocabulary;
  size_t at; /* of the member of tipl_filter */
} key;

/* One word; or several joined by "+" where that is not a word itself. */
static uint64_t read_words(lua_State *L, int index, const key *k) {
  const char *word, *plus;
  uint64_t set = 0;
  if (lua_type(L, index) != LUA_TSTRING)
    luaL_error(L, "%s: a word or a list of words expected, got %s", k->name,
               luaL_typename(L, index));
  word = lua_tostring(L, index);
  if (k->vocabulary == TIPL_VOCAB_FORM || strchr(word, '+') == NULL)
    return (uint64_t)1 << tipl_lua_check_word(L, index, k->vocabulary, k->name);
  for (plus = word; plus != NULL; word = plus + 1) {
    plus = strchr(word, '+');
    if (plus != NULL)
      lua_pushlstring(L, word, (size_t)(plus - word));
    else
      lua_pushstring(L, word);
    set |= (uint64_t)1 << tipl_lua_check_word(L, -1, k->vocabulary, k->name);
    lua_pop(L, 1);
    if (plus == NULL) break;
  }
  return set;
}

static uint64_t read_set(lua_State *L, const key *k) {
  uint64_t set = 0;
  lua_Integer i, n;
  if (lua_type(L, -1) != LUA_TTABLE) return read_words(L, lua_gettop(L), k);
  n = luaL_len(L, -1);
  for (i = 1; i <= n; i++) {
    lua_geti(L, -1, i);
    set |= read_words(L, lua_gettop(L), k);
    lua_pop(L, 1);
  }
  if (set == 0) luaL_error(L, "%s: the list of words is empty", k->name);
  return set;
}

uint64_t tipl_lua_check_set(lua_State *L, tipl_vocabulary vocabulary, const char *what) {
  key k = {what, NULL, vocabulary, 0};
  return read_set(L, &k);
}

static void take_set(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  uint64_t set = read_set(L, k);
  (void)owner;
  memcpy((char *)filter + k->at, &set, sizeof set);
}

static void take_tags(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  uint32_t set = (uint32_t)read_set(L, k);
  (void)owner;
  memcpy((char *)filter + k->at, &set, sizeof set);
}

static void take_unit(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  (void)owner;
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "%s: a string expected, got %s", k->name, luaL_typename(L, -1));
  filter->unit = lua_tostring(L, -1); /* anchored in the filter table */
}

static void take_date(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  tipl_date date = tipl_lua_check_date(L, -1, k->name);
  (void)owner;
  memcpy((char *)filter + k->at, &date, sizeof date);
}

static void take_year(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  (void)owner;
  if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1 || lua_tointeger(L, -1) > 9999)
    luaL_error(L, "%s: a year expected, got %s", k->name, luaL_tolstring(L, -1, NULL));
  filter->year = (int)lua_tointeger(L, -1);
}

/* The row that the value names: a handle of this very report, its number, or for a fact its id. */
static uint32_t read_row(lua_State *L, const key *k, tipl_table table, int owner) {
  if (owner == 0)
    luaL_error(L, "%s: names a row of one report; ask that report", k->name);
  const tipl_lua_row *row = luaL_testudata(L, -1, tipl_lua_class_name(table));
  const tipl_report *report = tipl_lua_check_report(L, owner);
  lua_Integer number = 0;
  if (row != NULL) {
    lua_getiuservalue(L, -1, 1);
    if (!lua_rawequal(L, -1, owner)) luaL_error(L, "%s: a row of another report", k->name);
    lua_pop(L, 1);
    tipl_lua_check_taken(L, owner, table, row->row, row->taken);
    return row->row;
  }
  if (lua_isinteger(L, -1))
    number = lua_tointeger(L, -1);
  else if (table == TIPL_FACTS && lua_type(L, -1) == LUA_TSTRING && *lua_tostring(L, -1) == 'F')
    number = strtoll(lua_tostring(L, -1) + 1, NULL, 10);
  if (number < 1 || number > (lua_Integer)tipl_count(report, table))
    luaL_error(L, "%s: no such row: %s", k->name, luaL_tolstring(L, -1, NULL));
  return (uint32_t)(number - 1);
}

static void take_of(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  filter->of = read_row(L, k, TIPL_FACTS, owner);
}

static void take_sentence(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  filter->sentence = read_row(L, k, TIPL_SENTENCES, owner);
}

static void take_has_value(lua_State *L, const key *k, tipl_filter *filter, int owner) {
  (void)owner;
  if (!lua_isboolean(L, -1))
    luaL_error(L, "%s: true or false expected, got %s", k->name, luaL_typename(L, -1));
  filter->has_value = lua_toboolean(L, -1) ? 1 : -1;
}

#define AT(member) offsetof(tipl_filter, member)

static const key keys[] = {
    {"metric", take_set, TIPL_VOCAB_METRIC, AT(metrics)},
    {"section", take_set, TIPL_VOCAB_SECTION, AT(sections)},
    {"state", take_set, TIPL_VOCAB_STATE, AT(states)},
    {"bound", take_set, TIPL_VOCAB_BOUND, AT(bounds)},
    {"basis", take_set, TIPL_VOCAB_BASIS, AT(bases)},
    {"form", take_set, TIPL_VOCAB_FORM, AT(forms)},
    {"source", take_set, TIPL_VOCAB_SOURCE, AT(sources)},
    {"status", take_set, TIPL_VOCAB_STATUS, AT(statuses)},
    {"relation", take_set, TIPL_VOCAB_RELATION, AT(relations)},
    {"certainty", take_set, TIPL_VOCAB_CERTAINTY, AT(certainties)},
    {"phase", take_set, TIPL_VOCAB_PHASE, AT(phases)},
    {"who", take_tags, TIPL_VOCAB_WHO, AT(who)},
    {"not_who", take_tags, TIPL_VOCAB_WHO, AT(not_who)},
    {"flags", take_tags, TIPL_VOCAB_FLAG, AT(flags)},
    {"unit", take_unit, TIPL_VOCAB_COUNT, AT(unit)},
    {"from", take_date, TIPL_VOCAB_COUNT, AT(from)},
    {"to", take_date, TIPL_VOCAB_COUNT, AT(to)},
    {"year", take_year, TIPL_VOCAB_COUNT, AT(year)},
    {"of", take_of, TIPL_VOCAB_COUNT, AT(of)},
    {"sentence", take_sentence, TIPL_VOCAB_COUNT, AT(sentence)},
    {"has_value", take_has_value, TIPL_VOCAB_COUNT, AT(has_value)},
};
#define KEYS ((uint32_t)(sizeof keys / sizeof *keys))

static const char *key_name(const void *from, uint32_t i) {
  return ((const key *)from)[i].name;
}

void tipl_lua_read_filter(lua_State *L, int owner, int index, tipl_filter *filter) {
  uint32_t i;
  if (lua_isnoneornil(L, index)) return;
  if (!lua_istable(L, index))
    luaL_error(L, "a filter is a table like { metric = \"funding\" }, got %s",
               luaL_typename(L, index));
  lua_pushnil(L);
  while (lua_next(L, index)) { /* [key, value] */
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
    if (name == NULL)
      luaL_error(L, "a filter has named keys, as in { metric = \"funding\" }; got the key %s",
                 luaL_tolstring(L, -2, NULL));
    for (i = 0; i < KEYS && strcmp(keys[i].name, name) != 0; i++) {
    }
    if (i == KEYS) tipl_lua_unknown(L, "filter key", name, key_name, keys, KEYS);
    keys[i].take(L, &keys[i], filter, owner);
    lua_pop(L, 1);
  }
}

int tipl_lua_filter_keys(lua_State *L) {
  uint32_t i;
  lua_createtable(L, (int)KEYS, 0);
  for (i = 0; i < KEYS; i++) {
    lua_pushstring(L, keys[i].name);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}
