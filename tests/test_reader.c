/* SPDX-License-Identifier: MIT */
/* What is found out of a text file: its encoding, its delimiter and its heading. */
#include <errno.h>
#include <iconv.h>
#include <sys/resource.h>

#include "import/delimiter.h"
#include "import/encoding.h"
#include "tests/reading.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct reader_options found_out = { 0 };

#define assert_reads(options, bytes, expected) reading_assert(bytes, sizeof bytes - 1, options, expected)

/* A small vocabulary: words that some reader of the file has a field for. */
static size_t
recognise_words(const void *context, const char *const *cells, size_t count)
{
	static const char *const words[] = { "Tag", "Site", "Make", "Model" };
	size_t known = 0;

	(void)context;
	for (size_t i = 0; i < count; i++)
		for (size_t word = 0; word < COUNT(words); word++)
			known += strcmp(cells[i], words[word]) == 0;
	return known;
}

static const struct reader_options recognised = { .recognise = recognise_words };

/* The words in that encoding, with the mark in front that it may have. */
static void
encode(const char *words, enum encoding_id id, bool marked, struct text *out)
{
	static const char *const marks[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "", "" };
	iconv_t converter = iconv_open(encodings[id].converter, "UTF-8");
	char *copy = strdup(words), *from = copy, *to, *bytes;
	size_t left = strlen(words), room = 4 * left;

	to = bytes = malloc(room);
	assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
	if (marked)
		text_append(out, marks[id]);
	text_append_bytes(out, bytes, (size_t)(to - bytes));
	iconv_close(converter);
	free(bytes);
	free(copy);
}

static void
assert_facts(const struct text *bytes, const struct reader_options *options, const char *encoding,
	     const char *delimiter)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file_of_bytes(bytes->bytes, bytes->length), "x.csv", options, 3,
						 &error);
	struct source_row row;
	bool more = true;

	assert_non_null(reader);
	while (more)
		assert_true(reader_next(reader, &row, &more, &error));
	assert_string_equal(reader_facts(reader)->format, "CSV");
	assert_string_equal(reader_facts(reader)->encoding, encoding);
	assert_string_equal(reader_facts(reader)->delimiter, delimiter);
	assert_null(reader_facts(reader)->sheet);
	assert_int_equal(reader_facts(reader)->heading_line, 1);
	reader_close(reader);
}

/* As semicolons stand in for the delimiter. */
static void
put_delimiter(const char *words, char delimiter, struct text *out)
{
	text_append(out, words);
	for (char *at = out->bytes; *at != '\0'; at++)
		if (*at == ';')
			*at = delimiter;
}

static void
assert_found_out(enum encoding_id id, bool marked, const struct delimiter *delimiter)
{
	bool guessed = id == ENCODING_WINDOWS1252 || id == ENCODING_ISO88591;
	struct text words = { 0 }, bytes = { 0 }, out = { 0 }, expected = { 0 };

	put_delimiter("id;näme;b\r\n1;Café £5;x\r\n\"2\";\"a;\n\"\"b\"\"\";ÿ\r\n", delimiter->byte, &words);
	encode(text_words(&words), id, marked, &bytes);
	text_format(&expected, "0@1[id][näme][b]\n1@2[1][Café £5][x]\n2@3[2][a%c\n\"b\"][ÿ]\n%s", delimiter->byte,
		    guessed ? "! Read as Windows-1252, because its letters are not UTF-8: for example 'näme', "
			      "'Café', '£5'. If that looks wrong, say which encoding it is.\n" : "");
	reading_of(bytes.bytes, bytes.length, &found_out, &out);
	assert_string_equal(text_words(&out), text_words(&expected));
	assert_facts(&bytes, &found_out, guessed ? "Windows-1252" : encodings[id].title, delimiter->title);
	assert_facts(&bytes,
		     &(struct reader_options){ .encoding = encoding_words[id].name, .delimiter = delimiter->byte },
		     encodings[id].title, delimiter->title);
	text_free(&words);
	text_free(&bytes);
	text_free(&out);
	text_free(&expected);
}

static void
every_encoding_with_every_delimiter_is_found_out(void **state)
{
	(void)state;
	for (int id = 0; id < ENCODING_COUNT; id++)
		for (const struct delimiter *delimiter = delimiters; delimiter->title != NULL; delimiter++)
			for (int marked = 0; marked <= 1; marked++)
				assert_found_out((enum encoding_id)id, marked, delimiter);
}

static void
an_encoding_that_is_named_is_believed(void **state)
{
	(void)state;
	assert_reads(&(struct reader_options){ .encoding = "windows-1252" }, "a,b\n1,\xc3\xa9\n",
		     "0@1[a][b]\n1@2[1][Ã©]\n");
	assert_reads(&(struct reader_options){ .encoding = "ISO-8859-1" }, "a,b\n1,\xe9\n", "0@1[a][b]\n1@2[1][é]\n");
	assert_reads(&(struct reader_options){ .encoding = "utf-16le" }, "a\0,\0b\0\n\0", "0@1[a][b]\n");
	assert_reads(&(struct reader_options){ .encoding = "utf-8" }, "a,b\n1,\xe9\n", "0@1[a][b]\nx.csv: row 1 "
		     "(line 2) is not UTF-8, the usual way to write letters as bytes: save it as 'CSV UTF-8' and "
		     "import again, or take it as it is with --encoding windows-1252. Nothing was changed.");
	assert_reads(&(struct reader_options){ .encoding = "ebcdic" }, "a,b\n", "There is no encoding 'ebcdic'. "
		     "Those that are read are utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1.");
}

static void
utf16_is_told_by_its_zeros_and_may_hold_any_character(void **state)
{
	struct text bytes = { 0 };

	(void)state;
	encode("id,name\n1,📷 Łódź\n", ENCODING_UTF16BE, false, &bytes);
	reading_assert(bytes.bytes, bytes.length, &found_out, "0@1[id][name]\n1@2[1][📷 Łódź]\n");
	text_free(&bytes);
	encode("Größe\n1\n", ENCODING_UTF16LE, false, &bytes);
	reading_assert(bytes.bytes, bytes.length, &found_out, "0@1[Größe]\n1@2[1]\n");
	text_free(&bytes);
}

static void
half_a_character_of_utf16_is_refused_with_its_row(void **state)
{
	(void)state;
	assert_reads(&found_out, "\xff\xfe" "a\0\n\0001\0\n\0x\0\x3d\xd8y\0\n\0", "0@1[a]\n1@2[1]\nx.csv: row 2 "
		     "(line 3) has half a character where UTF-16 LE needs a whole one, so the file is damaged or cut "
		     "short: ask for it again. Nothing was changed.");
	assert_reads(&found_out, "\xff\xfe" "a\0\n\0001\0\n", "0@1[a]\nx.csv: row 1 (line 2) has half a character "
		     "where UTF-16 LE needs a whole one, so the file is damaged or cut short: ask for it again. "
		     "Nothing was changed.");
	assert_reads(&found_out, "\xfe\xff\0a\0\n\0\0\0\n", "0@1[a]\nx.csv: row 1 (line 2) holds a NUL byte, so the "
		     "file is damaged or is not plain text: save it as 'CSV UTF-8' and import again. Nothing was "
		     "changed.");
}

static void
bytes_that_are_not_utf8_are_windows_1252_when_nothing_else_is(void **state)
{
	(void)state;
	assert_reads(&found_out,
		     "Site,Cost\nCaf\xe9,\xa3"
		     "5\nA \x96 \x80 B,1\n",
		     "0@1[Site][Cost]\n1@2[Café][£5]\n2@3[A – € B][1]\n! Read as Windows-1252, because its letters are "
		     "not UTF-8: for example 'Café', '£5', '–'. If that looks wrong, say which encoding it is.\n");
	/* Nothing is said of letters behind a fault. */
	assert_reads(&found_out, "a,b\n1,\"x\n\"2,6\" y\n\xff\xff" "3,\"p\"q\"\n", "0@1[a][b]\nx.csv: row 1 (line 2) "
		     "has a quoted cell that runs over the end of a line and has a quote in it that is not doubled: "
		     "a quote is missing or too many there. Nothing was changed.");
	/* By chance two letters look like one of UTF-8. */
	assert_reads(&found_out, "a,b\n\xe9,\xe8\n\xc3\xa9,\xff\n", "0@1[a][b]\n1@2[é][è]\n2@3[Ã©][ÿ]\n"
		     "! Read as Windows-1252, because its letters are not UTF-8: for example 'é', 'è', 'ÿ'. If that "
		     "looks wrong, say which encoding it is.\n");
	assert_reads(&found_out, "a,b\n\xe9,x\n1,\x81\n", "0@1[a][b]\n1@2[é][x]\n"
		     "! Read as Windows-1252, because its letters are not UTF-8: for example 'é'. If that looks "
		     "wrong, say which encoding it is.\n"
		     "x.csv: row 2 (line 3) has a byte, 81, that is no letter in Windows-1252: save it as 'CSV "
		     "UTF-8' and import again. Nothing was changed.");
}

/* The last row of a file, and what is said of the file, without keeping the rest. */
static void
dump_end(int file, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file, "x.csv", &found_out, chunk_size, &error);
	bool more = true;

	while (more) {
		struct source_row row;

		assert_true(reader_next(reader, &row, &more, &error));
		if (!more)
			break;
		text_clear(out);
		reading_add_row(&row, out);
	}
	reading_add_end(reader, &error, out);
	reader_close(reader);
}

/* Whoever watches the threads needs memory of its own, many times ours; each compiler says it in its own way. */
#if defined __has_feature
#define WATCHES_THREADS __has_feature(thread_sanitizer)
#elif defined __SANITIZE_THREAD__
#define WATCHES_THREADS 1
#else
#define WATCHES_THREADS 0
#endif

/* The first bad byte is far behind what was looked at, on the other side of many chunks. */
static void
a_file_may_turn_out_late_to_be_windows_1252(void **state)
{
	struct text bytes = { 0 };
	struct rusage before, after;

	(void)state;
	text_append(&bytes, "Tag,Site\n");
	for (int i = 1; i <= 300000; i++)
		text_append(&bytes, "CAM-1,The Town Hall\n");
	for (int i = 1; i <= 700000; i++)
		text_append(&bytes, "CAM-2,Caf\xe9\n");
	text_append(&bytes, "CAM-3,Caf\xe9 Two\n");
	getrusage(RUSAGE_SELF, &before);
	for (size_t chunk_size = 4099; chunk_size <= CSV_CHUNK_SIZE; chunk_size += CSV_CHUNK_SIZE - 4099) {
		struct text out = { 0 };

		dump_end(file_of_bytes(bytes.bytes, bytes.length), chunk_size, &out);
		assert_string_equal(text_words(&out), "1000001@1000002[CAM-3][Café Two]\n! Read as Windows-1252, "
				    "because its letters are not UTF-8: for example 'Café'. If that looks wrong, say "
				    "which encoding it is.\n");
		text_free(&out);
	}
	getrusage(RUSAGE_SELF, &after);
	if (!WATCHES_THREADS)
		assert_true(after.ru_maxrss - before.ru_maxrss < 8 * 1024);
	text_free(&bytes);
}

static void
a_delimiter_makes_even_rows(void **state)
{
	(void)state;
	assert_reads(&found_out, "a;b;c\n1,5;2,5;3\n1,5;2;3\n", "0@1[a][b][c]\n1@2[1,5][2,5][3]\n2@3[1,5][2][3]\n");
	assert_reads(&found_out, "a;b,c;d\n1,2;3\n", "0@1[a;b][c;d]\n1@2[1][2;3]\n");
	assert_reads(&found_out, "a|b\n\"x|y\"|2\n", "0@1[a][b]\n1@2[x|y][2]\n");
	assert_reads(&found_out, "Site\tAddress\nA\t1 High St, Leeds, LS1\nB\t2 Low St, Leeds, LS2\nC\t3 St, York, "
		     "YO1\n",
		     "0@1[Site][Address]\n1@2[A][1 High St, Leeds, LS1]\n2@3[B][2 Low St, Leeds, LS2]\n3@4[C][3 St, "
		     "York, YO1]\n");
	assert_reads(&found_out, "a,codes\n1,x;y;z\n2,x;y;w\n", "0@1[a][codes]\n1@2[1][x;y;z]\n2@3[2][x;y;w]\n");
	assert_reads(&found_out, "a\tb\n\t2\n \t\"x\"\n", "0@1[a][b]\n1@2[][2]\n2@3[][x]\n");
	assert_reads(&found_out, "Tag\nCAM-1\n", "0@1[Tag]\n1@2[CAM-1]\n");
	/* Rows are ragged, and each has a comma; but the headings are known. */
	assert_reads(&recognised, "Tag;Site, or place;Make\n1;a, b;c\n2;a, b\n3;a, b;;\n",
		     "0@1[Tag][Site, or place][Make]\n1@2[1][a, b][c]\n2@3[2][a, b]\n3@4[3][a, b][][]\n");
}

static void
a_first_line_that_names_the_delimiter_is_passed_over(void **state)
{
	(void)state;
	assert_reads(&found_out, "sep=;\r\na,b;c\r\n1;2\r\n", "0@2[a,b][c]\n1@3[1][2]\n");
	assert_reads(&found_out, "SEP=\t\na\tb\n", "0@2[a][b]\n");
	assert_reads(&found_out, "\xef\xbb\xbfsep=^\n1^2\n", "0@2[1][2]\n");
	assert_reads(&found_out, "s\0e\0p\0=\0|\0\n\0a\0|\0b\0\n\0", "0@2[a][b]\n");
	assert_reads(&(struct reader_options){ .delimiter = ',' }, "sep=;\na,b;c\n", "0@2[a][b;c]\n");
	assert_reads(&found_out, "sep=;", "");
	/* These are words like any others. */
	assert_reads(&found_out, "sep=,x\n1,2\n", "0@1[sep=][x]\n1@2[1][2]\n");
	assert_reads(&found_out, "sep=\"\n1\n", "0@1[sep=\"]\n1@2[1]\n");
	assert_reads(&found_out, "sep=", "0@1[sep=]\n");
}

static void
a_delimiter_that_is_named_is_believed(void **state)
{
	(void)state;
	assert_reads(&(struct reader_options){ .delimiter = '|' }, "a,b|c\n1,2,3|4\n", "0@1[a,b][c]\n1@2[1,2,3][4]\n");
	assert_reads(&(struct reader_options){ .delimiter = '"' }, "a,b\n",
		     "Cells cannot be told apart by that delimiter: leave it to be found out.");
}

static void
delimiters_and_encodings_have_names(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_int_equal(delimiter_find("Tab", &error), '\t');
	assert_int_equal(delimiter_find("|", &error), '|');
	assert_string_equal(delimiter_title(';'), "semicolon");
	assert_null(delimiter_title('x'));
	assert_ptr_equal(encoding_find("UTF-16 LE", &error), &encodings[ENCODING_UTF16LE]);
	assert_int_equal(error.kind, ERROR_NONE);
	assert_int_equal(delimiter_find("commas", &error), '\0');
	assert_string_equal(error.message, "There is no delimiter 'commas'. Say which of these it is: comma, "
			    "semicolon, tab, pipe.");
}

static void
quotes_are_watched_whatever_the_delimiter(void **state)
{
	(void)state;
	assert_reads(&found_out, "a;b\n1;\"x\ny\";\n2;\"p\"\"\nq\"\n", "0@1[a][b]\n1@2[1][x\ny][]\n2@4[2][p\"\nq]\n");
	assert_reads(&found_out, "a;b\n1;2\n5;\"Hall;x\n6;\"Foyer\";y\n", "0@1[a][b]\n1@2[1][2]\nx.csv: row 2 (line "
		     "3) has a quoted cell that runs over the end of a line and has a quote in it that is not "
		     "doubled: a quote is missing or too many there. Nothing was changed.");
	assert_reads(&found_out, "a\tb\n\"x\"\t\"y\nz\"\t\n", "0@1[a][b]\n1@2[x][y\nz][]\n");
}

/* What is expected of a file: how many rows, the last of them, what is told of it; or the sentence that refuses it. */
static const struct expected_file {
	const char *name;
	int rows;
	const char *end;
} frictionless[] = {
	{ "accent.csv", 2, NULL },
	{ "ascii-notvalid.csv", 1, "1@2[1][ssµ][ab€]\n" },
	{ "ascii.csv", 1, "1@2[1][2][3]\n" },
	{ "blank-cells.csv", 5, "5@6[5][]\n" },
	{ "blank-headers.csv", 2, "2@3[1102][Julie][26]\n" },
	{ "blank-rows-multiple.csv", 13, "13@14[][][]\n" },
	{ "blank-rows-no-fields.csv", 2, "2@4[1102][Julie][26]\n" },
	{ "blank-rows.csv", 3, "3@4[][][]\n" },
	{ "bom.csv", 2, "2@3[2][中国人]\n" },
	{ "countries.csv", 5, "5@7[5]\n! Passed over 1 line above the heading, which is on line 2: '# clean this "
"data!'.\n" },
	{ "defective-rows.csv", 2, "2@3[1102][Julie][26][Potatoes]\n" },
	{ "delimiter.csv", 2, "2@3[2][中国人]\n" },
	{ "doublequote.csv", 5, NULL },
	{ "duplicate-column.csv", 1, "1@2[a][b][C][c]\n" },
	{ "duplicate-headers.csv", 2, "2@3[1102][Julie][0][26][001102]\n" },
	{ "duplicate-rows.csv", 3, "3@4[1101][John][30]\n" },
	{ "empty.csv", 0, "x.csv is empty: it has not even a heading. Was it saved?" },
	{ "encoding-issue-274.csv", 507, NULL },
	{ "escaping.csv", 3, "3@4[3][Test \\\" line 3]\n" },
	{ "floats.csv", 5, "5@6[1.5]\n" },
	{ "invalid.csv", 3, "3@5[2][german][1][2][3]\n" },
	{ "issue-1009-comma.csv", 1, "1@2[0123][c]\n" },
	{ "issue-1009-semicolon.csv", 1, "1@2[0123][c]\n" },
	{ "issue-1066-largecellsize.csv", 19, NULL },
	{ "issue-1105-timezone.csv", 2, "2@3[1][2020-01-01T15:00:00+03:00]\n" },
	{ "latin1.csv", 2, "2@3[2][©]\n! Read as Windows-1252, because its letters are not UTF-8: for example '©'. "
	  "If that looks wrong, say which encoding it is.\n" },
	{ "leading-zeros.csv", 3, "3@4[00003]\n" },
	{ "long.csv", 6, "6@7[6][f]\n" },
	{ "matrix-with-comment.csv", 4, "4@6[41][42][43][44]\n! Passed over 1 line above the heading, which is on "
	  "line 2: '# comment'.\n" },
	{ "numeric-labels.csv", 3, "3@4[id3][TRUE][TRUE][FALSE][TRUE][TRUE][TRUE][TRUE][TRUE][TRUE]\n" },
	{ "schema-errors.csv", 4, "4@5[][2][3][4][5][6]\n" },
	{ "skip-blank-at-the-end.csv", 2, "2@3[1][2]\n" },
	{ "skip-rows-before-headers.csv", 2, "2@4[2][中国人]\n! Passed over 1 line above the heading, which is on line 2: "
	  "'# it's a comment!'.\n" },
	{ "skip-rows.csv", 3, "3@5[2][中国人]\n! Passed over 1 line above the heading, which is on line 2: "
	  "'# it's a comment!'.\n" },
	{ "structure-errors.csv", 4, "4@5[1][2][3][4][5][6]\n" },
	/* Greek is not told from what most offices write; the words that are shown say so. */
	{ "table-infer-iso-8859-7.csv", 4, "4@5[4][28][Åõóôïñãéïò]\n! Read as Windows-1252, because its letters are "
	  "not UTF-8: for example 'Ëåùíéäáò', 'Áëåîáíäñïò', 'Ìõñùí'. If that looks wrong, say which encoding it "
	  "is.\n" },
	{ "table-infer-utf8.csv", 5, "5@6[5][37][Iñtërnâtiônàlizætiøn]\n" },
	{ "table-reverse.csv", 2, "2@3[2][english]\n" },
	{ "table-unicode-headers.csv", 2, "2@3[2][中国人]\n" },
	{ "table-with-accents.csv", 638, NULL },
	{ "table.csv", 2, "2@3[2][中国人]\n" },
	{ "table.tsv", 3, "3@4[3][\\N]\n" },
	{ "timezone.csv", 4, "4@5[2020-01-01T15:00:00-03:00][15:00:00-03:00]\n" },
	{ "unique-field.csv", 9, NULL },
	{ "wide.csv", 0, "x.csv: the heading (line 1) has more than 256 cells, the most that are read. Nothing was "
"changed." },
};

static int
count_rows(int file)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file, "x.csv", &found_out, CSV_CHUNK_SIZE, &error);
	bool more = reader != NULL;
	struct source_row row;
	int count = -1;

	while (more && reader_next(reader, &row, &more, &error) && more)
		count++;
	reader_close(reader);
	return count < 0 ? 0 : count;
}

static void
each_frictionless_file_has_its_rows_or_its_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(frictionless); i++) {
		const struct expected_file *expected = &frictionless[i];
		struct text bytes = { 0 }, out = { 0 };
		char path[128];
		int rows;

		snprintf(path, sizeof path, "tests/data/frictionless/%s", expected->name);
		read_file(path, &bytes);
		reading_of(text_words(&bytes), bytes.length, &found_out, &out);
		rows = count_rows(file_of_bytes(text_words(&bytes), bytes.length));
		if (rows != expected->rows)
			fail_msg("%s: %d rows, not %d", expected->name, rows, expected->rows);
		if (expected->end != NULL &&
		    (out.length < strlen(expected->end) ||
		     strcmp(out.bytes + out.length - strlen(expected->end), expected->end) != 0))
			fail_msg("%s: '%s' does not end in '%s'", expected->name, text_words(&out), expected->end);
		text_free(&bytes);
		text_free(&out);
	}
}

/* Bytes that mean something to some reader, in an order that means nothing to any. */
static void
whatever_the_bytes_chunks_make_no_difference(void **state)
{
	static const char *const pieces[] = {
		"a", "Tag", "Site", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", " ", "'=",
		"é", "\xe9", "\xe2\x82", "📷", "\xff\xfe", "x\ny",
	};
	uint32_t chance = 1;

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct text bytes = { 0 }, out = { 0 };

		for (uint32_t left = 1 + (uint32_t)i % 40; left > 0; left--) {
			chance = chance * 1664525 + 1013904223;
			text_append(&bytes, pieces[(chance >> 8) % COUNT(pieces)]);
		}
		reading_of(bytes.bytes, bytes.length, i % 2 == 0 ? &found_out : &recognised, &out);
		text_free(&bytes);
		text_free(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_encoding_with_every_delimiter_is_found_out),
		cmocka_unit_test(an_encoding_that_is_named_is_believed),
		cmocka_unit_test(utf16_is_told_by_its_zeros_and_may_hold_any_character),
		cmocka_unit_test(half_a_character_of_utf16_is_refused_with_its_row),
		cmocka_unit_test(bytes_that_are_not_utf8_are_windows_1252_when_nothing_else_is),
		cmocka_unit_test(a_file_may_turn_out_late_to_be_windows_1252),
		cmocka_unit_test(a_delimiter_makes_even_rows),
		cmocka_unit_test(a_first_line_that_names_the_delimiter_is_passed_over),
		cmocka_unit_test(a_delimiter_that_is_named_is_believed),
		cmocka_unit_test(delimiters_and_encodings_have_names),
		cmocka_unit_test(quotes_are_watched_whatever_the_delimiter),
		cmocka_unit_test(each_frictionless_file_has_its_rows_or_its_sentence),
		cmocka_unit_test(whatever_the_bytes_chunks_make_no_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
