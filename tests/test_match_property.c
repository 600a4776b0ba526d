/* SPDX-License-Identifier: MIT */
/* Matching over random devices and tables: what is previewed is what happens. */
#include "tests/support.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/chance.h"
#include "tests/makers.h"

enum { DEVICES = 60, ROUNDS = 60 };

static const char *const makers[] = { "Hikvision", "Dahua", "Honeywell", "Axis" };
static const char *const makes[] = { "HIK", "Dahua", "Honeywell", "Axis", "Acme", "Lorax", "TBC" };
static const char *const models[] = { "DS-2CD2042", "AC-100", "ZX9", "Q6000" };
static const char *const macs[] = { "mac=44:19:B6:01:02:03", "mac=3C:EF:8C:01:02:03", "mac=02:00:00:00:00:01",
				    "mac=00:40:8C:01:02:03" };

#define PICK(chance, array) ((array)[chance_below(chance, sizeof(array) / sizeof(array)[0])])

static void
add_random_device(struct support *test, struct chance *chance, int number)
{
	const char *tag = arena_format(&test->arena, "field=tag=C%d", number);
	const char *make = arena_format(&test->arena, "field=make=%s", PICK(chance, makes));
	const char *model = arena_format(&test->arena, "field=model=%s",
					 chance_percent(chance, 60) ? PICK(chance, models) : "");
	const char *mac = arena_format(&test->arena, "field=%s",
				       chance_percent(chance, 60) ? PICK(chance, macs) : "mac=");
	const char *kind = chance_percent(chance, 80) ? "field=kind=camera" : "field=kind=network equipment";
	const char *quantity = chance_percent(chance, 20) ? "field=quantity=3" : "field=quantity=";
	const char *maker = chance_percent(chance, 20)
				    ? arena_format(&test->arena, "field=manufacturer=%s", PICK(chance, makers))
				    : NULL;

	support_must(test, support_run(test, "add", NULL, "entity=device", "field=site=HQ", tag, make, model, mac, kind,
				       quantity, maker, NULL));
	if (chance_percent(chance, 40) && maker != NULL)
		support_must(test, support_run(test, "device confirm", NULL,
					       arena_format(&test->arena, "device=C%d", number), "by=Jo", NULL));
}

/* Devices that are present, each as many as it stands for, of which the filter is true. */
static int64_t
count_devices(struct support *test, const char *filter)
{
	const char *tags = support_find(test, ENTITY_DEVICE, filter);
	int64_t count = 0;

	for (size_t size; *tags != '\0'; tags += size + (tags[size] == ' ')) {
		const char *tag, *quantity;

		size = strcspn(tags, " ");
		tag = arena_bytes(&test->arena, tags, size);
		quantity = support_value(test, ENTITY_DEVICE, tag, "quantity");
		count += quantity[0] == '-' ? 1 : quantity[0] - '0';
	}
	return count;
}

/* Changes a table as an entry of its own; the devices are left as they are. */
static void
change_a_table(struct support *test, struct chance *chance, int round)
{
	const char *maker = arena_format(&test->arena, "manufacturer=%s", PICK(chance, makers));

	if (chance_percent(chance, 40))
		support_add_alone(test, ENTITY_MANUFACTURER_NAME,
				  arena_format(&test->arena, "name=%s",
					       round % 3 == 0   ? "Acme"
					       : round % 3 == 1 ? "Lorax"
								: arena_format(&test->arena, "N%d", round)),
				  maker);
	else
		support_add_alone(test, ENTITY_MODEL_PREFIX, arena_format(&test->arena, "prefix=%s%d", "AC-", round),
				  maker);
}

static bool
decide(struct support *test, const char *verb, const char *maker, const char *option, const char **said)
{
	return support_run(test, arena_format(&test->arena, "manufacturer %s", verb), said,
			   arena_format(&test->arena, "manufacturer=%s", maker), "basis=law", "by=Jo", option, NULL);
}

/* The counts behind the first line, without what stands only in a dry run. */
static const char *
counts_of(struct support *test, const char *said)
{
	const char *line = strchr(said, '\n');

	return line == NULL ? said : arena_bytes(&test->arena, line + 1, strcspn(line + 1, "\n"));
}

/* After all is matched nothing is left to match, and only what a person confirmed is otherwise. */
static void
assert_matched(struct support *test)
{
	const char *said;

	support_must(test, support_run(test, "manufacturer match", &said, "dry-run", NULL));
	assert_string_equal(said, "The register says that already; nothing was changed.\n");
}

static void
a_round(struct support *test, struct chance *chance, int round)
{
	const char *verb = chance_percent(chance, 50) ? "cover" : "uncover", *maker = PICK(chance, makers), *preview,
		   *said;
	int64_t in_scope = count_devices(test, "in_scope:yes"), last, newest;
	const char *before = support_snapshot(test), *version;

	support_must(test, decide(test, verb, maker, "dry-run", &preview));
	assert_string_equal(support_snapshot(test), before);
	last = support_number(test, "SELECT coalesce(max(id), 0) FROM list_version");
	support_must(test, decide(test, verb, maker, NULL, &said));
	assert_string_equal(counts_of(test, said), counts_of(test, preview));
	newest = support_number(test, "SELECT coalesce(max(id), 0) FROM list_version");
	if (newest == last)
		return;
	version = arena_format(&test->arena, "%" PRId64, newest);
	assert_int_equal(count_devices(test, "in_scope:yes") - in_scope,
			 strtol(support_value(test, ENTITY_LIST_VERSION, version, "gained"), NULL, 10) -
			 strtol(support_value(test, ENTITY_LIST_VERSION, version, "lost"), NULL, 10));
	assert_matched(test);
	if (round % 4 == 0) {
		support_must(test, support_run(test, "undo", NULL, NULL));
		assert_string_equal(support_snapshot(test), before);
	}
}

static void
what_is_previewed_is_what_happens(void **state)
{
	struct support *test = *state;
	struct chance chance = { 20261121 };
	int64_t confirmed;

	lay_out(test);
	for (int i = 0; i < DEVICES; i++)
		add_random_device(test, &chance, i);
	confirmed = support_number(test,
				   "SELECT sum(id * manufacturer_id) FROM device WHERE maker_confirmed_on IS NOT NULL");
	assert_true(confirmed > 0);
	for (int round = 0; round < ROUNDS; round++) {
		if (round < 12)
			change_a_table(test, &chance, round);
		a_round(test, &chance, round);
	}
	assert_int_equal(support_number(test, "SELECT sum(id * manufacturer_id) FROM device WHERE maker_confirmed_on "
					      "IS NOT NULL"),
			 confirmed);
	support_must(test, store_check(test->session.store, &test->error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_is_previewed_is_what_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
