/*
 * The clients of one group after the other leave it and join it again, opt.at_once at a time. Where the protocol has no frame to leave a group, they close the
 * connection and come back with a new one.
 */
#include "groups.h"
#include "histogram.h"
#include "membership.h"
#include "message.h"
#include "options.h"
#include "process.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>

enum step { IN, LEAVING, COMING, OUT };

static struct client **by_group, **gone_ones;
static int at_group, gone_count, in_flight;
static uint64_t cycles;

static int by_connection(void) { return !protocol->leave; }

static void depart(struct client *c) {
    static const unsigned char normal[2] = {1000 >> 8, 1000 & 255};
    if (!by_connection()) {
        protocol->leave(c);
        return;
    }
    c->leaving = 1;
    put_frame(c, CLOSE, normal, sizeof normal);
}

static void has_left(struct client *c) {
    if (c->step != LEAVING) return;
    c->step = COMING;
    protocol->join(c);
}

static int has_gone(struct client *c) {
    if (c->step != LEAVING) return 0;
    ready_members--;
    c->step = COMING;
    c->leaving = 0;
    gone_ones[gone_count++] = c;
    return 1;
}

static void is_back(struct client *c) {
    if (c->step != COMING) return;
    c->step = IN;
    in_flight--;
    if (!measuring) return;
    cycles++;
    record(latencies, now_ns() - c->departed);
}

static void start_some(void) {
    for (int tries = 0; in_flight < opt.at_once && tries < opt.clients; tries++) {
        struct client *c = by_group[at_group];
        at_group = (at_group + 1) % opt.clients;
        if (c->state != READY || c->step != IN) continue;
        c->step = LEAVING;
        c->departed = now_ns();
        in_flight++;
        depart(c);
    }
}

static void cycle_until(double end) {
    while (now_s() < end && (running || in_flight)) {
        if (running) start_some();
        flush_touched();
        turn(10);
        while (gone_count) begin(gone_ones[--gone_count]);
        repeat_late_fences();
        if (!running && now_s() > end) break;
    }
}

static void sort_by_group(void) {
    by_group = malloc((size_t)opt.clients * sizeof *by_group);
    gone_ones = malloc((size_t)opt.clients * sizeof *gone_ones);
    if (!by_group || !gone_ones) die("no memory");
    int n = 0;
    for (int g = 0; g < group_count; g++) {
        for (int i = g; i < opt.clients; i += group_count) by_group[n++] = &all[i];
    }
}

/* At last every second one leaves, and one message goes to each group: who is in must get it, and nobody else. */
static void check(void) {
    for (int i = 0; i < opt.clients && !by_connection(); i++) {
        if (all[i].slot % 2 == 0 || all[i].state != READY) continue;
        all[i].step = OUT;
        depart(&all[i]);
    }
    flush_touched();
    for (double until = now_s() + 0.5; now_s() < until;) turn(10);
    for (int i = 0; i < group_count; i++) speak(&all[groups[i].first], now_ns());
    for (int i = 0; i < opt.clients; i++) {
        if (all[i].step == OUT) all[i].due = -groups[all[i].group].sent;
    }
    flush_touched();
    drain();
    for (double until = now_s() + 0.3; now_s() < until;) turn(10);
    for (int i = 0; i < opt.clients; i++) strays += all[i].step == OUT && all[i].received;
}

static void arrived(struct client *c, const unsigned char *stamp) { (void)c, (void)stamp; }

static void run(void) {
    latencies = new_histogram();
    connect_all();
    pause_at("ready");
    make_counters();
    sort_by_group();
    running = 1;
    double from = now_s();
    cycle_until(from + opt.warmup);
    double cpu = server_cpu(), own = own_cpu();
    measuring = 1;
    from = now_s();
    cycle_until(from + opt.seconds);
    double took = now_s() - from, used = server_cpu() - cpu, own_used = own_cpu() - own;
    measuring = running = 0;
    cycle_until(now_s() + opt.drain);
    int unfinished = in_flight;
    check();
    uint64_t missing = behind();
    print_head("churn");
    printf(",\"groups\":%d,\"at_once\":%d,\"by\":\"%s\",\"fenced\":%s,\"fences_repeated\":%llu,\"fences_to_others\":%llu,\"seconds\":%.3f,\"cycles\":%llu,\"operations\":%llu,\"per_second\":%.0f", group_count, opt.at_once,
           by_connection() ? "connection" : "group", fenced() ? "true" : "false", (unsigned long long)fences_repeated, (unsigned long long)fences_to_others, took, (unsigned long long)cycles, (unsigned long long)(2 * cycles),
           2 * (double)cycles / took);
    printf(",\"unfinished\":%d,\"missing\":%llu,\"duplicates\":%llu,\"strays\":%llu,\"refusals\":%llu,\"closed\":%d,\"samples\":%llu", unfinished, (unsigned long long)missing, (unsigned long long)duplicates, (unsigned long long)strays,
           (unsigned long long)refusals, closed_members, (unsigned long long)samples(latencies));
    print_percentiles(latencies, "");
    print_server(used);
    printf(",\"cpu_us_per_operation\":%.3f,\"client_cpu_s\":%.2f", cycles ? used * 1e6 / (double)(2 * cycles) : 0.0, own_used);
    if (opt.histogram) print_buckets(latencies, "histogram");
    puts("}");
    exit(unfinished || missing || duplicates || strays || refusals || closed_members ? 1 : 0);
}

const struct scenario churn = {
    .name = "churn", .to_group = 1, .certain = 1, .run = run, .arrived = arrived, .ready = is_back, .rejoined = is_back, .left = has_left, .gone = has_gone};
