/* SPDX-License-Identifier: MIT */
/* What is read as a date is a day of the calendar, is read the same again, and is never read two ways. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
same(struct date a, struct date b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void
try_date(const char *words, bool partial)
{
	struct date date, again;
	char text[DATE_TEXT_SIZE];

	if (!date_parse(words, partial, &date))
		return;
	assert(date.year >= DATE_YEAR_MIN && date.year <= DATE_YEAR_MAX);
	assert(date.day > 0 || partial);
	assert(date_make(date.year, date.month, date.day, &again) && same(date, again));
	assert(date.day == 0 || same(date_from_days(date_days(date)), date));
	date_format(date, text);
	assert(date_parse(text, partial, &again) && same(date, again));
}

/* A proof of an order reads in that order alone; exchanging twice changes nothing but the figures' places. */
static void
try_order(const char *words, struct arena *arena)
{
	enum date_order order = date_order_of(words);
	size_t size = strlen(words) + 1;
	char *swapped = arena_alloc(arena, size), *back = arena_alloc(arena, size);
	bool exchanged = date_swap(words, swapped, size);
	struct date date;

	assert(exchanged || order == DATE_ORDER_NONE);
	if (!exchanged)
		return;
	assert(strlen(swapped) == strlen(words));
	assert(date_swap(swapped, back, size) && strcmp(back, words) == 0);
	assert(!date_swap(words, swapped, size - 1));
	/* A weekday in front may refuse both. */
	if (order == DATE_ORDER_MONTH)
		assert(!date_parse(words, true, &date));
	if (order == DATE_ORDER_DAY)
		assert(!date_parse(swapped, true, &date));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *words = arena_bytes(&arena, (const char *)data, size);
	struct date date = { 0 };
	int64_t number;

	try_date(words, false);
	try_date(words, true);
	try_order(words, &arena);
	if (date_is_quarter(words))
		assert(strpbrk(words, "qQ") != NULL);
	date_is_serial(words);
	date_parse_instant(words, &number);
	date_parse_span(words, (struct date){ 2026, 11, 21 }, &number);
	if (date_parse_relative(words, (struct date){ 2026, 11, 21 }, &date))
		assert(date_make(date.year, date.month, date.day, &date) && date.day > 0);
	arena_free(&arena);
	return 0;
}
