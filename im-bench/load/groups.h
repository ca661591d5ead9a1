/* Who is in which group, and who whispers to whom. */
#ifndef GROUPS_H
#define GROUPS_H

#include "client.h"

enum { PARTNERS = 8 };

struct group {
    int size, first; /* members without those that stall */
    uint64_t sent;
};

extern struct group *groups;
extern int group_count;

/* Each client in one of opt.groups groups of about the same size, by turns. */
void equal_groups(void);

/* Sizes by chance, as chats have them: the logarithm is normally distributed. The same seed gives the same groups. */
void lognormal_groups(void);

/* The same seed gives the same numbers. Evenly distributed, from 0 to below 1. */
double chance(void);

/* Counters for the numbers that come: one for each sender where everyone speaks. */
void make_counters(void);

/* Its k-th partner. */
int partner(const struct client *c, int k);
int partners(void);

/* Which counter of this client a sender has; -1 if it should hear nothing from it. */
int slot_of(const struct client *c, int kind, int sender);

/* Messages that have not come although they were sent, without those to clients that stall. */
uint64_t behind(void);

#endif
