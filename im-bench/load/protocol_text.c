/* Texts of our own, for servers that come without a protocol: `join <group> <user>`, `leave <group>`, `speak <group> <text>`, `tell <user> <text>`. */
#include "membership.h"
#include "protocol.h"
#include "ws.h"

#include <stdio.h>

static void join(struct client *c) {
    char said[64];
    int n = snprintf(said, sizeof said, "join %d u%d", group_id(c), c->number);
    put_frame(c, TEXT, said, (size_t)n);
    joined(c);
}

static void leave_group(struct client *c) {
    char said[64];
    int n = snprintf(said, sizeof said, "leave %d", group_id(c));
    put_frame(c, TEXT, said, (size_t)n);
    left(c);
}

/* Only messages come. */
static void answered(struct client *c, const char *said, size_t n) { refused(c, said, n); }

static int to_group(char *to, size_t size, struct client *c, const char *content) { return snprintf(to, size, "speak %d %s", group_id(c), content); }

static int to_one(char *to, size_t size, struct client *c, int other, const char *content) {
    (void)c;
    return snprintf(to, size, "tell u%d %s", other, content);
}

const struct protocol text = {.name = "text", .path = "/", .opened = join, .answered = answered, .to_group = to_group, .to_one = to_one, .join = join, .leave = leave_group};
