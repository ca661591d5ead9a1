/* Latencies: HdrHistogram, three significant digits, from a nanosecond to an hour. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include "base.h"

struct histogram;

struct histogram *new_histogram(void);
void record(struct histogram *h, uint64_t ns);
uint64_t samples(const struct histogram *h);

/* Prints ,"<prefix>p50_us":… p90, p99, p99.9, max; and the buckets too, where they are asked for. */
void print_percentiles(const struct histogram *h, const char *prefix);
void print_buckets(const struct histogram *h, const char *name);

#endif
