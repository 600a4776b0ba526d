/* SPDX-License-Identifier: MIT */
#include "export/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/uuid.h"

enum { OWNER_ONLY = 0600 };

/* Why a file could not be written, and what to do about it. */
static const struct reason {
	int number;
	const char *words;
} reasons[] = {
	{ 0, "the disk is full or failing; free some space, or choose another place" },
	{ ENOSPC, "the disk is full; free some space, or choose another place" },
	{ EDQUOT, "your share of the disk is used up; free some space, or choose another place" },
	{ EROFS, "the disk can only be read; choose another place" },
	{ EACCES, "you may not write there; choose another place" },
	{ EPERM, "you may not write there; choose another place" },
	{ ENOENT, "its folder does not exist; make it first, or choose another place" },
	{ ENOTDIR, "a part of its path is not a folder; choose another place" },
	{ ENAMETOOLONG, "its name is too long; choose a shorter one" },
	{ EFBIG, "it is larger than this disk or your limit allows; choose another place" },
	{ EIO, "the disk reports an error; choose another disk" },
};

bool
file_failed(const char *path, int reason, struct error *error)
{
	const char *words = NULL;

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].number == reason)
			words = reasons[i].words;
	if (words == NULL)
		words = strerror(reason);
	return error_set(error, ERROR_FILE,
			 "'%.400s' was not written: %s. Nothing was written; an older file of that "
			 "name is as it was.",
			 path, words);
}

/* Refuses a target that is there and may not be replaced. */
static bool
check_target(const char *path, bool overwrite, struct error *error)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT || file_failed(path, errno, error);
	if (S_ISLNK(status.st_mode))
		return error_set(error, ERROR_FILE,
				 "'%.400s' is a link to another file, which is left alone; give "
				 "the name of a plain file.",
				 path);
	if (S_ISDIR(status.st_mode))
		return error_set(error, ERROR_FILE,
				 "'%.400s' is a folder; give the name of a file in it.", path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_FILE,
				 "'%.400s' is not a plain file; give another name.", path);
	if (!overwrite)
		return error_set(error, ERROR_CONFLICT,
				 "'%.400s' exists; use --force to replace it.", path);
	return true;
}

/* Sets the folder and the temporary name, with a dot so that nobody opens it by mistake. */
static void
name_file(struct file *file, const char *path)
{
	const char *slash = strrchr(path, '/');
	char unique[UUID_TEXT_SIZE];
	struct uuid uuid = uuid_new();

	uuid_format(&uuid, unique);
	file->path = arena_text(&file->arena, path);
	file->folder = slash == NULL ? "." :
		       arena_bytes(&file->arena, path, slash == path ? 1 : (size_t)(slash - path));
	file->temporary = arena_format(&file->arena, "%s/.terrier-%s.part", file->folder, unique);
}

bool
file_create(struct file *file, const char *path, bool overwrite, struct error *error)
{
	size_t size = strlen(path);

	*file = (struct file){ 0 };
	if (size == 0 || path[size - 1] == '/')
		return error_set(error, ERROR_FILE, "'%.400s' is not the name of a file; give one.",
				 path);
	if (!check_target(path, overwrite, error))
		return false;
	name_file(file, path);
	file->overwrite = overwrite;
	file->descriptor = open(file->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
				OWNER_ONLY);
	if (file->descriptor < 0) {
		file_failed(path, errno, error);
		arena_free(&file->arena);
		return false;
	}
	file->open = true;
	return true;
}

bool
file_write(struct file *file, const char *bytes, size_t size, struct error *error)
{
	while (size > 0) {
		ssize_t written = write(file->descriptor, bytes, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return file_failed(file->path, written < 0 ? errno : 0, error);
		bytes += written;
		size -= (size_t)written;
	}
	return true;
}

static bool
write_to_file(void *context, const char *bytes, size_t size, struct error *error)
{
	return file_write(context, bytes, size, error);
}

struct sink
file_sink(struct file *file)
{
	return (struct sink){ write_to_file, file };
}

/* The name is durable once its folder is; some file systems cannot sync one, and say EINVAL. */
static bool
sync_folder(const struct file *file)
{
	int folder = open(file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL);

	if (folder >= 0)
		close(folder);
	return synced;
}

/* Gives a new file its name unless another took it in the meantime. */
static bool
name_new(const struct file *file, struct error *error)
{
	if (link(file->temporary, file->path) == 0) {
		unlink(file->temporary);
		return true;
	}
	/* FAT has no links: look once more, then rename. */
	if (!check_target(file->path, false, error))
		return false;
	return rename(file->temporary, file->path) == 0 || file_failed(file->path, errno, error);
}

static bool
replace_old(const struct file *file, struct error *error)
{
	if (!check_target(file->path, true, error))
		return false;
	return rename(file->temporary, file->path) == 0 || file_failed(file->path, errno, error);
}

bool
file_commit(struct file *file, struct error *error)
{
	bool done = fsync(file->descriptor) == 0 || file_failed(file->path, errno, error);

	done = done && (file->overwrite ? replace_old(file, error) : name_new(file, error));
	if (!done) {
		file_abandon(file);
		return false;
	}
	close(file->descriptor);
	if (!sync_folder(file))
		done = error_set(error, ERROR_FILE,
				 "'%.400s' was written, but the disk did not confirm it (%s); look "
				 "whether it is there, or write it again.",
				 file->path, strerror(errno));
	arena_free(&file->arena);
	*file = (struct file){ 0 };
	return done;
}

void
file_abandon(struct file *file)
{
	if (!file->open)
		return;
	unlink(file->temporary);
	close(file->descriptor);
	arena_free(&file->arena);
	*file = (struct file){ 0 };
}
