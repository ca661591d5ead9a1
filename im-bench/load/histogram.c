#include "histogram.h"

#include <hdr_histogram.h>
#include <stdio.h>

enum { LEAST_NS = 1, DIGITS = 3 };
static const int64_t MOST_NS = 3600000000000;

struct histogram *new_histogram(void) {
    struct hdr_histogram *h;
    if (hdr_init(LEAST_NS, MOST_NS, DIGITS, &h)) die("no memory");
    return (struct histogram *)h;
}

static struct hdr_histogram *inner(const struct histogram *h) { return (struct hdr_histogram *)h; }

void record(struct histogram *h, uint64_t ns) { hdr_record_value(inner(h), (int64_t)ns < MOST_NS ? (int64_t)ns : MOST_NS); }

uint64_t samples(const struct histogram *h) { return (uint64_t)inner(h)->total_count; }

static double us(const struct histogram *h, double percentile) { return samples(h) ? (double)hdr_value_at_percentile(inner(h), percentile) / 1e3 : 0; }

void print_percentiles(const struct histogram *h, const char *prefix) {
    printf(",\"%sp50_us\":%.1f,\"%sp90_us\":%.1f,\"%sp99_us\":%.1f,\"%sp999_us\":%.1f,\"%smax_us\":%.1f", prefix, us(h, 50), prefix, us(h, 90), prefix, us(h, 99), prefix, us(h, 99.9), prefix,
           samples(h) ? (double)hdr_max(inner(h)) / 1e3 : 0);
}

void print_buckets(const struct histogram *h, const char *name) {
    struct hdr_iter at;
    const char *comma = "";
    printf(",\"%s\":[", name);
    hdr_iter_recorded_init(&at, inner(h));
    while (hdr_iter_next(&at)) {
        printf("%s[%.1f,%lld]", comma, (double)at.value / 1e3, (long long)at.count);
        comma = ",";
    }
    printf("]");
}
