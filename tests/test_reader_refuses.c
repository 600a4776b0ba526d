/* SPDX-License-Identifier: MIT */
/* What is refused whatever stands in its rows: files that change, and those that are no text and no workbook. */
#include <sys/stat.h>

#include "tests/reading.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void
grow(int file)
{
	assert_int_equal(pwrite(file, "\n", 1, lseek(file, 0, SEEK_END)), 1);
}

/* As large as before. */
static void
overwrite(int file)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	assert_int_equal(pwrite(file, "x", 1, 0), 1);
	assert_int_equal(futimens(file, times), 0);
}

/* With a new time, by the clock that the file system has. */
static void
touch_node(int file)
{
	struct stat before, after;

	assert_int_equal(fstat(file, &before), 0);
	do
		assert_int_equal(fchmod(file, 0600) | fstat(file, &after), 0);
	while (memcmp(&before.st_ctim, &after.st_ctim, sizeof before.st_ctim) == 0);
}

/* What is said of a file at its end. */
static const char *
read_changed(const char *path, void (*change)(int file), struct error *error)
{
	struct text bytes = { 0 };
	struct reader *reader;
	struct source_row row;
	bool more = true;
	int file;

	read_file(path, &bytes);
	file = file_of_bytes(text_words(&bytes), bytes.length);
	reader = reader_open_file(dup(file), "x", &(struct reader_options){ 0 }, 16, error);
	assert_non_null(reader);
	if (change != NULL)
		change(file);
	while (more && reader_next(reader, &row, &more, error))
		continue;
	reader_close(reader);
	close(file);
	text_free(&bytes);
	return error->message;
}

static void
a_file_that_is_changed_while_it_is_read_is_refused(void **state)
{
	static const char *const paths[] = { "tests/data/frictionless/table.csv", "tests/data/excel/survey.xlsx" };
	static void (*const changes[])(int file) = { grow, overwrite, touch_node };

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct error none = { 0 };

		assert_string_equal(read_changed(paths[i], NULL, &none), "");
		for (size_t change = 0; change < COUNT(changes); change++) {
			struct error error = { 0 };

			assert_string_equal(read_changed(paths[i], changes[change], &error),
					    "x was changed while it was read: save it, close the other program and "
					    "import again. Nothing was changed.");
		}
	}
}

/* The bytes begin a file of that sort. */
static void
what_is_packed_is_to_be_unpacked(void **state)
{
	static const struct { const char *bytes, *what; } packed[] = {
		{ "\x1f\x8b\x08\x08rows", "gzip" }, { "7z\xbc\xaf\x27\x1c\x00", "7z" }, { "Rar!\x1a\x07\x01", "RAR" },
		{ "\xfd" "7zXZ", "xz" }, { "BZh91AY&SY", "bzip2" }, { "\x28\xb5\x2f\xfd", "zstd" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(packed); i++) {
		struct error error = { 0 };
		char expected[128];
		int file = file_of_bytes(packed[i].bytes, strlen(packed[i].bytes));

		snprintf(expected, sizeof expected,
			 "x is compressed (%s): unpack it first, and import the file that is in it. Nothing was "
			 "changed.",
			 packed[i].what);
		assert_null(reader_open_file(file, "x", &(struct reader_options){ 0 }, 16, &error));
		assert_string_equal(error.message, expected);
	}
}

static void
words_that_only_resemble_what_is_packed_are_text(void **state)
{
	static const char *const words[] = { "7z,b\n", "Rar!,b\n", "BZh,b\n", "BZh9,b\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct error error = { 0 };
		int file = file_of_bytes(words[i], strlen(words[i]));
		struct reader *reader = reader_open_file(file, "x", &(struct reader_options){ 0 }, 16, &error);

		assert_non_null(reader);
		reader_close(reader);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_is_changed_while_it_is_read_is_refused),
		cmocka_unit_test(what_is_packed_is_to_be_unpacked),
		cmocka_unit_test(words_that_only_resemble_what_is_packed_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
