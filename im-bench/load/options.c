#include "options.h"
#include "base.h"
#include "protocol.h"
#include "scenario.h"
#include "stamp.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options opt = {.host = "127.0.0.1", .label = "", .protocol = "classic", .mode = "fanout", .clients = 100, .size = 230, .group = 100, .sources = 1, .at_once = 64, .warmup = 3, .seconds = 5, .drain = 10, .median = 8, .sigma = 1.2, .most = 500, .seed = 1};

/* Where a number is expected, in which bounds, and where it goes. */
static const struct number {
    const char *name;
    double least, most;
    int *whole;
    double *real;
} numbers[] = {
    {"port", 1, 65535, &opt.port, 0},
    {"clients", 1, MOST_SENDERS - 1, &opt.clients, 0},
    {"window", 1, 100000, &opt.window, 0},
    {"size", 1, 1000000, &opt.size, 0},
    {"content", STAMP, 1000000, &opt.content, 0},
    {"stalled", 0, 100000, &opt.stalled, 0},
    {"pid", 1, 1 << 30, &opt.pid, 0},
    {"group", 0, 1000000000, &opt.group, 0},
    {"groups", 1, MOST_SENDERS - 1, &opt.groups, 0},
    {"sources", 1, 200, &opt.sources, 0},
    {"leavers", 1, MOST_SENDERS - 1, &opt.leavers, 0},
    {"at-once", 1, MOST_SENDERS, &opt.at_once, 0},
    {"most", 2, 100000, &opt.most, 0},
    {"seed", 0, 1 << 30, &opt.seed, 0},
    {"rate", 0.001, 100000000, 0, &opt.rate},
    {"warmup", 0, 3600, 0, &opt.warmup},
    {"seconds", 0.001, 3600, 0, &opt.seconds},
    {"drain", 0, 600, 0, &opt.drain},
    {"median", 2, 100000, 0, &opt.median},
    {"sigma", 0, 5, 0, &opt.sigma},
};

static const struct text_option {
    const char *name, **to;
} texts[] = {{"host", &opt.host}, {"path", &opt.path}, {"label", &opt.label}, {"join", &opt.join}, {"protocol", &opt.protocol}, {"mode", &opt.mode}};

static const struct flag {
    const char *name;
    int *to;
} flags[] = {{"no-join", &opt.plain}, {"bind", &opt.bind}, {"pause", &opt.pause}, {"fence", &opt.fence}, {"histogram", &opt.histogram}};

enum { NUMBERS = sizeof numbers / sizeof *numbers, TEXTS = sizeof texts / sizeof *texts, FLAGS = sizeof flags / sizeof *flags };

static void usage(void) {
    fprintf(stderr, "usage: imload --port P [--protocol NAME] [--mode NAME] [options]; docs/how-to/measure-delivery.md\n  --protocol: %s\n  --mode: %s\n  with a number:", protocol_names, scenario_names);
    for (int i = 0; i < NUMBERS; i++) fprintf(stderr, " --%s", numbers[i].name);
    fprintf(stderr, "\n  with a text:");
    for (int i = 0; i < TEXTS; i++) fprintf(stderr, " --%s", texts[i].name);
    fprintf(stderr, "\n  alone:");
    for (int i = 0; i < FLAGS; i++) fprintf(stderr, " --%s", flags[i].name);
    fputc('\n', stderr);
    exit(2);
}

static void take_number(const struct number *n, const char *given) {
    char *end;
    double value = strtod(given, &end);
    if (end == given || *end || !(value >= n->least && value <= n->most) || (n->whole && value != floor(value))) die("--%s: expected %s from %g to %g, not '%s'", n->name, n->whole ? "a whole number" : "a number", n->least, n->most, given);
    if (n->whole) *n->whole = (int)value;
    else *n->real = value;
}

static void check(void) {
    if (!opt.port) die("expected --port and the server's port");
    if (opt.groups > opt.clients) die("%d clients cannot be in %d groups; expected at least one client in each", opt.clients, opt.groups);
    if (opt.groups > 1 && (scenario == &fanout || scenario == &rtt || scenario == &leave || scenario == &mixed)) die("--mode %s has no use for --groups; expected --mode talk or rate", opt.mode);
    if (scenario->privately && opt.clients < 2) die("--mode %s needs two clients at least, not %d", opt.mode, opt.clients);
    if (scenario->privately && !protocol->to_one) die("the protocol %s has no private messages, so no --mode %s", opt.protocol, opt.mode);
    if (scenario == &leave && protocol != &classic) die("--mode leave counts the leave frames of the protocol classic, not of %s", opt.protocol);
    if ((scenario == &leave) != (opt.leavers > 0) || opt.leavers >= opt.clients) die("--mode leave expects --leavers from 1 to one less than the clients, and no other mode does");
    if (opt.rate > 0 && opt.window) die("expected --rate or --window, not both");
    if (opt.rate > 0 && (scenario == &fanout || scenario == &rtt)) die("--mode %s has no --rate; expected --window", opt.mode);
    if (opt.warmup + opt.seconds > 3600) die("a run takes an hour at most");
}

void parse(int argc, char **argv) {
    struct option options[NUMBERS + TEXTS + FLAGS + 1] = {0};
    for (int i = 0; i < NUMBERS; i++) options[i] = (struct option){numbers[i].name, 1, 0, 256 + i};
    for (int i = 0; i < TEXTS; i++) options[NUMBERS + i] = (struct option){texts[i].name, 1, 0, 256 + NUMBERS + i};
    for (int i = 0; i < FLAGS; i++) options[NUMBERS + TEXTS + i] = (struct option){flags[i].name, 0, flags[i].to, 1};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o >= 256 + NUMBERS) *texts[o - 256 - NUMBERS].to = optarg;
        else if (o >= 256) take_number(&numbers[o - 256], optarg);
        else if (o) usage();
    }
    if (optind != argc) die("expected only options, not '%s'", argv[optind]);
    scenario = scenario_named(opt.mode);
    if (!scenario) die("--mode: expected one of %s, not '%s'", scenario_names, opt.mode);
    if (opt.plain || !strcmp(opt.mode, "plain")) opt.protocol = "plain";
    protocol = protocol_named(opt.protocol);
    if (!protocol) die("--protocol: expected one of %s, not '%s'", protocol_names, opt.protocol);
    if (!opt.path) opt.path = protocol->path;
    int in_tens = scenario == &talk || scenario == &churn || scenario == &storm;
    if (!opt.groups) opt.groups = in_tens ? (opt.clients + 9) / 10 : 1;
    check();
    if (scenario == &rate && !opt.rate) opt.rate = 100;
    if (!opt.window) opt.window = scenario == &rtt ? 1 : 64;
}
