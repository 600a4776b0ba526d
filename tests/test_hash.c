/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "core/hash.h"
#include "core/map.h"

static void
assert_hash(const char *bytes, size_t size, size_t step, const char *expected)
{
	char text[HASH_TEXT_SIZE];
	struct hash hash;

	hash_init(&hash);
	for (size_t at = 0; at < size; at += step)
		hash_update(&hash, bytes + at, size - at < step ? size - at : step);
	hash_format(&hash, text);
	assert_string_equal(text, expected);
}

/* FIPS 180-4's examples, from NIST, and the empty message. */
static void
the_hash_is_sha256(void **state)
{
	static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

	(void)state;
	assert_hash("", 0, 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_hash("abc", 3, 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash(two_blocks, sizeof two_blocks - 1, 56,
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
the_hash_of_a_million_letters_is_the_same_in_any_pieces(void **state)
{
	static const size_t steps[] = { 1, 3, 63, 64, 65, 1000, 1000000 };
	static char letters[1000000];

	(void)state;
	memset(letters, 'a', sizeof letters);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		assert_hash(letters, sizeof letters, steps[i],
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
a_map_finds_what_was_put_into_it(void **state)
{
	struct map map = { 0 };
	char text[32];
	bool added;

	(void)state;
	assert_null(map_find(&map, "anything"));
	for (int64_t i = 0; i < 20000; i++) {
		snprintf(text, sizeof text, "AT-%07lld", (long long)i);
		assert_int_equal(*map_add(&map, text, i, &added), i);
		assert_true(added);
	}
	for (int64_t i = 0; i < 20000; i++) {
		snprintf(text, sizeof text, "AT-%07lld", (long long)i);
		assert_int_equal(*map_find(&map, text), i);
	}
	assert_null(map_find(&map, "AT-0020000"));
	assert_int_equal(map.count, 20000);
	map_free(&map);
}

static void
a_text_that_is_there_keeps_its_number(void **state)
{
	struct map map = { 0 };
	int64_t *value;
	bool added;

	(void)state;
	map_add(&map, "", 1, &added);
	value = map_add(&map, "", 2, &added);
	assert_false(added);
	assert_int_equal(*value, 1);
	*value = 3;
	assert_int_equal(*map_find(&map, ""), 3);
	assert_null(map_find(&map, "A"));
	map_free(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_sha256),
		cmocka_unit_test(the_hash_of_a_million_letters_is_the_same_in_any_pieces),
		cmocka_unit_test(a_map_finds_what_was_put_into_it),
		cmocka_unit_test(a_text_that_is_there_keeps_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
