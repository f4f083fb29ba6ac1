/* words.c: sets of words and phrases that are looked up, not tried one after the other. A set is one
 * userdata: a hash table over folded spellings, and the spellings. Letters of ASCII fold to lower case, ’ to ',
 * any run of blanks to one.
 *
 * SPDX-License-Identifier: MIT */
#include "match.h"

#include <string.h>

typedef struct entry {
  uint32_t hash;
  uint32_t at;     /* of the spelling in `text` */
  uint16_t length; /* 0: a free place */
  uint8_t whole;   /* a member */
  uint8_t begins;  /* the first word of a longer member */
} entry;

typedef struct member {
  uint32_t at;
  uint16_t first; /* bytes of its first word */
} member;

struct tipl_lua_words {
  uint32_t count, places; /* places: a power of two */
  uint16_t longest;
  uint32_t pairs[32]; /* bit b of row a: a first word begins with letters a, b (b is 0 in a word of one letter) */
  char *text;
  member *members;
  entry entries[];
};

enum { LONGEST = 1000 };

static int is_letter(unsigned char c) {
  return (c | 0x20) - 'a' + 0u < 26u || c >= 0x80;
}

/* Bytes of a blank at p, 0 for none. */
static size_t blank(const char *p, size_t left) {
  if (left == 0) return 0;
  if (*p == ' ' || (*p >= '\t' && *p <= '\r')) return 1;
  return left > 1 && p[0] == '\xC2' && p[1] == '\xA0' ? 2 : 0;
}

/* Bytes of an apostrophe at p, 0 for none. */
static size_t apostrophe(const char *p, size_t left) {
  if (left > 0 && *p == '\'') return 1;
  return left > 2 && p[0] == '\xE2' && p[1] == '\x80' && (p[2] == '\x99' || p[2] == '\x98') ? 3 : 0;
}

/* One byte or more of text as one folded byte; *n: how many it took. */
static unsigned char fold(const char *p, size_t left, size_t *n) {
  unsigned char c = (unsigned char)*p;
  *n = blank(p, left);
  if (*n > 0) {
    size_t more;
    while ((more = blank(p + *n, left - *n)) > 0) *n += more;
    return ' ';
  }
  *n = apostrophe(p, left);
  if (*n > 0) return '\'';
  *n = 1;
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static uint32_t mix(uint32_t hash, unsigned char c) {
  return (hash ^ c) * UINT32_C(16777619);
}
#define SEED UINT32_C(2166136261)

static uint32_t place_of(const tipl_lua_words *words, uint32_t hash) {
  return (hash ^ hash >> 15) & (words->places - 1);
}

size_t tipl_lua_word_length(const char *text, size_t left) {
  size_t i = 0, n;
  for (;;) {
    /* U+2000 to U+206F are marks, and C2 begins most others */
    while (i < left && is_letter((unsigned char)text[i]) && text[i] != '\xC2' &&
           !(text[i] == '\xE2' && left - i > 1 && (text[i + 1] == '\x80' || text[i + 1] == '\x81')))
      i++;
    n = apostrophe(text + i, left - i);
    if (i == 0 || n == 0 || i + n >= left || !is_letter((unsigned char)text[i + n])) return i;
    if ((text[i + n] | 0x20) == 's' &&
        (i + n + 1 == left || !is_letter((unsigned char)text[i + n + 1])))
      return i;
    i += n;
  }
}

/* The entry of a folded spelling that is at text (as it stands in the report), or NULL. */
static const entry *look_up(const tipl_lua_words *words, uint32_t hash, const char *text, size_t left,
                            size_t folded) {
  uint32_t i = place_of(words, hash);
  for (;; i = (i + 1) & (words->places - 1)) {
    const entry *e = &words->entries[i];
    size_t k, at = 0, n;
    if (e->length == 0) return NULL;
    if (e->hash != hash || e->length != folded) continue;
    for (k = 0; k < folded; k++, at += n)
      if (fold(text + at, left - at, &n) != (unsigned char)words->text[e->at + k]) break;
    if (k == folded) return e;
  }
}

/* May a word that begins with these bytes be in the set? Most are ruled out here. */
static int may_begin(const tipl_lua_words *words, const char *text, size_t length) {
  unsigned b = length > 1 && is_letter((unsigned char)text[1]) ? (unsigned char)text[1] & 31u : 0;
  return (words->pairs[(unsigned char)text[0] & 31u] >> b & 1) != 0;
}

size_t tipl_lua_find_words(const tipl_lua_words *words, const char *text, size_t left) {
  size_t first, at = 0, folded = 0, best = 0, n;
  uint32_t hash = SEED;
  const entry *e;
  if (left == 0 || !may_begin(words, text, left)) return 0;
  first = tipl_lua_word_length(text, left);
  if (first == 0) return 0;
  while (at < first) {
    if (folded++ == words->longest) return 0;
    hash = mix(hash, fold(text + at, left - at, &n));
    at += n;
  }
  e = look_up(words, hash, text, left, folded);
  if (e == NULL) return 0;
  if (e->whole) best = at;
  if (!e->begins) return best;
  while (at < left && folded < words->longest) {
    hash = mix(hash, fold(text + at, left - at, &n));
    at += n;
    folded++;
    /* a member ends where a word does */
    if (at < left && is_letter((unsigned char)text[at - 1]) && is_letter((unsigned char)text[at])) continue;
    e = look_up(words, hash, text, left, folded);
    if (e != NULL && e->whole) best = at;
  }
  return best;
}

uint32_t tipl_lua_word_place(const tipl_lua_words *words, const char *text, size_t length) {
  size_t at = 0, folded = 0, n;
  uint32_t hash = SEED;
  const entry *e;
  if (!may_begin(words, text, length)) return TIPL_NONE;
  while (at < length) {
    unsigned char c = (unsigned char)text[at];
    n = 1;
    if (c == 0xE2 || c == '\'')
      c = fold(text + at, length - at, &n);
    else if (c >= 'A' && c <= 'Z')
      c |= 0x20;
    hash = mix(hash, c);
    at += n;
    if (++folded > words->longest) return TIPL_NONE;
  }
  e = look_up(words, hash, text, length, folded);
  return e == NULL ? TIPL_NONE : (uint32_t)(e - words->entries);
}

uint32_t tipl_lua_word_places(const tipl_lua_words *words) {
  return words->places;
}

uint32_t tipl_lua_count_words(const tipl_lua_words *words) {
  return words->count;
}

const char *tipl_lua_first_word(const tipl_lua_words *words, uint32_t i, size_t *length) {
  *length = words->members[i].first;
  return words->text + words->members[i].at;
}

/* ------------------------------------------------------------------ making one */

static void enter(tipl_lua_words *words, uint32_t at, size_t length, int whole) {
  uint32_t hash = SEED, i;
  size_t k;
  entry *e;
  for (k = 0; k < length; k++) hash = mix(hash, (unsigned char)words->text[at + k]);
  for (i = place_of(words, hash);; i = (i + 1) & (words->places - 1)) {
    e = &words->entries[i];
    if (e->length == 0) break;
    if (e->hash == hash && e->length == length && memcmp(words->text + e->at, words->text + at, length) == 0) break;
  }
  e->hash = hash;
  e->at = at;
  e->length = (uint16_t)length;
  if (whole)
    e->whole = 1;
  else
    e->begins = 1;
}

/* [-0, +0, v] Checks the list and adds up its bytes. */
static size_t measure_list(lua_State *L, int index, lua_Integer count) {
  size_t bytes = 0, length;
  lua_Integer i;
  for (i = 1; i <= count; i++) {
    const char *word;
    lua_geti(L, index, i);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "word %I is no string but a %s", (LUAI_UACINT)i, luaL_typename(L, -1));
    word = lua_tolstring(L, -1, &length);
    if (length > LONGEST || tipl_lua_word_length(word, length) == 0 || blank(word + length - 1, 1))
      luaL_error(L, "word %I ('%s'): a word begins with a letter, ends in no blank and has at most %d bytes",
                 (LUAI_UACINT)i, word, LONGEST);
    bytes += length + 1;
    lua_pop(L, 1);
  }
  return bytes;
}

const tipl_lua_words *tipl_lua_new_words(lua_State *L, int index) {
  lua_Integer i, count = luaL_len(L, index);
  size_t bytes, used = 0;
  uint32_t places = 16;
  tipl_lua_words *words;
  if (count < 1 || count > 1000000) luaL_error(L, "a list of 1 to 1,000,000 words is needed");
  bytes = measure_list(L, index, count);
  while (places < 4u * (uint32_t)count) places *= 2; /* a member and its first word: at most half full */
  words = lua_newuserdatauv(L, sizeof *words + places * sizeof(entry) + (size_t)count * sizeof(member) + bytes, 0);
  memset(words, 0, sizeof *words + places * sizeof(entry));
  words->places = places;
  words->members = (member *)(void *)&words->entries[places];
  words->text = (char *)&words->members[count];
  for (i = 1; i <= count; i++) {
    size_t length, first, at, n, folded = 0;
    const char *word;
    member *m = &words->members[words->count];
    lua_geti(L, index, i);
    word = lua_tolstring(L, -1, &length);
    m->at = (uint32_t)used;
    for (at = 0; at < length; at += n) words->text[used + folded++] = (char)fold(word + at, length - at, &n);
    first = tipl_lua_word_length(words->text + used, folded);
    m->first = (uint16_t)first;
    words->pairs[(unsigned char)words->text[m->at] & 31u] |=
        1u << (first > 1 && is_letter((unsigned char)words->text[m->at + 1])
                   ? (unsigned char)words->text[m->at + 1] & 31u
                   : 0);
    enter(words, m->at, folded, 1);
    if (first < folded) enter(words, m->at, first, 0);
    if (folded > words->longest) words->longest = (uint16_t)folded;
    used += folded;
    words->count++;
    lua_pop(L, 1);
  }
  return words;
}
