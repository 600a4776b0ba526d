/* SPDX-License-Identifier: MIT */
#include "core/attribution.h"

#include <string.h>

const char attribution_stated[] = "stated";

static bool
is_stated(const struct attribution *stands, const struct maker_match *match)
{
	if (stands->manufacturer == 0)
		return false;
	return strcmp(stands->evidence, attribution_stated) == 0 ||
	       (strcmp(stands->evidence, "none") == 0 && match->label != stands->manufacturer);
}

struct attribution
attribution_settle(const struct attribution *stands, const struct maker_match *match)
{
	struct attribution settled = { match->manufacturer, match->rival, match->evidence };

	if (!is_stated(stands, match))
		return settled;
	if (match->is_weak)
		settled.rival = 0;
	else if (match->manufacturer != stands->manufacturer)
		settled.rival = match->manufacturer;
	settled.manufacturer = stands->manufacturer;
	settled.evidence = attribution_stated;
	return settled;
}

bool
attribution_same(const struct attribution *a, const struct attribution *b)
{
	return a->manufacturer == b->manufacturer && a->rival == b->rival &&
	       strcmp(a->evidence, b->evidence) == 0;
}
