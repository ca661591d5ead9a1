#include "client.h"
#include "options.h"
#include "scenario.h"
#include "ws.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256 };

struct client *all;
int total, ready_members, ready_stalled, closed_members;
uint64_t bytes_in;
double started;

static int epoll_fd;
static unsigned char *buffer;
static struct client **touched;
static int touched_count;
static uint64_t read_at;
static union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} server;
static socklen_t server_length;

static void resolve(void) {
    if (inet_pton(AF_INET, opt.host, &server.four.sin_addr) == 1 && ntohl(server.four.sin_addr.s_addr) >> 24 == 127) {
        server.four.sin_family = AF_INET;
        server.four.sin_port = htons((uint16_t)opt.port);
        server_length = sizeof server.four;
    } else if (inet_pton(AF_INET6, opt.host, &server.six.sin6_addr) == 1 && IN6_IS_ADDR_LOOPBACK(&server.six.sin6_addr)) {
        server.six.sin6_family = AF_INET6;
        server.six.sin6_port = htons((uint16_t)opt.port);
        server_length = sizeof server.six;
    } else {
        die("'%s' is no loopback address; expected 127.x.x.x or ::1", opt.host);
    }
}

void make_clients(void) {
    resolve();
    total = opt.clients + opt.stalled;
    all = calloc((size_t)total, sizeof *all);
    touched = calloc((size_t)total, sizeof *touched);
    buffer = malloc(READ_BUFFER);
    if (!all || !touched || !buffer) die("no memory");
    for (int i = 0; i < total; i++) {
        all[i].number = i;
        all[i].stalled = i >= opt.clients;
    }
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_fd < 0) die("epoll_create1: %s", strerror(errno));
}

static void watch(struct client *c) {
    struct epoll_event event = {.data.ptr = c};
    int reads = !(c->stalled && c->state == READY);
    event.events = (reads ? EPOLLIN : EPOLLRDHUP | EPOLLET) | (c->out_to > c->out_from ? EPOLLOUT : 0);
    if (epoll_ctl(epoll_fd, EPOLL_CTL_MOD, c->fd, &event)) die("epoll_ctl: %s", strerror(errno));
}

void begin(struct client *c) {
    c->state = CONNECTING;
    c->begun = now_ns();
    c->fd = socket(server.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket: %s; see ulimit -n", strerror(errno));
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (opt.sources > 1) {
        struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001u + (unsigned)(c->number % opt.sources))};
        if (setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) || bind(c->fd, (struct sockaddr *)&from, sizeof from)) die("bind: %s", strerror(errno));
    }
    if (connect(c->fd, &server.any, server_length) && errno != EINPROGRESS) die("connect to %s:%d: %s", opt.host, opt.port, strerror(errno));
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event)) die("epoll_ctl: %s", strerror(errno));
}

static void connected(struct client *c) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error) die("connect to %s:%d: %s", opt.host, opt.port, strerror(error));
    c->state = UPGRADING;
    put_request(c);
    flush_touched();
    if (c->state == UPGRADING) watch(c);
}

void ready(struct client *c) {
    c->state = READY;
    if (c->stalled) {
        ready_stalled++;
        watch(c);
    } else {
        ready_members++;
    }
    if (scenario->ready) scenario->ready(c);
}

void closed(struct client *c, int code) {
    if (c->state == CLOSED) return;
    if (c->state < READY) die("client %d was closed (%d) before it was ready", c->number, code);
    c->state = CLOSED;
    c->close_code = code;
    c->closed_at = now_s() - started;
    c->out_from = c->out_to = c->carried = c->parted = 0;
    c->waits = 0;
    epoll_ctl(epoll_fd, EPOLL_CTL_DEL, c->fd, NULL);
    close(c->fd);
    if (scenario->gone && scenario->gone(c)) return;
    if (!c->stalled) closed_members++;
}

unsigned char *room(struct client *c, size_t n) {
    if (c->out_from > c->out_size / 2) {
        memmove(c->out, c->out + c->out_from, c->out_to - c->out_from);
        c->out_to -= c->out_from;
        c->out_from = 0;
    }
    if (c->out_to + n > c->out_size) {
        c->out_size = (c->out_to + n) * 2;
        c->out = realloc(c->out, c->out_size);
        if (!c->out) die("no memory");
    }
    return c->out + c->out_to;
}

void touch(struct client *c) {
    if (c->dirty) return;
    c->dirty = 1;
    touched[touched_count++] = c;
}

static void flush(struct client *c) {
    while (c->out_from < c->out_to) {
        ssize_t n = send(c->fd, c->out + c->out_from, c->out_to - c->out_from, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN) break;
            closed(c, 1006);
            return;
        }
        c->out_from += (size_t)n;
    }
    int waits = c->out_to > c->out_from;
    if (!waits) c->out_from = c->out_to = 0;
    if (waits == c->waits) return;
    c->waits = waits;
    watch(c);
}

void flush_touched(void) {
    for (int i = 0; i < touched_count; i++) {
        struct client *c = touched[i];
        c->dirty = 0;
        if (c->state != CLOSED && c->state != CONNECTING) flush(c);
    }
    touched_count = 0;
}

uint64_t arrival(void) {
    if (!read_at) read_at = now_ns();
    return read_at;
}

int readable(struct client *c) {
    size_t carried = c->carried;
    if (carried) memcpy(buffer, c->carry, carried);
    ssize_t n = recv(c->fd, buffer + carried, READ_CHUNK, 0);
    read_at = 0;
    if (n <= 0) {
        if (n < 0 && errno == EAGAIN) return 0;
        closed(c, 1006);
        return 0;
    }
    bytes_in += (uint64_t)n;
    size_t have = carried + (size_t)n, at = 0;
    if (c->state == UPGRADING) at = take_answer(c, buffer, have);
    if (c->state == JOINING || c->state == READY) at += take_frames(c, buffer + at, have - at);
    if (c->state == CLOSED || c->state == CONNECTING) {
        flush_touched();
        return 0;
    }
    c->carried = have - at;
    if (c->carried > c->carry_size) {
        c->carry_size = c->carried * 2;
        c->carry = realloc(c->carry, c->carry_size);
        if (!c->carry) die("no memory");
    }
    if (c->carried) memcpy(c->carry, buffer + at, c->carried);
    flush_touched();
    return n == READ_CHUNK;
}

void turn(int milliseconds) {
    struct epoll_event events[EVENTS];
    int n = epoll_wait(epoll_fd, events, EVENTS, milliseconds);
    for (int i = 0; i < n; i++) {
        struct client *c = events[i].data.ptr;
        if (c->state == CONNECTING) {
            connected(c);
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
