/* SPDX-License-Identifier: MIT */
#include "import/xml.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { WORDS_SIZE = 160 };

struct xml {
	XML_Parser parser;
	const struct xml_reader *reader;
	void *context;
	int64_t given;			/* bytes so far */
	int depth;
	unsigned char states[XML_DEPTH_MAX + 1];
	const char *refusal;		/* NULL while all is well */
	char words[WORDS_SIZE];
};

static const char *
local_name(const char *name)
{
	for (const char *at = name; *at != '\0'; at++)
		if (*at == ':')
			return at + 1;
	return name;
}

void
xml_refuse(struct xml *xml, const char *what)
{
	if (xml->refusal != NULL)
		return;
	xml->refusal = what;
	XML_StopParser(xml->parser, XML_FALSE);
}

void
xml_pause(struct xml *xml)
{
	if (xml->refusal == NULL)
		XML_StopParser(xml->parser, XML_TRUE);
}

static void XMLCALL
start_element(void *data, const char *name, const char **attributes)
{
	struct xml *xml = data;
	int around = xml->states[xml->depth];

	if (xml->refusal != NULL)
		return;
	if (xml->depth == XML_DEPTH_MAX) {
		xml_refuse(xml, "has more levels of elements in each other than any workbook");
		return;
	}
	xml->states[++xml->depth] = (unsigned char)(around == XML_PASSED ? XML_PASSED :
		xml->reader->start(xml, xml->context, around, local_name(name), attributes));
}

static void XMLCALL
end_element(void *data, const char *name)
{
	struct xml *xml = data;
	int state;

	(void)name;
	if (xml->refusal != NULL)
		return;
	state = xml->states[xml->depth--];
	if (state != XML_PASSED && xml->reader->end != NULL)
		xml->reader->end(xml, xml->context, state);
}

static void XMLCALL
take_text(void *data, const char *bytes, int size)
{
	struct xml *xml = data;

	if (xml->refusal == NULL && xml->states[xml->depth] != XML_PASSED &&
	    xml->reader->text != NULL)
		xml->reader->text(xml, xml->context, xml->states[xml->depth], bytes, (size_t)size);
}

static void XMLCALL
refuse_document_type(void *data, const char *name, const char *system, const char *public,
		     int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	xml_refuse(data,
		   "has a document type (DOCTYPE), which no workbook has and which can do harm");
}

struct xml *
xml_open(const struct xml_reader *reader, void *context)
{
	struct xml *xml = memory_alloc(sizeof *xml);

	xml->reader = reader;
	xml->context = context;
	xml->states[0] = XML_DOCUMENT;
	xml->parser = XML_ParserCreate(NULL);
	if (xml->parser == NULL)
		/* Out of memory: it ends the program as it always does. */
		memory_alloc(SIZE_MAX);
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, start_element, end_element);
	XML_SetCharacterDataHandler(xml->parser, take_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, refuse_document_type);
	return xml;
}

/* Looks at how a piece went. */
static enum xml_result
result_of(struct xml *xml, enum XML_Status status)
{
	if (status == XML_STATUS_SUSPENDED)
		return XML_PAUSED;
	if (status == XML_STATUS_ERROR && xml->refusal == NULL) {
		snprintf(xml->words, sizeof xml->words, "is no proper XML (line %lu: %s)",
			 (unsigned long)XML_GetCurrentLineNumber(xml->parser),
			 XML_ErrorString(XML_GetErrorCode(xml->parser)));
		xml->refusal = xml->words;
	}
	/* What expat holds back is read again with each piece, so it must not grow. */
	if (xml->refusal == NULL &&
	    xml->given - (int64_t)XML_GetCurrentByteIndex(xml->parser) > XML_PIECE_MAX)
		xml->refusal = "has a tag or a comment of more than a megabyte, as no workbook has";
	return xml->refusal != NULL ? XML_REFUSED : XML_GOES_ON;
}

enum xml_result
xml_parse(struct xml *xml, const char *bytes, size_t size, bool last)
{
	xml->given += (int64_t)size;
	return result_of(xml, XML_Parse(xml->parser, bytes, (int)size, last));
}

enum xml_result
xml_resume(struct xml *xml)
{
	return result_of(xml, XML_ResumeParser(xml->parser));
}

const char *
xml_words(const struct xml *xml)
{
	return xml->refusal;
}

void
xml_close(struct xml *xml)
{
	if (xml == NULL)
		return;
	XML_ParserFree(xml->parser);
	free(xml);
}

const char *
xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(local_name(*attributes), name) == 0)
			return attributes[1];
	return NULL;
}

bool
xml_says_yes(const char **attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);

	return value != NULL &&
	       (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

bool
xml_read_part(struct package *package, const char *part, enum package_use use,
	      const struct xml_reader *reader, void *context, struct error *error)
{
	struct xml *xml;
	char *chunk;
	size_t size = 1;
	bool whole;

	if (!package_begin(package, part, use, error))
		return false;
	xml = xml_open(reader, context);
	chunk = memory_alloc(XML_CHUNK_SIZE);
	do {
		whole = package_read(package, chunk, XML_CHUNK_SIZE, &size, error);
		if (whole && xml_parse(xml, chunk, size, size == 0) == XML_REFUSED)
			whole = package_refuse_damage(package, error, "%.200s %s", part,
						      xml_words(xml));
	} while (whole && size > 0);
	free(chunk);
	xml_close(xml);
	return whole;
}
