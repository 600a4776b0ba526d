/* SPDX-License-Identifier: MIT */
#include "tui/import_try.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/hash.h"
#include "tui/import_found.h"
#include "tui/import_preview.h"
#include "tui/import_words.h"
#include "tui/pager.h"
#include "tui/prompt.h"

/* One rehearsal and what it found. */
struct rehearsal {
	struct import_summary summary;
	struct import_found found;
};

/* What comes after a rehearsal. */
enum next { NEXT_BACK, NEXT_AGAIN, NEXT_APPLY };

static bool
import_once(struct app *app, const struct import_options *options, struct import_summary *summary)
{
	struct error error = { 0 };

	if (!app_begin_writing(app))
		return false;
	if (import_run(app->session, options, summary, &error))
		return true;
	import_complain(app, &error, PLACE_LOOK);
	return false;
}

static bool
rehearse(struct app *app, const struct import_plan *plan, struct rehearsal *rehearsal)
{
	struct import_options options = plan->options;

	options.dry_run = true;
	options.listener = import_found_listener(&rehearsal->found);
	if (!import_once(app, &options, &rehearsal->summary))
		return false;
	import_found_settle(&rehearsal->found, &rehearsal->summary);
	return true;
}

/* Asks of one column whether day or month comes first; true when somebody said. */
static bool
ask_order(struct app *app, struct import_plan *plan, const struct import_date_question *asked)
{
	size_t column = asked->column;
	struct arena arena = { 0 };
	const char *options[] = { arena_format(&arena, "day first: %s", asked->day_first),
				  arena_format(&arena, "month first: %s", asked->month_first),
				  NULL };
	int answer = -1;

	if (column < plan->survey.column_count && plan->orders[column] == NULL)
		answer = prompt_confirm(app,
					arena_format(&arena,
						     "Nothing in '%s' proves whether day or month "
						     "comes first. What is %s?",
						     asked->heading, asked->example),
					options);
	if (answer >= 0 && !import_plan_set_order(plan, column, answer == 0 ? "day" : "month"))
		answer = -1;
	arena_free(&arena);
	return answer >= 0;
}

static bool
ask_orders(struct app *app, struct import_plan *plan, const struct import_summary *summary)
{
	bool said = false;

	for (size_t i = 0; i < summary->date_question_count; i++)
		said |= ask_order(app, plan, &summary->date_questions[i]);
	return said;
}

/*
 * The very same file was imported before and not a row was read; a person may want it compared all
 * the same.
 */
static enum next
ask_again(struct app *app, struct import_plan *plan, const struct import_summary *summary)
{
	static const char *const options[] = { "compare all the same", "leave it", NULL };
	char day[DATE_WORDS_SIZE] = "before";
	struct text question = { 0 };
	int64_t seconds;
	int answer;

	if (summary->imported_before != NULL &&
	    date_parse_instant(summary->imported_before, &seconds))
		date_words(date_from_instant(seconds), day);
	text_format(&question, "There is nothing to do: this very file was imported on %s.", day);
	answer = prompt_confirm(app, text_words(&question), options);
	text_free(&question);
	plan->options.again |= answer == 0;
	return answer == 0 ? NEXT_AGAIN : NEXT_BACK;
}

static enum next
judge(struct app *app, struct import_plan *plan, const struct rehearsal *rehearsal)
{
	if (rehearsal->summary.nothing_to_do)
		return ask_again(app, plan, &rehearsal->summary);
	if (ask_orders(app, plan, &rehearsal->summary))
		return NEXT_AGAIN;
	if (import_preview_run(app, &rehearsal->summary, &rehearsal->found))
		return NEXT_APPLY;
	app_say(app, "Nothing was changed. Esc leaves the import.");
	return NEXT_BACK;
}

/* What a person can do now about what the import could not do alone. */
static void
append_next_steps(struct text *out, const struct import_summary *summary)
{
	if (!summary->recorded)
		return;
	text_append(out, "\n");
	if (summary->refused > 0)
		text_append(out, "The refused rows are kept. To mend them, press Enter on this "
				 "file in Sources, then Enter on a row.\n");
	if (summary->questions > 0)
		text_append(out, "What people had decided otherwise was left as it is. The "
				 "questions are on Today.\n");
	text_append(out, "To take all of this back, press U on this file in Sources.\n");
}

static void
show_done(struct app *app, struct import_summary *summary)
{
	struct text words = { 0 };
	struct arena arena = { 0 };

	import_summary_words(summary, &words);
	append_next_steps(&words, summary);
	if (summary->recorded)
		app_open_view(app, browse_view(ENTITY_SOURCE), "");
	pager_show(app, "Imported", import_words(&arena, text_words(&words), PLACE_LOOK));
	text_free(&words);
	arena_free(&arena);
}

/* What was seen in the preview, from the file of that SHA-256. */
static bool
apply(struct app *app, const struct import_plan *plan, const char *hash)
{
	struct import_options options = plan->options;
	struct import_summary summary = { 0 };
	bool done;

	options.hash = hash;
	done = import_once(app, &options, &summary);

	if (done) {
		app_invalidate(app);
		show_done(app, &summary);
	}
	import_summary_free(&summary);
	return done;
}

bool
import_try_run(struct app *app, struct import_plan *plan)
{
	char hash[HASH_TEXT_SIZE] = "";
	enum next next;

	do {
		struct rehearsal rehearsal = { 0 };

		next = rehearse(app, plan, &rehearsal) ? judge(app, plan, &rehearsal) : NEXT_BACK;
		if (next == NEXT_APPLY)
			snprintf(hash, sizeof hash, "%s", rehearsal.summary.hash);
		import_found_free(&rehearsal.found);
		import_summary_free(&rehearsal.summary);
	} while (next == NEXT_AGAIN && !app->leaving);
	return next == NEXT_APPLY && apply(app, plan, hash);
}
