/* SPDX-License-Identifier: MIT */
/* What is decided in the demo estate beside removals: sites, findings, what comes too late. */
#include "commands/demo_work.h"

#include <string.h>

#include "core/rule.h"
#include "db/record.h"

enum { FOUND_MAX = 200, DELIVERIES = 5 };

/*
 * Sites that are not sensitive and have equipment in scope: the removal is extended to some, to
 * some not, of some nobody has decided.
 */
bool
demo_decide_others(struct demo *demo, int day, struct error *error)
{
	static const struct {
		const char *answer, *reason;
	} rulings[] = {
		{ "yes", "Beside a sensitive site, and on the same network" },
		{ "no", "No staff and no records there; the cameras are on no network" },
		{ "yes", "Ministers visit" },
		{ "no", "Goes with the scheduled upgrade" },
		{ NULL, NULL },
	};
	struct record_id sites[FOUND_MAX];
	size_t found = demo_find(demo, ENTITY_SITE, "sensitive:no in_scope_left>0", sites,
				 FOUND_MAX, error),
	       count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Others",
			"The quarterly meeting with the security adviser", error))
		return false;
	for (size_t i = 0; i < found; i++) {
		size_t number = i % (sizeof rulings / sizeof rulings[0]);
		const struct demo_value values[] = {
			{ SITE_extend, rulings[number].answer },
			{ SITE_extend_reason, rulings[number].reason },
			{ SITE_extend_by, DEMO_ADVISER },
			{ SITE_extend_on, demo_plan_day(demo->plan, day) },
			DEMO_END
		};

		if (rulings[number].answer == NULL)
			continue;
		if (!demo_change(demo, ENTITY_SITE, sites[i].value, values, error))
			return false;
		count++;
	}
	return demo_finish(demo, "Decided on", count, "site", "sites",
			   " whether the removal is extended", error);
}

/*
 * What somebody said to findings, and until when it holds. The filter is that of the rule, as far
 * as it tells on that day.
 */
static const struct demo_answer {
	const char *rule, *answer, *reason;
	int number;		/* which of the rule's findings */
	int day, expires;	/* of the story */
} demo_answers[] = {
	{ "R1", "retain with mitigation",
	  "Put up for a conference; off the network and covered until the hall is let again", 0,
	  530, DEMO_TODAY - 34 },
	{ "R1", "retain with mitigation",
	  "Watches the only fire door; goes with the new access control", 1, 725, DEMO_TODAY + 62 },
	{ "R2", "mistaken",
	  "The port was mislabelled: the network team has seen that it is the closed one", 0, 725,
	  DEMO_TODAY + 180 },
	{ "R3", "accepted", "The listed ceiling cannot be opened before the works of next spring",
	  2, 725, DEMO_TODAY + 20 },
	{ "R4", "accepted", "The site is being sold", 1, 530, DEMO_TODAY - 90 },
	{ "R4", "not in scope", "Let to a tenant as a whole, cameras included", 3, 725,
	  DEMO_TODAY + 300 },
	{ "R12", "accepted", "Runs on until the tender for another operator is decided", 0, 530,
	  DEMO_TODAY - 15 },
	{ "R23", "mistaken", "Looked at: a spare label was stuck over the old one", 0, 725,
	  DEMO_TODAY + 365 },
};

static bool
answer_finding(struct demo *demo, const struct demo_answer *row, size_t *count, struct error *error)
{
	const struct rule *rule = rule_named(row->rule);
	struct record_id found[FOUND_MAX];
	size_t there = demo_find(demo, rule->entity, rule->filter, found, FOUND_MAX, error);
	const struct record *record;
	int about = ANSWER_contract;

	if ((size_t)row->number >= there)
		return true;
	record = store_read(demo->session->store, found[row->number], demo->session->today,
			    &demo->arena, error);
	if (record == NULL)
		return false;
	if (rule->entity == ENTITY_SITE)
		about = ANSWER_site;
	else if (rule->entity == ENTITY_DEVICE)
		about = ANSWER_device;
	++*count;
	return demo_add(demo, ENTITY_ANSWER, (const struct demo_value[]){
		{ ANSWER_rule, row->rule },
		{ about, record_key(record) },
		{ ANSWER_answer, row->answer },
		{ ANSWER_reason, row->reason },
		{ ANSWER_answered_by, DEMO_ADVISER },
		{ ANSWER_answered_on, demo_plan_day(demo->plan, row->day) },
		{ ANSWER_expires_on, demo_plan_day(demo->plan, row->expires) },
		DEMO_END
	}, NULL, error);
}

bool
demo_answer_findings(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_ADVISER, "Answers",
			"The quarterly meeting with the security adviser", error))
		return false;
	for (size_t i = 0; i < sizeof demo_answers / sizeof demo_answers[0]; i++)
		if (demo_answers[i].day == day &&
		    !answer_finding(demo, &demo_answers[i], &count, error))
			return false;
	return demo_finish(demo, "Answered", count, "finding", "findings", "", error);
}

/* Replacements are on order for some of what is left; one in two comes too late. */
bool
demo_expect_deliveries(struct demo *demo, int day, struct error *error)
{
	struct record_id devices[DELIVERIES];
	size_t count = demo_find(demo, ENTITY_DEVICE,
				 "in_scope:yes present:yes sensitive:yes kind:recorder", devices,
				 DELIVERIES, error);

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Deliveries",
			"The supplier's letter", error))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct demo_value values[] = {
			{ DEVICE_delivery_on,
			  demo_plan_day(demo->plan, DEMO_TODAY + (i % 2 == 0 ? 24 : 400)) },
			DEMO_END
		};

		if (!demo_change(demo, ENTITY_DEVICE, devices[i].value, values, error))
			return false;
	}
	return demo_finish(demo, "Set delivery_on on", count, "device", "devices", "", error);
}
