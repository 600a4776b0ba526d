/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_BENCH_SAMPLE_H
#define TOOLS_BENCH_SAMPLE_H

#include <stddef.h>
#include <stdlib.h>
#include <time.h>

/* Measured values, up to SAMPLE_MAX of them. `struct sample sample = { 0 };` is empty. */
enum { SAMPLE_MAX = 4096 };

struct sample {
	double values[SAMPLE_MAX];
	size_t count;
};

static inline void
sample_add(struct sample *sample, double value)
{
	if (sample->count < SAMPLE_MAX)
		sample->values[sample->count++] = value;
}

static inline int
sample_compare(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

/* The value that `percent` of the sample are not above (0: the least); 0 of an empty sample. Sorts it. */
static inline double
sample_percentile(struct sample *sample, int percent)
{
	size_t rank = (sample->count * (size_t)percent + 99) / 100;

	if (sample->count == 0)
		return 0;
	qsort(sample->values, sample->count, sizeof sample->values[0], sample_compare);
	return sample->values[rank > 0 ? rank - 1 : 0];
}

/* Seconds on a clock that only goes forward. */
static inline double
sample_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#endif
