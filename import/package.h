/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_PACKAGE_H
#define IMPORT_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/*
 * The zip file that a workbook is: parts by name, one open at a time, each inflated as it is read.
 * Nothing in it is believed: names that are twice there or lead out of the package, sizes beyond
 * the limits below and wrong checksums are refused, each with its sentence.
 */
struct package;

/*
 * A part that is larger than PACKAGE_SIZE_TRUSTED must not be so many times the size of what it was
 * packed into: a sheet of 1,048,576 rows is about 30 times as large, a zip bomb a thousand times.
 */
enum {
	PACKAGE_PARTS_MAX = 10000,
	PACKAGE_SIZE_TRUSTED = 16 * 1024 * 1024,
	PACKAGE_MEGABYTE = 1024 * 1024,
};

/* What a part is read for says how large it may be. */
enum package_use {
	PACKAGE_SETTINGS,	/* workbook, styles, relationships */
	PACKAGE_STRINGS,	/* the shared strings: kept in memory */
	PACKAGE_SHEET,		/* streams through */
};

/* Reads from the descriptor, which stays the caller's; `name` is what messages call the file. */
struct package *package_open(int file, const char *name, struct error *error);

/* Whether there is such a part. Upper and lower case are the same, as the format says. */
bool package_has(const struct package *package, const char *part);

/* Opens a part and closes the one that was open. */
bool package_begin(struct package *package, const char *part, enum package_use use,
		   struct error *error);

/* The next bytes of the open part; *size is 0 when it was read whole and its checksum is right. */
bool package_read(struct package *package, void *bytes, size_t room, size_t *size,
		  struct error *error);

/* How much of the open part has been read, and how much there is, in inflated bytes. */
int64_t package_done(const struct package *package);
int64_t package_size(const struct package *package);

/* Sets error to "NAME <what>. Nothing was changed." and returns false. */
bool package_refuse(const struct package *package, struct error *error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for what only a damaged file can be: "NAME is damaged: <what>.", and what to do. */
bool package_refuse_damage(const struct package *package, struct error *error, const char *format,
			   ...) __attribute__((format(printf, 3, 4)));

/* NULL is passed over. */
void package_close(struct package *package);

#endif
