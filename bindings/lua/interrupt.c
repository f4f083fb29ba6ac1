/* interrupt.c: calls into the core that a signal may end. The handler of lua(1) and that of tipl set a hook, which
 * runs once Lua does; so a hook that was not there when a long call into the core began says that somebody
 * wants it to end. The core then gives up, and the hook raises.
 *
 * SPDX-License-Identifier: MIT */
#include "module.h"

void tipl_lua_note_hooks(lua_State *L, tipl_lua_hooks *hooks) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  hooks->main = lua_tothread(L, -1);
  lua_pop(L, 1);
  hooks->L = L;
  hooks->hook = lua_gethook(L);
  hooks->main_hook = lua_gethook(hooks->main);
}

void tipl_lua_heed_hooks(lua_State *L, tipl_lua_hooks *hooks, tipl_options *options) {
  tipl_lua_note_hooks(L, hooks);
  options->progress = tipl_lua_hooked;
  options->progress_payload = hooks;
}

int tipl_lua_hooked(void *payload, size_t done, size_t total) {
  const tipl_lua_hooks *hooks = payload;
  (void)done;
  (void)total;
  return lua_gethook(hooks->L) != hooks->hook || lua_gethook(hooks->main) != hooks->main_hook;
}
