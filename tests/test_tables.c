/* SPDX-License-Identifier: MIT */
/* What every row of the tables must hold, so that a mistake in one is found before a person meets it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command.h"
#include "commands/view.h"
#include "core/figure.h"
#include "core/filter.h"
#include "export/format.h"

static const struct date today = { 2026, 11, 21 };

static bool
is_sql_name(const char *name)
{
	return *name >= 'a' && *name <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

/* One line that does not end in a full stop. */
static void
assert_line_of_help(const char *name, const char *help)
{
	size_t length = help != NULL ? strlen(help) : 0;

	if (length < 3 || help[length - 1] == '.' || strchr(help, '\n') != NULL)
		fail_msg("the help of '%s' is not one line without a full stop: '%s'", name, help != NULL ? help : "");
}

static void
assert_filter(const struct entity *entity, const char *name, const char *words)
{
	struct arena arena = { 0 };
	struct error error = { 0 };

	if (filter_parse(&arena, entity, words, today, &error) == NULL)
		fail_msg("the filter of '%s' is wrong: %s", name, error.message);
	arena_free(&arena);
}

static void
every_field_has_a_legal_name_of_its_own_and_a_line_of_help(void **state)
{
	(void)state;
	for each_entity(entity) {
		assert_true(is_sql_name(entity->name));
		for each_field(field, entity->fields) {
			if (!is_sql_name(field->name))
				fail_msg("'%s' is no name for a column", field->name);
			assert_line_of_help(field->name, field->help);
			assert_true(field->width > 0);
			assert_true((field->choices != NULL) == (field->type == FIELD_CHOICE));
			assert_true((field->target != ENTITY_NONE) == (field->type == FIELD_REFERENCE));
			for (const struct field *other = entity->fields; other < field; other++)
				if (strcmp(other->name, field->name) == 0 || strcmp(other->title, field->title) == 0)
					fail_msg("%s has '%s' twice", entity->name, field->name);
		}
	}
}

static void
every_entity_has_one_key_and_fits(void **state)
{
	(void)state;
	for each_entity(entity) {
		int keys = 0, given = 0, count = 0;

		for each_field(field, entity->fields) {
			keys += (field->flags & FIELD_KEY) != 0;
			given += field_is_given(field);
			count++;
		}
		assert_int_equal(keys, 1);
		assert_int_equal(count, entity->field_count);
		assert_true(count <= ENTITY_FIELDS_MAX);
		assert_true(given <= ENTITY_GIVEN_MAX);
		assert_true(entity_key(entity)->flags & FIELD_KEY);
		assert_ptr_equal(entity_named(entity->name), entity);
		assert_ptr_equal(entity_named(entity->plural), entity);
		assert_line_of_help(entity->name, entity->help);
	}
}

/* What matches the rows of a file where the register numbers its records. */
static void
a_numbered_record_is_matched_by_fields_that_a_file_can_fill(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for each_entity(entity) {
		int count = 0;

		assert_int_equal(entity->import_key != NULL,
				 (entity->flags & ENTITY_IMPORTED) && entity_is_numbered(entity));
		for (const char *at = entity->import_key; at != NULL && *at != '\0'; count++) {
			size_t size = strcspn(at, ", ");
			const struct field *field = field_find(entity->fields, arena_bytes(&arena, at, size));

			assert_true(field != NULL && field_is_stored(field));
			at += size;
			at += strspn(at, ", ");
		}
		assert_in_range(entity->import_least, count > 0, count);
	}
	arena_free(&arena);
}

/* How many fields of the entity the heading could mean. */
static int
fields_with_heading(const struct entity *entity, const char *heading, struct arena *arena)
{
	const char *folded = text_fold(arena, heading);
	int count = 0;

	for each_field(field, entity->fields)
		count += field_is_stored(field) && field_has_heading(field, folded, arena);
	return count;
}

static void
no_heading_of_a_file_could_mean_two_fields(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for each_entity(entity)
		for each_field(field, entity->fields)
			for (const char *at = field->headings; *at != '\0' && field_is_stored(field);) {
				size_t size = strcspn(at, ",");
				const char *heading = arena_bytes(&arena, at, size);

				if (fields_with_heading(entity, heading, &arena) != 1)
					fail_msg("%s: the heading '%s' is not of one field", entity->name, heading);
				at += size + (at[size] == ',');
			}
	arena_free(&arena);
}

static void
every_choice_is_found_by_its_name_and_nothing_else_is_initial_too(void **state)
{
	(void)state;
	for each_entity(entity)
		for each_field(field, entity->fields) {
			int initial = 0;

			if (field->choices == NULL)
				continue;
			for each_choice(choice, field->choices) {
				assert_ptr_equal(choice_find(field->choices, choice->name), choice);
				initial += (choice->flags & CHOICE_INITIAL) != 0;
			}
			assert_int_equal(initial, 1);
		}
}

static void
every_command_has_a_name_of_its_own_and_a_line_of_help(void **state)
{
	(void)state;
	for each_command(command) {
		assert_line_of_help(command->name, command->help);
		assert_ptr_equal(command_named(command->name), command);
		assert_int_equal(strspn(command->name, "abcdefghijklmnopqrstuvwxyz- "), strlen(command->name));
	}
}

static void
no_key_means_two_commands_on_the_same_list(void **state)
{
	(void)state;
	for each_command(command)
		for (const struct command *other = commands; other < command; other++)
			if (command->key != NULL && other->key != NULL && strcmp(command->key, other->key) == 0 &&
			    (command->about == other->about || command->about == ENTITY_NONE ||
			     other->about == ENTITY_NONE))
				fail_msg("the key %s means '%s' and '%s'", command->key, other->name, command->name);
}

static void
assert_operand(const struct command *command, const struct operand *operand)
{
	if (strspn(operand->name, "abcdefghijklmnopqrstuvwxyz-") != strlen(operand->name))
		fail_msg("%s: '%s' is no name for an operand", command->name, operand->name);
	assert_line_of_help(operand->name, operand->help);
	for (const struct operand *other = command->operands; other < operand; other++) {
		bool place = operand->kind == OPERAND_WORD || operand->kind == OPERAND_WORDS;
		bool is_last = operand->kind == OPERAND_WORD && (operand->flags & OPERAND_REQUIRED) != 0 &&
			       operand->choices != NULL;

		if (strcmp(other->name, operand->name) == 0)
			fail_msg("%s has the operand '%s' twice", command->name, operand->name);
		/* The last word goes to one that can only be one of a few. */
		if (place && other->kind == OPERAND_WORDS && !is_last)
			fail_msg("%s: no word is left for '%s' after '%s'", command->name, operand->name, other->name);
		if (place && operand->flags & OPERAND_REQUIRED && other->kind == OPERAND_WORD &&
		    !(other->flags & OPERAND_REQUIRED))
			fail_msg("%s: '%s' is required after '%s', which is not", command->name, operand->name,
				 other->name);
	}
}

static void
the_operands_of_every_command_can_be_told_apart(void **state)
{
	(void)state;
	for each_command(command) {
		size_t count = 0;

		for each_operand(operand, command) {
			assert_operand(command, operand);
			count++;
		}
		assert_true(count <= sizeof ((struct request *)0)->values / sizeof ((struct request *)0)->values[0]);
	}
}

/* Each of the names with commas between, a "-" before one aside, is a field. */
static void
assert_fields(const struct entity *entity, const char *names)
{
	while (*names != '\0') {
		size_t size = strcspn(names, ","), dash = *names == '-';
		char name[64] = "";

		assert_true(size < sizeof name);
		memcpy(name, names + dash, size - dash);
		if (field_find(entity->fields, name) == NULL)
			fail_msg("%s has no field '%s'", entity->name, name);
		names += size + (names[size] == ',');
	}
}

static void
every_view_sorts_and_filters_by_what_there_is(void **state)
{
	(void)state;
	for each_view(view) {
		assert_ptr_equal(view_named(view->name), view);
		assert_line_of_help(view->name, view->help);
		assert_fields(&entities[view->entity], view->sort);
		assert_filter(&entities[view->entity], view->name, view->filter);
	}
}

static void
every_figure_has_a_filter_and_a_definition_in_sentences(void **state)
{
	(void)state;
	for each_figure(figure) {
		size_t length = strlen(figure->definition);

		assert_ptr_equal(figure_named(figure->id), figure);
		assert_true(is_sql_name(figure->id));
		assert_filter(&entities[figure->entity], figure->id, figure->filter);
		assert_true(length > 10 && figure->definition[length - 1] == '.');
		if (figure->part != NULL)
			assert_int_equal(figure_named(figure->part)->entity, figure->entity);
	}
}

static void
the_figures_that_others_rely_on_are_there(void **state)
{
	static const char *const ids[] = {
		"sites", "sensitive_sites", "sensitive_sites_ever_in_scope", "sensitive_sites_cleared",
		"sensitive_sites_cleared_percent", "devices_make_suspected", "sites_not_assessed", "devices",
		"devices_in_scope", "devices_in_scope_left", "devices_make_unknown", "core_network_in_scope",
		"deadlines_overdue",
	};

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		if (figure_named(ids[i]) == NULL)
			fail_msg("there is no figure '%s'", ids[i]);
}

static void
every_filter_word_means_a_filter_and_hides_no_field(void **state)
{
	(void)state;
	for (const struct filter_word *word = filter_words; word->name != NULL; word++) {
		assert_filter(&entities[word->entity], word->name, word->means);
		assert_filter(&entities[word->entity], word->name, word->name);
		assert_line_of_help(word->name, word->help);
		for (const struct filter_word *other = filter_words; other < word; other++)
			assert_false(other->entity == word->entity && strcmp(other->name, word->name) == 0);
	}
}

static void
every_example_of_a_filter_is_one_of_devices(void **state)
{
	(void)state;
	for each_filter_example(example) {
		assert_filter(&entities[ENTITY_DEVICE], example->words, example->words);
		assert_line_of_help(example->words, example->finds);
	}
}

static void
every_format_has_a_name_and_an_ending_of_its_own(void **state)
{
	(void)state;
	for each_format(format) {
		assert_ptr_equal(format_named(format->name), format);
		assert_line_of_help(format->name, format->help);
		assert_true(format->printed || format->ending != NULL);
		if (format->ending != NULL) {
			char file[32];

			snprintf(file, sizeof file, "sites%s", format->ending);
			assert_ptr_equal(format_of_file(file), format);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_has_a_legal_name_of_its_own_and_a_line_of_help),
		cmocka_unit_test(every_entity_has_one_key_and_fits),
		cmocka_unit_test(a_numbered_record_is_matched_by_fields_that_a_file_can_fill),
		cmocka_unit_test(no_heading_of_a_file_could_mean_two_fields),
		cmocka_unit_test(every_choice_is_found_by_its_name_and_nothing_else_is_initial_too),
		cmocka_unit_test(every_command_has_a_name_of_its_own_and_a_line_of_help),
		cmocka_unit_test(no_key_means_two_commands_on_the_same_list),
		cmocka_unit_test(the_operands_of_every_command_can_be_told_apart),
		cmocka_unit_test(every_view_sorts_and_filters_by_what_there_is),
		cmocka_unit_test(every_figure_has_a_filter_and_a_definition_in_sentences),
		cmocka_unit_test(the_figures_that_others_rely_on_are_there),
		cmocka_unit_test(every_filter_word_means_a_filter_and_hides_no_field),
		cmocka_unit_test(every_example_of_a_filter_is_one_of_devices),
		cmocka_unit_test(every_format_has_a_name_and_an_ending_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
