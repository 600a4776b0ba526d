/* SPDX-License-Identifier: MIT */
#ifndef TESTS_ZIP_FILE_H
#define TESTS_ZIP_FILE_H

/* For tests of reading workbooks: zip files made in memory, as wrong as a test wants them. */

#include <string.h>
#include <zlib.h>

#include "core/memory.h"
#include "core/text.h"

/* A part on its way into a zip file. */
struct zip_part {
	const char *name;
	const char *bytes;
	size_t size;
	bool stored;			/* not deflated */
	unsigned flags, method;		/* added to those that are right */
	uint32_t wrong_checksum;	/* the same */
	int64_t wrong_size;		/* added to the size that the directory tells */
};

/* `struct zip_file zip = { 0 };` is empty; end it with zip_file_free(). */
struct zip_file {
	struct text bytes, directory;
	unsigned count;
};

static inline void
zip_put(struct text *out, uint64_t value, int size)
{
	for (int i = 0; i < size; i++, value >>= 8) {
		char byte = (char)(value & 0xff);

		text_append_bytes(out, &byte, 1);
	}
}

/* What the local record and the directory have in common. A size of 4 GB or more is behind the name, as in ZIP64. */
static inline void
zip_put_common(struct text *out, const struct zip_part *part, uint32_t checksum, size_t packed, uint64_t size)
{
	zip_put(out, 20, 2);
	zip_put(out, part->flags, 2);
	zip_put(out, (part->stored ? 0 : 8) + part->method, 2);
	zip_put(out, 0x210000, 4);
	zip_put(out, checksum, 4);
	zip_put(out, packed, 4);
	zip_put(out, size < UINT32_MAX ? size : UINT32_MAX, 4);
	zip_put(out, strlen(part->name), 2);
	zip_put(out, size < UINT32_MAX ? 0 : 12, 2);
}

static inline void
zip_put_large_size(struct text *out, uint64_t size)
{
	if (size < UINT32_MAX)
		return;
	zip_put(out, 1, 2);
	zip_put(out, 8, 2);
	zip_put(out, size, 8);
}

/* Adds bytes that are packed already. */
static inline void
zip_add_packed(struct zip_file *zip, const struct zip_part *part, const void *packed, size_t packed_size,
	       uint32_t checksum, uint64_t size)
{
	size_t start = zip->bytes.length;

	text_append_bytes(&zip->bytes, "PK\3\4", 4);
	zip_put_common(&zip->bytes, part, checksum, packed_size, size);
	text_append(&zip->bytes, part->name);
	zip_put_large_size(&zip->bytes, size);
	text_append_bytes(&zip->bytes, packed, packed_size);
	text_append_bytes(&zip->directory, "PK\1\2", 4);
	zip_put(&zip->directory, 20, 2);
	zip_put_common(&zip->directory, part, checksum, packed_size, size);
	zip_put(&zip->directory, 0, 10);
	zip_put(&zip->directory, start, 4);
	text_append(&zip->directory, part->name);
	zip_put_large_size(&zip->directory, size);
	zip->count++;
}

static inline void
zip_add(struct zip_file *zip, const struct zip_part *part)
{
	uLong bound = deflateBound(NULL, part->size) + 64;
	unsigned char *packed = memory_alloc(bound);
	z_stream stream = { 0 };
	uint32_t checksum = (uint32_t)crc32(0, (const Bytef *)part->bytes, (uInt)part->size) + part->wrong_checksum;

	if (part->stored) {
		memcpy(packed, part->bytes, part->size);
		stream.total_out = part->size;
	} else {
		deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
		stream.next_in = (Bytef *)(uintptr_t)part->bytes;
		stream.avail_in = (uInt)part->size;
		stream.next_out = packed;
		stream.avail_out = (uInt)bound;
		deflate(&stream, Z_FINISH);
		deflateEnd(&stream);
	}
	zip_add_packed(zip, part, packed, stream.total_out, checksum,
		       (uint64_t)((int64_t)part->size + part->wrong_size));
	free(packed);
}

static inline void
zip_add_text(struct zip_file *zip, const char *name, const char *text)
{
	zip_add(zip, &(struct zip_part){ .name = name, .bytes = text, .size = strlen(text) });
}

/* Deflates bytes so that others may follow; appends them. */
static inline void
zip_pack(z_stream *stream, const void *bytes, size_t size, int flush, struct text *out)
{
	unsigned char packed[64 * 1024];

	stream->next_in = (Bytef *)(uintptr_t)bytes;
	stream->avail_in = (uInt)size;
	do {
		stream->next_out = packed;
		stream->avail_out = sizeof packed;
		deflate(stream, flush);
		text_append_bytes(out, (char *)packed, sizeof packed - stream->avail_out);
	} while (stream->avail_out == 0);
}

/* A part of so many megabytes of blanks between two texts, in a thousandth of the room: a zip bomb. */
static inline void
zip_add_bomb(struct zip_file *zip, const char *name, const char *before, unsigned megabytes, const char *after)
{
	enum { BLOCK = 1024 * 1024 };
	char *blanks = memory_alloc(BLOCK);
	struct text out = { 0 }, block = { 0 };
	z_stream stream = { 0 };
	uLong checksum = crc32(0, (const Bytef *)before, (uInt)strlen(before)), of_block;

	memset(blanks, ' ', BLOCK);
	of_block = crc32(0, (const Bytef *)blanks, BLOCK);
	deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
	zip_pack(&stream, before, strlen(before), Z_FULL_FLUSH, &out);
	zip_pack(&stream, blanks, BLOCK, Z_FULL_FLUSH, &block);
	for (unsigned i = 0; i < megabytes; i++) {
		text_append_bytes(&out, block.bytes, block.length);
		checksum = crc32_combine(checksum, of_block, BLOCK);
	}
	zip_pack(&stream, after, strlen(after), Z_FINISH, &out);
	checksum = crc32_combine(checksum, crc32(0, (const Bytef *)after, (uInt)strlen(after)), (z_off_t)strlen(after));
	deflateEnd(&stream);
	zip_add_packed(zip, &(struct zip_part){ .name = name }, out.bytes, out.length, (uint32_t)checksum,
		       strlen(before) + (uint64_t)megabytes * BLOCK + strlen(after));
	text_free(&out);
	text_free(&block);
	free(blanks);
}

/* Puts the directory behind the parts: zip->bytes is the file. */
static inline void
zip_finish_file(struct zip_file *zip)
{
	size_t start = zip->bytes.length;

	if (zip->count > 0)
		text_append_bytes(&zip->bytes, zip->directory.bytes, zip->directory.length);
	text_append_bytes(&zip->bytes, "PK\5\6\0\0\0\0", 8);
	zip_put(&zip->bytes, zip->count, 2);
	zip_put(&zip->bytes, zip->count, 2);
	zip_put(&zip->bytes, zip->directory.length, 4);
	zip_put(&zip->bytes, start, 4);
	zip_put(&zip->bytes, 0, 2);
}

static inline void
zip_file_free(struct zip_file *zip)
{
	text_free(&zip->bytes);
	text_free(&zip->directory);
	zip->count = 0;
}

#endif
