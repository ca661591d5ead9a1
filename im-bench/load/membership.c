#include "membership.h"
#include "message.h"
#include "options.h"
#include "protocol.h"
#include "scenario.h"

enum { FENCE_MS = 250 };

uint64_t fences_repeated, fences_to_others;

int fenced(void) { return scenario->certain && (opt.fence || !protocol->confirms); }

static void in(struct client *c) {
    if (c->state == JOINING) ready(c);
    else if (scenario->rejoined) scenario->rejoined(c);
}

void joined(struct client *c) {
    if (!fenced()) {
        in(c);
        return;
    }
    c->fence++;
    c->fencing = 1;
    c->fence_sent = now_ns();
    put_fence(c);
}

void left(struct client *c) {
    if (scenario->left) scenario->left(c);
}

void fence_came(struct client *c, int sender, uint64_t number) {
    if (sender != c->number) {
        fences_to_others++;
    } else if (c->fencing && number == c->fence) {
        c->fencing = 0;
        in(c);
    }
}

void repeat_late_fences(void) {
    static uint64_t next;
    uint64_t now = now_ns();
    if (now < next || !fenced()) return;
    next = now + FENCE_MS * 1000000ull / 4;
    for (int i = 0; i < total; i++) {
        struct client *c = &all[i];
        if (!c->fencing || now < c->fence_sent + FENCE_MS * 1000000ull) continue;
        fences_repeated++;
        c->fence_sent = now;
        put_fence(c);
    }
    flush_touched();
}
