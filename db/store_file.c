/* SPDX-License-Identifier: MIT */
/* realpath() is of XSI. */
#define _XOPEN_SOURCE 700

#include "db/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"
#include "core/text.h"
#include "db/migrations.h"

/* What the header of a SQLite file says, by the offsets of its file format. */
enum {
	HEADER_SIZE = 100,
	HEADER_WRITE_VERSION = 18,
	HEADER_USER_VERSION = 60,
	HEADER_APPLICATION = 68
};

static uint32_t
header_number(const unsigned char *header, int offset)
{
	return (uint32_t)header[offset] << 24 | (uint32_t)header[offset + 1] << 16 |
	       (uint32_t)header[offset + 2] << 8 | header[offset + 3];
}

bool
store_file_version(const char *path, uint32_t version, struct error *error)
{
	return version <= (uint32_t)migration_count ||
	       error_set(error, ERROR_INVALID,
			 "%s was written by a newer Terrier (version %u of the register; this "
			 "program knows %d). Nothing was changed; install the newer Terrier.",
			 path, version, migration_count);
}

/* Judges the first bytes of the file before SQLite sees it. */
static bool
check_header(const char *path, const unsigned char *header, ssize_t size, struct error *error)
{
	if (size < HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0 ||
	    header_number(header, HEADER_APPLICATION) != REGISTER_APPLICATION_ID)
		return error_set(error, ERROR_INVALID,
				 "%s is not a register of Terrier. Nothing was changed.", path);
	if (header[HEADER_WRITE_VERSION] != 1)
		return error_set(error, ERROR_INVALID,
				 "%s was changed by another program (it is in WAL mode). Nothing "
				 "was changed; take the newest copy that you have kept.",
				 path);
	return store_file_version(path, header_number(header, HEADER_USER_VERSION), error);
}

bool
store_file_check(const char *path, struct error *error)
{
	unsigned char header[HEADER_SIZE];
	struct stat status;
	ssize_t size;
	int file;

	if (lstat(path, &status) != 0)
		return error_set(error,
				 errno == ENOENT || errno == ENOTDIR ? ERROR_NOT_FOUND : ERROR_FILE,
				 errno == ENOENT || errno == ENOTDIR
					 ? "There is no register at %s. Make one with `terrier "
					   "init`."
					 : "The register %s cannot be reached: you may not read "
					   "its folder.",
				 path);
	if (S_ISLNK(status.st_mode))
		return error_set(error, ERROR_FILE,
				 "%s is a link. Name the register itself, so that it is plain "
				 "which file is changed.",
				 path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_FILE, "%s is not a file, so it cannot be a register.",
				 path);
	file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return error_set(error, ERROR_FILE, "The register %s cannot be read: %s.", path,
				 strerror(errno));
	size = read(file, header, sizeof header);
	close(file);
	return check_header(path, header, size, error);
}

bool
store_file_create(const char *path, struct error *error)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (file < 0 && errno == EEXIST)
		return error_set(error, ERROR_CONFLICT,
				 "%s exists already. It was not changed; choose another name.",
				 path);
	if (file < 0)
		return error_set(error, ERROR_FILE, "The register %s cannot be made: %s.", path,
				 strerror(errno));
	close(file);
	return true;
}

char *
store_file_path(const char *path, struct error *error)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	struct text folder = { 0 };
	char *real, *whole;
	size_t size;

	if (slash != NULL)
		text_append_bytes(&folder, path, (size_t)(name - path));
	else
		text_append(&folder, "./");
	real = realpath(text_words(&folder), NULL);
	text_free(&folder);
	if (real == NULL) {
		error_set(error, ERROR_NOT_FOUND, "There is no folder for the register %s.", path);
		return NULL;
	}
	size = strlen(real) + strlen(name) + 2;
	whole = memory_alloc(size);
	snprintf(whole, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
	free(real);
	return whole;
}
