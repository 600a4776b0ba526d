/* SPDX-License-Identifier: MIT */
#include "core/rule.h"

#include "core/setting.h"

/* Where each is said (DOMAIN 1, 7 and 8). */
#define STATEMENT_2024 "Written statement of 29 April 2024, as reported"
#define DEFINITION_2024 "Written answer of 9 April 2024 on the definition of a sensitive site"
#define ACT_2005 \
	"Serious Organised Crime and Police Act 2005, sections 128 and 129; " \
	DEFINITION_2024
#define PRINCIPLES_2021 \
	"NCSC Connected Places principles 4 and 12, 7 May 2021; Financial Times, March 2021"
#define ANSWERS_WITHHELD \
	"Written answers of 18 and 24 July 2023, which withhold the sites; Government " \
	"Analysis Function on symbols in tables"
#define SPREADSHEETS "Government Analysis Function, making spreadsheets accessible, 7 July 2021"
#define BADGES \
	"Equipment is sold under many names: a block of addresses, a model or a brand says " \
	"who may have made it"
#define LANDLORDS \
	"Scottish Government FOI 202300382723, 21 November 2023: 48 of 60 cameras stood " \
	"where a landlord has control"
#define THREE_FACTS "Status reports of the FCC's remove, replace and dispose programme"
#define NOT_RECORDED "What is not recorded cannot be counted: it is shown, and never taken for no"
#define PROMISE_2023 "House of Lords, 11 September and 25 October 2023"
#define SCOPE_2023 \
	"Letter of the Government Chief Security Officer, 1 August 2023; " DEFINITION_2024

#define IN_SCOPE_LEFT "in_scope:yes present:yes"
#define AT_SENSITIVE IN_SCOPE_LEFT " sensitive:yes"

const struct choice severities[] = {
	[SEVERITY_BREACH] = { "breach", "breaches", 0 },
	[SEVERITY_LATE] = { "late", "", 0 },
	[SEVERITY_DECIDE] = { "decide", "to decide,decision", 0 },
	[SEVERITY_DOUBT] = { "doubt", "doubtful", 0 },
	[SEVERITY_COUNT] = { 0 }
};

const struct rule rules[] = {
	/* id, name, entity, filter, severity, words, test, citation, remedy */
	{ "R1", "Installed after the instruction", ENTITY_DEVICE,
	  AT_SENSITIVE " after_instruction:yes", SEVERITY_BREACH,
	  "{tag} ({kind}) was installed on sensitive site {site} on {installed_on}, after the "
	  "instruction; its maker is {judged_maker} ({match})",
	  "An in-scope device was installed on a sensitive site after the day of the instruction "
	  "to cease deployment (setting instruction_on), and is still there. Where only the year "
	  "or month is known and may be either, R17 counts it.",
	  SOURCE_STATEMENT_2022,
	  "Remove it, or record why it stays and until when. Find out how it came to be bought." },
	{ "R2", "On a core network", ENTITY_DEVICE, IN_SCOPE_LEFT " on_core:yes", SEVERITY_BREACH,
	  "{tag} ({kind}) at site {site} is connected to a core network ({network}); its maker is "
	  "{judged_maker} ({match})",
	  "An in-scope device, at any site, is on a network that counts as a departmental core "
	  "network (setting core_networks) and was not isolated. Where the network is not known, "
	  "R18 counts it.",
	  SOURCE_STATEMENT_2022,
	  "Take it off the network and record the day (isolated_on) and the evidence." },
	{ "R3", "No decision to remove or replace", ENTITY_DEVICE,
	  AT_SENSITIVE " -decision:remove -decision:replace", SEVERITY_DECIDE,
	  "No decision to remove or replace {tag} ({kind}) on sensitive site {site} is recorded "
	  "(decision: {decision}); its maker is {judged_maker} ({match})",
	  "An in-scope device stands on a sensitive site, and no decision to remove or replace it "
	  "is recorded. A decision to retain it leaves the finding open until somebody answers it "
	  "with a reason and a last day.",
	  SOURCE_STATEMENT_2022,
	  "Decide to remove or replace it (decision, decision_by, decision_on), or answer the "
	  "finding." },
	{ "R4", "No decision on another site", ENTITY_SITE,
	  "sensitive:no in_scope_left>0 extend:undecided", SEVERITY_DECIDE,
	  "{name} ({code}) is not sensitive and has in-scope devices ({in_scope_left} left); "
	  "nobody has decided whether the removal is extended to it",
	  "A site that is not sensitive has in-scope devices left, and no decision is recorded "
	  "whether the removal is extended to it.",
	  SOURCE_STATEMENT_2022, "Decide it: terrier site extend." },
	{ "R5", "Not clear by the last milestone", ENTITY_SITE,
	  "sensitive:yes in_scope_left>0 past_milestone:yes", SEVERITY_LATE,
	  "Sensitive site {name} ({code}) still has in-scope devices ({in_scope_left} left), past "
	  "the day by which all must be clear",
	  "A sensitive site has in-scope devices left, and the milestone by which all sensitive "
	  "sites must be clear has passed. The day in April 2025 was never stated: the last of the "
	  "month is taken until the milestone is set otherwise.",
	  STATEMENT_2024,
	  "Remove what is left, or answer the finding with the reason and the new day." },
	{ "R6", "Per cent cleared, with both numbers", ENTITY_NONE, NULL, SEVERITY_DOUBT, NULL,
	  "The per cent cleared is the sensitive sites cleared of the sensitive sites that ever "
	  "had in-scope devices. Both numbers stand beside it wherever it is printed, and devices "
	  "are counted apart from sites.",
	  STATEMENT_2024, "Nothing: Terrier keeps to it." },
	{ "R7", "Not assessed", ENTITY_SITE, "sensitive:\"not assessed\"", SEVERITY_DECIDE,
	  "Nobody has assessed whether {name} ({code}) is sensitive, or a limb of the definition "
	  "is still open",
	  "A site has no assessment, or its newest finds no limb and leaves at least one of the "
	  "four open, and it inherits none from a complex. Not assessed never counts as no.",
	  DEFINITION_2024, "Assess it: terrier site assess." },
	{ "R8", "No order for the SOCPA limb", ENTITY_SITE, "order_missing:yes", SEVERITY_DOUBT,
	  "{name} ({code}) is sensitive by the Serious Organised Crime and Police Act 2005, and "
	  "its assessment does not say by which order or section",
	  "The newest assessment of a site answers yes to the limb of the Serious Organised Crime "
	  "and Police Act 2005 and names neither the designation order nor the section.",
	  ACT_2005, "Find the order and assess the site again with it (--order)." },
	{ "R9", "A report that can be repeated", ENTITY_NONE, NULL, SEVERITY_DOUBT, NULL,
	  "Every report is dated, and can be made again as the register was on its day (--as-at).",
	  PROMISE_2023, "Nothing: Terrier keeps to it." },
	{ "R10", "A suspected maker to confirm", ENTITY_DEVICE, "match:suspected present:yes",
	  SEVERITY_DOUBT,
	  "{tag} ({kind}) at site {site} is suspected to be made by {judged_maker}: "
	  "{evidence_words}",
	  "The maker of a device that is still there is covered and nobody has confirmed it. A "
	  "brand, a model or a block of addresses never confirms.",
	  BADGES,
	  "Look at the device or its papers, and confirm the maker with a name and a day: terrier "
	  "device confirm." },
	{ "R11", "Control not known or without an end", ENTITY_SITE,
	  "in_scope_left>0 (controller:unknown or (controller:landlord or controller:contractor) "
	  "control_end_on:)",
	  SEVERITY_DOUBT,
	  "{name} ({code}) has in-scope devices ({in_scope_left} left), and the end of somebody "
	  "else's control over them is not known (controller: {controller})",
	  "A site has in-scope devices left, and it is not known who controls them; or a landlord "
	  "or contractor does, and no end of that is recorded: neither that of the lease nor, for "
	  "every in-scope device left, that of a contract it is under. A contract to supply ends "
	  "nobody's control.",
	  LANDLORDS,
	  "Record who controls them (controller, controller_name) and when that ends: on the site "
	  "(lease_end_on), or on the contract of each device (end_on)." },
	{ "R12", "One covered company in all parts", ENTITY_CONTRACT, "one_company:covered",
	  SEVERITY_DECIDE,
	  "Under contract {reference} ({name}) one covered company, {supplier}, supplies, operates "
	  "and holds the data",
	  "One company that is covered supplies the equipment of a contract, operates it and holds "
	  "what it records.",
	  PRINCIPLES_2021,
	  "Part the three, or decide to end the contract and give notice in time." },
	{ "R13", "Removal or disposal not recorded", ENTITY_DEVICE,
	  "in_scope:yes present:no (removed_on: or disposed_on:)", SEVERITY_DOUBT,
	  "{tag} ({kind}) of site {site} is gone, but not every fact is recorded: removed "
	  "{removed_on}, replaced {replaced_on}, disposed {disposed_on}",
	  "An in-scope device is gone, and the day of its removal or of its disposal is not "
	  "recorded. Removal, replacement and disposal are three facts with three dates.",
	  THREE_FACTS,
	  "Record what happened, when, by whom and on what evidence: terrier device done." },
	{ "R14", "Two exports", ENTITY_NONE, NULL, SEVERITY_DOUBT, NULL,
	  "What is for the public has no name of a site and no small number. What is for the "
	  "department is whole, and marked.",
	  ANSWERS_WITHHELD, "Nothing: Terrier keeps to it." },
	{ "R15", "Workbooks that everybody can read", ENTITY_NONE, NULL, SEVERITY_DOUBT, NULL,
	  "In what is published nothing depends on merged cells, filters, frozen panes, fills, "
	  "headers or footers, and colour never stands alone.",
	  SPREADSHEETS, "Nothing: Terrier keeps to it." },
	{ "R16", "The central estate", ENTITY_NONE, NULL, SEVERITY_DOUBT, NULL,
	  "The policy is about the central government estate, and other bodies may follow it. "
	  "Every site in the register is counted, whoever answers for it. The kind of its "
	  "organisation says whether it is central (field central): a department, agency or public "
	  "body is, a council, police, health or other body is not. Figures and the report say how "
	  "many sites are not. To leave them out of a list, filter it with central:yes; to leave "
	  "them out of every figure, keep them in a register of their own.",
	  SCOPE_2023, "Record the kind of each organisation." },
	{ "R17", "May have come after the instruction", ENTITY_DEVICE,
	  AT_SENSITIVE " after_instruction:unknown", SEVERITY_DOUBT,
	  "{tag} ({kind}) on sensitive site {site} may have been installed after the instruction "
	  "(installed: {installed_on}); its maker is {judged_maker} ({match})",
	  "An in-scope device stands on a sensitive site, and what is known of the day it was "
	  "installed may be before or after the instruction.",
	  SOURCE_STATEMENT_2022,
	  "Find the day in the papers of the installer and record it (installed_on)." },
	{ "R18", "Network not known", ENTITY_DEVICE, IN_SCOPE_LEFT " on_core:unknown",
	  SEVERITY_DOUBT,
	  "Nobody has recorded what network {tag} at site {site} is on; its maker is "
	  "{judged_maker} ({match})",
	  "The network of an in-scope device that was not isolated is not recorded, so that nobody "
	  "can say that it is on no core network.",
	  SOURCE_STATEMENT_2022, "Ask who looks after the network, and record it (network)." },
	{ "R19", "No date to be clear by", ENTITY_SITE, "sensitive:yes in_scope_left>0 dated:no",
	  SEVERITY_DECIDE,
	  "No date is set by which the in-scope devices of sensitive site {name} ({code}) must be "
	  "gone ({in_scope_left} left)",
	  "A sensitive site has in-scope devices left, and neither it, its devices nor its "
	  "organisation has an open deadline to remove, replace or disconnect them: at most that "
	  "of the whole programme counts.",
	  SOURCE_STATEMENT_2022, "Set one: terrier deadline set site." },
	{ "R20", "Make not known", ENTITY_DEVICE, "match:unknown in_scope:unknown present:yes",
	  SEVERITY_DOUBT,
	  "Nobody knows who made {tag} ({kind}) at site {site} (make: {make}, model: {model})",
	  "A device of a kind that the policy is about is not removed, and its maker is not known.",
	  NOT_RECORDED,
	  "Say whose name the make is (terrier list makes, terrier manufacturer merge), or look at "
	  "the device." },
	{ "R21", "Maker not decided on", ENTITY_DEVICE,
	  "match:undecided in_scope:unknown present:yes", SEVERITY_DECIDE,
	  "Nobody has decided whether {judged_maker}, which made {tag} ({kind}) at site {site}, is "
	  "covered",
	  "A device of a kind that the policy is about is not removed; its maker is known, and "
	  "nobody has decided whether it is covered by the National Intelligence Law of the PRC.",
	  SOURCE_STATEMENT_2022, "Decide it: terrier manufacturer cover, or uncover." },
	{ "R22", "Sensitive site not surveyed", ENTITY_SITE,
	  "sensitive:yes survey_on:", SEVERITY_DOUBT,
	  "No survey of sensitive site {name} ({code}) is recorded, so that what is listed there "
	  "({devices} devices) proves nothing",
	  "No survey for equipment is recorded for a sensitive site.", NOT_RECORDED,
	  "Survey it, import what was found, and record the day and the grade (survey_on, "
	  "survey_grade)." },
	{ "R23", "Evidence that disagrees", ENTITY_DEVICE,
	  "evidence:disagree present:yes maker_confirmed_on:", SEVERITY_DOUBT,
	  "What is known of {tag} ({kind}) at site {site} disagrees: {evidence_words}",
	  "The label, the model and the MAC address of a device that is still there point to "
	  "different makers, and nobody has confirmed one.",
	  BADGES, "Look at the device, and confirm who made it: terrier device confirm." },
	{ "R24", "A replacement that is itself in scope", ENTITY_DEVICE,
	  IN_SCOPE_LEFT " replaces:yes", SEVERITY_DECIDE,
	  "{tag} ({kind}) took the place of another device at site {site}, and is itself in scope; "
	  "its maker is {judged_maker} ({match})",
	  "A device took the place of another one, is itself in scope, and is still there.",
	  SOURCE_STATEMENT_2022, "Replace it again, and find out how it came to be bought." },
	{ "R25", "Renews past the deadline", ENTITY_CONTRACT, "renews_past:yes", SEVERITY_LATE,
	  "Contract {reference} ({name}): {notice_words}",
	  "A contract whose in-scope devices have a deadline renews beyond it, and no notice was "
	  "given.",
	  PRINCIPLES_2021, "Give notice and record the day (notice_given_on)." },
	{ "R26", "Replacement comes after the deadline", ENTITY_DEVICE,
	  "-delivery_on: present:yes late_delivery:yes", SEVERITY_LATE,
	  "The replacement of {tag} at site {site} is expected on {delivery_on}, after its "
	  "deadline {due_on}",
	  "The replacement of a device is expected after the device's deadline.", THREE_FACTS,
	  "Bring the delivery forward, remove the device before it, or have the deadline "
	  "extended." },
	{ "R27", "Recorder gone before its cameras", ENTITY_DEVICE, "present:no recorded_devices>0",
	  SEVERITY_DOUBT,
	  "Recorder {tag} of site {site} is gone, and devices still record to it "
	  "({recorded_devices})",
	  "A recorder was removed, replaced or disposed of, and devices that are not removed still "
	  "name it as their recorder.",
	  THREE_FACTS, "Record what they record to now (recorder), or remove them too." },
	{ "R28", "Facts in an order that cannot be", ENTITY_DEVICE, "facts_fit:no", SEVERITY_DOUBT,
	  "The days of {tag} at site {site} cannot be: installed {installed_on}, removed "
	  "{removed_on}, replaced {replaced_on}, disposed {disposed_on}, verified {verified_on}",
	  "A device was removed, replaced or disposed of before it was installed, disposed of or "
	  "verified to be gone before it went, or verified to be gone while it is still there.",
	  THREE_FACTS, "Find out what happened, and set the days right." },
	{ "R29", "A contract that is not fully known", ENTITY_CONTRACT,
	  "in_scope_left>0 (one_company:unknown or renews_past:unknown)", SEVERITY_DOUBT,
	  "Contract {reference} ({name}) has in-scope devices ({in_scope_left} left), and what is "
	  "recorded of it does not answer both questions. One company in all parts: "
	  "{one_company}; renews past the deadline: {renews_past}",
	  "In-scope devices are under a contract of which the supplier, the operator, the holder "
	  "of the data or the day of its end is not recorded, or of which a covered company has "
	  "one part and a company that no table knows another, so that R12 or R25 cannot tell.",
	  PRINCIPLES_2021,
	  "Record who supplies, operates and holds the data, and the days of its end, renewal and "
	  "notice. Where the company is no other name of the covered one, answer the finding and "
	  "say so." },
	{ "R30", "Not sensitive in a complex that is", ENTITY_SITE,
	  "-sensitive_complex:", SEVERITY_DOUBT,
	  "{name} ({code}) was assessed as not sensitive, and is part of {sensitive_complex}, "
	  "which is",
	  "The newest assessment of a site says that it is not sensitive, and a complex that it is "
	  "part of is. The definition is about complexes: a sensitive one is so as a whole. A "
	  "building that has no assessment of its own inherits that.",
	  DEFINITION_2024,
	  "Assess the building again, or answer the finding and say why it stands apart from its "
	  "complex." },
	{ "R31", "Recorder due before its cameras", ENTITY_DEVICE,
	  "recorded_later>0 -decision:replace", SEVERITY_DECIDE,
	  "Recorder {tag} at site {site} is due on {due_on}, before devices that record to it "
	  "({recorded_later}; the last date of these: {recorded_due_on})",
	  "A recorder has a deadline of its own to go, it is not to be replaced, and devices that "
	  "record to it are due after it, or have no date: once it goes they record to nothing.",
	  THREE_FACTS,
	  "Give them the same date, say where they will record to (recorder), or decide that the "
	  "recorder is replaced." },
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
