/* One sender: fanout, a window of messages in flight; rate, by the clock; rtt, a private message there and back. */
#include "groups.h"
#include "histogram.h"
#include "message.h"
#include "options.h"
#include "scenario.h"

static void fanout_next(uint64_t time) { speak(&all[0], time); }

static void fanout_arrived(struct client *c, const unsigned char *stamp) {
    if (c->number) return;
    sample(latencies, stamp_time(stamp));
    if (running) fanout_next(now_ns());
}

const struct scenario fanout = {.name = "fanout", .to_group = 1, .run = measured, .next = fanout_next, .arrived = fanout_arrived};

static void rate_next(uint64_t time) {
    static int group;
    struct client *sender = &all[groups[group].first];
    group = (group + 1) % group_count;
    if (sender->state == READY) speak(sender, time);
}

static void rate_arrived(struct client *c, const unsigned char *stamp) {
    (void)c;
    sample(latencies, stamp_time(stamp));
}

const struct scenario rate = {.name = "rate", .to_group = 1, .run = measured, .next = rate_next, .arrived = rate_arrived};

static void rtt_next(uint64_t time) {
    sent++;
    whisper(&all[0], 1, 0, time);
}

static void rtt_arrived(struct client *c, const unsigned char *stamp) {
    if (c->number) {
        whisper(c, 0, 0, stamp_time(stamp));
        return;
    }
    sample(latencies, stamp_time(stamp));
    if (running) rtt_next(now_ns());
}

const struct scenario rtt = {.name = "rtt", .privately = 1, .run = measured, .next = rtt_next, .arrived = rtt_arrived};
