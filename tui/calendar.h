/* SPDX-License-Identifier: MIT */
#ifndef TUI_CALENDAR_H
#define TUI_CALENDAR_H

#include "core/date.h"
#include "core/text.h"

struct app;

/* What the calendar counts by day: open deadlines, contracts' last days for notice, milestones. */
enum calendar_part { CALENDAR_DEADLINES, CALENDAR_NOTICES, CALENDAR_MILESTONES, CALENDAR_PARTS };

enum { CALENDAR_DAYS_MAX = 31 };

/*
 * A month of deadlines in weeks from Monday.  What falls on its days is read page by page while
 * nobody presses a key. `{ 0 }` opens on today; afterwards it stays on the day that was looked at.
 */
struct calendar {
	struct date day;		/* under the cursor; year 0: not opened yet */
	/* The first day of the month that is counted below; year 0: none. */
	struct date month;
	int64_t counts[CALENDAR_DAYS_MAX][CALENDAR_PARTS];
	int part;			/* the one being read; CALENDAR_PARTS when all are */
	int64_t after_id;		/* the row that was read last; 0: none yet */
	char after_day[DATE_TEXT_SIZE];
	/* Enter opened a day's list; going back from it opens the calendar again. */
	bool left_for_a_day;
};

/* Shows the calendar over the list of deadlines until it is closed or a day is opened. */
void calendar_run(struct app *app);

/* Whether the open list is that of a day that was opened in the calendar. */
bool calendar_is_behind(const struct app *app);

/* Goes back to the calendar from the list of a day; false when the open list is no such list. */
bool calendar_return(struct app *app);

/* Says that the register was changed. */
void calendar_forget(struct calendar *calendar);

#endif
