/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/report_sheets.h"
#include "core/choice.h"
#include "core/figure.h"
#include "core/map.h"
#include "db/record.h"

/* Who must see to a date: the owners by the layer that sets it, what it is set for, and the day. */
struct owners {
	struct report *report;
	struct map places;		/* of each key in names */
	const char **names;
	size_t count;
	struct map sites;		/* of in-scope devices: the place of each in devices */
	struct report_rows devices;
	struct map parents;		/* of organisations: the place of each in organisations */
	struct report_rows organisations;
};

static const char *
key_of(const struct owners *owners, const char *layer, const char *subject, const char *day)
{
	return arena_format(owners->report->arena, "%s %s %s", layer, day, subject);
}

/* The first that is named for the date counts. */
static void
add_owner(struct owners *owners, const char *layer, const char *subject, const char *day,
	  const char *owner)
{
	bool added;

	if (owner == NULL || subject == NULL)
		return;
	map_add(&owners->places, key_of(owners, layer, subject, day), (int64_t)owners->count,
		&added);
	if (added)
		owners->names[owners->count++] = owner;
}

/* The site of a device: most that have a deadline are in scope, and were gathered. */
static bool
find_site(const struct owners *owners, const char *tag, const char **site)
{
	struct report *report = owners->report;
	const int64_t *place = map_find(&owners->sites, tag);
	const struct record *device;
	struct record_id id;

	if (place != NULL) {
		*site = owners->devices.values[(size_t)*place * owners->devices.width + 1];
		return true;
	}
	if (!store_lookup(report->session->store, ENTITY_DEVICE, tag, &id, report->error))
		return false;
	device = store_read(report->session->store, id, report->session->today, report->arena,
			    report->error);
	*site = device != NULL ? device->values[DEVICE_site] : NULL;
	return device != NULL;
}

static void
place_rows(const struct report_rows *rows, struct map *places)
{
	bool added;

	for (size_t i = 0; i < rows->count; i++)
		map_add(places, rows->values[i * rows->width], (int64_t)i, &added);
}

/* Of an organisation and of a device only what makes devices go counts; of a site any. */
static bool
gather_owners(struct owners *owners)
{
	enum { LAYER, SITE, DEVICE, BODY, DUE, OWNER };
	struct report *report = owners->report;
	struct report_rows deadlines, milestones;

	if (!report_gather(report, "devices", "tag,site",
			   figure_named("devices_in_scope_left_sensitive")->filter, "tag",
			   &owners->devices) ||
	    !report_gather(report, "organisations", "code,parent", NULL, "code",
			   &owners->organisations) ||
	    !report_gather(report, "milestones", "due_on,owner", "share=100", "due_on",
			   &milestones) ||
	    !report_gather(report, "deadlines", "layer,site,device,body,due_on,owner",
			   "open (-site: or kind:remove or kind:replace or kind:disconnect)",
			   "due_on,number", &deadlines))
		return false;
	place_rows(&owners->devices, &owners->sites);
	place_rows(&owners->organisations, &owners->parents);
	owners->names = arena_alloc(report->arena, (deadlines.count + milestones.count + 1) *
							   sizeof *owners->names);
	for (size_t i = 0; i < milestones.count; i++)
		add_owner(owners, "programme", "", milestones.values[i * milestones.width],
			  milestones.values[i * milestones.width + 1]);
	for (size_t i = 0; i < deadlines.count; i++) {
		const char *const *row = deadlines.values + i * deadlines.width;
		const char *subject = row[BODY] != NULL ? row[BODY] : row[SITE];

		if (row[OWNER] != NULL && row[DEVICE] != NULL &&
		    !find_site(owners, row[DEVICE], &subject))
			return false;
		add_owner(owners, row[LAYER], subject, row[DUE], row[OWNER]);
	}
	return true;
}

static const char *
owner_of(const struct owners *owners, const char *layer, const char *subject, const char *day)
{
	const int64_t *place = map_find(&owners->places, key_of(owners, layer, subject, day));

	return place != NULL ? owners->names[*place] : NULL;
}

/* The organisation's own, else of the nearest above; no chain is longer than there are of them. */
static const char *
owner_above(const struct owners *owners, const char *organisation, const char *day)
{
	const char *owner = NULL;

	for (size_t i = 0; i < owners->organisations.count && organisation != NULL && owner == NULL;
	     i++) {
		const int64_t *place = map_find(&owners->parents, organisation);

		owner = owner_of(owners, "organisation", organisation, day);
		organisation =
			place != NULL
				? owners->organisations
					  .values[(size_t)*place * owners->organisations.width + 1]
				: NULL;
	}
	return owner;
}

static void
free_owners(struct owners *owners)
{
	map_free(&owners->places);
	map_free(&owners->sites);
	map_free(&owners->parents);
}

enum { CODE, NAME, ORGANISATION, LEFT, STATE, DUE, LAYER, OWNER, WIDTH };

static void
fill_row(const struct owners *owners, const char **values)
{
	const char *layer = values[LAYER], *day = values[DUE];

	if (day == NULL)
		values[LAYER] = NULL;
	else if (text_same(layer, "organisation"))
		values[OWNER] = owner_above(owners, values[ORGANISATION], day);
	else
		values[OWNER] = owner_of(owners, layer,
					 text_same(layer, "programme") ? "" : values[CODE], day);
}

bool
report_fill_to_clear(struct report *report, struct sheet *sheet)
{
	static const struct sheet_column columns[] = {
		{ "Site", CELL_TEXT, "" },
		{ "Name", CELL_TEXT, "not known" },
		{ "Organisation", CELL_TEXT, "not known" },
		{ "Devices left", CELL_NUMBER, "not known" },
		{ "State", CELL_TEXT, "not known" },
		{ "Due", CELL_DATE, "no date set" },
		{ "Set by", CELL_TEXT, "no date set" },
		{ "Owner", CELL_TEXT, "nobody named" },
		{ 0 }
	};
	const struct figure *figure = figure_named("sensitive_sites_to_clear");
	struct owners owners = { .report = report };
	struct report_rows found, rows = { .width = WIDTH };
	bool done;

	sheet->title = figure->label;
	sheet->empty = "No sensitive site has in-scope devices left.";
	sheet->columns = columns;
	done = report_gather(report, "sites",
			     "code,name,organisation,in_scope_left,state,due_on,due_layer",
			     figure->filter, "due_on,code", &found) &&
	       (found.count == 0 || gather_owners(&owners));
	for (size_t i = 0; i < found.count && done; i++) {
		const char **values = report_add_row(report, &rows);

		memcpy(values, found.values + i * found.width, found.width * sizeof *values);
		fill_row(&owners, values);
	}
	free_owners(&owners);
	report_add_paragraph(report, sheet, figure->definition);
	if (rows.count > 0)
		report_add_paragraph(report, sheet,
				     "Due is the earliest open date that asks for the site: that "
				     "of the whole programme, of its organisation or one above "
				     "that, of the site itself, or of a device there. Set by says "
				     "which of the four it is, and Owner is who must see to that "
				     "one.");
	sheet->values = rows.values;
	sheet->row_count = rows.count;
	return done;
}
