/* SPDX-License-Identifier: MIT */
#ifndef DB_TALLY_H
#define DB_TALLY_H

#include "db/kept.h"

/*
 * Works out what is kept of sites and writes it to the table `standing`: of some sites, whose
 * difference is added to the sums of all, or of all of them, in one pass over the devices.
 */
struct tally_site {
	int64_t id;
	const char *sensitive;		/* a word of limb_answers[] */
	bool is_there;			/* else it has gone */
	bool grows;			/* what was kept of it stays, and new devices come to it */
	uint32_t begin;			/* pass_begin() */
};

struct tally {
	struct store *store;
	struct kept *kept;
	bool all;
	struct tally_site *sites;	/* in the order of their ids */
	int64_t *ids;			/* the same ids alone */
	size_t count;
	int64_t *places;		/* of the sites by id; NULL where ids are not dense */
	uint32_t *rows;			/* that each kept filter of devices finds, by site */
	int64_t *counts;		/* of each site, kept->counts of them */
	int ever;			/* the filter's number for all that was ever in scope */
	int64_t *sums, *flag_sums;	/* of all sites */
	struct pass *pass;		/* NULL: not needed yet */
	bool adding;			/* the devices that come are new */
	int64_t seen;			/* of them so far */
	struct error *error;
};

/* Makes known to SQL what the pass calls for each device. */
bool tally_register(struct store *store, struct error *error);

/* The sites whose ids these are, sorted, each once; NULL for all. False with an error. */
bool tally_sites(struct store *store, struct kept *kept, const int64_t *ids, size_t count,
		 struct error *error);

/*
 * Ids, sorted, each once: sites to be worked out again; new devices, and the sites that they are
 * of: where such a site is not of the first, its other devices are as they were, and are not read.
 */
struct tally_ids {
	const int64_t *ids;
	size_t count;
};

struct tally_touched {
	struct tally_ids sites, devices, grown;
};

bool tally_touched(struct store *store, struct kept *kept, const struct tally_touched *touched,
		   struct error *error);

#endif
