/* SPDX-License-Identifier: MIT */
/*
 * Golden screens: each folder of tests/screens holds `keys`, whose first line says the size (and `empty` for an empty
 * register, `fresh` for a new one, or `hurried` for somebody who types ahead) and whose other lines are pressed, and
 * `screen.txt`, what is then seen.  UPDATE_SCREENS=1 writes the latter. What is imported is in tests/screens/data.
 */
#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/browse.h"
#include "commands/record.h"
#include "core/memory.h"
#include "db/record.h"
#include "db/store.h"
#include "tests/screen_memory.h"
#include "tests/screen_register.h"
#include "tui/app.h"

static const char folder[] = "tests/screens";

static struct {
	char *build;			/* where registers are made */
	char *full, *empty, *fresh, *copy;	/* their paths */
} made;

static void
read_file(const char *path, struct text *out)
{
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t size;

	if (file == NULL)
		return;
	while ((size = fread(block, 1, sizeof block, file)) > 0)
		text_append_bytes(out, block, size);
	fclose(file);
}

static void
write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	chmod(path, 0600);
}

static void
copy_register(const char *from)
{
	struct text bytes = { 0 };

	read_file(from, &bytes);
	unlink(made.copy);
	write_file(made.copy, bytes.bytes, bytes.length);
	text_free(&bytes);
}

/* Runs the screens over a copy of the register and checks that it is sound afterwards. */
static void
run_screens(const char *from)
{
	struct session session;
	struct error error = { 0 };

	copy_register(from);
	screen_register_open(&session, made.copy);
	if (!app_run(&session, &error))
		fail_msg("%s", error.message);
	if (!store_check(session.store, &error))
		fail_msg("%s", error.message);
	session_close(&session);
}

/* Reads "80x24", "80x24 empty", "80x24 fresh" or "80x24 hurried" and the keys behind that line. */
static void
run_case(const char *name)
{
	struct text path = { 0 }, keys = { 0 }, golden = { 0 };
	char word[16] = "";
	int rows = 0, columns = 0;
	bool same;

	text_format(&path, "%s/%s/keys", folder, name);
	read_file(text_words(&path), &keys);
	if (sscanf(text_words(&keys), "%dx%d%*[ ]%15[a-z]", &columns, &rows, word) < 2)
		fail_msg("%s does not begin with a size", text_words(&path));
	memory_screen_resize(rows, columns);
	memory_screen_script(text_words(&keys) + strcspn(text_words(&keys), "\n"), strcmp(word, "hurried") == 0);
	run_screens(strcmp(word, "empty") == 0 ? made.empty : strcmp(word, "fresh") == 0 ? made.fresh : made.full);
	text_clear(&path);
	text_format(&path, "%s/%s/screen.txt", folder, name);
	if (getenv("UPDATE_SCREENS") != NULL)
		write_file(text_words(&path), memory_screen_text(), strlen(memory_screen_text()));
	read_file(text_words(&path), &golden);
	same = strcmp(text_words(&golden), memory_screen_text()) == 0;
	if (!same)
		printf("# %s shows\n%s# and not\n%s", name, memory_screen_text(), text_words(&golden));
	text_free(&path);
	text_free(&keys);
	text_free(&golden);
	memory_screen_free();
	if (!same)
		fail_msg("the screen of %s/%s is another", folder, name);
}

static void
the_screen_is_the_golden_one(void **state)
{
	run_case(*state);
}

static int
make_registers(void **state)
{
	struct session session;

	(void)state;
	screen_register_make(&session, made.full, REGISTER_FULL);
	session_close(&session);
	screen_register_make(&session, made.empty, REGISTER_EMPTY);
	session_close(&session);
	screen_register_make(&session, made.fresh, REGISTER_FRESH);
	session_close(&session);
	return 0;
}

/* Keys at random, those that do something more often; some open, some type, some resize. */
struct fingers {
	uint32_t seed;
	int left;
	const char *way;		/* keys that are pressed first, again and again; NULL for none */
	const char *at;			/* in them */
};

static uint32_t
roll(struct fingers *fingers)
{
	fingers->seed = fingers->seed * 1664525u + 1013904223u;
	return fingers->seed >> 8;
}

static int
random_key(void *context)
{
	static const int often[] = {
		KEY_UP_ARROW, KEY_DOWN_ARROW, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_FIRST, KEY_LAST, KEY_LEFT_ARROW,
		KEY_RIGHT_ARROW, KEY_RETURN, KEY_ESCAPE, KEY_SPACE, KEY_TABULATOR, KEY_BACK_TAB, KEY_RUBOUT, KEY_DELETE,
		'/', 's', 'S', 'c', 'u', '*', 'n', 'r', 'h', ':', '?', 'e', 'd', 'a', 'U', 'y', 'j', 'k', 'g', 'G', '1',
		'2', '3', '4', '5', '6', '7', '8', '9', '0', 'm', 'o', 'w', 'K', 'D', 'E', 'O', 'N', 'R', 'C', '=',
		KEY_CONTROL('S'), KEY_CONTROL('U'), KEY_CONTROL('R'), KEY_PASTE_BEGIN, KEY_PASTE_END, KEY_OTHER,
		KEY_FUNCTION + 1, KEY_FUNCTION + 2, 0x65e5, 0x301, 0x202e,
	};
	static const int sizes[][2] = { { 24, 80 }, { 10, 40 }, { 3, 10 }, { 60, 200 }, { 1, 1 }, { 40, 121 } };
	struct fingers *fingers = context;
	uint32_t dice = roll(fingers) % 100;

	if (fingers->left-- <= 0)
		return KEY_CLOSED;
	if (dice == 0) {
		const int *size = sizes[roll(fingers) % 6];

		memory_screen_resize(size[0], size[1]);
		return KEY_RESIZED;
	}
	/* q and F10 leave, and i and x read and write files: not by chance. */
	if (dice < 15)
		return (int)("bcdfghjklmnoprstuvwyz0123456789-:=\"*<>()."[roll(fingers) % 41]);
	return often[roll(fingers) % (sizeof often / sizeof often[0])];
}

static void
random_keys_leave_a_sound_register(void **state)
{
	struct fingers fingers = { .seed = 20261121, .left = 10000 };

	(void)state;
	memory_screen_resize(24, 80);
	memory_screen_generate(random_key, &fingers);
	run_screens(made.full);
	assert_true(memory_screen_waits() > 9000);
	memory_screen_free();
}

/* Every now and then leaves whatever is open and goes the way to a file that is looked at. */
static int
random_key_of_an_import(void *context)
{
	enum { KEYS_BETWEEN = 150 };
	struct fingers *fingers = context;

	if (*fingers->at == '\0' && fingers->left % KEYS_BETWEEN == 0)
		fingers->at = fingers->way;
	if (*fingers->at == '\0' || fingers->left <= 0)
		return random_key(fingers);
	fingers->left -= fingers->at[1] == '\0';
	return (unsigned char)*fingers->at++;
}

static void
random_keys_in_an_import_leave_a_sound_register(void **state)
{
	/* Pasting ends, n answers what is asked, 1 is Today. */
	static const char way[] = "\033l\033l\033n\033d\033g\0331i\025tests/screens/data/survey.csv\n\nuu";
	struct fingers fingers = { 20261122, 6000, way, way };

	(void)state;
	memory_screen_resize(24, 80);
	memory_screen_generate(random_key_of_an_import, &fingers);
	run_screens(made.full);
	assert_true(memory_screen_waits() > 6000);
	memory_screen_free();
}

/* Types at a form, and lets somebody else save the same record before F2. */
struct two_people {
	const char *keys;
	bool other_saved;
};

static void
save_elsewhere(void)
{
	struct session session;
	struct error error = { 0 };
	struct text words = { 0 };
	struct arena arena = { 0 };
	struct record_id id;
	struct record *before, *now;

	screen_register_open(&session, made.copy);
	assert_true(store_lookup(session.store, ENTITY_DEVICE, "CAM-001", &id, &error));
	before = browse_record(&session, id, &arena, &error);
	assert_non_null(before);
	now = record_copy(&arena, before);
	assert_true(record_assign(now, "notes=written by somebody else", &arena, &error));
	assert_true(record_save(&session, before, now, NULL, &words, &error));
	text_free(&words);
	arena_free(&arena);
	session_close(&session);
}

static int
key_of_two_people(void *context)
{
	struct two_people *people = context;
	int key = (unsigned char)*people->keys;

	if (key == '\0')
		return KEY_CLOSED;
	people->keys++;
	if (key != KEY_CONTROL('S') || people->other_saved)
		return key;
	save_elsewhere();
	people->other_saved = true;
	return key;
}

static void
a_record_that_another_window_saved_meanwhile_is_not_overwritten(void **state)
{
	struct two_people people = { "5\n\t\t\025another place\023", false };

	(void)state;
	memory_screen_resize(24, 80);
	memory_screen_generate(key_of_two_people, &people);
	run_screens(made.full);
	assert_true(people.other_saved);
	/* The form is still there, with what was typed, and says why. */
	assert_non_null(strstr(memory_screen_text(), "another place"));
	assert_non_null(strstr(memory_screen_text(), "changed"));
	assert_non_null(strstr(memory_screen_text(), "1 change"));
	memory_screen_free();
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

/* A test for each folder that holds keys. */
static size_t
find_cases(struct arena *arena, struct CMUnitTest *tests, size_t room)
{
	DIR *list = opendir(folder);
	size_t count = 0;

	for (const struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;) {
		const char *path = arena_format(arena, "%s/%s/keys", folder, entry->d_name);
		char *name = arena_text(arena, entry->d_name);

		if (access(path, R_OK) == 0 && count < room)
			tests[count++] = (struct CMUnitTest){ name, the_screen_is_the_golden_one, NULL, NULL, name };
	}
	if (list != NULL)
		closedir(list);
	qsort(tests, count, sizeof *tests, by_name);
	return count;
}

int
main(int argc, char *argv[])
{
	struct CMUnitTest tests[400];
	struct arena arena = { 0 };
	size_t count;
	int failed;

	setlocale(LC_CTYPE, "C.UTF-8");
	made.build = arena_text(&arena, argc > 1 ? argv[1] : "build");
	made.full = arena_format(&arena, "%s/screens-full.terrier", made.build);
	made.empty = arena_format(&arena, "%s/screens-empty.terrier", made.build);
	made.fresh = arena_format(&arena, "%s/screens-fresh.terrier", made.build);
	made.copy = arena_format(&arena, "%s/screens-copy.terrier", made.build);
	count = find_cases(&arena, tests, sizeof tests / sizeof tests[0] - 3);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(
		a_record_that_another_window_saved_meanwhile_is_not_overwritten);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(random_keys_leave_a_sound_register);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(random_keys_in_an_import_leave_a_sound_register);
	failed = _cmocka_run_group_tests("screens", tests, count, make_registers, NULL);
	arena_free(&arena);
	return failed;
}
