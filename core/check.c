/* SPDX-License-Identifier: MIT */
#include "core/check.h"

#include <string.h>

#include "core/rule.h"
#include "core/setting.h"

/* A field that, when it holds anything but `unless` (or anything at all, when that is NULL), needs another beside it. */
static const struct pairing {
	enum entity_kind entity;
	int field;
	const char *unless;
	int needs;
	const char *words;
} pairings[] = {
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, "undecided", MANUFACTURER_basis,
	  "Whether a manufacturer is covered is a decision: it needs its basis in words (basis)." },
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, "undecided", MANUFACTURER_decided_by,
	  "Whether a manufacturer is covered is a decision: it needs the name of who decided (decided_by)." },
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, "undecided", MANUFACTURER_decided_on,
	  "Whether a manufacturer is covered is a decision: it needs its day (decided_on)." },
	{ ENTITY_DEVICE, DEVICE_decision, "none", DEVICE_decision_by,
	  "A decision on a device needs the name of who decided (decision_by)." },
	{ ENTITY_DEVICE, DEVICE_decision, "none", DEVICE_decision_on, "A decision on a device needs its day (decision_on)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_by,
	  "Whether the removal is extended to a site is a decision: it needs the name of who decided (extend_by)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_on,
	  "Whether the removal is extended to a site is a decision: it needs its day (extend_on)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_reason,
	  "Whether the removal is extended to a site is a decision: it needs its reason (extend_reason)." },
	{ ENTITY_DEVICE, DEVICE_maker_confirmed_on, NULL, DEVICE_maker_confirmed_by,
	  "A confirmed manufacturer needs the name of who confirmed it (maker_confirmed_by)." },
	{ ENTITY_DEVICE, DEVICE_maker_confirmed_by, NULL, DEVICE_maker_confirmed_on,
	  "A confirmed manufacturer needs the day it was confirmed (maker_confirmed_on)." },
	{ ENTITY_DEVICE, DEVICE_maker_confirmed_on, NULL, DEVICE_manufacturer,
	  "A manufacturer can only be confirmed once it is named (manufacturer)." },
};

static bool
check_pairings(const struct record *record, struct error *error)
{
	for (size_t i = 0; i < sizeof pairings / sizeof pairings[0]; i++) {
		const struct pairing *row = &pairings[i];
		const char *value;

		if (row->entity != record->entity->kind)
			continue;
		value = record->values[row->field];
		if (value != NULL && (row->unless == NULL || strcmp(value, row->unless) != 0) &&
		    record->values[row->needs] == NULL)
			return error_set(error, ERROR_INVALID, "%s", row->words);
	}
	return true;
}

/* A removal that is only planned would count as done: the figures believe these days. */
static bool
check_happened(const struct field *field, const char *value, struct date today, struct error *error)
{
	char day[DATE_TEXT_SIZE];

	date_format(today, day);
	return strcmp(value, day) <= 0 ||
	       error_set(error, ERROR_INVALID, "%s is %s, which is after today (%s): %s says what has happened already. A day "
			 "that is planned is a deadline.", field->title, value, day, field->name);
}

/* A million rows of an import come through here, so every field is looked at once. */
static bool
check_fields(const struct record *record, struct date today, const struct field **missing, struct error *error)
{
	const struct entity *entity = record->entity;

	for (int i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		const char *value = record->values[i];

		if (value == NULL && (field->flags & (FIELD_REQUIRED | FIELD_COMPUTED)) == FIELD_REQUIRED) {
			*missing = field;
			return error_set(error, ERROR_INVALID, "Every %s needs its %s: %s.", entity->name, field->name, field->help);
		}
		if (value != NULL && (field->flags & FIELD_HAPPENED) && !check_happened(field, value, today, error))
			return false;
	}
	return true;
}

/* An answer is about one record, of the sort that its rule is about. */
static bool
check_answer(const struct record *record, struct error *error)
{
	const char *const *values = record->values;
	const struct rule *rule = rule_named(values[ANSWER_rule]);

	if (rule == NULL || rule->filter == NULL)
		return error_set(error, ERROR_INVALID, "No finding can come of a rule '%.60s'. terrier help rules lists those that "
				 "records can break.", values[ANSWER_rule]);
	if ((values[ANSWER_device] != NULL) != (rule->entity == ENTITY_DEVICE) ||
	    (values[ANSWER_site] != NULL) != (rule->entity == ENTITY_SITE) ||
	    (values[ANSWER_contract] != NULL) != (rule->entity == ENTITY_CONTRACT))
		return error_set(error, ERROR_INVALID, "%s (%s) is about %s, so an answer to it names one %s and nothing else.",
				 rule->id, rule->name, entities[rule->entity].plural, entities[rule->entity].name);
	return true;
}

/* The program knows the settings by their names: there is none to add, and none to call otherwise. */
static bool
check_setting(const struct record *record, struct error *error)
{
	const struct setting *setting = setting_named(record->values[SETTING_name]);

	if (setting == NULL)
		return error_set(error, ERROR_INVALID, "There is no setting '%.60s': the settings are those that terrier list settings "
				 "shows, under those names.", record->values[SETTING_name]);
	return setting_check(setting, record->values[SETTING_value], error);
}

bool
record_check_naming(const struct record *record, struct date today, const struct field **missing, struct error *error)
{
	*missing = NULL;
	if (!check_fields(record, today, missing, error) || !check_pairings(record, error))
		return false;
	if (record->entity->kind == ENTITY_ANSWER)
		return check_answer(record, error);
	if (record->entity->kind == ENTITY_SETTING)
		return check_setting(record, error);
	if (record->entity->kind == ENTITY_DEADLINE && (record->values[DEADLINE_site] != NULL) +
	    (record->values[DEADLINE_device] != NULL) + (record->values[DEADLINE_body] != NULL) != 1)
		return error_set(error, ERROR_INVALID, "A deadline is for one site, for one device or for one organisation: name one of them.");
	return true;
}

bool
record_check(const struct record *record, struct date today, struct error *error)
{
	const struct field *missing;

	return record_check_naming(record, today, &missing, error);
}

bool
record_check_change(const struct record *before, const struct record *now, struct date today, struct error *error)
{
	const char *was, *from, *until;
	char day[DATE_TEXT_SIZE];

	if (now->entity->kind != ENTITY_MANUFACTURER)
		return true;
	was = before->values[MANUFACTURER_covered];
	from = before->values[MANUFACTURER_effective_on];
	until = now->values[MANUFACTURER_effective_on];
	date_format(today, day);
	if (was == NULL || strcmp(was, "undecided") == 0 || (from != NULL && strcmp(from, day) > 0) || until == NULL ||
	    strcmp(until, day) <= 0)
		return true;
	return error_set(error, ERROR_INVALID, "There is a decision on %s in force. A new one from %s would leave it undecided until "
			 "then, and its devices out of the figures: leave the day out, or decide again on that day.",
			 record_key(before), until);
}
