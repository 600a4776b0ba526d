/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ENCODING_H
#define IMPORT_ENCODING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/arena.h"
#include "core/choice.h"
#include "core/error.h"

/* The ways to write letters as bytes that are read. */
enum encoding_id {
	ENCODING_UTF8,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_WINDOWS1252,
	ENCODING_ISO88591,
	ENCODING_COUNT,
};

struct encoding {
	const char *converter;	/* its name for iconv(3) */
	const char *title;	/* its name for people */
};

extern const struct encoding encodings[ENCODING_COUNT];

/* What a person types, by id. */
extern const struct choice encoding_words[];

/*
 * The encoding of that word or title, case and punctuation aside; NULL with a sentence that lists
 * them all.
 */
const struct encoding *encoding_find(const char *word, struct error *error);

/*
 * What the first bytes of a file say: a byte order mark, whose size is *mark, or the zeros of
 * UTF-16 without one.  NULL when they say nothing: then it is UTF-8 for as long as the bytes are.
 */
const struct encoding *encoding_of_start(const char *bytes, size_t size, size_t *mark);

/*
 * Fills `bytes` from that place of the file, as far as it goes: *size is the room before, and what
 * was read after.
 */
bool encoding_read(int file, off_t offset, char *bytes, size_t *size);

/* What a whole file that is not UTF-8 throughout is made of. */
struct encoding_survey {
	int64_t sound;		/* characters of several bytes that are UTF-8 */
	int64_t bad;		/* bytes that are not */
	bool sound_first;	/* the first of those stands before the first of these */
	/* Words with such bytes, read as Windows-1252: "'Café', '£10'"; in the arena. */
	const char *examples;
};

/* Reads the file from its beginning, without moving in it; false, with errno, for a failure. */
bool encoding_survey(int file, struct encoding_survey *survey, struct arena *arena);

#endif
