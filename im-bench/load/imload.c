/*
 * imload: WebSocket clients that measure how a chat server delivers. One thread, epoll, libc only; loopback only; ends by itself.
 * How to use it and what the figures mean: docs/how-to/measure-delivery.md. Result: one line of JSON on standard output; exit 0 if the run was complete.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_CHUNK = 256 * 1024, READ_BUFFER = 2 * 1024 * 1024, EVENTS = 256, MAX_WINDOW = 4096 };
enum { SEQ_DIGITS = 12, TIME_DIGITS = 16, STAMP = 1 + SEQ_DIGITS + 1 + TIME_DIGITS };
enum mode { FANOUT, RTT, RATE, HOLD, LEAVE };
enum state { CONNECTING, UPGRADING, JOINING, READY, CLOSED };

/* RFC 6455's own example: every connection may use it, since nothing here is a browser, and no hash is needed to check the answer. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

struct client {
    int fd;
    int number;
    enum state state;
    int stalled;
    int leaving;         /* has sent a close frame */
    int answers;         /* that are still to come before it has joined */
    uint64_t leaves, told; /* frames that told of leaves, and how many these were */
    uint64_t last;       /* highest sequence that has come */
    uint64_t received;   /* numbered messages that have come */
    uint64_t fragment;   /* sequence in the first fragment of a message, plus one */
    uint64_t fragment_time;
    unsigned char *carry;
    size_t carried, carry_size;
    unsigned char *out;
    size_t out_from, out_to, out_size;
    int close_code;
    double closed_at;
};

static const unsigned char MASK[4] = {0x37, 0xfa, 0x21, 0x3d};
static struct {
    const char *host, *path, *label, *join;
    int port, clients, stalled, window, size, group, groups, bind, sources, pause, leavers, at_once, plain, pid;
    enum mode mode;
    double rate, warmup, seconds, drain;
} opt = {.host = "127.0.0.1", .path = "/im", .label = "", .clients = 100, .window = 64, .size = 230, .group = 100, .groups = 1, .sources = 1, .at_once = 64, .rate = 100, .warmup = 3, .seconds = 5, .drain = 10};

static int epoll_fd;
static struct client *all;
static int total;
static unsigned char *buffer;
static int connecting, ready_members, ready_stalled, closed_members;
static uint64_t deliveries, order_errors, bytes_in, sent, own_back;
static uint64_t probes_seen, text_bytes;
static int running, measuring;
static uint64_t measure_from, measure_to; /* ns, intended times that count */
static uint64_t sent_at[MAX_WINDOW];
static uint64_t leave_frames, broken_leavers;
static struct template {
    unsigned char *frame;
    size_t size, header, stamp_at;
    uint64_t sent; /* to this group */
} *templates; /* one for each group; its sender is the client with the group's number */
static double started;

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static double now_s(void) { return (double)now_ns() / 1e9; }

static void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("imload: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

static void timed_out(int signal) {
    static const char text[] = "imload: took longer than its warm-up, its seconds and a minute; gave up\n";
    (void)signal;
    if (write(2, text, sizeof text - 1) < 0) _exit(4);
    _exit(3);
}

/* ---- latencies: buckets of 1/64 of a power of two ---- */

static uint64_t histogram[64 * 64], histogram_count, histogram_max;

static void record(uint64_t ns) {
    int power = 63 - __builtin_clzll(ns | 64);
    histogram[(power - 6) * 64 + (int)((ns >> (power - 6)) & 63)]++;
    histogram_count++;
    if (ns > histogram_max) histogram_max = ns;
}

static double percentile_us(double share) {
    uint64_t rank = (uint64_t)(share * (double)histogram_count), seen = 0;
    for (int i = 0; i < 58 * 64; i++) {
        seen += histogram[i];
        if (seen > rank) return (double)((uint64_t)(64 + i % 64) << (i / 64)) / 1e3;
    }
    return (double)histogram_max / 1e3;
}

/* ---- frames to the server ---- */

static size_t put_header(unsigned char *to, int opcode, size_t length) {
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

static void watch(struct client *c) {
    struct epoll_event event = {.data.ptr = c};
    int reads = !(c->stalled && c->state == READY);
    event.events = (reads ? EPOLLIN : EPOLLRDHUP | EPOLLET) | (c->out_to > c->out_from ? EPOLLOUT : 0);
    if (epoll_ctl(epoll_fd, EPOLL_CTL_MOD, c->fd, &event)) die("epoll_ctl: %s", strerror(errno));
}

static void closed(struct client *c, int code) {
    if (c->state == CLOSED) return;
    if (c->state < READY) die("client %d was closed (%d) before it was ready", c->number, code);
    if (!c->stalled) closed_members++;
    c->state = CLOSED;
    c->close_code = code;
    c->closed_at = now_s() - started;
    epoll_ctl(epoll_fd, EPOLL_CTL_DEL, c->fd, NULL);
    close(c->fd);
}

static void flush(struct client *c) {
    int waited = c->out_to > c->out_from;
    while (c->out_from < c->out_to) {
        ssize_t n = send(c->fd, c->out + c->out_from, c->out_to - c->out_from, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN) break;
            closed(c, 1006);
            return;
        }
        c->out_from += (size_t)n;
    }
    if (c->out_from == c->out_to) c->out_from = c->out_to = 0;
    if (waited && c->state != CONNECTING) watch(c);
}

static unsigned char *room(struct client *c, size_t n) {
    if (c->out_to + n > c->out_size) {
        c->out_size = (c->out_to + n) * 2;
        c->out = realloc(c->out, c->out_size);
        if (!c->out) die("no memory");
    }
    return c->out + c->out_to;
}

static void put_frame(struct client *c, int opcode, const void *payload, size_t length) {
    unsigned char *to = room(c, length + 14);
    size_t n = put_header(to, opcode, length);
    for (size_t i = 0; i < length; i++) to[n + i] = ((const unsigned char *)payload)[i] ^ MASK[i & 3];
    c->out_to += n + length;
}

/* The messages of a group: all but the stamp is masked once. */
static void make_template(int group) {
    struct template *t = &templates[group];
    char *text = malloc((size_t)opt.size + 512), user[32] = "";
    if (!text) die("no memory");
    if (opt.mode == RTT) snprintf(user, sizeof user, ",\"to_user_id\":\"u1\"");
    int n = sprintf(text, "{\"event\":\"speak\",\"mode\":%d,\"group_id\":%d,\"from_user_id\":\"u%d\",\"from_username\":\"n%d\"%s,\"content\":\"", opt.mode == RTT ? 1 : 2, opt.group + group, group, group, user);
    int at = n;
    int content = opt.size - n - 2;
    if (content < STAMP) content = STAMP;
    memset(text + n, 'x', (size_t)content);
    n += content;
    n += sprintf(text + n, "\"}");
    text_bytes = (uint64_t)n;
    t->frame = malloc((size_t)n + 14);
    if (!t->frame) die("no memory");
    size_t header = put_header(t->frame, 1, (size_t)n);
    for (int i = 0; i < n; i++) t->frame[header + (size_t)i] = (unsigned char)text[i] ^ MASK[i & 3];
    t->header = header;
    t->size = header + (size_t)n;
    t->stamp_at = (size_t)at;
    free(text);
}

static struct template *template_of(const struct client *c) { return &templates[c->number % opt.groups]; }

static void put_message(struct client *c, uint64_t seq, uint64_t time) {
    const struct template *t = template_of(c);
    unsigned char *to = room(c, t->size);
    memcpy(to, t->frame, t->size);
    unsigned char stamp[STAMP];
    stamp[0] = '#';
    for (int i = SEQ_DIGITS; i >= 1; i--, seq /= 10) stamp[i] = (unsigned char)('0' + seq % 10);
    stamp[SEQ_DIGITS + 1] = '.';
    for (int i = STAMP - 1; i > SEQ_DIGITS + 1; i--, time >>= 4) stamp[i] = (unsigned char)"0123456789abcdef"[time & 15];
    unsigned char *text = to + t->header;
    for (size_t i = 0; i < STAMP; i++) text[t->stamp_at + i] = stamp[i] ^ MASK[(t->stamp_at + i) & 3];
    c->out_to += t->size;
}

/* From B back to A in a round trip: B is "u1". */
static void put_reply(struct client *c, uint64_t seq) {
    char text[256];
    int n = snprintf(text, sizeof text, "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"u1\",\"from_username\":\"n1\",\"to_user_id\":\"u0\",\"content\":\"#%0*llu.0000000000000000\"}", SEQ_DIGITS, (unsigned long long)seq);
    put_frame(c, 1, text, (size_t)n);
}

static void put_one_join(struct client *c, int mode) {
    char text[256];
    int n = snprintf(text, sizeof text, "{\"event\":\"join\",\"mode\":%d,\"group_id\":%d,\"from_user_id\":\"u%d\",\"from_username\":\"n%d\",\"content\":\"hello\"}", mode, mode == 1 ? 0 : opt.group + c->number % opt.groups, c->number, c->number);
    put_frame(c, 1, text, (size_t)n);
    c->answers++;
}

static void put_join(struct client *c) {
    if (opt.join) {
        char text[1024];
        int n = snprintf(text, sizeof text, opt.join, c->number);
        put_frame(c, 1, text, (size_t)n);
        c->answers++;
    } else {
        if (opt.bind || opt.mode == RTT) put_one_join(c, 1);
        if (opt.mode != RTT) put_one_join(c, 2);
    }
    flush(c);
}

/* ---- what comes from the server ---- */

static void next_message(struct client *sender) {
    uint64_t now = now_ns();
    sent++;
    sent_at[sent % MAX_WINDOW] = now;
    put_message(sender, sent, now);
}

static void message(struct client *c, uint64_t seq, uint64_t time) {
    if (seq == 0) {
        if (c->received == 0 && c->last == 0) {
            c->last = UINT64_MAX; /* a probe has come through */
            probes_seen++;
        }
        return;
    }
    if (c->last == UINT64_MAX) c->last = 0;
    if (seq != c->last + 1) order_errors++;
    if (seq > c->last) c->last = seq;
    c->received++;
    if (c->stalled) return; /* read in the end, to get to the close frame; late by intent */
    deliveries++;
    if (opt.mode == RATE) {
        if (time >= measure_from && time < measure_to) record(now_ns() - time);
    } else if (opt.mode == RTT && c->number == 1) {
        put_reply(c, seq);
    } else if (c->number == 0) {
        own_back++;
        if (measuring) record(now_ns() - sent_at[seq % MAX_WINDOW]);
        if (running) next_message(c);
    }
}

/* The stamp stands at the same place in most messages; so look there first. */
static size_t usual_place;

static void text(struct client *c, const unsigned char *p, size_t n, int last) {
    if (c->state == JOINING) {
        if (--c->answers) return;
        c->state = READY;
        if (c->stalled) {
            ready_stalled++;
            watch(c);
        } else {
            ready_members++;
        }
        return;
    }
    if (opt.mode == LEAVE && memmem(p, n, "\"event\":\"leave\"", 15)) {
        const char *left = memmem(p, n, "\"left\":", 7);
        leave_frames++;
        c->leaves++;
        c->told += left ? strtoull(left + 7, NULL, 10) : 1; /* a brace follows */
        return;
    }
    size_t at = usual_place;
    if (at + STAMP > n || p[at] != '#' || p[at + SEQ_DIGITS + 1] != '.') {
        const unsigned char *found = memchr(p, '#', n);
        if (!found || (size_t)(found - p) + STAMP > n) return; /* an answer or a leave */
        at = (size_t)(found - p);
        usual_place = at;
    }
    uint64_t seq = 0, time = 0;
    for (size_t i = at + 1; i <= at + SEQ_DIGITS; i++) seq = seq * 10 + (uint64_t)(p[i] - '0');
    if (opt.mode == RATE) {
        for (size_t i = at + SEQ_DIGITS + 2; i < at + STAMP; i++) time = time * 16 + (uint64_t)(p[i] <= '9' ? p[i] - '0' : p[i] - 'a' + 10);
    }
    if (last) {
        message(c, seq, time);
    } else {
        c->fragment = seq + 1;
        c->fragment_time = time;
    }
}

static void one_frame(struct client *c, int fin, int opcode, const unsigned char *p, size_t n) {
    switch (opcode) {
    case 0:
        if (fin && c->fragment) {
            uint64_t seq = c->fragment - 1;
            c->fragment = 0;
            message(c, seq, c->fragment_time);
        }
        break;
    case 1:
        text(c, p, n, fin);
        break;
    case 8:
        closed(c, n >= 2 ? p[0] << 8 | p[1] : 1005);
        break;
    case 9:
        put_frame(c, 10, p, n);
        break;
    default:
        break;
    }
}

/* How many bytes of complete frames were taken. */
static size_t frames(struct client *c, const unsigned char *p, size_t n) {
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
        one_frame(c, f[0] >> 7, f[0] & 15, f + header, (size_t)length);
        at += header + (size_t)length;
    }
    return at;
}

static size_t upgraded(struct client *c, const unsigned char *p, size_t n) {
    unsigned char *end = memmem(p, n, "\r\n\r\n", 4);
    if (!end) return 0;
    if (n < 12 || memcmp(p + 9, "101", 3) || !memmem(p, (size_t)(end - p), ACCEPT, strlen(ACCEPT))) die("no upgrade: %.*s", (int)(end - p), p);
    connecting--;
    if (opt.plain) {
        c->state = READY;
        if (opt.mode == HOLD) {
            /* Who joins has sent something too; some containers then keep a buffer for it. */
            put_frame(c, 1, "hello", 5);
            flush(c);
        }
        if (c->stalled) {
            ready_stalled++;
            watch(c);
        } else {
            ready_members++;
        }
    } else {
        c->state = JOINING;
        put_join(c);
    }
    return (size_t)(end - p) + 4;
}

/* False at the end of the stream, or where nothing more is to be read now. */
static int readable(struct client *c) {
    size_t carried = c->carried;
    if (carried) memcpy(buffer, c->carry, carried);
    ssize_t n = recv(c->fd, buffer + carried, READ_CHUNK, 0);
    if (n <= 0) {
        if (n < 0 && errno == EAGAIN) return 0;
        closed(c, 1006);
        return 0;
    }
    bytes_in += (uint64_t)n;
    size_t have = carried + (size_t)n, at = 0;
    if (c->state == UPGRADING) at = upgraded(c, buffer, have);
    if (c->state == JOINING || c->state == READY) at += frames(c, buffer + at, have - at);
    if (c->state == CLOSED) return 0;
    c->carried = have - at;
    if (c->carried > c->carry_size) {
        c->carry_size = c->carried * 2;
        c->carry = realloc(c->carry, c->carry_size);
        if (!c->carry) die("no memory");
    }
    if (c->carried) memcpy(c->carry, buffer + at, c->carried);
    if (c->out_to) flush(c);
    return n == READ_CHUNK;
}

static void connected(struct client *c) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error) die("connect to %s:%d: %s", opt.host, opt.port, strerror(error));
    c->state = UPGRADING;
    unsigned char *to = room(c, 512);
    c->out_to += (size_t)snprintf((char *)to, 512, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n", opt.path, opt.host, opt.port);
    flush(c);
}

static void begin(struct client *c, const struct sockaddr *address, socklen_t length) {
    c->fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket: %s; see ulimit -n", strerror(errno));
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (opt.sources > 1) {
        struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001u + (unsigned)(c->number % opt.sources))};
        if (setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) || bind(c->fd, (struct sockaddr *)&from, sizeof from)) die("bind: %s", strerror(errno));
    }
    if (connect(c->fd, address, length) && errno != EINPROGRESS) die("connect: %s", strerror(errno));
    connecting++;
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event)) die("epoll_ctl: %s", strerror(errno));
}

static void turn(int milliseconds) {
    struct epoll_event events[EVENTS];
    int n = epoll_wait(epoll_fd, events, EVENTS, milliseconds);
    for (int i = 0; i < n; i++) {
        struct client *c = events[i].data.ptr;
        if (c->state == CONNECTING) {
            connected(c);
            if (c->state == UPGRADING) watch(c);
            continue;
        }
        if (c->stalled && c->state == READY) {
            if (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) c->closed_at = c->closed_at ? c->closed_at : now_s() - started;
            continue;
        }
        if (events[i].events & EPOLLOUT && c->state != CLOSED) flush(c);
        if (events[i].events & ~(uint32_t)EPOLLOUT && c->state != CLOSED) readable(c);
    }
}

/* ---- the run ---- */

static double cpu_seconds(int pid) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) die("no process %d", pid);
    if (!fgets(line, sizeof line, file)) die("cannot read %s", path);
    fclose(file);
    unsigned long user, system;
    char *p = strrchr(line, ')');
    if (!p || sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) die("cannot read %s", path);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double own_cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int wait_ms(uint64_t until) {
    uint64_t now = now_ns();
    return now >= until ? 0 : (int)((until - now) / 1000000);
}

static void loop_until(double end) {
    static uint64_t next;
    static int group;
    uint64_t until = (uint64_t)(end * 1e9);
    while (now_ns() < until) {
        if (opt.mode != RATE) {
            turn(wait_ms(until) > 10 ? 10 : 1);
            continue;
        }
        uint64_t now = now_ns(), gap = (uint64_t)(1e9 / opt.rate);
        if (!next) next = now;
        for (; next <= now; next += gap, sent++) {
            struct client *sender = &all[group];
            group = (group + 1) % opt.groups;
            put_message(sender, ++template_of(sender)->sent, next);
            if (sender->state == READY) flush(sender);
        }
        int ms = wait_ms(next < until ? next : until);
        turn(ms); /* 0 in the last millisecond: the intended time is kept by polling */
    }
}

static uint64_t behind(void) {
    uint64_t missing = 0;
    for (int i = 0; i < opt.clients; i++) {
        if (opt.mode == RTT && i > 1) continue;
        uint64_t due = opt.mode == RATE ? template_of(&all[i])->sent : sent;
        missing += due - (all[i].received < due ? all[i].received : due);
    }
    return missing;
}

static void connect_all(void) {
    struct sockaddr_storage storage;
    struct sockaddr_in *four = (struct sockaddr_in *)&storage;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&storage;
    memset(&storage, 0, sizeof storage);
    socklen_t length;
    if (inet_pton(AF_INET, opt.host, &four->sin_addr) == 1 && ntohl(four->sin_addr.s_addr) >> 24 == 127) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)opt.port);
        length = sizeof *four;
    } else if (inet_pton(AF_INET6, opt.host, &six->sin6_addr) == 1 && IN6_IS_ADDR_LOOPBACK(&six->sin6_addr)) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)opt.port);
        length = sizeof *six;
    } else {
        die("'%s' is no loopback address; expected 127.x.x.x or ::1", opt.host);
    }
    double give_up = now_s() + 60 + total / 100;
    int begun = 0;
    while (ready_members + ready_stalled < total) {
        while (begun < total && connecting < opt.at_once) begin(&all[begun++], (struct sockaddr *)&storage, length);
        turn(10);
        if (now_s() > give_up) die("only %d of %d clients are ready in time", ready_members + ready_stalled, total);
    }
}

/* A server may finish taking a client on after it has answered; so messages that do not count are sent until all have got one. */
static void probe(void) {
    double give_up = now_s() + 20;
    uint64_t wanted = opt.mode == RTT ? 1 : (uint64_t)opt.clients;
    while (probes_seen < wanted) {
        for (int i = 0; i < opt.groups; i++) {
            put_message(&all[i], 0, 0);
            flush(&all[i]);
        }
        for (double until = now_s() + 0.1; now_s() < until && probes_seen < wanted;) turn(10);
        if (now_s() > give_up || all[0].state == CLOSED) die("only %llu of %llu clients get messages (the sender was closed with %d)", (unsigned long long)probes_seen, (unsigned long long)wanted, all[0].close_code);
    }
    for (double until = now_s() + 0.3; now_s() < until;) turn(10);
}

static int stalled_result(char *to, size_t size) {
    int seen = 0, closed_by_end = 0, with_code = 0, code = 0;
    double first = 0, last = 0;
    for (int i = opt.clients; i < total; i++) {
        struct client *c = &all[i];
        if (c->closed_at > 0) {
            seen++;
            if (!first || c->closed_at < first) first = c->closed_at;
            if (c->closed_at > last) last = c->closed_at;
        }
    }
    /* Who has never read sees the end only behind all that the kernel holds for it; so read that now. */
    for (double until = now_s() + 10; now_s() < until && closed_by_end < opt.stalled;) {
        for (int i = opt.clients; i < total; i++) {
            struct client *c = &all[i];
            if (c->state == CLOSED) continue;
            double at = c->closed_at;
            while (readable(c)) {}
            if (c->state == CLOSED) {
                if (at > 0) c->closed_at = at;
                closed_by_end++;
                if (c->close_code != 1006 && c->close_code != 1005) {
                    with_code++;
                    code = c->close_code;
                }
            }
        }
        turn(5);
    }
    snprintf(to, size, ",\"stalled\":%d,\"stalled_closed\":%d,\"stalled_open\":%d,\"stalled_told\":%d,\"stalled_told_code\":%d,\"stalled_seen\":%d,\"stalled_first_s\":%.2f,\"stalled_last_s\":%.2f", opt.stalled, closed_by_end, opt.stalled - closed_by_end, with_code, code, seen, first, last);
    return opt.stalled - closed_by_end;
}

/* Says where it stands, and goes on when a line comes in, or the end of the input. */
static void pause_at(const char *what) {
    if (!opt.pause) return;
    alarm(600);
    printf("%s\n", what);
    fflush(stdout);
    struct pollfd input = {.fd = 0, .events = POLLIN};
    while (poll(&input, 1, 0) == 0) turn(10);
    char line[64];
    if (read(0, line, sizeof line) < 0) die("cannot read the input: %s", strerror(errno));
    alarm((unsigned)(opt.warmup + opt.seconds + 120));
}

/* The last ones close; the others count what they are told. */
static void run_leave(void) {
    int stay = opt.clients - opt.leavers;
    uint64_t wanted = (uint64_t)stay * (uint64_t)opt.leavers, before = bytes_in;
    double from = now_s(), cpu = opt.pid ? cpu_seconds(opt.pid) : 0;
    unsigned char normal[2] = {1000 >> 8, 1000 & 255};
    for (int i = stay; i < opt.clients; i++) {
        if (all[i].state == CLOSED) continue;
        put_frame(&all[i], 8, normal, sizeof normal);
        all[i].leaving = 1;
        flush(&all[i]);
        turn(0);
    }
    while (now_s() - from < opt.drain + 20) {
        turn(10);
        uint64_t told = 0;
        for (int i = 0; i < stay; i++) told += all[i].told;
        if (told >= wanted && closed_members >= opt.leavers) break;
    }
    int lost = 0;
    uint64_t frames = 0, most = 0, told = 0;
    for (int i = 0; i < stay; i++) {
        lost += all[i].state == CLOSED;
        frames += all[i].leaves;
        told += all[i].told;
        if (all[i].leaves > most) most = all[i].leaves;
    }
    printf("{\"label\":\"%s\",\"mode\":\"leave\",\"clients\":%d,\"leavers\":%d,\"seconds\":%.2f,\"leave_frames\":%llu,\"to_who_stays\":%llu,\"most_for_one\":%llu,\"leaves_told\":%llu,\"leaves_due\":%llu,\"bytes\":%llu,\"closed\":%d,\"broken_leavers\":%llu,\"server_cpu_s\":%.2f}\n",
           opt.label, opt.clients, opt.leavers, now_s() - from, (unsigned long long)leave_frames, (unsigned long long)frames, (unsigned long long)most, (unsigned long long)told, (unsigned long long)wanted,
           (unsigned long long)(bytes_in - before), lost, (unsigned long long)broken_leavers, opt.pid ? cpu_seconds(opt.pid) - cpu : 0);
    exit(told != wanted || lost ? 1 : 0);
}

static void run(void) {
    connect_all();
    double connect_seconds = now_s() - started;
    pause_at("ready");
    if (opt.mode == HOLD) {
        printf("{\"label\":\"%s\",\"mode\":\"hold\",\"path\":\"%s\",\"clients\":%d,\"connect_s\":%.2f,\"closed\":%d}\n", opt.label, opt.path, opt.clients, connect_seconds, closed_members);
        exit(closed_members ? 1 : 0);
    }
    templates = calloc((size_t)opt.groups, sizeof *templates);
    if (!templates) die("no memory");
    for (int i = 0; i < opt.groups; i++) make_template(i);
    probe();
    if (opt.mode == LEAVE) run_leave();
    for (int i = 0; i < total; i++) {
        if (all[i].last == UINT64_MAX) all[i].last = 0;
    }

    started = now_s();
    running = 1;
    measure_from = (uint64_t)((started + opt.warmup) * 1e9);
    measure_to = (uint64_t)((started + opt.warmup + opt.seconds) * 1e9);
    if (opt.mode != RATE) {
        for (int i = 0; i < opt.window; i++) next_message(&all[0]);
        flush(&all[0]);
    }
    loop_until(started + opt.warmup);
    double from = now_s(), cpu = opt.pid ? cpu_seconds(opt.pid) : 0, own = own_cpu();
    uint64_t before = deliveries, bytes = bytes_in, trips = own_back;
    measuring = 1;
    loop_until(from + opt.seconds);
    double took = now_s() - from;
    double used = opt.pid ? cpu_seconds(opt.pid) - cpu : 0, own_used = own_cpu() - own;
    uint64_t counted = deliveries - before, bytes_counted = bytes_in - bytes;
    trips = own_back - trips;
    measuring = running = 0;

    uint64_t missing = behind();
    for (double quiet = now_s(); missing && now_s() - quiet < opt.drain;) {
        turn(10);
        uint64_t left = behind();
        if (left != missing) quiet = now_s();
        missing = left;
    }
    pause_at("done");
    char stalled[512] = "";
    if (opt.stalled) stalled_result(stalled, sizeof stalled);

    int code = 0;
    for (int i = 0; i < opt.clients; i++) {
        if (all[i].state == CLOSED) code = all[i].close_code;
    }
    uint64_t per = opt.mode == RTT ? trips : counted;
    printf("{\"label\":\"%s\",\"mode\":\"%s\",\"path\":\"%s\",\"clients\":%d,\"window\":%d,\"sent_bytes\":%llu,\"seconds\":%.3f,"
           "\"deliveries\":%llu,\"per_second\":%.0f,\"bytes_per_delivery\":%.1f,\"sent\":%llu,\"received_total\":%llu,\"order_errors\":%llu,\"missing\":%llu,\"closed\":%d,\"close_code\":%d,"
           "\"samples\":%llu,\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f,"
           "\"server_cpu_s\":%.2f,\"cpu_us_per_delivery\":%.3f,\"client_cpu_s\":%.2f,\"connect_s\":%.2f%s}\n",
           opt.label, opt.mode == FANOUT ? "fanout" : opt.mode == RTT ? "rtt" : "rate", opt.path, opt.clients, opt.mode == RATE ? 0 : opt.window, (unsigned long long)text_bytes, took,
           (unsigned long long)per, (double)per / took, counted ? (double)bytes_counted / (double)counted : 0.0, (unsigned long long)sent, (unsigned long long)deliveries, (unsigned long long)order_errors, (unsigned long long)missing, closed_members, code,
           (unsigned long long)histogram_count, percentile_us(0.50), percentile_us(0.90), percentile_us(0.99), percentile_us(0.999), (double)histogram_max / 1e3,
           used, per ? used * 1e6 / (double)per : 0.0, own_used, connect_seconds, stalled);
    fflush(stdout);
    exit(order_errors || missing || closed_members ? 1 : 0);
}

static void usage(void) {
    fputs("usage: imload --port P [--host 127.0.0.1] [--path /im] [--mode fanout|plain|rtt|rate|stall|hold|leave] [--clients N] [--window W] [--size BYTES]\n"
          "              [--rate PER_SECOND] [--stalled N] [--warmup S] [--seconds S] [--pid SERVER] [--group ID] [--join TEMPLATE] [--no-join]\n"
          "              [--groups N] [--bind] [--sources ADDRESSES] [--pause] [--leavers N] [--at-once N] [--label TEXT]\n", stderr);
    exit(2);
}

static void parse(int argc, char **argv) {
    enum { HOST = 256, PORT, PATH, MODE, CLIENTS, WINDOW, SIZE, RATE_OPTION, STALLED, WARMUP, SECONDS, PID, GROUP, JOIN, NO_JOIN, GROUPS, BIND, SOURCES, PAUSE, LEAVERS, AT_ONCE, LABEL };
    static const struct option options[] = {
        {"host", 1, 0, HOST}, {"port", 1, 0, PORT}, {"path", 1, 0, PATH}, {"mode", 1, 0, MODE}, {"clients", 1, 0, CLIENTS}, {"window", 1, 0, WINDOW},
        {"size", 1, 0, SIZE}, {"rate", 1, 0, RATE_OPTION}, {"stalled", 1, 0, STALLED}, {"warmup", 1, 0, WARMUP}, {"seconds", 1, 0, SECONDS}, {"pid", 1, 0, PID},
        {"group", 1, 0, GROUP}, {"join", 1, 0, JOIN}, {"no-join", 0, 0, NO_JOIN}, {"groups", 1, 0, GROUPS}, {"bind", 0, 0, BIND}, {"sources", 1, 0, SOURCES}, {"pause", 0, 0, PAUSE}, {"leavers", 1, 0, LEAVERS},
        {"at-once", 1, 0, AT_ONCE}, {"label", 1, 0, LABEL}, {0, 0, 0, 0}};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (o) {
        case HOST: opt.host = optarg; break;
        case PORT: opt.port = atoi(optarg); break;
        case PATH: opt.path = optarg; break;
        case MODE:
            if (!strcmp(optarg, "fanout")) opt.mode = FANOUT;
            else if (!strcmp(optarg, "plain")) opt.mode = FANOUT, opt.plain = 1;
            else if (!strcmp(optarg, "rtt")) opt.mode = RTT;
            else if (!strcmp(optarg, "rate") || !strcmp(optarg, "stall")) opt.mode = RATE;
            else if (!strcmp(optarg, "hold")) opt.mode = HOLD;
            else if (!strcmp(optarg, "leave")) opt.mode = LEAVE;
            else usage();
            break;
        case CLIENTS: opt.clients = atoi(optarg); break;
        case WINDOW: opt.window = atoi(optarg); break;
        case SIZE: opt.size = atoi(optarg); break;
        case RATE_OPTION: opt.rate = atof(optarg); break;
        case STALLED: opt.stalled = atoi(optarg); break;
        case WARMUP: opt.warmup = atof(optarg); break;
        case SECONDS: opt.seconds = atof(optarg); break;
        case PID: opt.pid = atoi(optarg); break;
        case GROUP: opt.group = atoi(optarg); break;
        case JOIN: opt.join = optarg; break;
        case NO_JOIN: opt.plain = 1; break;
        case GROUPS: opt.groups = atoi(optarg); break;
        case BIND: opt.bind = 1; break;
        case SOURCES: opt.sources = atoi(optarg); break;
        case PAUSE: opt.pause = 1; break;
        case LEAVERS: opt.leavers = atoi(optarg); break;
        case AT_ONCE: opt.at_once = atoi(optarg); break;
        case LABEL: opt.label = optarg; break;
        default: usage();
        }
    }
    int least = opt.mode == RTT ? 2 : 1;
    if (opt.port <= 0 || opt.port > 65535 || opt.clients < least || opt.window < 1 || opt.window >= MAX_WINDOW || opt.size > 1000000 || opt.rate <= 0 || opt.stalled < 0 || opt.seconds <= 0 || opt.warmup < 0 || opt.at_once < 1 || opt.groups < 1 || opt.groups > opt.clients || (opt.groups > 1 && opt.mode != RATE && opt.mode != HOLD) ||
        opt.sources < 1 || opt.sources > 200 || opt.leavers < 0 || (opt.mode == LEAVE) != (opt.leavers > 0) || opt.leavers >= opt.clients || optind != argc) usage();
    if (opt.warmup + opt.seconds > 3600) die("a run takes an hour at most");
}

int main(int argc, char **argv) {
    parse(argc, argv);
    signal(SIGALRM, timed_out);
    signal(SIGPIPE, SIG_IGN);
    alarm((unsigned)(opt.warmup + opt.seconds + 120) + (unsigned)opt.clients / 50);
    struct rlimit files;
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    total = opt.clients + opt.stalled;
    all = calloc((size_t)total, sizeof *all);
    buffer = malloc(READ_BUFFER);
    if (!all || !buffer) die("no memory");
    for (int i = 0; i < total; i++) {
        all[i].number = i;
        all[i].stalled = i >= opt.clients;
    }
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    started = now_s();
    run();
    return 0;
}
