/* build.h: a report while it is being made.
 *
 * Each stage of the core appends its own rows here, in the order source, outline, text, measure, facts,
 * and reads the rows of the stages before it; none edits another's. When all are done tipl__pack
 * (report.c) copies everything into the one block that is the finished report. */
#ifndef TIPL_MODEL_BUILD_H
#define TIPL_MODEL_BUILD_H

#include "base/memory.h"
#include "tipl.h"

/* What the outline stage says of a stretch of lines. Blocks cover, in order, everything of the text that
 * is not blank; a body block is one paragraph (hard wraps inside it are blanks). */
typedef enum tipl__block_kind {
  TIPL__BLOCK_TITLE,   /* "2021 Trafficking in Persons Report: Norway" */
  TIPL__BLOCK_TIER,    /* "NORWAY: Tier 2" */
  TIPL__BLOCK_HEADING, /* "PROSECUTION" */
  TIPL__BLOCK_BODY,
  TIPL__BLOCK_SKIP     /* publisher's lines; not tokenised. `section` may be TIPL__BLOCK_END. */
} tipl__block_kind;
#define TIPL__BLOCK_END (TIPL_NONE - 1) /* what follows is behind all narratives */

typedef struct tipl__block {
  tipl_span span; /* trimmed of blanks and line ends */
  uint8_t kind;   /* tipl__block_kind */
  uint32_t section; /* row of sections for BODY and HEADING; TIPL_NONE else */
} tipl__block;

typedef struct tipl__section_row {
  uint8_t kind; /* tipl_section_kind */
  tipl_span heading;
} tipl__section_row;

/* A measure or a fact is held as the struct that the public interface hands out. */

/* A NUL-terminated word of this report alone; rows may point at `text` while building, and tipl__pack
 * moves them over. */
typedef struct tipl__name {
  struct tipl__name *next;
  size_t size; /* bytes of the whole node */
  char text[];
} tipl__name;

typedef struct tipl__build {
  tipl__alloc alloc;
  tipl_options options; /* defaults filled in */
  tipl_error *error;    /* may be NULL */

  /* source: text in UTF-8, `length` bytes, then at least 32 zero bytes; owned by the build until tipl__pack
   * takes it over. All stages and rows know this text alone. */
  char *text;
  uint32_t length;
  size_t text_size; /* bytes allocated */
  uint32_t begin;   /* first byte after a byte-order mark */
  const char *name; /* file name or ""; borrowed from the caller */
  const char *format, *encoding; /* of the bytes that came in; static */
  struct tipl__origin *origin; /* those bytes where they are not the text, else NULL (source/origin.h) */
  tipl__vec map;               /* tipl__piece, from the text to the origin (source/map.h) */

  int edition; /* year that the file states for all its narratives, or 0 */
  bool is_cut; /* the blocks are there */
  bool special_page; /* the text is a page of special cases */

  /* outline */
  tipl_outline outline; /* country and iso3: static, or kept by the build */
  tipl__vec blocks;     /* tipl__block */
  tipl__vec sections;   /* tipl__section_row */

  /* text */
  tipl__vec paragraphs;      /* tipl_paragraph */
  tipl__vec sentences;       /* tipl_sentence */
  tipl__vec recommendations; /* tipl_recommendation */
  tipl__vec token_start;     /* uint32_t, byte offset */
  tipl__vec token_length;    /* uint16_t; a longer token is cut into several */
  tipl__vec token_word;      /* uint16_t, see lexicon.h */
  tipl__vec units;           /* tipl__unit: title, tier line, headings and sentences in text order */
  tipl__vec stops;           /* tipl__stop, of the block whose tokens were made last */

  /* measure */
  tipl__vec measures; /* tipl_measure, in text order */

  /* facts */
  tipl__vec facts; /* tipl_fact, in text order */
  tipl__name *names; /* words of this report alone: unknown currency nouns, an unknown country */
} tipl__build;

/* A mark that may end a sentence, or the end of the block's tokens. */
typedef struct tipl__stop {
  uint32_t token;
  uint32_t flags; /* or of the word flags of the tokens behind the stop before, up to this one */
} tipl__stop;

/* A stretch of tokens that is read as a whole. */
typedef struct tipl__unit {
  uint32_t block;    /* row of blocks */
  uint32_t sentence; /* row of sentences or TIPL_NONE */
  uint32_t token, tokens;
  uint32_t flags;    /* or of the word flags of its tokens: what may be found in it (lexicon.h) */
} tipl__unit;

/* The stages. Each returns TIPL_OK, or a failure with build->error filled. */
tipl_status tipl__source_open(tipl__build *build, const char *path);  /* source/source.c */
tipl_status tipl__source_copy(tipl__build *build, const char *bytes, size_t length);
tipl_status tipl__outline(tipl__build *build);  /* outline/outline.c */
tipl_status tipl__text(tipl__build *build);     /* text/text.c */
tipl_status tipl__rating(tipl__build *build);   /* outline/rating.c: tier and movement from the prose */
tipl_status tipl__measure(tipl__build *build);  /* measure/measure.c */
tipl_status tipl__facts(tipl__build *build);    /* facts/facts.c */
/* Tells the caller, if he asked to know, of a stretch of the text that is no part of the narrative. */
void tipl__build_leftover(tipl__build *build, tipl_span text, const char *why); /* model/report.c */
/* Makes the finished report out of a complete build and leaves the build empty. */
tipl_status tipl__pack(tipl_report **out, tipl__build *build); /* model/report.c */
void tipl__build_free(tipl__build *build);
/* A text of the report as kept by the build, NUL-terminated; NULL when memory ran out. */
const char *tipl__build_keep(tipl__build *build, const char *text, size_t length);
/* The same in lower case, one copy for equal words. */
const char *tipl__build_name(tipl__build *build, const char *word, size_t length);

#endif
