/* SPDX-License-Identifier: MIT */
/* Rows to files: workbooks cell by cell, and lists on disks that refuse. */
#include "tests/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "export/verify.h"
#include "tests/rows.h"

/*
 * Whether a list of so many rows could be written in the format of the file's ending, on a disk that
 * has room for files of `limit` bytes while rows come and `last_limit` when the file is closed.
 */
static bool
write_list_limited(const char *path, int count, rlim_t limit, rlim_t last_limit, struct error *error)
{
	struct document document = make_document(count);
	struct writer *writer;

	folder_limit_files(limit);
	writer = writer_open_file(format_of_file(path), &document, path, true, error);
	if (writer == NULL)
		return false;
	for (int i = 0; i < count; i++)
		if (!writer_row(writer, rows[i % ROWS], error)) {
			writer_abandon(writer);
			return false;
		}
	folder_limit_files(last_limit);
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
		assert_int_equal(folder_count(), 1);
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
	assert_int_equal(folder_count(), 1);
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
	assert_sheet_holds("a.xlsx",
			   "<c r=\"C5\"><v>-12</v></c><c r=\"D5\" t=\"inlineStr\"><is><t>2024</t></is></c></row>");
	assert_sheet_holds("a.xlsx", "<dimension ref=\"A1:D6\"/>");
	assert_sheet_holds("a.xlsx", "</row></sheetData><autoFilter ref=\"A3:D6\"/>");
}

static void
words_that_are_not_plain_keep_every_character(void **state)
{
	static const char *const hard[FIELDS] = { "a&b<c>_x0041_ _xyz", " \x1b caf\xc3\xa9 \xff", "1234567890123456",
						  "1900-03-01" };
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
	assert_int_equal(system("unzip -p a.xlsx xl/sharedStrings.xml | grep -q 'begins with row 1,048,574 of them'"),
			 0);
}

/* Changes one byte of the largest file in the folder. */
static void
damage_largest(void)
{
	assert_int_equal(system("largest=$(ls -AS | head -n 1) && printf x | "
				"dd of=\"$largest\" bs=1 seek=20000 conv=notrunc 2>/dev/null"), 0);
}

static void
a_disk_that_changes_what_was_written_is_noticed(void **state)
{
	enum { MANY = 30000 };
	struct document document = make_document(MANY);
	struct error error = { 0 };
	struct writer *writer = writer_open_file(format_named("xlsx"), &document, "a.xlsx", false, &error);

	(void)state;
	for (int i = 0; i < MANY; i++)
		assert_true(writer_row(writer, rows[i % ROWS], &error));
	damage_largest();
	assert_false(writer_close(writer, &error));
	assert_int_equal(error.kind, ERROR_FILE);
	assert_int_equal(folder_count(), 0);
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
	assert_int_equal(folder_count(), 0);
}

static void
the_library_says_nothing_on_standard_error(void **state)
{
	struct error error = { 0 };
	struct stat status;
	int saved = dup(STDERR_FILENO), caught = open("caught", O_RDWR | O_CREAT, 0600);

	(void)state;
	dup2(caught, STDERR_FILENO);
	for (rlim_t limit = 0; limit < 6000; limit += 500)
		assert_int_equal(try_list("a.xlsx", 1, limit, limit), 1);
	assert_true(write_list("b.xlsx", 0, &error));
	dup2(saved, STDERR_FILENO);
	close(saved);
	assert_int_equal(fstat(caught, &status), 0);
	close(caught);
	assert_int_equal(status.st_size, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_folder(a_list_that_the_disk_refuses_is_never_half_there),
		in_a_folder(a_list_that_the_disk_refuses_at_the_end_is_never_half_there),
		in_a_folder(a_list_is_written_the_same_twice),
		in_a_folder(reading_back_sees_every_changed_byte_of_the_parts),
		in_a_folder(words_dates_and_numbers_are_cells_of_their_kind),
		in_a_folder(words_that_are_not_plain_keep_every_character),
		in_a_folder(a_list_too_long_for_a_sheet_goes_on_on_the_next),
		in_a_folder(a_disk_that_changes_what_was_written_is_noticed),
		in_a_folder(a_register_that_changes_under_an_export_is_noticed),
		in_a_folder(the_library_says_nothing_on_standard_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
