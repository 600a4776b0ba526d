/* SPDX-License-Identifier: MIT */
#ifndef TESTS_IMPORT_ESTATE_H
#define TESTS_IMPORT_ESTATE_H

/* A new register in a folder of its own, and files to import into it. Include it behind cmocka.h. */

#include <dirent.h>
#include <unistd.h>

#include "commands/import.h"
#include "core/filter.h"
#include "db/history.h"
#include "db/query.h"
#include "db/record.h"
#include "tests/csv_file.h"

struct estate {
	struct session session;
	struct arena arena;
	char folder[64];
	char file[96];			/* the file that is imported */
	char refusals[96];
	struct import_options options;	/* for the next import; cleared by it */
	struct import_summary summary;	/* of the last import */
	struct error error;
};

static inline void
estate_open(struct estate *estate)
{
	*estate = (struct estate){ .folder = "/tmp/terrier-import-XXXXXX" };
	assert_non_null(mkdtemp(estate->folder));
	snprintf(estate->file, sizeof estate->file, "%s/rows.csv", estate->folder);
	snprintf(estate->refusals, sizeof estate->refusals, "%s/refused.csv", estate->folder);
	estate->session = (struct session){
		.path = arena_format(&estate->arena, "%s/estate.terrier", estate->folder),
		.now = 1795262400, .today = date_from_instant(1795262400), .who = "Ann", .marking = "OFFICIAL",
		.laptop = "6d1f0a52-5e6f-4c7e-9f3e-0a1b2c3d4e5f",
	};
	if (!session_open(&estate->session, STORE_CREATE, &estate->error))
		fail_msg("%s", estate->error.message);
}

/* The copies that large imports keep. */
static inline void
estate_remove_copies(struct estate *estate)
{
	const char *folder = arena_format(&estate->arena, "%s/estate.copies", estate->folder);
	DIR *copies = opendir(folder);
	const struct dirent *file;

	while (copies != NULL && (file = readdir(copies)) != NULL)
		unlink(arena_format(&estate->arena, "%s/%s", folder, file->d_name));
	if (copies != NULL)
		closedir(copies);
	rmdir(folder);
}

static inline void
estate_close(struct estate *estate)
{
	import_summary_free(&estate->summary);
	session_close(&estate->session);
	estate_remove_copies(estate);
	unlink(estate->session.path);
	unlink(estate->file);
	unlink(estate->refusals);
	assert_int_equal(rmdir(estate->folder), 0);
	arena_free(&estate->arena);
}

/* Imports the file of that path with estate->options. */
static inline bool
estate_import_file(struct estate *estate, enum entity_kind kind, const char *path)
{
	bool done;

	import_summary_free(&estate->summary);
	estate->error = (struct error){ 0 };
	estate->options.path = path;
	estate->options.entity = &entities[kind];
	done = import_run(&estate->session, &estate->options, &estate->summary, &estate->error);
	assert_int_equal(store_entry_open(estate->session.store).value, 0);
	estate->options = (struct import_options){ 0 };
	return done;
}

static inline bool
estate_import(struct estate *estate, enum entity_kind kind, const char *rows)
{
	write_file(estate->file, rows, strlen(rows));
	return estate_import_file(estate, kind, estate->file);
}

/* The same, which must go well. */
static inline void
estate_take(struct estate *estate, enum entity_kind kind, const char *rows)
{
	if (!estate_import(estate, kind, rows))
		fail_msg("%s", estate->error.message);
}

static inline void
estate_assert_counts(const struct estate *estate, int64_t new_rows, int64_t changed, int64_t same, int64_t refused,
		     int64_t absent)
{
	const struct import_summary *summary = &estate->summary;

	assert_int_equal(summary->rows, new_rows + changed + same + refused);
	assert_int_equal(summary->new_rows, new_rows);
	assert_int_equal(summary->changed, changed);
	assert_int_equal(summary->same, same);
	assert_int_equal(summary->refused, refused);
	assert_int_equal(summary->absent, absent);
}

static inline void
estate_assert_refusal(const struct estate *estate, int64_t index, int64_t row, const char *field, const char *reason)
{
	const struct import_refusal *refusal = &estate->summary.refusals[index];

	assert_true(index < estate->summary.refused);
	assert_int_equal(refusal->row, row);
	if (field == NULL)
		assert_null(refusal->field);
	else
		assert_string_equal(refusal->field, field);
	if (strstr(refusal->reason, reason) == NULL)
		fail_msg("row %lld: expected '%s', got '%s'", (long long)row, reason, refusal->reason);
}

/* The field's value in the record of that key; "" for unknown. */
static inline const char *
estate_value(struct estate *estate, enum entity_kind kind, const char *key, const char *name)
{
	struct record *record = store_find(estate->session.store, kind, key, estate->session.today, &estate->arena,
					   &estate->error);
	const struct field *field = field_find(entities[kind].fields, name);
	const char *value;

	if (record == NULL)
		fail_msg("%s", estate->error.message);
	value = record->values[field - entities[kind].fields];
	return value != NULL ? value : "";
}

static inline int64_t
estate_count(struct estate *estate, enum entity_kind kind)
{
	struct query query = { .entity = &entities[kind], .today = estate->session.today };
	int64_t count = -1;

	assert_true(query_count(estate->session.store, &query, &count, &estate->error));
	return count;
}

static inline bool
estate_has_notice(const struct estate *estate, const char *words)
{
	for (size_t i = 0; i < estate->summary.notice_count; i++)
		if (strstr(estate->summary.notices[i], words) != NULL)
			return true;
	return false;
}

/* Opens one that has two sites with a few devices. */
static inline void
estate_open_with_devices(struct estate *estate)
{
	estate_open(estate);
	estate_take(estate, ENTITY_SITE, "code\nS1\nS2\n");
	estate_take(estate, ENTITY_DEVICE,
		    "tag,site,serial,mac,place\nA,S1,100,00:00:5e:00:53:01,Hall\nB,S1,200,,Hall\nC,S2,200,,Yard\n"
		    "D,S2,,00:00:5e:00:53:02,Yard\n");
}

#endif
