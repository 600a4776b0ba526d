/* SPDX-License-Identifier: MIT */
#include "core/unknown.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { WORDS_LENGTH_MAX = 15 };

/* In the order of strcasecmp(), which is that of their bytes. */
const char *const unknown_words[] = {
	"#N/A", "(blank)", "(empty)", "(null)", "-", "--", "---", "<NA>", "?", "??", "???", "????",
	"don't know", "dont know", "n.a", "n.a.", "n/a", "n/a.", "n/k", "NA", "NaN", "no data",
	"no info", "no information", "not applicable", "not available", "not known", "not provided",
	"not recorded", "not specified", "not stated", "not supplied", "not yet known", "NULL",
	"TBA", "TBC", "TBD", "to be advised", "to be confirmed", "unk", "unk.", "unknown",
	"unspecified", "\xe2\x80\x93", "\xe2\x80\x94", NULL
};

enum { WORDS_COUNT = sizeof unknown_words / sizeof unknown_words[0] - 1 };

/*
 * Whether one of the words above begins with the same two characters, so that nearly every cell
 * needs no search.
 */
static bool
may_be_unknown(const char *words)
{
	char second = (char)(words[0] != '\0' ? words[1] | 0x20 : '\0');

	switch ((unsigned char)*words) {
	case 'n': case 'N':
		return second == '.' || second == '/' || second == 'a' || second == 'o' ||
		       second == 'u';
	case 't': case 'T':
		return second == 'b' || second == 'o';
	case 'd': case 'D':
		return second == 'o';
	case 'u': case 'U':
		return second == 'n';
	case '#': case '(': case '-': case '<': case '?': case 0xe2:
		return true;
	default:
		return false;
	}
}

bool
unknown_is(const char *words)
{
	int low = 0, high = WORDS_COUNT;

	if (!may_be_unknown(words) || strnlen(words, WORDS_LENGTH_MAX + 1) > WORDS_LENGTH_MAX)
		return false;
	while (low < high) {
		int middle = (low + high) / 2;
		int order = strcasecmp(words, unknown_words[middle]);

		if (order == 0)
			return strcasecmp(words, "na") != 0 || strcmp(words, "NA") == 0;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
