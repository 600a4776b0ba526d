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

/* A heading in quotes, a quote in it doubled; returns what follows it, or NULL when the quote never ends. */
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

/* The number of "column 7"; 0 when the words say something else. */
static size_t
column_number(const char *words)
{
	static const char prefix[] = "column ";
	char *end;
	unsigned long number;

	if (strncmp(words, prefix, sizeof prefix - 1) != 0)
		return 0;
	words += sizeof prefix - 1;
	number = strtoul(words, &end, 10);
	return *words >= '1' && *words <= '9' && *end == '\0' && number <= ROW_CELLS_MAX ? number : 0;
}

static bool
add_rule(struct mapping *mapping, const struct line *line, int number, struct error *error)
{
	struct mapping_rule rule = { .heading = line->left, .line = number };

	rule.column = line->quoted ? 0 : column_number(line->left);
	if (rule.column > 0)
		rule.heading = NULL;
	rule.left_out = strcmp(line->right, "-") == 0;
	if (!rule.left_out && !mapping_find_target(mapping->entity, line->right, &rule.target, error))
		return false;
	for (size_t i = 0; i < mapping->rule_count; i++) {
		const struct mapping_rule *other = &mapping->rules[i];

		if (rule.heading != NULL ? other->heading != NULL && text_same(other->heading, rule.heading) :
		    other->heading == NULL && other->column == rule.column)
			return error_set(error, ERROR_INVALID, "'%.80s' was already given a field on line %d.", line->left,
					 other->line);
	}
	mapping->rules = memory_grow(mapping->rules, &mapping->rule_room, mapping->rule_count + 1,
				     sizeof *mapping->rules);
	mapping->rules[mapping->rule_count++] = rule;
	return true;
}

bool
mapping_add_constant(struct mapping *mapping, struct mapping_target target, const char *words, bool option,
		     struct error *error)
{
	const struct field *field = mapping_target_field(mapping->entity, target);
	struct mapping_constant constant = { .target = target, .option = option };

	if (!field_parse(field, words, &mapping->arena, &constant.value, error))
		return error_prefix(error, "%s: ", field->name);
	if (constant.value == NULL)
		return error_set(error, ERROR_INVALID, "%s has no value behind the sign: give it one, or leave it out.",
				 field->name);
	for (size_t i = 0; i < mapping->constant_count; i++) {
		struct mapping_constant *other = &mapping->constants[i];

		if (other->target.reference != target.reference || other->target.field != target.field)
			continue;
		if (other->option == option)
			return error_set(error, ERROR_INVALID, "%s is given two values, '%.60s' and '%.60s'.", field->name,
					 other->value, constant.value);
		*other = constant;
		return true;
	}
	mapping->constants = memory_grow(mapping->constants, &mapping->constant_room, mapping->constant_count + 1,
					 sizeof *mapping->constants);
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
		return error_set(error, ERROR_INVALID, "'%.80s' is not understood: expected Heading = field, Heading = -, "
				 "field := value or # comment.", words);
	if (!line.constant)
		return add_rule(mapping, &line, number, error);
	return mapping_find_target(mapping->entity, line.left, &target, error) &&
	       mapping_add_constant(mapping, target, line.right, false, error);
}

bool
mapping_read_text(struct mapping *mapping, const char *name, const char *text, struct error *error)
{
	size_t size = strlen(text);
	int number = 0;

	mapping->file = arena_text(&mapping->arena, name);
	if (text_invalid_at(text, size) < size)
		return error_set(error, ERROR_INVALID, "%s is not text in UTF-8: write it with a plain text editor.", name);
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
				 "The mapping file %s cannot be opened: %s.", path, strerror(errno));
	bytes = memory_alloc(MAPPING_FILE_MAX + 1);
	size = fread(bytes, 1, MAPPING_FILE_MAX, file);
	failed = ferror(file) != 0;
	done = feof(file) != 0;
	fclose(file);
	if (failed || !done || memchr(bytes, '\0', size) != NULL) {
		free(bytes);
		return error_set(error, ERROR_FILE, "The mapping file %s cannot be read: expected a small text file.", path);
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
		return error_set(error, ERROR_USAGE, "--set %.60s is not understood: expected FIELD=VALUE.", assignment);
	name = trimmed(&mapping->arena, assignment, (size_t)(equals - assignment));
	if (!mapping_find_target(mapping->entity, name, &target, error) ||
	    !mapping_add_constant(mapping, target, equals + 1, true, error))
		return error_prefix(error, "--set %.60s: ", assignment);
	return true;
}

/* Whether a heading would be read as something else without quotes round it. */
static bool
needs_quotes(const char *heading)
{
	return *heading == '#' || *heading == '"' || strstr(heading, ":=") != NULL || column_number(heading) > 0;
}

static void
save_heading(struct text *out, const char *heading)
{
	bool quotes = needs_quotes(heading);

	if (quotes)
		text_append(out, "\"");
	for (; *heading != '\0'; heading++) {
		if (quotes && *heading == '"')
			text_append(out, "\"");
		text_append_bytes(out, heading, 1);
	}
	if (quotes)
		text_append(out, "\"");
}

void
mapping_save(const struct mapping *mapping, struct text *out)
{
	struct arena arena = { 0 };

	text_format(out, "# Which heading feeds which field of %s.\n", mapping->entity->plural);
	for (size_t i = 0; i < mapping->column_count; i++) {
		const struct mapping_column *column = &mapping->columns[i];

		if (column->use == MAPPING_OURS || column->use == MAPPING_BLANK)
			continue;
		if (*column->heading == '\0')
			text_format(out, "column %zu", i + 1);
		else
			save_heading(out, column->heading);
		text_format(out, " = %s\n", column->use != MAPPING_FIELD ? "-" :
			    mapping_target_name(mapping->entity, column->target, &arena));
	}
	for (size_t i = 0; i < mapping->constant_count; i++)
		text_format(out, "%s := %s\n", mapping_target_name(mapping->entity, mapping->constants[i].target, &arena),
			    mapping->constants[i].value);
	arena_free(&arena);
}
