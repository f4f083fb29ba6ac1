/* oom.c: the Lua module with the k-th allocation failing, for k = 0, 1, 2 … until the task succeeds. Every
 * block must come back each time, whatever raised. Built and run by oom_test.sh. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

int luaopen_tipl_core(lua_State *L);

static long live, countdown;

static void *fail_late(void *payload, void *block, size_t old, size_t size) {
  void *moved;
  (void)payload;
  if (size == 0) {
    if (block != NULL) live--;
    free(block);
    return NULL;
  }
  if (block == NULL || size > old) {
    if (countdown == 0) return NULL;
    countdown--;
  }
  moved = realloc(block, size);
  if (moved != NULL && block == NULL) live++;
  return moved;
}

static const char task[] =
    "local tipl, path = ...\n"
    "local report, message, code = tipl.open(path)\n"
    "if not report then assert(code == 'ENOMEM', message) error(message) end\n"
    "local funding = report:facts { metric = { 'funding', 'fine' }, relation = 'primary' }\n"
    "for fact in funding do local _ = fact.evidence, fact.who, fact.flags, fact.sentence.text, fact:totable() end\n"
    "local _ = funding:sum(), funding:total(), funding:column 'value', funding:totable(), tostring(funding[1])\n"
    "_ = funding:where(function(fact) return fact.value end), funding:where { unit = 'EUR' }\n"
    "for name, value in pairs(funding[1]) do _ = name, value end\n"
    "_ = report:at(1500), report.text, tostring(report), tipl.add('1.5', 2), tipl.vocabulary 'metric'\n"
    "for sentence in report:sentences() do _ = sentence.text, sentence:tokens()[1] end\n"
    "_ = pcall(report.facts, report, { metrik = 'x' }), pcall(tipl.parse, 'a\\0')\n"
    "tipl.element('word', { 'forced labor', 'raids' })\n"
    "tipl.element('fact', { metric = 'funding' })\n"
    "tipl.layer(report, 1, { { metric = 'other', value = 3, evidence = { 1, 5 }, rule = 'a/b', unit = 'ships' } })\n"
    "assert(report:facts { unit = 'ships' }[1].rule == 'a/b')\n"
    "assert(tipl.unlayer(report, 1) and #tipl.layers(report) == 0 and #report:facts { unit = 'ships' } == 0)\n"
    "assert(tipl.lexicon_add { { metric = 'raids', nouns = { 'storm' }, verbs = { 'stormed', 'arrested' }, replace = true } })\n"
    "report:close()\n"
    "local walk = tipl.walk { 'examples', 'examples/reports/*.txt', 'no/such*' }\n"
    "local files = 0\n"
    "for _ = 1, 100 do if walk:next() then files = files + 1 end end\n"
    "assert(files >= 6, files)\n"
    "local reports, message, code = tipl.narratives(path)\n"
    "if not reports then assert(code == 'ENOMEM', message) error(message) end\n"
    "assert(reports[1].text, 'no report')\n"
    "local corpus, why, status = tipl.corpus({ 'examples/reports', 'no/such' }, { threads = 1 })\n"
    "if not corpus then assert(status == 'ENOMEM', why) error(why) end\n"
    "for fact in corpus:facts({ metric = 'funding' }, { country = 'Valdoria' }) do _ = fact.report.digest end\n"
    "_ = corpus:facts():total(), corpus:facts()[3]:totable(), corpus:failures(), corpus:duplicates()\n"
    "corpus:close()\n";

static int run(lua_State *L) {
  luaL_openlibs(L);
  if (luaL_loadstring(L, task) != LUA_OK) return lua_error(L);
  luaL_requiref(L, "tipl.core", luaopen_tipl_core, 0);
  lua_pushstring(L, lua_touserdata(L, 1));
  lua_call(L, 2, 0);
  return 0;
}

int main(int argc, char **argv) {
  long k;
  for (k = 0; argc == 2 && k < 1000000; k++) {
    lua_State *L;
    int good = 0;
    live = 0;
    countdown = k;
    L = lua_newstate(fail_late, NULL);
    if (L != NULL) {
      lua_pushcfunction(L, run);
      lua_pushlightuserdata(L, argv[1]);
      good = lua_pcall(L, 1, 0, 0) == LUA_OK;
      countdown = -1;
      lua_close(L);
    }
    if (live != 0) {
      printf("failing allocation %ld: %ld blocks left\n", k, live);
      return 1;
    }
    if (good) {
      printf("%ld failing allocations, nothing left behind\n", k);
      return 0;
    }
  }
  return 1;
}
