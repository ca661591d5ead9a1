/* The chat's dialect im.v2, docs/protocol-v2.md: acks, and entries of a log, several in one text where they have gathered. */
#include "membership.h"
#include "options.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <string.h>

static void put_sync(struct client *c, const char *what, const char *address) {
    char said[256];
    int n = snprintf(said, sizeof said, "{\"event\":\"%s\",%s}", what, address);
    put_frame(c, TEXT, said, (size_t)n);
    c->answers++;
}

static void join(struct client *c) {
    char address[128];
    if (scenario->to_group) {
        snprintf(address, sizeof address, "\"group_id\":%d,\"last\":1", group_id(c));
        put_sync(c, "join", address);
    } else {
        joined(c);
    }
}

static void leave_group(struct client *c) {
    char said[128];
    int n = snprintf(said, sizeof said, "{\"event\":\"leave\",\"group_id\":%d}", group_id(c));
    put_frame(c, TEXT, said, (size_t)n);
}

static int has(const char *said, size_t n, const char *what) { return memmem(said, n, what, strlen(what)) != NULL; }

static void answered(struct client *c, const char *said, size_t n) {
    if (!n) return;
    if (has(said, n, "\"event\":\"error\"")) {
        refused(c, said, n);
    } else if (c->answers && has(said, n, "\"event\":\"sync\"") && !--c->answers) {
        joined(c);
    } else if (has(said, n, "\"event\":\"left\"")) {
        left(c);
    }
}

/* Made once for each message; the content with its stamp tells them apart. */
static uint64_t ids;

static int to_group(char *to, size_t size, struct client *c, const char *content) {
    return snprintf(to, size, "{\"event\":\"speak\",\"group_id\":%d,\"id\":\"load%06d%014llu\",\"content\":\"%s\"}", group_id(c), c->number, (unsigned long long)++ids, content);
}

/* All users are claimed: whoever connects says who it is. */
const struct protocol v2 = {.name = "v2", .path = "/im?user_id=u%d", .subprotocol = "im.v2", .many = 1, .confirms = 1, .opened = join, .answered = answered, .to_group = to_group, .join = join, .leave = leave_group};
