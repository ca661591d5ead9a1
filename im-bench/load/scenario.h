/* What the clients do, and what is measured of it. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "client.h"

struct scenario {
    const char *name;
    int everyone;  /* each client is a sender, so numbers are kept for each pair */
    int privately; /* there are private messages, so each client has an address of its own */
    int to_group;  /* there are messages to groups */
    int certain;   /* a join only counts when it is known to have happened */

    void (*group)(void); /* puts the clients into groups; NULL: equal ones */
    void (*run)(void);   /* all of it, up to the result; ends the process */

    /* For those that measured() runs. next sends one message, meant for this time; arrived: one has come, for the first time. */
    void (*next)(uint64_t time);
    void (*arrived)(struct client *c, const unsigned char *stamp);
    void (*report)(void); /* prints figures of its own; or NULL */

    /* Or NULL. gone says whether a close was wanted. */
    void (*ready)(struct client *c);
    void (*rejoined)(struct client *c);
    void (*left)(struct client *c);
    int (*gone)(struct client *c);
    void (*other)(struct client *c, const char *text, size_t n); /* a text that is no message */
};

extern const struct scenario *scenario;
extern const struct scenario fanout, rtt, rate, talk, mixed, hold, leave, churn, storm;
extern const char scenario_names[];
const struct scenario *scenario_named(const char *name);

extern int running, measuring;
extern uint64_t broken_leavers;
extern struct histogram *latencies;

/* Connects all, opt.at_once at a time. Returns the seconds that it took. */
double connect_all(void);

/* Sends messages that do not count until each client has got one: a server may finish taking a client on after it has answered. */
void probe(void);

/* Where --pause is given: says where it stands, and goes on when a line comes in, or the end of the input. */
void pause_at(const char *what);

/* Warms up, measures, waits for what is missing, prints the result. */
void measured(void);

/* Whether messages go out by the clock, or follow one another. */
int open_loop(void);

/* Records how long a message took that was sent at this time, if it belongs to what is measured. */
void sample(struct histogram *h, uint64_t time);

/* Turns until the time, or until all is there: while there is something missing, and something still comes. */
void drain(void);

/* Prints the beginning of each result, without the brace at its end. */
void print_head(const char *mode);

/* Reads what those hold that never read, and prints what has become of them. */
void print_stalled(void);

#endif
