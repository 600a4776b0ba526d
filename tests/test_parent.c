/* SPDX-License-Identifier: MIT */
/* Sites that are part of sites, and organisations of organisations: what is inherited, and no circles. */
#include "tests/support.h"

#include <string.h>

static void
a_building_has_the_sensitivity_of_its_complex(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", "parent=S1");
	support_add_alone(test, ENTITY_SITE, "code=S3", "parent=S2");
	support_begin(test, "assess");
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=x", "decided_by=A",
		    "decided_on=2026-01-01", NULL);
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "S3", "sensitive"), "yes");
	assert_string_equal(support_value(test, ENTITY_SITE, "S3", "inherited_from"), "S1");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "inherited_from"), "-");
	support_set_alone(test, ENTITY_SITE, "S2", "parent=");
	assert_string_equal(support_value(test, ENTITY_SITE, "S3", "sensitive"), "not assessed");
}

static void
a_site_cannot_be_part_of_itself(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", "parent=S1");
	support_begin(test, "circle");
	support_set(test, ENTITY_SITE, "S1", "parent=S2", NULL);
	assert_false(store_entry_commit(test->session.store, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(test->error.message, "S1 would be part of itself"));
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "parent"), "-");
}

static void
sites_lie_sixteen_deep_at_most(void **state)
{
	struct support *test = *state;
	int deepest = 0;

	support_add_alone(test, ENTITY_SITE, "code=S0", NULL);
	for (int i = 1; i <= 20 && deepest == 0; i++) {
		support_begin(test, "deeper");
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%d", i),
			    arena_format(&test->arena, "parent=S%d", i - 1), NULL);
		if (!store_entry_commit(test->session.store, &test->error))
			deepest = i;
	}
	assert_int_equal(deepest, 17);
}

static void
an_organisation_does_not_belong_to_itself(void **state)
{
	struct support *test = *state;
	struct record_id id;
	const struct record *before;
	struct record *now;

	support_add_alone(test, ENTITY_ORGANISATION, "code=O", NULL);
	support_add_alone(test, ENTITY_ORGANISATION, "code=P", "parent=O");
	support_add_alone(test, ENTITY_ORGANISATION, "code=Q", "parent=P");
	support_must(test, store_lookup(test->session.store, ENTITY_ORGANISATION, "O", &id, &test->error));
	for (const char *const *parent = (const char *const[]){ "O", "P", "Q", NULL }; *parent != NULL; parent++) {
		assert_false(support_run(test, "set", NULL, "entity=organisation", "key=O",
					 arena_format(&test->arena, "field=parent=%s", *parent), NULL));
		if (strstr(test->error.message, "Organisation O would belong to itself") == NULL)
			fail_msg("parent %s: %s", *parent, test->error.message);
	}
	before = store_read(test->session.store, id, test->session.today, &test->arena, &test->error);
	now = record_copy(&test->arena, before);
	now->values[ORGANISATION_name] = "The office";
	support_begin(test, "Name it");
	support_must(test, store_update(test->session.store, before, now, NULL, &test->error));
	support_commit(test);
	support_set_alone(test, ENTITY_ORGANISATION, "Q", "parent=O");
	assert_string_equal(support_value(test, ENTITY_ORGANISATION, "O", "parent"), "-");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_building_has_the_sensitivity_of_its_complex),
		register_test(a_site_cannot_be_part_of_itself),
		register_test(sites_lie_sixteen_deep_at_most),
		register_test(an_organisation_does_not_belong_to_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
