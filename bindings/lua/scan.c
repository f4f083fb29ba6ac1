/* scan.c: runs the patterns of rules over a report. Every rule says what a unit must hold (`need`) and what it
 * can begin with (`first`); the index answers these, so that LPeg is called only at places where a rule
 * may match.
 *
 * SPDX-License-Identifier: MIT */
#include "match.h"

#include <string.h>
#include <time.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define SCANNER "tipl.Scanner"

typedef tipl_lua_match match;
typedef tipl_lua_element element;

/* A spelling to search for, and its next place in the text. */
typedef struct cursor {
  const char *text;
  size_t length;
  uint32_t next; /* TIPL_NONE: no more */
  int whole;     /* a word of its own */
} cursor;

/* Offsets in the unit, ascending; at most ROOM are kept. */
enum { ROOM = 24 };
typedef struct places {
  uint32_t count; /* more than ROOM: not all of them are known */
  uint32_t at[ROOM];
} places;

typedef struct rule {
  const element **need, **first;
  uint32_t needs, firsts; /* 0: anything will do */
  uint32_t cursor, cursors;
  uint32_t reach;     /* words at most between the end of what it begins with and what it needs; TIPL_NONE: unknown */
  int paragraph;      /* its units are paragraphs, not sentences */
  places needed;      /* words of its need in the unit */
  places starts;      /* words it may begin with, when these are looked up together */
  uint64_t tries, hits, nanoseconds;
} rule;

/* A word of the common set and a rule that it means something to. */
typedef struct link {
  uint32_t rule, next; /* next: of the same word, TIPL_NONE at the end */
  int starts;          /* it may begin the rule; else the rule needs it */
} link;

/* User values: 1 the patterns in a list, with what else must live as long; 2 lpeg.match; 3 the element of all words. */
typedef struct scanner {
  uint32_t rules, budget;
  const tipl_lua_words *all; /* the words of all rules, to be looked up together; NULL: searched one by one */
  int profile;
  rule *rule;
  cursor *cursor;
  link *links;
  uint32_t *heads; /* first link of each place of `all` */
} scanner;

enum { PATTERNS, MATCH, ALL_WORDS };

/* ------------------------------------------------------------------ searching a spelling */

static int is_letter(char c) {
  unsigned char u = (unsigned char)c;
  return (u | 0x20) - 'a' + 0u < 26u || u >= 0x80;
}

/* A byte outside ASCII may be a mark, and then a word ends before it. */
static int is_ascii_letter(char c) {
  return ((unsigned char)c | 0x20) - 'a' + 0u < 26u;
}

static int same(const char *a, const char *b, size_t n) {
  size_t i = 0;
  while (i < n && (a[i] | 0x20) == (b[i] | 0x20)) i++;
  return i == n;
}

/* The first place from `from` on where the spelling stands, by letters folded (other bytes may be taken for
 * one another: a place found is only a place to look at), or TIPL_NONE. */
static uint32_t search(const cursor *c, const char *text, uint32_t from, uint32_t length) {
  uint32_t n = (uint32_t)c->length, at = from;
#if defined(__SSE2__)
  const __m128i fold = _mm_set1_epi8(0x20), head = _mm_set1_epi8((char)(c->text[0] | 0x20)),
                tail = _mm_set1_epi8((char)(c->text[n - 1] | 0x20));
  for (; at + n + 15 <= length; at += 16) {
    __m128i a = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(text + at)), fold);
    __m128i b = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(text + at + n - 1)), fold);
    unsigned hits = (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, head), _mm_cmpeq_epi8(b, tail)));
    for (; hits != 0; hits &= hits - 1) {
      uint32_t i = at + (uint32_t)__builtin_ctz(hits);
      if (same(text + i, c->text, n) && (!c->whole || ((i == 0 || !is_ascii_letter(text[i - 1])) &&
                                                       (i + n == length || !is_ascii_letter(text[i + n])))))
        return i;
    }
  }
#endif
  for (; at + n <= length; at++)
    if (same(text + at, c->text, n) && (!c->whole || ((at == 0 || !is_ascii_letter(text[at - 1])) &&
                                                      (at + n == length || !is_ascii_letter(text[at + n])))))
      return at;
  return TIPL_NONE;
}

/* Is the spelling at or after `begin` and before `end`? */
static int cursor_hits(cursor *c, const tipl_report *report, uint32_t begin, uint32_t end) {
  size_t length;
  const char *text = tipl_report_text(report, &length);
  if (c->next != TIPL_NONE && c->next < begin) c->next = search(c, text, begin, (uint32_t)length);
  return c->next != TIPL_NONE && c->next < end;
}

/* ------------------------------------------------------------------ may a unit match? */

static int holds(const match *m, const element *e) {
  uint32_t row;
  tipl_measure measure;
  switch (e->ask) {
    case TIPL_ASK_MEASURE:
      for (row = m->measure; row < m->measure + m->measures; row++)
        if (tipl_measure_at(&measure, m->report, row) && (e->set >> measure.kind & 1)) return 1;
      return 0;
    case TIPL_ASK_TERM:
      return (tipl_terms_begin(m->report, m->token, m->tokens) & e->set) != 0;
    case TIPL_ASK_FACT:
      for (row = m->fact; row < m->fact + m->facts; row++)
        if (tipl_takes_fact(m->report, &e->filter, row)) return 1;
      return tipl_next_fact(m->report, &e->filter, m->own_fact) != TIPL_NONE;
    case TIPL_ASK_SECTION:
      return m->section < 64 && (e->set >> m->section & 1);
    default:
      return 1;
  }
}

static void add_place(places *p, uint32_t offset) {
  if (p->count < ROOM) p->at[p->count] = offset;
  p->count++;
}

/* Notes where the words of the rules stand in the unit. */
static void find_words(scanner *s, const match *m) {
  const char *text = tipl_report_text(m->report, NULL);
  uint32_t token, i, place;
  for (i = 0; i < s->rules; i++) s->rule[i].needed.count = s->rule[i].starts.count = 0;
  if (s->all == NULL) return;
  for (token = m->token; token < m->token + m->tokens; token++) {
    tipl_span span = tipl_lua_place(m->report, TIPL_TOKENS, token);
    if (!is_letter(text[span.offset])) continue;
    place = tipl_lua_word_place(s->all, text + span.offset, span.length);
    if (place == TIPL_NONE) continue;
    for (i = s->heads[place]; i != TIPL_NONE; i = s->links[i].next) {
      rule *r = &s->rule[s->links[i].rule];
      add_place(s->links[i].starts ? &r->starts : &r->needed, span.offset);
    }
  }
}

/* May the rule match in the unit? Notes where what it needs stands, if that is a spelling. */
static int may_match(scanner *s, rule *r, const match *m) {
  uint32_t i, end = m->unit.offset + m->unit.length;
  if (r->needs == 0) return 1;
  for (i = 0; i < r->cursors; i++) {
    cursor *c = &s->cursor[r->cursor + i];
    uint32_t begin = m->unit.offset;
    for (; cursor_hits(c, m->report, begin, end); begin = c->next + 1) add_place(&r->needed, c->next);
  }
  if (r->needed.count > 0) return 1;
  for (i = 0; i < r->needs; i++) {
    const element *e = r->need[i];
    if (e->ask == TIPL_ASK_WORDS || e->ask == TIPL_ASK_BYTES) continue;
    if (holds(m, e)) return 1;
  }
  return 0;
}

static int is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Are there at most `most` runs of what is no blank between two offsets? */
static int near(const char *text, uint32_t from, uint32_t to, uint32_t most) {
  uint32_t i, runs = 0;
  for (i = from; i < to && runs <= most; i++) runs += !is_blank(text[i]) && (i == from || is_blank(text[i - 1]));
  return runs <= most;
}

/* Having begun at `offset` and read to `end`, may the rule get to what it needs? */
static int may_reach(const rule *r, const match *m, uint32_t offset, uint32_t end) {
  const char *text = tipl_report_text(m->report, NULL);
  uint32_t i;
  if (r->needed.count == 0 || r->needed.count > ROOM) return 1;
  for (i = 0; i < r->needed.count; i++) {
    if (r->reach == TIPL_NONE ? r->needed.at[i] >= offset
                              : r->needed.at[i] >= end && near(text, end, r->needed.at[i], r->reach))
      return 1;
  }
  return 0;
}

/* May the rule begin at an offset? */
static int may_begin(const rule *r, const match *m, uint32_t offset) {
  tipl_lua_found found;
  uint32_t i;
  for (i = 0; i < r->firsts; i++)
    if (tipl_lua_ask_at(m, r->first[i], offset, &found) && may_reach(r, m, offset, found.end)) return 1;
  return r->firsts == 0;
}

static void sort_places(places *p) {
  uint32_t i, k;
  for (i = 1; i < p->count; i++) {
    uint32_t at = p->at[i];
    for (k = i; k > 0 && p->at[k - 1] > at; k--) p->at[k] = p->at[k - 1];
    p->at[k] = at;
  }
}

/* Where the rule may begin, by what it begins with; 0 when only every token is known to hold all of them. */
static int find_starts(const scanner *s, rule *r, const match *m) {
  places *starts = &r->starts;
  uint32_t i, row;
  if (r->firsts == 0) return 0;
  for (i = 0; i < r->firsts; i++) {
    const element *e = r->first[i];
    if (e->ask == TIPL_ASK_MEASURE) {
      for (row = m->measure; row < m->measure + m->measures; row++)
        add_place(starts, tipl_lua_place(m->report, TIPL_MEASURES, row).offset);
    } else if (e->ask == TIPL_ASK_FACT && m->own_fact == tipl_count(m->report, TIPL_FACTS)) {
      for (row = m->fact; row < m->fact + m->facts; row++)
        add_place(starts, tipl_lua_place(m->report, TIPL_FACTS, row).offset);
    } else if (e->ask == TIPL_ASK_TERM) {
      for (row = m->token; row < m->token + m->tokens; row++)
        if (tipl_terms_begin(m->report, row, 1) & e->set)
          add_place(starts, tipl_lua_place(m->report, TIPL_TOKENS, row).offset);
    } else if (e->ask != TIPL_ASK_WORDS || s->all == NULL) {
      return 0;
    }
  }
  if (starts->count > ROOM) return 0;
  sort_places(starts);
  return 1;
}

/* ------------------------------------------------------------------ matching */

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What the frame of a scan holds on the Lua stack. */
enum { AT_SCANNER = 1, AT_REPORT, AT_RULES, AT_MATCH, AT_MATCHES, AT_TROUBLES, AT_SUBJECT };

/* A rule could not be tried to its end: into the list of troubles, or raised again. The error is on top. */
static int trouble(lua_State *L, uint32_t index, tipl_table table, uint32_t row) {
  if (lua_type(L, -1) != LUA_TLIGHTUSERDATA || lua_touserdata(L, -1) != (void *)(uintptr_t)&tipl_lua_out_of_steps)
    return lua_error(L);
  lua_pop(L, 1);
  lua_createtable(L, 0, 3);
  lua_pushinteger(L, (lua_Integer)index + 1);
  lua_setfield(L, -2, "rule");
  lua_pushinteger(L, (lua_Integer)row + 1);
  lua_setfield(L, -2, "row");
  lua_pushboolean(L, table == TIPL_PARAGRAPHS);
  lua_setfield(L, -2, "paragraph");
  lua_rawseti(L, AT_TROUBLES, (lua_Integer)lua_rawlen(L, AT_TROUBLES) + 1);
  return 0;
}

/* The captures on top become a row of the list of matches: { rule, unit, first, last, captures }; their end
 * comes back as an offset. */
static uint32_t keep_match(lua_State *L, const match *m, uint32_t index, uint32_t row, uint32_t offset) {
  uint32_t end;
  tipl_span span;
  lua_getfield(L, -1, "_stop");
  end = m->unit.offset + (uint32_t)lua_tointeger(L, -1) - 1;
  lua_pop(L, 1);
  if (end <= offset) { /* nothing was read: no match */
    lua_pop(L, 1);
    return offset;
  }
  lua_pushnil(L);
  lua_setfield(L, -2, "_stop");
  lua_createtable(L, 5, 0); /* [captures, match] */
  lua_insert(L, -2);
  lua_rawseti(L, -2, 5);
  lua_pushinteger(L, (lua_Integer)index + 1);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)row + 1);
  lua_rawseti(L, -2, 2);
  span.offset = offset;
  span.length = end - offset;
  span = tipl_source_span(m->report, span);
  lua_pushinteger(L, (lua_Integer)span.offset + 1);
  lua_rawseti(L, -2, 3);
  lua_pushinteger(L, (lua_Integer)span.offset + span.length);
  lua_rawseti(L, -2, 4);
  lua_rawseti(L, AT_MATCHES, (lua_Integer)lua_rawlen(L, AT_MATCHES) + 1);
  return end;
}

static void push_subject(lua_State *L, const match *m) {
  if (!lua_isnil(L, AT_SUBJECT)) return;
  lua_pushlstring(L, tipl_report_text(m->report, NULL) + m->unit.offset, m->unit.length);
  lua_replace(L, AT_SUBJECT);
}

/* Tries a rule at an offset; 0 when the unit is done with. *end: where its last match ended. */
static int try_at(lua_State *L, rule *r, uint32_t index, match *m, tipl_table table, uint32_t row, uint32_t offset,
                  uint32_t *end) {
  if (offset < *end || !may_begin(r, m, offset)) return 1;
  push_subject(L, m);
  r->tries++;
  lua_pushvalue(L, AT_MATCH);
  lua_rawgeti(L, AT_RULES, (lua_Integer)index + 1);
  lua_pushvalue(L, AT_SUBJECT);
  lua_pushinteger(L, (lua_Integer)(offset - m->unit.offset) + 1);
  if (lua_pcall(L, 3, 1, 0) != LUA_OK) return trouble(L, index, table, row);
  if (lua_istable(L, -1)) {
    *end = keep_match(L, m, index, row, offset);
    r->hits += *end > offset;
  } else {
    lua_pop(L, 1);
  }
  return 1;
}

/* Tries a rule at every place of the unit where it may begin; matches of one rule do not overlap. */
static void try_rule(lua_State *L, scanner *s, uint32_t index, match *m, tipl_table table, uint32_t row) {
  rule *r = &s->rule[index];
  uint32_t i, end = 0;
  m->steps = 0;
  if (find_starts(s, r, m)) {
    for (i = 0; i < r->starts.count; i++)
      if ((i == 0 || r->starts.at[i] != r->starts.at[i - 1]) &&
          !try_at(L, r, index, m, table, row, r->starts.at[i], &end))
        return;
    return;
  }
  for (i = m->token; i < m->token + m->tokens; i++)
    if (!try_at(L, r, index, m, table, row, tipl_lua_place(m->report, TIPL_TOKENS, i).offset, &end)) return;
}

static void try_rules(lua_State *L, scanner *s, match *m, tipl_table table, uint32_t row) {
  uint32_t i;
  lua_pushnil(L);
  lua_replace(L, AT_SUBJECT);
  find_words(s, m);
  for (i = 0; i < s->rules; i++) {
    rule *r = &s->rule[i];
    uint64_t begin;
    if (r->paragraph != (table == TIPL_PARAGRAPHS) || !may_match(s, r, m)) continue;
    begin = s->profile ? now() : 0;
    try_rule(L, s, i, m, table, row);
    if (s->profile) r->nanoseconds += now() - begin;
  }
}

/* The next row at or after `row` that can matter: where every rule waits for a spelling, the rows before the
 * first of these places are passed over. */
static uint32_t skip(scanner *s, const tipl_report *report, tipl_table table, uint32_t row) {
  uint32_t i, k, least = TIPL_NONE, begin = tipl_lua_place(report, table, row).offset, found;
  for (i = 0; i < s->rules; i++) {
    const rule *r = &s->rule[i];
    if (r->paragraph != (table == TIPL_PARAGRAPHS)) continue;
    if (r->cursors == 0 || r->cursors < r->needs) return row;
    for (k = 0; k < r->cursors; k++) {
      cursor *c = &s->cursor[r->cursor + k];
      cursor_hits(c, report, begin, begin);
      if (c->next < least) least = c->next;
    }
  }
  if (least == TIPL_NONE) return tipl_count(report, table);
  found = tipl_lua_row_at(report, table, least);
  return found != TIPL_NONE && found > row ? found : row;
}

static void scan_table(lua_State *L, scanner *s, match *m, const tipl_report *report, tipl_table table) {
  uint32_t i, row, count = tipl_count(report, table), wanted = 0;
  for (i = 0; i < s->rules; i++) wanted += s->rule[i].paragraph == (table == TIPL_PARAGRAPHS);
  for (row = 0; wanted > 0 && row < count; row++) {
    if (s->all == NULL) row = skip(s, report, table, row);
    if (row >= count) break;
    if (tipl_lua_set_unit(m, report, table, row)) try_rules(L, s, m, table, row);
  }
}

/* Sets the state's match up for a report; raises when one is under way. */
static match *begin_match(lua_State *L, int report_index, uint32_t budget) {
  const tipl_lua_report *holder = lua_touserdata(L, report_index);
  const tipl_report *report = tipl_lua_check_report(L, report_index);
  match *m = tipl_lua_match_of(L);
  if (m->report != NULL) luaL_error(L, "a function inside a pattern cannot match other patterns");
  lua_getfield(L, LUA_REGISTRYINDEX, "tipl.match");
  lua_pushvalue(L, report_index);
  lua_setiuservalue(L, -2, 1);
  lua_pop(L, 1);
  m->own_fact = tipl_count(holder->base != NULL ? holder->base : report, TIPL_FACTS);
  m->budget = budget;
  m->steps = 0;
  m->report = report;
  return m;
}

static void end_match(lua_State *L) {
  tipl_lua_match_of(L)->report = NULL;
  lua_getfield(L, LUA_REGISTRYINDEX, "tipl.match");
  lua_pushnil(L);
  lua_setiuservalue(L, -2, 1);
  lua_pop(L, 1);
}

static int scan_protected(lua_State *L) {
  scanner *s = lua_touserdata(L, AT_SCANNER);
  const tipl_report *report = tipl_lua_check_report(L, AT_REPORT);
  match *m = tipl_lua_match_of(L);
  uint32_t i;
  lua_settop(L, AT_REPORT);
  lua_getiuservalue(L, AT_SCANNER, PATTERNS + 1);
  lua_getiuservalue(L, AT_SCANNER, MATCH + 1);
  lua_newtable(L);
  lua_newtable(L);
  lua_pushnil(L);
  for (i = 0; i < s->rules; i++) {
    uint32_t k;
    for (k = 0; k < s->rule[i].cursors; k++) s->cursor[s->rule[i].cursor + k].next = 0;
  }
  scan_table(L, s, m, report, TIPL_SENTENCES);
  for (i = 0; i < s->rules; i++) {
    uint32_t k;
    for (k = 0; k < s->rule[i].cursors; k++) s->cursor[s->rule[i].cursor + k].next = 0;
  }
  scan_table(L, s, m, report, TIPL_PARAGRAPHS);
  lua_settop(L, AT_TROUBLES);
  return 2;
}

/* scan(scanner, report): the matches, in the order of units and then of rules; and the units in which a rule
 * used up its steps. */
int tipl_lua_scan(lua_State *L) {
  scanner *s = luaL_checkudata(L, 1, SCANNER);
  int status;
  lua_settop(L, 2);
  begin_match(L, 2, s->budget);
  lua_pushcfunction(L, scan_protected);
  lua_insert(L, 1);
  status = lua_pcall(L, 2, 2, 0);
  end_match(L);
  return status == LUA_OK ? 2 : lua_error(L);
}

/* ------------------------------------------------------------------ one pattern at one place */

static int try_protected(lua_State *L) {
  lua_call(L, 3, LUA_MULTRET);
  return lua_gettop(L);
}

/* try(lpeg.match, pattern, position, report, row, paragraph): what the match gives, or nil; positions count
 * from the unit's first byte. */
int tipl_lua_try(lua_State *L) {
  tipl_table table = lua_toboolean(L, 6) ? TIPL_PARAGRAPHS : TIPL_SENTENCES;
  lua_Integer position = luaL_checkinteger(L, 3), row = luaL_checkinteger(L, 5);
  const tipl_report *report;
  match *m;
  int status;
  luaL_checkudata(L, 4, tipl_lua_class_name(TIPL_LUA_REPORT));
  lua_settop(L, 4);
  m = begin_match(L, 4, 1000000);
  report = m->report;
  if (!tipl_lua_set_unit(m, report, table, (uint32_t)(row - 1))) {
    end_match(L);
    return luaL_error(L, "no such sentence or paragraph");
  }
  lua_pushcfunction(L, try_protected);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_pushlstring(L, tipl_report_text(report, NULL) + m->unit.offset, m->unit.length);
  lua_pushinteger(L, position);
  status = lua_pcall(L, 4, LUA_MULTRET, 0);
  end_match(L);
  if (status == LUA_OK) return lua_gettop(L) - 4;
  if (lua_type(L, -1) == LUA_TLIGHTUSERDATA) return 0;
  return lua_error(L);
}

/* starts(scanner, rule, report, row): the positions in the unit, from 1, where the rule may begin. */
int tipl_lua_starts(lua_State *L) {
  scanner *s = luaL_checkudata(L, 1, SCANNER);
  lua_Integer index = luaL_checkinteger(L, 2), row = luaL_checkinteger(L, 4), n = 0;
  const tipl_lua_report *holder = luaL_checkudata(L, 3, tipl_lua_class_name(TIPL_LUA_REPORT));
  const tipl_report *report = tipl_lua_check_report(L, 3);
  const rule *r;
  uint32_t token;
  match m;
  luaL_argcheck(L, index >= 1 && index <= (lua_Integer)s->rules, 2, "no such rule");
  r = &s->rule[index - 1];
  memset(&m, 0, sizeof m);
  m.own_fact = tipl_count(holder->base != NULL ? holder->base : report, TIPL_FACTS);
  lua_newtable(L);
  if (!tipl_lua_set_unit(&m, report, r->paragraph ? TIPL_PARAGRAPHS : TIPL_SENTENCES, (uint32_t)(row - 1))) return 1;
  for (token = m.token; token < m.token + m.tokens; token++) {
    uint32_t offset = tipl_lua_place(report, TIPL_TOKENS, token).offset;
    if (!may_begin(r, &m, offset)) continue;
    lua_pushinteger(L, (lua_Integer)(offset - m.unit.offset) + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* ------------------------------------------------------------------ making a scanner */

/* The elements in field `name` of the rule on top, into a new array that is anchored in the table at `anchor`. */
static const element **read_elements(lua_State *L, const char *name, int anchor, uint32_t *count) {
  const element **list = NULL;
  uint32_t i;
  *count = 0;
  if (lua_getfield(L, -1, name) == LUA_TTABLE) {
    *count = (uint32_t)luaL_len(L, -1);
    list = lua_newuserdatauv(L, (*count + 1) * sizeof *list, 0);
    lua_rawsetp(L, anchor, list);
    for (i = 0; i < *count; i++) {
      lua_geti(L, -1, (lua_Integer)i + 1);
      list[i] = tipl_lua_check_element(L, -1);
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
  return list;
}

static uint32_t count_cursors(const scanner *s, const rule *r) {
  uint32_t i, n = 0;
  for (i = 0; i < r->needs; i++) {
    if (r->need[i]->ask == TIPL_ASK_BYTES) n++;
    if (r->need[i]->ask == TIPL_ASK_WORDS && s->all == NULL) n += tipl_lua_count_words(r->need[i]->words);
  }
  return n;
}

static void fill_cursors(scanner *s, rule *r) {
  cursor *c = s->cursor + r->cursor;
  uint32_t i, k;
  for (i = 0; i < r->needs; i++) {
    const element *e = r->need[i];
    if (e->ask == TIPL_ASK_BYTES) {
      c->text = e->bytes;
      c->length = e->length;
      c++->whole = 0;
    }
    for (k = 0; e->ask == TIPL_ASK_WORDS && s->all == NULL && k < tipl_lua_count_words(e->words); k++, c++) {
      size_t length;
      const char *mark;
      c->text = tipl_lua_first_word(e->words, k, &length);
      mark = memchr(c->text, '\'', length); /* of two kinds in texts, so only what stands before is searched */
      c->length = mark == NULL ? length : (size_t)(mark - c->text);
      c->whole = mark == NULL;
    }
  }
}

static uint32_t count_words(const element **list, uint32_t n) {
  uint32_t i, words = 0;
  for (i = 0; i < n; i++)
    if (list[i]->ask == TIPL_ASK_WORDS) words += tipl_lua_count_words(list[i]->words);
  return words;
}

/* Links the words of a rule's elements to it; each only once. Returns the number of links so far. */
static uint32_t link_words(scanner *s, uint32_t used, uint32_t index, const element **list, uint32_t n, int starts) {
  uint32_t i, k, place, l;
  size_t length;
  for (i = 0; i < n; i++) {
    if (list[i]->ask != TIPL_ASK_WORDS) continue;
    for (k = 0; k < tipl_lua_count_words(list[i]->words); k++) {
      const char *text = tipl_lua_first_word(list[i]->words, k, &length);
      place = tipl_lua_word_place(s->all, text, length);
      if (place == TIPL_NONE) continue;
      for (l = s->heads[place]; l != TIPL_NONE; l = s->links[l].next)
        if (s->links[l].rule == index && s->links[l].starts == starts) break;
      if (l != TIPL_NONE) continue;
      s->links[used].rule = index;
      s->links[used].starts = starts;
      s->links[used].next = s->heads[place];
      s->heads[place] = used++;
    }
  }
  return used;
}

/* A block that lives as long as the table at `anchor`, which is at least one element long. */
static void *new_block(lua_State *L, int anchor, size_t count, size_t size) {
  void *block = lua_newuserdatauv(L, (count + 1) * size, 0);
  memset(block, 0, (count + 1) * size);
  lua_rawsetp(L, anchor, block);
  return block;
}

static void link_all(lua_State *L, scanner *s, int anchor) {
  uint32_t i, words = 0, used = 0;
  if (s->all == NULL) return;
  for (i = 0; i < s->rules; i++)
    words += count_words(s->rule[i].need, s->rule[i].needs) + count_words(s->rule[i].first, s->rule[i].firsts);
  s->links = new_block(L, anchor, words, sizeof *s->links);
  s->heads = new_block(L, anchor, tipl_lua_word_places(s->all), sizeof *s->heads);
  for (i = 0; i < tipl_lua_word_places(s->all); i++) s->heads[i] = TIPL_NONE;
  for (i = 0; i < s->rules; i++) {
    used = link_words(s, used, i, s->rule[i].need, s->rule[i].needs, 0);
    used = link_words(s, used, i, s->rule[i].first, s->rule[i].firsts, 1);
  }
}

/* The rule on top of the stack; its pattern into the list at `anchor`. */
static void read_rule(lua_State *L, rule *r, uint32_t number, int anchor) {
  lua_getfield(L, -1, "pattern");
  lua_rawseti(L, anchor, (lua_Integer)number + 1);
  r->need = read_elements(L, "need", anchor, &r->needs);
  r->first = read_elements(L, "first", anchor, &r->firsts);
  lua_getfield(L, -1, "paragraph");
  r->paragraph = lua_toboolean(L, -1);
  lua_getfield(L, -2, "reach");
  r->reach = lua_isinteger(L, -1) ? (uint32_t)lua_tointeger(L, -1) : TIPL_NONE;
  lua_pop(L, 2);
}

/* scanner(rules, lpeg.match, budget, words): rules are tables { pattern, need, first, reach, paragraph }; words,
 * an element that holds all words of needs and firsts, is nil where these are few. */
int tipl_lua_scanner(lua_State *L) {
  scanner *s;
  uint32_t i, count, cursors = 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 4);
  count = (uint32_t)luaL_len(L, 1);
  s = lua_newuserdatauv(L, sizeof *s, 3); /* [rules, match, budget, words, scanner] */
  memset(s, 0, sizeof *s);
  s->budget = (uint32_t)luaL_checkinteger(L, 3);
  s->all = lua_isnil(L, 4) ? NULL : tipl_lua_check_element(L, 4)->words;
  lua_newtable(L); /* [… scanner, anchor] */
  lua_pushvalue(L, 6);
  lua_setiuservalue(L, 5, PATTERNS + 1);
  lua_pushvalue(L, 1);
  lua_setfield(L, 6, "rules"); /* keeps the elements */
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, 5, MATCH + 1);
  lua_pushvalue(L, 4);
  lua_setiuservalue(L, 5, ALL_WORDS + 1);
  s->rule = new_block(L, 6, count, sizeof *s->rule);
  for (i = 0; i < count; i++) {
    lua_geti(L, 1, (lua_Integer)i + 1);
    read_rule(L, &s->rule[i], i, 6);
    lua_pop(L, 1);
    s->rule[i].cursor = cursors;
    s->rule[i].cursors = count_cursors(s, &s->rule[i]);
    cursors += s->rule[i].cursors;
  }
  s->rules = count;
  s->cursor = new_block(L, 6, cursors, sizeof *s->cursor);
  for (i = 0; i < s->rules; i++) fill_cursors(s, &s->rule[i]);
  link_all(L, s, 6);
  lua_settop(L, 5);
  luaL_setmetatable(L, SCANNER);
  return 1;
}

/* scanner:profile(on): how often each rule was tried and matched and, while on, how long that took; and sets
 * all to zero. */
static int scanner_profile(lua_State *L) {
  scanner *s = luaL_checkudata(L, 1, SCANNER);
  uint32_t i;
  s->profile = lua_toboolean(L, 2);
  lua_createtable(L, (int)s->rules, 0);
  for (i = 0; i < s->rules; i++) {
    rule *r = &s->rule[i];
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, (lua_Integer)r->tries);
    lua_setfield(L, -2, "tries");
    lua_pushinteger(L, (lua_Integer)r->hits);
    lua_setfield(L, -2, "hits");
    lua_pushnumber(L, (lua_Number)r->nanoseconds / 1e9);
    lua_setfield(L, -2, "seconds");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
    r->tries = r->hits = r->nanoseconds = 0;
  }
  return 1;
}

void tipl_lua_open_scanners(lua_State *L) {
  static const luaL_Reg methods[] = {{"profile", scanner_profile}, {NULL, NULL}};
  luaL_newmetatable(L, SCANNER);
  lua_pushstring(L, SCANNER);
  lua_setfield(L, -2, "__metatable");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
