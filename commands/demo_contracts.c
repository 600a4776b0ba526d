/* SPDX-License-Identifier: MIT */
/* Contracts and milestones of the demo estate. */
#include "commands/demo_work.h"

#include <string.h>

#include "db/record.h"

enum { NONE = DEMO_NEVER };

static const struct contract {
	int number;
	const char *name, *kind, *organisation, *supplier, *operator, *data_holder, *data_location;
	int notice, given, end, renews;		/* days from today */
	const char *value;
} contracts[] = {
#define CONTRACT(...) { __VA_ARGS__ },
#include "commands/demo_contracts.def"
#undef CONTRACT
};

static const char *
day_from_today(const struct demo *demo, int days)
{
	return demo_plan_day(demo->plan, days == NONE ? DEMO_NEVER : DEMO_TODAY + days);
}

static const char *
words_or_none(const char *words)
{
	return words[0] != '\0' ? words : NULL;
}

static const char *
reference_of(struct demo *demo, int number)
{
	return arena_format(&demo->arena, "M-%03d", 100 + number);
}

static bool
is_sent(int number)
{
	for (size_t i = 0; i < sizeof contracts / sizeof contracts[0]; i++)
		if (contracts[i].number == number)
			return true;
	return false;
}

/* Of those of the site's own organisation, counted round. */
static int
number_of_site(const struct demo_site *site, int number)
{
	enum { COUNT = sizeof contracts / sizeof contracts[0] };
	int theirs[COUNT], count = 0;

	for (int i = 0; i < COUNT; i++)
		if (strcmp(contracts[i].organisation, site->organisation->code) == 0)
			theirs[count++] = contracts[i].number;
	return count > 0 ? theirs[number % count] : number;
}

const char *
demo_contract_of_site(struct demo *demo, int site)
{
	int number = site % DEMO_CONTRACTS;

	if (number == DEMO_OWN_CONTRACT)
		return NULL;
	return reference_of(demo, is_sent(number) ? number_of_site(&demo->plan->sites[site], site)
						  : number);
}

static bool
add_contract(struct demo *demo, const struct contract *row, struct error *error)
{
	const struct demo_value values[] = {
		{ CONTRACT_reference, reference_of(demo, row->number) },
		{ CONTRACT_name, row->name },
		{ CONTRACT_kind, row->kind },
		{ CONTRACT_organisation, row->organisation },
		{ CONTRACT_supplier, row->supplier },
		{ CONTRACT_operator, words_or_none(row->operator) },
		{ CONTRACT_data_holder, words_or_none(row->data_holder) },
		{ CONTRACT_data_location, words_or_none(row->data_location) },
		{ CONTRACT_start_on, demo_plan_day(demo->plan, 1 - row->number * 9) },
		{ CONTRACT_notice_on, day_from_today(demo, row->notice) },
		{ CONTRACT_end_on, day_from_today(demo, row->end) },
		{ CONTRACT_renews_to, day_from_today(demo, row->renews) },
		{ CONTRACT_value, row->value },
		DEMO_END
	};

	return demo_add(demo, ENTITY_CONTRACT, values, NULL, error);
}

/* The sites whose devices name none have one of their own, as far as somebody sent it. */
static bool
add_site_contracts(struct demo *demo, size_t *count, struct error *error)
{
	enum { SENT = 9 };

	for (int i = 0; i < SENT; i++) {
		const struct demo_site *site =
			&demo->plan->sites[DEMO_OWN_CONTRACT + i * DEMO_CONTRACTS];
		const struct demo_value values[] = {
			{ CONTRACT_reference, arena_format(&demo->arena, "S-%s", site->code) },
			{ CONTRACT_name, "Cameras and doors of the site" },
			{ CONTRACT_kind, "maintenance" },
			{ CONTRACT_organisation, site->organisation->code },
			{ CONTRACT_site, site->code },
			{ CONTRACT_supplier, demo_contractor(demo->plan, i) },
			{ CONTRACT_operator, site->organisation->name },
			{ CONTRACT_data_holder, site->organisation->name },
			{ CONTRACT_data_location, "United Kingdom" },
			{ CONTRACT_notice_on, day_from_today(demo, 20 + i * 17) },
			{ CONTRACT_end_on, day_from_today(demo, 80 + i * 17) },
			{ CONTRACT_renews_to, day_from_today(demo, 445 + i * 17) },
			DEMO_END
		};

		if (!demo_add(demo, ENTITY_CONTRACT, values, NULL, error))
			return false;
		++*count;
	}
	return true;
}

bool
demo_add_contracts(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_IMPORT, DEMO_ASSISTANT, "Contracts",
			"What the commercial teams sent", error))
		return false;
	for (; count < sizeof contracts / sizeof contracts[0]; count++)
		if (!add_contract(demo, &contracts[count], error))
			return false;
	return add_site_contracts(demo, &count, error) &&
	       demo_add_source(demo, day, "contracts.csv", "contracts", count, 0, error) &&
	       demo_finish(demo, "Imported contracts from contracts.csv:", count, "new", "new",
			   ", 0 changed, 0 same, 0 refused", error);
}

/* Of the contracts that can be ended in time, one was. */
bool
demo_give_notice(struct demo *demo, int day, struct error *error)
{
	size_t count = 0;

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER, "Notice",
			"The equipment goes before the new term", error))
		return false;
	for (size_t i = 0; i < sizeof contracts / sizeof contracts[0]; i++) {
		const struct demo_value values[] = { { CONTRACT_notice_given_on,
						       day_from_today(demo, contracts[i].given) },
						     DEMO_END };
		struct record_id id;

		if (contracts[i].given == NONE)
			continue;
		if (!store_lookup(demo->session->store, ENTITY_CONTRACT,
				  reference_of(demo, contracts[i].number), &id, error) ||
		    !demo_change(demo, ENTITY_CONTRACT, id.value, values, error))
			return false;
		count++;
	}
	return demo_finish(demo, "Set notice_given_on on", count, "contract", "contracts", "",
			   error);
}

/*
 * The programme of the real policy lies in the past: that of the made-up estate has a day behind it
 * and one before it.
 */
bool
demo_set_milestones(struct demo *demo, int day, struct error *error)
{
	static const struct {
		const char *name;
		int due;
		const char *share;
	} milestones[] = { { "October 2024", DEMO_TODAY - 48, "70" },
			   { "April 2025", DEMO_TODAY + 165, "100" } };

	if (!demo_begin(demo, day, ENTRY_KIND_COMMAND, DEMO_MANAGER,
			"Set the milestones of the made-up programme", NULL, error))
		return false;
	for (size_t i = 0; i < sizeof milestones / sizeof milestones[0]; i++) {
		struct date due = demo_plan_date(demo->plan, milestones[i].due);
		char name[DATE_WORDS_SIZE];
		const struct demo_value values[] = {
			{ MILESTONE_name, name },
			{ MILESTONE_due_on, demo_plan_day(demo->plan, milestones[i].due) },
			{ MILESTONE_share, milestones[i].share },
			{ MILESTONE_owner, DEMO_MANAGER },
			{ MILESTONE_source, "Made up for the demo" },
			DEMO_END
		};
		struct record_id id;

		date_words((struct date){ .year = due.year, .month = due.month }, name);
		if (!store_lookup(demo->session->store, ENTITY_MILESTONE, milestones[i].name, &id,
				  error) ||
		    !demo_change(demo, ENTITY_MILESTONE, id.value, values, error))
			return false;
	}
	return demo_commit(demo, NULL, error);
}
