/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEMO_WRITE_H
#define COMMANDS_DEMO_WRITE_H

#include "commands/demo_plan.h"
#include "commands/session.h"

/* The demo estate on its way into the register. */
struct demo {
	struct session *session;
	struct demo_plan *plan;
	struct arena arena;		/* of the entry that is open; emptied when it ends */
};

/* The people of the story, by what they do. */
#define DEMO_MANAGER "H. Pettigrew"
#define DEMO_ADVISER "J. Marchbanks"
#define DEMO_ASSISTANT "W. Tansley"

/* Begins an entry at a working hour of that day; why may be NULL. */
bool demo_begin(struct demo *demo, int day, enum entry_kind kind, const char *who, const char *what,
		const char *why, struct error *error);

/* Ends it, with better words when `what` is not NULL. */
bool demo_commit(struct demo *demo, const char *what, struct error *error);

/*
 * Ends it with the words "BEFORE 12 MANY AFTER" ("BEFORE 1 ONE AFTER"), or drops it when the count
 * is 0.
 */
bool demo_finish(struct demo *demo, const char *before, size_t count, const char *one,
		 const char *many, const char *after, struct error *error);

/* The entry as demo_begin() would begin it, for an undo. */
struct entry demo_entry(const struct demo *demo, int day, enum entry_kind kind, const char *who,
			const char *what, const char *why);

/* One field of a record and its new value. Lists end with DEMO_END. */
struct demo_value {
	int field;
	const char *value;
};
#define DEMO_END { -1, NULL }

/* Changes a record that is in the register. */
bool demo_change(struct demo *demo, enum entity_kind kind, int64_t id,
		 const struct demo_value *values, struct error *error);

/* Adds a record; *id may be NULL. */
bool demo_add(struct demo *demo, enum entity_kind kind, const struct demo_value *values,
	      int64_t *id, struct error *error);

/* Up to `limit` records that the filter finds, by number: how many there are. */
size_t demo_find(struct demo *demo, enum entity_kind kind, const char *words, struct record_id *ids,
		 size_t limit, struct error *error);

/* Who takes devices down at a site. */
const char *demo_contractor(const struct demo_plan *plan, int site);

/*
 * Adds the devices of the plan from `first`, `count` of them, that satisfy the test on that day,
 * and gives them their ids.
 */
bool demo_add_devices(struct demo *demo, size_t first, size_t count,
		      bool (*wanted)(const struct demo_plan *plan, const struct demo_device *device,
				     int day),
		      int day, size_t *added, struct error *error);

/* Adds every organisation and every site of the plan. */
bool demo_add_organisations(struct demo *demo, struct error *error);
bool demo_add_sites(struct demo *demo, struct error *error);

/* What an import leaves behind: a source of `made` new rows and of `refused` ones. */
bool demo_add_source(struct demo *demo, int day, const char *file, const char *entity, size_t made,
		     int refused, struct error *error);

#endif
