/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_XML_H
#define IMPORT_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "import/package.h"

/*
 * The XML of a workbook, through expat, in pieces of any size.  Whoever reads a part gives each
 * element that it knows a state, from the state of the element around it, and is told of what has
 * one; names come without their prefix. Document types (and so entities of any kind), deep nesting
 * and endless pieces are refused.
 */
enum {
	XML_PASSED,		/* the state of what nobody reads, and of all that is in it */
	XML_DOCUMENT,		/* around the outermost element */
	XML_FIRST_STATE,	/* those of the reader begin here */
	XML_DEPTH_MAX = 32,
	XML_CHUNK_SIZE = 64 * 1024,
	XML_PIECE_MAX = 1024 * 1024,	/* bytes of one tag or comment */
};

struct xml;

/* What is told to whom reads a part. The texts are not kept. */
struct xml_reader {
	/* An element's state in one of the state `around`. Attributes: name, value, ..., NULL. */
	int (*start)(struct xml *xml, void *context, int around, const char *name,
		     const char **attributes);
	void (*end)(struct xml *xml, void *context, int state);
	/* Any number of times for one text. */
	void (*text)(struct xml *xml, void *context, int state, const char *bytes, size_t size);
};

/* The reader and its context stay the caller's. */
struct xml *xml_open(const struct xml_reader *reader, void *context);

enum xml_result { XML_GOES_ON, XML_PAUSED, XML_REFUSED };

/* `last` with the last bytes. XML_PAUSED: xml_resume() comes before more bytes. */
enum xml_result xml_parse(struct xml *xml, const char *bytes, size_t size, bool last);
enum xml_result xml_resume(struct xml *xml);

/*
 * For the reader: stops after this element, to go on later; or for good, with what is wrong, which
 * is not copied.
 */
void xml_pause(struct xml *xml);
void xml_refuse(struct xml *xml, const char *what);

/*
 * After XML_REFUSED, what is wrong: "is no proper XML (line 7: mismatched tag)". As long as the
 * parser lives.
 */
const char *xml_words(const struct xml *xml);

/* NULL is passed over. */
void xml_close(struct xml *xml);

/* The value of an attribute, prefix aside, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* Whether an attribute says yes: "1", "true" or "on". */
bool xml_says_yes(const char **attributes, const char *name);

/* Reads a whole part of the package. */
bool xml_read_part(struct package *package, const char *part, enum package_use use,
		   const struct xml_reader *reader, void *context, struct error *error);

#endif
