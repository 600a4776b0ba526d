/* SPDX-License-Identifier: MIT */
/* What the minister's report says of dates, of who must see to them and of what is past. */
#include "tests/support.h"

#include <string.h>

#include "commands/programme.h"
#include "commands/report_sheets.h"

/* Sensitive sites A of LOW, which is under TOP, and B of nobody, each with a camera in scope. */
static void
add_estate(struct support *test)
{
	support_begin(test, "Make an estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Fine", "covered=no", "basis=b", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=TOP", "kind=department", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=LOW", "kind=council", "parent=TOP", NULL);
	support_add(test, ENTITY_SITE, "code=A", "organisation=LOW", NULL);
	support_add(test, ENTITY_SITE, "code=B", NULL);
	for (const char *const *site = (const char *const[]){ "A", "B", NULL }; *site != NULL; site++) {
		const char *of_site = arena_format(&test->arena, "site=%s", *site);

		support_add(test, ENTITY_ASSESSMENT, of_site, "secret=yes", "grounds=g", "decided_by=A",
			    "decided_on=2024-01-01", NULL);
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=%s-1", *site), of_site, "kind=dome",
			    "manufacturer=Covered", "network=isolated", "installed_on=2020-01-01", NULL);
	}
	support_add(test, ENTITY_DEVICE, "tag=FINE", "site=A", "kind=dome", "manufacturer=Fine", NULL);
	support_commit(test);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2028-04-30");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "owner=Programme");
}

static void
add_deadline(struct support *test, const char *subject, const char *kind, const char *day, const char *owner)
{
	support_begin(test, "Set a date");
	support_add(test, ENTITY_DEADLINE, subject, arena_format(&test->arena, "kind=%s", kind),
		    arena_format(&test->arena, "target_on=%s", day), owner, NULL);
	support_commit(test);
}

/* A sheet as lines, each row in one with "|" between; "-" for what is not known. */
static const char *
lines_of(struct support *test, bool (*fill)(struct report *report, struct sheet *sheet))
{
	struct report report = { .session = &test->session, .arena = &test->arena, .error = &test->error };
	const char *lines = "";
	struct sheet sheet = { 0 };
	size_t width = 0;

	support_must(test, fill(&report, &sheet));
	while (sheet.columns[width].title != NULL)
		width++;
	for (size_t i = 0; i < sheet.row_count * width; i++)
		lines = arena_format(&test->arena, "%s%s%s", lines, sheet.values[i] != NULL ? sheet.values[i] : "-",
				     (i + 1) % width == 0 ? "\n" : "|");
	return lines;
}

static const char *
words_of(struct support *test, bool (*fill)(struct report *report, struct sheet *sheet))
{
	struct report report = { .session = &test->session, .arena = &test->arena, .error = &test->error };
	struct sheet sheet = { 0 };
	const char *words = "";

	support_must(test, fill(&report, &sheet));
	for (const char *const *paragraph = sheet.paragraphs; *paragraph != NULL; paragraph++)
		words = arena_format(&test->arena, "%s%s\n", words, *paragraph);
	return words;
}

static void
assert_says(const char *words, const char *expected)
{
	if (strstr(words, expected) == NULL)
		fail_msg("'%s' is not in:\n%s", expected, words);
}

static void
each_site_to_clear_has_the_owner_of_the_date_that_counts(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_string_equal(lines_of(test, report_fill_to_clear),
			    "A|-|LOW|1|not begun|2028-04-30|programme|Programme\n"
			    "B|-|-|1|not begun|2028-04-30|programme|Programme\n");
	add_deadline(test, "body=TOP", "remove", "2028-03-31", "owner=Body");
	add_deadline(test, "body=LOW", "assess", "2028-03-31", "owner=Somebody else");
	assert_string_equal(lines_of(test, report_fill_to_clear),
			    "A|-|LOW|1|not begun|2028-03-31|organisation|Body\n"
			    "B|-|-|1|not begun|2028-04-30|programme|Programme\n");
	add_deadline(test, "site=A", "remove", "2028-02-29", NULL);
	add_deadline(test, "device=A-1", "confirm make", "2028-02-29", "owner=Somebody else");
	add_deadline(test, "device=B-1", "remove", "2028-01-31", "owner=Device");
	assert_string_equal(lines_of(test, report_fill_to_clear),
			    "B|-|-|1|not begun|2028-01-31|device|Device\n"
			    "A|-|LOW|1|not begun|2028-02-29|site|-\n");
	add_deadline(test, "device=A-1", "confirm make", "2028-01-30", "owner=Somebody else");
	add_deadline(test, "device=A-1", "remove", "2028-01-30", "owner=Device");
	assert_says(lines_of(test, report_fill_to_clear), "A|-|LOW|1|not begun|2028-01-30|device|Device\n");
}

static void
a_device_that_is_not_in_scope_has_an_owner_too(void **state)
{
	struct support *test = *state;

	add_estate(test);
	add_deadline(test, "device=FINE", "remove", "2027-01-31", "owner=Device");
	assert_says(lines_of(test, report_fill_to_clear), "A|-|LOW|1|not begun|2027-01-31|device|Device\n");
}

static void
sites_past_the_programmes_date_are_told_with_their_answers(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_string_equal(lines_of(test, report_fill_late), "");
	assert_says(words_of(test, report_fill_summary), "No sensitive site with in-scope devices left is past the "
							 "programme's date of 30 April 2028 (R5).\n");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-20");
	assert_says(words_of(test, report_fill_summary), "2 sensitive sites with in-scope devices left are past the "
							 "programme's date of 20 November 2026 (R5).\n");
	support_must(test, support_run(test, "finding answer", NULL, "rule=R5", "key=B", "answer=retain",
				       "reason=No other way", "by=J. Smith", "until=2027-02-01", NULL));
	assert_says(words_of(test, report_fill_summary),
		    "2 sensitive sites with in-scope devices left are past the programme's date of 20 November 2026 "
		    "(R5); 1 of them is answered.\n");
	assert_string_equal(lines_of(test, report_fill_late),
			    "A|-|LOW|1|-|-|-\n"
			    "B|-|-|1|retain with mitigation|J. Smith|2027-02-01\n");
	assert_says(lines_of(test, report_fill_findings), "R5|Not clear by the last milestone|late|1|1|sites|");
}

static void
what_is_due_ends_with_the_programme(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	support_must(test, support_run(test, "due", &said, NULL));
	assert_string_equal(said, "");
	support_must(test, support_run(test, "due", &said, "within=2y", NULL));
	assert_string_equal(said, "2 sensitive sites are to be clear by the programme's date of 30 April 2028: terrier "
				  "list sites \"sensitive:yes in_scope_left>0\"\n");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-20");
	support_must(test, support_run(test, "due", &said, NULL));
	assert_string_equal(said, "2 sensitive sites are past the programme's date of 20 November 2026: terrier "
				  "findings R5\n");
	for (const char *const *site = (const char *const[]){ "key=A", "key=B", NULL }; *site != NULL; site++)
		support_must(test, support_run(test, "finding answer", NULL, "rule=R5", *site, "answer=retain",
					       "reason=No other way", "by=J. Smith", "until=2027-02-01", NULL));
	support_must(test, support_run(test, "due", &said, NULL));
	assert_string_equal(said, "");
}

static void
sites_of_other_bodies_are_counted_and_said_to_be(void **state)
{
	static const char others[] = "1 of 2 sites is of councils, police, health or other bodies; it is counted here "
				     "(R16).\n";
	static const char unknown[] = "The kind of body that answers for 1 of 2 sites is not recorded; it is counted "
				      "here (R16).\n";
	struct support *test = *state;
	const char *said;

	add_estate(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "A", "central"), "no");
	assert_string_equal(support_value(test, ENTITY_SITE, "B", "central"), "unknown");
	assert_says(words_of(test, report_fill_summary), others);
	assert_says(words_of(test, report_fill_summary), unknown);
	support_must(test, support_run(test, "figures", &said, "figure=sites", NULL));
	assert_says(said, others);
	support_must(test, support_run(test, "figures", &said, "figure=refusals_open", NULL));
	assert_string_equal(said, "");
	support_set_alone(test, ENTITY_ORGANISATION, "LOW", "kind=public body");
	support_set_alone(test, ENTITY_SITE, "B", "organisation=TOP");
	assert_string_equal(support_find(test, ENTITY_SITE, "central:yes"), "A B");
	support_must(test, support_run(test, "figures", &said, "figure=sites", NULL));
	assert_string_equal(said, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(each_site_to_clear_has_the_owner_of_the_date_that_counts),
		register_test(a_device_that_is_not_in_scope_has_an_owner_too),
		register_test(sites_past_the_programmes_date_are_told_with_their_answers),
		register_test(what_is_due_ends_with_the_programme),
		register_test(sites_of_other_bodies_are_counted_and_said_to_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
