/* SPDX-License-Identifier: MIT */
#include "tui/calendar_draw.h"

#include <inttypes.h>
#include <stdio.h>

#include "tui/status.h"

enum {
	WEEK_DAYS = 7, CELL_WIDTH_MAX = 18, CELL_ROWS_MAX = 4,
	/* A cell that holds a whole weekday, and words behind a number. */
	NAMES_WIDTH_MIN = 10,
	TITLE_ROWS_MIN = 9,		/* from here on the month stands above the weekdays */
	LONG_WORDS_MIN = 48,		/* room on the status line for a day in words */
};

static const char *const weekdays[WEEK_DAYS] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

/* How a part is counted in words, and the sign that stands for it beside the number of a day. */
static const struct {
	char sign;
	const char *one, *many;
} part_words[CALENDAR_PARTS] = {
	[CALENDAR_DEADLINES] = { '!', "deadline", "deadlines" },
	[CALENDAR_NOTICES] = { 'N', "contract notice", "contract notices" },
	[CALENDAR_MILESTONES] = { 'M', "milestone", "milestones" },
};

static const char legend[] = "! overdue  N notice of a contract  M milestone";

/* Where the month lies on the screen. */
struct sheet {
	struct area area;	/* of the weeks */
	int width, rows;	/* of a day */
	int offset;		/* of the first day in its week: Monday is 0 */
	int days;		/* in the month */
	struct date month, today, chosen;
	const int64_t (*counts)[CALENDAR_PARTS];
};

/* 1 January 1970 was a Thursday. */
static int
weekday_of(struct date day)
{
	return (int)(((date_days(day) + 3) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS);
}

static int
days_in_month(struct date month)
{
	return (int)(date_days(date_add_months(month, 1)) - date_days(month));
}

static bool
is_overdue(const struct sheet *sheet, int day)
{
	struct date date = sheet->month;

	date.day = (signed char)day;
	return sheet->counts[day - 1][CALENDAR_DEADLINES] > 0 &&
	       date_days(date) < date_days(sheet->today);
}

/* The sign for what presses most on a day. */
static char
sign_of(const struct sheet *sheet, int day)
{
	const int64_t *counts = sheet->counts[day - 1];

	return is_overdue(sheet, day) ? part_words[CALENDAR_DEADLINES].sign :
	       counts[CALENDAR_MILESTONES] > 0 ? part_words[CALENDAR_MILESTONES].sign :
	       counts[CALENDAR_NOTICES] > 0 ? part_words[CALENDAR_NOTICES].sign : ' ';
}

/* ">24!3": the day, the sign, the number or a plus where it has no room. */
static void
format_narrow(const struct sheet *sheet, int day, bool chosen, struct text *out)
{
	int64_t count = sheet->counts[day - 1][CALENDAR_DEADLINES];
	char digits[TEXT_NUMBER_SIZE] = "";

	if (count > 0)
		snprintf(digits, sizeof digits, "%" PRId64, count);
	text_format(out, "%c%2d%c%s", chosen ? '>' : ' ', day, sign_of(sheet, day),
		    text_width(digits) <= sheet->width - 4 ? digits : "+");
}

/* ">24 N M today" */
static void
format_day(const struct sheet *sheet, int day, bool chosen, struct text *out)
{
	struct date date = sheet->month;

	date.day = (signed char)day;
	text_format(out, "%c%2d", chosen ? '>' : ' ', day);
	for (int part = CALENDAR_NOTICES; part < CALENDAR_PARTS; part++)
		if (sheet->counts[day - 1][part] > 0)
			text_format(out, " %c", part_words[part].sign);
	if (date_days(date) == date_days(sheet->today))
		text_append(out, " today");
}

/* " ! 3 overdue" or "   12 due" */
static void
format_count(const struct sheet *sheet, int day, struct text *out)
{
	int64_t count = sheet->counts[day - 1][CALENDAR_DEADLINES];
	char number[TEXT_NUMBER_SIZE];

	if (count > 0)
		text_format(out, " %s%s %s", is_overdue(sheet, day) ? "!" : "",
			    text_number(count, number), is_overdue(sheet, day) ? "overdue" : "due");
}

/* What is overdue stands out, and says so in words or by its sign. */
static void
draw_day(const struct sheet *sheet, int day)
{
	int cell = sheet->offset + day - 1;
	int row = sheet->area.row + cell / WEEK_DAYS * sheet->rows,
	    column = sheet->area.column + cell % WEEK_DAYS * sheet->width;
	bool chosen = day == sheet->chosen.day;
	enum style style = chosen                   ? STYLE_CURSOR
			   : is_overdue(sheet, day) ? STYLE_ERROR
						    : STYLE_PLAIN;
	struct text words = { 0 };

	if (sheet->rows == 1)
		format_narrow(sheet, day, chosen, &words);
	else
		format_day(sheet, day, chosen, &words);
	screen_text(row, column, sheet->width, sheet->rows > 1 && !chosen ? STYLE_PLAIN : style,
		    text_words(&words));
	if (sheet->rows > 1) {
		text_clear(&words);
		format_count(sheet, day, &words);
		screen_text(row + 1, column, sheet->width, style, text_words(&words));
	}
	text_free(&words);
}

static int64_t
month_total(const struct sheet *sheet, enum calendar_part part)
{
	int64_t total = 0;

	for (int day = 1; day <= sheet->days; day++)
		total += sheet->counts[day - 1][part];
	return total;
}

static void
draw_title(const struct app *app, const struct sheet *sheet, struct area area)
{
	struct text title = { 0 };
	struct arena arena = { 0 };
	int width;

	text_format(&title, "%s %d: ", date_month_names[sheet->month.month - 1], sheet->month.year);
	if (app->calendar.part <= CALENDAR_DEADLINES)
		text_append(&title, "counting\xe2\x80\xa6");
	else
		text_format(&title, "%s open",
			    text_count(&arena, month_total(sheet, CALENDAR_DEADLINES), "deadline",
				       "deadlines"));
	width = text_width(text_words(&title));
	screen_text(area.row, area.column + 1, width, STYLE_HEADING, text_words(&title));
	if (width + (int)sizeof legend + 2 < area.columns)
		screen_text(area.row, area.columns - (int)sizeof legend, (int)sizeof legend,
			    STYLE_QUIET, legend);
	text_free(&title);
	arena_free(&arena);
}

static void
draw_weekdays(const struct sheet *sheet, int row)
{
	for (int i = 0; i < WEEK_DAYS; i++)
		screen_text(row, sheet->area.column + i * sheet->width + 1,
			    sheet->width >= NAMES_WIDTH_MIN ? sheet->width - 1 : 3, STYLE_HEADING,
			    sheet->width >= NAMES_WIDTH_MIN
				    ? weekdays[i]
				    : (const char[4]){ weekdays[i][0], weekdays[i][1], 0 });
}

/*
 * "Saturday 5 December 2026: 3 deadlines overdue, 1 contract notice", or "5 Dec: !3 N1" where there
 * is little room.
 */
static void
draw_chosen(struct app *app, const struct sheet *sheet, struct area area)
{
	const int64_t *counts = sheet->counts[sheet->chosen.day - 1];
	int room = status_room(app, area.columns);
	bool brief = room < LONG_WORDS_MIN;
	struct text words = { 0 };
	struct arena arena = { 0 };
	char day[DATE_WORDS_SIZE];

	date_words(sheet->chosen, day);
	if (brief)
		text_format(&words, "%d %.3s %d", sheet->chosen.day,
			    date_month_names[sheet->month.month - 1], sheet->month.year);
	else
		text_format(&words, "%s %s", weekdays[weekday_of(sheet->chosen)], day);
	for (int part = 0, listed = 0; part < CALENDAR_PARTS; part++) {
		bool late = part == CALENDAR_DEADLINES && is_overdue(sheet, sheet->chosen.day);

		if (counts[part] == 0)
			continue;
		text_append(&words, listed++ == 0 ? ": " : ", ");
		if (brief)
			text_format(&words, "%" PRId64 "%c", counts[part],
				    part == 0 ? ' ' : part_words[part].sign);
		else
			text_append(&words, text_count(&arena, counts[part], part_words[part].one,
						       part_words[part].many));
		if (part == CALENDAR_DEADLINES && brief)
			text_append(&words, late ? "late" : "due");
		else if (part == CALENDAR_DEADLINES)
			text_append(&words, late ? " overdue" : " due");
	}
	screen_text(area.row + area.rows, area.column, room, STYLE_PLAIN, "");
	screen_text(area.row + area.rows, area.column + 1, room - 1, STYLE_PLAIN,
		    text_words(&words));
	text_free(&words);
	arena_free(&arena);
}

static struct sheet
lay_sheet(const struct app *app, struct area area)
{
	const struct calendar *calendar = &app->calendar;
	struct sheet sheet = {
		.area = area,
		.month = calendar->month,
		.today = app->session->today,
		.chosen = calendar->day,
		.counts = calendar->counts,
		.offset = weekday_of(calendar->month),
		.days = days_in_month(calendar->month),
	};
	int weeks = (sheet.offset + sheet.days + WEEK_DAYS - 1) / WEEK_DAYS,
	    above = area.rows >= TITLE_ROWS_MIN ? 2 : 1;

	sheet.area.row += above;
	sheet.area.rows -= above;
	sheet.width = area.columns / WEEK_DAYS;
	if (sheet.width > CELL_WIDTH_MAX)
		sheet.width = CELL_WIDTH_MAX;
	sheet.rows = sheet.width < NAMES_WIDTH_MIN ? 1 : sheet.area.rows / weeks;
	if (sheet.rows > CELL_ROWS_MAX)
		sheet.rows = CELL_ROWS_MAX;
	if (sheet.rows < 1)
		sheet.rows = 1;
	return sheet;
}

void
calendar_draw(struct app *app, struct area area)
{
	struct sheet sheet = lay_sheet(app, area);

	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	if (sheet.area.row - area.row > 1)
		draw_title(app, &sheet, area);
	draw_weekdays(&sheet, sheet.area.row - 1);
	for (int day = 1; day <= sheet.days; day++)
		draw_day(&sheet, day);
	draw_chosen(app, &sheet, area);
	screen_cursor(-1, 0);
}
