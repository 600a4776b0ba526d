/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIGURE_H
#define CORE_FIGURE_H

#include "core/entity.h"

/*
 * A number with a definition.  It is the count of the records that its filter finds, so the list
 * that opens it shows exactly the rows it counts; a device's row that stands for several alike
 * counts as so many.  A share is the per cent of those records that another figure counts too.
 */
enum figure_place {
	FIGURE_TODAY = 1 << 0,		/* on the Today screen */
	FIGURE_SUMMARY = 1 << 1,	/* on the summary page of the minister's workbook */
};

struct figure {
	const char *id;
	const char *label;
	enum entity_kind entity;
	const char *filter;		/* in the words of core/filter.h */
	unsigned places;
	const char *definition;		/* whole sentences */
	/* The id of the figure that it is a share of its rows by; NULL: it counts them. */
	const char *part;
};

/* Ends with a nameless row (id NULL). */
extern const struct figure figures[];

#define each_figure(row) \
	(const struct figure *row = figures; row->id != NULL; row++)

const struct figure *figure_named(const char *id);

#endif
