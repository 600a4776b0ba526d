/* SPDX-License-Identifier: MIT */
#include "commands/demo_equip.h"

#include <assert.h>
#include <string.h>

#include "core/choice.h"

enum {
	UNKNOWN_MAKERS = 4,		/* in a hundred devices */
	CONFIRMED = 70,			/* in a hundred that are in scope */
	REPLACED = 74,			/* in a hundred that were removed */
	/* Devices in scope put on sensitive sites after the statement of November 2022. */
	BREACHES = 7,
	CORE_ONE_IN = 60,		/* devices in scope that were found on a core network */
	UNVERIFIED_SITES = 14,		/* in a hundred cleared ones */
	DISPOSED = 94,			/* in a hundred that were seen to be gone */
	SLIPS_ONE_IN = 350,		/* devices whose certificate has a day before the removal */
};

static const struct demo_maker *
maker_named(const char *name)
{
	const struct demo_maker *maker = demo_makers;

	while (strcmp(maker->name, name) != 0)
		maker++;
	return maker;
}

static const struct demo_maker *
choose_maker(struct demo_plan *plan, bool in_scope)
{
	const struct demo_maker *maker = demo_makers;
	int total = 0, chosen;

	for (; maker->name != NULL; maker++)
		total += in_scope ? maker->share_in_scope : maker->share_elsewhere;
	chosen = chance_between(&plan->chance, 0, total - 1);
	for (maker = demo_makers;; maker++) {
		chosen -= in_scope ? maker->share_in_scope : maker->share_elsewhere;
		if (chosen < 0)
			return maker;
	}
}

/* A model of that maker and kind; NULL when it makes none. */
static const struct demo_model *
choose_model(struct demo_plan *plan, const struct demo_maker *maker, const char *kind)
{
	const struct demo_model *model = demo_models;
	uint32_t count = 0, chosen;

	for (; model->maker != NULL; model++)
		count += strcmp(model->maker, maker->name) == 0 && strcmp(model->kind, kind) == 0;
	if (count == 0)
		return NULL;
	chosen = chance_below(&plan->chance, count);
	for (model = demo_models;; model++)
		if (strcmp(model->maker, maker->name) == 0 && strcmp(model->kind, kind) == 0 &&
		    chosen-- == 0)
			return model;
}

/* Who makes a kind that the site's own maker does not. */
static const struct demo_maker *
maker_instead(struct demo_plan *plan, const char *kind)
{
	if (strcmp(kind, "recorder") == 0 || strcmp(kind, "video management") == 0)
		return maker_named(chance_percent(&plan->chance, 60) ? "Milestone" : "Genetec");
	if (strcmp(kind, "access control") == 0)
		return maker_named(chance_percent(&plan->chance, 60) ? "Paxton" : "HID");
	return maker_named(strcmp(kind, "video intercom") == 0 ? "Paxton" : "Axis");
}

/* A word that luck below that comes to, of a hundred; the last row of a list has 100. */
struct lot { int below; const char *word; };

static const char *
draw_lot(struct demo_plan *plan, const struct lot *lots)
{
	int luck = chance_between(&plan->chance, 0, 99);

	while (luck >= lots->below)
		lots++;
	return lots->word;
}

/* The kind of the site's device of that number: recorders first, then mostly cameras. */
static const char *
choose_kind(struct demo_plan *plan, size_t number, size_t count)
{
	static const struct lot kinds[] = {
		{ 80, "camera" },
		{ 91, "access control" },
		{ 95, "video intercom" },
		{ 97, "number plate camera" },
		{ 99, "thermal camera" },
		{ 100, "video management" },
	};

	return number < 1 + count / 14 ? "recorder" : draw_lot(plan, kinds);
}

/* One in five is known by its year, some by the month; before the statement unless a breach. */
static struct date
choose_installed(struct demo_plan *plan, bool covered)
{
	int luck = chance_between(&plan->chance, 0, 99);
	struct date date = { .year = (short)chance_between(&plan->chance, 2012,
							   covered ? 2021 : 2023) };

	if (luck >= 20)
		date.month = (signed char)chance_between(&plan->chance, 1, 12);
	if (luck >= 35)
		date.day = (signed char)chance_between(&plan->chance, 1, 28);
	return date;
}

static const char *
choose_network(struct demo_plan *plan, bool in_scope)
{
	static const struct lot lots[] = {
		{ 44, "isolated" },
		{ 74, "departmental" },
		{ 80, "internet" },
		{ 90, "none" },
		{ 92, "cellular" },
		{ 100, "unknown" },
	};
	const char *network = draw_lot(plan, lots);

	return in_scope && chance_below(&plan->chance, CORE_ONE_IN) == 0 ? "core" : network;
}

static char
letter_of(const char *kind)
{
	static const struct { const char *kind; char letter; } letters[] = {
		{ "recorder", 'R' },
		{ "access control", 'A' },
		{ "video intercom", 'I' },
		{ "video management", 'V' },
	};

	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (strcmp(kind, letters[i].kind) == 0)
			return letters[i].letter;
	return 'C';
}

static struct demo_device *
add_device(struct demo_plan *plan, int site, size_t number, const struct demo_maker *maker,
	   const char *kind)
{
	struct demo_device *device = &plan->devices[plan->count++];

	assert(plan->count <= DEMO_DEVICES);
	device->site = site;
	device->tag = arena_format(plan->arena, "%s-%c%02zu", plan->sites[site].code,
				   letter_of(kind), number);
	device->kind = kind;
	device->removed = device->verified = device->disposed = DEMO_NEVER;
	device->maker = maker;
	if (maker == NULL)
		return device;
	device->model = choose_model(plan, maker, kind);
	if (device->model == NULL) {
		device->maker = maker_instead(plan, kind);
		device->model = choose_model(plan, device->maker, kind);
	}
	device->in_scope = strcmp(device->maker->covered, "yes") == 0 &&
			   choice_kind_in_scope(kind, "");
	return device;
}

/*
 * The device found there by the survey. Its maker is the installer's choice, or now and then not.
 */
static void
find_device(struct demo_plan *plan, int site, size_t number, size_t count,
	    const struct demo_maker *usual)
{
	const struct demo_maker *maker = usual;
	const char *kind = choose_kind(plan, number, count);
	struct demo_device *device;

	if (number > 1 && chance_percent(&plan->chance, 25))
		maker = choose_maker(plan, false);
	if (number > 1 && chance_percent(&plan->chance, UNKNOWN_MAKERS))
		maker = NULL;
	device = add_device(plan, site, number + 1, maker, kind);
	device->installed = choose_installed(plan, device->in_scope);
	device->network = choose_network(plan, device->in_scope);
	device->written = demo_batch_days[plan->sites[site].batch];
	device->relabelled = device->maker != NULL &&
			     strcmp(device->maker->name, "Honeywell") == 0 &&
			     plan->sites[site].cleared == DEMO_NEVER;
	device->confirmed = device->in_scope && chance_percent(&plan->chance, CONFIRMED);
	if (letter_of(kind) == 'C')
		device->recorder = plan->sites[site].first;
}

static void
equip_site(struct demo_plan *plan, int site, size_t count)
{
	const struct demo_maker *usual = choose_maker(plan, plan->sites[site].ever);

	plan->sites[site].first = plan->count;
	plan->sites[site].count = count;
	for (size_t number = 0; number < count; number++)
		find_device(plan, site, number, count, usual);
}

/*
 * When it went, was seen gone and disposed of; the last of a site goes on the day that clears it.
 */
static void
remove_device(struct demo_plan *plan, struct demo_device *device, int last_day, bool verify)
{
	device->removed = last_day - chance_between(&plan->chance, 0, 24);
	if (device->removed < device->written + 15)
		device->removed = device->written + 15;
	if (!verify)
		return;
	device->verified = last_day + chance_between(&plan->chance, 2, 40);
	if (device->verified > DEMO_TODAY - 6)
		device->verified = DEMO_NEVER;
	else if (chance_percent(&plan->chance, DISPOSED))
		device->disposed = chance_below(&plan->chance, SLIPS_ONE_IN) == 0
					   ? device->removed - 9
					   : device->verified;
}

/* All that is in scope, or of a site under way the first half. */
static void
remove_from_site(struct demo_plan *plan, const struct demo_site *site)
{
	bool cleared = site->cleared != DEMO_NEVER,
	     verify = !chance_percent(&plan->chance, UNVERIFIED_SITES);
	bool begun = cleared ||
		     (site->sensitive && site->ever && chance_percent(&plan->chance, 65));
	int last_day = cleared ? site->cleared
			       : DEMO_TODAY - chance_between(&plan->chance, 30, 120);
	size_t count = cleared ? site->count : site->count / 2;

	for (size_t i = site->first; begun && i < site->first + count; i++)
		if (plan->devices[i].in_scope)
			remove_device(plan, &plan->devices[i], last_day, verify);
}

/* A few devices on sensitive sites that are not cleared came after the statement. */
static void
place_breaches(struct demo_plan *plan)
{
	int left = BREACHES;

	for (const struct demo_site *site = plan->sites;
	     site < plan->sites + DEMO_SITES && left > 0; site++)
		if (site->sensitive && site->ever && site->cleared == DEMO_NEVER &&
		    site->count > 0) {
			struct demo_device *device = &plan->devices[site->first + site->count - 1];

			if (!device->in_scope || device->removed != DEMO_NEVER)
				continue;
			device->installed = (struct date){
				2023, (signed char)chance_between(&plan->chance, 1, 12), 14
			};
			left--;
		}
}

static void
replace_device(struct demo_plan *plan, size_t old)
{
	struct demo_device *removed = &plan->devices[old];
	struct demo_site *site = &plan->sites[removed->site];
	const struct demo_maker *maker = choose_maker(plan, false);
	struct demo_device *device;

	while (strcmp(maker->covered, "no") != 0)
		maker = choose_maker(plan, false);
	/* One was bought without a look at the list. */
	if (site->cleared == DEMO_NEVER && site->ever && !plan->list_was_missed) {
		plan->list_was_missed = true;
		maker = maker_named("Uniview");
	}
	device = add_device(plan, removed->site, site->count + 1 + (old - site->first), maker,
			    removed->kind);
	device->installed = demo_plan_date(plan, removed->removed);
	device->written = removed->removed;
	device->network = "isolated";
	if (letter_of(removed->kind) == 'C' && plan->devices[site->first].replaced_by != 0)
		device->recorder = plan->devices[site->first].replaced_by;
	removed->replaced_by = plan->count - 1;
}

/* Sites without anything in scope share the devices that are left over. */
static void
equip_others(struct demo_plan *plan, size_t left)
{
	size_t sites = 0;

	for (int i = 0; i < DEMO_SITES; i++)
		sites += !plan->sites[i].ever && plan->sites[i].surveyed != DEMO_NEVER;
	for (int i = 0; i < DEMO_SITES; i++)
		if (!plan->sites[i].ever && plan->sites[i].surveyed != DEMO_NEVER) {
			equip_site(plan, i, left / sites);
			left -= left / sites--;
		}
}

void
demo_equip(struct demo_plan *plan)
{
	size_t replaced = 0;
	bool *replace = arena_alloc(plan->arena, DEMO_DEVICES * sizeof *replace);

	for (int i = 0; i < DEMO_SITES; i++)
		if (plan->sites[i].ever) {
			equip_site(plan, i,
				   (size_t)(plan->sites[i].sensitive
						    ? chance_between(&plan->chance, 13, 27)
						    : chance_between(&plan->chance, 6, 18)));
			remove_from_site(plan, &plan->sites[i]);
		}
	place_breaches(plan);
	for (size_t i = 0; i < plan->count; i++) {
		replace[i] = plan->devices[i].removed != DEMO_NEVER &&
			     chance_percent(&plan->chance, REPLACED);
		replaced += replace[i];
	}
	equip_others(plan, DEMO_DEVICES - plan->count - replaced);
	plan->surveyed = plan->count;
	for (size_t i = 0; i < plan->surveyed; i++)
		if (replace[i])
			replace_device(plan, i);
}
