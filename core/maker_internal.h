/* SPDX-License-Identifier: MIT */
#ifndef CORE_MAKER_INTERNAL_H
#define CORE_MAKER_INTERNAL_H

/* What the files core/maker*.c share and nobody else sees. */

#include "core/maker.h"
#include "core/map.h"

enum { MAKER_NOBODY };			/* the place of no manufacturer */

struct maker {
	int64_t id;
	const char *name;
	enum maker_standing standing;
	const char *since;	/* from which day it is covered; "" where that is not said */
	int made_by;		/* who is said to make what is sold under its name */
};

/* What a name is worth where two manufacturers go by it: the greater has it, of equals neither. */
enum name_worth { NAME_HINT, NAME_SHORTENED, NAME_HOLDER, NAME_ALIAS, NAME_OWN };

struct maker_name {
	const char *name;		/* as it was added */
	const char *folded;
	int maker;			/* MAKER_NOBODY where two go by it */
	enum name_worth worth;
	bool is_rebadge;		/* another company's, that sells what the maker makes */
};

struct maker_prefix {
	const char *written;		/* as it was added first */
	size_t length;			/* of its letters and digits */
	int maker;			/* MAKER_NOBODY where two makers begin so: */
	int clash[2];			/* then these */
	enum maker_weight weight;
	bool ends;			/* in a hyphen, which has to be there */
	bool short_word;		/* few letters and no digit: they begin words too */
};

/* A block of MAC addresses: its digits and how many they are, as mac_key() puts them together. */
struct maker_block {
	uint64_t key;			/* 0 for an empty slot */
	int maker;			/* MAKER_NOBODY where two rows of the register disagree */
	const char *holder;		/* whom it is registered to; NULL when that was not said */
	bool is_own;			/* of the register, not of core/mac_blocks.def */
};

/* What the label says: whom, and in brackets or behind a stroke whom else. */
struct maker_label {
	int maker, other;
	bool maker_is_weak, other_is_weak;	/* only a hint says so */
};

enum { DIVIDED_ROOM = 4096 };
enum { MODEL_LETTERS_MAX = 64 }; /* of a model number; the rest of a longer one is not looked at */

struct maker_table {
	struct arena texts;

	struct maker *makers;		/* from 1 */
	size_t maker_count, maker_room;
	struct map ids;			/* an id in decimal -> place in makers */

	struct maker_name *names;
	size_t name_count, name_room;
	struct map folded;		/* -> place in names */

	struct maker_prefix *prefixes;
	size_t prefix_count, prefix_room;
	struct map beginnings;		/* their letters and digits -> place in prefixes */
	bool lengths[MODEL_LETTERS_MAX + 1];	/* which lengths there are */
	size_t longest;

	struct maker_block *blocks;	/* open addressing */
	size_t block_count, block_room;
	/* By what 24 bits hash to: whether a block of more may begin so. */
	bool divided[DIVIDED_ROOM];

	/* What was looked up: packed labels; place in prefixes + 1, 0 for none. */
	struct map makes, models;
};

/* The place of the manufacturer with that name; MAKER_NOBODY for none. */
int maker_place_named(const struct maker_table *table, const char *name);

/* The place of the manufacturer with that id; MAKER_NOBODY for none. */
int maker_place(const struct maker_table *table, int64_t id);

/* Forgets what was looked up. */
void maker_forget_seen(struct maker_table *table);

/* core/maker_name.c */
void maker_name_add(struct maker_table *table, const char *name, int maker, enum name_worth worth);
void maker_rebadge_add(struct maker_table *table, const char *name, int maker,
		       enum name_worth worth);
struct maker_label maker_label_of(const struct maker_table *table, const char *make);

/* core/maker_model.c: the prefix that tells, or NULL. */
const struct maker_prefix *maker_prefix_of(const struct maker_table *table, const char *model);

/* core/maker_mac.c */
enum mac_kind {
	MAC_NONE,		/* no address */
	MAC_LOCAL,		/* set by a person or by software */
	MAC_GROUP,		/* of many devices */
	MAC_GLOBAL,
};
enum mac_kind maker_mac_read(const char *mac, uint64_t *address);
void maker_block_add(struct maker_table *table, const char *prefix, int maker, const char *holder,
		     bool is_own);

/* The longest block that the address is of, or NULL; *digits is how many of its digits that is. */
const struct maker_block *maker_block_of(const struct maker_table *table, uint64_t address,
					 int *digits);

/* What a device's words were found to say. */
struct maker_found {
	struct maker_label label;
	const struct maker_prefix *prefix;
	enum mac_kind mac_kind;
	uint64_t address;
	const struct maker_block *block;
	int digits;
};
void maker_find(struct maker_table *table, const char *make, const char *model, const char *mac,
		struct maker_found *found);

/*
 * Who is said to make the devices of the brand on the label; MAKER_NOBODY when nobody is, or the
 * rest tells.
 */
int maker_said_to_make(const struct maker_table *table, const struct maker_found *found);

#endif
