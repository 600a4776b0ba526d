/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <string.h>

/*
 * Which of day and month comes first is proved by the dates of a column, so it is only known when all of them are read.  Dates
 * are read day first; a file that proves the other is taken back and read again.
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

/* Whether a person said it of this very file; what was said of an earlier one gives way to proof. */
static bool
is_said(const struct import *import, const struct mapping_column *column)
{
	return column->order_said && (import->saved_on == NULL || import->options->date_count > 0);
}

static bool
refuse_both(const struct import *import, const struct mapping_column *column, const struct mapping_column_tally *tally,
	    struct error *error)
{
	return error_set(error, ERROR_INVALID, "%s: the dates of the column '%.80s' are written in two ways: %s in row %" PRId64
			 " has the day first, %s in row %" PRId64 " has the month first, so nobody can tell what 03/04/2019 "
			 "would mean. Write them in one way, or say which comes first with --dates '%.80s=day' or "
			 "'%.80s=month'; then the others are refused one by one. Nothing was changed.", import->summary->file,
			 column->heading, tally->day_example, tally->day_row, tally->month_example, tally->month_row,
			 column->heading, column->heading);
}

bool
import_learn_orders(struct import *import, enum date_order *orders, bool *again, struct error *error)
{
	const struct mapping_tally *tally = ahead_tally(import->ahead);

	*again = false;
	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];
		const struct mapping_column_tally *counted = &tally->columns[i];
		enum date_order proved = counted->month > 0 ? DATE_ORDER_MONTH : DATE_ORDER_DAY;

		if (!is_dates(&import->mapping, column) || is_said(import, column) || counted->month + counted->day == 0)
			continue;
		if (counted->month > 0 && counted->day > 0)
			return refuse_both(import, column, counted, error);
		if (column->order != proved && (column->order == DATE_ORDER_MONTH || proved == DATE_ORDER_MONTH)) {
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
ask_order(struct import *import, const struct mapping_column *column, const struct mapping_column_tally *tally,
	  struct import_date_question *question)
{
	struct arena *arena = &import->summary->arena;
	char swapped[sizeof tally->example];

	*question = (struct import_date_question){
		.heading = arena_text(arena, column->heading), .example = arena_text(arena, tally->example),
		.day_first = in_words(tally->example, arena),
		.month_first = date_swap(tally->example, swapped, sizeof swapped) ? in_words(swapped, arena) : "",
	};
	import_notice(import->summary, "Nothing in the column '%s' proves whether the day or the month comes first: %s was read "
		      "as %s. If it is %s, undo and import again with --dates '%s=month'.", question->heading, question->example,
		      question->day_first, question->month_first, question->heading);
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

		if (is_dates(&import->mapping, column) && !column->order_said && counted->either > 0 &&
		    counted->day + counted->month == 0)
			ask_order(import, column, counted, &summary->date_questions[summary->date_question_count++]);
	}
}

/* "make 12, serial 40": counted cells by field; in the arena of the row. */
static const char *
list_counts(struct import *import, const struct mapping_tally *tally, bool serials)
{
	const char *names = "";

	for (size_t i = 0; i < import->mapping.column_count; i++) {
		const struct mapping_column *column = &import->mapping.columns[i];
		int64_t count = serials ? tally->columns[i].serials : tally->columns[i].unknown;
		char number[TEXT_NUMBER_SIZE];

		if (count > 0 && column->use == MAPPING_FIELD)
			names = arena_format(&import->arena, "%s%s%s %s", names, *names != '\0' ? ", " : "",
					     mapping_target_name(import->entity, column->target, &import->arena),
					     text_number(count, number));
	}
	return names;
}

void
import_note_tally(struct import *import)
{
	const struct mapping_tally *tally = ahead_tally(import->ahead);
	const char *unknown = list_counts(import, tally, false), *serials = list_counts(import, tally, true);

	if (*unknown != '\0')
		import_notice(import->summary, "Taken as not known: %s (n/a, TBC, ? and the like).", unknown);
	if (*serials != '\0')
		import_notice(import->summary, "Dates that a spreadsheet had turned into numbers were read as dates: %s.", serials);
	for (size_t i = 0; i < import->mapping.column_count; i++)
		if (import->mapping.columns[i].order == DATE_ORDER_MONTH && is_dates(&import->mapping, &import->mapping.columns[i]))
			import_notice(import->summary, "The dates of the column '%s' were read with the month first%s.",
				      import->mapping.columns[i].heading,
				      import->mapping.columns[i].order_said ? "" : ", as one of them proves");
	ask_orders(import, tally);
}
