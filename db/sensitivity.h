/* SPDX-License-Identifier: MIT */
#ifndef DB_SENSITIVITY_H
#define DB_SENSITIVITY_H

#include "db/store.h"

/*
 * Whether a site is sensitive (DOMAIN R7): what its own newest assessment says, when that is yes or
 * no; else what is said of the nearest complex above it of which yes or no is said; else not
 * assessed, which never counts as no.
 */
struct sensitivity {
	bool is_there;		/* else there is no such site */
	const char *answer;	/* a word of limb_answers[] */
	int64_t inherited;	/* the complex whose assessment it is; 0 for its own */
};

/* Sites lie in complexes so many deep at most; what is further above counts for nothing. */
enum { SITE_DEPTH_MAX = 16 };

bool sensitivity_of_site(struct store *store, int64_t id, struct sensitivity *sensitivity,
			 struct error *error);

/* ERROR_CONFLICT when the site would be part of itself, or lies too deep. */
bool sensitivity_check_parents(struct store *store, int64_t id, struct error *error);

#endif
