/* SPDX-License-Identifier: MIT */
#include "export/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/memory.h"

enum {
	END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30,	/* of the records of a zip file without their texts */
	DEFLATED = 8,
	CHUNK_SIZE = 256 * 1024,
	CARRY_SIZE = 16,	/* kept from chunk to chunk: no pattern is as long */
	NAME_SIZE = 256,
};

/* One entry of the central directory. */
struct entry {
	char name[NAME_SIZE];
	unsigned method;
	uint32_t checksum, packed_size, size;
	uint32_t start;		/* of its local record */
};

/* What was seen of one XML part so far. */
struct part {
	int64_t opened, closed;		/* tags */
	int64_t rows, cells;
	int64_t offset;			/* of the chunk in the part */
	int64_t data_start, data_end;	/* of what is in sheetData; 0 for none */
	int64_t text_bytes;		/* outside the tags, from the first element */
	bool in_tag;
	unsigned char last;
};

static unsigned
two_bytes(const unsigned char *at)
{
	return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static uint32_t
four_bytes(const unsigned char *at)
{
	return (uint32_t)two_bytes(at) | (uint32_t)two_bytes(at + 2) << 16;
}

static bool
read_at(int descriptor, void *bytes, size_t size, off_t offset)
{
	char *at = bytes;

	while (size > 0) {
		ssize_t got = pread(descriptor, at, size, offset);

		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
		offset += got;
	}
	return true;
}

/* Takes note of the tag that begins at `tag`. */
static void
see_tag(struct part *part, const unsigned char *chunk, const unsigned char *tag)
{
	if (tag[1] == 'c' && tag[2] == ' ')
		part->cells++;
	else if (memcmp(tag, "<row ", 5) == 0)
		part->rows++;
	else if (memcmp(tag, "<sheetData>", 11) == 0)
		part->data_start = part->offset + (tag - chunk) + 11;
	else if (memcmp(tag, "</sheetData>", 12) == 0)
		part->data_end = part->offset + (tag - chunk);
	if (tag[1] == '/')
		part->closed++;
	else if (tag[1] != '?' && tag[1] != '!')
		part->opened++;
}

/*
 * Looks through chunk[from] up to chunk[to], from where the last look ended.  One byte before and CARRY_SIZE - 1
 * bytes behind can be read too.
 */
static void
see_chunk(struct part *part, const unsigned char *chunk, size_t from, size_t to)
{
	const unsigned char *at = chunk + from, *end = chunk + to;

	while (at < end) {
		const unsigned char *sign = memchr(at, part->in_tag ? '>' : '<', (size_t)(end - at));

		if (!part->in_tag && part->opened > 0)
			part->text_bytes += (sign != NULL ? sign : end) - at;
		if (sign == NULL)
			break;
		if (!part->in_tag)
			see_tag(part, chunk, sign);
		else if (sign[-1] == '/')
			part->closed++;
		part->in_tag = !part->in_tag;
		at = sign + 1;
	}
	part->last = to > from ? end[-1] : part->last;
}

/* Whether everything that was opened was closed again. */
static bool
part_is_whole(const struct part *part)
{
	return part->opened > 0 && part->opened == part->closed && !part->in_tag &&
	       (part->last == '>' || part->last == '\n');
}

static bool
sheet_is_as_expected(const struct part *part, const struct verify_sheet *sheet)
{
	return part->rows == sheet->rows && part->cells == sheet->cells &&
	       (sheet->bytes < 0 || part->data_end - part->data_start == sheet->bytes);
}

/* An entry on its way through zlib. */
struct reading {
	int descriptor;
	off_t offset;
	uint32_t left;			/* packed bytes not yet read */
	z_stream stream;
	unsigned char *packed;		/* CHUNK_SIZE */
	unsigned char *chunk;		/* CARRY_SIZE, CHUNK_SIZE, and CARRY_SIZE of zeros */
};

static bool
refill(struct reading *reading)
{
	uint32_t size = reading->left < CHUNK_SIZE ? reading->left : CHUNK_SIZE;

	if (size == 0 || !read_at(reading->descriptor, reading->packed, size, reading->offset))
		return false;
	reading->offset += size;
	reading->left -= size;
	reading->stream.next_in = reading->packed;
	reading->stream.avail_in = size;
	return true;
}

/* Fills the chunk behind the carried bytes; *size is how many. False when the data is bad. */
static bool
inflate_chunk(struct reading *reading, size_t *size, bool *ended)
{
	int result = Z_OK;

	reading->stream.next_out = reading->chunk + CARRY_SIZE;
	reading->stream.avail_out = CHUNK_SIZE;
	while (result == Z_OK && reading->stream.avail_out > 0) {
		if (reading->stream.avail_in == 0 && !refill(reading))
			return false;
		result = inflate(&reading->stream, Z_NO_FLUSH);
	}
	*size = CHUNK_SIZE - reading->stream.avail_out;
	*ended = result == Z_STREAM_END;
	return result == Z_OK || *ended;
}

/*
 * Inflates the whole entry, checks its size and checksum, and sees it.  The look always stops CARRY_SIZE - 1 bytes
 * before the end of a chunk, so that a tag across two chunks is seen whole with the second.
 */
static bool
inflate_entry(struct reading *reading, const struct entry *entry, struct part *part)
{
	uLong checksum = crc32(0, NULL, 0);
	size_t size = 0, from = CARRY_SIZE;
	bool ended = false;
	uint64_t total = 0;

	while (!ended) {
		unsigned char *chunk = reading->chunk;

		if (!inflate_chunk(reading, &size, &ended))
			return false;
		checksum = crc32(checksum, chunk + CARRY_SIZE, (uInt)size);
		total += size;
		memset(chunk + CARRY_SIZE + size, 0, CARRY_SIZE);
		part->offset = (int64_t)(total - size) - CARRY_SIZE;
		see_chunk(part, chunk, from, ended ? CARRY_SIZE + size : size + 1);
		memmove(chunk, chunk + size, CARRY_SIZE);
		from = 1;
	}
	return checksum == entry->checksum && total == entry->size && reading->left == 0;
}

static bool
read_entry(int descriptor, const struct entry *entry, struct part *part)
{
	struct reading reading = { .descriptor = descriptor, .left = entry->packed_size };
	unsigned char local[LOCAL_SIZE];
	bool whole;

	if (!read_at(descriptor, local, LOCAL_SIZE, entry->start) || entry->method != DEFLATED ||
	    memcmp(local, "PK\3\4", 4) != 0 || inflateInit2(&reading.stream, -MAX_WBITS) != Z_OK)
		return false;
	reading.offset = (off_t)entry->start + LOCAL_SIZE + two_bytes(local + 26) + two_bytes(local + 28);
	reading.packed = memory_alloc(CHUNK_SIZE);
	reading.chunk = memory_alloc(CARRY_SIZE + CHUNK_SIZE + CARRY_SIZE);
	whole = inflate_entry(&reading, entry, part);
	inflateEnd(&reading.stream);
	free(reading.packed);
	free(reading.chunk);
	return whole;
}

/* Reads the entry of the directory at `at`; false when the bytes up to `end` do not hold one. */
static bool
parse_entry(const unsigned char **at, const unsigned char *end, struct entry *entry)
{
	size_t name_size, size;

	if (end - *at < ENTRY_SIZE || memcmp(*at, "PK\1\2", 4) != 0)
		return false;
	name_size = two_bytes(*at + 28);
	size = ENTRY_SIZE + name_size + two_bytes(*at + 30) + two_bytes(*at + 32);
	if ((size_t)(end - *at) < size || name_size >= NAME_SIZE)
		return false;
	entry->method = two_bytes(*at + 10);
	entry->checksum = four_bytes(*at + 16);
	entry->packed_size = four_bytes(*at + 20);
	entry->size = four_bytes(*at + 24);
	entry->start = four_bytes(*at + 42);
	memcpy(entry->name, *at + ENTRY_SIZE, name_size);
	entry->name[name_size] = '\0';
	*at += size;
	return true;
}

/* The central directory, to be freed; NULL when the file has none. */
static unsigned char *
read_directory(int descriptor, size_t *size, unsigned *count)
{
	unsigned char last[END_SIZE], *directory;
	struct stat status;
	uint32_t start;

	if (fstat(descriptor, &status) != 0 || status.st_size < END_SIZE ||
	    !read_at(descriptor, last, END_SIZE, status.st_size - END_SIZE) || memcmp(last, "PK\5\6", 4) != 0)
		return NULL;
	*count = two_bytes(last + 10);
	*size = four_bytes(last + 12);
	start = four_bytes(last + 16);
	if ((off_t)start + (off_t)*size + END_SIZE != status.st_size)
		return NULL;
	directory = memory_alloc(*size);
	if (read_at(descriptor, directory, *size, start))
		return directory;
	free(directory);
	return NULL;
}

/* What the whole file must hold, and how much of it was met. */
struct expected {
	const struct verify_sheet *sheets;
	int sheet_count;
	int sheets_met;
	int64_t string_bytes;
};

static bool
check_entry(int descriptor, const struct entry *entry, struct expected *expected)
{
	struct part part = { 0 };
	int number = 0;

	if (!read_entry(descriptor, entry, &part) || !part_is_whole(&part))
		return false;
	if (strcmp(entry->name, "xl/sharedStrings.xml") == 0)
		return expected->string_bytes < 0 || part.text_bytes == expected->string_bytes;
	if (sscanf(entry->name, "xl/worksheets/sheet%d.xml", &number) != 1)
		return true;
	expected->sheets_met++;
	return number >= 1 && number <= expected->sheet_count &&
	       sheet_is_as_expected(&part, &expected->sheets[number - 1]);
}

bool
verify_workbook(const struct file *file, const struct verify_sheet *sheets, int sheet_count,
		int64_t string_bytes, struct error *error)
{
	struct expected expected = { sheets, sheet_count, 0, string_bytes };
	size_t size = 0;
	unsigned count = 0;
	unsigned char *directory = read_directory(file->descriptor, &size, &count);
	const unsigned char *at = directory;
	bool whole = directory != NULL && count > 0;
	struct entry entry;

	while (whole && count-- > 0)
		whole = parse_entry(&at, directory + size, &entry) &&
			check_entry(file->descriptor, &entry, &expected);
	free(directory);
	return (whole && expected.sheets_met == sheet_count) || file_failed(file->path, 0, error);
}
