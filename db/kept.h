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
	const char *name;	/* {kept.NAME} in db/columns.def: how many things it finds */
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
	const char *word;		/* that a choice is to be; NULL: SQL says it */
	const struct kept_term *left, *right;
};

struct kept_item {
	enum entity_kind entity;
	const char *words;		/* the filter's */
	const struct filter *filter;
	const struct kept_term *term;	/* NULL: not kept */
	int place;			/* in counts (rows, then things), or in flags; -1: none */
};

/* What filters ask of a row: the word of a choice, or whether a term holds ("1", "0"). */
struct kept_element {
	const struct field *choice;	/* NULL for a term */
	bool of_site;			/* the device's site's sensitivity, known beforehand */
	struct sql sql;			/* its expression */
};

/* Of all filters of one entity together; the columns of a statement end at 128. */
enum { KEPT_ELEMENTS_MAX = 96 };

/* How rows of one entity are judged. */
struct kept_judge {
	const struct entity *entity;
	struct kept_element elements[KEPT_ELEMENTS_MAX];
	int count;
	int items;			/* that are kept, of that entity */
	struct map seen;		/* from elements side by side to their verdict's place */
	short *verdicts;		/* each: the items that find such rows, -1; room for all */
	size_t room;
	char *key;			/* the elements of the row at hand */
	size_t key_room;
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
 * 0 on, and -1 behind the last. They live until the next call; their place in verdicts stays.
 */
const short *kept_judge_row(struct kept *kept, struct kept_judge *judge, const char *const *values);

/* What the definitions are, in short: another program, or other tables, have another one. */
void kept_append_fingerprint(struct text *out);

#endif
