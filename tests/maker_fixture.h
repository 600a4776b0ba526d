/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MAKER_FIXTURE_H
#define TESTS_MAKER_FIXTURE_H

/* Tables of a few manufacturers, some covered and some not, for the tests of core/maker.h. Included first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/maker.h"

enum { HIKVISION = 11, DAHUA, UNIVIEW, KEDACOM, HONEYWELL, AXIS, PELCO, AUTEL };

static const struct {
	int64_t id;
	const char *name;
	enum maker_standing standing;
} makers[] = {
	{ HIKVISION, "Hikvision", MAKER_COVERED }, { DAHUA, "Dahua", MAKER_COVERED },
	{ UNIVIEW, "Uniview", MAKER_UNDECIDED }, { KEDACOM, "Kedacom", MAKER_UNDECIDED },
	{ HONEYWELL, "Honeywell", MAKER_NOT_COVERED }, { AXIS, "Axis", MAKER_NOT_COVERED },
	{ PELCO, "Pelco", MAKER_NOT_COVERED }, { AUTEL, "Autel Robotics", MAKER_UNDECIDED },
};

static const struct {
	const char *words;
	int64_t id;
} names[] = {
	{ "HIK", HIKVISION }, { "Hik Vision", HIKVISION }, { "\u6d77\u5eb7\u5a01\u89c6", HIKVISION },
	{ "EZVIZ", HIKVISION }, { "\u5927\u534e", DAHUA }, { "Imou", DAHUA }, { "Honeywell Performance", DAHUA },
	{ "Zhejiang Dahua Technology", DAHUA }, { "UNV", UNIVIEW }, { "Keda", KEDACOM }, { "Autel", AUTEL },
}, models[] = {
	{ "DS-2CD", HIKVISION }, { "DS-2", HIKVISION }, { "DS-72", HIKVISION }, { "IPC-B", HIKVISION },
	{ "DH-", DAHUA }, { "IPC-HDW", DAHUA }, { "IPC-HDBW", DAHUA }, { "DH-IPC", DAHUA }, { "IPC2122LB", UNIVIEW },
	{ "IPC2231-", KEDACOM }, { "IPC-2", UNIVIEW }, { "IPC2", KEDACOM }, { "IPC B", UNIVIEW },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline int
make_table(void **state)
{
	struct maker_table *table = maker_table_new();

	for (size_t i = 0; i < COUNT(makers); i++)
		maker_table_add(table, makers[i].id, makers[i].name, makers[i].standing);
	for (size_t i = 0; i < COUNT(names); i++)
		maker_table_add_name(table, names[i].words, names[i].id, MAKER_STRONG);
	for (size_t i = 0; i < COUNT(models); i++)
		maker_table_add_model(table, models[i].words, models[i].id, MAKER_STRONG);
	maker_table_add_blocks(table);
	*state = table;
	return 0;
}

static inline int
free_table(void **state)
{
	maker_table_free(*state);
	return 0;
}

static inline void
expect_label(struct maker_table *table, const char *make, int64_t manufacturer)
{
	struct maker_match match;

	maker_match(table, make, NULL, NULL, &match);
	if (match.label != manufacturer)
		fail_msg("\"%s\" is taken for %d, not for %d", make, (int)match.label, (int)manufacturer);
	assert_int_equal(match.manufacturer, manufacturer);
}

static inline void
expect_mac(struct maker_table *table, const char *mac, int64_t manufacturer)
{
	struct maker_match match;

	maker_match(table, NULL, NULL, mac, &match);
	if (match.mac != manufacturer)
		fail_msg("%s is taken for %d, not for %d", mac, (int)match.mac, (int)manufacturer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_table, free_table)

#endif
