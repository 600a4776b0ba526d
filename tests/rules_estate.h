/* SPDX-License-Identifier: MIT */
#ifndef TESTS_RULES_ESTATE_H
#define TESTS_RULES_ESTATE_H

/* A small estate for the tests of rules, and which rules one of its records breaks. */
#include "tests/support.h"

#include <string.h>

#include "commands/finding.h"
#include "core/rule.h"

enum { ASSIGNMENTS_MAX = 6 };

/* What is told of a record, and the rules that it breaks then. */
struct example {
	const char *set[ASSIGNMENTS_MAX];
	const char *broken;
};

/* The rules that the record breaks: "R1 R17". */
static inline const char *
broken(struct support *test, enum entity_kind kind, const char *key)
{
	struct finding *findings;
	struct record_id id;
	size_t count;
	char *words = arena_text(&test->arena, "");

	support_must(test, store_lookup(test->session.store, kind, key, &id, &test->error));
	assert_int_not_equal(id.value, 0);
	support_must(test, findings_of_record(&test->session, id, &test->arena, &findings, &count, &test->error));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(findings[i].words[strlen(findings[i].words) - 1], '.');
		assert_null(strstr(findings[i].words, ".."));
		assert_null(strchr(findings[i].words, '{'));
		words = arena_format(&test->arena, "%s%s%s", words, i > 0 ? " " : "", findings[i].rule->id);
	}
	return words;
}

/* Makers of each sort; a sensitive site with its own date, one that is not sensitive, one not assessed. */
static inline void
make_estate(struct support *test)
{
	support_begin(test, "Make an estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Fine", "covered=no", "basis=b", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Open", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=DEP", NULL);
	for (const char *const *code = (const char *const[]){ "SENS", "PLAIN", "NEW", NULL }; *code != NULL; code++)
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=%s", *code), "organisation=DEP", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=SENS", "secret=yes", "grounds=g", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=PLAIN", "secret=no", "dv=no", "ministers=no", "socpa=no",
		    "grounds=g", "decided_by=A", "decided_on=2024-01-01", NULL);
	support_commit(test);
}

/* A device on the sensitive site that breaks no rule, but for what is told of it. */
static inline void
add_device(struct support *test, const char *tag, const char *const *assignments)
{
	static const char *const usual[] = {
		"site=SENS", "kind=camera", "make=Covered", "manufacturer=Covered", "maker_confirmed_by=A",
		"maker_confirmed_on=2024-01-01", "network=isolated", "installed_on=2020-05-01", "decision=remove",
		"decision_by=A", "decision_on=2024-01-01",
	};
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);

	device->values[DEVICE_tag] = tag;
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		support_must(test, record_assign(device, usual[i], &test->arena, &test->error));
	for (int i = 0; i < ASSIGNMENTS_MAX && assignments[i] != NULL; i++)
		support_must(test, record_assign(device, assignments[i], &test->arena, &test->error));
	support_must(test, store_insert(test->session.store, device, &test->error));
}

static inline void
assert_broken(struct support *test, enum entity_kind kind, const char *key, const struct example *example)
{
	const char *came = broken(test, kind, key);

	if (strcmp(came, example->broken) != 0)
		fail_msg("%s %s (%s, %s) breaks '%s', not '%s'", entities[kind].name, key,
			 example->set[0] != NULL ? example->set[0] : "",
			 example->set[0] != NULL && example->set[1] != NULL ? example->set[1] : "", came,
			 example->broken);
}

#endif
