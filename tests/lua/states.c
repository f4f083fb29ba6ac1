/* states.c: two Lua states in one process, each with words of its own. Built and run by oom_test.sh. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>

int luaopen_tipl_core(lua_State *L);

static const char setup[] =
    "tipl = ...\n"
    "text = 'NORWAY: Tier 2\\n\\nPROTECTION\\n\\nIn 2020, police stormed 37 kilns and deported 12 migrants.'\n"
    "function facts(metric) return #tipl.parse(text):facts { metric = metric } end\n"
    "function has(metric) for _, word in ipairs(tipl.vocabulary 'metric') do if word == metric then return true end end end\n";
static const char *const first[] = {
    "assert(tipl.lexicon_add { { metric = 'storms', nouns = {}, verbs = { 'stormed' } } })",
    "assert(facts 'storms' == 1 and not has 'flights')",
    "for i = 1, 3 do assert(facts 'storms' == 1) collectgarbage() end"};
static const char *const second[] = {
    "assert(tipl.lexicon_add { { metric = 'flights', nouns = {}, verbs = { 'deported' }, replace = true } })",
    "assert(facts 'flights' == 1 and not has 'storms' and not pcall(facts, 'storms'))", "assert(facts 'victims_penalized' == 0)"};

static lua_State *open_state(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  luaL_requiref(L, "tipl.core", luaopen_tipl_core, 0);
  if (luaL_loadstring(L, setup) != LUA_OK) return NULL;
  lua_insert(L, -2);
  return lua_pcall(L, 1, 0, 0) == LUA_OK ? L : NULL;
}

static int bad(lua_State *L, const char *line) {
  if (luaL_dostring(L, line) == LUA_OK) return 0;
  printf("%s\n%s\n", line, lua_tostring(L, -1));
  return 1;
}

int main(void) {
  lua_State *a = open_state(), *b = open_state();
  int i, failed = a == NULL || b == NULL;
  for (i = 0; i < 3 && !failed; i++) failed = bad(a, first[i]) || bad(b, second[i]);
  if (a != NULL) lua_close(a);
  failed = failed || bad(b, second[1]); /* which does not need the other */
  if (b != NULL) lua_close(b);
  if (!failed) puts("two states, each with words of its own");
  return failed;
}
