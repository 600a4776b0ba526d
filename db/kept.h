/* SPDX-License-Identifier: MIT */
#ifndef DB_KEPT_H
#define DB_KEPT_H

#include <sqlite3.h>

#include "core/map.h"
#include "db/condition.h"

/*
 * What is kept of each site (db/standing.h): how many of its devices each of many filters finds, as
 * rows and as things (a row may stand for several alike), and which filters find the site itself.
 * The filters are those of kept_bases[], which fields of sites read, of the figures (core/figure.h)
 * and of the rules (core/rule.h).  One that depends on today's date, or on tables whose changes are
 * not watched, is not kept and is asked of the register each time.
 */
struct kept_base {
	/* {kept.NAME} in db/columns.def: how many things of the site the filter finds. */
	const char *name;
	const char *filter;	/* of devices */
};

/* Ends with a nameless row. */
extern const struct kept_base kept_bases[];

/*
 * In counts: the day on which the last in-scope device went, in days since 1970, 0 for none; then
 * two for each filter of devices.
 */
enum { KEPT_LAST_GONE, KEPT_FIRST };

/* Where the things of a base are in counts, or "last_gone". */
int kept_place(const char *name);

/* A filter whose terms are places among the elements of its judge. */
struct kept_term {
	enum filter_kind kind;
	int place;			/* of a term */
	/* That a choice is to be; NULL: SQL says whether it holds. */
	const char *word;
	const struct kept_term *left, *right;
};

struct kept_item {
	enum entity_kind entity;
	const char *words;		/* the filter's */
	const struct filter *filter;
	const struct kept_term *term;	/* NULL: not kept */
	/*
	 * Of devices: in counts, of its rows, its things behind it; of sites: in flags; -1: not
	 * kept.
	 */
	int place;
};

/*
 * Something of a row that filters depend on: the word of a choice, or whether a term holds ("1",
 * "0").
 */
struct kept_element {
	const struct field *choice;	/* NULL for a term */
	/* The sensitivity of the device's site, which is known beforehand. */
	bool of_site;
	struct sql sql;			/* its expression */
};

enum {
	/* All filters of one entity together; the columns of a statement end at 128. */
	KEPT_ELEMENTS_MAX = 96,
	KEPT_KEY_SIZE = 2048,
};

/* How rows of one entity are judged. */
struct kept_judge {
	const struct entity *entity;
	struct kept_element elements[KEPT_ELEMENTS_MAX];
	int count;
	int items;			/* that are kept, of that entity */
	/* From elements side by side to the place of their verdict. */
	struct map seen;
	/* For each: the numbers of the items that find such rows, then -1; `items` + 1 of room. */
	short *verdicts;
	size_t room;
	char key[KEPT_KEY_SIZE];
};

struct kept {
	struct arena arena;
	struct kept_item *items;	/* the bases in front */
	size_t count, room;
	int counts, flags;		/* how many numbers are kept of a site */
	struct kept_judge devices, sites;
};

struct kept *kept_new(struct error *error);
void kept_free(struct kept *kept);

/* The item of that filter; NULL when there is none or it is not kept. */
const struct kept_item *kept_find(const struct kept *kept, enum entity_kind entity,
				  const char *words);

/* Appends ", expression" of the element, its values bound. */
void kept_append_element(struct sql *sql, const struct kept_element *element);

/*
 * What the elements are of a row, KEPT_ELEMENTS_MAX of room: they stand in the statement from
 * column `first` on; `sensitive` is that of its site.  They live until the statement goes on.
 */
void kept_read_elements(const struct kept_judge *judge, sqlite3_stmt *statement, int first,
			const char *sensitive, const char **values);

/*
 * Which items find a row with these elements: their numbers among the kept ones of the entity, from
 * 0 on, and -1 behind the last. They live until the next call; their place in judge->verdicts
 * stays.
 */
const short *kept_judge_row(struct kept *kept, struct kept_judge *judge, const char *const *values);

/* What the definitions are, in short: another program, or other tables, have another one. */
void kept_append_fingerprint(struct text *out);

#endif
