/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_FILE_H
#define EXPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/sink.h"

/*
 * A file that appears whole or not at all.  It is written under a hidden temporary name in the
 * folder of its target, readable by its owner only, and takes the target's name once it is safe on
 * the disk.  Until then, and after any failure, what was there before is as it was.  `struct file
 * file = { 0 };` is one that is not open.
 */
struct file {
	struct arena arena;		/* of the texts */
	const char *path;		/* the name it will have */
	const char *folder;
	const char *temporary;		/* the name it has until then */
	bool overwrite;
	bool open;
	int descriptor;
};

/*
 * ERROR_CONFLICT when the target exists and `overwrite` is false; ERROR_FILE when it is a link, a
 * folder or no plain file, or when the folder cannot be written.  It is then not open.
 */
bool file_create(struct file *file, const char *path, bool overwrite, struct error *error);

bool file_write(struct file *file, const char *bytes, size_t size, struct error *error);

/* A sink that writes to the file, which must outlive it. */
struct sink file_sink(struct file *file);

/*
 * Makes it durable and gives it its name.  After a failure nothing has changed and no temporary
 * file is left, unless the disk did not confirm the new name: the message then says that the file
 * may be there.
 */
bool file_commit(struct file *file, struct error *error);

/* Removes the temporary file; does nothing after file_commit() or when it is not open. */
void file_abandon(struct file *file);

/*
 * Puts into words why writing the path failed, from an errno; 0 when only the disk can be the
 * reason. Returns false.
 */
bool file_failed(const char *path, int reason, struct error *error);

#endif
