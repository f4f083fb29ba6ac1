/* terminal.c: the Lua module tipl.terminal: what the prompt needs of a terminal and Lua does not
 * have. Lines are edited through libedit where the build has it; without it they are read as they
 * come.
 *
 *   isatty(1)            whether a standard stream is a terminal
 *   width([2])           columns of the terminal on standard output (or another stream), or nil
 *   color(), quiet()     what options and environment ask for
 *   readline(prompt)     a line; nil at the end of input; false after Ctrl-C
 *   start(file, complete)  loads the history; complete(text before the cursor) gives text to insert and
 *                        text to list
 *   finish()             saves the history
 *   call(f, ...)         like pcall with a traceback; Ctrl-C raises in f
 *   running(thread)      tells which coroutine Ctrl-C must reach; returns the one before
 *   files(prefix)        names of files that begin with it
 *
 * SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <lauxlib.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>
#ifdef TIPL_HAVE_EDITLINE
#include <histedit.h>
#endif

#include "program.h"

int tipl_cli_has_editline(void) {
#ifdef TIPL_HAVE_EDITLINE
  return 1;
#else
  return 0;
#endif
}

/* ------------------------------------------------------------------ Ctrl-C at the prompt */

/* What Ctrl-C does while no Lua runs and no line is read: nothing at a prompt, whose session it must not
 * end; the system's default anywhere else. */
static void (*idle_interrupt)(int) = SIG_DFL;

static int add_traceback(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING || !luaL_getmetafield(L, 1, "__tostring"))
    luaL_traceback(L, L, luaL_tolstring(L, 1, NULL), 1);
  else
    luaL_tolstring(L, 1, NULL);
  return 1;
}

static int terminal_call(lua_State *L) {
  int status;
  lua_pushcfunction(L, add_traceback);
  lua_insert(L, 1);
  tipl_cli_catch_interrupt(L);
  status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
  tipl_cli_release_interrupt(idle_interrupt);
  lua_pushboolean(L, status == LUA_OK);
  lua_replace(L, 1);
  return lua_gettop(L);
}

/* ------------------------------------------------------------------ files of the history */

/* Makes the folders that lead to a file, for this user only. */
static void make_folders(char *path) {
  char *slash = path;
  while ((slash = strchr(slash + 1, '/')) != NULL) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
}

/* ------------------------------------------------------------------ reading lines */

static char history_file[1024];

#ifdef TIPL_HAVE_EDITLINE

static EditLine *editor;
static History *history_lines;
static const char *prompt_text = "";

static char *give_prompt(EditLine *el) {
  union {
    const char *from;
    char *to;
  } cast = {prompt_text};
  (void)el;
  return cast.to;
}

/* One character of the terminal; comes back with an error after Ctrl-C, which libedit's own does
 * not. */
static int get_character(EditLine *el, wchar_t *out) {
  mbstate_t state;
  size_t done;
  ssize_t n;
  char byte;
  memset(&state, 0, sizeof state);
  for (;;) {
    n = read(STDIN_FILENO, &byte, 1);
    if (n < 0 && errno == EINTR && !tipl_cli_interrupted()) {
      el_resize(el);
      continue;
    }
    if (n <= 0) return (int)n;
    done = mbrtowc(out, &byte, 1, &state);
    if (done == (size_t)-2) continue;
    if (done == (size_t)-1) *out = L'?';
    return 1;
  }
}

static unsigned char complete(EditLine *el, int character) {
  const LineInfo *line = el_line(el);
  const char *insert, *list;
  unsigned char result = CC_NORM;
  lua_State *L;
  (void)character;
  el_get(el, EL_CLIENTDATA, &L);
  if (lua_getfield(L, LUA_REGISTRYINDEX, "tipl.complete") != LUA_TFUNCTION) {
    lua_pop(L, 1);
    return CC_NORM;
  }
  lua_pushlstring(L, line->buffer, (size_t)(line->cursor - line->buffer));
  if (lua_pcall(L, 1, 2, 0) != LUA_OK) { /* no error may leave through libedit */
    lua_pop(L, 1);
    return CC_ERROR;
  }
  insert = lua_tostring(L, -2);
  list = lua_tostring(L, -1);
  if (insert != NULL && el_insertstr(el, insert) == 0) result = CC_REFRESH;
  if (list != NULL) {
    printf("\n%s\n", list);
    result = CC_REDISPLAY;
  }
  lua_pop(L, 2);
  return result;
}

static void start_editor(lua_State *L) {
  HistEvent event;
  const char *term = getenv("TERM");
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || term == NULL || strcmp(term, "dumb") == 0)
    return;
  if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
  editor = el_init("tipl", stdin, stdout, stderr);
  if (editor == NULL) return;
  idle_interrupt = SIG_IGN;
  history_lines = history_init();
  history(history_lines, &event, H_SETSIZE, 2000);
  history(history_lines, &event, H_SETUNIQUE, 1);
  if (*history_file) history(history_lines, &event, H_LOAD, history_file);
  el_set(editor, EL_CLIENTDATA, (void *)L);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_PROMPT, give_prompt);
  el_set(editor, EL_HIST, history, history_lines);
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_GETCFN, get_character);
  el_set(editor, EL_ADDFN, "tipl-complete", "complete a name", complete);
  el_set(editor, EL_BIND, "^I", "tipl-complete", NULL);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_source(editor, NULL); /* ~/.editrc, for those who prefer vi */
}

static int read_edited(lua_State *L, const char *prompt) {
  HistEvent event;
  const char *line;
  int length = 0;
  prompt_text = prompt;
  line = el_gets(editor, &length);
  if (line == NULL || length <= 0) {
    if (!tipl_cli_interrupted()) return 0;
    fputs("^C\n", stdout);
    lua_pushboolean(L, 0);
    return 1;
  }
  if (length > 1) history(history_lines, &event, H_ENTER, line);
  lua_pushlstring(L, line, (size_t)length - (line[length - 1] == '\n'));
  return 1;
}

static void finish_editor(void) {
  HistEvent event;
  if (editor == NULL) return;
  if (*history_file) {
    mode_t mask = umask(077);
    make_folders(history_file);
    history(history_lines, &event, H_SAVE, history_file);
    umask(mask);
  }
  el_end(editor);
  history_end(history_lines);
  editor = NULL;
}

#else

static void *const editor = NULL;
static void start_editor(lua_State *L) {
  (void)L;
}
static int read_edited(lua_State *L, const char *prompt) {
  (void)L;
  (void)prompt;
  return 0;
}
static void finish_editor(void) {
  (void)make_folders;
}

#endif

static int read_plain(lua_State *L, const char *prompt) {
  luaL_Buffer line;
  int c;
  fputs(prompt, stdout);
  fflush(stdout);
  luaL_buffinit(L, &line);
  clearerr(stdin);
  while ((c = getchar()) != EOF && c != '\n') luaL_addchar(&line, (char)c);
  if (c == EOF && tipl_cli_interrupted()) {
    fputc('\n', stdout);
    lua_pushboolean(L, 0);
    return 1;
  }
  if (c == EOF && luaL_bufflen(&line) == 0) return 0;
  luaL_pushresult(&line);
  return 1;
}

static int terminal_readline(lua_State *L) {
  const char *prompt = luaL_checkstring(L, 1);
  int results;
  tipl_cli_catch_interrupt(NULL);
  results = editor != NULL ? read_edited(L, prompt) : read_plain(L, prompt);
  tipl_cli_release_interrupt(idle_interrupt);
  return results;
}

static int terminal_start(lua_State *L) {
  const char *file = luaL_optstring(L, 1, "");
  history_file[0] = '\0';
  if (strlen(file) < sizeof history_file) strcpy(history_file, file);
  lua_settop(L, 2);
  lua_setfield(L, LUA_REGISTRYINDEX, "tipl.complete");
  start_editor(L);
  return 0;
}

static int terminal_finish(lua_State *L) {
  (void)L;
  finish_editor();
  return 0;
}

/* ------------------------------------------------------------------ what it is */

static int terminal_isatty(lua_State *L) {
  lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
  return 1;
}

static int terminal_width(lua_State *L) {
  struct winsize size;
  if (ioctl((int)luaL_optinteger(L, 1, STDOUT_FILENO), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 0;
  lua_pushinteger(L, size.ws_col);
  return 1;
}

static int terminal_color(lua_State *L) {
  lua_pushboolean(L, tipl_cli_colored(stdout));
  return 1;
}

static int terminal_quiet(lua_State *L) {
  lua_pushboolean(L, tipl_cli_settings_now.quiet);
  return 1;
}

/* files(prefix): the names of files and folders (with "/" behind them) that begin with the prefix, a path. */
static int terminal_files(lua_State *L) {
  const char *prefix = luaL_checkstring(L, 1), *slash = strrchr(prefix, '/');
  size_t folder = slash == NULL ? 0 : (size_t)(slash - prefix) + 1;
  const char *begin = prefix + folder;
  struct dirent *entry;
  struct stat status;
  lua_Integer n = 0;
  DIR *dir;
  lua_settop(L, 1);
  lua_newtable(L);
  lua_pushlstring(L, prefix, folder); /* [prefix, names, folder] */
  dir = opendir(folder > 0 ? lua_tostring(L, 3) : ".");
  if (dir == NULL) {
    lua_settop(L, 2);
    return 1;
  }
  while (n < 500 && (entry = readdir(dir)) != NULL) {
    if (strncmp(entry->d_name, begin, strlen(begin)) != 0 || (entry->d_name[0] == '.' && *begin != '.')) continue;
    lua_pushfstring(L, "%s%s", lua_tostring(L, 3), entry->d_name);
    if (stat(lua_tostring(L, -1), &status) == 0 && S_ISDIR(status.st_mode)) {
      lua_pushliteral(L, "/");
      lua_concat(L, 2);
    }
    lua_rawseti(L, 2, ++n);
  }
  closedir(dir);
  lua_settop(L, 2);
  return 1;
}

int tipl_cli_open_terminal(lua_State *L) {
  static const luaL_Reg functions[] = {{"isatty", terminal_isatty},     {"width", terminal_width},
                                       {"color", terminal_color},       {"quiet", terminal_quiet},
                                       {"readline", terminal_readline}, {"start", terminal_start},
                                       {"finish", terminal_finish},     {"call", terminal_call},
                                       {"running", tipl_cli_running},   {"files", terminal_files},
                                       {NULL, NULL}};
  luaL_newlib(L, functions);
  return 1;
}
