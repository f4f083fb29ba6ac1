/* program.h: what the files of the program share: how it was called, and its terminal.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TIPL_PROGRAM_H
#define TIPL_PROGRAM_H

#include <lua.h>
#include <stdio.h>

/* Exit codes; also in --help and in bindings/lua/tipl/init.lua, which maps the core's status names
 * to them. */
enum {
  TIPL_EXIT_OK = 0,
  TIPL_EXIT_SCRIPT = 1,
  TIPL_EXIT_INPUT = 2,
  TIPL_EXIT_NOREPORT = 3,
  TIPL_EXIT_LIMIT = 4
};

typedef struct tipl_cli_settings {
  int color; /* 1 always, 0 auto, -1 never */
  int quiet; /* no banner, no notes */
  int no_environment;
} tipl_cli_settings;

extern tipl_cli_settings tipl_cli_settings_now;

/* True when the stream takes colour: by --color, else NO_COLOR, CLICOLOR_FORCE, TERM and what it
 * is. */
int tipl_cli_colored(FILE *stream);
/* Writes text; control characters become \xNN when the stream is a terminal. */
void tipl_cli_put(FILE *stream, const char *text, size_t length);

/* options.c */
typedef struct tipl_cli_options {
  int interactive, version, long_version, help, execute, warnings;
  int script; /* index of the first argument that is no option; argc when there is none */
} tipl_cli_options;

/* Reads the options without any effect. NULL when they are good, else what is wrong with
 * *argv[*at]. */
const char *tipl_cli_read_options(int argc, char **argv, tipl_cli_options *options, int *at);
extern const char tipl_cli_help[];
extern const char tipl_cli_usage[];

/* interrupt.c: signals that ask for an end. Around what a prompt runs, or (L NULL) a line that it reads: Ctrl-C
 * raises "interrupted" in L, and `idle` is what it does afterwards. */
void tipl_cli_catch_interrupt(lua_State *L);
void tipl_cli_release_interrupt(void (*idle)(int));
/* running(thread), a Lua function: tells which coroutine Ctrl-C must reach; returns the one before. */
int tipl_cli_running(lua_State *L);
/* Around a script: SIGINT, SIGTERM and SIGHUP raise "interrupted" in L, each unless it is ignored. */
void tipl_cli_watch(lua_State *L);
void tipl_cli_unwatch(void);
/* The signal that came since the last of these began, or 0. */
int tipl_cli_interrupted(void);

/* terminal.c: the Lua module tipl.terminal, which only the program has. */
int tipl_cli_open_terminal(lua_State *L);
int tipl_cli_has_editline(void);

#endif
