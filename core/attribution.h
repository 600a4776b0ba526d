/* SPDX-License-Identifier: MIT */
#ifndef CORE_ATTRIBUTION_H
#define CORE_ATTRIBUTION_H

#include "core/maker.h"

/* Whom a device is taken to be made by, as is kept of it. Ids of manufacturers, 0 for none. */
struct attribution {
	int64_t manufacturer, rival;
	const char *evidence;		/* a name of match_evidence[] */
};

/* The word of match_evidence[] for a maker that a person or a file named. */
extern const char attribution_stated[];

/*
 * What becomes of it by a match.  A manufacturer that was stated stays, and matching only says
 * which other the evidence points to, unless that is weak.  One without any evidence was found by
 * a version of the program that kept none: it counts as stated unless the label says the same.
 */
struct attribution attribution_settle(const struct attribution *stands,
				      const struct maker_match *match);

bool attribution_same(const struct attribution *a, const struct attribution *b);

#endif
