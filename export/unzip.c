/* SPDX-License-Identifier: MIT */
#include "export/unzip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/memory.h"

enum {
	/* Of the records without their texts. */
	END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30,
	DEFLATED = 8,
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

bool
unzip_open(struct unzip *zip, int descriptor)
{
	unsigned char last[END_SIZE];
	struct stat status;
	uint32_t start;

	*zip = (struct unzip){ .descriptor = descriptor };
	if (fstat(descriptor, &status) != 0 || status.st_size < END_SIZE ||
	    !read_at(descriptor, last, END_SIZE, status.st_size - END_SIZE) ||
	    memcmp(last, "PK\5\6", 4) != 0)
		return false;
	zip->left = two_bytes(last + 10);
	zip->size = four_bytes(last + 12);
	start = four_bytes(last + 16);
	if (zip->left == 0 || (off_t)start + (off_t)zip->size + END_SIZE != status.st_size)
		return false;
	zip->directory = memory_alloc(zip->size);
	return read_at(descriptor, zip->directory, zip->size, start);
}

void
unzip_close(struct unzip *zip)
{
	free(zip->directory);
	*zip = (struct unzip){ 0 };
}

bool
unzip_next(struct unzip *zip, struct unzip_entry *entry)
{
	const unsigned char *at = zip->directory + zip->at;
	size_t room = zip->size - zip->at, name_size, size;

	if (room < ENTRY_SIZE || memcmp(at, "PK\1\2", 4) != 0)
		return false;
	name_size = two_bytes(at + 28);
	size = ENTRY_SIZE + name_size + two_bytes(at + 30) + two_bytes(at + 32);
	if (room < size || name_size >= UNZIP_NAME_SIZE)
		return false;
	entry->method = two_bytes(at + 10);
	entry->checksum = four_bytes(at + 16);
	entry->packed_size = four_bytes(at + 20);
	entry->size = four_bytes(at + 24);
	entry->start = four_bytes(at + 42);
	memcpy(entry->name, at + ENTRY_SIZE, name_size);
	entry->name[name_size] = '\0';
	zip->at += size;
	zip->left--;
	return true;
}

/* An entry on its way through zlib. */
struct reading {
	int descriptor;
	off_t offset;
	uint32_t left;			/* packed bytes not yet read */
	z_stream stream;
	unsigned char *packed;		/* UNZIP_CHUNK_SIZE */
	unsigned char *chunk;		/* the same, with UNZIP_ROOM on either side */
};

static bool
refill(struct reading *reading)
{
	uint32_t size = reading->left < UNZIP_CHUNK_SIZE ? reading->left : UNZIP_CHUNK_SIZE;

	if (size == 0 || !read_at(reading->descriptor, reading->packed, size, reading->offset))
		return false;
	reading->offset += size;
	reading->left -= size;
	reading->stream.next_in = reading->packed;
	reading->stream.avail_in = size;
	return true;
}

/* Fills the chunk; *size is how far. False when the data is bad. */
static bool
inflate_chunk(struct reading *reading, size_t *size, bool *last)
{
	int result = Z_OK;

	reading->stream.next_out = reading->chunk + UNZIP_ROOM;
	reading->stream.avail_out = UNZIP_CHUNK_SIZE;
	while (result == Z_OK && reading->stream.avail_out > 0) {
		if (reading->stream.avail_in == 0 && !refill(reading))
			return false;
		result = inflate(&reading->stream, Z_NO_FLUSH);
	}
	*size = UNZIP_CHUNK_SIZE - reading->stream.avail_out;
	*last = result == Z_STREAM_END;
	return result == Z_OK || *last;
}

static bool
inflate_entry(struct reading *reading, const struct unzip_entry *entry, unzip_take *take,
	      void *context)
{
	uLong checksum = crc32(0, NULL, 0);
	uint64_t total = 0;
	bool last = false;

	while (!last) {
		size_t size;

		if (!inflate_chunk(reading, &size, &last))
			return false;
		checksum = crc32(checksum, reading->chunk + UNZIP_ROOM, (uInt)size);
		total += size;
		if (take != NULL)
			take(context, reading->chunk + UNZIP_ROOM, size, last);
	}
	return checksum == entry->checksum && total == entry->size && reading->left == 0;
}

bool
unzip_read(const struct unzip *zip, const struct unzip_entry *entry, unzip_take *take,
	   void *context)
{
	struct reading reading = { .descriptor = zip->descriptor, .left = entry->packed_size };
	unsigned char local[LOCAL_SIZE];
	bool whole;

	if (!read_at(zip->descriptor, local, LOCAL_SIZE, entry->start) ||
	    entry->method != DEFLATED || memcmp(local, "PK\3\4", 4) != 0 ||
	    inflateInit2(&reading.stream, -MAX_WBITS) != Z_OK)
		return false;
	reading.offset = (off_t)entry->start + LOCAL_SIZE + two_bytes(local + 26) +
			 two_bytes(local + 28);
	reading.packed = memory_alloc(UNZIP_CHUNK_SIZE);
	reading.chunk = memory_alloc(UNZIP_ROOM + UNZIP_CHUNK_SIZE + UNZIP_ROOM);
	whole = inflate_entry(&reading, entry, take, context);
	inflateEnd(&reading.stream);
	free(reading.packed);
	free(reading.chunk);
	return whole;
}

static void
take_text(void *context, unsigned char *chunk, size_t size, bool last)
{
	(void)last;
	text_append_bytes(context, (const char *)chunk, size);
}

bool
unzip_read_text(const struct unzip *zip, const struct unzip_entry *entry, struct text *text)
{
	return unzip_read(zip, entry, take_text, text);
}
