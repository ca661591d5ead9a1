/*
 * faulty: a small chat server that does wrong on purpose, once, to the client that connected second, so that check.sh can see whether imload tells. It speaks
 * the texts of protocol_text.c. Loopback only; says its port; ends when its clients have gone.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ANSWER "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
enum { MOST = 64, BUFFER = 1 << 16, THE_ONE = 1, THE_MESSAGE = 5 };

static struct client {
    int fd, upgraded, numbered, joins, in;
    char group[16], user[16];
    unsigned char buffer[BUFFER];
    size_t have;
} clients[MOST];
static int count, gone;

/* What is to be sent or done later. */
static struct later {
    uint64_t at;
    int to, joins;
    char text[1024];
} queue[1 << 14];
static unsigned first_later, last_later;

static const char *fault;
static int delay_ms;

static int is(const char *name) { return !strcmp(fault, name); }

static uint64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void put(int fd, const void *data, size_t n) {
    if (send(fd, data, n, MSG_NOSIGNAL) < 0) return;
}

static void frame(int fd, int first, const char *text, size_t n) {
    unsigned char header[4] = {(unsigned char)first, 126, (unsigned char)(n >> 8), (unsigned char)n};
    put(fd, header, sizeof header);
    put(fd, text, n);
}

static void deliver(int to, const char *text) {
    size_t n = strlen(text);
    if (is("pieces")) {
        frame(clients[to].fd, 0x01, text, 20);
        frame(clients[to].fd, 0x80, text + 20, n - 20);
    } else {
        frame(clients[to].fd, 0x81, text, n);
    }
}

static void later(int to, int joins, const char *text, int ms) {
    struct later *l = &queue[last_later++ % (1 << 14)];
    *l = (struct later){.at = now_ms() + (uint64_t)ms, .to = to, .joins = joins};
    snprintf(l->text, sizeof l->text, "%s", text);
}

static int is_numbered(const char *text) { return text[0] == '#' && strncmp(text, "#000000000000", 13) && text[13] != ','; }

/* One message on its way to one client: here most of the wrong is done. */
static void send_to(int to, const char *text) {
    static char held[1024];
    struct client *c = &clients[to];
    int now = to == THE_ONE && is_numbered(text) && ++c->numbered == THE_MESSAGE;
    if (now && is("lose")) return;
    if (now && is("double")) later(to, 0, text, delay_ms);
    if (now && is("freeze")) usleep(500000);
    if (now && is("close")) {
        static const unsigned char slow[4] = {0x88, 2, 4002 >> 8, 4002 & 255};
        put(c->fd, slow, sizeof slow);
        return;
    }
    if (now && is("stray")) later(0, 0, text, 0);
    if (now && is("swap")) {
        snprintf(held, sizeof held, "%s", text);
        return;
    }
    later(to, 0, text, delay_ms);
    if (to == THE_ONE && held[0]) {
        later(to, 0, held, delay_ms);
        held[0] = 0;
    }
}

static void join(int who, const char *group, const char *user) {
    struct client *c = &clients[who];
    snprintf(c->group, sizeof c->group, "%s", group);
    snprintf(c->user, sizeof c->user, "%s", user);
    if (who == THE_ONE && c->joins++ == 1 && is("deaf")) return;
    if (is("late")) later(who, 1, "", 300);
    else c->in = 1;
}

static void take(int who, char *text) {
    char *verb = strsep(&text, " "), *target = strsep(&text, " ");
    if (!verb || !target) return;
    if (!strcmp(verb, "join")) join(who, target, text ? text : "");
    if (!strcmp(verb, "leave") && !is("clinging")) clients[who].in = 0;
    for (int i = 0; i < count && text; i++) {
        if (!strcmp(verb, "speak") && clients[i].in && !strcmp(clients[i].group, target)) send_to(i, text);
        if (!strcmp(verb, "tell") && !strcmp(clients[i].user, target)) send_to(i, text);
    }
}

static void read_from(int who) {
    struct client *c = &clients[who];
    ssize_t n = recv(c->fd, c->buffer + c->have, BUFFER - c->have, 0);
    if (n <= 0) {
        close(c->fd);
        c->fd = -1;
        c->in = 0;
        if (++gone == count) exit(0);
        return;
    }
    c->have += (size_t)n;
    if (!c->upgraded) {
        c->upgraded = 1;
        c->have = 0;
        put(c->fd, ANSWER, strlen(ANSWER));
        return;
    }
    size_t at = 0;
    while (c->have - at >= 8) {
        unsigned char *f = c->buffer + at;
        size_t length = f[1] & 127, header = 6;
        if (length == 126) {
            length = (size_t)(f[2] << 8 | f[3]);
            header = 8;
        }
        if (c->have - at < header + length) break;
        char text[1024] = "";
        for (size_t i = 0; i < length && i < sizeof text - 1; i++) text[i] = (char)(f[header + i] ^ f[header - 4 + (i & 3)]);
        if ((f[0] & 15) == 1) take(who, text);
        at += header + length;
    }
    memmove(c->buffer, c->buffer + at, c->have - at);
    c->have -= at;
}

static void do_what_is_due(void) {
    for (; first_later != last_later && queue[first_later % (1 << 14)].at <= now_ms(); first_later++) {
        struct later *l = &queue[first_later % (1 << 14)];
        if (l->joins) clients[l->to].in = 1;
        else if (clients[l->to].fd >= 0) deliver(l->to, l->text);
    }
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int one = 1, server = socket(AF_INET, SOCK_STREAM, 0);
    fault = argc > 1 ? argv[1] : "none";
    delay_ms = argc > 2 ? atoi(argv[2]) : 0;
    alarm(60);
    if (bind(server, (struct sockaddr *)&address, length) || listen(server, MOST) || getsockname(server, (struct sockaddr *)&address, &length)) return perror("faulty"), 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        struct pollfd polled[MOST + 1] = {{.fd = server, .events = POLLIN}};
        for (int i = 0; i < count; i++) polled[i + 1] = (struct pollfd){.fd = clients[i].fd, .events = POLLIN};
        poll(polled, (nfds_t)count + 1, 1);
        for (int i = 0, n = count; i < n; i++) {
            if (polled[i + 1].revents && clients[i].fd >= 0) read_from(i);
        }
        if (polled[0].revents && count < MOST) {
            clients[count].fd = accept(server, NULL, NULL);
            setsockopt(clients[count++].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        }
        do_what_is_due();
    }
}
