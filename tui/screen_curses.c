/* SPDX-License-Identifier: MIT */
/*
 * The only file that knows curses.  The terminal is one per process, so what
 * belongs to it is kept here and nowhere else.
 */
#define _XOPEN_SOURCE_EXTENDED 1
#define _XOPEN_SOURCE 700

#include <curses.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/screen.h"

enum {
	ESCAPE_DELAY_MS = 25, NO_KEY = -1, SILENT_READS_MAX = 3, SECOND_MS = 1000,
	MILLISECOND_NS = 1000000
};

/* What curses is told to call pasted text, above its own codes. */
enum { CODE_PASTE_BEGIN = KEY_MAX + 1, CODE_PASTE_END };

static struct terminal {
	SCREEN *screen;			/* NULL while it is not open */
	int error_output;		/* the real standard error, kept for the end */
	int next_key;			/* read ahead by screen_key_is_waiting(); NO_KEY for none */
	int cursor_row, cursor_column;
	bool colours;
} terminal = { .error_output = -1, .next_key = NO_KEY };

static volatile sig_atomic_t asked_to_end;

/*
 * How each style looks: without colours first, for NO_COLOR and old terminals; then
 * with them, over the terminal's own background (-1) so that light and dark ones both read well.
 */
static const struct look {
	attr_t plain, coloured;
	short ink, paper;		/* -1: the terminal's own */
} looks[STYLE_COUNT] = {
	[STYLE_PLAIN] =       { A_NORMAL,             A_NORMAL,  -1,          -1 },
	[STYLE_BAR] =         { A_REVERSE,            A_NORMAL,  COLOR_WHITE, COLOR_BLUE },
	[STYLE_BAR_CURRENT] = { A_BOLD,               A_BOLD,    -1,          -1 },
	[STYLE_HEADING] =     { A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE, -1, -1 },
	[STYLE_CURSOR] =      { A_REVERSE,            A_REVERSE, -1,          -1 },
	[STYLE_SELECTED] =    { A_BOLD,               A_BOLD,    -1,          -1 },
	[STYLE_QUIET] =       { A_NORMAL,             A_NORMAL,  -1,          -1 },
	[STYLE_INPUT] =       { A_UNDERLINE,          A_UNDERLINE, -1,        -1 },
	[STYLE_KEY] =         { A_BOLD,               A_BOLD,    -1,          -1 },
	[STYLE_ERROR] =       { A_BOLD,               A_BOLD,    COLOR_WHITE, COLOR_RED },
};

static const struct { int code, key; } codes[] = {
	{ KEY_UP, KEY_UP_ARROW }, { KEY_DOWN, KEY_DOWN_ARROW },
	{ KEY_LEFT, KEY_LEFT_ARROW }, { KEY_RIGHT, KEY_RIGHT_ARROW },
	{ KEY_PPAGE, KEY_PAGE_UP }, { KEY_NPAGE, KEY_PAGE_DOWN },
	{ KEY_HOME, KEY_FIRST }, { KEY_END, KEY_LAST },
	{ KEY_IC, KEY_INSERT }, { KEY_DC, KEY_DELETE },
	{ KEY_BACKSPACE, KEY_RUBOUT }, { KEY_ENTER, KEY_RETURN }, { KEY_BTAB, KEY_BACK_TAB },
	{ KEY_RESIZE, KEY_RESIZED },
	{ CODE_PASTE_BEGIN, KEY_PASTE_BEGIN }, { CODE_PASTE_END, KEY_PASTE_END },
};

static void
note_end(int signal_number)
{
	(void)signal_number;
	asked_to_end = 1;
}

/* The signals that ask the program to end; its loop then leaves in order. */
static const int ending_signals[] = { SIGHUP, SIGTERM };

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = note_end };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof ending_signals / sizeof ending_signals[0]; i++)
		sigaction(ending_signals[i], &action, NULL);
}

static bool
can_show_screens(struct error *error)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(error, ERROR_USAGE,
				 "the screens need a terminal for both input and output; use the "
				 "commands instead, see terrier help");
	if (name == NULL || *name == '\0' || strcmp(name, "dumb") == 0)
		return error_set(error, ERROR_USAGE,
				 "this terminal cannot show the screens: TERM is %s; use the "
				 "commands instead, see terrier help",
				 name == NULL || *name == '\0' ? "not set" : "dumb");
	return true;
}

/* Ctrl-S, Ctrl-C, Ctrl-V and the like become keys; Ctrl-Z still suspends. */
static void
free_control_keys(void)
{
	struct termios modes;

	if (tcgetattr(STDIN_FILENO, &modes) != 0)
		return;
	modes.c_iflag &= (tcflag_t)~(IXON | IXOFF);
	modes.c_lflag &= (tcflag_t)~IEXTEN;
	modes.c_cc[VINTR] = modes.c_cc[VQUIT] = _POSIX_VDISABLE;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
	def_prog_mode();
}

static void
set_colours(void)
{
	const char *refused = getenv("NO_COLOR");

	terminal.colours = (refused == NULL || *refused == '\0') && has_colors() &&
			   start_color() == OK && use_default_colors() == OK;
	for (short style = 0; terminal.colours && style < STYLE_COUNT; style++)
		init_pair((short)(style + 1), looks[style].ink, looks[style].paper);
}

/* Libraries write warnings to standard error; they must not land on the screen. */
static void
hide_error_output(void)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fflush(stderr);
	terminal.error_output = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (nowhere >= 0) {
		dup2(nowhere, STDERR_FILENO);
		close(nowhere);
	}
}

static void
show_error_output(void)
{
	if (terminal.error_output < 0)
		return;
	fflush(stderr);
	dup2(terminal.error_output, STDERR_FILENO);
	close(terminal.error_output);
	terminal.error_output = -1;
}

/* Asks the terminal to mark pasted text, or to stop it; one that cannot ignores it. */
static void
mark_pastes(bool wanted)
{
	putp(wanted ? "\033[?2004h" : "\033[?2004l");
	fflush(stdout);
}

static void
set_keys(void)
{
	cbreak();
	noecho();
	nonl();
	free_control_keys();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_DELAY_MS);
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
}

bool
screen_open(struct error *error)
{
	if (!can_show_screens(error))
		return false;
	terminal.screen = newterm(NULL, stdout, stdin);
	if (terminal.screen == NULL)
		return error_set(error, ERROR_USAGE,
				 "this terminal cannot show the screens: nothing is known about a "
				 "TERM of '%.40s'; use the commands instead, see terrier help",
				 getenv("TERM"));
	if (tigetstr("cup") == NULL) {
		endwin();
		delscreen(terminal.screen);
		terminal.screen = NULL;
		return error_set(error, ERROR_USAGE,
				 "this terminal cannot show the screens: a TERM of '%.40s' cannot "
				 "move its cursor; use the commands instead, see terrier help",
				 getenv("TERM"));
	}
	hide_error_output();
	memory_before_exit(screen_close);
	catch_signals();
	set_keys();
	set_colours();
	mark_pastes(true);
	return true;
}

void
screen_close(void)
{
	if (terminal.screen == NULL)
		return;
	mark_pastes(false);
	endwin();
	delscreen(terminal.screen);
	terminal.screen = NULL;
	show_error_output();
}

void
screen_size(int *rows, int *columns)
{
	getmaxyx(stdscr, *rows, *columns);
}

void
screen_clear(void)
{
	terminal.cursor_row = -1;
	erase();
}

/* The character as the locale can write it: where not, an ellipsis is a '~' and the rest a '?'. */
static wchar_t
writable(wchar_t character)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };

	if (wcrtomb(bytes, character, &state) != (size_t)-1)
		return character;
	return character == L'\u2026' ? L'~' : L'?';
}

static void
set_style(enum style style)
{
	if (terminal.colours)
		attr_set(looks[style].coloured, (short)(style + 1), NULL);
	else
		attr_set(looks[style].plain, 0, NULL);
}

void
screen_place(int row, int column, enum style style, const char *clean)
{
	size_t room = strlen(clean), size;

	set_style(style);
	move(row, column);
	for (; room > 0; clean += size, room -= size) {
		wchar_t character = writable((wchar_t)text_decode(clean, room, &size));

		addnwstr(&character, 1);
	}
	attr_set(A_NORMAL, 0, NULL);
}

void
screen_cursor(int row, int column)
{
	terminal.cursor_row = row;
	terminal.cursor_column = column;
}

void
screen_show(void)
{
	curs_set(terminal.cursor_row >= 0 ? 1 : 0);
	if (terminal.cursor_row >= 0)
		move(terminal.cursor_row, terminal.cursor_column);
	refresh();
}

static int
code_to_key(wint_t code)
{
	if (code > KEY_F0 && code <= KEY_F(12))
		return KEY_FUNCTION + (int)(code - KEY_F0);
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i].code == (int)code)
			return codes[i].key;
	return KEY_OTHER;
}

/* A key that is there already, or NO_KEY. */
static int
read_key(void)
{
	wint_t key;

	switch (get_wch(&key)) {
	case KEY_CODE_YES:
		return code_to_key(key);
	case OK:
		if (key == '\r')
			return KEY_RETURN;
		return key == 0x7f || key == '\b' ? (int)KEY_RUBOUT : (int)key;
	default:
		return NO_KEY;
	}
}

/*
 * Sleeps until there is input or a signal, for ever without a limit; false when that passed.
 * Reading that answers nothing again and again is the end of the input.
 */
static bool
wait_for_input(const struct timespec *limit, int *silent_reads)
{
	sigset_t ending, before;
	fd_set input;
	int ready = -1;

	FD_ZERO(&input);
	FD_SET(STDIN_FILENO, &input);
	sigemptyset(&ending);
	for (size_t i = 0; i < sizeof ending_signals / sizeof ending_signals[0]; i++)
		sigaddset(&ending, ending_signals[i]);
	/* Blocked until pselect() sleeps, so that none slips in between the look and the sleep. */
	sigprocmask(SIG_BLOCK, &ending, &before);
	if (!asked_to_end)
		ready = pselect(STDIN_FILENO + 1, &input, NULL, NULL, limit, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (ready > 0 && ++*silent_reads >= SILENT_READS_MAX)
		asked_to_end = 1;
	return ready != 0;
}

/* Reads a key ahead, within the limit; false when none came. */
static bool
await_key(const struct timespec *limit)
{
	int silent_reads = 0;
	bool waiting = true;

	while (!screen_key_is_waiting() && waiting)
		waiting = wait_for_input(limit, &silent_reads);
	return waiting;
}

int
screen_key(void)
{
	int key;

	await_key(NULL);
	key = terminal.next_key;
	terminal.next_key = NO_KEY;
	return asked_to_end ? (int)KEY_CLOSED : key;
}

bool
screen_wait(int timeout_ms)
{
	const struct timespec limit = { timeout_ms / SECOND_MS,
					timeout_ms % SECOND_MS * MILLISECOND_NS };

	return await_key(&limit);
}

bool
screen_key_is_waiting(void)
{
	if (terminal.next_key == NO_KEY)
		terminal.next_key = read_key();
	return terminal.next_key != NO_KEY || asked_to_end;
}
