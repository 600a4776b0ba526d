/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_FOUND_H
#define TUI_IMPORT_FOUND_H

#include "commands/import.h"

/*
 * What a rehearsed import told, kept to be looked at: so much of each outcome.  What
 * `import --changes` writes to a file is all of it.
 */
enum { PREVIEW_ROWS_MAX = 10000 };

struct import_found_list {
	struct import_detail *details;	/* texts in the arena */
	size_t count, room;
	/* How many there were: count, and those for which there was no room. */
	int64_t told;
};

/* `{ 0 }` is empty; end it with import_found_free(). */
struct import_found {
	struct arena arena;
	struct import_found_list lists[IMPORT_OUTCOME_COUNT];
};

/* Who listens for the import; `found` must not move in memory until that is over. */
struct import_listener import_found_listener(struct import_found *found);

/*
 * Takes the summary's word for what was refused: a row that was taken at first and proved wrong
 * later on is refused and nothing else.  Once, after the import; the summary's texts must last.
 */
void import_found_settle(struct import_found *found, const struct import_summary *summary);

void import_found_free(struct import_found *found);

#endif
