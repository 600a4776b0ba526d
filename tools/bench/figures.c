/* SPDX-License-Identifier: MIT */
/*
 * figures REGISTER times what stands on Today and among the figures and findings, inside the program: from opening the
 * register to the last number, and after an edit of one device, which is taken back again.  The register is changed:
 * give it a copy.
 */
#include <stdio.h>
#include <stdlib.h>

#include "commands/figures.h"
#include "commands/record.h"
#include "core/rule.h"
#include "db/history.h"
#include "db/record.h"
#include "tools/bench/sample.h"

enum { OPENINGS = 10, EDITS = 50 };

struct bench {
	struct session session;
	struct arena arena;
	struct error error;
};

static void
must(struct bench *bench, bool done)
{
	if (done)
		return;
	fprintf(stderr, "figures: %s\n", bench->error.message);
	exit(EXIT_FAILURE);
}

static double
milliseconds_since(double began)
{
	return (sample_clock() - began) * 1000;
}

/* Counts all figures that stand in those places; 0 for every figure. */
static double
time_figures(struct bench *bench, unsigned places)
{
	double began = sample_clock();
	int64_t value;

	for each_figure(figure)
		if (places == 0 || (figure->places & places) != 0)
			must(bench, figure_value(&bench->session, figure, &value, &bench->error));
	return milliseconds_since(began);
}

static double
time_findings(struct bench *bench)
{
	double began = sample_clock();
	struct arena arena = { 0 };
	int64_t value;

	for each_rule(rule) {
		struct figure figure;

		if (rule->filter == NULL)
			continue;
		figure = rule_figure(rule, &arena);
		must(bench, figure_value(&bench->session, &figure, &value, &bench->error));
	}
	arena_free(&arena);
	return milliseconds_since(began);
}

static void
print_sample(const char *name, struct sample *sample)
{
	printf("  %-40s p50 %7.2f   p99 %7.2f   most %7.2f ms   of %zu\n", name, sample_percentile(sample, 50),
	       sample_percentile(sample, 99), sample_percentile(sample, 100), sample->count);
}

static void
time_openings(struct bench *bench)
{
	static struct sample today, all, findings;

	/* Another version of the program works its sums out anew, once. */
	must(bench, session_open(&bench->session, STORE_WRITE, &bench->error));
	session_close(&bench->session);
	for (int i = 0; i < OPENINGS; i++) {
		double began = sample_clock(), opened;

		must(bench, session_open(&bench->session, STORE_WRITE, &bench->error));
		opened = milliseconds_since(began);
		sample_add(&today, opened + time_figures(bench, FIGURE_TODAY));
		sample_add(&all, time_figures(bench, 0));
		sample_add(&findings, time_findings(bench));
		session_close(&bench->session);
	}
	print_sample("open, and all of Today", &today);
	print_sample("all figures", &all);
	print_sample("all counts of findings", &findings);
}

/* Each figure and rule that takes longer than a refresh may. */
static void
print_slow(struct bench *bench)
{
	enum { SLOW_MS = 2 };
	struct arena arena = { 0 };
	int64_t value;

	for each_figure(figure) {
		double began = sample_clock();

		must(bench, figure_value(&bench->session, figure, &value, &bench->error));
		if (milliseconds_since(began) > SLOW_MS)
			printf("  slow: %-34s %7.2f ms\n", figure->id, milliseconds_since(began));
	}
	for each_rule(rule) {
		struct figure figure = rule_figure(rule, &arena);
		double began = sample_clock();

		must(bench, rule->filter == NULL || figure_value(&bench->session, &figure, &value, &bench->error));
		if (milliseconds_since(began) > SLOW_MS)
			printf("  slow: %-34s %7.2f ms\n", rule->id, milliseconds_since(began));
	}
	arena_free(&arena);
}

/* Removes a device, or says again that it is there. */
static double
edit_device(struct bench *bench, int64_t id, const char *assignment)
{
	struct record_id record = { ENTITY_DEVICE, id };
	struct entry entry = session_entry(&bench->session, ENTRY_KIND_COMMAND, "bench", NULL);
	struct record *before = store_read(bench->session.store, record, bench->session.today, &bench->arena,
					   &bench->error);
	struct record *now;
	double began;

	must(bench, before != NULL);
	now = record_copy(&bench->arena, before);
	must(bench, record_assign(now, assignment, &bench->arena, &bench->error));
	must(bench, store_entry_begin(bench->session.store, &entry, &bench->error));
	must(bench, store_update(bench->session.store, before, now, NULL, &bench->error));
	began = sample_clock();
	must(bench, store_entry_commit(bench->session.store, &bench->error));
	return milliseconds_since(began);
}

static void
time_edits(struct bench *bench)
{
	static struct sample commits, refreshes;

	must(bench, session_open(&bench->session, STORE_WRITE, &bench->error));
	time_figures(bench, FIGURE_TODAY);
	for (int i = 0; i < EDITS; i++) {
		sample_add(&commits,
			   edit_device(bench, 1 + i * 1000, i % 2 == 0 ? "verified_on=2026-01-01" : "verified_on="));
		sample_add(&refreshes, time_figures(bench, FIGURE_TODAY));
	}
	print_sample("commit of an edit, sums with it", &commits);
	print_sample("all of Today after it", &refreshes);
	print_slow(bench);
	session_close(&bench->session);
}

int
main(int argc, char **argv)
{
	struct bench bench = { 0 };

	if (argc != 2) {
		fputs("usage: figures REGISTER\n", stderr);
		return 2;
	}
	must(&bench, session_init(&bench.session, argv[1], &bench.arena, &bench.error));
	must(&bench, session_name_laptop(&bench.session, &bench.arena, &bench.error));
	time_openings(&bench);
	time_edits(&bench);
	arena_free(&bench.arena);
	return EXIT_SUCCESS;
}
