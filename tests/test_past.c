/* SPDX-License-Identifier: MIT */
/* The register as it was: at the end of any day it says what it said then. */
#include "tests/support.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "commands/figures.h"
#include "core/chance.h"
#include "db/past.h"

enum { DAY = 24 * 60 * 60, DAYS_MAX = 200, HISTORIES = 3, STEPS = 40, FIGURES_EVERY = 3 };

static void
go_to(struct support *test, const char *instant)
{
	assert_true(date_parse_instant(instant, &test->session.now));
	test->session.today = date_from_instant(test->session.now);
}

static struct date
day_of(const char *words)
{
	struct date day;

	assert_true(date_parse_iso(words, &day));
	return day;
}

/* Every record, but not which entry was the last to change it: what is taken back was never changed. */
static const char *
records(struct support *test)
{
	const char *all = support_snapshot(test);
	struct text kept = { 0 };
	const char *copy;

	for (const char *at; (at = strstr(all, "|entry=")) != NULL;) {
		text_append_bytes(&kept, all, (size_t)(at - all));
		all = at + strlen("|entry=") + strspn(at + strlen("|entry="), "0123456789");
	}
	text_append(&kept, all);
	copy = arena_text(&test->arena, text_words(&kept));
	text_free(&kept);
	return copy;
}

static const char *
figure_values(struct support *test)
{
	struct text values = { 0 };
	const char *copy;

	for each_figure(figure) {
		int64_t value, rows;

		support_must(test, figure_rows(&test->session, figure, &value, &rows, &test->error));
		text_format(&values, "%s=%lld/%lld\n", figure->id, (long long)value, (long long)rows);
	}
	copy = arena_text(&test->arena, text_words(&values));
	text_free(&values);
	return copy;
}

/* What is told of the register as it was on the day, by one of the two above. */
static const char *
as_at(struct support *test, struct date day, const char *(*tell)(struct support *test))
{
	struct session now = test->session;
	const char *told;

	test->session.store = store_open_past(now.store, day, &test->error);
	support_must(test, test->session.store != NULL);
	test->session.today = day;
	told = tell(test);
	support_must(test, store_check(test->session.store, &test->error));
	store_close(test->session.store);
	test->session = now;
	return told;
}

static void
assert_as_at(struct support *test, const char *day, const char *records_then)
{
	assert_string_equal(as_at(test, day_of(day), records), records_then);
}

static const char *
places(struct support *test)
{
	return arena_format(&test->arena, "%s %s", support_value(test, ENTITY_DEVICE, "C1", "place"),
			    support_value(test, ENTITY_DEVICE, "C1", "site"));
}

static void
fields_have_the_value_of_then(void **state)
{
	struct support *test = *state;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	go_to(test, "2026-03-02T09:00:00Z");
	support_set_alone(test, ENTITY_DEVICE, "C1", "place=Hall");
	go_to(test, "2026-03-02T23:59:59Z");
	support_set_alone(test, ENTITY_DEVICE, "C1", "site=S2");
	go_to(test, "2026-03-03T00:00:00Z");
	support_set_alone(test, ENTITY_DEVICE, "C1", "place=Roof");
	support_set_alone(test, ENTITY_DEVICE, "C1", "place=Yard");
	assert_string_equal(as_at(test, day_of("2026-03-01"), places), "- S1");
	assert_string_equal(as_at(test, day_of("2026-03-02"), places), "Hall S2");
	assert_string_equal(as_at(test, day_of("2026-03-03"), places), "Yard S2");
	assert_string_equal(as_at(test, day_of("2026-03-09"), places), "Yard S2");
}

static void
a_key_that_went_from_one_to_another_goes_back(void **state)
{
	struct support *test = *state;
	const char *then;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_add_alone(test, ENTITY_DEVICE, "tag=C2", "site=S1");
	then = records(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_set_alone(test, ENTITY_DEVICE, "C1", "tag=C9");
	support_set_alone(test, ENTITY_DEVICE, "C2", "tag=C1");
	support_set_alone(test, ENTITY_DEVICE, "C9", "tag=C2");
	support_add_alone(test, ENTITY_DEVICE, "tag=C9", "site=S1");
	assert_as_at(test, "2026-03-01", then);
}

/* A deadline is a site's or a device's, never both: field by field it would be neither for a moment. */
static void
fields_that_must_stand_together_go_back_together(void **state)
{
	struct support *test = *state;
	const char *then;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_begin(test, "Deadline");
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2026-04-01", NULL);
	support_commit(test);
	then = records(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_begin(test, "Of the device");
	support_set(test, ENTITY_DEADLINE, "1", "site=", "device=C1", NULL);
	support_commit(test);
	assert_as_at(test, "2026-03-01", then);
}

static void
what_an_undo_took_out_since_is_there_again(void **state)
{
	struct support *test = *state;
	const char *before, *imported, *undone;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	before = records(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_begin(test, "Imported");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "quantity=4", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", NULL);
	support_set(test, ENTITY_SITE, "S1", "town=York", NULL);
	support_commit(test);
	imported = records(test);
	go_to(test, "2026-03-03T09:00:00Z");
	support_must(test, support_run(test, "undo", NULL, NULL));
	undone = records(test);
	assert_string_equal(undone, before);
	go_to(test, "2026-03-04T09:00:00Z");
	support_must(test, support_run(test, "redo", NULL, NULL));
	go_to(test, "2026-03-05T09:00:00Z");
	support_must(test, support_run(test, "undo", NULL, "entry=2", NULL));
	support_add_alone(test, ENTITY_DEVICE, "tag=C2", "site=S1");
	assert_as_at(test, "2026-03-01", before);
	assert_as_at(test, "2026-03-02", imported);
	assert_as_at(test, "2026-03-03", undone);
	assert_as_at(test, "2026-03-04", imported);
}

static void
what_comes_back_has_its_key_again(void **state)
{
	struct support *test = *state;
	const char *then;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_add_alone(test, ENTITY_DEVICE, "tag=C2", "site=S1");
	then = records(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_must(test, support_run(test, "undo", NULL, "entry=3", NULL));
	support_set_alone(test, ENTITY_DEVICE, "C1", "tag=C2");
	assert_as_at(test, "2026-03-01", then);
}

static void
what_was_decided_then_counts(void **state)
{
	struct support *test = *state;
	const char *then;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
	support_begin(test, "Devices");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "kind=camera", "manufacturer=Dahua", NULL);
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2026-03-03", NULL);
	support_commit(test);
	then = figure_values(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_must(test,
		     support_run(test, "manufacturer cover", NULL, "manufacturer=Dahua", "basis=Law", "by=A", NULL));
	support_must(test,
		     support_run(test, "site assess", NULL, "site=S1", "limb=secret=yes", "grounds=Law", "by=A", NULL));
	go_to(test, "2026-03-09T09:00:00Z");
	assert_string_equal(as_at(test, day_of("2026-03-01"), figure_values), then);
	assert_string_not_equal(figure_values(test), then);
}

static void
a_day_before_the_register_and_a_day_to_come_are_refused(void **state)
{
	struct support *test = *state;
	const char *said;

	go_to(test, "2026-03-01T09:00:00Z");
	assert_null(store_open_past(test->session.store, day_of("2026-02-28"), &test->error));
	assert_string_equal(test->error.message,
			    "Nothing was recorded yet, so there is nothing to say of 28 February 2026.");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	assert_false(support_run(test, "figures", &said, "as-at=2026-02-28", NULL));
	assert_int_equal(test->error.kind, ERROR_NOT_FOUND);
	assert_string_equal(test->error.message, "The register began on 1 March 2026, so it has nothing to say of 28 "
						 "February 2026. Choose that day or a later one.");
	assert_false(support_run(test, "figures", &said, "as-at=2026-03-02", NULL));
	assert_int_equal(test->error.kind, ERROR_USAGE);
	assert_true(support_run(test, "figures", &said, "figure=manufacturers_decided", "as-at=2026-03-01", NULL));
	assert_string_equal(said, "");
	go_to(test, "2026-03-02T09:00:00Z");
	assert_true(support_run(test, "list", &said, "entity=sites", "as-at=2026-03-01", NULL));
	assert_string_equal(said, "1 site\nAs the register was at the end of 1 March 2026 (23:59:59 UTC).\n");
}

/* A laptop without a battery says 1970 for a day: that makes nothing older than what was recorded before. */
static void
a_clock_that_was_put_back_hides_nothing(void **state)
{
	struct support *test = *state;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	go_to(test, "2026-03-03T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	go_to(test, "2001-01-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S3", NULL);
	go_to(test, "2026-03-05T09:00:00Z");
	assert_string_equal(as_at(test, day_of("2026-03-02"), records), as_at(test, day_of("2026-03-01"), records));
	assert_string_equal(as_at(test, day_of("2026-03-03"), records), records(test));
}

static void
nothing_can_be_written_into_the_past(void **state)
{
	struct support *test = *state;
	struct store *past;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	past = store_open_past(test->session.store, day_of("2026-03-01"), &test->error);
	assert_true(store_is_read_only(past));
	assert_false(store_check_writable(past, &test->error));
	store_close(past);
}

/* Counts what lies in the register's folder each time it is asked whether to go on. */
struct witness {
	struct support *test;
	int looks, stop_at, most;
};

static bool
look(void *context, const char *what, int64_t done, int64_t total)
{
	struct witness *witness = context;
	DIR *folder = opendir(witness->test->folder);
	int files = 0;

	(void)what, (void)done, (void)total;
	while (readdir(folder) != NULL)
		files++;
	closedir(folder);
	witness->most = files > witness->most ? files : witness->most;
	return ++witness->looks != witness->stop_at;
}

/* Enough devices that indexes are dropped and built again, and that the copy has no room in memory. */
static void
import_many(struct support *test, int64_t count)
{
	const char *note = arena_format(&test->arena, "notes=%01000d", 0);

	support_begin(test, "Imported many");
	for (int64_t i = 0; i < count; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=M%lld", (long long)i), "site=S1", note,
			    NULL);
	support_commit(test);
}

static void
nothing_of_it_lies_in_the_folder(void **state)
{
	struct support *test = *state;
	struct witness witness = { .test = test };
	const struct progress progress = { .step = look, .context = &witness };
	struct store *past;
	const char *then;

	go_to(test, "2026-03-01T09:00:00Z");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	then = records(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_set_alone(test, ENTITY_DEVICE, "C1", "tag=C2");
	import_many(test, 6000);
	store_set_progress(test->session.store, &progress);
	assert_as_at(test, "2026-03-01", then);
	/* The register and the two dots. */
	assert_int_equal(witness.most, 3);
	assert_true(witness.looks > 4);
	for (int stop = 1; stop < witness.looks; stop += 1 + stop / 4) {
		witness = (struct witness){ .test = test, .stop_at = stop };
		past = store_open_past(test->session.store, day_of("2026-03-01"), &test->error);
		if (past == NULL)
			assert_int_equal(test->error.kind, ERROR_CANCELLED);
		store_close(past);
		assert_int_equal(witness.most, 3);
	}
	store_set_progress(test->session.store, NULL);
	assert_as_at(test, "2026-03-01", then);
}

/* What was noted at the end of a day. */
struct noted {
	struct date day;
	const char *records, *figures;
};

/* One random action; many are refused, and change nothing. */
static void
act(struct support *test, struct chance *chance)
{
	const char *tag = arena_format(&test->arena, "%d", (int)chance_below(chance, 8));
	const char *site = arena_format(&test->arena, "S%d", (int)chance_below(chance, 4));
	const char *field = arena_format(&test->arena, "field=%s%d",
					 (const char *[]){ "place=P", "tag=", "quantity=", "site=S", "contract=",
							   "removed_on=2026-01-0" }[chance_below(chance, 6)],
					 1 + (int)chance_below(chance, 7));
	const char *entry = arena_format(&test->arena, "entry=%d", 1 + (int)chance_below(chance, 60));

	switch (chance_below(chance, 11)) {
	case 0:
		support_run(test, "add", NULL, "entity=site", arena_format(&test->arena, "field=code=%s", site), NULL);
		break;
	case 1:
	case 2:
		support_run(test, "add", NULL, "entity=device", arena_format(&test->arena, "field=tag=%s", tag),
			    arena_format(&test->arena, "field=site=%s", site), "field=kind=camera", "field=make=Dahua",
			    NULL);
		break;
	case 3:
	case 4:
		support_run(test, "set", NULL, "entity=device", arena_format(&test->arena, "key=%s", tag), field,
			    "field=kind=camera", NULL);
		break;
	case 5:
		support_run(test, "undo", NULL, entry, chance_below(chance, 2) ? "leave-changed" : NULL, NULL);
		break;
	case 6:
		support_run(test, "undo", NULL, NULL);
		break;
	case 7:
		support_run(test, "redo", NULL, chance_below(chance, 2) ? entry : NULL, NULL);
		break;
	case 8:
		support_run(test, "site assess", NULL, arena_format(&test->arena, "site=%s", site), "limb=secret=yes",
			    "grounds=G", "by=A", NULL);
		break;
	case 9:
		support_run(test, chance_below(chance, 2) ? "manufacturer cover" : "manufacturer uncover", NULL,
			    "manufacturer=Dahua", "basis=B", "by=A", NULL);
		break;
	default:
		support_run(test, "set", NULL, "entity=setting", "key=core_networks",
			    arena_format(&test->arena, "field=value=%s",
					 chance_below(chance, 2) ? "core" : "core,departmental"),
			    "why=Asked", NULL);
	}
}

/* Several records in one entry, new and changed, as an import makes them. */
static void
import_some(struct support *test, struct chance *chance)
{
	enum { NEW = 5 };

	if (*support_find(test, ENTITY_SITE, "code=S9") == '\0')
		return;
	support_begin(test, "Imported");
	for (int i = 0; i < NEW; i++)
		support_add(test, ENTITY_DEVICE,
			    arena_format(&test->arena, "tag=I%d", (int)chance_below(chance, 1000000)), "site=S9",
			    "kind=recorder", NULL);
	support_set(test, ENTITY_SITE, "S9", arena_format(&test->arena, "town=T%d", (int)chance_below(chance, 9)),
		    NULL);
	support_commit(test);
}

static void
check_noted(struct support *test, const struct noted *noted, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t day = date_days(noted[i].day), last = i + 1 < count ? date_days(noted[i + 1].day) : day + 3;

		assert_string_equal(as_at(test, noted[i].day, records), noted[i].records);
		if (i % FIGURES_EVERY == 0)
			assert_string_equal(as_at(test, noted[i].day, figure_values), noted[i].figures);
		if (last > day + 1)
			assert_string_equal(as_at(test, date_from_days(last - 1), records), noted[i].records);
	}
}

static void
every_day_of_a_random_history_says_what_it_said(void **state)
{
	struct noted noted[DAYS_MAX];

	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct chance chance = { seed };
		struct support *test;
		size_t count = 0;

		support_open(state);
		test = *state;
		go_to(test, "2026-01-01T09:00:00Z");
		support_add_alone(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
		support_add_alone(test, ENTITY_SITE, "code=S9", NULL);
		for (int i = 0; i < STEPS; i++) {
			test->session.now += (int64_t)chance_below(&chance, 3) * DAY / 2;
			test->session.today = date_from_instant(test->session.now);
			if (chance_below(&chance, 12) == 0)
				import_some(test, &chance);
			else
				act(test, &chance);
			if (count == 0 || date_days(noted[count - 1].day) != date_days(test->session.today))
				count++;
			noted[count - 1] = (struct noted){ test->session.today, records(test), NULL };
			if ((count - 1) % FIGURES_EVERY == 0)
				noted[count - 1].figures = figure_values(test);
		}
		test->session.now += 400 * (int64_t)DAY;
		check_noted(test, noted, count);
		support_close(state);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(fields_have_the_value_of_then),
		register_test(a_key_that_went_from_one_to_another_goes_back),
		register_test(fields_that_must_stand_together_go_back_together),
		register_test(what_an_undo_took_out_since_is_there_again),
		register_test(what_comes_back_has_its_key_again),
		register_test(what_was_decided_then_counts),
		register_test(a_day_before_the_register_and_a_day_to_come_are_refused),
		register_test(a_clock_that_was_put_back_hides_nothing),
		register_test(nothing_can_be_written_into_the_past),
		register_test(nothing_of_it_lies_in_the_folder),
		cmocka_unit_test(every_day_of_a_random_history_says_what_it_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
