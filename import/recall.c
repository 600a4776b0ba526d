/* SPDX-License-Identifier: MIT */
#include "import/recall.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "core/memory.h"
#include "import/rows.h"

enum { RECALL_STEP = 1000 };	/* rows from one report to the next */

/* The lock guards all from `read` on while the thread runs. */
struct recall {
	const char *path;
	const struct reader_options *options;
	const int64_t *wanted;
	size_t count;
	/* Those that were found, in order; one that is missing ends it. */
	struct rows rows;
	pthread_t thread;
	bool threaded;			/* false: no thread could be had, or it has ended */
	bool done;			/* read, whatever came of it */
	bool failed;
	struct error error;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int64_t read, size;		/* how far it is, as of the reader */
	bool over;			/* the thread has nothing more to say */
	bool stop;
};

/* Says how far it is. False when it is to stop. */
static bool
report(struct recall *recall, const struct reader *reader, bool over)
{
	bool stop;

	pthread_mutex_lock(&recall->lock);
	recall->read = reader != NULL ? reader_done(reader) : 0;
	recall->size = reader != NULL ? reader_size(reader) : 0;
	recall->over = over;
	stop = recall->stop;
	pthread_cond_signal(&recall->changed);
	pthread_mutex_unlock(&recall->lock);
	return !stop;
}

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
		if (!recall->failed && more && row.number % RECALL_STEP == 0 &&
		    !report(recall, reader, false))
			break;
	}
	report(recall, reader, true);
	reader_close(reader);
	return NULL;
}

struct recall *
recall_open(const char *path, const struct reader_options *options, const int64_t *rows,
	    size_t count)
{
	struct recall *recall = memory_alloc(sizeof *recall);
	sigset_t all, before;

	recall->path = path;
	recall->options = options;
	recall->wanted = rows;
	recall->count = count;
	pthread_mutex_init(&recall->lock, NULL);
	pthread_cond_init(&recall->changed, NULL);
	/* Signals are for the thread that has the terminal. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	recall->threaded = pthread_create(&recall->thread, NULL, read_wanted, recall) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return recall;
}

static void
end_thread(struct recall *recall)
{
	if (recall->threaded)
		pthread_join(recall->thread, NULL);
	recall->threaded = false;
	recall->done = true;
}

/* Tells at once how far the thread is, and whenever it says so; a stopped one is over soon. */
static void
watch(struct recall *recall, const struct progress *progress)
{
	pthread_mutex_lock(&recall->lock);
	for (;;) {
		int64_t read = recall->read, size = recall->size;
		bool stop;

		pthread_mutex_unlock(&recall->lock);
		stop = !progress_step(progress, "Reading again the rows that contradict each other",
				      read, size);
		pthread_mutex_lock(&recall->lock);
		recall->stop = stop;
		if (recall->over || stop)
			break;
		pthread_cond_wait(&recall->changed, &recall->lock);
	}
	pthread_mutex_unlock(&recall->lock);
}

bool
recall_wait(struct recall *recall, const struct progress *progress, struct error *error)
{
	if (recall->threaded)
		watch(recall, progress);
	else if (!recall->done)
		read_wanted(recall);
	end_thread(recall);
	if (recall->stop)
		return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
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
	if (recall == NULL)
		return;
	pthread_mutex_lock(&recall->lock);
	recall->stop = true;
	pthread_mutex_unlock(&recall->lock);
	end_thread(recall);
	pthread_mutex_destroy(&recall->lock);
	pthread_cond_destroy(&recall->changed);
	rows_free(&recall->rows);
	free(recall);
}
