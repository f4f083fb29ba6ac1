/* sqlite.c: the C module tipl.sqlite: as much of SQLite as tipl's databases need. Built where libsqlite3 is
 * found, as a module of its own, so that nothing else has to load it.
 *
 *   open(path)              a database, made if it is not there; raises what SQLite says, as do all of these
 *   db:exec(sql)            statements without values
 *   db:prepare(sql)         a statement with values ("?")
 *   statement:run(…)        runs it with these values (nil, booleans, numbers, strings); the first row's
 *                           columns, or nothing
 *   db:last_row()           the number of the row inserted last
 *   db:close(), statement:close()
 *
 * SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <lua.h>
#include <sqlite3.h>
#include <string.h>

#define DATABASE "tipl.Database"
#define STATEMENT "tipl.Statement"

enum { PATIENCE = 20000 }; /* milliseconds to wait for another program that writes to the database */

typedef struct database {
  sqlite3 *handle; /* NULL: closed */
} database;

typedef struct statement {
  sqlite3_stmt *handle; /* NULL: closed; user value 1 is the database */
} statement;

static sqlite3 *check_database(lua_State *L, int index) {
  database *db = luaL_checkudata(L, index, DATABASE);
  if (db->handle == NULL) luaL_error(L, "the database is closed");
  return db->handle;
}

static int database_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  database *db = lua_newuserdatauv(L, sizeof *db, 0);
  db->handle = NULL;
  luaL_setmetatable(L, DATABASE);
  if (sqlite3_open_v2(path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
    return luaL_error(L, "%s", db->handle == NULL ? "not enough memory" : sqlite3_errmsg(db->handle));
  sqlite3_busy_timeout(db->handle, PATIENCE);
  return 1;
}

/* A statement that is still there keeps its own hold on the database (sqlite3_close_v2). */
static int database_close(lua_State *L) {
  database *db = luaL_checkudata(L, 1, DATABASE);
  sqlite3 *handle = db->handle;
  db->handle = NULL;
  sqlite3_close_v2(handle);
  return 0;
}

static int database_exec(lua_State *L) {
  sqlite3 *handle = check_database(L, 1);
  if (sqlite3_exec(handle, luaL_checkstring(L, 2), NULL, NULL, NULL) != SQLITE_OK)
    return luaL_error(L, "%s", sqlite3_errmsg(handle));
  return 0;
}

static int database_last_row(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)sqlite3_last_insert_rowid(check_database(L, 1)));
  return 1;
}

static int database_prepare(lua_State *L) {
  sqlite3 *handle = check_database(L, 1);
  size_t length;
  const char *sql = luaL_checklstring(L, 2, &length);
  statement *s;
  luaL_argcheck(L, length < 1000000, 2, "statement too long");
  s = lua_newuserdatauv(L, sizeof *s, 1);
  s->handle = NULL;
  luaL_setmetatable(L, STATEMENT);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  if (sqlite3_prepare_v2(handle, sql, (int)length, &s->handle, NULL) != SQLITE_OK)
    return luaL_error(L, "%s", sqlite3_errmsg(handle));
  return 1;
}

static int statement_close(lua_State *L) {
  statement *s = luaL_checkudata(L, 1, STATEMENT);
  sqlite3_finalize(s->handle);
  s->handle = NULL;
  return 0;
}

static int bind(lua_State *L, sqlite3_stmt *handle, int place, int index) {
  size_t length;
  const char *text;
  switch (lua_type(L, index)) {
    case LUA_TNIL:
      return sqlite3_bind_null(handle, place);
    case LUA_TBOOLEAN:
      return sqlite3_bind_int(handle, place, lua_toboolean(L, index));
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) return sqlite3_bind_int64(handle, place, lua_tointeger(L, index));
      return sqlite3_bind_double(handle, place, lua_tonumber(L, index));
    case LUA_TSTRING:
      text = lua_tolstring(L, index, &length);
      return sqlite3_bind_text64(handle, place, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
    default:
      return luaL_argerror(L, index, "nil, a boolean, a number or a string expected");
  }
}

/* Raises what the database says; the statement can be run again. */
static int fail(lua_State *L, sqlite3_stmt *handle) {
  lua_pushstring(L, sqlite3_errmsg(sqlite3_db_handle(handle)));
  sqlite3_reset(handle);
  return lua_error(L);
}

static void push_column(lua_State *L, sqlite3_stmt *handle, int i) {
  switch (sqlite3_column_type(handle, i)) {
    case SQLITE_INTEGER:
      lua_pushinteger(L, (lua_Integer)sqlite3_column_int64(handle, i));
      break;
    case SQLITE_FLOAT:
      lua_pushnumber(L, sqlite3_column_double(handle, i));
      break;
    case SQLITE_NULL:
      lua_pushnil(L);
      break;
    default:
      lua_pushlstring(L, (const char *)sqlite3_column_blob(handle, i), (size_t)sqlite3_column_bytes(handle, i));
  }
}

static int statement_run(lua_State *L) {
  statement *s = luaL_checkudata(L, 1, STATEMENT);
  int i, columns = 0, status, values = lua_gettop(L) - 1;
  if (s->handle == NULL) return luaL_error(L, "the statement is closed");
  sqlite3_reset(s->handle);
  if (values != sqlite3_bind_parameter_count(s->handle))
    return luaL_error(L, "%d values for %d places", values, sqlite3_bind_parameter_count(s->handle));
  for (i = 1; i <= values; i++)
    if (bind(L, s->handle, i, i + 1) != SQLITE_OK) return fail(L, s->handle);
  status = sqlite3_step(s->handle);
  if (status == SQLITE_ROW) {
    columns = sqlite3_column_count(s->handle);
    luaL_checkstack(L, columns, NULL);
    for (i = 0; i < columns; i++) push_column(L, s->handle, i);
  } else if (status != SQLITE_DONE) {
    return fail(L, s->handle);
  }
  sqlite3_reset(s->handle);
  return columns;
}

static void new_class(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction end) {
  luaL_newmetatable(L, name);
  lua_pushcfunction(L, end);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, end);
  lua_setfield(L, -2, "__close");
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int luaopen_tipl_sqlite(lua_State *L);

int luaopen_tipl_sqlite(lua_State *L) {
  static const luaL_Reg database_methods[] = {{"exec", database_exec},         {"prepare", database_prepare},
                                              {"last_row", database_last_row}, {"close", database_close},
                                              {NULL, NULL}};
  static const luaL_Reg statement_methods[] = {{"run", statement_run}, {"close", statement_close}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"open", database_open}, {NULL, NULL}};
  luaL_checkversion(L);
  new_class(L, DATABASE, database_methods, database_close);
  new_class(L, STATEMENT, statement_methods, statement_close);
  luaL_newlib(L, functions);
  lua_pushstring(L, sqlite3_libversion());
  lua_setfield(L, -2, "version");
  return 1;
}
