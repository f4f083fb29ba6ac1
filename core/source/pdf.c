/* pdf.c: the text of a PDF file, by the program pdftotext as a child process.
 *
 * No shell, no file in between: one socket is the child's input and output. What it prints becomes the
 * source, since the bytes of a PDF file hold no text that spans could point at; a second run, in
 * the order of the file, tells order.c whether that reads better, and hyphens.c which hyphens the first has taken; repair.c
 * then mends the text.
 * Called by decode.c. */
#define _GNU_SOURCE /* SOCK_CLOEXEC: children of other threads must not hold our ends open */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "source/source.h"

extern char **environ;

enum {
  DEFAULT_SECONDS = 60,
  TICK = 100, /* milliseconds between two looks at clock and caller */
  PAUSE = 2,  /* milliseconds between two looks at a child that has said all */
  CHILD_MISSING = 127
};

typedef struct child {
  tipl__build *build;
  pid_t id;
  int socket;
  size_t sent, length; /* bytes of the file sent, of the text received */
  tipl__build out;     /* its text */
  bool raw;            /* in the order of the file, not in that of reading */
  int64_t deadline;    /* milliseconds */
} child;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static unsigned seconds(const tipl__build *build) {
  return build->options.helper_seconds != 0 ? build->options.helper_seconds : DEFAULT_SECONDS;
}

bool tipl__pdf_is(const tipl__build *build) {
  return build->length >= 5 && memcmp(build->text, "%PDF-", 5) == 0;
}

/* ------------------------------------------------------------------ the child */

static tipl_status cannot_start(tipl__build *build, int code) {
  if (code == ENOENT || code == EACCES)
    return tipl__fail(build->error, TIPL_EENCODING,
                      "this is a PDF file, and the program pdftotext that reads it is not installed (Debian: "
                      "poppler-utils); install it or turn the file into text first");
  return tipl__fail(build->error, TIPL_EIO, "pdftotext could not be started (system error %d)", code);
}

static int spawn(pid_t *id, int end, bool raw) {
  static const char *const plain[] = {"pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
  static const char *const in_order[] = {"pdftotext", "-raw", "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
  const char *const *arguments = raw ? in_order : plain;
  posix_spawn_file_actions_t actions;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO);
  if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO);
  if (code == 0)
    code = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (code == 0) code = posix_spawnp(id, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

static tipl_status start(child *c) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return cannot_start(c->build, errno);
  int code = spawn(&c->id, ends[1], c->raw);
  close(ends[1]);
  c->socket = ends[0];
  if (code == 0) return TIPL_OK;
  close(c->socket);
  return cannot_start(c->build, code);
}

/* Ends the child; its exit code, -1 when a signal ended it. It may still run: then at once if `now_over`, else by the deadline. */
static int stop(const child *c, bool now_over) {
  int state = 0;
  close(c->socket);
  for (;;) {
    bool wait = !now_over && now() < c->deadline;
    if (!wait) kill(c->id, SIGKILL);
    pid_t done = waitpid(c->id, &state, wait ? WNOHANG : 0);
    if (done < 0 && errno != EINTR) return 0; /* the host takes no notice of its children */
    if (done > 0) return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    if (done == 0) poll(NULL, 0, PAUSE);
  }
}

/* ------------------------------------------------------------------ talking to it */

static void send_some(child *c) {
  size_t left = c->build->length - c->sent;
  ssize_t done = send(c->socket, c->build->text + c->sent, left, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (done > 0) c->sent += (size_t)done;
  bool gone = done < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
  if (gone) c->sent = c->build->length; /* it wants no more; its exit code will tell */
  if (c->sent == c->build->length) shutdown(c->socket, SHUT_WR);
}

/* *more: whether there may be more to come. */
static tipl_status receive_some(child *c, bool *more) {
  size_t limit = tipl__source_limit(c->build), room = c->out.text_size;
  if (room < c->length + TIPL__SOURCE_PAD + TIPL__SOURCE_BLOCK) room = room * 2 + TIPL__SOURCE_BLOCK * 2;
  if (!tipl__source_room(&c->out, room - TIPL__SOURCE_PAD)) return tipl__source_no_memory(c->build);
  ssize_t got = recv(c->socket, c->out.text + c->length, TIPL__SOURCE_BLOCK, MSG_DONTWAIT);
  if (got > 0) c->length += (size_t)got;
  *more = got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
  return c->length > limit ? tipl__source_too_long(c->build) : TIPL_OK;
}

static tipl_status look_up(const child *c) {
  const tipl_options *options = &c->build->options;
  if (options->progress != NULL && options->progress(options->progress_payload, 0, c->build->length) != 0)
    return tipl__fail(c->build->error, TIPL_ECANCEL, "cancelled");
  if (now() < c->deadline) return TIPL_OK;
  return tipl__fail(c->build->error, TIPL_ELIMIT,
                    "pdftotext was not done with this PDF file after %u seconds; the option helper_seconds of "
                    "the library gives it more",
                    seconds(c->build));
}

static tipl_status talk(child *c) {
  tipl_status status = TIPL_OK;
  for (bool more = true; more && status == TIPL_OK;) {
    bool sending = c->sent < c->build->length;
    struct pollfd wait = {c->socket, (short)(sending ? POLLIN | POLLOUT : POLLIN), 0};
    int ready = poll(&wait, 1, TICK);
    if (ready < 0 && errno != EINTR)
      return tipl__fail(c->build->error, TIPL_EIO, "pdftotext could not be heard (system error %d)", errno);
    status = look_up(c);
    if (ready <= 0 || status != TIPL_OK) continue;
    if (sending && (wait.revents & (POLLOUT | POLLERR)) != 0) send_some(c);
    if ((wait.revents & (POLLIN | POLLHUP | POLLERR)) != 0) status = receive_some(c, &more);
  }
  return status;
}

/* ------------------------------------------------------------------ the text */

static tipl_status run(child *c) {
  tipl_status status = start(c);
  if (status != TIPL_OK) return status;
  status = talk(c);
  int code = stop(c, status != TIPL_OK);
  if (status == TIPL_OK && code == -1) status = look_up(c); /* it may have taken too long to end */
  if (status != TIPL_OK || code == 0) return status;
  if (code == CHILD_MISSING) return cannot_start(c->build, ENOENT);
  return tipl__fail(c->build->error, TIPL_EENCODING,
                    "pdftotext cannot read this PDF file (exit code %d): it is broken, or needs a password", code);
}

static void free_child(child *c) {
  tipl__free(&c->out.alloc, c->out.text, c->out.text_size);
}

/* Runs to the end; then zero bytes stand behind the text. */
static tipl_status read_child(child *c) {
  tipl_status status = run(c);
  if (status == TIPL_OK && !tipl__source_room(&c->out, c->length)) status = tipl__source_no_memory(c->build);
  if (status == TIPL_OK) memset(c->out.text + c->length, 0, c->out.text_size - c->length);
  return status;
}

tipl_status tipl__pdf_decode(tipl__build *build) {
  int64_t deadline = now() + (int64_t)seconds(build) * 1000;
  child c = {.build = build, .out = {.alloc = build->alloc}, .deadline = deadline};
  child raw = {.build = build, .out = {.alloc = build->alloc}, .deadline = deadline, .raw = true};
  tipl_status status = read_child(&c);
  tipl_status second = status == TIPL_OK ? read_child(&raw) : TIPL_OK;
  if (second == TIPL_ENOMEM || second == TIPL_ECANCEL || second == TIPL_ELIMIT) status = second; /* whole without it else */
  if (status != TIPL_OK) {
    free_child(&c);
    free_child(&raw);
    return status;
  }
  bool in_order = second == TIPL_OK && tipl__reads_better(&build->alloc, raw.out.text, (uint32_t)raw.length, c.out.text,
                                                          (uint32_t)c.length);
  child *best = in_order ? &raw : &c, *other = in_order ? &c : &raw;
  tipl__free(&build->alloc, build->text, build->text_size);
  build->text = best->out.text;
  build->text_size = best->out.text_size;
  build->length = (uint32_t)best->length;
  build->format = "pdf";
  if (second == TIPL_OK && !in_order) status = tipl__hyphens(build, raw.out.text, (uint32_t)raw.length);
  free_child(other);
  return status;
}
