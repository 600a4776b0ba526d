/* SPDX-License-Identifier: MIT */
/* Whether a value of the register could have become what stands in a damaged cell. */
#include <stdlib.h>
#include <string.h>

#include "core/damage.h"
#include "core/damage_date.h"

enum { DIGITS_MAX = 64, EXPONENT_MAX = 999, TYPED_DIGITS = 15, BINARY_DIGITS = 17 };

/* The digits of a number without the zeros before them; the first is worth ten to the exponent. */
struct number {
	char digits[DIGITS_MAX + 2];
	int count;
	int exponent;
};

/* Reads 100023336956, 12E10 or 1.00E+11; false when it is something else. */
static bool
read_number(const char *text, struct number *number)
{
	size_t whole = strspn(text, "0123456789"), fraction = 0, zeros, size;
	const char *at = text + whole;
	char all[DIGITS_MAX + 1];
	long power = 0;
	char *end;

	if (*at == '.')
		fraction = strspn(++at, "0123456789");
	if (whole == 0 || whole + fraction > DIGITS_MAX)
		return false;
	memcpy(all, text, whole);
	memcpy(all + whole, at, fraction);
	size = whole + fraction;
	all[size] = '\0';
	at += fraction;
	if ((*at == 'E' || *at == 'e') && at[1] != '\0' && strspn(at + 1, "+-") <= 1) {
		power = strtol(at + 1, &end, 10);
		at = end;
	}
	zeros = strspn(all, "0");
	if (*at != '\0' || power > EXPONENT_MAX || power < -EXPONENT_MAX)
		return false;
	*number = (struct number){ .count = (int)(size - zeros),
				   .exponent = (int)whole - 1 - (int)zeros + (int)power };
	memcpy(number->digits, all + zeros, size - zeros);
	return true;
}

/*
 * Keeps so many digits: cuts the others off, or rounds by them, half up; zeros are added where
 * there are fewer.
 */
static void
keep_digits(struct number *number, int count, bool round)
{
	bool up = round && number->count > count && number->digits[count] >= '5';
	int at = count;

	for (int i = number->count; i < count; i++)
		number->digits[i] = '0';
	while (up && at > 0) {
		up = number->digits[--at] == '9';
		number->digits[at] = up ? '0' : (char)(number->digits[at] + 1);
	}
	if (up) {
		/* The rest are zeros: 999 has become 100, ten times as much. */
		number->digits[0] = '1';
		number->exponent++;
	}
	number->count = count;
	number->digits[count] = '\0';
}

static bool
is_same(const struct number *a, const struct number *b)
{
	return a->exponent == b->exponent && a->count == b->count &&
	       memcmp(a->digits, b->digits, (size_t)a->count) == 0;
}

/* Whether the original, cut to what a spreadsheet keeps or not, rounds to the digits shown. */
static bool
fits_exponent(const char *words, const char *original)
{
	struct number shown, whole, kept;

	if (!read_number(words, &shown) || !read_number(original, &whole) ||
	    shown.count > DIGITS_MAX)
		return false;
	kept = whole;
	if (kept.count > TYPED_DIGITS)
		keep_digits(&kept, TYPED_DIGITS, false);
	keep_digits(&kept, shown.count, true);
	keep_digits(&whole, shown.count, true);
	return is_same(&shown, &whole) || is_same(&shown, &kept);
}

/*
 * A spreadsheet cuts to 15 digits what is typed; what was kept as a binary number is rounded to 15,
 * 16 or 17.
 */
static bool
fits_rounded(const char *words, const char *original)
{
	struct number shown, whole;

	if (original[strspn(original, "0123456789")] != '\0' || !read_number(words, &shown) ||
	    !read_number(original, &whole))
		return false;
	for (int digits = TYPED_DIGITS; digits <= BINARY_DIGITS; digits++)
		for (int round = 0; round <= 1; round++) {
			struct number kept = whole;

			if (digits < kept.count)
				keep_digits(&kept, digits, round == 1);
			keep_digits(&kept, shown.count, false);
			if (is_same(&shown, &kept))
				return true;
		}
	return false;
}

/* 199356.0 of 199356 or 000199356. */
static bool
fits_tail(const char *words, const char *original)
{
	size_t size = strcspn(words, "."), digits = strspn(original, "0123456789");
	size_t zeros = strspn(words, "0"), zeros_before = strspn(original, "0");

	return digits > 0 && original[digits] == '\0' && size - zeros == digits - zeros_before &&
	       memcmp(words + zeros, original + zeros_before, size - zeros) == 0;
}

static bool
fits_cut(const char *words, const char *original)
{
	size_t size = strlen(words), note = sizeof TEXT_CUT_NOTE - 1;

	if (size > note && strcmp(words + size - note, TEXT_CUT_NOTE) == 0)
		size -= note;
	return strncmp(words, original, size) == 0;
}

bool
damage_fits(enum damage damage, const char *words, const char *original)
{
	struct damage_date date;

	switch (damage) {
	case DAMAGE_EXPONENT:
		return fits_exponent(words, original);
	case DAMAGE_TAIL:
		return fits_tail(words, original);
	case DAMAGE_ROUNDED:
		return fits_rounded(words, original);
	case DAMAGE_DATE:
		return damage_date_read(words, &date) && damage_date_fits(&date, original);
	case DAMAGE_CUT:
		return fits_cut(words, original);
	case DAMAGE_ERROR:
	case DAMAGE_NONE:
		break;
	}
	return false;
}
