/* SPDX-License-Identifier: MIT */
#include "commands/refusal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/import_refusals.h"
#include "commands/output.h"
#include "commands/record.h"
#include "commands/view.h"
#include "core/guard.h"
#include "db/query.h"
#include "db/record.h"
#include "export/file.h"
#include "export/format.h"

enum {
	PROGRESS_EVERY = 512,	/* rows from one report of progress to the next */
	CELL_WIDTH = 16,	/* of a column of a workbook */
};

const struct operand refusal_export_operands[] = {
	{ "source", OPERAND_WORDS, OPERAND_SELECTION, "SOURCE",
	  "of which imports, by number; all when left out", NULL },
	{ "output", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "FILE",
	  "the file; its ending, .csv or .xlsx, says the format", NULL },
	{ "force", OPERAND_FLAG, OPERAND_ASKED, NULL, "replace the file if it exists", NULL },
	{ 0 }
};

/* Refused rows on their way from the register to a file. */
struct refusal_file {
	struct session *session;
	const char *heading;		/* the one that all sources have */
	size_t heading_count;
	struct record **sources;
	size_t source_count;
	int64_t total;			/* open refusals of them */
	int64_t written, left_out;
	struct file *file;		/* a CSV file, or */
	struct writer *writer;		/* a workbook; neither while its rows are counted */
	struct arena arena;
	struct error *error;
};

/* Every source with rows to mend. */
static const struct record_id *
find_sources(struct session *session, struct arena *arena, size_t *count, struct error *error)
{
	struct query *query = view_query(session, view_named("sources"), "number", "open>0",
					 "number", arena, error);
	struct cursor *cursor = query != NULL ? query_open(session->store, query, error) : NULL;
	struct record_id *ids = NULL;
	bool more = true, done = cursor != NULL;
	int64_t total = 0;
	struct row row;

	*count = 0;
	if (done && query_count(session->store, query, &total, error))
		ids = arena_alloc(arena, ((size_t)total + 1) * sizeof *ids);
	while (ids != NULL && done && more) {
		done = cursor_next(cursor, &row, &more, error);
		if (done && more && *count < (size_t)total)
			ids[(*count)++] = row.id;
	}
	cursor_close(cursor);
	return done ? ids : NULL;
}

/* Whether one --key suits the rows of both. */
static bool
is_matched_alike(const struct record *first, const struct record *other)
{
	const char *a = first->values[SOURCE_key], *b = other->values[SOURCE_key];

	return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0) &&
	       refusal_key_least(first) == refusal_key_least(other);
}

static bool
check_same(const struct record *first, const struct record *other, struct error *error)
{
	const char *a = first->values[SOURCE_heading], *b = other->values[SOURCE_heading];

	if (b == NULL)
		return error_set(error, ERROR_INVALID,
				 "The heading of %s was not kept: import that file again with "
				 "--again and --refusals FILE to have its refused rows. No file "
				 "was written.",
				 other->values[SOURCE_file]);
	if (!is_matched_alike(first, other))
		return error_set(error, ERROR_USAGE,
				 "The rows of %s (source %s) and of %s (source %s) were matched by "
				 "different fields and cannot stand in one file: name the source "
				 "that is meant. No file was written.",
				 first->values[SOURCE_file], record_key(first),
				 other->values[SOURCE_file], record_key(other));
	if (strcmp(a, b) == 0 &&
	    strcmp(first->values[SOURCE_entity], other->values[SOURCE_entity]) == 0)
		return true;
	return error_set(error, ERROR_USAGE,
			 "The rows of %s (source %s) and of %s (source %s) have different headings "
			 "and cannot stand in one file: name the source that is meant. No file was "
			 "written.",
			 first->values[SOURCE_file], record_key(first), other->values[SOURCE_file],
			 record_key(other));
}

static bool
read_sources(struct refusal_file *refusals, const struct record_id *ids, size_t count)
{
	refusals->sources = arena_alloc(&refusals->arena, (count + 1) * sizeof(struct record *));
	for (size_t i = 0; i < count; i++) {
		struct record *source = store_read(refusals->session->store, ids[i],
						   refusals->session->today, &refusals->arena,
						   refusals->error);
		int64_t open;

		if (source == NULL)
			return false;
		open = strtoll(source->values[SOURCE_open], NULL, 10);
		if (open == 0)
			continue;
		refusals->sources[refusals->source_count++] = source;
		refusals->total += open;
		if (!check_same(refusals->sources[0], source, refusals->error))
			return false;
	}
	if (refusals->total == 0)
		return error_set(refusals->error, ERROR_NOT_FOUND,
				 "There are no refused rows to mend%s. No file was written.",
				 count > 0 ? " of what was named" : "");
	refusals->heading = refusals->sources[0]->values[SOURCE_heading];
	guard_split_line(refusals->heading, &refusals->heading_count, &refusals->arena);
	return true;
}

/* The columns of refused rows that read_refusal() reads, in its order. */
static const int columns[] = { REFUSAL_row,   REFUSAL_line,   REFUSAL_cause,
			       REFUSAL_field, REFUSAL_reason, REFUSAL_cells };
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static struct import_refusal
read_refusal(const struct row *row)
{
	const char *const *values = row->values;

	return (struct import_refusal){
		.row = strtoll(values[0], NULL, 10),
		.line = strtoll(values[1], NULL, 10),
		.cause = (enum refusal_cause)(choice_find(refusal_causes, values[2]) -
					      refusal_causes),
		.field = values[3],
		.reason = values[4],
		.cells = values[5],
	};
}

static bool
write_line(struct refusal_file *refusals, const struct import_refusal *refusal, int64_t source)
{
	struct text line = { 0 };
	bool done;

	import_refusals_line(&line, refusal, source);
	done = file_write(refusals->file, line.bytes, line.length, refusals->error);
	text_free(&line);
	return done;
}

/*
 * A worksheet has no ragged rows: one that has more or fewer cells than the heading would be
 * another row there.
 */
static bool
write_cells(struct refusal_file *refusals, const struct import_refusal *refusal, int64_t source)
{
	struct arena arena = { 0 };
	size_t count, width = refusals->heading_count;
	const char **cells = guard_split_line(refusal->cells, &count, &arena);
	const char **values = arena_alloc(&arena, (width + MAPPING_OURS_COUNT) * sizeof *values);
	bool done = true;

	if (count == width && refusals->writer != NULL) {
		memcpy(values, cells, width * sizeof *values);
		import_refusal_words(refusal, source, values + width, &arena);
		done = writer_row(refusals->writer, values, refusals->error);
	}
	refusals->left_out += count != width;
	arena_free(&arena);
	return done;
}

static bool
write_rows_of(struct refusal_file *refusals, const struct record *source)
{
	const struct entity *entity = &entities[ENTITY_REFUSAL];
	const struct field *fields[COLUMN_COUNT];
	struct query query = { .entity = entity,
			       .fields = fields,
			       .field_count = COLUMN_COUNT,
			       .sort_count = 1,
			       .sorts = { { &entity->fields[REFUSAL_row], false } },
			       .today = refusals->session->today };
	struct cursor *cursor;
	bool done, more = true;
	struct row row;

	for (int i = 0; i < COLUMN_COUNT; i++)
		fields[i] = &entity->fields[columns[i]];
	query.filter = filter_both(&refusals->arena,
				   filter_is(&refusals->arena, &entity->fields[REFUSAL_source],
					     record_key(source)),
				   filter_is(&refusals->arena, &entity->fields[REFUSAL_state],
					     choice_initial(refusal_states)));
	cursor = query_open(refusals->session->store, &query, refusals->error);
	for (done = cursor != NULL; done && more; ) {
		struct import_refusal refusal;

		done = cursor_next(cursor, &row, &more, refusals->error);
		if (!done || !more)
			break;
		if (refusals->written++ % PROGRESS_EVERY == 0 &&
		    !progress_step(refusals->session->progress, "Writing rows", refusals->written,
				   refusals->total))
			done = error_set(refusals->error, ERROR_CANCELLED,
					 "Stopped; no file was written.");
		refusal = read_refusal(&row);
		done = done &&
		       (refusals->file != NULL ? write_line : write_cells)(refusals, &refusal,
									   source->id.value);
	}
	cursor_close(cursor);
	return done;
}

static bool
write_rows(struct refusal_file *refusals)
{
	for (size_t i = 0; i < refusals->source_count; i++)
		if (!write_rows_of(refusals, refusals->sources[i]))
			return false;
	if (refusals->left_out < refusals->written)
		return true;
	return error_set(refusals->error, ERROR_INVALID,
			 "Every row has more or fewer cells than the heading, which a workbook "
			 "cannot show. Name a file that ends in .csv. No file was written.");
}

static bool
write_csv(struct refusal_file *refusals, const char *path, bool overwrite)
{
	struct file file = { 0 };
	struct text heading = { 0 };
	bool done = file_create(&file, path, overwrite, refusals->error);

	refusals->file = &file;
	import_refusals_heading(&heading, refusals->heading);
	done = done && file_write(&file, heading.bytes, heading.length, refusals->error) &&
	       write_rows(refusals) && file_commit(&file, refusals->error);
	file_abandon(&file);
	text_free(&heading);
	return done;
}

/* A field of words for each heading of the file and each of ours. */
static const struct field *const *
make_fields(struct refusal_file *refusals)
{
	struct arena *arena = &refusals->arena;
	size_t count, width = refusals->heading_count;
	const char **headings = guard_split_line(refusals->heading, &count, arena);
	struct field *fields = arena_alloc(arena, (width + MAPPING_OURS_COUNT) * sizeof *fields);
	const struct field **list = arena_alloc(arena, (width + MAPPING_OURS_COUNT) * sizeof *list);

	for (size_t i = 0; i < width + MAPPING_OURS_COUNT; i++) {
		const char *heading = i < width ? headings[i] : mapping_ours[i - width];

		fields[i] = (struct field){ .name = heading,
					    .title = heading,
					    .type = FIELD_TEXT,
					    .width = CELL_WIDTH,
					    .headings = "",
					    .help = "" };
		list[i] = &fields[i];
	}
	return list;
}

static bool
write_workbook(struct refusal_file *refusals, const struct format *format, const char *path,
	       bool overwrite)
{
	const struct session *session = refusals->session;
	bool counted = write_rows(refusals);
	const struct document document = {
		.title = "Refused rows",
		.marking = session->marking,
		.filter = "",
		.as_at = session->today,
		.created = session->now,
		.count = refusals->total - refusals->left_out,
		.fields = make_fields(refusals),
		.field_count = (int)refusals->heading_count + MAPPING_OURS_COUNT,
	};

	refusals->written = refusals->left_out = 0;
	refusals->writer = counted ? writer_open_file(format, &document, path, overwrite,
						      refusals->error)
				   : NULL;
	if (refusals->writer == NULL)
		return false;
	if (write_rows(refusals))
		return writer_close(refusals->writer, refusals->error);
	writer_abandon(refusals->writer);
	return false;
}

static void
say_written(const struct refusal_file *refusals, const char *path, struct arena *arena,
	    struct reply *reply)
{
	const struct record *source = refusals->sources[0];

	output_say_where(reply,
			 text_count(arena, refusals->written - refusals->left_out, "refused row",
				    "refused rows"),
			 path);
	if (refusals->left_out > 0)
		text_format(&reply->words,
			    "%s more or fewer cells than the heading and cannot stand in a "
			    "workbook: mend those in a .csv file or by refusal mend.\n",
			    text_count(arena, refusals->left_out, "refused row has",
				       "refused rows have"));
	text_format(&reply->words, "Mend them there and import that file as %s",
		    source->values[SOURCE_entity]);
	if (source->values[SOURCE_key] != NULL)
		text_format(&reply->words, ", matched by %s as before (--key %s",
			    source->values[SOURCE_key], source->values[SOURCE_key]);
	if (source->values[SOURCE_key] != NULL && refusal_key_least(source) > 0)
		text_format(&reply->words, " --key-least %d", refusal_key_least(source));
	text_format(&reply->words, "%s: the rows that are taken are then mended here too.\n",
		    source->values[SOURCE_key] != NULL ? ")" : "");
}

bool
command_refusal_export(struct session *session, const struct request *request, struct reply *reply,
		       struct error *error)
{
	struct refusal_file refusals = { .session = session, .error = error };
	const char *path = request_value(request, "output");
	const struct format *format = format_of_file(path);
	bool csv = format != NULL && strcmp(format->name, "csv") == 0, overwrite;
	const struct record_id *ids;
	size_t count = 0;
	bool done;

	if (!csv && (format == NULL || strcmp(format->name, "xlsx") != 0))
		return error_set(error, ERROR_USAGE,
				 "'%.400s' must end in .csv or in .xlsx, which says how the "
				 "refused rows are written.",
				 path);
	ids = request_has(request, "source") || request->selection_count > 0
		      ? record_chosen(session, request, ENTITY_SOURCE, "source", &refusals.arena,
				      &count, error)
		      : find_sources(session, &refusals.arena, &count, error);
	overwrite = request_has(request, "force") || (csv && import_refusals_are_in(path));
	done = ids != NULL && read_sources(&refusals, ids, count) &&
	       (csv ? write_csv(&refusals, path, overwrite)
		    : write_workbook(&refusals, format, path, overwrite));
	if (done)
		say_written(&refusals, path, &refusals.arena, reply);
	arena_free(&refusals.arena);
	return done;
}
