/* SPDX-License-Identifier: MIT */
#ifndef DB_STORE_FILE_H
#define DB_STORE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* The register as a file, before SQLite sees it.  Each is false, or NULL, with an error. */

/* Refuses what is no ordinary file of the owner's, or no register that this program knows. */
bool store_file_check(const char *path, struct error *error);

/* Refuses a register of a newer Terrier; the path is for its message. */
bool store_file_version(const char *path, uint32_t version, struct error *error);

/* Makes the empty file ourselves, so that it is its owner's only from its first moment. */
bool store_file_create(const char *path, struct error *error);

/*
 * The path with the links of its folder resolved: never a "file:" name, and SQLite may refuse every
 * link in it.  The caller frees it.
 */
char *store_file_path(const char *path, struct error *error);

#endif
