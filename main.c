/* SPDX-License-Identifier: MIT */
/* terrier: a register of sites and of the surveillance devices on them. */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cli/run.h"
#include "tui/app.h"

/*
 * A program may be started with its standard streams closed, and the next file
 * it opens, such as the register, then becomes its standard output.  So each
 * is opened here, the wrong way round: using it fails and is reported.
 */
static void
occupy_standard_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", modes[stream]) != stream)
			_exit(RUN_FAILED);
}

/*
 * What is in the register is nobody else's business: no file for others to read, no image of the
 * memory on disk.
 */
static void
protect_data(void)
{
	struct rlimit none = { 0, 0 };

	umask(S_IRWXG | S_IRWXO);
	setrlimit(RLIMIT_CORE, &none);
#ifdef PR_SET_DUMPABLE
	prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
#endif
}

/* The widths of characters are those of a UTF-8 locale, whatever the language of the machine. */
static void
use_utf8(void)
{
	if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* The person who starts the program for the first time meets this sentence first. */
static enum run_status
explain_failure(const struct error *error)
{
	struct error longer = *error;

	if (error->kind == ERROR_NOT_FOUND)
		error_set(&longer, error->kind,
			  "%s `terrier init --demo` makes one with a made-up estate to look at.",
			  error->message);
	return run_failed(NULL, &longer);
}

static enum run_status
open_screens(struct session *session)
{
	struct error error = { 0 };
	bool done;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		error_set(&error, ERROR_USAGE,
			  "The screens need a terminal. `terrier help` lists the commands that "
			  "work without one.");
		return run_failed(NULL, &error);
	}
	done = session_open(session, STORE_WRITE, &error) && app_run(session, &error);
	session_close(session);
	return done ? RUN_DONE : explain_failure(&error);
}

static enum run_status
run(size_t count, char *const words[], struct arena *arena)
{
	struct session session = { 0 };
	struct options options = { 0 };
	struct error error = { 0 };

	if (!options_read(count, words, arena, &options, &error))
		return run_failed(options.request.command, &error);
	if (options.wish != OPTIONS_HELP && options.wish != OPTIONS_VERSION &&
	    !session_init(&session, options.register_path, arena, &error))
		return run_failed(NULL, &error);
	return options.wish == OPTIONS_SCREENS ? open_screens(&session)
					       : run_options(&options, &session, arena);
}

int
main(int argc, char *argv[])
{
	struct arena arena = { 0 };
	enum run_status status;

	occupy_standard_streams();
	protect_data();
	signal(SIGPIPE, SIG_IGN);
	use_utf8();
	status = run(argc > 0 ? (size_t)argc - 1 : 0, argv + 1, &arena);
	arena_free(&arena);
	return (int)status;
}
