/* SPDX-License-Identifier: MIT */
#include "commands/report_sheets.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/figures.h"
#include "commands/programme.h"
#include "core/figure.h"

const struct report_sheet report_sheets[] = {
	/* name, what it shows, what fills it */
	{ "Cover", NULL, report_fill_cover },
	{ "Summary", "The position on one page: one sentence, then the figures it rests on",
	  report_fill_summary },
	{ "Progress", "Each organisation: its sites, and how many sensitive ones are clear",
	  report_fill_progress },
	{ "Progress chart", "The same as a chart: cleared and still to clear", report_fill_chart },
	{ "Sites to clear", "Each sensitive site with in-scope devices left, its date and owner",
	  report_fill_to_clear },
	{ "Late", "Each sensitive site past the programme's date, and what was answered",
	  report_fill_late },
	{ "Overdue", "Each deadline that has passed, whose it is and why it slipped",
	  report_fill_overdue },
	{ "Findings", "Each rule of the policy: how many records break it, and its source",
	  report_fill_findings },
	{ "Definitions", "What each figure counts, in full", report_fill_definitions },
	{ 0 }
};

/* "Home Office and 3 others" would hide three: all of those at the top, while they are few. */
static bool
name_organisations(struct report *report, const char **names)
{
	enum { NAMED_MAX = 6 };
	struct report_rows rows;

	if (!report_gather(report, "organisations", "code,name", "parent:", "code", &rows))
		return false;
	*names = "all organisations in the register";
	if (rows.count == 0 || rows.count > NAMED_MAX)
		return true;
	*names = "";
	for (size_t i = 0; i < rows.count; i++) {
		const char *const *row = rows.values + i * rows.width;

		*names = arena_format(report->arena, "%s%s%s", *names,
				      i == 0               ? ""
				      : i + 1 < rows.count ? ", "
							   : " and ",
				      row[1] != NULL ? row[1] : row[0]);
	}
	if (!report_gather(report, "organisations", "code", "-parent:", "code", &rows))
		return false;
	if (rows.count > 0)
		*names = arena_format(report->arena, "%s, and the bodies under them", *names);
	return true;
}

bool
report_fill_cover(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Sheet", CELL_TEXT, "" },
		{ "What it shows", CELL_TEXT, "" },
		{ 0 }
	};
	const struct session *session = report->session;
	struct report_rows rows = { .width = 2 };
	const char *names;
	char day[DATE_WORDS_SIZE];

	if (!name_organisations(report, &names))
		return false;
	date_words(session->today, day);
	sheet->title = report->title;
	sheet->table = "Contents";
	report_add_paragraph(report, sheet,
			     arena_format(report->arena,
					  "Report to the minister. Position as at %s.", day));
	report_add_paragraph(report, sheet, arena_format(report->arena, "It covers %s.", names));
	report_add_paragraph(report, sheet,
			     "It is about the written statement of 24 November 2022 (HCWS386): "
			     "equipment of manufacturers that are subject to the National "
			     "Intelligence Law of the PRC, and sensitive sites.");
	report_add_paragraph(report, sheet,
			     "How to read it: every sheet has a title, its marking, a few "
			     "sentences and then one table. Each number is the count of records in "
			     "the register on that day, a row that stands for several devices "
			     "alike counted as so many; the sheet Definitions says which. What is "
			     "not known is shown as not known, and never counts as no.");
	report_add_paragraph(report, sheet,
			     "Handle with care: a list of sensitive sites that still have this "
			     "equipment says more than its rows do one by one. Pass on only what "
			     "is needed, and keep the marking on it.");
	report_add_paragraph(report, sheet,
			     arena_format(report->arena,
					  "Contact: %s, who made this workbook. Language: English "
					  "(United Kingdom).",
					  session->who));
	for each_report_sheet(row) {
		const char **values;

		if (row->shows == NULL)
			continue;
		values = report_add_row(report, &rows);
		values[0] = row->name;
		values[1] = row->shows;
	}
	sheet->columns = columns;
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	return true;
}

/* "less than 1 %" at the beginning of a sentence. */
static const char *
capital(struct arena *arena, const char *words)
{
	char *copy = arena_text(arena, words);

	*copy = (char)toupper((unsigned char)*copy);
	return copy;
}

/* One sentence that a minister can read out. */
static const char *
position(struct report *report, int64_t sensitive, int64_t ever, int64_t cleared)
{
	struct arena *arena = report->arena;
	char all[TEXT_NUMBER_SIZE], done[TEXT_NUMBER_SIZE];

	text_number(ever, all);
	text_number(cleared, done);
	if (sensitive == 0)
		return "No site is recorded as sensitive yet, so nothing can be said about how "
		       "many are clear.";
	if (ever == 0 && sensitive == 1)
		return "The one sensitive site is not recorded as ever having had in-scope "
		       "equipment.";
	if (ever == 0)
		return arena_format(arena,
				    "None of the %s is recorded as ever having had in-scope "
				    "equipment.",
				    text_count(arena, sensitive, "sensitive site",
					       "sensitive sites"));
	if (ever == 1)
		return arena_format(arena,
				    "The one sensitive site that ever had in-scope equipment is %s "
				    "(%s of 1).",
				    cleared == 1 ? "now clear" : "not clear yet", done);
	if (cleared == 0)
		return arena_format(arena,
				    "None of the %s sensitive sites that ever had in-scope "
				    "equipment is clear yet (0 of %s).",
				    all, all);
	if (cleared == ever)
		return arena_format(arena,
				    "All sensitive sites that ever had in-scope equipment are now "
				    "clear (%s of %s).",
				    done, all);
	return arena_format(arena,
			    "%s of sensitive sites that ever had in-scope equipment are now clear "
			    "(%s of %s).",
			    capital(arena, figure_percent(arena, cleared, ever)), done, all);
}

/* How much the position can be relied on (DOMAIN 6: every headline needs its coverage). */
static bool
add_coverage(struct report *report, struct sheet *sheet)
{
	int64_t sites, unassessed, unsurveyed, unknown, undecided, unverified;
	struct arena *arena = report->arena;
	char assessed[TEXT_NUMBER_SIZE], not_decided[TEXT_NUMBER_SIZE],
		not_verified[TEXT_NUMBER_SIZE];

	if (!report_figure(report, "sites", &sites) ||
	    !report_figure(report, "sites_not_assessed", &unassessed) ||
	    !report_figure(report, "sensitive_sites_not_surveyed", &unsurveyed) ||
	    !report_figure(report, "sensitive_sites_cleared_unverified", &unverified) ||
	    !report_figure(report, "devices_make_unknown", &unknown) ||
	    !report_figure(report, "devices_make_undecided", &undecided))
		return false;
	report_add_paragraph(report, sheet,
			     arena_format(arena,
					  "How far this can be relied on: %s of %s assessed; %s "
					  "not surveyed; %s of the cleared not verified; %s of "
					  "unknown make and %s of a make not decided on.",
					  text_number(sites - unassessed, assessed),
					  text_count(arena, sites, "site", "sites"),
					  text_count(arena, unsurveyed, "sensitive site",
						     "sensitive sites"),
					  text_number(unverified, not_verified),
					  text_count(arena, unknown, "device", "devices"),
					  text_number(undecided, not_decided)));
	return true;
}

/* What must be none, and what is late: said in words also when there is nothing. */
static bool
add_pressing(struct report *report, struct sheet *sheet)
{
	const char *network = "";
	int64_t unknown, overdue;

	if (!report_add_breaches(report, sheet) ||
	    !report_figure(report, "devices_in_scope_network_unknown", &unknown) ||
	    !report_figure(report, "deadlines_overdue", &overdue))
		return false;
	if (unknown > 0)
		network = arena_format(report->arena, " The network of %s is not known.",
				       text_count(report->arena, unknown, "in-scope device",
						  "in-scope devices"));
	report_add_paragraph(report, sheet,
			     arena_format(report->arena, "%s.%s",
					  report_count(report, overdue, "deadline is overdue",
						       "deadlines are overdue"),
					  network));
	return true;
}

/* Whose sites are counted, where that may surprise. */
static bool
add_others(struct report *report, struct sheet *sheet)
{
	struct text words = { 0 };
	bool said = programme_say_others(report->session, &words, report->error);

	for (const char *at = text_words(&words), *end; said && (end = strchr(at, '\n')) != NULL;
	     at = end + 1)
		report_add_paragraph(report, sheet,
				     arena_bytes(report->arena, at, (size_t)(end - at)));
	text_free(&words);
	return said;
}

bool
report_fill_summary(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Figure", CELL_TEXT, "" },
		{ "Number", CELL_NUMBER, "none" },
		{ "What it counts", CELL_TEXT, "" },
		{ 0 }
	};
	struct report_rows rows = { .width = 3 };
	int64_t sensitive, ever, cleared, value;

	if (!report_figure(report, "sensitive_sites", &sensitive) ||
	    !report_figure(report, "sensitive_sites_ever_in_scope", &ever) ||
	    !report_figure(report, "sensitive_sites_cleared", &cleared))
		return false;
	report_add_paragraph(report, sheet, position(report, sensitive, ever, cleared));
	if (!add_pressing(report, sheet) || !add_coverage(report, sheet) ||
	    !add_others(report, sheet))
		return false;
	for each_figure(figure) {
		const char **values;

		if (!(figure->places & FIGURE_SUMMARY))
			continue;
		if (!figure_value(report->session, figure, &value, report->error))
			return false;
		values = report_add_row(report, &rows);
		values[0] = figure->label;
		values[1] = value == FIGURE_OF_NONE ? NULL
						    : arena_format(report->arena, "%" PRId64,
								   value);
		values[2] = figure->definition;
	}
	sheet->columns = columns;
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	sheet->one_page = true;
	return true;
}

bool
report_fill_overdue(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "For", CELL_TEXT, "" },
		{ "Site", CELL_TEXT, "not known" },
		{ "Kind", CELL_TEXT, "not known" },
		{ "Due", CELL_DATE, "no date set" },
		{ "Days overdue", CELL_NUMBER, "not known" },
		{ "Owner", CELL_TEXT, "nobody named" },
		{ "Reason", CELL_TEXT, "none given" },
		{ 0 }
	};
	enum { DAYS = 4 };
	const struct figure *overdue = figure_named("deadlines_overdue");
	struct report_rows rows;

	sheet->title = "Deadlines overdue";
	sheet->empty = "No deadline is overdue.";
	sheet->columns = columns;
	if (!report_gather(report, "deadlines", "subject,site_name,kind,due_on,days,owner,reason",
			   overdue->filter, "due_on,number", &rows))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		const char **days = &rows.values[i * rows.width + DAYS];

		if (*days != NULL && **days == '-')
			++*days;
	}
	report_add_paragraph(report, sheet, overdue->definition);
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	return true;
}

bool
report_fill_definitions(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Figure", CELL_TEXT, "" },
		{ "Id", CELL_TEXT, "" },
		{ "List and filter", CELL_TEXT, "" },
		{ "Definition", CELL_TEXT, "" },
		{ 0 }
	};
	struct report_rows rows = { .width = 4 };

	for each_figure(figure) {
		const char **values = report_add_row(report, &rows);

		values[0] = figure->label;
		values[1] = figure->id;
		values[2] = arena_format(report->arena, "%s %s%s%s",
					 entities[figure->entity].plural,
					 figure->filter[0] != '\0' ? figure->filter
								   : "(all of them)",
					 figure->part != NULL ? "; per cent of them: " : "",
					 figure->part != NULL ? figure->part : "");
		values[3] = figure->definition;
	}
	report_add_paragraph(report, sheet,
			     "Every figure is the count of the records that its filter finds, "
			     "those of devices with the quantity that they stand for, or their "
			     "per cent that another figure counts too. Whoever has the register "
			     "can list those records with the same words.");
	sheet->columns = columns;
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	return true;
}
