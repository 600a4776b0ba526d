/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/resource.h>
#include <time.h>

#include "import/package.h"
#include "tests/xlsx_file.h"

/* What no workbook is, each with its own sentence, in little memory and no time. */

enum { MEMORY_MAX = 128 * 1024, SECONDS_MAX = 5 };	/* RELIABILITY 3.3: kilobytes */

#define NOTHING_CHANGED " Nothing was changed."
#define DAMAGED " Open it in Excel and save it again, or ask for another copy." NOTHING_CHANGED

static void
assert_says(const struct text *bytes, const char *expected)
{
	struct reader_options options = { 0 };
	struct text out = { 0 };

	dump_xlsx(bytes, &options, &out);
	assert_string_equal(text_words(&out), expected);
	text_free(&out);
}

static void
assert_bytes_say(const char *bytes, size_t size, const char *expected)
{
	struct text text = { 0 };

	text_append_bytes(&text, bytes, size);
	assert_says(&text, expected);
	text_free(&text);
}

/* A zip file without its end, to which a test adds what it is about: all of a workbook but the sheet. */
static void
begin_workbook(struct zip_file *zip)
{
	struct workbook_parts parts = { 0 };

	zip_add_text(zip, "[Content_Types].xml", "<Types/>");
	add_relations(zip, &parts, 1);
	zip_add_text(zip, "xl/workbook.xml", "<workbook><sheets><sheet name='Data' r:id='w0'/></sheets></workbook>");
	add_styles(zip, NULL);
}

static void
end_workbook(struct zip_file *zip, const char *expected)
{
	zip_finish_file(zip);
	assert_says(&zip->bytes, expected);
	zip_file_free(zip);
}

static const char one_row[] = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";

/* A workbook with this sheet and these shared texts, or without a part when it is NULL. */
static void
assert_parts_say(const char *sheet, const char *strings, const char *expected)
{
	struct zip_file zip = { 0 };

	begin_workbook(&zip);
	if (strings != NULL)
		zip_add_text(&zip, "xl/sharedStrings.xml", strings);
	if (sheet != NULL)
		zip_add_text(&zip, "xl/worksheets/sheet0.xml", sheet);
	end_workbook(&zip, expected);
}

static void
a_missing_part_is_named(void **state)
{
	struct zip_file zip = { 0 };

	(void)state;
	assert_parts_say(one_row, NULL, "x.xlsx is damaged: the part xl/sharedstrings.xml is missing." DAMAGED);
	assert_parts_say(NULL, "<sst/>", "x.xlsx is damaged: the part xl/worksheets/sheet0.xml is missing." DAMAGED);
	zip_add_text(&zip, "[Content_Types].xml", "<Types/>");
	zip_add_text(&zip, "xl/workbook.xml", "<workbook/>");
	end_workbook(&zip, "x.xlsx is damaged: the part that says where the workbook is (_rels/.rels) is missing or "
		"names none." DAMAGED);
	zip_add_text(&zip, "_rels/.rels", "<Relationships><Relationship Id='1' Type='a/officeDocument' "
		"Target='xl/workbook.xml'/></Relationships>");
	end_workbook(&zip, "x.xlsx is damaged: the part xl/_rels/workbook.xml.rels is missing." DAMAGED);
}

static void
a_workbook_without_a_worksheet_is_refused(void **state)
{
	struct zip_file zip = { 0 };

	(void)state;
	zip_add_text(&zip, "_rels/.rels", "<Relationships><Relationship Id='1' Type='a/officeDocument' "
		"Target='xl/workbook.xml'/></Relationships>");
	zip_add_text(&zip, "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='1' Type='a/chartsheet' "
		"Target='c.xml'/></Relationships>");
	zip_add_text(&zip, "xl/workbook.xml", "<workbook><sheets><sheet name='Chart' r:id='1'/></sheets></workbook>");
	end_workbook(&zip, "x.xlsx has no worksheet, only charts or macros: there is nothing to "
		"import." NOTHING_CHANGED);
}

static void
bad_xml_is_refused_with_its_line(void **state)
{
	(void)state;
	assert_parts_say("<worksheet>\n<sheetData></row>", "<sst/>",
			 "x.xlsx is damaged: sheet \"Data\": is no proper XML (line 2: mismatched tag)." DAMAGED);
	assert_parts_say("<worksheet><sheetData>", "<sst/>",
			 "x.xlsx is damaged: sheet \"Data\": is no proper XML (line 1: no element found)." DAMAGED);
	assert_parts_say(one_row, "<sst><si><t>\xff</t></si></sst>",
			 "x.xlsx is damaged: xl/sharedStrings.xml is no proper XML (line 1: not well-formed (invalid "
			 "token))." DAMAGED);
}

static void
entities_and_document_types_are_refused(void **state)
{
	static const char laughs[] = "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><worksheet><sheetData><row>"
		"<c><v>&b;</v></c></row></sheetData></worksheet>";

	(void)state;
	assert_parts_say(laughs, "<sst/>", "x.xlsx is damaged: sheet \"Data\": has a document type (DOCTYPE), which "
		"no workbook has and which can do harm." DAMAGED);
	assert_parts_say(one_row, "<!DOCTYPE sst SYSTEM 'file:///etc/passwd'><sst/>", "x.xlsx is damaged: "
		"xl/sharedStrings.xml has a document type (DOCTYPE), which no workbook has and which can do "
		"harm." DAMAGED);
}

static void
deep_nesting_is_refused(void **state)
{
	struct text xml = { 0 };

	(void)state;
	text_append(&xml, "<worksheet>");
	for (int i = 0; i < 2000000; i++)
		text_append(&xml, "<a>");
	assert_parts_say(text_words(&xml), "<sst/>", "x.xlsx is damaged: sheet \"Data\": has more levels of elements "
		"in each other than any workbook." DAMAGED);
	text_free(&xml);
}

static void
an_endless_tag_is_refused(void **state)
{
	struct text xml = { 0 };
	uint32_t noise = 1;

	(void)state;
	text_append(&xml, "<worksheet a='");
	while (xml.length < 20 * PACKAGE_MEGABYTE) {
		noise = noise * 1664525 + 1013904223;
		text_format(&xml, "%08x", noise);
	}
	text_append(&xml, "'/>");
	assert_parts_say(text_words(&xml), "<sst/>", "x.xlsx is damaged: sheet \"Data\": has a tag or a comment of "
		"more than a megabyte, as no workbook has." DAMAGED);
	text_free(&xml);
}

static void
rows_and_cells_that_cannot_be_are_refused(void **state)
{
	static const struct {
		const char *rows, *words;
	} cases[] = {
		{ "<row r='2'/><row r='2'/>", "row 2 is followed by one that cannot come after it" },
		{ "<row r='1048577'/>", "row 0 is followed by one that cannot come after it" },
		{ "<row r='x'/>", "row 0 is followed by one that cannot come after it" },
		{ "<row><c r='B1'/><c r='A1'/></row>", "row 1 has cells that are twice there, or out of order" },
		{ "<row><c r='B1'/><c r='B1'/></row>", "row 1 has cells that are twice there, or out of order" },
		{ "<row><c r='XFE1'/></row>",
		  "row 1 has a cell at a place that no worksheet has: the last column is XFD" },
		{ "<row><c r='7'/></row>",
		  "row 1 has a cell at a place that no worksheet has: the last column is XFD" },
		{ "<row><c t='s'><v>0</v></c></row>", "row 1 names a text that is not in the workbook" },
		{ "<row><c t='s'><v>-1</v></c></row>", "row 1 names a text that is not in the workbook" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text sheet = { 0 }, expected = { 0 };

		text_format(&sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", cases[i].rows);
		text_format(&expected, "x.xlsx is damaged: sheet \"Data\": %s." DAMAGED, cases[i].words);
		assert_parts_say(text_words(&sheet), "<sst/>", text_words(&expected));
		text_free(&sheet);
		text_free(&expected);
	}
}

static void
too_many_columns_and_too_long_a_cell_are_refused(void **state)
{
	struct text xml = { 0 };

	(void)state;
	assert_parts_say("<worksheet><sheetData><row><c r='IV1'><v>1</v></c><c r='IW1'><v>2</v></c></row></sheetData>"
		"</worksheet>", "<sst/>",
			 "x.xlsx has more than 256 columns, the most that are read, in row 1 of sheet \"Data\": "
			 "delete what is not needed."
			 NOTHING_CHANGED);
	text_append(&xml, "<worksheet><sheetData><row><c t='str'><v>");
	while (xml.length < 2 * PACKAGE_MEGABYTE)
		text_append(&xml, "endless ");
	text_append(&xml, "</v></c></row></sheetData></worksheet>");
	assert_parts_say(text_words(&xml), "<sst/>", "x.xlsx has a cell that is longer than a spreadsheet cell can "
		"be, in row 1 of sheet \"Data\"." NOTHING_CHANGED);
	text_free(&xml);
}

static void
parts_that_are_twice_there_or_lead_out_are_refused(void **state)
{
	static const char *const names[] = { "../up.xml", "xl/../../up.xml", "/root.xml", "xl\\..\\up.xml", "xl/.." };
	struct zip_file zip = { 0 };

	(void)state;
	begin_workbook(&zip);
	zip_add_text(&zip, "XL/Styles.xml", "<styleSheet/>");
	end_workbook(&zip, "x.xlsx is damaged: it has two parts called XL/Styles.xml." DAMAGED);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct text expected = { 0 };

		begin_workbook(&zip);
		zip_add_text(&zip, names[i], "");
		text_format(&expected, "x.xlsx is damaged: a part in it is called %s, which no workbook "
			"has." DAMAGED, names[i]);
		end_workbook(&zip, text_words(&expected));
		text_free(&expected);
	}
}

static void
a_wrong_checksum_and_a_wrong_size_are_refused(void **state)
{
	struct zip_part part = { .name = "xl/worksheets/sheet0.xml", .bytes = one_row, .size = sizeof one_row - 1 };
	struct zip_file zip = { 0 };

	(void)state;
	part.wrong_checksum = 1;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx is damaged: the checksum of xl/worksheets/sheet0.xml is wrong." DAMAGED);
	part.wrong_checksum = 0;
	part.wrong_size = 10;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx is damaged: xl/worksheets/sheet0.xml cannot be unpacked." DAMAGED);
}

static void
encrypted_and_strangely_packed_parts_are_refused(void **state)
{
	struct zip_part part = { .name = "xl/sharedStrings.xml", .bytes = "<sst/>", .size = 6, .flags = 1 };
	struct zip_file zip = { 0 };

	(void)state;
	begin_workbook(&zip);
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx is protected with a password: open it, remove the password, save it, and import "
		"that." NOTHING_CHANGED);
	part.flags = 0;
	part.method = 1;
	begin_workbook(&zip);
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx is damaged: xl/sharedstrings.xml is packed in a way that no workbook is." DAMAGED);
}

static void
stored_parts_are_read(void **state)
{
	struct zip_part part = { .name = "xl/worksheets/sheet0.xml", .bytes = one_row, .size = sizeof one_row - 1,
				 .stored = true };
	struct zip_file zip = { 0 };

	(void)state;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add(&zip, &part);
	end_workbook(&zip, "1[1]\n");
}

static void
a_zip_bomb_is_refused_at_once(void **state)
{
	struct zip_file zip = { 0 };
	struct rusage before, after;
	clock_t start = clock();

	(void)state;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add_bomb(&zip, "xl/worksheets/sheet0.xml", "<worksheet><sheetData>", 10 * 1024, "</sheetData></worksheet>");
	getrusage(RUSAGE_SELF, &before);
	end_workbook(&zip, "x.xlsx unpacks to more than 4000 MB in xl/worksheets/sheet0.xml: it is not read. Save the "
		"sheet as 'CSV UTF-8' and import that." NOTHING_CHANGED);
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add_bomb(&zip, "xl/worksheets/sheet0.xml", "<worksheet><sheetData>", 2 * 1024, "</sheetData></worksheet>");
	end_workbook(&zip, "x.xlsx unpacks to more than 200 times its size in xl/worksheets/sheet0.xml, as no "
		"workbook that people fill in does: it is not read. Save the sheet as 'CSV UTF-8' and import "
		"that." NOTHING_CHANGED);
	begin_workbook(&zip);
	zip_add_bomb(&zip, "xl/sharedStrings.xml", "<sst><si><t>", 64, "</t></si></sst>");
	end_workbook(&zip, "x.xlsx unpacks to more than 60 times its size in xl/sharedstrings.xml, as no workbook "
		"that people fill in does: it is not read. Save the sheet as 'CSV UTF-8' and import "
		"that." NOTHING_CHANGED);
	assert_true(clock() - start < SECONDS_MAX * CLOCKS_PER_SEC);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < MEMORY_MAX);
}

static void
a_bomb_that_lies_about_its_size_is_refused(void **state)
{
	struct zip_file zip = { 0 };
	struct zip_part part = { .name = "xl/worksheets/sheet0.xml", .bytes = one_row, .size = sizeof one_row - 1 };

	(void)state;
	part.wrong_size = -10;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx is damaged: the checksum of xl/worksheets/sheet0.xml is wrong." DAMAGED);
	part.wrong_size = (int64_t)10 * 1024 * PACKAGE_MEGABYTE;
	begin_workbook(&zip);
	zip_add_text(&zip, "xl/sharedStrings.xml", "<sst/>");
	zip_add(&zip, &part);
	end_workbook(&zip, "x.xlsx unpacks to more than 4000 MB in xl/worksheets/sheet0.xml: it is not read. Save the "
		"sheet as 'CSV UTF-8' and import that." NOTHING_CHANGED);
}

static void
a_swarm_of_parts_is_refused(void **state)
{
	struct zip_file zip = { 0 };
	char name[32];

	(void)state;
	for (int i = 0; i < 65535; i++) {
		snprintf(name, sizeof name, "p%d", i);
		zip_add(&zip, &(struct zip_part){ .name = name, .bytes = "", .stored = true });
	}
	end_workbook(&zip, "x.xlsx is a zip file with 65535 parts, and a workbook has at most 10000 of them: it is "
		"not read. Save the sheet as 'CSV UTF-8' and import that." NOTHING_CHANGED);
}

static void
other_zip_files_are_told_apart(void **state)
{
	static const struct {
		const char *part, *bytes, *words;
	} cases[] = {
		{ "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "is an OpenDocument spreadsheet "
			"(.ods): open it in Excel or LibreOffice and save it as 'Excel Workbook (.xlsx)'" },
		{ "mimetype", "application/vnd.oasis.opendocument.text", "is no spreadsheet, but another document in "
			"a zip file" },
		{ "xl/workbook.bin", "", "is a binary workbook (.xlsb): open it in Excel and save it as 'Excel "
			"Workbook (.xlsx)'" },
		{ "word/document.xml", "", "is a Word document: copy its table into Excel and save that as 'Excel "
			"Workbook (.xlsx)'" },
		{ "ppt/presentation.xml", "", "is a PowerPoint presentation: ask its author for the spreadsheet that "
			"it was made from" },
		{ "Index/Document.iwa", "", "is an Apple Numbers document: open it in Numbers and export it to Excel" },
		{ "devices.csv", "a,b", "is a zip file, not a workbook: unpack it, and import the workbook or CSV "
			"file that is in it" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct zip_file zip = { 0 };
		struct text expected = { 0 };

		zip_add_text(&zip, cases[i].part, cases[i].bytes);
		text_format(&expected, "x.xlsx %s." NOTHING_CHANGED, cases[i].words);
		end_workbook(&zip, text_words(&expected));
		text_free(&expected);
	}
}

/* An old container: the names of two streams somewhere in it. */
static void
assert_container_says(const char *stream, const char *another, size_t where, const char *words)
{
	struct text bytes = { 0 }, expected = { 0 };

	text_append_bytes(&bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	while (bytes.length < where)
		text_append_bytes(&bytes, "", 1);
	for (size_t i = 0; i <= strlen(stream); i++)
		zip_put(&bytes, (unsigned char)stream[i], 2);
	for (size_t i = 0; i <= strlen(another); i++)
		zip_put(&bytes, (unsigned char)another[i], 2);
	text_format(&expected, "x.xlsx %s." NOTHING_CHANGED, words);
	assert_says(&bytes, text_words(&expected));
	text_free(&bytes);
	text_free(&expected);
}

static void
old_and_protected_workbooks_are_told_apart(void **state)
{
	static const char protected[] = "is protected with a password: open it in Excel, remove the password (File, "
		"Info, Protect Workbook, Encrypt with Password), save it, and import that";

	(void)state;
	for (size_t where = 65536 - 40; where < 65536 + 40; where++)
		assert_container_says("EncryptedPackage", "Book", where, protected);
	assert_container_says("Workbook", "Other", 600, "is an old Excel workbook (.xls): open it in Excel and save "
		"it as 'Excel Workbook (.xlsx)'");
	assert_container_says("Book", "Other", 600, "is an old Excel workbook (.xls): open it in Excel and save it as "
		"'Excel Workbook (.xlsx)'");
	assert_container_says("WordDocument", "Workbook", 600, "is an old Word document (.doc): copy its table into "
		"Excel and save that as 'Excel Workbook (.xlsx)'");
	assert_container_says("Other", "Another", 600, "is an old Office file that is no workbook: ask for the "
		"spreadsheet as 'Excel Workbook (.xlsx)'");
}

/* Wherever the file ends, it is refused: never a crash, never some of the rows. */
static void
a_file_that_is_cut_anywhere_is_refused(void **state)
{
	struct workbook_parts parts = { .rows = "<row><c t='s'><v>1</v></c><c s='1'><v>45322</v></c></row>" };
	struct zip_file zip = { 0 };

	(void)state;
	make_workbook(&zip, &parts);
	for (size_t size = zip.bytes.length - 1; size > 4; size--)
		assert_bytes_say(zip.bytes.bytes, size, "x.xlsx is damaged: its end is missing, perhaps because it "
			"was not copied or downloaded whole." DAMAGED);
	zip_file_free(&zip);
}

/* Whatever byte is another, it is rows or a sentence. */
static void
a_file_with_a_wrong_byte_is_read_or_refused(void **state)
{
	struct workbook_parts parts = { .rows = "<row><c t='s'><v>1</v></c><c s='1'><v>45322</v></c></row>" };
	struct reader_options options = { 0 };
	struct zip_file zip = { 0 };

	(void)state;
	make_workbook(&zip, &parts);
	for (size_t i = 0; i < zip.bytes.length; i++) {
		struct text out = { 0 };

		zip.bytes.bytes[i] ^= (char)(1 << i % 8);
		dump_xlsx(&zip.bytes, &options, &out);
		assert_true(strcmp(text_words(&out), "1[rich "
			"text][2024-01-31]\n") == 0 || strncmp(text_words(&out), "x.xlsx ", 7) == 0);
		zip.bytes.bytes[i] ^= (char)(1 << i % 8);
		text_free(&out);
	}
	zip_file_free(&zip);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_missing_part_is_named),
		cmocka_unit_test(a_workbook_without_a_worksheet_is_refused),
		cmocka_unit_test(bad_xml_is_refused_with_its_line),
		cmocka_unit_test(entities_and_document_types_are_refused),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(an_endless_tag_is_refused),
		cmocka_unit_test(rows_and_cells_that_cannot_be_are_refused),
		cmocka_unit_test(too_many_columns_and_too_long_a_cell_are_refused),
		cmocka_unit_test(parts_that_are_twice_there_or_lead_out_are_refused),
		cmocka_unit_test(a_wrong_checksum_and_a_wrong_size_are_refused),
		cmocka_unit_test(encrypted_and_strangely_packed_parts_are_refused),
		cmocka_unit_test(stored_parts_are_read),
		cmocka_unit_test(a_zip_bomb_is_refused_at_once),
		cmocka_unit_test(a_bomb_that_lies_about_its_size_is_refused),
		cmocka_unit_test(a_swarm_of_parts_is_refused),
		cmocka_unit_test(other_zip_files_are_told_apart),
		cmocka_unit_test(old_and_protected_workbooks_are_told_apart),
		cmocka_unit_test(a_file_that_is_cut_anywhere_is_refused),
		cmocka_unit_test(a_file_with_a_wrong_byte_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
