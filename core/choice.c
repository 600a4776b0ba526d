/* SPDX-License-Identifier: MIT */
/*
 * Every closed list of words in the register.  The form's pick lists, the
 * import's synonyms, the filter's words and the manual read them from here.
 */
#include "core/choice.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

const struct choice organisation_kinds[] = {
	{ "unknown", "", CHOICE_INITIAL },
	{ "department", "ministerial department,ministry", 0 },
	{ "agency", "executive agency", 0 },
	{ "public body", "ndpb,alb,arm's length body", 0 },
	{ "council", "local authority,borough", 0 },
	{ "police", "police force", 0 },
	{ "health", "nhs,nhs trust", 0 },
	{ "other", "", 0 },
	{ 0 }
};

/* What a list of ticks means by yes and by no; a plain x stands for either, so it is neither. */
#define TICKS "\xe2\x9c\x93,\xe2\x9c\x94,\xe2\x98\x91"
#define CROSSES "\xe2\x9c\x97,\xe2\x9c\x98"

/* The four limbs of the definition of a sensitive site (answer of 9 April 2024, DOMAIN S18). */
const struct choice limb_answers[] = {
	{ "not assessed", "unknown,not known,tbc", CHOICE_INITIAL },
	{ "yes", "y,true,1,tick,ticked," TICKS, 0 },
	{ "no", "n,false,0," CROSSES, 0 },
	{ 0 }
};

const struct choice yes_no_unknown[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "yes", "y,true,1,tick,ticked," TICKS, 0 },
	{ "no", "n,false,0,none," CROSSES, 0 },
	{ 0 }
};

const struct choice controllers[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "department", "us,own,owner", 0 },
	{ "landlord", "lessor", 0 },
	{ "contractor", "fm,fm provider,pfi", 0 },
	{ 0 }
};

const struct choice survey_grades[] = {
	{ "none", "not surveyed", CHOICE_INITIAL },
	{ "desk", "desk return,desk record", 0 },
	{ "photograph", "photo", 0 },
	{ "physical check", "site visit,physical,visit", 0 },
	{ 0 }
};

/*
 * Visual surveillance first, which HCWS386 of 24 November 2022 is about; then the wider kinds of
 * connected places.  A kind not yet known counts as in scope until it is known.
 *
 * Left out, as they may be one kind or another: encoder, decoder (of cameras, or a lock), infrared
 * camera (lit or thermal), access point (of a network, a door), reader, server, monitor.
 */
const struct choice device_kinds[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL | CHOICE_POLICY },
	{ "camera",
	  "cctv,cctv camera,ip camera,network camera,analogue camera,hd camera,video "
	  "camera,dome,dome camera,mini dome,vandal dome,fixed dome,static dome,internal "
	  "dome,external dome,bullet,bullet camera,fixed bullet,ptz,ptz camera,ptz dome,pan tilt "
	  "zoom,fixed,fixed camera,static,static camera,turret,turret camera,eyeball,360,360 "
	  "camera,360 degree,360 degree camera,fisheye,fisheye camera,panoramic,panoramic "
	  "camera,multisensor,multisensor camera,multi lens,box,box camera,covert camera",
	  CHOICE_POLICY },
	{ "recorder",
	  "nvr,dvr,xvr,hvr,network video recorder,digital video recorder,hybrid video "
	  "recorder,hybrid recorder,video recorder,cctv recorder",
	  CHOICE_POLICY },
	{ "video management",
	  "vms,video management system,video management software,vms server,video management "
	  "server",
	  CHOICE_POLICY },
	{ "number plate camera",
	  "anpr,alpr,lpr,anpr camera,alpr camera,lpr camera,number plate recognition,automatic "
	  "number plate recognition,licence plate recognition,license plate recognition",
	  CHOICE_POLICY },
	{ "body-worn camera", "body worn,bwv,bwc,body worn video,body cam,body camera",
	  CHOICE_POLICY },
	{ "drone", "uav,uas,rpas,quadcopter", CHOICE_POLICY },
	{ "video intercom",
	  "intercom,door entry,door entry system,door entry panel,video entry,video door "
	  "entry,video door phone,door station,video doorbell,video entry phone",
	  CHOICE_POLICY },
	{ "thermal camera", "thermal,thermal imager,thermal imaging,thermal imaging camera",
	  CHOICE_POLICY },
	{ "access control",
	  "door controller,access controller,card reader,access control system,access control "
	  "panel,proximity reader,fingerprint reader,biometric reader",
	  CHOICE_WIDER },
	{ "traffic sensor", "traffic", CHOICE_WIDER },
	{ "parking sensor", "parking", CHOICE_WIDER },
	{ "lighting controller", "lighting,street lighting", CHOICE_WIDER },
	{ "energy controller", "energy,bms,building management system,smart meter", CHOICE_WIDER },
	{ "cellular module",
	  "cellular,iot module,modem,4g router,5g router,4g modem,5g modem,lte router,cellular "
	  "router",
	  CHOICE_WIDER },
	{ "network equipment",
	  "switch,router,network switch,poe switch,ethernet switch,firewall,wireless access "
	  "point,wifi access point,media converter",
	  0 },
	{ "other", "", 0 },
	{ 0 }
};

/*
 * How a device is wired (LAN, VLAN, WAN, Wi-Fi, fibre, networked) does not say whose network it is
 * on: that is the question of the instruction of 24 November 2022, so these words are refused and
 * somebody must say.
 */
const struct choice networks[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "none",
	  "not connected,unconnected,no network,not networked,not on a "
	  "network,standalone,analogue,analog,analogue only,offline",
	  0 },
	{ "isolated",
	  "separate,separate network,air gapped,air gap,closed network,dedicated network,isolated "
	  "network,standalone network,private network,security network,cctv network",
	  0 },
	{ "departmental",
	  "corporate,department,corporate lan,corporate wan,corporate network,corporate "
	  "it,departmental lan,departmental network,department network,office lan,office "
	  "network,business network",
	  CHOICE_SHARED },
	{ "core", "core network,core departmental network,departmental core network",
	  CHOICE_SHARED },
	{ "internet", "broadband,cloud,public internet,the internet,adsl,vdsl,dsl,fttc,fttp",
	  CHOICE_SHARED },
	{ "cellular",
	  "3g,4g,5g,4g/5g,lte,4g lte,sim,sim card,gsm,gprs,mobile,mobile network,mobile "
	  "data,cellular network",
	  CHOICE_SHARED },
	{ 0 }
};

const struct choice decisions[] = {
	{ "none", "no decision", CHOICE_INITIAL },
	{ "remove", "", 0 },
	{ "replace", "", 0 },
	{ "retain with mitigation", "retain", 0 },
	{ 0 }
};

const struct choice covered_answers[] = {
	{ "undecided", "unknown,tbc", CHOICE_INITIAL },
	{ "yes", "y,true,1,tick,ticked," TICKS, 0 },
	{ "no", "n,false,0," CROSSES, 0 },
	{ 0 }
};

/*
 * How sure a device's manufacturer is (DOMAIN R10: only a person confirms). "undecided" keeps a
 * known maker that nobody has decided on apart from one that is not known.
 */
const struct choice matches[] = {
	{ "unknown", "", CHOICE_INITIAL },
	{ "undecided", "", 0 },
	{ "suspected", "", 0 },
	{ "confirmed", "", 0 },
	{ "not covered", "", 0 },
	{ 0 }
};

const struct choice name_kinds[] = {
	{ "spelling", "alias", CHOICE_INITIAL },
	{ "subsidiary", "affiliate", 0 },
	{ "brand", "sub-brand", 0 },
	{ "rebadge", "oem,relabel", 0 },
	{ 0 }
};

const struct choice confidences[] = {
	{ "likely", "probable", CHOICE_INITIAL },
	{ "sure", "certain,confirmed", 0 },
	{ "hint", "weak,possible", 0 },
	{ 0 }
};

const struct choice deadline_kinds[] = {
	{ "remove", "removal", CHOICE_INITIAL },
	{ "replace", "replacement", 0 },
	{ "disconnect", "isolate", 0 },
	{ "assess", "assessment", 0 },
	{ "survey", "", 0 },
	{ "confirm make", "confirm manufacturer", 0 },
	{ 0 }
};

/* The layers that a date may come from, the widest first; the earliest date of all counts. */
const struct choice deadline_layers[] = {
	{ "none", "", CHOICE_INITIAL },
	{ "programme", "", 0 },
	{ "organisation", "", 0 },
	{ "site", "", 0 },
	{ "device", "", 0 },
	{ 0 }
};

/*
 * What tells who made a device, as core/maker.h finds it. None of it confirms: that is a person's
 * to do (DOMAIN R10).
 */
const struct choice match_evidence[] = {
	{ "none", "", CHOICE_INITIAL },
	{ "label", "make", 0 },
	{ "model", "", 0 },
	{ "mac", "", 0 },
	{ "several", "", 0 },
	{ "disagree", "", 0 },
	{ "stated", "", 0 },
	{ 0 }
};

const struct choice contract_kinds[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "supply", "purchase,supply only", 0 },
	{ "maintenance", "maintain,service and maintenance", 0 },
	{ "managed service", "managed,full service,service", 0 },
	{ 0 }
};

const struct choice one_company_answers[] = {
	{ "unknown", "", CHOICE_INITIAL },
	{ "no", "", 0 },
	{ "yes", "", 0 },
	{ "covered", "", 0 },
	{ 0 }
};

/* Which contract a device is under; its own counts before that of its site. */
const struct choice contract_sources[] = {
	{ "none", "", CHOICE_INITIAL },
	{ "device", "own", 0 },
	{ "site", "inherited", 0 },
	{ "not recorded", "", 0 },
	{ 0 }
};

/* For sites outside the definition of a sensitive one (DOMAIN R4). */
const struct choice extend_answers[] = {
	{ "undecided", "unknown,tbc", CHOICE_INITIAL },
	{ "yes", "y,extend", 0 },
	{ "no", "n,do not extend", 0 },
	{ 0 }
};

const struct choice finding_answers[] = {
	{ "retain with mitigation", "retain", CHOICE_INITIAL },
	{ "not in scope", "out of scope", 0 },
	{ "accepted", "accept,accept the risk", 0 },
	{ "mistaken", "wrong,not true", 0 },
	{ 0 }
};

/* A row of a file of refused rows that is refused again is replaced by the newer refusal. */
const struct choice entry_kinds[] = {
	[ENTRY_KIND_COMMAND] = { "command", "", CHOICE_INITIAL },
	[ENTRY_KIND_IMPORT] = { "import", "", 0 },
	[ENTRY_KIND_UNDO] = { "undo", "", 0 },
	[ENTRY_KIND_REDO] = { "redo", "", 0 },
	[ENTRY_KIND_INIT] = { "init", "", 0 },
	{ 0 }
};

const struct choice refusal_states[] = {
	{ "open", "", CHOICE_INITIAL },
	{ "mended", "", 0 },
	{ "dropped", "", 0 },
	{ "replaced", "refused again", 0 },
	{ 0 }
};

/* By enum refusal_cause of core/refusal.h, which says what each means. */
const struct choice refusal_causes[] = {
	{ "value", "", CHOICE_INITIAL },
	{ "damaged", "", 0 },
	{ "shifted", "", 0 },
	{ "cells", "", 0 },
	{ "missing", "", 0 },
	{ "no key", "", 0 },
	{ "unknown record", "", 0 },
	{ "several", "", 0 },
	{ "contradiction", "", 0 },
	{ "together", "", 0 },
	{ "decided", "", 0 },
	{ 0 }
};

const struct choice question_answers[] = {
	{ "open", "", CHOICE_INITIAL },
	{ "kept", "keep", 0 },
	{ "taken", "take", 0 },
	{ 0 }
};

/* Longer than any name or synonym; shorter than any plural. */
enum { FOLDED_SIZE = 64, SINGULAR_LENGTH_MIN = 3 };

/* Goes past what does not count to the next letter or digit; its bytes, 0 at comma or end. */
static size_t
find_letter(const char **text)
{
	size_t size;

	for (; **text != '\0' && **text != ','; *text += size)
		if (text_is_letter(*text, &size))
			return size;
	return 0;
}

/*
 * The letters and digits of the words, small, as text_fold() would give them; false when no choice
 * is as long.
 */
static bool
fold(const char *words, char folded[FOLDED_SIZE])
{
	size_t length = 0, size;

	for (; *words != '\0'; words += size) {
		if (!text_is_letter(words, &size))
			continue;
		if (length + size >= FOLDED_SIZE)
			return false;
		for (size_t i = 0; i < size; i++)
			folded[length++] = (char)(words[i] >= 'A' && words[i] <= 'Z'
							  ? words[i] | 0x20
							  : words[i]);
	}
	folded[length] = '\0';
	return true;
}

/* Whether a name, or a synonym up to its comma, says the same as folded words. */
static bool
says(const char *name, const char *folded)
{
	size_t size;

	while ((size = find_letter(&name)) > 0) {
		if (strncasecmp(name, folded, size) != 0)
			return false;
		name += size;
		folded += size;
	}
	return *folded == '\0';
}

/* Nearly all differ in their first letter, which no sign stands before. */
static bool
is_synonym(const char *synonyms, const char *folded)
{
	char before = ',';

	for (; *synonyms != '\0'; before = *synonyms++)
		if (before == ',' && (*synonyms | 0x20) == (*folded | 0x20) &&
		    says(synonyms, folded))
			return true;
	return false;
}

static const struct choice *
find_folded(const struct choice *choices, const char *folded)
{
	for each_choice(choice, choices)
		if (says(choice->name, folded) || is_synonym(choice->synonyms, folded))
			return choice;
	return NULL;
}

const struct choice *
choice_find(const struct choice *choices, const char *words)
{
	const struct choice *found;
	char folded[FOLDED_SIZE];
	size_t length;

	for each_choice(choice, choices)
		if (strcmp(choice->name, words) == 0)
			return choice;
	if (!fold(words, folded))
		return NULL;
	found = find_folded(choices, folded);
	length = strlen(folded);
	/* "Domes" are what "dome" says. */
	if (found != NULL || length <= SINGULAR_LENGTH_MIN || (folded[length - 1] | 0x20) != 's')
		return found;
	folded[length - 1] = '\0';
	return find_folded(choices, folded);
}

void
choice_append_names(struct text *out, const struct choice *choices)
{
	for each_choice(choice, choices)
		text_format(out, "%s%s", choice == choices ? "" : ", ", choice->name);
}

const char *
choice_initial(const struct choice *choices)
{
	for each_choice(choice, choices)
		if (choice->flags & CHOICE_INITIAL)
			return choice->name;
	return NULL;
}

bool
choice_kind_in_scope(const char *kind, const char *wider)
{
	const struct choice *choice = choice_find(device_kinds, kind != NULL ? kind : "unknown");

	return choice == NULL || (choice->flags & CHOICE_POLICY) != 0 ||
	       ((choice->flags & CHOICE_WIDER) != 0 && text_list_has(wider, choice->name));
}
