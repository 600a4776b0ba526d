/* SPDX-License-Identifier: MIT */
#include "core/company.h"

#include <string.h>

#include "core/text.h"

/* What the forms of companies are called. */
static const char forms[] = "ltd,limited,plc,llp,lp,inc,incorporated,corp,corporation,co,company,"
			    "llc,gmbh,ag,bv,nv,sarl,srl,ab,oy,pty";

bool
company_is_form(const char *word)
{
	return text_list_has(forms, word);
}

/* Where the last word of the first `length` bytes begins; 0 when it is the only one. */
static size_t
last_word(const char *name, size_t length)
{
	size_t size, start = 0, words = 0;
	bool before = false;

	for (size_t at = 0; at < length; at += size) {
		bool letter = text_is_letter(name + at, &size);

		if (letter && !before) {
			start = at;
			words++;
		}
		before = letter;
	}
	return words > 1 ? start : 0;
}

const char *
company_fold(struct arena *arena, const char *name)
{
	size_t length = strlen(name), start;

	while ((start = last_word(name, length)) > 0 &&
	       company_is_form(text_fold(arena, arena_bytes(arena, name + start, length - start))))
		length = start;
	return text_fold(arena, arena_bytes(arena, name, length));
}
