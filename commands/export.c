/* SPDX-License-Identifier: MIT */
#include "commands/export.h"

#include "commands/figures.h"
#include "commands/output.h"
#include "commands/past.h"
#include "commands/view.h"
#include "db/cache.h"
#include "export/format.h"

enum { PROGRESS_EVERY = 2048 };	/* rows from one report of progress to the next */

const struct operand list_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED, "ENTITY",
	  "what to list: sites, devices, deadlines, history and others", NULL },
	{ "filter", OPERAND_WORDS, 0, "FILTER",
	  "only those that it finds: site:york kind:camera -removed", NULL },
	{ "columns", OPERAND_OPTION, 0, "FIELDS",
	  "which fields, with commas between, or all; CSV and JSON hold all unless some are named",
	  NULL },
	{ "sort", OPERAND_OPTION, 0, "FIELDS",
	  "sorted by which fields; - before one for descending", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print them", output_formats },
	PAST_OPERAND,
	{ 0 }
};

const struct operand export_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED, "ENTITY",
	  "what to write: sites, devices, deadlines, history and others", NULL },
	{ "filter", OPERAND_WORDS, 0, "FILTER",
	  "only those that it finds: site:york kind:camera -removed", NULL },
	{ "output", OPERAND_OPTION, OPERAND_REQUIRED, "FILE",
	  "the file; its ending, .xlsx, .csv or .json, says the format", NULL },
	{ "columns", OPERAND_OPTION, 0, "FIELDS",
	  "which fields, with commas between, or all; CSV and JSON hold all unless some are named",
	  NULL },
	{ "sort", OPERAND_OPTION, 0, "FIELDS",
	  "sorted by which fields; - before one for descending", NULL },
	{ "force", OPERAND_FLAG, OPERAND_ASKED, NULL, "replace the file if it exists", NULL },
	{ 0 }
};

/* What the words of the command ask for. */
struct wanted {
	const struct view *view;
	const char *filter;
	struct query *query;
};

static const struct view *
find_view(const char *name, struct error *error)
{
	const struct view *view = view_named(name);
	struct text known = { 0 };

	if (view != NULL)
		return view;
	for each_view(row)
		text_format(&known, "%s%s", known.length > 0 ? ", " : "", row->name);
	error_set(error, ERROR_USAGE, "There is no list '%.60s'. The lists are: %s.", name,
		  text_words(&known));
	text_free(&known);
	return NULL;
}

static const char *
join_words(struct arena *arena, const char *const *words, size_t count)
{
	struct text joined = { 0 };
	const char *text;

	for (size_t i = 0; i < count; i++)
		text_format(&joined, "%s%s", i > 0 ? " " : "", words[i]);
	text = arena_text(arena, text_words(&joined));
	text_free(&joined);
	return text;
}

/* Those asked for; else every field where programs read on, and the listed ones where people do. */
static const char *
choose_columns(const struct request *request, const struct format *format)
{
	bool for_programs = format != NULL && format->printed && format->ending != NULL;
	const char *columns = request_value(request, "columns");

	return columns == NULL && for_programs ? "all" : columns;
}

static bool
read_request(const struct session *session, const struct request *request,
	     const struct format *format, struct arena *arena, struct wanted *wanted,
	     struct error *error)
{
	size_t count;
	const char *const *words = request_words(request, "filter", &count);

	wanted->view = find_view(request_value(request, "entity"), error);
	if (wanted->view == NULL)
		return false;
	wanted->filter = join_words(arena, words, count);
	wanted->query = view_query(session, wanted->view, choose_columns(request, format),
				   wanted->filter, request_value(request, "sort"), arena, error);
	return wanted->query != NULL;
}

static bool
print_list(const struct session *session, const struct request *request,
	   const struct wanted *wanted, struct arena *arena, struct reply *reply,
	   struct error *error)
{
	const struct query *query = wanted->query;
	struct output *output = output_open(session, reply, request_value(request, "format"),
					    wanted->view->title, query->fields, query->field_count,
					    error);
	bool given = output != NULL && output_rows(output, session, query, error);
	int64_t more = 0, rows = output != NULL ? output_count(output) : 0;

	if (given && output_is_for_people(output)) {
		given = query_more(session->store, query, &more, error);
		text_format(&reply->words, "%s\n",
			    figure_amount(arena, query->entity, rows + more, rows));
	}
	return output_end(output, given, error);
}

bool
command_list(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	struct arena arena = { 0 };
	struct wanted wanted;
	const char *name = request_value(request, "format");
	const struct format *format = name != NULL ? format_named(name) : NULL;
	struct session past;
	bool done = past_open(session, request, &past, error) &&
		    read_request(&past, request, format, &arena, &wanted, error) &&
		    print_list(&past, request, &wanted, &arena, reply, error);

	if (done)
		past_say(session, &past, reply);
	past_close(session, &past);
	arena_free(&arena);
	return done;
}

static bool
write_rows(const struct session *session, const struct query *query, struct writer *writer,
	   int64_t count, struct error *error)
{
	struct cursor *cursor = query_open(session->store, query, error);
	struct row row;
	bool more = false, done;

	if (cursor == NULL)
		return false;
	do {
		done = cursor_next(cursor, &row, &more, error) &&
		       (!more || writer_row(writer, row.values, error));
		if (done && writer_count(writer) % PROGRESS_EVERY == 0 &&
		    !progress_step(session->progress, "Writing rows", writer_count(writer), count))
			done = error_set(error, ERROR_CANCELLED, "Stopped; no file was written.");
	} while (done && more);
	cursor_close(cursor);
	return done;
}

static const struct format *
choose_format(const char *path, struct arena *arena, struct error *error)
{
	const struct format *format = format_of_file(path);

	if (format == NULL)
		error_set(error, ERROR_USAGE,
			  "The ending of '%.400s' does not say in which format to write; end the "
			  "name with one of: %s.",
			  path, format_endings(arena));
	return format;
}

static bool
write_list(const struct session *session, const struct request *request,
	   const struct wanted *wanted, struct arena *arena, struct reply *reply,
	   struct error *error)
{
	const char *path = request_value(request, "output");
	const struct format *format = choose_format(path, arena, error);
	struct document document = {
		.title = wanted->view->title, .marking = session->marking, .filter = wanted->filter,
		.as_at = session->today, .created = session->now,
		.fields = wanted->query->fields, .field_count = wanted->query->field_count,
	};
	struct writer *writer;
	int64_t count, more;

	if (format == NULL || !query_count(session->store, wanted->query, &document.count, error) ||
	    !query_more(session->store, wanted->query, &more, error))
		return false;
	writer = writer_open_file(format, &document, path, request_has(request, "force"), error);
	if (writer == NULL)
		return false;
	if (!write_rows(session, wanted->query, writer, document.count, error)) {
		writer_abandon(writer);
		return false;
	}
	count = writer_count(writer);
	if (!writer_close(writer, error))
		return false;
	output_say_where(reply, figure_amount(arena, wanted->query->entity, count + more, count),
			 path);
	return true;
}

bool
command_export(struct session *session, const struct request *request, struct reply *reply,
	       struct error *error)
{
	struct arena arena = { 0 };
	struct error ignored;
	struct wanted wanted;
	bool done = cache_set(session->store, CACHE_SMALL, error) &&
		    read_request(session, request, format_of_file(request_value(request, "output")),
				 &arena, &wanted, error) &&
		    write_list(session, request, &wanted, &arena, reply, error);

	cache_set(session->store, CACHE_USUAL, &ignored);
	arena_free(&arena);
	return done;
}
