#include "protocol.h"
#include "options.h"
#include "scenario.h"

#include <stdio.h>
#include <string.h>

const struct protocol *protocol = &classic;
const char protocol_names[] = "classic, v2, plain, cometd, stomp, socketio, text (also tio, ws, netty)";
uint64_t refusals;

const struct protocol *protocol_named(const char *name) {
    static const struct protocol *const known[] = {&classic, &v2, &plain, &cometd, &stomp, &socketio, &text};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(name, known[i]->name)) return known[i];
    }
    if (!strcmp(name, "tio") || !strcmp(name, "ws") || !strcmp(name, "netty")) return &text;
    return NULL;
}

int group_id(const struct client *c) { return opt.group + c->group; }

int binds(void) { return opt.bind || scenario->privately; }

void refused(struct client *c, const char *said, size_t n) {
    if (!refusals++) fprintf(stderr, "imload: client %d was refused: %.*s\n", c->number, (int)(n < 400 ? n : 400), said);
}
