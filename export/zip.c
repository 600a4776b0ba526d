/* SPDX-License-Identifier: MIT */
#include "export/zip.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"

enum {
	/* Of the records without their texts. */
	LOCAL_SIZE = 30, ENTRY_SIZE = 46, END_SIZE = 22,
	NAME_SIZE = 64,
	PACKED_SIZE = 128 * 1024,
	LEVEL = 4,		/* beyond it, a tenth less space costs twice the time */
	MEMORY_LEVEL = 8,
	DEFLATED = 8, VERSION_NEEDED = 20,
	FIRST_DAY = 0x21,	/* 1 January 1980 */
};

struct zip_entry {
	char name[NAME_SIZE];
	uint32_t checksum, packed_size, size;
	uint64_t start;
};

static unsigned char *
put_two(unsigned char *at, unsigned value)
{
	at[0] = (unsigned char)(value & 0xff);
	at[1] = (unsigned char)(value >> 8 & 0xff);
	return at + 2;
}

static unsigned char *
put_four(unsigned char *at, uint32_t value)
{
	return put_two(put_two(at, value & 0xffff), value >> 16);
}

void
zip_open(struct zip *zip, struct file *file)
{
	*zip = (struct zip){ .file = file };
	zip->packed = memory_alloc(PACKED_SIZE);
}

static bool
write_bytes(struct zip *zip, const void *bytes, size_t size, struct error *error)
{
	zip->offset += size;
	return file_write(zip->file, bytes, size, error);
}

/* What a local record and an entry of the directory have in common, from the version on. */
static unsigned char *
put_common(unsigned char *at, const struct zip_entry *entry)
{
	at = put_two(at, VERSION_NEEDED);
	at = put_two(at, 0);
	at = put_two(at, DEFLATED);
	at = put_two(at, 0);
	at = put_two(at, FIRST_DAY);
	at = put_four(at, entry->checksum);
	at = put_four(at, entry->packed_size);
	at = put_four(at, entry->size);
	at = put_two(at, (unsigned)strlen(entry->name));
	return put_two(at, 0);
}

/* The local record, with sizes that are not known yet and are put in by zip_end(). */
static void
make_local(unsigned char record[LOCAL_SIZE], const struct zip_entry *entry)
{
	put_common(put_four(record, 0x04034b50), entry);
}

bool
zip_begin(struct zip *zip, const char *name, struct error *error)
{
	unsigned char local[LOCAL_SIZE];
	struct zip_entry *entry;

	zip->entries = memory_grow(zip->entries, &zip->room, zip->count + 1, sizeof *zip->entries);
	entry = &zip->entries[zip->count++];
	*entry = (struct zip_entry){ .checksum = (uint32_t)crc32(0, NULL, 0),
				     .start = zip->offset };
	if (strlen(name) >= NAME_SIZE)
		return file_failed(zip->file->path, 0, error);
	memcpy(entry->name, name, strlen(name));
	zip->stream = (z_stream){ 0 };
	if (deflateInit2(&zip->stream, LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return file_failed(zip->file->path, 0, error);
	zip->streaming = true;
	zip->size = 0;
	make_local(local, entry);
	return write_bytes(zip, local, LOCAL_SIZE, error) &&
	       write_bytes(zip, name, strlen(name), error);
}

/* Deflates what the stream was given, all of it when `flush` is Z_FINISH. */
static bool
deflate_all(struct zip *zip, int flush, struct error *error)
{
	do {
		zip->stream.next_out = zip->packed;
		zip->stream.avail_out = PACKED_SIZE;
		if (deflate(&zip->stream, flush) == Z_STREAM_ERROR)
			return file_failed(zip->file->path, 0, error);
		if (!write_bytes(zip, zip->packed, PACKED_SIZE - zip->stream.avail_out, error))
			return false;
	} while (zip->stream.avail_out == 0);
	return true;
}

bool
zip_write(struct zip *zip, const char *bytes, size_t size, struct error *error)
{
	struct zip_entry *entry = &zip->entries[zip->count - 1];

	assert(size <= UINT_MAX);
	zip->size += size;
	entry->checksum = (uint32_t)crc32(entry->checksum, (const Bytef *)bytes, (uInt)size);
	zip->stream.next_in = (const Bytef *)bytes;
	zip->stream.avail_in = (uInt)size;
	return size == 0 || deflate_all(zip, Z_NO_FLUSH, error);
}

/* Puts the sizes and the checksum into the local record, now that they are known. */
static bool
mend_local(struct zip *zip, const struct zip_entry *entry, struct error *error)
{
	unsigned char local[LOCAL_SIZE];

	make_local(local, entry);
	return pwrite(zip->file->descriptor, local, LOCAL_SIZE, (off_t)entry->start) ==
		       LOCAL_SIZE ||
	       file_failed(zip->file->path, 0, error);
}

bool
zip_end(struct zip *zip, struct error *error)
{
	struct zip_entry *entry = &zip->entries[zip->count - 1];
	uint64_t before = entry->start + LOCAL_SIZE + strlen(entry->name);

	zip->stream.avail_in = 0;
	if (!deflate_all(zip, Z_FINISH, error))
		return false;
	deflateEnd(&zip->stream);
	zip->streaming = false;
	if (zip->size > UINT32_MAX || zip->offset > UINT32_MAX)
		return error_set(error, ERROR_FILE,
				 "'%.400s' was not written: a workbook can hold 4 GB at most. "
				 "Choose fewer columns or rows, or write .csv.",
				 zip->file->path);
	entry->packed_size = (uint32_t)(zip->offset - before);
	entry->size = (uint32_t)zip->size;
	return mend_local(zip, entry, error);
}

static bool
write_directory_entry(struct zip *zip, const struct zip_entry *entry, struct error *error)
{
	unsigned char record[ENTRY_SIZE] = { 0 };

	put_common(put_two(put_four(record, 0x02014b50), VERSION_NEEDED), entry);
	put_four(record + ENTRY_SIZE - 4, (uint32_t)entry->start);
	return write_bytes(zip, record, ENTRY_SIZE, error) &&
	       write_bytes(zip, entry->name, strlen(entry->name), error);
}

bool
zip_finish(struct zip *zip, struct error *error)
{
	unsigned char end[END_SIZE] = { 0 };
	uint64_t start = zip->offset;

	for (size_t i = 0; i < zip->count; i++)
		if (!write_directory_entry(zip, &zip->entries[i], error))
			return false;
	put_two(put_two(put_four(end, 0x06054b50) + 4, (unsigned)zip->count), (unsigned)zip->count);
	put_four(put_four(end + 12, (uint32_t)(zip->offset - start)), (uint32_t)start);
	return write_bytes(zip, end, END_SIZE, error);
}

void
zip_close(struct zip *zip)
{
	if (zip->streaming)
		deflateEnd(&zip->stream);
	free(zip->entries);
	free(zip->packed);
	*zip = (struct zip){ 0 };
}
