/* SPDX-License-Identifier: MIT */
#include "commands/register.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/demo.h"
#include "commands/starter.h"
#include "db/standing.h"

const struct operand init_operands[] = {
	{ "demo", OPERAND_FLAG, 0, NULL, "fill it with a made-up estate to try things on", NULL },
	{ 0 }
};

static bool
insert_starter(struct session *session, struct error *error)
{
	struct entry entry =
		session_entry(session, ENTRY_KIND_INIT,
			      "Made the register, with the starter list of manufacturers", NULL);

	if (!store_entry_begin(session->store, &entry, error))
		return false;
	if (starter_insert(session, error))
		return store_entry_commit(session->store, error);
	store_entry_rollback(session->store);
	return false;
}

/*
 * Makes the whole register under another name in the same folder, so that a half-made one is never
 * taken for one.
 */
static bool
make_aside(struct session *session, bool demo, struct error *error)
{
	bool made = session_open(session, STORE_CREATE, error) &&
		(demo ? demo_fill(session, error) : insert_starter(session, error));

	session_close(session);
	return made;
}

static bool
say_taken(const char *path, struct error *error)
{
	return error_set(error, ERROR_CONFLICT,
			 "%s exists already. It was not changed; choose another name.", path);
}

static bool
give_name(const char *aside, const char *path, struct error *error)
{
	if (link(aside, path) == 0)
		return true;
	if (errno == EEXIST || access(path, F_OK) == 0)
		return say_taken(path, error);
	/* FAT has no links; nobody has the name yet. */
	return rename(aside, path) == 0 ||
	       error_set(error, ERROR_FILE, "The register %s cannot be made: %s.", path,
			 strerror(errno));
}

/* A name that lists leave out, in the same folder. */
static const char *
aside_name(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	return arena_format(arena, "%.*s.%s.%ld.new", (int)(name - path), path, name,
			    (long)getpid());
}

static bool
make_register(struct session *session, bool demo, struct error *error)
{
	struct arena arena = { 0 };
	const char *path = session->path, *aside = aside_name(&arena, path);
	bool made;

	session->path = aside;
	made = make_aside(session, demo, error);
	session->path = path;
	made = made && give_name(aside, path, error);
	unlink(aside);
	arena_free(&arena);
	return made && session_open(session, STORE_WRITE, error);
}

/* Asked before anything is made, so that what is said is about the name that the person gave. */
static bool
check_folder(const char *path, struct error *error)
{
	struct arena arena = { 0 };
	const char *slash = strrchr(path, '/');
	const char *folder = slash != NULL ? arena_bytes(&arena, path, (size_t)(slash + 1 - path))
					   : ".";
	bool writable = access(folder, W_OK | X_OK) == 0 ||
			error_set(error, ERROR_FILE,
				  "The register %s cannot be made: its folder may not be written "
				  "(%s).",
				  path, strerror(errno));

	arena_free(&arena);
	return writable;
}

bool
command_init(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	bool demo = request_has(request, "demo");

	if (!session_make_folder(session->path, error) || !check_folder(session->path, error))
		return false;
	if (access(session->path, F_OK) == 0)
		return say_taken(session->path, error);
	if (!make_register(session, demo, error))
		return false;
	text_format(&reply->words, "Made %s %s.\n",
		    demo ? "a register with a made-up estate:" : "an empty register:",
		    session->path);
	if (demo)
		text_format(&reply->words, "Nothing in it is real. Open it with: terrier -r %s\n",
			    session->path);
	else
		text_append(&reply->words,
			    "No manufacturer is covered until you say so: see terrier list "
			    "manufacturers and terrier help manufacturer cover.\n");
	return true;
}

bool
command_check(struct session *session, const struct request *request, struct reply *reply,
	      struct error *error)
{
	(void)request;
	if (!store_check(session->store, error) ||
	    !standing_check(session->store, session->today, error))
		return false;
	text_format(&reply->words, "%s is sound.\n", session->path);
	return true;
}
