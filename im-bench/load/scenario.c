#include "scenario.h"
#include "groups.h"
#include "histogram.h"
#include "options.h"

#include <string.h>

const struct scenario *scenario = &fanout;
const char scenario_names[] = "fanout, plain, rtt, rate, stall, talk, mixed, churn, storm, hold, leave";
int running, measuring;
uint64_t broken_leavers;
struct histogram *latencies;

const struct scenario *scenario_named(const char *name) {
    static const struct scenario *const known[] = {&fanout, &rtt, &rate, &talk, &mixed, &hold, &leave, &churn, &storm};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(name, known[i]->name)) return known[i];
    }
    if (!strcmp(name, "plain")) return &fanout;
    if (!strcmp(name, "stall")) return &rate;
    return NULL;
}
