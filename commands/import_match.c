/* SPDX-License-Identifier: MIT */
/* Who made the device of a row. */
#include "commands/import_run.h"

#include <string.h>

#include "db/maker_load.h"

bool
import_match(struct import *import, const char *const *values, struct attribution *attribution,
	     struct error *error)
{
	struct maker_table *makers = store_makers(import->session->store, error);
	struct maker_match match;

	if (makers == NULL)
		return false;
	maker_match(makers, values[DEVICE_make], values[DEVICE_model], values[DEVICE_mac], &match);
	/*
	 * Files often have a column that says of the manufacturer what the label says: that is no
	 * more than the label.
	 */
	if (match.manufacturer != 0 && match.manufacturer == attribution->manufacturer)
		attribution->evidence = match.evidence;
	*attribution = attribution_settle(attribution, &match);
	return true;
}

bool
import_match_new(struct import *import, bool *unknown, struct error *error)
{
	int64_t *references = import->references;
	struct attribution attribution = { references[DEVICE_manufacturer], 0, "none" };

	if (import->entity->kind != ENTITY_DEVICE)
		return true;
	if (attribution.manufacturer != 0)
		attribution.evidence = attribution_stated;
	if (import->values[DEVICE_maker_confirmed_on] == NULL &&
	    !import_match(import, import->values, &attribution, error))
		return false;
	references[DEVICE_manufacturer] = attribution.manufacturer;
	references[DEVICE_rival] = attribution.rival;
	import->values[DEVICE_evidence] = attribution.evidence;
	*unknown = import->values[DEVICE_make] != NULL && attribution.manufacturer == 0;
	return true;
}
