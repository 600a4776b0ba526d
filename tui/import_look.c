/* SPDX-License-Identifier: MIT */
#include "tui/import_look.h"

#include <string.h>

#include "tui/grid.h"
#include "tui/import_choices.h"
#include "tui/import_try.h"
#include "tui/import_words.h"
#include "tui/pick.h"
#include "tui/prompt.h"
#include "tui/status.h"
#include "tui/wrap.h"

/*
 * On a low screen the columns matter more than what was found out about the file, which the keys
 * still change.
 */
enum { ROOMY_ROWS = 14, CHOICE_GAP = 3, SAMPLES_LINES = 2, PICKS_MAX = 256 };

struct look {
	struct layer layer;
	struct import_plan *plan;
	struct grid grid;
};

enum look_column { LOOK_HEADING, LOOK_USE, LOOK_SAMPLES };
static const char *const titles[] = { "Heading", "Goes to", "First values", NULL };

/* The column of the file in that row of the screen. */
static size_t
column_at(const struct import_plan *plan, size_t row)
{
	return plan->order[row];
}

static void
append_samples(struct text *out, const struct import_column *column, const char *between)
{
	for (size_t i = 0; i < column->sample_count; i++)
		text_format(out, "%s%s", i > 0 ? between : "", column->samples[i]);
}

static void
append_use(struct text *out, const struct import_plan *plan, size_t at)
{
	const struct import_column *column = &plan->survey.columns[at];

	if (import_plan_is_unknown(column))
		text_append(out, "NOT KNOWN");
	else if (column->field == NULL)
		text_format(out, "(%s)", column->use);
	else
		import_plan_append_use(plan, at, out);
	if (plan->orders[at] != NULL)
		text_format(out, ", %s first", plan->orders[at]);
}

static const char *
cell(const void *context, size_t row, size_t column, struct text *room)
{
	const struct import_plan *plan = context;
	size_t at = column_at(plan, row);
	const struct import_column *shown = &plan->survey.columns[at];

	switch ((enum look_column)column) {
	case LOOK_HEADING:
		if (*shown->heading != '\0')
			return shown->heading;
		text_format(room, "column %zu, no heading", at + 1);
		break;
	case LOOK_USE:
		append_use(room, plan, at);
		break;
	case LOOK_SAMPLES:
		append_samples(room, shown, " | ");
		break;
	}
	return text_words(room);
}

/* Draws a text wrapped over at most so many lines; returns the row behind it. */
static int
draw_paragraph(struct area area, int row, int lines, enum style style, const char *words)
{
	struct text line = { 0 };

	for (; lines > 0 && wrap_line(&words, area.columns - 2, &line); lines--) {
		if (lines == 1 && *words != '\0')
			text_append(&line, "\xe2\x80\xa6");
		screen_text(row++, area.column + 1, area.columns - 1, style, text_words(&line));
	}
	text_free(&line);
	return row;
}

static size_t
count_unknown(const struct import_plan *plan)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->survey.column_count; i++)
		count += import_plan_is_unknown(&plan->survey.columns[i]);
	return count;
}

/* Whether a column feeds the field that names a record. */
static bool
has_key(const struct import_plan *plan)
{
	for (size_t i = 0; i < plan->survey.column_count; i++) {
		const char *field = plan->survey.columns[i].field;

		if (field != NULL && strcmp(field, entity_key(plan->options.entity)->name) == 0)
			return true;
	}
	return false;
}

/* What stands in the way, or what to do now. */
static void
append_verdict(struct text *out, const struct import_plan *plan)
{
	size_t unknown = count_unknown(plan);
	struct arena arena = { 0 };

	if (plan->survey.problem != NULL && unknown > 0 && plan->options.unknown == MAPPING_REFUSE)
		text_format(out, "Nobody knows %s: Enter says where %s, %s decides for all.",
			    unknown == 1 ? "one heading"
					 : arena_format(&arena, "%zu headings", unknown),
			    unknown == 1 ? "it goes" : "each goes",
			    action_key(PLACE_LOOK, ACTION_UNKNOWN));
	else if (plan->survey.problem != NULL && plan->options.key == NULL && !has_key(plan))
		text_format(out,
			    "No heading is known to be the %s of a %s. Press Enter on the column "
			    "that holds it.",
			    entity_key(plan->options.entity)->title, plan->options.entity->name);
	else if (plan->survey.problem != NULL)
		text_append(out, import_words(&arena, plan->survey.problem, PLACE_LOOK));
	else
		text_append(out, "Nothing is imported yet. F2 shows what would be new, changed and "
				 "refused.");
	arena_free(&arena);
}

static int
draw_verdict(const struct import_plan *plan, struct area area, int row)
{
	struct text words = { 0 };

	append_verdict(&words, plan);
	row = draw_paragraph(area, row, area.rows < ROOMY_ROWS ? 2 : 4,
			     plan->survey.problem != NULL ? STYLE_ERROR : STYLE_PLAIN,
			     text_words(&words));
	text_free(&words);
	return row;
}

/* Draws "[e] encoding: UTF-8"; returns the column behind it, or 0 when it does not fit any more. */
static int
draw_choice(const struct import_choice *choice, const char *now, struct area area, int row,
	    int column)
{
	struct text key = { 0 }, words = { 0 };
	int key_width, width;
	bool fits;

	text_format(&key, "[%s]", action_key(PLACE_LOOK, choice->action));
	text_format(&words, " %s: %s", choice->title, now);
	key_width = text_width(text_words(&key));
	width = text_width(text_words(&words));
	fits = column == area.column + 1 ||
	       column + key_width + width <= area.column + area.columns;
	if (fits) {
		screen_text(row, column, key_width, STYLE_KEY, text_words(&key));
		screen_text(row, column + key_width, width, STYLE_QUIET, text_words(&words));
	}
	text_free(&key);
	text_free(&words);
	return fits ? column + key_width + width + CHOICE_GAP : 0;
}

/* What can be chosen besides the columns, as many on a line as fit; returns the row behind them. */
static int
draw_choices(const struct import_plan *plan, struct area area, int row)
{
	int column = area.column + 1;

	for each_import_choice(choice) {
		struct text now = { 0 };
		int next;

		choice->show(plan, &now);
		next = now.length > 0 ? draw_choice(choice, text_words(&now), area, row, column)
				      : column;
		if (next == 0)
			next = draw_choice(choice, text_words(&now), area, ++row, area.column + 1);
		column = next;
		text_free(&now);
	}
	return row + 1;
}

static int
draw_notices(const struct import_plan *plan, struct area area, int row)
{
	const struct import_survey *survey = &plan->survey;
	struct text words = { 0 };

	if (survey->saved_on != NULL)
		text_format(&words, "What was said of these headings on %s is used again.",
			    survey->saved_on);
	for (size_t i = 0; i < survey->notice_count; i++)
		text_format(&words, "%s%s", words.length > 0 ? " " : "", survey->notices[i]);
	row = draw_paragraph(area, row, area.rows / 6, STYLE_QUIET, text_words(&words));
	text_free(&words);
	return row;
}

static void
draw_title(const struct import_plan *plan, struct area area)
{
	const char *slash = strrchr(plan->options.path, '/');
	struct text title = { 0 };

	text_format(&title, "Import %s as %s: %s, %zu %s",
		    slash != NULL ? slash + 1 : plan->options.path, plan->options.entity->plural,
		    plan->survey.format != NULL ? plan->survey.format : "a file",
		    plan->survey.column_count,
		    plan->survey.column_count == 1 ? "column" : "columns");
	screen_text(area.row, area.column, area.columns, STYLE_BAR, "");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, text_words(&title));
	text_free(&title);
}

/* The column under the cursor with its values in full, at the foot. */
static void
draw_foot(const struct look *look, struct area area, int row)
{
	const struct import_column *column =
		&look->plan->survey.columns[column_at(look->plan, look->grid.cursor)];
	struct text words = { 0 };

	text_format(&words, "%s: ", *column->heading != '\0' ? column->heading : "(no heading)");
	append_samples(&words, column, "; ");
	if (column->sample_count == 0)
		text_append(&words, "no values in the first rows");
	draw_paragraph(area, row, SAMPLES_LINES, STYLE_QUIET, text_words(&words));
	text_free(&words);
}

/* Not all columns need be on the screen. */
static void
draw_position(const struct look *look, int row, int column, int room)
{
	struct text words = { 0 };

	grid_append_position(&look->grid, &words);
	screen_text(row, column, room, STYLE_PLAIN, "");
	screen_text(row, column + 1, room - 1, STYLE_PLAIN, text_words(&words));
	text_free(&words);
}

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct look *look = (struct look *)layer;
	struct area grid = area;
	bool roomy = area.rows >= ROOMY_ROWS;

	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	screen_cursor(-1, 0);
	draw_title(look->plan, area);
	grid.row = draw_verdict(look->plan, area, area.row + 1);
	if (roomy)
		grid.row = draw_notices(look->plan, area, draw_choices(look->plan, area, grid.row));
	grid.rows = area.row + area.rows - grid.row - (roomy ? SAMPLES_LINES : 0);
	look->grid.count = look->plan->survey.column_count;
	if (look->grid.cursor >= look->grid.count)
		look->grid.cursor = look->grid.count > 0 ? look->grid.count - 1 : 0;
	grid_draw(&look->grid, grid);
	if (roomy && look->grid.count > 0)
		draw_foot(look, area, area.row + area.rows - SAMPLES_LINES);
	draw_position(look, area.row + area.rows, area.column, status_room(app, area.columns));
}

/* What a column may be said to be, and the words that say so. */
struct uses {
	struct arena arena;
	struct pick_item items[PICKS_MAX];
	const char *words[PICKS_MAX];	/* for import_plan_set_field(); NULL: `order` is said */
	const char *orders[PICKS_MAX];
	size_t count, initial;
};

static void
add_use(struct uses *uses, const char *name, const char *help, const char *words, const char *order)
{
	if (uses->count == PICKS_MAX)
		return;
	uses->items[uses->count] = (struct pick_item){ .name = name, .help = help };
	uses->words[uses->count] = words;
	uses->orders[uses->count++] = order;
}

static void
add_fields(struct uses *uses, const struct entity *entity, const char *now)
{
	for each_field(field, entity->fields) {
		if (!field_is_given(field))
			continue;
		if (now != NULL && strcmp(field->name, now) == 0)
			uses->initial = uses->count;
		add_use(uses, field->title, field->help, field->name, NULL);
	}
}

/* Fields of the records that the rows name, for when the import makes those. */
static void
add_fields_behind(struct uses *uses, const struct entity *entity, const char *now)
{
	for each_field(reference, entity->fields) {
		if (reference->type != FIELD_REFERENCE || reference->target == entity->kind ||
		    !field_is_given(reference))
			continue;
		for each_field(field, entities[reference->target].fields) {
			const char *name = arena_format(&uses->arena, "%s.%s", reference->name,
							field->name);

			if (!field_is_given(field) || (field->flags & FIELD_KEY))
				continue;
			if (now != NULL && strcmp(name, now) == 0)
				uses->initial = uses->count;
			add_use(uses,
				arena_format(&uses->arena, "%s: %s", reference->title,
					     field->title),
				field->help, name, NULL);
		}
	}
}

static void
add_orders(struct uses *uses, const struct import_plan *plan, size_t column)
{
	if (!import_plan_has_dates(plan, column))
		return;
	add_use(uses, "(day first)",
		"03/04/2019 in this column is 3 April 2019, where nothing proves otherwise", NULL,
		"day");
	add_use(uses, "(month first)",
		"03/04/2019 in this column is 4 March 2019, where nothing proves otherwise", NULL,
		"month");
}

static void
choose_use(struct app *app, struct import_plan *plan, size_t column)
{
	const struct import_column *row = &plan->survey.columns[column];
	const struct entity *entity = plan->options.entity;
	struct uses uses = { 0 };
	const char *title;
	int picked;

	add_orders(&uses, plan, column);
	if (field_find(entity->fields, "notes") != NULL)
		add_use(&uses, "(keep in the notes)",
			"Its heading and its value go into the notes of the record", "notes", NULL);
	add_use(&uses, "(leave out)", "Nothing of this column is imported", "-", NULL);
	add_fields(&uses, entity, row->field);
	add_fields_behind(&uses, entity, row->field);
	title = arena_format(&uses.arena, "Where does '%s' go?%s%s",
			     *row->heading != '\0' ? row->heading : "(no heading)",
			     row->sample_count > 0 ? " It holds: " : "",
			     row->sample_count > 0 ? row->samples[0] : "");
	picked = pick_choose(app, title, uses.items, uses.count, uses.initial);
	if (picked != PICK_NONE && uses.words[picked] != NULL)
		import_plan_set_field(plan, column, uses.words[picked]);
	else if (picked != PICK_NONE)
		import_plan_set_order(plan, column, uses.orders[picked]);
	arena_free(&uses.arena);
}

/*
 * Whether the preview can be tried; else goes to the column that comes first, one that nobody knows
 * where there is one.
 */
static bool
is_ready(struct app *app, struct look *look)
{
	if (look->plan->survey.problem == NULL)
		return true;
	look->grid.cursor = 0;
	app_say(app, "Not yet: what stands at the top must be settled first.");
	app->message_is_error = true;
	return false;
}

/* Headings that were chosen one by one are not lost by a slip of a finger. */
static bool
may_leave(struct app *app, const struct import_plan *plan)
{
	static const char *const options[] = { "leave", "go on", NULL };
	bool chosen = plan->options.column_count + plan->options.date_count > 0;

	if (chosen &&
	    prompt_confirm(app, "What was said of the columns is forgotten when you leave.",
			   options) != 0)
		return false;
	app_say(app, "Left; nothing was changed.");
	return true;
}

/* What one key does; false when the look is over. */
static bool
act(struct app *app, struct look *look, int key)
{
	enum action_id action = action_id_for_key(PLACE_LOOK, key);

	switch (action) {
	case ACTION_BACK:
		return !may_leave(app, look->plan);
	case ACTION_ACCEPT:
		return !is_ready(app, look) || !import_try_run(app, look->plan);
	case ACTION_OPEN:
		if (look->grid.count > 0)
			choose_use(app, look->plan, column_at(look->plan, look->grid.cursor));
		return true;
	default:
		if (!grid_act(&look->grid, action) && !import_choices_act(look->plan, action))
			app_say(app, "This key does nothing here. F1 shows the keys that do.");
		return true;
	}
}

void
import_look_run(struct app *app, struct import_plan *plan)
{
	struct look look = {
		.layer = { .draw = draw, .place = PLACE_LOOK },
		.plan = plan,
		.grid = { .titles = titles,
			  .cell = cell,
			  .context = plan,
			  .count = plan->survey.column_count },
	};
	int key;

	app_push(app, &look.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &look, key) && !app->leaving);
	app_pop(app);
}
