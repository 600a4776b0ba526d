/* SPDX-License-Identifier: MIT */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

/* A few rows of every kind of cell, for the tests of what is written. */

#include "export/format.h"

static const struct field fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	{ "code",  "Code",  FIELD_CODE,    0, 10, NULL, ENTITY_NONE, "", "" },
	{ "notes", "Notes", FIELD_NOTE,    0, 20, NULL, ENTITY_NONE, "", "" },
	{ "count", "Count", FIELD_INTEGER, 0, 6,  NULL, ENTITY_NONE, "", "" },
	{ "due",   "Due",   FIELD_PARTIAL_DATE, 0, 10, NULL, ENTITY_NONE, "", "" },
	{ 0 }
};
enum { FIELDS = 4 };

static const struct field *const columns[FIELDS] = { &fields[0], &fields[1], &fields[2], &fields[3] };

static const char *const rows[][FIELDS] = {
	{ "00123", "plain", "5", "2024-02-29" },
	{ "=1+1", "two\nlines, \"quoted\"", "-12", "2024" },
	{ "'=x", NULL, NULL, NULL },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static inline struct document
make_document(int64_t count)
{
	return (struct document){
		.title = "Sites", .marking = "OFFICIAL-SENSITIVE", .filter = "york", .as_at = { 2026, 11, 21 },
		.created = 1795255200, .count = count, .fields = columns, .field_count = FIELDS,
	};
}

#endif
