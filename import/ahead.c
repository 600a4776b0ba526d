/* SPDX-License-Identifier: MIT */
#include "import/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "core/memory.h"
#include "import/rows.h"

/*
 * Some batches of rows go round: while one is being emptied the next are being filled.  A batch
 * belongs to the reader while `full` is false and to the taker while it is true; the lock guards
 * that word and `stop`.
 */

enum { BATCHES = 4, BATCH_BYTES = 256 * 1024 };

/* What was made of a row of a batch. */
struct made {
	const char **values;
	struct mapping_result result;
};

struct batch {
	bool full;
	/* No row comes behind it: the end of the file, or an error. */
	bool last;
	bool failed;
	struct error error;
	int64_t done;			/* bytes of the file read by then */
	struct rows rows;
	struct made *made;		/* of each of them, with a mapping */
	size_t made_room;
	struct arena arena;		/* of what was made of the cells */
};

struct ahead {
	struct reader *reader;
	const struct mapping *mapping;
	struct mapping_tally tally;	/* of the thread that reads */
	pthread_t thread;
	/* False: no thread could be had, each batch is read when it is asked for. */
	bool threaded;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool stop;
	struct batch batches[BATCHES];
	int taken;			/* the batch that rows are taken from */
	bool waited;			/* for that batch: rows of it may be given */
	int64_t done;			/* bytes of the file read when it was full */
};

/* What the mapping makes of the row that was added last. */
static void
add_values(struct ahead *ahead, struct batch *batch, const struct source_row *row)
{
	const struct mapping *mapping = ahead->mapping;
	struct made *made;

	batch->made = memory_grow(batch->made, &batch->made_room, batch->rows.count,
				  sizeof *batch->made);
	made = &batch->made[batch->rows.count - 1];
	made->values = arena_alloc(&batch->arena, mapping->slot_count * sizeof *made->values);
	mapping_values(mapping, row, &batch->arena, made->values, &ahead->tally, &made->result);
}

static void
fill_batch(struct ahead *ahead, struct batch *batch)
{
	const struct mapping *mapping = ahead->mapping;
	struct source_row row;
	bool more = true;

	rows_drop(&batch->rows);
	arena_reset(&batch->arena);
	while (!batch->last && batch->rows.text_size < BATCH_BYTES) {
		batch->failed = !reader_next(ahead->reader, &row, &more, &batch->error) ||
				(more && mapping != NULL &&
				 !mapping_check_row(mapping, &row, &batch->error) &&
				 !error_prefix(&batch->error, "%s: ", reader_name(ahead->reader)));
		batch->last = batch->failed || !more;
		if (!batch->last)
			rows_add_row(&batch->rows, &row);
		if (!batch->last && mapping != NULL)
			add_values(ahead, batch, &row);
	}
	batch->done = reader_done(ahead->reader);
}

/* Waits until the batch is as wanted, or reading has stopped; the lock is held. */
static void
wait_until(struct ahead *ahead, const struct batch *batch, bool full)
{
	while (batch->full != full && !ahead->stop)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
}

static void *
read_ahead(void *context)
{
	struct ahead *ahead = context;
	bool last = false;

	for (int i = 0; !last; i = (i + 1) % BATCHES) {
		struct batch *batch = &ahead->batches[i];
		bool stop;

		pthread_mutex_lock(&ahead->lock);
		wait_until(ahead, batch, false);
		stop = ahead->stop;
		pthread_mutex_unlock(&ahead->lock);
		if (stop)
			return NULL;
		fill_batch(ahead, batch);
		last = batch->last;
		pthread_mutex_lock(&ahead->lock);
		batch->full = true;
		pthread_cond_signal(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
	}
	return NULL;
}

/* Signals are for the thread that has the terminal. */
static void
start_thread(struct ahead *ahead)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	ahead->threaded = pthread_create(&ahead->thread, NULL, read_ahead, ahead) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct ahead *
ahead_open(struct reader *reader, const struct mapping *mapping)
{
	struct ahead *ahead = memory_alloc(sizeof *ahead);

	ahead->reader = reader;
	ahead->mapping = mapping;
	ahead->done = reader_done(reader);
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	start_thread(ahead);
	return ahead;
}

/* Waits for the batch that is next. */
static void
await_batch(struct ahead *ahead)
{
	struct batch *batch = &ahead->batches[ahead->taken];

	if (ahead->threaded) {
		pthread_mutex_lock(&ahead->lock);
		wait_until(ahead, batch, true);
		pthread_mutex_unlock(&ahead->lock);
	} else if (!batch->full) {
		fill_batch(ahead, batch);
		batch->full = true;
	}
	ahead->done = batch->done;
	ahead->waited = true;
}

/* Gives an emptied batch back and goes on to the other. */
static void
return_batch(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->batches[ahead->taken].full = false;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	ahead->taken = (ahead->taken + 1) % BATCHES;
	ahead->waited = false;
}

bool
ahead_next(struct ahead *ahead, struct ahead_row *row, bool *more, struct error *error)
{
	struct batch *batch = &ahead->batches[ahead->taken];
	size_t index;

	if (!ahead->waited)
		await_batch(ahead);
	while (batch->rows.given == batch->rows.count && !batch->last) {
		return_batch(ahead);
		batch = &ahead->batches[ahead->taken];
		await_batch(ahead);
	}
	index = batch->rows.given;
	*more = rows_take(&batch->rows, &row->row);
	if (!*more && batch->failed)
		*error = batch->error;
	if (!*more)
		return !batch->failed;
	row->values = ahead->mapping != NULL ? batch->made[index].values : NULL;
	row->result = ahead->mapping != NULL ? batch->made[index].result
					     : (struct mapping_result){ 0 };
	return true;
}

const struct mapping_tally *
ahead_tally(const struct ahead *ahead)
{
	return ahead->mapping != NULL ? &ahead->tally : NULL;
}

int64_t
ahead_done(const struct ahead *ahead)
{
	return ahead->done;
}

void
ahead_close(struct ahead *ahead)
{
	if (ahead == NULL)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->stop = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	if (ahead->threaded)
		pthread_join(ahead->thread, NULL);
	for (int i = 0; i < BATCHES; i++) {
		rows_free(&ahead->batches[i].rows);
		free(ahead->batches[i].made);
		arena_free(&ahead->batches[i].arena);
	}
	pthread_mutex_destroy(&ahead->lock);
	pthread_cond_destroy(&ahead->changed);
	free(ahead);
}
