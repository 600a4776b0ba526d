/* SPDX-License-Identifier: MIT */
#include "import/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"
#include "core/text.h"

enum {
	SURVEY_CHUNK = 64 * 1024,
	CHARACTER_MAX = 4,	/* bytes of a character of UTF-8 */
	EXAMPLES = 3,
	EXAMPLE_TRIES = 50,	/* words that are looked at for them: most may be the same */
	/* Bytes of a word that are shown on either side of the one that is not ASCII. */
	EXAMPLE_REACH = 24,
};

const struct encoding encodings[ENCODING_COUNT] = {
	[ENCODING_UTF8]        = { "UTF-8",        "UTF-8" },
	[ENCODING_UTF16LE]     = { "UTF-16LE",     "UTF-16 LE" },
	[ENCODING_UTF16BE]     = { "UTF-16BE",     "UTF-16 BE" },
	[ENCODING_WINDOWS1252] = { "WINDOWS-1252", "Windows-1252" },
	[ENCODING_ISO88591]    = { "ISO-8859-1",   "ISO-8859-1" },
};

const struct choice encoding_words[] = {
	[ENCODING_UTF8]        = { "utf-8", "", 0 },
	[ENCODING_UTF16LE]     = { "utf-16le", "", 0 },
	[ENCODING_UTF16BE]     = { "utf-16be", "", 0 },
	[ENCODING_WINDOWS1252] = { "windows-1252", "", 0 },
	[ENCODING_ISO88591]    = { "iso-8859-1", "", 0 },
	[ENCODING_COUNT]       = { 0 },
};

static const struct mark {
	const char *bytes;
	size_t size;
	enum encoding_id encoding;
} marks[] = {
	{ "\xef\xbb\xbf", 3, ENCODING_UTF8 },
	{ "\xff\xfe",     2, ENCODING_UTF16LE },
	{ "\xfe\xff",     2, ENCODING_UTF16BE },
};

const struct encoding *
encoding_find(const char *word, struct error *error)
{
	const struct choice *choice = choice_find(encoding_words, word);
	struct text list = { 0 };

	if (choice != NULL)
		return &encodings[choice - encoding_words];
	choice_append_names(&list, encoding_words);
	error_set(error, ERROR_USAGE, "There is no encoding '%.40s'. Those that are read are %s.",
		  word, text_words(&list));
	text_free(&list);
	return NULL;
}

/*
 * Text of Europe in UTF-16 has a zero in every other byte, or nearly so, and none in the others, or
 * hardly any.
 */
static const struct encoding *
judge_zeros(const char *bytes, size_t size)
{
	size_t zeros[2] = { 0 };

	for (size_t i = 0; i < size; i++)
		zeros[i % 2] += bytes[i] == '\0';
	for (size_t odd = 0; odd < 2; odd++)
		if (zeros[odd] * 4 > size && zeros[odd] > zeros[!odd] * 10)
			return &encodings[odd ? ENCODING_UTF16LE : ENCODING_UTF16BE];
	return NULL;
}

const struct encoding *
encoding_of_start(const char *bytes, size_t size, size_t *mark)
{
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		if (size < marks[i].size || memcmp(bytes, marks[i].bytes, marks[i].size) != 0)
			continue;
		*mark = marks[i].size;
		return &encodings[marks[i].encoding];
	}
	*mark = 0;
	return judge_zeros(bytes, size);
}

bool
encoding_read(int file, off_t offset, char *bytes, size_t *size)
{
	size_t room = *size;
	ssize_t got = 1;

	for (*size = 0; *size < room && got != 0; *size += got > 0 ? (size_t)got : 0) {
		got = pread(file, bytes + *size, room - *size, offset + (off_t)*size);
		if (got < 0 && errno != EINTR)
			return false;
	}
	return true;
}

/* Whether words end at that byte. */
static bool
ends_word(char byte)
{
	return strchr(" \t\r\n\",;|", byte) != NULL;
}

/*
 * The word around a byte of the file, read as Windows-1252, and where it ends; NULL when it cannot
 * be read so.
 */
static const char *
read_example(int file, off_t at, off_t *end, struct arena *arena)
{
	char bytes[2 * EXAMPLE_REACH], words[3 * sizeof bytes], *from, *to = words;
	off_t start = at > EXAMPLE_REACH ? at - EXAMPLE_REACH : 0;
	size_t first = (size_t)(at - start), last = first, got = sizeof bytes, room = sizeof words,
	       size;
	iconv_t converter = iconv_open("UTF-8", encodings[ENCODING_WINDOWS1252].converter);
	bool converted;

	if (!encoding_read(file, start, bytes, &got) || got <= first)
		got = first;
	while (first > 0 && !ends_word(bytes[first - 1]))
		first--;
	while (last < got && !ends_word(bytes[last]))
		last++;
	from = bytes + first;
	size = last - first;
	*end = start + (off_t)last;
	if (converter == (iconv_t)-1)
		return NULL;
	converted = iconv(converter, &from, &size, &to, &room) != (size_t)-1;
	iconv_close(converter);
	return converted ? arena_bytes(arena, words, (size_t)(to - words)) : NULL;
}

/* What is gathered on the way through the file. */
struct scan {
	int file;
	struct arena *arena;
	struct encoding_survey *survey;
	struct text examples;
	int example_count, example_tries;
	off_t example_end;	/* the last one goes so far */
};

static void
take_bad_byte(struct scan *scan, off_t at)
{
	const char *word;

	if (scan->survey->bad++ == 0)
		scan->survey->sound_first = scan->survey->sound > 0;
	if (scan->example_count == EXAMPLES || scan->example_tries == EXAMPLE_TRIES ||
	    at < scan->example_end)
		return;
	scan->example_tries++;
	word = read_example(scan->file, at, &scan->example_end, scan->arena);
	word = word != NULL ? arena_format(scan->arena, "'%s'", word) : NULL;
	if (word == NULL || strstr(text_words(&scan->examples), word) != NULL)
		return;
	text_format(&scan->examples, "%s%s", scan->example_count > 0 ? ", " : "", word);
	scan->example_count++;
}

/* How many bytes at the beginning are ASCII for sure: eight at a time. */
static size_t
count_ascii(const char *bytes, size_t size)
{
	size_t at = 0;
	uint64_t eight;

	for (; size - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, bytes + at, sizeof eight);
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	return at;
}

/* Returns how many bytes it has judged: those of a character that may go on are left. */
static size_t
scan_bytes(struct scan *scan, const char *bytes, size_t size, off_t offset)
{
	size_t at = 0, step;

	for (;;) {
		at += count_ascii(bytes + at, size - at);
		if (at == size || (size - at < CHARACTER_MAX && size == SURVEY_CHUNK))
			return at;
		if (text_decode(bytes + at, size - at, &step) < 0)
			take_bad_byte(scan, offset + (off_t)at);
		else
			scan->survey->sound += step > 1;
		at += step;
	}
}

/* A chunk that is not full is the last one. */
static bool
scan_file(struct scan *scan, char *chunk)
{
	off_t offset = 0;
	size_t size = SURVEY_CHUNK;

	while (size == SURVEY_CHUNK) {
		if (!encoding_read(scan->file, offset, chunk, &size))
			return false;
		offset += (off_t)scan_bytes(scan, chunk, size, offset);
	}
	return true;
}

bool
encoding_survey(int file, struct encoding_survey *survey, struct arena *arena)
{
	struct scan scan = { .file = file, .arena = arena, .survey = survey };
	char *chunk = memory_alloc(SURVEY_CHUNK);
	bool read;

	*survey = (struct encoding_survey){ 0 };
	read = scan_file(&scan, chunk);
	survey->examples = arena_text(arena, text_words(&scan.examples));
	text_free(&scan.examples);
	free(chunk);
	return read;
}
