/* SPDX-License-Identifier: MIT */
#include "commands/changes.h"

#include <string.h>

bool
changes_open(struct file *file, const char *path, const char *heading, struct error *error)
{
	if (path == NULL)
		return true;
	if (file_create(file, path, false, error))
		return file_write(file, heading, strlen(heading), error);
	if (error->kind == ERROR_CONFLICT)
		error_set(error, ERROR_CONFLICT,
			  "'%.400s' exists and was left alone: give another name for the list of "
			  "changes. Nothing was changed.",
			  path);
	return false;
}
