/* SPDX-License-Identifier: MIT */
/* Rows to files: they appear whole or not at all, whatever the disk does. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "export/format.h"
#include "export/file.h"
#include "export/verify.h"

static const struct field fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	{ "code",  "Code",  FIELD_CODE,    0, 10, NULL, ENTITY_NONE, "", "" },
	{ "notes", "Notes", FIELD_NOTE,    0, 20, NULL, ENTITY_NONE, "", "" },
	{ "count", "Count", FIELD_INTEGER, 0, 6,  NULL, ENTITY_NONE, "", "" },
	{ "due",   "Due",   FIELD_PARTIAL_DATE, 0, 10, NULL, ENTITY_NONE, "", "" },
	{ 0 }
};
enum { FIELDS = 4 };

static const struct field *const columns[FIELDS] = { &fields[0], &fields[1], &fields[2], &fields[3] };

static const char *const rows[][FIELDS] = {
	{ "00123", "plain", "5", "2024-02-29" },
	{ "=1+1", "two\nlines, \"quoted\"", "-12", "2024" },
	{ "'=x", NULL, NULL, NULL },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static struct document
make_document(int64_t count)
{
	return (struct document){
		.title = "Sites", .marking = "OFFICIAL-SENSITIVE", .filter = "york", .as_at = { 2026, 11, 21 },
		.created = 1795255200, .count = count, .fields = columns, .field_count = FIELDS,
	};
}

/* A folder of its own for each test that writes files. */
static int
enter_folder(void **state)
{
	char *folder = strcpy(test_malloc(64), "/tmp/terrier-test-XXXXXX");

	*state = folder;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

/* How many names are in the folder, hidden ones included. */
static int
count_files(void)
{
	DIR *folder = opendir(".");
	int count = -2;

	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count;
}

static int
leave_folder(void **state)
{
	DIR *folder = opendir(".");
	const struct dirent *file;

	while ((file = readdir(folder)) != NULL)
		if (unlink(file->d_name) != 0)
			rmdir(file->d_name);
	closedir(folder);
	if (chdir("/") != 0 || rmdir(*state) != 0)
		return 1;
	test_free(*state);
	return 0;
}

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
	assert_int_equal(count_files(), 1);
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
	assert_int_equal(count_files(), 1);
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
	assert_int_equal(count_files(), 1);
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
	assert_int_equal(count_files(), 0);
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
	assert_int_equal(count_files(), 3);
}

/* From now on, files may not grow beyond so many bytes. It stands for a full disk, and needs no disk of its own. */
static void
limit_files(rlim_t limit)
{
	struct rlimit limits = { limit, RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limits);
}

/*
 * Whether a list of so many rows could be written in the format of the file's ending, on a disk that
 * has room for files of `limit` bytes while rows come and `last_limit` when the file is closed.
 */
static bool
write_list_limited(const char *path, int count, rlim_t limit, rlim_t last_limit, struct error *error)
{
	struct document document = make_document(count);
	struct writer *writer = writer_open_file(format_of_file(path), &document, path, true, error);

	if (writer == NULL)
		return false;
	limit_files(limit);
	for (int i = 0; i < count; i++)
		if (!writer_row(writer, rows[i % ROWS], error)) {
			writer_abandon(writer);
			return false;
		}
	limit_files(last_limit);
	return writer_close(writer, error);
}

static bool
write_list(const char *path, int count, struct error *error)
{
	return write_list_limited(path, count, RLIM_INFINITY, RLIM_INFINITY, error);
}

/* The same in a process of its own: 0 for written, 1 for refused with a sentence, 2 otherwise. */
static int
try_list(const char *path, int count, rlim_t limit, rlim_t last_limit)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct error error = { 0 };

		if (write_list_limited(path, count, limit, last_limit, &error))
			_exit(0);
		_exit(error.kind == ERROR_FILE && strstr(error.message, "Nothing was written") != NULL ? 1 : 2);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static void
assert_never_half_written(const char *path, int count)
{
	struct error error = { 0 };
	struct stat status;
	int refused = 0;

	assert_true(write_list(path, count, &error));
	assert_int_equal(stat(path, &status), 0);
	for (int part = 0; part < 24; part++) {
		rlim_t limit = (rlim_t)(status.st_size * part / 24);
		int answer = try_list(path, count, limit, limit);

		assert_int_equal(answer, 1);
		refused++;
		assert_int_equal(count_files(), 1);
	}
	assert_int_equal(refused, 24);
}

static void
a_list_that_the_disk_refuses_is_never_half_there(void **state)
{
	(void)state;
	assert_never_half_written("list.csv", 20000);
	unlink("list.csv");
	assert_never_half_written("list.json", 20000);
	unlink("list.json");
	assert_never_half_written("list.xlsx", 2000);
}

static void
a_list_that_the_disk_refuses_at_the_end_is_never_half_there(void **state)
{
	struct error error = { 0 };
	struct stat status;

	(void)state;
	assert_true(write_list("list.xlsx", 3000, &error));
	assert_int_equal(stat("list.xlsx", &status), 0);
	for (int less = 1; less < 4000; less += 111)
		assert_int_equal(try_list("list.xlsx", 3000, RLIM_INFINITY, (rlim_t)(status.st_size - less)), 1);
	assert_int_equal(try_list("list.xlsx", 3000, RLIM_INFINITY, (rlim_t)status.st_size), 0);
	assert_int_equal(count_files(), 1);
}

static void
a_list_is_written_the_same_twice(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(write_list("a.xlsx", 500, &error));
	assert_true(write_list("b.xlsx", 500, &error));
	assert_int_equal(system("cmp -s a.xlsx b.xlsx"), 0);
}

/* The file of a list, opened for reading back. */
static struct file
open_back(const char *path)
{
	return (struct file){ .path = path, .folder = ".", .descriptor = open(path, O_RDWR) };
}

static bool
reads_back(const struct file *file)
{
	struct error error = { 0 };

	return verify_checksums(file, &error);
}

static void
reading_back_sees_every_changed_byte_of_the_parts(void **state)
{
	struct error error = { 0 };
	struct file file;
	struct stat status;
	int seen = 0, changed = 0;

	(void)state;
	assert_true(write_list("a.xlsx", 60, &error));
	file = open_back("a.xlsx");
	assert_true(reads_back(&file));
	assert_int_equal(fstat(file.descriptor, &status), 0);
	for (off_t at = 0; at < status.st_size; at += 3) {
		unsigned char byte, other;

		assert_int_equal(pread(file.descriptor, &byte, 1, at), 1);
		other = byte ^ 0x55;
		assert_int_equal(pwrite(file.descriptor, &other, 1, at), 1);
		seen += !reads_back(&file);
		changed++;
		assert_int_equal(pwrite(file.descriptor, &byte, 1, at), 1);
	}
	/* Names, times and versions are not covered by a checksum; they are a fifth of so small a file. */
	assert_true(seen > changed * 3 / 4);
	assert_true(reads_back(&file));
	assert_int_equal(ftruncate(file.descriptor, status.st_size - 1), 0);
	assert_false(reads_back(&file));
	close(file.descriptor);
}

/* What stands in the first sheet, as XML. */
static void
assert_sheet_holds(const char *path, const char *words)
{
	struct arena arena = { 0 };
	const char *command = arena_format(&arena, "unzip -p %s xl/worksheets/sheet1.xml | grep -qF '%s'", path, words);

	if (system(command) != 0)
		fail_msg("the sheet does not hold %s", words);
	arena_free(&arena);
}

static void
words_dates_and_numbers_are_cells_of_their_kind(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(write_list("a.xlsx", ROWS, &error));
	assert_sheet_holds("a.xlsx", "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>00123</t></is></c>");
	assert_sheet_holds("a.xlsx", "<c r=\"C4\"><v>5</v></c><c r=\"D4\" s=\"2\"><v>45351</v></c></row>");
	assert_sheet_holds("a.xlsx", "<t>=1+1</t>");
	assert_sheet_holds("a.xlsx", "<c r=\"C5\"><v>-12</v></c><c r=\"D5\" t=\"inlineStr\"><is><t>2024</t></is></c></row>");
	assert_sheet_holds("a.xlsx", "<dimension ref=\"A1:D6\"/>");
	assert_sheet_holds("a.xlsx", "</row></sheetData><autoFilter ref=\"A3:D6\"/>");
}

static void
words_that_are_not_plain_keep_every_character(void **state)
{
	static const char *const hard[FIELDS] = { "a&b<c>_x0041_ _xyz", " \x1b caf\xc3\xa9 \xff", "1234567890123456", "1900-03-01" };
	struct document document = make_document(1);
	struct error error = { 0 };
	struct writer *writer = writer_open_file(format_named("xlsx"), &document, "a.xlsx", false, &error);

	(void)state;
	assert_true(writer_row(writer, hard, &error));
	assert_true(writer_close(writer, &error));
	assert_sheet_holds("a.xlsx", "<t>a&amp;b&lt;c&gt;_x005F_x0041_ _xyz</t>");
	assert_sheet_holds("a.xlsx", "<t xml:space=\"preserve\"> \xef\xbf\xbd caf\xc3\xa9 \xef\xbf\xbd</t>");
	assert_sheet_holds("a.xlsx", "<c r=\"C4\" t=\"inlineStr\"><is><t>1234567890123456</t>");
	assert_sheet_holds("a.xlsx", "<v>61</v>");
}

static void
a_list_too_long_for_a_sheet_goes_on_on_the_next(void **state)
{
	enum { SHEET_ROWS = 1048573, MANY = SHEET_ROWS + 2 };
	static const char *const short_row[] = { "x" };
	struct document document = make_document(MANY);
	struct error error = { 0 };
	struct writer *writer;

	(void)state;
	document.field_count = 1;
	writer = writer_open_file(format_named("xlsx"), &document, "a.xlsx", false, &error);
	for (int i = 0; i < MANY; i++)
		assert_true(writer_row(writer, short_row, &error));
	assert_true(writer_close(writer, &error));
	assert_sheet_holds("a.xlsx", "<c r=\"A1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>");
	assert_int_equal(system("unzip -p a.xlsx xl/worksheets/sheet2.xml | grep -q '<dimension ref=\"A1:A5\"/>.*"
				"<c r=\"A5\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>'"), 0);
	assert_int_equal(system("unzip -p a.xlsx xl/workbook.xml | grep -q 'name=\"Sites 2\"'"), 0);
	assert_int_equal(system("unzip -p a.xlsx xl/sharedStrings.xml | grep -q 'begins with row 1,048,574 of them'"), 0);
}

static void
a_register_that_changes_under_an_export_is_noticed(void **state)
{
	struct document document = make_document(2);
	struct error error = { 0 };
	struct writer *writer = writer_open_file(format_named("xlsx"), &document, "a.xlsx", false, &error);

	(void)state;
	assert_true(writer_row(writer, rows[0], &error));
	assert_false(writer_close(writer, &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	document.count = 0;
	writer = writer_open_file(format_named("xlsx"), &document, "a.xlsx", false, &error);
	assert_false(writer_row(writer, rows[0], &error));
	assert_int_equal(error.kind, ERROR_CONFLICT);
	writer_abandon(writer);
	assert_int_equal(count_files(), 0);
}

static void
the_library_says_nothing_on_standard_error(void **state)
{
	struct error error = { 0 };
	struct stat status;
	int saved = dup(STDERR_FILENO), caught = open("caught", O_RDWR | O_CREAT, 0600);

	(void)state;
	dup2(caught, STDERR_FILENO);
	assert_int_equal(try_list("a.xlsx", 1, RLIM_INFINITY, 5000), 1);
	assert_true(write_list("b.xlsx", 0, &error));
	dup2(saved, STDERR_FILENO);
	close(saved);
	assert_int_equal(fstat(caught, &status), 0);
	close(caught);
	assert_int_equal(status.st_size, 0);
}

#define in_a_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_folder(a_file_appears_when_it_is_whole_for_its_owner_only),
		in_a_folder(a_file_that_exists_is_replaced_only_when_asked),
		in_a_folder(a_file_that_came_in_the_meantime_is_not_replaced),
		in_a_folder(a_file_that_is_abandoned_leaves_nothing),
		in_a_folder(links_folders_and_missing_folders_are_refused),
		in_a_folder(a_list_that_the_disk_refuses_is_never_half_there),
		in_a_folder(a_list_that_the_disk_refuses_at_the_end_is_never_half_there),
		in_a_folder(a_list_is_written_the_same_twice),
		in_a_folder(reading_back_sees_every_changed_byte_of_the_parts),
		in_a_folder(words_dates_and_numbers_are_cells_of_their_kind),
		in_a_folder(words_that_are_not_plain_keep_every_character),
		in_a_folder(a_list_too_long_for_a_sheet_goes_on_on_the_next),
		in_a_folder(a_register_that_changes_under_an_export_is_noticed),
		in_a_folder(the_library_says_nothing_on_standard_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
