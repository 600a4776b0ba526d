/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REPORT_SHEETS_H
#define COMMANDS_REPORT_SHEETS_H

#include "commands/session.h"
#include "core/text.h"
#include "export/workbook.h"

/*
 * The sheets of reports, as data for export/workbook.h.  A new sheet is a function that fills a
 * struct sheet and a row in report_sheets[]; cover, contents and order follow from that.
 */
enum { REPORT_SHEETS_MAX = 16 };

struct report {
	const struct session *session;
	struct arena *arena;		/* of everything in the sheets */
	const char *title;
	struct sheet sheets[REPORT_SHEETS_MAX];
	int sheet_count;
	struct error *error;
};

struct report_sheet {
	const char *name;		/* on its tab */
	const char *shows;		/* what it shows, for the contents on the cover */
	/* Fills the rest of the sheet; false with report->error. */
	bool (*fill)(struct report *report, struct sheet *sheet);
};

/* In the order of the workbook. Ends with a nameless one. */
extern const struct report_sheet report_sheets[];

#define each_report_sheet(row) \
	(const struct report_sheet *row = report_sheets; row->name != NULL; row++)

/* The sheets that are longer than a few lines. */
bool report_fill_cover(struct report *report, struct sheet *sheet);
bool report_fill_summary(struct report *report, struct sheet *sheet);
bool report_fill_progress(struct report *report, struct sheet *sheet);
bool report_fill_chart(struct report *report, struct sheet *sheet);
bool report_fill_to_clear(struct report *report, struct sheet *sheet);
bool report_fill_late(struct report *report, struct sheet *sheet);
bool report_fill_overdue(struct report *report, struct sheet *sheet);
bool report_fill_findings(struct report *report, struct sheet *sheet);
bool report_fill_definitions(struct report *report, struct sheet *sheet);

/* Paragraphs on what breaks the gravest rules (R1, R2, R5), for the summary. */
bool report_add_breaches(struct report *report, struct sheet *sheet);

/* Rows of a table while they are gathered: `width` values each, in the arena of the report. */
struct report_rows {
	const char **values;
	size_t count;
	size_t room;		/* of values */
	size_t width;
};

/* The values of a new row, all NULL. They may move with the next row. */
const char **report_add_row(struct report *report, struct report_rows *rows);

/* Gathers what a list finds: `columns` and `sort` as in view_query(). */
bool report_gather(struct report *report, const char *view, const char *columns, const char *filter,
		   const char *sort, struct report_rows *rows);

/* The value of the figure with that id. */
bool report_figure(struct report *report, const char *id, int64_t *value);

/* Paragraphs of a sheet: up to REPORT_PARAGRAPHS_MAX, the NULL at the end included. */
enum { REPORT_PARAGRAPHS_MAX = 16 };
void report_add_paragraph(struct report *report, struct sheet *sheet, const char *words);

/* "3 sites are", "1 site is", "No site is", from "site is" and "sites are": to begin a sentence. */
const char *report_count(struct report *report, int64_t count, const char *one, const char *many);

#endif
