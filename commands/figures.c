/* SPDX-License-Identifier: MIT */
#include "commands/figures.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/output.h"
#include "commands/past.h"
#include "commands/programme.h"
#include "commands/view.h"
#include "core/rule.h"
#include "db/remember.h"
#include "db/standing.h"

enum { PERCENT = 100 };

#define NO_SHARE "\xe2\x80\x93"

/* Counts what a filter finds: as it is kept, else as it is remembered. */
static bool
count_filter(const struct session *session, enum entity_kind entity, const char *filter,
	     int64_t *value, int64_t *rows, struct error *error)
{
	bool is_kept;

	if (!standing_figure(session->store, entity, filter, session->today, rows, value, &is_kept,
			     error))
		return false;
	return is_kept ||
	       remember_count(session->store, entity, filter, session->today, rows, value, error);
}

/* The rule whose findings the filter asks for, NULL for another filter. */
static const struct rule *
rule_found(const struct figure *figure)
{
	static const char finding[] = "finding:";

	return strncmp(figure->filter, finding, strlen(finding)) == 0
		       ? rule_named(figure->filter + strlen(finding))
		       : NULL;
}

/*
 * What breaks a rule is kept; the few of it that are answered are not, because answers lapse. Most
 * rules have none.
 */
static bool
count_findings(const struct session *session, const struct rule *rule, int64_t *value,
	       int64_t *rows, struct error *error)
{
	struct arena arena = { 0 };
	int64_t answers = 0, answered = 0, answered_rows = 0;
	bool counted = count_filter(session, rule->entity, rule->filter, value, rows, error) &&
		       count_filter(session, ENTITY_ANSWER,
				    arena_format(&arena, "rule=%s", rule->id), &answers, &answers,
				    error) &&
		       (answers == 0 || count_filter(session, rule->entity,
						     arena_format(&arena, "answered:%s", rule->id),
						     &answered, &answered_rows, error));

	if (counted) {
		*value -= answered;
		*rows -= answered_rows;
	}
	arena_free(&arena);
	return counted;
}

static int64_t
percent_of(int64_t part, int64_t whole)
{
	return (2 * PERCENT * part + whole) / (2 * whole);
}

/* What the figure of that name counts, and of how many, of whose rows that is the share. */
static bool
count_share(const struct session *session, const struct figure *figure, int64_t *part,
	    int64_t *whole, int64_t *rows, struct error *error)
{
	return figure_value(session, figure_named(figure->part), part, error) &&
	       count_filter(session, figure->entity, figure->filter, whole, rows, error);
}

static bool
value_share(const struct session *session, const struct figure *figure, int64_t *value,
	    int64_t *rows, struct error *error)
{
	int64_t part, whole;

	if (!count_share(session, figure, &part, &whole, rows, error))
		return false;
	*value = whole == 0 ? FIGURE_OF_NONE : percent_of(part, whole);
	if (*value == PERCENT && part < whole)
		--*value;
	return true;
}

bool
figure_rows(const struct session *session, const struct figure *figure, int64_t *value,
	    int64_t *rows, struct error *error)
{
	const struct rule *rule = rule_found(figure);

	if (figure->part != NULL)
		return value_share(session, figure, value, rows, error);
	return rule != NULL ? count_findings(session, rule, value, rows, error) :
	       count_filter(session, figure->entity, figure->filter, value, rows, error);
}

bool
figure_value(const struct session *session, const struct figure *figure, int64_t *value,
	     struct error *error)
{
	int64_t rows = 0;

	return figure_rows(session, figure, value, &rows, error);
}

const char *
figure_number(const struct figure *figure, int64_t value, char out[TEXT_NUMBER_SIZE])
{
	if (figure->part == NULL)
		return text_number(value, out);
	if (value == FIGURE_OF_NONE)
		return NO_SHARE;
	snprintf(out, TEXT_NUMBER_SIZE, "%" PRId64 " %%", value);
	return out;
}

/* "manufacturer names", from its title; "MAC prefixes" begin with capitals wherever they stand. */
static const char *
unit_of(struct arena *arena, const struct entity *entity, int64_t count)
{
	char *unit = arena_text(arena, count == 1 ? entity->title : entity->titles);

	if (!isupper((unsigned char)unit[0]) || !isupper((unsigned char)unit[1]))
		*unit = (char)tolower((unsigned char)*unit);
	return unit;
}

const char *
figure_amount(struct arena *arena, const struct entity *entity, int64_t value, int64_t rows)
{
	const char *amount = text_count(arena, value, unit_of(arena, entity, 1),
					unit_of(arena, entity, 2));

	return value == rows ? amount
			     : arena_format(arena, "%s (in %s)", amount,
					    text_count(arena, rows, "row", "rows"));
}

const char *
figure_percent(struct arena *arena, int64_t part, int64_t whole)
{
	int64_t percent;

	if (whole == 0)
		return "no such sites";
	percent = percent_of(part, whole);
	if (percent == 0 && part > 0)
		return "less than 1 %";
	if (percent == PERCENT && part < whole)
		return "more than 99 %";
	return arena_format(arena, "%" PRId64 " %%", percent);
}

const struct operand figures_operands[] = {
	{ "figure", OPERAND_WORDS, 0, "ID", "one or more figures; all of them when none is named",
	  NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print them", output_formats },
	PAST_OPERAND,
	{ 0 }
};

static const struct field figure_fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	{ "id", "Id", FIELD_CODE, 0, 34, NULL, ENTITY_NONE, "", "The figure's name" },
	{ "label", "Figure", FIELD_TEXT, 0, 40, NULL, ENTITY_NONE, "", "What it counts" },
	{ "value", "Value", FIELD_INTEGER, 0, 9, NULL, ENTITY_NONE, "", "How many there are now" },
	{ "unit", "Of", FIELD_TEXT, 0, 26, NULL, ENTITY_NONE, "", "What is counted" },
	{ "rows", "Rows", FIELD_INTEGER, 0, 9, NULL, ENTITY_NONE, "",
	  "How many rows of their list they are" },
	{ "definition", "Definition", FIELD_TEXT, 0, 60, NULL, ENTITY_NONE, "",
	  "What exactly is counted" },
	{ 0 }
};

struct figure_print {
	bool for_people;
	int first;			/* of the columns */
	struct output *output;
};

/* "sites"; of a share "%", and for people both its numbers: "% (9 of 12 sites)". */
static bool
append_unit(struct text *out, const struct session *session, const struct figure *figure,
	    bool for_people, struct arena *arena, struct error *error)
{
	const struct entity *entity = &entities[figure->entity];
	char number[TEXT_NUMBER_SIZE];
	int64_t part, whole, rows;

	text_append(out, figure->part != NULL ? "%" : unit_of(arena, entity, 2));
	if (figure->part == NULL || !for_people)
		return true;
	if (!count_share(session, figure, &part, &whole, &rows, error))
		return false;
	text_format(out, " (%s of %s)", text_number(part, number),
		    figure_amount(arena, entity, whole, whole));
	return true;
}

static bool
write_figure(struct session *session, const struct figure *figure, const struct figure_print *print,
	     struct arena *arena, struct error *error)
{
	char number[24], rows_number[24];
	const char *values[] = { figure->id, figure->label, number,
				 NULL,       rows_number,   figure->definition };
	struct text unit = { 0 };
	int64_t value, rows;
	bool written = figure_rows(session, figure, &value, &rows, error) &&
		       append_unit(&unit, session, figure, print->for_people, arena, error);

	if (written) {
		snprintf(number, sizeof number, "%" PRId64, value);
		snprintf(rows_number, sizeof rows_number, "%" PRId64, rows);
		if (value == FIGURE_OF_NONE)
			values[2] = print->for_people ? NO_SHARE : NULL;
		if (print->for_people && rows != value && figure->part == NULL)
			text_format(&unit, " (in %s)", text_count(arena, rows, "row", "rows"));
		values[3] = text_words(&unit);
		written = output_row(print->output, values + print->first, error);
	}
	text_free(&unit);
	return written;
}

static bool
check_names(const char *const *names, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		if (figure_named(names[i]) == NULL)
			return error_set(error, ERROR_USAGE,
					 "There is no figure '%s'. terrier help figures lists "
					 "them.",
					 names[i]);
	return true;
}

static bool
is_wanted(const struct figure *figure, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (figure_named(names[i]) == figure)
			return true;
	return count == 0;
}

static bool
print_figures(struct session *session, const struct request *request, struct reply *reply,
	      struct error *error)
{
	struct arena arena = { 0 };
	size_t name_count;
	const char *const *names = request_words(request, "figure", &name_count);
	const char *format = request_value(request, "format");
	struct figure_print print = { .for_people = format == NULL || text_same(format, "table") };
	const struct field *const *fields;
	bool written = check_names(names, name_count, error);
	int count;

	fields = output_fields(&arena, figure_fields, &count);
	/*
	 * On a screen definitions would push numbers out of sight: terrier help figures has them.
	 */
	if (print.for_people)
		count -= 2;
	/* Nor do the names leave room for them on a narrow one: the same help has those. */
	print.first = print.for_people && output_is_narrow(reply) ? 1 : 0;
	if (written)
		print.output = output_open(session, reply, format, "Figures", fields + print.first,
					   count - print.first, error);
	written = print.output != NULL;
	for each_figure(figure)
		if (written && is_wanted(figure, names, name_count))
			written = write_figure(session, figure, &print, &arena, error);
	written = output_end(print.output, written, error);
	arena_free(&arena);
	return written;
}

/* Whether a figure is among them in which a body's sites, or its devices, count. */
static bool
counts_sites(const struct request *request)
{
	size_t count;
	const char *const *names = request_words(request, "figure", &count);

	for each_figure(figure)
		if ((figure->entity == ENTITY_SITE || figure->entity == ENTITY_DEVICE) &&
		    is_wanted(figure, names, count))
			return true;
	return false;
}

bool
command_figures(struct session *session, const struct request *request, struct reply *reply,
		struct error *error)
{
	struct session past;
	bool printed = past_open(session, request, &past, error) &&
		       print_figures(&past, request, reply, error) &&
		       (!counts_sites(request) ||
			programme_say_others(&past, &reply->words, error));

	if (printed)
		past_say(session, &past, reply);
	past_close(session, &past);
	return printed;
}
