/* SPDX-License-Identifier: MIT */
#include "core/figure.h"

#include <string.h>

enum { BOTH = FIGURE_TODAY | FIGURE_SUMMARY };

/* What each figure about devices says of its unit. */
#define ALIKE " A row that stands for several alike counts as so many."

const struct figure figures[] = {
	/* id, label, entity, filter, places, definition */
	{ "sites", "Sites", ENTITY_SITE, "", BOTH, "All sites in the register." },
	{ "sites_other_bodies", "Sites of other bodies", ENTITY_SITE, "central:no", FIGURE_SUMMARY,
	  "Sites of councils, police, health and other bodies, by the kind of their organisation. "
	  "The policy is about central government; they count in all other figures all the same." },
	{ "sites_body_unknown", "Sites of a body of unknown kind", ENTITY_SITE, "central:unknown",
	  0,
	  "Sites without an organisation, or whose organisation has no kind recorded. They count "
	  "in all other figures." },
	{ "sensitive_sites", "Sensitive sites", ENTITY_SITE, "sensitive:yes", BOTH,
	  "Sites whose newest assessment finds at least one of the four limbs of the definition "
	  "(SECRET material, Developed Vetting staff, Ministers, the Serious Organised Crime and "
	  "Police Act 2005) or other grounds; where a site's own assessment says neither yes nor "
	  "no, that of the complex it is part of counts." },
	{ "sites_not_assessed", "Sites not assessed", ENTITY_SITE, "sensitive:\"not assessed\"",
	  BOTH,
	  "Sites without an assessment, or whose newest assessment finds no limb but leaves at "
	  "least one of the four unanswered, and which inherit none from a complex. Not assessed "
	  "never counts as no." },
	{ "sensitive_sites_ever_in_scope", "Sensitive sites ever with in-scope devices",
	  ENTITY_SITE, "sensitive:yes ever_in_scope:yes", BOTH,
	  "Sensitive sites at which at least one in-scope device is, or ever was, recorded." },
	{ "sensitive_sites_cleared", "Sensitive sites cleared", ENTITY_SITE,
	  "sensitive:yes ever_in_scope:yes in_scope_left=0", BOTH,
	  "Sensitive sites that ever had in-scope devices and have none left: every one was "
	  "removed, replaced or disposed of. Those whose clearing is in doubt are among them, and "
	  "counted once more by themselves." },
	{ "sensitive_sites_cleared_percent", "Sensitive sites cleared, per cent", ENTITY_SITE,
	  "sensitive:yes ever_in_scope:yes", BOTH,
	  "Of the sensitive sites ever with in-scope devices, the per cent that is cleared, to the "
	  "nearest whole one, but never 100 while one is left to clear. Its rows are all of them, "
	  "cleared or not; of no such site there is no per cent.",
	  .part = "sensitive_sites_cleared" },
	{ "sensitive_sites_cleared_unverified", "Sensitive sites cleared, but not verified",
	  ENTITY_SITE, "sensitive:yes state:\"cleared unverified\"", BOTH,
	  "Of the sensitive sites cleared, those where nobody has checked on site that all of it "
	  "is gone, or where a device stands whose make is unknown or not decided on." },
	{ "sensitive_sites_to_clear", "Sensitive sites still to clear", ENTITY_SITE,
	  "sensitive:yes in_scope_left>0", BOTH,
	  "Sensitive sites with at least one in-scope device left." },
	{ "sensitive_sites_late", "Sensitive sites past the programme's date", ENTITY_SITE,
	  "sensitive:yes in_scope_left>0 past_milestone:yes", BOTH,
	  "Sensitive sites with at least one in-scope device left, though the milestone by which "
	  "all must be clear has passed; those that a person has answered for among them." },
	{ "sensitive_sites_not_surveyed", "Sensitive sites not surveyed", ENTITY_SITE,
	  "sensitive:yes survey_on:", BOTH,
	  "Sensitive sites that no survey for equipment is recorded for, so that an empty list of "
	  "devices proves nothing." },
	{ "devices", "Devices", ENTITY_DEVICE, "", BOTH,
	  "All devices in the register, those removed among them." ALIKE },
	{ "devices_in_scope", "Devices ever in scope", ENTITY_DEVICE, "in_scope:yes", BOTH,
	  "Devices whose manufacturer is, or is suspected to be, one that the department holds to "
	  "be covered by the National Intelligence Law of the PRC, and whose kind the policy is "
	  "about (a kind not yet known counts as one); those removed among them." ALIKE },
	{ "devices_in_scope_left", "In-scope devices left", ENTITY_DEVICE,
	  "in_scope:yes present:yes", BOTH,
	  "In-scope devices that were not removed, replaced or disposed of. One that is only "
	  "switched off or taken off the network is still there." ALIKE },
	{ "devices_in_scope_left_sensitive", "In-scope devices left on sensitive sites",
	  ENTITY_DEVICE, "in_scope:yes present:yes sensitive:yes", BOTH,
	  "In-scope devices left that stand on a sensitive site." ALIKE },
	{ "core_network_in_scope", "In-scope devices on a core network", ENTITY_DEVICE,
	  "in_scope:yes present:yes on_core:yes", BOTH,
	  "In-scope devices left that are connected to a departmental core network, at any site "
	  "(HCWS386, 24 November 2022): the networks that the setting core_networks names. It must "
	  "be 0. Devices whose network is not known are counted apart." ALIKE },
	{ "devices_in_scope_network_unknown", "In-scope devices, network unknown", ENTITY_DEVICE,
	  "in_scope:yes present:yes on_core:unknown", FIGURE_SUMMARY,
	  "In-scope devices left, not isolated, whose network connection nobody has "
	  "recorded." ALIKE },
	{ "devices_after_instruction", "In-scope devices installed after the instruction",
	  ENTITY_DEVICE, "in_scope:yes present:yes sensitive:yes after_instruction:yes",
	  FIGURE_SUMMARY,
	  "In-scope devices left on sensitive sites that were installed after the day of the "
	  "instruction (setting instruction_on)." ALIKE },
	{ "devices_perhaps_after_instruction", "In-scope devices, perhaps installed after it",
	  ENTITY_DEVICE, "in_scope:yes present:yes sensitive:yes after_instruction:unknown", 0,
	  "In-scope devices left on sensitive sites of which it is not known whether they were "
	  "installed before or after the day of the instruction." ALIKE },
	{ "devices_make_unknown", "Devices of unknown make", ENTITY_DEVICE,
	  "match:unknown present:yes", BOTH,
	  "Devices not removed whose manufacturer is not known, whatever the label says." ALIKE },
	{ "devices_make_undecided", "Devices of a make not decided on", ENTITY_DEVICE,
	  "match:undecided present:yes", BOTH,
	  "Devices not removed whose manufacturer is known, but nobody has decided whether it is "
	  "covered." ALIKE },
	{ "devices_make_suspected", "Makes to confirm", ENTITY_DEVICE,
	  "match:suspected present:yes", BOTH,
	  "Devices not removed that are suspected to be of a covered manufacturer by what their "
	  "record says, and whose make nobody has confirmed (R10). They count as in scope until "
	  "somebody does." ALIKE },
	{ "devices_missed", "Devices a survey did not find", ENTITY_DEVICE,
	  "-missed_on: present:yes", FIGURE_TODAY,
	  "Devices not removed that were not in a survey of their site: nobody has seen them "
	  "since, and nobody has recorded that they went. They count in all other figures until "
	  "somebody does." ALIKE },
	{ "manufacturers_decided", "Manufacturers decided on", ENTITY_MANUFACTURER,
	  "-covered:undecided", 0,
	  "Manufacturers of which a person has decided whether they are covered." },
	{ "manufacturers_undecided", "Manufacturers not decided on", ENTITY_MANUFACTURER,
	  "covered:undecided", FIGURE_TODAY,
	  "Manufacturers of which nobody has decided whether they are covered by the National "
	  "Intelligence Law. Until somebody does, none of their devices is in scope." },
	{ "deadlines_overdue", "Deadlines overdue", ENTITY_DEADLINE, "open due_on<0d", BOTH,
	  "Deadlines before today that are not done." },
	{ "deadlines_due_30", "Deadlines due within 30 days", ENTITY_DEADLINE,
	  "open due_on>=0d due_on<=30d", FIGURE_TODAY,
	  "Deadlines from today to 30 days from now that are not done." },
	{ "deadlines_due_60", "Deadlines due in 31 to 60 days", ENTITY_DEADLINE,
	  "open due_on>30d due_on<=60d", FIGURE_TODAY,
	  "Deadlines 31 to 60 days from now that are not done." },
	{ "deadlines_due_90", "Deadlines due in 61 to 90 days", ENTITY_DEADLINE,
	  "open due_on>60d due_on<=90d", FIGURE_TODAY,
	  "Deadlines 61 to 90 days from now that are not done." },
	{ "extensions_expire_30", "Extensions that expire within 30 days", ENTITY_DEADLINE,
	  "open expires_on>=0d expires_on<=30d", FIGURE_TODAY,
	  "Deadlines that are not done and hold by an extension that expires from today to 30 days "
	  "from now: then the original date counts again." },
	{ "extensions_lapsed", "Extensions lapsed", ENTITY_DEADLINE, "open lapsed:yes", BOTH,
	  "Deadlines that are not done and whose extension has expired, so that they are due on "
	  "their original date again." },
	{ "deadlines_slipped", "Deadlines that slipped", ENTITY_DEADLINE, "open slipped>0",
	  FIGURE_SUMMARY,
	  "Deadlines that are not done and whose date now is later than the one first set, by an "
	  "extension that holds or because another date was set. The list says by how many days, "
	  "and who approved the extension." },
	{ "reviews_due", "Assessments to review", ENTITY_ASSESSMENT, "newest:yes review_on<=30d",
	  FIGURE_TODAY,
	  "Assessments that count for their site, being its newest, and ask to be reviewed by 30 "
	  "days from now, or asked to be before." },
	{ "contracts_notice_due", "Contracts to give notice of", ENTITY_CONTRACT,
	  "renews_past:yes notice_on>=0d notice_on<=90d", FIGURE_TODAY,
	  "Contracts that renew past the deadline of in-scope devices under them unless notice is "
	  "given within 90 days." },
	{ "contracts_one_company", "Contracts with one covered company", ENTITY_CONTRACT,
	  "one_company:covered", BOTH,
	  "Contracts under which one company supplies the equipment, operates it and holds what it "
	  "records, and that company is covered." },
	{ "devices_contract_not_recorded", "Devices whose contract is not recorded", ENTITY_DEVICE,
	  "contract_from:\"not recorded\" present:yes", 0,
	  "Devices not removed that name a contract which the register does not hold." ALIKE },
	{ "answers_lapsing", "Answers to findings that end within 30 days", ENTITY_ANSWER,
	  "expires_on>=0d expires_on<=30d", FIGURE_TODAY,
	  "Answers to findings that hold today and whose last day is within 30 days: the findings "
	  "are open again behind it." },
	{ "devices_answer_lapsed", "Devices whose answer has lapsed", ENTITY_DEVICE, "lapsed:any",
	  FIGURE_TODAY,
	  "Devices that break a rule, to which a person gave an answer that holds no more." ALIKE },
	{ "sites_answer_lapsed", "Sites whose answer has lapsed", ENTITY_SITE, "lapsed:any",
	  FIGURE_TODAY,
	  "Sites that break a rule, to which a person gave an answer that holds no more." },
	{ "contracts_answer_lapsed", "Contracts whose answer has lapsed", ENTITY_CONTRACT,
	  "lapsed:any", FIGURE_TODAY,
	  "Contracts that break a rule, to which a person gave an answer that holds no more." },
	{ "sources_refused", "Files with refused rows", ENTITY_SOURCE, "open>0", FIGURE_TODAY,
	  "Imported files of which at least one row was refused and is neither mended nor dropped "
	  "since." },
	{ "refusals_open", "Refused rows to mend", ENTITY_REFUSAL, "state:open", FIGURE_TODAY,
	  "Rows that imports refused, and that nobody has mended, dropped or imported again "
	  "since." },
	{ "questions_open", "Questions from imports", ENTITY_QUESTION, "answer:open", FIGURE_TODAY,
	  "Values in imported files that a person had decided otherwise, and about which nobody "
	  "has said since whether the decision stands." },
	{ 0 }
};

const struct figure *
figure_named(const char *id)
{
	for each_figure(figure)
		if (strcmp(figure->id, id) == 0)
			return figure;
	return NULL;
}
