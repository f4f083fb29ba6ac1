/* stages.h: starting and finishing a build, for the files of this folder that make reports. */
#ifndef TIPL_MODEL_STAGES_H
#define TIPL_MODEL_STAGES_H

#include "model/build.h"

bool tipl__options_fit(const tipl_options *options);
/* Fills the build with the options' defaults; clears *error. */
void tipl__build_start(tipl__build *build, const char *name, const tipl_options *options,
                       tipl_error *error);
/* The stages after the source unless `status` is a failure, then the packing; frees the build whatever
 * happens. */
tipl_status tipl__build_finish(tipl_report **out, tipl__build *build, tipl_status status);

#endif
