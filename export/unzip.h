/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_UNZIP_H
#define EXPORT_UNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

/*
 * Reading a zip file that this program has just written; nothing is believed: each
 * size and checksum is compared.  Only what such files have is understood: deflated
 * entries, no comment, no ZIP64.
 */
enum {
	UNZIP_NAME_SIZE = 256,
	UNZIP_CHUNK_SIZE = 256 * 1024,
	UNZIP_ROOM = 16,	/* bytes that the reader of a chunk may use before and behind it */
};

/* One entry of the directory. */
struct unzip_entry {
	char name[UNZIP_NAME_SIZE];
	unsigned method;
	uint32_t checksum, packed_size, size;
	uint32_t start;		/* of its local record */
};

/* The directory of an open file. The descriptor belongs to the caller. */
struct unzip {
	int descriptor;
	unsigned char *directory;
	size_t size;		/* of the directory in bytes */
	size_t at;
	unsigned left;		/* entries not yet read */
};

/* False when the file does not end in a directory. End with unzip_close() either way. */
bool unzip_open(struct unzip *zip, int descriptor);

/* The next entry; false when it cannot be read. To be called while zip->left > 0. */
bool unzip_next(struct unzip *zip, struct unzip_entry *entry);

/*
 * Inflates the entry and gives it to `take` in chunks, `last` with the last one; false when
 * the data does not have the size and checksum that the directory says.
 */
typedef void unzip_take(void *context, unsigned char *chunk, size_t size, bool last);
bool unzip_read(const struct unzip *zip, const struct unzip_entry *entry, unzip_take *take,
		void *context);

/* The whole entry, appended to a text. */
bool unzip_read_text(const struct unzip *zip, const struct unzip_entry *entry, struct text *text);

void unzip_close(struct unzip *zip);

#endif
