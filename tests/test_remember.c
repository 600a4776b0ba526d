/* SPDX-License-Identifier: MIT */
/* What is remembered of figures and findings is, after each of many edits, what a count of all finds. */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "support.h"

#include <string.h>

#include "commands/figures.h"
#include "core/chance.h"
#include "core/rule.h"
#include "db/history.h"
#include "db/internal.h"
#include "db/remember.h"
#include "db/watch.h"

enum { SITES = 6, DEVICES = 20, DEADLINES = 12, EDITS = 120, EACH = 6 };	/* each sixth time all is checked */

static const char *const days[] = {
	"2026-10-01", "2026-11-20", "2026-11-21", "2026-11-22", "2026-12-20", "2027-01-15", "2027-02-10",
};
static const char *const rule_ids[] = { "R1", "R2", "R3", "R10", "R19", "R5", "R7", "R22", "R25" };

#define PICK(chance, words) (words)[chance_below(chance, sizeof(words) / sizeof(words)[0])]

static void
is_remembered_right(struct support *test, enum entity_kind entity, const char *words)
{
	struct query query = { .entity = &entities[entity], .today = test->session.today };
	int64_t rows, things, remembered_rows, remembered_things, more;

	support_must(test, remember_count(test->session.store, entity, words, query.today, &remembered_rows,
					  &remembered_things, &test->error));
	query.filter = filter_parse(&test->arena, query.entity, words, query.today, &test->error);
	support_must(test, query.filter != NULL);
	support_must(test, query_count(test->session.store, &query, &rows, &test->error));
	support_must(test, query_more(test->session.store, &query, &more, &test->error));
	things = rows + more;
	if (rows != remembered_rows || things != remembered_things)
		fail_msg("%s %s: remembered %lld (%lld), found %lld (%lld)", entities[entity].plural, words,
			 (long long)remembered_rows, (long long)remembered_things, (long long)rows, (long long)things);
}

/* A figure that is said in dates, which an index finds, counts what the state of its records would say. */
static void
check_same(struct support *test, const char *id, const char *words)
{
	const struct figure *figure = figure_named(id);
	int64_t rows, things, other_rows;

	support_must(test, remember_count(test->session.store, figure->entity, figure->filter, test->session.today,
					  &rows, &things, &test->error));
	support_must(test, remember_count(test->session.store, figure->entity, words, test->session.today, &other_rows,
					  &things, &test->error));
	assert_int_equal(rows, other_rows);
}

/* Of deadlines, which are followed one by one. */
static void
check_deadlines(struct support *test)
{
	check_same(test, "deadlines_overdue", "state:overdue");
	check_same(test, "answers_lapsing", "state:holds expires_on<=30d");
	for each_figure(figure)
		if (figure->entity == ENTITY_DEADLINE)
			is_remembered_right(test, figure->entity, figure->filter);
	is_remembered_right(test, ENTITY_DEADLINE, "overdue organisation:O");
}

static void
check_all(struct support *test)
{
	check_deadlines(test);
	for each_figure(figure)
		is_remembered_right(test, figure->entity, figure->filter);
	for each_rule(rule) {
		if (rule->filter == NULL)
			continue;
		is_remembered_right(test, rule->entity, rule->filter);
		is_remembered_right(test, rule->entity, arena_format(&test->arena, "finding:%s", rule->id));
		is_remembered_right(test, rule->entity, arena_format(&test->arena, "answered:%s", rule->id));
		is_remembered_right(test, rule->entity, arena_format(&test->arena, "lapsed:%s", rule->id));
	}
}

static const char *
numbered(struct support *test, struct chance *chance, const char *words, uint32_t count)
{
	return arena_format(&test->arena, "%s%u", words, chance_below(chance, count));
}

static const char *
dated(struct support *test, struct chance *chance, const char *name)
{
	return arena_format(&test->arena, "%s=%s", name, chance_below(chance, 4) == 0 ? "" : PICK(chance, days));
}

/* Sets a field as it is stored; what the register refuses is no edit. */
static void
try_set(struct support *test, enum entity_kind kind, const char *key, const char *assignment)
{
	struct record *before = store_find(test->session.store, kind, key, test->session.today, &test->arena,
					   &test->error),
		      *now;
	size_t size = strcspn(assignment, "=");
	const struct field *field;

	if (before == NULL)
		return;
	now = record_copy(&test->arena, before);
	field = field_find(now->entity->fields, arena_bytes(&test->arena, assignment, size));
	now->values[field - now->entity->fields] = assignment[size + 1] != '\0' ? assignment + size + 1 : NULL;
	store_update(test->session.store, before, now, NULL, &test->error);
}

static void
extend(struct support *test, struct chance *chance, const char *number)
{
	const char *from = support_value(test, ENTITY_DEADLINE, number, "target_on");

	support_add(test, ENTITY_EXTENSION, arena_format(&test->arena, "deadline=%s", number),
		    arena_format(&test->arena, "from_on=%s", from), "to_on=2027-01-31", "reason=x", "approved_by=A",
		    "approved_on=2026-01-01", dated(test, chance, "expires_on"), NULL);
}

static void
edit_deadline(struct support *test, struct chance *chance)
{
	const char *number = numbered(test, chance, "", DEADLINES + 2), *day = PICK(chance, days);

	switch (chance_below(chance, 4)) {
	case 0:
		support_add(test, ENTITY_DEADLINE, numbered(test, chance, "site=S", SITES), "kind=remove",
			    arena_format(&test->arena, "target_on=%s", day), NULL);
		break;
	case 1:
		try_set(test, ENTITY_DEADLINE, number, dated(test, chance, "done_on"));
		break;
	case 2:
		try_set(test, ENTITY_DEADLINE, number, arena_format(&test->arena, "target_on=%s", day));
		break;
	default:
		extend(test, chance, arena_format(&test->arena, "%u", 1 + chance_below(chance, DEADLINES)));
	}
}

static void
edit_device(struct support *test, struct chance *chance)
{
	static const char *const assignments[] = {
		"manufacturer=M0", "manufacturer=M1", "manufacturer=", "removed_on=2026-02-03", "removed_on=",
		"quantity=7", "quantity=", "delivery_on=2026-11-21", "delivery_on=2028-01-01", "delivery_on=",
		"network=core", "contract=C1", "contract=", "site=S1", "kind=camera", "kind=access control",
	};

	try_set(test, ENTITY_DEVICE, numbered(test, chance, "D", DEVICES), PICK(chance, assignments));
}

static void
edit_answer(struct support *test, struct chance *chance)
{
	const char *id = PICK(chance, rule_ids);
	const struct rule *rule = rule_named(id);

	support_add(test, ENTITY_ANSWER, arena_format(&test->arena, "rule=%s", id),
		    rule->entity == ENTITY_DEVICE ? numbered(test, chance, "device=D", DEVICES) :
		    rule->entity == ENTITY_SITE ? numbered(test, chance, "site=S", SITES) : "contract=C1",
		    "answer=retain", "reason=x", "answered_by=A", "answered_on=2026-01-01",
		    arena_format(&test->arena, "expires_on=%s", PICK(chance, days)), NULL);
}

static void
edit_site(struct support *test, struct chance *chance)
{
	static const char *const limbs[] = { "secret=yes", "secret=no" };

	if (chance_below(chance, 2) == 0)
		try_set(test, ENTITY_SITE, numbered(test, chance, "S", SITES), dated(test, chance, "survey_on"));
	else
		support_add(test, ENTITY_ASSESSMENT, numbered(test, chance, "site=S", SITES), PICK(chance, limbs),
			    "grounds=x", "decided_by=A", "decided_on=2026-01-01", dated(test, chance, "review_on"),
			    NULL);
}

static void
edit_rest(struct support *test, struct chance *chance)
{
	static const char *const covers[] = { "covered=yes", "covered=no", "covered=undecided" };

	switch (chance_below(chance, 5)) {
	case 0:
		try_set(test, ENTITY_MANUFACTURER, numbered(test, chance, "M", 2), PICK(chance, covers));
		break;
	case 1:
		try_set(test, ENTITY_CONTRACT, "C1", dated(test, chance, "notice_on"));
		break;
	case 2:
		try_set(test, ENTITY_CONTRACT, "C1", dated(test, chance, "renews_to"));
		break;
	case 3:
		try_set(test, ENTITY_SETTING, "wider_scope",
			chance_below(chance, 2) == 0 ? "value=access control" : "value=");
		break;
	default:
		support_add(test, ENTITY_DEADLINE, "body=O", "kind=remove",
			    arena_format(&test->arena, "target_on=%s", PICK(chance, days)), NULL);
	}
}

static void
edit(struct support *test, struct chance *chance)
{
	static void (*const edits[])(struct support *test, struct chance *chance) = {
		edit_deadline, edit_deadline, edit_device, edit_answer, edit_site, edit_rest,
	};

	PICK(chance, edits)(test, chance);
}

static void
fill(struct support *test, struct chance *chance)
{
	support_begin(test, "fill");
	support_add(test, ENTITY_ORGANISATION, "code=O", "name=Office", NULL);
	for (int i = 0; i < 2; i++)
		support_add(test, ENTITY_MANUFACTURER, arena_format(&test->arena, "name=M%d", i), "covered=yes",
			    "basis=x", "decided_by=A", "decided_on=2026-01-01", NULL);
	for (int i = 0; i < SITES; i++)
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%d", i), "organisation=O", NULL);
	support_add(test, ENTITY_CONTRACT, "reference=C1", "name=Cameras", "supplier=M0", "operator=M0",
		    "data_holder=M0", NULL);
	for (int i = 0; i < DEVICES; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=D%d", i),
			    numbered(test, chance, "site=S", SITES), i % 2 == 0 ? "kind=access control" : "kind=camera",
			    numbered(test, chance, "manufacturer=M", 2), NULL);
	for (int i = 0; i < DEADLINES; i++)
		support_add(test, ENTITY_DEADLINE, numbered(test, chance, "site=S", SITES), "kind=remove",
			    arena_format(&test->arena, "target_on=%s", PICK(chance, days)), NULL);
	support_commit(test);
}

static void
undo(struct support *test)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "undo", NULL);
	struct undone undone = { 0 };
	struct entry_id id = { 0 };

	support_must(test, store_entry_undoable(test->session.store, &id, &test->error));
	if (id.value > 1)
		store_undo(test->session.store, id, &entry, &undone, &test->error);
	text_free(&undone.lines);
}

static void
what_is_remembered_follows_every_edit(void **state)
{
	struct support *test = *state;
	struct chance chance = { 20261122 };

	fill(test, &chance);
	check_all(test);
	for (int i = 0; i < EDITS; i++) {
		uint32_t way = chance_below(&chance, 8);

		if (way == 0) {
			undo(test);
		} else {
			support_begin(test, "edit");
			edit(test, &chance);
			if (way == 1)
				store_entry_rollback(test->session.store);
			else
				support_commit(test);
		}
		if (i % 60 == 59)
			test->session.today = date_from_days(date_days(test->session.today) + 1);
		check_deadlines(test);
		if (i % EACH == 0)
			check_all(test);
		arena_reset(&test->arena);
	}
}

static void
what_an_open_entry_changes_is_counted_at_once_and_not_after_it_is_given_up(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	check_all(test);
	support_begin(test, "set");
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2026-01-01", NULL);
	is_remembered_right(test, ENTITY_DEADLINE, "overdue");
	store_entry_rollback(test->session.store);
	check_all(test);
}

static void
what_another_program_changes_is_counted_again(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "set");
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2026-01-01", NULL);
	support_commit(test);
	check_all(test);
	support_sql(test->path, "UPDATE deadline SET done_on = '2026-01-01'");
	check_all(test);
}

static void
an_edit_of_a_device_leaves_deadlines_remembered(void **state)
{
	struct support *test = *state;
	int64_t rows, things;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S1");
	support_begin(test, "set");
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2026-01-01", NULL);
	support_commit(test);
	support_must(test, remember_count(test->session.store, ENTITY_DEADLINE, "overdue", test->session.today, &rows,
					  &things, &test->error));
	support_set_alone(test, ENTITY_DEVICE, "D1", "verified_on=2026-01-01");
	/* Were it counted again, this would be seen. */
	sqlite3_preupdate_hook(test->session.store->database, NULL, NULL);
	sqlite3_exec(test->session.store->database, "DELETE FROM deadline", NULL, NULL, NULL);
	support_must(test, remember_count(test->session.store, ENTITY_DEADLINE, "overdue", test->session.today, &rows,
					  &things, &test->error));
	assert_int_equal(rows, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_is_remembered_follows_every_edit),
		register_test(what_an_open_entry_changes_is_counted_at_once_and_not_after_it_is_given_up),
		register_test(what_another_program_changes_is_counted_again),
		register_test(an_edit_of_a_device_leaves_deadlines_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
