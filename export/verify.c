/* SPDX-License-Identifier: MIT */
#include "export/verify.h"

#include <stdio.h>
#include <string.h>

#include "export/unzip.h"

/* What was seen of one XML part so far. */
struct part {
	int64_t opened, closed;		/* tags */
	int64_t rows, cells;
	int64_t text_bytes;		/* outside the tags, from the first element */
	bool in_tag, begun;
	unsigned char carried[UNZIP_ROOM];	/* the end of the last chunk */
	unsigned char last;
};

/* Takes note of the tag that begins at `tag`. */
static void
see_tag(struct part *part, const unsigned char *tag)
{
	if (tag[1] == 'c' && tag[2] == ' ')
		part->cells++;
	else if (memcmp(tag, "<row ", 5) == 0)
		part->rows++;
	if (tag[1] == '/')
		part->closed++;
	else if (tag[1] != '?' && tag[1] != '!')
		part->opened++;
}

/*
 * Looks through the bytes from where the last look ended.  One byte before and UNZIP_ROOM - 1
 * behind can be read too; no pattern is as long.
 */
static void
see_bytes(struct part *part, const unsigned char *at, const unsigned char *end)
{
	part->last = end > at ? end[-1] : part->last;
	while (at < end) {
		const unsigned char *sign = memchr(at, part->in_tag ? '>' : '<',
						   (size_t)(end - at));

		if (!part->in_tag && part->opened > 0)
			part->text_bytes += (sign != NULL ? sign : end) - at;
		if (sign == NULL)
			break;
		if (!part->in_tag)
			see_tag(part, sign);
		else if (sign[-1] == '/')
			part->closed++;
		part->in_tag = !part->in_tag;
		at = sign + 1;
	}
}

/*
 * The look stops UNZIP_ROOM - 1 bytes before the end of each chunk but the last, and what is left
 * is put before the next one, so that a tag across two chunks is seen whole.
 */
static void
see_chunk(void *context, unsigned char *chunk, size_t size, bool last)
{
	struct part *part = context;
	unsigned char *start = chunk, *end = chunk + size;

	if (part->begun) {
		memcpy(chunk - UNZIP_ROOM, part->carried, UNZIP_ROOM);
		start = chunk - UNZIP_ROOM + 1;
	}
	memset(end, 0, UNZIP_ROOM);
	memcpy(part->carried, end - UNZIP_ROOM, UNZIP_ROOM);
	part->begun = true;
	see_bytes(part, start, last ? end : end - UNZIP_ROOM + 1);
}

/* Whether everything that was opened was closed again. */
static bool
part_is_whole(const struct part *part)
{
	return part->opened > 0 && part->opened == part->closed && !part->in_tag &&
	       (part->last == '>' || part->last == '\n');
}

/* What the whole file must hold, and how much of it was met. */
struct expected {
	const struct verify_sheet *sheets;
	int sheet_count;
	int sheets_met;
	int64_t string_bytes;
};

static bool
check_part(const char *name, const struct part *part, struct expected *expected)
{
	const struct verify_sheet *sheet;
	int number = 0;

	if (!part_is_whole(part))
		return false;
	if (strcmp(name, "xl/sharedStrings.xml") == 0)
		return part->text_bytes == expected->string_bytes;
	if (sscanf(name, "xl/worksheets/sheet%d.xml", &number) != 1)
		return true;
	if (number < 1 || number > expected->sheet_count)
		return false;
	expected->sheets_met++;
	sheet = &expected->sheets[number - 1];
	return part->rows == sheet->rows && part->cells == sheet->cells;
}

bool
verify_workbook(const struct file *file, const struct verify_sheet *sheets, int sheet_count,
		int64_t string_bytes, struct error *error)
{
	struct expected expected = { sheets, sheet_count, 0, string_bytes };
	struct unzip zip;
	struct unzip_entry entry;
	bool whole = unzip_open(&zip, file->descriptor);

	while (whole && zip.left > 0) {
		struct part part = { 0 };

		whole = unzip_next(&zip, &entry) && unzip_read(&zip, &entry, see_chunk, &part) &&
			check_part(entry.name, &part, &expected);
	}
	unzip_close(&zip);
	return (whole && expected.sheets_met == sheet_count) || file_failed(file->path, 0, error);
}

bool
verify_checksums(const struct file *file, struct error *error)
{
	struct unzip zip;
	struct unzip_entry entry;
	bool whole = unzip_open(&zip, file->descriptor);

	while (whole && zip.left > 0)
		whole = unzip_next(&zip, &entry) && unzip_read(&zip, &entry, NULL, NULL);
	unzip_close(&zip);
	return whole || file_failed(file->path, 0, error);
}
