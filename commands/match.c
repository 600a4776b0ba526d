/* SPDX-License-Identifier: MIT */
#include "commands/match.h"

#include <string.h>

#include "commands/finding.h"
#include "core/attribution.h"
#include "db/maker_load.h"
#include "db/record.h"

/* Whether a field of the device says something new; of a new one, whether it says anything. */
static bool
is_new(const struct record *before, const struct record *now, int field)
{
	return !text_equals(before != NULL ? before->values[field] : NULL, now->values[field]);
}

static bool
is_to_match(const struct record *before, const struct record *now)
{
	static const int fields[] = { DEVICE_make, DEVICE_model, DEVICE_mac, DEVICE_manufacturer,
				      DEVICE_maker_confirmed_on };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (is_new(before, now, fields[i]))
			return true;
	return false;
}

static bool
id_of(struct session *session, const char *name, int64_t *id, struct error *error)
{
	struct record_id found = { 0 };
	bool looked = name == NULL ||
		      store_lookup(session->store, ENTITY_MANUFACTURER, name, &found, error);

	*id = found.value;
	return looked;
}

static bool
name_of(struct session *session, int64_t id, const char **name, struct arena *arena,
	struct error *error)
{
	const struct record *record;

	*name = NULL;
	if (id == 0)
		return true;
	record = store_read(session->store, (struct record_id){ ENTITY_MANUFACTURER, id },
			    session->today, arena, error);
	*name = record != NULL ? record_key(record) : NULL;
	return record != NULL;
}

/* A manufacturer that nobody knows is left for the store to refuse. */
static bool
settle(struct session *session, const struct record *before, struct record *now,
       struct arena *arena, struct error *error)
{
	bool named = now->values[DEVICE_manufacturer] != NULL &&
		     is_new(before, now, DEVICE_manufacturer);
	struct attribution stands = { .evidence = named ? attribution_stated
							: now->values[DEVICE_evidence] },
			   settled;
	struct maker_table *makers = store_makers(session->store, error);
	struct maker_match match;

	if (makers == NULL ||
	    !id_of(session, now->values[DEVICE_manufacturer], &stands.manufacturer, error))
		return false;
	if (named && stands.manufacturer == 0)
		return true;
	maker_match(makers, now->values[DEVICE_make], now->values[DEVICE_model],
		    now->values[DEVICE_mac], &match);
	settled = attribution_settle(&stands, &match);
	now->values[DEVICE_evidence] = settled.evidence;
	return (settled.manufacturer == stands.manufacturer ||
		name_of(session, settled.manufacturer, &now->values[DEVICE_manufacturer], arena,
			error)) &&
	       name_of(session, settled.rival, &now->values[DEVICE_rival], arena, error);
}

bool
match_record(struct session *session, const struct record *before, struct record *now,
	     struct arena *arena, struct error *error)
{
	if (now->entity->kind != ENTITY_DEVICE || !is_to_match(before, now))
		return true;
	if (now->values[DEVICE_maker_confirmed_on] == NULL)
		return settle(session, before, now, arena, error);
	if (is_new(before, now, DEVICE_maker_confirmed_on) ||
	    is_new(before, now, DEVICE_manufacturer)) {
		now->values[DEVICE_evidence] = attribution_stated;
		now->values[DEVICE_rival] = NULL;
	}
	return true;
}

static bool
check_device(const struct record *device, struct error *error)
{
	const char *maker = device->values[DEVICE_manufacturer],
		   *rival = device->values[DEVICE_rival];
	bool in_scope = text_same(device->values[DEVICE_in_scope], "yes");

	if (!in_scope && !text_same(device->values[DEVICE_match], "suspected"))
		return true;
	return error_set(error, ERROR_INVALID,
			 "Device %s is no replacement: it is %s itself (%.80s%s%.80s). Nothing was "
			 "saved. Name another device; if it must be this one, give the reason with "
			 "--why.",
			 record_key(device),
			 in_scope ? "in scope" : "suspected to be of a covered maker",
			 maker != NULL ? maker : "maker unknown", rival != NULL ? ", or " : "",
			 rival != NULL ? rival : "");
}

bool
match_check_replacement(struct session *session, const char *tag, struct error *error)
{
	struct arena arena = { 0 };
	struct record_id id;
	const struct record *device = NULL;
	bool passed = store_lookup(session->store, ENTITY_DEVICE, tag, &id, error);

	if (passed && id.value != 0) {
		device = store_read(session->store, id, session->today, &arena, error);
		passed = device != NULL && check_device(device, error);
	}
	arena_free(&arena);
	return passed;
}

bool
match_check_record(struct session *session, const struct record *before, const struct record *now,
		   const char *why, struct error *error)
{
	const char *tag = NULL;

	if (now->entity->kind == ENTITY_DEVICE)
		tag = now->values[DEVICE_replaced_by];
	return tag == NULL || why != NULL || !is_new(before, now, DEVICE_replaced_by) ||
	       match_check_replacement(session, tag, error);
}

/* What is covered changes by decisions alone (commands/manufacturer.h). */
static const struct {
	enum entity_kind kind;
	int field;
} fields_read[] = {
	{ ENTITY_MANUFACTURER, MANUFACTURER_name },
	{ ENTITY_MANUFACTURER_NAME, MANUFACTURER_NAME_name },
	{ ENTITY_MANUFACTURER_NAME, MANUFACTURER_NAME_manufacturer },
	{ ENTITY_MANUFACTURER_NAME, MANUFACTURER_NAME_confidence },
	{ ENTITY_MANUFACTURER_NAME, MANUFACTURER_NAME_kind },
	{ ENTITY_MODEL_PREFIX, MODEL_PREFIX_prefix },
	{ ENTITY_MODEL_PREFIX, MODEL_PREFIX_manufacturer },
	{ ENTITY_MODEL_PREFIX, MODEL_PREFIX_confidence },
	{ ENTITY_MAC_PREFIX, MAC_PREFIX_prefix },
	{ ENTITY_MAC_PREFIX, MAC_PREFIX_manufacturer },
	{ ENTITY_MAC_PREFIX, MAC_PREFIX_holder },
};

enum { FIELDS_READ = sizeof fields_read / sizeof fields_read[0] };

bool
match_reads_kind(enum entity_kind kind)
{
	for (size_t i = 0; i < FIELDS_READ; i++)
		if (fields_read[i].kind == kind)
			return true;
	return false;
}

bool
match_reads_field(enum entity_kind kind, int field)
{
	for (size_t i = 0; i < FIELDS_READ; i++)
		if (fields_read[i].kind == kind && fields_read[i].field == field)
			return true;
	return false;
}

bool
match_reads_change(const struct record *before, const struct record *now)
{
	for (int i = 0; i < now->entity->field_count; i++)
		if (match_reads_field(now->entity->kind, i) &&
		    (before == NULL || !text_equals(before->values[i], now->values[i])))
			return true;
	return false;
}

void
match_say_findings(struct session *session, struct record_id id, struct text *words)
{
	struct arena arena = { 0 };
	struct error ignored;
	const struct record *device = id.kind == ENTITY_DEVICE
					      ? store_read(session->store, id, session->today,
							   &arena, &ignored)
					      : NULL;

	if (device != NULL && text_same(device->values[DEVICE_in_scope], "yes") &&
	    text_same(device->values[DEVICE_sensitive], "yes"))
		findings_say(session, id, words, &ignored);
	arena_free(&arena);
}
