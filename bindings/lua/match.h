/* match.h: what the files behind tipl.grammar share: elements (words.c, element.c), which say whether the
 * index has something at a byte, and the search for places where a pattern may begin (scan.c).
 *
 * A unit is what a pattern is matched against: a sentence, or a paragraph. Its bytes are the subject
 * that LPeg sees; an element is asked through a match-time capture and reads the unit of the moment
 * from the one tipl_lua_match of the Lua state, which scan.c sets.
 *
 * Offsets here are those of the text, which LPeg reads; what goes out are spans of the source (tipl.h).
 *
 * SPDX-License-Identifier: MIT */
#ifndef TIPL_LUA_MATCH_H
#define TIPL_LUA_MATCH_H

#include "module.h"

/* The unit of the moment. Its userdata lies in the registry; user value 1 is the report's userdata. */
typedef struct tipl_lua_match {
  const tipl_report *report; /* NULL: nothing is being matched */
  tipl_span unit;
  uint32_t section;                 /* kind, TIPL_NONE outside of sections */
  uint32_t token, tokens;           /* rows of the unit: first and number */
  uint32_t measure, measures;
  uint32_t fact, facts;
  uint32_t own_fact;                /* first row of facts that rules made */
  uint32_t steps, budget;           /* elements asked in this unit by this rule; 0: no budget */
} tipl_lua_match;

typedef enum tipl_lua_ask {
  TIPL_ASK_MEASURE, TIPL_ASK_FACT, TIPL_ASK_WORDS, TIPL_ASK_TERM, TIPL_ASK_BYTES, TIPL_ASK_SENTENCE,
  TIPL_ASK_PARAGRAPH, TIPL_ASK_SECTION, TIPL_ASK_AFTER, TIPL_ASK_STEP
} tipl_lua_ask;

typedef struct tipl_lua_words tipl_lua_words;

/* An element: what to ask for at a byte. Its userdata (class "tipl.Element") keeps in user value 1 what
 * its pointers lead to. */
typedef struct tipl_lua_element {
  tipl_lua_ask ask;
  uint64_t set;    /* measure kinds, classes of terms or kinds of sections, bit n for n */
  uint32_t metric; /* of a term; TIPL_NONE for any */
  const char *kind; /* of the captured span: "word", "actor" …; static */
  const char *value; /* a term must stand for this; NULL for any */
  tipl_filter filter;
  const tipl_lua_words *words;
  const struct tipl_lua_element *inner; /* of "after" */
  const char *bytes; /* a literal */
  size_t length;
} tipl_lua_element;

/* What an element found. */
typedef struct tipl_lua_found {
  uint32_t end;   /* offset behind it, in the text */
  uint32_t table; /* a tipl_table, TIPL_LUA_SPAN, or TIPL_NONE for nothing to capture */
  uint32_t row;
  tipl_span span; /* of the source */
  const char *kind, *value;
} tipl_lua_found;

/* words.c: sets of words, case folded */
/* [-0, +1, v] The set of the words in the list at `index`. */
const tipl_lua_words *tipl_lua_new_words(lua_State *L, int index);
/* Bytes of the longest member that begins at text[0], where a token begins, or 0; `left` bytes are readable. */
size_t tipl_lua_find_words(const tipl_lua_words *words, const char *text, size_t left);
/* Number of members; and the first word of member i, folded, with *length bytes. */
uint32_t tipl_lua_count_words(const tipl_lua_words *words);
const char *tipl_lua_first_word(const tipl_lua_words *words, uint32_t i, size_t *length);
/* A number below tipl_lua_word_places, its own for each spelling, when text[0 … length) is the first word of a
 * member, or TIPL_NONE. */
uint32_t tipl_lua_word_place(const tipl_lua_words *words, const char *text, size_t length);
uint32_t tipl_lua_word_places(const tipl_lua_words *words);
/* Bytes of the word (letters, with apostrophes between them) at text[0]. */
size_t tipl_lua_word_length(const char *text, size_t left);

/* element.c */
/* Makes a sentence or paragraph the unit of the moment. 0 when there is no such row. */
int tipl_lua_set_unit(tipl_lua_match *m, const tipl_report *report, tipl_table table, uint32_t row);
/* Where a row stands in the text; and the row of a table that covers an offset of the text. */
tipl_span tipl_lua_place(const tipl_report *report, tipl_table table, uint32_t row);
uint32_t tipl_lua_row_at(const tipl_report *report, tipl_table table, uint32_t offset);
/* Does the element hold at an offset? 1 and *found, or 0. */
int tipl_lua_ask_at(const tipl_lua_match *m, const tipl_lua_element *e, uint32_t offset,
                    tipl_lua_found *found);
/* [-0, +0, m] The state's match; */
tipl_lua_match *tipl_lua_match_of(lua_State *L);
/* The error value that says that the budget of steps is used up, as a light userdata's address. */
extern const char tipl_lua_out_of_steps;
/* [-0, +0, v] */
const tipl_lua_element *tipl_lua_check_element(lua_State *L, int index);
void tipl_lua_open_elements(lua_State *L); /* [-0, +0, m] makes classes and the match */
int tipl_lua_element_new(lua_State *L);

/* scan.c */
int tipl_lua_scanner(lua_State *L);
int tipl_lua_scan(lua_State *L);
int tipl_lua_try(lua_State *L);
int tipl_lua_starts(lua_State *L);
void tipl_lua_open_scanners(lua_State *L); /* [-0, +0, m] */

/* layer.c */
int tipl_lua_layer(lua_State *L);
int tipl_lua_unlayer(lua_State *L);
int tipl_lua_layers(lua_State *L);

#endif
