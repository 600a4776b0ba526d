/* SPDX-License-Identifier: MIT */
#include "tui/import_found.h"

#include <stdlib.h>

#include "core/memory.h"
#include "tui/import_words.h"

static void
tell(void *context, const struct import_detail *detail)
{
	struct import_found *found = context;
	struct import_found_list *list = &found->lists[detail->outcome];
	struct import_detail *kept;

	list->told++;
	if (list->count == PREVIEW_ROWS_MAX)
		return;
	list->details = memory_grow(list->details, &list->room, list->count + 1,
				    sizeof *list->details);
	kept = &list->details[list->count++];
	*kept = *detail;
	kept->key = arena_text(&found->arena, detail->key);
	kept->old = arena_text(&found->arena, detail->old);
	kept->new = arena_text(&found->arena, detail->new);
	kept->reason = arena_text(&found->arena, detail->reason);
	kept->entity = arena_text(&found->arena, detail->entity);
	kept->field = arena_text(&found->arena, detail->field);
}

static void
forget(void *context)
{
	struct import_found *found = context;

	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		found->lists[i].count = 0, found->lists[i].told = 0;
	arena_reset(&found->arena);
}

struct import_listener
import_found_listener(struct import_found *found)
{
	return (struct import_listener){ .context = found, .tell = tell, .forget = forget };
}

static int
by_number(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

/* The numbers of the refused rows, smallest first; free() it. */
static int64_t *
refused_rows(const struct import_summary *summary)
{
	size_t count = (size_t)summary->refused;
	int64_t *rows = memory_alloc((count + 1) * sizeof *rows);

	for (size_t i = 0; i < count; i++)
		rows[i] = summary->refusals[i].row;
	qsort(rows, count, sizeof *rows, by_number);
	return rows;
}

/* Takes out what was told of rows that were refused in the end. */
static void
take_out(struct import_found_list *list, const int64_t *refused, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->details[i].row == 0 || bsearch(&list->details[i].row, refused, count,
							 sizeof *refused, by_number) == NULL)
			list->details[kept++] = list->details[i];
	list->told -= (int64_t)(list->count - kept);
	list->count = kept;
}

/* The summary has every refused row, so the list need not be the shorter one. */
static void
take_refusals(struct import_found *found, const struct import_summary *summary)
{
	struct import_found_list *list = &found->lists[IMPORT_REFUSED];

	list->told = summary->refused;
	list->count = 0;
	for (int64_t i = 0; i < summary->refused && list->count < PREVIEW_ROWS_MAX; i++) {
		const struct import_refusal *refusal = &summary->refusals[i];

		list->details = memory_grow(list->details, &list->room, list->count + 1,
					    sizeof *list->details);
		list->details[list->count++] = (struct import_detail){
			.outcome = IMPORT_REFUSED,
			.row = refusal->row,
			.line = refusal->line,
			.key = refusal_cause_name(refusal->cause),
			.field = refusal->field,
			.new = refusal->cells,
			.reason = import_words(&found->arena, refusal->reason, PLACE_LOOK),
		};
	}
}

void
import_found_settle(struct import_found *found, const struct import_summary *summary)
{
	int64_t *refused = refused_rows(summary);

	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		if (i != IMPORT_REFUSED && i != IMPORT_ABSENT && i != IMPORT_SKIPPED &&
		    i != IMPORT_CREATED)
			take_out(&found->lists[i], refused, (size_t)summary->refused);
	take_refusals(found, summary);
	free(refused);
}

void
import_found_free(struct import_found *found)
{
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++)
		free(found->lists[i].details);
	arena_free(&found->arena);
	*found = (struct import_found){ 0 };
}
