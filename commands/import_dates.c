/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <string.h>

/*
 * Which of day and month comes first is proved by the dates of a column, so it is only known when
 * all of them are read.  Dates are read day first; a file that proves the other is taken back and
 * read again.
 */

static bool
is_dates(const struct mapping *mapping, const struct mapping_column *column)
{
	enum field_type type;

	if (column->use != MAPPING_FIELD || column->paired)
		return false;
	type = mapping_target_field(mapping->entity, column->target)->type;
	return type == FIELD_DATE || type == FIELD_PARTIAL_DATE;
}

void
import_mark_dates(struct import *import)
{
	for (size_t i = 0; i < import->mapping.column_count; i++)
		import->date_columns[i] = is_dates(&import->mapping, &import->mapping.columns[i]);
}

/* How --dates names a column: by its heading, or "column 7". */
static const char *
name_column(struct import *import, size_t column)
{
	const char *heading = import->mapping.columns[column].heading;

	return *heading != '\0' ? heading
				: arena_format(&import->summary->arena, "column %zu", column + 1);
}

/* The same in a sentence. */
static const char *
say_column(struct import *import, size_t column)
{
	const char *heading = import->mapping.columns[column].heading;

	return *heading == '\0' ? name_column(import, column) :
	       arena_format(&import->summary->arena, "the column '%.80s'", heading);
}

static bool
refuse_both(struct import *import, size_t column, const struct mapping_column_tally *tally,
	    struct error *error)
{
	const char *name = name_column(import, column);

	return error_set(error, ERROR_INVALID,
			 "%s: the dates of %s are written in two ways: %s in row %" PRId64
			 " has the day first, %s in row %" PRId64
			 " has the month first, so nobody can tell what 03/04/2019 would mean. "
			 "Write them in one way, or say which comes first with --dates '%.80s=day' "
			 "or '%.80s=month'; then the others are refused one by one. Nothing was "
			 "changed.",
			 import->summary->file, say_column(import, column), tally->day_example,
			 tally->day_row, tally->month_example, tally->month_row, name, name);
}

/*
 * The order that the dates of a column prove; DATE_ORDER_NONE when they prove nothing or a person
 * has said it.
 */
static enum date_order
proved_order(const struct import *import, size_t column, const struct mapping_tally *tally)
{
	const struct mapping_column_tally *counted = &tally->columns[column];

	if (!is_dates(&import->mapping, &import->mapping.columns[column]) ||
	    import->mapping.columns[column].order_said)
		return DATE_ORDER_NONE;
	return counted->month > 0 ? DATE_ORDER_MONTH
	       : counted->day > 0 ? DATE_ORDER_DAY
				  : DATE_ORDER_NONE;
}

/* Who writes one column month first writes the others so: they are read alike, and asked about. */
static bool
is_month_first(const struct import *import, const struct mapping_tally *tally)
{
	bool month = false;

	for (size_t i = 0; i < import->mapping.column_count; i++) {
		enum date_order proved = proved_order(import, i, tally);

		if (proved == DATE_ORDER_DAY)
			return false;
		month |= proved == DATE_ORDER_MONTH;
	}
	return month;
}

bool
import_learn_orders(struct import *import, enum date_order *orders, bool *again,
		    struct error *error)
{
	const struct mapping_tally *tally = ahead_tally(import->ahead);
	bool month_first = is_month_first(import, tally);

	*again = false;
	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];
		const struct mapping_column_tally *counted = &tally->columns[i];
		enum date_order proved = proved_order(import, i, tally);

		if (proved != DATE_ORDER_NONE && counted->month > 0 && counted->day > 0)
			return refuse_both(import, i, counted, error);
		if (proved == DATE_ORDER_NONE && month_first && counted->either > 0 &&
		    is_dates(&import->mapping, column) && !column->order_said)
			proved = DATE_ORDER_MONTH;
		if (proved != DATE_ORDER_NONE && column->order != proved &&
		    (column->order == DATE_ORDER_MONTH || proved == DATE_ORDER_MONTH)) {
			orders[i] = proved;
			*again = true;
		}
	}
	return true;
}

static const char *
in_words(const char *text, struct arena *arena)
{
	char words[DATE_WORDS_SIZE] = "";
	struct date date;

	if (date_parse(text, true, &date))
		date_words(date, words);
	return arena_text(arena, words);
}

static void
ask_order(struct import *import, size_t column, const struct mapping_column_tally *tally,
	  struct import_date_question *question)
{
	struct arena *arena = &import->summary->arena;
	bool month_first = import->mapping.columns[column].order == DATE_ORDER_MONTH;
	char swapped[sizeof tally->example];

	*question = (struct import_date_question){
		.heading = arena_text(arena, name_column(import, column)),
		.column = column,
		.example = arena_text(arena, tally->example),
		.day_first = in_words(tally->example, arena),
		.month_first = date_swap(tally->example, swapped, sizeof swapped)
				       ? in_words(swapped, arena)
				       : "",
	};
	import_notice(import->summary,
		      "Nothing in %s proves whether the day or the month comes first: %s was read "
		      "as %s%s. If it is %s, undo and import again with --dates '%s=%s'.",
		      say_column(import, column), question->example,
		      month_first ? question->month_first : question->day_first,
		      month_first ? ", as another column has the month first" : "",
		      month_first ? question->day_first : question->month_first, question->heading,
		      month_first ? "day" : "month");
}

static void
ask_orders(struct import *import, const struct mapping_tally *tally)
{
	struct import_summary *summary = import->summary;

	summary->date_questions = arena_alloc(&summary->arena, (import->mapping.column_count + 1) *
					      sizeof *summary->date_questions);
	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];
		const struct mapping_column_tally *counted = &tally->columns[i];

		if (is_dates(&import->mapping, column) && !column->order_said &&
		    counted->either > 0 && counted->day + counted->month == 0)
			ask_order(import, i, counted,
				  &summary->date_questions[summary->date_question_count++]);
	}
}

/* How each count is told: what stands before and behind the counts by field. */
static const struct { const char *before, *behind; } count_words[MAPPING_COUNTS] = {
	[MAPPING_COUNT_UNKNOWN] = { "Read as not known", " (n/a, TBC, ? and the like)." },
	[MAPPING_COUNT_SERIAL] = { "Dates that a spreadsheet had turned into numbers were read as "
				   "dates",
				   "." },
	[MAPPING_COUNT_CUT] = { "Texts of exactly 255 characters, at which some programs cut off "
				"the rest",
				". Look whether they are whole: in rows that were taken they stand "
				"as they are." },
};

/* Cells that name a record with words for not knowing: only who looks them up can count them. */
static int64_t
count_references(const struct import *import, const struct mapping_column *column,
		 enum mapping_count what)
{
	bool is_own = column->use == MAPPING_FIELD && column->target.reference < 0;

	return is_own && what == MAPPING_COUNT_UNKNOWN ? import->not_known[column->target.field]
						       : 0;
}

/* "make 12, serial 40": counted cells by field; in the arena of the row. */
static const char *
list_counts(struct import *import, const struct mapping_tally *tally, enum mapping_count what)
{
	const char *names = "";

	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];
		int64_t count = tally->columns[i].counts[what] +
				count_references(import, column, what);
		char number[TEXT_NUMBER_SIZE];

		if (count > 0 && column->use == MAPPING_FIELD)
			names = arena_format(&import->arena, "%s%s%s %s", names,
					     *names != '\0' ? ", " : "",
					     mapping_target_name(import->entity, column->target,
								 &import->arena),
					     text_number(count, number));
	}
	return names;
}

/* Columns known to have the month first: a person said so, or a date proves it. */
static void
note_orders(struct import *import, const struct mapping_tally *tally)
{
	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];

		if (column->order == DATE_ORDER_MONTH && is_dates(&import->mapping, column) &&
		    (column->order_said || tally->columns[i].month > 0))
			import_notice(import->summary,
				      "The dates of %s were read with the month first%s.",
				      say_column(import, i),
				      column->order_said ? "" : ", as one of them proves");
	}
}

/*
 * A spreadsheet that opens a file with dates of the other order makes true dates of those that it
 * can, with day and month exchanged, and leaves the others as texts.  So with the day first, the
 * common order here, a column is only suspicious when every text is of the others and every true
 * date one that could have been exchanged.
 */
static bool
may_be_exchanged(const struct mapping_column *column, const struct mapping_column_tally *counted)
{
	if (counted->early == 0)
		return false;
	if (counted->month > 0 || (column->order == DATE_ORDER_MONTH && counted->either > 0))
		return true;
	return counted->day > 0 && counted->either == 0 && counted->late == 0;
}

static void
note_exchanged(struct import *import, const struct mapping_tally *tally)
{
	for (size_t i = 0; i < import->mapping.column_count && import->mapping.short_rows; i++) {
		const struct mapping_column_tally *counted = &tally->columns[i];
		bool month = import->mapping.columns[i].order == DATE_ORDER_MONTH ||
			     counted->month > 0;

		if (is_dates(&import->mapping, &import->mapping.columns[i]) &&
		    may_be_exchanged(&import->mapping.columns[i], counted))
			import_notice(import->summary,
				      "In %s stand both dates and texts with the %s first: a "
				      "spreadsheet set to %s first may have exchanged day and "
				      "month of its dates, such as %s in sheet row %" PRId64
				      ". Look at them.",
				      say_column(import, i), month ? "month" : "day",
				      month ? "day" : "month", counted->early_example,
				      counted->early_line);
	}
}

void
import_note_tally(struct import *import)
{
	const struct mapping_tally *tally = ahead_tally(import->ahead);

	for (int what = 0; what < MAPPING_COUNTS; what++) {
		const char *counts = list_counts(import, tally, (enum mapping_count)what);

		if (*counts != '\0')
			import_notice(import->summary, "%s: %s%s", count_words[what].before, counts,
				      count_words[what].behind);
	}
	note_orders(import, tally);
	note_exchanged(import, tally);
	ask_orders(import, tally);
}
