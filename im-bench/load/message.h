/* Messages on their way out and in: numbered by their sender, each counted once by who gets it. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "client.h"

extern uint64_t sent, deliveries, order_errors, duplicates, strays;
extern uint64_t text_bytes, content_bytes; /* of the last text sent */
extern int probes_wanted, probes_seen;

/* The next message of this client to its group, or to its partner: the k-th of those that it whispers to. */
void speak(struct client *c, uint64_t time);
void whisper(struct client *c, int to, int k, uint64_t time);

/* Messages that do not count, with the number 0. */
void probe_group(struct client *c);
void probe_one(struct client *c, int to);

/* A message of one's own to the group, that shows by its coming back that one is in. */
void put_fence(struct client *c);

/* A stamp has come. */
void message(struct client *c, const unsigned char *stamp);

#endif
