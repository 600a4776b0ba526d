/* SPDX-License-Identifier: MIT */
#include "core/rule.h"

#define STATEMENT_2022 "Written statement HCWS386, 24 November 2022"
#define DEFINITION_2024 "Answer of 9 April 2024 on the definition of a sensitive site"

const char *const severity_names[SEVERITY_COUNT] = {
	[SEVERITY_BREACH] = "breach", [SEVERITY_LATE] = "late", [SEVERITY_DECIDE] = "decide", [SEVERITY_DOUBT] = "doubt",
};

const struct rule rules[] = {
	{ "R1", "Installed after the instruction", ENTITY_DEVICE,
	  "in_scope:yes present:yes sensitive:yes after_instruction:yes", SEVERITY_BREACH,
	  "{kind} {tag} was installed on sensitive site {site} on {installed_on}, after the instruction; {manufacturer} ({match})",
	  "An in-scope device was installed on a sensitive site after the instruction to cease deployment, and is still there.",
	  STATEMENT_2022, "Remove it, or record why it stays; and find out how it came to be bought." },
	{ 0 }
};

const struct rule *
rule_named(const char *id)
{
	for each_rule(rule)
		if (text_same(rule->id, id))
			return rule;
	return NULL;
}

struct figure
rule_figure(const struct rule *rule, struct arena *arena)
{
	return (struct figure){
		.id = rule->id, .label = rule->name, .entity = rule->entity,
		.filter = arena_format(arena, "finding:%s", rule->id), .definition = rule->test,
	};
}
