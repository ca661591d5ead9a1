#include "process.h"
#include "base.h"
#include "options.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static FILE *open_proc(const char *name) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", opt.pid, name);
    FILE *file = fopen(path, "r");
    if (!file) die("no process %d; expected the server's id after --pid", opt.pid);
    return file;
}

double server_cpu(void) {
    char line[1024];
    if (!opt.pid) return 0;
    FILE *file = open_proc("stat");
    char *read = fgets(line, sizeof line, file);
    fclose(file);
    unsigned long user, system;
    char *p = read ? strrchr(line, ')') : NULL;
    if (!p || sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) die("cannot read /proc/%d/stat", opt.pid);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

double own_cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

void print_server(double cpu_used) {
    long rss = 0, threads = 0;
    char line[256];
    if (opt.pid) {
        FILE *file = open_proc("status");
        while (fgets(line, sizeof line, file)) {
            sscanf(line, "VmRSS: %ld", &rss);
            sscanf(line, "Threads: %ld", &threads);
        }
        fclose(file);
    }
    printf(",\"server_cpu_s\":%.2f,\"server_rss_kib\":%ld,\"server_threads\":%ld", cpu_used, rss, threads);
}
