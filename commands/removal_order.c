/* SPDX-License-Identifier: MIT */
/* What can have been done to a device, and in which order. */
#include "commands/removal_internal.h"

#include <assert.h>
#include <string.h>

enum { DISCONNECT, SWITCH_OFF, REMOVE, REPLACE, DISPOSE, VERIFY, FACT_COUNT };

const struct choice removal_words[] = {
	[DISCONNECT] = { "disconnect", "isolate,disconnected,isolated", 0 },
	[SWITCH_OFF] = { "switch off", "switched off", 0 },
	[REMOVE] = { "remove", "removal,removed", 0 },
	[REPLACE] = { "replace", "replacement,replaced", 0 },
	[DISPOSE] = { "dispose", "disposal,disposed", 0 },
	[VERIFY] = { "verify", "verified,check,checked", 0 },
	[FACT_COUNT] = { 0 }
};

const struct fact removal_facts[] = {
	/* title, was, day, who, evidence, takes away, closes */
	[DISCONNECT] = { "Disconnect", "disconnected", DEVICE_isolated_on, DEVICE_isolated_who,
			 DEVICE_isolated_evidence, false, "disconnect" },
	[SWITCH_OFF] = { "Switch off", "switched off", DEVICE_switched_off_on, -1, -1, false, "" },
	[REMOVE] = { "Remove", "removed", DEVICE_removed_on, DEVICE_removed_who,
		     DEVICE_removed_evidence, true, "remove,disconnect" },
	[REPLACE] = { "Replace", "replaced", DEVICE_replaced_on, DEVICE_replaced_who,
		      DEVICE_replaced_evidence, true, "replace,remove,disconnect" },
	[DISPOSE] = { "Dispose of", "disposed of", DEVICE_disposed_on, DEVICE_disposed_who,
		      DEVICE_disposed_evidence, true, "remove,disconnect" },
	[VERIFY] = { "Verify the removal of", "seen to be gone", DEVICE_verified_on,
		     DEVICE_verified_who, DEVICE_verified_evidence, false, "" },
};
static_assert(sizeof removal_facts / sizeof removal_facts[0] == FACT_COUNT,
	      "each word has its fact");

/* The earlier of two days, either of which may be NULL. */
static const char *
earlier(const char *a, const char *b)
{
	return a == NULL ? b : b == NULL || strcmp(a, b) <= 0 ? a : b;
}

const char *
removal_gone_on(const char *removed, const char *replaced, const char *disposed)
{
	return earlier(earlier(removed, replaced), disposed);
}

static const char *
gone_on(const struct record *device)
{
	return removal_gone_on(device->values[DEVICE_removed_on],
			       device->values[DEVICE_replaced_on],
			       device->values[DEVICE_disposed_on]);
}

static bool
refuse(const struct record *device, const struct fact *fact, const char *day, const char *what,
       const char *when, struct error *error)
{
	return error_set(error, ERROR_INVALID,
			 "Device %s was %s on %s: it cannot have been %s on %s. Nothing was "
			 "changed.",
			 record_key(device), what, when, fact->was, day);
}

/* Of a day that is known in part only the part is compared. */
static bool
is_before(const char *day, const char *known)
{
	return known != NULL && strncmp(day, known, strlen(known)) < 0;
}

/* What must have been done to it before. */
static bool
check_before(const struct record *device, const struct fact *fact, const char *day,
	     struct error *error)
{
	const char *taken = earlier(device->values[DEVICE_removed_on],
				    device->values[DEVICE_replaced_on]);
	const char *needed = fact->day == DEVICE_verified_on ? gone_on(device) :
			     fact->day == DEVICE_disposed_on ? taken : day;

	if (needed == NULL)
		return error_set(error, ERROR_INVALID,
				 "Device %s has not been removed yet: record that first (terrier "
				 "device done %s --what remove --on DATE). Nothing was changed.",
				 record_key(device), record_key(device));
	return strcmp(needed, day) <= 0 || refuse(device, fact, day, "only removed", needed, error);
}

/* What must not have been done to it before. */
static bool
check_after(const struct record *device, const struct fact *fact, const char *day,
	    struct error *error)
{
	const char *gone = gone_on(device);
	const char *disposed = device->values[DEVICE_disposed_on],
		   *verified = device->values[DEVICE_verified_on];

	if (fact->day != DEVICE_verified_on && !fact->takes_away && gone != NULL &&
	    strcmp(gone, day) < 0)
		return refuse(device, fact, day, "taken away", gone, error);
	if (fact->takes_away && verified != NULL && strcmp(verified, day) < 0)
		return refuse(device, fact, day, "seen to be gone", verified, error);
	if ((fact->day == DEVICE_removed_on || fact->day == DEVICE_replaced_on) &&
	    disposed != NULL && strcmp(disposed, day) < 0)
		return refuse(device, fact, day, "disposed of", disposed, error);
	return true;
}

bool
removal_check(const struct record *device, const struct fact *fact, const char *day, bool corrects,
	      struct error *error)
{
	const char *now = device->values[fact->day];

	if (now != NULL && !corrects)
		return error_set(error, ERROR_CONFLICT,
				 "Device %s was %s on %s already. To correct the day, name it "
				 "(on). Nothing was changed.",
				 record_key(device), fact->was, now);
	if (is_before(day, device->values[DEVICE_installed_on]))
		return error_set(error, ERROR_INVALID,
				 "Device %s was only installed in %s: it cannot have been %s on "
				 "%s. Nothing was changed.",
				 record_key(device), device->values[DEVICE_installed_on], fact->was,
				 day);
	return check_before(device, fact, day, error) && check_after(device, fact, day, error);
}
