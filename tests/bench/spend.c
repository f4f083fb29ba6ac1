/* spend.c: runs a command N times, its output thrown away, and prints what one run spent on average: CPU
 * seconds (user and system), and the peak memory in KiB.
 *
 *   bench_spend N COMMAND [ARGUMENT…] */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv) {
  long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
  if (runs < 1) {
    fprintf(stderr, "usage: bench_spend N COMMAND [ARGUMENT...]\n");
    return 2;
  }
  double spent = 0;
  long peak = 0;
  for (long i = 0; i < runs; i++) {
    pid_t child = fork();
    if (child == 0) {
      int nowhere = open("/dev/null", O_RDWR);
      dup2(nowhere, 0);
      dup2(nowhere, 1);
      execvp(argv[2], argv + 2);
      perror(argv[2]);
      _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) return 1;
    if (status != 0) {
      fprintf(stderr, "bench_spend: %s failed\n", argv[2]);
      return 1;
    }
    spent += seconds(usage.ru_utime) + seconds(usage.ru_stime);
    if (usage.ru_maxrss > peak) peak = usage.ru_maxrss;
  }
  printf("%.6f %ld\n", spent / (double)runs, peak);
  return 0;
}
