/* SPDX-License-Identifier: MIT */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include "tui/app.h"
#include "tui/edit.h"

/*
 * One record, field by field.  What is typed is checked when the cursor leaves the
 * field; a mistake is said at the field and what was typed stays there.  Nothing is
 * written before it is saved, and then all of it at once.
 */
struct form {
	struct layer layer;
	struct arena arena;
	const struct session *session;	/* whose today dates may be named from */
	const struct entity *entity;
	const struct record *before;	/* as it was read; NULL for a new record */
	struct record *now;
	const char **typed;		/* by field: words that could not be taken; NULL for none */
	const char **mistakes;		/* by field: what is wrong with them; NULL for nothing */
	bool read_only;
	int field;			/* the one under the cursor */
	struct edit edit;		/* its line, when it is typed and not picked */
	/* What was typed of a word that is picked, until another key is pressed. */
	struct text word;
	int top;			/* the first line that is shown */
	int rows;			/* of fields, as drawn last */
	/* The columns of a value, as drawn last; 0: not drawn yet. */
	int value_width;
};

/*
 * Opens the record, or a new one (id 0) filled with what the list's search asks for, until the
 * person leaves it.
 */
void form_run(struct app *app, struct record_id id);

/* Whether the field may be changed in this form. */
bool form_field_is_open(const struct form *form, int field);

/* Whether its line is typed by the person (not picked from fixed words). */
bool form_field_is_typed(const struct form *form, int field);

bool form_field_is_changed(const struct form *form, int field);
int form_changes(const struct form *form);

void form_draw(struct app *app, struct layer *layer, struct area area);

#endif
