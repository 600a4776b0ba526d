/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REMOVAL_INTERNAL_H
#define COMMANDS_REMOVAL_INTERNAL_H

/* What the files of commands/removal*.c share and nobody else sees. */

#include "core/entity.h"
#include "core/error.h"

/* Something that was done to a device, and the fields that say so. */
struct fact {
	const char *title;	/* of the entry: "Remove" device CAM-1 */
	const char *was;	/* it was "removed" on */
	int day, who, evidence;	/* fields of the device; -1 for none */
	bool takes_away;	/* the device is no longer there */
	/* Deadlines of the device that are met by it: kinds, with commas between. */
	const char *closes;
};

/* The words for them, and by the place of their word, the facts. */
extern const struct choice removal_words[];
extern const struct fact removal_facts[];

/*
 * The day since which a device is not there: the first of those on which it was taken away; NULL
 * while it is.
 */
const char *removal_gone_on(const char *removed, const char *replaced, const char *disposed);

/*
 * Whether that can have been done on that day, from what else was done to the device; with a
 * sentence when not.
 */
bool removal_check(const struct record *device, const struct fact *fact, const char *day,
		   bool corrects, struct error *error);

#endif
