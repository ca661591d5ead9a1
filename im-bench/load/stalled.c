#include "options.h"
#include "scenario.h"

#include <stdio.h>

void print_stalled(void) {
    int seen = 0, closed_by_end = 0, with_code = 0, code = 0;
    double first = 0, last = 0;
    for (int i = opt.clients; i < total; i++) {
        struct client *c = &all[i];
        if (c->closed_at > 0) {
            seen++;
            if (!first || c->closed_at < first) first = c->closed_at;
            if (c->closed_at > last) last = c->closed_at;
        }
    }
    /* Who has never read sees the end only behind all that the kernel holds for it; so read that now. */
    for (double until = now_s() + 10; now_s() < until && closed_by_end < opt.stalled;) {
        for (int i = opt.clients; i < total; i++) {
            struct client *c = &all[i];
            if (c->state == CLOSED) continue;
            double at = c->closed_at;
            while (readable(c)) {}
            if (c->state == CLOSED) {
                if (at > 0) c->closed_at = at;
                closed_by_end++;
                if (c->close_code != 1006 && c->close_code != 1005) {
                    with_code++;
                    code = c->close_code;
                }
            }
        }
        turn(5);
    }
    printf(",\"stalled\":%d,\"stalled_closed\":%d,\"stalled_open\":%d,\"stalled_told\":%d,\"stalled_told_code\":%d,\"stalled_seen\":%d,\"stalled_first_s\":%.2f,\"stalled_last_s\":%.2f", opt.stalled, closed_by_end,
           opt.stalled - closed_by_end, with_code, code, seen, first, last);
}
