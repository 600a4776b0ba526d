/* SPDX-License-Identifier: MIT */
#ifndef CORE_MAKER_H
#define CORE_MAKER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

/*
 * Who made a device, from what its label, its model number and its MAC address say (DOMAIN 3).
 * Each is looked up in tables:
 *
 *   the names of manufacturers, case, blanks, punctuation and words for a company's form aside,
 *	each of them whole and never as a part of a longer name; of what brackets and strokes
 *	part ("Honeywell (Dahua)"), each part;
 *   what model numbers begin with, blanks and hyphens aside: the longest beginning counts, and
 *	that of two manufacturers says nothing; "DH-" is followed by its hyphen or by a digit,
 *	for it is no beginning of DHARMA;
 *   blocks of MAC addresses: 36, 28, then 24 bits; an address that was set locally, or is a
 *	group's, has no maker.
 *
 * None confirms: a label may be another's, a prefix clash, a block be an old one (DOMAIN R10).
 */
struct maker_table;

/*
 * How a manufacturer is judged: where the evidence disagrees, the more suspicious one counts.  One
 * that is covered from a later day is covered: whom a device is taken to be made by hangs on what
 * was decided, and never on the day on which that is asked.
 */
enum maker_standing { MAKER_NOT_COVERED, MAKER_UNDECIDED, MAKER_COVERED };

/* What a row of a table can prove: a weak one, a hint, counts only where nothing else tells. */
enum maker_weight { MAKER_WEAK, MAKER_STRONG };

/* An empty table, and its end. The texts that are added are copied. */
struct maker_table *maker_table_new(void);
void maker_table_free(struct maker_table *table);

/* A manufacturer: its id in the register and its name for people. Before what refers to it. */
void maker_table_add(struct maker_table *table, int64_t id, const char *name,
		     enum maker_standing standing);

/* The same of one that is covered, from that day on (2024-01-31); NULL: as soon as recorded. */
void maker_table_add_covered(struct maker_table *table, int64_t id, const char *name,
			     const char *since);

/*
 * A name, a model prefix or a block of MAC addresses (6, 7 or 9 hexadecimal digits, what stands
 * between them aside) of a manufacturer; one that was not added, and what is no such block, is
 * passed over.
 */
void maker_table_add_name(struct maker_table *table, const char *name, int64_t manufacturer,
			  enum maker_weight weight);
void maker_table_add_model(struct maker_table *table, const char *prefix, int64_t manufacturer,
			   enum maker_weight weight);

/*
 * The name of a brand whose devices that manufacturer is said to make.  Where it is what another
 * manufacturer is called, the label stays that one's, and says besides that the first may have made
 * the device; of several who are said to, the first that was added counts.  Else it is as any name.
 */
void maker_table_add_rebadge(struct maker_table *table, const char *name, int64_t manufacturer,
			     enum maker_weight weight);

void maker_table_add_mac(struct maker_table *table, const char *prefix, int64_t manufacturer,
			 const char *holder);

/*
 * Adds the blocks of core/mac_blocks.def, of the manufacturers that are there by their names, and
 * the names that those are registered under.  After the manufacturers.  What was added by the
 * functions above counts before them.
 */
void maker_table_add_blocks(struct maker_table *table);

/* What each piece of evidence says: a manufacturer's id, or 0. */
struct maker_match {
	int64_t label, model, mac;
	int64_t manufacturer;	/* whom it is taken to be; 0 for nobody knows */
	int64_t rival;		/* another whom some of the evidence points to; 0 when it agrees */
	const char *evidence;	/* a name of match_evidence[] */
	bool is_weak;		/* only weak evidence names them */
};

/*
 * Matches what a device says of itself, any bytes; NULL for what is not known.  Weak evidence is
 * passed over where any that is not weak names a manufacturer.  Of several whom the evidence names
 * the most suspicious one counts; of equals, whom the MAC address names, then the model, then the
 * label.  The rival is the most suspicious of the others, of covered ones that from the earliest
 * day: so on no day is one of three covered and neither of the two that are kept.  Who is said to
 * make a brand's devices counts besides the brand, and is no disagreement, until the rest of the
 * label, a model number that is not weak, or the MAC address tells more.  Remembers makes
 * and models that it has seen, so a million devices cost little more than one look-up each.
 */
void maker_match(struct maker_table *table, const char *make, const char *model, const char *mac,
		 struct maker_match *match);

/*
 * Appends what a match says, in words: "The label says Honeywell; MAC 3CEF8C is Zhejiang Dahua
 * Technology Co., Ltd."; one sentence, or nothing when nothing says anything.  Before what is weak
 * stands "weak:".
 */
void maker_append_evidence(struct text *out, struct maker_table *table, const char *make,
			   const char *model, const char *mac);

/*
 * Whose name that is, own or other, case, blanks and punctuation aside: the manufacturer's id, 0
 * for nobody's, for that of two, and for one that is only known as a part of a longer name or as
 * the holder of a block.  *is_own: it is what that manufacturer itself is called.
 */
int64_t maker_table_owner(const struct maker_table *table, const char *name, bool *is_own);

/*
 * Which company that is, as a contract writes it: matched as a label is, but for names of devices
 * that another sells (maker_table_add_rebadge), which are that other company's.  The manufacturer's
 * id; 0 for one that no table knows.
 */
int64_t maker_table_company(const struct maker_table *table, const char *name);

/*
 * The known names that are spelt nearest to a make, or stand among its words, one of each
 * manufacturer, at most `count`, the nearest first; how many there are.  The texts are the
 * table's.  A person is to choose: none of them is a match.
 */
int maker_nearest(const struct maker_table *table, const char *make, const char **names,
		  int64_t *manufacturers, int count);

#endif
