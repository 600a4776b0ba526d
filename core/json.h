/* SPDX-License-Identifier: MIT */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include "core/text.h"

/*
 * Appends the words as a JSON string, quotes included.  Quotes, backslashes and
 * control characters (those from 0x7f to 0x9f too, which a terminal would obey) are
 * escaped; an invalid byte becomes U+FFFD, so the result is always valid JSON.
 */
void json_append_string(struct text *text, const char *words);

/* The same for a member of an object: "name":"words", or "name":null for NULL words. */
void json_append_member(struct text *text, const char *name, const char *words);

#endif
