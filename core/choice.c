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

/* The four limbs of the definition of a sensitive site (answer of 9 April 2024, DOMAIN S18). */
const struct choice limb_answers[] = {
	{ "not assessed", "unknown,not known,tbc", CHOICE_INITIAL },
	{ "yes", "y,true,1", 0 },
	{ "no", "n,false,0", 0 },
	{ 0 }
};

const struct choice yes_no_unknown[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "yes", "y,true,1", 0 },
	{ "no", "n,false,0,none", 0 },
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
 * Visual surveillance first, which HCWS386 of 24 November 2022 is about; then the
 * wider kinds of connected places.  A kind not yet known counts as in scope until it is known.
 */
const struct choice device_kinds[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL | CHOICE_POLICY },
	{ "camera", "cctv,cctv camera,dome,bullet,ptz,fixed,ip camera,turret", CHOICE_POLICY },
	{ "recorder", "nvr,dvr,xvr,network video recorder,digital video recorder", CHOICE_POLICY },
	{ "video management", "vms,video management system", CHOICE_POLICY },
	{ "number plate camera", "anpr,alpr", CHOICE_POLICY },
	{ "body-worn camera", "body worn,bwv,bwc", CHOICE_POLICY },
	{ "drone", "uav,uas", CHOICE_POLICY },
	{ "video intercom", "intercom,door entry,video entry", CHOICE_POLICY },
	{ "thermal camera", "thermal", CHOICE_POLICY },
	{ "access control", "door controller,access controller,card reader", 0 },
	{ "traffic sensor", "traffic", 0 },
	{ "parking sensor", "parking", 0 },
	{ "lighting controller", "lighting,street lighting", 0 },
	{ "energy controller", "energy,bms,smart meter", 0 },
	{ "cellular module", "cellular,iot module,modem,4g router", 0 },
	{ "network equipment", "switch,router", 0 },
	{ "other", "", 0 },
	{ 0 }
};

const struct choice networks[] = {
	{ "unknown", "not known,tbc", CHOICE_INITIAL },
	{ "none", "not connected,standalone,analogue", 0 },
	{ "isolated", "separate,air gapped", 0 },
	{ "departmental", "corporate,department", 0 },
	{ "core", "core network", 0 },
	{ "internet", "broadband,cloud", 0 },
	{ "cellular", "4g,5g,mobile", 0 },
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
	{ "yes", "y,true,1", 0 },
	{ "no", "n,false,0", 0 },
	{ 0 }
};

/* How sure a device's manufacturer is (DOMAIN R10: only a person confirms). "undecided" keeps a known maker that
 * nobody has decided on apart from one that is not known. */
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

/* A row that comes again in a file of refused rows and is refused again is replaced by the newer refusal. */
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
	{ "empty", "", 0 },
	{ "missing", "", 0 },
	{ "no key", "", 0 },
	{ "unknown record", "", 0 },
	{ "several", "", 0 },
	{ "contradiction", "", 0 },
	{ "together", "", 0 },
	{ 0 }
};

const struct choice question_answers[] = {
	{ "open", "", CHOICE_INITIAL },
	{ "kept", "keep", 0 },
	{ "taken", "take", 0 },
	{ 0 }
};

/* Goes past what does not count to the next letter or digit; its bytes, or 0 at the comma or the end. */
static size_t
find_letter(const char **text)
{
	size_t size;

	for (; **text != '\0' && **text != ','; *text += size)
		if (text_is_letter(*text, &size))
			return size;
	return 0;
}

/* Whether both say the same up to a comma or the end. */
static bool
same_word(const char *a, const char *b)
{
	size_t size;

	while ((size = find_letter(&a)) > 0) {
		if (find_letter(&b) != size || strncasecmp(a, b, size) != 0)
			return false;
		a += size;
		b += size;
	}
	return find_letter(&b) == 0 && *a == '\0';
}

static bool
is_synonym(const char *synonyms, const char *words)
{
	while (*synonyms != '\0') {
		if (same_word(words, synonyms))
			return true;
		synonyms += strcspn(synonyms, ",");
		synonyms += *synonyms == ',';
	}
	return false;
}

const struct choice *
choice_find(const struct choice *choices, const char *words)
{
	for each_choice(choice, choices)
		if (strcmp(choice->name, words) == 0)
			return choice;
	for each_choice(choice, choices)
		if (same_word(words, choice->name) || is_synonym(choice->synonyms, words))
			return choice;
	return NULL;
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
choice_kind_in_scope(const char *kind)
{
	const struct choice *choice = choice_find(device_kinds, kind != NULL ? kind : "unknown");

	return choice == NULL || (choice->flags & CHOICE_POLICY) != 0;
}
