/* SPDX-License-Identifier: MIT */
#include "core/field_number.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/quantity.h"

enum { INTEGER_DIGITS = 18, MONEY_DIGITS = 15, PENCE_DIGITS = 2 };

static size_t
count_digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* The size of 1,234,567, with at least one comma and every group whole, or 0. */
static size_t
grouped_size(const char *text)
{
	size_t size = count_digits(text);

	if (size == 0 || size > 3 || text[size] != ',')
		return 0;
	while (text[size] == ',') {
		if (count_digits(text + size + 1) != 3)
			return 0;
		size += 4;
	}
	return size;
}

/* A copy without the commas of 1,234,567.89, or the words themselves when none is in its place. */
static const char *
without_commas(const char *words, struct arena *arena)
{
	size_t sign = *words == '-', grouped = grouped_size(words + sign), kept = 0;
	char *plain;

	if (grouped == 0)
		return words;
	plain = arena_text(arena, words);
	for (size_t i = 0; plain[i] != '\0'; i++)
		if (plain[i] != ',' || i >= sign + grouped)
			plain[kept++] = plain[i];
	plain[kept] = '\0';
	return plain;
}

/* The digits of 42 or 42.0, where a program took a whole number for any; 0 for another number. */
static size_t
whole_size(const char *digits)
{
	size_t size = count_digits(digits), zeros = size;

	if (digits[size] == '.' && digits[size + 1] == '0')
		zeros = size + 1 + strspn(digits + size + 1, "0");
	return digits[zeros] == '\0' ? size : 0;
}

const char *
field_parse_integer(const struct field *field, const char *words, struct arena *arena,
		    struct error *error)
{
	bool counted = (field->flags & FIELD_COUNTED) != 0;
	const char *plain = without_commas(words, arena), *digits = plain + (*plain == '-');
	size_t size = whole_size(digits);
	int64_t count;

	if (size > 0 && size - strspn(digits, "0") <= INTEGER_DIGITS &&
	    (!counted || strtoll(plain, NULL, 10) > 0))
		return arena_format(arena, "%lld", strtoll(plain, NULL, 10));
	if (counted && quantity_parse(words, &count))
		return arena_format(arena, "%lld", (long long)count);
	error_set(error, ERROR_INVALID,
		  counted ? "'%.40s' is not how many: a whole number, 1 or more (4, x4 or 4 no.)"
			  : "'%.40s' is not a whole number",
		  words);
	return NULL;
}

const char *
field_parse_decimal(const struct field *field, const char *words, struct arena *arena,
		    struct error *error)
{
	const char *plain = without_commas(words, arena), *at = plain + (*plain == '-');
	size_t whole = count_digits(at), part = 0;

	(void)field;
	at += whole;
	if (*at == '.') {
		part = count_digits(at + 1);
		at += 1 + part;
	}
	if (*at == '\0' && whole + part > 0)
		return plain != words ? plain : arena_text(arena, words);
	error_set(error, ERROR_INVALID, "'%.40s' is not a number (53.4807)", words);
	return NULL;
}

/* Goes past a pound sign or GBP. */
static const char *
skip_pounds(const char *words)
{
	if (strncmp(words, "\xc2\xa3", 2) == 0)
		words += 2;
	else if (strncasecmp(words, "GBP", 3) == 0)
		words += 3;
	return words + strspn(words, " ");
}

/* Never as a binary number: the digits are moved, so that the pence stay what they are. */
const char *
field_parse_money(const struct field *field, const char *words, struct arena *arena,
		  struct error *error)
{
	const char *plain = without_commas(skip_pounds(words), arena), *pence = "";
	size_t zeros = strspn(plain, "0"), whole = count_digits(plain), part = 0;

	(void)field;
	if (plain[whole] == '.') {
		pence = plain + whole + 1;
		part = count_digits(pence);
	}
	if (plain[whole + (*pence != '\0') + part] != '\0' || whole + part == 0 ||
	    part > PENCE_DIGITS) {
		error_set(error, ERROR_INVALID,
			  "'%.40s' is not an amount in pounds and pence (1234.50)", words);
		return NULL;
	}
	if (whole - zeros + PENCE_DIGITS > MONEY_DIGITS) {
		error_set(error, ERROR_INVALID,
			  "'%.40s' is more than a spreadsheet can add up exactly: at most %d "
			  "digits before the pence",
			  words, MONEY_DIGITS - PENCE_DIGITS);
		return NULL;
	}
	return arena_format(arena, "%.*s.%.*s%.*s", whole > zeros ? (int)(whole - zeros) : 1,
			    whole > zeros ? plain + zeros : "0", (int)part, pence,
			    PENCE_DIGITS - (int)part, "00");
}
