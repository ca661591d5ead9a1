/* Getting into the group and out of it, until that is certain. */
#ifndef MEMBERSHIP_H
#define MEMBERSHIP_H

#include "client.h"

/* Said by the protocol: the server has confirmed, or never will. */
void joined(struct client *c);
void left(struct client *c);

/* A fence has come to this client. */
void fence_came(struct client *c, int sender, uint64_t number);

/* A fence that has not come back for a while may have overtaken the join; so it is sent again. */
void repeat_late_fences(void);

/* Whether a fence is used: where the scenario has to know, and the protocol does not say. */
int fenced(void);

extern uint64_t fences_repeated, fences_to_others;

#endif
