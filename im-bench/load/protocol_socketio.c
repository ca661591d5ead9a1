/*
 * Socket.IO 4 over a WebSocket from the start: https://socket.io/docs/v4/engine-io-protocol/ and https://socket.io/docs/v4/socket-io-protocol/.
 * The events join, leave, speak, tell and message are those of the servers in im-bench/peers.
 */
#include "membership.h"
#include "protocol.h"
#include "ws.h"

#include <stdio.h>
#include <string.h>

static void opened(struct client *c) {
    (void)c; /* the server speaks first */
}

static void join(struct client *c) {
    char said[128];
    int n = snprintf(said, sizeof said, "42[\"join\",{\"group\":\"%d\",\"user\":\"u%d\"}]", group_id(c), c->number);
    put_frame(c, TEXT, said, (size_t)n);
    joined(c);
}

static void leave_group(struct client *c) {
    char said[128];
    int n = snprintf(said, sizeof said, "42[\"leave\",{\"group\":\"%d\",\"user\":\"u%d\"}]", group_id(c), c->number);
    put_frame(c, TEXT, said, (size_t)n);
    left(c);
}

static int begins(const char *said, size_t n, const char *with) { return n >= strlen(with) && !memcmp(said, with, strlen(with)); }

static void answered(struct client *c, const char *said, size_t n) {
    if (begins(said, n, "2")) put_frame(c, TEXT, "3", 1);
    else if (begins(said, n, "0{")) put_frame(c, TEXT, "40", 2);
    else if (begins(said, n, "40")) join(c);
    else if (begins(said, n, "44")) die("the connection of client %d was refused: %.*s", c->number, (int)n, said);
    else refused(c, said, n);
}

static int to_group(char *to, size_t size, struct client *c, const char *content) { return snprintf(to, size, "42[\"speak\",{\"group\":\"%d\",\"text\":\"%s\"}]", group_id(c), content); }

static int to_one(char *to, size_t size, struct client *c, int other, const char *content) {
    (void)c;
    return snprintf(to, size, "42[\"tell\",{\"to\":\"u%d\",\"text\":\"%s\"}]", other, content);
}

const struct protocol socketio = {
    .name = "socketio", .path = "/socket.io/?EIO=4&transport=websocket", .opened = opened, .answered = answered, .to_group = to_group, .to_one = to_one, .join = join, .leave = leave_group};
