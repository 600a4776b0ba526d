/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_TEXT_FILE_H
#define IMPORT_TEXT_FILE_H

#include "core/hash.h"
#include "import/encoding.h"

/*
 * A file of plain text, whatever its encoding, as chunks of UTF-8.  UTF-8 is handed out where it
 * was read, the others are converted.  A file that nobody names an encoding for, and that at some
 * byte turns out not to be UTF-8, is read as Windows-1252 from there when it has nothing of UTF-8
 * before that byte and hardly anything behind it.
 */
struct text_file;

enum { TEXT_FILE_SAMPLE = 64 * 1024 };	/* bytes at its start that are looked at */

/*
 * `file` is a plain file, not empty, and is closed by text_file_close(), as it is after a failure;
 * it is read `chunk_size` bytes at a time.  `encoding` is a word of encoding_words[], or NULL when
 * it is to be found out.
 */
struct text_file *text_file_open(int file, const char *name, const char *encoding,
				 size_t chunk_size, struct error *error);

/*
 * The first bytes as text_file_next() will give them, but that letters may still be of any 8-bit
 * encoding: enough to find commas in.  *whole: it is all of the file.  In the arena.
 */
bool text_file_sample(const struct text_file *file, struct arena *arena, const char **bytes,
		      size_t *size, bool *whole, struct error *error);

/*
 * The next bytes: whole characters of UTF-8, none of them NUL, valid until the next call.  *size is
 * 0 at the end and before a fault.  False when the file cannot be read.
 */
bool text_file_next(struct text_file *file, const char **bytes, size_t *size, struct error *error);

/*
 * Why nothing comes behind the bytes handed out so far, to be said of the row that stands there:
 * "holds a NUL byte, ..."; NULL when nothing is wrong.  Lives as long as the file.
 */
const char *text_file_fault(const struct text_file *file);

/* The encoding as far as it is known, and the sentence when it had to be guessed, else NULL. */
const struct encoding *text_file_encoding(const struct text_file *file);
const char *text_file_notice(const struct text_file *file);

/* Bytes of the file that were read, of how many. */
int64_t text_file_done(const struct text_file *file);
int64_t text_file_size(const struct text_file *file);

/* The SHA-256 of the bytes read so far. */
void text_file_hash(const struct text_file *file, char text[HASH_TEXT_SIZE]);

/* From now on no SHA-256 is reckoned: it is known already. */
void text_file_leave_hash(struct text_file *file);

/* NULL is passed over. */
void text_file_close(struct text_file *file);

#endif
