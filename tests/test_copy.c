/* SPDX-License-Identifier: MIT */
/* realpath() is of XSI. */
#define _XOPEN_SOURCE 700

#include "tests/support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <signal.h>

#include "db/copy.h"

enum { AT = 1777811400 };	/* 3 May 2026, 12:30 */

static const char *
copy_at(struct support *test, int64_t at)
{
	struct text path = { 0 };
	const char *kept;

	support_must(test, store_copy(test->session.store, at, NULL, &path, &test->error));
	kept = arena_text(&test->arena, text_words(&path));
	text_free(&path);
	return kept;
}

/* How many files lie in the folder of the copies; -1 without a folder. */
static int
files_kept(struct support *test)
{
	DIR *folder = opendir(support_path(test, "estate.copies"));
	int count = 0;

	if (folder == NULL)
		return -1;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			count++;
	closedir(folder);
	return count;
}

static int
mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

/* The records of the register at that path. */
static const char *
snapshot_of(struct support *test, const char *path)
{
	struct store *ours = test->session.store;
	const char *snapshot;

	test->session.store = store_open(path, STORE_READ, &test->error);
	support_must(test, test->session.store != NULL && store_check(test->session.store, &test->error));
	snapshot = support_snapshot(test);
	store_close(test->session.store);
	test->session.store = ours;
	return snapshot;
}

static void
a_copy_is_a_register_beside_the_register_and_its_owners_only(void **state)
{
	struct support *test = *state;
	const char *path, *before;

	umask(0);
	support_add_alone(test, ENTITY_SITE, "code=S1", "name=York");
	path = copy_at(test, AT);
	assert_string_equal(strrchr(path, '/') + 1, "estate-2026-05-03T12-30-00.terrier");
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(mode_of(support_path(test, "estate.copies")), 0700);
	assert_int_equal(files_kept(test), 1);
	before = support_snapshot(test);
	support_set_alone(test, ENTITY_SITE, "S1", "name=Leeds");
	assert_string_equal(snapshot_of(test, path), before);
}

static void
a_copy_takes_no_others_name(void **state)
{
	struct support *test = *state;
	const char *first = copy_at(test, AT), *second;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	second = copy_at(test, AT);
	assert_string_not_equal(first, second);
	assert_string_not_equal(snapshot_of(test, first), snapshot_of(test, second));
}

static void
the_newest_copies_are_kept_and_what_is_not_a_copy_is_left(void **state)
{
	struct support *test = *state;
	const char *oldest = copy_at(test, AT), *strange = support_path(test, "estate.copies/estate-mine.terrier");

	close(open(strange, O_WRONLY | O_CREAT, 0600));
	for (int i = 1; i < COPIES_KEPT; i++)
		copy_at(test, AT + i * 86400);
	assert_int_equal(access(oldest, F_OK), 0);
	copy_at(test, AT + COPIES_KEPT * 86400);
	/* Nothing goes before the new one is known to stay. */
	assert_int_equal(access(oldest, F_OK), 0);
	store_copy_keep(test->session.store);
	assert_int_equal(access(oldest, F_OK), -1);
	assert_int_equal(access(strange, F_OK), 0);
	assert_int_equal(files_kept(test), COPIES_KEPT + 1);
}

static void
a_copy_that_was_not_needed_can_go(void **state)
{
	struct support *test = *state;
	const char *path = copy_at(test, AT);

	support_must(test, store_copy_remove(path, &test->error) && store_copy_remove(path, &test->error));
	assert_int_equal(files_kept(test), 0);
	assert_false(store_copy_remove(test->folder, &test->error));
}

static bool
stop(void *context, const char *what, int64_t done, int64_t total)
{
	int *calls = context;

	assert_non_null(what);
	assert_true(done < total);
	return --*calls > 0;
}

static void
a_copy_that_is_stopped_leaves_nothing_behind(void **state)
{
	struct support *test = *state;
	struct text path = { 0 };
	int calls = 1;
	const struct progress progress = { stop, &calls };

	assert_false(store_copy(test->session.store, AT, &progress, &path, &test->error));
	assert_int_equal(test->error.kind, ERROR_CANCELLED);
	assert_string_equal(text_words(&path), "");
	assert_int_equal(files_kept(test), -1);
	/* The register can be written as before. */
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
}

static void
a_disk_without_room_is_said_and_nothing_is_left(void **state)
{
	struct support *test = *state;
	struct rlimit limit, small = { .rlim_cur = 8192 };
	struct text path = { 0 };

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	small.rlim_max = limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &small);
	assert_false(store_copy(test->session.store, AT, NULL, &path, &test->error));
	setrlimit(RLIMIT_FSIZE, &limit);
	assert_int_equal(test->error.kind, ERROR_FILE);
	assert_non_null(strstr(test->error.message, "no room on the disk"));
	assert_non_null(strstr(test->error.message, "Nothing was changed."));
	assert_int_equal(files_kept(test), -1);
}

static void
what_lies_in_the_way_is_left_alone(void **state)
{
	struct support *test = *state;
	const char *folder = support_path(test, "estate.copies");
	struct text path = { 0 };

	assert_int_equal(symlink("/tmp", folder), 0);
	assert_false(store_copy(test->session.store, AT, NULL, &path, &test->error));
	assert_int_equal(test->error.kind, ERROR_FILE);
	unlink(folder);
	close(open(folder, O_WRONLY | O_CREAT, 0600));
	assert_false(store_copy(test->session.store, AT, NULL, &path, &test->error));
	assert_int_equal(access(folder, F_OK), 0);
}

static void
what_a_program_that_died_left_is_written_over(void **state)
{
	struct support *test = *state;
	const char *left = support_path(test, "estate.copies/.estate.copying");

	assert_int_equal(mkdir(support_path(test, "estate.copies"), 0700), 0);
	close(open(left, O_WRONLY | O_CREAT, 0600));
	assert_int_equal(truncate(left, 10000000), 0);
	snapshot_of(test, copy_at(test, AT));
	assert_int_equal(access(left, F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_copy_is_a_register_beside_the_register_and_its_owners_only),
		register_test(a_copy_takes_no_others_name),
		register_test(the_newest_copies_are_kept_and_what_is_not_a_copy_is_left),
		register_test(a_copy_that_was_not_needed_can_go),
		register_test(a_copy_that_is_stopped_leaves_nothing_behind),
		register_test(a_disk_without_room_is_said_and_nothing_is_left),
		register_test(what_lies_in_the_way_is_left_alone),
		register_test(what_a_program_that_died_left_is_written_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
