/*
 * Bayeux over one WebSocket: https://docs.cometd.org/current8/reference/#_bayeux. A group is the channel /g/<group>, a client's own address /u/<number>.
 * One /meta/connect is always under way, as the protocol wants it.
 */
#include "membership.h"
#include "options.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID = 64 };

static void opened(struct client *c) {
    static const char said[] = "[{\"channel\":\"/meta/handshake\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"websocket\"],\"id\":\"1\"}]";
    c->ids = 1;
    put_frame(c, TEXT, said, sizeof said - 1);
}

static void put_connect(struct client *c) {
    char said[256];
    int n = snprintf(said, sizeof said, "[{\"channel\":\"/meta/connect\",\"connectionType\":\"websocket\",\"clientId\":\"%s\",\"id\":\"%u\"}]", c->id, ++c->ids);
    put_frame(c, TEXT, said, (size_t)n);
}

static void put_subscription(struct client *c, const char *what, int own) {
    char said[256], to_own[32] = "";
    if (own) snprintf(to_own, sizeof to_own, ",\"/u/%d\"", c->number);
    int n = snprintf(said, sizeof said, "[{\"channel\":\"/meta/%s\",\"subscription\":[\"/g/%d\"%s],\"clientId\":\"%s\",\"id\":\"%u\"}]", what, group_id(c), to_own, c->id, ++c->ids);
    put_frame(c, TEXT, said, (size_t)n);
}

static void join(struct client *c) { put_subscription(c, "subscribe", c->state == JOINING && binds()); }

static void leave_group(struct client *c) { put_subscription(c, "unsubscribe", 0); }

static void shaken(struct client *c, const char *said, size_t n) {
    const char *id = memmem(said, n, "\"clientId\":\"", 12), *end = id ? memchr(id + 12, '"', n - (size_t)(id + 12 - said)) : NULL;
    if (!end || end - (id + 12) >= ID) die("no clientId in the answer to the handshake: %.*s", (int)n, said);
    if (!c->id && !(c->id = malloc(ID))) die("no memory");
    memcpy(c->id, id + 12, (size_t)(end - id) - 12);
    c->id[end - id - 12] = 0;
    put_connect(c);
    join(c);
}

static int has(const char *said, size_t n, const char *what) { return memmem(said, n, what, strlen(what)) != NULL; }

/* Between two messages stand, if anything, whole answers. */
static void answered(struct client *c, const char *said, size_t n) {
    if (has(said, n, "\"successful\":false")) {
        if (c->state < READY) die("client %d was refused: %.*s", c->number, (int)n, said);
        refused(c, said, n);
    }
    if (!has(said, n, "\"/meta/")) return;
    if (has(said, n, "\"/meta/handshake\"")) shaken(c, said, n);
    if (has(said, n, "\"/meta/connect\"")) put_connect(c);
    if (has(said, n, "\"/meta/subscribe\"")) joined(c);
    if (has(said, n, "\"/meta/unsubscribe\"")) left(c);
}

static int publish(char *to, size_t size, struct client *c, const char *kind, int target, const char *content) {
    return snprintf(to, size, "[{\"channel\":\"/%s/%d\",\"data\":{\"text\":\"%s\"},\"clientId\":\"%s\",\"id\":\"%u\"}]", kind, target, content, c->id, c->ids);
}

static int to_group(char *to, size_t size, struct client *c, const char *content) {
    c->ids += *content != 0;
    return publish(to, size, c, "g", group_id(c), content);
}

static int to_one(char *to, size_t size, struct client *c, int other, const char *content) {
    c->ids += *content != 0;
    return publish(to, size, c, "u", other, content);
}

const struct protocol cometd = {
    .name = "cometd", .path = "/cometd", .many = 1, .confirms = 1, .opened = opened, .answered = answered, .to_group = to_group, .to_one = to_one, .join = join, .leave = leave_group};
