/* SPDX-License-Identifier: MIT */
#include "db/agree.h"

#include <stdlib.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/internal.h"

struct agree {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *find;
	int fields[ENTITY_FIELDS_MAX];
	int count;
	bool made[ENTITY_FIELDS_MAX];	/* an index of our own on that field of `fields` */
	struct arena arena;
};

enum { RANKS = 4 };

/*
 * How little a field tells: a serial number is one device's, a site has thousands, a day or a kind
 * is that of any number.
 */
static int
rank(const struct field *field)
{
	if (field->type == FIELD_REFERENCE)
		return 1;
	if (field->type == FIELD_DATE || field->type == FIELD_PARTIAL_DATE)
		return 2;
	return field->type == FIELD_CHOICE ? 3 : 0;
}

/* Those that tell most come first: by them the records are found. */
static void
order_fields(struct agree *agree, const int *fields, int count)
{
	for (int wanted = 0; wanted < RANKS; wanted++)
		for (int i = 0; i < count; i++)
			if (rank(&agree->entity->fields[fields[i]]) == wanted)
				agree->fields[agree->count++] = fields[i];
}

static const char *
column_of(struct agree *agree, int i)
{
	return column_name(&agree->entity->fields[agree->fields[i]], &agree->arena);
}

/* Whether an index begins with the column and holds every row. */
static bool
has_index(struct agree *agree, const char *column, bool *has, struct error *error)
{
	const char *table = agree->entity->name;
	int64_t found;
	bool done = store_ask(agree->store, &found, error, 0, 0,
			      "SELECT count(*) FROM pragma_index_list('%s') AS list JOIN "
			      "pragma_index_info(list.name) AS info WHERE NOT list.partial AND "
			      "info.seqno = 0 AND info.name = '%s'",
			      table, column);

	*has = found > 0;
	return done;
}

static bool
make_index(struct agree *agree, int i, struct error *error)
{
	const char *column = column_of(agree, i);
	bool has;

	if (!has_index(agree, column, &has, error))
		return false;
	if (has)
		return true;
	agree->made[i] = store_run(agree->store,
				   arena_format(&agree->arena, "CREATE INDEX agree_%d ON %s (%s)",
						i, agree->entity->name, column),
				   error);
	return agree->made[i];
}

/*
 * When `least` of all fields agree, one of the first count - least + 1 does: those find the records
 * by their indexes, and the sum decides.
 */
static bool
prepare_find(struct agree *agree, int least, struct error *error)
{
	struct text sql = { 0 };
	bool prepared;

	text_format(&sql, "SELECT id FROM %s WHERE (", agree->entity->name);
	for (int i = 0; i < agree->count - least + 1; i++)
		text_format(&sql, "%s%s = ?%d", i > 0 ? " OR " : "", column_of(agree, i), i + 1);
	text_append(&sql, ") AND (");
	for (int i = 0; i < agree->count; i++)
		text_format(&sql, "%sifnull(+%s = ?%d, 0)", i > 0 ? " + " : "", column_of(agree, i),
			    i + 1);
	text_format(&sql, ") >= %d ORDER BY id LIMIT %d", least, AGREE_NAMED + 1);
	prepared = store_prepare(agree->store, text_words(&sql), &agree->find, error);
	text_free(&sql);
	return prepared;
}

struct agree *
agree_open(struct store *store, enum entity_kind kind, const int *fields, int count, int least,
	   struct error *error)
{
	struct agree *agree = memory_alloc(sizeof *agree);
	struct error ignored;
	bool ready = true;

	agree->store = store;
	agree->entity = &entities[kind];
	order_fields(agree, fields, count);
	for (int i = 0; ready && i < count - least + 1; i++)
		ready = make_index(agree, i, error);
	if (ready && prepare_find(agree, least, error))
		return agree;
	agree_close(agree, &ignored);
	return NULL;
}

bool
agree_find(struct agree *agree, const char *const *values, const int64_t *references,
	   int64_t ids[AGREE_NAMED + 1], int *count, struct error *error)
{
	int step;

	*count = 0;
	sqlite3_clear_bindings(agree->find);
	for (int i = 0; i < agree->count; i++) {
		int field = agree->fields[i];

		if (agree->entity->fields[field].type != FIELD_REFERENCE)
			sqlite3_bind_text(agree->find, i + 1, values[field], -1, SQLITE_STATIC);
		else if (references[field] != 0)
			sqlite3_bind_int64(agree->find, i + 1, references[field]);
	}
	while ((step = sqlite3_step(agree->find)) == SQLITE_ROW)
		ids[(*count)++] = sqlite3_column_int64(agree->find, 0);
	sqlite3_reset(agree->find);
	return step == SQLITE_DONE || store_failed(agree->store, error);
}

bool
agree_close(struct agree *agree, struct error *error)
{
	bool done = true;

	if (agree == NULL)
		return true;
	sqlite3_finalize(agree->find);
	for (int i = 0; i < agree->count; i++)
		if (agree->made[i])
			done = store_run(agree->store,
					 arena_format(&agree->arena,
						      "DROP INDEX IF EXISTS agree_%d", i),
					 error) &&
			       done;
	arena_free(&agree->arena);
	free(agree);
	return done;
}
