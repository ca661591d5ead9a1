#include "groups.h"
#include "membership.h"
#include "message.h"
#include "options.h"
#include "scenario.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

double connect_all(void) {
    started = now_s();
    double give_up = started + 60 + total / 100;
    int begun = 0;
    while (ready_members + ready_stalled < total) {
        while (begun < total && begun - ready_members - ready_stalled < opt.at_once) begin(&all[begun++]);
        turn(10);
        repeat_late_fences();
        if (now_s() > give_up) die("only %d of %d clients are ready in time", ready_members + ready_stalled, total);
    }
    return now_s() - started;
}

void probe(void) {
    double give_up = now_s() + 30;
    int only_one = scenario->privately && !scenario->to_group;
    probes_wanted = only_one ? 1 : opt.clients * (scenario->to_group + scenario->privately);
    /* Each round waits twice as long: where one is more than the server delivers in a tenth of a second, a pile of probes would delay what is measured. */
    for (double wait = 0.1; probes_seen < probes_wanted; wait *= 2) {
        for (int i = 0; i < group_count && scenario->to_group; i++) probe_group(&all[groups[i].first]);
        for (int i = 0; i < opt.clients && scenario->privately && !(only_one && i); i++) probe_one(&all[i], partner(&all[i], 0));
        flush_touched();
        for (double until = now_s() + wait; now_s() < until && probes_seen < probes_wanted;) turn(10);
        if (now_s() > give_up || all[0].state == CLOSED) die("only %d of %d clients get messages (the sender was closed with %d)", probes_seen, probes_wanted, all[0].close_code);
    }
    for (double until = now_s() + 0.3; now_s() < until;) turn(10);
}

void pause_at(const char *what) {
    if (!opt.pause) return;
    alarm(600);
    printf("%s\n", what);
    fflush(stdout);
    struct pollfd input = {.fd = 0, .events = POLLIN};
    while (poll(&input, 1, 0) == 0) turn(10);
    char line[64];
    if (read(0, line, sizeof line) < 0) die("cannot read the input: %s", strerror(errno));
    alarm((unsigned)(opt.warmup + opt.seconds + 120));
}
