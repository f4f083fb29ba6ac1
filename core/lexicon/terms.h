/* terms.h: the vocabularies of the classes of terms (see classes.lua and README.md), where the public
 * interface has none. */
#ifndef TIPL_LEXICON_TERMS_H
#define TIPL_LEXICON_TERMS_H

/* What a sentence may hold, by the terms that begin with its words (tipl__word_flags). */
enum {
  TIPL__MAY_COUNT = 1,   /* a number, a month, a period */
  TIPL__MAY_ABSENT = 2,  /* "not reported" and its kin */
  TIPL__MAY_JUDGE = 4,   /* tier and movement, streak */
  TIPL__MAY_STOP = 8,   /* a mark that may end a sentence */
  TIPL__MAY_DENY = 16,
  TIPL__MAY_STRIVE = 64, /* effort: asked only where a section opens */
  TIPL__MAY_ASIDE = 128, /* a parenthesis or a dash */
  TIPL__MAY_NAME = 32    /* a parenthesis, which may explain a short name */
};

enum { /* abbreviation */
  TIPL__ABBREVIATION_TITLE = 1, /* never ends a sentence: "Mr.", "St." */
  TIPL__ABBREVIATION_NUMBER,    /* a number follows: "No.", "Sec." */
  TIPL__ABBREVIATION_NAME       /* ends one only before a word that opens sentences: "Co.", "etc." */
};

enum { /* numberword */
  TIPL__NUMBERWORD_POINT = 1, TIPL__NUMBERWORD_AND, TIPL__NUMBERWORD_MINUS, TIPL__NUMBERWORD_OVER,
  TIPL__NUMBERWORD_OF, TIPL__NUMBERWORD_ARTICLE,
  TIPL__NUMBERWORD_ORDINAL, /* st, nd, rd, th behind digits */
  TIPL__NUMBERWORD_PERCENT,
  TIPL__NUMBERWORD_VAGUE    /* before a scale or a dozen: no number */
};

enum { /* range: between the two amounts, or before the first */
  TIPL__RANGE_TO = 1, TIPL__RANGE_BETWEEN,
  TIPL__RANGE_FROM,   /* of lengths of time only; else a change */
  TIPL__RANGE_RANGING /* of anything */
};

enum { /* base units of time */
  TIPL__TIME_SECOND = 1, TIPL__TIME_DAY, TIPL__TIME_MONTH
};

enum { /* timeword */
  TIPL__TIMEWORD_WHOLE = 1, /* "all day" */
  TIPL__TIMEWORD_LEAD,      /* before "a year" that is a length and no rate */
  TIPL__TIMEWORD_AGE,       /* after the unit */
  TIPL__TIMEWORD_FISCAL,
  TIPL__TIMEWORD_ON         /* before a month with its day */
};

enum { /* yearword: before four digits that may be a year */
  TIPL__YEARWORD_LEAD = 1, /* a year whatever follows */
  TIPL__YEARWORD_WEAK      /* a year unless a counted noun follows */
};

#endif
