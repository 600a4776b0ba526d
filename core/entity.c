/* SPDX-License-Identifier: MIT */
#include "core/entity.h"

#include <string.h>

#define FIELD(name, title, type, flags, width, headings, help) \
	{ #name, title, FIELD_##type, flags, width, NULL, ENTITY_NONE, headings, help },
#define CHOICE(name, title, choices, flags, width, headings, help) \
	{ #name, title, FIELD_CHOICE, flags, width, choices, ENTITY_NONE, headings, help },
#define REFERENCE(name, title, target, flags, width, headings, help) \
	{ #name, title, FIELD_REFERENCE, flags, width, NULL, ENTITY_##target, headings, help },

static const struct field organisation_fields[] = {
#include "core/fields/organisation.def"
	{ 0 }
};

static const struct field site_fields[] = {
#include "core/fields/site.def"
	{ 0 }
};

static const struct field assessment_fields[] = {
#include "core/fields/assessment.def"
	{ 0 }
};

static const struct field device_fields[] = {
#include "core/fields/device.def"
	{ 0 }
};

static const struct field manufacturer_fields[] = {
#include "core/fields/manufacturer.def"
	{ 0 }
};

static const struct field manufacturer_name_fields[] = {
#include "core/fields/manufacturer_name.def"
	{ 0 }
};

static const struct field model_prefix_fields[] = {
#include "core/fields/model_prefix.def"
	{ 0 }
};

static const struct field mac_prefix_fields[] = {
#include "core/fields/mac_prefix.def"
	{ 0 }
};

static const struct field make_fields[] = {
#include "core/fields/make.def"
	{ 0 }
};

static const struct field list_version_fields[] = {
#include "core/fields/list_version.def"
	{ 0 }
};

static const struct field deadline_fields[] = {
#include "core/fields/deadline.def"
	{ 0 }
};

static const struct field extension_fields[] = {
#include "core/fields/extension.def"
	{ 0 }
};

static const struct field contract_fields[] = {
#include "core/fields/contract.def"
	{ 0 }
};

static const struct field milestone_fields[] = {
#include "core/fields/milestone.def"
	{ 0 }
};

static const struct field answer_fields[] = {
#include "core/fields/answer.def"
	{ 0 }
};

static const struct field setting_fields[] = {
#include "core/fields/setting.def"
	{ 0 }
};

static const struct field source_fields[] = {
#include "core/fields/source.def"
	{ 0 }
};

static const struct field refusal_fields[] = {
#include "core/fields/refusal.def"
	{ 0 }
};

static const struct field question_fields[] = {
#include "core/fields/question.def"
	{ 0 }
};

static const struct field entry_fields[] = {
#include "core/fields/entry.def"
	{ 0 }
};

static const struct field change_fields[] = {
#include "core/fields/change.def"
	{ 0 }
};

const struct entity entities[ENTITY_COUNT] = {
	/*
	 * name, plural, title, titles, fields, how many, key, label, scope, flags, help, import key
	 * and least
	 */
	[ENTITY_ORGANISATION] = { ENTITY_ORGANISATION, "organisation", "organisations",
				  "Organisation", "Organisations", organisation_fields,
				  ORGANISATION_FIELD_COUNT, ORGANISATION_code, ORGANISATION_name,
				  -1, ENTITY_EDITED | ENTITY_IMPORTED,
				  "A body that answers for sites: a department, an agency, a "
				  "council" },
	[ENTITY_SITE] = { ENTITY_SITE, "site", "sites", "Site", "Sites", site_fields,
			  SITE_FIELD_COUNT, SITE_code, SITE_name, SITE_organisation,
			  ENTITY_EDITED | ENTITY_IMPORTED,
			  "A building, a complex or an area that devices stand on" },
	[ENTITY_ASSESSMENT] = { ENTITY_ASSESSMENT, "assessment", "assessments", "Assessment",
				"Assessments", assessment_fields, ASSESSMENT_FIELD_COUNT,
				ASSESSMENT_number, ASSESSMENT_site, ASSESSMENT_site,
				ENTITY_EDITED | ENTITY_IMPORTED | ENTITY_DECIDED,
				"A decision on whether a site is sensitive; the newest counts",
				"site, decided_on", 2 },
	[ENTITY_DEVICE] = { ENTITY_DEVICE, "device", "devices", "Device", "Devices", device_fields,
			    DEVICE_FIELD_COUNT, DEVICE_tag, DEVICE_place, DEVICE_site,
			    ENTITY_EDITED | ENTITY_IMPORTED,
			    "A camera, a recorder or another device on a site" },
	[ENTITY_MANUFACTURER] = { ENTITY_MANUFACTURER, "manufacturer", "manufacturers",
				  "Manufacturer", "Manufacturers", manufacturer_fields,
				  MANUFACTURER_FIELD_COUNT, MANUFACTURER_name, MANUFACTURER_name,
				  -1, ENTITY_EDITED | ENTITY_IMPORTED,
				  "A company that makes devices" },
	[ENTITY_MANUFACTURER_NAME] = { ENTITY_MANUFACTURER_NAME, "manufacturer_name",
				       "manufacturer_names", "Manufacturer name",
				       "Manufacturer names", manufacturer_name_fields,
				       MANUFACTURER_NAME_FIELD_COUNT, MANUFACTURER_NAME_name,
				       MANUFACTURER_NAME_manufacturer, -1,
				       ENTITY_EDITED | ENTITY_IMPORTED,
				       "A name by which the devices of a manufacturer are known" },
	[ENTITY_MODEL_PREFIX] = { ENTITY_MODEL_PREFIX, "model_prefix", "model_prefixes",
				  "Model prefix", "Model prefixes", model_prefix_fields,
				  MODEL_PREFIX_FIELD_COUNT, MODEL_PREFIX_prefix,
				  MODEL_PREFIX_manufacturer, -1, ENTITY_EDITED | ENTITY_IMPORTED,
				  "A beginning of model numbers that tells their manufacturer" },
	[ENTITY_MAC_PREFIX] = { ENTITY_MAC_PREFIX, "mac_prefix", "mac_prefixes", "MAC prefix",
				"MAC prefixes", mac_prefix_fields, MAC_PREFIX_FIELD_COUNT,
				MAC_PREFIX_prefix, MAC_PREFIX_manufacturer, -1,
				ENTITY_EDITED | ENTITY_IMPORTED,
				"A block of MAC addresses that the program does not know of by "
				"itself" },
	[ENTITY_MAKE] = { ENTITY_MAKE, "make", "makes", "Unknown make", "Unknown makes",
			  make_fields, MAKE_FIELD_COUNT, MAKE_name, MAKE_nearest, -1,
			  ENTITY_DERIVED,
			  "A make that no table knows, and how many devices it hides" },
	[ENTITY_LIST_VERSION] = { ENTITY_LIST_VERSION, "list_version", "list_versions",
				  "List version", "List versions", list_version_fields,
				  LIST_VERSION_FIELD_COUNT, LIST_VERSION_number, LIST_VERSION_what,
				  -1, 0,
				  "A version of the list of manufacturers, and what it changed" },
	[ENTITY_DEADLINE] = { ENTITY_DEADLINE, "deadline", "deadlines", "Deadline", "Deadlines",
			      deadline_fields, DEADLINE_FIELD_COUNT, DEADLINE_number,
			      DEADLINE_subject, DEADLINE_site, ENTITY_EDITED | ENTITY_IMPORTED,
			      "A date by which something must be done at a site or to a device",
			      "site, device, body, kind", 2 },
	[ENTITY_EXTENSION] = { ENTITY_EXTENSION, "extension", "extensions", "Extension",
			       "Extensions", extension_fields, EXTENSION_FIELD_COUNT,
			       EXTENSION_number, EXTENSION_subject, EXTENSION_deadline,
			       ENTITY_COMMANDED,
			       "A later date that a deadline was given, and who approved it" },
	[ENTITY_CONTRACT] = { ENTITY_CONTRACT, "contract", "contracts", "Contract", "Contracts",
			      contract_fields, CONTRACT_FIELD_COUNT, CONTRACT_reference,
			      CONTRACT_name, -1, ENTITY_EDITED | ENTITY_IMPORTED,
			      "A contract: who supplies, who operates, who holds the data, when it "
			      "ends" },
	[ENTITY_MILESTONE] = { ENTITY_MILESTONE, "milestone", "milestones", "Milestone",
			       "Milestones", milestone_fields, MILESTONE_FIELD_COUNT,
			       MILESTONE_name, MILESTONE_name, -1, ENTITY_EDITED | ENTITY_IMPORTED,
			       "A day by which a share of the sensitive sites must be cleared" },
	[ENTITY_ANSWER] = { ENTITY_ANSWER, "answer", "answers", "Answer", "Answers", answer_fields,
			    ANSWER_FIELD_COUNT, ANSWER_number, ANSWER_subject, -1, ENTITY_COMMANDED,
			    "What a person decided about a finding, and until when that holds" },
	[ENTITY_SETTING] = { ENTITY_SETTING, "setting", "settings", "Setting", "Settings",
			     setting_fields, SETTING_FIELD_COUNT, SETTING_name, SETTING_name, -1,
			     ENTITY_EDITED | ENTITY_GIVEN,
			     "A date, a list or a number that the rules rest on" },
	[ENTITY_SOURCE] = { ENTITY_SOURCE, "source", "sources", "Source", "Sources", source_fields,
			    SOURCE_FIELD_COUNT, SOURCE_number, SOURCE_file, -1, 0,
			    "A file that was imported" },
	[ENTITY_REFUSAL] = { ENTITY_REFUSAL, "refusal", "refusals", "Refusal", "Refusals",
			     refusal_fields, REFUSAL_FIELD_COUNT, REFUSAL_number, REFUSAL_reason,
			     REFUSAL_source, ENTITY_SETTLED, "A row that an import refused" },
	[ENTITY_QUESTION] = { ENTITY_QUESTION, "question", "questions", "Question", "Questions",
			      question_fields, QUESTION_FIELD_COUNT, QUESTION_number,
			      QUESTION_record, QUESTION_source, ENTITY_SETTLED,
			      "A value in an imported file that a person had decided otherwise" },
	[ENTITY_ENTRY] = { ENTITY_ENTRY, "entry", "entries", "Entry", "Entries", entry_fields,
			   ENTRY_FIELD_COUNT, ENTRY_number, ENTRY_what, -1, 0,
			   "One action in the history" },
	[ENTITY_CHANGE] = { ENTITY_CHANGE, "change", "changes", "Change", "Changes", change_fields,
			    CHANGE_FIELD_COUNT, CHANGE_number, CHANGE_record, CHANGE_entry, 0,
			    "One field of one record, old and new" },
};

const struct entity *
entity_named(const char *name)
{
	for each_entity(entity)
		if (text_same(name, entity->name) || text_same(name, entity->plural))
			return entity;
	return NULL;
}

struct record *
record_new(struct arena *arena, enum entity_kind kind)
{
	const struct entity *entity = &entities[kind];
	struct record *record = arena_alloc(arena, sizeof *record);

	record->entity = entity;
	record->id.kind = kind;
	record->values = arena_alloc(arena, (size_t)entity->field_count * sizeof *record->values);
	for (int i = 0; i < entity->field_count; i++)
		if (entity->fields[i].choices != NULL && field_is_stored(&entity->fields[i]))
			record->values[i] = choice_initial(entity->fields[i].choices);
	return record;
}

struct record *
record_copy(struct arena *arena, const struct record *record)
{
	struct record *copy = arena_alloc(arena, sizeof *copy);
	size_t size = (size_t)record->entity->field_count * sizeof *record->values;

	*copy = *record;
	copy->values = arena_alloc(arena, size);
	memcpy(copy->values, record->values, size);
	return copy;
}

const char *
record_key(const struct record *record)
{
	const char *key = record->values[record->entity->key];

	return key != NULL ? key : "";
}
