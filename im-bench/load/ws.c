#include "ws.h"
#include "message.h"
#include "options.h"
#include "protocol.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RFC 6455's own example: every connection may use it, since nothing here is a browser, and no hash is needed to check the answer. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

static const unsigned char MASK[8] = {0x37, 0xfa, 0x21, 0x3d, 0x37, 0xfa, 0x21, 0x3d};

void put_request(struct client *c) {
    char more[128] = "";
    if (protocol->subprotocol) snprintf(more, sizeof more, "Sec-WebSocket-Protocol: %s\r\n", protocol->subprotocol);
    unsigned char *to = room(c, 1024);
    const char *number = strstr(opt.path, "%d");
    char path[512];
    int length = number ? snprintf(path, sizeof path, "%.*s%d%s", (int)(number - opt.path), opt.path, c->number, number + 2) : snprintf(path, sizeof path, "%s", opt.path);
    if (length >= (int)sizeof path) die("the path is too long");
    int n = snprintf((char *)to, 1024, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " KEY "\r\nSec-WebSocket-Version: 13\r\n%s\r\n", path, opt.host, opt.port, more);
    if (n >= 1024) die("the path is too long");
    c->out_to += (size_t)n;
    touch(c);
}

size_t take_answer(struct client *c, const unsigned char *p, size_t n) {
    const unsigned char *end = memmem(p, n, "\r\n\r\n", 4);
    if (!end) return 0;
    if (n < 12 || memcmp(p + 9, "101", 3) || !memmem(p, (size_t)(end - p), ACCEPT, strlen(ACCEPT))) die("no upgrade at %s: %.*s", opt.path, (int)(end - p), (const char *)p);
    if (protocol->subprotocol && !memmem(p, (size_t)(end - p), protocol->subprotocol, strlen(protocol->subprotocol))) die("the server does not speak %s: %.*s", protocol->subprotocol, (int)(end - p), (const char *)p);
    c->state = JOINING;
    protocol->opened(c);
    return (size_t)(end - p) + 4;
}

static size_t put_header(unsigned char *to, enum opcode opcode, size_t length) {
    size_t n = 0;
    to[n++] = (unsigned char)(0x80 | opcode);
    if (length < 126) {
        to[n++] = (unsigned char)(0x80 | length);
    } else if (length < 65536) {
        to[n++] = 0x80 | 126;
        to[n++] = (unsigned char)(length >> 8);
        to[n++] = (unsigned char)length;
    } else {
        to[n++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8) to[n++] = (unsigned char)((uint64_t)length >> shift);
    }
    memcpy(to + n, MASK, 4);
    return n + 4;
}

void put_frame(struct client *c, enum opcode opcode, const void *payload, size_t length) {
    unsigned char *to = room(c, length + 14);
    const unsigned char *from = payload;
    size_t n = put_header(to, opcode, length), i = 0;
    uint64_t mask, eight;
    memcpy(&mask, MASK, 8);
    for (; i + 8 <= length; i += 8) {
        memcpy(&eight, from + i, 8);
        eight ^= mask;
        memcpy(to + n + i, &eight, 8);
    }
    for (; i < length; i++) to[n + i] = from[i] ^ MASK[i & 3];
    c->out_to += n + length;
    touch(c);
}

static void take_text(struct client *c, const unsigned char *p, size_t n) {
    const unsigned char *stamp = find_stamp(p, n);
    if (!protocol->many) {
        if (stamp) message(c, stamp);
        else protocol->answered(c, (const char *)p, n);
        return;
    }
    const unsigned char *end = p + n;
    while (stamp) {
        protocol->answered(c, (const char *)p, (size_t)(stamp - p));
        message(c, stamp);
        p = stamp + STAMP;
        stamp = find_stamp(p, (size_t)(end - p));
    }
    protocol->answered(c, (const char *)p, (size_t)(end - p));
}

/* A text in several frames is put together first; containers do that to what is longer than their buffers. */
static void take_part(struct client *c, int fin, const unsigned char *p, size_t n) {
    if (c->parted + n > c->parts_size) {
        c->parts_size = (c->parted + n) * 2;
        c->parts = realloc(c->parts, c->parts_size);
        if (!c->parts) die("no memory");
    }
    memcpy(c->parts + c->parted, p, n);
    c->parted += n;
    if (!fin) return;
    n = c->parted;
    c->parted = 0;
    take_text(c, c->parts, n);
}

static void take_frame(struct client *c, int fin, enum opcode opcode, const unsigned char *p, size_t n) {
    switch (opcode) {
    case CONTINUATION:
        take_part(c, fin, p, n);
        break;
    case TEXT:
        if (fin) take_text(c, p, n);
        else take_part(c, fin, p, n);
        break;
    case CLOSE:
        closed(c, n >= 2 ? p[0] << 8 | p[1] : 1005);
        break;
    case PING:
        put_frame(c, PONG, p, n);
        break;
    default:
        break;
    }
}

size_t take_frames(struct client *c, const unsigned char *p, size_t n) {
    size_t at = 0;
    while (c->state == JOINING || c->state == READY) {
        size_t left = n - at;
        if (left < 2) break;
        const unsigned char *f = p + at;
        uint64_t length = f[1] & 127;
        size_t header = 2;
        if (f[1] & 128) {
            if (!c->leaving) die("the server has sent a masked frame to client %d", c->number);
            broken_leavers++; /* it has asked for the end, and got one of some sort */
            closed(c, 1006);
            break;
        }
        if (length == 126) {
            if (left < 4) break;
            length = (uint64_t)(f[2] << 8 | f[3]);
            header = 4;
        } else if (length == 127) {
            if (left < 10) break;
            length = 0;
            for (int i = 2; i < 10; i++) length = length << 8 | f[i];
            header = 10;
        }
        if (length > READ_BUFFER - READ_CHUNK - 64) die("a frame of %llu bytes is too long for this client", (unsigned long long)length);
        if (left < header + length) break;
        take_frame(c, f[0] >> 7, f[0] & 15, f + header, (size_t)length);
        at += header + (size_t)length;
    }
    return at;
}
