/* SPDX-License-Identifier: MIT */
#include "commands/demo_write.h"

#include <string.h>

#include "core/filter.h"
#include "db/bulk.h"
#include "db/query.h"
#include "db/record.h"

enum { HOUR = 60 * 60, DAY = 24 * HOUR, FIRST_HOUR = 9 };

static int64_t
instant_of(const struct demo *demo, int day)
{
	return date_days(demo_plan_date(demo->plan, day)) * DAY + FIRST_HOUR * HOUR +
	       day * 431 % (7 * HOUR);
}

struct entry
demo_entry(const struct demo *demo, int day, enum entry_kind kind, const char *who,
	   const char *what, const char *why)
{
	struct entry entry = session_entry(demo->session, kind, what, why);

	entry.who = who;
	entry.at = instant_of(demo, day);
	return entry;
}

bool
demo_begin(struct demo *demo, int day, enum entry_kind kind, const char *who, const char *what,
	   const char *why, struct error *error)
{
	struct entry entry = demo_entry(demo, day, kind, who, what, why);

	return store_entry_begin(demo->session->store, &entry, error);
}

bool
demo_commit(struct demo *demo, const char *what, struct error *error)
{
	bool done = (what == NULL || store_entry_describe(demo->session->store, what, error)) &&
		    store_entry_commit(demo->session->store, error);

	arena_reset(&demo->arena);
	return done;
}

bool
demo_finish(struct demo *demo, const char *before, size_t count, const char *one, const char *many,
	    const char *after, struct error *error)
{
	struct arena *arena = &demo->arena;

	if (count > 0)
		return demo_commit(demo,
				   arena_format(arena, "%s %s%s", before,
						text_count(arena, (int64_t)count, one, many),
						after),
				   error);
	store_entry_rollback(demo->session->store);
	arena_reset(arena);
	return true;
}

static void
set_values(struct record *record, const struct demo_value *values)
{
	for (; values->field >= 0; values++)
		record->values[values->field] = values->value;
}

bool
demo_change(struct demo *demo, enum entity_kind kind, int64_t id, const struct demo_value *values,
	    struct error *error)
{
	struct record_id record_id = { kind, id };
	struct record *before, *now;

	before = store_read(demo->session->store, record_id, demo->session->today, &demo->arena,
			    error);
	if (before == NULL)
		return false;
	now = record_copy(&demo->arena, before);
	set_values(now, values);
	return store_update(demo->session->store, before, now, NULL, error);
}

bool
demo_add(struct demo *demo, enum entity_kind kind, const struct demo_value *values, int64_t *id,
	 struct error *error)
{
	struct record *record = record_new(&demo->arena, kind);

	set_values(record, values);
	if (!store_insert(demo->session->store, record, error))
		return false;
	if (id != NULL)
		*id = record->id.value;
	return true;
}

size_t
demo_find(struct demo *demo, enum entity_kind kind, const char *words, struct record_id *ids,
	  size_t limit, struct error *error)
{
	struct filter *filter = filter_parse(&demo->arena, &entities[kind], words,
					     demo->session->today, error);
	const struct field *fields[] = { entity_key(&entities[kind]) };
	struct query query = { .entity = &entities[kind],
			       .fields = fields,
			       .field_count = 1,
			       .filter = filter,
			       .today = demo->session->today };
	const struct position start = { .id = { .kind = kind } };
	struct page page = { 0 };
	size_t count = 0;

	if (filter != NULL && query_page(demo->session->store, &query, &start, DIRECTION_AFTER,
					 limit, &demo->arena, &page, error))
		for (; count < page.count; count++)
			ids[count] = page.rows[count].id;
	return count;
}

const char *
demo_contractor(const struct demo_plan *plan, int site)
{
	static const char *const names[] = { "Kestrel Fire and Security", "Northgate Cabling",
					     "Pellow Systems" };

	(void)plan;
	return names[(size_t)site % (sizeof names / sizeof names[0])];
}

bool
demo_add_organisations(struct demo *demo, struct error *error)
{
	for (const struct demo_organisation *row = demo_organisations; row->code != NULL; row++) {
		const struct demo_value values[] = {
			{ ORGANISATION_code, row->code },
			{ ORGANISATION_name, row->name },
			{ ORGANISATION_kind, row->kind },
			{ ORGANISATION_parent, row->parent[0] != '\0' ? row->parent : NULL },
			DEMO_END
		};

		if (!demo_add(demo, ENTITY_ORGANISATION, values, NULL, error))
			return false;
	}
	return true;
}

/* "KD4 7QP" in an area of no real postcode. */
static const char *
make_postcode(struct demo_plan *plan, const char *area)
{
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
	int district = chance_between(&plan->chance, 1, 9),
	    sector = chance_between(&plan->chance, 1, 9);
	char first = letters[chance_below(&plan->chance, sizeof letters - 1)];

	return arena_format(plan->arena, "%s%d %d%c%c", area, district, sector, first,
			    letters[chance_below(&plan->chance, sizeof letters - 1)]);
}

/* Who holds the building: for a third a landlord or a contractor, with a lease that ends. */
static void
set_tenure(struct demo_plan *plan, struct record *record)
{
	int luck = chance_between(&plan->chance, 0, 99);

	record->values[SITE_tenure] = luck < 65 ? "Freehold" : "Leasehold";
	if (luck < 62) {
		record->values[SITE_controller] = luck < 55 ? "department" : "unknown";
		return;
	}
	record->values[SITE_controller] = luck < 84 ? "landlord" : "contractor";
	record->values[SITE_controller_name] = demo_plan_word(plan, WORD_LANDLORD);
	if (luck >= 65)
		record->values[SITE_lease_end_on] =
			demo_plan_day(plan, DEMO_TODAY + chance_between(&plan->chance, -40, 1900));
}

static struct record *
make_site(struct demo *demo, int number)
{
	struct demo_plan *plan = demo->plan;
	const struct demo_site *site = &plan->sites[number];
	struct record *record = record_new(&demo->arena, ENTITY_SITE);
	const char **values = record->values;
	int house = chance_between(&plan->chance, 1, 180);

	values[SITE_code] = site->code;
	values[SITE_name] = site->name;
	values[SITE_property_reference] = arena_format(plan->arena, "IN-%06d", 204000 + number * 7);
	if (chance_percent(&plan->chance, 92) &&
	    strcmp(site->town->country, "Northern Ireland") != 0)
		values[SITE_uprn] = arena_format(plan->arena, "%lld", 999000100000ll + number * 37);
	values[SITE_address] = arena_format(plan->arena, "%d %s", house,
					    demo_plan_word(plan, WORD_STREET));
	values[SITE_town] = site->town->name;
	values[SITE_postcode] = make_postcode(plan, site->town->area);
	values[SITE_country] = site->town->country;
	values[SITE_region] = site->town->region;
	values[SITE_usage] = site->building->usage;
	values[SITE_contact] = site->owner;
	set_tenure(plan, record);
	return record;
}

bool
demo_add_sites(struct demo *demo, struct error *error)
{
	struct store *store = demo->session->store;
	struct bulk *bulk = bulk_open(store, ENTITY_SITE, DEMO_SITES, NULL, error);
	bool done = bulk != NULL;

	for (int i = 0; i < DEMO_SITES && done; i++) {
		struct demo_site *site = &demo->plan->sites[i];
		struct record *record = make_site(demo, i);
		int64_t references[SITE_FIELD_COUNT] = { 0 };
		struct record_id organisation;

		done = store_lookup(store, ENTITY_ORGANISATION, site->organisation->code,
				    &organisation, error);
		references[SITE_organisation] = organisation.value;
		references[SITE_parent] = site->complex >= 0 ? demo->plan->sites[site->complex].id
							     : 0;
		done = done && bulk_insert(bulk, record->values, references, &site->id, error);
	}
	if (done)
		return bulk_close(bulk, error);
	bulk_abandon(bulk);
	return false;
}
