/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "core/entity.h"

/*
 * What a record must keep to as a whole, field by field being right already:
 * required fields, no fact dated after today, and a name, a day and grounds
 * behind every decision.  The form, `set`, imports and the store all ask here,
 * so that no record can be made in one way that could not be saved in another.
 * False with a sentence.
 */
bool record_check(const struct record *record, struct date today, struct error *error);

/*
 * The same; *missing is the required field that is empty, or NULL when there is none or something
 * else is wrong.
 */
bool record_check_naming(const struct record *record, struct date today,
			 const struct field **missing, struct error *error);

/*
 * Whether a record may become another: a decision on a manufacturer that is in force is not put off
 * to a later day, since until then nothing would be decided and its devices would fall out of the
 * figures.  False with a sentence.
 */
bool record_check_change(const struct record *before, const struct record *now, struct date today,
			 struct error *error);

/* Whether a deadline gets another date, and no other reason that says why. */
bool record_moves_unexplained(const struct record *before, const struct record *now);

/*
 * What `set` and the form may not make of a record, though a command may: what is decided there
 * alone, and another date of a deadline without another reason.  An answer to a question of an
 * import may not either, but for what is covered.  False with a sentence.
 */
bool record_check_set(const struct record *before, const struct record *now, struct error *error);

/*
 * What a person makes of a setting, or of a date of the programme, is a decision: it needs a
 * reason, and unless its source is named anew that decision is the source (in the arena).  False
 * with a sentence.
 */
bool record_check_decision(const struct record *before, struct record *now, const char *why,
			   struct arena *arena, struct error *error);

#endif
