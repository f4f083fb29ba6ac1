/* report.c: the class of reports, and opening and parsing them. The userdata exists, closed, before
 * the core is asked for anything, and the core is given Lua's own allocator, so that an error at
 * any point leaks nothing and a state's memory cap covers its reports.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

#define IN(member) offsetof(tipl_lua_view, is.outline.member)

/* ------------------------------------------------------------------ fields */

static void push_year(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  (void)field;
  if (view->is.outline.year == 0)
    lua_pushnil(L);
  else
    lua_pushinteger(L, view->is.outline.year);
}

static void push_text(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  size_t length;
  const char *text = tipl_report_text(view->report, &length);
  (void)field;
  lua_pushlstring(L, text, length);
}

static void push_source(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  size_t length;
  const char *source = tipl_report_source(view->report, &length);
  (void)field;
  lua_pushlstring(L, source, length);
}

static void push_memory(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  (void)field;
  lua_pushinteger(L, (lua_Integer)tipl_report_memory(view->report));
}

static void push_digest(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field) {
  static const char digits[] = "0123456789abcdef";
  unsigned char digest[TIPL_DIGEST];
  char text[2 * TIPL_DIGEST];
  int i;
  (void)field;
  tipl_report_digest(digest, view->report);
  for (i = 0; i < TIPL_DIGEST; i++) {
    text[2 * i] = digits[digest[i] >> 4];
    text[2 * i + 1] = digits[digest[i] & 15];
  }
  lua_pushlstring(L, text, sizeof text);
}

const tipl_lua_field tipl_lua_report_fields[] = {
    {"name", tipl_lua_field_string, 0, IN(name)},
    {"country", tipl_lua_field_string, 0, IN(country)},
    {"iso3", tipl_lua_field_string, 0, IN(iso3)},
    {"year", push_year, 0, 0},
    {"year_origin", tipl_lua_field_word, TIPL_VOCAB_ORIGIN, IN(year_origin)},
    {"country_origin", tipl_lua_field_word, TIPL_VOCAB_ORIGIN, IN(country_origin)},
    {"tier", tipl_lua_field_word, TIPL_VOCAB_TIER, IN(tier)},
    {"movement", tipl_lua_field_word, TIPL_VOCAB_MOVEMENT, IN(movement)},
    {"title", tipl_lua_field_span, 0, IN(title)},
    {"tier_line", tipl_lua_field_span, 0, IN(tier_line)},
    {"format", tipl_lua_field_string, 0, IN(format)},
    {"encoding", tipl_lua_field_string, 0, IN(encoding)},
    {"text", push_text, 0, 0},
    {"source", push_source, 0, 0},
    {"memory", push_memory, 0, 0},
    {"digest", push_digest, 0, 0},
    {NULL, NULL, 0, 0}};

/* ------------------------------------------------------------------ options */

static int whole_option(lua_State *L, const char *name, lua_Integer least, lua_Integer most) {
  if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < least || lua_tointeger(L, -1) > most)
    return luaL_error(L, "option '%s': a whole number from %I to %I expected, got %s", name,
                      (LUAI_UACINT)least, (LUAI_UACINT)most, luaL_tolstring(L, -1, NULL));
  return 1;
}

static const char *string_option(lua_State *L, const char *name) {
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "option '%s': a string expected, got %s", name, luaL_typename(L, -1));
  return lua_tostring(L, -1);
}

static const char *const option_names[] = {"year",      "country",   "plain",       "name",
                                           "max_bytes", "max_facts", "max_sentence", "helper_seconds"};
#define OPTIONS ((uint32_t)(sizeof option_names / sizeof *option_names))

static const char *option_name(const void *from, uint32_t i) {
  return ((const char *const *)from)[i];
}

/* The option whose value is on top of the stack. */
static void take_option(lua_State *L, const char *key, tipl_options *options, const char **name) {
  uint32_t i = 0;
  while (i < OPTIONS && strcmp(option_names[i], key) != 0) i++;
  switch (i) {
    case 0:
      whole_option(L, key, 1900, 2999);
      options->year = (int)lua_tointeger(L, -1);
      break;
    case 1:
      options->country = string_option(L, key);
      break;
    case 2:
      options->plain = lua_toboolean(L, -1);
      break;
    case 3:
      if (name == NULL) luaL_error(L, "option 'name' is for tipl.parse: a file has its own name");
      *name = string_option(L, key);
      break;
    case 4:
      whole_option(L, key, 1, INT32_MAX);
      options->max_bytes = (size_t)lua_tointeger(L, -1);
      break;
    case 5:
      whole_option(L, key, 1, INT32_MAX);
      options->max_facts = (uint32_t)lua_tointeger(L, -1);
      break;
    case 6:
      whole_option(L, key, 1, INT32_MAX);
      options->max_sentence = (uint32_t)lua_tointeger(L, -1);
      break;
    case 7:
      whole_option(L, key, 1, 86400);
      options->helper_seconds = (unsigned)lua_tointeger(L, -1);
      break;
    default:
      tipl_lua_unknown(L, "option", key, option_name, option_names, OPTIONS);
  }
}

void tipl_lua_read_options(lua_State *L, int index, tipl_options *options, const char **name) {
  options->alloc = lua_getallocf(L, &options->alloc_payload);
  options->lexicon = tipl_lua_lexicon(L); /* the state holds it */
  if (lua_isnoneornil(L, index)) return;
  luaL_checktype(L, index, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, index)) { /* [key, value] */
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "option names are strings, got %s", luaL_typename(L, -2));
    take_option(L, lua_tostring(L, -2), options, name);
    lua_pop(L, 1);
  }
}

lua_Integer tipl_lua_take_whole(lua_State *L, int index, const char *name, lua_Integer least,
                                lua_Integer most, lua_Integer absent) {
  lua_Integer value = absent;
  if (lua_isnoneornil(L, index)) return absent;
  if (lua_getfield(L, index, name) != LUA_TNIL) {
    whole_option(L, name, least, most);
    value = lua_tointeger(L, -1);
  }
  lua_pop(L, 1);
  lua_pushnil(L);
  lua_setfield(L, index, name);
  return value;
}

/* ------------------------------------------------------------------ open and parse */

int tipl_lua_fail(lua_State *L, const char *name, tipl_status status, const tipl_error *error) {
  if (strcmp(name, "-") == 0) name = "(stdin)";
  lua_pushnil(L);
  if (error->line > 0)
    lua_pushfstring(L, "%s:%I:%I: %s", name, (LUAI_UACINT)error->line, (LUAI_UACINT)error->column,
                    error->message);
  else
    lua_pushfstring(L, "%s: %s", name, error->message);
  lua_pushstring(L, tipl_status_name(status));
  return 3;
}

tipl_lua_report *tipl_lua_new_report(lua_State *L) {
  tipl_lua_report *holder = lua_newuserdatauv(L, sizeof *holder, 1);
  memset(holder, 0, sizeof *holder);
  luaL_setmetatable(L, tipl_lua_class_name(TIPL_LUA_REPORT));
  return holder;
}

void tipl_lua_count_memory(lua_State *L, const tipl_report *report) {
  if (lua_gc(L, LUA_GCISRUNNING)) lua_gc(L, LUA_GCSTEP, (int)(tipl_report_memory(report) / 1024));
}

/* Bytes to read a report from: a file's path, or text of its own. */
typedef struct source {
  const char *path; /* NULL: text */
  const char *text;
  size_t length;
  const char *name;
} source;

static tipl_status make(const tipl_report **out, const source *from, const tipl_options *options,
                        tipl_error *error) {
  tipl_report *report = NULL;
  tipl_status status = from->path != NULL ? tipl_report_open(&report, from->path, options, error)
                                          : tipl_report_parse(&report, from->text, from->length,
                                                              from->name, options, error);
  *out = report;
  return status;
}

/* Argument 1 is anchored text or path; 2 the options. */
static int create(lua_State *L, source *from) {
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_error error = {TIPL_OK, {0, 0}, 0, 0, ""};
  tipl_lua_hooks hooks;
  tipl_lua_report *holder;
  tipl_status status;
  lua_settop(L, 2);
  tipl_lua_read_options(L, 2, &options, from->path != NULL ? NULL : &from->name);
  tipl_lua_heed_hooks(L, &hooks, &options);
  holder = tipl_lua_new_report(L); /* [source, options, report] */
  status = make(&holder->report, from, &options, &error);
  if (status == TIPL_ENOMEM && (from->path == NULL || strcmp(from->path, "-") != 0)) {
    lua_gc(L, LUA_GCCOLLECT); /* reports that nobody holds any more may make room */
    status = make(&holder->report, from, &options, &error);
  }
  if (status != TIPL_OK)
    return tipl_lua_fail(
        L, from->path != NULL ? from->path : from->name != NULL ? from->name : "(text)", status,
        &error);
  tipl_lua_count_memory(L, holder->report);
  return 1;
}

int tipl_lua_open(lua_State *L) {
  source from = {NULL, NULL, 0, NULL};
  size_t length;
  from.path = luaL_checklstring(L, 1, &length);
  luaL_argcheck(L, strlen(from.path) == length, 1, "a path holds no NUL");
  return create(L, &from);
}

int tipl_lua_parse(lua_State *L) {
  source from = {NULL, NULL, 0, NULL};
  from.text = luaL_checklstring(L, 1, &from.length);
  return create(L, &from);
}

/* ------------------------------------------------------------------ methods */

static int report_close(lua_State *L) {
  tipl_lua_report *holder = luaL_checkudata(L, 1, tipl_lua_class_name(TIPL_LUA_REPORT));
  const tipl_report *report = holder->report, *base = holder->base;
  holder->report = holder->base = NULL;
  tipl_report_unref(report);
  tipl_report_unref(base);
  return 0;
}

static int report_tostring(lua_State *L) {
  const tipl_lua_report *holder = luaL_checkudata(L, 1, tipl_lua_class_name(TIPL_LUA_REPORT));
  tipl_outline outline;
  if (holder->report == NULL) {
    lua_pushliteral(L, "report (closed)");
    return 1;
  }
  tipl_report_outline(&outline, holder->report);
  lua_pushfstring(L, "report %s %d (%I facts)", *outline.country ? outline.country : outline.name,
                  outline.year, (LUAI_UACINT)tipl_count(holder->report, TIPL_FACTS));
  return 1;
}

static int report_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)tipl_count(tipl_lua_check_report(L, 1), TIPL_FACTS));
  return 1;
}

static int report_facts(lua_State *L) {
  lua_settop(L, 2);
  tipl_lua_check_report(L, 1);
  tipl_lua_push_facts(L, 1, 2);
  return 1;
}

static int all_rows(lua_State *L, tipl_table table) {
  const tipl_report *report = tipl_lua_check_report(L, 1);
  tipl_lua_push_range(L, 1, table, 0, tipl_count(report, table));
  return 1;
}

static int report_sections(lua_State *L) {
  return all_rows(L, TIPL_SECTIONS);
}
static int report_paragraphs(lua_State *L) {
  return all_rows(L, TIPL_PARAGRAPHS);
}
static int report_sentences(lua_State *L) {
  return all_rows(L, TIPL_SENTENCES);
}
static int report_recommendations(lua_State *L) {
  return all_rows(L, TIPL_RECOMMENDATIONS);
}
static int report_tokens(lua_State *L) {
  return all_rows(L, TIPL_TOKENS);
}
static int report_measures(lua_State *L) {
  return all_rows(L, TIPL_MEASURES);
}

/* report:at(position): what covers a byte, by the name of the class. */
static int report_at(lua_State *L) {
  static const char *const names[TIPL_TABLE_COUNT] = {
      "section", "paragraph", "sentence", "recommendation", "token", "measure", "fact"};
  const tipl_report *report = tipl_lua_check_report(L, 1);
  size_t length;
  uint32_t offset, table, row;
  tipl_report_source(report, &length);
  offset = tipl_lua_check_position(L, 2, length);
  lua_settop(L, 1);
  lua_newtable(L); /* [report, found] */
  for (table = 0; table < TIPL_TABLE_COUNT; table++) {
    row = tipl_row_at(report, (tipl_table)table, offset);
    if (row == TIPL_NONE) continue;
    tipl_lua_push_row(L, 1, (tipl_table)table, row);
    lua_setfield(L, 2, names[table]);
  }
  return 1;
}

/* report:read(first, last): what was read at these bytes. */
static int report_read(lua_State *L) {
  const tipl_report *report = tipl_lua_check_report(L, 1);
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_optinteger(L, 3, first);
  size_t length;
  const char *text;
  tipl_report_source(report, &length);
  if (first < 1) first = 1;
  if (last > (lua_Integer)length) last = (lua_Integer)length;
  if (first > last) {
    lua_pushliteral(L, "");
    return 1;
  }
  text = tipl_span_text(report, (tipl_span){(uint32_t)(first - 1), (uint32_t)(last - first + 1)}, &length);
  lua_pushlstring(L, text, length);
  return 1;
}

static int report_locate(lua_State *L) {
  const tipl_report *report = tipl_lua_check_report(L, 1);
  size_t length;
  uint32_t line, column;
  tipl_report_source(report, &length);
  tipl_report_locate(report, tipl_lua_check_position(L, 2, length), &line, &column);
  lua_pushinteger(L, (lua_Integer)line);
  lua_pushinteger(L, (lua_Integer)column);
  return 2;
}

void tipl_lua_open_reports(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", report_close},      {"__close", report_close},
                                  {"__len", report_length},    {"__tostring", report_tostring},
                                  {"__pairs", tipl_lua_pairs}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"facts", report_facts},
                                     {"sections", report_sections},
                                     {"paragraphs", report_paragraphs},
                                     {"sentences", report_sentences},
                                     {"recommendations", report_recommendations},
                                     {"tokens", report_tokens},
                                     {"measures", report_measures},
                                     {"at", report_at},
                                     {"locate", report_locate},
                                     {"read", report_read},
                                     {"close", report_close},
                                     {NULL, NULL}};
  tipl_lua_new_class(L, TIPL_LUA_REPORT, meta, methods);
  lua_pop(L, 1);
}
