/* class.c: what all classes of the module have in common: reading a field by its name, going
 * through the fields, copying them to a table, raising on a closed report. Which fields a class has
 * stands in rows.c and report.c.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

static const char *const class_names[TIPL_LUA_CLASSES] = {
    "tipl.Section", "tipl.Paragraph", "tipl.Sentence", "tipl.Recommendation",
    "tipl.Token",   "tipl.Measure",   "tipl.Fact",     "tipl.Report",
    "tipl.Span"};

const char *tipl_lua_class_name(uint32_t table) {
  return class_names[table];
}

const tipl_lua_field *tipl_lua_fields_of(uint32_t table) {
  if (table == TIPL_LUA_SPAN) return tipl_lua_span_fields;
  return table == TIPL_LUA_REPORT ? tipl_lua_report_fields : tipl_lua_row_fields[table];
}

/* ------------------------------------------------------------------ positions */

void tipl_lua_push_position(lua_State *L, uint32_t offset) {
  lua_pushinteger(L, (lua_Integer)offset + 1);
}

uint32_t tipl_lua_check_position(lua_State *L, int arg, size_t length) {
  lua_Integer position = luaL_checkinteger(L, arg);
  if (position < 1 || (lua_Unsigned)position > length)
    luaL_argerror(L, arg,
                  lua_pushfstring(L, "position %I is not in 1 … %I", (LUAI_UACINT)position,
                                  (LUAI_UACINT)length));
  return (uint32_t)(position - 1);
}

/* ------------------------------------------------------------------ from a userdata to its row */

const tipl_report *tipl_lua_check_report(lua_State *L, int index) {
  const tipl_lua_report *holder = luaL_checkudata(L, index, class_names[TIPL_LUA_REPORT]);
  if (holder->report == NULL) luaL_error(L, "the report is closed");
  return holder->report;
}

/* False when the row does not exist. */
static int load(tipl_lua_view *view) {
  switch (view->table) {
    case TIPL_SECTIONS:
      return tipl_section_at(&view->is.section, view->report, view->row);
    case TIPL_PARAGRAPHS:
      return tipl_paragraph_at(&view->is.paragraph, view->report, view->row);
    case TIPL_SENTENCES:
      return tipl_sentence_at(&view->is.sentence, view->report, view->row);
    case TIPL_RECOMMENDATIONS:
      return tipl_recommendation_at(&view->is.recommendation, view->report, view->row);
    case TIPL_MEASURES:
      return tipl_measure_at(&view->is.measure, view->report, view->row);
    case TIPL_FACTS:
      return tipl_fact_at(&view->is.fact, view->report, view->row);
    case TIPL_LUA_REPORT:
      tipl_report_outline(&view->is.outline, view->report);
      return 1;
    default:
      view->is.token = tipl_span_of(view->report, TIPL_TOKENS, view->row);
      return 1;
  }
}

void tipl_lua_check_view(lua_State *L, int index, uint32_t table, tipl_lua_view *view) {
  view->table = table;
  view->row = TIPL_NONE;
  if (table == TIPL_LUA_REPORT) {
    luaL_checkudata(L, index, class_names[table]);
    lua_pushvalue(L, index);
  } else {
    const tipl_lua_row *row = luaL_checkudata(L, index, class_names[table]);
    view->row = row->row;
    lua_getiuservalue(L, index, 1);
    tipl_lua_check_taken(L, lua_gettop(L), row->table, row->row, row->taken);
    if (table == TIPL_LUA_SPAN) view->is.piece = *(const tipl_lua_piece *)(const void *)row;
  }
  view->owner = lua_gettop(L);
  view->report = tipl_lua_check_report(L, view->owner);
  if (table != TIPL_LUA_SPAN && !load(view)) luaL_error(L, "%s: no such row", class_names[table]);
}

void tipl_lua_check_taken(lua_State *L, int owner, tipl_table table, uint32_t row, uint32_t taken) {
  const tipl_lua_report *holder = lua_touserdata(L, owner);
  if (table != TIPL_FACTS || taken == holder->taken || holder->report == NULL) return;
  if (row >= tipl_count(holder->base != NULL ? holder->base : holder->report, TIPL_FACTS))
    luaL_error(L, "a rule set was retracted since this fact was asked for; ask the report again");
}

void tipl_lua_push_row(lua_State *L, int owner, tipl_table table, uint32_t row) {
  tipl_lua_row *handle = lua_newuserdatauv(L, sizeof *handle, 1); /* [row] */
  handle->table = table;
  handle->row = row;
  handle->taken = ((const tipl_lua_report *)lua_touserdata(L, owner))->taken;
  lua_pushvalue(L, owner);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, class_names[table]);
}

void tipl_lua_push_span(lua_State *L, int owner, tipl_span span, const char *kind, const char *value) {
  tipl_lua_piece *piece = lua_newuserdatauv(L, sizeof *piece, 1); /* [piece] */
  piece->row.table = (tipl_table)TIPL_LUA_SPAN;
  piece->row.row = TIPL_NONE;
  piece->row.taken = 0;
  piece->span = span;
  piece->kind = kind;
  piece->value = value;
  lua_pushvalue(L, owner);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, class_names[TIPL_LUA_SPAN]);
}

/* ------------------------------------------------------------------ fields */

static const char *field_name(const void *from, uint32_t i) {
  return ((const tipl_lua_field *)from)[i].name;
}

static uint32_t count_fields(const tipl_lua_field *fields) {
  uint32_t n = 0;
  while (fields[n].name != NULL) n++;
  return n;
}

int tipl_lua_index(lua_State *L) {
  uint32_t class = (uint32_t)lua_tointeger(L, lua_upvalueindex(1));
  const tipl_lua_field *fields = tipl_lua_fields_of(class), *field;
  tipl_lua_view view;
  lua_pushvalue(L, 2);
  switch (lua_rawget(L, lua_upvalueindex(2))) { /* [row, key, found] */
    case LUA_TLIGHTUSERDATA:
      field = lua_touserdata(L, -1);
      tipl_lua_check_view(L, 1, class, &view);
      field->push(L, &view, field);
      return 1;
    case LUA_TNIL:
      if (lua_type(L, 2) == LUA_TSTRING &&
          lua_getfield(L, LUA_REGISTRYINDEX, "tipl.strict") == LUA_TBOOLEAN)
        return tipl_lua_unknown(L, lua_pushfstring(L, "field of %s", class_names[class]),
                                lua_tostring(L, 2), field_name, fields, count_fields(fields));
      lua_pushnil(L);
      return 1;
    default:
      return 1; /* a method */
  }
}

/* Pushes name and value of the first field that has a value from `field` on; 0 at the end. */
static int next_field(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  for (; field->name != NULL; field++) {
    lua_pushstring(L, field->name);
    field->push(L, view, field); /* [… name, value] */
    if (!lua_isnil(L, -1)) return 2;
    lua_pop(L, 2);
  }
  return 0;
}

static int pairs_step(lua_State *L) {
  uint32_t class = (uint32_t)lua_tointeger(L, lua_upvalueindex(1));
  const tipl_lua_field *field = tipl_lua_fields_of(class);
  tipl_lua_view view;
  if (!lua_isnoneornil(L, 2)) {
    const char *name = luaL_checkstring(L, 2);
    while (field->name != NULL && strcmp(field->name, name) != 0) field++;
    if (field->name != NULL) field++;
  }
  tipl_lua_check_view(L, 1, class, &view);
  if (next_field(L, &view, field)) return 2;
  lua_pushnil(L);
  return 1;
}

int tipl_lua_pairs(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushcclosure(L, pairs_step, 1);
  lua_pushvalue(L, 1);
  return 2;
}

/* The row on top becomes { number, text, first, last }. */
static void plain_row(lua_State *L) {
  static const char *const kept[] = {"number", "first", "last", "text"};
  size_t i;
  lua_createtable(L, 0, sizeof kept / sizeof *kept);
  for (i = 0; i < sizeof kept / sizeof *kept; i++) {
    lua_getfield(L, -2, kept[i]);
    lua_setfield(L, -2, kept[i]);
  }
  lua_replace(L, -2);
}

/* Turns the value on top into one that needs no report: a fact into its id, the report into nil. */
static void plain(lua_State *L) {
  if (lua_type(L, -1) != LUA_TUSERDATA) return;
  if (luaL_testudata(L, -1, class_names[TIPL_FACTS])) {
    lua_getfield(L, -1, "id");
    lua_replace(L, -2);
  } else if (luaL_testudata(L, -1, class_names[TIPL_LUA_REPORT])) {
    lua_pop(L, 1);
    lua_pushnil(L);
  } else {
    plain_row(L);
  }
}

int tipl_lua_totable(lua_State *L) {
  uint32_t class = (uint32_t)lua_tointeger(L, lua_upvalueindex(1));
  const tipl_lua_field *field;
  tipl_lua_view view;
  lua_settop(L, 1);
  tipl_lua_check_view(L, 1, class, &view);
  lua_newtable(L); /* [row, report, out] */
  for (field = tipl_lua_fields_of(class); field->name != NULL; field++) {
    field->push(L, &view, field);
    plain(L);
    lua_setfield(L, 3, field->name);
  }
  return 1;
}

void tipl_lua_new_class(lua_State *L, uint32_t table, const luaL_Reg *meta,
                        const luaL_Reg *methods) {
  const tipl_lua_field *field = tipl_lua_fields_of(table);
  luaL_newmetatable(L, class_names[table]);
  lua_pushinteger(L, (lua_Integer)table);
  luaL_setfuncs(L, meta, 1);
  lua_pushstring(L, class_names[table]);
  lua_setfield(L, -2, "__metatable");
  lua_pushinteger(L, (lua_Integer)table); /* upvalue 1 of __index */
  lua_newtable(L);                        /* upvalue 2: [meta, class, names] */
  lua_pushinteger(L, (lua_Integer)table);
  luaL_setfuncs(L, methods, 1);
  for (; field->name != NULL; field++) {
    union {
      const tipl_lua_field *from;
      void *to;
    } cast = {field};
    lua_pushlightuserdata(L, cast.to);
    lua_setfield(L, -2, field->name);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, -4, "names"); /* for completion and for methods written in Lua */
  lua_pushcclosure(L, tipl_lua_index, 2);
  lua_setfield(L, -2, "__index"); /* [meta] */
}
