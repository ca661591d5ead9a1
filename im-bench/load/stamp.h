/*
 * The stamp at the head of each content: `#` number(12) kind(1) time(16, hexadecimal) `.` sender(6). It finds a message in a frame of any protocol, numbers
 * it among those of its sender, and says when it was sent, or should have been. None of its letters is escaped anywhere.
 */
#ifndef STAMP_H
#define STAMP_H

#include <stddef.h>
#include <stdint.h>

enum { NUMBER_DIGITS = 12, TIME_DIGITS = 16, SENDER_DIGITS = 6, MOST_SENDERS = 1000000 };
enum { KIND_AT = 1 + NUMBER_DIGITS, TIME_AT = KIND_AT + 1, SENDER_AT = TIME_AT + TIME_DIGITS + 1, STAMP = SENDER_AT + SENDER_DIGITS };
enum kind { TO_GROUP = '.', TO_ONE = ':', FENCE = ',' };

void put_stamp(char *to, enum kind kind, uint64_t number, uint64_t time, int sender);

/* The next stamp, or NULL. */
const unsigned char *find_stamp(const unsigned char *p, size_t n);

static inline uint64_t stamp_decimal(const unsigned char *p, int digits) {
    uint64_t n = 0;
    for (int i = 0; i < digits; i++) n = n * 10 + (uint64_t)(p[i] - '0');
    return n;
}

static inline uint64_t stamp_number(const unsigned char *stamp) { return stamp_decimal(stamp + 1, NUMBER_DIGITS); }

static inline int stamp_sender(const unsigned char *stamp) { return (int)stamp_decimal(stamp + SENDER_AT, SENDER_DIGITS); }

static inline uint64_t stamp_time(const unsigned char *stamp) {
    uint64_t n = 0;
    for (int i = TIME_AT; i < TIME_AT + TIME_DIGITS; i++) n = n << 4 | (uint64_t)(stamp[i] <= '9' ? stamp[i] - '0' : stamp[i] - 'a' + 10);
    return n;
}

#endif
