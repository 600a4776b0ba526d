/* SPDX-License-Identifier: MIT */
#include "commands/import.h"

#include <stdlib.h>
#include <string.h>

#include "commands/template.h"
#include "import/delimiter.h"
#include "import/encoding.h"

static const struct choice unknown_words[] = {
	[MAPPING_REFUSE] = { "refuse", "", CHOICE_INITIAL },
	[MAPPING_NOTES] = { "notes", "", 0 },
	[MAPPING_LEAVE] = { "leave", "", 0 },
	{ 0 }
};

static const struct choice blank_words[] = {
	{ "keep", "", CHOICE_INITIAL },
	{ "clear", "", 0 },
	{ 0 }
};

static const struct choice absent_words[] = {
	{ "report", "", CHOICE_INITIAL },
	{ "mark", "", 0 },
	{ 0 }
};

static const struct choice format_words[] = {
	{ "table", "", CHOICE_INITIAL },
	{ "json", "", 0 },
	{ 0 }
};

const struct operand import_operands[] = {
	{ "file", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_ASKED, "FILE",
	  "CSV files or Excel workbooks", NULL },
	{ "as", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "ENTITY",
	  "What the rows are: sites, devices, assessments, deadlines, organisations, manufacturers "
	  "or manufacturer_names",
	  NULL },
	{ "map", OPERAND_OPTION, OPERAND_ASKED, "FILE",
	  "A mapping file, with lines such as Heading = field, Heading = - and field := value; - "
	  "for none",
	  NULL },
	{ "column", OPERAND_OPTIONS, OPERAND_ASKED, "HEADING=FIELD",
	  "What a heading is; - to leave it out; wins over the mapping file", NULL },
	{ "set", OPERAND_OPTIONS, OPERAND_ASKED, "FIELD=VALUE",
	  "A value for every row; wins over a heading", NULL },
	{ "dates", OPERAND_OPTIONS, OPERAND_ASKED, "ORDER",
	  "Which comes first in dates such as 03/04/2019: day, month, or for one column "
	  "HEADING=month",
	  NULL },
	{ "key", OPERAND_OPTION, OPERAND_ASKED, "FIELD,...",
	  "The fields that say which record a row is about; else its key", NULL },
	{ "key-least", OPERAND_OPTION, 0, "NUMBER",
	  "How many of the fields of --key must agree; else all", NULL },
	{ "create", OPERAND_OPTIONS, OPERAND_ASKED, "ENTITY,...",
	  "Make the site, organisation or manufacturer that a row names when nobody knows it",
	  NULL },
	{ "unknown", OPERAND_OPTION, OPERAND_ASKED, "WHAT",
	  "Headings that nobody knows: refuse the file, keep them in the notes, or leave them out",
	  unknown_words },
	{ "blank", OPERAND_OPTION, OPERAND_ASKED, "WHAT",
	  "Blank cells: keep what is known, or clear it", blank_words },
	{ "absent", OPERAND_OPTION, OPERAND_ASKED, "WHAT",
	  "Devices of the same sites that the file does not mention: report, or mark as not in "
	  "this survey",
	  absent_words },
	{ "all-or-nothing", OPERAND_FLAG, OPERAND_ASKED, NULL, "Take no row when one is refused",
	  NULL },
	{ "again", OPERAND_FLAG, 0, NULL,
	  "Compare row by row even when the same file was imported before", NULL },
	{ "encoding", OPERAND_OPTION, 0, "NAME", "How its characters are written; else found out",
	  encoding_words },
	{ "delimiter", OPERAND_OPTION, 0, "NAME", "What stands between its cells; else found out",
	  delimiter_words },
	{ "sheet", OPERAND_OPTION, OPERAND_ASKED, "NAME",
	  "The worksheet, by its name or number; else the one that fits best", NULL },
	{ "header-row", OPERAND_OPTION, 0, "NUMBER",
	  "The line or row of the heading; else found out", NULL },
	{ "refusals", OPERAND_OPTION, OPERAND_ASKED, "FILE",
	  "Where to write the refused rows, to be mended and imported", NULL },
	{ "changes", OPERAND_OPTION, OPERAND_ASKED, "FILE",
	  "Where to write, as CSV, all that is done, field by field", NULL },
	{ "dry-run", OPERAND_FLAG, OPERAND_ASKED, NULL,
	  "Do everything, say what came of it, and take it back", NULL },
	{ "why", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "Why, for the history", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "table (sentences) or json", format_words },
	{ "template", OPERAND_OPTION, OPERAND_INSTEAD, "ENTITY",
	  "Instead of importing, write a form to fill in, with a heading for every field", NULL },
	{ "output", OPERAND_OPTION, 0, "FILE",
	  "Where to write that form: its ending, .csv or .xlsx, says the format; else CSV is "
	  "printed",
	  NULL },
	{ 0 }
};

/* "sites, devices, organisations": those that files can bring. */
static bool
refuse_entity(const char *words, struct error *error)
{
	struct text names = { 0 };

	for each_entity(entity)
		if (entity->flags & ENTITY_IMPORTED)
			text_format(&names, "%s%s", names.length > 0 ? ", " : "", entity->plural);
	error_set(error, ERROR_USAGE,
		  "'%.60s' is nothing that a file can bring: expected one of %s.", words,
		  text_words(&names));
	text_free(&names);
	return false;
}

static bool
read_entity(const char *words, const struct entity **entity, struct error *error)
{
	*entity = entity_named(words);
	return (*entity != NULL && ((*entity)->flags & ENTITY_IMPORTED)) ||
	       refuse_entity(words, error);
}

bool
import_may_create(enum entity_kind kind)
{
	return (entities[kind].flags & ENTITY_IMPORTED) && kind != ENTITY_DEVICE &&
	       !entity_is_numbered(&entities[kind]);
}

bool
import_read_creates(const char *words, bool creates[ENTITY_COUNT], struct error *error)
{
	char name[32];

	while (*words != '\0') {
		size_t size = strcspn(words, ",");
		const struct entity *entity;

		if (size >= sizeof name)
			return refuse_entity(words, error);
		memcpy(name, words, size);
		name[size] = '\0';
		entity = entity_named(name);
		if (entity == NULL || !import_may_create(entity->kind))
			return error_set(error, ERROR_USAGE,
					 "--create %.30s is not understood: expected site, "
					 "organisation or manufacturer, with commas between.",
					 name);
		creates[entity->kind] = true;
		words += size + (words[size] == ',');
	}
	return true;
}

/* request_add() has seen to it that it is one of them. */
static enum mapping_unknown
read_unknown(const char *words)
{
	return words != NULL
		       ? (enum mapping_unknown)(choice_find(unknown_words, words) - unknown_words)
		       : MAPPING_REFUSE;
}

/* Whether an option was given that word. */
static bool
is_chosen(const struct request *request, const char *operand, const char *word)
{
	const char *given = request_value(request, operand);

	return given != NULL && text_same(given, word);
}

/* A whole number from 1, or 0 when the option was not given. */
static bool
read_number(const struct request *request, const char *operand, int64_t *number,
	    struct error *error)
{
	const char *words = request_value(request, operand);
	char *end;

	*number = 0;
	if (words == NULL)
		return true;
	*number = strtoll(words, &end, 10);
	return (*number > 0 && *number <= INT32_MAX && *end == '\0') ||
	       error_set(error, ERROR_USAGE,
			 "--%s %.30s is not understood: expected a whole number from 1.", operand,
			 words);
}

static bool
read_numbers(const struct request *request, struct import_options *options, struct error *error)
{
	int64_t least;

	if (!read_number(request, "key-least", &least, error))
		return false;
	options->key_least = (int)least;
	return read_number(request, "header-row", &options->heading_line, error);
}

static bool
read_options(const struct request *request, struct import_options *options, struct error *error)
{
	const char *const *creates;
	size_t count;

	*options = (struct import_options){
		.map = request_value(request, "map"),
		.refusals = request_value(request, "refusals"),
		.changes = request_value(request, "changes"),
		.key = request_value(request, "key"),
		.encoding = request_value(request, "encoding"),
		.delimiter = request_value(request, "delimiter"),
		.sheet = request_value(request, "sheet"),
		.why = request_value(request, "why"),
		.dry_run = request_has(request, "dry-run"),
		.all_or_nothing = request_has(request, "all-or-nothing"),
		.again = request_has(request, "again"),
		.blank_clears = is_chosen(request, "blank", "clear"),
		.absent_marked = is_chosen(request, "absent", "mark"),
		.unknown = read_unknown(request_value(request, "unknown")),
	};
	options->constants = request_words(request, "set", &options->constant_count);
	options->columns = request_words(request, "column", &options->column_count);
	options->dates = request_words(request, "dates", &options->date_count);
	creates = request_words(request, "create", &count);
	for (size_t i = 0; i < count; i++)
		if (!import_read_creates(creates[i], options->creates, error))
			return false;
	return read_numbers(request, options, error) &&
	       read_entity(request_value(request, "as"), &options->entity, error);
}

/* With --template nothing is imported. */
static bool
write_template(const struct session *session, const struct request *request, struct reply *reply,
	       struct error *error)
{
	const struct entity *entity;

	if (request_has(request, "file"))
		return error_set(error, ERROR_USAGE,
				 "--template writes a form and imports nothing: leave the file "
				 "away, or name the file for the form with -o.");
	return read_entity(request_value(request, "template"), &entity, error) &&
	       template_write(session, entity, request_value(request, "output"), reply, error);
}

static bool
write_json(const struct import_summary *summary, struct reply *reply, struct error *error)
{
	struct text out = { 0 };
	bool done;

	import_summary_json(summary, &out);
	done = reply->data.write == NULL || sink_write(&reply->data, out.bytes, out.length, error);
	text_free(&out);
	return done;
}

static bool
import_file(struct session *session, const struct import_options *options, bool json,
	    struct reply *reply, bool *recorded, struct error *error)
{
	struct import_summary summary = { 0 };
	struct error ignored;
	bool done = import_run(session, options, &summary, error);

	if (done && json) {
		done = write_json(&summary, reply, error);
	} else if (json && summary.given_up) {
		write_json(&summary, reply, &ignored);
	} else if (done) {
		import_summary_words(&summary, &reply->words);
		if (options->refusals != NULL && summary.refused > 0)
			text_format(&reply->words,
				    "The refused rows are in %s: mend them there and import that "
				    "file.\n",
				    options->refusals);
		else if (summary.refused > 0 && (summary.recorded || summary.source_before != NULL))
			text_append(&reply->words,
				    "The register keeps the refused rows: terrier refusal mend "
				    "mends one of them, terrier refusal export writes them to a "
				    "file that can be mended and imported.\n");
		else if (summary.refused > 0)
			text_append(&reply->words,
				    "Import with --refusals FILE to have the refused rows in a "
				    "file that can be mended and imported.\n");
	}
	reply->refused |= done && summary.refused > 0;
	*recorded = summary.recorded;
	import_summary_free(&summary);
	return done;
}

bool
command_import(struct session *session, const struct request *request, struct reply *reply,
	       struct error *error)
{
	const char *format = request_value(request, "format");
	bool json = format != NULL && text_same(format, "json");
	struct import_options options;
	const char *const *paths;
	size_t count, imported = 0;

	if (request_has(request, "template"))
		return write_template(session, request, reply, error);
	if (!read_options(request, &options, error))
		return false;
	paths = request_words(request, "file", &count);
	if ((options.refusals != NULL || options.changes != NULL) && count > 1)
		return error_set(error, ERROR_USAGE,
				 "--%s writes what came of one file: import the %zu files one "
				 "after another.",
				 options.refusals != NULL ? "refusals" : "changes", count);
	for (size_t i = 0; i < count; i++) {
		bool recorded;

		options.path = paths[i];
		if (!import_file(session, &options, json, reply, &recorded, error))
			return imported == 0
				       ? false
				       : error_prefix(error,
						      "%zu of %zu files %s imported before this: ",
						      imported, count,
						      imported == 1 ? "was" : "were");
		imported += recorded;
	}
	return true;
}
