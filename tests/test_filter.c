/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

static const struct date today = { 2026, 11, 21 };

/* The tree as words: (and a b), fields by name; for comparing. */
static void
write_tree(struct text *out, const struct filter *filter)
{
	static const char *const names[] = { "all", "and",   "or", "not", "words", "holds", "like",
					     "is",  "blank", "<",  "<=",  ">",     ">=" };

	text_format(out, "(%s", names[filter->kind]);
	if (filter->field != NULL)
		text_format(out, " %s", filter->field->name);
	if (filter->value != NULL)
		text_format(out, " '%s'", filter->value);
	for (int side = 0; side < 2; side++) {
		const struct filter *part = side == 0 ? filter->left : filter->right;

		if (part != NULL) {
			text_append(out, " ");
			write_tree(out, part);
		}
	}
	text_append(out, ")");
}

static void
assert_tree(enum entity_kind kind, const char *words, const char *expected)
{
	struct arena arena = { 0 };
	struct error error = { 0 };
	struct text tree = { 0 };
	const struct filter *filter = filter_parse(&arena, &entities[kind], words, today, &error);

	if (filter == NULL)
		fail_msg("'%s': %s", words, error.message);
	write_tree(&tree, filter);
	assert_string_equal(text_words(&tree), expected);
	text_free(&tree);
	arena_free(&arena);
}

static void
words_side_by_side_must_all_hold_and_or_binds_less(void **state)
{
	(void)state;
	assert_tree(ENTITY_DEVICE, "", "(all)");
	assert_tree(ENTITY_DEVICE, " \t ", "(all)");
	assert_tree(ENTITY_DEVICE, "york", "(words 'york')");
	assert_tree(ENTITY_DEVICE, "a b c", "(and (and (words 'a') (words 'b')) (words 'c'))");
	assert_tree(ENTITY_DEVICE, "a and b", "(and (words 'a') (words 'b'))");
	assert_tree(ENTITY_DEVICE, "a b or c d", "(or (and (words 'a') (words 'b')) (and (words 'c') (words 'd')))");
	assert_tree(ENTITY_DEVICE, "a (b or c)", "(and (words 'a') (or (words 'b') (words 'c')))");
	assert_tree(ENTITY_DEVICE, "-a b", "(and (not (words 'a')) (words 'b'))");
	assert_tree(ENTITY_DEVICE, "not a or b", "(or (not (words 'a')) (words 'b'))");
	assert_tree(ENTITY_DEVICE, "not (a or b)", "(not (or (words 'a') (words 'b')))");
	assert_tree(ENTITY_DEVICE, "not -a", "(words 'a')");
	assert_tree(ENTITY_DEVICE, "a OR NOT b AND c", "(or (words 'a') (and (not (words 'b')) (words 'c')))");
	assert_tree(ENTITY_DEVICE, "northgate orlando android",
		    "(and (and (words 'northgate') (words 'orlando')) (words 'android'))");
}

static void
quotes_hold_words_together(void **state)
{
	(void)state;
	assert_tree(ENTITY_DEVICE, "\"market street\"", "(words 'market street')");
	assert_tree(ENTITY_DEVICE, "\"24\"\" screen\"", "(words '24\" screen')");
	assert_tree(ENTITY_DEVICE, "make=\"a or b\"", "(is make 'a or b')");
	assert_tree(ENTITY_DEVICE, "\"or\" \"overdue\"", "(and (words 'or') (words 'overdue'))");
	assert_tree(ENTITY_DEVICE, "\"tag:x\"", "(words 'tag:x')");
	assert_tree(ENTITY_DEVICE, "make:\"a*\"", "(holds make 'a*')");
}

static void
a_sign_says_how_a_field_is_compared(void **state)
{
	(void)state;
	assert_tree(ENTITY_DEVICE, "make:hik", "(holds make 'hik')");
	assert_tree(ENTITY_DEVICE, "make:hik*", "(like make 'hik*')");
	assert_tree(ENTITY_DEVICE, "make=Hikvision", "(is make 'Hikvision')");
	assert_tree(ENTITY_DEVICE, "serial:", "(blank serial)");
	assert_tree(ENTITY_DEVICE, "-serial: x", "(and (not (blank serial)) (words 'x'))");
	assert_tree(ENTITY_DEVICE, "serial:\"\"", "(blank serial)");
	assert_tree(ENTITY_DEVICE, "installed>2022-11-24", "(> installed_on '2022-11-24')");
	assert_tree(ENTITY_DEVICE, "installed>=24/11/2022", "(>= installed_on '2022-11-24')");
	assert_tree(ENTITY_DEVICE, "due<90d", "(< due_on '2027-02-19')");
	assert_tree(ENTITY_DEVICE, "due<=today", "(<= due_on '2026-11-21')");
	assert_tree(ENTITY_DEVICE, "removed:30/09/2024", "(holds removed_on '2024-09-30')");
	assert_tree(ENTITY_DEVICE, "installed:2019", "(holds installed_on '2019')");
	assert_tree(ENTITY_SOURCE, "rows>=010", "(>= rows '10')");
	assert_tree(ENTITY_DEVICE, "network:Broadband", "(holds network 'internet')");
	assert_tree(ENTITY_DEVICE, "kind:cam*", "(like kind 'cam*')");
	assert_tree(ENTITY_DEVICE, "removed", "(holds present 'no')");
	assert_tree(ENTITY_DEVICE, "-REMOVED", "(not (holds present 'no'))");
	assert_tree(ENTITY_SITE, "cleared", "(and (holds ever_in_scope 'yes') (is in_scope_left '0'))");
	assert_tree(ENTITY_ORGANISATION, "removed", "(words 'removed')");
}

static void
assert_mistake(enum entity_kind kind, const char *words, int position, const char *found)
{
	struct arena arena = { 0 };
	struct error error = { 0 };
	char where[64];

	snprintf(where, sizeof where, "at character %d:", position);
	if (filter_parse(&arena, &entities[kind], words, today, &error) != NULL)
		fail_msg("'%.60s' is understood", words);
	assert_int_equal(error.kind, ERROR_USAGE);
	if (strstr(error.message, where) == NULL || strstr(error.message, found) == NULL)
		fail_msg("'%.60s': \"%s\" does not say \"%s ... %s\"", words, error.message, where, found);
	arena_free(&arena);
}

static void
a_mistake_is_told_with_its_place_and_what_was_expected(void **state)
{
	(void)state;
	assert_mistake(ENTITY_DEVICE, "\"abc", 1, "quotation mark is not closed");
	assert_mistake(ENTITY_DEVICE, "a make:\"abc", 8, "quotation mark is not closed");
	assert_mistake(ENTITY_DEVICE, "a (b", 3, "bracket is not closed");
	assert_mistake(ENTITY_DEVICE, "a) b", 2, "bracket was not opened");
	assert_mistake(ENTITY_DEVICE, "a or", 5, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "or a", 1, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "a or or b", 6, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "and", 1, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "()", 2, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "not", 4, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "-", 2, "a term is expected");
	assert_mistake(ENTITY_DEVICE, "a colour:red", 3, "have no field 'colour'");
	assert_mistake(ENTITY_SOURCE, "rows=\" \"", 6, "a value is expected");
	assert_mistake(ENTITY_DEVICE, "installed>", 11, "a value is expected");
	assert_mistake(ENTITY_DEVICE, "installed>soon", 11, "a date");
	assert_mistake(ENTITY_DEVICE, "installed>31/02/2024", 11, "a date");
	assert_mistake(ENTITY_DEVICE, "due<9999y", 5, "a date");
	assert_mistake(ENTITY_DEVICE, "network:cor", 9, "is not one of: unknown, none");
	assert_mistake(ENTITY_SOURCE, "rows>many", 6, "not a whole number");
	assert_mistake(ENTITY_DEVICE, "serial:(a or b)", 8, "a value is expected");
}

static void
hostile_lengths_are_refused_in_a_sentence(void **state)
{
	struct text words = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++)
		text_append(&words, "(");
	assert_mistake(ENTITY_DEVICE, text_words(&words), 13, "too many brackets");
	text_clear(&words);
	for (int i = 0; i < 10000; i++)
		text_append(&words, "a ");
	assert_mistake(ENTITY_DEVICE, text_words(&words), 401, "more than 200 terms");
	text_clear(&words);
	for (int i = 0; i < 10000; i++)
		text_append(&words, "a");
	assert_mistake(ENTITY_DEVICE, text_words(&words), 1, "too long");
	text_clear(&words);
	text_append(&words, "make:\"");
	for (int i = 0; i < 60000; i++)
		text_append(&words, "a ");
	text_append(&words, "\"");
	assert_mistake(ENTITY_DEVICE, text_words(&words), 6, "too long");
	text_clear(&words);
	for (int i = 0; i < 10001; i++)
		text_append(&words, "-");
	text_append(&words, "a");
	assert_tree(ENTITY_DEVICE, text_words(&words), "(not (words 'a'))");
	text_free(&words);
}

static void
the_longest_filter_that_is_understood_runs(void **state)
{
	static const char *const terms[] = { "a ", "sensitive:yes ", "-(a or removed) ", "due<90d or ",
					     "not (not a) " };
	struct support *test = *state;

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		struct text words = { 0 };

		for (int term = 0; term < (strstr(terms[i], "(a") != NULL ? 99 : 199); term++)
			text_append(&words, terms[i]);
		text_append(&words, "tag:x");
		support_find(test, ENTITY_DEVICE, text_words(&words));
		text_free(&words);
	}
	for (int depth = 1; depth <= 12; depth++) {
		struct text words = { 0 };

		for (int i = 0; i < depth; i++)
			text_append(&words, "not (a or ");
		text_append(&words, "b");
		for (int i = 0; i < depth; i++)
			text_append(&words, ")");
		support_find(test, ENTITY_DEVICE, text_words(&words));
		text_free(&words);
	}
}

static void
signs_that_sql_knows_are_only_themselves(void **state)
{
	struct support *test = *state;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "place=100% sure", NULL);
	support_add(test, ENTITY_DEVICE, "tag=B", "site=S1", "place=100 sure", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C", "site=S1", "place=a_b", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D", "site=S1", "place=axb", NULL);
	support_add(test, ENTITY_DEVICE, "tag=E", "site=S1", "place=back\\slash", NULL);
	support_add(test, ENTITY_DEVICE, "tag=F", "site=S1", "place=O'Neil; DROP TABLE device; --", NULL);
	support_add(test, ENTITY_DEVICE, "tag=G", "site=S1", "place=say \"no\"", NULL);
	support_commit(test);
	assert_found(test, ENTITY_DEVICE, "place:100%", "A");
	assert_found(test, ENTITY_DEVICE, "place:%", "A");
	assert_found(test, ENTITY_DEVICE, "place:_", "C");
	assert_found(test, ENTITY_DEVICE, "place:a_*", "C");
	assert_found(test, ENTITY_DEVICE, "place:a*b", "C D");
	assert_found(test, ENTITY_DEVICE, "place:\\", "E");
	assert_found(test, ENTITY_DEVICE, "place:*\\*", "E");
	assert_found(test, ENTITY_DEVICE, "place:'", "F");
	assert_found(test, ENTITY_DEVICE, "place:\"'Neil; DROP TABLE\"", "F");
	assert_found(test, ENTITY_DEVICE, "place:\"\"\"no\"\"\"", "G");
	assert_found(test, ENTITY_DEVICE, "\"' OR 1=1 --\"", "");
	assert_found(test, ENTITY_DEVICE, "tag='A'", "");
	assert_found(test, ENTITY_DEVICE, "tag=\"A\"", "A");
	assert_found(test, ENTITY_DEVICE, "tag=?", "");
	assert_found(test, ENTITY_DEVICE, "place::today", "");
	assert_int_equal(support_number(test, "SELECT count(*) FROM device"), 7);
}

static void
a_year_or_a_month_means_all_of_it(void **state)
{
	struct support *test = *state;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "installed_on=2021-12-31", NULL);
	support_add(test, ENTITY_DEVICE, "tag=B", "site=S1", "installed_on=2022-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C", "site=S1", "installed_on=2022", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D", "site=S1", "installed_on=2022-12-31", NULL);
	support_add(test, ENTITY_DEVICE, "tag=E", "site=S1", "installed_on=2023-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=F", "site=S1", NULL);
	support_commit(test);
	assert_found(test, ENTITY_DEVICE, "installed<2022", "A");
	assert_found(test, ENTITY_DEVICE, "installed<=2022", "A B C D");
	assert_found(test, ENTITY_DEVICE, "installed>2022", "E");
	assert_found(test, ENTITY_DEVICE, "installed>=2022", "B C D E");
	assert_found(test, ENTITY_DEVICE, "installed<=2022-12", "A B C D");
	assert_found(test, ENTITY_DEVICE, "installed>2022-01", "D E");
	assert_found(test, ENTITY_DEVICE, "installed:2022", "B C D");
	assert_found(test, ENTITY_DEVICE, "installed=2022", "C");
	assert_found(test, ENTITY_DEVICE, "installed:31/12/2022", "D");
	assert_found(test, ENTITY_DEVICE, "-installed:2022", "A E F");
}

static void
an_entry_is_found_by_its_day(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	test->session.now += 24 * 60 * 60;
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at=2026-11-21"), "1");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at:2026-11-22"), "2");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at<=2026-11-21"), "1");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at>2026-11-21"), "2");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at>=2026-11-21"), "1 2");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at<2026-11-21"), "");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at<=2026"), "1 2");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at>2025"), "1 2");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "at:2026-11-22 undone"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_side_by_side_must_all_hold_and_or_binds_less),
		cmocka_unit_test(quotes_hold_words_together),
		cmocka_unit_test(a_sign_says_how_a_field_is_compared),
		cmocka_unit_test(a_mistake_is_told_with_its_place_and_what_was_expected),
		cmocka_unit_test(hostile_lengths_are_refused_in_a_sentence),
		register_test(the_longest_filter_that_is_understood_runs),
		register_test(signs_that_sql_knows_are_only_themselves),
		register_test(a_year_or_a_month_means_all_of_it),
		register_test(an_entry_is_found_by_its_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
