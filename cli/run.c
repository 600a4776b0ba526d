/* SPDX-License-Identifier: MIT */
#include "cli/run.h"

#include <stdio.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/meter.h"
#include "cli/printer.h"
#include "cli/usage.h"

/* kind of error -> exit status */
static const enum run_status statuses[] = {
	[ERROR_NONE] = RUN_DONE,
	[ERROR_USAGE] = RUN_MISUSED,
	[ERROR_INVALID] = RUN_FAILED,
	[ERROR_NOT_FOUND] = RUN_FAILED,
	[ERROR_CONFLICT] = RUN_FAILED,
	[ERROR_DATABASE] = RUN_FAILED,
	[ERROR_FILE] = RUN_FAILED,
	[ERROR_CANCELLED] = RUN_FAILED,
};

enum run_status
run_failed(const struct command *command, const struct error *error)
{
	size_t length = strlen(error->message);
	bool ends = length > 0 && strchr(".?!", error->message[length - 1]) != NULL;
	struct text words = { 0 };

	/* One sentence: a line end in the name of a file begins no other. */
	text_append(&words, "terrier: ");
	text_for_screen(&words, error->message, -1);
	text_append(&words, ends ? "\n" : ".\n");
	if (error->kind == ERROR_USAGE && command != NULL)
		usage_line(&words, command);
	printer_sentences(stderr, text_words(&words));
	text_free(&words);
	return statuses[error->kind];
}

/* Opens the register if the command needs one, and runs it. */
static bool
open_and_run(const struct options *options, struct session *session, struct reply *reply,
	     struct error *error)
{
	unsigned needs = request_needs(&options->request);
	enum store_mode mode = needs & NEED_WRITE ? STORE_WRITE : STORE_READ;

	return request_check(&options->request, error) &&
	       ((needs & NEED_STORE) == 0 || session_open(session, mode, error)) &&
	       command_run(session, &options->request, reply, error);
}

/* A pipe whose reader has seen enough (`terrier list devices | head`) is no failure. */
static enum run_status
finish(const struct options *options, struct printer *printer, const struct reply *reply, bool done,
       struct error *error)
{
	struct error late = { 0 };
	bool written = printer_close(printer, &late);

	printer_sentences(stderr, text_words(&reply->words));
	if (printer->reader_left)
		return RUN_DONE;
	if (!done)
		return run_failed(options->request.command, error);
	if (!written)
		return run_failed(options->request.command, &late);
	return reply->refused ? RUN_REFUSED : RUN_DONE;
}

static enum run_status
run_command(const struct options *options, struct session *session)
{
	struct error error = { 0 };
	struct printer printer = { 0 };
	struct reply reply = { 0 };
	struct meter meter = { 0 };
	enum run_status status;
	bool done;

	interrupt_catch();
	printer_open(&printer);
	meter_start(&meter);
	session->progress = &meter.progress;
	reply.data = printer_sink(&printer);
	reply.columns = printer.columns;
	done = open_and_run(options, session, &reply, &error);
	session_close(session);
	session->progress = NULL;
	meter_finish(&meter);
	status = finish(options, &printer, &reply, done, &error);
	text_free(&reply.words);
	return status;
}

/* Prints words that are the answer: help, the version. */
static enum run_status
print(const struct text *words)
{
	struct error error = { 0 };
	struct printer printer = { 0 };
	struct sink sink;
	bool written;

	printer_open(&printer);
	sink = printer_sink(&printer);
	written = sink_write(&sink, text_words(words), words->length, &error);
	if (!printer_close(&printer, &error))
		written = false;
	return written || printer.reader_left ? RUN_DONE : run_failed(NULL, &error);
}

static enum run_status
run_help(const struct options *options, struct arena *arena)
{
	const struct command *command = options->request.command;
	struct error error = { 0 };
	struct text words = { 0 };
	enum run_status status = RUN_DONE;

	if (command != NULL)
		usage_command(&words, command);
	else if (!usage_topic(&words, options->topic_count, options->topics, arena, &error))
		status = run_failed(NULL, &error);
	if (status == RUN_DONE)
		status = print(&words);
	text_free(&words);
	return status;
}

static enum run_status
run_version(void)
{
	struct text words = { 0 };
	enum run_status status;

	text_append(&words, "terrier " VERSION "\n");
	status = print(&words);
	text_free(&words);
	return status;
}

enum run_status
run_options(const struct options *options, struct session *session, struct arena *arena)
{
	if (options->wish == OPTIONS_HELP)
		return run_help(options, arena);
	if (options->wish == OPTIONS_VERSION)
		return run_version();
	return run_command(options, session);
}
