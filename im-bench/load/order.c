#include "order.h"
#include "message.h"

#include <stdlib.h>

/* Numbers from..to of one sender have not come. */
struct gap {
    struct gap *next;
    int slot;
    uint64_t from, to;
};

static struct gap *gap(int slot, uint64_t from, uint64_t to, struct gap *next) {
    struct gap *g = malloc(sizeof *g);
    if (!g) die("no memory");
    *g = (struct gap){.next = next, .slot = slot, .from = from, .to = to};
    return g;
}

int out_of_step(struct client *c, int slot, uint64_t number) {
    uint64_t last = c->last[slot];
    if (number > last) {
        c->gaps = gap(slot, last + 1, number - 1, c->gaps);
        c->last[slot] = (uint32_t)number;
        return 1;
    }
    for (struct gap **at = &c->gaps; *at; at = &(*at)->next) {
        struct gap *g = *at;
        if (g->slot != slot || number < g->from || number > g->to) continue;
        order_errors++;
        if (number < g->to && number > g->from) g->next = gap(slot, number + 1, g->to, g->next);
        if (number > g->from) {
            g->to = number - 1;
        } else if (number < g->to) {
            g->from = number + 1;
        } else {
            *at = g->next;
            free(g);
        }
        return 1;
    }
    duplicates++;
    return 0;
}
