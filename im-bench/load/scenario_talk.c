/* Many groups, and everyone in them talks in turn. */
#include "histogram.h"
#include "message.h"
#include "options.h"
#include "scenario.h"

static void next(uint64_t time) {
    static int turn_of;
    for (int tries = 0; tries < opt.clients; tries++) {
        struct client *c = &all[turn_of];
        turn_of = (turn_of + 1) % opt.clients;
        if (c->state != READY) continue;
        speak(c, time);
        return;
    }
}

static void arrived(struct client *c, const unsigned char *stamp) {
    sample(latencies, stamp_time(stamp));
    if (running && !open_loop() && stamp_sender(stamp) == c->number) next(now_ns());
}

const struct scenario talk = {.name = "talk", .everyone = 1, .to_group = 1, .run = measured, .next = next, .arrived = arrived};
