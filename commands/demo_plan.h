/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEMO_PLAN_H
#define COMMANDS_DEMO_PLAN_H

#include "core/arena.h"
#include "core/chance.h"
#include "core/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The demo estate worked out in memory, before anything is written: what stands where, who made it,
 * and on which day it came and went.  Days count from the first day of the story (0) to DEMO_TODAY.
 */
enum {
	DEMO_TODAY = 760,
	DEMO_MONTH = 30,		/* days */
	DEMO_NEVER = 100000,		/* a day that has not come */
	DEMO_SITES = 400,
	DEMO_DEVICES = 6000,
	/* The surveys of devices that were imported, each of other sites. */
	DEMO_BATCHES = 4,
	/* Those that nobody sent are named by each site of their number, counted round. */
	DEMO_CONTRACTS = 23,
	/* Where this one would be named each site has its own, which its devices inherit. */
	DEMO_OWN_CONTRACT = 11,
};

enum demo_limb { LIMB_SECRET, LIMB_DV, LIMB_MINISTERS, LIMB_SOCPA, LIMB_COUNT };

enum demo_use {
	WORD_PLACE, WORD_STREET, WORD_OWNER, WORD_LANDLORD, WORD_SLIP, WORD_UNKNOWN,
	WORD_USES
};

struct demo_word { enum demo_use use; const char *words; };
struct demo_organisation { const char *code, *name, *kind, *parent; int sites; };
struct demo_town { const char *name, *region, *country, *area; };
struct demo_building { const char *name, *usage; int likely; enum demo_limb limb; bool councils; };
struct demo_model { const char *maker, *name, *kind, *firmware; };

struct demo_maker {
	const char *name, *covered;
	int decided;			/* day, or 0 for not yet */
	int share_in_scope, share_elsewhere;
	const char *block, *serial;
	const char *spellings;		/* with | between */
};

/* The tables; each ends with a row of NULLs. */
extern const struct demo_organisation demo_organisations[];
extern const struct demo_town demo_towns[];
extern const struct demo_building demo_buildings[];
extern const struct demo_maker demo_makers[];
extern const struct demo_model demo_models[];
extern const struct demo_word demo_words[];

/* When the surveys of devices were imported. */
extern const int demo_batch_days[DEMO_BATCHES];

struct demo_site {
	int64_t id;			/* in the register; 0 until it is written */
	int64_t deadline;		/* its deadline in the register; 0 for none */
	const char *code, *name;
	const struct demo_organisation *organisation;
	const struct demo_town *town;
	const struct demo_building *building;
	int complex;			/* the site that it is part of, or -1 */
	int batch;			/* the survey that it was in */
	bool sensitive;
	bool ever;			/* had equipment in scope */
	int assessed;			/* day, or DEMO_NEVER */
	int surveyed;			/* the same */
	int cleared;			/* when its last device in scope goes, or DEMO_NEVER */
	/* Its deadline for that, first and now; DEMO_NEVER for none. */
	int first_due, due;
	const char *owner;
	size_t first, count;		/* its devices, as surveyed */
};

struct demo_device {
	int64_t id;			/* in the register; 0 until it is written */
	int site;
	const char *tag;
	const struct demo_maker *maker;	/* NULL: nobody knows */
	const struct demo_model *model;	/* NULL: the same */
	const char *kind;
	struct date installed;		/* perhaps only the year */
	int written;			/* the day that it came into the register */
	int removed, verified, disposed; /* days, or DEMO_NEVER */
	/* A device, or 0 for none: device 0 is never a replacement. */
	size_t replaced_by;
	size_t recorder;		/* the same */
	const char *network;
	bool in_scope;
	bool confirmed;			/* a person has looked at the maker */
	bool relabelled;		/* its MAC address is of another maker */
};

struct demo_plan {
	struct arena *arena;
	struct chance chance;
	struct date today;
	struct demo_site sites[DEMO_SITES];
	/* DEMO_DEVICES; those of one site stand together, replacements at the end. */
	struct demo_device *devices;
	size_t count;
	size_t surveyed;		/* how many of them are not replacements */
	bool list_was_missed;		/* a replacement is itself in scope */
	/* The device with the longest history; `surveyed` for none. */
	size_t eventful;
	int64_t eventful_deadline;	/* its own deadline, in the register */
};

/* Everything in the arena. */
struct demo_plan *demo_plan_make(struct arena *arena, struct date today);

/* The calendar day of a day of the story. */
struct date demo_plan_date(const struct demo_plan *plan, int day);

/* The same as ISO text, in the arena; NULL for DEMO_NEVER. */
const char *demo_plan_day(const struct demo_plan *plan, int day);

/* One of the words for that use. */
const char *demo_plan_word(struct demo_plan *plan, enum demo_use use);

#endif
