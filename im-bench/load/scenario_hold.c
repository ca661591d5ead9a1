/* Connects and joins, and no more. */
#include "options.h"
#include "process.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

static void run(void) {
    double cpu = server_cpu(), connect_seconds = connect_all();
    pause_at("ready");
    print_head("hold");
    printf(",\"connect_s\":%.2f,\"closed\":%d", connect_seconds, closed_members);
    print_server(server_cpu() - cpu);
    printf(",\"client_cpu_s\":%.2f}\n", own_cpu());
    exit(closed_members ? 1 : 0);
}

const struct scenario hold = {.name = "hold", .to_group = 1, .run = run};
