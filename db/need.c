/* SPDX-License-Identifier: MIT */
#include "db/need.h"

#include <assert.h>
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/text.h"

static const char row[] = "device.", equals[] = " = ", key_end[] = "_id";

static bool
is_of_word(char sign)
{
	return isalnum((unsigned char)sign) || sign == '_';
}

static size_t
word_size(const char *words)
{
	size_t size = 0;

	while (is_of_word(words[size]))
		size++;
	return size;
}

static bool
begins(const char *words, const char *with)
{
	return strncmp(words, with, strlen(with)) == 0;
}

/* Whether the words before `end`, no further back than `first`, end so. */
static bool
ends(const char *first, const char *end, const char *with)
{
	size_t size = strlen(with);

	return (size_t)(end - first) >= size && memcmp(end - size, with, size) == 0;
}

static bool
is_key(const char *name)
{
	return strcmp(name, "id") == 0 || ends(name, name + strlen(name), key_end);
}

/* The table that the query calls so, which may be its own name; NULL when it cannot be seen. */
static const char *
table_called(struct arena *arena, const char *sql, const char *name)
{
	static const char *const before[] = { " AS ", "FROM ", "JOIN " };
	size_t size = strlen(name);

	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		const char *sign = arena_format(arena, "%s%s", before[i], name),
			   *at = strstr(sql, sign), *end = at;

		if (at == NULL || is_of_word(at[strlen(before[i]) + size]))
			continue;
		if (i > 0)
			return name;
		while (at > sql && is_of_word(at[-1]))
			at--;
		return at < end ? arena_bytes(arena, at, (size_t)(end - at)) : NULL;
	}
	return NULL;
}

/*
 * "WHERE other.by = device.name)": for a row that no other one names so, all is as for any that
 * none does.  False when the column at that place, whose name ends at `end`, stands otherwise.
 */
static bool
read_named(struct arena *arena, const char *sql, const char *at, const char *end,
	   struct need_column *column)
{
	const char *first, *last = at - strlen(equals);
	char *words, *dot;

	if (!ends(sql, at, equals) || !(*end == ')' || begins(end, " AND ")) ||
	    !is_key(column->name + strlen(row)))
		return false;
	for (first = last; first > sql && (is_of_word(first[-1]) || first[-1] == '.'); first--)
		continue;
	words = arena_bytes(arena, first, (size_t)(last - first));
	dot = strchr(words, '.');
	if (dot == NULL || !is_key(dot + 1) ||
	    !(ends(sql, first, "WHERE ") || ends(sql, first, "AND ")))
		return false;
	*dot = '\0';
	column->table = table_called(arena, sql, words);
	column->by = dot + 1;
	return column->table != NULL;
}

static uint64_t
bit_of(struct need_columns *columns, const struct need_column *column)
{
	int place = 0;

	while (place < columns->count &&
	       !(text_equals(columns->columns[place].name, column->name) &&
		 text_equals(columns->columns[place].table, column->table) &&
		 text_equals(columns->columns[place].by, column->by)))
		place++;
	assert(place < NEED_COLUMNS_MAX);
	if (place == columns->count)
		columns->columns[columns->count++] = *column;
	return UINT64_C(1) << place;
}

/*
 * Whether what reads so much of the row asks nothing but the row: no query, no day, no value that
 * is bound.
 */
static bool
is_of_row_alone(const char *sql, const struct need *need)
{
	enum { MANY = 3 };

	return __builtin_popcountll(need->value) >= MANY && strstr(sql, "SELECT ") == NULL &&
	       strpbrk(sql, "?:") == NULL;
}

static struct need
read_columns(struct need_columns *columns, const char *sql)
{
	struct need need = { 0 };
	const char *end = sql;

	for (const char *at; (at = strstr(end, row)) != NULL;) {
		const char *name = at + strlen(row);
		size_t size = strlen(row) + word_size(name);
		struct need_column column = { .name = arena_bytes(&columns->arena, at, size) };

		end = at + strlen(column.name);
		if (at > sql && is_of_word(at[-1]))
			continue;
		if (begins(end, " IS NULL") || begins(end, " IS NOT NULL")) {
			need.blank |= bit_of(columns, &column);
			continue;
		}
		if (!read_named(&columns->arena, sql, at, end, &column))
			column.table = column.by = NULL;
		need.value |= bit_of(columns, &column);
	}
	return need;
}

struct need
need_read(struct need_columns *columns, const char *sql)
{
	int count = columns->count;
	struct need need = read_columns(columns, sql);
	const struct need_column whole = { .name = sql };

	if (!is_of_row_alone(sql, &need))
		return need;
	columns->count = count;
	return (struct need){ .value = bit_of(columns, &whole) };
}
