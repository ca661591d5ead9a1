/*
 * imload: WebSocket clients that measure how a chat server delivers. One thread, epoll; loopback only; ends by itself.
 * How to use it and what the figures mean: docs/how-to/measure-delivery.md. Result: one line of JSON on standard output; exit 0 if the run was complete.
 */
#include "groups.h"
#include "options.h"
#include "scenario.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void timed_out(int number) {
    static const char said[] = "imload: took longer than its warm-up, its seconds and two minutes; gave up\n";
    (void)number;
    if (write(2, said, sizeof said - 1) < 0) _exit(4);
    _exit(3);
}

static void take_all_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

int main(int argc, char **argv) {
    parse(argc, argv);
    signal(SIGALRM, timed_out);
    signal(SIGPIPE, SIG_IGN);
    alarm((unsigned)(opt.warmup + opt.seconds + 120) + (unsigned)opt.clients / 50);
    take_all_files();
    make_clients();
    if (scenario->group) scenario->group();
    else equal_groups();
    scenario->run();
    return 0;
}
