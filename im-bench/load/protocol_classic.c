/* The chat's classic protocol, docs/protocol.md, and the hand-written endpoint that sends every text to everybody and knows no groups. */
#include "membership.h"
#include "options.h"
#include "protocol.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <string.h>

static void put_one_join(struct client *c, int mode) {
    char said[256];
    int n = snprintf(said, sizeof said, "{\"event\":\"join\",\"mode\":%d,\"group_id\":%d,\"from_user_id\":\"u%d\",\"from_username\":\"n%d\",\"content\":\"hello\"}", mode, mode == 1 ? 0 : group_id(c), c->number, c->number);
    put_frame(c, TEXT, said, (size_t)n);
    c->answers++;
}

/* Whatever --join names, with the client's number in the place of %d. */
static void put_given_join(struct client *c) {
    char said[1024];
    const char *number = strstr(opt.join, "%d");
    int n = number ? snprintf(said, sizeof said, "%.*s%d%s", (int)(number - opt.join), opt.join, c->number, number + 2) : snprintf(said, sizeof said, "%s", opt.join);
    if (n >= (int)sizeof said) die("the text of --join is too long");
    put_frame(c, TEXT, said, (size_t)n);
    c->answers++;
}

static void join(struct client *c) {
    if (opt.join) {
        put_given_join(c);
        return;
    }
    if (binds()) put_one_join(c, 1);
    if (scenario->to_group) put_one_join(c, 2);
}

static void answered(struct client *c, const char *said, size_t n) {
    if (c->answers) {
        if (!opt.join && n > 8 && !memcmp(said, "{\"code\":", 8) && said[8] != '0') die("the join of client %d was refused: %.*s", c->number, (int)n, said);
        if (!--c->answers) joined(c);
    } else if (scenario->other) {
        scenario->other(c, said, n);
    } else if (n > 8 && !memcmp(said, "{\"code\":", 8) && said[8] != '0') {
        refused(c, said, n);
    }
}

static int to_group(char *to, size_t size, struct client *c, const char *content) {
    return snprintf(to, size, "{\"event\":\"speak\",\"mode\":2,\"group_id\":%d,\"from_user_id\":\"u%d\",\"from_username\":\"n%d\",\"content\":\"%s\"}", group_id(c), c->number, c->number, content);
}

static int to_one(char *to, size_t size, struct client *c, int other, const char *content) {
    return snprintf(to, size, "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"u%d\",\"from_username\":\"n%d\",\"to_user_id\":\"u%d\",\"content\":\"%s\"}", c->number, c->number, other, content);
}

const struct protocol classic = {.name = "classic", .path = "/im", .confirms = 1, .opened = join, .answered = answered, .to_group = to_group, .to_one = to_one, .join = join};

static void plain_opened(struct client *c) {
    /* Who joins has sent something too; some containers then keep a buffer for it. */
    if (scenario == &hold) put_frame(c, TEXT, "hello", 5);
    joined(c);
}

static void plain_answered(struct client *c, const char *said, size_t n) {
    (void)c, (void)said, (void)n;
}

const struct protocol plain = {.name = "plain", .path = "/im", .opened = plain_opened, .answered = plain_answered, .to_group = to_group};
