/* SPDX-License-Identifier: MIT */
#include "import/text_file.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"
#include "core/text.h"

enum {
	CARRY_MAX = 3,		/* bytes of a character that a chunk cuts in two */
	/* Bytes of UTF-8 that one byte of another encoding becomes at most. */
	CONVERTED_MAX = 3,
};

struct text_file {
	int file;
	const char *name;		/* for messages */
	int64_t size, done;		/* bytes of the file, and those read */
	struct hash hash;
	bool unhashed;			/* nobody asks for it */
	bool ended;			/* all of it was read */

	const struct encoding *encoding;
	bool certain;			/* a person or a mark says so */
	size_t mark;			/* bytes of the byte order mark */
	iconv_t converter;		/* (iconv_t)-1 while nothing needs converting */
	char *converted;
	size_t converted_room;

	char *chunk;
	size_t chunk_size;
	size_t filled;			/* bytes in it */
	size_t left;			/* those at its end that were not handed out */
	const char *fault, *notice;
	struct arena arena;
};

static bool
set_read_error(const struct text_file *file, struct error *error)
{
	return error_set(error, ERROR_FILE,
			 "%s cannot be read to its end: %s. Nothing was changed.", file->name,
			 strerror(errno));
}

static bool
is_converted(const struct text_file *file)
{
	return file->converter != (iconv_t)-1;
}

/* From here on the bytes are in that encoding. */
static bool
begin_encoding(struct text_file *file, enum encoding_id id, struct error *error)
{
	file->encoding = &encodings[id];
	if (id == ENCODING_UTF8)
		return true;
	file->converter = iconv_open(encodings[ENCODING_UTF8].converter, file->encoding->converter);
	if (!is_converted(file))
		return error_set(error, ERROR_FILE,
				 "%s is written in %s, and this computer lacks the tables to read "
				 "that. Save it as 'CSV UTF-8' and import again.",
				 file->name, file->encoding->title);
	file->converted_room = CONVERTED_MAX * (CARRY_MAX + file->chunk_size);
	file->converted = memory_alloc(file->converted_room);
	return true;
}

/* The mark is no text, but the fingerprint of the file has it. */
static bool
begin_file(struct text_file *file, const struct encoding *encoding, struct error *error)
{
	char start[TEXT_FILE_SAMPLE];
	size_t size = sizeof start;
	const struct encoding *found;
	struct stat status;

	if (fstat(file->file, &status) < 0 || !encoding_read(file->file, 0, start, &size))
		return set_read_error(file, error);
	file->size = status.st_size;
	found = encoding_of_start(start, size, &file->mark);
	if (encoding != NULL && encoding != found)
		file->mark = 0;
	file->certain = encoding != NULL || found != NULL;
	if (encoding == NULL)
		encoding = found != NULL ? found : &encodings[ENCODING_UTF8];
	hash_update(&file->hash, start, file->mark);
	file->done = lseek(file->file, (off_t)file->mark, SEEK_SET);
	return begin_encoding(file, (enum encoding_id)(encoding - encodings), error);
}

struct text_file *
text_file_open(int file, const char *name, const char *encoding, size_t chunk_size,
	       struct error *error)
{
	const struct encoding *told = encoding != NULL ? encoding_find(encoding, error) : NULL;
	struct text_file *text = memory_alloc(sizeof *text);

	text->file = file;
	text->name = arena_text(&text->arena, name);
	text->chunk_size = chunk_size;
	text->chunk = memory_alloc(CARRY_MAX + chunk_size);
	text->converter = (iconv_t)-1;
	hash_init(&text->hash);
	if ((encoding == NULL || told != NULL) && begin_file(text, told, error))
		return text;
	text_file_close(text);
	return NULL;
}

bool
text_file_sample(const struct text_file *file, struct arena *arena, const char **bytes,
		 size_t *size, bool *whole, struct error *error)
{
	size_t left = TEXT_FILE_SAMPLE, room = CONVERTED_MAX * TEXT_FILE_SAMPLE;
	char *raw = arena_alloc(arena, left), *to;

	if (!encoding_read(file->file, (off_t)file->mark, raw, &left))
		return set_read_error(file, error);
	*whole = (int64_t)(file->mark + left) >= file->size;
	*bytes = raw;
	*size = left;
	if (!is_converted(file))
		return true;
	*bytes = to = arena_alloc(arena, room);
	iconv(file->converter, &raw, &left, &to, &room);
	iconv(file->converter, NULL, NULL, NULL, NULL);
	*size = (size_t)(to - *bytes);
	return true;
}

/* Brings what was left to the front and reads on behind it, unless there is enough of it still. */
static bool
fill_chunk(struct text_file *file, struct error *error)
{
	ssize_t got;

	memmove(file->chunk, file->chunk + file->filled - file->left, file->left);
	file->filled = file->left;
	file->left = 0;
	if (file->ended || file->filled > CARRY_MAX)
		return true;
	do
		got = read(file->file, file->chunk + file->filled, file->chunk_size);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return set_read_error(file, error);
	file->ended = got == 0;
	if (!file->unhashed)
		hash_update(&file->hash, file->chunk + file->filled, (size_t)got);
	file->done += got;
	file->filled += (size_t)got;
	return true;
}

/* Whether the bytes may be the beginning of one character. */
static bool
may_go_on(const char *bytes, size_t size)
{
	unsigned char lead = (unsigned char)bytes[0];

	return lead >= 0xc2 && size < (lead < 0xe0 ? 2u : lead < 0xf0 ? 3u : 4u);
}

static const char *
nul_fault(void)
{
	return "holds a NUL byte, so the file is damaged or is not plain text: save it as 'CSV "
	       "UTF-8' and import again";
}

/* The bytes that are left begin with one that is not UTF-8: what is the file then? */
static bool
judge_bad_byte(struct text_file *file, struct error *error)
{
	struct encoding_survey survey;

	if (file->chunk[file->filled - file->left] == '\0') {
		file->fault = nul_fault();
		return true;
	}
	if (!file->certain && !encoding_survey(file->file, &survey, &file->arena))
		return set_read_error(file, error);
	if (file->certain || survey.sound_first || survey.bad <= survey.sound) {
		file->fault = "is not UTF-8, the usual way to write letters as bytes: save it as "
			      "'CSV UTF-8' and import again, or take it as it is with --encoding "
			      "windows-1252";
		return true;
	}
	file->notice = arena_format(&file->arena,
				    "Read as Windows-1252, because its letters are not UTF-8: for "
				    "example %s. If that looks wrong, say which encoding it is.",
				    survey.examples);
	return begin_encoding(file, ENCODING_WINDOWS1252, error);
}

/* What comes before a bad byte is handed out first, for a fault in it may end everything. */
static bool
take_utf8(struct text_file *file, const char **bytes, size_t *size, struct error *error)
{
	*bytes = file->chunk;
	*size = text_invalid_at(file->chunk, file->filled);
	file->left = file->filled - *size;
	if (*size > 0 || file->left == 0)
		return true;
	if (!file->ended && file->left <= CARRY_MAX && may_go_on(file->chunk, file->left))
		return true;
	return judge_bad_byte(file, error);
}

/* What is wrong at the byte where converting stopped; NULL when it waits for more. */
static const char *
judge_conversion(struct text_file *file, int reason, unsigned char byte)
{
	bool wide = file->encoding == &encodings[ENCODING_UTF16LE] ||
		    file->encoding == &encodings[ENCODING_UTF16BE];

	if (reason == EINVAL && !file->ended)
		return NULL;
	if (wide)
		return arena_format(&file->arena,
				    "has half a character where %s needs a whole one, so the file "
				    "is damaged or cut short: ask for it again",
				    file->encoding->title);
	return arena_format(&file->arena,
			    "has a byte, %02X, that is no letter in %s: save it as 'CSV UTF-8' and "
			    "import again",
			    byte, file->encoding->title);
}

static void
take_converted(struct text_file *file, const char **bytes, size_t *size)
{
	char *from = file->chunk, *to = file->converted;
	size_t left = file->filled, room = file->converted_room, made;
	bool stopped = iconv(file->converter, &from, &left, &to, &room) == (size_t)-1;
	int reason = errno;

	made = (size_t)(to - file->converted);
	file->left = left;
	*bytes = file->converted;
	*size = text_invalid_at(file->converted, made);
	if (*size < made)
		file->fault = nul_fault();
	else if (stopped)
		file->fault = judge_conversion(file, reason, (unsigned char)*from);
}

bool
text_file_next(struct text_file *file, const char **bytes, size_t *size, struct error *error)
{
	*bytes = "";
	*size = 0;
	while (*size == 0 && file->fault == NULL && (!file->ended || file->left > 0)) {
		if (!fill_chunk(file, error))
			return false;
		if (is_converted(file))
			take_converted(file, bytes, size);
		else if (!take_utf8(file, bytes, size, error))
			return false;
	}
	return true;
}

const char *
text_file_fault(const struct text_file *file)
{
	return file->fault;
}

const struct encoding *
text_file_encoding(const struct text_file *file)
{
	return file->encoding;
}

const char *
text_file_notice(const struct text_file *file)
{
	return file->notice;
}

int64_t
text_file_done(const struct text_file *file)
{
	return file->done;
}

int64_t
text_file_size(const struct text_file *file)
{
	return file->size;
}

void
text_file_leave_hash(struct text_file *file)
{
	file->unhashed = true;
}

void
text_file_hash(const struct text_file *file, char text[HASH_TEXT_SIZE])
{
	struct hash copy = file->hash;

	hash_format(&copy, text);
}

void
text_file_close(struct text_file *file)
{
	if (file == NULL)
		return;
	close(file->file);
	if (is_converted(file))
		iconv_close(file->converter);
	free(file->converted);
	free(file->chunk);
	arena_free(&file->arena);
	free(file);
}
