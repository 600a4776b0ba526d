/* SPDX-License-Identifier: MIT */
#include "commands/session.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "core/uuid.h"
#include "db/standing.h"

/* What a register is at least, until a department sets another (DOMAIN 4.4). */
#define DEFAULT_MARKING "OFFICIAL-SENSITIVE"

struct entry
session_entry(const struct session *session, enum entry_kind kind, const char *what,
	      const char *why)
{
	return (struct entry){ .kind = kind,
			       .who = session->who,
			       .laptop = session->laptop,
			       .what = what,
			       .why = why,
			       .at = session->now };
}

static const char *
setting(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

/* The folder of Terrier's own files: $XDG_DATA_HOME/terrier, or ~/.local/share/terrier. */
static const char *
data_folder(struct arena *arena)
{
	const char *data = setting("XDG_DATA_HOME"), *home = setting("HOME");
	const struct passwd *person = getpwuid(geteuid());

	if (data != NULL && *data == '/')
		return arena_format(arena, "%s/terrier", data);
	if (home == NULL)
		home = person != NULL ? person->pw_dir : "/";
	return arena_format(arena, "%s/.local/share/terrier", home);
}

bool
session_make_folder(const char *path, struct error *error)
{
	struct arena arena = { 0 };
	char *folder = arena_text(&arena, path);
	bool made = true;

	for (char *slash = strchr(folder + 1, '/'); slash != NULL && made;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			made = error_set(error, ERROR_FILE, "The folder %s cannot be made: %s.",
					 folder, strerror(errno));
		*slash = '/';
	}
	arena_free(&arena);
	return made;
}

static bool
read_clock(struct session *session, struct error *error)
{
	const char *fixed = setting("TERRIER_NOW");
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	session->now = now.tv_sec;
	if (fixed != NULL && !date_parse_instant(fixed, &session->now))
		return error_set(error, ERROR_USAGE,
				 "TERRIER_NOW is '%s', which is no day (2026-11-21) or instant "
				 "(2026-11-21T12:30:00Z).",
				 fixed);
	session->today = date_from_instant(session->now);
	return true;
}

static const char *
person_name(struct arena *arena)
{
	const struct passwd *person = getpwuid(geteuid());
	const char *set = setting("TERRIER_WHO");

	if (set != NULL)
		return arena_text(arena, set);
	return person != NULL ? arena_text(arena, person->pw_name) : "unknown";
}

/* A new name for this laptop, kept beside the default register. */
static const char *
name_laptop(const char *path, struct arena *arena, struct error *error)
{
	struct uuid uuid = uuid_new();
	char text[UUID_TEXT_SIZE];
	int file;
	bool written;

	if (!session_make_folder(path, error))
		return NULL;
	uuid_format(&uuid, text);
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	written = file >= 0 && write(file, text, UUID_TEXT_SIZE - 1) == UUID_TEXT_SIZE - 1 &&
		  fsync(file) == 0;
	if (file >= 0)
		close(file);
	if (written)
		return arena_text(arena, text);
	error_set(error, ERROR_FILE,
		  "The name of this laptop cannot be written to %s: %s. The history needs it.",
		  path, strerror(errno));
	return NULL;
}

bool
session_name_laptop(struct session *session, struct arena *arena, struct error *error)
{
	const char *set = setting("TERRIER_LAPTOP");
	const char *path = arena_format(arena, "%s/laptop", data_folder(arena));
	char text[UUID_TEXT_SIZE] = "";
	int file;

	if (set != NULL) {
		session->laptop = arena_text(arena, set);
		return true;
	}
	file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (file >= 0) {
		bool whole = read(file, text, UUID_TEXT_SIZE - 1) == UUID_TEXT_SIZE - 1;

		close(file);
		session->laptop = whole ? arena_text(arena, text) : NULL;
	} else {
		session->laptop = name_laptop(path, arena, error);
		return session->laptop != NULL;
	}
	return session->laptop != NULL ||
	       error_set(error, ERROR_FILE,
			 "%s is damaged. Remove it; this laptop then gets a new name.", path);
}

bool
session_init(struct session *session, const char *register_path, struct arena *arena,
	     struct error *error)
{
	const char *path = register_path != NULL ? register_path : setting("TERRIER_REGISTER");

	*session = (struct session){ .marking = DEFAULT_MARKING };
	session->path = path != NULL ? arena_text(arena, path)
				     : arena_format(arena, "%s/estate.terrier", data_folder(arena));
	session->who = person_name(arena);
	return read_clock(session, error);
}

bool
session_open(struct session *session, enum store_mode mode, struct error *error)
{
	session->store = store_open(session->path, mode, error);
	if (session->store == NULL)
		return false;
	store_set_progress(session->store, session->progress);
	if (standing_prepare(session->store, session->today, error))
		return true;
	session_close(session);
	return false;
}

void
session_close(struct session *session)
{
	store_close(session->store);
	session->store = NULL;
}
