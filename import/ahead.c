/* SPDX-License-Identifier: MIT */
#include "import/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/*
 * Some batches of rows go round: while one is being emptied the next are being filled.  A batch belongs to the
 * reader while `full` is false and to the taker while it is true; the lock guards that word and `stop`.
 */

enum { BATCHES = 4, BATCH_BYTES = 256 * 1024 };

/* A row of a batch. */
struct span {
	size_t first, count;		/* of its cells */
	int64_t number, line;
	const char **values;
	struct mapping_result result;
};

struct batch {
	bool full;
	bool last;			/* no row comes behind it: the end of the file, or an error */
	bool failed;
	struct error error;
	int64_t done;			/* bytes of the file read by then */
	char *texts;			/* of the cells, each with a NUL */
	size_t size, text_room;
	size_t *cells;			/* where in the texts each begins */
	size_t cell_count, cell_room;
	struct span *rows;
	size_t row_count, row_room;
	struct arena arena;		/* of what was made of the cells */
};

struct ahead {
	struct reader *reader;
	const struct mapping *mapping;
	struct mapping_tally tally;	/* of the thread that reads */
	pthread_t thread;
	bool threaded;			/* false: no thread could be had, each batch is read when it is asked for */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool stop;
	struct batch batches[BATCHES];
	int taken;			/* the batch that rows are taken from */
	size_t given;			/* how many of its rows */
	int64_t done;			/* bytes of the file read when it was full */
	const char *pointers[ROW_CELLS_MAX];
};

static void
add_row(struct batch *batch, const struct source_row *row)
{
	batch->rows = memory_grow(batch->rows, &batch->row_room, batch->row_count + 1, sizeof *batch->rows);
	batch->rows[batch->row_count++] = (struct span){ .first = batch->cell_count, .count = row->count,
							 .number = row->number, .line = row->line };
	batch->cells = memory_grow(batch->cells, &batch->cell_room, batch->cell_count + row->count,
				   sizeof *batch->cells);
	for (size_t i = 0; i < row->count; i++) {
		size_t size = strlen(row->cells[i]) + 1;

		batch->texts = memory_grow(batch->texts, &batch->text_room, batch->size + size, 1);
		memcpy(batch->texts + batch->size, row->cells[i], size);
		batch->cells[batch->cell_count++] = batch->size;
		batch->size += size;
	}
}

/* What the mapping makes of the row that was added last. */
static void
add_values(struct ahead *ahead, struct batch *batch, const struct source_row *row)
{
	const struct mapping *mapping = ahead->mapping;
	struct span *span = &batch->rows[batch->row_count - 1];

	span->values = arena_alloc(&batch->arena, mapping->slot_count * sizeof *span->values);
	mapping_values(mapping, row, &batch->arena, span->values, &ahead->tally, &span->result);
}

static void
fill_batch(struct ahead *ahead, struct batch *batch)
{
	const struct mapping *mapping = ahead->mapping;
	struct source_row row;
	bool more = true;

	batch->size = batch->cell_count = batch->row_count = 0;
	arena_reset(&batch->arena);
	while (!batch->last && batch->size < BATCH_BYTES) {
		batch->failed = !reader_next(ahead->reader, &row, &more, &batch->error) ||
				(more && mapping != NULL && !mapping_check_blank(mapping, &row, &batch->error));
		batch->last = batch->failed || !more;
		if (!batch->last)
			add_row(batch, &row);
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
	ahead->given = 0;
}

bool
ahead_next(struct ahead *ahead, struct ahead_row *row, bool *more, struct error *error)
{
	const struct batch *batch = &ahead->batches[ahead->taken];
	const struct span *span;

	if (ahead->given == 0)
		await_batch(ahead);
	while (ahead->given == batch->row_count && !batch->last) {
		return_batch(ahead);
		batch = &ahead->batches[ahead->taken];
		await_batch(ahead);
	}
	*more = ahead->given < batch->row_count;
	if (!*more && batch->failed)
		*error = batch->error;
	if (!*more)
		return !batch->failed;
	span = &batch->rows[ahead->given++];
	for (size_t i = 0; i < span->count; i++)
		ahead->pointers[i] = batch->texts + batch->cells[span->first + i];
	row->row = (struct source_row){ ahead->pointers, span->count, span->number, span->line };
	row->values = span->values;
	row->result = span->result;
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
		free(ahead->batches[i].texts);
		free(ahead->batches[i].cells);
		free(ahead->batches[i].rows);
		arena_free(&ahead->batches[i].arena);
	}
	pthread_mutex_destroy(&ahead->lock);
	pthread_cond_destroy(&ahead->changed);
	free(ahead);
}
