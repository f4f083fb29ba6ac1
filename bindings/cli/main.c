/* main.c: the program tipl: makes a Lua state that has tipl built in, and runs what the command
 * line asks for in the order of lua(1): LUA_INIT, -e and -l, the script, the prompt. The prompt
 * itself is written in Lua (tipl/repl.lua). Nothing of tipl's Lua side is loaded before a script
 * asks for it.
 *
 * SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"
#include "tipl.h"

int luaopen_tipl_core(lua_State *L);

tipl_cli_settings tipl_cli_settings_now;

/* ------------------------------------------------------------------ messages */

int tipl_cli_colored(FILE *stream) {
  const char *never = getenv("NO_COLOR"), *always = getenv("CLICOLOR_FORCE"),
             *term = getenv("TERM");
  if (tipl_cli_settings_now.color != 0) return tipl_cli_settings_now.color > 0;
  if (never != NULL && *never != '\0') return 0;
  if (always != NULL && *always != '\0' && strcmp(always, "0") != 0) return 1;
  return isatty(fileno(stream)) && term != NULL && strcmp(term, "dumb") != 0;
}

void tipl_cli_put(FILE *stream, const char *text, size_t length) {
  int escape = isatty(fileno(stream));
  size_t i;
  for (i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (escape && (c < 32 || c == 127) && c != '\n' && c != '\t')
      fprintf(stream, "\\x%02x", c);
    else
      fputc(c, stream);
  }
}

static void complain(const char *text, size_t length) {
  fflush(stdout);
  fputs(tipl_cli_colored(stderr) ? "\033[1;31mtipl:\033[0m " : "tipl: ", stderr);
  tipl_cli_put(stderr, text, length);
  fputc('\n', stderr);
}

/* At the end, however it comes (os.exit too): what stdout could not take must not go unsaid. */
static void check_stdout(void) {
  int failed = ferror(stdout);
  if (fflush(stdout) != 0 || failed) {
    fprintf(stderr, "tipl: cannot write to standard output: %s\n", strerror(errno));
    _exit(TIPL_EXIT_INPUT);
  }
}

/* ------------------------------------------------------------------ calling Lua */

/* True for the error object of tipl.fail, whose message is one sentence and whose code is the exit
 * code. */
static int is_failure(lua_State *L, int index) {
  int is = luaL_getmetafield(L, index, "__name") == LUA_TSTRING &&
           strcmp(lua_tostring(L, -1), "tipl.Failure") == 0;
  lua_settop(L, index);
  return is;
}

static int handle_message(lua_State *L) {
  lua_settop(L, 1);
  if (is_failure(L, 1) || tipl_cli_interrupted()) return 1;
  if (lua_type(L, 1) != LUA_TSTRING) {
    if (luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL)
      lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    else
      luaL_tolstring(L, 1, NULL);
    lua_replace(L, 1);
    lua_settop(L, 1);
  }
  luaL_traceback(L, L, lua_tostring(L, 1), 1);
  return 1;
}

/* The exit code for the status of a load or call; complains, and pops the error, when it is none of
 * OK. */
static int outcome(lua_State *L, int status) {
  int code = TIPL_EXIT_SCRIPT;
  size_t length;
  const char *text;
  if (status == LUA_OK) return TIPL_EXIT_OK;
  if (status == LUA_ERRFILE) code = TIPL_EXIT_INPUT;
  if (status == LUA_ERRMEM) code = TIPL_EXIT_LIMIT;
  if (is_failure(L, lua_gettop(L))) {
    lua_getfield(L, -1, "code");
    code = (int)luaL_optinteger(L, -1, TIPL_EXIT_SCRIPT);
    lua_pop(L, 1);
  }
  text = luaL_tolstring(L, -1, &length);
  complain(text, length);
  lua_pop(L, 2);
  return code;
}

/* Calls the function under its arguments; results are dropped. */
static int call(lua_State *L, int arguments) {
  int base = lua_gettop(L) - arguments, status;
  lua_pushcfunction(L, handle_message);
  lua_insert(L, base);
  status = lua_pcall(L, arguments, 0, base);
  lua_remove(L, base);
  return outcome(L, status);
}

static int run_string(lua_State *L, const char *text, const char *name) {
  int status = luaL_loadbuffer(L, text, strlen(text), name);
  return status == LUA_OK ? call(L, 0) : outcome(L, status);
}

/* ------------------------------------------------------------------ where things are */

/* Pushes the folder above the one of the program ("/usr" for /usr/bin/tipl), or "" when unknown. */
static void push_prefix(lua_State *L) {
  char path[4096], *slash;
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  int up;
  path[length > 0 ? length : 0] = '\0';
  for (up = 0; up < 2; up++) {
    slash = strrchr(path, '/');
    *(slash != NULL ? slash : path) = '\0';
  }
  lua_pushstring(L, path);
}

static int is_file(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && !S_ISDIR(found.st_mode);
}

/* Pushes the folder of shipped scripts, number `i` of the places to look in; 0 when there are no
 * more. */
static int push_script_folder(lua_State *L, int i) {
  const char *set = tipl_cli_settings_now.no_environment ? NULL : getenv("TIPL_PATH");
  if (i > 1) return 0;
  if (i == 0 && set != NULL && *set != '\0') {
    lua_pushfstring(L, "%s/scripts", set);
  } else {
    push_prefix(L);
    lua_pushfstring(L, "%s/share/tipl/scripts", lua_tostring(L, -1));
    lua_remove(L, -2);
  }
  return 1;
}

/* Pushes the path of the script called `name`: a file, or else a shipped script of that name. 0
 * when there is neither, and nothing is pushed. */
static int push_script_path(lua_State *L, const char *name) {
  size_t length = strlen(name);
  int i;
  if (is_file(name)) {
    lua_pushstring(L, name);
    return 1;
  }
  if (strchr(name, '/') != NULL || (length > 4 && strcmp(name + length - 4, ".lua") == 0)) return 0;
  for (i = 0; push_script_folder(L, i); i++) {
    lua_pushfstring(L, "%s/%s.lua", lua_tostring(L, -1), name);
    lua_remove(L, -2);
    if (is_file(lua_tostring(L, -1))) return 1;
    lua_pop(L, 1);
  }
  return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

/* After "cannot open": the names that would have worked. */
static void list_scripts(lua_State *L) {
  struct dirent **found;
  int i, n = 0, folder;
  for (folder = 0; n <= 0 && push_script_folder(L, folder); folder++)
    n = scandir(lua_tostring(L, -1), &found, NULL, by_name);
  if (n <= 0) return;
  fputs("scripts that come with tipl:", stderr);
  for (i = 0; i < n; i++) {
    char *dot = strrchr(found[i]->d_name, '.');
    if (dot != NULL && dot != found[i]->d_name && strcmp(dot, ".lua") == 0)
      fprintf(stderr, " %.*s", (int)(dot - found[i]->d_name), found[i]->d_name);
    free(found[i]);
  }
  free(found);
  fputc('\n', stderr);
}

/* package.cpath without entries that depend on the current folder, and before them where tipl's own modules in
 * C are. */
static void clean_cpath(lua_State *L, int package) {
  const char *entry, *end, *prefix;
  luaL_Buffer kept;
  push_prefix(L);
  prefix = lua_tostring(L, -1); /* stays on the stack */
  lua_getfield(L, package, "cpath");
  entry = lua_tostring(L, -1);
  luaL_buffinit(L, &kept);
  luaL_addstring(&kept, prefix);
  luaL_addstring(&kept, "/lib/lua/5.4/?.so");
  for (; entry != NULL && *entry != '\0'; entry = *end == '\0' ? end : end + 1) {
    end = entry + strcspn(entry, ";");
    if (*entry != '/') continue;
    if (luaL_bufflen(&kept) > 0) luaL_addchar(&kept, ';');
    luaL_addlstring(&kept, entry, (size_t)(end - entry));
  }
  luaL_pushresult(&kept);
  lua_setfield(L, package, "cpath");
}

static void set_up_package(lua_State *L) {
  int package;
  lua_getglobal(L, "package");
  package = lua_gettop(L);
  lua_getfield(L, package, "preload");
  lua_pushcfunction(L, luaopen_tipl_core);
  lua_setfield(L, -2, "tipl.core");
  lua_pushcfunction(L, tipl_cli_open_terminal);
  lua_setfield(L, -2, "tipl.terminal");
  push_prefix(L);
  lua_getfield(L, package, "path"); /* [… preload, prefix, path] */
  lua_pushfstring(L, "%s/share/lua/5.4/?.lua;%s/share/lua/5.4/?/init.lua;%s", lua_tostring(L, -2),
                  lua_tostring(L, -2), lua_tostring(L, -1));
  lua_setfield(L, package, "path");
  lua_settop(L, package);
  clean_cpath(L, package);
  lua_settop(L, package - 1);
}

/* ------------------------------------------------------------------ the command line's second pass
 */

static void set_arg(lua_State *L, int argc, char **argv, int script) {
  int i;
  if (script == argc) script = 0; /* no script: the program's name stands at 0 */
  lua_createtable(L, argc - script - 1, script + 1);
  for (i = 0; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i - script);
  }
  lua_setglobal(L, "arg");
}

static int run_init(lua_State *L) {
  const char *name = "=LUA_INIT_5_4", *init = getenv("LUA_INIT_5_4");
  int status;
  if (init == NULL) {
    name = "=LUA_INIT";
    init = getenv("LUA_INIT");
  }
  if (init == NULL || tipl_cli_settings_now.no_environment) return TIPL_EXIT_OK;
  if (init[0] != '@') return run_string(L, init, name);
  status = luaL_loadfile(L, init + 1);
  return status == LUA_OK ? call(L, 0) : outcome(L, status);
}

/* -l MOD, -l NAME=MOD */
static int require_module(lua_State *L, const char *what) {
  static const char code[] = "local name, module = ...; _G[name] = require(module)";
  const char *equal = strchr(what, '=');
  int status = luaL_loadbuffer(L, code, strlen(code), "=(option -l)");
  if (status != LUA_OK) return outcome(L, status);
  if (equal != NULL)
    lua_pushlstring(L, what, (size_t)(equal - what));
  else
    lua_pushstring(L, what);
  lua_pushstring(L, equal != NULL ? equal + 1 : what);
  return call(L, 2);
}

static int run_options(lua_State *L, char **argv, int end) {
  int i, code = TIPL_EXIT_OK;
  for (i = 1; i < end && code == TIPL_EXIT_OK; i++) {
    char letter = argv[i][1];
    const char *value;
    if (letter != 'e' && letter != 'l') continue;
    value = argv[i][2] != '\0' ? argv[i] + 2 : argv[++i];
    code = letter == 'e' ? run_string(L, value, "=(command line)") : require_module(L, value);
  }
  return code;
}

static int run_script(lua_State *L, char **argv, int argc, int at) {
  const char *name = argv[at];
  int i, status, code;
  if (strcmp(name, "-") == 0 && strcmp(argv[at - 1], "--") != 0) {
    name = NULL;
  } else if (push_script_path(L, name)) {
    name = lua_tostring(L, -1); /* stays on the stack */
  }
  status = luaL_loadfile(L, name);
  if (status != LUA_OK) {
    code = outcome(L, status);
    if (status == LUA_ERRFILE && strchr(argv[at], '/') == NULL)
      list_scripts(L);
    else if (status == LUA_ERRSYNTAX && strstr(argv[at], ".txt") != NULL)
      fprintf(stderr, "is it a report? then: tipl facts %s\n", argv[at]);
    return code;
  }
  luaL_checkstack(L, argc, "too many arguments to script");
  for (i = at + 1; i < argc; i++) lua_pushstring(L, argv[i]);
  return call(L, argc - at - 1);
}

static int run_prompt(lua_State *L) {
  return run_string(L, "require 'tipl.repl' ()", "=(prompt)");
}

static void print_version(lua_State *L, int complete) {
  printf("tipl %s  %s\n", tipl_version_string(), LUA_RELEASE);
  if (!complete) return;
  lua_getglobal(L, "require");
  lua_pushstring(L, "lpeg");
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_istable(L, -1)) {
    if (lua_getfield(L, -1, "version") == LUA_TFUNCTION) lua_call(L, 0, 1); /* 1.0 has a function */
    const char *text = luaL_tolstring(L, -1, NULL); /* "1.0.2", in later versions "LPeg 1.1.0" */
    printf("LPeg %s\n", strncmp(text, "LPeg ", 5) == 0 ? text + 5 : text);
  } else {
    printf("LPeg not found\n");
  }
  lua_getglobal(L, "require");
  lua_pushstring(L, "tipl.sqlite");
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_istable(L, -1) && lua_getfield(L, -1, "version") == LUA_TSTRING)
    printf("SQLite %s\n", lua_tostring(L, -1));
  else
    printf("SQLite not found\n");
  printf("features: %ceditline %s\n", tipl_cli_has_editline() ? '+' : '-', tipl_features());
}

typedef struct invocation {
  int argc;
  char **argv;
  tipl_cli_options options;
  int code;
} invocation;

/* What the command line asks for before a prompt: initialisation, -e and -l, the script. */
static int run_all(lua_State *L, invocation *in) {
  const tipl_cli_options *o = &in->options;
  int code;
  tipl_cli_watch(L);
  code = run_init(L);
  if (code == TIPL_EXIT_OK) code = run_options(L, in->argv, o->script);
  if (code == TIPL_EXIT_OK && o->script < in->argc)
    code = run_script(L, in->argv, in->argc, o->script);
  tipl_cli_unwatch();
  return code;
}

static int run(lua_State *L, invocation *in) {
  const tipl_cli_options *o = &in->options;
  int has_script = o->script < in->argc, code;
  if (o->long_version) {
    print_version(L, 1);
    return TIPL_EXIT_OK;
  }
  if (o->version && !(o->interactive && tipl_cli_settings_now.quiet)) print_version(L, 0);
  set_arg(L, in->argc, in->argv, o->script);
  code = run_all(L, in);
  if (code != TIPL_EXIT_OK || tipl_cli_interrupted()) return code; /* also with -i, as lua does */
  if (o->interactive) return run_prompt(L);
  if (has_script || o->execute || o->version) return code;
  if (isatty(STDIN_FILENO)) {
    if (!tipl_cli_settings_now.quiet) print_version(L, 0);
    return run_prompt(L);
  }
  tipl_cli_watch(L);
  code = luaL_loadfile(L, NULL);
  code = code == LUA_OK ? call(L, 0) : outcome(L, code);
  tipl_cli_unwatch();
  return code;
}

static int protected_main(lua_State *L) {
  invocation *in = lua_touserdata(L, 1);
  if (tipl_cli_settings_now.no_environment) {
    lua_pushboolean(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
  }
  luaL_openlibs(L);
  set_up_package(L);
  if (in->options.warnings) lua_warning(L, "@on", 0);
  in->code = run(L, in);
  return 0;
}

int main(int argc, char **argv) {
  invocation in = {argc, argv, {0, 0, 0, 0, 0, 0, 0}, TIPL_EXIT_SCRIPT};
  int at = 0, status;
  const char *wrong = tipl_cli_read_options(argc, argv, &in.options, &at);
  lua_State *L;
  atexit(check_stdout);
  if (wrong != NULL) {
    fprintf(stderr, "tipl: '%s' %s\n%s", argv[at], wrong, tipl_cli_usage);
    return TIPL_EXIT_INPUT;
  }
  if (in.options.help) {
    fputs(tipl_cli_help, stdout);
    return TIPL_EXIT_OK;
  }
  L = luaL_newstate();
  if (L == NULL) {
    fputs("tipl: not enough memory\n", stderr);
    return TIPL_EXIT_LIMIT;
  }
  lua_pushcfunction(L, protected_main);
  lua_pushlightuserdata(L, &in);
  status = lua_pcall(L, 1, 0, 0);
  if (status != LUA_OK) in.code = outcome(L, status);
  lua_close(L);
  if (tipl_cli_interrupted() && in.code != TIPL_EXIT_OK) { /* who waits for the program is to see why it ended */
    fflush(stdout);
    raise(tipl_cli_interrupted());
  }
  return in.code;
}
