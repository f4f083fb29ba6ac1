/* interrupt.c: how Ctrl-C and the other signals that ask a program to end reach Lua.
 *
 * A handler may not touch a Lua state except to set a hook, which then raises at the next instruction: so
 * pcall, <close> and __gc do their work, and no file is left half made. Hooks belong to one coroutine
 * each, so that at the prompt the running one must be known. A script that does not end by that error, since
 * it sits in C, in a coroutine or in a pcall that goes on, is ended as the system does it, by the second
 * signal or after PATIENCE seconds.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <lauxlib.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

enum {
  PATIENCE = 5,    /* seconds */
  AGAIN = 300000000 /* nanoseconds in which a second signal is the same: timeout(1) sends each twice */
};

static lua_State *volatile main_thread, *volatile current_thread;
static volatile sig_atomic_t interrupted; /* the signal that came, or 0 */
static volatile sig_atomic_t watching;    /* a script runs that the signal is to end */

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING = sizeof ending / sizeof ending[0] };

static void stop(lua_State *L, lua_Debug *debug) {
  (void)debug;
  lua_sethook(L, NULL, 0, 0);
  lua_pushliteral(L, "interrupted");
  lua_error(L);
}

static struct timespec first; /* when it came */

/* Calls nothing that a handler may not. */
static void on_signal(int number) {
  int mask = LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, error = errno;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (interrupted) {
    long long gone = (now.tv_sec - first.tv_sec) * 1000000000LL + now.tv_nsec - first.tv_nsec;
    if (gone >= AGAIN) { /* a second one ends the program */
      signal(number, SIG_DFL);
      raise(number);
    }
    errno = error;
    return;
  }
  first = now;
  interrupted = number;
  if (main_thread != NULL) lua_sethook(main_thread, stop, mask, 1);
  if (current_thread != NULL) lua_sethook(current_thread, stop, mask, 1);
  if (watching) alarm(PATIENCE);
  errno = error;
}

static void on_alarm(int number) {
  (void)number;
  signal(interrupted, SIG_DFL);
  raise(interrupted);
}

/* No SA_RESTART: a read that waits for the terminal must come back. */
static void catch(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = handler;
  sigaction(number, &action, NULL);
}

/* ------------------------------------------------------------------ at the prompt */

void tipl_cli_catch_interrupt(lua_State *L) {
  main_thread = L;
  current_thread = NULL;
  interrupted = 0;
  catch(SIGINT, on_signal);
}

void tipl_cli_release_interrupt(void (*idle)(int)) {
  lua_State *L = main_thread;
  signal(SIGINT, idle);
  main_thread = current_thread = NULL;
  if (L != NULL) lua_sethook(L, NULL, 0, 0); /* one may have been set on the way out */
}

int tipl_cli_running(lua_State *L) {
  lua_State *before = current_thread;
  current_thread = lua_tothread(L, 1);
  if (before == NULL || !lua_checkstack(before, 1)) return 0;
  lua_pushthread(before);
  if (before == L) return 1;
  lua_xmove(before, L, 1);
  return 1;
}

/* ------------------------------------------------------------------ around a script */

void tipl_cli_watch(lua_State *L) {
  struct sigaction before;
  int i;
  main_thread = L;
  watching = 1;
  catch(SIGALRM, on_alarm);
  for (i = 0; i < ENDING; i++) /* what is ignored, as under nohup, stays so */
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
      catch(ending[i], on_signal);
}

void tipl_cli_unwatch(void) {
  struct sigaction before;
  int i;
  for (i = 0; i < ENDING; i++)
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler == on_signal)
      signal(ending[i], SIG_DFL);
  watching = 0;
  alarm(0);
  signal(SIGALRM, SIG_DFL);
  if (main_thread != NULL) lua_sethook(main_thread, NULL, 0, 0);
  main_thread = NULL;
}

int tipl_cli_interrupted(void) {
  return interrupted;
}
