/* SPDX-License-Identifier: MIT */
#include "core/check.h"

#include <stdlib.h>
#include <string.h>

#include "core/rule.h"
#include "core/setting.h"

#define ASSESSMENT_STAYS \
	"An assessment stays as it was decided, under the name of who decided it: assess the " \
	"site again with terrier site assess, or undo."
#define COVER_DECIDES \
	"Whether a manufacturer is covered is decided with terrier manufacturer cover or " \
	"uncover, which also shows what it changes."

enum { SHARE_MAX = 100, PREFIX_LETTERS_MIN = 2 };

/*
 * A field that, when it holds anything but `unless` (or anything at all, when that is NULL), needs
 * another beside it.
 */
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
	  "Whether a manufacturer is covered is a decision: it needs the name of who decided "
	  "(decided_by)." },
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, "undecided", MANUFACTURER_decided_on,
	  "Whether a manufacturer is covered is a decision: it needs its day (decided_on)." },
	{ ENTITY_DEVICE, DEVICE_decision, "none", DEVICE_decision_by,
	  "A decision on a device needs the name of who decided (decision_by)." },
	{ ENTITY_DEVICE, DEVICE_decision, "none", DEVICE_decision_on,
	  "A decision on a device needs its day (decision_on)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_by,
	  "Whether the removal is extended to a site is a decision: it needs the name of who "
	  "decided (extend_by)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_on,
	  "Whether the removal is extended to a site is a decision: it needs its day "
	  "(extend_on)." },
	{ ENTITY_SITE, SITE_extend, "undecided", SITE_extend_reason,
	  "Whether the removal is extended to a site is a decision: it needs its reason "
	  "(extend_reason)." },
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
	       error_set(error, ERROR_INVALID,
			 "%s is %s, which is after today (%s): %s says what has happened already. "
			 "A day that is planned is a deadline.",
			 field->title, value, day, field->name);
}

/* A million rows of an import come through here, so every field is looked at once. */
static bool
check_fields(const struct record *record, struct date today, const struct field **missing,
	     struct error *error)
{
	const struct entity *entity = record->entity;

	for (int i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		const char *value = record->values[i];

		if (value == NULL &&
		    (field->flags & (FIELD_REQUIRED | FIELD_COMPUTED)) == FIELD_REQUIRED) {
			*missing = field;
			return error_set(error, ERROR_INVALID, "Every %s needs its %s: %s.",
					 entity->name, field->name, field->help);
		}
		if (value != NULL && (field->flags & FIELD_HAPPENED) &&
		    !check_happened(field, value, today, error))
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
		return error_set(error, ERROR_INVALID,
				 "No finding can come of a rule '%.60s'. terrier help rules lists "
				 "those that records can break.",
				 values[ANSWER_rule]);
	if ((values[ANSWER_device] != NULL) != (rule->entity == ENTITY_DEVICE) ||
	    (values[ANSWER_site] != NULL) != (rule->entity == ENTITY_SITE) ||
	    (values[ANSWER_contract] != NULL) != (rule->entity == ENTITY_CONTRACT))
		return error_set(error, ERROR_INVALID,
				 "%s (%s) is about %s, so an answer to it names one %s and nothing "
				 "else.",
				 rule->id, rule->name, entities[rule->entity].plural,
				 entities[rule->entity].name);
	return true;
}

/* The program knows the settings by their names: there is none to add, nor to call otherwise. */
static bool
check_setting(const struct record *record, struct error *error)
{
	const struct setting *setting = setting_named(record->values[SETTING_name]);

	if (setting == NULL)
		return error_set(error, ERROR_INVALID,
				 "There is no setting '%.60s': the settings are those that terrier "
				 "list settings shows, under those names.",
				 record->values[SETTING_name]);
	return setting_check(setting, record->values[SETTING_value], error);
}

/* An extension that ends before it begins would bring the date forward. */
static bool
check_extension(const struct record *record, struct error *error)
{
	const char *from = record->values[EXTENSION_from_on],
		   *until = record->values[EXTENSION_to_on];

	return strcmp(until, from) > 0 || error_set(error, ERROR_INVALID,
						    "A deadline of %s can only be extended to a "
						    "later date than that, and %s is none.",
						    from, until);
}

/* Until the later day nobody would have decided, though the list says no. */
static bool
check_manufacturer(const struct record *record, struct date today, struct error *error)
{
	const char *covered = record->values[MANUFACTURER_covered],
		   *from = record->values[MANUFACTURER_effective_on];
	char day[DATE_TEXT_SIZE];

	date_format(today, day);
	return covered == NULL || strcmp(covered, "no") != 0 || from == NULL ||
	       strcmp(from, day) <= 0 ||
	       error_set(error, ERROR_INVALID,
			 "That a manufacturer is not covered counts at once: the day from which it "
			 "counts (effective_on) cannot be %s, which is after today (%s).",
			 from, day);
}

static bool
check_milestone(const struct record *record, struct error *error)
{
	const char *share = record->values[MILESTONE_share];
	long number = strtol(share, NULL, 10);

	return (number >= 1 && number <= SHARE_MAX) ||
	       error_set(error, ERROR_INVALID,
			 "The share of a milestone is a number of per cent from 1 to %d, and %.40s "
			 "is none.",
			 SHARE_MAX, share);
}

/* One that has fewer would begin half of all model numbers, or none. */
static bool
check_model_prefix(const struct record *record, struct error *error)
{
	const char *prefix = record->values[MODEL_PREFIX_prefix];
	size_t size;
	int letters = 0;

	for (const char *at = prefix; *at != '\0'; at += size)
		letters += text_is_letter(at, &size);
	return letters >= PREFIX_LETTERS_MIN ||
	       error_set(error, ERROR_INVALID,
			 "'%.40s' is no beginning of model numbers: it must have at least %d "
			 "letters or digits.",
			 prefix, PREFIX_LETTERS_MIN);
}

static bool
check_deadline(const struct record *record, struct error *error)
{
	return (record->values[DEADLINE_site] != NULL) + (record->values[DEADLINE_device] != NULL) +
			       (record->values[DEADLINE_body] != NULL) ==
		       1 ||
	       error_set(error, ERROR_INVALID,
			 "A deadline is for one site, for one device or for one organisation: name "
			 "one of them.");
}

/* What is asked of one kind of record alone; its required fields are there. */
static bool
check_kind(const struct record *record, struct date today, struct error *error)
{
	switch (record->entity->kind) {
	case ENTITY_ANSWER:
		return check_answer(record, error);
	case ENTITY_DEADLINE:
		return check_deadline(record, error);
	case ENTITY_EXTENSION:
		return check_extension(record, error);
	case ENTITY_MANUFACTURER:
		return check_manufacturer(record, today, error);
	case ENTITY_MILESTONE:
		return check_milestone(record, error);
	case ENTITY_MODEL_PREFIX:
		return check_model_prefix(record, error);
	case ENTITY_SETTING:
		return check_setting(record, error);
	default:
		return true;
	}
}

bool
record_check_naming(const struct record *record, struct date today, const struct field **missing,
		    struct error *error)
{
	*missing = NULL;
	return check_fields(record, today, missing, error) && check_pairings(record, error) &&
	       check_kind(record, today, error);
}

bool
record_check(const struct record *record, struct date today, struct error *error)
{
	const struct field *missing;

	return record_check_naming(record, today, &missing, error);
}

bool
record_check_change(const struct record *before, const struct record *now, struct date today,
		    struct error *error)
{
	const char *was, *from, *until;
	char day[DATE_TEXT_SIZE];

	if (now->entity->kind != ENTITY_MANUFACTURER)
		return true;
	was = before->values[MANUFACTURER_covered];
	from = before->values[MANUFACTURER_effective_on];
	until = now->values[MANUFACTURER_effective_on];
	date_format(today, day);
	if (was == NULL || strcmp(was, "undecided") == 0 ||
	    (from != NULL && strcmp(from, day) > 0) || until == NULL || strcmp(until, day) <= 0)
		return true;
	return error_set(error, ERROR_INVALID,
			 "There is a decision on %s in force. A new one from %s would leave it "
			 "undecided until then, and its devices out of the figures: leave the day "
			 "out, or decide again on that day.",
			 record_key(before), until);
}

/* A field that commands of their own change, and what they are. */
static const struct settled {
	enum entity_kind entity;
	int field;
	bool once;	/* a first value may be given */
	const char *words;
} settled[] = {
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, false, COVER_DECIDES },
	{ ENTITY_MANUFACTURER, MANUFACTURER_effective_on, false, COVER_DECIDES },
	{ ENTITY_ASSESSMENT, ASSESSMENT_site, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_secret, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_dv, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_ministers, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_socpa, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_other, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_decided_by, false, ASSESSMENT_STAYS },
	{ ENTITY_ASSESSMENT, ASSESSMENT_decided_on, false, ASSESSMENT_STAYS },
	{ ENTITY_DEADLINE, DEADLINE_first_on, true,
	  "The date that was first set shows how far a deadline has slipped, so it stays as it is "
	  "(first_on)." },
};

static bool
is_changed(const struct record *before, const struct record *now, int field)
{
	return !text_equals(before->values[field], now->values[field]);
}

bool
record_moves_unexplained(const struct record *before, const struct record *now)
{
	return is_changed(before, now, DEADLINE_target_on) &&
	       (!is_changed(before, now, DEADLINE_reason) || now->values[DEADLINE_reason] == NULL);
}

bool
record_check_set(const struct record *before, const struct record *now, struct error *error)
{
	for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++) {
		const struct settled *row = &settled[i];

		if (row->entity == now->entity->kind && is_changed(before, now, row->field) &&
		    !(row->once && before->values[row->field] == NULL))
			return error_set(error, ERROR_INVALID, "%s Nothing was changed.",
					 row->words);
	}
	if (now->entity->kind == ENTITY_DEADLINE && record_moves_unexplained(before, now))
		return error_set(error, ERROR_CONFLICT,
				 "Deadline %s (%s, %s) is set to %s already. To set another date, "
				 "say why (reason). Nothing was changed.",
				 record_key(before), before->values[DEADLINE_subject],
				 before->values[DEADLINE_kind], before->values[DEADLINE_target_on]);
	return true;
}

bool
record_check_decision(const struct record *before, struct record *now, const char *why,
		      struct arena *arena, struct error *error)
{
	bool is_setting = now->entity->kind == ENTITY_SETTING;
	int value = is_setting ? (int)SETTING_value : (int)MILESTONE_due_on,
	    source = is_setting ? (int)SETTING_source : (int)MILESTONE_source;

	if ((!is_setting && now->entity->kind != ENTITY_MILESTONE) ||
	    !is_changed(before, now, value))
		return true;
	if (why == NULL || *why == '\0')
		return error_set(error, ERROR_USAGE,
				 "The programme's dates decide what is late, so a change of one "
				 "needs its reason: set it with why (on the command line --why "
				 "TEXT). Nothing was changed.");
	if (now->values[source] == NULL || !is_changed(before, now, source))
		now->values[source] = arena_format(arena, "The department's decision: %s", why);
	return true;
}
