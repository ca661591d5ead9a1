/* What a process costs, as Linux says in /proc. */
#ifndef PROCESS_H
#define PROCESS_H

/* User and system time so far; 0 where no server is named. */
double server_cpu(void);
double own_cpu(void);

/* Prints ,"server_cpu_s":…,"server_rss_kib":…,"server_threads":… */
void print_server(double cpu_used);

#endif
