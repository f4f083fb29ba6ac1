/* options.c: the command line of tipl, which is that of lua(1) and four long options more. Reading
 * it has no effect; main.c goes through it a second time and acts.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "program.h"

const char tipl_cli_usage[] = "usage: tipl [options] [script [args]]   (tipl --help says more)\n";

const char tipl_cli_help[] =
    "usage: tipl [options] [script [args]]\n"
    "\n"
    "Runs a Lua script over narratives of the Trafficking in Persons Report. `script` is a file, "
    "`-` for\n"
    "standard input, or the name of a script that comes with tipl:\n"
    "  tipl facts FILE...      the facts of reports, as table, tsv, csv or jsonl\n"
    "  tipl funding FILE...    totals of funding by currency and period\n"
    "  tipl gaps FILE...       where counts of victims do not meet\n"
    "  tipl audit FILE...      where reports contradict themselves\n"
    "  tipl silence FILE...    what was not reported, withheld or not done\n"
    "  tipl trends FILE...     figures over the years, with revisions and breaks\n"
    "  tipl recommendations FILE...  what is asked for, and since when\n"
    "  tipl penalties FILE...  terms of the law and terms imposed\n"
    "  tipl compare A B        two reports side by side\n"
    "  tipl coverage FILE...   which variables a report speaks to\n"
    "  tipl indicators FILE... coding in the manner of the Human Trafficking Indicators\n"
    "  tipl score GOLD SYS     how far a coding agrees with a gold coding\n"
    "  tipl export FILE...     the facts of many reports as a database, CSV or JSON Lines\n"
    "  tipl diff A B           facts lost, gained and changed between two codings or reports\n"
    "  tipl verify FILE...     whether every span is the text at its place\n"
    "  tipl dossier FILE...    a page (HTML) to read a report by, its facts marked\n"
    "  tipl test RULES.lua...  the examples of rule sets: what each rule accepts and rejects\n"
    "  tipl explain RULES FILE...  why rules match or not, what came closest, what they cost\n"
    "  tipl unread FILE...     sentences with a number or an absence that gave no fact\n"
    "Each of them answers --help. Without a script: a Lua prompt on a terminal, else standard "
    "input.\n"
    "\n"
    "  -e STAT        run the statement STAT\n"
    "  -l MOD         require MOD into a global of its name (-l NAME=MOD: into NAME)\n"
    "  -i             a prompt after the script\n"
    "  -v             print the version\n"
    "  -E             ignore the environment (LUA_INIT, LUA_PATH, TIPL_PATH ...)\n"
    "  -W             turn warnings on\n"
    "  -              run standard input\n"
    "  --             no options after this\n"
    "  --color=WHEN   auto (default), always or never\n"
    "  --quiet        no banner and no notes\n"
    "  --version      version, Lua, LPeg, features\n"
    "  --help         this text\n"
    "\n"
    "Environment: TIPL_PATH (folder that holds scripts/), TIPL_HISTORY, NO_COLOR, CLICOLOR_FORCE,\n"
    "LUA_INIT, LUA_PATH, LUA_CPATH.\n"
    "\n"
    "Exit codes:\n"
    "  0  all went well\n"
    "  1  the script failed, or found what it checks for wanting\n"
    "  2  wrong usage, input that cannot be read, output that cannot be written\n"
    "  3  the input is text but no report\n"
    "  4  a limit was passed\nWith several files, the highest of theirs. Ctrl-C, SIGTERM and SIGHUP end it in order, by the signal.\n"
    "\n"
    "Example: tipl facts examples/reports/valdoria-2021.txt --metric funding\n";

/* "--color=never": sets *value to what follows the "="; plain "--color" needs the next argument. */
static const char *read_color(const char *value) {
  static const char *const words[] = {"never", "auto", "always"};
  int i;
  for (i = 0; value != NULL && i < 3; i++)
    if (strcmp(value, words[i]) == 0) {
      tipl_cli_settings_now.color = i - 1;
      return NULL;
    }
  return "must be auto, always or never";
}

static const char *read_long(const char *name, tipl_cli_options *options) {
  if (strcmp(name, "help") == 0)
    options->help = 1;
  else if (strcmp(name, "version") == 0)
    options->long_version = 1;
  else if (strcmp(name, "quiet") == 0)
    tipl_cli_settings_now.quiet = 1;
  else if (strncmp(name, "color=", 6) == 0)
    return read_color(name + 6);
  else
    return "is no option";
  return NULL;
}

/* An option of one letter; *i moves on when it takes the next argument. */
static const char *read_short(int argc, char **argv, int *i, tipl_cli_options *options) {
  const char *option = argv[*i];
  int takes_value = option[1] == 'e' || option[1] == 'l';
  if (!takes_value && option[2] != '\0') return "is no option";
  switch (option[1]) {
    case 'i':
      options->interactive = options->version = 1;
      break;
    case 'v':
      options->version = 1;
      break;
    case 'E':
      tipl_cli_settings_now.no_environment = 1;
      break;
    case 'W':
      options->warnings = 1;
      break;
    case 'h':
      options->help = 1;
      break;
    case 'e':
      options->execute = 1; /* fall through */
    case 'l':
      if (option[2] == '\0' && (++*i >= argc || argv[*i][0] == '-')) {
        *i = *i < argc ? *i - 1 : argc - 1;
        return "needs an argument";
      }
      break;
    default:
      return "is no option";
  }
  return NULL;
}

const char *tipl_cli_read_options(int argc, char **argv, tipl_cli_options *options, int *at) {
  const char *wrong = NULL;
  int i;
  for (i = 1; i < argc && argv[i][0] == '-' && wrong == NULL; i++) {
    *at = i;
    if (argv[i][1] == '\0') break; /* "-": the script is standard input */
    if (strcmp(argv[i], "--") == 0) {
      i++;
      break;
    }
    wrong =
        argv[i][1] == '-' ? read_long(argv[i] + 2, options) : read_short(argc, argv, &i, options);
  }
  options->script = i;
  return wrong;
}
