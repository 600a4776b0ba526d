/* SPDX-License-Identifier: MIT */
/* Which sites are counted anew when other records change, and that many are counted as few are. */
#include "tests/support.h"

#include "db/standing.h"

enum { SITES = 40 };	/* more than are asked one by one */

static void
assert_right(struct support *test)
{
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

/* A camera on each site; the first few name the contract K. */
static void
add_sites(struct support *test)
{
	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	for (int i = 0; i < SITES; i++) {
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%d", i), NULL);
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i),
			    arena_format(&test->arena, "site=S%d", i), "kind=camera",
			    i % 3 == 0 ? "manufacturer=Maker" : "manufacturer=", i < 4 ? "contract=K" : "contract=",
			    i % 5 == 0 ? "removed_on=2025-01-01" : "removed_on=", NULL);
	}
	support_commit(test);
}

static void
many_sites_are_counted_as_few_are(void **state)
{
	struct support *test = *state;

	add_sites(test);
	assert_right(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "S15", "state"), "cleared unverified");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_right(test);
}

static void
a_contract_concerns_the_sites_whose_devices_name_it(void **state)
{
	struct support *test = *state;

	add_sites(test);
	support_add_alone(test, ENTITY_CONTRACT, "reference=k", NULL);
	assert_right(test);
	support_set_alone(test, ENTITY_CONTRACT, "k", "reference=OTHER");
	assert_right(test);
	support_set_alone(test, ENTITY_CONTRACT, "OTHER", "site=S9");
	assert_right(test);
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_right(test);
}

/* An end of the contract is an end of control there (R11). */
static void
a_contract_that_ends_concerns_the_sites_whose_devices_name_it(void **state)
{
	struct support *test = *state;

	add_sites(test);
	support_set_alone(test, ENTITY_SITE, "S3", "controller=landlord");
	support_add_alone(test, ENTITY_CONTRACT, "reference=K", NULL);
	assert_string_equal(support_find(test, ENTITY_SITE, "finding:R11 controller:landlord"), "S3");
	support_set_alone(test, ENTITY_CONTRACT, "K", "end_on=2027-03-31");
	assert_right(test);
	support_set_alone(test, ENTITY_CONTRACT, "K", "kind=supply");
	assert_right(test);
}

static void
a_milestone_that_passes_concerns_every_site(void **state)
{
	struct support *test = *state;

	add_sites(test);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2099-01-01");
	assert_right(test);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "notes=Agreed");
	assert_right(test);
}

static void
add_camera(struct support *test, const char *tag, int site, const char *assignment)
{
	support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=%s", tag),
		    arena_format(&test->arena, "site=S%d", site), "kind=camera", "manufacturer=Maker", assignment,
		    NULL);
}

static void
new_devices_add_to_what_is_kept_of_their_sites(void **state)
{
	struct support *test = *state;

	add_sites(test);
	support_begin(test, "One");
	add_camera(test, "N1", 1, "quantity=3");
	support_commit(test);
	assert_right(test);
	assert_value(test, ENTITY_SITE, "S1", "devices", "4");
	support_begin(test, "Many");
	for (int i = 0; i < SITES; i++)
		add_camera(test, arena_format(&test->arena, "M%d", i), i / 2,
			   i % 3 == 0 ? "removed_on=2026-01-01" : "quantity=2");
	support_commit(test);
	assert_right(test);
	assert_value(test, ENTITY_SITE, "S19", "devices", "3");
}

/* One that is changed, moved or gone before the entry ends is none that merely came. */
static void
a_new_device_that_changes_counts_once(void **state)
{
	struct support *test = *state;

	add_sites(test);
	support_begin(test, "Several");
	add_camera(test, "N1", 1, "quantity=3");
	add_camera(test, "N2", 2, "quantity=2");
	add_camera(test, "N3", 3, "quantity=5");
	add_camera(test, "N4", 2, "recorder=N3");
	support_set(test, ENTITY_DEVICE, "N1", "quantity=4", NULL);
	support_set(test, ENTITY_DEVICE, "N2", "site=S4", NULL);
	support_set(test, ENTITY_DEVICE, "C3", "removed_on=2026-01-01", NULL);
	support_commit(test);
	assert_right(test);
	assert_value(test, ENTITY_SITE, "S1", "devices", "5");
	assert_value(test, ENTITY_SITE, "S2", "devices", "2");
	assert_value(test, ENTITY_SITE, "S4", "devices", "3");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_right(test);
	assert_value(test, ENTITY_SITE, "S2", "devices", "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(many_sites_are_counted_as_few_are),
		register_test(a_contract_concerns_the_sites_whose_devices_name_it),
		register_test(a_contract_that_ends_concerns_the_sites_whose_devices_name_it),
		register_test(a_milestone_that_passes_concerns_every_site),
		register_test(new_devices_add_to_what_is_kept_of_their_sites),
		register_test(a_new_device_that_changes_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
