/* SPDX-License-Identifier: MIT */
/* Who made a device: what its label, its model number and its MAC address say. */
#include "tests/maker_fixture.h"

static void
a_name_is_found_in_any_case_and_punctuation(void **state)
{
	static const char *const written[] = {
		"Hikvision", "HIKVISION", " hikvision ", "Hik-Vision", "hik_vision", "H.I.K. Vision", "HIK",
		"\u6d77\u5eb7\u5a01\u89c6", "Hikvision Ltd", "HIKVISION CO., LTD.", "Hikvision (UK) Limited",
		"Hikvision Technology Co Ltd", "Hikvision CCTV", "Hangzhou Hikvision Digital Technology Co.,Ltd.",
		"hangzhou hikvision digital technology", "Ezviz",
	};

	for (size_t i = 0; i < COUNT(written); i++)
		expect_label(*state, written[i], HIKVISION);
}

static void
a_name_inside_a_longer_one_is_nobodys(void **state)
{
	static const char *const written[] = {
		"Nautel", "Autelan", "Opelco", "Pelcombe Group Ltd.", "Kedah Electronics",
		"Shanghai Dahua Scale Factory", "Axis of Evil", "not Hikvision", "Hikvisionary", "Hi", "", " ", "Ltd",
		"Co., Ltd.", "?", "Northwood",
	};

	for (size_t i = 0; i < COUNT(written); i++)
		expect_label(*state, written[i], 0);
	expect_label(*state, "Autel", AUTEL);
	expect_label(*state, "Pelco", PELCO);
	expect_label(*state, "Keda", KEDACOM);
}

static void
a_bracket_that_names_another_is_a_disagreement(void **state)
{
	struct maker_match match;

	maker_match(*state, "Dahua (Honeywell badge)", NULL, NULL, &match);
	assert_int_equal(match.manufacturer, DAHUA);
	assert_int_equal(match.rival, HONEYWELL);
	assert_string_equal(match.evidence, "disagree");
	maker_match(*state, "Honeywell / Dahua", NULL, NULL, &match);
	assert_int_equal(match.label, HONEYWELL);
	assert_int_equal(match.manufacturer, DAHUA);
	assert_int_equal(match.rival, HONEYWELL);
	maker_match(*state, "Hikvision (HIK)", NULL, NULL, &match);
	assert_int_equal(match.rival, 0);
	assert_string_equal(match.evidence, "label");
	expect_label(*state, "unknown (Hikvision?)", HIKVISION);
}

static void
a_name_of_two_manufacturers_is_neithers(void **state)
{
	struct maker_table *table = *state;

	maker_table_add_name(table, "Northern", HIKVISION, MAKER_STRONG);
	expect_label(table, "Northern", HIKVISION);
	maker_table_add_name(table, "NORTHERN", DAHUA, MAKER_STRONG);
	expect_label(table, "Northern", 0);
	maker_table_add_name(table, "Axis", DAHUA, MAKER_STRONG);
	expect_label(table, "Axis", AXIS);
}

static void
what_people_say_of_a_name_counts_before_the_registry(void **state)
{
	struct maker_table *table = *state;

	expect_label(table, "Prama India Private Limited", HIKVISION);
	maker_table_add_name(table, "Prama India Private Limited", UNIVIEW, MAKER_STRONG);
	expect_label(table, "PRAMA INDIA PRIVATE LIMITED", UNIVIEW);
}

static void
a_name_of_nothing_but_common_words_keeps_its_first(void **state)
{
	enum { COMMON = 99 };

	maker_table_add(*state, COMMON, "CCTV Camera Co", MAKER_UNDECIDED);
	expect_label(*state, "CCTV Camera Company", COMMON);
	expect_label(*state, "Camera Company", 0);
}

static void
expect_model(struct maker_table *table, const char *model, int64_t manufacturer)
{
	struct maker_match match;

	maker_match(table, NULL, model, NULL, &match);
	if (match.model != manufacturer)
		fail_msg("\"%s\" is taken for %d, not for %d", model, (int)match.model, (int)manufacturer);
}

static void
the_longest_beginning_of_a_model_counts(void **state)
{
	expect_model(*state, "DS-2CD2143G2-I", HIKVISION);
	expect_model(*state, "ds 2cd2143g2", HIKVISION);
	expect_model(*state, "DS2CD2143", HIKVISION);
	expect_model(*state, "DS-7216HQHI", HIKVISION);
	expect_model(*state, "Hikvision DS-2CD2143", HIKVISION);
	expect_model(*state, "IPC-HDW5442TM-AS", DAHUA);
	expect_model(*state, "DH-IPC-HFW2431S", DAHUA);
	expect_model(*state, "DHIPCHFW2431S", DAHUA);
	expect_model(*state, "IPC2122LB-SF28", UNIVIEW);
	expect_model(*state, "IPC2231-FNB", KEDACOM);
	expect_model(*state, "P3245-LV", 0);
	expect_model(*state, "", 0);
	expect_model(*state, "DS", 0);
}

static void
a_beginning_in_letters_is_no_beginning_of_a_word(void **state)
{
	expect_model(*state, "DH-SD6AL245", DAHUA);
	expect_model(*state, "DH SD6AL245", DAHUA);
	expect_model(*state, "DH4000", DAHUA);
	expect_model(*state, "DH", DAHUA);
	expect_model(*state, "DHARMA 5", 0);
	expect_model(*state, "IPC22310", 0);
	expect_model(*state, "Door DH-4", 0);
	maker_table_add_model(*state, "XVR", DAHUA, MAKER_STRONG);
	expect_model(*state, "XVR5104", DAHUA);
	expect_model(*state, "XVRAY", 0);
}

static void
a_beginning_of_two_manufacturers_tells_neither(void **state)
{
	struct text words = { 0 };

	expect_model(*state, "IPC-B140H", 0);
	expect_model(*state, "IPC2999", 0);
	maker_append_evidence(&words, *state, NULL, "IPC-B140H", NULL);
	assert_string_equal(text_words(&words), "The model begins with IPC-B, as those of Hikvision and of Uniview do, "
						"so it does not tell.");
	text_free(&words);
}

static void
the_longest_block_of_an_address_counts(void **state)
{
	struct maker_table *table = *state;

	expect_mac(table, "3C:EF:8C:01:02:03", DAHUA);
	maker_table_add_mac(table, "3C:EF:8C:0", HIKVISION, NULL);
	expect_mac(table, "3C:EF:8C:01:02:03", HIKVISION);
	maker_table_add_mac(table, "3cef8c010", UNIVIEW, "Zhejiang Uniview");
	expect_mac(table, "3C:EF:8C:01:02:03", UNIVIEW);
	expect_mac(table, "3C:EF:8C:02:0F:03", HIKVISION);
	expect_mac(table, "3C:EF:8C:11:0F:03", DAHUA);
	expect_mac(table, "3C:EF:8D:11:0F:03", 0);
}

static void
what_the_register_says_of_a_block_counts_first(void **state)
{
	struct maker_table *table = maker_table_new();

	maker_table_add(table, 1, "Dahua", MAKER_COVERED);
	maker_table_add(table, 2, "Other", MAKER_COVERED);
	maker_table_add_mac(table, "3CEF8C", 2, NULL);
	maker_table_add_blocks(table);
	expect_mac(table, "3C:EF:8C:01:02:03", 2);
	maker_table_add_mac(table, "3C-EF-8C", 1, NULL);
	expect_mac(table, "3C:EF:8C:01:02:03", 0);
	maker_table_free(table);
	maker_table_add_mac(*state, "3CEF8C", UNIVIEW, NULL);
	expect_mac(*state, "3C:EF:8C:01:02:03", UNIVIEW);
}

static void
an_address_that_was_set_locally_has_no_maker(void **state)
{
	static const char *const addresses[] = {
		"02:EF:8C:01:02:03", "36:EF:8C:01:02:03", "3A:EF:8C:01:02:03", "3E:EF:8C:01:02:03", "3D:EF:8C:01:02:03",
		"FF:FF:FF:FF:FF:FF", "3C:EF:8C", "3C:EF:8C:01:02", "3C:EF:8C:01:02:03:04", "00:3C:EF:8C:01:02:03",
		"Hello", "", "3CEF8C01020G",
	};

	maker_table_add_mac(*state, "36EF8C", DAHUA, NULL);
	maker_table_add_mac(*state, "3DEF8C", DAHUA, NULL);
	for (size_t i = 0; i < COUNT(addresses); i++)
		expect_mac(*state, addresses[i], 0);
}

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
the_more_suspicious_of_two_counts(void **state)
{
	expect_match(*state, NULL, NULL, NULL, 0, 0, "none");
	expect_match(*state, "?", "P3245", "00:00:5E:00:00:01", 0, 0, "none");
	expect_match(*state, "Axis", NULL, NULL, AXIS, 0, "label");
	expect_match(*state, NULL, "DS-2CD2143", NULL, HIKVISION, 0, "model");
	expect_match(*state, "Acme", NULL, "3C:EF:8C:01:02:03", DAHUA, 0, "mac");
	expect_match(*state, "HIK", "DS-2CD2143", NULL, HIKVISION, 0, "several");
	expect_match(*state, "Honeywell", NULL, "3C:EF:8C:01:02:03", DAHUA, HONEYWELL, "disagree");
	expect_match(*state, "Hikvision", NULL, "00:40:8C:01:02:03", HIKVISION, AXIS, "disagree");
	expect_match(*state, "Honeywell", NULL, "00:40:8C:01:02:03", AXIS, HONEYWELL, "disagree");
	expect_match(*state, "Hikvision", NULL, "3C:EF:8C:01:02:03", DAHUA, HIKVISION, "disagree");
	expect_match(*state, "Hikvision", "IPC-HDW5442", NULL, DAHUA, HIKVISION, "disagree");
	expect_match(*state, "Axis", "IPC2122LB", "3C:EF:8C:01:02:03", DAHUA, UNIVIEW, "disagree");
}

static void
add_hints(struct maker_table *table)
{
	maker_table_add_name(table, "Loryta", DAHUA, MAKER_WEAK);
	maker_table_add_name(table, "Northern", HIKVISION, MAKER_WEAK);
	maker_table_add_model(table, "NVR4", DAHUA, MAKER_WEAK);
	maker_table_add_model(table, "THC-", HIKVISION, MAKER_WEAK);
}

static void
weak_evidence_counts_where_nothing_else_tells(void **state)
{
	struct maker_match match;

	add_hints(*state);
	expect_match(*state, "Loryta", NULL, NULL, DAHUA, 0, "label");
	expect_match(*state, "Acme", "NVR4108", NULL, DAHUA, 0, "model");
	expect_match(*state, "Loryta", "NVR4108", NULL, DAHUA, 0, "several");
	expect_match(*state, "Northern", "NVR4108", NULL, DAHUA, HIKVISION, "disagree");
	expect_match(*state, "Loryta / Northern", NULL, NULL, DAHUA, HIKVISION, "disagree");
	maker_match(*state, "Loryta", "THC-B120", NULL, &match);
	assert_true(match.is_weak);
	maker_match(*state, "Loryta", "DS-2CD2143", NULL, &match);
	assert_false(match.is_weak);
	maker_match(*state, "Acme", NULL, NULL, &match);
	assert_false(match.is_weak);
}

/* However suspicious whom it names, and however often. */
static void
weak_evidence_is_passed_over_beside_any_other(void **state)
{
	add_hints(*state);
	expect_match(*state, "Axis", "NVR4108", NULL, AXIS, 0, "label");
	expect_match(*state, "Loryta", "NVR4108", "00:40:8C:01:02:03", AXIS, 0, "mac");
	expect_match(*state, "Northern", "IPC2122LB", NULL, UNIVIEW, 0, "model");
	expect_match(*state, "Axis (Loryta)", NULL, NULL, AXIS, 0, "label");
	expect_match(*state, "Loryta (Axis)", NULL, NULL, AXIS, 0, "none");
	expect_match(*state, "Loryta", "IPC-HDW5442", NULL, DAHUA, 0, "model");
	expect_match(*state, "Honeywell", "NVR4108", "3C:EF:8C:01:02:03", DAHUA, HONEYWELL, "disagree");
}

static void
a_hint_takes_no_name_from_anybody(void **state)
{
	maker_table_add_name(*state, "E.Z.V.I.Z.", DAHUA, MAKER_WEAK);
	expect_match(*state, "EZVIZ", "IPC2122LB", NULL, HIKVISION, UNIVIEW, "disagree");
	maker_table_add_name(*state, "Acme", DAHUA, MAKER_WEAK);
	maker_table_add_name(*state, "ACME", UNIVIEW, MAKER_STRONG);
	expect_label(*state, "Acme", UNIVIEW);
	maker_table_add_name(*state, "Bravo", DAHUA, MAKER_WEAK);
	maker_table_add_name(*state, "BRAVO", UNIVIEW, MAKER_WEAK);
	expect_label(*state, "Bravo", 0);
	expect_match(*state, "Bravo Ltd", "DS-2CD2143", NULL, HIKVISION, 0, "model");
	maker_table_add_name(*state, "Corvus Ltd", DAHUA, MAKER_WEAK);
	expect_match(*state, "Corvus", NULL, NULL, DAHUA, 0, "label");
	expect_match(*state, "Corvus", "IPC2122LB", NULL, UNIVIEW, 0, "model");
}

static void
a_beginning_that_is_a_hint_stands_back_behind_one_that_is_more(void **state)
{
	maker_table_add_model(*state, "DS-2CD9", DAHUA, MAKER_WEAK);
	expect_match(*state, "Axis", "DS-2CD9", NULL, HIKVISION, AXIS, "disagree");
	maker_table_add_model(*state, "DH-XY", HIKVISION, MAKER_WEAK);
	maker_table_add_model(*state, "DHXY", UNIVIEW, MAKER_WEAK);
	expect_model(*state, "DH-XY1", 0);
	maker_table_add_model(*state, "D-HXY", KEDACOM, MAKER_STRONG);
	expect_model(*state, "DH-XY1", KEDACOM);
	maker_table_add_model(*state, "DHX-Y", AXIS, MAKER_WEAK);
	expect_model(*state, "DH-XY1", KEDACOM);
	maker_table_add_model(*state, "IPC2Z", DAHUA, MAKER_WEAK);
	expect_match(*state, NULL, "IPC2Z9", NULL, DAHUA, 0, "model");
}

/* The day on which a decision takes effect changes neither of the two that are kept. */
static void
of_covered_makers_the_rival_is_the_one_covered_first(void **state)
{
	enum { LATE = 91, EARLY, AT_ONCE };

	maker_table_add_covered(*state, LATE, "Late", "2031-01-01");
	maker_table_add_covered(*state, EARLY, "Early", "2030-01-01");
	maker_table_add_covered(*state, AT_ONCE, "Now", NULL);
	maker_table_add_model(*state, "LT-", LATE, MAKER_STRONG);
	expect_match(*state, "Early", "LT-1", "3C:EF:8C:01:02:03", DAHUA, EARLY, "disagree");
	expect_match(*state, "Late / Early", "LT-1", NULL, LATE, EARLY, "disagree");
	expect_match(*state, "Early / Now", "LT-1", NULL, LATE, AT_ONCE, "disagree");
	expect_match(*state, "Uniview / Late", NULL, NULL, LATE, UNIVIEW, "disagree");
}

static void
expect_owner(struct maker_table *table, const char *name, int64_t manufacturer, bool own)
{
	bool is_own;

	assert_int_equal(maker_table_owner(table, name, &is_own), manufacturer);
	assert_int_equal(is_own, own);
}

static void
a_name_has_its_owner_however_it_is_written(void **state)
{
	add_hints(*state);
	expect_owner(*state, "hik-vision", HIKVISION, true);
	expect_owner(*state, "H.I.K.", HIKVISION, false);
	expect_owner(*state, "LORYTA", DAHUA, false);
	expect_owner(*state, "Hikvision Ltd", 0, false);
	expect_owner(*state, "Hangzhou Hikvision Digital Technology", 0, false);
	expect_owner(*state, "Autel", AUTEL, false);
	expect_owner(*state, "Axis (Dahua)", 0, false);
	expect_owner(*state, "", 0, false);
}

static void
expect_words(struct maker_table *table, const char *make, const char *model, const char *mac, const char *expected)
{
	struct text words = { 0 };

	maker_append_evidence(&words, table, make, model, mac);
	assert_string_equal(text_words(&words), expected);
	text_free(&words);
}

static void
the_evidence_is_said_in_words(void **state)
{
	expect_words(*state, NULL, NULL, NULL, "");
	expect_words(*state, "Acme", "P3245", "00:00:5E:00:00:01", "");
	expect_words(*state, "Honeywell", NULL, "3C:EF:8C:01:02:03",
		     "The label says Honeywell; MAC 3CEF8C is Zhejiang Dahua Technology Co., Ltd.");
	expect_words(*state, "HIK", "DS-2CD2143", NULL,
		     "The label says \"HIK\", a name of Hikvision; the model begins with DS-2CD, as those of Hikvision "
		     "do.");
	expect_words(*state, "Dahua (Honeywell badge)", NULL, NULL,
		     "The label says \"Dahua (Honeywell badge)\", which names Dahua and Honeywell.");
	expect_words(*state, NULL, "IPC-HDW1", NULL, "The model begins with IPC-HDW, as those of Dahua do.");
	expect_words(*state, NULL, NULL, "58:8F:CF:00:00:00",
		     "MAC 588FCF is Hangzhou Ezviz Software Co.,Ltd. (Hikvision).");
	expect_words(*state, NULL, NULL, "02:00:00:00:00:01",
		     "MAC 02:00:00:00:00:01 was set by a person or by software, so it does not tell.");
	add_hints(*state);
	expect_words(*state, "Loryta", "NVR4108", NULL,
		     "Weak: the label says \"Loryta\", a name of Dahua; weak: the model begins with NVR4, as those of "
		     "Dahua do.");
	expect_words(*state, "Axis", "NVR4108", NULL,
		     "The label says Axis; weak: the model begins with NVR4, as those of Dahua do.");
}

static void
expect_nearest(struct maker_table *table, const char *make, const char *expected)
{
	const char *found[3];
	int64_t manufacturers[3];
	int count = maker_nearest(table, make, found, manufacturers, 3);

	assert_true(count >= 0 && count <= 3);
	if (expected == NULL)
		assert_int_equal(count, 0);
	else
		assert_string_equal(count > 0 ? found[0] : "nobody", expected);
}

static void
a_make_that_nobody_knows_has_its_nearest_names(void **state)
{
	expect_nearest(*state, "Hikvison", "Hikvision");
	expect_nearest(*state, "hick vision", "Hikvision");
	expect_nearest(*state, "Dahau", "Dahua");
	expect_nearest(*state, "Hikvision dome 4MP", "Hikvision");
	expect_nearest(*state, "old EZVIZ indoor", "EZVIZ");
	expect_nearest(*state, "Panasonic", NULL);
	expect_nearest(*state, "", NULL);
	expect_nearest(*state, "  ", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_name_is_found_in_any_case_and_punctuation),
		TEST(a_name_inside_a_longer_one_is_nobodys),
		TEST(a_bracket_that_names_another_is_a_disagreement),
		TEST(a_name_of_two_manufacturers_is_neithers),
		TEST(what_people_say_of_a_name_counts_before_the_registry),
		TEST(a_name_of_nothing_but_common_words_keeps_its_first),
		TEST(the_longest_beginning_of_a_model_counts),
		TEST(a_beginning_in_letters_is_no_beginning_of_a_word),
		TEST(a_beginning_of_two_manufacturers_tells_neither),
		TEST(the_longest_block_of_an_address_counts),
		TEST(what_the_register_says_of_a_block_counts_first),
		TEST(an_address_that_was_set_locally_has_no_maker),
		TEST(the_more_suspicious_of_two_counts),
		TEST(weak_evidence_counts_where_nothing_else_tells),
		TEST(weak_evidence_is_passed_over_beside_any_other),
		TEST(a_hint_takes_no_name_from_anybody),
		TEST(a_beginning_that_is_a_hint_stands_back_behind_one_that_is_more),
		TEST(of_covered_makers_the_rival_is_the_one_covered_first),
		TEST(a_name_has_its_owner_however_it_is_written),
		TEST(the_evidence_is_said_in_words),
		TEST(a_make_that_nobody_knows_has_its_nearest_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
