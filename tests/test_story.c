/* SPDX-License-Identifier: MIT */
/* What became of a record, told for people: whole sentences, oldest first, with all that belongs to it. */
#include "tests/support.h"

#include <string.h>

#include "commands/story.h"

static void
go_to(struct support *test, const char *instant)
{
	assert_true(date_parse_instant(instant, &test->session.now));
	test->session.today = date_from_instant(test->session.now);
}

static const char *
story_in(struct support *test, enum entity_kind kind, const char *key, int columns)
{
	struct record *record = store_find(test->session.store, kind, key, test->session.today, &test->arena,
					   &test->error);
	struct text told = { 0 };
	struct reply reply = { .data = sink_to_text(&told), .columns = columns };
	const char *copy;

	support_must(test, record != NULL);
	support_must(test, story_print(&test->session, record, &reply, &test->error));
	copy = arena_text(&test->arena, text_words(&told));
	text_free(&told);
	return copy;
}

static const char *
story_of(struct support *test, enum entity_kind kind, const char *key)
{
	return story_in(test, kind, key, 10000);
}

static void
assert_tells(const char *story, const char *words)
{
	if (strstr(story, words) == NULL)
		fail_msg("'%s' is not told in:\n%s", words, story);
}

static void
assert_tells_not(const char *story, const char *words)
{
	if (strstr(story, words) != NULL)
		fail_msg("'%s' is told in:\n%s", words, story);
}

/* S1 and S2, and device C1 on S1, recorded on 1 March. */
static void
record_some(struct support *test)
{
	go_to(test, "2026-03-01T09:00:00Z");
	support_begin(test, "Recorded");
	support_add(test, ENTITY_SITE, "code=S1", "name=Head Office", NULL);
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "kind=access control", "place=East gate", "serial=007",
		    "installed_on=2019", NULL);
	support_commit(test);
}

static void
it_begins_with_what_the_record_was_then(void **state)
{
	struct support *test = *state;

	record_some(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_must(test, support_run(test, "set", NULL, "entity=device", "key=C1", "field=serial=008",
				       "field=network=core", "why=Misread", NULL));
	assert_string_equal(story_of(test, ENTITY_DEVICE, "C1"),
			    "1 March 2026, Test. It was recorded as an access control at site S1, East gate. Recorded "
			    "with it: Serial 007; Installed 2019.\n"
			    "2 March 2026, Test. Serial changed from 007 to 008. Network changed from unknown to core. "
			    "Why: Misread.\n");
}

static void
what_was_undone_is_marked_and_the_undo_told(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C1", "ip=10.0.0.1");
	go_to(test, "2026-03-03T09:00:00Z");
	support_must(test, support_run(test, "undo", NULL, NULL));
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story, "1 March 2026, Test. IP recorded: 10.0.0.1. [This was undone on 3 March 2026 by Test.]\n");
	assert_tells(story, "3 March 2026, Test. Undo entry 2: ip=10.0.0.1. IP is blank again.\n");
	support_must(test, support_run(test, "redo", NULL, NULL));
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story, "IP recorded: 10.0.0.1.\n");
	assert_tells(story, "IP is 10.0.0.1 again.\n");
}

static void
decisions_and_facts_are_sentences(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	go_to(test, "2026-03-09T09:00:00Z");
	support_begin(test, "Decided");
	support_set(test, ENTITY_DEVICE, "C1", "decision=remove", "decision_by=B. Jones", "decision_on=2026-03-02",
		    "decision_reason=It watches the gate", NULL);
	support_commit(test);
	support_begin(test, "Removed");
	support_set(test, ENTITY_DEVICE, "C1", "removed_on=2026-03-08", "removed_who=Vans Ltd",
		    "removed_evidence=Certificate 12", NULL);
	support_commit(test);
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story, "9 March 2026, Test. B. Jones set the decision to remove on 2 March 2026, because: It "
			    "watches the gate.\n");
	assert_tells(story,
		     "9 March 2026, Test. It was removed on 8 March 2026 by Vans Ltd, evidence: Certificate 12.\n");
}

static void
a_deadline_its_extension_and_its_lapse_are_told(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_begin(test, "Deadline");
	support_add(test, ENTITY_DEADLINE, "device=C1", "kind=remove", "target_on=2026-04-30", "owner=A. Smith", NULL);
	support_commit(test);
	go_to(test, "2026-04-20T09:00:00Z");
	support_begin(test, "Extended");
	support_add(test, ENTITY_EXTENSION, "deadline=1", "from_on=2026-04-30", "to_on=2026-06-30", "reason=No van",
		    "approved_by=E. High", "approved_on=2026-04-19", "expires_on=2026-05-31", NULL);
	support_commit(test);
	go_to(test, "2026-05-31T09:00:00Z");
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story,
		     "2 March 2026, Test. The deadline to remove it was set to 30 April 2026 (owner: A. Smith).\n");
	assert_tells(story, "20 April 2026, Test. The deadline for it was extended from 30 April 2026 to 30 June 2026 "
			    "by E. High, on 19 April 2026, because: No van; that holds until 31 May 2026.\n");
	go_to(test, "2026-06-01T09:00:00Z");
	assert_tells(story_of(test, ENTITY_DEVICE, "C1"),
		     "It lapsed after 31 May 2026, and the date before it counts again.\n");
}

static void
a_deadline_that_an_undo_took_out_is_told_and_marked(void **state)
{
	struct support *test = *state;

	record_some(test);
	support_begin(test, "Set the deadline of 1 device");
	support_add(test, ENTITY_DEADLINE, "device=C1", "kind=remove", "target_on=2026-04-30", NULL);
	support_commit(test);
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_tells(story_of(test, ENTITY_DEVICE, "C1"),
		     "Set the deadline of 1 device. [This was undone on 1 March 2026 by Test.]\n");
	assert_tells_not(story_of(test, ENTITY_SITE, "S1"), "deadline");
}

static void
assess(struct support *test, const char *site, const char *grounds)
{
	support_must(test, support_run(test, "site assess", NULL, arena_format(&test->arena, "site=%s", site),
				       "limb=secret=yes", arena_format(&test->arena, "grounds=%s", grounds),
				       "by=C. Low", NULL));
}

static void
an_assessment_is_told_of_the_site_that_it_stood_on_then(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	assess(test, "S1", "First");
	assess(test, "S2", "Elsewhere");
	support_set_alone(test, ENTITY_DEVICE, "C1", "site=S2");
	assess(test, "S1", "Gone from there");
	assess(test, "S2", "Second");
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story, "C. Low assessed its site S1 on 1 March 2026: sensitive: yes; grounds: First.\n");
	assert_tells(story, "It was moved from S1 to S2.\n");
	assert_tells(story, "grounds: Second.\n");
	assert_tells_not(story, "Elsewhere");
	assert_tells_not(story, "Gone from there");
	assert_tells(story_of(test, ENTITY_SITE, "S2"),
		     "C. Low assessed it on 1 March 2026: sensitive: yes; grounds: Elsewhere.\n");
}

static void
the_decision_on_its_maker_is_told_once_that_is_its_maker(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	support_must(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Dahua", "basis=Before",
				       "by=C. Low", NULL));
	support_set_alone(test, ENTITY_DEVICE, "C1", "manufacturer=Dahua");
	support_must(test, support_run(test, "manufacturer uncover", NULL, "manufacturer=Dahua", "basis=After",
				       "by=C. Low", NULL));
	story = story_of(test, ENTITY_DEVICE, "C1");
	assert_tells(story, "that its maker is Dahua, which is covered: suspected.");
	assert_tells(story, "C. Low decided on 1 March 2026 about its maker Dahua: covered: no; basis: After.");
	assert_tells_not(story, "Before");
}

static void
data_cannot_steer_the_terminal_and_lines_fit_it(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C1",
			  "notes=and a line\nend, and words enough that one line is not enough");
	support_sql(test->path, "UPDATE device SET notes = 'Red' || char(27) || '[31m ' || notes");
	story = story_in(test, ENTITY_DEVICE, "C1", 40);
	assert_tells_not(story, "\x1b");
	assert_tells(story, "\n   ");
	while (*story != '\0') {
		size_t size = strcspn(story, "\n");

		assert_in_range(size, 1, 40);
		story += size + 1;
	}
}

/* S1 gets C1 and C2 in one entry, C1 moves to S2 in another, and C2 is said to be gone in a third. */
static void
a_site_tells_of_its_devices_in_numbers(void **state)
{
	struct support *test = *state;
	const char *first, *second;

	record_some(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_begin(test, "More");
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", "kind=camera", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C3", "site=S1", "kind=camera", NULL);
	support_commit(test);
	go_to(test, "2026-03-03T09:00:00Z");
	support_begin(test, "Moved");
	support_set(test, ENTITY_DEVICE, "C2", "site=S2", NULL);
	support_set(test, ENTITY_DEVICE, "C3", "removed_on=2026-03-03", NULL);
	support_commit(test);
	first = story_of(test, ENTITY_SITE, "S1");
	assert_tells(first, "2 March 2026, ");
	assert_tells(first, "2 devices were recorded here.");
	assert_tells(first, "1 device was moved away; 1 device was recorded as gone.");
	second = story_of(test, ENTITY_SITE, "S2");
	assert_tells(second, "1 device was moved here.");
	assert_tells_not(second, "gone");
}

static void
a_deadline_is_told_by_what_it_is_for(void **state)
{
	struct support *test = *state;
	const char *story;

	record_some(test);
	go_to(test, "2026-03-02T09:00:00Z");
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2026-05-25", NULL));
	support_must(test, support_run(test, "deadline set", NULL, "entity=device", "key=C1", "date=2026-05-26", NULL));
	story = story_of(test, ENTITY_DEADLINE, "1");
	assert_tells(story, "The deadline to remove what is in scope at site S1 was set to 25 May 2026.");
	assert_tells_not(story, "moved");
	assert_tells(story_of(test, ENTITY_DEADLINE, "2"), "The deadline to remove device C1 was set to 26 May 2026.");
	assert_tells(story_of(test, ENTITY_SITE, "S1"),
		     "The deadline to remove what is in scope there was set to 25 May 2026.");
	assert_tells(story_of(test, ENTITY_DEVICE, "C1"), "The deadline to remove it was set to 26 May 2026.");
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2026-06-25",
				       "reason=Lease", NULL));
	assert_tells(story_of(test, ENTITY_DEADLINE, "1"),
		     "The deadline to remove what is in scope at site S1 was moved from 25 May 2026 to 25 June 2026, "
		     "because: Lease.");
}

static void
what_is_decided_about_a_manufacturer_is_of_it_in_its_own_story(void **state)
{
	struct support *test = *state;

	record_some(test);
	support_must(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Dahua", "basis=List", "by=Ann",
				       NULL));
	assert_tells(story_of(test, ENTITY_MANUFACTURER, "Dahua"),
		     "Ann decided on 1 March 2026 about it: covered: yes; basis: List");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(it_begins_with_what_the_record_was_then),
		register_test(what_was_undone_is_marked_and_the_undo_told),
		register_test(decisions_and_facts_are_sentences),
		register_test(a_deadline_its_extension_and_its_lapse_are_told),
		register_test(a_deadline_that_an_undo_took_out_is_told_and_marked),
		register_test(an_assessment_is_told_of_the_site_that_it_stood_on_then),
		register_test(the_decision_on_its_maker_is_told_once_that_is_its_maker),
		register_test(a_site_tells_of_its_devices_in_numbers),
		register_test(data_cannot_steer_the_terminal_and_lines_fit_it),
		register_test(a_deadline_is_told_by_what_it_is_for),
		register_test(what_is_decided_about_a_manufacturer_is_of_it_in_its_own_story),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
