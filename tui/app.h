/* SPDX-License-Identifier: MIT */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "commands/session.h"
#include "core/text.h"
#include "tui/board.h"
#include "tui/calendar.h"
#include "tui/detail.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/trend.h"
#include "tui/work.h"

/*
 * The screens.  Tabs lie at the bottom; what a person opens on top of them (a form, a
 * question, a list to pick from) is a layer that lives in the function that runs it:
 *
 *	app_push(app, &form.layer);
 *	while ((key = app_key(app)) != KEY_CLOSED && form_key(app, &form, key))
 *		;
 *	app_pop(app);
 *
 * app_key() draws, does what is idle work, and waits; so nothing else draws, and every layer
 * survives a resize.
 */

/* Where keys mean different things; what actions.c calls on. */
enum place {
	PLACE_BOARD = 1 << 0,	/* numbers that open their rows: Today, Findings, Figures */
	PLACE_LIST = 1 << 1,
	PLACE_FILTER = 1 << 2,	/* the search line of a list */
	PLACE_FORM = 1 << 3,
	PLACE_PROMPT = 1 << 4,	/* a question answered by a line */
	PLACE_PICK = 1 << 5,	/* a list to pick from */
	PLACE_CONFIRM = 1 << 6,	/* a question answered by a letter */
	PLACE_PAGER = 1 << 7,	/* a text to read */
	PLACE_PATH = 1 << 8,	/* the name of a file, as it is typed */
	PLACE_LOOK = 1 << 9,	/* what a file holds and how it is read, before it is imported */
	PLACE_PREVIEW = 1 << 10,	/* what an import would do */
	PLACE_DETAILS = 1 << 11,	/* row by row */
	PLACE_MEND = 1 << 12,	/* a refused row, cell by cell */
	PLACE_QUESTIONS = 1 << 13,	/* a list of questions, which is a PLACE_LIST too */
	PLACE_DEADLINES = 1 << 14,	/* ... and of deadlines */
	PLACE_MANUFACTURERS = 1 << 15,	/* ... and of manufacturers */
	PLACE_CALENDAR = 1 << 16,	/* a month of deadlines, day by day */
	PLACE_LAST = PLACE_CALENDAR
};

struct app;

/* What is left for the middle of the screen, between the tabs and the status line. */
struct area {
	int row, column, rows, columns;
};

struct layer {
	void (*draw)(struct app *app, struct layer *layer, struct area area);
	enum place place;
	bool takes_text;		/* pasted text may come in */
	/*
	 * Does one piece of its own work while nobody presses a key; NULL: what is below goes on
	 * with its own.
	 */
	bool (*idle)(struct app *app, struct layer *layer, bool *done, struct error *error);
	struct layer *below;
};

/* One tab, or a list without a tab that was opened from a record. */
struct tab {
	struct board *board;		/* NULL for a list, and for a board that is not there */
	/* Its view is NULL for a board and for a visitor that is not there. */
	struct list list;
	size_t came_from;		/* the tab that Esc goes back to; its own number for none */
};

/* Those from BOARD_PACE on have a tab only while they are visited. */
enum { BOARD_TODAY, BOARD_FINDINGS, BOARD_FIGURES, BOARD_PACE, BOARD_COUNT };
enum { BOARD_TABS = BOARD_PACE };

struct app {
	struct session *session;
	struct board boards[BOARD_COUNT];
	/* The boards, each view with a tab, and room for the boards without and one visitor. */
	struct tab *tabs;
	size_t tab_count;		/* with the visitor's */
	size_t current;
	struct trend trend;		/* beside the headline of the boards */
	struct calendar calendar;
	struct detail detail;		/* of the record under the cursor */
	struct layer *top;		/* NULL when only the tab is there */
	struct work work;
	struct text message;		/* for the status line, until the next key */
	bool message_is_error;
	struct arena arena;		/* lives as long as the screens do */
	struct text folder;		/* of the file that was imported last, with its slash */
	int key;			/* the one being acted on */
	bool pasting;
	bool idle_failed;		/* idle work broke: not again before the next key */
	bool leaving;			/* the person asked to quit */
};

/* Runs the screens until the person leaves. False with a sentence when they cannot be shown. */
bool app_run(struct session *session, struct error *error);

/*
 * Draws, works while nobody presses a key, and waits for one. A resize, and what is pasted where no
 * text is wanted, never come out.
 */
int app_key(struct app *app);

void app_push(struct app *app, struct layer *layer);
void app_pop(struct app *app);
/* What is open: one place, or of a list of one kind of record two. */
enum place app_place(const struct app *app);
/* The place of a list of such records. */
enum place app_place_of_list(enum entity_kind entity);

/* A sentence for the status line. */
void app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What went wrong, for the status line. A reading that the person stopped is no error. */
void app_complain(struct app *app, const struct error *error);

/* The list of the open tab; NULL on a board. */
struct list *app_list(struct app *app);
/* The board of the open tab; NULL on a list. */
struct board *app_board(struct app *app);

/*
 * Opens the view, in its tab or as a visitor, with a filter, and with words for what that finds (""
 * for none).
 */
void app_open_rows(struct app *app, const struct view *view, const char *filter, const char *title);
void app_open_view(struct app *app, const struct view *view, const char *filter);
void app_open_tab(struct app *app, size_t number);
/* Opens a board that is a visitor: from then on it has a tab. */
void app_open_board(struct app *app, size_t board);
/* Goes back to the tab that the open one was opened from; false when there is none. */
bool app_go_back(struct app *app);

/* Whether there is a tab of that number: the visitor's is there while it has a list. */
bool app_tab_is_there(const struct app *app, size_t number);

/* The register was changed: every list, figure and detail is to be read again. */
void app_invalidate(struct app *app);

/*
 * Before anything is written that is no command: names the laptop, as command_run() does. Says what
 * went wrong.
 */
bool app_begin_writing(struct app *app);

/*
 * Reads the open list if what is seen is not yet what was asked for, so that nobody who types ahead
 * acts on the rows of before.  False, and said, when it cannot be read.
 */
bool app_settle(struct app *app);

/*
 * The records that an action is about: the selected ones, else the one under the cursor. NULL for
 * none; free() it.
 */
struct record_id *app_targets(struct app *app, size_t *count);
/* "12 devices", or "device CAM-1", in the arena; "" for none. */
const char *app_target_words(struct app *app, struct arena *arena);
/* Forgets the selection, now that it was acted on. */
void app_drop_selection(struct app *app);

#endif
