/* SPDX-License-Identifier: MIT */
/* Any bytes are rows or a sentence: as a whole file, or as one part of a sound workbook, which the first byte says. */
#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "import/xlsx.h"
#include "tests/csv_file.h"
#include "tests/zip_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The parts of the sound workbook, and the letter that puts the bytes in the place of one. */
static const struct {
	char letter;
	const char *name, *bytes;
} parts[] = {
	{ 'r', "_rels/.rels", "<Relationships><Relationship Id='a' Type='t/officeDocument' Target='xl/workbook.xml'/>"
		"</Relationships>" },
	{ 'l', "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='a' Type='t/worksheet' "
		"Target='sheet.xml'/><Relationship Id='b' Type='t/sharedStrings' Target='strings.xml'/><Relationship "
		"Id='c' Type='t/styles' Target='styles.xml'/></Relationships>" },
	{ 'w', "xl/workbook.xml", "<workbook><sheets><sheet name='A' r:id='a'/></sheets></workbook>" },
	{ 't', "xl/strings.xml", "<sst><si><t>one</t></si><si><t>two</t></si></sst>" },
	{ 'y', "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='d/m/yy h:mm'/></numFmts>"
		"<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='46'/></cellXfs>"
		"</styleSheet>" },
	{ 's', "xl/sheet.xml", "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>45322.5</v></c><c s='3'>"
		"<v>1.5</v></c></row></sheetData></worksheet>" },
};

static void
make_file(struct zip_file *zip, char letter, const char *bytes, size_t size)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		bool taken = parts[i].letter == letter;

		zip_add(zip, &(struct zip_part){ .name = parts[i].name, .bytes = taken ? bytes : parts[i].bytes,
						 .size = taken ? size : strlen(parts[i].bytes), .stored = true });
	}
	zip_finish_file(zip);
}

/* What is promised of every row. */
static void
check_row(const struct source_row *row, int64_t last_line)
{
	assert(row->count >= 1 && row->count <= ROW_CELLS_MAX && row->line > last_line);
	assert(row->cells[row->count - 1][0] != '\0');
	for (size_t i = 0; i < row->count; i++) {
		size_t size = strlen(row->cells[i]);

		assert(size <= ROW_CELL_BYTES_MAX && text_invalid_at(row->cells[i], size) == size);
	}
}

static size_t
recognise_all(const void *context, const char *const *cells, size_t count)
{
	(void)context, (void)cells;
	return count;
}

static void
read_rows(int file, const char *sheet)
{
	struct reader_options options = { .sheet = sheet, .recognise = recognise_all };
	struct error error = { 0 };
	struct source_row row;
	struct xlsx *xlsx = xlsx_open_file(file, "fuzz.xlsx", &options, &error);
	bool more = xlsx != NULL;
	int64_t last_line = 0;

	while (more && xlsx_next(xlsx, &row, &more, &error) && more) {
		check_row(&row, last_line);
		last_line = row.line;
	}
	assert((error.kind == ERROR_NONE) == (error.message[0] == '\0'));
	xlsx_close(xlsx);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip_file zip = { 0 };

	if (size == 0)
		return 0;
	if (data[0] == 'P') {
		read_rows(file_of_bytes((const char *)data, size), NULL);
		return 0;
	}
	make_file(&zip, (char)data[0], (const char *)data + 1, size - 1);
	read_rows(file_of_bytes(zip.bytes.bytes, zip.bytes.length), data[0] == 'w' ? "1" : NULL);
	zip_file_free(&zip);
	return 0;
}
