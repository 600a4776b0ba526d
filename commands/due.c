/* SPDX-License-Identifier: MIT */
#include "commands/due.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "commands/due_list.h"
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
	  "as a calendar (iCalendar), with milestones and last days for notice", NULL },
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
	bool (*put)(const struct session *session, const char *const *values,
		    struct wording *wording, struct error *error);
};

static void
append_line(struct text *out, const char *label, const char *value)
{
	if (value != NULL)
		text_format(out, "\n%s: %s", label, value);
}

static bool
put_deadline(const struct session *session, const char *const *values, struct wording *wording,
	     struct error *error)
{
	enum { DUE, NUMBER, SUBJECT, SITE_NAME, ORGANISATION, LAYER, KIND, TARGET, EXPIRES, OWNER,
	       REASON };
	const char *kind = values[KIND], *name = values[SITE_NAME];

	(void)error;
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
	return true;
}

static bool
put_notice(const struct session *session, const char *const *values, struct wording *wording,
	   struct error *error)
{
	enum { NOTICE, REFERENCE, NAME, SUPPLIER, END, RENEWS };

	(void)error;
	text_format(&wording->summary, "Last day to give notice of contract %s", values[REFERENCE]);
	text_append(&wording->description, values[NAME] != NULL ? values[NAME] : values[REFERENCE]);
	append_line(&wording->description, "Supplier", values[SUPPLIER]);
	append_line(&wording->description, "Ends", values[END]);
	append_line(&wording->description, "Renews without notice to", values[RENEWS]);
	append_line(&wording->description, "Marking", session->marking);
	return true;
}

enum { SITES_NAMED_MAX = 10 };	/* in one event; of more only the count is said */

/* The sites that the programme's date is the earliest for, a line each, and how many they are. */
static bool
append_sites(const struct session *session, struct text *out, int64_t *count, struct error *error)
{
	struct arena arena = { 0 };
	struct query *query = due_list_sites(session, &arena, error);
	struct page page = { 0 };
	bool read = query != NULL &&
		    query_count(session->store, query, count, error) &&
		    query_page(session->store, query, &(struct position){ { 0 }, NULL },
			       DIRECTION_AFTER, SITES_NAMED_MAX, &arena, &page, error);

	for (size_t i = 0; i < page.count && read; i++) {
		const char *const *site = page.rows[i].values;

		text_format(out, "\n%s%s%s", site[0], site[1] != NULL ? ", " : "",
			    site[1] != NULL ? site[1] : "");
	}
	if (read && *count > SITES_NAMED_MAX)
		text_format(out, "\nand %s",
			    text_count(&arena, *count - SITES_NAMED_MAX, "other site",
				       "other sites"));
	arena_free(&arena);
	return read;
}

/* The last milestone stands for sites that have no earlier date: without any, for nothing. */
static bool
put_milestone(const struct session *session, const char *const *values, struct wording *wording,
	      struct error *error)
{
	enum { DUE, NAME, SHARE, OWNER, SOURCE };
	struct text sites = { 0 };
	bool is_last = text_same(values[SHARE], "100"), done;
	int64_t count = 0;

	done = !is_last || append_sites(session, &sites, &count, error);
	if (!is_last)
		text_format(&wording->summary, "Programme: %s %% of sensitive sites clear (%s)",
			    values[SHARE], values[NAME]);
	else if (count > 0)
		text_format(&wording->summary,
			    "Programme: %" PRId64 " sensitive site%s to clear (%s)", count,
			    count == 1 ? "" : "s", values[NAME]);
	text_format(&wording->description, "Milestone %s of the programme", values[NAME]);
	append_line(&wording->description, "Owner", values[OWNER]);
	append_line(&wording->description, "Source", values[SOURCE]);
	text_append(&wording->description, text_words(&sites));
	append_line(&wording->description, "Marking", session->marking);
	text_free(&sites);
	return done;
}

static const struct part parts[] = {
	{ "deadlines",
	  "due_on,number,subject,site_name,organisation,layer,kind,target_on,expires_on,owner,"
	  "reason",
	  "open due_on<=%s", put_deadline },
	{ "milestones", "due_on,name,share,owner,source",
	  "-state:met (share=100 or due_on>=0d) due_on<=%s", put_milestone },
	{ "contracts", "notice_on,reference,name,supplier,end_on,renews_to",
	  "notice_given_on: notice_on>=0d notice_on<=%s", put_notice },
};

static bool
add_event(const struct session *session, const struct calendar *calendar, const struct part *part,
	  const struct row *row, int64_t *count, struct error *error)
{
	struct wording wording = { { 0 }, { 0 } };
	struct calendar_event event;
	char uid[UUID_TEXT_SIZE];
	bool added = part->put(session, row->values, &wording, error);

	if (added && wording.summary.length > 0) {
		event = (struct calendar_event){ .uid = uid,
						 .summary = text_words(&wording.summary),
						 .description = text_words(&wording.description) };
		added = date_parse_iso(row->values[0], &event.day) &&
			store_identity(session->store, row->id, uid, error) &&
			calendar_add(calendar, &event, error);
		*count += added;
	}
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

	while (added && more)
		added = cursor_next(cursor, &row, &more, error) &&
			(!more || add_event(session, calendar, part, &row, count, error));
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
print_calendar(struct session *session, const struct request *request, struct reply *reply,
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

static bool
print_list(struct session *session, const struct request *request, struct reply *reply,
	   const char *day, struct arena *arena, struct error *error)
{
	(void)arena;
	return due_list_print(session, request_value(request, "format"), day, reply, error) &&
	       programme_say_due(session, day, &reply->words, error) &&
	       due_list_say_dependencies(session, day, &reply->words, error);
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
