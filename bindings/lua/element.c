/* element.c: the elements of tipl.grammar. An element asks the index whether something begins at a byte of the
 * unit; element(…) gives it as a C function for LPeg's match-time capture and as a userdata by which scan.c
 * finds places without LPeg.
 *
 * SPDX-License-Identifier: MIT */
#include "match.h"

#include <string.h>

#define ELEMENT "tipl.Element"

typedef tipl_lua_match match;
typedef tipl_lua_element element;
typedef tipl_lua_found found_t;

const char tipl_lua_out_of_steps = 0;

/* ------------------------------------------------------------------ the unit */

/* A span of the source in the text. */
static tipl_span in_text(const tipl_report *report, tipl_span span) {
  size_t length;
  const char *text = tipl_report_text(report, NULL);
  if (tipl_report_source(report, NULL) == text) return span;
  span.offset = (uint32_t)(tipl_span_text(report, span, &length) - text);
  span.length = (uint32_t)length;
  return span;
}

tipl_span tipl_lua_place(const tipl_report *report, tipl_table table, uint32_t row) {
  return in_text(report, tipl_span_of(report, table, row));
}

uint32_t tipl_lua_row_at(const tipl_report *report, tipl_table table, uint32_t offset) {
  tipl_span span = {offset, 1};
  return tipl_row_at(report, table, tipl_source_span(report, span).offset);
}

static uint32_t section_kind(const tipl_report *report, uint32_t row) {
  tipl_section section;
  return tipl_section_at(&section, report, row) ? (uint32_t)section.kind : TIPL_NONE;
}

static int set_sentence(match *m, const tipl_report *report, uint32_t row) {
  tipl_sentence s;
  if (!tipl_sentence_at(&s, report, row)) return 0;
  m->unit = in_text(report, s.span);
  m->section = section_kind(report, s.section);
  m->token = s.token;
  m->tokens = s.tokens;
  m->measure = s.measure;
  m->measures = s.measures;
  m->fact = s.fact;
  m->facts = s.facts;
  return 1;
}

/* A paragraph's rows are those from its first sentence's to its last one's. */
static int set_paragraph(match *m, const tipl_report *report, uint32_t row) {
  tipl_paragraph p;
  tipl_sentence last;
  if (!tipl_paragraph_at(&p, report, row) || p.sentences == 0 ||
      !set_sentence(m, report, p.sentence) ||
      !tipl_sentence_at(&last, report, p.sentence + p.sentences - 1))
    return 0;
  m->unit = in_text(report, p.span);
  m->tokens = last.token + last.tokens - m->token;
  m->measures = last.measure + last.measures - m->measure;
  m->facts = last.fact + last.facts - m->fact;
  return 1;
}

int tipl_lua_set_unit(match *m, const tipl_report *report, tipl_table table, uint32_t row) {
  m->report = report;
  m->steps = 0;
  return table == TIPL_PARAGRAPHS ? set_paragraph(m, report, row) : set_sentence(m, report, row);
}

/* The unit's token that begins at an offset, or TIPL_NONE. */
static uint32_t token_at(const match *m, uint32_t offset) {
  uint32_t low = m->token, high = m->token + m->tokens;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2, at = tipl_lua_place(m->report, TIPL_TOKENS, middle).offset;
    if (at == offset) return middle;
    if (at < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return TIPL_NONE;
}

/* ------------------------------------------------------------------ asking */

static int found_row(found_t *found, uint32_t table, uint32_t row, tipl_span span) {
  found->table = table;
  found->row = row;
  found->end = span.offset + span.length;
  return 1;
}

/* The longest measure of the kinds; numbers that name something or lie inside another measure do not count. */
static int ask_measure(const match *m, const element *e, uint32_t offset, found_t *found) {
  uint32_t row, best = TIPL_NONE;
  tipl_span span = {0, 0}, at;
  for (row = m->measure; row < m->measure + m->measures; row++) {
    tipl_measure measure;
    at = tipl_lua_place(m->report, TIPL_MEASURES, row);
    if (at.offset > offset) break;
    if (at.offset != offset || at.length <= span.length) continue;
    tipl_measure_at(&measure, m->report, row);
    if ((e->set >> measure.kind & 1) == 0) continue;
    if ((measure.kind == TIPL_MEASURE_NUMBER || measure.kind == TIPL_MEASURE_ORDINAL) &&
        (measure.flags & (TIPL_MEASURE_IDENTIFIER | TIPL_MEASURE_CONTAINED)))
      continue;
    best = row;
    span = at;
  }
  return best != TIPL_NONE && found_row(found, TIPL_MEASURES, best, span);
}

static int ask_facts(const match *m, const element *e, uint32_t offset, uint32_t first, uint32_t count,
                     found_t *found) {
  uint32_t row;
  for (row = first; row < first + count; row++) {
    tipl_span span = tipl_lua_place(m->report, TIPL_FACTS, row);
    if (span.offset == offset && tipl_takes_fact(m->report, &e->filter, row))
      return found_row(found, TIPL_FACTS, row, span);
  }
  return 0;
}

static int found_span(const match *m, found_t *found, const element *e, tipl_span span, const char *value) {
  found->span = tipl_source_span(m->report, span);
  found->kind = e->kind;
  found->value = value;
  return found_row(found, TIPL_LUA_SPAN, TIPL_NONE, span);
}

static int ask_words(const match *m, const element *e, uint32_t offset, found_t *found) {
  tipl_span span = {offset, 0};
  span.length = (uint32_t)tipl_lua_find_words(e->words, tipl_report_text(m->report, NULL) + offset,
                                              m->unit.offset + m->unit.length - offset);
  return span.length > 0 && found_span(m, found, e, span, NULL);
}

static int ask_term(const match *m, const element *e, uint32_t offset, found_t *found) {
  uint32_t token = token_at(m, offset);
  tipl_term term;
  if (token == TIPL_NONE || !tipl_term_at(&term, m->report, token, e->set, e->metric)) return 0;
  if (e->value != NULL && (term.word == NULL || strcmp(term.word, e->value) != 0)) return 0;
  term.span = in_text(m->report, term.span);
  if (term.span.offset + term.span.length > m->unit.offset + m->unit.length) return 0;
  return found_span(m, found, e, term.span, term.word);
}

static int ask_row(const match *m, tipl_table table, uint32_t offset, found_t *found) {
  uint32_t row = tipl_lua_row_at(m->report, table, offset);
  tipl_span span = tipl_lua_place(m->report, table, row);
  return row != TIPL_NONE && span.offset == offset &&
         offset + span.length <= m->unit.offset + m->unit.length && found_row(found, table, row, span);
}

static int ask_nothing(found_t *found, uint32_t offset) {
  found->table = TIPL_NONE;
  found->end = offset;
  return 1;
}

/* Does the inner element end right before, blanks aside? It begins with one of the last tokens. */
static int ask_after(const match *m, const element *e, uint32_t offset, found_t *found) {
  enum { TOKENS_BACK = 24 };
  uint32_t i, end = 0, tried = 0;
  for (i = m->token + m->tokens; i-- > m->token && tried < TOKENS_BACK;) {
    tipl_span token = tipl_lua_place(m->report, TIPL_TOKENS, i);
    if (token.offset + token.length > offset) continue;
    if (tried++ == 0) end = token.offset + token.length;
    if (tipl_lua_ask_at(m, e->inner, token.offset, found) && found->end == end) {
      found->end = offset;
      return 1;
    }
  }
  return 0;
}

int tipl_lua_ask_at(const match *m, const element *e, uint32_t offset, found_t *found) {
  switch (e->ask) {
    case TIPL_ASK_MEASURE:
      return ask_measure(m, e, offset, found);
    case TIPL_ASK_FACT:
      return ask_facts(m, e, offset, m->fact, m->facts, found) ||
             ask_facts(m, e, offset, m->own_fact, tipl_count(m->report, TIPL_FACTS) - m->own_fact, found);
    case TIPL_ASK_WORDS:
      return ask_words(m, e, offset, found);
    case TIPL_ASK_TERM:
      return ask_term(m, e, offset, found);
    case TIPL_ASK_BYTES:
      if (e->length > m->unit.offset + m->unit.length - offset ||
          memcmp(tipl_report_text(m->report, NULL) + offset, e->bytes, e->length) != 0)
        return 0;
      return ask_nothing(found, offset + (uint32_t)e->length);
    case TIPL_ASK_SENTENCE:
      return ask_row(m, TIPL_SENTENCES, offset, found);
    case TIPL_ASK_PARAGRAPH:
      return ask_row(m, TIPL_PARAGRAPHS, offset, found);
    case TIPL_ASK_SECTION:
      return m->section < 64 && (e->set >> m->section & 1) && ask_nothing(found, offset);
    case TIPL_ASK_AFTER:
      return ask_after(m, e, offset, found);
    default:
      return ask_nothing(found, offset);
  }
}

/* ------------------------------------------------------------------ for LPeg */

/* Does the element read something? LPeg allows loops only over what does; it is told so by a byte read ahead. */
static int reads(const element *e) {
  return e->ask != TIPL_ASK_SECTION && e->ask != TIPL_ASK_AFTER && e->ask != TIPL_ASK_STEP;
}

/* A match-time capture over one byte (over none, for what reads nothing): (subject, position) gives the position
 * behind and the row, or false. Upvalues: the match, the element. */
static int ask(lua_State *L) {
  match *m = lua_touserdata(L, lua_upvalueindex(1));
  const element *e = lua_touserdata(L, lua_upvalueindex(2));
  uint32_t at = (uint32_t)lua_tointeger(L, 2) - (reads(e) ? 2 : 1);
  found_t found;
  if (m->report == NULL)
    return luaL_error(L, "a pattern of tipl.grammar is matched by a rule (report:apply, rule:matches), not by itself");
  if (m->budget > 0 && ++m->steps > m->budget) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&tipl_lua_out_of_steps);
    return lua_error(L);
  }
  if (at > m->unit.length || !tipl_lua_ask_at(m, e, m->unit.offset + at, &found)) {
    lua_pushboolean(L, 0);
    return 1;
  }
  lua_pushinteger(L, (lua_Integer)(found.end - m->unit.offset) + 1);
  if (found.table == TIPL_NONE) return 1;
  lua_getiuservalue(L, lua_upvalueindex(1), 1); /* the report's userdata */
  if (found.table == TIPL_LUA_SPAN)
    tipl_lua_push_span(L, lua_gettop(L), found.span, found.kind, found.value);
  else
    tipl_lua_push_row(L, lua_gettop(L), (tipl_table)found.table, found.row);
  lua_replace(L, -2);
  return 2;
}

const element *tipl_lua_check_element(lua_State *L, int index) {
  return luaL_checkudata(L, index, ELEMENT);
}

match *tipl_lua_match_of(lua_State *L) {
  match *m;
  lua_getfield(L, LUA_REGISTRYINDEX, "tipl.match");
  m = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return m;
}

/* ------------------------------------------------------------------ making elements
 * element(kind, argument): the C function and the element. */

static uint64_t check_words(lua_State *L, int index, tipl_vocabulary vocabulary, const char *what) {
  uint64_t set = 0;
  lua_Integer i, n;
  if (lua_type(L, index) == LUA_TSTRING) return (uint64_t)1 << tipl_lua_check_word(L, index, vocabulary, what);
  luaL_checktype(L, index, LUA_TTABLE);
  n = luaL_len(L, index);
  for (i = 1; i <= n; i++) {
    lua_geti(L, index, i);
    set |= (uint64_t)1 << tipl_lua_check_word(L, lua_gettop(L), vocabulary, what);
    lua_pop(L, 1);
  }
  if (set == 0) luaL_error(L, "%s: the list of words is empty", what);
  return set;
}

static const char *class_name(const void *from, uint32_t i) {
  (void)from;
  return tipl_term_class_name(i + 1);
}

static uint64_t class_set(const char *name) {
  return (uint64_t)1 << tipl_term_class(name, strlen(name));
}

/* [-0, +1, v] Fills the element whose userdata is on top; leaves there what it points to. */
static void fill(lua_State *L, element *e, const char *kind) {
  size_t length;
  lua_pushvalue(L, 2);
  if (strcmp(kind, "measure") == 0) {
    e->ask = TIPL_ASK_MEASURE;
    e->set = check_words(L, 2, TIPL_VOCAB_MEASURE, "measure");
  } else if (strcmp(kind, "fact") == 0) {
    e->ask = TIPL_ASK_FACT;
    tipl_lua_read_filter(L, 0, 2, &e->filter);
  } else if (strcmp(kind, "word") == 0) {
    e->ask = TIPL_ASK_WORDS;
    e->kind = "word";
    luaL_checktype(L, 2, LUA_TTABLE);
    e->words = tipl_lua_new_words(L, 2);
  } else if (strcmp(kind, "term") == 0) {
    const char *name = luaL_checklstring(L, 2, &length);
    uint32_t class = tipl_term_class(name, length), n = 0;
    while (tipl_term_class_name(n + 1) != NULL) n++;
    if (class == TIPL_NONE) tipl_lua_unknown(L, "class of terms", name, class_name, NULL, n);
    e->ask = TIPL_ASK_TERM;
    e->kind = tipl_term_class_name(class);
    e->set = (uint64_t)1 << class;
  } else if (strcmp(kind, "country") == 0) {
    e->ask = TIPL_ASK_TERM;
    e->kind = "country";
    e->set = class_set("nation");
    if (!lua_isnoneornil(L, 2)) e->value = luaL_checkstring(L, 2);
  } else if (strcmp(kind, "actor") == 0) {
    e->ask = TIPL_ASK_TERM;
    e->kind = "actor";
    e->set = class_set("actor");
    if (!lua_isnoneornil(L, 2))
      e->value = tipl_word(TIPL_VOCAB_SOURCE, tipl_lua_check_word(L, 2, TIPL_VOCAB_SOURCE, "actor"));
  } else if (strcmp(kind, "metric") == 0) {
    e->ask = TIPL_ASK_TERM;
    e->kind = "metric";
    e->set = class_set("head") | class_set("verb") | class_set("noun");
    e->metric = tipl_lua_check_word(L, 2, TIPL_VOCAB_METRIC, "metric");
  } else if (strcmp(kind, "bytes") == 0) {
    e->ask = TIPL_ASK_BYTES;
    e->bytes = luaL_checklstring(L, 2, &e->length);
  } else if (strcmp(kind, "section") == 0) {
    e->ask = TIPL_ASK_SECTION;
    e->set = check_words(L, 2, TIPL_VOCAB_SECTION, "section");
  } else if (strcmp(kind, "after") == 0) {
    e->ask = TIPL_ASK_AFTER;
    e->inner = tipl_lua_check_element(L, 2);
  } else {
    e->ask = strcmp(kind, "sentence") == 0    ? TIPL_ASK_SENTENCE
             : strcmp(kind, "paragraph") == 0 ? TIPL_ASK_PARAGRAPH
                                              : TIPL_ASK_STEP;
  }
}

int tipl_lua_element_new(lua_State *L) {
  static const char *const kinds[] = {"measure", "fact",     "word",      "term",    "country", "actor", "metric",
                                      "bytes",   "sentence", "paragraph", "section", "after",   "step",  NULL};
  static const tipl_filter none = TIPL_FILTER_INIT;
  const char *kind = kinds[luaL_checkoption(L, 1, NULL, kinds)];
  element *e;
  lua_settop(L, 2);
  e = lua_newuserdatauv(L, sizeof *e, 1); /* [kind, argument, element] */
  memset(e, 0, sizeof *e);
  e->filter = none;
  e->metric = TIPL_NONE;
  fill(L, e, kind);
  lua_setiuservalue(L, 3, 1);
  lua_settop(L, 3);
  luaL_setmetatable(L, ELEMENT);
  lua_getfield(L, LUA_REGISTRYINDEX, "tipl.match");
  lua_pushvalue(L, 3);
  lua_pushcclosure(L, ask, 2);
  lua_insert(L, 3);
  return 2;
}

void tipl_lua_open_elements(lua_State *L) {
  match *m = lua_newuserdatauv(L, sizeof *m, 1);
  memset(m, 0, sizeof *m);
  lua_setfield(L, LUA_REGISTRYINDEX, "tipl.match");
  luaL_newmetatable(L, ELEMENT);
  lua_pushstring(L, ELEMENT);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}
