/* SPDX-License-Identifier: MIT */
/* What is kept of sites follows every change: after each of many edits it equals what is worked out from nothing. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "commands/figures.h"
#include "core/chance.h"
#include "core/rule.h"
#include "db/history.h"
#include "db/internal.h"
#include "db/kept.h"
#include "db/standing.h"

/* each fifth time all is checked by other means too */
enum { SITES = 8, DEVICES = 40, MAKERS = 5, EDITS = 250, EACH = 5 };

/* How many rows a filter finds when nothing kept is read but through the fields. */
static int64_t
count_slowly(struct support *test, enum entity_kind entity, const char *words)
{
	struct query query = { .entity = &entities[entity], .today = test->session.today };
	int64_t rows;

	query.filter = filter_parse(&test->arena, query.entity, words, query.today, &test->error);
	support_must(test, query.filter != NULL);
	support_must(test, query_count(test->session.store, &query, &rows, &test->error));
	return rows;
}

static int64_t
count_more(struct support *test, enum entity_kind entity, const char *words)
{
	struct query query = { .entity = &entities[entity], .today = test->session.today };
	int64_t more;

	query.filter = filter_parse(&test->arena, query.entity, words, query.today, &test->error);
	support_must(test, query.filter != NULL);
	support_must(test, query_more(test->session.store, &query, &more, &test->error));
	return more;
}

/* True when that filter is kept; then its counts are those of its rows. */
static bool
is_kept_right(struct support *test, enum entity_kind entity, const char *words)
{
	int64_t rows = 0, things = 0, slow_rows, slow_things;
	bool is_kept;

	support_must(test, standing_figure(test->session.store, entity, words, test->session.today, &rows, &things,
					   &is_kept, &test->error));
	if (!is_kept)
		return false;
	slow_rows = count_slowly(test, entity, words);
	slow_things = slow_rows + count_more(test, entity, words);
	if (rows != slow_rows || things != slow_things)
		fail_msg("%s %s: kept %lld (%lld), found %lld (%lld)", entities[entity].plural, words, (long long)rows,
			 (long long)things, (long long)slow_rows, (long long)slow_things);
	return true;
}

/* The definition of sensitivity once more, as plainly as can be. */
static const char *
model_sensitive(struct support *test, const char *code)
{
	const char *outcome = "not assessed";

	for (int depth = 0; depth < 20 && strcmp(code, "-") != 0; depth++) {
		const char *found = support_find(test, ENTITY_ASSESSMENT, arena_format(&test->arena, "site=%s", code));
		const char *best = "";

		outcome = "not assessed";
		for (const char *word = found; *word != '\0'; word += strcspn(word, " "), word += *word == ' ') {
			const char *number = arena_bytes(&test->arena, word, strcspn(word, " "));
			const char *day = support_value(test, ENTITY_ASSESSMENT, number, "decided_on");

			if (strcmp(day, best) >= 0) {
				best = day;
				outcome = support_value(test, ENTITY_ASSESSMENT, number, "outcome");
			}
		}
		if (strcmp(outcome, "not assessed") != 0)
			return outcome;
		code = support_value(test, ENTITY_SITE, code, "parent");
	}
	return outcome;
}

/* Counts by filters over devices, which read nothing that is kept. */
static void
check_site(struct support *test, const char *code)
{
	const char *left = arena_format(&test->arena, "site=%s in_scope:yes present:yes", code);
	int64_t rows = count_slowly(test, ENTITY_DEVICE, left), things = rows + count_more(test, ENTITY_DEVICE, left);
	bool ever = count_slowly(test, ENTITY_DEVICE, arena_format(&test->arena, "site=%s in_scope:yes", code)) > 0;

	assert_string_equal(support_value(test, ENTITY_SITE, code, "sensitive"), model_sensitive(test, code));
	assert_string_equal(support_value(test, ENTITY_SITE, code, "in_scope_left"),
			    arena_format(&test->arena, "%lld", (long long)things));
	assert_int_equal(strcmp(support_value(test, ENTITY_SITE, code, "ever_in_scope"), "yes") == 0, ever);
	assert_int_equal(strcmp(support_value(test, ENTITY_SITE, code, "cleared_on"), "-") != 0, ever && things == 0);
}

static void
check_all(struct support *test)
{
	for (int i = 0; i < SITES; i++)
		check_site(test, arena_format(&test->arena, "S%d", i));
	for each_figure(figure)
		is_kept_right(test, figure->entity, figure->filter);
	for each_rule(rule)
		if (rule->filter != NULL)
			is_kept_right(test, rule->entity, rule->filter);
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

static const char *
pick(struct support *test, struct chance *chance, const char *const *words, uint32_t count)
{
	(void)test;
	return words[chance_below(chance, count)];
}

#define PICK(test, chance, words) pick(test, chance, words, sizeof(words) / sizeof(words)[0])

static const char *
device_tag(struct support *test, struct chance *chance)
{
	return arena_format(&test->arena, "D%u", chance_below(chance, DEVICES));
}

static const char *
site_code(struct support *test, struct chance *chance)
{
	return arena_format(&test->arena, "S%u", chance_below(chance, SITES));
}

/* One thing that may be said of a device. */
static const char *
device_assignment(struct support *test, struct chance *chance)
{
	static const char *const words[] = {
		"kind=camera", "kind=access control", "kind=recorder", "network=core", "network=unknown",
		"isolated_on=2026-01-01", "isolated_on=", "installed_on=2023", "installed_on=2020-01-01",
		"installed_on=", "removed_on=2026-02-03", "removed_on=", "replaced_on=2026-05-06",
		"disposed_on=2026-06-07", "replaced_on=", "disposed_on=", "verified_on=2026-07-08", "verified_on=",
		"quantity=7", "quantity=", "decision=remove", "decision=none", "maker_confirmed_on=2026-01-02",
		"maker_confirmed_on=", "missed_on=2026-01-02", "manufacturer=", "rival=", "replaced_by=", "recorder=",
		"evidence=disagree",
	};

	switch (chance_below(chance, 6)) {
	case 0:
		return arena_format(&test->arena, "manufacturer=M%u", chance_below(chance, MAKERS));
	case 1:
		return arena_format(&test->arena, "rival=M%u", chance_below(chance, MAKERS));
	case 2:
		return arena_format(&test->arena, "site=%s", site_code(test, chance));
	case 3:
		return arena_format(&test->arena, chance_below(chance, 2) == 0 ? "replaced_by=%s" : "recorder=%s",
				    device_tag(test, chance));
	default:
		return PICK(test, chance, words);
	}
}

static const char *
site_assignment(struct support *test, struct chance *chance)
{
	static const char *const words[] = { "survey_on=2026-01-01",
					     "survey_on=", "parent=", "parent=", "controller=landlord" };

	/* A parent of a lower number makes no circle. */
	return chance_below(chance, 2) == 0 ? PICK(test, chance, words) : "parent=S0";
}

static const char *
maker_assignment(struct support *test, struct chance *chance)
{
	static const char *const words[] = {
		"covered=yes", "covered=no", "covered=undecided", "effective_on=2030-01-01", "effective_on=2020-01-01",
		"effective_on=",
	};

	return PICK(test, chance, words);
}

/*
 * Sets one field, the worked-out ones that are stored among them; what the register refuses for reasons of its own is
 * no edit.
 */
static void
try_set(struct support *test, enum entity_kind kind, const char *key, const char *assignment)
{
	struct record *before = store_find(test->session.store, kind, key, test->session.today, &test->arena,
					   &test->error),
		      *now;
	size_t size = strcspn(assignment, "=");
	const struct field *field;

	support_must(test, before != NULL);
	now = record_copy(&test->arena, before);
	field = field_find(now->entity->fields, arena_bytes(&test->arena, assignment, size));
	now->values[field - now->entity->fields] = assignment[size + 1] != '\0' ? assignment + size + 1 : NULL;
	store_update(test->session.store, before, now, NULL, &test->error);
}

static void
edit(struct support *test, struct chance *chance)
{
	static const char *const answers[] = { "secret=yes", "secret=no", "secret=not assessed" };
	static const char *const days[] = { "decided_on=2025-01-01", "decided_on=2025-06-01", "decided_on=2026-01-01" };

	switch (chance_below(chance, 13)) {
	case 4:
		support_add(test, ENTITY_CONTRACT,
			    arena_format(&test->arena, "reference=C%llu", (unsigned long long)chance_next(chance)),
			    arena_format(&test->arena, "site=%s", site_code(test, chance)), NULL);
		break;
	case 0:
		try_set(test, ENTITY_SITE, arena_format(&test->arena, "S%u", 1 + chance_below(chance, SITES - 1)),
			    site_assignment(test, chance));
		break;
	case 1:
		support_add(test, ENTITY_ASSESSMENT, arena_format(&test->arena, "site=%s", site_code(test, chance)),
			    PICK(test, chance, answers), "dv=no", "ministers=no", "socpa=no", "grounds=x",
			    "decided_by=A", PICK(test, chance, days), NULL);
		break;
	case 2:
		try_set(test, ENTITY_MANUFACTURER, arena_format(&test->arena, "M%u", chance_below(chance, MAKERS)),
			    maker_assignment(test, chance));
		break;
	case 3:
		try_set(test, ENTITY_SETTING, "wider_scope",
			chance_below(chance, 2) == 0 ? "value=access control" : "value=");
		break;
	default:
		try_set(test, ENTITY_DEVICE, device_tag(test, chance), device_assignment(test, chance));
	}
}

static void
undo_or_redo(struct support *test, struct chance *chance)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "undo", NULL);
	struct undone undone = { 0 };
	struct entry_id id = { 0 };

	if (chance_below(chance, 2) == 0) {
		support_must(test, store_entry_undoable(test->session.store, &id, &test->error));
		if (id.value > 1)
			store_undo(test->session.store, id, &entry, &undone, &test->error);
	} else {
		entry.kind = ENTRY_KIND_REDO;
		support_must(test, store_entry_redoable(test->session.store, &id, &test->error));
		if (id.value > 0)
			store_redo(test->session.store, id, &entry, &undone, &test->error);
	}
	text_free(&undone.lines);
}

/* What it all begins with, an entry of its own that is never undone. */
static void
fill(struct support *test, struct chance *chance)
{
	support_begin(test, "fill");
	for (int i = 0; i < MAKERS; i++)
		support_add(test, ENTITY_MANUFACTURER, arena_format(&test->arena, "name=M%d", i), "basis=x",
			    "decided_by=A", "decided_on=2026-01-01", NULL);
	for (int i = 0; i < SITES; i++)
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%d", i),
			    i > 0 && chance_below(chance, 3) == 0
				    ? arena_format(&test->arena, "parent=S%u", chance_below(chance, (uint32_t)i))
				    : "town=York",
			    NULL);
	for (int i = 0; i < DEVICES; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=D%d", i),
			    arena_format(&test->arena, "site=%s", site_code(test, chance)),
			    arena_format(&test->arena, "manufacturer=M%u", chance_below(chance, MAKERS)), NULL);
	support_commit(test);
}

static void
what_is_kept_follows_every_edit(void **state)
{
	struct support *test = *state;
	struct chance chance = { 20261122 };

	fill(test, &chance);
	check_all(test);
	for (int i = 0; i < EDITS; i++) {
		uint32_t way = chance_below(&chance, 8);

		if (way == 0) {
			undo_or_redo(test, &chance);
		} else {
			support_begin(test, "edit");
			edit(test, &chance);
			if (chance_below(&chance, 3) == 0)
				edit(test, &chance);
			if (way == 1)
				store_entry_rollback(test->session.store);
			else
				support_commit(test);
		}
		support_must(test, standing_check(test->session.store, test->session.today, &test->error));
		if (i % EACH == 0)
			check_all(test);
		if (i % 50 == 49)
			support_reopen(test);
		arena_reset(&test->arena);
	}
}

static void
an_import_is_counted_and_its_undo_too(void **state)
{
	struct support *test = *state;
	const char *path = support_path(test, "devices.csv");
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs("tag,site,make,removed_on\nD1,S1,Hikvision,\nD2,S1,Hikvision,2025-01-01\nD3,S2,Bosch,\n", file);
	fclose(file);
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	support_must(test, support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", path), "as=devices",
				       NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "devices"), "1");
	assert_true(is_kept_right(test, ENTITY_DEVICE, "match:unknown present:yes"));
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "devices"), "0");
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

static void
what_another_day_brings_into_force_is_counted(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "add");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=A",
		    "decided_on=2026-01-01", "effective_on=2026-12-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D1", "site=S1", "manufacturer=Maker", NULL);
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "in_scope_left"), "0");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "D1", "in_scope"), "unknown");
	test->session.today = (struct date){ 2026, 12, 1 };
	support_reopen(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "in_scope_left"), "1");
	assert_true(is_kept_right(test, ENTITY_DEVICE, "in_scope:yes"));
}

static void
a_register_that_may_only_be_read_is_counted_for_whoever_reads(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S1");
	session_close(&test->session);
	support_sql(test->path, "DELETE FROM standing");
	support_must(test, session_open(&test->session, STORE_READ, &test->error));
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "devices"), "1");
	assert_true(is_kept_right(test, ENTITY_DEVICE, ""));
}

static void
a_check_names_the_site_whose_sums_are_wrong(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S1");
	assert_true(standing_check(test->session.store, test->session.today, &test->error));
	support_sql(test->path, "UPDATE device SET removed_on = '2026-01-01'");
	assert_false(standing_check(test->session.store, test->session.today, &test->error));
	assert_non_null(strstr(test->error.message, "S1"));
}

static void
most_figures_and_rules_are_kept(void **state)
{
	static const char *const kept[] = {
		"R1", "R2", "R3", "R4", "R5", "R7", "R8", "R10", "R11", "R13", "R20", "R21"
	};
	struct support *test = *state;

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (!is_kept_right(test, rule_named(kept[i])->entity, rule_named(kept[i])->filter))
			fail_msg("%s is not kept", kept[i]);
	for each_figure(figure)
		if ((figure->entity == ENTITY_DEVICE || figure->entity == ENTITY_SITE) &&
		    !is_kept_right(test, figure->entity, figure->filter))
			print_message("figure %s is not kept\n", figure->id);
	for each_rule(rule)
		if ((rule->entity == ENTITY_DEVICE || rule->entity == ENTITY_SITE) &&
		    !is_kept_right(test, rule->entity, rule->filter))
			print_message("rule %s is not kept\n", rule->id);
}

static void
a_setting_that_another_program_changes_counts_at_once(void **state)
{
	struct support *test = *state;

	support_begin(test, "add");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=A",
		    "decided_on=2026-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D1", "site=S1", "manufacturer=Maker", "kind=access control", NULL);
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_DEVICE, "D1", "in_scope"), "no");
	support_sql(test->path, "UPDATE setting SET value = 'access control' WHERE name = 'wider_scope'");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "D1", "in_scope"), "yes");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_is_kept_follows_every_edit),
		register_test(an_import_is_counted_and_its_undo_too),
		register_test(what_another_day_brings_into_force_is_counted),
		register_test(a_register_that_may_only_be_read_is_counted_for_whoever_reads),
		register_test(a_check_names_the_site_whose_sums_are_wrong),
		register_test(most_figures_and_rules_are_kept),
		register_test(a_setting_that_another_program_changes_counts_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
