/* SPDX-License-Identifier: MIT */
/* The story of the demo estate: what was done on which day, from the empty register to today. */
#include "commands/demo.h"

#include <string.h>

#include "commands/demo_work.h"
#include "commands/starter.h"
#include "core/progress.h"

static bool
make_register(struct demo *demo, int day, struct error *error)
{
	int64_t entries;

	if (!store_counts_entries(demo->session->store, &entries, error))
		return false;
	return entries > 0 ||
	       (demo_begin(demo, day, ENTRY_KIND_INIT, DEMO_MANAGER, "Made the register", NULL,
			   error) &&
		starter_insert(demo->session, error) && demo_commit(demo, NULL, error));
}

static bool
import_organisations(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	while (demo_organisations[count].code != NULL)
		count++;
	return demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_MANAGER,
			  "Imported organisations from organisations.csv: 12 new", NULL, error) &&
	       demo_add_organisations(demo, error) &&
	       demo_add_source(demo, day, "organisations.csv", "organisations", count, 0, error) &&
	       demo_commit(demo, NULL, error);
}

static bool
import_sites(struct demo *demo, int day, struct error *error)
{
	return demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_MANAGER,
			  "Imported sites from property-extract.csv: 400 new, 0 changed, 0 same, 3 "
			  "refused",
			  "The monthly extract of the property database", error) &&
	       demo_add_sites(demo, error) &&
	       demo_add_source(demo, day, "property-extract.csv", "sites", DEMO_SITES, 3, error) &&
	       demo_commit(demo, NULL, error);
}

/* What happens when, in the order in which it happens on one day. */
struct demo_step {
	int first;	/* day */
	int every;	/* days, or 0 for once */
	bool (*run)(struct demo *demo, int day, struct error *error);
};

static const struct demo_step steps[] = {
	{ 0,   0,   make_register },
	{ 1,   0,   import_organisations },
	{ 1,   0,   demo_set_milestones },
	{ 2,   0,   import_sites },
	{ 3,   1,   demo_decide_makers },
	{ 3,   1,   demo_import_devices },
	{ 3,   1,   demo_record_surveys },
	{ 20,  30,  demo_assess_sites },
	{ 3,   1,   demo_set_deadlines },
	{ 3,   1,   demo_confirm_makers },
	{ 3,   1,   demo_decide_devices },
	{ 152, 0,   demo_isolate_core },
	{ 38,  0,   demo_add_contracts },
	{ 46,  30,  demo_extend_deadlines },
	{ 57,  30,  demo_remove_devices },
	{ 118, 90,  demo_verify_removals },
	{ 14,  1,   demo_tell_story },
	{ 333, 0,   demo_make_mistake },
	{ 334, 0,   demo_undo_mistake },
	{ 430, 0,   demo_decide_others },
	{ 505, 0,   demo_import_old_list },
	{ 506, 0,   demo_undo_mistake },
	{ 530, 0,   demo_answer_findings },
	{ 612, 0,   demo_review_sites },
	{ 620, 0,   demo_drop_rows },
	{ 690, 0,   demo_set_other_deadlines },
	{ 725, 0,   demo_answer_findings },
	{ 733, 0,   demo_expect_deliveries },
	{ 740, 0,   demo_survey_again },
	{ 751, 0,   demo_ask_questions },
	{ 754, 0,   demo_give_notice },
	{ 756, 0,   demo_remove_devices },
	{ 757, 0,   demo_extend_deadlines },
	{ 0,   0,   NULL }
};

static bool
happens(const struct demo_step *step, int day)
{
	return step->every == 0 ? day == step->first
				: day >= step->first && (day - step->first) % step->every == 0;
}

static bool
live_day(struct demo *demo, int day, struct error *error)
{
	for (const struct demo_step *step = steps; step->run != NULL; step++)
		if (happens(step, day) && !step->run(demo, day, error))
			return false;
	return progress_step(demo->session->progress, "Making the demo estate", day, DEMO_TODAY) ||
	       error_set(error, ERROR_CANCELLED, "Stopped. No register was made.");
}

bool
demo_fill(struct session *session, struct error *error)
{
	struct arena arena = { 0 };
	struct demo demo = { .session = session, .plan = demo_plan_make(&arena, session->today) };
	bool done = true;

	for (int day = 0; day < DEMO_TODAY && done; day++)
		done = live_day(&demo, day, error);
	if (!done)
		store_entry_rollback(session->store);
	arena_free(&demo.arena);
	arena_free(&arena);
	return done;
}
