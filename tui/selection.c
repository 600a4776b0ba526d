/* SPDX-License-Identifier: MIT */
#include "tui/selection.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/* Where the id is, or where it would go. */
static size_t
place_of(const struct selection *selection, int64_t id)
{
	size_t first = 0, last = selection->count;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (selection->ids[middle] < id)
			first = middle + 1;
		else
			last = middle;
	}
	return first;
}

bool
selection_has(const struct selection *selection, int64_t id)
{
	size_t at = place_of(selection, id);

	return at < selection->count && selection->ids[at] == id;
}

void
selection_toggle(struct selection *selection, int64_t id)
{
	size_t at = place_of(selection, id), behind = selection->count - at;

	if (behind > 0 && selection->ids[at] == id) {
		memmove(selection->ids + at, selection->ids + at + 1, (behind - 1) * sizeof id);
		selection->count--;
		return;
	}
	selection->ids = memory_grow(selection->ids, &selection->room, selection->count + 1,
				     sizeof id);
	memmove(selection->ids + at + 1, selection->ids + at, behind * sizeof id);
	selection->ids[at] = id;
	selection->count++;
}

void
selection_add_all(struct selection *selection, const int64_t *ids, size_t count)
{
	struct selection both = { 0 };
	size_t a = 0, b = 0;

	both.ids = memory_grow(NULL, &both.room, selection->count + count + 1, sizeof *ids);
	while (a < selection->count || b < count) {
		bool from_a = b == count || (a < selection->count && selection->ids[a] <= ids[b]);
		int64_t id = from_a ? selection->ids[a++] : ids[b++];

		if (both.count == 0 || both.ids[both.count - 1] != id)
			both.ids[both.count++] = id;
	}
	selection_clear(selection);
	*selection = both;
}

void
selection_clear(struct selection *selection)
{
	free(selection->ids);
	*selection = (struct selection){ 0 };
}
