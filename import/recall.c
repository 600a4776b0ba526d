/* SPDX-License-Identifier: MIT */
#include "import/recall.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "core/memory.h"
#include "import/rows.h"

struct recall {
	const char *path;
	const struct reader_options *options;
	const int64_t *wanted;
	size_t count;
	struct rows rows;		/* those that were found, in order; one that is missing ends it */
	pthread_t thread;
	bool threaded;			/* false: no thread could be had, or it has ended */
	bool done;			/* read, whatever came of it */
	bool failed;
	struct error error;
};

static void *
read_wanted(void *context)
{
	struct recall *recall = context;
	struct reader *reader = reader_open(recall->path, recall->options, &recall->error);
	struct source_row row;
	bool more = true;

	recall->failed = reader == NULL;
	while (!recall->failed && more && recall->rows.count < recall->count) {
		recall->failed = !reader_next(reader, &row, &more, &recall->error);
		if (!recall->failed && more && row.number == recall->wanted[recall->rows.count])
			rows_add_row(&recall->rows, &row);
	}
	reader_close(reader);
	return NULL;
}

struct recall *
recall_open(const char *path, const struct reader_options *options, const int64_t *rows, size_t count)
{
	struct recall *recall = memory_alloc(sizeof *recall);
	sigset_t all, before;

	recall->path = path;
	recall->options = options;
	recall->wanted = rows;
	recall->count = count;
	/* Signals are for the thread that has the terminal. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	recall->threaded = pthread_create(&recall->thread, NULL, read_wanted, recall) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return recall;
}

bool
recall_wait(struct recall *recall, struct error *error)
{
	if (recall->threaded)
		pthread_join(recall->thread, NULL);
	else if (!recall->done)
		read_wanted(recall);
	recall->threaded = false;
	recall->done = true;
	if (recall->failed)
		*error = recall->error;
	return !recall->failed;
}

bool
recall_row(struct recall *recall, size_t position, struct source_row *row)
{
	if (position >= recall->rows.count)
		return false;
	rows_at(&recall->rows, position, row);
	return true;
}

void
recall_close(struct recall *recall)
{
	struct error ignored;

	if (recall == NULL)
		return;
	recall_wait(recall, &ignored);
	rows_free(&recall->rows);
	free(recall);
}
