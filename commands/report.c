/* SPDX-License-Identifier: MIT */
#include "commands/report.h"

#include <stdlib.h>
#include <string.h>

#include "commands/figures.h"
#include "commands/output.h"
#include "commands/past.h"
#include "commands/report_sheets.h"
#include "commands/view.h"
#include "export/format.h"

const struct operand report_minister_operands[] = {
	{ "output", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "FILE",
	  "the workbook; its name ends in .xlsx", NULL },
	{ "force", OPERAND_FLAG, OPERAND_ASKED, NULL, "replace the file if it exists", NULL },
	PAST_OPERAND,
	{ 0 }
};

const char **
report_add_row(struct report *report, struct report_rows *rows)
{
	size_t used = rows->count++ * rows->width;

	if (used + rows->width > rows->room) {
		const char **bigger;

		rows->room = (used + rows->width) * 2;
		bigger = arena_alloc(report->arena, rows->room * sizeof *bigger);
		if (used > 0)
			memcpy(bigger, rows->values, used * sizeof *bigger);
		rows->values = bigger;
	}
	return rows->values + used;
}

static void
keep_row(struct report *report, const struct row *row, struct report_rows *rows)
{
	const char **values = report_add_row(report, rows);

	for (size_t i = 0; i < rows->width; i++)
		values[i] = arena_text(report->arena, row->values[i]);
}

bool
report_gather(struct report *report, const char *view, const char *columns, const char *filter,
	      const char *sort, struct report_rows *rows)
{
	const struct query *query = view_query(report->session, view_named(view), columns, filter,
					       sort, report->arena, report->error);
	struct cursor *cursor = query != NULL
					? query_open(report->session->store, query, report->error)
					: NULL;
	struct row row;
	bool more = false, done;

	if (cursor == NULL)
		return false;
	*rows = (struct report_rows){ .width = (size_t)query->field_count };
	do {
		done = cursor_next(cursor, &row, &more, report->error);
		if (done && more)
			keep_row(report, &row, rows);
	} while (done && more);
	cursor_close(cursor);
	return done;
}

bool
report_figure(struct report *report, const char *id, int64_t *value)
{
	return figure_value(report->session, figure_named(id), value, report->error);
}

void
report_add_paragraph(struct report *report, struct sheet *sheet, const char *words)
{
	const char **paragraphs = arena_alloc(report->arena,
					      REPORT_PARAGRAPHS_MAX * sizeof *paragraphs);
	int count = 0;

	while (sheet->paragraphs != NULL && sheet->paragraphs[count] != NULL &&
	       count < REPORT_PARAGRAPHS_MAX - 2) {
		paragraphs[count] = sheet->paragraphs[count];
		count++;
	}
	paragraphs[count] = words;
	sheet->paragraphs = paragraphs;
}

const char *
report_count(struct report *report, int64_t count, const char *one, const char *many)
{
	if (count == 0)
		return arena_format(report->arena, "No %s", one);
	return text_count(report->arena, count, one, many);
}

static bool
fill_sheets(struct report *report)
{
	char day[DATE_WORDS_SIZE];

	date_words(report->session->today, day);
	for each_report_sheet(row) {
		struct sheet *sheet = &report->sheets[report->sheet_count++];

		if (!progress_step(report->session->progress, "Counting for the workbook",
				   report->sheet_count, 0))
			return error_set(report->error, ERROR_CANCELLED,
					 "Stopped; no file was written.");
		sheet->name = row->name;
		sheet->title = row->name;
		sheet->table = row->name;
		if (!row->fill(report, sheet))
			return false;
		if (row->shows != NULL)
			report_add_paragraph(report, sheet,
					     arena_format(report->arena, "Position as at %s.",
							  day));
	}
	return true;
}

static bool
write_report(const struct session *session, struct arena *arena, const char *path, bool overwrite,
	     struct error *error)
{
	struct report report = {
		.session = session, .arena = arena, .error = error,
		.title = "Surveillance equipment on sensitive sites",
	};
	struct workbook workbook = {
		.title = report.title,
		.subject = "Report to the minister",
		.marking = session->marking,
		.created = session->now,
	};

	if (!fill_sheets(&report))
		return false;
	workbook.sheets = report.sheets;
	workbook.sheet_count = report.sheet_count;
	return workbook_write(&workbook, path, overwrite, error);
}

bool
command_report_minister(struct session *session, const struct request *request, struct reply *reply,
			struct error *error)
{
	const char *path = request_value(request, "output");
	const struct format *format = format_of_file(path);
	struct arena arena = { 0 };
	struct session past;
	bool done;

	if (format == NULL || format != format_named("xlsx"))
		return error_set(error, ERROR_USAGE,
				 "The report is a workbook; end the name '%.400s' with .xlsx.",
				 path);
	done = past_open(session, request, &past, error) &&
		write_report(&past, &arena, path, request_has(request, "force"), error);
	if (done) {
		output_say_where(reply, "the report", path);
		past_say(session, &past, reply);
	}
	past_close(session, &past);
	arena_free(&arena);
	return done;
}
