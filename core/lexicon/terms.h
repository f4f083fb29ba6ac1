/* terms.h: the vocabularies of the classes of terms (see classes.lua and README.md), where the public
 * interface has none. */
#ifndef TIPL_LEXICON_TERMS_H
#define TIPL_LEXICON_TERMS_H

/* What a sentence may hold, by the terms that begin with its words (tipl__word_flags). */
enum {
  TIPL__MAY_COUNT = 1,   /* a number, a month, a period */
  TIPL__MAY_ABSENT = 2,  /* "not reported" and its kin */
  TIPL__MAY_JUDGE = 4,   /* effort, streak */
  TIPL__MAY_COMPARE = 8,
  TIPL__MAY_DENY = 16
};

enum { /* abbreviation */
  TIPL__ABBREVIATION_TITLE = 1, /* never ends a sentence: "Mr.", "St." */
  TIPL__ABBREVIATION_NUMBER,    /* a number follows: "No.", "Sec." */
  TIPL__ABBREVIATION_NAME       /* ends one only before a word that opens sentences: "Co.", "etc." */
};

enum { /* numberword */
  TIPL__NUMBERWORD_POINT = 1, TIPL__NUMBERWORD_AND, TIPL__NUMBERWORD_MINUS, TIPL__NUMBERWORD_OVER,
  TIPL__NUMBERWORD_OUT_OF, TIPL__NUMBERWORD_ARTICLE, TIPL__NUMBERWORD_OF, TIPL__NUMBERWORD_SUFFIX
};

enum { /* range: between the two numbers, or before the first */
  TIPL__RANGE_TO = 1, TIPL__RANGE_BETWEEN, TIPL__RANGE_FROM
};

enum { /* base units of time */
  TIPL__TIME_SECOND = 1, TIPL__TIME_DAY, TIPL__TIME_MONTH
};

#endif
