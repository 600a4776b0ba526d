/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/* A mapping file of a thousand columns is 50 KB. */
enum { MAPPING_FILE_MAX = 1024 * 1024 };

/* The texts between which the lines of the file put their sign. */
struct line {
	const char *left;
	bool quoted;		/* left stood in quotes */
	bool constant;		/* := and not = */
	const char *right;
};

static const char *
trimmed(struct arena *arena, const char *bytes, size_t size)
{
	const char *start = text_trim(bytes, &size);

	return arena_bytes(arena, start, size);
}

/* A heading in quotes, a quote in it doubled; returns what follows, NULL when it never ends. */
static const char *
read_quoted(struct arena *arena, const char *at, const char **heading)
{
	char *out = arena_text(arena, at), *end = out;

	for (at++; *at != '\0'; at++) {
		if (*at == '"' && at[1] != '"') {
			*end = '\0';
			*heading = out;
			return at + 1;
		}
		at += *at == '"';
		*end++ = *at;
	}
	return NULL;
}

/*
 * Splits at the first := or at the last =, so that a value may hold any sign and a heading an =.
 * Returns NULL when there is neither.
 */
static const char *
find_sign(const char *words, bool *constant)
{
	const char *define = strstr(words, ":="), *equals = strrchr(words, '=');

	*constant = define != NULL;
	return define != NULL ? define : equals;
}

static bool
split_line(struct arena *arena, const char *words, struct line *line)
{
	const char *sign, *rest = words;

	*line = (struct line){ .quoted = *words == '"' };
	if (line->quoted) {
		rest = read_quoted(arena, words, &line->left);
		if (rest == NULL)
			return false;
		rest += strspn(rest, " \t");
		line->right = *rest == '=' ? trimmed(arena, rest + 1, strlen(rest + 1)) : NULL;
		return line->right != NULL;
	}
	sign = find_sign(words, &line->constant);
	if (sign == NULL)
		return false;
	line->left = trimmed(arena, words, (size_t)(sign - words));
	sign += line->constant ? 2 : 1;
	line->right = trimmed(arena, sign, strlen(sign));
	return *line->left != '\0';
}

size_t
mapping_column_number(const char *words)
{
	static const char prefix[] = "column ";
	char *end;
	unsigned long number;

	if (strncmp(words, prefix, sizeof prefix - 1) != 0)
		return 0;
	words += sizeof prefix - 1;
	number = strtoul(words, &end, 10);
	if (*words < '1' || *words > '9' || *end != '\0' || number > ROW_CELLS_MAX)
		return 0;
	return number;
}

/* Whether what stands behind the last comma is that word; then it is cut off. */
static bool
cut_word(char *right, const char *word)
{
	char *comma = strrchr(right, ',');
	const char *behind = comma != NULL ? comma + 1 + strspn(comma + 1, " \t") : NULL;

	if (comma == NULL || !text_same(behind, word))
		return false;
	while (comma > right && (comma[-1] == ' ' || comma[-1] == '\t'))
		comma--;
	*comma = '\0';
	return true;
}

/* What stands right of the sign: "-", "field", "make, model", "field, month first". */
static bool
read_use(struct mapping *mapping, const char *words, struct mapping_rule *rule, struct error *error)
{
	char *right = arena_text(&mapping->arena, words);

	if (cut_word(right, "month first"))
		rule->order = DATE_ORDER_MONTH;
	else if (cut_word(right, "day first"))
		rule->order = DATE_ORDER_DAY;
	rule->left_out = strcmp(right, "-") == 0;
	rule->paired = mapping->entity->kind == ENTITY_DEVICE && cut_word(right, "model");
	if (rule->left_out || mapping_find_target(mapping->entity, right, &rule->target, error)) {
		if (!rule->paired ||
		    (rule->target.reference < 0 && rule->target.field == DEVICE_make))
			return true;
		return error_set(error, ERROR_INVALID,
				 "'%.60s' is not understood: only make and model share a cell, as "
				 "make, model.",
				 words);
	}
	return false;
}

/* The rule about the same heading or column from the same hand, or NULL. */
static struct mapping_rule *
find_same(struct mapping *mapping, const struct mapping_rule *rule)
{
	for (size_t i = 0; i < mapping->rule_count; i++) {
		struct mapping_rule *other = &mapping->rules[i];

		if (other->origin == rule->origin && (rule->heading != NULL ?
		    other->heading != NULL && text_same(other->heading, rule->heading) :
		    other->heading == NULL && other->column == rule->column))
			return other;
	}
	return NULL;
}

static bool
add_rule(struct mapping *mapping, enum mapping_origin origin, const struct line *line, int number,
	 struct error *error)
{
	struct mapping_rule rule = { .origin = origin, .heading = line->left, .line = number },
			    *same;

	rule.column = line->quoted ? 0 : mapping_column_number(line->left);
	if (rule.column > 0)
		rule.heading = NULL;
	if (!read_use(mapping, line->right, &rule, error))
		return false;
	if (origin == MAPPING_SAVED)
		rule.order = DATE_ORDER_NONE;
	same = find_same(mapping, &rule);
	if (same != NULL && origin == MAPPING_FILE)
		return error_set(error, ERROR_INVALID,
				 "'%.80s' was already given a field on line %d.", line->left,
				 same->line);
	if (same != NULL) {
		*same = rule;
		return true;
	}
	mapping->rules = memory_grow(mapping->rules, &mapping->rule_room, mapping->rule_count + 1,
				     sizeof *mapping->rules);
	mapping->rules[mapping->rule_count++] = rule;
	return true;
}

/* The words are parsed. */
static bool
add_constant(struct mapping *mapping, struct mapping_target target, const char *words, bool option,
	     struct error *error)
{
	const struct field *field = mapping_target_field(mapping->entity, target);
	struct mapping_constant constant = { .target = target, .option = option };

	if (!field_parse(field, words, &mapping->arena, &constant.value, error))
		return error_prefix(error, "%s: ", field->name);
	if (constant.value == NULL)
		return error_set(error, ERROR_INVALID,
				 "%s has no value behind the sign: give it one, or leave it out.",
				 field->name);
	for (size_t i = 0; i < mapping->constant_count; i++) {
		struct mapping_constant *other = &mapping->constants[i];

		if (other->target.reference != target.reference ||
		    other->target.field != target.field)
			continue;
		if (other->option == option)
			return error_set(error, ERROR_INVALID,
					 "%s is given two values, '%.60s' and '%.60s'.",
					 field->name, other->value, constant.value);
		*other = constant;
		return true;
	}
	mapping->constants = memory_grow(mapping->constants, &mapping->constant_room,
					 mapping->constant_count + 1, sizeof *mapping->constants);
	mapping->constants[mapping->constant_count++] = constant;
	return true;
}

static bool
read_line(struct mapping *mapping, const char *words, int number, struct error *error)
{
	struct mapping_target target;
	struct line line;

	if (*words == '\0' || *words == '#')
		return true;
	if (!split_line(&mapping->arena, words, &line))
		return error_set(error, ERROR_INVALID,
				 "'%.80s' is not understood: expected Heading = field, Heading = "
				 "-, field := value or # comment.",
				 words);
	if (!line.constant)
		return add_rule(mapping, MAPPING_FILE, &line, number, error);
	return mapping_find_target(mapping->entity, line.left, &target, error) &&
	       add_constant(mapping, target, line.right, false, error);
}

bool
mapping_read_text(struct mapping *mapping, const char *name, const char *text, struct error *error)
{
	size_t size = strlen(text);
	int number = 0;

	mapping->file = arena_text(&mapping->arena, name);
	if (text_invalid_at(text, size) < size)
		return error_set(error, ERROR_INVALID,
				 "%s is not text in UTF-8: write it with a plain text editor.",
				 name);
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while (*text != '\0') {
		size = strcspn(text, "\n");
		if (!read_line(mapping, trimmed(&mapping->arena, text, size), ++number, error))
			return error_prefix(error, "%s, line %d: ", name, number);
		text += size + (text[size] == '\n');
	}
	return true;
}

bool
mapping_read(struct mapping *mapping, const char *path, struct error *error)
{
	const char *slash = strrchr(path, '/');
	char *bytes;
	size_t size;
	FILE *file = fopen(path, "re");
	bool failed, done;

	if (file == NULL)
		return error_set(error, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_FILE,
				 "The mapping file %s cannot be opened: %s.", path,
				 strerror(errno));
	bytes = memory_alloc(MAPPING_FILE_MAX + 1);
	size = fread(bytes, 1, MAPPING_FILE_MAX, file);
	failed = ferror(file) != 0;
	done = feof(file) != 0;
	fclose(file);
	if (failed || !done || memchr(bytes, '\0', size) != NULL) {
		free(bytes);
		return error_set(error, ERROR_FILE,
				 "The mapping file %s cannot be read: expected a small text file.",
				 path);
	}
	done = mapping_read_text(mapping, slash != NULL ? slash + 1 : path, bytes, error);
	free(bytes);
	return done;
}

bool
mapping_set(struct mapping *mapping, const char *assignment, struct error *error)
{
	const char *equals = strchr(assignment, '=');
	struct mapping_target target;
	const char *name;

	if (equals == NULL)
		return error_set(error, ERROR_USAGE,
				 "--set %.60s is not understood: expected FIELD=VALUE.",
				 assignment);
	name = trimmed(&mapping->arena, assignment, (size_t)(equals - assignment));
	if (!mapping_find_target(mapping->entity, name, &target, error) ||
	    !add_constant(mapping, target, equals + 1, true, error))
		return error_prefix(error, "--set %.60s: ", assignment);
	return true;
}

bool
mapping_add_column(struct mapping *mapping, const char *assignment, struct error *error)
{
	const char *words = trimmed(&mapping->arena, assignment, strlen(assignment));
	struct line line;

	if (!split_line(&mapping->arena, words, &line) || line.constant)
		return error_set(error, ERROR_USAGE,
				 "--column %.80s is not understood: expected Heading=field, or "
				 "Heading=- to leave a column out.",
				 assignment);
	if (!add_rule(mapping, MAPPING_OPTION, &line, 0, error))
		return error_prefix(error, "--column %.80s: ", assignment);
	return true;
}

/* The column that --dates names: by its number, or by its heading, which may stand in quotes. */
static bool
read_dated(struct mapping *mapping, const char *name, struct mapping_dates *dates)
{
	const char *rest = "";

	dates->column = mapping_column_number(name);
	if (*name == '"')
		rest = read_quoted(&mapping->arena, name, &name);
	dates->heading = dates->column == 0 ? name : NULL;
	return rest != NULL && *rest == '\0' && *name != '\0';
}

bool
mapping_set_dates(struct mapping *mapping, const char *words, struct error *error)
{
	const char *equals = strrchr(words, '='), *order = equals != NULL ? equals + 1 : words;
	struct mapping_dates dates = { 0 };

	order = trimmed(&mapping->arena, order, strlen(order));
	dates.order = text_same(order, "day")     ? DATE_ORDER_DAY
		      : text_same(order, "month") ? DATE_ORDER_MONTH
						  : DATE_ORDER_NONE;
	if (dates.order == DATE_ORDER_NONE ||
	    (equals != NULL &&
	     !read_dated(mapping, trimmed(&mapping->arena, words, (size_t)(equals - words)),
			 &dates)))
		return error_set(error, ERROR_USAGE,
				 "--dates %.80s is not understood: expected day or month, or for "
				 "one column Heading=day, Heading=month or column 7=month: which "
				 "of the two comes first in dates such as 03/04/2019.",
				 words);
	mapping->dates = memory_grow(mapping->dates, &mapping->date_room, mapping->date_count + 1,
				     sizeof *mapping->dates);
	mapping->dates[mapping->date_count++] = dates;
	return true;
}

void
mapping_read_saved(struct mapping *mapping, const char *text)
{
	struct error passed_over;
	struct line line;

	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		const char *words = trimmed(&mapping->arena, text, size);

		if (*words != '\0' && *words != '#' && split_line(&mapping->arena, words, &line) &&
		    !line.constant)
			add_rule(mapping, MAPPING_SAVED, &line, 0, &passed_over);
		text += size + (text[size] == '\n');
	}
}
