/* SPDX-License-Identifier: MIT */
#include "db/pass.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/need.h"
#include "db/trail.h"

enum {
	GROUPS_MAX = 32,
	/* Ids beyond are taken for named: that is slower, and no less right. */
	NAMED_IDS_MAX = 1 << 27,
};

/* Elements that depend on the same things. */
struct group {
	struct need need;
	short elements[KEPT_ELEMENTS_MAX];
	int count;
	/* Of the walk over what they depend on, and of that over what they are. */
	uint32_t begin, class_begin;
	/* What they are of each class; both walks lead to the class's number, from 1 on. */
	const char ***classes;
	size_t class_count, class_room;
	sqlite3_stmt *statement;	/* what they are of the device :id */
};

/* The ids that a column of another table names, a bit each. */
struct named {
	uint64_t *words;
	size_t room;
};

struct pass {
	struct store *store;
	struct kept *kept;
	struct need_columns columns;
	int places[NEED_COLUMNS_MAX];	/* of the columns among the values of a row */
	struct named named[NEED_COLUMNS_MAX];
	uint64_t blanks;		/* the columns of which it matters whether they are blank */
	struct group groups[GROUPS_MAX];
	int count;
	/* Of the walk over the classes of all groups, to an answer: a verdict's place, plus 1. */
	uint32_t begin;
	struct trail trail;
	uint32_t *answers;		/* by place in the trail; 0: not known */
	size_t room;
	struct arena arena;
};

static uint32_t *
answer_at(struct pass *pass, uint32_t place)
{
	size_t room = pass->room;

	if (place >= room) {
		pass->answers = memory_grow(pass->answers, &pass->room, (size_t)place + 1,
					    sizeof *pass->answers);
		memset(pass->answers + room, 0, (pass->room - room) * sizeof *pass->answers);
	}
	return &pass->answers[place];
}

/* What depends on blanks alone stays apart: each other group would be asked more often for it. */
static bool
fits(const struct need *group, const struct need *need)
{
	uint64_t both = group->value & need->value;

	return (group->value == 0) == (need->value == 0) &&
	       (both == need->value || both == group->value);
}

static void
add_element(struct pass *pass, short element)
{
	struct need need = need_read(&pass->columns,
				     text_words(&pass->kept->devices.elements[element].sql.text));
	int place = 0;

	while (place < pass->count && !fits(&pass->groups[place].need, &need))
		place++;
	assert(place < GROUPS_MAX);
	if (place == pass->count)
		pass->groups[pass->count++] = (struct group){
			.begin = trail_begin(&pass->trail), .class_begin = trail_begin(&pass->trail)
		};
	pass->groups[place].elements[pass->groups[place].count++] = element;
	pass->groups[place].need.value |= need.value;
	pass->groups[place].need.blank |= need.blank;
	pass->blanks |= need.blank;
}

static bool
prepare_group(struct pass *pass, struct group *group, struct error *error)
{
	struct sql sql = { 0 };

	text_append(&sql.text, "SELECT 1");
	for (int i = 0; i < group->count; i++)
		kept_append_element(&sql, &pass->kept->devices.elements[group->elements[i]]);
	text_append(&sql.text, " FROM device WHERE device.id = :id");
	group->statement = store_prepare_bound(pass->store, &sql, pass->store->today, error);
	sql_free(&sql);
	return group->statement != NULL;
}

static void
add_named(struct named *named, int64_t id)
{
	size_t word = (size_t)id / 64, room = named->room;

	if (id < 0 || id >= NAMED_IDS_MAX)
		return;
	if (word >= room) {
		named->words = memory_grow(named->words, &named->room, word + 1,
					   sizeof *named->words);
		memset(named->words + room, 0, (named->room - room) * sizeof *named->words);
	}
	named->words[word] |= UINT64_C(1) << id % 64;
}

static bool
is_named(const struct named *named, int64_t id)
{
	if (id < 0 || id >= NAMED_IDS_MAX)
		return true;
	return (size_t)id / 64 < named->room && (named->words[id / 64] >> id % 64 & 1) != 0;
}

static bool
read_named(struct pass *pass, int column, struct error *error)
{
	const struct need_column *by = &pass->columns.columns[column];
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool read;
	int step;

	if (by->table == NULL)
		return true;
	text_format(&sql, "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL", by->by, by->table,
		    by->by);
	read = store_prepare(pass->store, text_words(&sql), &statement, error);
	text_free(&sql);
	if (!read)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW)
		add_named(&pass->named[column], sqlite3_column_int64(statement, 0));
	sqlite3_finalize(statement);
	return step == SQLITE_DONE || store_failed(pass->store, error);
}

struct pass *
pass_new(struct store *store, struct kept *kept, struct error *error)
{
	struct pass *pass = memory_alloc(sizeof *pass);
	bool made = true;

	pass->store = store;
	pass->kept = kept;
	pass->begin = trail_begin(&pass->trail);
	for (short i = 0; i < kept->devices.count; i++)
		if (!kept->devices.elements[i].of_site)
			add_element(pass, i);
	for (int i = 0; i < pass->count; i++)
		made = made && prepare_group(pass, &pass->groups[i], error);
	for (int i = 0; i < pass->columns.count; i++)
		made = made && read_named(pass, i, error);
	if (made)
		return pass;
	pass_free(pass);
	return NULL;
}

void
pass_free(struct pass *pass)
{
	if (pass == NULL)
		return;
	for (int i = 0; i < pass->count; i++) {
		sqlite3_finalize(pass->groups[i].statement);
		free(pass->groups[i].classes);
	}
	for (int i = 0; i < pass->columns.count; i++)
		free(pass->named[i].words);
	trail_free(&pass->trail);
	arena_free(&pass->arena);
	arena_free(&pass->columns.arena);
	free(pass->answers);
	free(pass);
}

/* Where the expression stands among them; `count` for none. */
static int
place_among(const char *const *expressions, int count, const char *expression)
{
	int place = 0;

	while (place < count && strcmp(expressions[place], expression) != 0)
		place++;
	return place;
}

void
pass_append_columns(struct text *sql, struct pass *pass, const char *const *before, int count)
{
	const char *read[2 * NEED_COLUMNS_MAX];
	int read_count = count;

	assert(count <= NEED_COLUMNS_MAX);
	memcpy(read, before, (size_t)count * sizeof *read);
	for (int i = 0; i < pass->columns.count; i++) {
		const char *name = pass->columns.columns[i].name;

		pass->places[i] = place_among(read, read_count, name);
		if (pass->places[i] < read_count)
			continue;
		read[read_count++] = name;
		text_format(sql, ", %s", name);
	}
}

static uint32_t
step_words(struct pass *pass, uint32_t from, const char *words)
{
	return words != NULL ? trail_text(&pass->trail, from, words, strlen(words))
			     : trail_nothing(&pass->trail, from);
}

uint32_t
pass_begin(struct pass *pass, const char *sensitive)
{
	return step_words(pass, pass->begin, sensitive);
}

static uint32_t
step_value(struct trail *trail, uint32_t from, sqlite3_value *value)
{
	const char *words;

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		return trail_nothing(trail, from);
	case SQLITE_INTEGER:
		return trail_number(trail, from, sqlite3_value_int64(value));
	default:
		words = (const char *)sqlite3_value_text(value);
		return trail_text(trail, from, words, (size_t)sqlite3_value_bytes(value));
	}
}

/* The first of the columns in a set that is not empty. */
static int
first_of(uint64_t set)
{
	return __builtin_ctzll(set);
}

static uint64_t
blanks_of(const struct pass *pass, sqlite3_value **values)
{
	uint64_t blanks = 0;

	for (uint64_t left = pass->blanks; left != 0; left &= left - 1)
		if (sqlite3_value_type(values[pass->places[first_of(left)]]) == SQLITE_NULL)
			blanks |= left & -left;
	return blanks;
}

/* The walk over what the elements of the group depend on. */
static uint32_t
walk(struct pass *pass, const struct group *group, sqlite3_value **values, uint64_t blanks)
{
	uint32_t place = group->begin;

	if (group->need.blank != 0)
		place = trail_step(&pass->trail, place, blanks & group->need.blank);
	for (uint64_t left = group->need.value; left != 0; left &= left - 1) {
		int column = first_of(left);
		sqlite3_value *value = values[pass->places[column]];

		if (pass->columns.columns[column].table != NULL &&
		    sqlite3_value_type(value) == SQLITE_INTEGER &&
		    !is_named(&pass->named[column], sqlite3_value_int64(value)))
			place = trail_number(&pass->trail, place, -1);
		else
			place = step_value(&pass->trail, place, value);
	}
	return place;
}

/* The number of the class that a row of the group's statement is of. */
static uint32_t
class_of(struct pass *pass, struct group *group)
{
	uint32_t place = group->class_begin, *answer;
	const char **class;

	for (int i = 0; i < group->count; i++)
		place = step_words(pass, place,
				   (const char *)sqlite3_column_text(group->statement, 1 + i));
	answer = answer_at(pass, place);
	if (*answer != 0)
		return *answer;
	class = arena_alloc(&pass->arena, (size_t)group->count * sizeof *class);
	for (int i = 0; i < group->count; i++)
		class[i] = arena_text(&pass->arena,
				      (const char *)sqlite3_column_text(group->statement, 1 + i));
	group->classes = memory_grow(group->classes, &group->class_room, group->class_count + 1,
				     sizeof *group->classes);
	group->classes[group->class_count++] = class;
	return *answer = (uint32_t)group->class_count;
}

/* What SQL says of the row; 0 with an error. */
static uint32_t
ask(struct pass *pass, struct group *group, int64_t id, struct error *error)
{
	uint32_t class = 0;

	sqlite3_bind_int64(group->statement, sqlite3_bind_parameter_index(group->statement, ":id"),
			   id);
	if (sqlite3_step(group->statement) == SQLITE_ROW)
		class = class_of(pass, group);
	else
		store_failed(pass->store, error);
	sqlite3_reset(group->statement);
	return class;
}

/* From classes to a place, few of which are met: ten small numbers are one step. */
static uint32_t
step_classes(struct pass *pass, uint32_t from, const uint32_t *classes)
{
	enum { BITS = 6, TOGETHER = 10 };
	uint64_t together = 0;

	for (int i = 0; i < pass->count; i++) {
		bool is_small = classes[i] < 1 << BITS;

		if (!is_small)
			from = trail_step(&pass->trail, from, UINT64_C(1) << 63 | classes[i]);
		together = together << BITS | (is_small ? classes[i] : 0);
		if (i % TOGETHER == TOGETHER - 1 || i == pass->count - 1) {
			from = trail_step(&pass->trail, from, together);
			together = 0;
		}
	}
	return from;
}

static const short *
judge(struct pass *pass, const uint32_t *classes, const char *sensitive)
{
	struct kept_judge *devices = &pass->kept->devices;
	const char *values[KEPT_ELEMENTS_MAX];

	for (int i = 0; i < devices->count; i++)
		values[i] = sensitive;
	for (int i = 0; i < pass->count; i++) {
		const struct group *group = &pass->groups[i];
		const char **class = group->classes[classes[i] - 1];

		for (int k = 0; k < group->count; k++)
			values[group->elements[k]] = class[k];
	}
	return kept_judge_row(pass->kept, devices, values);
}

const short *
pass_judge(struct pass *pass, sqlite3_value **values, int64_t id, uint32_t begin,
	   const char *sensitive, struct error *error)
{
	uint64_t blanks = blanks_of(pass, values);
	uint32_t classes[GROUPS_MAX], place, known;
	const short *verdict;

	for (int i = 0; i < pass->count; i++) {
		uint32_t end = walk(pass, &pass->groups[i], values, blanks);

		classes[i] = *answer_at(pass, end);
		if (classes[i] == 0 && (classes[i] = ask(pass, &pass->groups[i], id, error)) == 0)
			return NULL;
		*answer_at(pass, end) = classes[i];
	}
	place = step_classes(pass, begin, classes);
	known = *answer_at(pass, place);
	if (known != 0)
		return pass->kept->devices.verdicts + (known - 1);
	verdict = judge(pass, classes, sensitive);
	*answer_at(pass, place) = (uint32_t)(verdict - pass->kept->devices.verdicts) + 1;
	return verdict;
}
