/* SPDX-License-Identifier: MIT */
#include "cli/printer.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void
printer_open(struct printer *printer)
{
	struct winsize size = { 0 };

	*printer = (struct printer){ .is_terminal = isatty(STDOUT_FILENO) };
	if (printer->is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		printer->columns = size.ws_col;
}

static bool
explain_failure(struct printer *printer, struct error *error)
{
	if (errno == EPIPE) {
		printer->reader_left = true;
		return error_set(error, ERROR_CANCELLED,
				 "Whoever read the output has stopped reading.");
	}
	return error_set(error, ERROR_FILE, "The output could not be written: %s.",
			 errno == EBADF ? "it is closed" : strerror(errno));
}

static bool
write_bytes(struct printer *printer, const char *bytes, size_t size, struct error *error)
{
	return fwrite(bytes, 1, size, stdout) == size || explain_failure(printer, error);
}

/* Writes the line that was held back, harmless. A file's line end may have a CR before the LF. */
static bool
write_line(struct printer *printer, const char *end, struct error *error)
{
	struct text harmless = { 0 };
	bool written;

	if (printer->line.length > 0 && printer->line.bytes[printer->line.length - 1] == '\r')
		printer->line.bytes[--printer->line.length] = '\0';
	text_for_screen(&harmless, text_words(&printer->line), -1);
	text_append(&harmless, end);
	text_clear(&printer->line);
	written = write_bytes(printer, text_words(&harmless), harmless.length, error);
	text_free(&harmless);
	return written;
}

static bool
write_to_terminal(struct printer *printer, const char *bytes, size_t size, struct error *error)
{
	const char *end;

	while ((end = memchr(bytes, '\n', size)) != NULL) {
		text_append_bytes(&printer->line, bytes, (size_t)(end - bytes));
		if (!write_line(printer, "\n", error))
			return false;
		size -= (size_t)(end + 1 - bytes);
		bytes = end + 1;
	}
	text_append_bytes(&printer->line, bytes, size);
	return true;
}

static bool
write_output(void *context, const char *bytes, size_t size, struct error *error)
{
	struct printer *printer = context;

	return printer->is_terminal ? write_to_terminal(printer, bytes, size, error)
				   : write_bytes(printer, bytes, size, error);
}

struct sink
printer_sink(struct printer *printer)
{
	return (struct sink){ write_output, printer };
}

bool
printer_close(struct printer *printer, struct error *error)
{
	bool written = printer->line.length == 0 || write_line(printer, "", error);

	text_free(&printer->line);
	if (written && fflush(stdout) != 0)
		written = explain_failure(printer, error);
	return written;
}

void
printer_sentences(FILE *stream, const char *sentences)
{
	struct text line = { 0 }, harmless = { 0 };

	while (*sentences != '\0') {
		size_t size = strcspn(sentences, "\n");

		text_clear(&line);
		text_clear(&harmless);
		text_append_bytes(&line, sentences, size);
		text_for_screen(&harmless, text_words(&line), -1);
		fprintf(stream, "%s\n", text_words(&harmless));
		sentences += size + (sentences[size] == '\n');
	}
	text_free(&line);
	text_free(&harmless);
}
