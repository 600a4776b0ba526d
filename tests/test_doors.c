/* SPDX-License-Identifier: MIT */
/*
 * What a command of its own decides is not changed by another door: `set`, `add`, an import. Today is 21 November 2026.
 */
#include "tests/support.h"

#include <string.h>

#include "commands/match.h"
#include "core/check.h"
#include "tests/csv_file.h"

static void
expect_refused(struct support *test, bool done, const char *sentence)
{
	if (done)
		fail_msg("Not refused, though %s", sentence);
	if (strstr(test->error.message, sentence) == NULL)
		fail_msg("Refused with '%s', not with '%s'", test->error.message, sentence);
}

static bool
set(struct support *test, const char *entity, const char *key, const char *assignment, const char *another)
{
	return support_run(test, "set", NULL, arena_format(&test->arena, "entity=%s", entity),
			   arena_format(&test->arena, "key=%s", key),
			   arena_format(&test->arena, "field=%s", assignment),
			   another != NULL ? arena_format(&test->arena, "field=%s", another) : NULL, NULL);
}

static bool
add(struct support *test, const char *entity, const char *first, const char *second)
{
	return support_run(test, "add", NULL, arena_format(&test->arena, "entity=%s", entity),
			   arena_format(&test->arena, "field=%s", first),
			   arena_format(&test->arena, "field=%s", second), NULL);
}

static void
make_ground(struct support *test)
{
	support_begin(test, "Ground");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Other", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=BODY", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "organisation=BODY", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "kind=camera", "manufacturer=Maker", "quantity=13", NULL);
	support_commit(test);
}

static void
only_its_commands_decide_what_is_covered(void **state)
{
	struct support *test = *state;
	const char *said;

	make_ground(test);
	expect_refused(test, set(test, "manufacturer", "Maker", "covered=no", "basis=other"),
		       "terrier manufacturer cover or uncover");
	expect_refused(test, set(test, "manufacturer", "Maker", "effective_on=2026-01-01", NULL),
		       "terrier manufacturer cover or uncover");
	expect_refused(test, set(test, "manufacturer", "Other", "covered=yes", "basis=b"),
		       "terrier manufacturer cover or uncover");
	support_must(test, set(test, "manufacturer", "Maker", "basis=The law", "notes=n"));
	support_must(test,
		     support_run(test, "manufacturer uncover", NULL, "manufacturer=Maker", "basis=b", "by=Jo", NULL));
	support_must(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Other", "basis=b", "by=Jo",
				       "effective=2027-01-01", NULL));
	support_must(test,
		     support_run(test, "add", &said, "entity=manufacturer", "field=name=Third", "field=covered=yes",
				 "field=basis=b", "field=decided_by=Jo", "field=decided_on=2026-01-01", NULL));
	assert_non_null(strstr(said, "No device changes by it."));
}

static void
a_deadline_is_not_moved_without_a_reason(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_must(test, add(test, "deadline", "site=S1", "target_on=2027-01-31"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "first_on"), "2027-01-31");
	expect_refused(test, set(test, "deadline", "1", "target_on=2099-01-01", NULL), "say why (reason)");
	expect_refused(test, set(test, "deadline", "1", "target_on=2099-01-01", "owner=O"), "say why (reason)");
	expect_refused(test, set(test, "deadline", "1", "first_on=2099-01-01", NULL), "stays as it is (first_on)");
	expect_refused(test, set(test, "deadline", "1", "first_on=", NULL), "stays as it is (first_on)");
	support_must(test, set(test, "deadline", "1", "target_on=2027-03-31", "reason=No van"));
	expect_refused(test, set(test, "deadline", "1", "target_on=2099-01-01", "reason=No van"), "say why (reason)");
	expect_refused(test, set(test, "deadline", "1", "target_on=2099-01-01", "reason="), "say why (reason)");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "first_on"), "2027-01-31");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "slipped"), "59");
	support_must(test, set(test, "deadline", "1", "owner=O", NULL));
}

/* One that was made before the first date was kept. */
static void
a_deadline_without_a_first_date_gets_it_when_it_moves(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_add_alone(test, ENTITY_DEADLINE, "site=S1", "target_on=2027-01-31");
	support_must(test, set(test, "deadline", "1", "owner=O", NULL));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "first_on"), "-");
	support_must(test, set(test, "deadline", "1", "target_on=2027-03-31", "reason=No van"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "first_on"), "2027-01-31");
}

static void
an_assessment_stays_as_it_was_decided(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "secret=no", "dv=no", "ministers=no",
				       "socpa=no", "grounds=Empty", "by=Jo", NULL));
	expect_refused(test, set(test, "assessment", "2", "secret=yes", NULL), "assess the site again");
	expect_refused(test, set(test, "assessment", "2", "decided_by=Me", NULL), "assess the site again");
	support_must(test, set(test, "assessment", "2", "evidence=File 12", "review_on=2027-01-31"));
	assert_string_equal(support_value(test, ENTITY_ASSESSMENT, "2", "outcome"), "no");
}

static void
extensions_and_answers_are_made_by_their_commands(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_must(test, add(test, "deadline", "site=S1", "target_on=2027-01-31"));
	expect_refused(test, add(test, "extension", "deadline=1", "to_on=2028-01-01"), "use terrier deadline extend.");
	expect_refused(test, add(test, "answer", "rule=R3", "device=A"),
		       "use terrier finding answer, terrier finding reopen.");
	support_must(test, support_run(test, "deadline extend", NULL, "deadline=1", "to=2027-06-30", "reason=r", "by=B",
				       NULL));
	support_add_alone(test, ENTITY_SITE, "code=NEW", "name=New House");
	support_must(test, support_run(test, "finding answer", NULL, "rule=R7", "key=NEW", "answer=accepted",
				       "reason=r", "by=B", "until=30d", NULL));
	expect_refused(test, set(test, "extension", "1", "expires_on=2199-01-01", NULL),
		       "use terrier deadline extend.");
	expect_refused(test, set(test, "answer", "1", "expires_on=2199-01-01", NULL), "use terrier finding answer");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "1", "expires_on"), "2027-06-30");
}

static void
an_extension_ends_after_it_begins(void **state)
{
	static const char *const backwards[] = { "to_on=2027-01-31", "to_on=2026-01-01" };
	struct support *test = *state;
	struct record *extension = record_new(&test->arena, ENTITY_EXTENSION);
	const char **values = extension->values;

	values[EXTENSION_deadline] = "1";
	values[EXTENSION_from_on] = "2027-01-31";
	values[EXTENSION_reason] = values[EXTENSION_approved_by] = "x";
	values[EXTENSION_approved_on] = "2026-01-01";
	for (size_t i = 0; i < 2; i++) {
		values[EXTENSION_to_on] = strchr(backwards[i], '=') + 1;
		expect_refused(test, record_check(extension, test->session.today, &test->error),
			       "only be extended to a later date");
	}
	values[EXTENSION_to_on] = "2027-02-01";
	support_must(test, record_check(extension, test->session.today, &test->error));
}

static void
a_milestone_has_a_share(void **state)
{
	static const char *const wrong[] = { "share=0", "share=101", "share=-5", "share=999999999999999999" };
	struct support *test = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		expect_refused(test,
			       support_run(test, "add", NULL, "entity=milestone", "field=name=M",
					   "field=due_on=2027-01-01", arena_format(&test->arena, "field=%s", wrong[i]),
					   NULL),
			       "per cent from 1 to 100");
	support_must(test, support_run(test, "add", NULL, "entity=milestone", "field=name=M", "field=due_on=2027-01-01",
				       "field=share=1", NULL));
	expect_refused(test, set(test, "milestone", "M", "share=101", NULL), "per cent from 1 to 100");
}

static void
a_prefix_is_one_that_can_match(void **state)
{
	static const char *const blocks[] = { "prefix=ZZ", "prefix=001122334455667788", "prefix=3C:EF:8",
					      "prefix=3CEF8C01", "prefix=--" };
	static const char *const models[] = { "prefix=---", "prefix=D", "prefix=-D-" };
	struct support *test = *state;

	make_ground(test);
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
		expect_refused(test, add(test, "mac_prefix", blocks[i], "manufacturer=Maker"),
			       "6, 7 or 9 hexadecimal digits");
	for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
		expect_refused(test, add(test, "model_prefix", models[i], "manufacturer=Maker"),
			       "at least 2 letters or digits");
	support_must(test, add(test, "mac_prefix", "prefix=3c-ef-8c", "manufacturer=Maker"));
	support_must(test, add(test, "mac_prefix", "prefix=70:b3:d5:1", "manufacturer=Maker"));
	support_must(test, add(test, "mac_prefix", "prefix=70B3.D512.3", "manufacturer=Maker"));
	assert_string_equal(support_find(test, ENTITY_MAC_PREFIX, ""), "3CEF8C 70B3D51 70B3D5123");
	expect_refused(test, add(test, "mac_prefix", "prefix=3C:EF:8C", "manufacturer=Other"), "3CEF8C");
	expect_refused(test, set(test, "mac_prefix", "3CEF8C", "prefix=3C", NULL), "6, 7 or 9 hexadecimal digits");
	support_must(test, add(test, "model_prefix", "prefix=D-2", "manufacturer=Maker"));
	expect_refused(test, set(test, "model_prefix", "D-2", "prefix=D-", NULL), "at least 2 letters or digits");
}

static void
one_name_has_one_owner(void **state)
{
	struct support *test = *state;

	make_ground(test);
	expect_refused(test, add(test, "manufacturer_name", "name=OTHER", "manufacturer=Maker"),
		       "'Other' is a manufacturer of its own");
	support_must(test, add(test, "manufacturer_name", "name=Othr", "manufacturer=Maker"));
	expect_refused(test, set(test, "manufacturer_name", "Othr", "name=Other", NULL),
		       "'Other' is a manufacturer of its own");
	support_must(test, set(test, "manufacturer_name", "Othr", "manufacturer=Other", NULL));
	support_must(test, set(test, "manufacturer_name", "Othr", "name=Other", NULL));
}

static bool
import(struct support *test, const char *as, const char *rows)
{
	const char *path = support_path(test, "rows.csv");

	write_file(path, rows, strlen(rows));
	return support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", path),
			   arena_format(&test->arena, "as=%s", as), NULL);
}

/* The reason of the only refusal that there is of the row. */
static void
expect_row_refused(struct support *test, const char *as, const char *rows, const char *reason)
{
	static int number;
	const char *said;

	import(test, as, rows);
	said = support_value(test, ENTITY_REFUSAL, arena_format(&test->arena, "%d", ++number), "reason");
	if (strstr(said, reason) == NULL)
		fail_msg("Refused with '%s', not with '%s'", said, reason);
}

static void
no_file_takes_a_name_from_a_manufacturer(void **state)
{
	struct support *test = *state;
	const char *before;

	make_ground(test);
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=Mkr", "manufacturer=Maker");
	support_add_alone(test, ENTITY_MODEL_PREFIX, "prefix=MK-", "manufacturer=Maker");
	before = support_find(test, ENTITY_MANUFACTURER_NAME, "");
	expect_row_refused(test, "manufacturer_names", "name,manufacturer\nOTHER,Maker\n",
			   "'OTHER' is a manufacturer of its own in the register (Other)");
	expect_row_refused(test, "manufacturer_names", "name,manufacturer\nMkr,Other\n",
			   "'Mkr' is Maker's in the register");
	expect_row_refused(test, "manufacturer_names", "name,manufacturer\nM.K.R.,Other\n",
			   "'M.K.R.' is known as a name of Maker already");
	expect_row_refused(test, "manufacturers", "name,country\nMKR,China\n", "'MKR' is known as a name of Maker");
	expect_row_refused(test, "manufacturers", "name,country\nO-ther,China\n",
			   "has that manufacturer as 'Other': write it so");
	expect_row_refused(test, "model_prefixes", "prefix,manufacturer\nMK-,Other\n", "'MK-' is Maker's");
	expect_row_refused(test, "manufacturers", "name,covered,basis,decided_by,decided_on,effective_on\n"
			   "Third,no,b,Jo,2026-01-01,2099-01-01\n", "not covered counts at once");
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER_NAME, ""), before);
	assert_string_equal(support_value(test, ENTITY_MODEL_PREFIX, "MK-", "manufacturer"), "Maker");
	support_must(test, import(test, "manufacturer_names", "name,manufacturer,source\nMkr,Maker,Letter\n"
				  "M k r,Maker,Letter\nThird,Maker,Letter\n"));
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER_NAME, "source:letter"), "Mkr M k r Third");
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER, ""), "Maker Other");
}

static void
no_file_moves_a_deadline_without_a_reason(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_must(test, add(test, "deadline", "site=S1", "target_on=2027-01-31"));
	support_must(test, import(test, "deadlines", "site,kind,due\nS1,remove,31/01/2027\n"));
	import(test, "deadlines", "site,kind,due\nS1,remove,31/03/2027\n");
	assert_non_null(strstr(support_value(test, ENTITY_REFUSAL, "1", "reason"),
			       "deadline 1 is set to 31 January 2027 already: to move it, say why in a column Reason"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "target_on"), "2027-01-31");
	support_must(test, import(test, "deadlines", "site,kind,due,reason\nS1,remove,31/03/2027,No van\n"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "slipped"), "59");
	support_must(test, import(test, "deadlines", "site,kind,due,owner\nS1,remove,31/03/2027,Jo\n"));
	import(test, "deadlines", "site,kind,due,reason\nS1,remove,30/04/2027,No van\n");
	assert_non_null(strstr(support_value(test, ENTITY_REFUSAL, "2", "reason"), "is the reason for that date"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "target_on"), "2027-03-31");
	support_add_alone(test, ENTITY_DEADLINE, "device=A", "target_on=2027-01-31");
	support_must(test, import(test, "deadlines", "device,kind,due,reason\nA,remove,31/03/2027,No van\n"));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "first_on"), "2027-01-31");
}

static void
a_merge_makes_no_name_that_could_not_be_added(void **state)
{
	struct support *test = *state;
	char *name = arena_alloc(&test->arena, 50001);

	memset(name, 'y', 50000);
	expect_refused(test,
		       support_run(test, "manufacturer merge", NULL, "make=Generic", "into=\033[31mRED", "new=", NULL),
		       "control character");
	expect_refused(test,
		       support_run(test, "manufacturer merge", NULL, "make=Generic",
				   arena_format(&test->arena, "into=%s", name), "new=", NULL),
		       "is longer than");
	expect_refused(test,
		       support_run(test, "manufacturer merge", NULL, "make=Gen\033eric", "into=Red", "new=", NULL),
		       "control character");
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER, ""), "");
	support_must(test, support_run(test, "manufacturer merge", NULL, "make= Generic ", "into= Red ", "new=", NULL));
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER, "name=Red"), "Red");
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER_NAME, "name=Generic"), "Generic");
}

static const char *
done(struct support *test, const char *number)
{
	const char *said;

	support_must(test, support_run(test, "deadline done", &said, arena_format(&test->arena, "deadline=%s", number),
				       NULL));
	return said;
}

static void
a_deadline_that_is_met_clears_no_site(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_must(test, add(test, "deadline", "device=A", "target_on=2027-01-31"));
	support_must(test, add(test, "deadline", "site=S1", "target_on=2027-01-31"));
	support_must(test, add(test, "deadline", "body=BODY", "target_on=2027-01-31"));
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "kind=survey",
				       "date=2027-01-01", NULL));
	assert_non_null(strstr(done(test, "1"),
			       "13 in-scope devices are still recorded there: this does not make the site clear."));
	assert_non_null(strstr(done(test, "2"),
			       "13 in-scope devices are still recorded there: this does not make the site clear."));
	assert_non_null(
		strstr(done(test, "3"), "still recorded at 1 sensitive site of its own: this does not make it clear."));
	assert_null(strstr(done(test, "4"), "still recorded"));
	support_must(test, add(test, "deadline", "site=S1", "target_on=2027-01-31"));
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-01");
	assert_value(test, ENTITY_DEADLINE, "5", "done_on", "2026-11-01");
}

/* A label, a model and a MAC address of three makers, of which two are covered only later: the third is so today. */
static void
who_is_covered_today_is_one_of_the_two_that_are_kept(void **state)
{
	struct support *test = *state;

	support_begin(test, "Ground");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Hikvision", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Axis", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MODEL_PREFIX, "prefix=DH-", "manufacturer=Dahua", NULL);
	support_commit(test);
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=tag=A", "field=site=S1",
				       "field=kind=camera", "field=make=Axis", "field=model=DH-IPC",
				       "field=mac=44:19:B6:01:02:03", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "in_scope"), "yes");
	support_must(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Dahua", "manufacturer=Hikvision",
				       "basis=b", "by=Jo", "effective=2027-02-01", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "in_scope"), "yes");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "manufacturer"), "Hikvision");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "rival"), "Axis");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(only_its_commands_decide_what_is_covered),
		register_test(a_deadline_is_not_moved_without_a_reason),
		register_test(a_deadline_without_a_first_date_gets_it_when_it_moves),
		register_test(an_assessment_stays_as_it_was_decided),
		register_test(extensions_and_answers_are_made_by_their_commands),
		register_test(an_extension_ends_after_it_begins),
		register_test(a_milestone_has_a_share),
		register_test(a_prefix_is_one_that_can_match),
		register_test(one_name_has_one_owner),
		register_test(no_file_takes_a_name_from_a_manufacturer),
		register_test(no_file_moves_a_deadline_without_a_reason),
		register_test(a_merge_makes_no_name_that_could_not_be_added),
		register_test(a_deadline_that_is_met_clears_no_site),
		register_test(who_is_covered_today_is_one_of_the_two_that_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
