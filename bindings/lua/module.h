/* module.h: what the files of the C module `tipl.core` share.
 *
 * A report is a userdata that owns one reference to a tipl_report; everything else that Lua sees of
 * it (facts, sentences, lists …) is a few integers with the report userdata as user value 1, so
 * that a handle keeps its report alive and needs no finalizer. Positions are 1-based in Lua and
 * 0-based in C: tipl_lua_push_position and tipl_lua_check_position are the only places that know.
 *
 * Stack effects are written [-popped, +pushed, raises: - never, m out of memory, v on misuse].
 *
 * SPDX-License-Identifier: MIT */
#ifndef TIPL_LUA_MODULE_H
#define TIPL_LUA_MODULE_H

#include <lauxlib.h>
#include <lua.h>

#include "tipl.h"

/* The class of the report itself stands behind those of its tables. */
#define TIPL_LUA_REPORT TIPL_TABLE_COUNT
/* A stretch of text that is no row. */
#define TIPL_LUA_SPAN (TIPL_TABLE_COUNT + 1)
#define TIPL_LUA_CLASSES (TIPL_TABLE_COUNT + 2)

/* User value 1 is the table of its layers (layer.c), nil while there are none. */
typedef struct tipl_lua_report {
  const tipl_report *report; /* with the facts of rules; NULL: closed */
  const tipl_report *base;   /* without them; a reference of its own. NULL: the same as `report` */
  uint32_t taken;            /* how often a layer was taken away: rows of layers change their numbers then */
  uint32_t number;           /* in the corpus that gave it out; 0 else */
} tipl_lua_report;

typedef struct tipl_lua_row {
  tipl_table table;
  uint32_t row;
  uint32_t taken; /* tipl_lua_report.taken when it was made */
} tipl_lua_row;

/* Begins like a row, so that what reads the text of one can read the other's. */
typedef struct tipl_lua_piece {
  tipl_lua_row row; /* table TIPL_LUA_SPAN, row TIPL_NONE */
  tipl_span span;
  const char *kind;  /* "word", "actor" …; static */
  const char *value; /* what it stands for, or NULL; static */
} tipl_lua_piece;

/* Rows of one table in ascending order: `count` rows from `first`, or those in rows[]. User value 1 is the
 * report; or a corpus, and the rows are then its facts by their numbers in it. */
typedef struct tipl_lua_list {
  tipl_table table;
  uint32_t count;
  uint32_t taken; /* tipl_lua_report.taken when it was made */
  uint32_t first; /* TIPL_NONE: see rows */
  uint32_t rows[];
} tipl_lua_list;

/* A row (or the report) spread out for reading; valid while the report userdata stays on the stack.
 */
typedef struct tipl_lua_view {
  const tipl_report *report;
  int owner;      /* stack index of the report userdata */
  uint32_t table; /* a tipl_table or TIPL_LUA_REPORT */
  uint32_t row;
  union {
    tipl_section section;
    tipl_paragraph paragraph;
    tipl_sentence sentence;
    tipl_recommendation recommendation;
    tipl_measure measure;
    tipl_fact fact;
    tipl_outline outline;
    tipl_span token;
    tipl_lua_piece piece;
  } is;
} tipl_lua_view;

/* One field of a class: its name and how it is pushed. `word` and `at` mean what `push` takes them
 * for, most often a vocabulary and an offset into tipl_lua_view.is. */
typedef struct tipl_lua_field {
  const char *name;
  void (*push)(lua_State *L, const tipl_lua_view *view, const struct tipl_lua_field *field);
  uint32_t word;
  size_t at;
} tipl_lua_field;

/* class.c: classes, their fields, rows */
const char *tipl_lua_class_name(uint32_t table);
/* The class's fields, ended by a NULL name. */
const tipl_lua_field *tipl_lua_fields_of(uint32_t table);
/* [-0, +1, v] The value at `index`, which must be of class `table`, into *view; pushes its report.
 * Raises when the report is closed. */
void tipl_lua_check_view(lua_State *L, int index, uint32_t table, tipl_lua_view *view);
/* [-0, +1, m] */
void tipl_lua_push_row(lua_State *L, int owner, tipl_table table, uint32_t row);
/* [-0, +1, m] */
void tipl_lua_push_span(lua_State *L, int owner, tipl_span span, const char *kind, const char *value);
/* [-0, +0, v] Raises when a row of facts, made when `taken` was this, has changed its number since. */
void tipl_lua_check_taken(lua_State *L, int owner, tipl_table table, uint32_t row, uint32_t taken);
/* [-0, +0, v] The open report at `index`. */
const tipl_report *tipl_lua_check_report(lua_State *L, int index);
/* [-0, +1, m] */
void tipl_lua_push_position(lua_State *L, uint32_t offset);
/* [-0, +0, v] The argument, a position 1 … length, as an offset. */
uint32_t tipl_lua_check_position(lua_State *L, int arg, size_t length);
/* [-0, +1, v] `__index` and `__pairs` of every class; upvalues: class, table of fields and methods.
 */
int tipl_lua_index(lua_State *L);
int tipl_lua_pairs(lua_State *L);
int tipl_lua_totable(lua_State *L);
/* [-0, +1, m] The metatable of a class, left on the stack: methods (all with upvalue 1 = class). */
void tipl_lua_new_class(lua_State *L, uint32_t table, const luaL_Reg *meta,
                        const luaL_Reg *methods);

/* value.c: decimals, dates, words */
void tipl_lua_push_decimal(lua_State *L, tipl_decimal value);      /* [-0, +1, m] number */
void tipl_lua_push_decimal_text(lua_State *L, tipl_decimal value); /* [-0, +1, m] exact text */
void tipl_lua_push_date(lua_State *L, tipl_date date);             /* [-0, +1, m] */
void tipl_lua_push_words(lua_State *L, tipl_vocabulary vocabulary,
                         uint32_t set); /* [-0, +1, m] "a+b" or nil */
/* [-0, +0, v] The decimal written in argument `arg` (text or integer). */
tipl_decimal tipl_lua_check_decimal(lua_State *L, int arg);
/* [-0, +0, v] */
uint32_t tipl_lua_check_word(lua_State *L, int index, tipl_vocabulary vocabulary, const char *what);
tipl_date tipl_lua_check_date(lua_State *L, int index, const char *what);
/* How far apart two words are: letters to insert, delete, exchange or swap; at most 64 count. */
size_t tipl_lua_distance(const char *a, size_t a_length, const char *b, size_t b_length);
/* [-0, +0, v] Raises "unknown WHAT 'WORD'" with the nearest of `name(0) … name(count - 1)`. */
int tipl_lua_unknown(lua_State *L, const char *what, const char *word,
                     const char *(*name)(const void *from, uint32_t i), const void *from,
                     uint32_t count);

/* lexicon.c */
void tipl_lua_open_lexicon(lua_State *L); /* [-0, +0, m] */
int tipl_lua_lexicon_add(lua_State *L);
const tipl_lexicon *tipl_lua_lexicon(lua_State *L); /* [-0, +0, -] the words that the script has added, or NULL */
/* [-0, +0, -] A vocabulary as the script knows it: how many words, and one of them. */
uint32_t tipl_lua_vocabulary_size(lua_State *L, tipl_vocabulary vocabulary);
const char *tipl_lua_word(lua_State *L, tipl_vocabulary vocabulary, uint32_t value);

/* query.c: filters */
/* [-0, +0, v] Reads the table (or nil) at `index`, which must stay on the stack while the filter is
 * used. owner: index of the report, 0 for a corpus or a pattern, where `of` and `sentence` mean nothing. */
void tipl_lua_read_filter(lua_State *L, int owner, int index, tipl_filter *filter);
/* [-0, +0, v] The word, or list of words, on top of the stack as a set. */
uint64_t tipl_lua_check_set(lua_State *L, tipl_vocabulary vocabulary, const char *what);
/* filter_keys(): the names of the keys that a filter takes, in a list. */
int tipl_lua_filter_keys(lua_State *L);

/* lists.c */
/* [-0, +1, v] The list of facts that the filter table (or nil) at `filter` takes. */
void tipl_lua_push_facts(lua_State *L, int owner, int filter);
/* [-0, +1, m] */
void tipl_lua_push_range(lua_State *L, int owner, tipl_table table, uint32_t first, uint32_t count);
/* [-0, +1, v] The list of facts of a corpus; either filter may be NULL. */
void tipl_lua_push_corpus_facts(lua_State *L, int index, const tipl_report_filter *reports,
                                const tipl_filter *filter);
void tipl_lua_open_lists(lua_State *L); /* [-0, +0, m] makes the class */

/* corpus.c */
void tipl_lua_open_corpora(lua_State *L); /* [-0, +0, m] */
int tipl_lua_corpus(lua_State *L);
int tipl_lua_is_corpus(lua_State *L, int index); /* [-0, +0, m] */
int tipl_lua_is_open(lua_State *L, int index);   /* [-0, +0, -] the corpus at `index` is not closed */
/* [-0, +0, v] The open corpus at `index`. */
const tipl_corpus *tipl_lua_check_corpus(lua_State *L, int index);
uint32_t tipl_lua_corpus_changes(lua_State *L, int index); /* [-0, +0, -] */
int tipl_lua_renew(lua_State *L);
/* [-0, +1, m] The one userdata of a report of the corpus at `index`. */
void tipl_lua_push_report(lua_State *L, int index, uint32_t report);

/* report.c */
void tipl_lua_open_reports(lua_State *L); /* [-0, +0, m] */
int tipl_lua_open(lua_State *L);
int tipl_lua_parse(lua_State *L);
/* [-0, +1, m] A report userdata, closed until it gets a report. */
tipl_lua_report *tipl_lua_new_report(lua_State *L);
/* [-0, +0, m] Lets the collector know of a report's memory, which it does not see by itself. */
void tipl_lua_count_memory(lua_State *L, const tipl_report *report);
/* [-0, +0, v] The options in the table (or nil) at `index`, whose strings stay anchored there; name: where the option
 * `name` goes, NULL where there is none. */
void tipl_lua_read_options(lua_State *L, int index, tipl_options *options, const char **name);
/* [-0, +0, v] options[name], a whole number in a range, taken out of the table; `absent` where there is none. */
lua_Integer tipl_lua_take_whole(lua_State *L, int index, const char *name, lua_Integer least, lua_Integer most,
                                lua_Integer absent);
/* [-0, +3, m] nil, "name:line:column: message", code; returns 3. */
int tipl_lua_fail(lua_State *L, const char *name, tipl_status status, const tipl_error *error);

/* files.c */
void tipl_lua_open_files(lua_State *L); /* [-0, +0, m] */
/* [-0, +1, v] The strings of the list at `index`, as an array that the userdata pushed holds. */
const char **tipl_lua_check_paths(lua_State *L, int index, size_t *count);
int tipl_lua_walk(lua_State *L);
int tipl_lua_path_kind(lua_State *L);
int tipl_lua_narratives(lua_State *L);
int tipl_lua_narratives_parse(lua_State *L);

/* interrupt.c */
typedef struct tipl_lua_hooks {
  lua_State *L, *main; /* the calling thread, and the state's first */
  lua_Hook hook, main_hook;
} tipl_lua_hooks;
void tipl_lua_note_hooks(lua_State *L, tipl_lua_hooks *hooks); /* [-0, +0, -] */
/* [-0, +0, -] Notes the hooks, and lets one that is set later cancel what is done with the options, as long as `hooks` lives. */
void tipl_lua_heed_hooks(lua_State *L, tipl_lua_hooks *hooks, tipl_options *options);
/* [-0, +0, -] A tipl_progress_fn with tipl_lua_hooks for a payload: cancels once one of them is another. */
int tipl_lua_hooked(void *payload, size_t done, size_t total);

/* replacement.c: see there. */
int tipl_lua_replacement(lua_State *L);

/* rows.c */
void tipl_lua_open_rows(lua_State *L); /* [-0, +0, m] */
extern const tipl_lua_field *const tipl_lua_row_fields[TIPL_TABLE_COUNT];
extern const tipl_lua_field tipl_lua_report_fields[];
extern const tipl_lua_field tipl_lua_span_fields[];
/* Kinds of fields that rows.c and report.c share. */
void tipl_lua_field_word(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field);
void tipl_lua_field_span(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field);
void tipl_lua_field_string(lua_State *L, const tipl_lua_view *view, const tipl_lua_field *field);

#endif
