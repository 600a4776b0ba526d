/* SPDX-License-Identifier: MIT */
/* Deadlines: their layers, their extensions, and what became of them. */
#include "tests/support.h"

#include <string.h>

#include "core/chance.h"

/* Goes on to another day. */
static void
go_to_day(struct support *test, const char *day)
{
	assert_true(date_parse_instant(day, &test->session.now));
	test->session.today = date_from_instant(test->session.now);
}

static const char *
of_deadline(struct support *test, const char *field)
{
	return support_value(test, ENTITY_DEADLINE, "1", field);
}

static void
set_site(struct support *test, const char *key, const char *day)
{
	support_must(test,
		     support_run(test, "deadline set", NULL, "entity=site", arena_format(&test->arena, "key=%s", key),
				 arena_format(&test->arena, "date=%s", day), "reason=Because", NULL));
}

static void
extend(struct support *test, const char *to, const char *expires)
{
	support_must(test, support_run(test, "deadline extend", NULL, "deadline=1",
				       arena_format(&test->arena, "to=%s", to), "reason=Scaffolding", "by=J. Smith",
				       arena_format(&test->arena, "expires=%s", expires), NULL));
}

/* A sensitive site S1 of BODY under TOP, with a camera A in scope. */
static void
add_estate(struct support *test)
{
	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=TOP", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=BODY", "parent=TOP", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "organisation=BODY", NULL);
	support_add(test, ENTITY_SITE, "code=S2", "organisation=BODY", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "kind=camera", "manufacturer=Maker",
		    "installed_on=2019-06", NULL);
	support_add(test, ENTITY_DEVICE, "tag=B", "site=S1", "kind=camera", NULL);
	support_set(test, ENTITY_MILESTONE, "April 2025", "due_on=2030-01-01", NULL);
	support_commit(test);
}

static void
assert_due(struct support *test, enum entity_kind kind, const char *key, const char *day, const char *layer)
{
	assert_string_equal(support_value(test, kind, key, "due_on"), day);
	assert_string_equal(support_value(test, kind, key, "due_layer"), layer);
}

static void
the_earliest_date_of_all_layers_counts(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_due(test, ENTITY_SITE, "S1", "2030-01-01", "programme");
	assert_due(test, ENTITY_DEVICE, "A", "2030-01-01", "programme");
	support_must(test, support_run(test, "deadline set", NULL, "entity=organisation", "key=TOP", "date=2029-06-30",
				       NULL));
	assert_due(test, ENTITY_SITE, "S1", "2029-06-30", "organisation");
	assert_due(test, ENTITY_DEVICE, "A", "2029-06-30", "organisation");
	set_site(test, "S1", "2028-02-29");
	assert_due(test, ENTITY_SITE, "S1", "2028-02-29", "site");
	assert_due(test, ENTITY_DEVICE, "A", "2028-02-29", "site");
	support_must(test, support_run(test, "deadline set", NULL, "entity=device", "key=A", "date=2027-01-31", NULL));
	assert_due(test, ENTITY_SITE, "S1", "2027-01-31", "device");
	assert_due(test, ENTITY_DEVICE, "A", "2027-01-31", "device");
	/* The wider ones ask only for what is in scope, on sensitive sites. */
	assert_due(test, ENTITY_DEVICE, "B", "-", "none");
	assert_due(test, ENTITY_SITE, "S2", "-", "none");
}

static void
of_two_layers_with_one_date_the_wider_is_named(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2030-01-01");
	assert_due(test, ENTITY_SITE, "S1", "2030-01-01", "programme");
}

static void
a_site_without_anything_in_scope_is_not_asked_for_anything(void **state)
{
	struct support *test = *state;

	add_estate(test);
	support_must(test, support_run(test, "deadline set", NULL, "entity=organisation", "key=BODY", "date=2029-06-30",
				       NULL));
	support_must(test, support_run(test, "device done", NULL, "device=A", "what=remove", NULL));
	assert_due(test, ENTITY_SITE, "S1", "-", "none");
	assert_due(test, ENTITY_DEVICE, "A", "-", "none");
}

static void
bodies_that_are_under_each_other_end_somewhere(void **state)
{
	struct support *test = *state;

	add_estate(test);
	/* As an older program let it be. */
	support_sql(test->path, "UPDATE organisation SET parent_id = (SELECT id FROM organisation WHERE code = 'BODY') "
				"WHERE code = 'TOP'");
	support_must(test, support_run(test, "deadline set", NULL, "entity=organisation", "key=TOP", "date=2029-06-30",
				       NULL));
	assert_due(test, ENTITY_SITE, "S1", "2029-06-30", "organisation");
}

static void
only_what_makes_a_device_go_is_its_date(void **state)
{
	struct support *test = *state;

	add_estate(test);
	support_must(test, support_run(test, "deadline set", NULL, "entity=organisation", "key=BODY", "kind=survey",
				       "date=2027-01-01", NULL));
	support_must(test, support_run(test, "deadline set", NULL, "entity=device", "key=A", "kind=confirm make",
				       "date=2027-02-01", NULL));
	assert_due(test, ENTITY_DEVICE, "A", "2030-01-01", "programme");
	support_must(test, support_run(test, "deadline set", NULL, "entity=device", "key=A", "kind=disconnect",
				       "date=2027-03-01", NULL));
	assert_due(test, ENTITY_DEVICE, "A", "2027-03-01", "device");
}

static void
a_later_date_than_a_wider_one_is_told_of(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	assert_false(support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2031-01-01", NULL));
	assert_non_null(strstr(test->error.message, "say why (reason)"));
	support_must(test, support_run(test, "deadline set", &said, "entity=site", "key=S1", "date=2031-01-01",
				       "reason=Scaffolding", NULL));
	assert_non_null(strstr(said, "The earlier date of the programme, 1 January 2030, counts all the same."));
	support_must(test, support_run(test, "deadline set", &said, "entity=site", "key=S1", "date=2029-01-01",
				       "reason=Now", NULL));
	assert_null(strstr(said, "all the same"));
	support_must(test, support_run(test, "deadline set", &said, "entity=organisation", "key=TOP", "date=2031-01-01",
				       "reason=Funding", NULL));
	assert_non_null(strstr(said, "programme"));
	support_must(test, support_run(test, "deadline extend", &said, "deadline=1", "to=2030-06-30",
				       "reason=Scaffolding", "by=J. Smith", NULL));
	assert_non_null(strstr(said, "The earlier date of the programme, 1 January 2030, counts all the same."));
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S2", "date=2031-01-01", NULL));
}

static void
another_date_needs_a_reason_and_counts_as_slipped(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2027-01-31");
	assert_false(support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2027-02-28", NULL));
	assert_non_null(strstr(test->error.message, "say why"));
	assert_true(
		support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2027-01-31", "owner=Ann", NULL));
	set_site(test, "S1", "2027-02-28");
	assert_string_equal(of_deadline(test, "due_on"), "2027-02-28");
	assert_string_equal(of_deadline(test, "first_on"), "2027-01-31");
	assert_string_equal(of_deadline(test, "slipped"), "28");
	assert_string_equal(of_deadline(test, "owner"), "Ann");
}

static void
the_day_after_an_extension_expires_the_original_date_is_back(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	extend(test, "2027-03-31", "2027-02-28");
	go_to_day(test, "2027-02-28");
	assert_string_equal(of_deadline(test, "due_on"), "2027-03-31");
	assert_string_equal(of_deadline(test, "state"), "later");
	assert_string_equal(of_deadline(test, "expires_on"), "2027-02-28");
	assert_string_equal(of_deadline(test, "slipped"), "120");
	assert_string_equal(of_deadline(test, "lapsed"), "no");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "1", "state"), "holds");
	go_to_day(test, "2027-03-01");
	assert_string_equal(of_deadline(test, "due_on"), "2026-12-01");
	assert_string_equal(of_deadline(test, "state"), "overdue");
	assert_string_equal(of_deadline(test, "days"), "-90");
	assert_string_equal(of_deadline(test, "lapsed"), "yes");
	assert_string_equal(of_deadline(test, "expires_on"), "-");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "1", "state"), "lapsed");
	assert_due(test, ENTITY_SITE, "S1", "2026-12-01", "site");
}

static void
an_extension_may_follow_another(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	extend(test, "2027-01-31", "2027-01-31");
	go_to_day(test, "2027-02-10");
	assert_string_equal(of_deadline(test, "lapsed"), "yes");
	extend(test, "2027-03-31", "2027-03-31");
	assert_string_equal(of_deadline(test, "due_on"), "2027-03-31");
	assert_string_equal(of_deadline(test, "lapsed"), "no");
	assert_string_equal(of_deadline(test, "extensions"), "2");
	extend(test, "2027-04-30", "2027-04-30");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "2", "state"), "followed");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "3", "state"), "holds");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "3", "subject"), "S1");
}

static void
a_date_that_is_set_anew_sets_the_extension_aside(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	extend(test, "2027-03-31", "2027-03-31");
	set_site(test, "S1", "2026-12-24");
	assert_string_equal(of_deadline(test, "due_on"), "2026-12-24");
	assert_string_equal(of_deadline(test, "lapsed"), "no");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "1", "state"), "set aside");
}

static void
what_was_met_under_an_extension_stays_met_in_time(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	extend(test, "2027-03-31", "2027-03-31");
	go_to_day(test, "2027-03-30");
	support_must(test, support_run(test, "deadline done", &said, "deadline=1", NULL));
	assert_non_null(strstr(said, "met in time"));
	go_to_day(test, "2028-06-01");
	assert_string_equal(of_deadline(test, "state"), "met");
	assert_string_equal(of_deadline(test, "due_on"), "2027-03-31");
	assert_string_equal(support_value(test, ENTITY_EXTENSION, "1", "state"), "closed");
	/* On a day before it was approved, or after it had expired, it did not hold. */
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", "on=2027-04-01", NULL));
	assert_string_equal(of_deadline(test, "state"), "met late");
	assert_string_equal(of_deadline(test, "due_on"), "2026-12-01");
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", "on=2026-11-20", NULL));
	assert_string_equal(of_deadline(test, "due_on"), "2026-12-01");
}

static void
a_closed_deadline_is_only_extended_once_it_is_open_again(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", NULL));
	assert_false(
		support_run(test, "deadline extend", NULL, "deadline=1", "to=2027-03-31", "reason=x", "by=Jo", NULL));
	assert_non_null(strstr(test->error.message, "was met on 2026-11-21"));
	support_must(test, support_run(test, "deadline reopen", NULL, "deadline=1", "why=One was left", NULL));
	assert_string_equal(of_deadline(test, "done_by"), "-");
	assert_string_equal(of_deadline(test, "state"), "due soon");
	extend(test, "2027-03-31", "2027-03-31");
}

static void
an_extension_leads_to_a_later_day_that_is_still_to_come(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_site(test, "S1", "2026-12-01");
	assert_false(
		support_run(test, "deadline extend", NULL, "deadline=1", "to=2026-12-01", "reason=x", "by=Jo", NULL));
	assert_non_null(strstr(test->error.message, "only be extended to a later date"));
	assert_false(support_run(test, "deadline extend", NULL, "deadline=1", "to=2027-12-01", "reason=x", "by=Jo",
				 "expires=yesterday", NULL));
	assert_non_null(strstr(test->error.message, "would have expired"));
	assert_false(support_run(test, "deadline extend", NULL, "deadline=1", "to=2027-12-01", "reason=x", "by=Jo",
				 "on=tomorrow", NULL));
	assert_non_null(strstr(test->error.message, "after today"));
	assert_string_equal(of_deadline(test, "extensions"), "0");
}

/* The 29th of February, and the last days of months. */
static void
dates_from_today_keep_to_the_calendar(void **state)
{
	struct support *test = *state;

	add_estate(test);
	go_to_day(test, "2027-11-30");
	set_site(test, "S1", "3m");
	assert_string_equal(of_deadline(test, "due_on"), "2028-02-29");
	go_to_day(test, "2028-02-29");
	assert_string_equal(of_deadline(test, "days"), "0");
	assert_string_equal(of_deadline(test, "state"), "due soon");
	extend(test, "end of next month", "1y");
	assert_string_equal(of_deadline(test, "due_on"), "2028-03-31");
	assert_string_equal(of_deadline(test, "expires_on"), "2029-02-28");
	go_to_day(test, "2029-03-01");
	assert_string_equal(of_deadline(test, "days"), "-366");
}

static void
the_programme_is_met_or_missed_by_its_share(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_string_equal(support_value(test, ENTITY_MILESTONE, "October 2024", "state"), "missed");
	assert_string_equal(support_value(test, ENTITY_MILESTONE, "April 2025", "state"), "ahead");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "past_milestone"), "no");
	support_must(test, support_run(test, "device done", NULL, "device=A", "what=remove", "on=2024-10-31", NULL));
	assert_string_equal(support_value(test, ENTITY_MILESTONE, "October 2024", "state"), "met");
	assert_string_equal(support_value(test, ENTITY_MILESTONE, "October 2024", "cleared"), "1");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2024-11-01");
	assert_string_equal(support_value(test, ENTITY_MILESTONE, "October 2024", "state"), "missed");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-20");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "past_milestone"), "yes");
}

/* What a deadline is, as it was told to be. */
struct model {
	int64_t target, first, done;	/* days since 1970; done 0: open */
	struct model_extension { int64_t from, to, approved, expires; } extensions[64];
	size_t count;
};

/* The newest extension that holds, looked for on its own day or on the day it was done. */
static const struct model_extension *
model_holding(const struct model *model, int64_t today, bool *lapsed)
{
	int64_t day = model->done != 0 ? model->done : today;
	const struct model_extension *holding = NULL;
	bool expired = false;

	for (size_t i = 0; i < model->count; i++) {
		const struct model_extension *extension = &model->extensions[i];

		if (extension->from != model->target)
			continue;
		if (extension->approved <= day && day <= extension->expires)
			holding = extension;
		expired = expired || extension->expires < day;
	}
	*lapsed = holding == NULL && expired;
	return holding;
}

static const char *
day_text(struct support *test, int64_t days)
{
	char text[DATE_TEXT_SIZE];

	date_format(date_from_days(days), text);
	return arena_text(&test->arena, text);
}

static int64_t
model_due(const struct model *model, int64_t today)
{
	bool lapsed;
	const struct model_extension *holding = model_holding(model, today, &lapsed);

	return holding != NULL ? holding->to : model->target;
}

static void
assert_as_model(struct support *test, const struct model *model, int64_t today)
{
	bool lapsed;
	const struct model_extension *holding = model_holding(model, today, &lapsed);
	int64_t due = model_due(model, today);
	const char *state = model->done != 0 ? (model->done > due ? "met late" : "met") :
			    due < today ? "overdue" : due <= today + 30 ? "due soon" : "later";

	assert_string_equal(of_deadline(test, "due_on"), day_text(test, due));
	assert_string_equal(of_deadline(test, "state"), state);
	assert_string_equal(of_deadline(test, "lapsed"), lapsed ? "yes" : "no");
	assert_string_equal(of_deadline(test, "expires_on"), holding != NULL ? day_text(test, holding->expires) : "-");
	assert_string_equal(of_deadline(test, "slipped"), arena_format(&test->arena, "%d", (int)(due - model->first)));
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "due_on"),
			    model->done != 0 ? "-" : day_text(test, due));
}

/* Does one thing by chance, to both; what must be refused is refused. */
static void
step(struct support *test, struct model *model, struct chance *chance, int64_t *today)
{
	int64_t day = *today + chance_between(chance, -40, 200), other = *today + chance_between(chance, -5, 90);
	const char *on = arena_format(&test->arena, "date=%s", day_text(test, day));
	bool may;

	switch (chance_below(chance, 5)) {
	case 0:
		if (model->done == 0) {
			support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S2", on,
						       "reason=x", NULL));
			model->target = day;
		}
		break;
	case 1:
		may = model->done == 0 && day > model_due(model, *today) && other >= *today;
		assert_int_equal(may, support_run(test, "deadline extend", NULL, "deadline=1",
				 arena_format(&test->arena, "to=%s", day_text(test, day)), "reason=x", "by=Jo",
				 arena_format(&test->arena, "expires=%s", day_text(test, other)), NULL));
		if (may)
			model->extensions[model->count++] = (struct model_extension){ model->target, day, *today,
										      other };
		break;
	case 2:
		model->done = *today - chance_between(chance, 0, 30);
		support_must(test, support_run(test, "deadline done", NULL, "deadline=1",
					       arena_format(&test->arena, "on=%s", day_text(test, model->done)), NULL));
		break;
	case 3:
		support_must(test, support_run(test, "deadline reopen", NULL, "deadline=1", "why=x", NULL));
		model->done = 0;
		break;
	default:
		/* The last day of an extension is where mistakes are. */
		if (model->count > 0 && model->extensions[model->count - 1].expires > *today &&
		    chance_percent(chance, 50))
			*today = model->extensions[model->count - 1].expires;
		else
			*today += chance_percent(chance, 40) ? 1 : chance_between(chance, 1, 60);
		go_to_day(test, day_text(test, *today));
	}
}

static void
random_histories_are_as_a_slow_model_has_them(void **state)
{
	enum { STEPS = 300 };
	struct support *test = *state;
	struct chance chance = { 20261122 };
	int64_t today = date_days(test->session.today);
	struct model model = { .target = today + 10, .first = today + 10 };
	size_t lapsed = 0, met = 0;

	add_estate(test);
	set_site(test, "S2", "10d");
	for (int i = 0; i < STEPS && model.count < 64; i++) {
		step(test, &model, &chance, &today);
		assert_as_model(test, &model, today);
		lapsed += strcmp(of_deadline(test, "lapsed"), "yes") == 0;
		met += strcmp(of_deadline(test, "state"), "met") == 0;
	}
	/* Else it would prove nothing. */
	assert_true(lapsed > 5);
	assert_true(met > 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(the_earliest_date_of_all_layers_counts),
		register_test(of_two_layers_with_one_date_the_wider_is_named),
		register_test(a_site_without_anything_in_scope_is_not_asked_for_anything),
		register_test(bodies_that_are_under_each_other_end_somewhere),
		register_test(only_what_makes_a_device_go_is_its_date),
		register_test(a_later_date_than_a_wider_one_is_told_of),
		register_test(another_date_needs_a_reason_and_counts_as_slipped),
		register_test(the_day_after_an_extension_expires_the_original_date_is_back),
		register_test(an_extension_may_follow_another),
		register_test(a_date_that_is_set_anew_sets_the_extension_aside),
		register_test(what_was_met_under_an_extension_stays_met_in_time),
		register_test(a_closed_deadline_is_only_extended_once_it_is_open_again),
		register_test(an_extension_leads_to_a_later_day_that_is_still_to_come),
		register_test(dates_from_today_keep_to_the_calendar),
		register_test(the_programme_is_met_or_missed_by_its_share),
		register_test(random_histories_are_as_a_slow_model_has_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
