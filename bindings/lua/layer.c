/* layer.c: the facts that rules make. A report's userdata keeps, beside the report as it was parsed, one that has
 * the facts of all its layers behind its own (tipl_report_extend); queries read that one, so that filters
 * and sums see both. User value 1 of the userdata is the list of layers: { key =, facts = userdata }.
 *
 * SPDX-License-Identifier: MIT */
#include "match.h"

#include <string.h>

/* ------------------------------------------------------------------ a table as a fact
 * Every reader finds its value on top of the stack. */

typedef struct reader {
  lua_State *L;
  const tipl_report *report;
  int owner;  /* index of the report's userdata */
  int anchor; /* index of the table that keeps the words of the facts */
  tipl_fact *fact;
} reader;

typedef struct field {
  const char *name;
  void (*read)(reader *r, const struct field *field);
  tipl_vocabulary vocabulary;
  size_t at; /* in tipl_fact */
} field;

static void *place(reader *r, const field *f) {
  return (char *)r->fact + f->at;
}

/* The text on top, kept as long as the layer. */
static const char *kept(reader *r) {
  lua_pushvalue(r->L, -1);
  lua_rawseti(r->L, r->anchor, (lua_Integer)lua_rawlen(r->L, r->anchor) + 1);
  return lua_tostring(r->L, -1);
}

static void read_word(reader *r, const field *f) {
  uint32_t word = tipl_lua_check_word(r->L, lua_gettop(r->L), f->vocabulary, f->name);
  memcpy(place(r, f), &word, sizeof word);
}

static void read_who(reader *r, const field *f) {
  lua_State *L = r->L;
  const char *word, *plus;
  if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "%s: a word expected, got %s", f->name, luaL_typename(L, -1));
  for (word = lua_tostring(L, -1); word != NULL; word = plus != NULL ? plus + 1 : NULL) {
    plus = strchr(word, '+');
    lua_pushlstring(L, word, plus != NULL ? (size_t)(plus - word) : strlen(word));
    r->fact->who |= 1u << tipl_lua_check_word(L, lua_gettop(L), f->vocabulary, f->name);
    lua_pop(L, 1);
  }
}

static const tipl_lua_row *row_on_top(reader *r) {
  const char *names[] = {tipl_lua_class_name(TIPL_MEASURES), tipl_lua_class_name(TIPL_FACTS),
                         tipl_lua_class_name(TIPL_TOKENS), tipl_lua_class_name(TIPL_SENTENCES),
                         tipl_lua_class_name(TIPL_LUA_SPAN)};
  const tipl_lua_row *row = NULL;
  size_t i;
  for (i = 0; row == NULL && i < sizeof names / sizeof *names; i++) row = luaL_testudata(r->L, -1, names[i]);
  if (row == NULL) return NULL;
  lua_getiuservalue(r->L, -1, 1);
  if (!lua_rawequal(r->L, -1, r->owner)) luaL_error(r->L, "a row of another report");
  tipl_lua_check_taken(r->L, r->owner, row->table, row->row, row->taken);
  lua_pop(r->L, 1);
  return row;
}

/* What a measure says: amount, unit, bound and, of a year or date, the period. */
static void take_measure(reader *r, uint32_t row) {
  tipl_measure m;
  tipl_fact *fact = r->fact;
  if (!tipl_measure_at(&m, r->report, row)) return;
  if (m.from != TIPL_DATE_NONE && m.kind != TIPL_MEASURE_NUMBER) return;
  fact->has_value = 1;
  fact->value = m.value;
  fact->has_high = (m.flags & TIPL_MEASURE_HAS_HIGH) != 0;
  fact->high = m.high;
  fact->measure = row;
  if (fact->bound == TIPL_BOUND_NONE) fact->bound = m.bound == TIPL_BOUND_NONE ? TIPL_BOUND_EXACT : m.bound;
  if (fact->unit == NULL && m.kind == TIPL_MEASURE_PERCENT) fact->unit = "percent";
  if (fact->unit == NULL && m.unit != NULL && *m.unit != '\0') fact->unit = m.unit;
}

static void read_value(reader *r, const field *f) {
  lua_State *L = r->L;
  const tipl_lua_row *row = row_on_top(r);
  tipl_fact other;
  if (row != NULL && row->table == TIPL_MEASURES) {
    take_measure(r, row->row);
  } else if (row != NULL && row->table == TIPL_FACTS && tipl_fact_at(&other, r->report, row->row)) {
    r->fact->has_value = other.has_value;
    r->fact->value = other.value;
    if (r->fact->unit == NULL) r->fact->unit = other.unit;
  } else if (row == NULL && lua_type(L, -1) == LUA_TNUMBER && lua_isinteger(L, -1)) {
    r->fact->has_value = 1;
    r->fact->value = tipl_lua_check_decimal(L, lua_gettop(L));
  } else if (row == NULL && lua_type(L, -1) == LUA_TSTRING) {
    r->fact->label = kept(r);
  } else {
    luaL_error(L, "%s: a captured number, an integer or a word expected, got %s", f->name,
               luaL_tolstring(L, -1, NULL));
  }
}

static void read_text(reader *r, const field *f) {
  const char *text;
  if (lua_type(r->L, -1) != LUA_TSTRING)
    luaL_error(r->L, "%s: a word expected, got %s", f->name, luaL_typename(r->L, -1));
  text = kept(r);
  memcpy(place(r, f), &text, sizeof text);
}

/* A year, a date as text, or a captured year, date or period, which gives both ends. */
static void read_date(reader *r, const field *f) {
  const tipl_lua_row *row = row_on_top(r);
  tipl_date date;
  tipl_measure m;
  if (row != NULL && row->table == TIPL_MEASURES && tipl_measure_at(&m, r->report, row->row) &&
      m.from != TIPL_DATE_NONE) {
    r->fact->from = m.from;
    r->fact->to = m.to != TIPL_DATE_NONE ? m.to : m.from;
    return;
  }
  date = tipl_lua_check_date(r->L, lua_gettop(r->L), f->name);
  if (strcmp(f->name, "year") == 0)
    r->fact->from = r->fact->to = date;
  else
    memcpy(place(r, f), &date, sizeof date);
}

/* A row, or { first, last }. */
static void read_span(reader *r, const field *f) {
  lua_State *L = r->L;
  const tipl_lua_row *row = row_on_top(r);
  tipl_span span;
  size_t length;
  if (row != NULL) {
    span = row->table == (tipl_table)TIPL_LUA_SPAN ? ((const tipl_lua_piece *)(const void *)row)->span
                                                   : tipl_span_of(r->report, row->table, row->row);
  } else {
    lua_Integer first, last;
    if (!lua_istable(L, -1))
      luaL_error(L, "%s: a captured part of the text expected, got %s", f->name, luaL_typename(L, -1));
    lua_geti(L, -1, 1);
    lua_geti(L, -2, 2);
    first = lua_tointeger(L, -2);
    last = lua_tointeger(L, -1);
    lua_pop(L, 2);
    tipl_report_source(r->report, &length);
    if (first < 1 || last < first || last > (lua_Integer)length)
      luaL_error(L, "%s: { first, last } are not positions in the text", f->name);
    span.offset = (uint32_t)(first - 1);
    span.length = (uint32_t)(last - first + 1);
  }
  memcpy(place(r, f), &span, sizeof span);
}

static void read_of(reader *r, const field *f) {
  const tipl_lua_row *row = row_on_top(r);
  if (row == NULL || row->table != TIPL_FACTS) luaL_error(r->L, "%s: a fact expected", f->name);
  r->fact->of = row->row;
}

#define AT(member) offsetof(tipl_fact, member)
static const field fields[] = {
    {"metric", read_word, TIPL_VOCAB_METRIC, AT(metric)},
    {"unit", read_text, TIPL_VOCAB_COUNT, AT(unit)},
    {"bound", read_word, TIPL_VOCAB_BOUND, AT(bound)},
    {"value", read_value, TIPL_VOCAB_COUNT, 0},
    {"state", read_word, TIPL_VOCAB_STATE, AT(state)},
    {"from", read_date, TIPL_VOCAB_COUNT, AT(from)},
    {"to", read_date, TIPL_VOCAB_COUNT, AT(to)},
    {"year", read_date, TIPL_VOCAB_COUNT, AT(from)},
    {"basis", read_word, TIPL_VOCAB_BASIS, AT(basis)},
    {"form", read_word, TIPL_VOCAB_FORM, AT(form)},
    {"who", read_who, TIPL_VOCAB_WHO, 0},
    {"source", read_word, TIPL_VOCAB_SOURCE, AT(source)},
    {"status", read_word, TIPL_VOCAB_STATUS, AT(status)},
    {"relation", read_word, TIPL_VOCAB_RELATION, AT(relation)},
    {"of", read_of, TIPL_VOCAB_COUNT, 0},
    {"certainty", read_word, TIPL_VOCAB_CERTAINTY, AT(certainty)},
    {"phase", read_word, TIPL_VOCAB_PHASE, AT(phase)},
    {"label", read_text, TIPL_VOCAB_COUNT, AT(label)},
    {"evidence", read_span, TIPL_VOCAB_COUNT, AT(evidence)},
    {"noun", read_span, TIPL_VOCAB_COUNT, AT(noun)},
    {"actor", read_span, TIPL_VOCAB_COUNT, AT(actor)},
    {"recipient", read_span, TIPL_VOCAB_COUNT, AT(recipient)},
    {"purpose", read_span, TIPL_VOCAB_COUNT, AT(purpose)},
    {"verb", read_span, TIPL_VOCAB_COUNT, AT(verb)},
    {"rule", read_text, TIPL_VOCAB_COUNT, AT(rule)},
};
#define FIELDS ((uint32_t)(sizeof fields / sizeof *fields))

/* A field without a value is `state`'s to explain; a period without a basis is stated. */
static void complete(reader *r) {
  tipl_fact *f = r->fact;
  tipl_sentence s;
  f->sentence = tipl_row_at(r->report, TIPL_SENTENCES, f->evidence.offset);
  if (tipl_sentence_at(&s, r->report, f->sentence)) f->section = s.section;
  if (f->from != TIPL_DATE_NONE && f->to == TIPL_DATE_NONE) f->to = f->from;
  if (f->from != TIPL_DATE_NONE && f->basis == TIPL_BASIS_NONE) f->basis = TIPL_BASIS_STATED;
  if (f->has_value && f->bound == TIPL_BOUND_NONE) f->bound = TIPL_BOUND_EXACT;
  if (f->label != NULL && f->unit == NULL) f->unit = "label";
  if (f->state == TIPL_STATE_NONE_REPORTED && !f->has_value) f->has_value = 1;
}

static const tipl_fact *read_fact(reader *r, tipl_fact *fact) {
  lua_State *L = r->L;
  uint32_t i;
  memset(fact, 0, sizeof *fact);
  fact->of = fact->sentence = fact->section = fact->measure = TIPL_NONE;
  r->fact = fact;
  for (i = 0; i < FIELDS; i++) {
    if (lua_getfield(L, -1, fields[i].name) != LUA_TNIL) fields[i].read(r, &fields[i]);
    lua_pop(L, 1);
  }
  complete(r);
  return fact;
}

/* ------------------------------------------------------------------ layers */

/* [-0, +1, m] The report's list of layers, a new one where it has none. */
static void push_layers(lua_State *L, int owner) {
  if (lua_getiuservalue(L, owner, 1) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, owner, 1);
}

/* Makes the report anew out of its base and the facts of the layers in the list on top of the stack. */
static void rebuild(lua_State *L, int owner) {
  tipl_lua_report *holder = lua_touserdata(L, owner);
  const tipl_report *base = holder->base != NULL ? holder->base : holder->report;
  int list = lua_gettop(L);
  lua_Integer i, n = luaL_len(L, list);
  size_t bytes = 0;
  char *all;
  tipl_report *report = NULL;
  tipl_error error;
  for (i = 1; i <= n; i++) {
    lua_geti(L, list, i);
    lua_getfield(L, -1, "facts");
    bytes += lua_rawlen(L, -1);
    lua_settop(L, list);
  }
  all = lua_newuserdatauv(L, bytes + 1, 0);
  for (bytes = 0, i = 1; i <= n; i++) {
    lua_geti(L, list, i);
    lua_getfield(L, -1, "facts");
    memcpy(all + bytes, lua_touserdata(L, -1), lua_rawlen(L, -1));
    bytes += lua_rawlen(L, -1);
    lua_settop(L, list + 1);
  }
  if (bytes == 0) { /* the base alone */
    tipl_report_ref(base);
  } else if (tipl_report_extend(&report, base, (const tipl_fact *)(const void *)all,
                                (uint32_t)(bytes / sizeof(tipl_fact)), &error) != TIPL_OK) {
    luaL_error(L, "%s", error.message);
  }
  if (holder->base != NULL) tipl_report_unref(holder->report); /* else it becomes the base */
  holder->base = base;
  holder->report = report != NULL ? report : base;
  lua_settop(L, list);
}

/* layer(report, key, facts): adds the facts, tables of fields, to the layer called `key`, which is made if
 * need be. Returns their number. */
int tipl_lua_layer(lua_State *L) {
  reader r = {L, NULL, 1, 0, NULL};
  lua_Integer i, n, count = luaL_len(L, 3);
  tipl_fact *facts;
  r.report = tipl_lua_check_report(L, 1);
  lua_settop(L, 3);
  push_layers(L, 1);    /* [report, key, facts, layers] */
  lua_newtable(L);      /* the layer */
  lua_newtable(L);      /* words */
  r.anchor = lua_gettop(L);
  facts = lua_newuserdatauv(L, (size_t)count * sizeof *facts, 0);
  for (i = 1; i <= count; i++) {
    lua_geti(L, 3, i);
    read_fact(&r, &facts[i - 1]);
    lua_pop(L, 1);
  }
  lua_setfield(L, 5, "facts");
  lua_setfield(L, 5, "words");
  lua_pushvalue(L, 2);
  lua_setfield(L, 5, "key");
  n = luaL_len(L, 4);
  lua_createtable(L, (int)n + 1, 0); /* a list of its own, so that a failure leaves all as it was */
  for (i = 1; i <= n; i++) {
    lua_geti(L, 4, i);
    lua_rawseti(L, 6, i);
  }
  lua_pushvalue(L, 5);
  lua_rawseti(L, 6, n + 1);
  if (count > 0) rebuild(L, 1);
  lua_setiuservalue(L, 1, 1);
  lua_pushinteger(L, count);
  return 1;
}

/* Rows of facts that go, as a range; what stands behind moves up. */
typedef struct gap {
  uint32_t first, count;
} gap;

/* [-1, +1, m] The layer on top as it is once the rows of a gap are gone: the same, or a copy whose relations lead
 * where they led; a relation to a fact that goes is none. */
static void close_gap(lua_State *L, gap gone) {
  const tipl_fact *facts;
  tipl_fact *own = NULL;
  size_t i, count;
  int layer = lua_gettop(L);
  lua_getfield(L, layer, "facts");
  facts = lua_touserdata(L, -1);
  count = lua_rawlen(L, -1) / sizeof *facts;
  for (i = 0; i < count; i++) {
    if (facts[i].of == TIPL_NONE || facts[i].of < gone.first) continue;
    if (own == NULL) {
      own = lua_newuserdatauv(L, count * sizeof *own, 0);
      memcpy(own, facts, count * sizeof *own);
    }
    if (own[i].of < gone.first + gone.count) {
      own[i].of = TIPL_NONE;
      own[i].relation = TIPL_RELATION_PRIMARY;
    } else {
      own[i].of -= gone.count;
    }
  }
  if (own != NULL) {
    lua_newtable(L);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "facts");
    lua_getfield(L, layer, "words");
    lua_setfield(L, -2, "words");
    lua_getfield(L, layer, "key");
    lua_setfield(L, -2, "key");
    lua_replace(L, layer);
  }
  lua_settop(L, layer);
}

/* [-0, +1, m] The list of layers at `list` without layer `gone`, which has the rows of the gap. */
static void push_without(lua_State *L, int list, lua_Integer gone, gap rows) {
  lua_Integer i, n = luaL_len(L, list), kept_layers = 0;
  lua_createtable(L, (int)n, 0);
  for (i = 1; i <= n; i++) {
    if (i == gone) continue;
    lua_geti(L, list, i);
    if (rows.count > 0) close_gap(L, rows);
    lua_rawseti(L, -2, ++kept_layers);
  }
}

/* unlayer(report, key): takes all layers of the key away; returns whether there was one. */
int tipl_lua_unlayer(lua_State *L) {
  tipl_lua_report *holder = lua_touserdata(L, 1);
  lua_Integer i, n;
  gap rows;
  int found = 0, changed = 0;
  tipl_lua_check_report(L, 1);
  lua_settop(L, 2);
  push_layers(L, 1); /* [report, key, layers] */
  n = luaL_len(L, 3);
  rows.first = tipl_count(holder->base != NULL ? holder->base : holder->report, TIPL_FACTS);
  for (i = 1; i <= n;) {
    lua_geti(L, 3, i);
    lua_getfield(L, -1, "facts");
    rows.count = (uint32_t)(lua_rawlen(L, -1) / sizeof(tipl_fact));
    lua_getfield(L, -2, "key");
    if (!lua_rawequal(L, -1, 2)) {
      rows.first += rows.count;
      i++;
    } else {
      found = 1;
      changed = changed || rows.count > 0;
      push_without(L, 3, i, rows);
      lua_replace(L, 3);
      n--;
    }
    lua_settop(L, 3);
  }
  if (changed) {
    rebuild(L, 1);
    holder->taken++;
  }
  lua_setiuservalue(L, 1, 1);
  lua_pushboolean(L, found);
  return 1;
}

/* layers(report): the keys of its layers, in order. */
int tipl_lua_layers(lua_State *L) {
  lua_Integer i, n;
  tipl_lua_check_report(L, 1);
  lua_settop(L, 1);
  push_layers(L, 1);
  n = luaL_len(L, 2);
  lua_createtable(L, (int)n, 0);
  for (i = 1; i <= n; i++) {
    lua_geti(L, 2, i);
    lua_getfield(L, -1, "key");
    lua_rawseti(L, 3, i);
    lua_pop(L, 1);
  }
  return 1;
}
