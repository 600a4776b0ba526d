/* SPDX-License-Identifier: MIT */
#include "commands/make.h"

#include <string.h>

#include "commands/list_change.h"
#include "commands/record.h"
#include "core/unknown.h"
#include "db/maker_load.h"
#include "db/query.h"
#include "db/record.h"

enum { NEAREST_SAID = 3, NAMES_SAID = 4 };

const struct operand manufacturer_merge_operands[] = {
	{ "make", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "MAKE",
	  "the makes, as terrier list makes prints them", NULL },
	{ "into", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "MANUFACTURER",
	  "the manufacturer whose they are", NULL },
	{ "new", OPERAND_FLAG, 0, NULL, "make the manufacturer when there is none of that name",
	  NULL },
	{ "kind", OPERAND_OPTION, OPERAND_ASKED, "KIND",
	  "what sort of names they are; spelling when left out", name_kinds },
	{ "confidence", OPERAND_OPTION, 0, "WORD", "how sure that is; likely when left out",
	  confidences },
	{ "source", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "where that is said", NULL },
	{ "dry-run", OPERAND_FLAG, 0, NULL, "only say what it does to the devices", NULL },
	{ "changes", OPERAND_OPTION, 0, "FILE",
	  "write the devices that it concerns to this CSV file", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

/* A merge on its way. */
struct merge {
	struct session *session;
	const struct request *request;
	struct arena arena;
	const char **makes;
	size_t count;
	const char *into;		/* words */
	struct record_id manufacturer;	/* value 0: to be made */
};

/* The makes by name, each once whatever its case: those selected on the screens, else the words. */
static bool
list_makes(struct merge *merge, struct error *error)
{
	size_t count = merge->request->selection_count, words;
	const char *const *given = request_words(merge->request, "make", &words);

	if (count == 0)
		count = words;
	merge->makes = arena_alloc(&merge->arena, (count + 1) * sizeof *merge->makes);
	for (size_t i = 0; i < count; i++) {
		const struct record *record = NULL;
		bool there = false;

		if (merge->request->selection_count > 0)
			record = store_read(merge->session->store, merge->request->selection[i],
					    merge->session->today, &merge->arena, error);
		if (merge->request->selection_count > 0 && record == NULL)
			return false;
		merge->makes[merge->count] = record != NULL ? record_key(record) : given[i];
		for (size_t j = 0; j < merge->count; j++)
			there |= text_same(merge->makes[j], merge->makes[merge->count]);
		merge->count += !there;
	}
	return merge->count > 0 || error_set(error, ERROR_USAGE,
					     "Name at least one make: terrier list makes prints "
					     "those that no table knows.");
}

static bool
refuse_unknown(const struct maker_table *makers, const char *into, struct error *error)
{
	const char *names[NEAREST_SAID];
	int64_t manufacturers[NEAREST_SAID];
	int count = maker_nearest(makers, into, names, manufacturers, NEAREST_SAID);
	struct text nearest = { 0 };

	for (int i = 0; i < count; i++)
		text_format(&nearest, "%s'%.80s'", i == 0 ? " The nearest names are: " : ", ",
			    names[i]);
	error_set(error, ERROR_NOT_FOUND,
		  "There is no manufacturer '%.80s' in the register.%s%s Give one of those that "
		  "terrier list manufacturers prints, or --new to make it. Nothing was changed.",
		  into, text_words(&nearest), nearest.length > 0 ? "." : "");
	text_free(&nearest);
	return false;
}

static bool
find_manufacturer(struct merge *merge, struct error *error)
{
	struct maker_table *makers;

	merge->into = request_value(merge->request, "into");
	if (!store_lookup(merge->session->store, ENTITY_MANUFACTURER, merge->into,
			  &merge->manufacturer, error))
		return false;
	if (merge->manufacturer.value != 0 || request_has(merge->request, "new"))
		return true;
	makers = store_makers(merge->session->store, error);
	return makers != NULL && refuse_unknown(makers, merge->into, error);
}

/* What no manufacturer may be called by, and what is another's already. */
static bool
check_make(struct merge *merge, const char *make, bool *known, struct error *error)
{
	struct maker_table *makers = store_makers(merge->session->store, error);
	struct maker_match match;
	const struct record *other;

	if (makers == NULL)
		return false;
	if (unknown_is(make))
		return error_set(error, ERROR_INVALID,
				 "'%.80s' is no make: it says that nobody knows it. Nothing was "
				 "changed.",
				 make);
	maker_match(makers, make, NULL, NULL, &match);
	*known = match.label != 0 && match.label == merge->manufacturer.value;
	if (match.label == 0 || *known)
		return true;
	other = store_read(merge->session->store,
			   (struct record_id){ ENTITY_MANUFACTURER, match.label },
			   merge->session->today, &merge->arena, error);
	return other != NULL &&
	       error_set(error, ERROR_CONFLICT,
			 "'%.80s' is known as a name of %.80s already: change that name first "
			 "(terrier list manufacturer_names). Nothing was changed.",
			 make, record_key(other));
}

bool
make_check_name(struct session *session, const struct record *record, struct arena *arena,
		struct error *error)
{
	struct record_id called = { 0 }, whose = { 0 };
	const char *const *values = record->values;
	const struct record *other;

	if (record->entity->kind != ENTITY_MANUFACTURER_NAME ||
	    values[MANUFACTURER_NAME_name] == NULL ||
	    values[MANUFACTURER_NAME_manufacturer] == NULL)
		return true;
	if (!store_lookup(session->store, ENTITY_MANUFACTURER, values[MANUFACTURER_NAME_name],
			  &called, error) ||
	    !store_lookup(session->store, ENTITY_MANUFACTURER,
			  values[MANUFACTURER_NAME_manufacturer], &whose, error))
		return false;
	if (called.value == 0 || called.value == whose.value)
		return true;
	other = store_read(session->store, called, session->today, arena, error);
	if (other == NULL || !text_same(record_key(other), values[MANUFACTURER_NAME_name]))
		return other != NULL;
	return error_set(error, ERROR_CONFLICT,
			 "'%.80s' is a manufacturer of its own in the register, so it is no other "
			 "name of %.80s. Nothing was changed.",
			 record_key(other), values[MANUFACTURER_NAME_manufacturer]);
}

static bool
make_manufacturer(struct merge *merge, struct error *error)
{
	struct record *manufacturer = record_new(&merge->arena, ENTITY_MANUFACTURER);

	if (!record_set(manufacturer, MANUFACTURER_name, merge->into, &merge->arena, error) ||
	    !store_insert(merge->session->store, manufacturer, error))
		return false;
	merge->manufacturer = manufacturer->id;
	return true;
}

static bool
add_name(struct merge *merge, const char *make, const char *manufacturer, struct error *error)
{
	static const struct { const char *option; int field; } options[] = {
		{ "kind", MANUFACTURER_NAME_kind },
		{ "confidence", MANUFACTURER_NAME_confidence },
		{ "source", MANUFACTURER_NAME_source },
	};
	struct record *name = record_new(&merge->arena, ENTITY_MANUFACTURER_NAME);

	if (!record_set(name, MANUFACTURER_NAME_name, make, &merge->arena, error))
		return false;
	name->values[MANUFACTURER_NAME_manufacturer] = manufacturer;
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		const char *value = request_value(merge->request, options[i].option);

		if (value != NULL &&
		    !record_set(name, options[i].field, value, &merge->arena, error))
			return false;
	}
	return store_insert(merge->session->store, name, error);
}

/* "These 14 spellings are Hikvision", "HIKVISON is Hikvision" */
static const char *
describe(struct merge *merge, const struct list_change *change, int added, const char *manufacturer)
{
	const char *kind = request_value(merge->request, "kind"), *names = "";

	if (added == 0)
		return change->what;
	for (size_t i = 0; i < merge->count && i < NAMES_SAID; i++)
		names = arena_format(&merge->arena, "%s%s%s", names, i > 0 ? ", " : "",
				     merge->makes[i]);
	if (merge->count == 1)
		return arena_format(&merge->arena, "%s is %s", names, manufacturer);
	return arena_format(&merge->arena, "These %zu %s are %s: %s%s", merge->count,
			    kind == NULL || text_same(kind, choice_initial(name_kinds))
				    ? "spellings"
				    : "names",
			    manufacturer, names, merge->count > NAMES_SAID ? " and others" : "");
}

static bool
add_names(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	struct merge *merge = change->context;
	const struct record *manufacturer;
	bool *known = arena_alloc(&merge->arena, merge->count * sizeof *known);

	for (size_t i = 0; i < merge->count; i++)
		if (!check_make(merge, merge->makes[i], &known[i], error))
			return false;
	if (merge->manufacturer.value == 0 && !make_manufacturer(merge, error))
		return false;
	manufacturer = store_read(session->store, merge->manufacturer, session->today,
				  &merge->arena, error);
	if (manufacturer == NULL)
		return false;
	for (size_t i = 0; i < merge->count; i++) {
		if (known[i])
			continue;
		if (!text_same(merge->makes[i], record_key(manufacturer)) &&
		    !add_name(merge, merge->makes[i], record_key(manufacturer), error))
			return false;
		++*changed;
	}
	change->what = describe(merge, change, *changed, record_key(manufacturer));
	return true;
}

/* A slip of the pen becomes a name that nothing has: it does no harm, and helps nobody. */
static bool
say_unborne(struct merge *merge, struct reply *reply, struct error *error)
{
	const struct entity *devices = &entities[ENTITY_DEVICE];
	struct query query = { .entity = devices, .today = merge->session->today };

	for (size_t i = 0; i < merge->count && merge->request->selection_count == 0; i++) {
		int64_t count = 0;

		query.filter = filter_is(&merge->arena, &devices->fields[DEVICE_make],
					 merge->makes[i]);
		if (!query_count(merge->session->store, &query, &count, error))
			return false;
		if (count == 0)
			text_format(&reply->words,
				    "No device in the register has the make '%.80s': is it spelt "
				    "as on the devices?\n",
				    merge->makes[i]);
	}
	return true;
}

bool
command_manufacturer_merge(struct session *session, const struct request *request,
			   struct reply *reply, struct error *error)
{
	struct merge merge = { .session = session, .request = request };
	struct list_change change = { .what = "Merge makes", .context = &merge, .make = add_names };
	bool done = list_makes(&merge, error) && find_manufacturer(&merge, error) &&
		    list_change_run(session, request, &change, reply, error) &&
		    say_unborne(&merge, reply, error);

	arena_free(&merge.arena);
	return done;
}
