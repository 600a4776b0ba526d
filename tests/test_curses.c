/* SPDX-License-Identifier: MIT */
/*
 * The real terminal without a person: curses writes to a pseudo-terminal of
 * our own, we type at its other end, and read back what it believes is on the screen.
 */
#define _XOPEN_SOURCE_EXTENDED 1
#define _XOPEN_SOURCE 700

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/screen.h"

enum { ROWS = 12, COLUMNS = 60 };

/* curses forgets the screen that it began when it then finds that it knows nothing of the terminal. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n";
}

/* Our side of the pseudo-terminal, and what the program's own streams were. */
static struct {
	int side, input, output;
} pty = { -1, -1, -1 };

static int
open_terminal(void **state)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
	int other;

	(void)state;
	pty.side = posix_openpt(O_RDWR | O_NOCTTY);
	if (pty.side < 0 || grantpt(pty.side) != 0 || unlockpt(pty.side) != 0)
		return -1;
	other = open(ptsname(pty.side), O_RDWR | O_NOCTTY);
	if (other < 0 || ioctl(other, TIOCSWINSZ, &size) != 0)
		return -1;
	fflush(stdout);
	pty.input = dup(STDIN_FILENO);
	pty.output = dup(STDOUT_FILENO);
	dup2(other, STDIN_FILENO);
	dup2(other, STDOUT_FILENO);
	close(other);
	setenv("TERM", "xterm-256color", 1);
	return 0;
}

static int
close_terminal(void **state)
{
	(void)state;
	screen_close();
	fflush(stdout);
	dup2(pty.input, STDIN_FILENO);
	dup2(pty.output, STDOUT_FILENO);
	close(pty.input);
	close(pty.output);
	close(pty.side);
	return 0;
}

static void
type(const char *bytes)
{
	assert_int_equal(write(pty.side, bytes, strlen(bytes)), strlen(bytes));
}

/* What the terminal was sent so far: up to a mark that is sent behind it. */
static const char *
sent(char *bytes, size_t room)
{
	static const char mark = '\001';
	size_t used = 0;

	assert_int_equal(write(STDOUT_FILENO, &mark, 1), 1);
	while (used < room - 1 && (used == 0 || bytes[used - 1] != mark)) {
		ssize_t size = read(pty.side, bytes + used, room - 1 - used);

		assert_true(size > 0);
		used += (size_t)size;
	}
	bytes[used - 1] = '\0';
	return bytes;
}

static void
assert_row(int row, const char *expected)
{
	wchar_t wide[COLUMNS + 1];
	char text[512];
	size_t size;

	assert_int_not_equal(mvinnwstr(row, 0, wide, COLUMNS), ERR);
	size = wcstombs(text, wide, sizeof text);
	assert_true(size < sizeof text);
	while (size > 0 && text[size - 1] == ' ')
		text[--size] = '\0';
	assert_string_equal(text, expected);
}

static void
open_screen(void)
{
	struct error error = { 0 };

	if (!screen_open(&error))
		fail_msg("%s", error.message);
	screen_clear();
}

static void
what_is_written_stands_in_its_columns(void **state)
{
	int rows, columns;

	(void)state;
	open_screen();
	screen_size(&rows, &columns);
	assert_int_equal(rows, ROWS);
	assert_int_equal(columns, COLUMNS);
	screen_text(0, 0, 20, STYLE_HEADING,
		    "\346\227\245\346\234\254\350\252\236\343\202\271\343\202\244\343\203\203\343\203\201");
	screen_text(0, 20, 10, STYLE_PLAIN, "behind");
	screen_text(1, 0, 8, STYLE_CURSOR, "far too long for it");
	screen_text(1, 8, 3, STYLE_PLAIN, "end");
	screen_show();
	assert_row(0,
		   "\346\227\245\346\234\254\350\252\236\343\202\271\343\202\244\343\203\203\343\203\201      behind");
	assert_row(1, "far too\342\200\246end");
}

static void
hostile_text_reaches_no_other_cell_and_no_escape_gets_out(void **state)
{
	char bytes[65536];

	(void)state;
	open_screen();
	screen_text(2, 5, 30, STYLE_PLAIN, "a\033]0;title\007b\rc\nd\tx\302\233" "2Je");
	screen_text(2, 40, 5, STYLE_PLAIN, "clean");
	screen_show();
	sent(bytes, sizeof bytes);
	assert_null(strstr(bytes, "\033]0"));
	assert_null(strchr(bytes, '\007'));
	assert_null(strstr(bytes, "\302\233"));
	assert_row(2, "     a\\x1b]0;title\\x07b c d x\\x9b2\342\200\246     clean");
}

static void
keys_come_out_as_what_they_are(void **state)
{
	static const struct { const char *bytes; int key; } keys[] = {
		{ "j", 'j' }, { "\303\251", 0xe9 }, { "\346\227\245", 0x65e5 }, { "\r", KEY_RETURN },
		{ "\t", KEY_TABULATOR }, { "\177", KEY_RUBOUT }, { "\023", KEY_CONTROL('S') },
		{ "\003", KEY_CONTROL('C') }, { "\033OA", KEY_UP_ARROW }, { "\033OB", KEY_DOWN_ARROW },
		{ "\033[6~", KEY_PAGE_DOWN }, { "\033OH", KEY_FIRST }, { "\033[3~", KEY_DELETE },
		{ "\033[Z", KEY_BACK_TAB }, { "\033OP", KEY_FUNCTION + 1 }, { "\033OQ", KEY_FUNCTION + 2 },
		{ "\033[21~", KEY_FUNCTION + 10 }, { "\033[200~", KEY_PASTE_BEGIN }, { "\033[201~", KEY_PASTE_END },
		{ "\033", KEY_ESCAPE },
	};

	(void)state;
	open_screen();
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		assert_false(screen_key_is_waiting());
		type(keys[i].bytes);
		assert_int_equal(screen_key(), keys[i].key);
	}
}

static void
a_key_that_waits_is_not_lost(void **state)
{
	(void)state;
	open_screen();
	type("ab");
	while (!screen_key_is_waiting())
		;
	assert_true(screen_key_is_waiting());
	assert_int_equal(screen_key(), 'a');
	assert_int_equal(screen_key(), 'b');
	assert_false(screen_key_is_waiting());
}

static void
a_wait_ends_without_a_key_and_takes_none(void **state)
{
	(void)state;
	open_screen();
	assert_false(screen_wait(1));
	type("a");
	assert_true(screen_wait(1000));
	assert_true(screen_wait(1));
	assert_int_equal(screen_key(), 'a');
	assert_false(screen_wait(0));
}

static void
a_resize_is_a_key(void **state)
{
	struct winsize size = { .ws_row = 30, .ws_col = 100 };
	int rows, columns;

	(void)state;
	open_screen();
	assert_int_equal(ioctl(STDIN_FILENO, TIOCSWINSZ, &size), 0);
	raise(SIGWINCH);
	assert_int_equal(screen_key(), KEY_RESIZED);
	screen_size(&rows, &columns);
	assert_int_equal(rows, 30);
	assert_int_equal(columns, 100);
}

static void
the_terminal_is_given_back_as_it_was(void **state)
{
	struct termios before, during, after;
	char bytes[65536];

	(void)state;
	assert_int_equal(tcgetattr(STDIN_FILENO, &before), 0);
	open_screen();
	assert_int_equal(tcgetattr(STDIN_FILENO, &during), 0);
	assert_int_equal(during.c_lflag & (tcflag_t)(ECHO | ICANON), 0);
	assert_non_null(strstr(sent(bytes, sizeof bytes), "\033[?2004h"));
	screen_close();
	assert_non_null(strstr(sent(bytes, sizeof bytes), "\033[?2004l"));
	assert_int_equal(tcgetattr(STDIN_FILENO, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	assert_memory_equal(after.c_cc, before.c_cc, sizeof before.c_cc);
}

static void
no_library_writes_on_the_screen(void **state)
{
	int errors = dup(STDERR_FILENO);
	char bytes[65536];

	(void)state;
	dup2(STDOUT_FILENO, STDERR_FILENO);
	open_screen();
	screen_show();
	fprintf(stderr, "[WARNING] a library talks\n");
	assert_null(strstr(sent(bytes, sizeof bytes), "a library talks"));
	screen_close();
	fprintf(stderr, "now it may\n");
	sent(bytes, sizeof bytes);
	dup2(errors, STDERR_FILENO);
	close(errors);
	assert_non_null(strstr(bytes, "now it may"));
}

static void
colours_are_left_out_when_asked(void **state)
{
	char bytes[65536];

	(void)state;
	setenv("NO_COLOR", "1", 1);
	open_screen();
	screen_text(0, 0, 10, STYLE_BAR, "bar");
	screen_show();
	assert_null(strstr(sent(bytes, sizeof bytes), "[37m"));
	assert_null(strstr(bytes, "[44m"));
	screen_close();
	unsetenv("NO_COLOR");
	open_screen();
	screen_text(0, 0, 10, STYLE_BAR, "bar");
	screen_show();
	assert_non_null(strstr(sent(bytes, sizeof bytes), "[37m"));
}

static void
refuses(const char *name, const char *words)
{
	struct error error = { 0 };

	if (name != NULL)
		setenv("TERM", name, 1);
	else
		unsetenv("TERM");
	assert_false(screen_open(&error));
	assert_non_null(strstr(error.message, words));
	assert_non_null(strstr(error.message, "terrier help"));
}

static void
a_terminal_that_cannot_show_screens_is_refused_with_a_sentence(void **state)
{
	(void)state;
	refuses(NULL, "TERM is not set");
	refuses("", "TERM is not set");
	refuses("dumb", "TERM is dumb");
	refuses("no-such-terminal", "no-such-terminal");
}

/* Last: from here on the program is asked to end, and that is not taken back. */
static void
the_request_to_end_is_a_key_that_stays(void **state)
{
	(void)state;
	open_screen();
	raise(SIGTERM);
	type("a");
	assert_true(screen_key_is_waiting());
	assert_int_equal(screen_key(), KEY_CLOSED);
	assert_int_equal(screen_key(), KEY_CLOSED);
}

#define terminal_test(test) cmocka_unit_test_setup_teardown(test, open_terminal, close_terminal)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		terminal_test(what_is_written_stands_in_its_columns),
		terminal_test(hostile_text_reaches_no_other_cell_and_no_escape_gets_out),
		terminal_test(keys_come_out_as_what_they_are),
		terminal_test(a_key_that_waits_is_not_lost),
		terminal_test(a_wait_ends_without_a_key_and_takes_none),
		terminal_test(a_resize_is_a_key),
		terminal_test(the_terminal_is_given_back_as_it_was),
		terminal_test(no_library_writes_on_the_screen),
		terminal_test(colours_are_left_out_when_asked),
		terminal_test(a_terminal_that_cannot_show_screens_is_refused_with_a_sentence),
		terminal_test(the_request_to_end_is_a_key_that_stays),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
