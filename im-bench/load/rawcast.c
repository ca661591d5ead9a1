/*
 * rawcast: the cheapest possible server for imload, to find out how much the client itself can take. Every text goes to every client; all messages that one
 * read brings go out with one write for each client. Loopback only; ends when its first client has gone.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
enum { MOST = 20000, BUFFER = 1 << 20 };

static int clients[MOST], count;
static char open_now[1 << 16];
static unsigned char in[BUFFER], out[BUFFER];
static size_t have;

static void send_all(int fd, const void *data, size_t n) {
    const char *p = data;
    while (n) {
        ssize_t w = send(fd, p, n, MSG_NOSIGNAL);
        if (w < 0) return;
        p += w;
        n -= (size_t)w;
    }
}

/* Only the first client speaks; so one buffer is enough. */
static void speak(size_t n) {
    size_t at = 0, to = 0;
    have += n;
    while (have - at >= 8) {
        unsigned char *f = in + at;
        size_t length = f[1] & 127, header = 6;
        if (length == 126) {
            length = (size_t)(f[2] << 8 | f[3]);
            header = 8;
        }
        if (have - at < header + length) break;
        out[to++] = 0x81;
        if (length < 126) {
            out[to++] = (unsigned char)length;
        } else {
            out[to++] = 126;
            out[to++] = (unsigned char)(length >> 8);
            out[to++] = (unsigned char)length;
        }
        for (size_t i = 0; i < length; i++) out[to + i] = f[header + i] ^ f[header - 4 + (i & 3)];
        to += length;
        at += header + length;
    }
    memmove(in, in + at, have - at);
    have -= at;
    for (int i = 0; to && i < count; i++) send_all(clients[i], out, to);
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 9099))};
    int one = 1, server = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0), first = -1;
    signal(SIGPIPE, SIG_IGN);
    alarm(600);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 1024)) return perror("rawcast"), 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server}, events[64];
    epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event);
    for (;;) {
        int n = epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == server) {
                fd = accept(server, NULL, NULL);
                if (fd < 0 || count == MOST || fd >= (int)sizeof open_now) return 1;
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.data.fd = fd;
                epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
                continue;
            }
            if (!open_now[fd]) {
                char request[2048];
                if (recv(fd, request, sizeof request, 0) <= 0) return 0;
                send_all(fd, ANSWER, strlen(ANSWER));
                open_now[fd] = 1;
                clients[count++] = fd;
                if (first < 0) first = fd;
                continue;
            }
            ssize_t got = recv(fd, in + have, BUFFER / 2 - have, 0);
            if (got <= 0) return 0;
            if (fd == first) speak((size_t)got);
            else have = 0;
        }
    }
}
