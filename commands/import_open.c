/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/refusal.h"
#include "core/filter.h"
#include "core/memory.h"
#include "db/query.h"
#include "import/delimiter.h"

/* What stands before the first row: the reader, the mapping and the heading. */

/* What people said of the headings; `saved` is what an earlier import did, or NULL. */
static bool
build_mapping(const struct import *import, const char *saved, struct mapping *mapping,
	      struct error *error)
{
	const struct import_options *options = import->options;
	const struct import_mending *mending = options->mending;
	bool named = options->map != NULL && strcmp(options->map, "-") != 0;

	*mapping = (struct mapping){ .entity = import->entity, .keyless = options->key != NULL };
	if (saved != NULL)
		mapping_read_saved(mapping, saved);
	if (mending != NULL && !mapping_read_text(mapping, mending->what, mending->mapping, error))
		return false;
	if (named && !mapping_read(mapping, options->map, error))
		return false;
	for (size_t i = 0; i < options->constant_count; i++)
		if (!mapping_set(mapping, options->constants[i], error))
			return false;
	for (size_t i = 0; i < options->column_count; i++)
		if (!mapping_add_column(mapping, options->columns[i], error))
			return false;
	for (size_t i = 0; i < options->date_count; i++)
		if (!mapping_set_dates(mapping, options->dates[i], error))
			return false;
	return true;
}

enum { MENDING_CHUNK_SIZE = 4096 };

/* A row that comes again by itself is in our own form. */
static struct reader *
open_mending(const struct import *import, struct error *error)
{
	const struct import_mending *mending = import->options->mending;
	const struct reader_options ours = { .encoding = "UTF-8",
					     .delimiter = ',',
					     .heading_line = 1 };
	int file = refusal_open_text(import->session, mending->text, error);

	return file < 0 ? NULL
			: reader_open_file(file, mending->what, &ours, MENDING_CHUNK_SIZE, error);
}

bool
import_open(struct import *import, struct error *error)
{
	const struct import_options *options = import->options;

	import->entity = options->entity;
	import->lookup.session = import->session;
	import->reading = (struct reader_options){
		.encoding = options->encoding,
		.sheet = options->sheet,
		.heading_line = options->heading_line,
		.recognise = mapping_recognise,
		.context = &import->mapping,
		.date_columns = import->date_columns,
	};
	if (options->delimiter != NULL)
		import->reading.delimiter = delimiter_find(options->delimiter, error);
	if ((options->delimiter != NULL && import->reading.delimiter == '\0') ||
	    !build_mapping(import, NULL, &import->mapping, error))
		return false;
	/* Many rows are looked at for the heading. */
	mapping_list_headings(import->entity, &import->mapping.known);
	import->reader = options->mending != NULL ? open_mending(import, error) :
			 reader_open(options->path, &import->reading, error);
	return import->reader != NULL;
}

bool
import_read_heading(struct import *import, struct source_row *heading, struct error *error)
{
	bool more;

	if (!reader_next(import->reader, heading, &more, error))
		return false;
	if (!more)
		return error_set(error, ERROR_INVALID,
				 "%s is empty: it has not even a heading. Was it saved?",
				 import->summary->file);
	mapping_fingerprint(heading, import->fingerprint);
	return true;
}

/*
 * What the newest import of a file with these headings did with them, unless it was undone;
 * *mapping is NULL for none.
 */
static bool
find_saved(struct import *import, struct arena *arena, const char **mapping, const char **number,
	   const char **on, struct error *error)
{
	const struct entity *source = &entities[ENTITY_SOURCE];
	const struct field *fields[] = { &source->fields[SOURCE_mapping],
					 &source->fields[SOURCE_number],
					 &source->fields[SOURCE_imported_at],
					 &source->fields[SOURCE_state] };
	struct query query = { .entity = source,
			       .fields = fields,
			       .field_count = 4,
			       .today = import->session->today };
	struct cursor *cursor;
	bool done, more = true;
	struct row row;

	query.filter = filter_both(arena,
				   filter_is(arena, &source->fields[SOURCE_fingerprint],
					     import->fingerprint),
				   filter_is(arena, &source->fields[SOURCE_entity],
					     import->entity->plural));
	cursor = query_open(import->session->store, &query, error);
	done = cursor != NULL;
	*mapping = NULL;
	while (done && more) {
		done = cursor_next(cursor, &row, &more, error);
		/* What was taken back may have been taken back for its mapping. */
		if (!done || !more || row.values[0] == NULL || text_same(row.values[3], "undone"))
			continue;
		*mapping = arena_text(arena, row.values[0]);
		*number = arena_text(arena, row.values[1]);
		*on = arena_text(arena, row.values[2]);
	}
	cursor_close(cursor);
	return done;
}

static const char *
mapping_text(const struct mapping *mapping, struct arena *arena)
{
	struct text text = { 0 };
	const char *copy;

	mapping_save(mapping, &text);
	copy = arena_text(arena, text_words(&text));
	text_free(&text);
	return copy;
}

/* The day of an instant in words. */
static const char *
day_of(const char *instant, struct arena *arena)
{
	char day[DATE_WORDS_SIZE] = "";
	int64_t seconds;

	if (instant != NULL && date_parse_instant(instant, &seconds))
		date_words(date_from_instant(seconds), day);
	return arena_text(arena, day);
}

/* Whether one of the lines is just that; another may end in the same words. */
static bool
has_line(const char *lines, const char *line)
{
	size_t size = strlen(line);

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");

		if (length == size && memcmp(lines, line, size) == 0)
			return true;
		lines += length + (lines[length] == '\n');
	}
	return false;
}

/* The lines of `text` that `other` does not have: "A = tag, B = -". */
static const char *
lines_apart(const char *text, const char *other, struct arena *arena)
{
	struct text lines = { 0 };
	const char *copy;

	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		const char *line = arena_bytes(arena, text, size);

		if (size > 0 && *line != '#' && !has_line(other, line))
			text_format(&lines, "%s%s", lines.length > 0 ? ", " : "", line);
		text += size + (text[size] == '\n');
	}
	copy = arena_text(arena, text_words(&lines));
	text_free(&lines);
	return copy;
}

/*
 * Maps the heading with what was saved, and takes that mapping where it says something else than
 * the heading by itself.
 */
static bool
map_as_saved(struct import *import, const struct source_row *heading, const char *saved,
	     const char *number, const char *on, bool mapped)
{
	struct arena *arena = &import->summary->arena;
	struct mapping mapping = { 0 };
	struct error ignored;
	const char *apart = "";
	bool fits = build_mapping(import, saved, &mapping, &ignored) &&
		    mapping_apply(&mapping, heading, import->reader, import->options->unknown,
				  &ignored);

	if (fits && import->mapping.columns != NULL)
		apart = lines_apart(mapping_text(&mapping, arena),
				    mapping_text(&import->mapping, arena), arena);
	if (fits && *apart == '\0' && !mapped)
		apart = lines_apart(mapping_text(&mapping, arena), "", arena);
	if (*apart == '\0') {
		mapping_free(&mapping);
		return mapped;
	}
	mapping_free(&import->mapping);
	import->mapping = mapping;
	import->saved_on = day_of(on, arena);
	import_notice(import->summary,
		      "The headings are used as on %s (source %s): %s. Import with --map - to "
		      "begin afresh.",
		      import->saved_on, number, apart);
	return true;
}

bool
import_map_heading(struct import *import, const struct source_row *heading, struct error *error)
{
	const char *saved = NULL, *number = NULL, *on = NULL;
	bool mapped;

	if (import->options->map == NULL && import->options->mending == NULL &&
	    import->session->store != NULL &&
	    !find_saved(import, &import->summary->arena, &saved, &number, &on, error))
		return false;
	import->mapping.short_rows = text_same(reader_facts(import->reader)->format, "Excel");
	mapped = mapping_apply(&import->mapping, heading, import->reader, import->options->unknown,
			       error);
	if (saved != NULL)
		mapped = map_as_saved(import, heading, saved, number, on, mapped);
	import->mapping.short_rows = text_same(reader_facts(import->reader)->format, "Excel");
	if (mapped)
		import_mark_dates(import);
	return mapped;
}

/* The slot that feeds the field is one of those that match records; false without such a slot. */
static bool
add_key_slot(struct import *import, const struct field *field)
{
	const struct mapping *mapping = &import->mapping;

	for (size_t i = 0; i < mapping->own_slot_count; i++)
		if (mapping->slots[i].field == field && import->match_count < ENTITY_FIELDS_MAX) {
			import->match_slots[import->match_count++] = i;
			return true;
		}
	return false;
}

/* The slot that a field of --key has in the file. */
static bool
find_key_slot(struct import *import, const char *name, struct error *error)
{
	const struct field *field = mapping_given_field(import->entity, name);

	if (field == NULL)
		return error_set(error, ERROR_USAGE,
				 "--key %.40s is not understood: a %s has no such field.", name,
				 import->entity->name);
	return add_key_slot(import, field) ||
	       error_set(error, ERROR_INVALID,
			 "No heading of %s is the %s, by which --key is to match: say in a mapping "
			 "file, or with --column, which heading it is. Nothing was changed.",
			 import->summary->file, field->name);
}

/* An assessment without one answer finds nothing, whatever a column about the outcome says. */
static bool
check_answers(const struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->mapping.slots[i].field->choices == limb_answers)
			return true;
	return import->entity->kind != ENTITY_ASSESSMENT ||
	       error_set(error, ERROR_INVALID,
			 "No heading of %s answers a limb (secret, dv, ministers, socpa) or names "
			 "other grounds, and from these it follows whether a site is sensitive. "
			 "Say which headings they are with --column \"Heading=field\"; when all "
			 "there is is the outcome, and the department answers for it on other "
			 "grounds, with --column \"Heading=other\". Nothing was changed.",
			 import->summary->file);
}

/*
 * The fields that stand for a key which is only a number of the register; a file need not have all
 * of them.
 */
static bool
read_own_key(struct import *import, struct error *error)
{
	const struct entity *entity = import->entity;
	const char *words = entity->import_key;

	while (*words != '\0') {
		size_t size = strcspn(words, ", ");

		add_key_slot(import, field_find(entity->fields,
						arena_bytes(&import->mapping.arena, words, size)));
		words += size;
		words += strspn(words, ", ");
	}
	import->match_least = entity->import_least;
	return import->match_count >= import->match_least ||
	       error_set(error, ERROR_INVALID,
			 "The headings of %s do not say which %s a row is about: that takes %d of "
			 "%s. Say which headings they are with --column \"Heading=field\", or with "
			 "--set field=value what is the same for all rows. Nothing was changed.",
			 import->summary->file, entity->name, entity->import_least,
			 entity->import_key);
}

bool
import_read_key(struct import *import, struct error *error)
{
	const char *words = import->options->key;

	import->key_slot = import->mapping.key_slot;
	import->by_fields = words != NULL || entity_is_numbered(import->entity);
	if (words == NULL)
		return !import->by_fields ||
		       (read_own_key(import, error) && check_answers(import, error));
	while (*words != '\0') {
		size_t size = strcspn(words, ",");

		if (size > 0 &&
		    !find_key_slot(import, arena_bytes(&import->mapping.arena, words, size), error))
			return false;
		words += size + (words[size] == ',');
	}
	import->match_least = import->options->key_least > 0 ? import->options->key_least
							     : import->match_count;
	if (import->match_count == 0 || import->match_least > import->match_count)
		return error_set(error, ERROR_USAGE,
				 "--key names %d %s, so that at least %d of them agree can never "
				 "be. Nothing was changed.",
				 import->match_count, import->match_count == 1 ? "field" : "fields",
				 import->match_least);
	import->by_fields = import->match_count > 1 || import->match_slots[0] != import->key_slot;
	import->mapping.keyless = import->by_fields;
	return true;
}

void
import_free(struct import *import)
{
	struct error ignored;

	agree_close(import->agree, &ignored);
	overrule_close(import->overrule);
	ahead_close(import->ahead);
	reader_close(import->reader);
	bulk_abandon(import->bulk);
	match_close(import->match);
	amend_close(import->amend);
	mapping_free(&import->mapping);
	import_lookup_free(&import->lookup);
	map_free(&import->makes);
	map_free(&import->keys);
	map_free(&import->uprns);
	map_free(&import->asked);
	free(import->seen);
	free(import->repeats);
	free(import->links);
	free(import->made);
	free(import->before);
	free(import->lost);
	free(import->questions);
	free(import->covered.ids);
	free(import->mentioned.bits);
	rows_free(&import->aside);
	refusal_returns_free(&import->returns);
	file_abandon(&import->changes);
	arena_free(&import->arena);
}
