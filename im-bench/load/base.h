/* What every file needs: the clock, and how the client gives up. */
#ifndef BASE_H
#define BASE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <stdint.h>

uint64_t now_ns(void);
double now_s(void);

/* Says what is wrong and ends with 2: nothing was measured. */
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
