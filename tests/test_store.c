/* SPDX-License-Identifier: MIT */
/* setreuid() and realpath() are of XSI. */
#define _XOPEN_SOURCE 700

#include "tests/support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/figure.h"
#include "commands/view.h"
#include "core/hash.h"
#include "db/cache.h"
#include "db/columns.h"
#include "db/internal.h"
#include "db/migrations.h"
#include "tests/csv_file.h"

static void
hash_file(const char *path, char text[HASH_TEXT_SIZE])
{
	struct text bytes = { 0 };
	struct hash hash;

	read_file(path, &bytes);
	hash_init(&hash);
	hash_update(&hash, text_words(&bytes), bytes.length);
	hash_format(&hash, text);
	text_free(&bytes);
}

/* It is refused in both modes, at once, in a sentence that says `words` and names no function of SQLite. */
static void
assert_refused(struct support *test, const char *path, enum error_kind kind, const char *words)
{
	for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
		time_t begun = time(NULL);
		struct store *store = store_open(path, (enum store_mode)mode, &test->error);

		if (store != NULL)
			fail_msg("%s is opened", path);
		if (test->error.kind != kind || strstr(test->error.message, words) == NULL)
			fail_msg("%s: kind %d, '%s' does not say '%s'", path, (int)test->error.kind,
				 test->error.message, words);
		assert_true(time(NULL) - begun <= 1);
	}
}

static void
assert_refused_unchanged(struct support *test, const char *path, enum error_kind kind, const char *words)
{
	char before[HASH_TEXT_SIZE], after[HASH_TEXT_SIZE];

	hash_file(path, before);
	assert_refused(test, path, kind, words);
	hash_file(path, after);
	assert_string_equal(before, after);
	assert_int_equal(access(arena_format(&test->arena, "%s-journal", path), F_OK), -1);
}

static void
what_is_no_file_of_its_own_is_refused(void **state)
{
	struct support *test = *state;
	const char *link = support_path(test, "link"), *fifo = support_path(test, "fifo");

	assert_refused(test, support_path(test, "none"), ERROR_NOT_FOUND, "terrier init");
	assert_refused(test, support_path(test, "none/none"), ERROR_NOT_FOUND, "no folder");
	assert_refused(test, support_path(test, "estate.terrier/x"), ERROR_NOT_FOUND, "no folder");
	assert_refused(test, test->folder, ERROR_FILE, "is not a file");
	assert_refused(test, "", ERROR_FILE, "is not a file");
	assert_int_equal(symlink(test->path, link), 0);
	assert_refused(test, link, ERROR_FILE, "is a link");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_refused(test, fifo, ERROR_FILE, "is not a file");
	assert_refused(test, "/dev/zero", ERROR_FILE, "is not a file");
	assert_refused(test, "file:memory?mode=memory", ERROR_NOT_FOUND, "no register");
	assert_refused(test, ":memory:", ERROR_NOT_FOUND, "no register");
	assert_null(store_open(test->path, STORE_CREATE, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_null(store_open(link, STORE_CREATE, &test->error));
	assert_null(store_open(support_path(test, "none/new"), STORE_CREATE, &test->error));
	assert_int_equal(access(support_path(test, "none"), F_OK), -1);
}

static void
another_kind_of_file_is_refused_and_left_alone(void **state)
{
	struct support *test = *state;
	const char *path = support_path(test, "other");
	char zeros[4096] = { 0 };

	write_file(path, "", 0);
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
	write_file(path, "tag,site\nC1,S1\n", 15);
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
	write_file(path, "SQLite format 3", 16);
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
	write_file(path, zeros, sizeof zeros);
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
	assert_int_equal(truncate(path, 5000000000), 0);
	assert_refused(test, path, ERROR_INVALID, "not a register");
	unlink(path);
	support_sql(path, "CREATE TABLE site (code TEXT); INSERT INTO site VALUES ('S1')");
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
}

/* A copy of the empty register that SQL was run on. */
static const char *
crafted(struct support *test, const char *sql)
{
	const char *path = support_path(test, "crafted");

	session_close(&test->session);
	unlink(path);
	support_sql(test->path, arena_format(&test->arena, "VACUUM INTO '%s'", path));
	support_sql(path, arena_format(&test->arena, "PRAGMA application_id = %d; PRAGMA user_version = %d",
				       REGISTER_APPLICATION_ID, migration_count));
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
	session_close(&test->session);
	support_sql(path, sql);
	return path;
}

static void
a_register_with_another_schema_is_refused_and_left_alone(void **state)
{
	static const char *const changes[] = {
		"CREATE TRIGGER t AFTER UPDATE ON device BEGIN UPDATE assessment SET secret = 'no'; END",
		"CREATE VIEW v AS SELECT * FROM site",
		"CREATE TABLE extra (x)",
		"CREATE TABLE more (x INTEGER PRIMARY KEY AUTOINCREMENT)",
		"DROP INDEX device_serial",
		"CREATE INDEX more ON device (notes)",
		"CREATE INDEX once ON device (lower(kind)) WHERE kind > 'a'",
		"ALTER TABLE device ADD COLUMN extra TEXT",
		"ALTER TABLE device RENAME COLUMN notes TO remarks",
		"ANALYZE",
		"CREATE VIRTUAL TABLE words USING fts5(x)",
		("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' + 0 days', '') WHERE name "
		 "= 'device';UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (removed_on IS NULL OR removed_on IS "
		 "date(removed_on, ''+0 days''))', '') WHERE name = 'device'"),
		"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = "
		"'site'",
		"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE tbl_name = 'bin'",
	};
	struct support *test = *state;

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		const char *path = crafted(test, changes[i]);

		assert_refused_unchanged(test, path, ERROR_INVALID, "changed by another program");
	}
	crafted(test, "SELECT 1");
	test->session.path = support_path(test, "crafted");
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
	support_must(test, store_check(test->session.store, &test->error));
}

static void
a_value_that_breaks_a_rule_of_its_table_is_damage(void **state)
{
	struct support *test = *state;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", NULL);
	support_commit(test);
	test->session.path = crafted(test, "PRAGMA ignore_check_constraints = ON; UPDATE device SET removed_on = "
					   "'2024-13-45'");
	support_must(test, session_open(&test->session, STORE_READ, &test->error));
	assert_false(store_check(test->session.store, &test->error));
	assert_non_null(strstr(test->error.message, "CHECK constraint failed in device"));
}

static void
a_register_whose_header_is_not_ours_is_refused(void **state)
{
	struct support *test = *state;
	const char *path;

	path = crafted(test, arena_format(&test->arena, "PRAGMA user_version = %d", migration_count + 1));
	assert_refused_unchanged(test, path, ERROR_INVALID, "newer Terrier");
	path = crafted(test, "PRAGMA user_version = -1");
	assert_refused_unchanged(test, path, ERROR_INVALID, "newer Terrier");
	path = crafted(test, "PRAGMA user_version = 1");
	assert_refused_unchanged(test, path, ERROR_INVALID, "changed by another program");
	path = crafted(test, "PRAGMA application_id = 7");
	assert_refused_unchanged(test, path, ERROR_INVALID, "not a register");
	path = crafted(test, "PRAGMA journal_mode = WAL");
	assert_refused_unchanged(test, path, ERROR_INVALID, "WAL mode");
	support_sql(path, "PRAGMA journal_mode = DELETE");
	path = support_path(test, "wide");
	support_sql(path, arena_format(&test->arena,
				       "PRAGMA encoding = 'UTF-16'; PRAGMA application_id = %d; CREATE TABLE entry (x)",
				       REGISTER_APPLICATION_ID));
	assert_refused_unchanged(test, path, ERROR_INVALID, "changed by another program");
}

static void
put_number(unsigned char *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* A journal as a power cut leaves one beside the register: with it, SQLite gives the header that version again. */
static void
write_journal(struct support *test, const char *path, uint32_t version)
{
	enum { PAGE = 4096, SECTOR = 512, SUMMED_EVERY = 200 };
	unsigned char journal[SECTOR + 4 + PAGE + 4] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
	unsigned char *page = journal + SECTOR + 4;
	const uint32_t fields[] = { 1, 0, 0, SECTOR, PAGE };	/* records, nonce, pages of the file, sizes */
	FILE *file = fopen(path, "rb");
	uint32_t sum = 0;

	assert_non_null(file);
	assert_int_equal(fread(page, 1, PAGE, file), PAGE);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		put_number(journal + 8 + 4 * i, fields[i]);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	put_number(journal + 16, (uint32_t)(ftell(file) / PAGE));
	fclose(file);
	put_number(journal + SECTOR, 1);
	put_number(page + 60, version);
	for (int i = PAGE - SUMMED_EVERY; i > 0; i -= SUMMED_EVERY)
		sum += page[i];
	put_number(page + PAGE, sum);
	write_file(arena_format(&test->arena, "%s-journal", path), (const char *)journal, sizeof journal);
}

static void
a_journal_cannot_bring_a_newer_version_in(void **state)
{
	static const uint32_t versions[] = { 1000000, UINT32_MAX };
	struct support *test = *state;

	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		const char *path = crafted(test, "");

		write_journal(test, path, versions[i]);
		assert_refused(test, path, ERROR_INVALID, "newer Terrier");
		assert_int_equal(access(arena_format(&test->arena, "%s-journal", path), F_OK), -1);
	}
}

static void
damage_is_told_and_changes_nothing(void **state)
{
	struct support *test = *state;
	const char *path;
	struct store *store;

	path = crafted(test, "SELECT 1");
	assert_int_equal(truncate(path, 6000), 0);
	store = store_open(path, STORE_WRITE, &test->error);
	assert_true(store == NULL || !store_check(store, &test->error));
	assert_non_null(strstr(test->error.message, "damaged"));
	store_close(store);
}

static int64_t
pragma(struct support *test, const char *name)
{
	return support_number(test, arena_format(&test->arena, "PRAGMA %s", name));
}

static int
db_option(struct support *test, int option)
{
	int value = -1;

	assert_int_equal(sqlite3_db_config(test->session.store->database, option, -1, &value), SQLITE_OK);
	return value;
}

static void
the_connection_is_hardened_and_durable(void **state)
{
	struct support *test = *state;

	/* As it is opened, as it is after a large import, and opened again. */
	for (int pass = 0; pass < 3; pass++) {
		assert_int_equal(pragma(test, "trusted_schema"), 0);
		assert_int_equal(pragma(test, "cell_size_check"), 1);
		assert_int_equal(pragma(test, "mmap_size"), 0);
		assert_int_equal(pragma(test, "foreign_keys"), 1);
		assert_int_equal(pragma(test, "synchronous"), 3);
		assert_int_equal(pragma(test, "secure_delete"), 1);
		assert_int_equal(pragma(test, "temp_store"), 2);
		assert_int_equal(support_number(test, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"), 1);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_DEFENSIVE), 1);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_DQS_DML), 0);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_DQS_DDL), 0);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION), 0);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_ENABLE_TRIGGER), 0);
		assert_int_equal(db_option(test, SQLITE_DBCONFIG_ENABLE_VIEW), 0);
		assert_int_equal(pragma(test, "threads"), 0);
		assert_int_equal(sqlite3_limit(test->session.store->database, SQLITE_LIMIT_ATTACHED, -1), 0);
		if (pass > 0)
			support_reopen(test);
		else
			support_must(test, cache_sort_on_disk(test->session.store, true, &test->error) &&
				     cache_sort_on_disk(test->session.store, false, &test->error));
	}
	assert_int_not_equal(sqlite3_exec(test->session.store->database, "ATTACH 'x' AS x", NULL, NULL, NULL),
			     SQLITE_OK);
}

static void
the_file_is_its_owners_only_whatever_the_umask(void **state)
{
	struct support *test = *state;
	const char *path = support_path(test, "fresh");
	mode_t mask = umask(0);
	struct store *store = store_open(path, STORE_CREATE, &test->error);
	struct stat status;

	umask(mask);
	support_must(test, store != NULL);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	store_close(store);
}

static void
a_path_is_never_a_uri_and_may_be_relative(void **state)
{
	static const char *const names[] = { "file:x?mode=memory", "a b#c?d%20e", "file:memory", "-x",
					     "estate\xc3\xa9" };
	struct support *test = *state;
	char *back = realpath(".", NULL);

	assert_int_equal(chdir(test->folder), 0);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct store *store = store_open(names[i], STORE_CREATE, &test->error);

		support_must(test, store != NULL);
		assert_string_equal(store_path(store), support_path(test, names[i]));
		store_close(store);
		assert_int_equal(access(names[i], F_OK), 0);
		store = store_open(arena_format(&test->arena, "./%s", names[i]), STORE_WRITE, &test->error);
		support_must(test, store != NULL);
		store_close(store);
	}
	assert_int_equal(chdir(back), 0);
	free(back);
}

static void
a_link_in_the_folder_of_the_register_is_followed(void **state)
{
	struct support *test = *state;
	const char *link = support_path(test, "way");
	struct store *store;

	assert_int_equal(symlink(test->folder, link), 0);
	store = store_open(support_path(test, "way/estate.terrier"), STORE_WRITE, &test->error);
	support_must(test, store != NULL);
	assert_string_equal(store_path(store), test->path);
	store_close(store);
}

static void
a_second_writer_is_told_and_loses_nothing(void **state)
{
	struct support *test = *state;
	struct store *second = store_open(test->path, STORE_WRITE, &test->error);
	struct entry entry = session_entry(&test->session, ENTRY_KIND_COMMAND, "second", NULL);

	support_must(test, second != NULL);
	sqlite3_busy_timeout(second->database, 10);
	support_begin(test, "first");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	assert_false(store_entry_begin(second, &entry, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(test->error.message, "Another program is writing"));
	assert_int_equal(store_entry_open(second).value, 0);
	support_commit(test);
	support_must(test, store_entry_begin(second, &entry, &test->error));
	support_must(test, store_entry_commit(second, &test->error));
	store_close(second);
	assert_int_equal(support_number(test, "SELECT count(*) FROM entry"), 2);
}

static void
a_register_opened_to_read_refuses_to_be_changed(void **state)
{
	struct support *test = *state;
	struct entry entry = session_entry(&test->session, ENTRY_KIND_COMMAND, "no", NULL);

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	session_close(&test->session);
	support_must(test, session_open(&test->session, STORE_READ, &test->error));
	assert_true(store_is_read_only(test->session.store));
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1");
	assert_false(store_entry_begin(test->session.store, &entry, &test->error));
	assert_int_equal(test->error.kind, ERROR_FILE);
	assert_non_null(strstr(test->error.message, "read-only"));
	assert_false(support_run(test, "set", NULL, "entity=site", "key=S1", "field=name=x", NULL));
	assert_non_null(strstr(test->error.message, "read-only"));
}

/* Nobody's eyes: root may write whatever the modes say, so the test becomes another person for a while. */
static void
a_folder_that_may_not_be_written_can_still_be_browsed(void **state)
{
	struct support *test = *state;
	uid_t person = geteuid();

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	session_close(&test->session);
	assert_int_equal(chmod(test->path, 0644), 0);
	assert_int_equal(chmod(test->folder, 0555), 0);
	assert_true(person != 0 || (setreuid(65534, (uid_t)-1) == 0 && seteuid(65534) == 0));
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1");
	assert_true(store_is_read_only(test->session.store));
	assert_false(support_run(test, "set", NULL, "entity=site", "key=S1", "field=name=x", NULL));
	assert_non_null(strstr(test->error.message, "read-only"));
	session_close(&test->session);
	assert_true(person != 0 || (seteuid(0) == 0 && setreuid(0, (uid_t)-1) == 0));
	assert_int_equal(chmod(test->folder, 0700), 0);
}

static void
every_statement_and_every_field_can_be_asked(void **state)
{
	struct support *test = *state;

	for (int name = 0; name < STATEMENT_COUNT; name++)
		support_must(test, store_statement(test->session.store, (enum statement)name, &test->error) != NULL);
	for each_entity(entity)
		for each_field(field, entity->fields) {
			struct query query = {
				.entity = entity, .fields = &field, .field_count = 1, .today = test->session.today,
				.sorts = { { field, true } }, .sort_count = 1,
			};
			struct cursor *cursor = query_open(test->session.store, &query, &test->error);
			bool more;
			struct row row;

			if (cursor == NULL || !cursor_next(cursor, &row, &more, &test->error))
				fail_msg("%s.%s: %s", entity->name, field->name, test->error.message);
			cursor_close(cursor);
		}
}

static void
every_figure_view_and_flag_word_runs(void **state)
{
	struct support *test = *state;

	for each_figure(figure)
		assert_string_equal(support_find(test, figure->entity, figure->filter),
				    figure->entity == ENTITY_ENTRY ? "1" : "");
	for each_view(view)
		support_find(test, view->entity, view->filter);
	for (const struct filter_word *word = filter_words; word->name != NULL; word++)
		support_find(test, word->entity, word->name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_is_no_file_of_its_own_is_refused),
		register_test(another_kind_of_file_is_refused_and_left_alone),
		register_test(a_register_with_another_schema_is_refused_and_left_alone),
		register_test(a_value_that_breaks_a_rule_of_its_table_is_damage),
		register_test(a_register_whose_header_is_not_ours_is_refused),
		register_test(a_journal_cannot_bring_a_newer_version_in),
		register_test(damage_is_told_and_changes_nothing),
		register_test(the_connection_is_hardened_and_durable),
		register_test(the_file_is_its_owners_only_whatever_the_umask),
		register_test(a_path_is_never_a_uri_and_may_be_relative),
		register_test(a_link_in_the_folder_of_the_register_is_followed),
		register_test(a_second_writer_is_told_and_loses_nothing),
		register_test(a_register_opened_to_read_refuses_to_be_changed),
		register_test(a_folder_that_may_not_be_written_can_still_be_browsed),
		register_test(every_statement_and_every_field_can_be_asked),
		register_test(every_figure_view_and_flag_word_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
