/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REFUSAL_RETURN_H
#define COMMANDS_REFUSAL_RETURN_H

#include "commands/import.h"

/*
 * Refused rows that come back.  A file of refused rows says behind each row which source and row it
 * was (mapping_ours); once such a file was imported, those of its rows that were taken are mended
 * and those that were refused again are replaced by the newer refusal: a row of a file is refused
 * once at most.
 *
 * `{ 0 }` is empty; refusal_returns_open() once the heading was mapped, refusal_returns_note() for
 * every row, refusal_returns_settle() once all rows are read, refusal_returns_free() at the end.
 */
struct refusal_return {
	int64_t source, source_row;	/* of the refusal, as the file says */
	int64_t line;			/* 0: the file does not say */
	int64_t row;			/* of the file in hand */
};

struct refusal_returns {
	const struct mapping *mapping;	/* of the file in hand */
	struct refusal_return *rows;
	size_t count, room;
};

/* The mapping must outlive the last note. */
void refusal_returns_open(struct refusal_returns *returns, const struct mapping *mapping);

/* A row of the file, taken or refused. */
void refusal_returns_note(struct refusal_returns *returns, const struct source_row *row);

/*
 * Marks the refusals in the entry that is open: mended, or replaced when the row is among
 * summary->refusals.  Those that the register does not have, of another kind of record, or no
 * longer open are passed over.  Counts into summary->mended.
 */
bool refusal_returns_settle(struct refusal_returns *returns, struct session *session,
			    struct import_summary *summary, struct error *error);

void refusal_returns_free(struct refusal_returns *returns);

#endif
