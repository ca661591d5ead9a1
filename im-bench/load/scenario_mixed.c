/* What a chat is like: four of five messages are private, the others go to groups of very different sizes. */
#include "groups.h"
#include "histogram.h"
#include "message.h"
#include "options.h"
#include "scenario.h"

#include <stdio.h>

static const double PRIVATE_SHARE = 0.8;
static struct histogram *to_ones, *to_groups;
static uint64_t ones_sent;

static void next(uint64_t time) {
    for (int tries = 0; tries < opt.clients; tries++) {
        struct client *c = &all[(int)(chance() * opt.clients)];
        if (c->state != READY) continue;
        if (chance() < PRIVATE_SHARE) {
            int k = (int)(chance() * partners());
            sent++;
            ones_sent++;
            whisper(c, partner(c, k), k, time);
        } else {
            speak(c, time);
        }
        return;
    }
}

/* A private message has arrived when its recipient has it, one to a group when its sender has. */
static void arrived(struct client *c, const unsigned char *stamp) {
    int private = stamp[KIND_AT] == TO_ONE;
    sample(latencies, stamp_time(stamp));
    sample(private ? to_ones : to_groups, stamp_time(stamp));
    if (running && !open_loop() && (private || stamp_sender(stamp) == c->number)) next(now_ns());
}

static void report(void) {
    int largest = 0;
    for (int i = 0; i < group_count; i++) largest = groups[i].size > largest ? groups[i].size : largest;
    printf(",\"seed\":%d,\"largest_group\":%d,\"private_sent\":%llu,\"group_sent\":%llu,\"private_samples\":%llu,\"group_samples\":%llu", opt.seed, largest, (unsigned long long)ones_sent, (unsigned long long)(sent - ones_sent),
           (unsigned long long)samples(to_ones), (unsigned long long)samples(to_groups));
    print_percentiles(to_ones, "private_");
    print_percentiles(to_groups, "group_");
    if (!opt.histogram) return;
    print_buckets(to_ones, "private_histogram");
    print_buckets(to_groups, "group_histogram");
}

static void run(void) {
    to_ones = new_histogram();
    to_groups = new_histogram();
    measured();
}

const struct scenario mixed = {.name = "mixed", .everyone = 1, .privately = 1, .to_group = 1, .group = lognormal_groups, .run = run, .next = next, .arrived = arrived, .report = report};
