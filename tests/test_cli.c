/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cli/interrupt.h"
#include "cli/meter.h"
#include "cli/options.h"
#include "cli/usage.h"
#include "core/nearest.h"

enum { WORDS_MAX = 12 };

/* One command line that was read. */
struct reading {
	struct arena arena;
	struct options options;
	struct error error;
	char *words[WORDS_MAX];
	bool understood;
};

/* Reads words with single blanks between; "_" inside a word stands for a blank. */
static void
read_words(struct reading *reading, const char *line)
{
	size_t count = 0;

	*reading = (struct reading){ 0 };
	while (*line != '\0') {
		size_t size = strcspn(line, " ");
		char *word = arena_bytes(&reading->arena, line, size);

		for (char *at = word; *at != '\0'; at++)
			*at = *at == '_' ? ' ' : *at;
		assert_true(count < WORDS_MAX);
		reading->words[count++] = word;
		line += size + (line[size] == ' ');
	}
	reading->understood = options_read(count, reading->words, &reading->arena, &reading->options, &reading->error);
}

static void
assert_given(const struct reading *reading, const char *operand, size_t index, const char *word)
{
	size_t count;
	const char *const *words = request_words(&reading->options.request, operand, &count);

	if (!reading->understood)
		fail_msg("%s", reading->error.message);
	assert_true(index < count);
	assert_string_equal(words[index], word);
}

static void
assert_misused(const char *line, const char *sentence)
{
	struct reading reading;

	read_words(&reading, line);
	assert_false(reading.understood);
	assert_int_equal(reading.error.kind, ERROR_USAGE);
	if (strstr(reading.error.message, sentence) == NULL)
		fail_msg("'%s' says: %s", line, reading.error.message);
	arena_free(&reading.arena);
}

static void
no_words_open_the_screens(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "-r my.terrier");
	assert_true(reading.understood);
	assert_int_equal(reading.options.wish, OPTIONS_SCREENS);
	assert_string_equal(reading.options.register_path, "my.terrier");
	arena_free(&reading.arena);
}

static void
the_register_may_be_named_anywhere_and_in_any_form(void **state)
{
	static const char *const lines[] = {
		"-r a.terrier list devices", "list -r a.terrier devices", "list devices --register a.terrier",
		"list devices --register=a.terrier",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct reading reading;

		read_words(&reading, lines[i]);
		assert_true(reading.understood);
		assert_int_equal(reading.options.wish, OPTIONS_COMMAND);
		assert_string_equal(reading.options.register_path, "a.terrier");
		arena_free(&reading.arena);
	}
}

static void
words_go_to_their_places_and_options_to_theirs(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "set site HQ-01 --why as_surveyed town=York notes=a=b");
	assert_string_equal(reading.options.request.command->name, "set");
	assert_given(&reading, "entity", 0, "site");
	assert_given(&reading, "key", 0, "HQ-01");
	assert_given(&reading, "field", 0, "town=York");
	assert_given(&reading, "field", 1, "notes=a=b");
	assert_given(&reading, "why", 0, "as surveyed");
	arena_free(&reading.arena);
}

static void
the_longest_name_is_the_command(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "site assess HQ-01 HQ-02 --limb secret=yes --limb dv=no --by=Ada");
	assert_string_equal(reading.options.request.command->name, "site assess");
	assert_given(&reading, "limb", 1, "dv=no");
	assert_given(&reading, "by", 0, "Ada");
	arena_free(&reading.arena);
}

static void
a_dash_in_a_filter_negates_and_elsewhere_is_a_mistake(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "list devices kind:camera -removed --format csv");
	assert_given(&reading, "filter", 0, "kind:camera");
	assert_given(&reading, "filter", 1, "-removed");
	assert_given(&reading, "format", 0, "csv");
	arena_free(&reading.arena);
	assert_misused("show device -x", "Put -- before a word");
}

static void
after_two_dashes_nothing_is_an_option(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "show device -- -r");
	assert_given(&reading, "key", 0, "-r");
	assert_null(reading.options.register_path);
	arena_free(&reading.arena);
}

static void
a_letter_stands_for_the_output(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "report minister -o book.xlsx");
	assert_given(&reading, "output", 0, "book.xlsx");
	arena_free(&reading.arena);
}

static void
help_after_a_command_is_about_it(void **state)
{
	struct reading reading;

	(void)state;
	read_words(&reading, "site assess --help");
	assert_true(reading.understood);
	assert_int_equal(reading.options.wish, OPTIONS_HELP);
	assert_string_equal(reading.options.request.command->name, "site assess");
	arena_free(&reading.arena);
	read_words(&reading, "--help list devices");
	assert_int_equal(reading.options.wish, OPTIONS_HELP);
	arena_free(&reading.arena);
}

static void
a_mistyped_word_is_answered_with_the_one_that_was_meant(void **state)
{
	(void)state;
	assert_misused("lsit devices", "Did you mean 'list'?");
	assert_misused("site asess HQ-01", "Did you mean 'site assess'?");
	assert_misused("deadline", "deadline set");
	assert_misused("list devices --fromat csv", "Did you mean --format?");
	assert_misused("frobnicate", "`terrier help` lists them");
}

static void
what_is_left_out_or_too_much_is_named(void **state)
{
	(void)state;
	assert_misused("-r", "needs a value");
	assert_misused("list devices --format", "needs a value");
	assert_misused("undo --help=yes", "takes no value");
	assert_misused("-x", "no option -x");
	assert_misused("-", "no option -");
	assert_misused("check now", "one word too many");
	assert_misused("list devices --format csv --format json", "format");
}

static void
a_word_that_is_not_utf8_is_refused(void **state)
{
	(void)state;
	assert_misused("list \xff\xfe", "not UTF-8");
}

static void
the_nearest_word_is_close_or_none(void **state)
{
	struct nearest nearest = { .word = "remvoe" };

	(void)state;
	nearest_consider(&nearest, "replace");
	nearest_consider(&nearest, "remove");
	assert_string_equal(nearest_found(&nearest), "remove");
	nearest = (struct nearest){ .word = "xyz" };
	nearest_consider(&nearest, "remove");
	assert_null(nearest_found(&nearest));
}

static void
a_word_of_any_length_can_be_compared(void **state)
{
	char long_word[200];
	struct nearest nearest = { .word = long_word };

	(void)state;
	memset(long_word, 'a', sizeof long_word - 1);
	long_word[sizeof long_word - 1] = '\0';
	nearest_consider(&nearest, "list");
	assert_null(nearest_found(&nearest));
}

static void
progress_is_a_share_or_a_count(void **state)
{
	char line[METER_LINE_SIZE];

	(void)state;
	meter_line(line, "Reading devices", 450, 1000, 0, 600);
	assert_string_equal(line, "Reading devices  45 %");
	meter_line(line, "Reading devices", 500, 1000, 0, 10000);
	assert_string_equal(line, "Reading devices  50 %  about 11 s left");
	meter_line(line, "Reading devices", 12345, 0, 0, 600);
	assert_string_equal(line, "Reading devices  12,345");
	meter_line(line, "Reading devices", 0, 10, 0, 9000);
	assert_string_equal(line, "Reading devices  0 %");
	meter_line(line, "Reading devices", 450, 1000, 45000, 600);
	assert_string_equal(line, "Reading devices  45 %  45,000 rows");
	meter_line(line, "Reading devices", 500, 1000, 50000, 10000);
	assert_string_equal(line, "Reading devices  50 %  50,000 rows, 5,000 a second, about 11 s left");
	meter_line(line, "Reading devices", 1, 1000, 1000, 2000);
	assert_string_equal(line, "Reading devices  0 %  1,000 rows, 500 a second, about 33 min left");
}

/* The last test that runs work: from here on it is interrupted. */
static void
an_interruption_stops_long_work_in_good_order(void **state)
{
	struct meter meter;

	(void)state;
	signal(SIGINT, SIG_DFL);	/* in the background a shell switches it off, and that is respected */
	interrupt_catch();
	meter_start(&meter);
	assert_true(progress_step(&meter.progress, "Reading devices", 1, 2));
	raise(SIGINT);
	assert_true(interrupt_asked());
	assert_false(progress_step(&meter.progress, "Reading devices", 2, 2));
	meter_finish(&meter);
}

/* Every line of the help fits an 80 column terminal, but for a word that is longer. */
static void
help_fits_the_page(void **state)
{
	struct text help = { 0 };

	(void)state;
	usage_commands(&help);
	for each_command(command)
		usage_command(&help, command);
	for (const char *at = text_words(&help); *at != '\0';) {
		size_t size = strcspn(at, "\n");

		if (size > 80)
			fail_msg("%zu columns: %.*s", size, (int)size, at);
		at += size + (at[size] == '\n');
	}
	text_free(&help);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_words_open_the_screens),
		cmocka_unit_test(the_register_may_be_named_anywhere_and_in_any_form),
		cmocka_unit_test(words_go_to_their_places_and_options_to_theirs),
		cmocka_unit_test(the_longest_name_is_the_command),
		cmocka_unit_test(a_dash_in_a_filter_negates_and_elsewhere_is_a_mistake),
		cmocka_unit_test(after_two_dashes_nothing_is_an_option),
		cmocka_unit_test(a_letter_stands_for_the_output),
		cmocka_unit_test(help_after_a_command_is_about_it),
		cmocka_unit_test(a_mistyped_word_is_answered_with_the_one_that_was_meant),
		cmocka_unit_test(what_is_left_out_or_too_much_is_named),
		cmocka_unit_test(a_word_that_is_not_utf8_is_refused),
		cmocka_unit_test(the_nearest_word_is_close_or_none),
		cmocka_unit_test(a_word_of_any_length_can_be_compared),
		cmocka_unit_test(progress_is_a_share_or_a_count),
		cmocka_unit_test(help_fits_the_page),
		cmocka_unit_test(an_interruption_stops_long_work_in_good_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
