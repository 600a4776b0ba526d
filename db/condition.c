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
append_like(struct sql *sql, const struct entity *entity, const struct field *field, const char *like)
{
	column_expression(&sql->text, entity, field);
	text_append(&sql->text, " LIKE ? ESCAPE '\\'");
	sql_bind_text(sql, like);
}

/* A reference is looked for in the key and the label of the records it may name, once; exactly, only in the key. */
static void
append_reference(struct sql *sql, const struct entity *entity, const struct field *field, bool exact,
		 const char *value)
{
	const struct entity *target = &entities[field->target];
	const struct field *ends[2] = { entity_key(target), &target->fields[target->label] };

	text_format(&sql->text, "%s.%s_id IN (SELECT %s.id FROM %s WHERE ", entity->name, field->name,
		    target->name, target->name);
	for (int i = 0; i < (exact ? 1 : 2); i++) {
		text_append(&sql->text, i > 0 ? " OR " : "");
		column_expression(&sql->text, target, ends[i]);
		text_append(&sql->text, exact ? " = ?" : " LIKE ? ESCAPE '\\'");
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
append_number(struct sql *sql, const struct entity *entity, const struct field *field, const char *sign,
	      const char *value)
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

static bool
is_number(const struct field *field)
{
	return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL;
}

/* An instant is kept in seconds: what a day is compared with is its first second, or for "until it" its last. */
static void
append_instant(struct sql *sql, const struct entity *entity, const struct field *field, enum filter_kind kind,
	       const char *sign, const char *value)
{
	bool whole_day = kind == FILTER_LESS_OR_IS || kind == FILTER_MORE;
	struct date date = { 0 };

	date_parse(value, true, &date);
	column_expression(&sql->text, entity, field);
	text_format(&sql->text, " %s ?", sign);
	sql_bind_number(sql, (date_days(date) + whole_day) * 24 * 60 * 60 - whole_day);
}

static void
append_comparison(struct sql *sql, const struct entity *entity, const struct filter *filter, const char *sign)
{
	const struct field *field = filter->field;

	if (is_number(field)) {
		append_number(sql, entity, field, sign, filter->value);
	} else if (field->type == FIELD_INSTANT) {
		append_instant(sql, entity, field, filter->kind, sign, filter->value);
	} else {
		column_expression(&sql->text, entity, field);
		text_format(&sql->text, " %s ?%s", sign, field->type == FIELD_TEXT ? " COLLATE NOCASE" : "");
		sql_bind_text(sql, filter->value);
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
	} else if (!stars && is_number(field)) {
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
	} else if (is_number(field)) {
		append_number(sql, entity, field, "=", filter->value);
	} else {
		column_expression(&sql->text, entity, field);
		text_append(&sql->text, " = ? COLLATE NOCASE");
		sql_bind_text(sql, filter->value);
	}
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

	if (filter->field == NULL || filter->kind == FILTER_BLANK ||
	    !column_through(entity, filter->field, &target, &inner.field, &reference, &sql->arena))
		return false;
	text_format(&sql->text, "%s IN (SELECT %s.id FROM %s WHERE ", reference, target->name, target->name);
	condition_append(sql, target, &inner);
	text_append(&sql->text, ")");
	return true;
}

void
condition_append(struct sql *sql, const struct entity *entity, const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_AND:
	case FILTER_OR:
		text_append(&sql->text, "(");
		condition_append(sql, entity, filter->left);
		text_append(&sql->text, filter->kind == FILTER_AND ? " AND " : " OR ");
		condition_append(sql, entity, filter->right);
		text_append(&sql->text, ")");
		break;
	case FILTER_NOT:
		/* A blank field holds nothing: its opposite is true, where SQL would say NULL. */
		text_append(&sql->text, "NOT coalesce((");
		condition_append(sql, entity, filter->left);
		text_append(&sql->text, "), 0)");
		break;
	default:
		if (!append_through(sql, entity, filter))
			append_leaf(sql, entity, filter);
	}
}
