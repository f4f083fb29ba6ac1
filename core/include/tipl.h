/* tipl.h: the public interface of libtipl, the C core of tipl.
 *
 * libtipl reads one country narrative of the Trafficking in Persons Report and keeps what it says as
 * columns: outline, sentences, tokens, measures and facts, each row with its bytes in the file as given.
 *
 * Two texts. The source is the bytes as given; every span that this header hands out or takes lies in it.
 * The text is what was read in them, always UTF-8; every string that the library hands out is of the text.
 * For plain UTF-8 the two are one. Of a file that is compressed with gzip, the source is what comes out; of a PDF
 * file, whose bytes hold no text, what the program pdftotext gives for it. tipl_report_source gives the source, tipl_report_text the text, and
 * tipl_span_text what was read at a span.
 *
 * Ownership in two rules. A function that returns a pointer lends it: "borrowed from X, valid until Y".
 * A function that fills an out-pointer (always its first parameter) gives it away: the caller frees it.
 *
 * Positions are 0-based byte offsets into the source as given, lengths are bytes. Rows are 0-based
 * indices into a table; TIPL_NONE means "no row". A finished report never changes and may be read from
 * several threads at once; its reference count is atomic.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TIPL_H
#define TIPL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(TIPL_STATIC) || !defined(__GNUC__)
#define TIPL_API
#else
#define TIPL_API __attribute__((visibility("default")))
#endif

#define TIPL_VERSION_MAJOR 0
#define TIPL_VERSION_MINOR 1
#define TIPL_VERSION_PATCH 0
/* major * 1000000 + minor * 1000 + patch, of the header that a caller was compiled with. */
#define TIPL_VERSION_NUM \
  (TIPL_VERSION_MAJOR * 1000000 + TIPL_VERSION_MINOR * 1000 + TIPL_VERSION_PATCH)
/* The same number, of the library that is running. */
TIPL_API int tipl_version(void);
/* "0.1.0"; static. */
TIPL_API const char *tipl_version_string(void);

/* The optional libraries, each with its version or as missing: "+gumbo 0.10.1 -zlib"; static. */
TIPL_API const char *tipl_features(void);

#define TIPL_NONE UINT32_MAX

/* ------------------------------------------------------------------ status and errors */

typedef enum tipl_status {
  TIPL_OK = 0,
  TIPL_ENOMEM = -1,    /* an allocation failed; nothing was kept */
  TIPL_EIO = -2,       /* the file could not be opened or read */
  TIPL_EENCODING = -3, /* the bytes are no text that tipl reads: NUL, UTF-16, broken UTF-8; `where` says at which */
  TIPL_ENOREPORT = -4, /* text, but no country narrative (see tipl_options.plain) */
  TIPL_ELIMIT = -5,    /* a limit of the options was passed */
  TIPL_EARG = -6,      /* an argument is out of its range */
  TIPL_ECANCEL = -7    /* the progress callback asked to stop */
} tipl_status;

typedef struct tipl_span {
  uint32_t offset; /* bytes from the start of the source */
  uint32_t length; /* bytes */
} tipl_span;

/* Filled by a function that fails, if the caller passed one; its size never changes. `message` is one
 * sentence without the file's name; `where` is the place of the trouble in the source, length 0 where
 * there is none; line and column count from 1 (column in bytes), 0 where there is none. */
typedef struct tipl_error {
  tipl_status status;
  tipl_span where;
  uint32_t line;
  uint32_t column;
  char message[256];
} tipl_error;

/* "ENOMEM" and so on, static; "OK" for TIPL_OK. */
TIPL_API const char *tipl_status_name(tipl_status status);

/* ------------------------------------------------------------------ vocabularies
 * The words of the fact model (core/MODEL.md). Order is part of the interface: bit n of a filter's set
 * is value n. The metrics are a table of the lexicon and have no enum: see tipl_metric_name, which knows a caller's own, too. */

typedef enum tipl_section_kind {
  TIPL_SECTION_SUMMARY, TIPL_SECTION_RECOMMENDATIONS, TIPL_SECTION_PROSECUTION,
  TIPL_SECTION_PROTECTION, TIPL_SECTION_PREVENTION, TIPL_SECTION_PROFILE,
  TIPL_SECTION_EFFORTS, /* "GOVERNMENT EFFORTS" of a special case */
  TIPL_SECTION_SCOPE,   /* "Scope and Magnitude" of an old special case */
  TIPL_SECTION_UNKNOWN  /* text under no heading that is not the summary */
} tipl_section_kind;

typedef enum tipl_tier {
  TIPL_TIER_NONE, TIPL_TIER_1, TIPL_TIER_2, TIPL_TIER_2WL, TIPL_TIER_3, TIPL_TIER_SPECIAL
} tipl_tier;

typedef enum tipl_movement {
  TIPL_MOVEMENT_NONE, TIPL_MOVEMENT_UPGRADED, TIPL_MOVEMENT_DOWNGRADED, TIPL_MOVEMENT_REMAINED
} tipl_movement;

/* Where the edition year (or the country) was taken from. */
typedef enum tipl_origin {
  TIPL_ORIGIN_NONE, TIPL_ORIGIN_TEXT, TIPL_ORIGIN_NAME /* the file's name */, TIPL_ORIGIN_OPTION
} tipl_origin;

typedef enum tipl_bound {
  TIPL_BOUND_NONE, TIPL_BOUND_EXACT, TIPL_BOUND_ABOUT, TIPL_BOUND_MORE, TIPL_BOUND_AT_LEAST,
  TIPL_BOUND_FEWER, TIPL_BOUND_AT_MOST
} tipl_bound;

typedef enum tipl_state {
  TIPL_STATE_STATED, TIPL_STATE_NONE_REPORTED, TIPL_STATE_NOT_REPORTED, TIPL_STATE_WITHHELD,
  TIPL_STATE_NOT_DONE
} tipl_state;

typedef enum tipl_basis {
  TIPL_BASIS_NONE, TIPL_BASIS_STATED, TIPL_BASIS_INHERITED, TIPL_BASIS_INFERRED, TIPL_BASIS_ASSUMED
} tipl_basis;

typedef enum tipl_form {
  TIPL_FORM_NONE, TIPL_FORM_SEX, TIPL_FORM_LABOR, TIPL_FORM_SEX_LABOR, TIPL_FORM_OTHER
} tipl_form;

/* Tags of the persons counted (fact.who, a set), printed in this order and joined by "+". The last three
 * are the pillars of an effort. */
enum {
  TIPL_WHO_CHILD = 1, TIPL_WHO_ADULT = 2, TIPL_WHO_FEMALE = 4, TIPL_WHO_MALE = 8,
  TIPL_WHO_FOREIGN = 16, TIPL_WHO_NATIONAL = 32, TIPL_WHO_OFFICIAL = 64,
  TIPL_WHO_PROSECUTION = 128, TIPL_WHO_PROTECTION = 256, TIPL_WHO_PREVENTION = 512
};

typedef enum tipl_voice {
  TIPL_VOICE_NONE, TIPL_VOICE_GOVERNMENT, TIPL_VOICE_NGO, TIPL_VOICE_IO, TIPL_VOICE_MEDIA,
  TIPL_VOICE_OBSERVER, TIPL_VOICE_STATE
} tipl_voice; /* the field "source": who vouches for the figure */

typedef enum tipl_count_status {
  TIPL_COUNT_NONE, TIPL_COUNT_OFFICIAL, TIPL_COUNT_ESTIMATED, TIPL_COUNT_POTENTIAL
} tipl_count_status; /* the field "status" */

typedef enum tipl_relation {
  TIPL_RELATION_PRIMARY, TIPL_RELATION_COMPARISON, TIPL_RELATION_BREAKDOWN, TIPL_RELATION_SUBSET,
  TIPL_RELATION_CONVERSION, TIPL_RELATION_RESTATES, TIPL_RELATION_ATTRIBUTE
} tipl_relation;

typedef enum tipl_certainty {
  TIPL_ASSERTED, TIPL_HYPOTHETICAL, TIPL_REQUESTED
} tipl_certainty;

typedef enum tipl_phase {
  TIPL_PHASE_NONE, TIPL_PHASE_INITIATED, TIPL_PHASE_CONTINUED, TIPL_PHASE_PENDING
} tipl_phase;

/* fact.flags, a set: what a reader of the figure must know. */
enum {
  TIPL_FLAG_PARTS_DISAGREE = 1,    /* the parts do not add up to this value */
  TIPL_FLAG_OWN_YEAR = 2,          /* compared with its own year */
  TIPL_FLAG_LABEL_RANGE = 4,       /* "four-year period of 2016-2020" */
  TIPL_FLAG_MAY_CONTAIN = 8,       /* may contain, or be contained in, another amount */
  TIPL_FLAG_UNKNOWN_CURRENCY = 16, /* unit is the currency noun as printed */
  TIPL_FLAG_RATE = 32,             /* the pair's exchange rate does not fit the others */
  TIPL_FLAG_MULTI_YEAR = 64        /* the period spans more than one year */
};

/* fact.uses, a set: what its sentence says a sum of money goes to or is for. */
enum {
  TIPL_USE_SERVICES = 1,      /* assistance to victims, shelters, a hotline */
  TIPL_USE_CIVIL_SOCIETY = 2, /* NGOs and their work */
  TIPL_USE_FOREIGN = 4,       /* abroad */
  TIPL_USE_ENFORCEMENT = 8,   /* police, courts, inspectors */
  TIPL_USE_PREVENTION = 16    /* campaigns, research, training */
};

typedef enum tipl_measure_kind {
  TIPL_MEASURE_NUMBER, TIPL_MEASURE_PERCENT, TIPL_MEASURE_MONEY, TIPL_MEASURE_YEAR,
  TIPL_MEASURE_YEAR_RANGE, TIPL_MEASURE_DATE,    /* a month or a day, perhaps without its year */
  TIPL_MEASURE_PERIOD,                           /* "the reporting period" and its kin */
  TIPL_MEASURE_DURATION, TIPL_MEASURE_ORDINAL
} tipl_measure_kind;

/* measure.flags, a set. */
enum {
  TIPL_MEASURE_IN_WORDS = 1,     /* printed in words, wholly or in part */
  TIPL_MEASURE_HAS_HIGH = 2,     /* a range: `high` holds its upper end */
  TIPL_MEASURE_ADJECTIVE = 4,    /* hyphenated before a noun: "six-month", "24-hour" */
  TIPL_MEASURE_IDENTIFIER = 8,   /* part of a name, a law's number or an age: "COVID-19", "Section 257" */
  TIPL_MEASURE_ROUNDED = 16,     /* the value has no finite decimal form ("two thirds"): 15 digits kept */
  TIPL_MEASURE_CONTAINED = 32    /* inside another measure's span: the years of a range or date, the numbers
                                    of a length of time or of a range of numbers */
};

/* The vocabularies by name, for printing and parsing. */
typedef enum tipl_vocabulary {
  TIPL_VOCAB_METRIC, TIPL_VOCAB_SECTION, TIPL_VOCAB_TIER, TIPL_VOCAB_MOVEMENT, TIPL_VOCAB_BOUND,
  TIPL_VOCAB_STATE, TIPL_VOCAB_BASIS, TIPL_VOCAB_FORM, TIPL_VOCAB_WHO /* by bit number */,
  TIPL_VOCAB_SOURCE, TIPL_VOCAB_STATUS, TIPL_VOCAB_RELATION, TIPL_VOCAB_CERTAINTY,
  TIPL_VOCAB_PHASE, TIPL_VOCAB_FLAG /* by bit number */, TIPL_VOCAB_MEASURE, TIPL_VOCAB_ORIGIN,
  TIPL_VOCAB_USE /* by bit number */,
  TIPL_VOCAB_COUNT
} tipl_vocabulary;

/* Number of values of a vocabulary; values are 0 to that number less one. 0 for an unknown vocabulary. */
TIPL_API uint32_t tipl_vocabulary_size(tipl_vocabulary vocabulary);
/* The word for a value ("comparison_of", ">=", "-"), static; NULL when out of range. */
TIPL_API const char *tipl_word(tipl_vocabulary vocabulary, uint32_t value);
/* The value for a word of `length` bytes, or TIPL_NONE. */
TIPL_API uint32_t tipl_value(tipl_vocabulary vocabulary, const char *word, size_t length);

/* ------------------------------------------------------------------ values */

/* An exact decimal: digits * 10^exponent. The exponent is the place of the last printed digit, so
 * "4.1 million" is 41 * 10^5, known to half of 10^5; "$468,930" is 468930 * 10^0. No binary float
 * stands between the text and the output. */
typedef struct tipl_decimal {
  int64_t digits;
  int32_t exponent; /* -18 to 18 */
} tipl_decimal;

/* Plain notation ("4100000", "2.5", "-0.004"), NUL-terminated; trailing zeros of a fraction are dropped.
 * Returns the length, or 0 when `capacity` is too small (TIPL_DECIMAL_TEXT always suffices). */
#define TIPL_DECIMAL_TEXT 48
TIPL_API size_t tipl_decimal_text(char *out, size_t capacity, tipl_decimal value);
/* -1, 0 or 1, by value: 41e5 equals 4100000e0. */
TIPL_API int tipl_decimal_compare(tipl_decimal a, tipl_decimal b);
/* Adds b to *sum exactly. TIPL_ELIMIT, and *sum unchanged, when the sum has no 64-bit form. */
TIPL_API tipl_status tipl_decimal_add(tipl_decimal *sum, tipl_decimal b);
/* Nearest double, for plots. */
TIPL_API double tipl_decimal_double(tipl_decimal value);

/* A date as one integer that sorts: year * 10000 + month * 100 + day, month and day 0 where not given; year
 * 0 where a measure prints none ("in January"). Years are 1000 to 9999.
 * TIPL_DATE_RP is the reporting period, TIPL_DATE_PRP the one before, TIPL_DATE_NONE no date. */
typedef int32_t tipl_date;
#define TIPL_DATE_NONE 0
#define TIPL_DATE_RP (-1)
#define TIPL_DATE_PRP (-2)
/* "2020", "2021-01", "2021-01-15", "--01" (no year), "RP", "PRP", "-"; NUL-terminated. Returns the length, 0 if too small. */
#define TIPL_DATE_TEXT 16
TIPL_API size_t tipl_date_text(char *out, size_t capacity, tipl_date date);
/* The inverse; TIPL_EARG for anything else. */
TIPL_API tipl_status tipl_date_parse(tipl_date *out, const char *text, size_t length);

/* ------------------------------------------------------------------ options */

/* lua_Alloc's contract: size 0 frees; NULL for failure; ptr NULL allocates (osize is then to be ignored). */
typedef void *(*tipl_alloc_fn)(void *payload, void *ptr, size_t osize, size_t nsize);
/* Called now and then while parsing with the bytes done and in all; nonzero cancels (TIPL_ECANCEL). */
typedef int (*tipl_progress_fn)(void *payload, size_t done, size_t total);

/* Called for a stretch of the source that holds words, but is no part of the narratives that are given: the
 * end of a neighbour, a list of countries by tier, an introduction; or is not read for facts, as the end of a sentence
 * of more than max_sentence tokens. `why` says which, in a few words; static. */
typedef void (*tipl_leftover_fn)(void *payload, tipl_span where, const char *why);

/* Words of the caller's own beside those of the lexicon (see "words of one's own"). */
typedef struct tipl_lexicon tipl_lexicon;

typedef struct tipl_options {
  size_t size;              /* sizeof(tipl_options); later versions append members */
  tipl_alloc_fn alloc;      /* NULL: realloc and free */
  void *alloc_payload;
  tipl_progress_fn progress; /* NULL: none */
  void *progress_payload;
  size_t max_bytes;         /* 0: 64 MiB. Never more than 2 GiB less one. */
  uint32_t max_facts;       /* 0: 1000000 */
  uint32_t max_sentence;    /* tokens of one sentence that are read for facts; 0: 4096. A longer sentence keeps
                               its tokens but gives no facts past that. */
  int year;                 /* edition year, where the caller knows better than the text; 0: from the text */
  const char *country;      /* likewise, a name or ISO 3166 alpha-3 code; NULL: from the text */
  int plain;                /* nonzero: accept text that is no narrative (then the outline may be empty) */
  unsigned threads;         /* of tipl_corpus_load alone; 0: one for each processor */
  tipl_leftover_fn leftover; /* NULL: none */
  void *leftover_payload;
  unsigned helper_seconds;  /* that pdftotext may take for one file; 0: 60 */
  const tipl_lexicon *lexicon; /* NULL: none. Reports hold a reference to it. */
} tipl_options;

#define TIPL_OPTIONS_INIT { sizeof(tipl_options), NULL, NULL, NULL, NULL, 0, 0, 0, 0, NULL, 0, 0, \
                            NULL, NULL, 0, NULL }

/* ------------------------------------------------------------------ words of one's own
 * A lexicon holds metrics of the caller's and verbs and nouns that speak of a metric. Reports that are parsed with
 * it (tipl_options.lexicon) get facts of them as of the core's. It is counted; once anything else holds
 * it, it never changes. With NULL for a lexicon the functions speak of the core's metrics alone. */

/* An empty lexicon, or a copy of `base`; metrics keep their numbers. Of the options only the allocator is used.
 * TIPL_ENOMEM, TIPL_EARG. */
TIPL_API tipl_status tipl_lexicon_new(tipl_lexicon **out, const tipl_lexicon *base, const tipl_options *options,
                                      tipl_error *error);
TIPL_API void tipl_lexicon_ref(const tipl_lexicon *lexicon);
TIPL_API void tipl_lexicon_unref(const tipl_lexicon *lexicon); /* NULL is allowed */

typedef struct tipl_lexicon_words {
  size_t size;             /* sizeof(tipl_lexicon_words) */
  const char *metric;      /* a new one (letters, digits and _, in lower case), or one that is there */
  const char *unit;        /* of a new one: what a bare noun counts, "events", "cases", "persons", "places" or
                              "documents"; NULL: "events" */
  const char *const *nouns, *const *verbs; /* forms of one to eight words, at most 64 bytes of UTF-8 */
  size_t noun_count, verb_count;
  int replace;             /* nonzero: words of the core may be among them, and leave its metrics */
} tipl_lexicon_words;
#define TIPL_LEXICON_WORDS_INIT { sizeof(tipl_lexicon_words), NULL, NULL, NULL, NULL, 0, 0, 0 }

/* Adds words, all or none. TIPL_EARG with a message for a form that the core has (but see `replace`) or the lexicon has
 * already, or that is none; for a metric's name that is none; and where something holds the lexicon. TIPL_ELIMIT: there is room for
 * 64 metrics with the core's. TIPL_ENOMEM. */
TIPL_API tipl_status tipl_lexicon_add(tipl_lexicon *lexicon, const tipl_lexicon_words *words, tipl_error *error);

/* Number of metrics, the core's included, which come first; the name of one, borrowed from the lexicon, NULL when
 * out of range; the number of a name, or TIPL_NONE. */
TIPL_API uint32_t tipl_metric_count(const tipl_lexicon *lexicon);
TIPL_API const char *tipl_metric_name(const tipl_lexicon *lexicon, uint32_t metric);
TIPL_API uint32_t tipl_metric_number(const tipl_lexicon *lexicon, const char *name, size_t length);

/* ------------------------------------------------------------------ reports */

/* A parsed narrative: immutable, reference-counted, in one block of memory. */
typedef struct tipl_report tipl_report;

/* Reads and parses a file; "-" is standard input. Of a file with several narratives it gives the one of
 * options.country, else of the country that the file is called after, else the first. *out is NULL on failure, else a report with one
 * reference, which the caller drops with tipl_report_unref. options and error may be NULL.
 * TIPL_EIO, TIPL_EENCODING, TIPL_ENOREPORT; and as everywhere TIPL_ENOMEM, TIPL_ELIMIT, TIPL_EARG. */
TIPL_API tipl_status tipl_report_open(tipl_report **out, const char *path,
                                      const tipl_options *options, tipl_error *error);
/* The same for bytes in memory, which are copied. `name` (may be NULL) is kept for messages, and its
 * four-digit year serves as edition year where the text states none. */
TIPL_API tipl_status tipl_report_parse(tipl_report **out, const char *bytes, size_t length,
                                       const char *name, const tipl_options *options,
                                       tipl_error *error);
/* Takes a report over, to be dropped with tipl_report_unref; nonzero stops the reading (TIPL_ECANCEL). */
typedef int (*tipl_narrative_fn)(void *payload, tipl_report *report);
/* Reads a file and gives each narrative in it to `take`, in the order of the file: one, or as many as a whole
 * edition holds. With options.country or plain it is one. The spans of all are places in the whole file, of
 * which they share the bytes. Status and errors are those of tipl_report_open; what was given before a failure stays
 * given. */
TIPL_API tipl_status tipl_narratives(const char *path, const tipl_options *options,
                                     tipl_narrative_fn take, void *payload, tipl_error *error);
/* The same for bytes in memory, as tipl_report_parse takes them. */
TIPL_API tipl_status tipl_narratives_parse(const char *bytes, size_t length, const char *name,
                                           const tipl_options *options, tipl_narrative_fn take,
                                           void *payload, tipl_error *error);
TIPL_API void tipl_report_ref(const tipl_report *report);
TIPL_API void tipl_report_unref(const tipl_report *report); /* NULL is allowed */

/* The text that was read, UTF-8, NUL-terminated beyond its length; borrowed from the report. Spans are not
 * places in it unless it is the source itself: see tipl_span_text. */
TIPL_API const char *tipl_report_text(const tipl_report *report, size_t *length);
/* The source, in which all spans lie: the bytes as given, NUL-terminated beyond their length; borrowed from
 * the report. The same pointer as the text where the bytes are plain UTF-8. */
TIPL_API const char *tipl_report_source(const tipl_report *report, size_t *length);
/* What was read at a span of the source, `*length` bytes (length may be NULL), not NUL-terminated; borrowed
 * from the report. The span is cut to the source. */
TIPL_API const char *tipl_span_text(const tipl_report *report, tipl_span span, size_t *length);
/* The inverse: the span of the source that a span of the text was read from. */
TIPL_API tipl_span tipl_source_span(const tipl_report *report, tipl_span span);
/* Memory held by the report, bytes; its part of a source that several reports share included. */
TIPL_API size_t tipl_report_memory(const tipl_report *report);
/* By what equal narratives are known: SHA-256 over country, edition and the sentences without their blanks. */
#define TIPL_DIGEST 32
TIPL_API void tipl_report_digest(unsigned char out[TIPL_DIGEST], const tipl_report *report);
/* SHA-256 of any bytes. */
TIPL_API void tipl_sha256(unsigned char out[TIPL_DIGEST], const void *bytes, size_t length);
/* Line and column (bytes), both from 1, of an offset. */
TIPL_API void tipl_report_locate(const tipl_report *report, uint32_t offset, uint32_t *line,
                                 uint32_t *column);

typedef struct tipl_outline {
  const char *name;     /* of the file, or "" */
  const char *format;   /* of the source: "text", "html" or "pdf"; static */
  const char *encoding; /* likewise: "UTF-8" or "Windows-1252" (or Latin-1, its subset); static */
  const char *country;  /* the usual English name ("Norway"), "" when unknown */
  const char *iso3;     /* ISO 3166-1 alpha-3, "" when unknown */
  int year;             /* edition, 0 when unknown */
  tipl_origin year_origin, country_origin;
  tipl_tier tier;
  tipl_movement movement;
  tipl_span title;      /* title line, length 0 when there is none */
  tipl_span tier_line;
  tipl_span tier_span;  /* "Tier 2" in the tier line or else in the rating sentence */
} tipl_outline;
/* Fills *out; its strings are borrowed from the report. */
TIPL_API void tipl_report_outline(tipl_outline *out, const tipl_report *report);

/* ------------------------------------------------------------------ files by folder and pattern */

/* Goes through the files that paths name: a file as it is, "-" for standard input; a folder with all that is
 * in it, in the order of names (bytes), for as deep as it goes; a pattern (* ? []) that is no file's name, what
 * matches it, in that order. Of folders only files called like reports are taken (.txt .text .htm .html
 * .xhtml .pdf, or such a name and .gz), nothing whose name begins with a dot; the rest is counted. */
typedef struct tipl_walk tipl_walk;
/* Copies the paths; opens nothing yet. TIPL_ENOMEM, TIPL_EARG. Of the options only the allocator is used. */
TIPL_API tipl_status tipl_walk_new(tipl_walk **out, const char *const *paths, size_t count,
                                   const tipl_options *options);
/* The next file, borrowed from the walk until the next call; NULL at the end. When a folder cannot be read or
 * a pattern matches nothing, returns TIPL_EIO with that path in *path; the walk can go on. TIPL_ENOMEM. */
TIPL_API tipl_status tipl_walk_next(const char **path, tipl_walk *walk, tipl_error *error);
/* Files left out so far because they are not called like reports. */
TIPL_API size_t tipl_walk_skipped(const tipl_walk *walk);
TIPL_API void tipl_walk_free(tipl_walk *walk); /* NULL is allowed */

/* The lexicon that it was parsed with, borrowed from it; NULL for none. Names of its metrics are asked of this. */
TIPL_API const tipl_lexicon *tipl_report_lexicon(const tipl_report *report);

/* ------------------------------------------------------------------ tables of a report */

typedef enum tipl_table {
  TIPL_SECTIONS, TIPL_PARAGRAPHS, TIPL_SENTENCES, TIPL_RECOMMENDATIONS, TIPL_TOKENS,
  TIPL_MEASURES, TIPL_FACTS, TIPL_TABLE_COUNT
} tipl_table;

/* Rows of a table. */
TIPL_API uint32_t tipl_count(const tipl_report *report, tipl_table table);
/* Bytes of a row; {0, 0} when out of range. A fact's span is its evidence; a section's its body. That of a token is empty
 * where the source has no bytes for it: the mark of an item of a web page's list, a hyphen that pdftotext took. */
TIPL_API tipl_span tipl_span_of(const tipl_report *report, tipl_table table, uint32_t row);
/* The row of `table` that covers a byte, or TIPL_NONE (for facts and measures: the first that does). */
TIPL_API uint32_t tipl_row_at(const tipl_report *report, tipl_table table, uint32_t offset);

typedef struct tipl_section {
  tipl_section_kind kind;
  tipl_span heading; /* length 0 for the summary and for unknown */
  tipl_span body;    /* first byte of its first paragraph to the last byte of its last */
  uint32_t paragraph, paragraphs; /* first row, number of rows */
  uint32_t sentence, sentences;
} tipl_section;

typedef struct tipl_paragraph {
  tipl_span span;
  uint32_t section;
  uint32_t sentence, sentences;
} tipl_paragraph;

typedef struct tipl_sentence {
  tipl_span span;
  uint32_t paragraph, section;
  uint32_t token, tokens;
  uint32_t measure, measures;
  uint32_t fact, facts;
} tipl_sentence;

typedef struct tipl_recommendation {
  tipl_span span;
  uint32_t sentence;
} tipl_recommendation;

typedef struct tipl_measure {
  tipl_measure_kind kind;
  tipl_bound bound;    /* EXACT where no cue stands by it; its words are not part of the span */
  tipl_span span;
  tipl_decimal value;  /* number, percent, money amount, duration in its unit, ordinal */
  tipl_decimal high;   /* with TIPL_MEASURE_HAS_HIGH */
  const char *unit;    /* money: ISO 4217 code, or the noun as printed in lower case; duration: "months" or
                          "days", or "seconds" below a day; else "". Borrowed from the report. */
  tipl_date from, to;  /* year, range, date, period; month * 100 + day for a date without its year */
  uint32_t sentence;   /* TIPL_NONE in a title, tier line or heading */
  uint32_t pair;       /* money: the row of the same sum in the other currency, or TIPL_NONE */
  uint32_t flags;
} tipl_measure;

/* Each fills *out and returns 1, or returns 0 when row is out of range. */
TIPL_API int tipl_section_at(tipl_section *out, const tipl_report *report, uint32_t row);
TIPL_API int tipl_paragraph_at(tipl_paragraph *out, const tipl_report *report, uint32_t row);
TIPL_API int tipl_sentence_at(tipl_sentence *out, const tipl_report *report, uint32_t row);
TIPL_API int tipl_recommendation_at(tipl_recommendation *out, const tipl_report *report, uint32_t row);
TIPL_API int tipl_measure_at(tipl_measure *out, const tipl_report *report, uint32_t row);

/* A fact: one row of the fact model. See core/MODEL.md for the meaning of every field. */
typedef struct tipl_fact {
  uint32_t metric;          /* TIPL_VOCAB_METRIC */
  tipl_state state;
  tipl_bound bound;
  tipl_basis basis;
  tipl_form form;
  uint32_t who;             /* set of TIPL_WHO_… */
  tipl_voice source;
  tipl_count_status status;
  tipl_relation relation;
  uint32_t of;              /* fact row, TIPL_NONE for primary */
  tipl_certainty certainty;
  tipl_phase phase;
  uint32_t flags;           /* set of TIPL_FLAG_… */
  uint32_t uses;            /* set of TIPL_USE_…; money only */
  int has_value, has_high;
  tipl_decimal value, high;
  const char *label;        /* tier, tier_change, effort: the word that stands for the value; else NULL */
  const char *unit;         /* "cases", "NOK", "months" …; "-" where there is none */
  tipl_date from, to;
  tipl_span evidence;
  tipl_span noun, actor, recipient, purpose, verb; /* length 0 where the text gives none */
  uint32_t sentence;        /* TIPL_NONE in the tier line */
  uint32_t section;         /* TIPL_NONE in the tier line */
  uint32_t measure;         /* the measure it was read from, or TIPL_NONE */
  const char *rule;         /* what made it; static */
} tipl_fact;

TIPL_API int tipl_fact_at(tipl_fact *out, const tipl_report *report, uint32_t row);

/* ------------------------------------------------------------------ terms
 * What the lexicon knows of the words of a report: classes such as "head", "verb", "actor", "nation" (see
 * core/lexicon/README.md). Terms are looked up when asked for; no row holds them. */

typedef struct tipl_term {
  tipl_span span;
  uint32_t tokens;
  uint32_t kind;    /* its class */
  uint32_t metric;  /* the metric that the term speaks of, or TIPL_NONE */
  const char *word; /* what it stands for: a metric, "ngo", "NOR" ...; NULL where its class has no such words; static */
} tipl_term;

/* The number of a class of terms (1 to 63), or TIPL_NONE; and its name, static, or NULL. */
TIPL_API uint32_t tipl_term_class(const char *name, size_t length);
TIPL_API const char *tipl_term_class_name(uint32_t number);
/* Which classes may begin with one of `count` tokens from `token` on: bit n for class n. What is not there
 * begins nowhere among them. */
TIPL_API uint64_t tipl_terms_begin(const tipl_report *report, uint32_t token, uint32_t count);
/* The longest term of the classes (bit n for class n) that begins at a token and, unless `metric` is
 * TIPL_NONE, speaks of that metric. Returns 1 and fills *out, or 0. */
TIPL_API int tipl_term_at(tipl_term *out, const tipl_report *report, uint32_t token, uint64_t classes,
                          uint32_t metric);

/* ------------------------------------------------------------------ facts of one's own */

/* A report that has, behind the facts of `base`, `count` more. It holds a reference to the base and shares all
 * but the facts with it; the base does not change. Words of the facts (unit, label, rule) are copied. Rows of
 * sentences still name the facts of the base alone. TIPL_EARG for a fact whose rows, spans or metric the report
 * does not have. */
TIPL_API tipl_status tipl_report_extend(tipl_report **out, const tipl_report *base, const tipl_fact *facts,
                                        uint32_t count, tipl_error *error);

/* ------------------------------------------------------------------ queries */

/* What a fact must be. Sets are bits of vocabulary values; an empty set asks for nothing. */
typedef struct tipl_filter {
  size_t size;             /* sizeof(tipl_filter) */
  uint64_t metrics, sections, states, bounds, bases, forms, sources, statuses, relations,
      certainties, phases; /* any of the set */
  uint32_t who;            /* all of these tags */
  uint32_t not_who;        /* none of these tags */
  uint32_t flags;          /* all of these flags */
  const char *unit;        /* this unit; NULL for any */
  tipl_date from, to;      /* exactly this begin or end; TIPL_DATE_NONE for any */
  int year;                /* period begins and ends within this year; 0 for any */
  uint32_t of;             /* related to this row; TIPL_NONE for any */
  uint32_t sentence;       /* in this sentence; TIPL_NONE for any */
  int has_value;           /* 1: with a value, -1: without, 0: either */
} tipl_filter;

#define TIPL_FILTER_INIT { sizeof(tipl_filter), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, \
                           TIPL_DATE_NONE, TIPL_DATE_NONE, 0, TIPL_NONE, TIPL_NONE, 0 }

/* The first fact at or after row `start` that the filter takes, or TIPL_NONE. filter NULL takes all. */
TIPL_API uint32_t tipl_next_fact(const tipl_report *report, const tipl_filter *filter, uint32_t start);
/* 1 when the filter takes the fact of a row, else 0. */
TIPL_API int tipl_takes_fact(const tipl_report *report, const tipl_filter *filter, uint32_t row);
/* How many facts the filter takes. */
TIPL_API uint32_t tipl_count_facts(const tipl_report *report, const tipl_filter *filter);

/* A sum that says what it leaves out. Comparisons, conversions and the like are the caller's to filter. */
typedef struct tipl_total {
  tipl_decimal sum;
  uint32_t facts;    /* rows taken into the sum */
  uint32_t unknown;  /* rows that the filter takes but that have no value */
  int lower_bound;   /* some value is "more than" or "at least", or unknown > 0 */
  int mixed;         /* units differ: sum is of no use */
} tipl_total;
/* TIPL_ELIMIT when the sum has no 64-bit form. */
TIPL_API tipl_status tipl_sum_facts(tipl_total *out, const tipl_report *report,
                                    const tipl_filter *filter);

/* ------------------------------------------------------------------ corpora */

/* Many reports, each narrative once, in the order of country (those without one last), edition and file;
 * immutable, reference-counted. Reports and facts are known by their numbers, from 0. */
typedef struct tipl_corpus tipl_corpus;

/* Reads all files that the paths lead to (as tipl_walk does) on options->threads threads, and goes on past
 * files that cannot be read. With more than one thread, options->alloc is called from several threads at once
 * and must bear it; set threads to 1 for one that does not. options->progress is called with files done and in
 * all, from the calling thread only. TIPL_ENOMEM, TIPL_ECANCEL, TIPL_ELIMIT (over 2^32 facts); nothing is
 * kept then. */
TIPL_API tipl_status tipl_corpus_load(tipl_corpus **out, const char *const *paths, size_t count,
                                      const tipl_options *options, tipl_error *error);
/* The corpus with another report in place of each of its own, in their order, such as tipl_report_extend made. It
 * holds references to these and to the corpus. */
TIPL_API tipl_status tipl_corpus_with(tipl_corpus **out, const tipl_corpus *corpus,
                                      const tipl_report *const *reports, tipl_error *error);
TIPL_API void tipl_corpus_ref(const tipl_corpus *corpus);
TIPL_API void tipl_corpus_unref(const tipl_corpus *corpus); /* NULL is allowed */

/* Number of reports. */
TIPL_API uint32_t tipl_corpus_count(const tipl_corpus *corpus);
/* A report, borrowed from the corpus (or taken with tipl_report_ref); NULL when out of range. */
TIPL_API const tipl_report *tipl_corpus_report(const tipl_corpus *corpus, uint32_t report);
/* Memory held, bytes, that of the reports included. */
TIPL_API size_t tipl_corpus_memory(const tipl_corpus *corpus);
/* Files of folders that were left out because they are not called like reports. */
TIPL_API size_t tipl_corpus_skipped(const tipl_corpus *corpus);

typedef struct tipl_corpus_failure {
  const char *path; /* borrowed from the corpus */
  tipl_error error;
} tipl_corpus_failure;
/* Fills *out with the i-th path that could not be read, in the order of files; 0 when there are no more. */
TIPL_API int tipl_corpus_failure_at(tipl_corpus_failure *out, const tipl_corpus *corpus, uint32_t i);

typedef struct tipl_corpus_duplicate {
  const char *path; /* of the file that was not counted; borrowed from the corpus */
  uint32_t of;      /* the report that is the same narrative, from an earlier file */
} tipl_corpus_duplicate;
/* Fills *out with the i-th duplicate, in the order of paths; 0 when there are no more. */
TIPL_API int tipl_corpus_duplicate_at(tipl_corpus_duplicate *out, const tipl_corpus *corpus, uint32_t i);

typedef struct tipl_report_filter {
  size_t size;                /* sizeof(tipl_report_filter) */
  const char *country;        /* any name of it, or ISO 3166 alpha-3; NULL for any, "" for those without */
  int first_year, last_year;  /* editions; 0 for any */
  uint32_t tiers, movements;  /* sets: bit n is value n of tipl_tier, tipl_movement */
} tipl_report_filter;

#define TIPL_REPORT_FILTER_INIT { sizeof(tipl_report_filter), NULL, 0, 0, 0, 0 }

/* The first report at or after `start` that the filter takes, or TIPL_NONE. filter NULL takes all. */
TIPL_API uint32_t tipl_next_report(const tipl_corpus *corpus, const tipl_report_filter *filter,
                                   uint32_t start);
/* Facts of all reports are numbered through. Their number; the first of a report; the report of one, or
 * TIPL_NONE: its row there is the fact's number less that of the report's first. */
TIPL_API uint32_t tipl_corpus_facts(const tipl_corpus *corpus);
TIPL_API uint32_t tipl_corpus_first_fact(const tipl_corpus *corpus, uint32_t report);
TIPL_API uint32_t tipl_corpus_report_of(const tipl_corpus *corpus, uint32_t fact);
/* The first fact at or after `start` that the filter takes, in a report that `reports` takes; or TIPL_NONE.
 * Either filter may be NULL; `of` and `sentence` mean rows of each report. */
TIPL_API uint32_t tipl_corpus_next_fact(const tipl_corpus *corpus, const tipl_report_filter *reports,
                                        const tipl_filter *filter, uint32_t start);

#ifdef __cplusplus
}
#endif
#endif
