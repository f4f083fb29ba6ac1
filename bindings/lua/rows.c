/* rows.c: the classes of a report's rows (sections, paragraphs, sentences, recommendations, tokens,
 * measures, facts): their fields as tables, and their methods. A new field is one line here.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

typedef tipl_lua_view view_t;
typedef tipl_lua_field field_t;

#define IN(row, member) offsetof(view_t, is.row.member)

/* ------------------------------------------------------------------ kinds of fields
 * Each pushes one value, nil for what is not there. [-0, +1, m] */

static uint32_t integer_at(const view_t *view, const field_t *field) {
  uint32_t value;
  memcpy(&value, (const char *)view + field->at, sizeof value);
  return value;
}

_Static_assert(sizeof(tipl_state) == sizeof(uint32_t), "integer_at reads enums");

static void push_bytes(lua_State *L, const view_t *view, tipl_span span) {
  size_t length;
  const char *text = tipl_span_text(view->report, span, &length);
  if (span.length == 0)
    lua_pushnil(L);
  else
    lua_pushlstring(L, text, length);
}

static tipl_span span_at(const view_t *view, const field_t *field) {
  tipl_span span;
  memcpy(&span, (const char *)view + field->at, sizeof span);
  return span;
}

void tipl_lua_field_span(lua_State *L, const view_t *view, const field_t *field) {
  push_bytes(L, view, span_at(view, field));
}

void tipl_lua_field_word(lua_State *L, const view_t *view, const field_t *field) {
  const char *word = field->word == TIPL_VOCAB_METRIC
                         ? tipl_metric_name(tipl_report_lexicon(view->report), integer_at(view, field))
                         : tipl_word((tipl_vocabulary)field->word, integer_at(view, field));
  if (word == NULL || strcmp(word, "-") == 0)
    lua_pushnil(L);
  else
    lua_pushstring(L, word);
}

void tipl_lua_field_string(lua_State *L, const view_t *view, const field_t *field) {
  const char *text;
  memcpy(&text, (const char *)view + field->at, sizeof text);
  if (text == NULL || *text == '\0' || strcmp(text, "-") == 0)
    lua_pushnil(L);
  else
    lua_pushstring(L, text);
}

static void push_set(lua_State *L, const view_t *view, const field_t *field) {
  tipl_lua_push_words(L, (tipl_vocabulary)field->word, integer_at(view, field));
}

static void push_date(lua_State *L, const view_t *view, const field_t *field) {
  tipl_date date;
  memcpy(&date, (const char *)view + field->at, sizeof date);
  tipl_lua_push_date(L, date);
}

/* field->word is the table, the integer its row. */
static void push_row(lua_State *L, const view_t *view, const field_t *field) {
  uint32_t row = integer_at(view, field);
  if (row == TIPL_NONE)
    lua_pushnil(L);
  else
    tipl_lua_push_row(L, view->owner, (tipl_table)field->word, row);
}

/* A section by its kind, as the filters name it. */
static void push_section(lua_State *L, const view_t *view, const field_t *field) {
  tipl_section section;
  uint32_t row = integer_at(view, field);
  if (row == TIPL_NONE || !tipl_section_at(&section, view->report, row))
    lua_pushnil(L);
  else
    lua_pushstring(L, tipl_word(TIPL_VOCAB_SECTION, section.kind));
}

/* The names of the set's bits, each also as a key: { "may_contain", may_contain = true }. */
static void push_names(lua_State *L, uint32_t set, const char *(*name)(uint32_t bit)) {
  uint32_t bit;
  lua_Integer n = 0;
  lua_newtable(L);
  for (bit = 0; bit < 32 && name(bit) != NULL; bit++) {
    if (!(set >> bit & 1)) continue;
    lua_pushstring(L, name(bit));
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, ++n);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
}

/* ------------------------------------------------------------------ fields of every row */

static tipl_span row_span(const view_t *view) {
  if (view->table == TIPL_LUA_SPAN) return view->is.piece.span;
  return tipl_span_of(view->report, (tipl_table)view->table, view->row);
}

static void push_number(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  if (view->row == TIPL_NONE)
    lua_pushnil(L);
  else
    lua_pushinteger(L, (lua_Integer)view->row + 1);
}

/* A row always has a text, if an empty one: of a heading with nothing below, of a hyphen that the source lacks. */
static void push_text(lua_State *L, const view_t *view, const field_t *field) {
  size_t length = 0;
  const char *text = tipl_span_text(view->report, row_span(view), &length);
  (void)field;
  lua_pushlstring(L, text, row_span(view).length == 0 ? 0 : length);
}

static void push_first(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  tipl_lua_push_position(L, row_span(view).offset);
}

static void push_last(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  lua_pushinteger(L, (lua_Integer)row_span(view).offset + row_span(view).length);
}

static void push_offset(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  lua_pushinteger(L, (lua_Integer)row_span(view).offset);
}

static void push_length(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  lua_pushinteger(L, (lua_Integer)row_span(view).length);
}

/* field->at: 0 the line, 1 the column. */
static void push_place(lua_State *L, const view_t *view, const field_t *field) {
  uint32_t place[2];
  tipl_report_locate(view->report, row_span(view).offset, &place[0], &place[1]);
  lua_pushinteger(L, (lua_Integer)place[field->at]);
}

static void push_report(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  lua_pushvalue(L, view->owner);
}

#define COMMON                                                                                   \
  {"number", push_number, 0, 0}, {"text", push_text, 0, 0}, {"first", push_first, 0, 0},         \
      {"last", push_last, 0, 0}, {"offset", push_offset, 0, 0}, {"length", push_length, 0, 0},   \
      {"line", push_place, 0, 0}, {"column", push_place, 0, 1}, {"report", push_report, 0, 0}, { \
    NULL, NULL, 0, 0                                                                             \
  }

/* ------------------------------------------------------------------ facts */

static void push_id(lua_State *L, const view_t *view, const field_t *field) {
  (void)field;
  lua_pushfstring(L, "F%I", (LUAI_UACINT)view->row + 1);
}

/* field->word: 0 a number, 1 the exact text; a label stands for its value. */
static void push_value(lua_State *L, const view_t *view, const field_t *field) {
  const tipl_fact *fact = &view->is.fact;
  if (fact->label != NULL)
    lua_pushstring(L, fact->label);
  else if (!fact->has_value)
    lua_pushnil(L);
  else if (field->word)
    tipl_lua_push_decimal_text(L, fact->value);
  else
    tipl_lua_push_decimal(L, fact->value);
}

static void push_high(lua_State *L, const view_t *view, const field_t *field) {
  if (!view->is.fact.has_high)
    lua_pushnil(L);
  else if (field->word)
    tipl_lua_push_decimal_text(L, view->is.fact.high);
  else
    tipl_lua_push_decimal(L, view->is.fact.high);
}

/* The year that holds the whole period. */
static void push_year(lua_State *L, const view_t *view, const field_t *field) {
  tipl_date from = view->is.fact.from, to = view->is.fact.to;
  (void)field;
  if (from > 0 && from / 10000 == to / 10000)
    lua_pushinteger(L, from / 10000);
  else
    lua_pushnil(L);
}

static void push_paragraph(lua_State *L, const view_t *view, const field_t *field) {
  tipl_sentence sentence;
  uint32_t row = integer_at(view, field);
  if (row == TIPL_NONE || !tipl_sentence_at(&sentence, view->report, row))
    lua_pushnil(L);
  else
    tipl_lua_push_row(L, view->owner, TIPL_PARAGRAPHS, sentence.paragraph);
}

static const char *fact_flag(uint32_t bit) {
  return tipl_word(TIPL_VOCAB_FLAG, bit);
}

static void push_flags(lua_State *L, const view_t *view, const field_t *field) {
  push_names(L, integer_at(view, field), fact_flag);
}

static const char *fact_use(uint32_t bit) {
  return tipl_word(TIPL_VOCAB_USE, bit);
}

static void push_uses(lua_State *L, const view_t *view, const field_t *field) {
  push_names(L, integer_at(view, field), fact_use);
}

static const field_t fact_fields[] = {
    {"id", push_id, 0, 0},
    {"metric", tipl_lua_field_word, TIPL_VOCAB_METRIC, IN(fact, metric)},
    {"value", push_value, 0, 0},
    {"value_text", push_value, 1, 0},
    {"high", push_high, 0, 0},
    {"high_text", push_high, 1, 0},
    {"unit", tipl_lua_field_string, 0, IN(fact, unit)},
    {"bound", tipl_lua_field_word, TIPL_VOCAB_BOUND, IN(fact, bound)},
    {"state", tipl_lua_field_word, TIPL_VOCAB_STATE, IN(fact, state)},
    {"from", push_date, 0, IN(fact, from)},
    {"to", push_date, 0, IN(fact, to)},
    {"year", push_year, 0, 0},
    {"basis", tipl_lua_field_word, TIPL_VOCAB_BASIS, IN(fact, basis)},
    {"form", tipl_lua_field_word, TIPL_VOCAB_FORM, IN(fact, form)},
    {"who", push_set, TIPL_VOCAB_WHO, IN(fact, who)},
    {"source", tipl_lua_field_word, TIPL_VOCAB_SOURCE, IN(fact, source)},
    {"status", tipl_lua_field_word, TIPL_VOCAB_STATUS, IN(fact, status)},
    {"relation", tipl_lua_field_word, TIPL_VOCAB_RELATION, IN(fact, relation)},
    {"of", push_row, TIPL_FACTS, IN(fact, of)},
    {"certainty", tipl_lua_field_word, TIPL_VOCAB_CERTAINTY, IN(fact, certainty)},
    {"phase", tipl_lua_field_word, TIPL_VOCAB_PHASE, IN(fact, phase)},
    {"flags", push_flags, 0, IN(fact, flags)},
    {"uses", push_uses, 0, IN(fact, uses)},
    {"label", tipl_lua_field_string, 0, IN(fact, label)},
    {"evidence", tipl_lua_field_span, 0, IN(fact, evidence)},
    {"noun", tipl_lua_field_span, 0, IN(fact, noun)},
    {"actor", tipl_lua_field_span, 0, IN(fact, actor)},
    {"recipient", tipl_lua_field_span, 0, IN(fact, recipient)},
    {"purpose", tipl_lua_field_span, 0, IN(fact, purpose)},
    {"verb", tipl_lua_field_span, 0, IN(fact, verb)},
    {"section", push_section, 0, IN(fact, section)},
    {"paragraph", push_paragraph, 0, IN(fact, sentence)},
    {"sentence", push_row, TIPL_SENTENCES, IN(fact, sentence)},
    {"measure", push_row, TIPL_MEASURES, IN(fact, measure)},
    {"rule", tipl_lua_field_string, 0, IN(fact, rule)},
    COMMON};

/* fact:span(field): first and last position of a field that is a part of the text; nothing when
 * absent. */
static int fact_span(lua_State *L) {
  static const char *const names[] = {"evidence", "noun", "actor", "recipient",
                                      "purpose",  "verb", NULL};
  const char *name = names[luaL_checkoption(L, 2, "evidence", names)];
  const field_t *field = fact_fields;
  tipl_span span;
  view_t view;
  tipl_lua_check_view(L, 1, TIPL_FACTS, &view);
  while (strcmp(field->name, name) != 0) field++;
  span = span_at(&view, field);
  if (span.length == 0) return 0;
  tipl_lua_push_position(L, span.offset);
  lua_pushinteger(L, (lua_Integer)span.offset + span.length);
  return 2;
}

/* ------------------------------------------------------------------ measures */

static const char *measure_flag(uint32_t bit) {
  static const char *const names[] = {"in_words", "has_high", "adjective", "identifier", "rounded", "contained"};
  return bit < sizeof names / sizeof *names ? names[bit] : NULL;
}

static void push_measure_flags(lua_State *L, const view_t *view, const field_t *field) {
  push_names(L, integer_at(view, field), measure_flag);
}

static int has_amount(const tipl_measure *measure) {
  switch (measure->kind) {
    case TIPL_MEASURE_NUMBER:
    case TIPL_MEASURE_PERCENT:
    case TIPL_MEASURE_MONEY:
    case TIPL_MEASURE_DURATION:
    case TIPL_MEASURE_ORDINAL:
      return 1;
    default:
      return 0;
  }
}

/* field->word: 1 for the exact text; field->at: 1 for the upper end. */
static void push_amount(lua_State *L, const view_t *view, const field_t *field) {
  const tipl_measure *measure = &view->is.measure;
  tipl_decimal value = field->at ? measure->high : measure->value;
  if (!has_amount(measure) || (field->at && !(measure->flags & TIPL_MEASURE_HAS_HIGH)))
    lua_pushnil(L);
  else if (field->word)
    tipl_lua_push_decimal_text(L, value);
  else
    tipl_lua_push_decimal(L, value);
}

static const field_t measure_fields[] = {
    {"kind", tipl_lua_field_word, TIPL_VOCAB_MEASURE, IN(measure, kind)},
    {"bound", tipl_lua_field_word, TIPL_VOCAB_BOUND, IN(measure, bound)},
    {"value", push_amount, 0, 0},
    {"value_text", push_amount, 1, 0},
    {"high", push_amount, 0, 1},
    {"high_text", push_amount, 1, 1},
    {"unit", tipl_lua_field_string, 0, IN(measure, unit)},
    {"from", push_date, 0, IN(measure, from)},
    {"to", push_date, 0, IN(measure, to)},
    {"pair", push_row, TIPL_MEASURES, IN(measure, pair)},
    {"sentence", push_row, TIPL_SENTENCES, IN(measure, sentence)},
    {"flags", push_measure_flags, 0, IN(measure, flags)},
    COMMON};

/* ------------------------------------------------------------------ the outline's rows */

static const field_t section_fields[] = {
    {"kind", tipl_lua_field_word, TIPL_VOCAB_SECTION, IN(section, kind)},
    {"heading", tipl_lua_field_span, 0, IN(section, heading)},
    COMMON};

static const field_t paragraph_fields[] = {{"section", push_section, 0, IN(paragraph, section)},
                                           COMMON};

static const field_t sentence_fields[] = {
    {"section", push_section, 0, IN(sentence, section)},
    {"paragraph", push_row, TIPL_PARAGRAPHS, IN(sentence, paragraph)},
    COMMON};

static const field_t recommendation_fields[] = {
    {"sentence", push_row, TIPL_SENTENCES, IN(recommendation, sentence)}, COMMON};

static const field_t token_fields[] = {COMMON};

/* The row of field->word's table that covers the first byte. */
static void push_covering(lua_State *L, const view_t *view, const field_t *field) {
  uint32_t row = tipl_row_at(view->report, (tipl_table)field->word, row_span(view).offset);
  if (row == TIPL_NONE)
    lua_pushnil(L);
  else
    tipl_lua_push_row(L, view->owner, (tipl_table)field->word, row);
}

const field_t tipl_lua_span_fields[] = {{"kind", tipl_lua_field_string, 0, IN(piece, kind)},
                                        {"value", tipl_lua_field_string, 0, IN(piece, value)},
                                        {"sentence", push_covering, TIPL_SENTENCES, 0},
                                        COMMON};

const field_t *const tipl_lua_row_fields[TIPL_TABLE_COUNT] = {
    section_fields, paragraph_fields, sentence_fields, recommendation_fields,
    token_fields,   measure_fields,   fact_fields};

/* ------------------------------------------------------------------ methods */

/* The rows of `table` that belong to a section, paragraph or sentence. */
static void rows_within(const view_t *view, uint32_t table, uint32_t *first, uint32_t *count) {
  const tipl_section *section = &view->is.section;
  const tipl_sentence *sentence = &view->is.sentence;
  int of_section = view->table == TIPL_SECTIONS;
  switch (table) {
    case TIPL_PARAGRAPHS:
      *first = section->paragraph;
      *count = section->paragraphs;
      break;
    case TIPL_SENTENCES:
      *first = of_section ? section->sentence : view->is.paragraph.sentence;
      *count = of_section ? section->sentences : view->is.paragraph.sentences;
      break;
    case TIPL_TOKENS:
      *first = sentence->token;
      *count = sentence->tokens;
      break;
    case TIPL_MEASURES:
      *first = sentence->measure;
      *count = sentence->measures;
      break;
    default:
      *first = sentence->fact;
      *count = sentence->facts;
      break;
  }
}

static int children(lua_State *L, uint32_t table) {
  uint32_t first, count;
  view_t view;
  lua_settop(L, 1);
  tipl_lua_check_view(L, 1, (uint32_t)lua_tointeger(L, lua_upvalueindex(1)), &view);
  rows_within(&view, table, &first, &count);
  tipl_lua_push_range(L, view.owner, (tipl_table)table, first, count);
  return 1;
}

static int row_paragraphs(lua_State *L) {
  return children(L, TIPL_PARAGRAPHS);
}
static int row_sentences(lua_State *L) {
  return children(L, TIPL_SENTENCES);
}
static int row_tokens(lua_State *L) {
  return children(L, TIPL_TOKENS);
}
static int row_measures(lua_State *L) {
  return children(L, TIPL_MEASURES);
}
static int row_facts(lua_State *L) {
  return children(L, TIPL_FACTS);
}

static int row_equal(lua_State *L) {
  const char *class = tipl_lua_class_name((uint32_t)lua_tointeger(L, lua_upvalueindex(1)));
  const tipl_lua_row *a = luaL_testudata(L, 1, class), *b = luaL_testudata(L, 2, class);
  int same = 0;
  if (a != NULL && b != NULL && a->row == b->row &&
      (a->row != TIPL_NONE || memcmp(&((const tipl_lua_piece *)(const void *)a)->span,
                                     &((const tipl_lua_piece *)(const void *)b)->span, sizeof(tipl_span)) == 0)) {
    lua_getiuservalue(L, 1, 1);
    lua_getiuservalue(L, 2, 1);
    same = lua_rawequal(L, -1, -2);
  }
  lua_pushboolean(L, same);
  return 1;
}

static int row_tostring(lua_State *L) {
  uint32_t class = (uint32_t)lua_tointeger(L, lua_upvalueindex(1));
  const char *name = tipl_lua_class_name(class);
  const tipl_lua_row *row = luaL_checkudata(L, 1, name);
  const tipl_lua_report *holder;
  const char *text, *more = "";
  tipl_span span;
  size_t shown, length;
  lua_getiuservalue(L, 1, 1);
  holder = lua_touserdata(L, -1);
  if (holder->report == NULL) {
    lua_pushfstring(L, "%s %I (report closed)", name, (LUAI_UACINT)row->row + 1);
    return 1;
  }
  span = class == TIPL_LUA_SPAN ? ((const tipl_lua_piece *)(const void *)row)->span
                                : tipl_span_of(holder->report, row->table, row->row);
  text = tipl_span_text(holder->report, span, &length);
  if (length > 60) { /* cut before a byte that continues a character */
    shown = 60;
    while (shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80) shown--;
    more = " ...";
  } else {
    shown = length;
  }
  lua_pushlstring(L, text, shown);
  if (class == TIPL_LUA_SPAN)
    lua_pushfstring(L, "%s: %s%s", name, lua_tostring(L, -1), more);
  else
    lua_pushfstring(L, "%s %I: %s%s", name, (LUAI_UACINT)row->row + 1, lua_tostring(L, -1), more);
  return 1;
}

static const luaL_Reg meta[] = {
    {"__tostring", row_tostring}, {"__eq", row_equal}, {"__pairs", tipl_lua_pairs}, {NULL, NULL}};
static const luaL_Reg section_methods[] = {{"totable", tipl_lua_totable},
                                           {"paragraphs", row_paragraphs},
                                           {"sentences", row_sentences},
                                           {NULL, NULL}};
static const luaL_Reg paragraph_methods[] = {
    {"totable", tipl_lua_totable}, {"sentences", row_sentences}, {NULL, NULL}};
static const luaL_Reg sentence_methods[] = {{"totable", tipl_lua_totable},
                                            {"tokens", row_tokens},
                                            {"measures", row_measures},
                                            {"facts", row_facts},
                                            {NULL, NULL}};
static const luaL_Reg fact_methods[] = {
    {"totable", tipl_lua_totable}, {"span", fact_span}, {NULL, NULL}};
static const luaL_Reg plain_methods[] = {{"totable", tipl_lua_totable}, {NULL, NULL}};

void tipl_lua_open_rows(lua_State *L) {
  static const luaL_Reg *const methods[TIPL_TABLE_COUNT] = {
      section_methods, paragraph_methods, sentence_methods, plain_methods,
      plain_methods,   plain_methods,     fact_methods};
  uint32_t table;
  for (table = 0; table < TIPL_TABLE_COUNT; table++) {
    tipl_lua_new_class(L, table, meta, methods[table]);
    lua_pop(L, 1);
  }
  tipl_lua_new_class(L, TIPL_LUA_SPAN, meta, plain_methods);
  lua_pop(L, 1);
}
