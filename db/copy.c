/* SPDX-License-Identifier: MIT */
/*
 * While a transaction that reads is open nobody can write to the file, and no journal beside it has
 * anything to say: the bytes of the file are the register.  They are copied by the kernel, which on
 * some file systems only notes that the two share them, under a hidden name that is locked as long
 * as it is written: what a program that died left there is written over by the next.
 */
/* copy_file_range() is of Linux and FreeBSD. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "db/copy.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/date.h"
#include "core/memory.h"
#include "db/internal.h"

enum {
	/* Bytes between one look at the progress and the next: some milliseconds. */
	PART_SIZE = 8 * 1024 * 1024,
	BUFFER_SIZE = 256 * 1024,
	HEADER_SIZE = 100,		/* of a SQLite file */
	NAMES_TRIED = 100,		/* copies of one second */
};

struct copy {
	struct store *store;
	struct text folder, stem;	/* "/home/jo/estate.copies", "estate" */
	struct text hidden;		/* the name while it is written */
	int source, directory, target;	/* -1: not open */
	off_t size;
	struct error *error;
};

static bool
copy_failed(struct copy *copy, int code)
{
	if (code == ENOSPC || code == EDQUOT || code == EFBIG)
		return error_set(copy->error, ERROR_FILE,
				 "There is no room on the disk for a copy of the register (%lld MB "
				 "in %.400s). Nothing was changed. Make room, or move older copies "
				 "out of that folder, and try again.",
				 (long long)(copy->size / 1000000 + 1), text_words(&copy->folder));
	return error_set(copy->error, ERROR_FILE,
			 "A copy of the register could not be kept in %.400s: %s. Nothing was "
			 "changed.",
			 text_words(&copy->folder), strerror(code));
}

/* estate.terrier in /home/jo has its copies in /home/jo/estate.copies. */
static void
name_folder(struct copy *copy)
{
	static const char ending[] = ".terrier";
	const char *path = store_path(copy->store), *name = strrchr(path, '/') + 1;
	size_t size = strlen(name);

	if (size >= sizeof ending && strcmp(name + size - (sizeof ending - 1), ending) == 0)
		size -= sizeof ending - 1;
	text_append_bytes(&copy->stem, name, size);
	text_append_bytes(&copy->folder, path, (size_t)(name - path) + size);
	text_append(&copy->folder, ".copies");
	text_format(&copy->hidden, ".%s.copying", text_words(&copy->stem));
}

static void
free_names(struct copy *copy)
{
	text_free(&copy->folder);
	text_free(&copy->stem);
	text_free(&copy->hidden);
}

static bool
open_folder(struct copy *copy)
{
	const char *folder = text_words(&copy->folder);

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return copy_failed(copy, errno);
	copy->directory = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return copy->directory >= 0 || copy_failed(copy, errno);
}

/*
 * Whether the open file is the one that has the hidden name: another may have finished it, or
 * removed it, meanwhile.
 */
static bool
has_hidden_name(struct copy *copy)
{
	struct stat ours, named;

	return fstat(copy->target, &ours) == 0 &&
	       fstatat(copy->directory, text_words(&copy->hidden), &named, AT_SYMLINK_NOFOLLOW) ==
		       0 &&
	       ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

static bool
open_target(struct copy *copy)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	copy->target = openat(copy->directory, text_words(&copy->hidden),
			      O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (copy->target < 0)
		return copy_failed(copy, errno);
	if (fcntl(copy->target, F_SETLK, &lock) != 0 || !has_hidden_name(copy)) {
		close(copy->target);
		copy->target = -1;
		return error_set(copy->error, ERROR_CONFLICT,
				 "Another Terrier is just making a copy of the register. Nothing "
				 "was changed; wait until it has finished and try again.");
	}
	return ftruncate(copy->target, 0) == 0 || copy_failed(copy, errno);
}

static bool
open_source(struct copy *copy)
{
	struct stat status;

	copy->source = open(store_path(copy->store), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (copy->source < 0 || fstat(copy->source, &status) != 0)
		return copy_failed(copy, errno);
	copy->size = status.st_size;
	return true;
}

/* Where the kernel does not copy from file to file, or not between these two. */
static ssize_t
copy_by_hand(struct copy *copy, size_t room)
{
	char *buffer = memory_alloc(BUFFER_SIZE);
	ssize_t size = read(copy->source, buffer, room < BUFFER_SIZE ? room : BUFFER_SIZE),
		written = 0;
	int code = errno;

	while (size > 0 && written < size) {
		ssize_t some = write(copy->target, buffer + written, (size_t)(size - written));

		code = errno;
		if (some < 0 && code != EINTR) {
			size = -1;
			break;
		}
		written += some > 0 ? some : 0;
	}
	free(buffer);
	errno = code;
	return size;
}

static ssize_t
copy_some(struct copy *copy, size_t room, bool *by_hand)
{
	ssize_t size;

	if (*by_hand)
		return copy_by_hand(copy, room);
	size = copy_file_range(copy->source, NULL, copy->target, NULL, room, 0);
	if (size > 0 || (size < 0 && (errno == EINTR || errno == ENOSPC || errno == EDQUOT)))
		return size;
	/* Some kernels say 0 where they cannot. The offsets of both files are where they were. */
	*by_hand = true;
	return copy_by_hand(copy, room);
}

static bool
copy_bytes(struct copy *copy, const struct progress *progress)
{
	bool by_hand = false;
	off_t done = 0;

	while (done < copy->size) {
		size_t left = (size_t)(copy->size - done);
		ssize_t size;

		if (!progress_step(progress, "Keeping a copy of the register", done, copy->size))
			return error_set(copy->error, ERROR_CANCELLED,
					 "Stopped. Nothing was changed.");
		size = copy_some(copy, left < PART_SIZE ? left : PART_SIZE, &by_hand);
		if (size == 0 || (size < 0 && errno != EINTR))
			return copy_failed(copy, size == 0 ? EIO : errno);
		done += size > 0 ? size : 0;
	}
	return true;
}

/* What is safe is what can be read again, as long as what it was copied from. */
static bool
verify(struct copy *copy)
{
	char ours[HEADER_SIZE], theirs[HEADER_SIZE];
	struct stat status;

	if (fsync(copy->target) != 0 || fstat(copy->target, &status) != 0)
		return copy_failed(copy, errno);
	return (status.st_size == copy->size &&
		pread(copy->source, ours, HEADER_SIZE, 0) == HEADER_SIZE &&
		pread(copy->target, theirs, HEADER_SIZE, 0) == HEADER_SIZE &&
		memcmp(ours, theirs, HEADER_SIZE) == 0) ||
	       copy_failed(copy, EIO);
}

/* Gives it the name unless there is such a copy; *taken: there is. */
static bool
give_name(struct copy *copy, const char *name, bool *taken)
{
	const char *hidden = text_words(&copy->hidden);
	int directory = copy->directory;

	*taken = false;
	if (linkat(directory, hidden, directory, name, 0) == 0)
		return unlinkat(directory, hidden, 0) == 0 || copy_failed(copy, errno);
	*taken = errno == EEXIST || faccessat(directory, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	/* FAT has no links: what has looked may rename. */
	return *taken || renameat(directory, hidden, directory, name) == 0 ||
	       copy_failed(copy, errno);
}

/* The name is durable once its folder is; some file systems cannot sync one, and say EINVAL. */
static bool
name_copy(struct copy *copy, int64_t at, struct text *path)
{
	char instant[DATE_INSTANT_SIZE];
	struct text name = { 0 };
	bool taken = true, done = true;

	date_format_instant(at, instant);
	for (char *colon; (colon = strchr(instant, ':')) != NULL;)
		*colon = '-';
	instant[strcspn(instant, "Z")] = '\0';
	for (int i = 1; done && taken && i <= NAMES_TRIED; i++) {
		text_clear(&name);
		text_format(&name, "%s-%s", text_words(&copy->stem), instant);
		text_format(&name, i > 1 ? "_%d.terrier" : ".terrier", i);
		done = give_name(copy, text_words(&name), &taken);
	}
	done = done && (!taken || copy_failed(copy, EEXIST)) &&
	       (fsync(copy->directory) == 0 || errno == EINVAL || copy_failed(copy, errno));
	if (done)
		text_format(path, "%s/%s", text_words(&copy->folder), text_words(&name));
	else if (!taken)
		unlinkat(copy->directory, text_words(&name), 0);
	text_free(&name);
	return done;
}

/* Whether name_copy() gives such a name; what else somebody put in the folder is not ours. */
static bool
is_copy(const struct copy *copy, const char *name)
{
	static const char pattern[] = "-0000-00-00T00-00-00";
	size_t stem = copy->stem.length;

	if (strncmp(name, text_words(&copy->stem), stem) != 0 ||
	    strlen(name + stem) < sizeof pattern)
		return false;
	name += stem;
	for (size_t i = 0; i < sizeof pattern - 1; i++)
		if (pattern[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != pattern[i])
			return false;
	name += sizeof pattern - 1;
	if (*name == '_')
		name += 1 + strspn(name + 1, "0123456789");
	return strcmp(name, ".terrier") == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Best effort: that an old copy stays does nobody harm. */
static void
remove_old(struct copy *copy)
{
	DIR *directory = opendir(text_words(&copy->folder));
	struct arena arena = { 0 };
	const char **names = NULL;
	size_t count = 0, room = 0;

	if (directory == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
		if (is_copy(copy, entry->d_name)) {
			names = memory_grow(names, &room, count + 1, sizeof *names);
			names[count++] = arena_text(&arena, entry->d_name);
		}
	closedir(directory);
	if (count > COPIES_KEPT)
		qsort(names, count, sizeof *names, by_name);
	for (size_t i = 0; i + COPIES_KEPT < count; i++)
		unlinkat(copy->directory, names[i], 0);
	free(names);
	arena_free(&arena);
}

/*
 * The statement that reads makes SQLite take its lock, and first of all take back what a journal
 * says is half done.
 */
static bool
copy_reading(struct copy *copy, const struct progress *progress)
{
	int64_t version;
	bool written;

	if (!store_run(copy->store, "BEGIN", copy->error))
		return false;
	written = store_ask(copy->store, &version, copy->error, 0, 0,
			    "SELECT count(*) FROM sqlite_master") &&
		  open_source(copy) && open_target(copy) && copy_bytes(copy, progress) &&
		  verify(copy);
	sqlite3_exec(copy->store->database, "ROLLBACK", NULL, NULL, NULL);
	return written;
}

/* Leaves nothing of it, not even the folder when it is empty. */
static void
remove_unfinished(struct copy *copy)
{
	if (copy->target >= 0 && has_hidden_name(copy))
		unlinkat(copy->directory, text_words(&copy->hidden), 0);
	rmdir(text_words(&copy->folder));
}

bool
store_copy(struct store *store, int64_t at, const struct progress *progress, struct text *path,
	   struct error *error)
{
	struct copy copy = {
		.store = store, .source = -1, .directory = -1, .target = -1, .error = error
	};
	bool done;

	assert(store->entry.value == 0);
	name_folder(&copy);
	done = open_folder(&copy) && copy_reading(&copy, progress) && name_copy(&copy, at, path);
	if (!done)
		remove_unfinished(&copy);
	/* Only now: closing the register's file lets go of every lock on it. */
	if (copy.source >= 0)
		close(copy.source);
	if (copy.target >= 0)
		close(copy.target);
	if (copy.directory >= 0)
		close(copy.directory);
	free_names(&copy);
	return done;
}

void
store_copy_keep(struct store *store)
{
	struct error ignored;
	struct copy copy = {
		.store = store, .source = -1, .directory = -1, .target = -1, .error = &ignored
	};

	name_folder(&copy);
	if (open_folder(&copy)) {
		remove_old(&copy);
		close(copy.directory);
	}
	free_names(&copy);
}

bool
store_copy_remove(const char *path, struct error *error)
{
	return unlink(path) == 0 || errno == ENOENT ||
	       error_set(error, ERROR_FILE,
			 "The copy %.400s is not needed but could not be removed: %s. You may "
			 "remove it.",
			 path, strerror(errno));
}
