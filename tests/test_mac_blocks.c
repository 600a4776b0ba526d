/* SPDX-License-Identifier: MIT */
/* The blocks of MAC addresses that the program knows, beside what was counted in the registry by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/maker.h"

/* The table itself: the program shows it only by what it finds. */
static const struct holder {
	const char *manufacturer, *organisation, *blocks;
} holders[] = {
#define HOLDER(manufacturer, organisation, blocks) { manufacturer, organisation, blocks },
#include "core/mac_blocks.def"
#undef HOLDER
};

static const char *const manufacturers[] = {
#define MANUFACTURER(name, ...) name,
#include "commands/starter_manufacturers.def"
#undef MANUFACTURER
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int
count_blocks(const struct holder *holder)
{
	int count = 0;

	for (const char *at = holder->blocks; *at != '\0'; at += strspn(at, " ")) {
		at += strcspn(at, " ");
		count++;
	}
	return count;
}

/* Every starter manufacturer, by its place; all the blocks. */
static int
make_table(void **state)
{
	struct maker_table *table = maker_table_new();

	for (size_t i = 0; i < COUNT(manufacturers); i++)
		maker_table_add(table, (int64_t)i + 1, manufacturers[i], MAKER_UNDECIDED);
	maker_table_add_blocks(table);
	*state = table;
	return 0;
}

static int
free_table(void **state)
{
	maker_table_free(*state);
	return 0;
}

/* Whose an address is that begins so, and ends in ones; "" for nobody's. */
static const char *
maker_of_block(struct maker_table *table, const char *block)
{
	struct maker_match match;
	char mac[16] = "111111111111";

	memcpy(mac, block, strlen(block));
	maker_match(table, NULL, NULL, mac, &match);
	return match.mac > 0 ? manufacturers[match.mac - 1] : "";
}

static void
expect_blocks(struct maker_table *table, const char *manufacturer, const char *blocks)
{
	char block[16];

	for (const char *at = blocks; *at != '\0'; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		memcpy(block, at, size);
		block[size] = '\0';
		if (strcmp(maker_of_block(table, block), manufacturer) != 0)
			fail_msg("%s is of \"%s\", not of %s", block, maker_of_block(table, block), manufacturer);
		at += size;
	}
}

static void
the_prefixes_of_the_camera_makers_are_theirs(void **state)
{
	expect_blocks(*state, "Hikvision",
		      "040312 085411 08A189 1012FB 1868CB 240F9B 2428FD 2432AE 2857BE 2CA59C 3C1BF8 40ACBF 4419B6 "
		      "4447CC 44A642 4CBD8F 4CF5DC 54C415 5803FB 5850ED 64DB8B 686DBC 80BEAF 849A40 8CE748 94E1AC "
		      "988B0A 989DE5 98DF82 98F112 A0FF0C A41437 ACB92F ACCB51 B4A382 BC5E33 BC9B5E BCAD28 BCBAC2 "
		      "C0517E C056E3 C06DED C42F90 D4E853 E0BAAD E0CA3C E8A0ED ECC89C F84DFC FC9FFD 588FCF 64F2FB "
		      "78A6A0 78C1AE EC97E0 34BD20 B0B3536 24B105 E428A4");
	expect_blocks(*state, "Dahua",
		      "08EDED 14A78B 24526A 38AF29 3CE36B 3CEF8C 4C11BF 5CF51A 6C1C71 74C929 8CE9B4 9002A9 9C1463 "
		      "A0BD1D B44C3B BC325F C0395A C4AAC4 D4430E E0508B E4246C F4B1C2 FC5F49 FCB69D 906A94");
	expect_blocks(*state, "Uniview", "48EA63 6CF17E C47905");
	expect_blocks(*state, "Tiandy", "3CDA6D");
	expect_blocks(*state, "Kedacom", "001410");
	expect_blocks(*state, "Hytera", "6469BC 9C066E");
}

static void
what_only_looks_alike_is_nobodys(void **state)
{
	/*
	 * Shanghai Dahua Scale Factory, the parents of it and of Hikrobot, a neighbour, Sepura, and two that were given
	 * out twice.
	 */
	static const char *const blocks[] = { "402C761", "402C76", "B0B353", "B0B3537", "001E96", "080030", "0001C8" };

	for (size_t i = 0; i < COUNT(blocks); i++)
		if (*maker_of_block(*state, blocks[i]) != '\0')
			fail_msg("%s is taken for %s", blocks[i], maker_of_block(*state, blocks[i]));
}

/* How many blocks of a manufacturer have so many digits; of any number of them for 0. */
static int
blocks_of(const char *manufacturer, size_t digits)
{
	int count = 0;

	for (size_t i = 0; i < COUNT(holders); i++) {
		const char *at = holders[i].blocks;

		if (strcmp(holders[i].manufacturer, manufacturer) != 0)
			continue;
		if (digits == 0)
			count += count_blocks(&holders[i]);
		for (; digits > 0 && *at != '\0'; at += strspn(at, " ")) {
			size_t size = strcspn(at, " ");

			count += size == digits;
			at += size;
		}
	}
	return count;
}

static void
the_counts_are_those_of_the_registry(void **state)
{
	static const struct {
		const char *manufacturer;
		int blocks, long_blocks;	/* all; of 28 bits */
	} counted[] = {
		{ "Hikvision", 59, 1 }, { "Dahua", 25, 0 }, { "Huawei", 1398, 0 }, { "ZTE", 300, 1 },
		{ "Hytera", 2, 0 }, { "Uniview", 3, 0 }, { "Tiandy", 1, 0 }, { "Kedacom", 1, 0 },
		{ "Alibaba Cloud", 4, 1 }, { "DJI", 3, 0 }, { "Quectel", 20, 0 }, { "Fibocom", 4, 0 },
		{ "China Mobile IoT", 94, 0 }, { "TP-Link", 200, 0 }, { "YITU", 1, 1 }, { "SenseTime", 1, 1 },
		{ "Nuctech", 1, 1 }, { "CloudWalk", 2, 1 }, { "TVT", 2, 0 }, { "Jovision", 2, 0 }, { "Raysharp", 2, 1 },
		{ "Reolink", 1, 0 }, { "Sunell", 1, 0 }, { "Infinova", 1, 0 }, { "Hanbang", 1, 0 },
		{ "Herospeed", 1, 0 }, { "Gwelltimes", 1, 0 }, { "Milesight", 2, 0 }, { "H3C", 110, 0 },
		{ "FiberHome", 157, 0 }, { "Ruijie", 14, 0 }, { "Tuya", 15, 0 }, { "Xiaomi", 200, 0 },
		{ "Sungrow", 1, 0 }, { "LTS", 1, 0 }, { "Swann", 1, 0 }, { "CP Plus", 2, 0 }, { "IC Realtime", 1, 0 },
		{ "Night Owl", 1, 0 }, { "ABUS", 1, 0 }, { "Honeywell", 41, 4 }, { "Watchnet", 1, 0 },
		{ "Pyronix", 1, 0 }, { "Provision-ISR", 2, 2 }, { "Lorex", 1, 0 }, { "Amcrest", 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(counted); i++) {
		int blocks = blocks_of(counted[i].manufacturer, 0), long_blocks = blocks_of(counted[i].manufacturer, 7);

		if (blocks != counted[i].blocks || long_blocks != counted[i].long_blocks)
			fail_msg("%s has %d blocks, %d of them of 28 bits", counted[i].manufacturer, blocks,
				 long_blocks);
	}
}

static void
the_table_is_whole(void **state)
{
	for (size_t i = 0; i < COUNT(holders); i++) {
		bool is_known = false;

		for (size_t j = 0; j < COUNT(manufacturers); j++)
			is_known |= strcmp(manufacturers[j], holders[i].manufacturer) == 0;
		if (!is_known)
			fail_msg("No starter manufacturer is %s", holders[i].manufacturer);
		for (const char *at = holders[i].blocks; *at != '\0'; at += strspn(at, " ")) {
			size_t size = strspn(at, "0123456789ABCDEF");

			assert_true((size == 6 || size == 7 || size == 9) && (at[size] == ' ' || at[size] == '\0'));
			at += size;
		}
		/* The parents of the smaller blocks are in the registry too, and those who did not want to be named. */
		assert_null(strstr(holders[i].organisation, "IEEE"));
		assert_string_not_equal(holders[i].organisation, "Private");
		assert_true(holders[i].organisation[strlen(holders[i].organisation) - 1] != ' ');
		assert_null(strstr(holders[i].organisation, "\xe2\x80\x82"));
	}
	(void)state;
}

static void
the_name_of_an_organisation_is_its_makers(void **state)
{
	struct maker_match match;

	for (size_t i = 0; i < COUNT(holders); i++) {
		maker_match(*state, holders[i].organisation, NULL, NULL, &match);
		if (match.label == 0 || strcmp(manufacturers[match.label - 1], holders[i].manufacturer) != 0)
			fail_msg("\"%s\" is not taken for %s", holders[i].organisation, holders[i].manufacturer);
	}
	maker_match(*state, "Shanghai Dahua Scale Factory", NULL, NULL, &match);
	assert_int_equal(match.label, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_prefixes_of_the_camera_makers_are_theirs),
		cmocka_unit_test(what_only_looks_alike_is_nobodys),
		cmocka_unit_test(the_counts_are_those_of_the_registry),
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(the_name_of_an_organisation_is_its_makers),
	};

	return cmocka_run_group_tests(tests, make_table, free_table);
}
