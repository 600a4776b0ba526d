/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <string.h>
#include <sys/stat.h>

#include "commands/import_refusals.h"

/*
 * What an import writes beside the register takes the place of nothing that is still needed.  The
 * register is not even opened to see what it is: closing it would let go of the locks on it.
 */

static bool
is_same_file(const char *first, const char *second)
{
	struct stat a, b;

	return first != NULL && second != NULL && stat(first, &a) == 0 && stat(second, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool
check_refusals(const struct import_options *options, const char *register_path, struct error *error)
{
	const char *path = options->refusals;
	struct stat status;

	if (is_same_file(path, options->path))
		return error_set(error, ERROR_CONFLICT,
				 "--refusals %s is the file that is imported: give another name "
				 "for the refused rows. Nothing was changed.",
				 path);
	if (is_same_file(path, register_path))
		return error_set(error, ERROR_CONFLICT,
				 "--refusals %s is the register itself: give another name for the "
				 "refused rows. Nothing was changed.",
				 path);
	if (lstat(path, &status) < 0)
		return true;
	if (S_ISREG(status.st_mode))
		return import_refuse_to_replace(path, error);
	return error_set(error, ERROR_CONFLICT,
			 "--refusals %s is no plain file: give another name for the refused rows. "
			 "Nothing was changed.",
			 path);
}

/* The name in its folder; *folder, in the arena, is the folder. */
static const char *
part_path(const char *path, struct arena *arena, const char **folder)
{
	const char *slash = strrchr(path, '/');

	*folder = slash != NULL ? arena_bytes(arena, path, (size_t)(slash - path) + 1) : ".";
	return slash != NULL ? slash + 1 : path;
}

/* Whether two files that need not be there yet will be one. */
static bool
is_same_place(const char *first, const char *second)
{
	struct arena arena = { 0 };
	const char *a, *b;
	bool same = strcmp(part_path(first, &arena, &a), part_path(second, &arena, &b)) == 0 &&
		    is_same_file(a, b);

	arena_free(&arena);
	return same || is_same_file(first, second);
}

bool
import_check_paths(const struct import_options *options, const char *register_path,
		   struct error *error)
{
	if (options->refusals != NULL && !check_refusals(options, register_path, error))
		return false;
	if (options->refusals == NULL || options->changes == NULL ||
	    !is_same_place(options->refusals, options->changes))
		return true;
	return error_set(error, ERROR_CONFLICT,
			 "--refusals and --changes both name %s: give each a file of its own. "
			 "Nothing was changed.",
			 options->changes);
}
