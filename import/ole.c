/* SPDX-License-Identifier: MIT */
#include "import/ole.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"

/*
 * Its directory, which may be anywhere in it, has the names of what it holds in UTF-16.  Which of
 * them is there tells the files apart, so the file is searched for them.
 */

enum { STREAM_NAME_SIZE = 32, CHUNK_SIZE = 64 * 1024 };

/* What is in the container, the most telling first. */
static const struct content {
	const char *name;	/* of a stream */
	const char *what;
} contents[] = {
	{ "EncryptedPackage",
	  "is protected with a password: open it in Excel, remove the password (File, Info, "
	  "Protect Workbook, Encrypt with Password), save it, and import that" },
	{ "WordDocument", "is an old Word document (.doc): copy its table into Excel and save that "
			  "as 'Excel Workbook (.xlsx)'" },
	{ "Workbook", "is an old Excel workbook (.xls): open it in Excel and save it as 'Excel "
		      "Workbook (.xlsx)'" },
	{ "Book", "is an old Excel workbook (.xls): open it in Excel and save it as 'Excel "
		  "Workbook (.xlsx)'" },
};

enum { CONTENTS = sizeof contents / sizeof contents[0] };

bool
ole_is_one(const char *bytes)
{
	return memcmp(bytes, "\xd0\xcf\x11\xe0", 4) == 0;
}

/* Whether the bytes hold the name in UTF-16, little end first, with the NUL behind it. */
static bool
holds_name(const char *bytes, size_t size, const char *name)
{
	char wide[2 * STREAM_NAME_SIZE] = "";
	size_t wide_size = 2 * (strlen(name) + 1);
	const char *end = bytes + size;

	for (size_t i = 0; name[i] != '\0'; i++)
		wide[2 * i] = name[i];
	while ((size_t)(end - bytes) >= wide_size &&
	       (bytes = memchr(bytes, wide[0], (size_t)(end - bytes) - wide_size + 1)) != NULL) {
		if (memcmp(bytes, wide, wide_size) == 0)
			return true;
		bytes++;
	}
	return false;
}

/* The most telling content, CONTENTS when none is known. Chunks overlap by a name. */
static int
find_content(int file)
{
	char *chunk = memory_alloc(CHUNK_SIZE);
	int found = CONTENTS;
	off_t at = 0;
	ssize_t got;

	while (found > 0 && (got = pread(file, chunk, CHUNK_SIZE, at)) > 0) {
		for (int i = 0; i < found; i++)
			if (holds_name(chunk, (size_t)got, contents[i].name))
				found = i;
		if (got <= 2 * STREAM_NAME_SIZE)
			break;
		at += got - 2 * STREAM_NAME_SIZE;
	}
	free(chunk);
	return found;
}

bool
ole_refuse(int file, const char *name, struct error *error)
{
	const char *what = "is an old Office file that is no workbook: ask for the spreadsheet as "
			   "'Excel Workbook (.xlsx)'";
	int found = find_content(file);

	if (found < CONTENTS)
		what = contents[found].what;
	return error_set(error, ERROR_INVALID, "%s %s. Nothing was changed.", name, what);
}
