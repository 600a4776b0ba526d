/* SPDX-License-Identifier: MIT */
/*
 * Which lists belong to a record follows from the references in the field
 * tables: what refers to it, and what it refers to.
 */
#include "tui/related.h"

#include "commands/story.h"
#include "tui/pager.h"
#include "tui/pick.h"

enum { RELATIONS_MAX = 32 };

struct relation {
	const struct view *view;
	const char *filter;
};

struct relations {
	struct arena arena;
	struct pick_item items[RELATIONS_MAX];
	struct relation rows[RELATIONS_MAX];
	size_t count;
};

const char *
related_filter(struct arena *arena, const char *field, const char *value)
{
	struct text words = { 0 };
	const char *filter;

	text_format(&words, "%s=\"", field);
	for (; *value != '\0'; value++)
		text_append_bytes(&words, *value == '"' ? "\"\"" : value, *value == '"' ? 2 : 1);
	text_append(&words, "\"");
	filter = arena_text(arena, text_words(&words));
	text_free(&words);
	return filter;
}

/* Without a name it has that of the view. */
static void
add(struct relations *relations, enum entity_kind kind, const char *filter, const char *name,
    const char *help)
{
	const struct view *view = browse_view(kind);

	if (view == NULL || relations->count == RELATIONS_MAX)
		return;
	relations->items[relations->count] = (struct pick_item){
		.name = name != NULL ? name : view->title,
		.help = help,
	};
	relations->rows[relations->count++] = (struct relation){ view, filter };
}

/* The lists whose records refer to this one. */
static void
add_referring(struct relations *relations, const struct record *record)
{
	for each_entity(entity)
		for each_field(field, entity->fields) {
			const char *help;

			if (field->type != FIELD_REFERENCE || field->target != record->id.kind)
				continue;
			help = arena_format(&relations->arena, "%s whose %s this is",
					    entity->plural, field->title);
			add(relations, entity->kind,
			    related_filter(&relations->arena, field->name, record_key(record)),
			    NULL, help);
		}
}

/* Fields that name a record but are no references: what they name need not be recorded. */
static const struct {
	enum entity_kind entity;
	int field;
	enum entity_kind named;
} namings[] = {
	{ ENTITY_DEVICE, DEVICE_contract, ENTITY_CONTRACT },
};

static void
add_naming(struct relations *relations, const struct record *record)
{
	for (size_t i = 0; i < sizeof namings / sizeof namings[0]; i++) {
		const struct entity *entity = &entities[namings[i].entity];
		const struct field *field = &entity->fields[namings[i].field];

		if (namings[i].named == record->id.kind)
			add(relations, entity->kind,
			    related_filter(&relations->arena, field->name, record_key(record)),
			    NULL,
			    arena_format(&relations->arena, "%s whose %s this is", entity->plural,
					 field->title));
	}
}

/* The records that this one refers to. */
static void
add_referred(struct relations *relations, const struct record *record)
{
	for (int i = 0; i < record->entity->field_count; i++) {
		const struct field *field = &record->entity->fields[i];
		const char *value = record->values[i];

		if (field->type == FIELD_REFERENCE && value != NULL)
			add(relations, field->target,
			    related_filter(&relations->arena,
					   entity_key(&entities[field->target])->name, value),
			    arena_format(&relations->arena, "%s %s", field->title, value),
			    field->help);
	}
}

static const struct record *
read_record(struct app *app, struct arena *arena)
{
	const struct row *row = app_settle(app) ? list_row(app_list(app)) : NULL;
	struct error error = { 0 };
	const struct record *record;

	if (row == NULL) {
		app_say(app, "There is no record under the cursor.");
		return NULL;
	}
	work_begin(&app->work, WORK_READ);
	record = browse_record(app->session, row->id, arena, &error);
	if (record == NULL)
		app_complain(app, &error);
	return record;
}

static const char *
history_filter(struct arena *arena, const struct record *record)
{
	return arena_format(arena, "entity=\"%s\" %s", record->entity->name,
			    related_filter(arena, "record", record_key(record)));
}

void
related_run(struct app *app)
{
	struct relations relations = { 0 };
	const struct record *record = read_record(app, &relations.arena);
	int picked = PICK_NONE;

	if (record != NULL) {
		add_referring(&relations, record);
		add_naming(&relations, record);
		add_referred(&relations, record);
		add(&relations, ENTITY_CHANGE, history_filter(&relations.arena, record),
		    "Its changes", "what was changed in it, by whom, when and why");
		picked = pick_choose(app, arena_format(&relations.arena, "What belongs to %s %s",
						       record->entity->name, record_key(record)),
				     relations.items, relations.count, 0);
	}
	if (picked != PICK_NONE)
		app_open_view(app, relations.rows[picked].view, relations.rows[picked].filter);
	arena_free(&relations.arena);
}

/* What became of the record, in sentences; says so when nothing did. */
static void
show_story(struct app *app, const struct record *record, struct arena *arena)
{
	struct text story = { 0 };
	struct reply reply = { .data = sink_to_text(&story) };
	struct error error = { 0 };
	int rows;

	screen_size(&rows, &reply.columns);
	reply.columns -= PAGER_MARGINS;
	work_begin(&app->work, WORK_READ);
	if (!story_print(app->session, record, &reply, &error))
		app_complain(app, &error);
	else if (story.length == 0)
		app_say(app, "The history tells nothing of %s %s.", record->entity->name,
			record_key(record));
	else
		pager_show(app,
			   arena_format(arena,
					"What became of %s %s (H in the list shows it field by "
					"field)",
					record->entity->name, record_key(record)),
			   text_words(&story));
	text_free(&reply.words);
	text_free(&story);
}

void
related_story(struct app *app)
{
	struct arena arena = { 0 };
	const struct record *record = read_record(app, &arena);

	if (record != NULL)
		show_story(app, record, &arena);
	arena_free(&arena);
}

void
related_changes(struct app *app)
{
	struct arena arena = { 0 };
	const struct record *record = read_record(app, &arena);
	const struct view *view = browse_view(ENTITY_CHANGE);

	if (record != NULL && view != NULL)
		app_open_view(app, view, history_filter(&arena, record));
	arena_free(&arena);
}
