/* RFC 6455, as far as a client needs it: the upgrade, and frames. */
#ifndef WS_H
#define WS_H

#include "client.h"

enum opcode { CONTINUATION = 0, TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

void put_request(struct client *c);

/* Takes the server's answer; how many bytes it has, or 0 if it is not complete. */
size_t take_answer(struct client *c, const unsigned char *p, size_t n);

void put_frame(struct client *c, enum opcode opcode, const void *payload, size_t length);

/* How many bytes of complete frames were taken. */
size_t take_frames(struct client *c, const unsigned char *p, size_t n);

#endif
