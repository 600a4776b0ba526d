/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_CHANGES_H
#define COMMANDS_CHANGES_H

#include "export/file.h"

/*
 * Begins the list of changes that somebody asked for (--changes FILE): a CSV file with its heading,
 * under a name that no file has yet.  A path of NULL asks for none.  False with an error.
 */
bool changes_open(struct file *file, const char *path, const char *heading, struct error *error);

#endif
