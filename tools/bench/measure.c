/* SPDX-License-Identifier: MIT */
/*
 * measure TIMES NAME PREPARE COMMAND [NAME PREPARE COMMAND] runs one or two commands of the shell, in turn (A B A B),
 * so that what else the machine does falls on both alike.  For each it prints wall seconds, processor seconds (user and
 * system) and peak memory, as least, median and most; for two the ratio of the first to the second, as the median and
 * the range over the pairs.  PREPARE runs before each run and is not measured ("" for nothing).  An exit status of 3 is
 * a success: terrier's "done, but something was refused".
 */
#define _DEFAULT_SOURCE		/* wait4() */
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/bench/sample.h"

enum { STATUS_REFUSED = 3 };

struct contestant {
	const char *name;
	const char *prepare;
	const char *command;
	struct sample wall, processor, memory;	/* seconds, seconds, megabytes */
};

static double
seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* Runs a command of the shell and returns its exit status; what it used goes into *usage. */
static int
run_command(const char *command, struct rusage *usage)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, usage) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static bool
measure_once(struct contestant *contestant)
{
	struct rusage usage;
	double began;
	int status;

	if (contestant->prepare[0] != '\0' && run_command(contestant->prepare, &usage) != 0) {
		fprintf(stderr, "measure: could not prepare: %s\n", contestant->prepare);
		return false;
	}
	began = sample_clock();
	status = run_command(contestant->command, &usage);
	sample_add(&contestant->wall, sample_clock() - began);
	sample_add(&contestant->processor, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
	sample_add(&contestant->memory, (double)usage.ru_maxrss / 1024);
	if (status != 0 && status != STATUS_REFUSED)
		fprintf(stderr, "measure: exit status %d from: %s\n", status, contestant->command);
	return status == 0 || status == STATUS_REFUSED;
}

static void
print_contestant(struct contestant *contestant)
{
	printf("  %-26s wall %7.3f %7.3f %7.3f s   cpu %7.3f %7.3f %7.3f s   memory %.1f MB\n", contestant->name,
	       sample_percentile(&contestant->wall, 0), sample_percentile(&contestant->wall, 50),
	       sample_percentile(&contestant->wall, 100), sample_percentile(&contestant->processor, 0),
	       sample_percentile(&contestant->processor, 50), sample_percentile(&contestant->processor, 100),
	       sample_percentile(&contestant->memory, 100));
}

/* Must be worked out before the samples are sorted, while the pairs still stand side by side. */
static struct sample
ratios_of(const struct sample *a, const struct sample *b)
{
	struct sample ratios = { .count = 0 };

	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (b->values[i] > 0)
			sample_add(&ratios, a->values[i] / b->values[i]);
	return ratios;
}

static void
print_ratio(const char *what, struct sample *ratios)
{
	printf("  %-26s %.3f (%.3f to %.3f over %zu pairs)\n", what, sample_percentile(ratios, 50),
	       sample_percentile(ratios, 0), sample_percentile(ratios, 100), ratios->count);
}

int
main(int argc, char **argv)
{
	static struct contestant contestants[2];
	static struct sample wall, processor;
	int count = (argc - 2) / 3, times = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;

	if ((argc != 5 && argc != 8) || times < 1) {
		fputs("usage: measure TIMES NAME PREPARE COMMAND [NAME PREPARE COMMAND]\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		contestants[i].name = argv[2 + 3 * i];
		contestants[i].prepare = argv[3 + 3 * i];
		contestants[i].command = argv[4 + 3 * i];
	}
	for (int i = 0; i < times * count; i++)
		if (!measure_once(&contestants[i % count]))
			return EXIT_FAILURE;
	wall = ratios_of(&contestants[0].wall, &contestants[1].wall);
	processor = ratios_of(&contestants[0].processor, &contestants[1].processor);
	for (int i = 0; i < count; i++)
		print_contestant(&contestants[i]);
	if (count == 2) {
		print_ratio("ratio of wall time", &wall);
		print_ratio("ratio of processor time", &processor);
	}
	return EXIT_SUCCESS;
}
