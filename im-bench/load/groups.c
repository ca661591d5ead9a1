#include "groups.h"
#include "options.h"
#include "scenario.h"

#include <math.h>
#include <stdlib.h>

struct group *groups;
int group_count;

static void allot(struct client *c, int group) {
    struct group *g = &groups[group];
    c->group = group;
    if (c->stalled) return;
    if (!g->size) g->first = c->number;
    c->slot = g->size++;
}

void equal_groups(void) {
    group_count = opt.groups;
    groups = calloc((size_t)group_count, sizeof *groups);
    if (!groups) die("no memory");
    for (int i = 0; i < total; i++) allot(&all[i], i % group_count);
}

/* SplitMix64: https://prng.di.unimi.it/splitmix64.c */
double chance(void) {
    static uint64_t state;
    if (!state) state = (uint64_t)opt.seed + 1;
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

static int lognormal_size(void) {
    double normal = sqrt(-2 * log(1 - chance())) * cos(2 * acos(-1) * chance());
    double size = round(opt.median * exp(opt.sigma * normal));
    return size < 2 ? 2 : size > opt.most ? opt.most : (int)size;
}

void lognormal_groups(void) {
    groups = calloc((size_t)opt.clients, sizeof *groups);
    if (!groups) die("no memory");
    int left = 0;
    for (int i = 0; i < opt.clients; i++) {
        /* Nobody is alone: the last one goes to those before. */
        if (!left && (i < opt.clients - 1 || !group_count)) {
            group_count++;
            left = lognormal_size();
        }
        allot(&all[i], group_count - 1);
        left -= left > 0;
    }
    for (int i = opt.clients; i < total; i++) allot(&all[i], (int)(chance() * group_count));
}

int partners(void) { return opt.clients - 1 < PARTNERS ? opt.clients - 1 : PARTNERS; }

int partner(const struct client *c, int k) { return (c->number + 1 + k) % opt.clients; }

void make_counters(void) {
    uint64_t needed = 0;
    int ones = scenario->privately ? PARTNERS : 0;
    for (int i = 0; i < total; i++) needed += (uint64_t)(ones + (scenario->everyone ? groups[all[i].group].size : 1));
    if (needed > 500000000) die("%llu pairs of sender and receiver are too many to keep numbers of; expected fewer clients in a group", (unsigned long long)needed);
    uint32_t *counters = calloc((size_t)needed, sizeof *counters), *whispers = calloc((size_t)total * PARTNERS, sizeof *whispers);
    if (!counters || !whispers) die("no memory");
    for (int i = 0; i < total; i++) {
        all[i].last = counters;
        all[i].whispered = whispers + (size_t)i * PARTNERS;
        counters += ones + (scenario->everyone ? groups[all[i].group].size : 1);
    }
}

int slot_of(const struct client *c, int kind, int sender) {
    if (sender >= opt.clients) return -1;
    if (kind == TO_ONE) {
        int k = (c->number - sender - 1 + opt.clients) % opt.clients;
        return k < PARTNERS ? k : -1;
    }
    if (all[sender].group != c->group) return -1;
    return all[sender].slot + (scenario->privately ? PARTNERS : 0);
}

uint64_t behind(void) {
    uint64_t missing = 0;
    for (int i = 0; i < opt.clients; i++) {
        uint64_t due = all[i].due + (scenario->to_group ? groups[all[i].group].sent : 0);
        missing += due > all[i].received ? due - all[i].received : 0;
    }
    return missing;
}
