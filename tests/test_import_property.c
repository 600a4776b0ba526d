/* SPDX-License-Identifier: MIT */
/*
 * Random files into random registers, beside a slow and obvious model of the import: what becomes of every row, what
 * the register says afterwards, and what was told of it must be what the model says; undo must take all of it back.
 */
#include "tests/support.h"

#include <string.h>

#include "commands/import.h"
#include "core/chance.h"
#include "db/history.h"
#include "tests/csv_file.h"

enum {
	REGISTERS = 6, FILES = 50, ROWS_MAX = 14,
	APPLIED = 8,		/* one file in so many is not only rehearsed: what is committed waits for the disk */
	TAGS = 9,		/* of devices: few, so that rows meet */
	SITES = 3,		/* that the register has; one more is unknown */
	WORDS = 3,		/* of each other field; 0 is blank */
	NOBODY = -1,
};

enum { FIELD_SITE, FIELD_PLACE, FIELD_SERIAL, FIELD_RECORDER, FIELDS };
static const char *const names[FIELDS] = { "site", "place", "serial", "recorder" };

/* A device of the model: 0 is blank, a recorder is a tag + 1. */
struct device {
	bool there;
	int values[FIELDS];
};

struct line {
	int tag;		/* NOBODY: blank */
	bool small;		/* the tag in small letters */
	bool wrong;		/* a date that is none */
	int values[FIELDS];
	/* What the model says becomes of it. */
	enum import_outcome outcome;
	bool waits;
};

/* What the file has said of a device. */
struct said {
	bool taken, fresh, clashes, lost, mentioned;
	bool fields[FIELDS];
	bool names_fresh[TAGS];		/* devices of the file that rows of it name */
	struct device before;
};

struct model {
	struct device devices[TAGS];
	struct said said[TAGS];
	struct line lines[ROWS_MAX];
	int count;
	bool clears, sites_covered[SITES + 2];
	int64_t counts[IMPORT_OUTCOME_COUNT];
};

/* Compares a row with the device; false when it contradicts what was said before, or empties what must be there. */
static bool
model_compare(struct model *model, struct line *line, bool *changed)
{
	struct device *device = &model->devices[line->tag];
	struct said *said = &model->said[line->tag];
	struct device now = *device;

	*changed = false;
	if (model->clears && line->values[FIELD_SITE] == 0)
		return false;
	for (int i = 0; i < FIELDS; i++) {
		if ((line->values[i] == 0 && !model->clears) || line->values[i] == device->values[i])
			continue;
		if (said->taken && said->fields[i]) {
			said->clashes = true;
			return false;
		}
		now.values[i] = line->values[i];
		*changed = true;
	}
	*device = now;
	return true;
}

static void
model_note(struct model *model, const struct line *line, bool was_there)
{
	struct said *said = &model->said[line->tag];
	int recorder = line->values[FIELD_RECORDER];

	if (line->values[FIELD_SITE] != 0)
		model->sites_covered[line->values[FIELD_SITE]] = true;
	else if (was_there && !said->taken)
		model->sites_covered[said->before.values[FIELD_SITE]] = true;
	said->taken = true;
	for (int i = 0; i < FIELDS; i++)
		said->fields[i] |= line->values[i] != 0 || model->clears;
	if (recorder != 0 && model->said[recorder - 1].fresh)
		said->names_fresh[recorder - 1] = true;
}

static void
model_take(struct model *model, struct line *line)
{
	struct device *device = &model->devices[line->tag];
	struct said *said = &model->said[line->tag];
	bool was_there = device->there, changed = false, same = said->clashes;

	line->outcome = IMPORT_REFUSED;
	if (same && line->values[FIELD_SITE] != 0)
		model->sites_covered[line->values[FIELD_SITE]] = true;
	if (same)
		return;
	if (was_there) {
		if (!model_compare(model, line, &changed)) {
			if (said->clashes && line->values[FIELD_SITE] != 0)
				model->sites_covered[line->values[FIELD_SITE]] = true;
			return;
		}
		line->outcome = changed ? IMPORT_CHANGED : IMPORT_SAME;
	} else {
		if (line->values[FIELD_SITE] == 0)
			return;
		device->there = said->fresh = true;
		memcpy(device->values, line->values, sizeof device->values);
		line->outcome = IMPORT_NEW;
	}
	model_note(model, line, was_there);
}

/* Rows in the order of the file, then again and again those that name a device which may still come. */
static void
model_judge(struct model *model, struct line *line, bool last)
{
	int recorder = line->values[FIELD_RECORDER];

	line->waits = false;
	line->outcome = IMPORT_REFUSED;
	if (line->tag == NOBODY || line->wrong || line->values[FIELD_SITE] > SITES)
		return;
	if (recorder != 0 && !model->devices[recorder - 1].there) {
		line->waits = !last;
		return;
	}
	model_take(model, line);
}

static void
model_judge_all(struct model *model)
{
	int waiting = 0, before = ROWS_MAX + 1;

	for (int i = 0; i < model->count; i++) {
		model_judge(model, &model->lines[i], false);
		waiting += model->lines[i].waits;
	}
	while (waiting > 0) {
		bool last = waiting >= before;

		before = waiting;
		waiting = 0;
		for (int i = 0; i < model->count; i++) {
			if (model->lines[i].waits)
				model_judge(model, &model->lines[i], last);
			waiting += model->lines[i].waits;
		}
	}
}

/*
 * Devices of which rows contradict each other are as they were; whoever names one that thereby is not there goes too.
 */
static void
model_withdraw(struct model *model)
{
	bool more = true;

	for (int i = 0; i < TAGS; i++)
		model->said[i].lost = model->said[i].clashes;
	while (more) {
		more = false;
		for (int i = 0; i < TAGS; i++)
			for (int j = 0; j < TAGS; j++)
				if (!model->said[i].lost && model->said[i].names_fresh[j] && model->said[j].lost)
					more = model->said[i].lost = true;
	}
	for (int i = 0; i < TAGS; i++)
		if (model->said[i].lost)
			model->devices[i] = model->said[i].before;
	for (int i = 0; i < model->count; i++)
		if (model->lines[i].tag != NOBODY && model->said[model->lines[i].tag].lost)
			model->lines[i].outcome = IMPORT_REFUSED;
}

static void
model_run(struct model *model)
{
	for (int i = 0; i < TAGS; i++)
		model->said[i].before = model->devices[i];
	model_judge_all(model);
	model_withdraw(model);
	for (int i = 0; i < model->count; i++) {
		model->counts[model->lines[i].outcome]++;
		if (model->lines[i].tag != NOBODY)
			model->said[model->lines[i].tag].mentioned = true;
	}
	for (int i = 0; i < TAGS; i++)
		model->counts[IMPORT_ABSENT] += model->said[i].before.there && !model->said[i].mentioned &&
						model->sites_covered[model->said[i].before.values[FIELD_SITE]];
}

static void
make_line(struct chance *chance, struct line *line)
{
	*line = (struct line){ .tag = chance_percent(chance, 4) ? NOBODY : chance_between(chance, 0, TAGS - 1),
			       .small = chance_percent(chance, 20), .wrong = chance_percent(chance, 5) };
	line->values[FIELD_SITE] = chance_percent(chance, 4) ? SITES + 1 :
				   chance_percent(chance, 20) ? 0 : chance_between(chance, 1, SITES);
	line->values[FIELD_PLACE] = chance_between(chance, 0, WORDS);
	line->values[FIELD_SERIAL] = chance_between(chance, 0, WORDS);
	line->values[FIELD_RECORDER] = chance_percent(chance, 30) ? chance_between(chance, 1, TAGS) : 0;
}

static void
make_file(struct chance *chance, struct model *model, struct text *file)
{
	static const char *const letters = "SPNX";

	model->count = chance_between(chance, 1, ROWS_MAX);
	text_append(file, "tag,removed_on,site,place,serial,recorder\n");
	for (int i = 0; i < model->count; i++) {
		struct line *line = &model->lines[i];

		/* Often the row above again. */
		if (i > 0 && chance_percent(chance, 15))
			*line = model->lines[i - 1];
		else
			make_line(chance, line);
		if (line->tag != NOBODY)
			text_format(file, "%c%d", line->small ? 'x' : 'X', line->tag + 1);
		text_append(file, line->wrong ? ",31/02/2020" : ",");
		for (int j = 0; j < FIELDS; j++) {
			text_append(file, ",");
			if (line->values[j] != 0)
				text_format(file, "%c%d", letters[j], line->values[j]);
		}
		text_append(file, "\n");
	}
}

static int
number_in(const char *words)
{
	return words[0] == '-' ? 0 : words[1] - '0';
}

/* The devices as the register has them. */
static void
read_devices(struct support *test, struct device devices[TAGS])
{
	const char *found = text_small(&test->arena, support_find(test, ENTITY_DEVICE, ""));

	for (int i = 0; i < TAGS; i++) {
		const char *tag = arena_format(&test->arena, "x%d", i + 1);

		devices[i] = (struct device){ .there = strstr(found, tag) != NULL };
		for (int j = 0; devices[i].there && j < FIELDS; j++)
			devices[i].values[j] = number_in(support_value(test, ENTITY_DEVICE, tag, names[j]));
	}
}

/* What was told, to be compared with what was done. */
struct story {
	enum import_outcome rows[ROWS_MAX + 1];		/* by row: the last that was told */
	struct { int64_t row; int tag, field, now; } changes[ROWS_MAX * FIELDS];
	int change_count, absent;
};

static void
hear(void *context, const struct import_detail *detail)
{
	struct story *story = context;

	if (detail->outcome == IMPORT_ABSENT) {
		story->absent++;
		return;
	}
	assert_in_range(detail->row, 1, ROWS_MAX);
	story->rows[detail->row] = detail->outcome;
	for (int i = 0; detail->outcome == IMPORT_CHANGED && i < FIELDS; i++)
		if (strcmp(names[i], detail->field) == 0) {
			story->changes[story->change_count].row = detail->row;
			story->changes[story->change_count].tag = number_in(detail->key) - 1;
			story->changes[story->change_count].field = i;
			story->changes[story->change_count++].now = detail->new == NULL ? 0 : number_in(detail->new);
		}
}

static void
assert_story(const struct story *story, const struct model *model)
{
	struct device devices[TAGS];

	for (int i = 0; i < TAGS; i++)
		devices[i] = model->said[i].before;
	for (int i = 0; i < model->count; i++) {
		const struct line *line = &model->lines[i];

		assert_int_equal(story->rows[i + 1], line->outcome);
		if (line->outcome == IMPORT_NEW) {
			devices[line->tag].there = true;
			memcpy(devices[line->tag].values, line->values, sizeof line->values);
		}
	}
	for (int i = 0; i < story->change_count; i++)
		if (story->rows[story->changes[i].row] == IMPORT_CHANGED)
			devices[story->changes[i].tag].values[story->changes[i].field] = story->changes[i].now;
	assert_memory_equal(devices, model->devices, sizeof devices);
	assert_int_equal(story->absent, model->counts[IMPORT_ABSENT]);
}

static void
assert_counts(const struct import_summary *summary, const struct model *model)
{
	assert_int_equal(summary->rows, model->count);
	assert_int_equal(summary->rows, summary->new_rows + summary->changed + summary->same + summary->refused);
	assert_int_equal(summary->new_rows, model->counts[IMPORT_NEW]);
	assert_int_equal(summary->changed, model->counts[IMPORT_CHANGED]);
	assert_int_equal(summary->same, model->counts[IMPORT_SAME]);
	assert_int_equal(summary->refused, model->counts[IMPORT_REFUSED]);
	assert_int_equal(summary->absent, model->counts[IMPORT_ABSENT]);
}

static void
run_import(struct support *test, const struct import_options *options, struct import_summary *summary)
{
	import_summary_free(summary);
	support_must(test, import_run(&test->session, options, summary, &test->error));
}

static void
undo_and_compare(struct support *test, const char *before)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "Undid it", NULL);
	struct entry_id newest;
	struct undone undone = { 0 };

	support_must(test, store_entry_undoable(test->session.store, &newest, &test->error));
	support_must(test, store_undo(test->session.store, newest, &entry, &undone, &test->error));
	text_free(&undone.lines);
	assert_string_equal(support_snapshot(test), before);
}

/* The file is imported, undone, imported again, and once more. */
static void
apply_file(struct support *test, struct import_options *options, const struct model *model, const char *before)
{
	struct import_summary summary = { 0 };
	struct device devices[TAGS];

	options->dry_run = false;
	options->listener = (struct import_listener){ 0 };
	run_import(test, options, &summary);
	assert_counts(&summary, model);
	read_devices(test, devices);
	assert_memory_equal(devices, model->devices, sizeof devices);
	if (summary.recorded)
		undo_and_compare(test, before);
	run_import(test, options, &summary);
	assert_counts(&summary, model);
	run_import(test, options, &summary);
	if (model->counts[IMPORT_REFUSED] == 0)
		assert_int_equal(summary.same, model->count);
	import_summary_free(&summary);
}

/* One file: rehearsed, and sometimes applied. */
static void
try_file(struct support *test, struct chance *chance, bool applied)
{
	struct import_options options = { .entity = &entities[ENTITY_DEVICE], .map = "-", .again = true };
	struct import_summary summary = { 0 };
	struct model model = { .clears = chance_percent(chance, 25) };
	struct story story = { 0 };
	struct text file = { 0 };
	const char *before = support_snapshot(test);

	read_devices(test, model.devices);
	make_file(chance, &model, &file);
	options.path = support_path(test, "rows.csv");
	options.blank_clears = model.clears;
	write_file(options.path, file.bytes, file.length);
	model_run(&model);

	options.dry_run = true;
	options.listener = (struct import_listener){ &story, hear, NULL };
	run_import(test, &options, &summary);
	assert_counts(&summary, &model);
	assert_story(&story, &model);
	assert_string_equal(support_snapshot(test), before);
	if (applied)
		apply_file(test, &options, &model, before);
	text_free(&file);
	import_summary_free(&summary);
	unlink(options.path);
}

static void
every_file_does_what_the_model_says(void **state)
{
	(void)state;
	for (int i = 0; i < REGISTERS; i++) {
		void *opened = NULL;

		assert_int_equal(support_open(&opened), 0);
		for (int j = 0; j < SITES; j++)
			support_add_alone(opened, ENTITY_SITE,
					  arena_format(&((struct support *)opened)->arena, "code=S%d", j + 1), NULL);
		for (int j = 0; j < FILES; j++) {
			struct chance chance = { .state = (uint64_t)(i * FILES + j) };

			try_file(opened, &chance, j % APPLIED == 0);
		}
		support_close(&opened);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_does_what_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
