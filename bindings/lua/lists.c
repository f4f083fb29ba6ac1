/* lists.c: lists of rows. A list knows its rows by number, so that it can be gone through, indexed, summed and
 * narrowed without a handle for each. Its rows are one report's, or facts of a corpus, numbered through.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

#define LIST "tipl.List"

/* What a list's rows belong to, open, and at which index of the stack. */
typedef struct owner {
  int index;
  const tipl_report *report; /* NULL: a corpus */
  const tipl_corpus *corpus;
} owner;

/* ------------------------------------------------------------------ Ctrl-C
 * It sets a hook for calls, returns, lines and every instruction (as lua5.4 does, too), which a loop in C does not come
 * to. So long loops look for such a hook now and then, and let it raise by calling something. */

enum { POLL_ROWS = 4096 };

static int nothing(lua_State *L) {
  (void)L;
  return 0;
}

/* [-0, +0, v] */
static void poll(lua_State *L) {
  if (lua_gethookmask(L) != (LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT) || lua_gethookcount(L) != 1) return;
  lua_pushcfunction(L, nothing);
  lua_call(L, 0, 0);
}

/* ------------------------------------------------------------------ making lists */

static tipl_lua_list *new_list(lua_State *L, int index, tipl_table table, uint32_t room) {
  tipl_lua_list *list =
      lua_newuserdatauv(L, sizeof *list + (size_t)room * sizeof list->rows[0], 1); /* [list] */
  list->table = table;
  list->count = 0;
  list->first = TIPL_NONE;
  list->taken = tipl_lua_is_corpus(L, index) ? tipl_lua_corpus_changes(L, index) : ((const tipl_lua_report *)lua_touserdata(L, index))->taken;
  lua_pushvalue(L, index);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, LIST);
  return list;
}

void tipl_lua_push_range(lua_State *L, int index, tipl_table table, uint32_t first,
                         uint32_t count) {
  tipl_lua_list *list = new_list(L, index, table, 0);
  list->first = first;
  list->count = count;
}

void tipl_lua_push_facts(lua_State *L, int index, int from) {
  tipl_filter filter = TIPL_FILTER_INIT;
  const tipl_report *report = tipl_lua_check_report(L, index);
  tipl_lua_list *list;
  uint32_t room, row;
  if (lua_isnoneornil(L, from)) {
    tipl_lua_push_range(L, index, TIPL_FACTS, 0, tipl_count(report, TIPL_FACTS));
    return;
  }
  tipl_lua_read_filter(L, index, from, &filter);
  room = tipl_count_facts(report, &filter);
  list = new_list(L, index, TIPL_FACTS, room);
  for (row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE && list->count < room;
       row = tipl_next_fact(report, &filter, row + 1))
    list->rows[list->count++] = row;
}

void tipl_lua_push_corpus_facts(lua_State *L, int index, const tipl_report_filter *reports,
                                const tipl_filter *filter) {
  const tipl_corpus *corpus = tipl_lua_check_corpus(L, index);
  tipl_lua_list *list;
  uint32_t room = 0, report, row, first;
  for (report = tipl_next_report(corpus, reports, 0); report != TIPL_NONE; report = tipl_next_report(corpus, reports, report + 1)) {
    room += tipl_count_facts(tipl_corpus_report(corpus, report), filter);
    poll(L);
    if (tipl_lua_check_corpus(L, index) != corpus) luaL_error(L, "the corpus was changed by a hook");
  }
  list = new_list(L, index, TIPL_FACTS, room);
  for (report = tipl_next_report(corpus, reports, 0); report != TIPL_NONE; report = tipl_next_report(corpus, reports, report + 1)) {
    const tipl_report *own = tipl_corpus_report(corpus, report);
    first = tipl_corpus_first_fact(corpus, report);
    for (row = tipl_next_fact(own, filter, 0); row != TIPL_NONE && list->count < room; row = tipl_next_fact(own, filter, row + 1))
      list->rows[list->count++] = first + row;
  }
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

/* [-0, +1, v] The list at `index`; pushes its owner, which is open. */
static tipl_lua_list *check_list(lua_State *L, int index, owner *of) {
  tipl_lua_list *list = luaL_checkudata(L, index, LIST);
  lua_getiuservalue(L, index, 1);
  of->index = lua_gettop(L);
  of->report = NULL;
  of->corpus = NULL;
  if (tipl_lua_is_corpus(L, of->index))
    of->corpus = tipl_lua_check_corpus(L, of->index);
  else
    of->report = tipl_lua_check_report(L, of->index);
  if (of->corpus != NULL && list->count > 0 && list->taken != tipl_lua_corpus_changes(L, of->index))
    luaL_error(L, "a rule set was applied or retracted since this list was made; ask the corpus again");
  if (of->report != NULL && list->count > 0)
    tipl_lua_check_taken(L, of->index, list->table, row_of(list, list->count - 1), list->taken);
  return list;
}

/* The report of the list's i-th row, and the row's number there. */
static const tipl_report *locate(const owner *of, const tipl_lua_list *list, uint32_t i,
                                 uint32_t *row) {
  uint32_t number = row_of(list, i), report;
  *row = number;
  if (of->report != NULL) return of->report;
  report = tipl_corpus_report_of(of->corpus, number);
  *row = number - tipl_corpus_first_fact(of->corpus, report);
  return tipl_corpus_report(of->corpus, report);
}

/* [-0, +1, m] The handle of the list's i-th row. */
static void push_at(lua_State *L, const owner *of, const tipl_lua_list *list, uint32_t i) {
  uint32_t row;
  locate(of, list, i, &row);
  if (of->report != NULL) {
    tipl_lua_push_row(L, of->index, list->table, row);
    return;
  }
  tipl_lua_push_report(L, of->index, tipl_corpus_report_of(of->corpus, row_of(list, i))); /* [… report] */
  tipl_lua_push_row(L, lua_gettop(L), list->table, row);
  lua_remove(L, -2);
}

static int list_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)((tipl_lua_list *)luaL_checkudata(L, 1, LIST))->count);
  return 1;
}

/* The number by which the list knows the row at `index`, a handle that it gave out. */
static uint32_t number_of(lua_State *L, int index, const owner *of, const tipl_lua_list *list) {
  const tipl_lua_row *row = luaL_checkudata(L, index, tipl_lua_class_name(list->table));
  const tipl_lua_report *report;
  uint32_t first = 0;
  if (of->report == NULL) {
    lua_getiuservalue(L, index, 1);
    report = lua_touserdata(L, -1);
    first = tipl_corpus_first_fact(of->corpus, report->number);
    if (first == TIPL_NONE) luaL_error(L, "a row of another list");
    lua_pop(L, 1);
  }
  return first + row->row;
}

/* The list is its own iterator: called with the row before, it gives the next one. */
static int list_call(lua_State *L) {
  owner of;
  tipl_lua_list *list;
  uint32_t i = 0;
  lua_settop(L, 3);
  list = check_list(L, 1, &of); /* [list, state, before, owner] */
  if (!lua_isnil(L, 3)) i = count_up_to(list, number_of(L, 3, &of, list));
  if (i >= list->count) return 0;
  push_at(L, &of, list, i);
  return 1;
}

/* Upvalue 1: the methods. */
static int list_index(lua_State *L) {
  owner of;
  tipl_lua_list *list;
  lua_Integer i;
  if (!lua_isinteger(L, 2)) {
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
  }
  list = check_list(L, 1, &of);
  i = lua_tointeger(L, 2);
  if (i < 1 || i > (lua_Integer)list->count)
    lua_pushnil(L);
  else
    push_at(L, &of, list, (uint32_t)(i - 1));
  return 1;
}

static int list_tostring(lua_State *L) {
  const tipl_lua_list *list = luaL_checkudata(L, 1, LIST);
  const char *closed = "";
  lua_getiuservalue(L, 1, 1);
  if (tipl_lua_is_corpus(L, 2))
    closed = tipl_lua_is_open(L, 2) ? "" : " (corpus closed)";
  else if (((const tipl_lua_report *)lua_touserdata(L, 2))->report == NULL)
    closed = " (report closed)";
  lua_pushfstring(L, "list of %I × %s%s", (LUAI_UACINT)list->count,
                  tipl_lua_class_name(list->table), closed);
  return 1;
}

/* list:column(name): the field of every row, in a table with n. */
static int list_column(lua_State *L) {
  owner of;
  tipl_lua_list *list;
  const tipl_lua_field *field;
  const char *name = luaL_checkstring(L, 2);
  uint32_t i;
  lua_settop(L, 2);
  list = check_list(L, 1, &of);
  field = tipl_lua_fields_of(list->table);
  while (field->name != NULL && strcmp(field->name, name) != 0) field++;
  if (field->name == NULL && list->count > 0) { /* let a row complain or not, as tipl.strict says */
    push_at(L, &of, list, 0);
    lua_getfield(L, -1, name);
  }
  lua_createtable(L, (int)list->count, 1);
  lua_pushinteger(L, (lua_Integer)list->count);
  lua_setfield(L, -2, "n"); /* [… column] */
  for (i = 0; i < list->count && field->name != NULL; i++) {
    push_at(L, &of, list, i);
    lua_getfield(L, -1, name);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
    lua_pop(L, 1);
  }
  return 1;
}

static int list_totable(lua_State *L) {
  owner of;
  tipl_lua_list *list;
  uint32_t i;
  lua_settop(L, 1);
  list = check_list(L, 1, &of); /* [list, owner] */
  lua_createtable(L, (int)list->count, 0);
  for (i = 0; i < list->count; i++) {
    push_at(L, &of, list, i); /* [… out, row] */
    lua_getfield(L, -1, "totable");
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
    lua_rawseti(L, 3, (lua_Integer)i + 1);
    lua_pop(L, 1);
  }
  return 1;
}

/* ------------------------------------------------------------------ narrowing */

/* Rows of `list` that the filter takes: two ascending sequences, gone through once for each report. */
static void keep_filtered(lua_State *L, const owner *of, const tipl_filter *filter, const tipl_lua_list *list,
                          tipl_lua_list *out) {
  const tipl_report *before = NULL;
  uint32_t i, row, next = 0;
  for (i = 0; i < list->count; i++) {
    const tipl_report *report = locate(of, list, i, &row);
    if (i % POLL_ROWS == 0) poll(L);
    if (report != before || next < row) next = tipl_next_fact(report, filter, row);
    before = report;
    if (next == row) out->rows[out->count++] = row_of(list, i);
  }
}

/* list:where(filter or function): the rows that it takes, as a list. */
static int list_where(lua_State *L) {
  owner of;
  tipl_lua_list *list, *out;
  uint32_t i;
  lua_settop(L, 2);
  list = check_list(L, 1, &of);                   /* [list, test, owner] */
  out = new_list(L, 3, list->table, list->count); /* [list, test, owner, out] */
  if (!lua_isfunction(L, 2)) {
    tipl_filter filter = TIPL_FILTER_INIT;
    if (list->table != TIPL_FACTS) luaL_argerror(L, 2, "only facts have filters; pass a function");
    tipl_lua_read_filter(L, of.report != NULL ? 3 : 0, 2, &filter);
    keep_filtered(L, &of, &filter, list, out);
    return 1;
  }
  for (i = 0; i < list->count; i++) {
    lua_pushvalue(L, 2);
    push_at(L, &of, list, i);
    lua_call(L, 1, 1);
    if (lua_toboolean(L, -1)) out->rows[out->count++] = row_of(list, i);
    lua_pop(L, 1);
  }
  return 1;
}

/* ------------------------------------------------------------------ totals */

static const tipl_lua_list *check_facts(lua_State *L, owner *of) {
  const tipl_lua_list *list;
  lua_settop(L, 1);
  list = check_list(L, 1, of);
  if (list->table != TIPL_FACTS) luaL_argerror(L, 1, "a list of facts expected");
  return list;
}

static int fact_at(tipl_fact *fact, const owner *of, const tipl_lua_list *list, uint32_t i) {
  uint32_t row;
  const tipl_report *report = locate(of, list, i, &row);
  return tipl_fact_at(fact, report, row);
}

/* The same as tipl_sum_facts, over rows that need not come from one filter. */
static void add_up(lua_State *L, const owner *of, const tipl_lua_list *list,
                   tipl_total *total, const char **unit) {
  tipl_fact fact;
  uint32_t i;
  for (i = 0; i < list->count; i++) {
    if (i % POLL_ROWS == 0) poll(L);
    if (!fact_at(&fact, of, list, i)) continue;
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
  owner of;
  const tipl_lua_list *list = check_facts(L, &of);
  tipl_total total = {{0, 0}, 0, 0, 0, 0};
  const char *unit = NULL;
  add_up(L, &of, list, &total, &unit);
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
  owner of;
  const tipl_lua_list *list = check_facts(L, &of);
  tipl_total total = {{0, 0}, 0, 0, 0, 0};
  const char *unit = NULL;
  add_up(L, &of, list, &total, &unit);
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
  owner of;
  const tipl_lua_list *list = check_facts(L, &of);
  tipl_fact fact;
  uint32_t i, unknown = 0;
  for (i = 0; i < list->count; i++)
    if (fact_at(&fact, &of, list, i))
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
