/* SPDX-License-Identifier: MIT */
#include "core/refusal.h"

static const char *const help[REFUSAL_CAUSE_COUNT] = {
	[REFUSAL_VALUE] = "A cell is not what its field takes: 31/02/2019 is no date. Correct the "
			  "cell.",
	[REFUSAL_DAMAGED] = "A spreadsheet has changed the cell: 1.00E+11 was a longer number. Put "
			    "the original back, as text.",
	[REFUSAL_SHIFTED] = "The cells seem to stand one column to the left or to the right of "
			    "their headings. Move them back.",
	[REFUSAL_CELLS] = "The row has more or fewer cells than the heading, so nobody can tell "
			  "which is which. Put the missing cells in, or quotes round a cell that "
			  "holds the delimiter.",
	[REFUSAL_MISSING] = "The record would be new, and a field that every record needs is "
			    "empty. Fill it.",
	[REFUSAL_NO_KEY] = "The cells that say which record is meant are empty. Fill them, or "
			   "match by other fields with --key.",
	[REFUSAL_UNKNOWN_RECORD] = "The row names a site, an organisation or another record that "
				   "the register does not have. Import that first, or allow the "
				   "import to make it with --create.",
	[REFUSAL_SEVERAL] = "The row, or a name in it, fits several records of the register. Match "
			    "by more fields with --key, or write the code for the name.",
	[REFUSAL_CONTRADICTION] = "Several rows of the file are about the same record and say "
				  "different things. None of them is taken. Keep the right one.",
	[REFUSAL_TOGETHER] = "Each cell is right for its field, but they cannot stand together: a "
			     "removal without a date, or a decision without a name. The reason "
			     "says which.",
	[REFUSAL_DECIDED] = "The row comes to another outcome than a person did, and is newer. "
			    "Where the row is right, assess the site yourself with terrier site "
			    "assess; then drop the row.",
};

const char *
refusal_cause_name(enum refusal_cause cause)
{
	return refusal_causes[cause].name;
}

const char *
refusal_cause_help(enum refusal_cause cause)
{
	return help[cause];
}
