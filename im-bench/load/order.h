/* What has come out of turn. */
#ifndef ORDER_H
#define ORDER_H

#include "client.h"

/* The number is not the next one of its sender. Says whether it is new; counts what came late, and what came again. */
int out_of_step(struct client *c, int slot, uint64_t number);

#endif
