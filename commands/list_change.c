/* SPDX-License-Identifier: MIT */
#include "commands/list_change.h"

#include <inttypes.h>
#include <stdio.h>

#include "commands/changes.h"
#include "core/guard.h"
#include "db/bulk.h"
#include "db/maker_load.h"
#include "db/replay.h"
#include "export/file.h"

enum {
	LINES_SAID = 10,	/* of the devices that change, in words; --changes has all */
	NUMBER_SIZE = 24,
};

static const char changes_heading[] = "tag,site,from,to,also_suspected,evidence,"
				      "in_scope_from,in_scope_to,quantity,removed\r\n";

/* One change on its way. */
struct run {
	struct session *session;
	const struct request *request;
	struct list_change *change;
	struct arena arena;
	bool dry_run;
	struct date day;		/* from which it counts */
	int changed;			/* of the list itself */
	struct replay_counts counts;
	struct file file;		/* of --changes */
	struct text lines;		/* the first devices, in words */
	int line_count;
	int64_t lined;			/* devices that the lines are about */
	bool is_filed;			/* the file of --changes has its name */
};

static const char *
option(const struct run *run, const char *name)
{
	return run->request != NULL ? request_value(run->request, name) : NULL;
}

static void
append_cell(struct text *line, const char *words)
{
	if (line->length > 0)
		text_append(line, ",");
	if (words != NULL)
		guard_append_cell(line, words, guard_is_needed(words));
}

static bool
write_line(struct file *file, const struct replay_line *line, struct error *error)
{
	char quantity[NUMBER_SIZE];
	const char *cells[] = { line->tag,        line->site,
				line->from,       line->to,
				line->rival,      line->evidence,
				line->scope_from, line->scope_to,
				quantity,         line->present ? "no" : "yes" };
	struct text words = { 0 };
	bool written;

	snprintf(quantity, sizeof quantity, "%" PRId64, line->quantity);
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		append_cell(&words, cells[i]);
	text_append(&words, "\r\n");
	written = file_write(file, words.bytes, words.length, error);
	text_free(&words);
	return written;
}

/* "CAM-1 at HQ: Axis becomes Hikvision, or Dahua (mac); in scope: no, then yes" */
static void
say_line(struct text *out, const struct replay_line *line)
{
	char number[TEXT_NUMBER_SIZE];
	const char *from = line->from != NULL ? line->from : "unknown",
		   *to = line->to != NULL ? line->to : "unknown";

	text_format(out, "  %s at %s: ", line->tag, line->site);
	if (line->quantity != 1)
		text_format(out, "%s devices, ", text_number(line->quantity, number));
	text_append(out, from);
	if (!text_same(from, to))
		text_format(out, " becomes %s", to);
	if (line->rival != NULL)
		text_format(out, ", or %s", line->rival);
	text_format(out, " (%s)", line->evidence);
	if (!text_same(line->scope_from, line->scope_to))
		text_format(out, "; in scope: %s, then %s", line->scope_from, line->scope_to);
	text_append(out, "\n");
}

/* The words are about the devices that the numbers above them count. */
static bool
hear(void *context, const struct replay_line *line, struct error *error)
{
	struct run *run = context;

	if (line->present && run->line_count < LINES_SAID) {
		say_line(&run->lines, line);
		run->line_count++;
		run->lined += line->quantity;
	}
	return !run->file.open || write_line(&run->file, line, error);
}

/* "412 devices become suspected, 3 stop being in scope." */
static void
say_counts(struct run *run, struct text *out)
{
	const struct replay_counts *counts = &run->counts;
	const struct { int64_t number; const char *one, *many; } parts[] = {
		{ counts->suspected, "becomes suspected", "become suspected" },
		{ counts->gained, "comes into scope", "come into scope" },
		{ counts->lost, "stops being in scope", "stop being in scope" },
		{ counts->found, "has a known maker now", "have a known maker now" },
		{ counts->moved, "changes its maker", "change their maker" },
		{ counts->disagree, "now has evidence that disagrees",
		  "now have evidence that disagrees" },
	};
	bool said = false;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		bool one = parts[i].number == 1;

		if (parts[i].number == 0)
			continue;
		text_format(out, "%s %s",
			    said ? ","
				 : text_count(&run->arena, parts[i].number, "device", "devices"),
			    said  ? text_count(&run->arena, parts[i].number, parts[i].one,
					       parts[i].many)
			    : one ? parts[i].one
				  : parts[i].many);
		said = true;
	}
	if (!said && counts->told > 0)
		text_format(out, "%s, and what it is known by is noted",
			    text_count(&run->arena, counts->told, "device keeps its maker",
				       "devices keep their maker"));
	else if (!said)
		text_append(out, counts->removed > 0 ? "No device in place changes by it"
						     : "No device changes by it");
	text_append(out, ".\n");
}

/* What stands on the lines and what does not adds up to the devices in the sentence above them. */
static void
say_lines(struct run *run, struct text *out)
{
	int64_t more = run->counts.told - run->lined;

	text_append(out, text_words(&run->lines));
	if (more > 0)
		text_format(out, "  and %s\n", text_count(&run->arena, more, "more", "more"));
}

static void
say(struct run *run, struct text *out)
{
	char day[DATE_WORDS_SIZE];

	if (run->dry_run)
		text_format(out, "%s: this is what would happen. Nothing was changed.\n",
			    run->change->what);
	else
		text_format(out, "%s.\n", run->change->what);
	if (run->change->effective_on != NULL) {
		date_words(run->day, day);
		text_format(out, "Under the list as from %s: ", day);
	}
	if (run->change->keeps_devices)
		return;
	say_counts(run, out);
	if (run->dry_run)
		say_lines(run, out);
	if (run->counts.removed > 0)
		text_format(out, "%s, not counted above.\n",
			    text_count(&run->arena, run->counts.removed,
				       "device that is removed already changes likewise",
				       "devices that are removed already change likewise"));
}

/* What follows for every device: told to whoever wants to see it. */
static bool
replay(struct run *run, struct replay *state, struct error *error)
{
	struct replay_listener listener = { run, run->dry_run || run->file.open ? hear : NULL };

	return replay_run(state, run->day, run->dry_run, listener, &run->counts, error);
}

static bool
change_and_replay(struct run *run, struct error *error)
{
	struct replay *state = replay_open(run->session->store, run->session->today, error);
	struct list_change *change = run->change;
	bool done = state != NULL &&
		    changes_open(&run->file, option(run, "changes"), changes_heading, error) &&
		    (change->make == NULL ||
		     change->make(run->session, change, &run->changed, error)) &&
		    ((change->make != NULL && run->changed == 0) || change->keeps_devices ||
		     replay(run, state, error));

	replay_close(state);
	return done;
}

/* The version names its entry by number, which is no key that a reference is found by. */
static bool
write_version(struct run *run, struct error *error)
{
	struct record *version = record_new(&run->arena, ENTITY_LIST_VERSION);
	struct store *store = run->session->store;
	int64_t references[ENTITY_FIELDS_MAX] = {
		[LIST_VERSION_made_in] = store_entry_open(store).value
	};
	struct bulk *bulk = bulk_open(store, ENTITY_LIST_VERSION, 0, NULL, error);
	char day[DATE_TEXT_SIZE];

	date_format(run->day, day);
	version->values[LIST_VERSION_effective_on] = day;
	version->values[LIST_VERSION_what] = run->change->what;
	version->values[LIST_VERSION_decided_by] = run->change->decided_by;
	version->values[LIST_VERSION_gained] = arena_format(&run->arena, "%" PRId64,
							    run->counts.gained);
	version->values[LIST_VERSION_lost] = arena_format(&run->arena, "%" PRId64,
							  run->counts.lost);
	if (bulk == NULL)
		return false;
	if (bulk_insert(bulk, version->values, references, NULL, error))
		return bulk_close(bulk, error);
	bulk_abandon(bulk);
	return false;
}

/* Before the entry is kept: when the file cannot be finished, nothing is changed. */
static bool
close_file(struct run *run, struct error *error)
{
	if (!run->file.open)
		return true;
	run->is_filed = file_commit(&run->file, error);
	return run->is_filed;
}

static bool
is_nothing_to_keep(const struct run *run)
{
	return run->changed == 0 && run->counts.changed == 0;
}

/* Whether there is anything to keep: a dry run, and what is said already, leave no entry. */
static bool
finish(struct run *run, struct error *error)
{
	struct store *store = run->session->store;

	if (!run->dry_run && !is_nothing_to_keep(run))
		return (run->change->keeps_devices || write_version(run, error)) &&
		       store_entry_describe(store, run->change->what, error) &&
		       close_file(run, error) && store_entry_commit(store, error);
	store_entry_rollback(store);
	return close_file(run, error);
}

bool
list_change_run(struct session *session, const struct request *request, struct list_change *change,
		struct reply *reply, struct error *error)
{
	struct run run = {
		.session = session, .request = request, .change = change, .day = session->today
	};
	const char *why = request != NULL ? request_value(request, "why") : change->why;
	struct entry entry = session_entry(session, ENTRY_KIND_COMMAND, change->what, why);
	bool done;

	run.dry_run = change->dry_run || option(&run, "dry-run") != NULL;
	if (change->effective_on != NULL)
		date_parse_iso(change->effective_on, &run.day);
	done = store_entry_begin(session->store, &entry, error) && change_and_replay(&run, error) &&
	       finish(&run, error);
	if (!done)
		store_entry_rollback(session->store);
	if (!done && run.is_filed)
		remove(option(&run, "changes"));
	change->devices = run.counts.told + run.counts.removed;
	file_abandon(&run.file);
	reply->idle = done && is_nothing_to_keep(&run);
	if (reply->idle)
		text_append(&reply->words,
			    "The register says that already; nothing was changed.\n");
	else if (done)
		say(&run, &reply->words);
	text_free(&run.lines);
	arena_free(&run.arena);
	return done;
}

bool
list_change_follow(struct session *session, const char *what, bool dry_run, struct text *said,
		   struct error *error)
{
	struct list_change change = { .what = what };
	struct run run = { .session = session,
			   .change = &change,
			   .dry_run = dry_run,
			   .day = session->today };
	bool done;

	/* Rows that came many at a time are not in the tables that were read before. */
	makers_forget(session->store);
	done = change_and_replay(&run, error) && (dry_run || write_version(&run, error));
	if (done)
		say_counts(&run, said);
	text_free(&run.lines);
	arena_free(&run.arena);
	return done;
}
