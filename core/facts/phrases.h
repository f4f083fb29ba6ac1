/* phrases.h: noun phrases, as groups.c reads them around a quantity. Internal to the facts stage. */
#ifndef TIPL_FACTS_PHRASES_H
#define TIPL_FACTS_PHRASES_H

#include "facts/scene.h"

typedef struct tipl__reading { /* of a noun phrase */
  uint32_t head, last;  /* elements: the counted noun and the last that belongs to it, TIPL_NONE for none */
  uint8_t form, status; /* tipl_form, tipl_count_status */
  uint16_t who;
} tipl__reading;

#define TIPL__READ_NOTHING {TIPL_NONE, TIPL_NONE, TIPL_FORM_NONE, TIPL_COUNT_NONE, 0}

/* Two forms in one count: sex and labor make one of both. */
uint8_t tipl__join_forms(uint8_t a, uint8_t b);
/* A noun that can be counted. */
bool tipl__is_noun(const tipl__scene *s, uint32_t i);
/* "child", "female" and their kin, which may stand before the noun that is counted: "12 female victims". */
bool tipl__is_adjective(const tipl__scene *s, uint32_t i);
/* An element that no noun phrase runs across; true past the end. */
bool tipl__ends_phrase(const tipl__scene *s, uint32_t i);
/* Takes what an element says of form, persons and status; false when it says nothing. */
bool tipl__take_modifier(const tipl__scene *s, uint32_t i, tipl__reading *r);
/* Reads a noun phrase from element `i` on; head TIPL_NONE when there is none. */
tipl__reading tipl__read_phrase(const tipl__scene *s, uint32_t i);
/* "of potential labor trafficking", "for both sex trafficking and forced labor", "from Ghana in forced labor": adds what
 * stands behind the head. */
void tipl__read_behind(const tipl__scene *s, uint32_t i, tipl__reading *r);
/* Behind the copula of a number alone: "24 were female", "105 were victims of sex trafficking", "14 were from …". */
tipl__reading tipl__read_predicate(const tipl__scene *s, uint32_t be);
/* What a copula behind the noun says of the counted: "Four of the victims were children", "All four victims were
 * subjected to forced labor". Nothing where no copula stands at `be`. */
tipl__reading tipl__read_copula(const tipl__scene *s, uint32_t be);

#endif
