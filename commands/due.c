/* SPDX-License-Identifier: MIT */
#include "commands/due.h"

#include <ctype.h>
#include <string.h>

#include "commands/output.h"
#include "commands/programme.h"
#include "commands/view.h"
#include "commands/when.h"
#include "db/identity.h"
#include "db/query.h"
#include "export/calendar.h"
#include "export/file.h"

#define DUE_WITHIN "90d"

const struct operand due_operands[] = {
	{ "within", OPERAND_OPTION, 0, "SPAN",
	  "how far to look ahead; " DUE_WITHIN " when left out", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print it", output_formats },
	{ "ics", OPERAND_FLAG, 0, NULL,
	  "as a calendar (iCalendar), with the last days for notice of contracts", NULL },
	{ "output", OPERAND_OPTION, 0, "FILE", "write the calendar to this file", NULL },
	{ "force", OPERAND_FLAG, 0, NULL, "replace the file if it exists", NULL },
	{ 0 }
};

/* The texts of one event, from the columns of its query; empty for one that is left out. */
struct wording {
	struct text summary, description;
};

/* What goes into the calendar: records of a view, the day in the first of their columns. */
struct part {
	const char *view, *columns;
	const char *filter;	/* %s stands for the last day */
	void (*put)(const struct session *session, const char *const *values,
		    struct wording *wording);
};

static void
append_line(struct text *out, const char *label, const char *value)
{
	if (value != NULL)
		text_format(out, "\n%s: %s", label, value);
}

static void
put_deadline(const struct session *session, const char *const *values, struct wording *wording)
{
	enum {
		DUE,
		NUMBER,
		SUBJECT,
		SITE_NAME,
		ORGANISATION,
		LAYER,
		KIND,
		TARGET,
		EXPIRES,
		OWNER,
		REASON
	};
	const char *kind = values[KIND], *name = values[SITE_NAME];

	text_format(&wording->summary, "%c%s %s%s%s", toupper((unsigned char)*kind), kind + 1,
		    values[SUBJECT], name != NULL ? ", " : "", name != NULL ? name : "");
	text_format(&wording->description, "Deadline %s of the %s", values[NUMBER], values[LAYER]);
	append_line(&wording->description, "Organisation", values[ORGANISATION]);
	append_line(&wording->description, "Owner", values[OWNER]);
	append_line(&wording->description, "Reason", values[REASON]);
	if (values[EXPIRES] != NULL)
		text_format(&wording->description,
			    "\nExtended from %s; the extension expires after %s", values[TARGET],
			    values[EXPIRES]);
	append_line(&wording->description, "Marking", session->marking);
}

static void
put_notice(const struct session *session, const char *const *values, struct wording *wording)
{
	enum { NOTICE, REFERENCE, NAME, SUPPLIER, END, RENEWS };

	text_format(&wording->summary, "Last day to give notice of contract %s", values[REFERENCE]);
	text_append(&wording->description, values[NAME] != NULL ? values[NAME] : values[REFERENCE]);
	append_line(&wording->description, "Supplier", values[SUPPLIER]);
	append_line(&wording->description, "Ends", values[END]);
	append_line(&wording->description, "Renews without notice to", values[RENEWS]);
	append_line(&wording->description, "Marking", session->marking);
}

static const struct part parts[] = {
	{ "deadlines",
	  "due_on,number,subject,site_name,organisation,layer,kind,target_on,expires_on,owner,"
	  "reason",
	  "open due_on<=%s", put_deadline },
	{ "contracts", "notice_on,reference,name,supplier,end_on,renews_to",
	  "notice_given_on: notice_on>=0d notice_on<=%s", put_notice },
};

static bool
add_event(const struct session *session, const struct calendar *calendar, const struct part *part,
	  const struct row *row, struct error *error)
{
	struct wording wording = { { 0 }, { 0 } };
	struct calendar_event event;
	char uid[UUID_TEXT_SIZE];
	bool added;

	part->put(session, row->values, &wording);
	event = (struct calendar_event){ .uid = uid, .summary = text_words(&wording.summary),
					 .description = text_words(&wording.description) };
	added = date_parse_iso(row->values[0], &event.day) &&
		store_identity(session->store, row->id, uid, error) &&
		calendar_add(calendar, &event, error);
	text_free(&wording.summary);
	text_free(&wording.description);
	return added;
}

static bool
add_part(const struct session *session, const struct calendar *calendar, const struct part *part,
	 const char *day, int64_t *count, struct arena *arena, struct error *error)
{
	const char *ends = strstr(part->filter, "%s");
	const char *filter = arena_format(arena, "%.*s%s", (int)(ends - part->filter), part->filter,
					  day);
	struct query *query = view_query(session, view_named(part->view), part->columns, filter,
					 NULL, arena, error);
	struct cursor *cursor = query != NULL ? query_open(session->store, query, error) : NULL;
	struct row row;
	bool more = cursor != NULL, added = cursor != NULL;

	while (added && more) {
		added = cursor_next(cursor, &row, &more, error) &&
			(!more || add_event(session, calendar, part, &row, error));
		*count += added && more;
	}
	cursor_close(cursor);
	return added;
}

static bool
write_calendar(const struct session *session, struct sink sink, const char *day, int64_t *count,
	       struct arena *arena, struct error *error)
{
	const struct calendar calendar = { .sink = sink, .made = session->now };
	bool written = calendar_begin(&calendar,
				      arena_format(arena, "Terrier deadlines (%s)",
						   session->marking),
				      error);

	*count = 0;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && written; i++)
		written = add_part(session, &calendar, &parts[i], day, count, arena, error);
	return written && calendar_end(&calendar, error);
}

static bool
print_calendar(const struct session *session, const struct request *request, struct reply *reply,
	       const char *day, struct arena *arena, struct error *error)
{
	const char *path = request_value(request, "output");
	struct file file = { 0 };
	int64_t count;
	bool done;

	if (path == NULL)
		return reply->data.write == NULL ||
		       write_calendar(session, reply->data, day, &count, arena, error);
	done = file_create(&file, path, request_has(request, "force"), error) &&
	       write_calendar(session, file_sink(&file), day, &count, arena, error) &&
	       file_commit(&file, error);
	file_abandon(&file);
	if (done)
		output_say_where(reply, text_count(arena, count, "date", "dates"), path);
	return done;
}

/* For programs every field; for people those of the list. */
static bool
print_list(const struct session *session, const struct request *request, struct reply *reply,
	   const char *day, struct arena *arena, struct error *error)
{
	const char *format = request_value(request, "format");
	bool for_people = format == NULL || text_same(format, "table") ||
			  text_same(format, "plain");
	struct query *query = view_query(session, view_named("deadlines"),
					 for_people ? NULL : "all",
					 arena_format(arena, "open due_on<=%s", day), NULL, arena,
					 error);

	return query != NULL &&
	       output_query(session, reply, format, "Deadlines due", query, error) &&
	       programme_say_due(session, day, &reply->words, error);
}

bool
command_due(struct session *session, const struct request *request, struct reply *reply,
	    struct error *error)
{
	const char *within = request_value(request, "within");
	bool as_calendar = request_has(request, "ics");
	struct arena arena = { 0 };
	const char *day = when_day(session, within != NULL ? within : DUE_WITHIN, &arena, error);
	bool done = day != NULL;

	if (done && !as_calendar && request_has(request, "output"))
		done = error_set(error, ERROR_USAGE,
				 "Only a calendar is written to a file here (--ics). To write the "
				 "list, use terrier export deadlines -o FILE.");
	if (done && as_calendar && request_has(request, "format"))
		done = error_set(error, ERROR_USAGE,
				 "A calendar has a format of its own: leave out --format or "
				 "--ics.");
	done = done && (as_calendar ? print_calendar : print_list)(session, request, reply, day,
								   &arena, error);
	arena_free(&arena);
	return done;
}
