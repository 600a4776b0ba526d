/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_ZIP_H
#define EXPORT_ZIP_H

#define ZLIB_CONST	/* what is deflated is only read */
#include <zlib.h>

#include "export/file.h"

/*
 * Writing a zip file whose entries stream, with every write looked at.  Times are
 * those of 1 January 1980, so that the same bytes give the same file.
 */
struct zip_entry;

struct zip {
	struct file *file;		/* the caller's, open and empty */
	struct zip_entry *entries;
	size_t count, room;
	z_stream stream;
	bool streaming;			/* an entry is open */
	unsigned char *packed;		/* deflated bytes on their way to the file */
	uint64_t offset;		/* in the file */
	uint64_t size;			/* of the open entry so far */
};

void zip_open(struct zip *zip, struct file *file);

/* Begins the next entry; the name is copied. */
bool zip_begin(struct zip *zip, const char *name, struct error *error);
bool zip_write(struct zip *zip, const char *bytes, size_t size, struct error *error);

/* Ends the entry. ERROR_FILE when it has grown beyond the 4 GB that a workbook can hold. */
bool zip_end(struct zip *zip, struct error *error);

/* Writes the directory. The file is still to be committed. */
bool zip_finish(struct zip *zip, struct error *error);

/* Frees; to be called at the end, whatever happened. */
void zip_close(struct zip *zip);

#endif
