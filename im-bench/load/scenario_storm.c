/* All connect, upgrade and join, as fast as the server takes them. */
#include "histogram.h"
#include "membership.h"
#include "options.h"
#include "process.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

static void is_ready(struct client *c) { record(latencies, now_ns() - c->begun); }

static void run(void) {
    latencies = new_histogram();
    double cpu = server_cpu(), own = own_cpu(), took = connect_all();
    cpu = server_cpu() - cpu;
    own = own_cpu() - own;
    pause_at("ready");
    print_head("storm");
    printf(",\"groups\":%d,\"at_once\":%d,\"fenced\":%s,\"fences_repeated\":%llu,\"seconds\":%.3f,\"connections\":%d,\"per_second\":%.0f,\"samples\":%llu", opt.groups, opt.at_once, fenced() ? "true" : "false",
           (unsigned long long)fences_repeated, took, total, total / took, (unsigned long long)samples(latencies));
    print_percentiles(latencies, "");
    printf(",\"closed\":%d", closed_members);
    print_server(cpu);
    printf(",\"cpu_us_per_connection\":%.1f,\"client_cpu_s\":%.2f", cpu * 1e6 / total, own);
    if (opt.histogram) print_buckets(latencies, "histogram");
    puts("}");
    exit(closed_members ? 1 : 0);
}

const struct scenario storm = {.name = "storm", .to_group = 1, .certain = 1, .run = run, .ready = is_ready};
