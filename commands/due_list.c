/* SPDX-License-Identifier: MIT */
#include "commands/due_list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/finding_words.h"
#include "commands/output.h"
#include "commands/programme.h"
#include "commands/view.h"
#include "core/deadline.h"
#include "core/rule.h"
#include "db/record.h"

/* People see these, or on a narrow screen those; programs get every field. */
#define PEOPLE_SEE \
	"subject,kind,due_on,state,days,layer,owner,slipped,approved_by,number,site_name,reason"
#define PEOPLE_SEE_NARROW "subject,kind,due_on,days,layer,owner,slipped"

enum { NARROW_COLUMNS = 6 };	/* of those are shown; of the last only its sum is said */

/* The columns of due_list_sites(). */
enum { SITE_CODE_AT, SITE_NAME_AT, SITE_ORGANISATION_AT };

/* One list on its way. */
struct due_list {
	const struct session *session;
	const char *columns, *until;
	struct output *output;
	int slipped_at;			/* the place of that column */
	int64_t slipped, slipped_days, slipped_most;
	struct arena arena;
	struct error *error;
};

/* In the order of the view. */
static struct query *
deadlines_where(struct due_list *list, const char *filter)
{
	return view_query(list->session, view_named("deadlines"), list->columns, filter, NULL,
			  &list->arena, list->error);
}

static void
note_slipped(struct due_list *list, const char *days_text)
{
	int64_t days = days_text != NULL ? strtoll(days_text, NULL, 10) : 0;

	if (days <= 0)
		return;
	list->slipped++;
	list->slipped_days += days;
	if (days > list->slipped_most)
		list->slipped_most = days;
}

static bool
write_deadlines(struct due_list *list, const char *filter)
{
	struct query *query = deadlines_where(list, filter);
	struct cursor *cursor = query != NULL ? query_open(list->session->store, query, list->error)
					      : NULL;
	bool written = cursor != NULL, more = written;
	struct row row;

	while (written && more) {
		written = cursor_next(cursor, &row, &more, list->error);
		if (!written || !more)
			continue;
		note_slipped(list, row.values[list->slipped_at]);
		written = output_row(list->output, row.values, list->error);
	}
	cursor_close(cursor);
	return written;
}

struct query *
due_list_sites(const struct session *session, struct arena *arena, struct error *error)
{
	return view_query(session, view_named("sites"), "code,name,organisation",
			  "sensitive:yes in_scope_left>0 due_layer:programme -answered:R5", "code",
			  arena, error);
}

static const char *
state_of(int64_t days)
{
	return days < 0 ? "overdue" : days <= DEADLINE_SOON_DAYS ? "due soon" : "later";
}

/* What is the same for all of them, by the places of the fields. */
static bool
fill_programme(struct due_list *list, const char *day, const char **values)
{
	struct query *query = view_query(list->session, view_named("milestones"), "name,owner",
					 "share=100", "due_on", &list->arena, list->error);
	struct page page = { 0 };
	struct date date;
	int64_t days;

	if (query == NULL || !date_parse_iso(day, &date) ||
	    !query_page(list->session->store, query, &(struct position){ { 0 }, NULL },
			DIRECTION_AFTER, 1, &list->arena, &page, list->error))
		return false;
	days = date_days(date) - date_days(list->session->today);
	values[DEADLINE_layer] = "programme";
	values[DEADLINE_kind] = "remove";
	values[DEADLINE_target_on] = values[DEADLINE_due_on] = day;
	values[DEADLINE_state] = state_of(days);
	values[DEADLINE_days] = arena_format(&list->arena, "%" PRId64, days);
	if (page.count > 0) {
		values[DEADLINE_reason] = arena_format(&list->arena, "Milestone %s",
						       page.rows[0].values[0]);
		values[DEADLINE_owner] = page.rows[0].values[1];
	}
	return true;
}

static bool
write_site(struct due_list *list, const struct query *like, const char **values,
	   const char *const *site)
{
	const struct field *fields = entities[ENTITY_DEADLINE].fields;
	const char *row[ENTITY_FIELDS_MAX];
	const char *code = site[SITE_CODE_AT], *name = site[SITE_NAME_AT];

	values[DEADLINE_subject] = values[DEADLINE_site] = code;
	values[DEADLINE_site_name] = name != NULL ? name : code;
	values[DEADLINE_organisation] = site[SITE_ORGANISATION_AT];
	for (int i = 0; i < like->field_count; i++)
		row[i] = values[like->fields[i] - fields];
	return output_row(list->output, row, list->error);
}

static bool
write_sites(struct due_list *list, const char *day, const struct query *like)
{
	const char *values[ENTITY_FIELDS_MAX] = { NULL };
	struct query *query = due_list_sites(list->session, &list->arena, list->error);
	struct cursor *cursor = NULL;
	struct row row;
	bool more = true, written;

	if (query != NULL && fill_programme(list, day, values))
		cursor = query_open(list->session->store, query, list->error);
	written = cursor != NULL;
	while (written && more)
		written = cursor_next(cursor, &row, &more, list->error) &&
			  (!more || write_site(list, like, values, row.values));
	cursor_close(cursor);
	return written;
}

/* All sites that the programme asks for have one date: they stand behind those of that day. */
static bool
write_rows(struct due_list *list, const struct query *like)
{
	const char *day;

	if (!programme_day(list->session, &day, &list->arena, list->error))
		return false;
	if (day == NULL || strcmp(day, list->until) > 0)
		return write_deadlines(list, arena_format(&list->arena, "open due_on<=%s",
							  list->until));
	return write_deadlines(list, arena_format(&list->arena, "open due_on<=%s", day)) &&
	       write_sites(list, day, like) &&
	       write_deadlines(list, arena_format(&list->arena, "open due_on>%s due_on<=%s", day,
						  list->until));
}

static void
say_slipped(const struct due_list *list, struct text *words)
{
	char average[TEXT_NUMBER_SIZE], most[TEXT_NUMBER_SIZE], number[TEXT_NUMBER_SIZE];
	int64_t mean = list->slipped > 0
			       ? (list->slipped_days + list->slipped / 2) / list->slipped
			       : 0;

	if (list->slipped == 1)
		text_format(words, "1 of these dates has slipped, by %s day%s.\n",
			    text_number(list->slipped_most, most),
			    list->slipped_most == 1 ? "" : "s");
	else if (list->slipped > 1)
		text_format(words,
			    "%s of these dates have slipped: by %s days on average, by %s at "
			    "most.\n",
			    text_number(list->slipped, number), text_number(mean, average),
			    text_number(list->slipped_most, most));
}

static int
place_of(const struct query *query, int field)
{
	int place = 0;

	while (query->fields[place] != &entities[ENTITY_DEADLINE].fields[field])
		place++;
	return place;
}

/* The last column goes on below where it needs to, and titles are short. */
static struct output *
open_narrow(struct due_list *list, struct reply *reply, const char *format,
	    const struct query *like)
{
	const struct field **fields = arena_alloc(&list->arena, NARROW_COLUMNS * sizeof *fields);
	struct field *days = arena_alloc(&list->arena, sizeof *days);

	memcpy(fields, like->fields, NARROW_COLUMNS * sizeof *fields);
	*days = entities[ENTITY_DEADLINE].fields[DEADLINE_days];
	days->title = "Days";
	fields[place_of(like, DEADLINE_days)] = days;
	return output_open_pairs(list->session, reply, format, "Deadlines due", fields,
				 NARROW_COLUMNS, list->error);
}

bool
due_list_print(const struct session *session, const char *format, const char *until,
	       struct reply *reply, struct error *error)
{
	bool for_table = format == NULL || text_same(format, "table"),
	     for_people = for_table || text_same(format, "plain"),
	     narrow = for_table && output_is_narrow(reply);
	struct due_list list = { .session = session, .until = until, .error = error };
	const struct query *like;
	bool written = false;

	list.columns = narrow ? PEOPLE_SEE_NARROW : for_people ? PEOPLE_SEE : "all";
	like = deadlines_where(&list, NULL);
	if (like != NULL) {
		list.slipped_at = place_of(like, DEADLINE_slipped);
		list.output = narrow ? open_narrow(&list, reply, format, like)
				     : output_open(session, reply, format, "Deadlines due",
						   like->fields, like->field_count, error);
		written = output_end(list.output, list.output != NULL && write_rows(&list, like),
				     error);
	}
	if (written && for_people)
		say_slipped(&list, &reply->words);
	arena_free(&list.arena);
	return written;
}

/* What depends on something else by its date. */
static const struct dependency {
	const char *rule;
	const char *one, *many;		/* said when there are too many to name */
} dependencies[] = {
	{ "R31", "recorder is due before what records to it",
	  "recorders are due before what records to them" },
	{ "R26", "replacement comes after its device is due",
	  "replacements come after their devices are due" },
};

enum { NAMED_MAX = 5 };	/* of more only the count is said */

static bool
say_each(struct session *session, const struct rule *rule, const struct page *page,
	 struct text *words, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct record *device = store_read(session->store, page->rows[i].id,
							 session->today, arena, error);

		if (device == NULL)
			return false;
		finding_append_words(words, rule, device->values, NULL);
		text_append(words, "\n");
	}
	return true;
}

static bool
say_dependency(struct session *session, const struct dependency *dependency, const char *until,
	       struct text *words, struct arena *arena, struct error *error)
{
	const struct rule *rule = rule_named(dependency->rule);
	const char *filter = arena_format(arena, "finding:%s due_on<=%s", rule->id, until);
	struct query *query = view_query(session, view_named("devices"), "due_on", filter, "due_on",
					 arena, error);
	struct page page = { 0 };
	int64_t count;

	if (query == NULL ||
	    !query_page(session->store, query, &(struct position){ { 0 }, NULL }, DIRECTION_AFTER,
			NAMED_MAX + 1, arena, &page, error))
		return false;
	if (page.count <= NAMED_MAX)
		return say_each(session, rule, &page, words, arena, error);
	if (!query_count(session->store, query, &count, error))
		return false;
	text_format(words, "%s: terrier findings %s\n",
		    text_count(arena, count, dependency->one, dependency->many), rule->id);
	return true;
}

bool
due_list_say_dependencies(struct session *session, const char *until, struct text *words,
			  struct error *error)
{
	struct arena arena = { 0 };
	bool said = true;

	for (size_t i = 0; i < sizeof dependencies / sizeof dependencies[0] && said; i++)
		said = say_dependency(session, &dependencies[i], until, words, &arena, error);
	arena_free(&arena);
	return said;
}
