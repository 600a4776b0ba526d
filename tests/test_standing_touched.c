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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(many_sites_are_counted_as_few_are),
		register_test(a_contract_concerns_the_sites_whose_devices_name_it),
		register_test(a_contract_that_ends_concerns_the_sites_whose_devices_name_it),
		register_test(a_milestone_that_passes_concerns_every_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
