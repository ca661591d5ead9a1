#include "message.h"
#include "groups.h"
#include "membership.h"
#include "options.h"
#include "order.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdlib.h>
#include <string.h>

enum { ENVELOPE = 1024, PROBED_GROUP = 1, PROBED_ONE = 2 };

uint64_t sent, deliveries, order_errors, duplicates, strays;
uint64_t text_bytes, content_bytes;
int probes_wanted, probes_seen;

static char *content, *written;
static size_t most_content, most_written;

static int write_text(struct client *c, enum kind kind, int to) {
    int n = kind == TO_ONE ? protocol->to_one(written, most_written, c, to, content) : protocol->to_group(written, most_written, c, content);
    if (n < 0 || (size_t)n >= most_written) die("a text is longer than expected");
    return n;
}

/* --size is that of the whole text, --content that of the content alone, whatever the protocol adds. */
static size_t content_length(struct client *c, enum kind kind, int to) {
    if (opt.content) return (size_t)opt.content;
    char first = content[0];
    content[0] = 0;
    int envelope = write_text(c, kind, to);
    content[0] = first;
    return opt.size - envelope > STAMP ? (size_t)(opt.size - envelope) : STAMP;
}

static void put_message(struct client *c, enum kind kind, int to, uint64_t number, uint64_t time) {
    if (!content) {
        most_content = (size_t)(opt.size > opt.content ? opt.size : opt.content) + STAMP + 1;
        most_written = most_content + ENVELOPE;
        content = malloc(most_content);
        written = malloc(most_written);
        if (!content || !written) die("no memory");
        memset(content, 'x', most_content);
    }
    size_t length = content_length(c, kind, to);
    put_stamp(content, kind, number, time, c->number);
    content[length] = 0;
    int n = write_text(c, kind, to);
    content[length] = 'x';
    text_bytes = (uint64_t)n;
    content_bytes = length;
    put_frame(c, TEXT, written, (size_t)n);
}

void speak(struct client *c, uint64_t time) {
    groups[c->group].sent++;
    sent++;
    put_message(c, TO_GROUP, 0, ++c->spoken, time);
}

void whisper(struct client *c, int to, int k, uint64_t time) {
    all[to].due++;
    put_message(c, TO_ONE, to, ++c->whispered[k], time);
}

void probe_group(struct client *c) { put_message(c, TO_GROUP, 0, 0, 0); }

void probe_one(struct client *c, int to) { put_message(c, TO_ONE, to, 0, 0); }

void put_fence(struct client *c) { put_message(c, FENCE, 0, c->fence, 0); }

static void probed(struct client *c, int kind) {
    int bit = kind == TO_ONE ? PROBED_ONE : PROBED_GROUP;
    if (c->probed & bit || c->stalled) return;
    c->probed |= bit;
    probes_seen++;
}

void message(struct client *c, const unsigned char *stamp) {
    int kind = stamp[KIND_AT];
    uint64_t number = stamp_number(stamp);
    if (kind == FENCE) {
        fence_came(c, stamp_sender(stamp), number);
        return;
    }
    if (number == 0) {
        probed(c, kind);
        return;
    }
    if (c->state != READY || !c->last) return; /* from others of the group, while this one is on its way in */
    int slot = 0;
    if (scenario->everyone) {
        slot = slot_of(c, kind, stamp_sender(stamp));
        if (slot < 0) {
            strays++;
            return;
        }
    }
    if (number == c->last[slot] + 1u) c->last[slot]++;
    else if (!out_of_step(c, slot, number)) return;
    c->received++;
    if (c->stalled) return; /* read in the end, to get to the close frame; late by intent */
    deliveries++;
    scenario->arrived(c, stamp);
}
