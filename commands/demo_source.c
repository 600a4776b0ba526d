/* SPDX-License-Identifier: MIT */
/* What imports leave behind in the demo estate: files, rows to mend, and questions. */
#include "commands/demo_work.h"

#include <string.h>

#include "core/refusal.h"
#include "db/record.h"

enum { FIRST_ROW = 11, ROW_STEP = 37, QUESTIONS_MAX = 2 };

/* A mistake that such files have. %s in the cells is the code of a site. */
struct mistake {
	enum refusal_cause cause;
	const char *field, *reason, *cells;
};

static const char device_heading[] = "Tag,Site,Location,Type,Make,Model,Serial No,Date "
				     "Installed,IP Address";
static const struct mistake device_mistakes[] = {
	{ REFUSAL_NO_KEY, "tag", "tag: is empty, and without it nobody knows which device is meant",
	  ",%s,Yard,camera,Axis,AXIS P3245-LV,,," },
	{ REFUSAL_VALUE, "installed_on", "installed_on: '31/02/2019' is not a date of the calendar",
	  "OLD-17,%s,Lock gate,camera,HIK,,,31/02/2019," },
	{ REFUSAL_UNKNOWN_RECORD, "site", "site: no site has the code 'HDS-0990'",
	  "HDS-0990-C01,HDS-0990,Yard,camera,Dahua,?,,," },
	{ REFUSAL_DAMAGED, "serial",
	  "serial: '6.37702E+15' is what a spreadsheet makes of a long number",
	  "R-20-C88,%s,Reception desk,camera,UNV,,6.37702E+15,," },
	{ REFUSAL_VALUE, "ip", "ip: '10.20.300.4' is not an IP address",
	  "R-20-C89,%s,Car park,camera,UNV,,,,10.20.300.4" },
};

static const char site_heading[] = "Site Code,Site Name,UPRN,Town,Postcode";
static const struct mistake site_mistakes[] = {
	{ REFUSAL_NO_KEY, "code", "code: is empty, and without it nobody knows which site is meant",
	  ",Disused pump house,,Kingsdon," },
	{ REFUSAL_DAMAGED, "uprn", "uprn: '1.00E+11' is what a spreadsheet makes of a long number",
	  "QQ-0801,Annexe,1.00E+11,Kingsdon," },
	{ REFUSAL_VALUE, "uprn", "uprn: 'not yet' is not a UPRN (1 to 12 digits)",
	  "QQ-0802,Portal building,not yet,Kingsdon," },
};

/* What such a file is like. */
struct form {
	const char *entity, *heading;
	const struct mistake *mistakes;
	size_t mistake_count;
};

static const struct form forms[] = {
	{ "devices", device_heading, device_mistakes,
	  sizeof device_mistakes / sizeof device_mistakes[0] },
	{ "sites", site_heading, site_mistakes, sizeof site_mistakes / sizeof site_mistakes[0] },
};

static const struct form *
form_of(const char *entity)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (strcmp(forms[i].entity, entity) == 0)
			return &forms[i];
	return NULL;
}

static bool
add_refusal(struct demo *demo, const struct form *form, int64_t source, int number,
	    struct error *error)
{
	struct arena *arena = &demo->arena;
	const struct mistake *mistake = &form->mistakes[(size_t)number % form->mistake_count];
	const char *place = strstr(mistake->cells, "%s"),
		   *code = demo->plan->sites[number * 3 % DEMO_SITES].code;
	const char *cells = place == NULL
				    ? mistake->cells
				    : arena_format(arena, "%.*s%s%s", (int)(place - mistake->cells),
						   mistake->cells, code, place + 2);
	int row = FIRST_ROW + number * ROW_STEP;
	const struct demo_value values[] = {
		{ REFUSAL_source, arena_format(arena, "%lld", (long long)source) },
		{ REFUSAL_row, arena_format(arena, "%d", row) },
		{ REFUSAL_line, arena_format(arena, "%d", row + 1) },
		{ REFUSAL_cause, refusal_cause_name(mistake->cause) },
		{ REFUSAL_field, mistake->field },
		{ REFUSAL_reason, mistake->reason },
		{ REFUSAL_cells, cells },
		DEMO_END
	};

	return demo_add(demo, ENTITY_REFUSAL, values, NULL, error);
}

static bool
add_source(struct demo *demo, int day, const char *file, const char *entity, size_t made,
	   size_t same, int refused, int64_t *source, struct error *error)
{
	struct arena *arena = &demo->arena;
	const struct form *form = form_of(entity);
	char imported_at[DATE_INSTANT_SIZE];
	const struct demo_value values[] = {
		{ SOURCE_file, file },
		{ SOURCE_entity, entity },
		{ SOURCE_imported_at, imported_at },
		{ SOURCE_rows, arena_format(arena, "%zu", made + same + (size_t)refused) },
		{ SOURCE_new, arena_format(arena, "%zu", made) },
		{ SOURCE_changed, "0" },
		{ SOURCE_same, arena_format(arena, "%zu", same) },
		{ SOURCE_refused, arena_format(arena, "%d", refused) },
		{ SOURCE_absent, "0" },
		{ SOURCE_format, "CSV" },
		{ SOURCE_encoding, "UTF-8" },
		{ SOURCE_delimiter, "comma" },
		{ SOURCE_heading, form != NULL ? form->heading : NULL },
		{ SOURCE_entry,
		  arena_format(arena, "%lld",
			       (long long)store_entry_open(demo->session->store).value) },
		DEMO_END
	};
	bool done;

	date_format_instant(demo_entry(demo, day, ENTRY_KIND_IMPORT, "", "", NULL).at, imported_at);
	done = demo_add(demo, ENTITY_SOURCE, values, source, error);
	for (int i = 0; i < refused && done; i++)
		done = add_refusal(demo, form, *source, i, error);
	return done;
}

bool
demo_add_source(struct demo *demo, int day, const char *file, const char *entity, size_t made,
		int refused, struct error *error)
{
	int64_t source;

	return add_source(demo, day, file, entity, made, 0, refused, &source, error);
}

/* The rows that the surveys after them made needless. */
bool
demo_drop_rows(struct demo *demo, int day, struct error *error)
{
	static const struct demo_value dropped[] = { { REFUSAL_state, "dropped" }, DEMO_END };
	struct record_id ids[64];
	size_t count = demo_find(demo, ENTITY_REFUSAL, "state:open source<5", ids,
				 sizeof ids / sizeof ids[0], error);

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Dropped refused rows",
			"These sites were surveyed again since", error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!demo_change(demo, ENTITY_REFUSAL, ids[i].value, dropped, error))
			return false;
	return demo_finish(demo, "Dropped", count, "refused row", "refused rows", "", error);
}

static bool
ask(struct demo *demo, int64_t source, struct record_id id, int number, struct error *error)
{
	const struct record *device = store_read(demo->session->store, id, demo->session->today,
						 &demo->arena, error);
	const struct demo_value values[] = {
		{ QUESTION_source, arena_format(&demo->arena, "%lld", (long long)source) },
		{ QUESTION_row, arena_format(&demo->arena, "%d", FIRST_ROW + number * ROW_STEP) },
		{ QUESTION_entity, "device" },
		{ QUESTION_record, device != NULL ? record_key(device) : NULL },
		{ QUESTION_field, "decision" },
		{ QUESTION_ours, "replace" },
		{ QUESTION_theirs, "retain with mitigation" },
		DEMO_END
	};

	return device != NULL && demo_add(demo, ENTITY_QUESTION, values, NULL, error);
}

/*
 * A contractor's list says of devices that are to be replaced that they stay: a decision is not
 * changed by a file.
 */
bool
demo_ask_questions(struct demo *demo, int day, struct error *error)
{
	enum { ROWS = 148 };
	static const char file[] = "contractor-progress.csv";
	struct record_id ids[QUESTIONS_MAX];
	size_t count = demo_find(demo, ENTITY_DEVICE, "decision:replace present:yes", ids,
				 QUESTIONS_MAX, error);
	int64_t source;
	bool done = demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_MANAGER,
			       "Imported 148 devices from contractor-progress.csv: 0 new, 0 "
			       "changed, 148 same, 0 refused",
			       "What the contractor reports each month", error) &&
		    add_source(demo, day, file, "devices", 0, ROWS, 0, &source, error);

	for (size_t i = 0; i < count && done; i++)
		done = ask(demo, source, ids[i], (int)i, error);
	return done && demo_commit(demo, NULL, error);
}
