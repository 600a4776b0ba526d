/* SPDX-License-Identifier: MIT */
#include "db/sensitivity.h"

#include <string.h>

#include "core/choice.h"
#include "db/internal.h"

/* The row of the table that is the word; the last, which says least, for another one. */
static const char *
answer_named(const char *word)
{
	const char *last = "";

	for each_choice(answer, limb_answers) {
		last = answer->name;
		if (word != NULL && strcmp(word, answer->name) == 0)
			break;
	}
	return last;
}

/* What is said of a site alone, and its parent. */
static bool
read_site(struct store *store, int64_t id, struct sensitivity *own, int64_t *parent,
	  struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, SITE_ASSESSED, error);
	int step;

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", id);
	step = sqlite3_step(statement);
	own->is_there = step == SQLITE_ROW;
	own->answer = answer_named(own->is_there ? (const char *)sqlite3_column_text(statement, 1)
						 : NULL);
	*parent = own->is_there ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return step == SQLITE_ROW || step == SQLITE_DONE || store_failed(store, error);
}

static bool
says_something(const struct sensitivity *sensitivity)
{
	return strcmp(sensitivity->answer, "yes") == 0 || strcmp(sensitivity->answer, "no") == 0;
}

bool
sensitivity_of_site(struct store *store, int64_t id, struct sensitivity *sensitivity,
		    struct error *error)
{
	struct sensitivity above;
	int64_t next;

	*sensitivity = (struct sensitivity){ 0 };
	if (!read_site(store, id, sensitivity, &next, error))
		return false;
	for (int depth = 0;
	     depth < SITE_DEPTH_MAX && next != 0 && next != id && !says_something(sensitivity);
	     depth++) {
		int64_t complex = next;

		if (!read_site(store, complex, &above, &next, error))
			return false;
		if (!says_something(&above))
			continue;
		sensitivity->answer = above.answer;
		sensitivity->inherited = complex;
	}
	return true;
}

static bool
refuse(struct store *store, int64_t id, bool circle, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, SITE_CODE, error);
	int step;

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", id);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		const char *code = (const char *)sqlite3_column_text(statement, 0);

		error_set(error, ERROR_CONFLICT,
			  circle ? "Site %s would be part of itself, by way of its parent sites. "
				   "Nothing was saved; give it, or one of those, another parent "
				   "site or none."
				 : "Site %s would lie in more than %d sites one inside the other. "
				   "Nothing was saved; give it a parent site further up.",
			  code != NULL ? code : "", SITE_DEPTH_MAX);
	} else {
		store_failed(store, error);
	}
	sqlite3_reset(statement);
	return false;
}

bool
sensitivity_check_parents(struct store *store, int64_t id, struct error *error)
{
	struct sensitivity ignored;
	int64_t next;

	if (!read_site(store, id, &ignored, &next, error))
		return false;
	for (int depth = 0; next != 0; depth++) {
		if (next == id || depth == SITE_DEPTH_MAX)
			return refuse(store, id, next == id, error);
		if (!read_site(store, next, &ignored, &next, error))
			return false;
	}
	return true;
}
