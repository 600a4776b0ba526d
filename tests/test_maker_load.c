/* SPDX-License-Identifier: MIT */
/* What the register says of manufacturers, as matching reads it; and what a new register knows of them. */
#include "tests/support.h"

#include <string.h>

#include "commands/starter.h"
#include "db/maker_load.h"
#include "db/match.h"

static void
expect_maker(struct support *test, const char *make, const char *model, const char *mac, const char *name)
{
	struct maker_table *makers = store_makers(test->session.store, &test->error);
	struct maker_match match;
	const char *found = "-";

	support_must(test, makers != NULL);
	maker_match(makers, make, model, mac, &match);
	if (match.manufacturer != 0)
		support_must(test, match_key_of(test->session.store, ENTITY_MANUFACTURER, match.manufacturer,
						&test->arena, &found, &test->error));
	assert_string_equal(found, name);
}

static void
add_starter(struct support *test)
{
	support_begin(test, "Starter");
	support_must(test, starter_insert(&test->session, &test->error));
	support_commit(test);
}

static void
a_name_counts_as_soon_as_it_is_in_the_register(void **state)
{
	struct support *test = *state;

	expect_maker(test, "Acme", NULL, NULL, "-");
	support_begin(test, "Add a manufacturer");
	expect_maker(test, "Acme", NULL, NULL, "-");
	support_add(test, ENTITY_MANUFACTURER, "name=Acme", NULL);
	expect_maker(test, "ACME", NULL, NULL, "Acme");
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Ajax", "manufacturer=Acme", NULL);
	support_add(test, ENTITY_MODEL_PREFIX, "prefix=AJ-", "manufacturer=Acme", NULL);
	support_add(test, ENTITY_MAC_PREFIX, "prefix=3CEF8C", "manufacturer=Acme", "holder=Acme Works", NULL);
	expect_maker(test, "ajax", NULL, NULL, "Acme");
	expect_maker(test, NULL, "AJ-12", NULL, "Acme");
	expect_maker(test, NULL, NULL, "3C:EF:8C:00:00:01", "Acme");
	store_entry_rollback(test->session.store);
	expect_maker(test, "Acme", "AJ-12", "3C:EF:8C:00:00:01", "-");
}

static void
a_name_that_is_given_to_another_counts_for_that(void **state)
{
	struct support *test = *state;

	support_begin(test, "Add two");
	support_add(test, ENTITY_MANUFACTURER, "name=One", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Two", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Ajax", "manufacturer=One", NULL);
	expect_maker(test, "Ajax", NULL, NULL, "One");
	support_set(test, ENTITY_MANUFACTURER_NAME, "Ajax", "manufacturer=Two", NULL);
	expect_maker(test, "Ajax", NULL, NULL, "Two");
	support_commit(test);
	expect_maker(test, "Ajax", NULL, NULL, "Two");
}

static void
a_covered_manufacturer_counts_before_others(void **state)
{
	struct support *test = *state;

	add_starter(test);
	expect_maker(test, "Honeywell", "DS-2CD2143", NULL, "Hikvision");
	support_begin(test, "Decide");
	support_set(test, ENTITY_MANUFACTURER, "Honeywell", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2026-01-01", NULL);
	support_commit(test);
	expect_maker(test, "Honeywell", "DS-2CD2143", NULL, "Honeywell");
	support_begin(test, "Decide otherwise");
	support_set(test, ENTITY_MANUFACTURER, "Honeywell", "covered=no", NULL);
	support_set(test, ENTITY_MANUFACTURER, "Dahua", "covered=no", "basis=b", "decided_by=Jo",
		    "decided_on=2026-01-01", NULL);
	support_commit(test);
	expect_maker(test, "Honeywell", NULL, "3C:EF:8C:00:00:01", "Dahua");
	expect_maker(test, "Dahua", "DS-2CD2143", NULL, "Hikvision");
}

/* DOMAIN.md 3.2: such a label is to be suspected and inspected, whatever was decided on the brand. */
static void
the_label_of_a_brand_is_suspected_of_whom_it_buys_from(void **state)
{
	static const struct { const char *brand, *maker; } brands[] = {
		{ "Honeywell", "Dahua" }, { "Lorex", "Dahua" }, { "LTS", "Hikvision" }, { "LT Security", "Hikvision" },
		{ "Amcrest", "Dahua" }, { "IC Realtime", "Dahua" }, { "CP Plus", "Dahua" }, { "IndigoVision", "Dahua" },
		{ "ADI", "Hikvision" }, { "W Box", "Hikvision" }, { "FLIR", "Dahua" }, { "Annke", "Hikvision" },
	};
	static const char *const decided[] = { "Hikvision", "Dahua" };
	struct support *test = *state;

	add_starter(test);
	support_begin(test, "Decide");
	for (size_t i = 0; i < sizeof decided / sizeof decided[0]; i++)
		support_set(test, ENTITY_MANUFACTURER, decided[i], "covered=yes", "basis=b", "decided_by=Jo",
			    "decided_on=2026-01-01", NULL);
	support_commit(test);
	for (size_t i = 0; i < sizeof brands / sizeof brands[0]; i++)
		expect_maker(test, brands[i].brand, NULL, NULL, brands[i].maker);
	expect_maker(test, "Axis", NULL, NULL, "Axis");
	expect_maker(test, "Bosch", NULL, NULL, "Bosch");
}

static void
a_device_says_its_evidence_in_words(void **state)
{
	struct support *test = *state;

	add_starter(test);
	support_begin(test, "Add");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D1", "site=S1", "make=Honeywell", "mac=3C:EF:8C:00:00:01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D2", "site=S1", "make=Acme", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D3", "site=S1", "make=Hikvizion", NULL);
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_DEVICE, "D1", "evidence_words"),
			    "The label says Honeywell; MAC 3CEF8C is Zhejiang Dahua Technology Co., Ltd.");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "D2", "evidence_words"), "-");
	assert_string_equal(support_find(test, ENTITY_MAKE, "nearest:Hikvision"), "Hikvizion");
	assert_string_equal(support_find(test, ENTITY_MAKE, "-nearest:Hikvision"), "Honeywell Acme");
}

/* What DOMAIN.md 3.3 has seen, and labels of the demo estate. */
static void
the_starter_tables_know_the_models_that_were_met(void **state)
{
	static const struct {
		const char *model, *manufacturer;
	} met[] = {
		{ "DS-2CD2143G2-I", "Hikvision" }, { "DS-2DE4225IW-DE", "Hikvision" },
		{ "DS-2CE16D0T-IT3F", "Hikvision" }, { "iDS-2CD7A26G0/P-IZHS", "Hikvision" },
		{ "DS-7616NI-K2/16P", "Hikvision" }, { "DS-9616NI-I8", "Hikvision" }, { "DS-KV8113-WME1", "Hikvision" },
		{ "NVR-104H-D/4P", "Hikvision" }, { "IPC-T240H", "-" }, { "IPC-B121H-M", "-" },
		{ "IPC-HFW2831T-ZS", "Dahua" }, { "IPC-HDBW4431R-ZS", "Dahua" }, { "DH-SD6AL245U-HNI", "Dahua" },
		{ "SD49225XA-HNR", "Dahua" }, { "HAC-HDW1200TRQ", "Dahua" }, { "NVR5432-4KS2", "Dahua" },
		{ "VTO2202F-P", "Dahua" }, { "DHI-NVR4216", "Dahua" }, { "IPC2122LB-SF28-A", "Uniview" },
		{ "IPC3614SR3-ADPF28-F", "Uniview" }, { "NVR301-16E2-P8", "Uniview" }, { "TC-C34HN", "Tiandy" },
		{ "TC-H326S", "Tiandy" }, { "IPC2231-FN-PIR40-L0360", "Kedacom" }, { "NVR2820-16004B", "Kedacom" },
		{ "IPC2999", "-" }, { "NVR800-A02", "-" }, { "AXIS P3245-LV", "-" }, { "XNV-6083R", "-" },
		{ "NDE-3502-AL", "-" }, { "DIP-5240IG-00N", "-" },
	};
	struct support *test = *state;

	add_starter(test);
	for (size_t i = 0; i < sizeof met / sizeof met[0]; i++)
		expect_maker(test, NULL, met[i].model, NULL, met[i].manufacturer);
}

static void
the_starter_tables_know_the_names_that_were_met(void **state)
{
	static const struct {
		const char *make, *manufacturer;
	} met[] = {
		{ "HIK", "Hikvision" }, { "Hik Vision", "Hikvision" }, { "海康威视", "Hikvision" },
		{ "HiLook", "Hikvision" }, { "HiWatch", "Hikvision" }, { "EZVIZ", "Hikvision" },
		{ "Hikrobot", "Hikvision" }, { "大华", "Dahua" }, { "Imou", "Dahua" },
		{ "Zhejiang Dahua Technology Co., Ltd", "Dahua" }, { "UNV", "Uniview" }, { "Uniarch", "Uniview" },
		{ "Suzhou Keda Technology", "Kedacom" }, { "Honeywell", "Honeywell" }, { "Lorex", "Lorex" },
		{ "Amcrest Ltd", "Amcrest" }, { "LT Security Inc.", "LTS" }, { "Aditya Infotech", "CP Plus" },
		{ "Shanghai Dahua Scale Factory", "-" }, { "Nautel", "-" }, { "Pelcombe", "-" }, { "n/a", "-" },
	};
	struct support *test = *state;

	add_starter(test);
	for (size_t i = 0; i < sizeof met / sizeof met[0]; i++)
		expect_maker(test, met[i].make, NULL, NULL, met[i].manufacturer);
}

static void
only_what_the_register_lacks_is_added_to_it(void **state)
{
	struct support *test = *state;
	int64_t added[ENTITY_COUNT] = { 0 }, all;

	support_begin(test, "An earlier register");
	support_add(test, ENTITY_MANUFACTURER, "name=hikvision", "notes=ours", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Other", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=EZVIZ", "manufacturer=Other", NULL);
	support_must(test, starter_add(&test->session, added, &test->error));
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_MANUFACTURER, "hikvision", "notes"), "ours");
	assert_string_equal(support_value(test, ENTITY_MANUFACTURER_NAME, "EZVIZ", "manufacturer"), "Other");
	all = support_number(test, "SELECT count(*) FROM manufacturer");
	assert_int_equal(added[ENTITY_MANUFACTURER], all - 2);
	assert_int_equal(added[ENTITY_MODEL_PREFIX], support_number(test, "SELECT count(*) FROM model_prefix"));
	memset(added, 0, sizeof added);
	support_begin(test, "Again");
	support_must(test, starter_add(&test->session, added, &test->error));
	store_entry_rollback(test->session.store);
	for (int kind = 0; kind < ENTITY_COUNT; kind++)
		assert_int_equal(added[kind], 0);
}

static void
nobody_is_covered_by_the_starter_tables(void **state)
{
	struct support *test = *state;

	add_starter(test);
	assert_int_equal(support_number(test, "SELECT count(*) FROM manufacturer WHERE covered <> 'undecided'"), 0);
	assert_int_equal(support_number(test, "SELECT count(*) FROM model_prefix WHERE source IS NULL OR "
					"(source LIKE 'General knowledge%' AND confidence <> 'hint')"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_name_counts_as_soon_as_it_is_in_the_register),
		register_test(a_name_that_is_given_to_another_counts_for_that),
		register_test(a_covered_manufacturer_counts_before_others),
		register_test(the_label_of_a_brand_is_suspected_of_whom_it_buys_from),
		register_test(a_device_says_its_evidence_in_words),
		register_test(the_starter_tables_know_the_models_that_were_met),
		register_test(the_starter_tables_know_the_names_that_were_met),
		register_test(only_what_the_register_lacks_is_added_to_it),
		register_test(nobody_is_covered_by_the_starter_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
