/* SPDX-License-Identifier: MIT */
/* Brands that sell what another makes: their labels suspect that one, and companies are not taken for it. */
#include "tests/maker_fixture.h"

static void
expect_match(struct maker_table *table, const char *make, const char *model, const char *mac, int64_t manufacturer,
	     int64_t rival, const char *evidence)
{
	struct maker_match match;

	maker_match(table, make, model, mac, &match);
	assert_int_equal(match.manufacturer, manufacturer);
	assert_int_equal(match.rival, rival);
	assert_string_equal(match.evidence, evidence);
}

static void
expect_words(struct maker_table *table, const char *make, const char *model, const char *mac, const char *expected)
{
	struct text words = { 0 };

	maker_append_evidence(&words, table, make, model, mac);
	assert_string_equal(text_words(&words), expected);
	text_free(&words);
}

/* Honeywell, which is not covered, sells what Dahua makes; a weak prefix of it, and one that is not. */
static void
the_label_of_a_brand_suspects_who_is_said_to_make_its_devices(void **state)
{
	struct maker_table *table = *state;

	expect_match(table, "Honeywell", NULL, NULL, HONEYWELL, 0, "label");
	maker_table_add_rebadge(table, "HONEYWELL Ltd", DAHUA, MAKER_WEAK);
	maker_table_add_rebadge(table, "Honeywell", HIKVISION, MAKER_STRONG);
	maker_table_add_model(table, "HC30", HONEYWELL, MAKER_STRONG);
	maker_table_add_model(table, "HX", HONEYWELL, MAKER_WEAK);
	expect_match(table, "Honeywell", NULL, NULL, DAHUA, HONEYWELL, "label");
	expect_match(table, "honeywell uk", "HX-1", NULL, DAHUA, HONEYWELL, "label");
	expect_match(table, "Honeywell", "HC30W", NULL, HONEYWELL, 0, "several");
	expect_match(table, "Honeywell", NULL, "00:40:84:01:02:03", HONEYWELL, 0, "several");
	expect_match(table, "Honeywell", NULL, "00:40:8C:01:02:03", AXIS, HONEYWELL, "disagree");
	expect_match(table, "Honeywell / Axis", NULL, NULL, HONEYWELL, AXIS, "disagree");
	expect_match(table, "Axis", NULL, NULL, AXIS, 0, "label");
	expect_words(table, "Honeywell", NULL, NULL,
		     "The label says Honeywell, whose devices Dahua is said to make.");
	expect_words(table, "Honeywell", "HC30W", NULL,
		     "The label says Honeywell; the model begins with HC30, as those of Honeywell do.");
}

static void
a_brand_that_is_nobodys_own_name_is_as_any_name(void **state)
{
	struct maker_table *table = *state;

	maker_table_add_rebadge(table, "Alibi", HIKVISION, MAKER_WEAK);
	maker_table_add_rebadge(table, "Dahua", DAHUA, MAKER_STRONG);
	maker_table_add_rebadge(table, "Axis", 99, MAKER_STRONG);
	expect_match(table, "Alibi", NULL, NULL, HIKVISION, 0, "label");
	expect_match(table, "Dahua", NULL, NULL, DAHUA, 0, "label");
	expect_match(table, "Axis", NULL, NULL, AXIS, 0, "label");
}

static void
a_company_is_known_as_a_label_is_but_not_by_what_others_sell(void **state)
{
	static const struct { const char *name; int64_t maker; } cases[] = {
		{ "Hikvision UK Ltd", HIKVISION }, { "HIK", HIKVISION }, { "Hikvision (UK)", HIKVISION },
		{ "EZVIZ", HIKVISION }, { "Honeywell", HONEYWELL }, { "Broadgauge / Dahua", DAHUA },
		{ "Alibi", 0 }, { "Broadgauge", 0 }, { "Hikvisionary", 0 }, { "", 0 },
	};
	struct maker_table *table = *state;

	maker_table_add_rebadge(table, "Alibi", HIKVISION, MAKER_STRONG);
	maker_table_add_rebadge(table, "Honeywell", DAHUA, MAKER_STRONG);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(maker_table_company(table, cases[i].name), cases[i].maker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_label_of_a_brand_suspects_who_is_said_to_make_its_devices),
		TEST(a_brand_that_is_nobodys_own_name_is_as_any_name),
		TEST(a_company_is_known_as_a_label_is_but_not_by_what_others_sell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
