/* SPDX-License-Identifier: MIT */
#include "tests/screen_register.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/record.h"
#include "commands/starter.h"
#include "core/date.h"

enum { CAMERAS = 60, FIELDS_MAX = 12, DECIDED = 7 };	/* the one camera that somebody has decided on */

static _Noreturn void
give_up(const struct error *error)
{
	fprintf(stderr, "the register for the screens cannot be made: %s\n", error->message);
	abort();
}

void
screen_register_open(struct session *session, const char *path)
{
	struct error error = { 0 };

	*session = (struct session){ .path = path, .who = "a.person", .marking = "OFFICIAL-SENSITIVE",
				     .laptop = "11111111-1111-4111-8111-111111111111" };
	date_parse_instant("2026-11-21T18:00:00Z", &session->now);
	session->today = date_from_instant(session->now);
	if (access(path, F_OK) == 0 && !session_open(session, STORE_WRITE, &error))
		give_up(&error);
}

/* Adds one record from "field=value" words. */
static void
add(struct session *session, enum entity_kind kind, const char *const *words)
{
	struct arena arena = { 0 };
	struct text said = { 0 };
	struct error error = { 0 };
	struct record *record = record_new(&arena, kind);

	for (; *words != NULL; words++)
		if (!record_assign(record, *words, &arena, &error))
			give_up(&error);
	if (!record_save(session, NULL, record, "for the tests", &said, &error))
		give_up(&error);
	text_free(&said);
	arena_free(&arena);
}

static const struct row_of_words {
	enum entity_kind kind;
	const char *words[FIELDS_MAX];
} rows[] = {
	{ ENTITY_ORGANISATION, { "code=DFE", "name=Department for Examples", "kind=department" } },
	{ ENTITY_ORGANISATION, { "code=NRA", "name=Northern Rivers Agency", "kind=agency", "parent=DFE" } },
	{ ENTITY_SITE,
	  { "code=YRK-01", "name=York Castle House", "organisation=DFE", "town=York", "postcode=YO1 9RY",
	    "uprn=100000000001", "survey_on=2026-03-02", "survey_grade=physical check" } },
	{ ENTITY_SITE, { "code=LDS-01", "name=Quarry House Annexe", "organisation=DFE", "town=Leeds" } },
	{ ENTITY_SITE,
	  { "code=TYO-01", "name=\346\235\261\344\272\254\344\272\213\345\213\231\346\211\200 Tokyo office",
	    "organisation=DFE", "town=\346\235\261\344\272\254" } },
	{ ENTITY_SITE,
	  { "code=NRA-HQ", "organisation=NRA", "town=Newcastle upon Tyne",
	    "name=The Northern Rivers Agency headquarters building, formerly the Customs House and Bonded "
	    "Warehouse, Quayside" } },
	{ ENTITY_SITE,
	  { "code=BAD-01", "organisation=NRA", "town=Hull", "name=Escape \342\200\256drawkcab\342\200\254 House" } },
	{ ENTITY_MANUFACTURER,
	  { "name=Exampletron", "covered=yes", "basis=HCWS386", "decided_by=R. Adviser", "decided_on=2025-01-10",
	    "country=Elsewhere" } },
	{ ENTITY_MANUFACTURER,
	  { "name=Friendly Optics", "covered=no", "basis=British owned", "decided_by=R. Adviser",
	    "decided_on=2025-01-10", "country=United Kingdom" } },
	{ ENTITY_ASSESSMENT,
	  { "site=YRK-01", "secret=yes", "dv=no", "ministers=no", "socpa=no", "grounds=Holds SECRET material",
	    "decided_by=R. Adviser", "decided_on=2025-02-01", "review_on=2026-12-01" } },
	{ ENTITY_ASSESSMENT,
	  { "site=LDS-01", "secret=no", "dv=no", "ministers=no", "socpa=no", "grounds=None of the four",
	    "decided_by=R. Adviser", "decided_on=2025-02-01" } },
};

/* Cameras that differ by rule, so that lists are long and sorts have something to do. */
static void
add_camera(struct session *session, int number)
{
	static const char *const sites[] = { "site=YRK-01", "site=LDS-01", "site=TYO-01", "site=NRA-HQ" };
	static const char *const makes[] = { "make=Exampletron", "make=Friendly Optics", "make=", "make=EXAMPLETRON" };
	static const char *const nets[] = { "network=core", "network=isolated", "network=unknown" };
	char tag[32], place[64], installed[32];
	bool decided = number == DECIDED;
	const char *words[] = { tag, sites[number % 4], place, number % 5 == 0 ? "kind=recorder" : "kind=camera",
				makes[number % 3], nets[number % 3], installed,
				number % 3 == 0 ? "manufacturer=Exampletron" : "notes=",
				decided ? "decision=remove" : "notes=", decided ? "decision_by=R. Adviser" : "notes=",
				decided ? "decision_on=2026-01-20" : "notes=",
				decided ? "decision_reason=On the core network" : "notes=", NULL };

	snprintf(tag, sizeof tag, "tag=CAM-%03d", number);
	snprintf(place, sizeof place, "place=Floor %d, door %d", number / 10, number % 10);
	snprintf(installed, sizeof installed, "installed_on=20%02d-0%d", 10 + number % 15, 1 + number % 9);
	add(session, ENTITY_DEVICE, words);
}

static void
add_hostile(struct session *session)
{
	static const char *const device[] = {
		"tag=X-ESC", "site=BAD-01", "kind=camera", "model=<script>", "make=\342\200\256live\342\200\254",
		"place=bell clear \302\233 31m and zero\342\200\213width",
		"notes=first line\nsecond line\ttab", NULL,
	};
	static const char *const wide[] = {
		"tag=\346\227\245\346\234\254\350\252\236-1", "site=TYO-01", "kind=camera",
		"place=\351\200\232\347\224\250\345\217\243\343\201\256\344\270\212\343\200\201\350\247\222",
		"model=e\314\201\314\202 combining", NULL,
	};

	add(session, ENTITY_DEVICE, device);
	add(session, ENTITY_DEVICE, wide);
}

static void
add_deadlines(struct session *session)
{
	static const char *const deadlines[][7] = {
		{ "device=CAM-003", "kind=remove", "target_on=2026-10-01", "owner=J. Estates", "reason=Core network",
		  NULL },
		{ "device=CAM-006", "kind=replace", "target_on=2026-12-05", "owner=J. Estates", "reason=Upgrade",
		  NULL },
		{ "site=YRK-01", "kind=survey", "target_on=2027-01-15", "owner=P. Surveyor", "reason=Yearly", NULL },
		{ "site=NRA-HQ", "kind=assess", "target_on=2026-11-21", "owner=R. Adviser", "reason=Never assessed",
		  NULL },
	};

	for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++)
		add(session, ENTITY_DEADLINE, deadlines[i]);
}

static void
fill(struct session *session)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		add(session, rows[i].kind, rows[i].words);
	for (int number = 1; number <= CAMERAS; number++)
		add_camera(session, number);
	add_hostile(session);
	add_deadlines(session);
}

static void
fill_fresh(struct session *session)
{
	static const char *const site[] = { "code=YRK-01", "name=York Castle House", NULL };
	static const char *const camera[] = { "tag=CAM-001", "site=YRK-01", "kind=camera", "make=HIK VISION",
					      "mac=3C:EF:8C:01:02:03", NULL };
	static const char *const misspelt[][6] = {
		{ "tag=CAM-002", "site=YRK-01", "kind=camera", "make=Hikvisoin", NULL },
		{ "tag=CAM-003", "site=YRK-01", "kind=camera", "make=Hkvision", NULL },
	};
	struct entry entry = session_entry(session, ENTRY_KIND_INIT, "Made the register", NULL);
	struct error error = { 0 };

	if (!store_entry_begin(session->store, &entry, &error) || !starter_insert(session, &error) ||
	    !store_entry_commit(session->store, &error))
		give_up(&error);
	add(session, ENTITY_SITE, site);
	add(session, ENTITY_DEVICE, camera);
	for (size_t i = 0; i < sizeof misspelt / sizeof misspelt[0]; i++)
		add(session, ENTITY_DEVICE, misspelt[i]);
}

void
screen_register_make(struct session *session, const char *path, enum screen_register kind)
{
	struct error error = { 0 };

	unlink(path);
	screen_register_open(session, path);
	if (!session_open(session, STORE_CREATE, &error))
		give_up(&error);
	if (kind == REGISTER_FULL)
		fill(session);
	else if (kind == REGISTER_FRESH)
		fill_fresh(session);
}
