/* SPDX-License-Identifier: MIT */
#ifndef DB_AGREE_H
#define DB_AGREE_H

#include "core/entity.h"
#include "db/store.h"

/*
 * Finding the records that agree with a row in some of their fields, when a file is matched by
 * other fields than the key.  What is blank, here or there, agrees with nothing.
 */
struct agree;

enum { AGREE_NAMED = 5 };	/* of several records, how many are told apart from "more" */

/*
 * The fields by position; at least `least` of them must agree.  A field that has no index gets one,
 * in the transaction that is open, until agree_close(), which must come before the commit.
 */
struct agree *agree_open(struct store *store, enum entity_kind kind, const int *fields, int count,
			 int least, struct error *error);

/*
 * values and references by position of the field, NULL and 0 for blank. Up to AGREE_NAMED + 1 ids,
 * the lowest first.
 */
bool agree_find(struct agree *agree, const char *const *values, const int64_t *references,
		int64_t ids[AGREE_NAMED + 1], int *count, struct error *error);

/* NULL is passed over. */
bool agree_close(struct agree *agree, struct error *error);

#endif
