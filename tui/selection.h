/* SPDX-License-Identifier: MIT */
#ifndef TUI_SELECTION_H
#define TUI_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The records that a person chose, by id. `{ 0 }` is none; end it with selection_clear(). */
struct selection {
	int64_t *ids;		/* smallest first, none twice */
	size_t count;
	size_t room;
};

bool selection_has(const struct selection *selection, int64_t id);
/* Takes the record in when it is not there, and out when it is. */
void selection_toggle(struct selection *selection, int64_t id);
/* Takes in ids, smallest first. */
void selection_add_all(struct selection *selection, const int64_t *ids, size_t count);
void selection_clear(struct selection *selection);

#endif
