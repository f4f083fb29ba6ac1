/* query.c: filters written as Lua tables, and lists of rows. A list knows its rows by number, so
 * that it can be gone through, indexed, summed and narrowed without a handle for each.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <stdlib.h>
#include <string.h>

#define LIST "tipl.List"

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
  const tipl_lua_row *row = luaL_testudata(L, -1, tipl_lua_class_name(table));
  const tipl_report *report = tipl_lua_check_report(L, owner);
  lua_Integer number = 0;
  if (row != NULL) {
    lua_getiuservalue(L, -1, 1);
    if (!lua_rawequal(L, -1, owner)) luaL_error(L, "%s: a row of another report", k->name);
    lua_pop(L, 1);
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

/* [-0, +0, v] Reads the table (or nil) at `index`, which must stay on the stack while the filter is
 * used. */
static void read_filter(lua_State *L, int owner, int index, tipl_filter *filter) {
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

/* ------------------------------------------------------------------ making lists */

static tipl_lua_list *new_list(lua_State *L, int owner, tipl_table table, uint32_t room) {
  tipl_lua_list *list =
      lua_newuserdatauv(L, sizeof *list + (size_t)room * sizeof list->rows[0], 1); /* [list] */
  list->table = table;
  list->count = 0;
  list->first = TIPL_NONE;
  lua_pushvalue(L, owner);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, LIST);
  return list;
}

void tipl_lua_push_range(lua_State *L, int owner, tipl_table table, uint32_t first,
                         uint32_t count) {
  tipl_lua_list *list = new_list(L, owner, table, 0);
  list->first = first;
  list->count = count;
}

void tipl_lua_push_facts(lua_State *L, int owner, int index) {
  tipl_filter filter = TIPL_FILTER_INIT;
  const tipl_report *report = tipl_lua_check_report(L, owner);
  tipl_lua_list *list;
  uint32_t room, row;
  if (lua_isnoneornil(L, index)) {
    tipl_lua_push_range(L, owner, TIPL_FACTS, 0, tipl_count(report, TIPL_FACTS));
    return;
  }
  read_filter(L, owner, index, &filter);
  room = tipl_count_facts(report, &filter);
  list = new_list(L, owner, TIPL_FACTS, room);
  for (row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE && list->count < room;
       row = tipl_next_fact(report, &filter, row + 1))
    list->rows[list->count++] = row;
}

/* ------------------------------------------------------------------ reading lists */

static uint32_t row_of(const tipl_lua_list *list, uint32_t i) {
  return list->first == TIPL_NONE ? list->rows[i] : list->first + i;
}

/* How many of the list's rows stand before `row` or are it. */
static uint32_t count_up_to(const tipl_lua_list *list, uint32_t row) {
  uint32_t low = 0, high = list->count, middle;
  while (low < high) {
    middle = low + (high - low) / 2;
    if (row_of(list, middle) <= row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* [-0, +1, v] The list at `index`; pushes its report, which is open. */
static tipl_lua_list *check_list(lua_State *L, int index, const tipl_report **report) {
  tipl_lua_list *list = luaL_checkudata(L, index, LIST);
  lua_getiuservalue(L, index, 1);
  *report = tipl_lua_check_report(L, lua_gettop(L));
  return list;
}

static int list_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)((tipl_lua_list *)luaL_checkudata(L, 1, LIST))->count);
  return 1;
}

/* The list is its own iterator: called with the row before, it gives the next one. */
static int list_call(lua_State *L) {
  const tipl_report *report;
  tipl_lua_list *list;
  uint32_t i = 0;
  lua_settop(L, 3);
  list = check_list(L, 1, &report); /* [list, state, before, report] */
  if (!lua_isnil(L, 3))
    i = count_up_to(list,
                    ((tipl_lua_row *)luaL_checkudata(L, 3, tipl_lua_class_name(list->table)))->row);
  if (i >= list->count) return 0;
  tipl_lua_push_row(L, 4, list->table, row_of(list, i));
  return 1;
}

/* Upvalue 1: the methods. */
static int list_index(lua_State *L) {
  const tipl_report *report;
  tipl_lua_list *list;
  lua_Integer i;
  if (!lua_isinteger(L, 2)) {
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
  }
  list = check_list(L, 1, &report);
  i = lua_tointeger(L, 2);
  if (i < 1 || i > (lua_Integer)list->count)
    lua_pushnil(L);
  else
    tipl_lua_push_row(L, lua_gettop(L), list->table, row_of(list, (uint32_t)(i - 1)));
  return 1;
}

static int list_tostring(lua_State *L) {
  const tipl_lua_list *list = luaL_checkudata(L, 1, LIST);
  const tipl_lua_report *holder;
  lua_getiuservalue(L, 1, 1);
  holder = lua_touserdata(L, -1);
  lua_pushfstring(L, "list of %I × %s%s", (LUAI_UACINT)list->count,
                  tipl_lua_class_name(list->table),
                  holder->report == NULL ? " (report closed)" : "");
  return 1;
}

/* list:column(name): the field of every row, in a table with n. */
static int list_column(lua_State *L) {
  const tipl_report *report;
  tipl_lua_list *list;
  const tipl_lua_field *field;
  const char *name = luaL_checkstring(L, 2);
  uint32_t i;
  list = check_list(L, 1, &report);
  field = tipl_lua_fields_of(list->table);
  while (field->name != NULL && strcmp(field->name, name) != 0) field++;
  if (field->name == NULL) { /* let a row complain or not, as tipl.strict says */
    tipl_lua_push_row(L, lua_gettop(L), list->table, list->count ? row_of(list, 0) : 0);
    lua_getfield(L, -1, name);
  }
  lua_createtable(L, (int)list->count, 1);
  lua_pushinteger(L, (lua_Integer)list->count);
  lua_setfield(L, -2, "n"); /* [… column] */
  for (i = 0; i < list->count && field->name != NULL; i++) {
    tipl_lua_push_row(L, 3, list->table, row_of(list, i));
    lua_getfield(L, -1, name);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
    lua_pop(L, 1);
  }
  return 1;
}

static int list_totable(lua_State *L) {
  const tipl_report *report;
  tipl_lua_list *list;
  uint32_t i;
  lua_settop(L, 1);
  list = check_list(L, 1, &report); /* [list, report] */
  lua_createtable(L, (int)list->count, 0);
  for (i = 0; i < list->count; i++) {
    tipl_lua_push_row(L, 2, list->table, row_of(list, i)); /* [… out, row] */
    lua_getfield(L, -1, "totable");
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
    lua_rawseti(L, 3, (lua_Integer)i + 1);
    lua_pop(L, 1);
  }
  return 1;
}

/* ------------------------------------------------------------------ narrowing */

/* Rows of `list` that the filter takes: two ascending sequences, gone through once. */
static void keep_filtered(const tipl_report *report, const tipl_filter *filter,
                          const tipl_lua_list *list, tipl_lua_list *out) {
  uint32_t i, row, next = 0;
  for (i = 0; i < list->count && next != TIPL_NONE; i++) {
    row = row_of(list, i);
    if (next < row || i == 0) next = tipl_next_fact(report, filter, row);
    if (next == row) out->rows[out->count++] = row;
  }
}

/* list:where(filter or function): the rows that it takes, as a list. */
static int list_where(lua_State *L) {
  const tipl_report *report;
  tipl_lua_list *list, *out;
  uint32_t i;
  lua_settop(L, 2);
  list = check_list(L, 1, &report);               /* [list, test, report] */
  out = new_list(L, 3, list->table, list->count); /* [list, test, report, out] */
  if (!lua_isfunction(L, 2)) {
    tipl_filter filter = TIPL_FILTER_INIT;
    if (list->table != TIPL_FACTS) luaL_argerror(L, 2, "only facts have filters; pass a function");
    read_filter(L, 3, 2, &filter);
    keep_filtered(report, &filter, list, out);
    return 1;
  }
  for (i = 0; i < list->count; i++) {
    lua_pushvalue(L, 2);
    tipl_lua_push_row(L, 3, list->table, row_of(list, i));
    lua_call(L, 1, 1);
    if (lua_toboolean(L, -1)) out->rows[out->count++] = row_of(list, i);
    lua_pop(L, 1);
  }
  return 1;
}

/* ------------------------------------------------------------------ totals */

static const tipl_lua_list *check_facts(lua_State *L, const tipl_report **report) {
  const tipl_lua_list *list;
  lua_settop(L, 1);
  list = check_list(L, 1, report);
  if (list->table != TIPL_FACTS) luaL_argerror(L, 1, "a list of facts expected");
  return list;
}

/* The same as tipl_sum_facts, over rows that need not come from one filter. */
static void add_up(lua_State *L, const tipl_report *report, const tipl_lua_list *list,
                   tipl_total *total, const char **unit) {
  tipl_fact fact;
  uint32_t i;
  for (i = 0; i < list->count; i++) {
    if (!tipl_fact_at(&fact, report, row_of(list, i))) continue;
    if (!fact.has_value) {
      total->unknown += fact.label == NULL;
      continue;
    }
    if (*unit == NULL) *unit = fact.unit;
    if (strcmp(*unit, fact.unit) != 0) total->mixed = 1;
    if (fact.bound == TIPL_BOUND_MORE || fact.bound == TIPL_BOUND_AT_LEAST) total->lower_bound = 1;
    if (tipl_decimal_add(&total->sum, fact.value) != TIPL_OK)
      luaL_error(L, "the sum is too large to be exact");
    total->facts++;
  }
  if (total->unknown > 0) total->lower_bound = 1;
}

/* list:sum(): the number; or nil and why there is none. */
static int list_sum(lua_State *L) {
  const tipl_report *report;
  const tipl_lua_list *list = check_facts(L, &report);
  tipl_total total = {{0, 0}, 0, 0, 0, 0};
  const char *unit = NULL;
  add_up(L, report, list, &total, &unit);
  if (total.mixed || total.facts == 0) {
    lua_pushnil(L);
    lua_pushstring(L, total.mixed ? "the units differ" : "no fact with a value");
    return 2;
  }
  tipl_lua_push_decimal(L, total.sum);
  return 1;
}

/* list:total(): { sum, text, unit, facts, unknown, lower_bound, mixed }. */
static int list_total(lua_State *L) {
  const tipl_report *report;
  const tipl_lua_list *list = check_facts(L, &report);
  tipl_total total = {{0, 0}, 0, 0, 0, 0};
  const char *unit = NULL;
  add_up(L, report, list, &total, &unit);
  lua_createtable(L, 0, 7);
  if (!total.mixed && total.facts > 0) {
    tipl_lua_push_decimal(L, total.sum);
    lua_setfield(L, -2, "sum");
    tipl_lua_push_decimal_text(L, total.sum);
    lua_setfield(L, -2, "text");
    lua_pushstring(L, unit);
    lua_setfield(L, -2, "unit");
  }
  lua_pushinteger(L, (lua_Integer)total.facts);
  lua_setfield(L, -2, "facts");
  lua_pushinteger(L, (lua_Integer)total.unknown);
  lua_setfield(L, -2, "unknown");
  lua_pushboolean(L, total.lower_bound);
  lua_setfield(L, -2, "lower_bound");
  lua_pushboolean(L, total.mixed);
  lua_setfield(L, -2, "mixed");
  return 1;
}

static int list_unknown(lua_State *L) {
  const tipl_report *report;
  const tipl_lua_list *list = check_facts(L, &report);
  tipl_fact fact;
  uint32_t i, unknown = 0;
  for (i = 0; i < list->count; i++)
    if (tipl_fact_at(&fact, report, row_of(list, i)))
      unknown += !fact.has_value && fact.label == NULL;
  lua_pushinteger(L, (lua_Integer)unknown);
  return 1;
}

void tipl_lua_open_lists(lua_State *L) {
  static const luaL_Reg meta[] = {
      {"__len", list_length}, {"__call", list_call}, {"__tostring", list_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"column", list_column}, {"totable", list_totable}, {"where", list_where}, {"sum", list_sum},
      {"total", list_total},   {"unknown", list_unknown}, {NULL, NULL}};
  luaL_newmetatable(L, LIST);
  luaL_setfuncs(L, meta, 0);
  lua_pushstring(L, LIST);
  lua_setfield(L, -2, "__metatable");
  luaL_newlib(L, methods);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "names");
  lua_pushcclosure(L, list_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
