#include "base.h"
#include "stamp.h"

#include <string.h>

void put_stamp(char *to, enum kind kind, uint64_t number, uint64_t time, int sender) {
    to[0] = '#';
    for (int i = NUMBER_DIGITS; i >= 1; i--, number /= 10) to[i] = (char)('0' + number % 10);
    to[KIND_AT] = (char)kind;
    for (int i = TIME_AT + TIME_DIGITS - 1; i >= TIME_AT; i--, time >>= 4) to[i] = "0123456789abcdef"[time & 15];
    to[SENDER_AT - 1] = '.';
    for (int i = STAMP - 1; i >= SENDER_AT; i--, sender /= 10) to[i] = (char)('0' + sender % 10);
}

static int is_stamp(const unsigned char *p) {
    return p[0] == '#' && (p[KIND_AT] == TO_GROUP || p[KIND_AT] == TO_ONE || p[KIND_AT] == FENCE) && p[SENDER_AT - 1] == '.';
}

/* It stands at the same place in most frames; so look there first. */
static size_t usual_place;

const unsigned char *find_stamp(const unsigned char *p, size_t n) {
    if (usual_place + STAMP <= n && is_stamp(p + usual_place)) return p + usual_place;
    const unsigned char *end = p + n;
    for (const unsigned char *at = p; (at = memchr(at, '#', (size_t)(end - at))); at++) {
        if (end - at < STAMP) break;
        if (is_stamp(at)) {
            usual_place = (size_t)(at - p);
            return at;
        }
    }
    return NULL;
}
