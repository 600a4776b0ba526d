/* SPDX-License-Identifier: MIT */
#include "db/condition.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"

void
sql_free(struct sql *sql)
{
	text_free(&sql->text);
	arena_free(&sql->arena);
	free(sql->values);
	*sql = (struct sql){ 0 };
}

static struct sql_value *
next_value(struct sql *sql)
{
	sql->values = memory_grow(sql->values, &sql->room, sql->count + 1, sizeof *sql->values);
	return &sql->values[sql->count++];
}

void
sql_bind_text(struct sql *sql, const char *text)
{
	*next_value(sql) = (struct sql_value){ .text = arena_text(&sql->arena, text) };
}

void
sql_bind_number(struct sql *sql, int64_t number)
{
	*next_value(sql) = (struct sql_value){ .number = number };
}

/* A LIKE pattern: the value's own signs are escaped; with `stars` its * stand for anything. */
static const char *
pattern(struct sql *sql, const char *value, bool stars)
{
	struct text words = { 0 };
	const char *copy;

	text_append(&words, stars ? "" : "%");
	for (; *value != '\0'; value++) {
		if (strchr("%_\\", *value) != NULL)
			text_append(&words, "\\");
		text_append_bytes(&words, stars && *value == '*' ? "%" : value, 1);
	}
	text_append(&words, stars ? "" : "%");
	copy = arena_text(&sql->arena, text_words(&words));
	text_free(&words);
	return copy;
}

static void
append_like(struct sql *sql, const struct entity *entity, const struct field *field,
	    const char *like)
{
	column_expression(&sql->text, entity, field);
	text_append(&sql->text, " LIKE ? ESCAPE '\\'");
	sql_bind_text(sql, like);
}

/*
 * A reference is looked for in the key and the label of the records that it may name, once;
 * exactly, only in the key: case aside, but for devices, whose million tags only their index can
 * look through.
 */
static void
append_reference(struct sql *sql, const struct entity *entity, const struct field *field,
		 bool exact, const char *value)
{
	const struct entity *target = &entities[field->target];
	const struct field *ends[2] = { entity_key(target), &target->fields[target->label] };

	text_format(&sql->text, "%s.%s_id IN (SELECT %s.id FROM %s WHERE ", entity->name,
		    field->name, target->name, target->name);
	for (int i = 0; i < (exact ? 1 : 2); i++) {
		text_append(&sql->text, i > 0 ? " OR " : "");
		column_expression(&sql->text, target, ends[i]);
		text_append(&sql->text, !exact                          ? " LIKE ? ESCAPE '\\'"
					: target->kind == ENTITY_DEVICE ? " = ?"
									: " = ? COLLATE NOCASE");
		sql_bind_text(sql, value);
	}
	text_append(&sql->text, ")");
}

static void
append_words(struct sql *sql, const struct entity *entity, const char *value)
{
	const char *like = pattern(sql, value, strchr(value, '*') != NULL), *or = "";

	text_append(&sql->text, "(");
	for each_field(field, entity->fields) {
		if ((field->flags & FIELD_SEARCHED) == 0)
			continue;
		text_append(&sql->text, or);
		if (field->type == FIELD_REFERENCE)
			append_reference(sql, entity, field, false, like);
		else
			append_like(sql, entity, field, like);
		or = " OR ";
	}
	text_format(&sql->text, "%s)", *or == '\0' ? "0" : "");
}

static void
append_number(struct sql *sql, const struct entity *entity, const struct field *field,
	      const char *sign, const char *value)
{
	if (field->type == FIELD_INTEGER) {
		/* As it is kept, so that an index can answer. */
		column_expression(&sql->text, entity, field);
		text_format(&sql->text, " %s ?", sign);
		sql_bind_number(sql, strtoll(value, NULL, 10));
		return;
	}
	text_append(&sql->text, "CAST(");
	column_expression(&sql->text, entity, field);
	text_format(&sql->text, " AS NUMERIC) %s CAST(? AS NUMERIC)", sign);
	sql_bind_text(sql, value);
}

/* The days that a date, or the year or month that is known of it, begins on and ends before. */
static void
days_of(const char *value, int64_t *first, int64_t *end)
{
	struct date date = { 0 };
	bool year_alone, month_alone;

	date_parse(value, true, &date);
	year_alone = date.month == 0;
	month_alone = !year_alone && date.day == 0;
	*first = date_days(date);
	*end = *first + 1;
	if (year_alone || month_alone)
		*end = date_days(date_add_months(date_from_days(*first), year_alone ? 12 : 1));
}

/* An instant is kept in seconds: a day that it is compared with means all of the day. */
static void
append_instant(struct sql *sql, const struct entity *entity, const struct field *field,
	       enum filter_kind kind, const char *value)
{
	enum { DAY = 24 * 60 * 60 };
	int64_t first, end;

	days_of(value, &first, &end);
	column_expression(&sql->text, entity, field);
	if (kind == FILTER_IS) {
		text_append(&sql->text, " BETWEEN ? AND ?");
		sql_bind_number(sql, first * DAY);
		sql_bind_number(sql, end * DAY - 1);
		return;
	}
	text_append(&sql->text,
		    kind == FILTER_LESS || kind == FILTER_LESS_OR_IS ? " < ?" : " >= ?");
	sql_bind_number(sql,
			(kind == FILTER_LESS || kind == FILTER_MORE_OR_IS ? first : end) * DAY);
}

/* "until 2022" and "after 2022" mean its end: no day of it sorts behind these words. */
static const char *
last_of(struct sql *sql, const struct filter *filter)
{
	bool end = filter->kind == FILTER_LESS_OR_IS || filter->kind == FILTER_MORE;

	if (!end ||
	    (filter->field->type != FIELD_DATE && filter->field->type != FIELD_PARTIAL_DATE) ||
	    strlen(filter->value) >= DATE_TEXT_SIZE - 1)
		return filter->value;
	return arena_format(&sql->arena, "%s-99", filter->value);
}

static void
append_comparison(struct sql *sql, const struct entity *entity, const struct filter *filter,
		  const char *sign)
{
	const struct field *field = filter->field;

	if (field_is_number(field)) {
		append_number(sql, entity, field, sign, filter->value);
	} else if (field->type == FIELD_INSTANT) {
		append_instant(sql, entity, field, filter->kind, filter->value);
	} else {
		column_expression(&sql->text, entity, field);
		text_format(&sql->text, " %s ?%s", sign,
			    field->type == FIELD_TEXT ? " COLLATE NOCASE" : "");
		sql_bind_text(sql, last_of(sql, filter));
	}
}

static void
append_holds(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	const struct field *field = filter->field;
	bool stars = filter->kind == FILTER_LIKE;

	if (field->type == FIELD_REFERENCE) {
		append_reference(sql, entity, field, false, pattern(sql, filter->value, stars));
	} else if (field->type == FIELD_INSTANT) {
		text_append(&sql->text, "strftime('%Y-%m-%dT%H:%M:%SZ', ");
		column_expression(&sql->text, entity, field);
		text_append(&sql->text, ", 'unixepoch') LIKE ? ESCAPE '\\'");
		sql_bind_text(sql, pattern(sql, filter->value, stars));
	} else if (!stars && field->type == FIELD_CHOICE) {
		column_expression(&sql->text, entity, field);
		text_append(&sql->text, " = ?");
		sql_bind_text(sql, filter->value);
	} else if (!stars && field_is_number(field)) {
		append_number(sql, entity, field, "=", filter->value);
	} else {
		append_like(sql, entity, field, pattern(sql, filter->value, stars));
	}
}

static void
append_is(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	const struct field *field = filter->field;

	if (field->type == FIELD_REFERENCE) {
		append_reference(sql, entity, field, true, filter->value);
	} else if (field_is_number(field)) {
		append_number(sql, entity, field, "=", filter->value);
	} else if (field->type == FIELD_INSTANT) {
		append_instant(sql, entity, field, FILTER_IS, filter->value);
	} else {
		column_expression(&sql->text, entity, field);
		text_append(&sql->text, " = ? COLLATE NOCASE");
		sql_bind_text(sql, filter->value);
	}
}

/* Answers are few beside what breaks rules, so they are the list that is looked up. */
static void
append_answered(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	text_format(&sql->text,
		    "%s.id IN (SELECT answer.%s_id FROM answer WHERE answer.rule = ? AND "
		    "answer.%s_id IS NOT NULL AND answer.expires_on %s :today)",
		    entity->name, entity->name, entity->name,
		    filter->kind == FILTER_ANSWERED ? ">=" : "<");
	sql_bind_text(sql, filter->value);
}

static void
append_leaf(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_WORDS:
		append_words(sql, entity, filter->value);
		break;
	case FILTER_HOLDS:
	case FILTER_LIKE:
		append_holds(sql, entity, filter);
		break;
	case FILTER_IS:
		append_is(sql, entity, filter);
		break;
	case FILTER_BLANK:
		column_expression(&sql->text, entity, filter->field);
		text_append(&sql->text, " IS NULL");
		break;
	case FILTER_LESS:
		append_comparison(sql, entity, filter, "<");
		break;
	case FILTER_LESS_OR_IS:
		append_comparison(sql, entity, filter, "<=");
		break;
	case FILTER_MORE:
		append_comparison(sql, entity, filter, ">");
		break;
	case FILTER_MORE_OR_IS:
		append_comparison(sql, entity, filter, ">=");
		break;
	case FILTER_ANSWERED:
	case FILTER_LAPSED:
		append_answered(sql, entity, filter);
		break;
	default:
		text_append(&sql->text, "1");
	}
}

/* A field read from another record is asked of that record's table, once, and not of every row. */
static bool
append_through(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	struct filter inner = *filter;
	const struct entity *target;
	const char *reference;

	if (sql->of_one || filter->field == NULL || filter->kind == FILTER_BLANK ||
	    !column_through(entity, filter->field, &target, &inner.field, &reference, &sql->arena))
		return false;
	text_format(&sql->text, "%s IN (SELECT %s.id FROM %s WHERE ", reference, target->name,
		    target->name);
	condition_append(sql, target, &inner);
	text_append(&sql->text, ")");
	return true;
}

/* What holds only of rows whose field is not blank is asked of few, where those are known. */
static void
append_narrow(struct sql *sql, const struct entity *entity, const struct filter *filter,
	      bool opposite)
{
	if (!sql->of_one && filter->field != NULL && (filter->kind == FILTER_BLANK) == opposite &&
	    column_narrow(&sql->text, entity, filter->field))
		text_append(&sql->text, " AND ");
}

static void append_condition(struct sql *sql, const struct entity *entity,
			     const struct filter *filter, bool opposite);

/* One side of terms joined by AND (or OR): in brackets when it is joined by the other. */
static void
append_side(struct sql *sql, const struct entity *entity, const struct filter *side, bool opposite,
	    bool both)
{
	const struct filter *inner = side;
	bool turned = opposite, brackets;

	for (; inner->kind == FILTER_NOT; inner = inner->left)
		turned = !turned;
	brackets = (inner->kind == FILTER_AND || inner->kind == FILTER_OR) &&
		   ((inner->kind == FILTER_AND) != turned) != both;
	text_append(&sql->text, brackets ? "(" : "");
	append_condition(sql, entity, side, opposite);
	text_append(&sql->text, brackets ? ")" : "");
}

/*
 * The parser of SQLite holds a hundred open things, so nothing is nested that need not be: terms
 * side by side stand without brackets, and an opposite is that of each term.
 */
static void
append_condition(struct sql *sql, const struct entity *entity, const struct filter *filter,
		 bool opposite)
{
	bool both = (filter->kind == FILTER_AND) != opposite;

	if (filter->kind == FILTER_NOT) {
		append_condition(sql, entity, filter->left, !opposite);
	} else if (filter->kind == FILTER_AND || filter->kind == FILTER_OR) {
		append_side(sql, entity, filter->left, opposite, both);
		text_append(&sql->text, both ? " AND " : " OR ");
		append_side(sql, entity, filter->right, opposite, both);
	} else if (filter->kind == FILTER_BLANK && opposite) {
		append_narrow(sql, entity, filter, opposite);
		column_expression(&sql->text, entity, filter->field);
		text_append(&sql->text, " IS NOT NULL");
	} else {
		/* A blank field holds nothing: its opposite is true, where SQL would say NULL. */
		text_append(&sql->text, opposite ? "NOT coalesce(" : "");
		append_narrow(sql, entity, filter, opposite);
		if (!append_through(sql, entity, filter))
			append_leaf(sql, entity, filter);
		text_append(&sql->text, opposite ? ", 0)" : "");
	}
}

void
condition_append(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	text_append(&sql->text, "(");
	append_condition(sql, entity, filter, false);
	text_append(&sql->text, ")");
}
