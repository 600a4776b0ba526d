/* SPDX-License-Identifier: MIT */
/* What holds of matching whatever a device says of itself. */
#include "tests/maker_fixture.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/chance.h"

/* What a person would do: every block of the table, one after another. */
struct slow_block {
	uint64_t number;
	int digits;
	int64_t maker;
};

static int64_t
slow_maker(const struct slow_block *blocks, size_t count, uint64_t address)
{
	int64_t maker = 0;
	int longest = 0;

	if ((address >> 40 & 3) != 0)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (blocks[i].digits > longest && address >> (4 * (12 - blocks[i].digits)) == blocks[i].number) {
			longest = blocks[i].digits;
			maker = blocks[i].maker;
		}
	return maker;
}

static void
the_block_found_is_the_one_that_a_slow_search_finds(void **state)
{
	enum { BLOCKS = 400, ADDRESSES = 20000 };
	static const int lengths[] = { 6, 7, 9 };
	struct slow_block blocks[BLOCKS];
	struct chance chance = { 5 };
	struct maker_table *table = maker_table_new();
	size_t count = 0;

	(void)state;
	for (int64_t id = 1; id <= 5; id++)
		maker_table_add(table, id, (const char[]){ (char)('A' + id), '\0' }, MAKER_COVERED);
	while (count < BLOCKS) {
		/* Few different beginnings, so that blocks lie inside of each other. */
		int digits = lengths[chance_below(&chance, 3)];
		uint64_t number = (uint64_t)chance_below(&chance, 20) << (4 * (digits - 4)) |
				  (uint64_t)chance_below(&chance, 4) << (4 * (digits - 6)) |
				  (digits > 6 ? (uint64_t)chance_below(&chance, 16) << (4 * (digits - 7)) : 0) |
				  (digits > 7 ? (uint64_t)chance_below(&chance, 6) : 0);
		char prefix[16];
		bool is_new = true;

		for (size_t i = 0; i < count; i++)
			is_new &= blocks[i].number != number || blocks[i].digits != digits;
		if (!is_new && count > BLOCKS / 4)
			break;
		if (!is_new)
			continue;
		blocks[count] = (struct slow_block){ number, digits, 1 + (int64_t)chance_below(&chance, 5) };
		snprintf(prefix, sizeof prefix, "%0*" PRIX64, digits, number);
		maker_table_add_mac(table, prefix, blocks[count++].maker, NULL);
	}
	for (int i = 0; i < ADDRESSES; i++) {
		const struct slow_block *block = &blocks[chance_below(&chance, (uint32_t)count)];
		uint64_t address = block->number << (4 * (12 - block->digits)) ^
				   (uint64_t)chance_below(&chance, 1 << 30) >> (4 * chance_below(&chance, 8));
		char mac[20];

		snprintf(mac, sizeof mac, "%012" PRIX64, address);
		expect_mac(table, mac, slow_maker(blocks, count, address));
	}
	maker_table_free(table);
}

/* Whichever case it is in, and whatever stands between its letters. */
static void
disturb(struct chance *chance, const char *name, char *out)
{
	static const char between[] = " -._'\"!";

	for (; *name != '\0'; name++) {
		char letter = *name;

		if (chance_percent(chance, 20))
			*out++ = between[chance_below(chance, sizeof between - 1)];
		if ((letter | 0x20) >= 'a' && (letter | 0x20) <= 'z' && chance_percent(chance, 50))
			letter ^= 0x20;
		*out++ = letter;
	}
	*out = '\0';
}

static void
a_name_is_found_whatever_stands_between_its_letters(void **state)
{
	struct chance chance = { 8 };
	char written[128];

	for (int i = 0; i < 2000; i++) {
		size_t at = chance_below(&chance, COUNT(names));

		if ((unsigned char)names[at].words[0] >= 0x80)
			continue;
		disturb(&chance, names[at].words, written);
		expect_label(*state, written, names[at].id);
	}
}

static void
any_bytes_are_looked_up_without_harm(void **state)
{
	static const char likely[] = "DSHK-2()/,&. \xe6\xb5\xb7\xff:0123456789ABCDEF\xc2\xa0";
	struct chance chance = { 3 };
	char texts[3][300];
	struct maker_match match;
	struct text words = { 0 };

	for (int round = 0; round < 20000; round++) {
		const char *found[2];
		int64_t manufacturers[2];

		for (int i = 0; i < 3; i++) {
			size_t size = chance_below(&chance, chance_percent(&chance, 5) ? sizeof texts[i] : 30);

			for (size_t at = 0; at < size; at++)
				texts[i][at] = chance_percent(&chance, 70)
						       ? likely[chance_below(&chance, sizeof likely - 1)]
						       : (char)(1 + chance_below(&chance, 255));
			texts[i][size] = '\0';
		}
		maker_match(*state, texts[0], texts[1], texts[2], &match);
		text_clear(&words);
		maker_append_evidence(&words, *state, texts[0], texts[1], texts[2]);
		if (round % 20 == 0)
			maker_nearest(*state, texts[0], found, manufacturers, 2);
	}
	text_free(&words);
}

static void
makes_without_number_are_looked_up_too(void **state)
{
	enum { MAKES = 150000 };
	struct maker_match match;
	char make[32];

	for (int i = 0; i < MAKES; i++) {
		snprintf(make, sizeof make, "DS-2CD%d", i);
		maker_match(*state, make, make, NULL, &match);
		assert_int_equal(match.manufacturer, HIKVISION);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_block_found_is_the_one_that_a_slow_search_finds),
		TEST(a_name_is_found_whatever_stands_between_its_letters),
		TEST(any_bytes_are_looked_up_without_harm),
		TEST(makes_without_number_are_looked_up_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
