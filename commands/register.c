/* SPDX-License-Identifier: MIT */
#include "commands/register.h"

#include <unistd.h>

#include "commands/demo.h"
#include "commands/starter.h"

const struct operand init_operands[] = {
	{ "demo", OPERAND_FLAG, 0, NULL, "fill it with a made-up estate to try things on", NULL },
	{ 0 }
};

static bool
insert_starter(struct session *session, struct error *error)
{
	struct entry entry = session_entry(session, "init", "Made the register, with the starter list of manufacturers", NULL);

	if (!store_entry_begin(session->store, &entry, error))
		return false;
	if (starter_insert(session, error))
		return store_entry_commit(session->store, error);
	store_entry_rollback(session->store);
	return false;
}

bool
command_init(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	bool demo = request_has(request, "demo"), made;

	if (!session_make_folder(session->path, error) || !session_open(session, STORE_CREATE, error))
		return false;
	made = demo ? demo_fill(session, error) : insert_starter(session, error);
	if (!made) {
		session_close(session);
		unlink(session->path);
		return false;
	}
	text_format(&reply->words, "Made %s %s.\n", demo ? "a register with a made-up estate:" : "an empty register:",
		    session->path);
	text_append(&reply->words, demo ? "Nothing in it is real. Open it with: terrier\n" :
		    "No manufacturer is covered until you say so: see terrier list manufacturers and terrier help "
		    "manufacturer cover.\n");
	return true;
}

bool
command_check(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	(void)request;
	if (!store_check(session->store, error))
		return false;
	text_format(&reply->words, "%s is sound.\n", session->path);
	return true;
}
