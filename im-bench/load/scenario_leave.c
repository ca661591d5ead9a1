/* The last ones of a group close together; the others count what they are told. */
#include "message.h"
#include "options.h"
#include "process.h"
#include "scenario.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t leave_frames;

static void other(struct client *c, const char *said, size_t n) {
    if (!memmem(said, n, "\"event\":\"leave\"", 15)) return;
    const char *leavers = memmem(said, n, "\"left\":", 7);
    leave_frames++;
    c->leaves++;
    c->told += leavers ? strtoull(leavers + 7, NULL, 10) : 1; /* a brace follows */
}

static void arrived(struct client *c, const unsigned char *stamp) { (void)c, (void)stamp; }

static void close_leavers(int stay) {
    unsigned char normal[2] = {1000 >> 8, 1000 & 255};
    for (int i = stay; i < opt.clients; i++) {
        if (all[i].state == CLOSED) continue;
        put_frame(&all[i], CLOSE, normal, sizeof normal);
        all[i].leaving = 1;
        flush_touched();
        turn(0);
    }
}

static void run(void) {
    connect_all();
    pause_at("ready");
    probe();
    int stay = opt.clients - opt.leavers;
    uint64_t wanted = (uint64_t)stay * (uint64_t)opt.leavers, before = bytes_in;
    double from = now_s(), cpu = server_cpu();
    close_leavers(stay);
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
    print_head("leave");
    printf(",\"leavers\":%d,\"seconds\":%.2f,\"leave_frames\":%llu,\"to_who_stays\":%llu,\"most_for_one\":%llu,\"leaves_told\":%llu,\"leaves_due\":%llu,\"bytes\":%llu,\"closed\":%d,\"broken_leavers\":%llu", opt.leavers, now_s() - from,
           (unsigned long long)leave_frames, (unsigned long long)frames, (unsigned long long)most, (unsigned long long)told, (unsigned long long)wanted, (unsigned long long)(bytes_in - before), lost, (unsigned long long)broken_leavers);
    print_server(server_cpu() - cpu);
    puts("}");
    exit(told != wanted || lost ? 1 : 0);
}

const struct scenario leave = {.name = "leave", .to_group = 1, .run = run, .arrived = arrived, .other = other};
