/* What can be chosen on the command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

struct options {
    const char *host, *path, *label, *join, *protocol, *mode;
    int port, clients, stalled, window, size, content, group, groups, bind, sources, pause, leavers, at_once, fence, histogram, pid, most, seed, plain;
    double rate, warmup, seconds, drain, median, sigma; /* rate: 0 where messages follow one another instead */
};

extern struct options opt;

/* Takes the options and checks them; ends with 2 and a sentence where one is wrong. Sets the protocol and the scenario. */
void parse(int argc, char **argv);

#endif
