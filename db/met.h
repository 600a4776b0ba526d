/* SPDX-License-Identifier: MIT */
#ifndef DB_MET_H
#define DB_MET_H

#include <stddef.h>
#include <stdint.h>

#include "db/store.h"

/*
 * A deadline is met by what is recorded of its device, its site or its organisation, by whatever
 * door that came in: an import is the main one.  {deadline.met_on} says on which day.  One that
 * nobody has closed is closed as an entry ends, and opened again when the fact is taken back; one
 * that a person has closed stays as that person said.
 */

/* Who says so, where the records do: the value of done_by. */
extern const char met_by_records[];

/* All deadlines: the open entry may have touched any. False with an error. */
bool met_anywhere(struct store *store, struct error *error);

/* Those of the sites that the open entry has touched, their devices, and the bodies above them. */
bool met_at_sites(struct store *store, const int64_t *ids, size_t count, struct error *error);

/* Of the deadlines that the open entry has made or changed. */
bool met_when_set(struct store *store, struct error *error);

#endif
