/* SPDX-License-Identifier: MIT */
#ifndef TESTS_XLSX_FILE_H
#define TESTS_XLSX_FILE_H

/* For tests of reading workbooks: small ones made of their XML, and what they read as. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>

#include "import/xlsx.h"
#include "tests/csv_file.h"
#include "tests/zip_file.h"

/* What a workbook is made of; `{ .rows = "<row>...</row>" }` is enough. */
struct workbook_parts {
	const char *rows;		/* of its only sheet, "Data" */
	const char *sheet;		/* instead of rows: all of that sheet */
	struct {
		const char *name, *rows, *state;
	} sheets[6];			/* instead of both: several; the state may be NULL */
	const char *author;		/* NULL: nobody says */
	const char *comments;		/* the type of relationship by which the first sheet has some */
	const char *format;		/* the code of STYLE_OF_FORMAT */
	bool since_1904, strict, utf_16;
	size_t long_text;		/* the fifth shared text has so many letters */
	struct text long_words;
	struct reader_options options;
};

/* The styles of cells that STYLES_XML has. */
enum {
	STYLE_OF_DATE = 1, STYLE_OF_MOMENT, STYLE_OF_TIME, STYLE_OF_SPAN, STYLE_OF_PERCENT, STYLE_OF_LONG_DATE,
	STYLE_OF_DAYS,
	STYLE_OF_COLOUR, STYLE_OF_MONTH, STYLE_OF_MERIDIAN, STYLE_OF_OWN_NUMBER, STYLE_OF_OWN_SPAN,
	STYLE_OF_EXPONENT, STYLE_OF_FORMAT,
};

#define STYLES_XML \
	"<styleSheet><numFmts>" \
	"<numFmt numFmtId='164' formatCode='[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy'/>" \
	"<numFmt numFmtId='165' formatCode='0\\ \"days\"_d*d;[Red]\\-0'/>" \
	"<numFmt numFmtId='166' formatCode='[Red][&gt;100]#,##0.00 \"dmy\"'/>" \
	"<numFmt numFmtId='167' formatCode='mmm'/>" \
	"<numFmt numFmtId='168' formatCode='h:mm AM/PM'/>" \
	"<numFmt numFmtId='169' formatCode='[Blue][hh]:mm'/>" \
	"<numFmt numFmtId='22' formatCode='d/m/yyyy h:mm'/>" \
	"<numFmt numFmtId='17' formatCode='0.00'/>" \
	"<numFmt numFmtId='170' formatCode='%s'/>" \
	"</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>" \
	"<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='46'/>" \
	"<xf numFmtId='9'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/><xf " \
	"numFmtId='168'/>" \
	"<xf numFmtId='17'/><xf numFmtId='169'/><xf numFmtId='11'/><xf numFmtId='170'/></cellXfs>" \
	"<dxfs><dxf><numFmt numFmtId='0' formatCode='yyyy'/></dxf></dxfs></styleSheet>"

static inline void
add_styles(struct zip_file *zip, const char *format)
{
	struct text xml = { 0 };

	text_format(&xml, STYLES_XML, format != NULL ? format : "General");
	zip_add_text(zip, "xl/styles.xml", text_words(&xml));
	text_free(&xml);
}

#define TRANSITIONAL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"

static inline const char *
parts_long_text(struct workbook_parts *parts)
{
	while (parts->long_words.length < parts->long_text)
		text_append(&parts->long_words, "a");
	return text_words(&parts->long_words);
}

static inline void
parts_free(struct workbook_parts *parts)
{
	text_free(&parts->long_words);
}

static inline void
add_relations(struct zip_file *zip, const struct workbook_parts *parts, int sheets)
{
	const char *types = parts->strict ? STRICT : TRANSITIONAL;
	struct text xml = { 0 };

	text_format(&xml,
		    "<Relationships><Relationship Id='r1' Type='%s/officeDocument' "
		    "Target='/xl/workbook.xml'/><Relationship Id='r2' Type='%s/metadata/core-properties' "
		    "Target='docProps/core.xml'/></Relationships>",
		    types, types);
	zip_add_text(zip, "_rels/.rels", text_words(&xml));
	text_clear(&xml);
	text_format(&xml, "<Relationships><Relationship Id='s' Type='%s/styles' Target='styles.xml'/><Relationship "
		    "Id='t' Type='%s/sharedStrings' Target='/xl/sharedStrings.xml'/>", types, types);
	for (int i = 0; i < sheets; i++)
		text_format(&xml, "<Relationship Id='w%d' Type='%s/worksheet' "
			"Target='../xl/./worksheets/Sheet%d.xml'/>", i, types, i);
	text_append(&xml, "</Relationships>");
	zip_add_text(zip, "xl/_rels/workbook.xml.rels", text_words(&xml));
	text_free(&xml);
}

static inline void
add_comments(struct zip_file *zip, const struct workbook_parts *parts)
{
	struct text xml = { 0 };

	if (parts->comments == NULL)
		return;
	text_format(&xml, "<Relationships><Relationship Id='r1' Type='%s/%s' Target='../c1.xml'/></Relationships>",
		    parts->strict ? STRICT : TRANSITIONAL, parts->comments);
	zip_add_text(zip, "xl/worksheets/_rels/sheet0.xml.rels", text_words(&xml));
	zip_add_text(zip, "xl/c1.xml", "<comments/>");
	text_free(&xml);
}

static inline void
add_author(struct zip_file *zip, const char *author)
{
	struct text xml = { 0 };

	if (author == NULL)
		return;
	text_format(&xml,
		    "<cp:coreProperties><dc:title>Terrier</dc:title><dc:creator>%s</dc:creator></cp:coreProperties>",
		    author);
	zip_add_text(zip, "docProps/core.xml", text_words(&xml));
	text_free(&xml);
}

/* A sheet, in UTF-16 when the test wants it. */
static inline void
add_sheet_part(struct zip_file *zip, const struct workbook_parts *parts, const char *name, const char *xml)
{
	struct text wide = { 0 };

	if (!parts->utf_16) {
		zip_add_text(zip, name, xml);
		return;
	}
	text_append_bytes(&wide, "\xff\xfe", 2);
	for (; *xml != '\0'; xml++)
		zip_put(&wide, (unsigned char)*xml, 2);
	zip_add(zip, &(struct zip_part){ .name = name, .bytes = wide.bytes, .size = wide.length });
	text_free(&wide);
}

static inline void
add_sheets(struct zip_file *zip, const struct workbook_parts *parts, int sheets)
{
	for (int i = 0; i < sheets; i++) {
		const char *rows = parts->sheets[i].rows != NULL ? parts->sheets[i].rows : parts->rows;
		struct text xml = { 0 };
		char name[64];

		snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i);
		text_format(&xml, "<?xml version='1.0'?><worksheet><sheetData>%s</sheetData>"
			"</worksheet>", rows != NULL ? rows : "");
		add_sheet_part(zip, parts, name, parts->sheet != NULL ? parts->sheet : text_words(&xml));
		text_free(&xml);
	}
}

/* The whole file. */
static inline void
make_workbook(struct zip_file *zip, struct workbook_parts *parts)
{
	struct text xml = { 0 };
	int sheets = 0;

	while (sheets < 6 && parts->sheets[sheets].name != NULL)
		sheets++;
	zip_add_text(zip, "[Content_Types].xml", "<Types/>");
	add_relations(zip, parts, sheets > 0 ? sheets : 1);
	text_format(&xml, "<workbook xmlns:q='%s'><workbookPr date1904='%d'/>"
		"<sheets>", parts->strict ? STRICT : TRANSITIONAL,
		    parts->since_1904);
	for (int i = 0; i < sheets || i == 0; i++)
		text_format(&xml, "<sheet name='%s' sheetId='%d' state='%s' "
			"q:id='w%d'/>", sheets > 0 ? parts->sheets[i].name : "Data",
			    i + 1, parts->sheets[i].state != NULL ? parts->sheets[i].state : "visible", i);
	text_append(&xml, "</sheets></workbook>");
	zip_add_text(zip, "xl/workbook.xml", text_words(&xml));
	text_clear(&xml);
	text_format(&xml, "<sst><si><t>plain</t></si><si><r><t xml:space='preserve'>rich </t></r><r><rPr/><t>text</t>"
		"</r></si><si><t>\xe6\x9d\xb1\xe4\xba\xac</t><rPh sb='0' eb='2'><t>\xe3\x83\x88</t></rPh></si><si><t> "
		"\n in  side\t</t></si><si><t>%s</t></si><si><t>'-shared</t></si></sst>", parts_long_text(parts));
	zip_add_text(zip, "xl/sharedStrings.xml", text_words(&xml));
	add_styles(zip, parts->format);
	add_comments(zip, parts);
	add_author(zip, parts->author);
	add_sheets(zip, parts, sheets > 0 ? sheets : 1);
	zip_finish_file(zip);
	text_free(&xml);
}

static inline size_t
recognise_known(const void *context, const char *const *cells, size_t count)
{
	size_t known = 0;

	(void)context;
	for (size_t i = 0; i < count; i++)
		known += strcmp(cells[i], "known") == 0;
	return known;
}

/* The rows as text, line[cell][cell] on a line each, behind them the notices in brackets; or the error. */
static inline void
dump_xlsx(const struct text *bytes, const struct reader_options *options, struct text *out)
{
	struct error error = { 0 };
	struct xlsx *xlsx = xlsx_open_file(file_of_bytes(bytes->bytes, bytes->length), "x.xlsx", options, &error);
	bool more = xlsx != NULL;
	struct source_row row;
	const char *const *notices = NULL;
	size_t count = 0;

	while (more && xlsx_next(xlsx, &row, &more, &error) && more) {
		text_format(out, "%" PRId64, row.line);
		for (size_t i = 0; i < row.count; i++)
			text_format(out, "[%s]", row.cells[i]);
		text_append(out, "\n");
	}
	if (xlsx != NULL && error.kind == ERROR_NONE)
		notices = xlsx_notices(xlsx, &count);
	for (size_t i = 0; i < count; i++)
		text_format(out, "(%s)\n", notices[i]);
	if (error.kind != ERROR_NONE) {
		text_clear(out);
		text_append(out, error.message);
	}
	xlsx_close(xlsx);
}

static inline void
assert_reads(struct workbook_parts *parts, const char *expected)
{
	struct zip_file zip = { 0 };
	struct text out = { 0 };

	make_workbook(&zip, parts);
	parts->options.recognise = recognise_known;
	dump_xlsx(&zip.bytes, &parts->options, &out);
	assert_string_equal(text_words(&out), expected);
	text_free(&out);
	zip_file_free(&zip);
}

#endif
