/* STOMP 1.2: https://stomp.github.io/stomp-specification-1.2.html. A broker need not tell that a SUBSCRIBE has been done, and Spring's simple one does not. */
#include "membership.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <string.h>

static void opened(struct client *c) {
    static const char said[] = "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n";
    put_frame(c, TEXT, said, sizeof said); /* with the NUL that ends a frame */
}

static void join(struct client *c) {
    char said[128];
    int n = snprintf(said, sizeof said, "SUBSCRIBE\nid:0\ndestination:/topic/g.%d\n\n", group_id(c));
    put_frame(c, TEXT, said, (size_t)n + 1);
    joined(c);
}

static void leave_group(struct client *c) {
    static const char said[] = "UNSUBSCRIBE\nid:0\n\n";
    put_frame(c, TEXT, said, sizeof said);
    left(c);
}

static void answered(struct client *c, const char *said, size_t n) {
    if (n > 9 && !memcmp(said, "CONNECTED", 9)) {
        if (binds()) {
            char own[128];
            int size = snprintf(own, sizeof own, "SUBSCRIBE\nid:1\ndestination:/topic/u.%d\n\n", c->number);
            put_frame(c, TEXT, own, (size_t)size + 1);
        }
        join(c);
    } else if (n > 5 && !memcmp(said, "ERROR", 5)) {
        if (c->state < READY) die("the join of client %d was refused: %.*s", c->number, (int)n, said);
        refused(c, said, n);
    }
}

/* The NUL counts as a letter of the text, so the length is that of the template. */
static int to_group(char *to, size_t size, struct client *c, const char *content) { return snprintf(to, size, "SEND\ndestination:/topic/g.%d\n\n%s%c", group_id(c), content, 0); }

static int to_one(char *to, size_t size, struct client *c, int other, const char *content) {
    (void)c;
    return snprintf(to, size, "SEND\ndestination:/topic/u.%d\n\n%s%c", other, content, 0);
}

const struct protocol stomp = {
    .name = "stomp", .path = "/ws", .subprotocol = "v12.stomp", .opened = opened, .answered = answered, .to_group = to_group, .to_one = to_one, .join = join, .leave = leave_group};
