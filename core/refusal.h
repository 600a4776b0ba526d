/* SPDX-License-Identifier: MIT */
#ifndef CORE_REFUSAL_H
#define CORE_REFUSAL_H

#include "core/choice.h"

/*
 * Why a row of a file is refused, as one of a few words that never change, so that refused rows can
 * be sorted and counted by them; the reason beside it says it of the one row.  The words are
 * refusal_causes[] (core/choice.h).
 */
enum refusal_cause {
	REFUSAL_VALUE,		/* a cell is not what its field takes */
	REFUSAL_DAMAGED,	/* a spreadsheet has changed a cell (core/damage.h) */
	REFUSAL_SHIFTED,	/* the cells seem to stand one column off */
	REFUSAL_CELLS,		/* more or fewer cells than the heading */
	REFUSAL_MISSING,	/* a new record needs a field that the row does not have */
	REFUSAL_NO_KEY,		/* nobody can tell which record is meant */
	REFUSAL_UNKNOWN_RECORD,	/* it names a record that the register does not have */
	REFUSAL_SEVERAL,	/* it could be about several records */
	REFUSAL_CONTRADICTION,	/* another row of the file says otherwise of the same record */
	REFUSAL_TOGETHER,	/* its fields are right one by one, but not together */
	REFUSAL_DECIDED,	/* it would overrule what a person decided */
	REFUSAL_CAUSE_COUNT
};

/* "damaged" */
const char *refusal_cause_name(enum refusal_cause cause);

/* What it means and what to do, a sentence or two, for the manual and the screens. */
const char *refusal_cause_help(enum refusal_cause cause);

#endif
