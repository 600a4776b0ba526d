/* SPDX-License-Identifier: MIT */
#include "commands/demo_plan.h"

#include <string.h>

#include "commands/demo_equip.h"
#include "commands/demo_work.h"

enum { SEED = 2022, SENSITIVE_EVER = 78, OTHERS_EVER = 56, COMPLEX_ONE_IN = 40, STORY_END = 750 };

/* Of a hundred sensitive sites that had equipment in scope, how many are clear by that month. */
static const int cleared_by_month[] = {
	0, 0, 1, 2, 4, 6, 9, 12, 16, 21, 26, 32, 38, 44, 49, 54, 58, 61, 64, 67, 69, 71, 73, 75, 76,
};
enum { MONTHS = sizeof cleared_by_month / sizeof cleared_by_month[0] };

const int demo_batch_days[DEMO_BATCHES] = { 12, 130, 372, 702 };

struct date
demo_plan_date(const struct demo_plan *plan, int day)
{
	return date_from_days(date_days(plan->today) - DEMO_TODAY + day);
}

const char *
demo_plan_day(const struct demo_plan *plan, int day)
{
	char text[DATE_TEXT_SIZE];

	if (day == DEMO_NEVER)
		return NULL;
	date_format(demo_plan_date(plan, day), text);
	return arena_text(plan->arena, text);
}

const char *
demo_plan_word(struct demo_plan *plan, enum demo_use use)
{
	const struct demo_word *word = demo_words;
	uint32_t count = 0, chosen;

	for (; word->words != NULL; word++)
		count += word->use == use;
	chosen = chance_below(&plan->chance, count);
	for (word = demo_words; word->use != use || chosen > 0; word++)
		chosen -= word->use == use;
	return word->words;
}

static bool
is_council(const struct demo_organisation *organisation)
{
	return strcmp(organisation->kind, "council") == 0;
}

/* A headquarters first, ministers' offices second in a department; otherwise any of the rest. */
static const struct demo_building *
choose_building(struct demo_plan *plan, const struct demo_organisation *organisation, int number)
{
	const struct demo_building *building = demo_buildings;
	uint32_t count = 0, chosen;

	if (!is_council(organisation) &&
	    (number == 0 || (number == 1 && organisation->parent[0] == '\0')))
		return &demo_buildings[number];
	for (; building->name != NULL; building++)
		count += building->councils == is_council(organisation) && building->likely < 100;
	chosen = chance_below(&plan->chance, count);
	for (building = demo_buildings;; building++) {
		if (building->councils != is_council(organisation) || building->likely == 100)
			continue;
		if (chosen-- == 0)
			return building;
	}
}

static const struct demo_town *
choose_town(struct demo_plan *plan)
{
	uint32_t count = 0;

	while (demo_towns[count].name != NULL)
		count++;
	return &demo_towns[chance_below(&plan->chance, count)];
}

/* "Kelderwick Lock House", or "... 2" when an earlier site has that name. */
static const char *
name_site(struct demo_plan *plan, const struct demo_site *site)
{
	const char *name = arena_format(plan->arena, "%s %s", site->town->name,
					site->building->name);
	int same = 1;

	for (const struct demo_site *other = plan->sites; other < site; other++)
		same += other->town == site->town && other->building == site->building &&
			other->complex < 0;
	return same == 1 ? name : arena_format(plan->arena, "%s %d", name, same);
}

static void
place_site(struct demo_plan *plan, struct demo_site *site,
	   const struct demo_organisation *organisation, int number)
{
	const struct demo_site *before = site - 1;

	site->organisation = organisation;
	site->code = arena_format(plan->arena, "%s-%04d", organisation->code, number + 1);
	site->complex = -1;
	site->building = choose_building(plan, organisation, number);
	site->town = choose_town(plan);
	site->sensitive = chance_percent(&plan->chance, site->building->likely);
	site->name = name_site(plan, site);
	if (number < 3 || before->complex >= 0 || chance_below(&plan->chance, COMPLEX_ONE_IN) > 0)
		return;
	site->complex = (int)(before - plan->sites);
	site->building = before->building;
	site->town = before->town;
	site->sensitive = before->sensitive;
	site->name = arena_format(plan->arena, "%s, North Block", before->name);
}

/* When the site was surveyed and assessed; an early survey for one that is sensitive. */
static void
date_site(struct demo_plan *plan, struct demo_site *site)
{
	int luck = chance_between(&plan->chance, 0, 99);

	site->batch = luck < 52 ? 0 : luck < 80 ? 1 : luck < 95 || site->sensitive ? 2 : 3;
	site->ever = chance_percent(&plan->chance, site->sensitive ? SENSITIVE_EVER : OTHERS_EVER);
	site->surveyed = demo_batch_days[site->batch] - chance_between(&plan->chance, 3, 40);
	if (!site->ever && chance_percent(&plan->chance, 18))
		site->surveyed = DEMO_NEVER;
	site->assessed = site->sensitive ? chance_between(&plan->chance, 15, 200)
					 : chance_between(&plan->chance, 15, 730);
	if (!site->sensitive && chance_percent(&plan->chance, 20))
		site->assessed = DEMO_NEVER;
	/* A building inherits the assessment of its complex. */
	if (site->complex >= 0)
		site->assessed = DEMO_NEVER;
	site->cleared = site->first_due = site->due = DEMO_NEVER;
	site->owner = demo_plan_word(plan, WORD_OWNER);
}

static void
plan_sites(struct demo_plan *plan)
{
	struct demo_site *site = plan->sites;

	for (const struct demo_organisation *row = demo_organisations; row->code != NULL; row++)
		for (int number = 0; number < row->sites && site < plan->sites + DEMO_SITES;
		     number++, site++) {
			place_site(plan, site, row, number);
			date_site(plan, site);
		}
}

/* Cleared: mostly just before the date, sometimes after it moved, now and then late. */
static void
set_past_deadline(struct demo_plan *plan, struct demo_site *site)
{
	int set = demo_batch_days[site->batch] + 40;

	site->first_due = site->cleared + chance_between(&plan->chance, -75, 25);
	site->due = site->cleared + chance_between(&plan->chance, -10, 30);
	if (site->first_due < set)
		site->first_due = set;
	if (site->due < site->first_due)
		site->due = site->first_due;
}

/* Not cleared: the first third are overdue, the next due soon, the rest later. */
static void
set_open_deadline(struct demo_plan *plan, struct demo_site *site, int rank)
{
	if (rank % 5 < 2)
		site->due = DEMO_TODAY - chance_between(&plan->chance, 3, 80);
	else if (rank % 5 == 2)
		site->due = DEMO_TODAY + chance_between(&plan->chance, 1, 28);
	else
		site->due = DEMO_TODAY + chance_between(&plan->chance, 35, 170);
	site->first_due = site->due;
	if (chance_percent(&plan->chance, 70))
		site->first_due -= chance_between(&plan->chance, 40, 160);
}

/* The month by whose end so many in a hundred were clear, or MONTHS for never. */
static int
month_of_percent(int percent)
{
	int month = 0;

	while (month < MONTHS && cleared_by_month[month] <= percent)
		month++;
	return month;
}

static void
clear_sensitive_site(struct demo_plan *plan, struct demo_site *site, int rank, int total)
{
	int month = month_of_percent(rank * 100 / total);
	int soonest = demo_batch_days[site->batch] + chance_between(&plan->chance, 45, 90);

	/* For the last of them somebody forgot to set one. */
	if (month == MONTHS) {
		if (rank < total - 1)
			set_open_deadline(plan, site, rank);
		return;
	}
	site->cleared = month * DEMO_MONTH + chance_between(&plan->chance, -3, 26);
	if (site->cleared < soonest)
		site->cleared = soonest;
	if (site->cleared > STORY_END)
		site->cleared = STORY_END;
	set_past_deadline(plan, site);
}

/* A random order of the sites, those surveyed early mostly first. */
static void
order_sites(struct demo_plan *plan, int order[DEMO_SITES])
{
	int count = 0;

	for (int batch = 0; batch < DEMO_BATCHES; batch++)
		for (int i = 0; i < DEMO_SITES; i++) {
			int place;

			if (plan->sites[i].batch != batch)
				continue;
			place = chance_between(&plan->chance, count / 2, count);
			order[count] = order[place];
			order[place] = i;
			count++;
		}
}

static void
clear_sites(struct demo_plan *plan)
{
	int order[DEMO_SITES] = { 0 }, total = 0, rank = 0;

	order_sites(plan, order);
	for (int i = 0; i < DEMO_SITES; i++)
		total += plan->sites[i].sensitive && plan->sites[i].ever;
	for (int i = 0; i < DEMO_SITES; i++) {
		struct demo_site *site = &plan->sites[order[i]];

		if (site->ever && site->sensitive)
			clear_sensitive_site(plan, site, rank++, total);
		else if (site->ever && site->batch < 2 && chance_percent(&plan->chance, 26))
			site->cleared = chance_between(&plan->chance, 240, STORY_END);
	}
}

struct demo_plan *
demo_plan_make(struct arena *arena, struct date today)
{
	struct demo_plan *plan = arena_alloc(arena, sizeof *plan);

	plan->arena = arena;
	plan->chance.state = SEED;
	plan->today = today;
	plan->devices = arena_alloc(arena, DEMO_DEVICES * sizeof *plan->devices);
	plan_sites(plan);
	clear_sites(plan);
	demo_equip(plan);
	demo_choose_eventful(plan);
	return plan;
}
