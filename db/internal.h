/* SPDX-License-Identifier: MIT */
#ifndef DB_INTERNAL_H
#define DB_INTERNAL_H

/* What the files of db/ share and nobody else sees. */

#include <sqlite3.h>

#include "core/entity.h"
#include "db/store.h"

enum statement {
#define STATEMENT(name, ...) name,
#include "db/statements.def"
#undef STATEMENT
	STATEMENT_COUNT
};

enum {
	SETTINGS_MAX = 32,		/* what core/setting.c may grow to */
	STATEMENTS_CACHED = 64,		/* of those whose SQL is made as it is needed */
};

struct store {
	sqlite3 *database;
	char *path;
	bool read_only;
	const struct progress *progress;
	struct entry_id entry;				/* the one that is open */
	struct date today;				/* its day */
	sqlite3_stmt *statements[STATEMENT_COUNT];	/* prepared when first asked for */
	sqlite3_stmt *lookups[ENTITY_COUNT];		/* the same */
	sqlite3_stmt *reads[ENTITY_COUNT];		/* the same */
	sqlite3_stmt *cached[STATEMENTS_CACHED];	/* by what their SQL hashes to */
	struct insert *inserts[ENTITY_COUNT];		/* the same, for any field */
	struct arena settings;				/* what was read of them */
	const char *setting_values[SETTINGS_MAX];	/* as in settings[]; NULL: not read */
	int64_t data_version;				/* at the last store_look(); 0: none */
	bool changed_outside;				/* nobody has been told yet */
	struct watch *watch;				/* db/watch.h */
	struct kept *kept;				/* db/kept.h; NULL: not made yet */
	struct due_table *due_table;			/* db/due_table.h; NULL: not read */
	struct memory *memory;				/* db/remember.h; NULL: not made yet */
	bool shadowed;					/* `standing` is this connection's own */
	int64_t next_ids[ENTITY_COUNT];			/* of the entry; 0: not yet known */
	int patience;					/* callbacks until it stops; 0: never */
	struct maker_table *makers;			/* db/maker_load.h; NULL: not read */
};

/* Makes a connection that was just opened as safe as all are, and teaches it our functions. */
bool store_secure(struct store *store, struct error *error);

/* Fills error from what SQLite said last; returns false. */
bool store_failed(struct store *store, struct error *error);

/*
 * Before a question: when another program has changed the register since the last, forgets what was
 * read of it.  False with an error only when what is kept of sites could not follow.
 */
bool store_look(struct store *store, struct error *error);

/* In a function of SQL that asked SQL in vain: the statement that called it fails the same way. */
void function_failed(sqlite3_context *context, struct store *store);

/* store_setting() for a function of SQL whose data is the store: NULL when the function fails. */
const char *setting_for_function(sqlite3_context *context, const char *name);

/* Runs SQL without parameters or rows. */
bool store_run(struct store *store, const char *sql, struct error *error);

/* Prepares SQL made by the program. The caller finalizes. */
bool store_prepare(struct store *store, const char *sql, sqlite3_stmt **statement,
		   struct error *error);

/* A statement of the table, reset and ready to bind; owned by the store. NULL with an error. */
sqlite3_stmt *store_statement(struct store *store, enum statement name, struct error *error);

/*
 * A statement of SQL made by the program, reset and ready to bind; owned by the store, which keeps
 * it for the next time that the same SQL is asked for.  Done with before the next call: that may
 * take its place.  NULL with an error.
 */
sqlite3_stmt *store_cached(struct store *store, const char *sql, struct error *error);

/*
 * Binds the dates that the statement names: :today; :soon; and :judged_on, today too, for
 * expressions whose value a day's passing changes only where db/standing.h notices it: which
 * decisions are in force, which milestones have passed.
 */
void statement_bind_dates(sqlite3_stmt *statement, struct date today);

/* The same, and the SQL's values to the parameters without a name, in order. */
struct sql;
void statement_bind_values(sqlite3_stmt *statement, const struct sql *sql, struct date today);

/* Prepares SQL with its values and dates. The caller finalizes. NULL with an error. */
sqlite3_stmt *store_prepare_bound(struct store *store, const struct sql *sql, struct date today,
				  struct error *error);

/*
 * The canonical text of a column that holds the field, NULL for none; an instant, kept in seconds,
 * is written into the arena.
 */
const char *statement_value(sqlite3_stmt *statement, int column, const struct field *field,
			    struct arena *arena);

/* Binds by name; a name that the statement lacks is a mistake of ours. NULL text binds NULL. */
void bind_text(sqlite3_stmt *statement, const char *name, const char *text);
void bind_integer(sqlite3_stmt *statement, const char *name, int64_t value);

/* Steps a statement that gives no rows, and resets it. */
bool store_step(struct store *store, sqlite3_stmt *statement, struct error *error);

/* The first column of the first row; 0 when there is none. Resets. */
bool store_number(struct store *store, sqlite3_stmt *statement, int64_t *number,
		  struct error *error);

/*
 * The same of SQL that is asked once: made by the format, with names of the tables only; `first`
 * and `second` are for its ?1 and ?2, where it has them.
 */
bool store_ask(struct store *store, int64_t *number, struct error *error, int64_t first,
	       int64_t second, const char *format, ...) __attribute__((format(printf, 6, 7)));

/*
 * The id that a reference's words name, as store_lookup() finds it; 0 for no words. ERROR_INVALID
 * when there is no such record.
 */
bool store_resolve(struct store *store, const struct field *field, const char *words, int64_t *id,
		   struct error *error);

/* Whether the file and its folder let themselves be written, however the store was opened. */
bool store_may_be_written(const struct store *store);

/* store_check_writable(); an entry must be open. */
bool store_may_write(struct store *store, struct error *error);

#endif
