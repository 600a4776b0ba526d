/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/figures.h"
#include "commands/report_sheets.h"
#include "core/figure.h"
#include "core/map.h"

/* How far one organisation is. */
struct progress_row {
	const char *name;
	int64_t sites, sensitive, ever, cleared, not_assessed;
};

struct progress_rows {
	struct progress_row *rows;
	size_t count;
};

static int64_t
to_number(const char *words)
{
	return words != NULL ? strtoll(words, NULL, 10) : 0;
}

/* The value of a figure among the sites that a filter finds. */
static bool
count_among(struct report *report, const char *filter, const char *figure_id, int64_t *value)
{
	struct figure figure = *figure_named(figure_id);

	figure.filter = arena_format(report->arena, "(%s) %s", filter, figure.filter);
	return figure_value(report->session, &figure, value, report->error);
}

/* Sites that nobody answers for are counted too, or the lines would not add up. */
static bool
add_sites_without(struct report *report, struct progress_rows *progress)
{
	static const char filter[] = "organisation:";
	struct progress_row row = { .name = "No organisation recorded" };

	if (!count_among(report, filter, "sites", &row.sites) ||
	    !count_among(report, filter, "sensitive_sites", &row.sensitive) ||
	    !count_among(report, filter, "sensitive_sites_ever_in_scope", &row.ever) ||
	    !count_among(report, filter, "sensitive_sites_cleared", &row.cleared) ||
	    !count_among(report, filter, "sites_not_assessed", &row.not_assessed))
		return false;
	if (row.sites > 0)
		progress->rows[progress->count++] = row;
	return true;
}

/*
 * How many sites of each organisation are not assessed; `codes` has the place of each in the rows.
 */
static bool
tally_not_assessed(struct report *report, struct progress_rows *progress, const struct map *codes)
{
	struct report_rows sites;

	if (!report_gather(report, "sites", "organisation",
			   figure_named("sites_not_assessed")->filter, "code", &sites))
		return false;
	for (size_t i = 0; i < sites.count; i++) {
		const int64_t *place = sites.values[i] != NULL ? map_find(codes, sites.values[i])
							       : NULL;

		if (place != NULL)
			progress->rows[*place].not_assessed++;
	}
	return true;
}

static bool
gather_progress(struct report *report, struct progress_rows *progress)
{
	enum { CODE, NAME, SITES, SENSITIVE, EVER, CLEARED };
	struct report_rows found;
	struct map codes = { 0 };
	bool added, done;

	if (!report_gather(report, "organisations",
			   "code,name,sites,sensitive_sites,ever_in_scope,cleared", "sites>0",
			   "code", &found))
		return false;
	progress->rows = arena_alloc(report->arena, (found.count + 1) * sizeof *progress->rows);
	for (size_t i = 0; i < found.count; i++) {
		const char *const *row = found.values + i * found.width;

		progress->rows[progress->count++] = (struct progress_row){
			.name = row[NAME] != NULL ? row[NAME] : row[CODE],
			.sites = to_number(row[SITES]),
			.sensitive = to_number(row[SENSITIVE]),
			.ever = to_number(row[EVER]),
			.cleared = to_number(row[CLEARED]),
		};
		map_add(&codes, row[CODE], (int64_t)i, &added);
	}
	done = tally_not_assessed(report, progress, &codes) && add_sites_without(report, progress);
	map_free(&codes);
	return done;
}

static const char *
number(struct report *report, int64_t value)
{
	return arena_format(report->arena, "%" PRId64, value);
}

static void
add_line(struct report *report, struct report_rows *rows, const struct progress_row *row)
{
	const char **values = report_add_row(report, rows);

	*values++ = row->name;
	*values++ = number(report, row->sites);
	*values++ = number(report, row->sensitive);
	*values++ = number(report, row->ever);
	*values++ = number(report, row->cleared);
	*values++ = number(report, row->ever - row->cleared);
	*values++ = row->ever > 0 ? figure_percent(report->arena, row->cleared, row->ever)
				  : "none recorded";
	*values++ = number(report, row->not_assessed);
}

bool
report_fill_progress(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Organisation", CELL_TEXT, "" },
		{ "Sites", CELL_NUMBER, "" },
		{ "Sensitive sites", CELL_NUMBER, "" },
		{ "Ever had in-scope equipment", CELL_NUMBER, "" },
		{ "Cleared", CELL_NUMBER, "" },
		{ "Still to clear", CELL_NUMBER, "" },
		{ "Share cleared", CELL_TEXT, "" },
		{ "Sites not assessed", CELL_NUMBER, "" },
		{ 0 }
	};
	struct progress_row total = { .name = "All of them" };
	struct report_rows rows = { .width = 8 };
	struct progress_rows progress = { 0 };

	if (!gather_progress(report, &progress))
		return false;
	for (size_t i = 0; i < progress.count; i++) {
		const struct progress_row *row = &progress.rows[i];

		add_line(report, &rows, row);
		total.sites += row->sites;
		total.sensitive += row->sensitive;
		total.ever += row->ever;
		total.cleared += row->cleared;
		total.not_assessed += row->not_assessed;
	}
	if (progress.count > 1)
		add_line(report, &rows, &total);
	sheet->title = "Progress by organisation";
	sheet->empty = "There are no sites in the register.";
	sheet->columns = columns;
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	report_add_paragraph(report, sheet,
			     "Ever had in-scope equipment, Cleared, Still to clear and Share "
			     "cleared are about sensitive sites only. Share cleared is Cleared of "
			     "those that ever had it; none recorded is no proof that there was "
			     "none. Organisations without sites of their own are left out.");
	return true;
}

/* Most still to clear first, then most sites, then by name. */
static int
compare_work_left(const void *left, const void *right)
{
	const struct progress_row *a = left, *b = right;
	int64_t more = (b->ever - b->cleared) - (a->ever - a->cleared);

	if (more == 0)
		more = b->ever - a->ever;
	if (more == 0)
		return strcmp(a->name, b->name);
	return more < 0 ? -1 : 1;
}

/* The chart in words, for whoever cannot see it. */
static const char *
describe(struct report *report, const struct progress_row *first, int64_t ever, int64_t cleared)
{
	const char *most = "";

	if (cleared < ever)
		most = arena_format(report->arena, " Most are still to clear at %s: %" PRId64 ".",
				    first->name, first->ever - first->cleared);
	return arena_format(report->arena,
			    "Bar chart of sensitive sites that ever had in-scope equipment, a bar "
			    "for each organisation, cleared and still to clear: %" PRId64
			    " of %" PRId64 " %s clear.%s",
			    cleared, ever, ever == 1 ? "is" : "are", most);
}

bool
report_fill_chart(struct report *report, struct sheet *sheet)
{
	enum { BARS_MAX = 20 };
	static const struct sheet_column columns[] = {
		{ "Organisation", CELL_TEXT, "" },
		{ "Cleared", CELL_NUMBER, "" },
		{ "Still to clear", CELL_NUMBER, "" },
		{ 0 }
	};
	struct sheet_chart *chart = arena_alloc(report->arena, sizeof *chart);
	struct report_rows rows = { .width = 3 };
	struct progress_rows progress = { 0 };
	int64_t ever = 0, cleared = 0;
	bool shows_all = true;
	const char **values;

	sheet->title = "Cleared and still to clear";
	sheet->empty = "No sensitive site is recorded as ever having had in-scope equipment, so "
		       "there is no chart.";
	sheet->columns = columns;
	if (!gather_progress(report, &progress))
		return false;
	qsort(progress.rows, progress.count, sizeof *progress.rows, compare_work_left);
	for (size_t i = 0; i < progress.count && progress.rows[i].ever > 0; i++) {
		const struct progress_row *row = &progress.rows[i];

		ever += row->ever;
		cleared += row->cleared;
		shows_all = rows.count < BARS_MAX;
		if (!shows_all)
			continue;
		values = report_add_row(report, &rows);
		values[0] = row->name;
		values[1] = number(report, row->cleared);
		values[2] = number(report, row->ever - row->cleared);
	}
	if (rows.count > 0) {
		*chart = (struct sheet_chart){ "Sensitive sites cleared and still to clear",
					       describe(report, progress.rows, ever, cleared), 1,
					       2 };
		report_add_paragraph(report, sheet, chart->description);
		sheet->chart = chart;
	}
	if (!shows_all)
		report_add_paragraph(report, sheet,
				     arena_format(report->arena,
						  "Only the %d organisations with the most still "
						  "to clear are shown; the sheet Progress has all.",
						  BARS_MAX));
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	return true;
}
