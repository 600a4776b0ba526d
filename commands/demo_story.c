/* SPDX-License-Identifier: MIT */
/*
 * One device of the demo estate to which much happened: put right after a visit, given a date of
 * its own, which was extended and lapsed, taken off the network at last, and then, with all others,
 * replaced, seen to be gone and disposed of.
 */
#include "commands/demo_work.h"

#include <string.h>

#include "db/record.h"

/* Days after the import that brought the device. */
enum {
	VISIT = 4, DATE = 30, LOOK = 45, EXTENSION = 55, OVERDUE = 81, ISOLATED = 95,
	/* The days of its deadline, before and after it was extended. */
	FIRST_DATE = 60, NEW_DATE = 90, EXPIRES = 80,
	STORY_DAYS = 110,
};

static int
imported_on(const struct demo_plan *plan, const struct demo_device *device)
{
	return demo_batch_days[plan->sites[device->site].batch];
}

static bool
is_eventful(const struct demo_plan *plan, const struct demo_device *device)
{
	return device->in_scope && device->confirmed && plan->sites[device->site].sensitive &&
	       device->replaced_by != 0 && device->disposed != DEMO_NEVER &&
	       device->disposed > device->removed && device->recorder != 0 &&
	       device->removed > device->written + STORY_DAYS &&
	       strcmp(device->network, "departmental") == 0 && device->site % 11 != 4 &&
	       device->installed.day != 0;
}

void
demo_choose_eventful(struct demo_plan *plan)
{
	while (plan->eventful < plan->surveyed &&
	       !is_eventful(plan, &plan->devices[plan->eventful]))
		plan->eventful++;
}

/* Changes the device as one entry. */
static bool
change(struct demo *demo, int day, const char *who, const char *fields, const char *why,
       const struct demo_value *values, struct error *error)
{
	const struct demo_device *device = &demo->plan->devices[demo->plan->eventful];
	const char *what = arena_format(demo->plan->arena, "Set %s on device %s", fields,
					device->tag);

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, who, what, why, error) &&
	       demo_change(demo, ENTITY_DEVICE, device->id, values, error) &&
	       demo_commit(demo, NULL, error);
}

static bool
set_date(struct demo *demo, int day, const struct demo_device *device, struct error *error)
{
	const char *due = demo_plan_day(demo->plan, imported_on(demo->plan, device) + FIRST_DATE);
	const struct demo_value values[] = {
		{ DEADLINE_device, device->tag },
		{ DEADLINE_kind, "disconnect" },
		{ DEADLINE_target_on, due },
		{ DEADLINE_first_on, due },
		{ DEADLINE_owner, "Network team" },
		{ DEADLINE_reason, "It looks at the door of the records room" },
		DEMO_END
	};

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER,
			  arena_format(demo->plan->arena, "Set the deadline of device %s",
				       device->tag),
			  NULL, error) &&
	       demo_add(demo, ENTITY_DEADLINE, values, &demo->plan->eventful_deadline, error) &&
	       demo_commit(demo, NULL, error);
}

static bool
extend_date(struct demo *demo, int day, const struct demo_device *device, struct error *error)
{
	const struct demo_plan *plan = demo->plan;
	const char *number = arena_format(&demo->arena, "%lld", (long long)plan->eventful_deadline);
	const struct demo_value values[] = {
		{ EXTENSION_deadline, number },
		{ EXTENSION_from_on, demo_plan_day(plan, imported_on(plan, device) + FIRST_DATE) },
		{ EXTENSION_to_on, demo_plan_day(plan, imported_on(plan, device) + NEW_DATE) },
		{ EXTENSION_reason, "The switch that it hangs on is being replaced" },
		{ EXTENSION_approved_by, DEMO_ADVISER },
		{ EXTENSION_approved_on, demo_plan_day(plan, day) },
		{ EXTENSION_expires_on, demo_plan_day(plan, imported_on(plan, device) + EXPIRES) },
		DEMO_END
	};

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Extended 1 deadline", NULL,
			  error) &&
	       demo_add(demo, ENTITY_EXTENSION, values, NULL, error) &&
	       demo_commit(demo, NULL, error);
}

static bool
isolate(struct demo *demo, int day, struct error *error)
{
	const struct demo_device *device = &demo->plan->devices[demo->plan->eventful];
	const char *today = demo_plan_day(demo->plan, day);
	const struct demo_value values[] = {
		{ DEVICE_network, "isolated" },
		{ DEVICE_isolated_on, today },
		{ DEVICE_isolated_who, "Network team" },
		{ DEVICE_isolated_evidence, "Change 20731" },
		DEMO_END
	};
	const struct demo_value done[] = { { DEADLINE_done_on, today },
					   { DEADLINE_done_by, "Network team" },
					   DEMO_END };

	return demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER,
			  arena_format(demo->plan->arena, "Device %s: disconnected", device->tag),
			  NULL, error) &&
	       demo_change(demo, ENTITY_DEVICE, device->id, values, error) &&
	       demo_change(demo, ENTITY_DEADLINE, demo->plan->eventful_deadline, done, error) &&
	       demo_commit(demo, NULL, error);
}

bool
demo_tell_story(struct demo *demo, int day, struct error *error)
{
	static const struct demo_value seen[] = {
		{ DEVICE_place, "Records room door, inside" },
		{ DEVICE_audio, "yes" },
		DEMO_END
	};
	static const struct demo_value noted[] = {
		{ DEVICE_notes, "The screens of the reading room can be read in its picture." },
		DEMO_END
	};
	static const struct demo_value late[] = { { DEVICE_remote_access, "yes" }, DEMO_END };
	struct demo_plan *plan = demo->plan;
	const struct demo_device *device = &plan->devices[plan->eventful];

	if (plan->eventful == plan->surveyed || device->id == 0)
		return true;
	switch (day - imported_on(plan, device)) {
	case VISIT:
		return change(demo, day, DEMO_ASSISTANT, "place, audio", "Seen on a visit", seen,
			      error);
	case DATE:
		return set_date(demo, day, device, error);
	case LOOK:
		return change(demo, day, DEMO_ADVISER, "notes", NULL, noted, error);
	case EXTENSION:
		return extend_date(demo, day, device, error);
	case OVERDUE:
		return change(demo, day, DEMO_ASSISTANT, "remote_access",
			      "Found while looking why it is still connected", late, error);
	case ISOLATED:
		return isolate(demo, day, error);
	default:
		return true;
	}
}
