/* SPDX-License-Identifier: MIT */
/* What no file moves by itself, though no person's decision stands beside it. */
#include "commands/import_amend.h"

#include <string.h>

#include "core/check.h"
#include "db/maker_load.h"

/* The field that names whose the record is: of a name, or of a prefix; -1 for other records. */
static int
field_of_maker(const struct import *import)
{
	switch (import->entity->kind) {
	case ENTITY_MANUFACTURER_NAME:
		return MANUFACTURER_NAME_manufacturer;
	case ENTITY_MODEL_PREFIX:
		return MODEL_PREFIX_manufacturer;
	case ENTITY_MAC_PREFIX:
		return MAC_PREFIX_manufacturer;
	default:
		return -1;
	}
}

static bool
refuse_name(struct import *import, const char *name, int64_t owner, bool is_own,
	    struct error *error)
{
	const char *whose = NULL;

	if (!match_key_of(import->session->store, ENTITY_MANUFACTURER, owner, &import->arena,
			  &whose, error))
		return false;
	if (is_own && import->entity->kind == ENTITY_MANUFACTURER)
		return import_refuse(import, REFUSAL_DECIDED, NULL,
				     "the register has that manufacturer as '%.80s': write it so",
				     whose);
	if (is_own)
		return import_refuse(import, REFUSAL_DECIDED, NULL,
				     "'%.80s' is a manufacturer of its own in the register "
				     "(%.80s), so it is no name of another",
				     name, whose);
	return import_refuse(import, REFUSAL_DECIDED, NULL,
			     "'%.80s' is known as a name of %.80s already, and no file takes a "
			     "name from a manufacturer: if it is another's, change that name first "
			     "(terrier list manufacturer_names)",
			     name, whose);
}

bool
import_check_name(struct import *import, struct error *error)
{
	enum entity_kind kind = import->entity->kind;
	int64_t owner, named = kind == ENTITY_MANUFACTURER_NAME
				       ? import->references[MANUFACTURER_NAME_manufacturer]
				       : 0;
	const char *name = import->values[import->entity->key];
	struct maker_table *makers;
	bool is_own;

	if (kind != ENTITY_MANUFACTURER && kind != ENTITY_MANUFACTURER_NAME)
		return true;
	makers = store_makers(import->session->store, error);
	if (makers == NULL)
		return false;
	owner = maker_table_owner(makers, name, &is_own);
	return owner == 0 || owner == named || refuse_name(import, name, owner, is_own, error);
}

/* Whose a name or a prefix is that the register has. */
static bool
check_maker(struct import *import, const struct known *known, struct error *error)
{
	int field = field_of_maker(import);
	const char *whose = NULL;

	if (field < 0 || known->references[field] == known->references_before[field])
		return true;
	if (!match_key_of(import->session->store, ENTITY_MANUFACTURER,
			  known->references_before[field], &import->arena, &whose, error))
		return false;
	return import_refuse(import, REFUSAL_DECIDED, import->entity->fields[field].name,
			     "'%.80s' is %.80s's in the register, and no file gives it to another: "
			     "do that yourself (terrier set %s '%.80s' manufacturer=NAME)",
			     known->key, whose, import->entity->name, known->key);
}

static bool
check_deadline(struct import *import, struct known *known, const struct record *now)
{
	const struct record before = { .entity = import->entity, .values = known->before };
	char day[DATE_WORDS_SIZE];
	struct date date;

	if (import->entity->kind != ENTITY_DEADLINE || !record_moves_unexplained(&before, now))
		return true;
	date_parse_iso(known->before[DEADLINE_target_on], &date);
	date_words(date, day);
	return import_refuse(import, REFUSAL_TOGETHER, "target_on",
			     "deadline %s is set to %s already: to move it, say why in a column "
			     "Reason%s",
			     known->key, day,
			     now->values[DEADLINE_reason] != NULL ?
				     " (what the register has there is the reason for that date)" :
				     "");
}

bool
import_check_settled(struct import *import, struct known *known, const struct record *now,
		     struct error *error)
{
	return check_deadline(import, known, now) && check_maker(import, known, error);
}
