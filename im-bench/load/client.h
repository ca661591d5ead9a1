/* One connection of the load, and the list of all of them. */
#ifndef CLIENT_H
#define CLIENT_H

#include "base.h"
#include "stamp.h"

enum { READ_CHUNK = 256 * 1024, READ_BUFFER = 2 * 1024 * 1024 };
enum state { CONNECTING, UPGRADING, JOINING, READY, CLOSED };

struct client {
    int fd;
    enum state state;
    int number, group; /* of the group: its index, which is not its id */
    int slot;          /* which sender of its group it is */
    int stalled;       /* never reads once it is ready */
    int dirty;         /* has something to write that nobody has tried to write yet */
    uint32_t *last;    /* the highest number that has come from each sender */
    struct gap *gaps;  /* numbers below it that have not come */
    uint64_t received; /* numbered messages that have come, each counted once */
    uint64_t due;      /* private messages that were sent to it */
    unsigned char *carry, *out;
    size_t carried, carry_size, out_from, out_to, out_size;
    int waits; /* for the kernel to take more */
    unsigned char *parts;
    size_t parted, parts_size;
    uint32_t spoken;      /* numbers used in the group */
    uint32_t *whispered;  /* numbers used for each partner */
    uint32_t fence;       /* number of the last fence sent, and whether it is awaited */
    int fencing;
    uint64_t fence_sent;
    int answers; /* that are still to come before it has joined */
    int probed;
    int leaving; /* has sent a close frame */
    int step;    /* where it is in a scenario's course */
    char *id;    /* by which the server knows it, where the protocol has one */
    uint32_t ids;
    uint64_t begun, departed;
    uint64_t leaves, told; /* frames that told of leaves, and how many these were */
    int close_code;
    double closed_at;
};

extern struct client *all;
extern int total; /* clients that read come first, then those that stall */
extern int ready_members, ready_stalled, closed_members;
extern uint64_t bytes_in;
extern double started;

void make_clients(void);

/* Starts to connect. */
void begin(struct client *c);

/* Ready for the scenario: connected, upgraded, joined. */
void ready(struct client *c);

void closed(struct client *c, int code);

/* Room for more bytes at the end of what is to be written; the caller moves out_to and calls touch. */
unsigned char *room(struct client *c, size_t n);
void touch(struct client *c);
void flush_touched(void);

/* Reads what is there; false where nothing more is to be read now, or ever. */
int readable(struct client *c);

/* One round of the loop. */
void turn(int milliseconds);

/* When the bytes that are being looked at were read. */
uint64_t arrival(void);

#endif
