/* SPDX-License-Identifier: MIT */
#include "commands/demo_work.h"

#include <string.h>

#include "db/record.h"

/* In sites, and in days after the import. */
enum { REVIEWED_EVERY = 31 };
enum { AFTER_SURVEY = 1, AFTER_CONFIRM = 14, AFTER_DEADLINE = 20, AFTER_DECISION = 28 };

/* The survey whose import was so many days ago, or -1. */
static int
batch_of(int day, int days_ago)
{
	for (int batch = 0; batch < DEMO_BATCHES; batch++)
		if (demo_batch_days[batch] + days_ago == day)
			return batch;
	return -1;
}

static bool
decide_maker(struct demo *demo, const struct demo_maker *maker, int day, struct error *error)
{
	bool covered = strcmp(maker->covered, "yes") == 0;
	const struct demo_value values[] = {
		{ MANUFACTURER_covered, maker->covered },
		{ MANUFACTURER_decided_by, DEMO_ADVISER },
		{ MANUFACTURER_decided_on, demo_plan_day(demo->plan, day) },
		{ MANUFACTURER_basis,
		  covered ? "Made-up decision for the demo: based in the People's Republic of "
			    "China and so subject to the National Intelligence Law"
			  : "Made-up decision for the demo: neither based in nor owned from the "
			    "People's Republic of China" },
		DEMO_END
	};
	struct record_id id;

	return store_lookup(demo->session->store, ENTITY_MANUFACTURER, maker->name, &id, error) &&
	       demo_change(demo, ENTITY_MANUFACTURER, id.value, values, error);
}

/* How many devices the decisions of that day brought into scope. */
static int
count_gained(const struct demo_plan *plan, int day)
{
	int count = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const struct demo_device *device = &plan->devices[i];

		count += device->in_scope && device->maker->decided == day && device->id != 0 &&
			 device->removed > day;
	}
	return count;
}

static bool
finish_decisions(struct demo *demo, size_t count, const char *covered, int day, struct error *error)
{
	struct arena *arena = &demo->arena;
	const char *what = arena_format(arena, "%s %s",
					strcmp(covered, "yes") == 0 ? "Cover" : "Do not cover",
					text_count(arena, (int64_t)count, "manufacturer",
						   "manufacturers"));
	const struct demo_value values[] = {
		{ LIST_VERSION_effective_on, demo_plan_day(demo->plan, day) },
		{ LIST_VERSION_what, what },
		{ LIST_VERSION_decided_by, DEMO_ADVISER },
		{ LIST_VERSION_gained, arena_format(arena, "%d", count_gained(demo->plan, day)) },
		{ LIST_VERSION_lost, "0" },
		{ LIST_VERSION_made_in,
		  arena_format(arena, "%lld",
			       (long long)store_entry_open(demo->session->store).value) },
		DEMO_END
	};

	return demo_add(demo, ENTITY_LIST_VERSION, values, NULL, error) &&
	       demo_finish(demo, "Decided on", count, "manufacturer", "manufacturers",
			   strcmp(covered, "yes") == 0 ? ": covered" : ": not covered", error);
}

bool
demo_decide_makers(struct demo *demo, int day, struct error *error)
{
	const char *covered = NULL;
	size_t count = 0;

	for (const struct demo_maker *maker = demo_makers; maker->name != NULL; maker++) {
		if (maker->decided != day)
			continue;
		if (count++ == 0 &&
		    !demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER,
				"Decided on manufacturers", "The security adviser's review", error))
			return false;
		covered = maker->covered;
		if (!decide_maker(demo, maker, day, error))
			return false;
	}
	return count == 0 || finish_decisions(demo, count, covered, day, error);
}

static bool
is_of_batch(const struct demo_plan *plan, const struct demo_device *device, int day)
{
	return plan->sites[device->site].batch == batch_of(day, 0);
}

bool
demo_import_devices(struct demo *demo, int day, struct error *error)
{
	static const char *const files[DEMO_BATCHES] = {
		"cctv-survey-first-return.csv", "cctv-survey-second-return.csv",
		"contractor-site-visits.csv", "landlord-returns.csv",
	};
	int batch = batch_of(day, 0), refused = 4 + batch * 3;
	const char *what;
	size_t count;

	if (batch < 0)
		return true;
	if (!demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_MANAGER, "Imported devices",
			"What the surveys of the sites found", error) ||
	    !demo_add_devices(demo, 0, demo->plan->surveyed, is_of_batch, day, &count, error) ||
	    !demo_add_source(demo, day, files[batch], "devices", count, refused, error))
		return false;
	what = arena_format(&demo->arena,
			    "Imported devices from %s: %zu new, 0 changed, 0 same, %d refused",
			    files[batch], count, refused);
	return demo_commit(demo, what, error);
}

bool
demo_record_surveys(struct demo *demo, int day, struct error *error)
{
	static const char *const grades[] = { "desk", "photograph", "physical check",
					      "physical check" };
	int batch = batch_of(day, AFTER_SURVEY);
	size_t count = 0;

	if (batch < 0)
		return true;
	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Surveys", NULL, error))
		return false;
	for (struct demo_site *site = demo->plan->sites; site < demo->plan->sites + DEMO_SITES;
	     site++) {
		const char *grade = grades[chance_below(&demo->plan->chance, 4)];
		const struct demo_value values[] = {
			{ SITE_survey_on, demo_plan_day(demo->plan, site->surveyed) },
			{ SITE_survey_grade, grade },
			DEMO_END
		};

		if (site->batch != batch || site->surveyed == DEMO_NEVER)
			continue;
		if (!demo_change(demo, ENTITY_SITE, site->id, values, error))
			return false;
		count++;
	}
	return demo_finish(demo, "Set survey_on, survey_grade on", count, "site", "sites", "",
			   error);
}

/* Sensitive for its sort of building; one in nine of the others was left half answered. */
static bool
assess_site(struct demo *demo, const struct demo_site *site, struct error *error)
{
	static const char *const grounds[LIMB_COUNT] = {
		"Holds material above the threshold every day",
		"More than half of the staff hold Developed Vetting",
		"The minister's office has rooms here", "Designated under the Act",
	};
	static const int limbs[LIMB_COUNT] = { ASSESSMENT_secret, ASSESSMENT_dv,
					       ASSESSMENT_ministers, ASSESSMENT_socpa };
	const char *answers[LIMB_COUNT] = { "no", "no", "no", "no" };
	bool half = !site->sensitive && chance_below(&demo->plan->chance, 9) == 0;

	if (half)
		answers[LIMB_DV] = "not assessed";
	if (site->sensitive)
		answers[site->building->limb] = "yes";
	return demo_add(demo, ENTITY_ASSESSMENT,
			(const struct demo_value[]){
				{ ASSESSMENT_site, site->code },
				{ limbs[0], answers[0] },
				{ limbs[1], answers[1] },
				{ limbs[2], answers[2] },
				{ limbs[3], answers[3] },
				{ ASSESSMENT_socpa_order,
				  strcmp(answers[LIMB_SOCPA], "yes") == 0 && site->id % 3 != 0
					  ? "Made up for the demo: section 128"
					  : NULL },
				{ ASSESSMENT_grounds,
				  site->sensitive ? grounds[site->building->limb]
				  : half          ? "The number of vetted staff is not known yet"
						  : "None of the four limbs holds" },
				{ ASSESSMENT_decided_by, DEMO_ADVISER },
				{ ASSESSMENT_decided_on,
				  demo_plan_day(demo->plan, site->assessed) },
				{ ASSESSMENT_review_on,
				  demo_plan_day(demo->plan, site->assessed + 365 * 2) },
				DEMO_END },
			NULL, error);
}

bool
demo_assess_sites(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Assessments", NULL, error))
		return false;
	for (const struct demo_site *site = demo->plan->sites;
	     site < demo->plan->sites + DEMO_SITES; site++) {
		if (site->assessed > day || site->assessed <= day - 30)
			continue;
		if (!assess_site(demo, site, error))
			return false;
		count++;
	}
	return demo_finish(demo, "Assessed", count, "site", "sites", "", error);
}

/* A sensitive site of the same organisation in the same town, NULL for none. */
static const struct demo_site *
sensitive_neighbour(const struct demo_plan *plan, const struct demo_site *site)
{
	for (const struct demo_site *other = plan->sites; other < plan->sites + DEMO_SITES; other++)
		if (other->sensitive && other->complex < 0 &&
		    other->organisation == site->organisation && other->town == site->town)
			return other;
	return NULL;
}

/* One turned out to be part of a sensitive complex, and somebody looked at that building alone. */
static bool
set_apart(struct demo *demo, int day, size_t *count, struct error *error)
{
	const struct demo_site *site = demo->plan->sites, *end = site + DEMO_SITES, *complex = NULL;

	while (site < end && (site->sensitive || site->complex >= 0 || site->assessed > day ||
			      (complex = sensitive_neighbour(demo->plan, site)) == NULL))
		site++;
	if (site == end)
		return true;
	++*count;
	if (!demo_change(demo, ENTITY_SITE, site->id,
			 (const struct demo_value[]){ { SITE_parent, complex->code }, DEMO_END },
			 error))
		return false;
	return demo_add(demo, ENTITY_ASSESSMENT, (const struct demo_value[]){
		{ ASSESSMENT_site, site->code },
		{ ASSESSMENT_secret, "no" },
		{ ASSESSMENT_dv, "no" },
		{ ASSESSMENT_ministers, "no" },
		{ ASSESSMENT_socpa, "no" },
		{ ASSESSMENT_grounds, "Only stores and a canteen in this block" },
		{ ASSESSMENT_decided_by, DEMO_ADVISER },
		{ ASSESSMENT_decided_on, demo_plan_day(demo->plan, day) },
		DEMO_END
	}, NULL, error);
}

/*
 * The review that is due after two years came early for some: the newest assessment counts, the one
 * before is kept.
 */
bool
demo_review_sites(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Reviews",
			"The building was let to other teams", error))
		return false;
	for (size_t i = 0; i < DEMO_SITES; i += REVIEWED_EVERY) {
		struct demo_site reviewed = demo->plan->sites[i];

		if (reviewed.assessed > day)
			continue;
		reviewed.assessed = day;
		if (!assess_site(demo, &reviewed, error))
			return false;
		count++;
	}
	return set_apart(demo, day, &count, error) &&
	       demo_finish(demo, "Assessed", count, "site", "sites", " again", error);
}

bool
demo_set_deadlines(struct demo *demo, int day, struct error *error)
{
	int batch = batch_of(day, AFTER_DEADLINE);
	size_t count = 0;

	if (batch < 0)
		return true;
	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Deadlines",
			"The minister's programme of removal", error))
		return false;
	for (struct demo_site *site = demo->plan->sites; site < demo->plan->sites + DEMO_SITES;
	     site++) {
		const char *first = demo_plan_day(demo->plan, site->first_due);
		const struct demo_value values[] = {
			{ DEADLINE_site, site->code },
			{ DEADLINE_kind, "remove" },
			{ DEADLINE_target_on, first },
			{ DEADLINE_first_on, first },
			{ DEADLINE_owner, site->owner },
			{ DEADLINE_reason, "Sensitive site: all equipment in scope must go" },
			DEMO_END
		};

		if (site->batch != batch || first == NULL)
			continue;
		if (!demo_add(demo, ENTITY_DEADLINE, values, &site->deadline, error))
			return false;
		count++;
	}
	return demo_finish(demo, "Set", count, "deadline", "deadlines", " to remove", error);
}

/* Changes every device of the survey that the test picks; the values are the same for each. */
static bool
change_devices(struct demo *demo, int batch,
	       bool (*wanted)(const struct demo_plan *, const struct demo_device *),
	       const struct demo_value *values, size_t *count, struct error *error)
{
	struct demo_plan *plan = demo->plan;

	for (size_t i = 0; i < plan->surveyed; i++) {
		const struct demo_device *device = &plan->devices[i];

		if ((batch >= 0 && plan->sites[device->site].batch != batch) || device->id == 0 ||
		    !wanted(plan, device))
			continue;
		if (!demo_change(demo, ENTITY_DEVICE, device->id, values, error))
			return false;
		++*count;
	}
	return true;
}

static bool
is_confirmed(const struct demo_plan *plan, const struct demo_device *device)
{
	(void)plan;
	return device->confirmed;
}

bool
demo_confirm_makers(struct demo *demo, int day, struct error *error)
{
	int batch = batch_of(day, AFTER_CONFIRM);
	const struct demo_value values[] = {
		{ DEVICE_maker_confirmed_by, DEMO_ADVISER },
		{ DEVICE_maker_confirmed_on, demo_plan_day(demo->plan, day) },
		{ DEVICE_evidence, "stated" },
		{ DEVICE_rival, NULL },
		DEMO_END
	};
	size_t count = 0;

	return batch < 0 ||
	       (demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Makers",
			   "Seen on the photographs of the labels", error) &&
		change_devices(demo, batch, is_confirmed, values, &count, error) &&
		demo_finish(demo, "Confirmed the maker of", count, "device", "devices", "", error));
}

/* In scope on a sensitive site; a few sites were forgotten. */
static bool
needs_decision(const struct demo_plan *plan, const struct demo_device *device)
{
	return device->in_scope && plan->sites[device->site].sensitive && device->site % 11 != 4;
}

bool
demo_decide_devices(struct demo *demo, int day, struct error *error)
{
	int batch = batch_of(day, AFTER_DECISION);
	const struct demo_value values[] = {
		{ DEVICE_decision, "replace" },
		{ DEVICE_decision_by, DEMO_ADVISER },
		{ DEVICE_decision_on, demo_plan_day(demo->plan, day) },
		{ DEVICE_decision_reason, "In scope on a sensitive site" },
		DEMO_END
	};
	size_t count = 0;

	return batch < 0 ||
	       (demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Decisions", NULL, error) &&
		change_devices(demo, batch, needs_decision, values, &count, error) &&
		demo_finish(demo, "Set decision on", count, "device", "devices", "", error));
}

static bool
is_on_core(const struct demo_plan *plan, const struct demo_device *device)
{
	(void)plan;
	return device->in_scope && strcmp(device->network, "core") == 0 && device->site % 4 != 0;
}

/* Most of what was found on the core network came off it within the quarter. */
bool
demo_isolate_core(struct demo *demo, int day, struct error *error)
{
	const struct demo_value values[] = {
		{ DEVICE_network, "isolated" },
		{ DEVICE_isolated_on, demo_plan_day(demo->plan, day - 6) },
		{ DEVICE_isolated_who, "Network team" },
		{ DEVICE_isolated_evidence, "Change 20188" },
		DEMO_END
	};
	size_t count = 0;

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Core network",
			  "No such equipment on core networks", error) &&
	       change_devices(demo, -1, is_on_core, values, &count, error) &&
	       demo_finish(demo, "Set network, isolated_on on", count, "device", "devices", "",
			   error);
}
