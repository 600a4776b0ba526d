/* SPDX-License-Identifier: MIT */
#include "commands/view.h"

#include <string.h>

const struct view views[] = {
	/* name, title, entity, columns that come first, sort, filter, tab, help */
	{ "sites", "Sites", ENTITY_SITE, "code,name,sensitive,state,in_scope_left,due_on", "code",
	  "", true, "Every site, its sensitivity and its state" },
	{ "devices", "Devices", ENTITY_DEVICE, "tag,site,kind,make,match,due_on", "tag", "", true,
	  "Every device" },
	{ "manufacturers", "Manufacturers", ENTITY_MANUFACTURER, "name,covered,devices", "name", "",
	  true, "Who makes the devices, and which makers are covered" },
	{ "contracts", "Contracts", ENTITY_CONTRACT,
	  "reference,name,kind,supplier,one_company,notice_on,end_on", "reference", "", true,
	  "Who supplies, operates and holds the data, and when it can be ended" },
	{ "deadlines", "Deadlines", ENTITY_DEADLINE, "subject,kind,due_on,state,days,owner", "days",
	  "", true, "What must be done by when, the most urgent first" },
	{ "organisations", "Organisations", ENTITY_ORGANISATION, "", "code", "", true,
	  "Who answers for the sites" },
	{ "sources", "Sources", ENTITY_SOURCE,
	  "file,state,entity,rows,new,changed,same,refused,open,absent", "-number", "", true,
	  "Files that were imported" },
	{ "history", "History", ENTITY_ENTRY, "number,at,who,what,state", "-number", "", true,
	  "Everything that was done, newest first" },
	{ "assessments", "Assessments", ENTITY_ASSESSMENT,
	  "site,outcome,decided_on,decided_by,grounds", "-decided_on", "", false,
	  "Decisions on sites, newest first" },
	{ "manufacturer_names", "Names", ENTITY_MANUFACTURER_NAME, "", "name", "", false,
	  "Names by which manufacturers are known" },
	{ "model_prefixes", "Model prefixes", ENTITY_MODEL_PREFIX, "", "prefix", "", false,
	  "Beginnings of model numbers that tell the manufacturer" },
	{ "mac_prefixes", "MAC prefixes", ENTITY_MAC_PREFIX, "", "prefix", "", false,
	  "Blocks of MAC addresses beyond those that the program knows" },
	{ "makes", "Unknown makes", ENTITY_MAKE, "", "-devices", "", false,
	  "Makes that no table knows, those that hide most devices first" },
	{ "list_versions", "List versions", ENTITY_LIST_VERSION, "", "-number", "", false,
	  "How the list of manufacturers came to be what it is, newest first" },
	{ "extensions", "Extensions", ENTITY_EXTENSION, "", "-number", "", false,
	  "Later dates that deadlines were given, newest first" },
	{ "milestones", "Milestones", ENTITY_MILESTONE, "", "due_on", "", false,
	  "The days by which shares of the sensitive sites must be cleared" },
	{ "answers", "Answers", ENTITY_ANSWER, "", "-number", "", false,
	  "What was decided about findings, newest first" },
	{ "settings", "Settings", ENTITY_SETTING, "", "name", "", false,
	  "What the rules rest on, and where that is said" },
	{ "refusals", "Refused rows", ENTITY_REFUSAL,
	  "number,source,row,line,cause,field,reason,state", "", "", false,
	  "Rows that imports refused" },
	{ "questions", "Questions", ENTITY_QUESTION, "number,record,field,ours,theirs,answer", "",
	  "", false, "What imported files say that a person had decided otherwise" },
	{ "changes", "Changes", ENTITY_CHANGE, "at,who,record,field,old,new", "-number", "", false,
	  "Field by field, newest first" },
	{ 0 }
};

const struct view *
view_named(const char *name)
{
	const struct entity *entity = entity_named(name);

	for each_view(view)
		if (text_same(view->name, name) || (entity != NULL && view->entity == entity->kind))
			return view;
	return NULL;
}

/* Cuts the next name off a list with commas; NULL at its end. */
static const char *
next_name(const char **list, struct arena *arena)
{
	size_t size = strcspn(*list, ",");
	const char *start = *list, *name;

	if (*start == '\0')
		return NULL;
	*list += size + (start[size] == ',');
	name = text_trim(start, &size);
	return arena_bytes(arena, name, size);
}

static const struct field *
find_column(const struct entity *entity, const char *name, struct error *error)
{
	const struct field *field = field_find(entity->fields, name);
	struct text known = { 0 };

	if (field != NULL)
		return field;
	for each_field(row, entity->fields)
		text_format(&known, "%s%s", known.length > 0 ? ", " : "", row->name);
	error_set(error, ERROR_USAGE, "%s have no field '%s'. Their fields are: %s.",
		  entity->titles, name, text_words(&known));
	text_free(&known);
	return NULL;
}

static bool
add_column(struct query *query, const struct field **fields, const struct field *field,
	   struct error *error)
{
	if (field == NULL)
		return false;
	if (query->field_count == ENTITY_FIELDS_MAX)
		return error_set(error, ERROR_USAGE, "More than %d columns were asked for.",
				 ENTITY_FIELDS_MAX);
	fields[query->field_count++] = field;
	return true;
}

static bool
add_named(struct query *query, const struct field **fields, const char *names, struct arena *arena,
	  struct error *error)
{
	const char *name;

	while ((name = next_name(&names, arena)) != NULL)
		if (!add_column(query, fields, find_column(query->entity, name, error), error))
			return false;
	return true;
}

static bool
has_column(const struct query *query, const struct field *field)
{
	for (int i = 0; i < query->field_count; i++)
		if (query->fields[i] == field)
			return true;
	return false;
}

/* Those asked for; or, of the view's and then the entity's, those that a list has (or all). */
static bool
choose_columns(struct query *query, const struct view *view, const char *columns,
	       struct arena *arena, struct error *error)
{
	const struct field **fields = arena_alloc(arena, ENTITY_FIELDS_MAX * sizeof *fields);
	bool all = columns != NULL && text_same(columns, "all");

	query->fields = fields;
	if (columns != NULL && !all)
		return add_named(query, fields, columns, arena, error) &&
		       (query->field_count > 0 ||
			error_set(error, ERROR_USAGE, "No column was named."));
	if (!all && !add_named(query, fields, view->columns, arena, error))
		return false;
	for each_field(field, query->entity->fields)
		if ((all || (field->flags & FIELD_LISTED)) && !has_column(query, field) &&
		    !add_column(query, fields, field, error))
			return false;
	return true;
}

static bool
choose_order(struct query *query, const char *sort, struct arena *arena, struct error *error)
{
	const char *name;

	while ((name = next_name(&sort, arena)) != NULL) {
		struct sort *row = &query->sorts[query->sort_count];

		if (query->sort_count == QUERY_SORTS_MAX)
			return error_set(error, ERROR_USAGE,
					 "At most %d fields to sort by can be named.",
					 QUERY_SORTS_MAX);
		row->descending = *name == '-';
		row->field = find_column(query->entity, name + row->descending, error);
		if (row->field == NULL)
			return false;
		query->sort_count++;
	}
	return true;
}

static bool
choose_rows(struct query *query, const struct view *view, const char *words, struct arena *arena,
	    struct error *error)
{
	struct filter *own = filter_parse(arena, query->entity, view->filter, query->today, error);
	struct filter *asked = filter_parse(arena, query->entity, words != NULL ? words : "",
					    query->today, error);
	struct filter *both;

	if (own == NULL || asked == NULL)
		return false;
	both = arena_alloc(arena, sizeof *both);
	*both = (struct filter){ .kind = FILTER_AND, .left = own, .right = asked };
	query->filter = own->kind == FILTER_ALL ? asked : asked->kind == FILTER_ALL ? own : both;
	if (query->filter->kind == FILTER_ALL)
		query->filter = NULL;
	return true;
}

struct query *
view_query(const struct session *session, const struct view *view, const char *columns,
	   const char *filter, const char *sort, struct arena *arena, struct error *error)
{
	struct query *query = arena_alloc(arena, sizeof *query);

	query->entity = &entities[view->entity];
	query->today = session->today;
	if (!choose_columns(query, view, columns, arena, error) ||
	    !choose_rows(query, view, filter, arena, error) ||
	    !choose_order(query, sort != NULL ? sort : view->sort, arena, error))
		return NULL;
	return query;
}
