/* SPDX-License-Identifier: MIT */
#include "import/package.h"

#include <errno.h>
#include <inttypes.h>
#include <minizip/unzip.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/map.h"
#include "core/memory.h"
#include "core/text.h"

/*
 * The file is asked for by minizip in steps of a few bytes and in both directions; it gets them
 * from a window on the descriptor.
 */
enum {
	WINDOW_SIZE = 64 * 1024,
	/* Of a part: longer ones are cut, and nothing that is read has one. */
	NAME_SIZE = 512,
	DEFLATED = 8,
	FLAG_ENCRYPTED = 1,
};

/* What a part may be, by its use. */
static const struct limit {
	int64_t megabytes;
	int64_t ratio;
} limits[] = {
	[PACKAGE_SETTINGS] = { 64, 100 },
	[PACKAGE_STRINGS] = { 1024, 60 },
	/* A size of ZIP64 is not read by minizip: it takes it for 4,095 MB. */
	[PACKAGE_SHEET] = { 4000, 200 },
};

struct package {
	const char *name;
	int file;
	int64_t file_size;
	char *window;
	int64_t window_start;
	size_t window_size;
	int64_t at;			/* where minizip reads */
	int failure;			/* errno of a read, 0 for none */
	/* Bytes beyond the end were wanted by minizip, which it does not always mind. */
	bool ran_out;
	unzFile zip;
	struct map parts;		/* place in positions, by name as part_key() gives it */
	unz64_file_pos *positions;
	size_t position_room;
	bool reading;			/* a part is open */
	char part[NAME_SIZE];		/* its name */
	int64_t part_size, part_done;
	struct arena arena;
};

bool
package_refuse(const struct package *package, struct error *error, const char *format, ...)
{
	char what[ERROR_MESSAGE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	return error_set(error, ERROR_INVALID, "%s %s. Nothing was changed.", package->name, what);
}

bool
package_refuse_damage(const struct package *package, struct error *error, const char *format, ...)
{
	char what[ERROR_MESSAGE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	return error_set(error, ERROR_INVALID,
			 "%s is damaged: %s. Open it in Excel and save it again, or ask for "
			 "another copy. Nothing was changed.",
			 package->name, what);
}

/* What went wrong below minizip, if anything did, else that the file is damaged. */
static bool
refuse_read(const struct package *package, struct error *error, const char *what)
{
	if (package->failure != 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", package->name,
				 strerror(package->failure));
	return package_refuse_damage(package, error, "%s", what);
}

/* The file functions of minizip; the stream is the package. */

static voidpf
open_stream(voidpf opaque, const void *name, int mode)
{
	(void)name, (void)mode;
	return opaque;
}

/* Moves the window to where minizip reads; false at the end of the file. */
static bool
move_window(struct package *package)
{
	ssize_t got = pread(package->file, package->window, WINDOW_SIZE, (off_t)package->at);

	if (got < 0)
		package->failure = errno;
	package->window_start = package->at;
	package->window_size = got > 0 ? (size_t)got : 0;
	return got > 0;
}

static uLong
read_stream(voidpf opaque, voidpf stream, void *bytes, uLong size)
{
	struct package *package = stream;
	char *out = bytes;
	uLong left = size;

	(void)opaque;
	while (left > 0) {
		int64_t skipped = package->at - package->window_start;
		size_t step;

		if (skipped < 0 || skipped >= (int64_t)package->window_size) {
			if (!move_window(package)) {
				package->ran_out = true;
				break;
			}
			skipped = 0;
		}
		step = package->window_size - (size_t)skipped;
		if (step > left)
			step = left;
		memcpy(out, package->window + skipped, step);
		out += step;
		left -= step;
		package->at += (int64_t)step;
	}
	return size - left;
}

static uLong
write_stream(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
	(void)opaque, (void)stream, (void)bytes, (void)size;
	return 0;
}

static ZPOS64_T
tell_stream(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return (ZPOS64_T)((struct package *)stream)->at;
}

static long
seek_stream(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct package *package = stream;
	int64_t base = origin == ZLIB_FILEFUNC_SEEK_END ? package->file_size :
		       origin == ZLIB_FILEFUNC_SEEK_CUR ? package->at : 0;
	int64_t step = (int64_t)offset;		/* back when it is negative */

	(void)opaque;
	if (step > INT64_MAX - base || base + step < 0)
		return -1;
	package->at = base + step;
	return 0;
}

static int
close_stream(voidpf opaque, voidpf stream)
{
	(void)opaque, (void)stream;
	return 0;
}

static int
stream_failed(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return ((struct package *)stream)->failure;
}

static bool
open_zip(struct package *package, struct error *error)
{
	zlib_filefunc64_def functions = {
		.zopen64_file = open_stream,
		.zread_file = read_stream,
		.zwrite_file = write_stream,
		.ztell64_file = tell_stream,
		.zseek64_file = seek_stream,
		.zclose_file = close_stream,
		.zerror_file = stream_failed,
		.opaque = package,
	};
	struct stat status;

	if (fstat(package->file, &status) != 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", package->name,
				 strerror(errno));
	package->file_size = status.st_size;
	package->zip = unzOpen2_64(package->name, &functions);
	return (package->zip != NULL && !package->ran_out) ||
	       refuse_read(package, error,
			   "its end is missing, perhaps because it was not copied or downloaded "
			   "whole");
}

/* A name as the map has it: small letters, forward slashes, none in front. */
static void
part_key(const char *name, char key[NAME_SIZE])
{
	size_t size = 0;

	for (name += *name == '/'; *name != '\0' && size + 1 < NAME_SIZE; name++) {
		char letter = *name == '\\' ? '/' : *name;

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter + 'a' - 'A');
		key[size++] = letter;
	}
	key[size] = '\0';
}

/* Whether the name leads out of the package: it is absolute, or a step of it is "..". */
static bool
leads_out(const char *name)
{
	for (const char *at = name; (at = strstr(at, "..")) != NULL; at += 2)
		if ((at == name || at[-1] == '/' || at[-1] == '\\') &&
		    (at[2] == '\0' || at[2] == '/' || at[2] == '\\'))
			return true;
	return name[0] == '/' || name[0] == '\\';
}

/* Takes the part that minizip stands on into the map. */
static bool
add_part(struct package *package, struct error *error)
{
	char name[NAME_SIZE] = "", key[NAME_SIZE];
	unz64_file_pos *position;
	bool added;

	if (unzGetCurrentFileInfo64(package->zip, NULL, name, sizeof name - 1, NULL, 0, NULL, 0) !=
	    UNZ_OK)
		return refuse_read(package, error, "its list of parts cannot be read");
	if (leads_out(name))
		return package_refuse_damage(package, error,
					     "a part in it is called %.80s, which no workbook has",
					     name);
	part_key(name, key);
	map_add(&package->parts, key, (int64_t)package->parts.count, &added);
	if (!added)
		return package_refuse_damage(package, error, "it has two parts called %.80s", name);
	package->positions = memory_grow(package->positions, &package->position_room,
					 package->parts.count, sizeof *package->positions);
	position = &package->positions[package->parts.count - 1];
	return unzGetFilePos64(package->zip, position) == UNZ_OK ||
	       refuse_read(package, error, "its list of parts cannot be read");
}

static bool
list_parts(struct package *package, struct error *error)
{
	unz_global_info64 info;
	int result;

	if (unzGetGlobalInfo64(package->zip, &info) != UNZ_OK || info.number_entry == 0)
		return refuse_read(package, error, "it is an empty zip file");
	if (info.number_entry > PACKAGE_PARTS_MAX)
		return package_refuse(package, error,
				      "is a zip file with %" PRIu64
				      " parts, and a workbook has at most %d of them: it is not "
				      "read. Save the sheet as 'CSV UTF-8' and import that",
				      (uint64_t)info.number_entry, PACKAGE_PARTS_MAX);
	for (result = unzGoToFirstFile(package->zip); result == UNZ_OK;
	     result = unzGoToNextFile(package->zip))
		if (!add_part(package, error))
			return false;
	return (result == UNZ_END_OF_LIST_OF_FILE && package->parts.count == info.number_entry) ||
	       refuse_read(package, error, "its list of parts cannot be read");
}

struct package *
package_open(int file, const char *name, struct error *error)
{
	struct package *package = memory_alloc(sizeof *package);

	package->name = arena_text(&package->arena, name);
	package->file = file;
	package->window = memory_alloc(WINDOW_SIZE);
	if (open_zip(package, error) && list_parts(package, error))
		return package;
	package_close(package);
	return NULL;
}

bool
package_has(const struct package *package, const char *part)
{
	char key[NAME_SIZE];

	part_key(part, key);
	return map_find(&package->parts, key) != NULL;
}

static void
end_part(struct package *package)
{
	if (package->reading)
		unzCloseCurrentFile(package->zip);
	package->reading = false;
}

/* Whether the part that minizip stands on is of a size, and packed in a way, that is read. */
static bool
check_part(struct package *package, enum package_use use, struct error *error)
{
	const struct limit *limit = &limits[use];
	unz_file_info64 info;

	if (unzGetCurrentFileInfo64(package->zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
		return refuse_read(package, error, "its list of parts cannot be read");
	if (info.flag & FLAG_ENCRYPTED)
		return package_refuse(package, error,
				      "is protected with a password: open it, remove the password, "
				      "save it, and import that");
	if (info.compression_method != 0 && info.compression_method != DEFLATED)
		return package_refuse_damage(package, error,
					     "%s is packed in a way that no workbook is",
					     package->part);
	if (info.uncompressed_size > (ZPOS64_T)limit->megabytes * PACKAGE_MEGABYTE)
		return package_refuse(package, error,
				      "unpacks to more than %" PRId64
				      " MB in %s: it is not read. Save the sheet as 'CSV UTF-8' "
				      "and import that",
				      limit->megabytes, package->part);
	if (info.uncompressed_size > PACKAGE_SIZE_TRUSTED &&
	    info.uncompressed_size / (ZPOS64_T)limit->ratio > info.compressed_size)
		return package_refuse(package, error,
				      "unpacks to more than %" PRId64
				      " times its size in %s, as no workbook that people fill in "
				      "does: it is not read. Save the sheet as 'CSV UTF-8' and "
				      "import that",
				      limit->ratio, package->part);
	package->part_size = (int64_t)info.uncompressed_size;
	package->part_done = 0;
	return true;
}

bool
package_begin(struct package *package, const char *part, enum package_use use, struct error *error)
{
	const int64_t *place;
	char key[NAME_SIZE];

	end_part(package);
	part_key(part, key);
	place = map_find(&package->parts, key);
	if (place == NULL)
		return package_refuse_damage(package, error, "the part %.200s is missing", key);
	memcpy(package->part, key, sizeof key);
	if (unzGoToFilePos64(package->zip, &package->positions[*place]) != UNZ_OK)
		return refuse_read(package, error, "its list of parts cannot be read");
	if (!check_part(package, use, error))
		return false;
	if (unzOpenCurrentFile(package->zip) != UNZ_OK)
		return refuse_read(package, error, "its list of parts does not fit what is in it");
	package->reading = true;
	return true;
}

bool
package_read(struct package *package, void *bytes, size_t room, size_t *size, struct error *error)
{
	int got = unzReadCurrentFile(package->zip, bytes, (unsigned)room);

	*size = got > 0 ? (size_t)got : 0;
	package->part_done += (int64_t)*size;
	if (got < 0 || (got == 0 && package->part_done != package->part_size))
		return package->failure != 0
			       ? refuse_read(package, error, "")
			       : package_refuse_damage(package, error, "%s cannot be unpacked",
						       package->part);
	if (got > 0)
		return true;
	package->reading = false;
	if (unzCloseCurrentFile(package->zip) != UNZ_OK)
		return package_refuse_damage(package, error, "the checksum of %s is wrong",
					     package->part);
	return true;
}

int64_t
package_done(const struct package *package)
{
	return package->part_done;
}

int64_t
package_size(const struct package *package)
{
	return package->part_size;
}

void
package_close(struct package *package)
{
	if (package == NULL)
		return;
	end_part(package);
	if (package->zip != NULL)
		unzClose(package->zip);
	map_free(&package->parts);
	free(package->positions);
	free(package->window);
	arena_free(&package->arena);
	free(package);
}
