/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "commands/finding.h"
#include "commands/programme.h"
#include "commands/report_sheets.h"
#include "core/date.h"
#include "core/map.h"

/* What the summary says of the gravest rules: how many records break each, answered or not. */
static const struct told_rule {
	const char *rule;
	const char *one, *many;		/* the beginning of the sentence, behind the count */
	const char *rest;
} told_rules[] = {
	{ "R1", "in-scope device on a sensitive site was",
	  "in-scope devices on sensitive sites were",
	  "installed after the instruction to stop, and there must be none" },
	{ "R2", "in-scope device is", "in-scope devices are",
	  "recorded on a departmental core network, where there must be none" },
};

/* "8 devices are ... (R2); 1 of them is answered." */
static bool
tell(struct report *report, const struct told_rule *told, const char **words)
{
	struct arena *arena = report->arena;
	char number[TEXT_NUMBER_SIZE];
	int64_t open, answered;

	if (!finding_counts(report->session, rule_named(told->rule), &open, &answered,
			    report->error))
		return false;
	*words = arena_format(arena, "%s %s (%s)",
			      report_count(report, open + answered, told->one, told->many),
			      told->rest, told->rule);
	if (answered > 0)
		*words = arena_format(arena, "%s; %s of them %s answered", *words,
				      text_number(answered, number), answered == 1 ? "is" : "are");
	*words = arena_format(arena, "%s.", *words);
	return true;
}

/* The programme's date as people write it; NULL for none. */
static bool
programme_words(struct report *report, const char **day_words)
{
	char words[DATE_WORDS_SIZE];
	const char *text;
	struct date day;

	*day_words = NULL;
	if (!programme_day(report->session, &text, report->arena, report->error))
		return false;
	if (text == NULL || !date_parse_iso(text, &day))
		return true;
	date_words(day, words);
	*day_words = arena_text(report->arena, words);
	return true;
}

static bool
add_late(struct report *report, struct sheet *sheet)
{
	const char *day, *words;
	struct told_rule late = { "R5", "sensitive site with in-scope devices left is",
				  "sensitive sites with in-scope devices left are", NULL };

	if (!programme_words(report, &day))
		return false;
	if (day == NULL) {
		report_add_paragraph(report, sheet,
				     "No milestone says by which day all sensitive sites must be "
				     "clear.");
		return true;
	}
	late.rest = arena_format(report->arena, "past the programme's date of %s", day);
	if (!tell(report, &late, &words))
		return false;
	report_add_paragraph(report, sheet, words);
	return true;
}

bool
report_add_breaches(struct report *report, struct sheet *sheet)
{
	for (size_t i = 0; i < sizeof told_rules / sizeof told_rules[0]; i++) {
		const char *words;

		if (!tell(report, &told_rules[i], &words))
			return false;
		report_add_paragraph(report, sheet, words);
	}
	return add_late(report, sheet);
}

/* The answer that holds to the finding of each site; `rows` begin with the code of the site. */
static bool
add_answers(struct report *report, struct report_rows *rows, size_t first)
{
	enum { SUBJECT, ANSWER, BY, UNTIL, WIDTH };
	struct report_rows answers;
	struct map places = { 0 };
	bool added;

	if (!report_gather(report, "answers", "subject,answer,answered_by,expires_on",
			   "rule=R5 state:holds", "number", &answers))
		return false;
	for (size_t i = 0; i < answers.count; i++)
		*map_add(&places, answers.values[i * answers.width], (int64_t)i,
			 &added) = (int64_t)i;
	for (size_t i = 0; i < rows->count; i++) {
		const char **values = rows->values + i * rows->width;
		const int64_t *place = map_find(&places, values[0]);

		if (place != NULL)
			memcpy(values + first,
			       answers.values + (size_t)*place * answers.width + ANSWER,
			       (WIDTH - ANSWER) * sizeof *values);
	}
	map_free(&places);
	return true;
}

bool
report_fill_late(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Site", CELL_TEXT, "" },
		{ "Name", CELL_TEXT, "not known" },
		{ "Organisation", CELL_TEXT, "not known" },
		{ "Devices left", CELL_NUMBER, "not known" },
		{ "Answer", CELL_TEXT, "not answered" },
		{ "Answered by", CELL_TEXT, "nobody" },
		{ "Holds until", CELL_DATE, "no date" },
		{ 0 }
	};
	enum { FIRST_ANSWER = 4, WIDTH = 7 };
	const struct figure *late = figure_named("sensitive_sites_late");
	const char *day;
	struct report_rows found, rows = { .width = WIDTH };

	sheet->title = late->label;
	sheet->empty = "No sensitive site with in-scope devices left is past the programme's date.";
	sheet->columns = columns;
	if (!programme_words(report, &day) ||
	    !report_gather(report, "sites", "code,name,organisation,in_scope_left", late->filter,
			   "organisation,code", &found))
		return false;
	for (size_t i = 0; i < found.count; i++)
		memcpy(report_add_row(report, &rows), found.values + i * found.width,
		       found.width * sizeof *rows.values);
	report_add_paragraph(report, sheet, late->definition);
	if (day != NULL)
		report_add_paragraph(report, sheet,
				     arena_format(report->arena, "The programme's date is %s.",
						  day));
	sheet->row_count = rows.count;
	sheet->values = rows.values;
	return rows.count == 0 || add_answers(report, &rows, FIRST_ANSWER);
}

static bool
add_rule(struct report *report, const struct rule *rule, struct report_rows *rows)
{
	const char **values = report_add_row(report, rows);
	int64_t open, answered;

	if (!finding_counts(report->session, rule, &open, &answered, report->error))
		return false;
	*values++ = rule->id;
	*values++ = rule->name;
	*values++ = severities[rule->severity].name;
	*values++ = arena_format(report->arena, "%" PRId64, open);
	*values++ = arena_format(report->arena, "%" PRId64, answered);
	*values++ = entities[rule->entity].plural;
	*values++ = rule->citation;
	return true;
}

bool
report_fill_findings(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Rule", CELL_TEXT, "" },
		{ "Name", CELL_TEXT, "" },
		{ "Severity", CELL_TEXT, "" },
		{ "Open", CELL_NUMBER, "" },
		{ "Answered", CELL_NUMBER, "" },
		{ "Of", CELL_TEXT, "" },
		{ "Source", CELL_TEXT, "" },
		{ 0 }
	};
	struct report_rows rows = { .width = 7 };

	for (int severity = 0; severity < SEVERITY_COUNT; severity++)
		for each_rule(rule)
			if ((int)rule->severity == severity && rule->filter != NULL &&
			    !add_rule(report, rule, &rows))
				return false;
	sheet->title = "Findings by rule";
	sheet->columns = columns;
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	report_add_paragraph(report, sheet,
			     "A finding is a record that breaks a rule of the policy. It is open "
			     "until that is put right, or until a person answers it with a reason "
			     "and a last day; then it is counted as Answered. The gravest rules "
			     "come first: a breach of the instruction, what is late, what is to be "
			     "decided, and what is in doubt.");
	return true;
}
