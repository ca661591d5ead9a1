/* What differs from one server to the next: how a client joins, speaks and is spoken to. */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include "client.h"

struct protocol {
    const char *name, *path; /* %d in the path is the client's number */
    const char *subprotocol; /* or NULL */
    int many;                /* several messages, or messages and answers, may come in one frame */
    int confirms;            /* the server answers a join and a leave */

    /* The upgrade is done: sends the first step. The last step is join, unless the protocol has none. */
    void (*opened)(struct client *c);

    /* A text, or what stands between two messages of it, that is no message. */
    void (*answered)(struct client *c, const char *text, size_t n);

    /* Write one text with this content, and return its length, as snprintf does. to_one is NULL where there are no private messages. */
    int (*to_group)(char *to, size_t size, struct client *c, const char *content);
    int (*to_one)(char *to, size_t size, struct client *c, int other, const char *content);

    /* Send the frames. joined and left are called when the server has confirmed, or at once where it does not. NULL where a group cannot be left. */
    void (*join)(struct client *c);
    void (*leave)(struct client *c);
};

extern const struct protocol *protocol;
extern const struct protocol classic, v2, plain, cometd, stomp, socketio, text;

/* The names that can be given; NULL if there is no such protocol. */
const struct protocol *protocol_named(const char *name);
extern const char protocol_names[];

/* The id of the client's group. */
int group_id(const struct client *c);

/* Whether each client has a private address of its own. */
int binds(void);

/* Tells once what the server has refused, and counts it. */
void refused(struct client *c, const char *text, size_t n);
extern uint64_t refusals;

#endif
