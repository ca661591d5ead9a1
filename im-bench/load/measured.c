/* The course that all scenarios with messages share. */
#include "groups.h"
#include "histogram.h"
#include "message.h"
#include "options.h"
#include "process.h"
#include "protocol.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t measure_from, measure_to; /* times that count where messages go out by the clock */

int open_loop(void) { return opt.rate > 0; }

void sample(struct histogram *h, uint64_t time) {
    if (open_loop() ? time >= measure_from && time < measure_to : measuring) record(h, arrival() - time);
}

static int wait_ms(uint64_t until) {
    uint64_t now = now_ns();
    return now >= until ? 0 : (int)((until - now) / 1000000);
}

static void loop_until(double end) {
    static double next;
    uint64_t until = (uint64_t)(end * 1e9);
    while (now_ns() < until) {
        if (!open_loop()) {
            turn(wait_ms(until) > 10 ? 10 : 1);
            continue;
        }
        double now = (double)now_ns();
        if (next == 0) next = now;
        for (; next <= now; next += 1e9 / opt.rate) scenario->next((uint64_t)next);
        flush_touched();
        turn(wait_ms((uint64_t)next < until ? (uint64_t)next : until)); /* 0 in the last millisecond: the intended time is kept by polling */
    }
}

void drain(void) {
    uint64_t missing = behind();
    for (double quiet = now_s(); missing && now_s() - quiet < opt.drain;) {
        turn(10);
        uint64_t now = behind();
        if (now != missing) quiet = now_s();
        missing = now;
    }
}

static int close_code(void) {
    int code = 0;
    for (int i = 0; i < opt.clients; i++) {
        if (all[i].state == CLOSED) code = all[i].close_code;
    }
    return code;
}

void print_head(const char *mode) {
    printf("{\"label\":\"%s\",\"mode\":\"%s\",\"protocol\":\"%s\",\"path\":\"%s\",\"clients\":%d", opt.label, mode, opt.protocol, opt.path, opt.clients);
}

void measured(void) {
    latencies = new_histogram();
    double connect_seconds = connect_all();
    pause_at("ready");
    make_counters();
    probe();

    started = now_s();
    running = 1;
    measure_from = (uint64_t)((started + opt.warmup) * 1e9);
    measure_to = (uint64_t)((started + opt.warmup + opt.seconds) * 1e9);
    for (int i = 0; i < opt.window && !open_loop(); i++) scenario->next(now_ns());
    flush_touched();
    loop_until(started + opt.warmup);
    double from = now_s(), cpu = server_cpu(), own = own_cpu();
    uint64_t before = deliveries, bytes = bytes_in;
    measuring = 1;
    loop_until(from + opt.seconds);
    double took = now_s() - from, used = server_cpu() - cpu, own_used = own_cpu() - own;
    uint64_t counted = deliveries - before, bytes_counted = bytes_in - bytes;
    measuring = running = 0;
    drain();
    pause_at("done");

    uint64_t missing = behind(), per = scenario == &rtt ? samples(latencies) : counted;
    print_head(scenario->name);
    printf(",\"groups\":%d,\"window\":%d,\"rate\":%.1f,\"sent_bytes\":%llu,\"content_bytes\":%llu,\"seconds\":%.3f,\"deliveries\":%llu,\"per_second\":%.0f,\"bytes_per_delivery\":%.1f,\"sent\":%llu,\"received_total\":%llu", group_count,
           open_loop() ? 0 : opt.window, opt.rate, (unsigned long long)text_bytes, (unsigned long long)content_bytes, took, (unsigned long long)per, (double)per / took, counted ? (double)bytes_counted / (double)counted : 0.0,
           (unsigned long long)sent, (unsigned long long)deliveries);
    /* Scripts expect the first two to follow one another. */
    printf(",\"order_errors\":%llu,\"missing\":%llu,\"duplicates\":%llu,\"strays\":%llu,\"refusals\":%llu,\"closed\":%d,\"close_code\":%d,\"samples\":%llu", (unsigned long long)order_errors, (unsigned long long)missing,
           (unsigned long long)duplicates, (unsigned long long)strays, (unsigned long long)refusals, closed_members, close_code(), (unsigned long long)samples(latencies));
    print_percentiles(latencies, "");
    if (scenario->report) scenario->report();
    print_server(used);
    printf(",\"cpu_us_per_delivery\":%.3f,\"client_cpu_s\":%.2f,\"connect_s\":%.2f", per ? used * 1e6 / (double)per : 0.0, own_used, connect_seconds);
    if (opt.stalled) print_stalled();
    if (opt.histogram) print_buckets(latencies, "histogram");
    puts("}");
    fflush(stdout);
    exit(order_errors || missing || duplicates || strays || refusals || closed_members ? 1 : 0);
}
