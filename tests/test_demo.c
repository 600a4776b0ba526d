/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/demo.h"
#include "commands/figures.h"
#include "commands/starter.h"
#include "commands/view.h"
#include "core/rule.h"
#include "db/record.h"

/* Two demo registers of the same day, made once for all tests. */
struct demo_test {
	char folder[64];
	char paths[2][96];
	struct session sessions[2];
	struct arena arena;
};

static void
open_session(struct session *session, const char *path)
{
	struct error error = { 0 };

	*session = (struct session){ .path = path, .who = "Test", .laptop = "00000000-0000-4000-8000-000000000001",
				     .now = 1795257000 };
	session->today = date_from_instant(session->now);
	if (!session_open(session, STORE_CREATE, &error))
		fail_msg("%s", error.message);
}

static int
make_registers(void **state)
{
	struct demo_test *test = calloc(1, sizeof *test);
	struct error error = { 0 };

	snprintf(test->folder, sizeof test->folder, "/tmp/terrier-demo-XXXXXX");
	*state = test;
	if (mkdtemp(test->folder) == NULL)
		return -1;
	for (int i = 0; i < 2; i++) {
		snprintf(test->paths[i], sizeof test->paths[i], "%s/%d.terrier", test->folder, i);
		open_session(&test->sessions[i], test->paths[i]);
		if (!demo_fill(&test->sessions[i], &error))
			fail_msg("%s", error.message);
	}
	return 0;
}

static int
remove_registers(void **state)
{
	struct demo_test *test = *state;

	for (int i = 0; i < 2; i++) {
		session_close(&test->sessions[i]);
		unlink(test->paths[i]);
	}
	rmdir(test->folder);
	arena_free(&test->arena);
	free(test);
	return 0;
}

static int64_t
count_of(struct demo_test *test, const char *view, const char *filter)
{
	struct session *session = &test->sessions[0];
	struct error error = { 0 };
	struct query *query = view_query(session, view_named(view), NULL, filter, NULL, &test->arena, &error);
	int64_t count = -1;

	if (query == NULL || !query_count(session->store, query, &count, &error))
		fail_msg("%s %s: %s", view, filter, error.message);
	return count;
}

static int64_t
figure_of(struct demo_test *test, const char *id)
{
	struct error error = { 0 };
	int64_t value = -1;

	if (!figure_value(&test->sessions[0], figure_named(id), &value, &error))
		fail_msg("%s", error.message);
	return value;
}

static void
the_demo_has_its_sites_and_devices(void **state)
{
	assert_int_equal(figure_of(*state, "sites"), 400);
	assert_int_equal(count_of(*state, "devices", ""), 6000);
	assert_int_equal(count_of(*state, "organisations", ""), 12);
}

/* The last milestone of the demo is ahead, so nothing is late against it. */
static void
every_figure_has_something_to_show(void **state)
{
	for each_figure(figure)
		if ((figure_of(*state, figure->id) == 0) != (strcmp(figure->filter, rule_named("R5")->filter) == 0))
			fail_msg("%s is %d", figure->id, (int)figure_of(*state, figure->id));
}

static void
three_quarters_of_the_sensitive_sites_are_cleared(void **state)
{
	int64_t ever = figure_of(*state, "sensitive_sites_ever_in_scope");
	int64_t percent = figure_of(*state, "sensitive_sites_cleared") * 100 / ever;

	assert_in_range(percent, 70, 80);
}

static void
deadlines_are_missed_and_near_and_moved(void **state)
{
	assert_in_range(count_of(*state, "deadlines", "state:overdue"), 5, 60);
	assert_in_range(count_of(*state, "deadlines", "state:\"due soon\""), 3, 60);
	assert_true(count_of(*state, "deadlines", "state=met") > 20);
	assert_true(count_of(*state, "history", "what:extended") > 5);
	assert_true(count_of(*state, "deadlines", "slipped>0") > 5);
	assert_true(count_of(*state, "deadlines", "state:overdue lapsed:yes") > 0);
	assert_true(count_of(*state, "extensions", "state:holds") > 0);
	assert_int_equal(count_of(*state, "deadlines", "-body:"), 1);
	assert_int_equal(count_of(*state, "extensions", "expires_on:"), 0);
}

static void
devices_name_contracts_of_their_own_organisation(void **state)
{
	static const struct {
		int number;
		const char *organisation;
	} contracts[] = {
#define NONE 0
#define CONTRACT(number, name, kind, organisation, ...) { number, organisation },
#include "commands/demo_contracts.def"
#undef CONTRACT
#undef NONE
	};

	for (size_t i = 0; i < sizeof contracts / sizeof contracts[0]; i++) {
		char mine[64], others[64];

		snprintf(mine, sizeof mine, "contract=M-%d organisation=%s", 100 + contracts[i].number,
			 contracts[i].organisation);
		snprintf(others, sizeof others, "contract=M-%d -organisation=%s", 100 + contracts[i].number,
			 contracts[i].organisation);
		assert_true(count_of(*state, "devices", mine) > 0);
		assert_int_equal(count_of(*state, "devices", others), 0);
	}
}

static void
every_rule_finds_something_but_the_last_milestone(void **state)
{
	struct demo_test *test = *state;

	for each_rule(rule) {
		struct figure figure = rule_figure(rule, &test->arena);
		struct error error = { 0 };
		int64_t value = 0;

		if (rule->filter == NULL)
			continue;
		if (!figure_value(&test->sessions[0], &figure, &value, &error))
			fail_msg("%s", error.message);
		if ((value == 0) != (strcmp(rule->id, "R5") == 0))
			fail_msg("%s finds %d", rule->id, (int)value);
	}
}

static void
contracts_answers_and_decisions_are_of_every_sort(void **state)
{
	static const char *const found[][2] = {
		{ "list_versions", "gained>0" }, { "list_versions", "gained=0" },
		{ "contracts", "one_company:covered" }, { "contracts", "one_company:yes" },
		{ "contracts", "one_company:unknown" }, { "contracts", "renews_past:yes notice_on<0d" },
		{ "contracts", "renews_past:yes notice_on>=0d" }, { "contracts", "renews_past:yes notice_on:" },
		{ "contracts", "-notice_given_on:" }, { "devices", "contract_from:site" }, { "answers", "state:holds" },
		{ "answers", "state:lapsed" }, { "milestones", "state:met" }, { "milestones", "state:ahead" },
		{ "sites", "extend:yes" }, { "sites", "extend:no" },
		{ "sites", "extend:undecided in_scope_left>0 sensitive:no" },
		{ "sites", "-inherited_from: sensitive:yes" }, { "assessments", "newest:no" },
		{ "devices", "evidence:several" }, { "devices", "evidence:disagree" }, { "makes", "name:vista" },
		{ "devices", "-delivery_on:" },
		{ "devices", "-removed_who: -removed_evidence: -verified_who: -disposed_evidence:" },
	};

	for (size_t i = 0; i < sizeof found / sizeof found[0]; i++)
		if (count_of(*state, found[i][0], found[i][1]) == 0)
			fail_msg("no %s %s", found[i][0], found[i][1]);
}

/* Three people, two deadlines and an extension, from the import to the certificate of its disposal. */
static void
one_device_has_a_long_history(void **state)
{
	struct demo_test *test = *state;
	struct session *session = &test->sessions[0];
	struct error error = { 0 };
	struct query *query = view_query(session, view_named("changes"), "record,entry",
					 "field:remote_access entity:device", NULL, &test->arena, &error);
	struct cursor *cursor = query != NULL ? query_open(session->store, query, &error) : NULL;
	const char *tag = NULL;
	struct row row;
	bool more = false;

	if (cursor != NULL && cursor_next(cursor, &row, &more, &error) && more)
		tag = arena_text(&test->arena, row.values[0]);
	cursor_close(cursor);
	assert_non_null(tag);
	assert_true(count_of(test, "changes", arena_format(&test->arena, "record:%s", tag)) > 20);
	assert_int_equal(count_of(test, "deadlines", arena_format(&test->arena, "device:%s extensions:1", tag)), 1);
	assert_int_equal(count_of(test, "devices",
				  arena_format(&test->arena,
					       "tag:%s -isolated_on: -removed_on: -verified_on: -disposed_on:", tag)),
			 1);
}

static void
the_history_is_two_years_of_work(void **state)
{
	assert_in_range(count_of(*state, "history", ""), 60, 200);
	assert_int_equal(count_of(*state, "history", "kind=undo"), 2);
	assert_true(count_of(*state, "history", "at<2024-11-24") >= 5);
	assert_int_equal(count_of(*state, "sources", ""), 8);
}

static void
nothing_is_dated_after_today(void **state)
{
	assert_int_equal(count_of(*state, "history", "at>0d"), 0);
	assert_int_equal(count_of(*state, "devices", "removed>0d or verified>0d or installed>0d"), 0);
	assert_int_equal(count_of(*state, "sites", "survey_on>0d"), 0);
}

/* Everything that a person can read in a view, in one text. */
static char *
dump(struct demo_test *test, struct session *session, const char *view)
{
	struct error error = { 0 };
	struct query *query = view_query(session, view_named(view), NULL, "", NULL, &test->arena, &error);
	struct cursor *cursor = query_open(session->store, query, &error);
	struct text out = { 0 };
	struct row row;
	bool more;

	while (cursor_next(cursor, &row, &more, &error) && more)
		for (int i = 0; i < query->field_count; i++)
			text_format(&out, "%s|", row.values[i] != NULL ? row.values[i] : "");
	cursor_close(cursor);
	return out.bytes;
}

static void
the_demo_of_one_day_is_always_the_same(void **state)
{
	static const char *const names[] = { "sites", "devices", "deadlines", "history", "manufacturers", "contracts",
					     "extensions", "answers" };
	struct demo_test *test = *state;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char *first = dump(test, &test->sessions[0], names[i]),
		     *second = dump(test, &test->sessions[1], names[i]);

		assert_true(first != NULL && strlen(first) > 100);
		assert_string_equal(first, second);
		free(first);
		free(second);
	}
}

static void
no_manufacturer_is_covered_in_a_new_register(void **state)
{
	struct demo_test *test = *state;
	struct session session;
	struct error error = { 0 };
	struct entry entry;
	struct query *query;
	int64_t count;
	char path[96];

	snprintf(path, sizeof path, "%s/starter.terrier", test->folder);
	open_session(&session, path);
	entry = session_entry(&session, ENTRY_KIND_INIT, "Made the register", NULL);
	assert_true(store_entry_begin(session.store, &entry, &error));
	if (!starter_insert(&session, &error))
		fail_msg("%s", error.message);
	assert_true(store_entry_commit(session.store, &error));
	query = view_query(&session, view_named("manufacturers"), NULL, "-covered:undecided", NULL, &test->arena,
			   &error);
	assert_non_null(query);
	assert_true(query_count(session.store, query, &count, &error));
	assert_int_equal(count, 0);
	session_close(&session);
	unlink(path);
}

static void
a_manufacturer_is_found_by_the_names_on_labels(void **state)
{
	static const char *const names[][2] = {
		{ "海康威视", "Hikvision" }, { "HIK", "Hikvision" }, { "hik vision", "Hikvision" }, { "大华", "Dahua" },
		{ "UNV", "Uniview" }, { "axis communications", "Axis" }, { "Honeywell", "Honeywell" },
		{ "Lorex", "Lorex" },
	};
	struct demo_test *test = *state;
	struct session *session = &test->sessions[0];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct error error = { 0 };
		struct record *record = store_find(session->store, ENTITY_MANUFACTURER, names[i][0], session->today,
						   &test->arena, &error);

		if (record == NULL)
			fail_msg("%s", error.message);
		assert_string_equal(record_key(record), names[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_demo_has_its_sites_and_devices),
		cmocka_unit_test(every_figure_has_something_to_show),
		cmocka_unit_test(three_quarters_of_the_sensitive_sites_are_cleared),
		cmocka_unit_test(deadlines_are_missed_and_near_and_moved),
		cmocka_unit_test(devices_name_contracts_of_their_own_organisation),
		cmocka_unit_test(every_rule_finds_something_but_the_last_milestone),
		cmocka_unit_test(contracts_answers_and_decisions_are_of_every_sort),
		cmocka_unit_test(one_device_has_a_long_history),
		cmocka_unit_test(the_history_is_two_years_of_work),
		cmocka_unit_test(nothing_is_dated_after_today),
		cmocka_unit_test(the_demo_of_one_day_is_always_the_same),
		cmocka_unit_test(no_manufacturer_is_covered_in_a_new_register),
		cmocka_unit_test(a_manufacturer_is_found_by_the_names_on_labels),
	};

	return cmocka_run_group_tests_name("demo", tests, make_registers, remove_registers);
}
