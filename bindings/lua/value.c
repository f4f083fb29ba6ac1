/* value.c: between the values of the core and those of Lua: exact decimals, dates, words of the
 * vocabularies, and the nearest word for a message. Knows nothing of reports.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

#include <string.h>

/* ------------------------------------------------------------------ decimals */

/* True, and *out, when the value is a whole number that Lua's integers hold. */
static int whole(lua_Integer *out, tipl_decimal value) {
  while (value.exponent < 0 && value.digits % 10 == 0) {
    value.digits /= 10;
    value.exponent++;
    if (value.digits == 0) value.exponent = 0;
  }
  while (value.exponent > 0) {
    if (value.digits > LUA_MAXINTEGER / 10 || value.digits < LUA_MININTEGER / 10) return 0;
    value.digits *= 10;
    value.exponent--;
  }
  if (value.exponent != 0) return 0;
  *out = (lua_Integer)value.digits;
  return 1;
}

void tipl_lua_push_decimal(lua_State *L, tipl_decimal value) {
  lua_Integer integer;
  if (whole(&integer, value))
    lua_pushinteger(L, integer);
  else
    lua_pushnumber(L, (lua_Number)tipl_decimal_double(value));
}

void tipl_lua_push_decimal_text(lua_State *L, tipl_decimal value) {
  char text[TIPL_DECIMAL_TEXT];
  lua_pushlstring(L, text, tipl_decimal_text(text, sizeof text, value));
}

/* True, and *out, for "-12.50" and its like with at most 18 digits. */
static int read_decimal(tipl_decimal *out, const char *text, size_t length) {
  size_t i = 0, digits = 0;
  int negative = 0, fraction = 0;
  tipl_decimal value = {0, 0};
  if (i < length && text[i] == '-') {
    negative = 1;
    i++;
  }
  for (; i < length; i++) {
    if (text[i] == '.' && !fraction) {
      fraction = 1;
      continue;
    }
    if (text[i] < '0' || text[i] > '9' || ++digits > 18) return 0;
    value.digits = value.digits * 10 + (text[i] - '0');
    if (fraction) value.exponent--;
  }
  if (negative) value.digits = -value.digits;
  *out = value;
  return digits > 0;
}

tipl_decimal tipl_lua_check_decimal(lua_State *L, int arg) {
  tipl_decimal value = {0, 0};
  size_t length;
  const char *text;
  if (lua_isinteger(L, arg)) {
    value.digits = (int64_t)lua_tointeger(L, arg);
    return value;
  }
  if (lua_type(L, arg) != LUA_TSTRING)
    luaL_argerror(L, arg, "decimal text or an integer expected (a float is not exact)");
  text = lua_tolstring(L, arg, &length);
  if (!read_decimal(&value, text, length))
    luaL_argerror(L, arg, lua_pushfstring(L, "'%s' is no decimal of at most 18 digits", text));
  return value;
}

/* ------------------------------------------------------------------ dates and words */

void tipl_lua_push_date(lua_State *L, tipl_date date) {
  char text[TIPL_DATE_TEXT];
  if (date == TIPL_DATE_NONE)
    lua_pushnil(L);
  else if (date > 0 && date % 10000 == 0)
    lua_pushinteger(L, date / 10000);
  else
    lua_pushlstring(L, text, tipl_date_text(text, sizeof text, date));
}

tipl_date tipl_lua_check_date(lua_State *L, int index, const char *what) {
  tipl_date date = TIPL_DATE_NONE;
  size_t length;
  const char *text;
  if (lua_isinteger(L, index)) {
    lua_Integer year = lua_tointeger(L, index);
    if (year >= 1 && year <= 9999) return (tipl_date)(year * 10000);
  } else if (lua_type(L, index) == LUA_TSTRING) {
    text = lua_tolstring(L, index, &length);
    if (tipl_date_parse(&date, text, length) == TIPL_OK && date != TIPL_DATE_NONE) return date;
  }
  luaL_error(L,
             "%s: a year or a date like 2020, \"2021-01\", \"2021-01-15\", \"RP\" expected, got %s",
             what, luaL_tolstring(L, index, NULL));
  return date;
}

void tipl_lua_push_words(lua_State *L, tipl_vocabulary vocabulary, uint32_t set) {
  luaL_Buffer text;
  uint32_t bit, any = 0;
  if (set == 0) {
    lua_pushnil(L);
    return;
  }
  luaL_buffinit(L, &text);
  for (bit = 0; bit < tipl_vocabulary_size(vocabulary); bit++) {
    if (!(set >> bit & 1)) continue;
    if (any++) luaL_addchar(&text, '+');
    luaL_addstring(&text, tipl_word(vocabulary, bit));
  }
  luaL_pushresult(&text);
}

/* ------------------------------------------------------------------ the nearest word */

#define LONGEST 64

size_t tipl_lua_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  /* Three lines of the table of distances: two before the current one, one before, current. */
  size_t lines[3][LONGEST + 1], *before = lines[0], *last = lines[1], *now = lines[2], *swap;
  size_t i, j, best;
  if (a_length > LONGEST) a_length = LONGEST;
  if (b_length > LONGEST) b_length = LONGEST;
  for (j = 0; j <= b_length; j++) {
    before[j] = 0;
    last[j] = j;
  }
  for (i = 1; i <= a_length; i++) {
    now[0] = i;
    for (j = 1; j <= b_length; j++) {
      best = last[j - 1] + (a[i - 1] != b[j - 1]);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
          before[j - 2] + 1 < best)
        best = before[j - 2] + 1;
      now[j] = best;
    }
    swap = before;
    before = last;
    last = now;
    now = swap;
  }
  return last[b_length];
}

int tipl_lua_unknown(lua_State *L, const char *what, const char *word,
                     const char *(*name)(const void *from, uint32_t i), const void *from,
                     uint32_t count) {
  size_t least = SIZE_MAX, distance;
  const char *nearest = "", *candidate;
  uint32_t i;
  for (i = 0; i < count; i++) {
    candidate = name(from, i);
    distance = tipl_lua_distance(word, strlen(word), candidate, strlen(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return luaL_error(L, "unknown %s '%s' (nearest: '%s')", what, word, nearest);
}

uint32_t tipl_lua_vocabulary_size(lua_State *L, tipl_vocabulary vocabulary) {
  return vocabulary == TIPL_VOCAB_METRIC ? tipl_metric_count(tipl_lua_lexicon(L)) : tipl_vocabulary_size(vocabulary);
}

const char *tipl_lua_word(lua_State *L, tipl_vocabulary vocabulary, uint32_t value) {
  return vocabulary == TIPL_VOCAB_METRIC ? tipl_metric_name(tipl_lua_lexicon(L), value) : tipl_word(vocabulary, value);
}

typedef struct words_of {
  lua_State *L;
  tipl_vocabulary vocabulary;
} words_of;

static const char *vocabulary_word(const void *from, uint32_t i) {
  const words_of *words = from;
  return tipl_lua_word(words->L, words->vocabulary, i);
}

uint32_t tipl_lua_check_word(lua_State *L, int index, tipl_vocabulary vocabulary,
                             const char *what) {
  size_t length;
  const char *word;
  uint32_t value;
  if (lua_type(L, index) != LUA_TSTRING)
    luaL_error(L, "%s: a word expected, got %s", what, luaL_typename(L, index));
  word = lua_tolstring(L, index, &length);
  value = vocabulary == TIPL_VOCAB_METRIC ? tipl_metric_number(tipl_lua_lexicon(L), word, length)
                                          : tipl_value(vocabulary, word, length);
  if (value == TIPL_NONE) {
    words_of words = {L, vocabulary};
    tipl_lua_unknown(L, what, word, vocabulary_word, &words, tipl_lua_vocabulary_size(L, vocabulary));
  }
  return value;
}
