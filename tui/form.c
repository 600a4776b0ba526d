/* SPDX-License-Identifier: MIT */
#include "tui/form.h"

#include <string.h>

#include "commands/record.h"
#include "commands/when.h"
#include "tui/actions.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/pick_record.h"
#include "tui/prompt.h"
#include "tui/type_ahead.h"

static const struct field *
field_at(const struct form *form, int field)
{
	return &form->entity->fields[field];
}

static const char *
value_at(const struct form *form, int field)
{
	return form->now->values[field] != NULL ? form->now->values[field] : "";
}

bool
form_field_is_open(const struct form *form, int field)
{
	return !form->read_only && field_is_given(field_at(form, field));
}

bool
form_field_is_typed(const struct form *form, int field)
{
	return form_field_is_open(form, field) && field_at(form, field)->choices == NULL;
}

bool
form_field_is_changed(const struct form *form, int field)
{
	const char *before = form->before != NULL ? form->before->values[field] : NULL;

	if (form->typed[field] != NULL)
		return true;
	if (form->before == NULL && field_at(form, field)->choices != NULL)
		before = choice_initial(field_at(form, field)->choices);
	return strcmp(before != NULL ? before : "", value_at(form, field)) != 0;
}

int
form_changes(const struct form *form)
{
	int changes = 0;

	for (int i = 0; i < form->entity->field_count; i++)
		changes += form_field_is_open(form, i) && form_field_is_changed(form, i);
	return changes;
}

/* Puts the field's words on the line. */
static void
enter_field(struct form *form, int field)
{
	form->field = field;
	text_clear(&form->word);
	form->edit.lines = field_at(form, field)->type == FIELD_NOTE;
	edit_set(&form->edit,
		 form->typed[field] != NULL ? form->typed[field] : value_at(form, field));
}

/* Takes the words of the field, or keeps them as a mistake. */
static void
take_words(struct form *form, int field, const char *words)
{
	struct error error = { 0 };
	const char *value;

	form->typed[field] = form->mistakes[field] = NULL;
	words = when_words(form->session, field_at(form, field), words, &form->arena);
	if (field_parse(field_at(form, field), words, &form->arena, &value, &error)) {
		form->now->values[field] = value;
		return;
	}
	form->typed[field] = arena_text(&form->arena, words);
	form->mistakes[field] = arena_text(&form->arena, error.message);
}

/* Takes what is on the line. */
static void
leave_field(struct form *form)
{
	const char *words = edit_words(&form->edit), *shown = form->typed[form->field];

	if (!form_field_is_typed(form, form->field))
		return;
	/* Words that nobody touched are not parsed again: blanks inside a note stay as they are. */
	if (strcmp(words, shown != NULL ? shown : value_at(form, form->field)) != 0)
		take_words(form, form->field, words);
}

static void
go_to(struct form *form, int field)
{
	leave_field(form);
	if (field >= form->entity->field_count)
		field = form->entity->field_count - 1;
	enter_field(form, field > 0 ? field : 0);
}

static void
step_choice(struct form *form, int step)
{
	const struct choice *choices = field_at(form, form->field)->choices;
	int count = 0, at = 0;

	for each_choice(choice, choices) {
		if (strcmp(choice->name, value_at(form, form->field)) == 0)
			at = count;
		count++;
	}
	form->now->values[form->field] = choices[(at + step + count) % count].name;
}

/* Goes to the word that is being typed; false when there is none. */
static bool
find_choice(struct form *form, int key)
{
	const struct choice *found = type_ahead(field_at(form, form->field)->choices, &form->word,
						value_at(form, form->field), key);

	if (found != NULL)
		form->now->values[form->field] = found->name;
	return found != NULL;
}

static void
pick_value(struct app *app, struct form *form)
{
	const struct field *field = field_at(form, form->field);
	const struct choice *choice;
	struct text key = { 0 };

	if (!form_field_is_open(form, form->field) ||
	    (field->choices == NULL && field->target == ENTITY_NONE)) {
		go_to(form, form->field + 1);
		return;
	}
	if (field->choices != NULL) {
		choice = pick_word(app, field->title, field->choices, value_at(form, form->field));
		text_clear(&form->word);
		if (choice != NULL)
			form->now->values[form->field] = choice->name;
		return;
	}
	leave_field(form);
	if (pick_record(app, NULL, field->target, edit_words(&form->edit), NULL, 0, &key)) {
		take_words(form, form->field, text_words(&key));
		enter_field(form, form->field);
	}
	text_free(&key);
}

static int
first_mistake(const struct form *form)
{
	for (int i = 0; i < form->entity->field_count; i++)
		if (form->mistakes[i] != NULL)
			return i;
	return -1;
}

static void
ask_for_needed(struct form *form)
{
	for each_field(field, form->entity->fields) {
		int at = (int)(field - form->entity->fields);

		if ((field->flags & FIELD_REQUIRED) && form_field_is_open(form, at) &&
		    form->mistakes[at] == NULL && form->now->values[at] == NULL)
			form->mistakes[at] = "is needed";
	}
}

/*
 * Devices that are matched by the record change with it: what would become of them is shown first.
 * False when the person keeps the form open, or it cannot be saved.
 */
static bool
is_agreed(struct app *app, struct form *form)
{
	static const char *const options[] = { "yes", "no", NULL };
	struct error error = { 0 };
	struct text preview = { 0 };
	bool agreed;

	work_begin(&app->work, WORK_COMMAND);
	agreed = record_preview(app->session, form->before, form->now, &preview, &error);
	if (!agreed)
		app_complain(app, &error);
	if (agreed && preview.length > 0) {
		pager_show(app, "What this would do; nothing is changed yet",
			   text_words(&preview));
		agreed = !app->leaving &&
			 prompt_confirm(app, "Save it with all that?", options) == 0;
	}
	text_free(&preview);
	return agreed;
}

/* Saves; false with a message when the form must stay open. */
static bool
save(struct app *app, struct form *form)
{
	struct error error = { 0 };
	struct text words = { 0 };
	bool saved;
	int mistake;

	if (form->read_only) {
		app_say(app, "This cannot be changed here.");
		return false;
	}
	leave_field(form);
	ask_for_needed(form);
	mistake = first_mistake(form);
	if (mistake >= 0) {
		enter_field(form, mistake);
		app_say(app, "Not saved yet: %s %s.", field_at(form, mistake)->title,
			form->mistakes[mistake]);
		app->message_is_error = true;
		return false;
	}
	if (!is_agreed(app, form))
		return false;
	work_begin(&app->work, WORK_COMMAND);
	saved = record_save(app->session, form->before, form->now, NULL, &words, &error);
	if (saved) {
		app_invalidate(app);
		app_say(app, "%s", text_words(&words));
	} else {
		app_complain(app, &error);
	}
	text_free(&words);
	return saved;
}

/* Whether the form may be left: nothing is unsaved, or the person says what to do with it. */
static bool
may_leave(struct app *app, struct form *form)
{
	static const char *const options[] = { "save", "discard", "go on editing", NULL };
	struct text question = { 0 };
	int changes, answer;

	leave_field(form);
	changes = form_changes(form);
	if (changes == 0 || form->read_only)
		return true;
	text_format(&question, "%s %s has %d %s not saved.", form->entity->title,
		    record_key(form->now), changes,
		    changes == 1 ? "change that is" : "changes that are");
	answer = prompt_confirm(app, text_words(&question), options);
	text_free(&question);
	return answer == 0 ? save(app, form) : answer == 1;
}

/*
 * Keys that choose the word of a field. A blank that no word has opens the list of them; every
 * other key begins a word anew.
 */
static void
type_word(struct app *app, struct form *form, int key)
{
	bool letter = key == KEY_SPACE ? form->word.length > 0
				       : key > ' ' && key != KEY_RUBOUT && key < KEY_UP_ARROW;

	if (letter && find_choice(form, key))
		return;
	if (letter && key != KEY_SPACE) {
		app_say(app,
			"No word of %s begins so. Backspace begins the word anew, Enter lists them "
			"all.",
			field_at(form, form->field)->title);
		return;
	}
	text_clear(&form->word);
	if (key == KEY_LEFT_ARROW || key == KEY_RIGHT_ARROW)
		step_choice(form, key == KEY_LEFT_ARROW ? -1 : 1);
	else if (key == KEY_SPACE)
		pick_value(app, form);
}

/* Keys that the line or the word of the field takes. */
static void
type(struct app *app, struct form *form, int key)
{
	bool typed = form_field_is_typed(form, form->field);

	if (typed) {
		edit_key(&form->edit, key, app->pasting);
		/* The mistake is looked at again when the field is left. */
		return;
	}
	if (!form_field_is_open(form, form->field)) {
		if (key >= ' ' && key < KEY_UP_ARROW)
			app_say(app,
				form->read_only
					? "This cannot be changed here."
					: "%s is worked out by Terrier and cannot be typed.",
				field_at(form, form->field)->title);
		return;
	}
	type_word(app, form, key);
}

/* What one key does; false when the form is to be closed. */
static bool
act(struct app *app, struct form *form, int key)
{
	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_FORM, key)) {
	case ACTION_SAVE:
		return !save(app, form);
	case ACTION_BACK:
		return !may_leave(app, form);
	case ACTION_OPEN:
		pick_value(app, form);
		return true;
	case ACTION_DOWN:
		go_to(form, form->field + 1);
		return true;
	case ACTION_UP:
		go_to(form, form->field - 1);
		return true;
	case ACTION_PAGE_DOWN:
		go_to(form, form->field + form->rows);
		return true;
	case ACTION_PAGE_UP:
		go_to(form, form->field - form->rows);
		return true;
	default:
		type(app, form, key);
		return true;
	}
}

/*
 * A new record made from a list that is searched for one value has that value: the site of the
 * site's devices.
 */
static void
fill_from_filter(struct form *form, const struct filter *filter)
{
	if (filter == NULL)
		return;
	if (filter->kind == FILTER_AND) {
		fill_from_filter(form, filter->left);
		fill_from_filter(form, filter->right);
	}
	if (filter->kind == FILTER_IS && field_is_given(filter->field)) {
		const char **value = &form->now->values[filter->field - form->entity->fields];

		*value = arena_text(&form->arena, filter->value);
	}
}

static bool
read_record(struct app *app, struct form *form, struct record_id id)
{
	struct error error = { 0 };

	if (id.value == 0) {
		form->now = record_new(&form->arena, id.kind);
		fill_from_filter(form, app_list(app)->query->filter);
		return true;
	}
	work_begin(&app->work, WORK_READ);
	form->before = browse_record(app->session, id, &form->arena, &error);
	if (form->before == NULL) {
		app_complain(app, &error);
		return false;
	}
	form->now = record_copy(&form->arena, form->before);
	return true;
}

/* The first field that a person may change. */
static int
first_open_field(const struct form *form)
{
	for (int i = 0; i < form->entity->field_count; i++)
		if (form_field_is_open(form, i))
			return i;
	return 0;
}

void
form_run(struct app *app, struct record_id id)
{
	const struct entity *entity = &entities[id.kind];
	struct form form = {
		.layer = { .draw = form_draw, .place = PLACE_FORM, .takes_text = true },
		.session = app->session,
		.entity = entity,
		.read_only = (entity->flags & ENTITY_EDITED) == 0 ||
			     store_is_read_only(app->session->store),
	};
	int key;

	if (!read_record(app, &form, id)) {
		arena_free(&form.arena);
		return;
	}
	form.typed = arena_alloc(&form.arena, (size_t)entity->field_count * sizeof *form.typed);
	form.mistakes = arena_alloc(&form.arena,
				    (size_t)entity->field_count * sizeof *form.mistakes);
	enter_field(&form, first_open_field(&form));
	app_push(app, &form.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &form, key));
	app_pop(app);
	edit_free(&form.edit);
	text_free(&form.word);
	arena_free(&form.arena);
}
