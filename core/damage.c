/* SPDX-License-Identifier: MIT */
#include "core/damage.h"

#include <string.h>

#include "core/damage_date.h"

enum { SIGNIFICANT_DIGITS = 15, CUT_CHARACTERS = 255 };

/* Those of Excel and LibreOffice; #N/A says that something is not known (core/unknown.h). */
static const char *const errors[] = {
	"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
	"#GETTING_DATA", "#FORMULA!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
	"#EXTERNAL!", "#PYTHON!", "#TIMEOUT!", "#ERROR!",
};

static bool
is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* Digit by digit: strspn() takes longer to begin than nearly every identifier is long. */
static size_t
count_digits(const char *text)
{
	size_t digits = 0;

	while (is_digit(text[digits]))
		digits++;
	return digits;
}

static bool
is_identifier(const struct field *field)
{
	return field->type == FIELD_CODE || field->type == FIELD_UPRN || field->type == FIELD_MAC ||
	       field->type == FIELD_REFERENCE ||
	       ((field->flags & FIELD_KEY) != 0 && field->type == FIELD_TEXT);
}

/* #REF!, ######, Err:502 */
static bool
is_error(const char *words)
{
	size_t size = strspn(words, "#");

	if (size > 1)
		return words[size] == '\0';
	if (size == 0)
		return strncmp(words, "Err:", 4) == 0 && count_digits(words + 4) == 3 &&
		       words[7] == '\0';
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (strcmp(words, errors[i]) == 0)
			return true;
	return false;
}

/* 6.37702E+15: behind one digit. R and Python write a small e. */
static bool
is_exponent(const char *words)
{
	const char *at = words + 1;
	size_t fraction = *at == '.' ? count_digits(at + 1) : 0;

	at += fraction > 0 ? fraction + 1 : 0;
	if ((*at != 'E' && *at != 'e') || (at[1] != '+' && !(at[1] == '-' && fraction > 0)))
		return false;
	return count_digits(at + 2) >= 2 && at[2 + count_digits(at + 2)] == '\0';
}

static enum damage
damage_of_identifier(const char *words)
{
	struct damage_date date;
	size_t digits = count_digits(words);
	char next = words[digits];

	if (next == '\0')
		return digits > SIGNIFICANT_DIGITS + 1 && *words != '0' &&
				       strspn(words + SIGNIFICANT_DIGITS, "0") ==
					       digits - SIGNIFICANT_DIGITS
			       ? DAMAGE_ROUNDED
			       : DAMAGE_NONE;
	if (digits > 0 && next == '.' &&
	    (strcmp(words + digits, ".0") == 0 || strcmp(words + digits, ".00") == 0))
		return DAMAGE_TAIL;
	if (digits == 1 && (next == '.' || next == 'E' || next == 'e') && is_exponent(words))
		return DAMAGE_EXPONENT;
	return damage_date_read(words, &date) ? DAMAGE_DATE : DAMAGE_NONE;
}

/* Characters as a spreadsheet counts them: those beyond U+FFFF are two. */
static size_t
count_units(const char *words, size_t size)
{
	size_t units = 0;

	for (size_t i = 0; i < size; i++)
		units += (size_t)(((unsigned char)words[i] & 0xc0) != 0x80) +
			 ((unsigned char)words[i] >= 0xf0);
	return units;
}

enum damage
damage_of_sized(const struct field *field, const char *words, size_t size)
{
	if ((*words == '#' || *words == 'E') && is_error(words))
		return DAMAGE_ERROR;
	if (size >= TEXT_CELL_CHARACTERS)
		return count_units(words, size) == TEXT_CELL_CHARACTERS ? DAMAGE_CUT : DAMAGE_NONE;
	/*
	 * Nothing that a spreadsheet makes of an identifier begins with another letter than that of
	 * a month.
	 */
	if (is_identifier(field) && (is_digit(*words) || (words[1] >= 'a' && words[1] <= 'z')))
		return damage_of_identifier(words);
	return DAMAGE_NONE;
}

enum damage
damage_of(const struct field *field, const char *words)
{
	return damage_of_sized(field, words, strlen(words));
}

bool
damage_refuse(enum damage damage, const char *words, struct error *error)
{
	static const char *const reasons[] = {
		[DAMAGE_NONE] = "is damaged",
		[DAMAGE_EXPONENT] = "is what a spreadsheet makes of a long number: put the number "
				    "back as text",
		[DAMAGE_TAIL] = "is what a program makes of a code of digits: put the code back as "
				"text, without the point and zeros",
		[DAMAGE_ROUNDED] = "ends as a spreadsheet rounds a long number, in zeros from the "
				   "sixteenth digit on: put the number back as text",
		[DAMAGE_DATE] = "is what a spreadsheet makes of a code that it takes for a date: "
				"put the code back as text",
		[DAMAGE_ERROR] = "is an error of the spreadsheet and not a value: put the value "
				 "itself, or leave the cell empty",
		[DAMAGE_CUT] = "is exactly as long as a spreadsheet cell can be (32,767 "
			       "characters), so its end may be cut off: put the end back, or "
			       "shorten the text",
	};

	if (*words == '#' && strspn(words, "#") == strlen(words))
		return error_set(error, ERROR_INVALID,
				 "'%.40s' is what a spreadsheet shows when a column is too narrow: "
				 "make it wider there and save again",
				 words);
	if (strcmp(words, "#FORMULA!") == 0)
		return error_set(error, ERROR_INVALID,
				 "is a formula of which the workbook keeps no result: open it in "
				 "Excel, save it and import again");
	return error_set(error, ERROR_INVALID, "'%.40s%s' %s", words,
			 damage == DAMAGE_CUT ? "..." : "", reasons[damage]);
}

bool
damage_may_be_cut(const char *words)
{
	size_t size = strlen(words), last = size, characters = 0, step;

	if (size < CUT_CHARACTERS || size > CUT_CHARACTERS * 4)
		return false;
	for (size_t i = 0; i < size; i++)
		characters += ((unsigned char)words[i] & 0xc0) != 0x80;
	while (last > 0 && ((unsigned char)words[--last] & 0xc0) == 0x80)
		continue;
	return characters == CUT_CHARACTERS && text_is_letter(words + last, &step);
}
