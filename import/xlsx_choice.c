/* SPDX-License-Identifier: MIT */
#include "import/xlsx_choice.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "import/sheet.h"

/* How much of all sheets together is unpacked to choose one. What is left counts as having rows. */
enum { LOOK_BYTES_MAX = 64 * 1024 * 1024, NAMED_MAX = 12 };

/* What a look into a sheet showed. */
struct look {
	bool has_rows;
	size_t known;		/* headings in the row that has the most of them */
};

/* A sheet that cannot be read counts as having rows: what is wrong is said if it is chosen. */
static void
look_into(struct look *look, struct sheet *sheet, const struct reader_options *options)
{
	struct error error = { 0 };
	struct source_row row;
	bool more = true;

	for (int i = 0; i < READER_LAYOUT_ROWS && more; i++) {
		size_t known = 0;

		if (!sheet_next(sheet, &row, &more, &error)) {
			look->has_rows = true;
			return;
		}
		look->has_rows = look->has_rows || more;
		if (more && options->recognise != NULL)
			known = options->recognise(options->context, row.cells, row.count);
		if (known > look->known)
			look->known = known;
	}
}

static struct look *
look_at_all(struct package *package, const struct book *book, const struct reader_options *options)
{
	struct look *looks = memory_alloc(book->sheet_count * sizeof *looks);
	int64_t left = LOOK_BYTES_MAX;

	for (size_t i = 0; i < book->sheet_count; i++) {
		struct error error = { 0 };
		struct sheet *sheet = left > 0 ? sheet_open(package, book, &book->sheets[i], &error)
					       : NULL;

		looks[i].has_rows = sheet == NULL;
		if (sheet != NULL) {
			look_into(&looks[i], sheet, options);
			left -= package_done(package);
		}
		sheet_close(sheet);
	}
	return looks;
}

/*
 * The sheet that fits best, or the number of sheets when none has a row: hidden ones only when no
 * other has.
 */
static size_t
best_of(const struct book *book, const struct look *looks)
{
	size_t best = book->sheet_count;

	for (size_t i = 0; i < book->sheet_count; i++) {
		if (!looks[i].has_rows)
			continue;
		if (best == book->sheet_count ||
		    (book->sheets[best].hidden && !book->sheets[i].hidden) ||
		    (book->sheets[best].hidden == book->sheets[i].hidden &&
		     looks[i].known > looks[best].known))
			best = i;
	}
	return best;
}

/* The sheet of that name, in any case, or number from 1; the number of sheets for none. */
static size_t
find_sheet(const struct book *book, const char *words)
{
	struct arena arena = { 0 };
	const char *folded = text_fold(&arena, words);
	size_t found = book->sheet_count;
	char *end;
	unsigned long number;

	for (size_t i = book->sheet_count; i-- > 0;)
		if (strcmp(text_fold(&arena, book->sheets[i].name), folded) == 0)
			found = i;
	for (size_t i = book->sheet_count; i-- > 0;)
		if (text_same(book->sheets[i].name, words))
			found = i;
	number = strtoul(words, &end, 10);
	if (found == book->sheet_count && *words != '\0' && *end == '\0' && number >= 1 &&
	    number <= book->sheet_count)
		found = number - 1;
	arena_free(&arena);
	return found;
}

/* Appends the sheets, but for `left_out` and those without rows, by name; returns how many. */
static size_t
name_sheets(const struct book *book, const struct look *looks, size_t left_out, struct text *out)
{
	size_t count = 0;

	for (size_t i = 0; i < book->sheet_count; i++) {
		if (i == left_out || (looks != NULL && !looks[i].has_rows) || count++ >= NAMED_MAX)
			continue;
		text_format(out, "%s\"%s\"%s", count > 1 ? ", " : "", book->sheets[i].name,
			    book->sheets[i].hidden ? " (hidden)" : "");
	}
	if (count > NAMED_MAX)
		text_format(out, " and %zu more", count - NAMED_MAX);
	return count;
}

static bool
refuse_name(const struct package *package, const struct book *book, const char *words,
	    struct error *error)
{
	struct text names = { 0 };

	name_sheets(book, NULL, book->sheet_count, &names);
	package_refuse(package, error, "has no sheet \"%.124s\". Its sheets are: %s", words,
		       text_words(&names));
	text_free(&names);
	return false;
}

/* Refuses what has no row at all. */
static bool
check_rows(const struct package *package, const struct book *book, const struct look *looks,
	   size_t chosen, struct error *error)
{
	if (chosen < book->sheet_count && looks[chosen].has_rows)
		return true;
	if (chosen < book->sheet_count)
		return package_refuse(package, error, "has nothing in its sheet \"%.124s\"",
				      book->sheets[chosen].name);
	return package_refuse(package, error,
			      "has nothing in any of its sheets, as if it had never been saved");
}

bool
choice_make(struct choice_of_sheet *choice, struct package *package, const struct book *book,
	    const struct reader_options *options, struct arena *arena, struct error *error)
{
	size_t chosen = options->sheet != NULL ? find_sheet(book, options->sheet)
					       : book->sheet_count;
	struct text names = { 0 };
	struct look *looks;
	bool found;

	if (options->sheet != NULL && chosen == book->sheet_count)
		return refuse_name(package, book, options->sheet, error);
	looks = look_at_all(package, book, options);
	if (options->sheet == NULL)
		chosen = best_of(book, looks);
	found = check_rows(package, book, looks, chosen, error);
	if (found)
		choice->entry = &book->sheets[chosen];
	if (found && name_sheets(book, looks, chosen, &names) > 0)
		choice->notice = arena_format(arena,
					      "Sheets not read: %s. Only \"%s\" was read: --sheet "
					      "NAME reads another.",
					      text_words(&names), choice->entry->name);
	text_free(&names);
	free(looks);
	return found;
}
