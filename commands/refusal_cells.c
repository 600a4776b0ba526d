/* SPDX-License-Identifier: MIT */
#include "commands/refusal.h"

#include <stdio.h>
#include <string.h>

#include "core/guard.h"
#include "db/record.h"
#include "import/mapping.h"

static bool
ends_in(const char *text, const char *end)
{
	size_t length = strlen(text), size = strlen(end);

	return length >= size && strcmp(text + length - size, end) == 0;
}

static bool
check_whole(const struct refusal_row *row, struct error *error)
{
	const char *file = row->source->values[SOURCE_file],
		   *cells = row->refusal->values[REFUSAL_cells];

	if (strcmp(row->refusal->values[REFUSAL_state], choice_initial(refusal_states)) != 0)
		return error_set(error, ERROR_CONFLICT,
				 "Refusal %s is %s already. Nothing was changed.",
				 record_key(row->refusal), row->refusal->values[REFUSAL_state]);
	if (row->source->values[SOURCE_heading] == NULL || cells == NULL || row->entity == NULL)
		return error_set(error, ERROR_INVALID,
				 "The heading of %s was not kept, so its rows cannot be mended "
				 "here: import the file again with --again and --refusals FILE, "
				 "and mend them there. Nothing was changed.",
				 file);
	if (strlen(cells) > REFUSAL_CELLS_MAX && ends_in(cells, TEXT_CUT_NOTE))
		return error_set(error, ERROR_INVALID,
				 "Row %s of %s is too long to be kept whole, so it cannot be "
				 "mended here: mend it in the file. Nothing was changed.",
				 row->refusal->values[REFUSAL_row], file);
	return true;
}

static bool
read_records(struct session *session, struct record_id id, struct refusal_row *row,
	     struct arena *arena, struct error *error)
{
	row->refusal = store_read(session->store, id, session->today, arena, error);
	if (row->refusal == NULL)
		return false;
	row->source = store_find(session->store, ENTITY_SOURCE,
				 row->refusal->values[REFUSAL_source], session->today, arena,
				 error);
	if (row->source == NULL)
		return false;
	row->entity = entity_named(row->source->values[SOURCE_entity] != NULL
					   ? row->source->values[SOURCE_entity]
					   : "");
	return check_whole(row, error);
}

const char *
refusal_part(const char *reason, const char *field, size_t *size)
{
	size_t name = strlen(field);

	for (const char *at = reason; (at = strstr(at, field)) != NULL; at += name) {
		const char *end;

		if (strncmp(at + name, ": ", 2) != 0 ||
		    (at != reason && (at < reason + 2 || strncmp(at - 2, "; ", 2) != 0)))
			continue;
		at += name + 2;
		end = strstr(at, "; ");
		*size = end != NULL ? (size_t)(end - at) : strlen(at);
		return at;
	}
	return NULL;
}

void
refusal_mark_wrong(const struct refusal_row *row, const char *first, const char *reason)
{
	size_t ignored;

	for (size_t i = 0; i < row->count; i++) {
		struct refusal_cell *cell = &row->cells[i];

		cell->wrong = i >= row->heading_count && *cell->words != '\0';
		if (cell->field != NULL)
			cell->wrong = (first != NULL && strcmp(first, cell->field) == 0) ||
				      (reason != NULL &&
				       refusal_part(reason, cell->field, &ignored) != NULL);
	}
}

/* Which column feeds which field, as the file was read. */
static bool
name_fields(struct refusal_row *row, const char **headings, struct arena *arena,
	    struct error *error)
{
	const struct source_row heading = { .cells = headings,
					    .count = row->heading_count,
					    .line = 1 };
	const char *saved = row->source->values[SOURCE_mapping];
	/* Its file may have been matched by other fields than the key, which it need not have. */
	struct mapping mapping = { .entity = row->entity, .keyless = true };
	bool done = mapping_read_text(&mapping, row->source->values[SOURCE_file],
				      saved != NULL ? saved : "", error) &&
		    mapping_apply(&mapping, &heading, NULL, MAPPING_LEAVE, error);

	for (size_t i = 0; done && i < row->heading_count; i++) {
		const struct mapping_column *column = &mapping.columns[i];
		const char *name;

		if (column->use == MAPPING_FIELD) {
			name = mapping_target_name(row->entity, column->target, arena);
			row->cells[i].field = arena_text(arena, name);
		}
	}
	mapping_free(&mapping);
	return done;
}

bool
refusal_cells(struct session *session, struct record_id id, struct refusal_row *row,
	      struct arena *arena, struct error *error)
{
	const char **headings, **words;
	size_t count;

	*row = (struct refusal_row){ 0 };
	if (!read_records(session, id, row, arena, error))
		return false;
	headings = guard_split_line(row->source->values[SOURCE_heading], &row->heading_count,
				    arena);
	words = guard_split_line(row->refusal->values[REFUSAL_cells], &count, arena);
	row->kept_count = count;
	row->count = count > row->heading_count ? count : row->heading_count;
	row->cells = arena_alloc(arena, row->count * sizeof *row->cells);
	for (size_t i = 0; i < row->count; i++) {
		struct refusal_cell *cell = &row->cells[i];

		cell->heading = i < row->heading_count && *headings[i] != '\0' ? headings[i] :
			arena_format(arena, "column %zu", i + 1);
		cell->words = i < count ? words[i] : "";
	}
	if (!name_fields(row, headings, arena, error))
		return false;
	row->arena = arena;
	row->cause = row->refusal->values[REFUSAL_cause];
	row->reason = row->refusal->values[REFUSAL_reason];
	refusal_mark_wrong(row, row->refusal->values[REFUSAL_field], row->reason);
	return true;
}

/* The cell whose heading is that: first as it is written, then as it is meant. */
static struct refusal_cell *
find_heading(struct refusal_row *row, const char *name, struct arena *arena)
{
	const char *folded = text_fold(arena, name);

	for (size_t i = 0; i < row->count; i++)
		if (text_same(row->cells[i].heading, name))
			return &row->cells[i];
	for (size_t i = 0; i < row->count && *folded != '\0'; i++)
		if (strcmp(text_fold(arena, row->cells[i].heading), folded) == 0)
			return &row->cells[i];
	return NULL;
}

/* The one cell that feeds the field of that name; NULL with an error when several do. */
static struct refusal_cell *
find_field(struct refusal_row *row, const char *name, struct arena *arena, struct error *error)
{
	struct mapping_target target;
	struct refusal_cell *found = NULL;
	const char *field;

	if (!mapping_find_target(row->entity, name, &target, error)) {
		error->kind = ERROR_NONE;
		return NULL;
	}
	field = mapping_target_name(row->entity, target, arena);
	for (size_t i = 0; i < row->count; i++) {
		if (row->cells[i].field == NULL || strcmp(row->cells[i].field, field) != 0)
			continue;
		if (found != NULL) {
			error_set(error, ERROR_USAGE,
				  "Several columns of the file feed %s, '%.60s' and '%.60s' among "
				  "them: name the heading of the one that is meant. Nothing was "
				  "changed.",
				  field, found->heading, row->cells[i].heading);
			return NULL;
		}
		found = &row->cells[i];
	}
	return found;
}

bool
refusal_set_cell(struct refusal_row *row, const char *name, const char *words, struct error *error)
{
	struct arena arena = { 0 };
	struct refusal_cell *cell = find_heading(row, name, &arena);
	size_t number = mapping_column_number(text_small(&arena, name));

	error->kind = ERROR_NONE;
	if (cell == NULL && number > 0 && number <= row->count)
		cell = &row->cells[number - 1];
	if (cell == NULL)
		cell = find_field(row, name, &arena, error);
	if (cell != NULL) {
		cell->words = words;
		row->seen = true;
	}
	arena_free(&arena);
	return cell != NULL;
}
