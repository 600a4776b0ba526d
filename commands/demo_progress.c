/* SPDX-License-Identifier: MIT */
/* The second half of the work on the demo estate: what goes, what slips, and what goes wrong. */
#include "commands/demo_work.h"

#include <string.h>

#include "db/record.h"

enum { MISTAKEN_DEVICES = 24, OLD_LIST = 35, OTHERS_MAX = 24 };

/* Which devices the newest survey missed, and which turned out to be several. */
enum { MISSED_FIRST = 37, MISSED_EVERY = 310, SEVERAL_FIRST = 99, SEVERAL_EVERY = 620 };

/* Half of them get an extension, which holds until its day; of the others the date is moved. */
static bool
extend_deadline(struct demo *demo, const struct demo_site *site, int day, const char *slip,
		struct error *error)
{
	const struct demo_plan *plan = demo->plan;
	int last = DEMO_TODAY + (site->deadline % 2 == 0 ? -12 : 16);
	bool ahead = site->due > DEMO_TODAY + 16;
	int expires = ahead && last > day ? last : site->due;
	const struct demo_value moved[] = {
		{ DEADLINE_target_on, demo_plan_day(plan, site->due) },
		{ DEADLINE_reason, slip },
		DEMO_END
	};
	const struct demo_value extension[] = {
		{ EXTENSION_deadline,
		  arena_format(&demo->arena, "%lld", (long long)site->deadline) },
		{ EXTENSION_from_on, demo_plan_day(plan, site->first_due) },
		{ EXTENSION_to_on, demo_plan_day(plan, site->due) },
		{ EXTENSION_reason, slip },
		{ EXTENSION_approved_by, DEMO_ADVISER },
		{ EXTENSION_approved_on, demo_plan_day(plan, day) },
		{ EXTENSION_expires_on, demo_plan_day(plan, expires) },
		DEMO_END
	};

	return !ahead && (site - plan->sites) % 2 == 0
		       ? demo_change(demo, ENTITY_DEADLINE, site->deadline, moved, error)
		       : demo_add(demo, ENTITY_EXTENSION, extension, NULL, error);
}

/* Deadlines that will not be kept move shortly before they would pass. */
bool
demo_extend_deadlines(struct demo *demo, int day, struct error *error)
{
	const char *slip = demo_plan_word(demo->plan, WORD_SLIP);
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Deadlines", slip, error))
		return false;
	for (struct demo_site *site = demo->plan->sites; site < demo->plan->sites + DEMO_SITES;
	     site++) {
		if (site->deadline == 0 || site->due == site->first_due ||
		    site->first_due > day + 20)
			continue;
		if (!extend_deadline(demo, site, day, slip, error))
			return false;
		site->first_due = site->due;
		count++;
	}
	return demo_finish(demo, "Extended", count, "deadline", "deadlines", "", error);
}

static bool
is_replacement(const struct demo_plan *plan, const struct demo_device *device, int day)
{
	(void)plan;
	return device->written <= day;
}

static bool
remove_device(struct demo *demo, struct demo_device *device, struct error *error)
{
	struct demo_plan *plan = demo->plan;
	const char *removed = demo_plan_day(plan, device->removed);
	const char *by = device->replaced_by != 0 ? plan->devices[device->replaced_by].tag : NULL;
	const char *who = demo_contractor(plan, device->site);
	const char *job = arena_format(&demo->arena, "Job %d",
				       40000 + device->site * 13 + device->removed);
	const struct demo_value values[] = {
		{ DEVICE_removed_on, removed },
		{ DEVICE_removed_who, who },
		{ DEVICE_removed_evidence, job },
		{ DEVICE_replaced_on, by != NULL ? removed : NULL },
		{ DEVICE_replaced_who, by != NULL ? who : NULL },
		{ DEVICE_replaced_evidence, by != NULL ? job : NULL },
		{ DEVICE_replaced_by, by },
		DEMO_END
	};

	device->written = DEMO_NEVER;
	return demo_change(demo, ENTITY_DEVICE, device->id, values, error);
}

static bool
close_deadlines(struct demo *demo, int day, struct error *error)
{
	for (struct demo_site *site = demo->plan->sites; site < demo->plan->sites + DEMO_SITES;
	     site++) {
		const struct demo_value values[] = {
			{ DEADLINE_done_on, demo_plan_day(demo->plan, site->cleared) },
			{ DEADLINE_done_by, site->owner },
			DEMO_END
		};

		if (site->deadline == 0 || site->cleared > day)
			continue;
		if (!demo_change(demo, ENTITY_DEADLINE, site->deadline, values, error))
			return false;
		site->deadline = 0;
	}
	return true;
}

/* What went since the last time, and what came in its place. */
bool
demo_remove_devices(struct demo *demo, int day, struct error *error)
{
	struct demo_plan *plan = demo->plan;
	size_t replaced, count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Removals",
			"The contractor's monthly return", error) ||
	    !demo_add_devices(demo, plan->surveyed, plan->count - plan->surveyed, is_replacement,
			      day, &replaced, error))
		return false;
	for (size_t i = 0; i < plan->surveyed; i++) {
		struct demo_device *device = &plan->devices[i];

		if (device->removed > day || device->id == 0 || device->written == DEMO_NEVER)
			continue;
		if (!remove_device(demo, device, error))
			return false;
		count++;
	}
	if (!close_deadlines(demo, day, error))
		return false;
	return demo_finish(demo, "Set removed_on on", count, "device", "devices",
			   arena_format(&demo->arena, "; added %zu that replace them", replaced),
			   error);
}

bool
demo_verify_removals(struct demo *demo, int day, struct error *error)
{
	struct demo_plan *plan = demo->plan;
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ASSISTANT, "Verified",
			"Seen on site by the security team", error))
		return false;
	for (size_t i = 0; i < plan->surveyed; i++) {
		struct demo_device *device = &plan->devices[i];
		bool disposed = device->disposed != DEMO_NEVER;
		const struct demo_value values[] = {
			{ DEVICE_verified_on, demo_plan_day(plan, device->verified) },
			{ DEVICE_verified_who, DEMO_ASSISTANT },
			{ DEVICE_verified_evidence,
			  arena_format(&demo->arena, "Photographs of visit %d", device->verified) },
			{ DEVICE_disposed_on, demo_plan_day(plan, device->disposed) },
			{ DEVICE_disposed_who, disposed ? "Ashlar Recycling" : NULL },
			{ DEVICE_disposed_evidence,
			  disposed ? arena_format(&demo->arena, "Certificate %d", 7000 + (int)i)
				   : NULL },
			DEMO_END
		};

		if (device->verified > day || device->written != DEMO_NEVER)
			continue;
		if (!demo_change(demo, ENTITY_DEVICE, device->id, values, error))
			return false;
		device->verified = DEMO_NEVER;
		count++;
	}
	return demo_finish(demo, "Set verified_on on", count, "device", "devices", "", error);
}

/* Sets one field of every so manieth device that is there, beginning with `from`. */
static bool
set_some(struct demo *demo, size_t from, size_t every, int day, int field, const char *value,
	 size_t *count, struct error *error)
{
	const struct demo_value values[] = { { field, value }, DEMO_END };
	struct demo_plan *plan = demo->plan;

	*count = 0;
	for (size_t i = from; i < plan->surveyed; i += every) {
		const struct demo_device *device = &plan->devices[i];

		if (device->id == 0 || device->removed <= day ||
		    strcmp(device->kind, "camera") != 0)
			continue;
		if (!demo_change(demo, ENTITY_DEVICE, device->id, values, error))
			return false;
		++*count;
	}
	return true;
}

bool
demo_survey_again(struct demo *demo, int day, struct error *error)
{
	const char *today = demo_plan_day(demo->plan, day);
	size_t count;

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ASSISTANT, "Missed",
			  "Not found by the survey of this spring", error) &&
	       set_some(demo, MISSED_FIRST, MISSED_EVERY, day, DEVICE_missed_on, today, &count,
			error) &&
	       demo_finish(demo, "Set missed_on on", count, "device", "devices", "", error) &&
	       demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ASSISTANT, "Several",
			  "Counted on site, several under one label", error) &&
	       set_some(demo, SEVERAL_FIRST, SEVERAL_EVERY, day, DEVICE_quantity, "4", &count,
			error) &&
	       demo_finish(demo, "Set quantity on", count, "device", "devices", "", error);
}

bool
demo_make_mistake(struct demo *demo, int day, struct error *error)
{
	static const struct demo_value values[] = { { DEVICE_network, "core" }, DEMO_END };
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ASSISTANT, "Set network on 24 devices",
			NULL, error))
		return false;
	for (size_t i = 0; count < MISTAKEN_DEVICES && i < demo->plan->surveyed; i++) {
		const struct demo_device *device = &demo->plan->devices[i];

		if (device->id == 0 || strcmp(device->network, "departmental") != 0)
			continue;
		if (!demo_change(demo, ENTITY_DEVICE, device->id, values, error))
			return false;
		count++;
	}
	return demo_commit(demo, NULL, error);
}

/* A list of five years ago that should never have been imported. */
bool
demo_import_old_list(struct demo *demo, int day, struct error *error)
{
	if (!demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_ASSISTANT,
			"Imported devices from old-cameras-2019.csv: 35 new, 0 changed, 0 same, 6 "
			"refused",
			NULL, error))
		return false;
	for (int i = 0; i < OLD_LIST; i++) {
		const struct demo_value values[] = {
			{ DEVICE_tag, arena_format(&demo->arena, "OLD-%03d", i + 1) },
			{ DEVICE_site, demo->plan->sites[i * 3].code },
			{ DEVICE_kind, "camera" },
			{ DEVICE_make, "?" },
			DEMO_END
		};

		if (!demo_add(demo, ENTITY_DEVICE, values, NULL, error))
			return false;
	}
	return demo_add_source(demo, day, "old-cameras-2019.csv", "devices", OLD_LIST, 6, error) &&
	       demo_commit(demo, NULL, error);
}

bool
demo_undo_mistake(struct demo *demo, int day, struct error *error)
{
	struct store *store = demo->session->store;
	struct undone undone;
	struct entry_id mistake;
	struct entry entry;
	bool done;

	if (!store_entry_undoable(store, &mistake, error))
		return false;
	entry = demo_entry(demo, day, ENTRY_KIND_UNDO, DEMO_MANAGER,
			   arena_format(&demo->arena, "Undo entry %lld", (long long)mistake.value),
			   "Done by mistake");
	done = store_undo(store, mistake, &entry, &undone, error);
	text_free(&undone.lines);
	arena_reset(&demo->arena);
	return done;
}

static bool
set_deadline(struct demo *demo, int field, const char *key, const char *kind, int due,
	     const char *owner, struct error *error)
{
	const char *date = demo_plan_day(demo->plan, due);
	const struct demo_value values[] = {
		{ field, key },
		{ DEADLINE_kind, kind },
		{ DEADLINE_target_on, date },
		{ DEADLINE_first_on, date },
		{ DEADLINE_owner, owner },
		{ DEADLINE_reason, "Agreed at the quarterly meeting" },
		DEMO_END
	};

	return demo_add(demo, ENTITY_DEADLINE, values, NULL, error);
}

/* Sites that nobody has assessed or surveyed. */
static bool
set_site_deadlines(struct demo *demo, size_t *count, struct error *error)
{
	struct demo_plan *plan = demo->plan;

	for (const struct demo_site *site = plan->sites;
	     site < plan->sites + DEMO_SITES && *count < OTHERS_MAX; site++) {
		bool assess = site->assessed == DEMO_NEVER && site->complex < 0;

		if (!assess && site->surveyed != DEMO_NEVER)
			continue;
		if (!set_deadline(demo, DEADLINE_site, site->code, assess ? "assess" : "survey",
				  DEMO_TODAY + chance_between(&plan->chance, -20, 90), site->owner,
				  error))
			return false;
		++*count;
	}
	return true;
}

/* What is left on the core network must come off it, and some makes must be confirmed. */
static bool
set_device_deadlines(struct demo *demo, size_t *count, struct error *error)
{
	struct demo_plan *plan = demo->plan;

	for (size_t i = 0; i < plan->surveyed; i++) {
		const struct demo_device *device = &plan->devices[i];
		bool core = device->in_scope && strcmp(device->network, "core") == 0 &&
			    device->site % 4 == 0;
		bool unknown = device->maker == NULL && i % 9 == 0;

		if (device->id == 0 || device->removed <= DEMO_TODAY || (!core && !unknown))
			continue;
		if (!set_deadline(demo, DEADLINE_device, device->tag,
				  core ? "disconnect" : "confirm make",
				  DEMO_TODAY + chance_between(&plan->chance, -30, 45),
				  plan->sites[device->site].owner, error))
			return false;
		++*count;
	}
	return true;
}

bool
demo_set_other_deadlines(struct demo *demo, int day, struct error *error)
{
	size_t count = 1;

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Deadlines", NULL, error) &&
	       set_deadline(demo, DEADLINE_body, "DRW", "remove", DEMO_TODAY + 75, "L. Adeyemi",
			    error) &&
	       set_site_deadlines(demo, &count, error) &&
	       set_device_deadlines(demo, &count, error) &&
	       demo_finish(demo, "Set", count, "deadline", "deadlines",
			   " to assess, survey, disconnect and confirm makes, and of an "
			   "organisation",
			   error);
}
