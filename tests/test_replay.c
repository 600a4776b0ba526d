/* SPDX-License-Identifier: MIT */
/* A match of all devices anew when it changes most of them: what is written, and that it can be stopped. */
#include "tests/support.h"

#include <string.h>

#include "commands/match.h"
#include "tests/csv_file.h"
#include "tests/makers.h"

/*
 * Enough for the index over makers to be taken out of the way; ids that nobody has any more; and one device in so many
 * is compared.
 */
enum { DEVICES = 6500, GONE = 5000, COMPARED = 20 };

/*
 * Which evidence a device shows goes by its number: a label, a label and a MAC address that disagree, a maker that the
 * file names.
 */
static void
append_device(struct text *rows, int number)
{
	static const char *const evidence[] = {
		"Acme,,,", "Lorax,,,", "Acme,,3C:EF:8C:01:02:03,", "Lorax,DS-2CD2042,,", "Acme,,,Axis", "Axis,,,",
		"Acme,AC-100,44:19:B6:01:02:03,",
	};

	text_format(rows, "C%05d,HQ,%s\n", number, evidence[(size_t)number % (sizeof evidence / sizeof evidence[0])]);
}

static void
import_devices(struct support *test, int first, int count)
{
	const char *path = support_path(test, "devices.csv");
	struct text rows = { 0 };

	text_append(&rows, "tag,site,make,model,mac,manufacturer\n");
	for (int i = 0; i < count; i++)
		append_device(&rows, first + i);
	write_file(path, rows.bytes, rows.length);
	text_free(&rows);
	support_must(test, support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", path), "as=devices",
				       NULL));
}

/* Names come to be known that most devices have on their labels. */
static void
lay_out_many(struct support *test)
{
	lay_out(test);
	import_devices(test, 0, 3);
	import_devices(test, 3, GONE);
	support_must(test, support_run(test, "undo", NULL, NULL));
	import_devices(test, 3, DEVICES - 3);
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=Acme", "manufacturer=Hikvision");
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=Lorax", "manufacturer=Honeywell");
}

/* Of those that are compared: the devices, but for the entry that wrote them, and what the newest entry changed. */
static const char *
what_is_written(struct support *test)
{
	static const char devices[] = "SELECT id, hex(uuid), created_entry, tag, make, model, mac, manufacturer_id, "
				      "rival_id, evidence FROM device WHERE substr(tag, 2) %% %d = 0 ORDER BY id";
	static const char changes[] = "SELECT entity, record_id, record, field, old, new FROM change WHERE entry_id = "
				      "(SELECT max(id) FROM entry) AND entity = 'device' AND substr(record, 2) %% %d "
				      "= 0 ORDER BY id";

	return arena_format(&test->arena, "%s%s",
			    support_rows(test, arena_format(&test->arena, devices, COMPARED)),
			    support_rows(test, arena_format(&test->arena, changes, COMPARED)));
}

/* As whoever saves the device would, one after the other. */
static void
match_one(struct support *test, int number)
{
	struct record_id id;
	struct record *before, *now;

	support_must(test, store_lookup(test->session.store, ENTITY_DEVICE, arena_format(&test->arena, "C%05d", number),
					&id, &test->error));
	before = store_read(test->session.store, id, test->session.today, &test->arena, &test->error);
	support_must(test, before != NULL);
	now = record_copy(&test->arena, before);
	before->values[DEVICE_make] = "another";
	support_must(test, match_record(&test->session, before, now, &test->arena, &test->error));
	before->values[DEVICE_make] = now->values[DEVICE_make];
	support_must(test, store_update(test->session.store, before, now, NULL, &test->error));
}

static void
what_changes_most_devices_writes_what_saving_each_would(void **state)
{
	struct support *test = *state;
	const char *written, *before;

	lay_out_many(test);
	before = support_snapshot(test);
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_in_range(support_number(test, "SELECT count(DISTINCT record_id) FROM change"), DEVICES / 2, DEVICES);
	written = what_is_written(test);
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
	support_begin(test, "One by one");
	for (int i = 0; i < DEVICES; i += COMPARED)
		match_one(test, i);
	support_commit(test);
	assert_string_equal(what_is_written(test), written);
	support_must(test, store_check(test->session.store, &test->error));
}

/* Stops the work of that name once it has done something. */
struct stop {
	const char *what;
	bool asked;
};

static bool
stop_within(void *context, const char *what, int64_t done, int64_t total)
{
	struct stop *stop = context;

	(void)total;
	stop->asked = stop->asked || (what != NULL && strcmp(what, stop->what) == 0 &&
				      (done > 0 || strcmp(what, "Building indexes") == 0));
	return !stop->asked;
}

static void
a_match_that_is_stopped_half_way_has_changed_nothing(void **state)
{
	static const char *const works[] = { "Matching devices", "Building indexes" };
	static const char schema_of[] = "SELECT name, sql FROM sqlite_schema ORDER BY name";
	struct support *test = *state;
	const char *before, *schema;

	lay_out_many(test);
	before = support_snapshot(test);
	schema = support_rows(test, schema_of);
	for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
		struct stop stop = { .what = works[i] };
		struct progress progress = { .step = stop_within, .context = &stop };

		store_set_progress(test->session.store, &progress);
		assert_false(support_run(test, "manufacturer match", NULL, NULL));
		store_set_progress(test->session.store, NULL);
		assert_true(stop.asked);
		assert_int_equal(test->error.kind, ERROR_CANCELLED);
		assert_string_equal(support_snapshot(test), before);
		assert_string_equal(support_rows(test, schema_of), schema);
		assert_int_equal(support_number(test, "SELECT count(*) FROM change"), 0);
	}
	/* The check leaves the connection a table of its own, beside which SQLite sorts in memory. */
	support_must(test, store_check(test->session.store, &test->error));
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_string_equal(support_rows(test, schema_of), schema);
}

/* In a register that somebody has tampered with. */
static void
a_maker_of_an_id_below_all_is_nobodys(void **state)
{
	struct support *test = *state;

	lay_out(test);
	import_devices(test, 0, 3);
	support_sql(test->path, "UPDATE manufacturer SET id = -5 WHERE name = 'Dahua'");
	support_reopen(test);
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_changes_most_devices_writes_what_saving_each_would),
		register_test(a_match_that_is_stopped_half_way_has_changed_nothing),
		register_test(a_maker_of_an_id_below_all_is_nobodys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
