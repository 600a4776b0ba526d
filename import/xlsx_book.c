/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "core/memory.h"
#include "import/xlsx_parts.h"
#include "import/xml.h"

/*
 * What a package holds: its relationships say where the workbook is, the workbook lists the sheets,
 * and the relationships of the workbook say where those, the texts and the styles are.
 */

enum { OUTER = XML_FIRST_STATE, SHEETS, AUTHOR };

#define OUR_NAME "Terrier"		/* as the author that export/book.c sets */

/* A line of a .rels part. */
struct relation {
	const char *type;		/* its last word: "worksheet" */
	const char *part;		/* where it leads in the package */
};

struct relations {
	struct arena arena;
	const char *base;		/* the folder that targets are seen from, "" or "xl/" */
	struct relation *all;
	size_t count, room;
	struct map ids;			/* place in all */
};

/* Sheets as the workbook names them, before it is known where they are. */
struct listing {
	struct book *book;
	const struct relations *relations;
	bool is_workbook;
	bool too_many;
};

/* "xl/" and "../a/./b" make "a/b"; an absolute target stands alone. */
static const char *
resolve(const char *base, const char *target, struct arena *arena)
{
	char *path = arena_format(arena, "%s/%s", target[0] == '/' ? "" : base, target),
	     *out = path;

	for (const char *at = path; *at != '\0';) {
		size_t size = strcspn(at, "/\\");

		if (size == 2 && memcmp(at, "..", 2) == 0) {
			while (out > path && *--out != '/')
				;
		} else if (size > 0 && !(size == 1 && at[0] == '.')) {
			if (out > path)
				*out++ = '/';
			memmove(out, at, size);
			out += size;
		}
		at += size + (at[size] != '\0');
	}
	*out = '\0';
	return path;
}

static int
start_relation(struct xml *xml, void *context, int around, const char *name,
	       const char **attributes)
{
	struct relations *relations = context;
	const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target"),
		   *mode = xml_attribute(attributes, "TargetMode");
	const char *slash;
	bool added;

	(void)xml;
	if (around == XML_DOCUMENT)
		return strcmp(name, "Relationships") == 0 ? OUTER : XML_PASSED;
	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
	    (mode != NULL && strcmp(mode, "External") == 0))
		return XML_PASSED;
	map_add(&relations->ids, id, (int64_t)relations->count, &added);
	if (!added)
		return XML_PASSED;
	slash = strrchr(type, '/');
	relations->all = memory_grow(relations->all, &relations->room, relations->count + 1,
				     sizeof *relations->all);
	relations->all[relations->count++] = (struct relation){
		.type = arena_text(&relations->arena, slash != NULL ? slash + 1 : type),
		.part = resolve(relations->base, target, &relations->arena),
	};
	return XML_PASSED;
}

static const struct xml_reader relations_reader = { .start = start_relation };

static void
relations_free(struct relations *relations)
{
	free(relations->all);
	map_free(&relations->ids);
	arena_free(&relations->arena);
}

/* The first part of a type, or NULL. */
static const char *
find_part(const struct relations *relations, const char *type)
{
	for (size_t i = 0; i < relations->count; i++)
		if (strcmp(relations->all[i].type, type) == 0)
			return relations->all[i].part;
	return NULL;
}

/* Charts and macros have sheets of their own: only those of cells are listed. */
static void
add_sheet(struct xml *xml, struct listing *listing, const char **attributes)
{
	struct book *book = listing->book;
	const char *name = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id");
	const char *state = xml_attribute(attributes, "state");
	const int64_t *place = id != NULL ? map_find(&listing->relations->ids, id) : NULL;
	const struct relation *relation = place != NULL ? &listing->relations->all[*place] : NULL;

	if (name == NULL || relation == NULL)
		xml_refuse(xml, "names a sheet that is not there");
	else if (book->sheet_count == SHEETS_MAX)
		xml_refuse(xml, "has more than 1,024 sheets");
	if (name == NULL || relation == NULL || book->sheet_count == SHEETS_MAX ||
	    strcmp(relation->type, "worksheet") != 0)
		return;
	book->sheets = memory_grow(book->sheets, &book->sheet_room, book->sheet_count + 1,
				   sizeof *book->sheets);
	book->sheets[book->sheet_count++] = (struct sheet_entry){
		.name = arena_text(&book->arena, name),
		.part = arena_text(&book->arena, relation->part),
		.hidden = state != NULL && strcmp(state, "visible") != 0,
	};
}

static int
start_listing(struct xml *xml, void *context, int around, const char *name, const char **attributes)
{
	struct listing *listing = context;

	if (around == XML_DOCUMENT) {
		listing->is_workbook = strcmp(name, "workbook") == 0;
		return listing->is_workbook ? OUTER : XML_PASSED;
	}
	if (around == OUTER && strcmp(name, "workbookPr") == 0)
		listing->book->since_1904 = xml_says_yes(attributes, "date1904");
	if (around == OUTER && strcmp(name, "sheets") == 0)
		return SHEETS;
	if (around == SHEETS && strcmp(name, "sheet") == 0)
		add_sheet(xml, listing, attributes);
	return XML_PASSED;
}

static const struct xml_reader listing_reader = { .start = start_listing };

/* What a zip file that is no workbook holds, by a part that shows it. */
static const struct stranger {
	const char *part;
	const char *what;
} strangers[] = {
	{ "xl/workbook.bin", "is a binary workbook (.xlsb): open it in Excel and save it as 'Excel "
			     "Workbook (.xlsx)'" },
	{ "word/document.xml", "is a Word document: copy its table into Excel and save that as "
			       "'Excel Workbook (.xlsx)'" },
	{ "ppt/presentation.xml", "is a PowerPoint presentation: ask its author for the "
				  "spreadsheet that it was made from" },
	{ "index/document.iwa",
	  "is an Apple Numbers document: open it in Numbers and export it to Excel" },
	{ "index.zip", "is an Apple Numbers document: open it in Numbers and export it to Excel" },
};

/* An OpenDocument file says what it is in a part of its own. */
static bool
refuse_open_document(struct package *package, struct error *error)
{
	char type[64] = "";
	size_t size;

	if (!package_begin(package, "mimetype", PACKAGE_SETTINGS, error) ||
	    !package_read(package, type, sizeof type - 1, &size, error))
		return false;
	if (strstr(type, "spreadsheet") != NULL)
		return package_refuse(package, error,
				      "is an OpenDocument spreadsheet (.ods): open it in Excel or "
				      "LibreOffice and save it as 'Excel Workbook (.xlsx)'");
	return package_refuse(package, error,
			      "is no spreadsheet, but another document in a zip file");
}

static bool
refuse_stranger(struct package *package, struct error *error)
{
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
		if (package_has(package, strangers[i].part))
			return package_refuse(package, error, "%s", strangers[i].what);
	if (package_has(package, "mimetype"))
		return refuse_open_document(package, error);
	if (package_has(package, "[Content_Types].xml"))
		return package_refuse_damage(package, error,
					     "the part that says where the workbook is "
					     "(_rels/.rels) is missing or names none");
	return package_refuse(package, error,
			      "is a zip file, not a workbook: unpack it, and import the workbook "
			      "or CSV file that is in it");
}

static int
start_properties(struct xml *xml, void *context, int around, const char *name,
		 const char **attributes)
{
	(void)xml;
	(void)context;
	(void)attributes;
	if (around == XML_DOCUMENT)
		return OUTER;
	return strcmp(name, "creator") == 0 ? AUTHOR : XML_PASSED;
}

static void
take_author(struct xml *xml, void *context, int state, const char *bytes, size_t size)
{
	struct text *author = context;

	(void)xml;
	if (state == AUTHOR && author->length < sizeof OUR_NAME)
		text_append_bytes(author, bytes, size);
}

static const struct xml_reader properties_reader = { .start = start_properties,
						     .text = take_author };

/* A workbook without properties, or with damaged ones, is not ours. */
static bool
is_ours(struct package *package, const char *part)
{
	struct text author = { 0 };
	struct error ignored = { 0 };
	bool ours = part != NULL && package_has(package, part) &&
		    xml_read_part(package, part, PACKAGE_SETTINGS, &properties_reader, &author,
				  &ignored) &&
		    strcmp(text_words(&author), OUR_NAME) == 0;

	text_free(&author);
	return ours;
}

/* Where the workbook is: "xl/workbook.xml". NULL when the package says nothing of one. */
static bool
find_workbook(struct book *book, struct package *package, const char **part, struct error *error)
{
	struct relations relations = { .base = "" };
	bool whole = true;

	*part = NULL;
	if (package_has(package, "_rels/.rels")) {
		whole = xml_read_part(package, "_rels/.rels", PACKAGE_SETTINGS, &relations_reader,
				      &relations, error);
		*part = arena_text(&book->arena, find_part(&relations, "officeDocument"));
		book->ours = is_ours(package, find_part(&relations, "core-properties"));
	}
	relations_free(&relations);
	return whole;
}

/* Reads the list of sheets, once it is known where the relationships lead. */
static bool
read_listing(struct book *book, struct package *package, const char *part,
	     const struct relations *relations, struct error *error)
{
	struct listing listing = { .book = book, .relations = relations };

	if (!xml_read_part(package, part, PACKAGE_SETTINGS, &listing_reader, &listing, error))
		return false;
	if (!listing.is_workbook)
		return package_refuse(package, error,
				      "is no workbook, but another kind of Office document");
	if (book->sheet_count == 0)
		return package_refuse(package, error,
				      "has no worksheet, only charts or macros: there is nothing "
				      "to import");
	book->strings_part = arena_text(&book->arena, find_part(relations, "sharedStrings"));
	book->styles_part = arena_text(&book->arena, find_part(relations, "styles"));
	return true;
}

/* Reads the relationships of a part; the text of their base is in the arena. */
static bool
read_relations(struct relations *relations, struct package *package, const char *part,
	       struct error *error)
{
	const char *slash = strrchr(part, '/'), *file = slash != NULL ? slash + 1 : part;

	relations->base = arena_bytes(&relations->arena, part, (size_t)(file - part));
	return xml_read_part(package,
			     arena_format(&relations->arena, "%s_rels/%s.rels", relations->base,
					  file),
			     PACKAGE_SETTINGS, &relations_reader, relations, error);
}

bool
book_has_comments(struct package *package, const struct sheet_entry *entry)
{
	struct relations relations = { 0 };
	struct error ignored = { 0 };		/* of what is not read anyhow */
	bool found = read_relations(&relations, package, entry->part, &ignored) &&
		     (find_part(&relations, "comments") != NULL ||
		      find_part(&relations, "threadedComment") != NULL);

	relations_free(&relations);
	return found;
}

static bool
read_sheets(struct book *book, struct package *package, const char *part, struct error *error)
{
	struct relations relations = { 0 };
	bool whole = read_relations(&relations, package, part, error) &&
		     read_listing(book, package, part, &relations, error);

	relations_free(&relations);
	return whole;
}

bool
book_read(struct book *book, struct package *package, struct error *error)
{
	const char *part;

	if (!find_workbook(book, package, &part, error))
		return false;
	if (part == NULL)
		return refuse_stranger(package, error);
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
		if (strcmp(part, strangers[i].part) == 0)
			return refuse_stranger(package, error);
	return read_sheets(book, package, part, error) &&
	       (book->styles_part == NULL || styles_read(book, package, error)) &&
	       (book->strings_part == NULL ||
		strings_read(&book->strings, package, book->strings_part, error));
}

void
book_free(struct book *book)
{
	strings_free(&book->strings);
	free(book->sheets);
	free(book->styles);
	arena_free(&book->arena);
	*book = (struct book){ 0 };
}
