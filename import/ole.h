/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_OLE_H
#define IMPORT_OLE_H

#include <stdbool.h>

#include "core/error.h"

/* The container of old Office files and of protected new ones: not read, but told apart. */

/* By the first four bytes. */
bool ole_is_one(const char *bytes);

/* Says what is in it and what to do; returns false. `name` is what messages call the file. */
bool ole_refuse(int file, const char *name, struct error *error);

#endif
