/* embed.c: libtipl inside a C program. Opens a report, prints country and edition, then the victims that
 * were identified, each with its evidence.
 *
 *   embed FILE */
#include <stdio.h>
#include <tipl.h>

static void print_fact(const tipl_report *report, uint32_t row) {
  tipl_fact fact;
  if (!tipl_fact_at(&fact, report, row)) return;
  char value[TIPL_DECIMAL_TEXT] = "?", from[TIPL_DATE_TEXT], to[TIPL_DATE_TEXT];
  if (fact.has_value) tipl_decimal_text(value, sizeof value, fact.value);
  tipl_date_text(from, sizeof from, fact.from);
  tipl_date_text(to, sizeof to, fact.to);

  uint32_t line, column;
  tipl_report_locate(report, fact.evidence.offset, &line, &column);
  const char *text = tipl_report_text(report, NULL);
  printf("%s %s %s %s %s..%s (%s) line %u: \"%.*s\"\n", tipl_word(TIPL_VOCAB_METRIC, fact.metric),
         tipl_word(TIPL_VOCAB_BOUND, fact.bound), value, fact.unit, from, to,
         tipl_word(TIPL_VOCAB_STATE, fact.state), (unsigned)line, (int)fact.evidence.length,
         text + fact.evidence.offset);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: embed FILE\n");
    return 2;
  }
  tipl_report *report;
  tipl_error error;
  if (tipl_report_open(&report, argv[1], NULL, &error) != TIPL_OK) {
    fprintf(stderr, "embed: %s: %s\n", argv[1], error.message);
    return 1;
  }
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  printf("%s %d: %u facts\n", outline.country[0] != '\0' ? outline.country : "unknown country",
         outline.year, (unsigned)tipl_count(report, TIPL_FACTS));

  const char metric[] = "victims_identified";
  tipl_filter filter = TIPL_FILTER_INIT;
  uint32_t value = tipl_value(TIPL_VOCAB_METRIC, metric, sizeof metric - 1);
  if (value != TIPL_NONE) filter.metrics = UINT64_C(1) << value;
  for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE;
       row = tipl_next_fact(report, &filter, row + 1))
    print_fact(report, row);
  tipl_report_unref(report);
  return 0;
}
