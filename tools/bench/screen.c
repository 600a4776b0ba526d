/* SPDX-License-Identifier: MIT */
/*
 * screen TERRIER REGISTER TAG times the screens of a register through a pseudo-terminal of 160 x 50, as a person's
 * terminal would: from exec to the first row of Devices (TAG is how the devices' tags begin), and from a key to the
 * last byte of the frame that it causes.  A frame is finished when nothing more comes for QUIET_MS; that wait
 * is no part of the figure.  It prints the median, the 99th percentile and the most of each.
 */
#define _GNU_SOURCE		/* forkpty(), wait4(), memmem() */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/bench/sample.h"

enum {
	ROWS = 50, COLUMNS = 160, STARTS = 25, QUIET_MS = 15, PATIENCE_MS = 5000, SILENT_MAX = 3,
	TAIL_SIZE = 256, READ_SIZE = 1 << 16,
};

/* How terminfo's xterm-256color spells the keys once a program has switched the keypad on. */
#define PAGE_DOWN "\x1b[6~"
#define PAGE_UP "\x1b[5~"
#define DOWN "\x1bOB"
#define HOME "\x1bOH"
#define END "\x1bOF"
#define DEVICES_TAB "3"
#define REVERSE "S"
#define QUIT "q"

struct terminal {
	pid_t program;
	int side;			/* our side of the pseudo-terminal */
	char seen[TAIL_SIZE + READ_SIZE + 1]; /* what came, the end of what came before in front */
	size_t size;
};

static void
fail(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void
start_program(struct terminal *terminal, const char *program, const char *file)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };

	*terminal = (struct terminal){ 0 };
	terminal->program = forkpty(&terminal->side, NULL, NULL, &size);
	if (terminal->program < 0)
		fail("screen: forkpty");
	if (terminal->program > 0)
		return;
	setenv("TERM", "xterm-256color", 1);
	execl(program, program, "-r", file, (char *)NULL);
	_exit(127);
}

static void
press(struct terminal *terminal, const char *keys)
{
	if (write(terminal->side, keys, strlen(keys)) != (ssize_t)strlen(keys))
		fail("screen: write");
}

/* Reads what comes within so many milliseconds; false when nothing does. */
static bool
read_some(struct terminal *terminal, int milliseconds)
{
	struct pollfd wanted = { .fd = terminal->side, .events = POLLIN };
	size_t kept = terminal->size < TAIL_SIZE ? terminal->size : TAIL_SIZE;
	ssize_t got;

	if (poll(&wanted, 1, milliseconds) <= 0)
		return false;
	memmove(terminal->seen, terminal->seen + terminal->size - kept, kept);
	got = read(terminal->side, terminal->seen + kept, READ_SIZE);
	terminal->size = kept + (got > 0 ? (size_t)got : 0);
	terminal->seen[terminal->size] = '\0';
	return got > 0;
}

/* Reads until nothing comes for a while; returns when the last byte came, 0 when none did. */
static double
finish_frame(struct terminal *terminal)
{
	double last = 0;
	int patience = PATIENCE_MS;

	while (read_some(terminal, patience)) {
		last = sample_clock();
		patience = QUIET_MS;
	}
	return last;
}

static bool
wait_for(struct terminal *terminal, const char *words)
{
	while (read_some(terminal, PATIENCE_MS))
		if (memmem(terminal->seen, terminal->size, words, strlen(words)) != NULL)
			return true;
	return false;
}

/* Ends the program; returns its peak memory in megabytes. */
static double
stop_program(struct terminal *terminal)
{
	struct rusage usage;
	int status;

	press(terminal, QUIT);
	while (read_some(terminal, PATIENCE_MS))
		continue;
	kill(terminal->program, SIGKILL);
	if (wait4(terminal->program, &status, 0, &usage) != terminal->program)
		fail("screen: wait4");
	close(terminal->side);
	return (double)usage.ru_maxrss / 1024;
}

static void
print_sample(const char *name, struct sample *sample)
{
	printf("  %-34s p50 %7.2f   p99 %7.2f   most %7.2f ms   of %zu\n", name, sample_percentile(sample, 50),
	       sample_percentile(sample, 99), sample_percentile(sample, 100), sample->count);
}

/* The key of the Devices tab is typed ahead, so that Today is not what is timed. */
static void
time_starts(const char *program, const char *file, const char *tag)
{
	static struct terminal terminal;
	static struct sample starts, memory;

	for (int i = 0; i < STARTS; i++) {
		double began = sample_clock();

		start_program(&terminal, program, file);
		press(&terminal, DEVICES_TAB);
		if (!wait_for(&terminal, tag)) {
			fprintf(stderr, "screen: no row of Devices came within %d ms\n", PATIENCE_MS);
			exit(EXIT_FAILURE);
		}
		sample_add(&starts, (sample_clock() - began) * 1000);
		finish_frame(&terminal);
		sample_add(&memory, stop_program(&terminal));
	}
	print_sample("first rows of Devices after exec", &starts);
	printf("  %-34s %.1f MB\n", "peak memory", sample_percentile(&memory, 100));
}

/* Presses each of the keys in turn, so many times in all; a list that is too short for that ends it. */
static void
time_keys(struct terminal *terminal, const char *name, const char *const keys[2], int times)
{
	struct sample frames = { .count = 0 };
	int silent = 0;

	for (int i = 0; i < times && silent < SILENT_MAX; i++) {
		double began = sample_clock(), finished;

		press(terminal, keys[i % 2]);
		finished = finish_frame(terminal);
		if (finished > 0)
			sample_add(&frames, (finished - began) * 1000);
		else
			silent++;
	}
	print_sample(name, &frames);
	if (silent > 0)
		printf("  %-34s stopped: %d keys drew nothing (at the end of the list?)\n", "", silent);
}

int
main(int argc, char **argv)
{
	static struct terminal terminal;

	if (argc != 4) {
		fputs("usage: screen TERRIER REGISTER TAG\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	time_starts(argv[1], argv[2], argv[3]);
	start_program(&terminal, argv[1], argv[2]);
	press(&terminal, DEVICES_TAB);
	wait_for(&terminal, argv[3]);
	finish_frame(&terminal);
	time_keys(&terminal, "page down", (const char *const[]){ PAGE_DOWN, PAGE_DOWN }, 600);
	time_keys(&terminal, "page up", (const char *const[]){ PAGE_UP, PAGE_UP }, 300);
	time_keys(&terminal, "line down", (const char *const[]){ DOWN, DOWN }, 300);
	time_keys(&terminal, "end, home", (const char *const[]){ END, HOME }, 400);
	time_keys(&terminal, "end, page up", (const char *const[]){ END, PAGE_UP }, 200);
	time_keys(&terminal, "indexed sort, turned round", (const char *const[]){ REVERSE, REVERSE }, 200);
	printf("  %-34s %.1f MB\n", "peak memory after 2,000 keys", stop_program(&terminal));
	return EXIT_SUCCESS;
}
