/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_SESSION_H
#define COMMANDS_SESSION_H

#include "core/date.h"
#include "core/entity.h"
#include "core/error.h"
#include "core/progress.h"
#include "db/history.h"
#include "db/store.h"

/*
 * One person at one register.  The command line makes one for one command, the screens one for as
 * long as they run.  The texts belong to whoever made it.
 */
struct session {
	struct store *store;		/* NULL until a register is open */
	const char *path;		/* of the register, open or not */
	/* Seconds since 1970: TERRIER_NOW, or the clock when the session began. */
	int64_t now;
	struct date today;		/* of now */
	const char *who;
	const char *laptop;		/* its UUID; NULL until session_name_laptop() */
	const char *marking;		/* "OFFICIAL-SENSITIVE" */
	const struct progress *progress;	/* who is told about long work; NULL for nobody */
};

/* The words of an entry that this session begins. */
struct entry session_entry(const struct session *session, enum entry_kind kind, const char *what,
			   const char *why);

/* Opens session->path; NULL store and an error when it cannot be. */
bool session_open(struct session *session, enum store_mode mode, struct error *error);
void session_close(struct session *session);

/*
 * Fills now, today, who, marking and path from the environment; register_path is -r, or NULL. Texts
 * in the arena.
 */
bool session_init(struct session *session, const char *register_path, struct arena *arena,
		  struct error *error);

/* Fills laptop, making its name the first time. Before any writing; command_run() sees to it. */
bool session_name_laptop(struct session *session, struct arena *arena, struct error *error);

/* Makes the folders that the path of a file needs, each its owner's only. */
bool session_make_folder(const char *path, struct error *error);

#endif
