/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MAKERS_H
#define TESTS_MAKERS_H

/* A site and the manufacturers that the tests of matching are about. */

#include "tests/support.h"

/* Two makers whose blocks the program knows, one that buys from them, one that does not. */
static inline void
lay_out(struct support *test)
{
	support_begin(test, "Made");
	support_add(test, ENTITY_SITE, "code=HQ", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Hikvision", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Honeywell", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Axis", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=HIK", "manufacturer=Hikvision", NULL);
	support_add(test, ENTITY_MODEL_PREFIX, "prefix=DS-2CD", "manufacturer=Hikvision", NULL);
	support_commit(test);
}

#endif
