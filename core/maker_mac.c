/* SPDX-License-Identifier: MIT */
/* Blocks of MAC addresses, as the IEEE gives them out. */
#include "core/maker_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { FIRST_ROOM = 8192 };
enum { ADDRESS_DIGITS = 12, DIGITS_MIN = 6, DIGITS_MAX = 9, NUMBER_DIGITS_MAX = 15 };

static int
hexadecimal(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit = (char)(digit | 0x20);
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/*
 * The hexadecimal digits of the text, the signs between them aside; 0 for one that holds anything
 * else, or too many.
 */
static int
read_digits(const char *text, uint64_t *number)
{
	int count = 0;

	*number = 0;
	for (; *text != '\0'; text++) {
		int digit = hexadecimal(*text);

		if (digit < 0 && (*text == ':' || *text == '-' || *text == '.' || *text == ' '))
			continue;
		if (digit < 0 || ++count > NUMBER_DIGITS_MAX)
			return 0;
		*number = *number << 4 | (uint64_t)digit;
	}
	return count;
}

enum mac_kind
maker_mac_read(const char *mac, uint64_t *address)
{
	enum { GROUP_BIT = 40, LOCAL_BIT = 41 };

	if (read_digits(mac, address) != ADDRESS_DIGITS)
		return MAC_NONE;
	if ((*address >> GROUP_BIT & 1) != 0)
		return MAC_GROUP;
	return (*address >> LOCAL_BIT & 1) != 0 ? MAC_LOCAL : MAC_GLOBAL;
}

/* The same digits are another block when they are fewer: never 0. */
static uint64_t
mac_key(uint64_t number, int digits)
{
	return number << 4 | (uint64_t)digits;
}

/* A multiplicative hash: the multiplier is 2^64 divided by the golden ratio. */
static size_t
hash_of(uint64_t key)
{
	return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

static struct maker_block *
slot_of(struct maker_block *blocks, size_t room, uint64_t key)
{
	size_t at = hash_of(key) & (room - 1);

	while (blocks[at].key != 0 && blocks[at].key != key)
		at = (at + 1) & (room - 1);
	return &blocks[at];
}

static void
grow(struct maker_table *table)
{
	size_t room = table->block_room > 0 ? table->block_room * 2 : FIRST_ROOM;
	struct maker_block *blocks = memory_alloc(room * sizeof *blocks);

	for (size_t i = 0; i < table->block_room; i++)
		if (table->blocks[i].key != 0)
			*slot_of(blocks, room, table->blocks[i].key) = table->blocks[i];
	free(table->blocks);
	table->blocks = blocks;
	table->block_room = room;
}

/* What the register says of a block counts before what the program knows. */
void
maker_block_add(struct maker_table *table, const char *prefix, int maker, const char *holder,
		bool is_own)
{
	uint64_t number;
	int digits = read_digits(prefix, &number);
	struct maker_block block = {
		.key = mac_key(number, digits), .maker = maker, .is_own = is_own,
		.holder = is_own ? arena_text(&table->texts, holder) : holder,
	};
	struct maker_block *slot;

	if (digits != DIGITS_MIN && digits != DIGITS_MIN + 1 && digits != DIGITS_MAX)
		return;
	if (table->block_count * 2 >= table->block_room)
		grow(table);
	if (digits > DIGITS_MIN)
		table->divided[hash_of(number >> 4 * (digits - DIGITS_MIN)) % DIVIDED_ROOM] = true;
	slot = slot_of(table->blocks, table->block_room, block.key);
	if (slot->key == 0)
		table->block_count++;
	if (slot->key == 0 || is_own > slot->is_own)
		*slot = block;
	else if (is_own == slot->is_own && maker != slot->maker)
		slot->maker = MAKER_NOBODY;
}

void
maker_table_add_mac(struct maker_table *table, const char *prefix, int64_t manufacturer,
		    const char *holder)
{
	int maker = maker_place(table, manufacturer);

	if (maker != MAKER_NOBODY)
		maker_block_add(table, prefix, maker, holder, true);
}

const struct maker_block *
maker_block_of(const struct maker_table *table, uint64_t address, int *digits)
{
	static const int lengths[] = { DIGITS_MAX, DIGITS_MIN + 1, DIGITS_MIN };
	bool divided = table->divided[hash_of(address >> 4 * (ADDRESS_DIGITS - DIGITS_MIN)) %
				      DIVIDED_ROOM];

	if (table->block_room == 0)
		return NULL;
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		uint64_t number = address >> 4 * (ADDRESS_DIGITS - lengths[i]);
		const struct maker_block *slot;

		if (lengths[i] > DIGITS_MIN && !divided)
			continue;
		slot = slot_of(table->blocks, table->block_room, mac_key(number, lengths[i]));
		*digits = lengths[i];
		if (slot->key != 0)
			return slot;
	}
	return NULL;
}

/* An organisation as the IEEE writes it, which manufacturer it is, and its blocks with blanks. */
static const struct holder {
	const char *manufacturer, *organisation, *blocks;
} holders[] = {
#define HOLDER(manufacturer, organisation, blocks) { manufacturer, organisation, blocks },
#include "core/mac_blocks.def"
#undef HOLDER
	{ 0 }
};

static void
add_holder(struct maker_table *table, const struct holder *holder, int maker)
{
	char block[DIGITS_MAX + 1];

	maker_name_add(table, holder->organisation, maker, NAME_HOLDER);
	for (const char *at = holder->blocks; *at != '\0'; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		memcpy(block, at, size);
		block[size] = '\0';
		maker_block_add(table, block, maker, holder->organisation, false);
		at += size;
	}
}

void
maker_table_add_blocks(struct maker_table *table)
{
	for (const struct holder *holder = holders; holder->organisation != NULL; holder++) {
		int maker = maker_place_named(table, holder->manufacturer);

		if (maker != MAKER_NOBODY)
			add_holder(table, holder, maker);
	}
}
