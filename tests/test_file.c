/* SPDX-License-Identifier: MIT */
/* A file appears whole or not at all, and what it must not touch is left alone. */
#include "tests/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "export/file.h"

static void
assert_holds(const char *path, const char *expected)
{
	char bytes[256];
	int file = open(path, O_RDONLY);
	ssize_t size;

	assert_true(file >= 0);
	size = read(file, bytes, sizeof bytes - 1);
	close(file);
	assert_true(size >= 0);
	bytes[size] = '\0';
	assert_string_equal(bytes, expected);
}

static bool
write_file(const char *path, const char *words, bool overwrite, struct error *error)
{
	struct file file;

	return file_create(&file, path, overwrite, error) && file_write(&file, words, strlen(words), error) &&
	       file_commit(&file, error);
}

static void
a_file_appears_when_it_is_whole_for_its_owner_only(void **state)
{
	struct file file;
	struct error error = { 0 };
	struct stat status;

	(void)state;
	assert_true(file_create(&file, "new.csv", false, &error));
	assert_true(file_write(&file, "all", 3, &error));
	assert_int_equal(access("new.csv", F_OK), -1);
	assert_true(file_commit(&file, &error));
	assert_holds("new.csv", "all");
	assert_int_equal(stat("new.csv", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(status.st_nlink, 1);
	assert_int_equal(folder_count(), 1);
}

static void
a_file_that_exists_is_replaced_only_when_asked(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(write_file("old.csv", "old", false, &error));
	assert_false(write_file("old.csv", "new", false, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_string_equal(error.message, "'old.csv' exists; use --force to replace it.");
	assert_holds("old.csv", "old");
	assert_true(write_file("old.csv", "new", true, &error));
	assert_holds("old.csv", "new");
	assert_int_equal(folder_count(), 1);
}

static void
a_file_that_came_in_the_meantime_is_not_replaced(void **state)
{
	struct file file;
	struct error error = { 0 };

	(void)state;
	assert_true(file_create(&file, "a.csv", false, &error));
	assert_true(write_file("a.csv", "theirs", false, &error));
	assert_false(file_commit(&file, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_holds("a.csv", "theirs");
	assert_int_equal(folder_count(), 1);
}

static void
a_file_that_is_abandoned_leaves_nothing(void **state)
{
	struct file file = { 0 };
	struct error error = { 0 };

	(void)state;
	file_abandon(&file);
	assert_true(file_create(&file, "a.csv", false, &error));
	assert_true(file_write(&file, "half", 4, &error));
	file_abandon(&file);
	file_abandon(&file);
	assert_int_equal(folder_count(), 0);
}

static void
assert_refused(const char *path, const char *words)
{
	struct file file;
	struct error error = { 0 };

	assert_false(file_create(&file, path, true, &error));
	assert_int_equal(error.kind, ERROR_FILE);
	if (strstr(error.message, words) == NULL)
		fail_msg("'%s' says: %s", path, error.message);
}

static void
links_folders_and_missing_folders_are_refused(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(write_file("victim", "safe", false, &error));
	assert_int_equal(symlink("victim", "link.csv"), 0);
	assert_int_equal(mkdir("folder.csv", 0700), 0);
	assert_refused("link.csv", "is a link");
	assert_refused("folder.csv", "is a folder");
	assert_refused("no/such.csv", "its folder does not exist");
	assert_refused("victim/x.csv", "is not a folder");
	assert_refused("", "is not the name of a file");
	assert_refused("folder.csv/", "is not the name of a file");
	assert_holds("victim", "safe");
	assert_int_equal(folder_count(), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_folder(a_file_appears_when_it_is_whole_for_its_owner_only),
		in_a_folder(a_file_that_exists_is_replaced_only_when_asked),
		in_a_folder(a_file_that_came_in_the_meantime_is_not_replaced),
		in_a_folder(a_file_that_is_abandoned_leaves_nothing),
		in_a_folder(links_folders_and_missing_folders_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
