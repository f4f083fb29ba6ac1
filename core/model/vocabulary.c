/* vocabulary.c: the words of the fact model for the numbers of the interface, and back. */
#include <string.h>

#include "lexicon/lexicon.h"
#include "tipl.h"

static const char *const SECTION[] = {"summary", "recommendations", "prosecution", "protection", "prevention",
                                      "profile", "efforts", "scope", "unknown"};
static const char *const TIER[] = {"-", "1", "2", "2WL", "3", "SC"};
static const char *const MOVEMENT[] = {"-", "upgraded", "downgraded", "remained"};
static const char *const BOUND[] = {"-", "=", "~", ">", ">=", "<", "<="};
static const char *const STATE[] = {"stated", "none_reported", "not_reported", "withheld", "not_done"};
static const char *const BASIS[] = {"-", "stated", "inherited", "inferred", "assumed"};
static const char *const FORM[] = {"-", "sex", "labor", "sex+labor", "other"};
static const char *const WHO[] = {"child", "adult", "female", "male", "foreign", "national", "official",
                                  "prosecution", "protection", "prevention"};
static const char *const SOURCE[] = {"-", "government", "ngo", "io", "media", "observer", "state"};
static const char *const STATUS[] = {"-", "official", "estimated", "potential"};
static const char *const RELATION[] = {"primary", "comparison_of", "breakdown_of", "subset_of", "conversion_of",
                                       "restates", "attribute_of"};
static const char *const CERTAINTY[] = {"asserted", "hypothetical", "requested"};
static const char *const PHASE[] = {"-", "initiated", "continued", "pending"};
static const char *const FLAG[] = {"parts_disagree", "own_year", "label_range", "may_contain", "unknown_currency",
                                   "rate", "multi_year"};
static const char *const MEASURE[] = {"number", "percent", "money", "year", "year_range", "date", "period",
                                      "duration", "ordinal"};
static const char *const USE[] = {"services", "civil_society", "foreign", "enforcement", "prevention"};
static const char *const ORIGIN[] = {"-", "text", "name", "option"};

typedef struct words {
  const char *const *list;
  uint32_t count;
} words;

static words words_of(tipl_vocabulary vocabulary) {
#define LIST(name) {name, sizeof name / sizeof name[0]}
  static const words ALL[TIPL_VOCAB_COUNT] = {
      {tipl__metric_names, TIPL__METRICS}, LIST(SECTION), LIST(TIER), LIST(MOVEMENT), LIST(BOUND), LIST(STATE),
      LIST(BASIS), LIST(FORM), LIST(WHO), LIST(SOURCE), LIST(STATUS), LIST(RELATION), LIST(CERTAINTY),
      LIST(PHASE), LIST(FLAG), LIST(MEASURE), LIST(ORIGIN), LIST(USE)};
#undef LIST
  static const words NONE = {NULL, 0};
  return (unsigned)vocabulary < TIPL_VOCAB_COUNT ? ALL[vocabulary] : NONE;
}

uint32_t tipl_vocabulary_size(tipl_vocabulary vocabulary) { return words_of(vocabulary).count; }

const char *tipl_word(tipl_vocabulary vocabulary, uint32_t value) {
  words all = words_of(vocabulary);
  return value < all.count ? all.list[value] : NULL;
}

uint32_t tipl_value(tipl_vocabulary vocabulary, const char *word, size_t length) {
  words all = words_of(vocabulary);
  for (uint32_t i = 0; word != NULL && i < all.count; i++)
    if (strlen(all.list[i]) == length && memcmp(all.list[i], word, length) == 0) return i;
  return TIPL_NONE;
}
