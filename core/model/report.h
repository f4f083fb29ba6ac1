/* report.h: the columns of a finished report, for report.c and query.c alone. */
#ifndef TIPL_MODEL_REPORT_H
#define TIPL_MODEL_REPORT_H

#include <stdatomic.h>

#include "base/memory.h"
#include "source/map.h"
#include "source/origin.h"
#include "tipl.h"

/* X(type of the column, its name, member of the public row) */

/* A decimal in nine bytes, where the struct takes sixteen. */
#define TIPL__DECIMAL_COLUMNS(X, name)            \
  X(int64_t, name##_digits, name.digits)          \
  X(int8_t, name##_exponent, name.exponent)

#define TIPL__SENTENCE_COLUMNS(X)     \
  X(uint32_t, offset, span.offset)    \
  X(uint32_t, length, span.length)    \
  X(uint32_t, paragraph, paragraph)   \
  X(uint32_t, section, section)       \
  X(uint32_t, token, token)           \
  X(uint32_t, tokens, tokens)         \
  X(uint32_t, measure, measure)       \
  X(uint32_t, measures, measures)     \
  X(uint32_t, fact, fact)             \
  X(uint32_t, facts, facts)

#define TIPL__MEASURE_NUMBERS(X) \
  X(uint8_t, kind, kind)         \
  X(uint8_t, bound, bound)       \
  X(uint16_t, flags, flags)      \
  X(uint32_t, sentence, sentence) \
  X(uint32_t, pair, pair)        \
  X(int32_t, from, from)         \
  X(int32_t, to, to)             \
  TIPL__DECIMAL_COLUMNS(X, value) \
  TIPL__DECIMAL_COLUMNS(X, high)

#define TIPL__MEASURE_VALUES(X)  \
  X(tipl_span, span, span)

#define TIPL__FACT_NUMBERS(X)        \
  X(uint16_t, metric, metric)        \
  X(uint8_t, state, state)           \
  X(uint8_t, bound, bound)           \
  X(uint8_t, basis, basis)           \
  X(uint8_t, form, form)             \
  X(uint16_t, who, who)              \
  X(uint8_t, source, source)         \
  X(uint8_t, status, status)         \
  X(uint8_t, relation, relation)     \
  X(uint8_t, certainty, certainty)   \
  X(uint8_t, phase, phase)           \
  X(uint16_t, flags, flags)          \
  X(uint8_t, uses, uses)             \
  X(uint8_t, has_value, has_value)   \
  X(uint8_t, has_high, has_high)     \
  X(uint32_t, of, of)                \
  X(int32_t, from, from)             \
  X(int32_t, to, to)                 \
  X(uint32_t, sentence, sentence)    \
  X(uint32_t, section, section)      \
  X(uint32_t, measure, measure)      \
  TIPL__DECIMAL_COLUMNS(X, value)    \
  TIPL__DECIMAL_COLUMNS(X, high)

#define TIPL__FACT_VALUES(X)         \
  X(tipl_span, evidence, evidence)   \
  X(tipl_span, noun, noun)           \
  X(tipl_span, actor, actor)         \
  X(tipl_span, recipient, recipient) \
  X(tipl_span, purpose, purpose)     \
  X(tipl_span, verb, verb)           \
  X(const char *, label, label)      \
  X(const char *, rule, rule)

#define TIPL__DECLARE(type, name, field) type *name;

/* All spans of the columns lie in `text`; those that leave the library are led through the map, if there
 * is one, to the bytes that came in. */
struct tipl_report {
  atomic_uint references;
  tipl__alloc alloc;
  size_t size; /* of the whole block */
  tipl__origin *origin; /* NULL: the text is as it came in */
  tipl__piece *pieces;  /* of the map */
  uint32_t piece_count;
  const tipl_lexicon *lexicon; /* that it was parsed with, and holds; or NULL */
  const tipl_report *base; /* of an extended report: what it borrows all but its facts from, and holds; else NULL */
  char *text;
  uint32_t length;
  uint32_t count[TIPL_TABLE_COUNT];
  tipl_outline outline;
  char **names; /* words of this report alone */
  tipl_section *sections;
  tipl_paragraph *paragraphs;
  tipl_recommendation *recommendations;
  struct { TIPL__SENTENCE_COLUMNS(TIPL__DECLARE) } sentence;
  uint32_t *token_start;
  uint16_t *token_length;
  struct {
    TIPL__MEASURE_NUMBERS(TIPL__DECLARE)
    TIPL__MEASURE_VALUES(TIPL__DECLARE)
    const char **unit;
  } measure;
  struct {
    TIPL__FACT_NUMBERS(TIPL__DECLARE)
    TIPL__FACT_VALUES(TIPL__DECLARE)
    const char **unit;
  } fact;
};

#endif
