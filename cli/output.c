/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void
output_open(struct output *output)
{
	*output = (struct output){ .is_terminal = isatty(STDOUT_FILENO) };
}

static bool
explain_failure(struct output *output, struct error *error)
{
	if (errno == EPIPE) {
		output->reader_left = true;
		return error_set(error, ERROR_CANCELLED, "Whoever read the output has stopped reading.");
	}
	return error_set(error, ERROR_FILE, "The output could not be written: %s.",
			 errno == EBADF ? "it is closed" : strerror(errno));
}

static bool
write_bytes(struct output *output, const char *bytes, size_t size, struct error *error)
{
	return fwrite(bytes, 1, size, stdout) == size || explain_failure(output, error);
}

/* Writes the line that was held back, harmless. */
static bool
write_line(struct output *output, const char *end, struct error *error)
{
	struct text harmless = { 0 };
	bool written;

	text_for_screen(&harmless, text_words(&output->line), -1);
	text_append(&harmless, end);
	text_clear(&output->line);
	written = write_bytes(output, text_words(&harmless), harmless.length, error);
	text_free(&harmless);
	return written;
}

static bool
write_to_terminal(struct output *output, const char *bytes, size_t size, struct error *error)
{
	const char *end;

	while ((end = memchr(bytes, '\n', size)) != NULL) {
		text_append_bytes(&output->line, bytes, (size_t)(end - bytes));
		if (!write_line(output, "\n", error))
			return false;
		size -= (size_t)(end + 1 - bytes);
		bytes = end + 1;
	}
	text_append_bytes(&output->line, bytes, size);
	return true;
}

static bool
write_output(void *context, const char *bytes, size_t size, struct error *error)
{
	struct output *output = context;

	return output->is_terminal ? write_to_terminal(output, bytes, size, error)
				   : write_bytes(output, bytes, size, error);
}

struct sink
output_sink(struct output *output)
{
	return (struct sink){ write_output, output };
}

bool
output_close(struct output *output, struct error *error)
{
	bool written = output->line.length == 0 || write_line(output, "", error);

	text_free(&output->line);
	if (written && fflush(stdout) != 0)
		written = explain_failure(output, error);
	return written;
}

void
output_sentences(FILE *stream, const char *sentences)
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
