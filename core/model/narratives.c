/* narratives.c: the narratives of a file, one after the other, each as a report of its own. */
#include "base/error.h"
#include "tipl.h"

tipl_status tipl_narratives(const char *path, const tipl_options *options, tipl_narrative_fn take,
                            void *payload, tipl_error *error) {
  if (take == NULL) return tipl__fail(error, TIPL_EARG, "no taker of the reports was given");
  tipl_report *report;
  tipl_status status = tipl_report_open(&report, path, options, error);
  if (status != TIPL_OK) return status;
  if (take(payload, report) != 0) return tipl__fail(error, TIPL_ECANCEL, "cancelled");
  return TIPL_OK;
}
