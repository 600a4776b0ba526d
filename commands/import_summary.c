/* SPDX-License-Identifier: MIT */
#include "commands/import.h"

#include <inttypes.h>

#include "core/json.h"

enum { REFUSALS_SAID = 10 };

const char *
import_line_word(const char *format)
{
	return reader_line_word(format);
}

static void
say_counts(struct import_summary *summary, struct text *out)
{
	const struct { int64_t count; const char *word; } counts[] = {
		{ summary->new_rows, "new" },
		{ summary->changed, "changed" },
		{ summary->same, "same" },
		{ summary->refused, "refused" },
	};
	char number[TEXT_NUMBER_SIZE];

	text_format(out, "%s: %s %s of %s:", summary->file, text_number(summary->rows, number),
		    summary->rows == 1 ? "row" : "rows", summary->entity->plural);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		text_format(out, "%s %s %s", i > 0 ? "," : "", text_number(counts[i].count, number),
			    counts[i].word);
	text_append(out, ".\n");
	if (summary->skipped > 0)
		text_format(out, "Skipped, since they are no rows: %s%s.\n", summary->skipped_lines,
			    summary->skipped <= SKIPPED_SAID
				    ? ""
				    : arena_format(&summary->arena, "; and %s more",
						   text_number(summary->skipped - SKIPPED_SAID,
							       number)));
}

/*
 * How the file was read, where that is not what everybody expects; a guess at Windows-1252 is a
 * notice of its own.
 */
static void
say_reading(const struct import_summary *summary, struct text *out)
{
	bool common = summary->encoding == NULL || text_same(summary->encoding, "UTF-8") ||
		      text_same(summary->encoding, "Windows-1252");

	if (summary->sheet != NULL)
		text_format(out, "Read from the sheet '%s'.\n", summary->sheet);
	else if (summary->encoding != NULL && summary->delimiter != NULL &&
		 (!common || !text_same(summary->delimiter, "comma")))
		text_format(out, "Read as %s, with a %s between the cells.\n", summary->encoding,
			    summary->delimiter);
}

static void
say_absent(struct import_summary *summary, struct text *out)
{
	const struct entity *entity = summary->entity;

	if (summary->absent > 0)
		text_format(out,
			    "Absent: the register has %s of the same %s that the file does not "
			    "mention. %s\n",
			    text_count(&summary->arena, summary->absent, entity->name,
				       entity->plural),
			    entities[entity->fields[entity->scope].target].plural,
			    summary->missed == 0 ? "Nothing was done to them."
						 : arena_format(&summary->arena,
								"Newly marked as not in this "
								"survey: %" PRId64 ".",
								summary->missed));
}

static void
say_refusals(const struct import_summary *summary, struct text *out)
{
	char number[TEXT_NUMBER_SIZE];

	for (int64_t i = 0; i < summary->refused && i < REFUSALS_SAID; i++) {
		const struct import_refusal *refusal = &summary->refusals[i];

		text_format(out, "Refused: row %" PRId64 " (%s %" PRId64 "): %s.\n", refusal->row,
			    reader_line_word(summary->format), refusal->line, refusal->reason);
	}
	if (summary->refused > REFUSALS_SAID)
		text_format(out, "And %s more %s refused.\n",
			    text_number(summary->refused - REFUSALS_SAID, number),
			    summary->refused == REFUSALS_SAID + 1 ? "row was" : "rows were");
}

/* What became of the register. */
static void
say_outcome(const struct import_summary *summary, struct text *out)
{
	char day[DATE_WORDS_SIZE] = "";
	int64_t seconds;

	if (summary->imported_before != NULL &&
	    date_parse_instant(summary->imported_before, &seconds))
		date_words(date_from_instant(seconds), day);
	if (summary->nothing_to_do) {
		text_format(out,
			    "%s: nothing to do. This same file was imported on %s (source %s) and "
			    "was not compared again; --again compares it row by row.\n",
			    summary->file, day, summary->source_before);
		return;
	}
	if (*day != '\0')
		text_format(out, "This same file was imported on %s (source %s).\n", day,
			    summary->source_before);
	if (summary->recorded && summary->copy != NULL)
		text_format(out, "The register as it was before is kept in %s.\n", summary->copy);
	if (summary->dry_run)
		text_append(out, "This was a dry run: nothing was changed.\n");
	else if (!summary->recorded && summary->rows == 0)
		text_append(out, "Nothing was changed: the file has a heading and no rows.\n");
	else if (!summary->recorded && summary->refused + summary->asked_before > 0)
		text_append(out, "Nothing was changed.\n");
	else if (!summary->recorded)
		text_append(out, "Nothing was changed: the register says all of this already.\n");
}

void
import_summary_words(struct import_summary *summary, struct text *out)
{
	if (!summary->nothing_to_do) {
		say_counts(summary, out);
		say_reading(summary, out);
	}
	say_absent(summary, out);
	say_refusals(summary, out);
	for (size_t i = 0; i < summary->notice_count; i++)
		text_format(out, "%s\n", summary->notices[i]);
	say_outcome(summary, out);
}

static void
append_refusal(struct text *out, const struct import_refusal *refusal)
{
	text_format(out, "{\"row\":%" PRId64 ",\"line\":%" PRId64 ",", refusal->row, refusal->line);
	json_append_member(out, "cause", refusal_cause_name(refusal->cause));
	text_append(out, ",");
	json_append_member(out, "field", refusal->field);
	text_append(out, ",");
	json_append_member(out, "reason", refusal->reason);
	text_append(out, "}");
}

static void
append_date_question(struct text *out, const struct import_date_question *question)
{
	text_append(out, "{");
	json_append_member(out, "heading", question->heading);
	text_append(out, ",");
	json_append_member(out, "example", question->example);
	text_append(out, ",");
	json_append_member(out, "day_first", question->day_first);
	text_append(out, ",");
	json_append_member(out, "month_first", question->month_first);
	text_append(out, "}");
}

static void
append_reading(struct text *out, const struct import_summary *summary)
{
	const struct { const char *name, *value; } members[] = {
		{ "format", summary->format },
		{ "encoding", summary->encoding },
		{ "delimiter", summary->delimiter },
		{ "sheet", summary->sheet },
	};

	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		text_append(out, ",");
		json_append_member(out, members[i].name, members[i].value);
	}
	text_format(out, ",\"heading_line\":%" PRId64, summary->heading_line);
}

void
import_summary_json(const struct import_summary *summary, struct text *out)
{
	text_append(out, "{");
	json_append_member(out, "file", summary->file);
	text_append(out, ",");
	json_append_member(out, "entity", summary->entity->plural);
	append_reading(out, summary);
	text_format(out,
		    ",\"rows\":%" PRId64 ",\"new\":%" PRId64 ",\"changed\":%" PRId64
		    ",\"same\":%" PRId64 ",\"refused\":%" PRId64 ",\"absent\":%" PRId64
		    ",\"missed\":%" PRId64 ",\"skipped\":%" PRId64 ",\"questions\":%" PRId64
		    ",\"mended\":%" PRId64 ",\"refusals\":[",
		    summary->rows, summary->new_rows, summary->changed, summary->same,
		    summary->refused, summary->absent, summary->missed, summary->skipped,
		    summary->questions, summary->mended);
	for (int64_t i = 0; i < summary->refused; i++) {
		text_append(out, i > 0 ? "," : "");
		append_refusal(out, &summary->refusals[i]);
	}
	text_append(out, "],\"notices\":[");
	for (size_t i = 0; i < summary->notice_count; i++) {
		text_append(out, i > 0 ? "," : "");
		json_append_string(out, summary->notices[i]);
	}
	text_append(out, "],\"date_questions\":[");
	for (size_t i = 0; i < summary->date_question_count; i++) {
		text_append(out, i > 0 ? "," : "");
		append_date_question(out, &summary->date_questions[i]);
	}
	text_format(out, "],\"nothing_to_do\":%s,", summary->nothing_to_do ? "true" : "false");
	json_append_member(out, "copy", summary->copy);
	text_format(out, ",\"dry_run\":%s,\"taken\":%s}\n", summary->dry_run ? "true" : "false",
		    summary->dry_run || summary->given_up ? "false" : "true");
}
