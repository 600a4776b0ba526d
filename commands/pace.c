/* SPDX-License-Identifier: MIT */
#include "commands/pace.h"

#include <inttypes.h>
#include <string.h>

#include "commands/output.h"
#include "db/record.h"

enum {
	TENTHS = 10,
	/* A month is 487/16 days: 30.4375, the twelfth of a year. */
	MONTH_DAYS = 487, MONTH_SHARE = 16,
	FORECAST_YEARS_MAX = 100,		/* what is further off is no forecast */
	PERCENT = 100,
};

/* "7", or "0.8" and "2.5" where a tenth matters. */
static const char *
tenths_words(int64_t tenths, struct arena *arena)
{
	if (tenths % TENTHS == 0 || tenths >= TENTHS * TENTHS)
		return arena_format(arena, "%" PRId64, (tenths + TENTHS / 2) / TENTHS);
	return arena_format(arena, "%" PRId64 ".%" PRId64, tenths / TENTHS, tenths % TENTHS);
}

static int64_t
left_of(const struct pace *pace)
{
	return pace->ever - pace->cleared;
}

/* Sites a month, in tenths; never 0 when anything was cleared. */
static int64_t
tenths_a_month(const struct pace_table *table, const struct pace *pace)
{
	int64_t tenths = (2 * TENTHS * pace->recently + table->months) / (2 * table->months);

	return tenths == 0 && pace->recently > 0 ? 1 : tenths;
}

/* Sites that must still be cleared for the milestone; 0 when it is met, past or not there. */
static int64_t
sites_needed(const struct pace_table *table, const struct pace *pace,
	     const struct pace_milestone *milestone)
{
	int64_t wanted = (pace->ever * milestone->share + PERCENT - 1) / PERCENT;

	if (milestone->name == NULL || date_days(milestone->due) < date_days(table->today) ||
	    wanted <= pace->cleared)
		return 0;
	return wanted - pace->cleared;
}

/* The sites a month that meet it, in tenths, rounded up; within a month of it, all of them. */
static int64_t
tenths_needed(const struct pace_table *table, const struct pace *pace,
	      const struct pace_milestone *milestone)
{
	int64_t sites = sites_needed(table, pace, milestone);
	int64_t days = date_days(milestone->due) - date_days(table->today);

	if (sites == 0 || days * MONTH_SHARE <= MONTH_DAYS)
		return TENTHS * sites;
	return (TENTHS * sites * MONTH_DAYS + MONTH_SHARE * days - 1) / (MONTH_SHARE * days);
}

/* When the last is clear at the pace of late; no date when nothing tells, or nothing is left. */
static struct date
forecast_of(const struct pace_table *table, const struct pace *pace)
{
	int64_t window = date_days(table->today) - date_days(table->since), days;

	if (pace->recently == 0 || left_of(pace) == 0)
		return (struct date){ 0 };
	days = (left_of(pace) * window + pace->recently - 1) / pace->recently;
	if (days > FORECAST_YEARS_MAX * (int64_t)DATE_MONTHS * MONTH_DAYS / MONTH_SHARE)
		return (struct date){ 0 };
	return date_from_days(date_days(table->today) + days);
}

/* "11 months after April 2025" */
static const char *
distance_words(struct date day, const struct pace_milestone *milestone, struct arena *arena)
{
	int months = (day.year - milestone->due.year) * DATE_MONTHS + day.month -
		     milestone->due.month;

	if (milestone->name == NULL)
		return "";
	if (months == 0)
		return date_days(day) <= date_days(milestone->due)
			       ? ", just in time for the last milestone"
			       : ", just after the last milestone";
	return arena_format(arena, ", %s %s %s",
			    text_count(arena, months > 0 ? months : -months, "month", "months"),
			    months > 0 ? "after" : "before", milestone->name);
}

/* "; 7 a month are needed", for each milestone that lies ahead. */
static const char *
needed_words(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	int64_t next = tenths_needed(table, pace, &table->next),
		last = tenths_needed(table, pace, &table->last);
	const char *verb = (next > 0 ? next : last) == TENTHS ? "is" : "are";

	if (next > 0 && last > 0)
		return arena_format(arena, "; %s a month %s needed for %s and %s for %s",
				    tenths_words(next, arena), verb, table->next.name,
				    tenths_words(last, arena), table->last.name);
	if (next > 0)
		return arena_format(arena, "; %s a month %s needed for %s",
				    tenths_words(next, arena), verb, table->next.name);
	return last > 0 ? arena_format(arena, "; %s a month %s needed", tenths_words(last, arena),
				       verb)
			: "";
}

static const char *
window_words(const struct pace_table *table, struct arena *arena)
{
	return table->months == 1 ? "the last month"
				  : arena_format(arena, "the last %d months", table->months);
}

/* "4 sites a month"; less than one is said as it was counted: "2 sites in 6 months". */
static const char *
pace_of_late(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	int64_t tenths = tenths_a_month(table, pace);

	if (tenths < TENTHS)
		return arena_format(arena, "%s in %d months",
				    text_count(arena, pace->recently, "site", "sites"),
				    table->months);
	return arena_format(arena, "%s %s a month", tenths_words(tenths, arena),
			    tenths == TENTHS ? "site" : "sites");
}

const char *
pace_sentence(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	struct date finish = forecast_of(table, pace);
	char month[DATE_WORDS_SIZE];

	if (pace->ever == 0)
		return "No sensitive site is known to have had in-scope equipment.";
	if (left_of(pace) == 0)
		return "Clear: no sensitive site has in-scope equipment left.";
	if (pace->recently == 0)
		return arena_format(arena,
				    "No forecast: nothing was cleared in %s, and %s %s left%s.",
				    window_words(table, arena),
				    text_count(arena, left_of(pace), "site", "sites"),
				    left_of(pace) == 1 ? "is" : "are",
				    needed_words(table, pace, arena));
	if (!date_is_set(finish))
		return arena_format(arena,
				    "At the pace of %s it will not be clear within %d years%s.",
				    window_words(table, arena), FORECAST_YEARS_MAX,
				    needed_words(table, pace, arena));
	date_words((struct date){ .year = finish.year, .month = finish.month }, month);
	return arena_format(arena, "At %s it will be clear in %s%s%s.",
			    pace_of_late(table, pace, arena), month,
			    distance_words(finish, &table->last, arena),
			    needed_words(table, pace, arena));
}

const char *
pace_words(const struct pace_table *table, struct arena *arena)
{
	char this_month[TEXT_NUMBER_SIZE], last_month[TEXT_NUMBER_SIZE];

	if (table->all.ever == 0)
		return pace_sentence(table, &table->all, arena);
	return arena_format(arena, "%s Cleared this month: %s; last month: %s.",
			    pace_sentence(table, &table->all, arena),
			    text_number(table->all.this_month, this_month),
			    text_number(table->all.last_month, last_month));
}

const char *
pace_brief(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	int64_t next = tenths_needed(table, pace, &table->next),
		needed = next > 0 ? next : tenths_needed(table, pace, &table->last);
	struct date finish = forecast_of(table, pace);
	char month[DATE_WORDS_SIZE];

	if (left_of(pace) == 0)
		return "";
	date_words((struct date){ .year = finish.year, .month = finish.month }, month);
	return arena_format(arena, "A month: %s cleared%s. %s%s.",
			    pace->recently == 0 ? "none"
						: tenths_words(tenths_a_month(table, pace), arena),
			    needed > 0 ? arena_format(arena, ", %s needed",
						      tenths_words(needed, arena))
				       : "",
			    date_is_set(finish) ? "Clear in " : "No forecast",
			    date_is_set(finish) ? month : "");
}

const struct operand pace_operands[] = {
	{ "organisation", OPERAND_WORDS, 0, "CODE",
	  "one or more organisations; all of them when none is named", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print it", output_formats },
	{ 0 }
};

static const struct field pace_fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	{ "organisation", "Organisation", FIELD_CODE, 0, 12, NULL, ENTITY_NONE, "",
	  "The organisation; (all) for all of them, (none) for sites without one" },
	{ "ever_in_scope", "Ever had", FIELD_INTEGER, 0, 8, NULL, ENTITY_NONE, "",
	  "Sensitive sites that ever had in-scope equipment" },
	{ "cleared", "Cleared", FIELD_INTEGER, 0, 7, NULL, ENTITY_NONE, "",
	  "Of them, those that have none left" },
	{ "to_clear", "To clear", FIELD_INTEGER, 0, 8, NULL, ENTITY_NONE, "",
	  "Of them, those that have some left" },
	{ "by_month", "By month", FIELD_TEXT, 0, 18, NULL, ENTITY_NONE, "",
	  "Cleared in each of the last months, the oldest first" },
	{ "pace", "A month", FIELD_DECIMAL, 0, 7, NULL, ENTITY_NONE, "",
	  "Cleared a month, over those months" },
	{ "needed_next", "For next", FIELD_DECIMAL, 0, 8, NULL, ENTITY_NONE, "",
	  "Sites a month that meet the next milestone" },
	{ "needed_last", "For last", FIELD_DECIMAL, 0, 8, NULL, ENTITY_NONE, "",
	  "Sites a month that meet the last milestone" },
	{ "forecast", "Forecast", FIELD_PARTIAL_DATE, 0, 8, NULL, ENTITY_NONE, "",
	  "The month in which the last is clear at that pace" },
	{ "words", "In words", FIELD_TEXT, 0, 60, NULL, ENTITY_NONE, "", "What it comes to" },
	{ 0 }
};

static const char *
number_text(int64_t number, struct arena *arena)
{
	return arena_format(arena, "%" PRId64, number);
}

static const char *
months_text(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	const char *text = "";

	for (int i = 0; i < table->months; i++)
		text = arena_format(arena, "%s%s%" PRId64, text, i > 0 ? " " : "",
				    pace->by_month[i]);
	return text;
}

const char *
pace_name(const struct pace_table *table, const struct pace *pace)
{
	if (pace == &table->all)
		return "(all)";
	return pace->organisation != NULL ? pace->organisation : "(none)";
}

/* Sites a month that a milestone needs; NULL for none. */
static const char *
needed_text(const struct pace_table *table, const struct pace *pace,
	    const struct pace_milestone *milestone, struct arena *arena)
{
	int64_t tenths = tenths_needed(table, pace, milestone);

	return tenths > 0 ? tenths_words(tenths, arena) : NULL;
}

struct pace_columns
pace_columns(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	struct date finish = forecast_of(table, pace);

	return (struct pace_columns){
		.left = left_of(pace),
		.by_month = months_text(table, pace, arena),
		.a_month = tenths_words(tenths_a_month(table, pace), arena),
		.needed_next = needed_text(table, pace, &table->next, arena),
		.needed_last = needed_text(table, pace, &table->last, arena),
		.forecast = { .year = finish.year, .month = finish.month },
	};
}

static bool
write_pace(struct output *output, struct reply *reply, const struct pace_table *table,
	   const struct pace *pace, struct arena *arena, struct error *error)
{
	const struct pace_columns columns = pace_columns(table, pace, arena);
	char month[DATE_TEXT_SIZE];
	const char *words = pace_sentence(table, pace, arena);
	const char *values[] = {
		pace_name(table, pace),
		number_text(pace->ever, arena),
		number_text(pace->cleared, arena),
		number_text(columns.left, arena),
		columns.by_month,
		columns.a_month,
		columns.needed_next,
		columns.needed_last,
		date_is_set(columns.forecast) ? month : NULL,
		words,
	};

	date_format(columns.forecast, month);
	if (output_is_for_people(output))
		text_format(&reply->words, "%s: %s\n", pace_name(table, pace), words);
	return output_row(output, values, error);
}

static const struct pace *
find_pace(const struct pace_table *table, const char *organisation)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].organisation != NULL &&
		    text_same(table->rows[i].organisation, organisation))
			return &table->rows[i];
	return NULL;
}

static bool
write_named(const struct session *session, struct output *output, struct reply *reply,
	    const struct pace_table *table, const char *organisation, struct arena *arena,
	    struct error *error)
{
	const struct pace *found = find_pace(table, organisation);
	struct pace none = { 0 };
	const struct record *record;

	if (found != NULL)
		return write_pace(output, reply, table, found, arena, error);
	none.by_month = arena_alloc(arena, (size_t)table->months * sizeof *none.by_month);
	record = store_find(session->store, ENTITY_ORGANISATION, organisation, session->today,
			    arena, error);
	if (record == NULL)
		return false;
	none.organisation = record_key(record);
	return write_pace(output, reply, table, &none, arena, error);
}

static bool
write_all(struct output *output, struct reply *reply, const struct pace_table *table,
	  struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < table->count; i++)
		if (!write_pace(output, reply, table, &table->rows[i], arena, error))
			return false;
	return write_pace(output, reply, table, &table->all, arena, error);
}

bool
command_pace(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	struct arena arena = { 0 };
	size_t name_count;
	const char *const *names = request_words(request, "organisation", &name_count);
	const char *format = request_value(request, "format");
	bool for_people = format == NULL || text_same(format, "table");
	const struct pace_table *table = pace_read(session, &arena, error);
	const struct field *const *fields;
	struct output *output = NULL;
	bool written;
	int count;

	fields = output_fields(&arena, pace_fields, &count);
	/* People read the words below the table. */
	if (for_people)
		count--;
	if (table != NULL)
		output = output_open(session, reply, format, "Pace", fields, count, error);
	written = output != NULL;
	if (written && name_count == 0)
		written = write_all(output, reply, table, &arena, error);
	for (size_t i = 0; i < name_count && written; i++)
		written = write_named(session, output, reply, table, names[i], &arena, error);
	written = output_end(output, written, error);
	arena_free(&arena);
	return written;
}
