/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CSV_FILE_H
#define TESTS_CSV_FILE_H

/* For tests of the import: bytes as an open file, and a whole file as bytes. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"

/* An open file with those bytes and without a name. */
static inline int
file_of_bytes(const char *bytes, size_t size)
{
	FILE *file = tmpfile();
	int copy;

	if (file == NULL || fwrite(bytes, 1, size, file) != size || fflush(file) != 0)
		abort();
	copy = dup(fileno(file));
	fclose(file);
	lseek(copy, 0, SEEK_SET);
	return copy;
}

static inline void
read_file(const char *path, struct text *bytes)
{
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t size;

	if (file == NULL)
		abort();
	while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
		text_append_bytes(bytes, chunk, size);
	fclose(file);
}

static inline void
write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
		abort();
}

#endif
