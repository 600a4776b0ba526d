/* SPDX-License-Identifier: MIT */
#include "db/overrule.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/internal.h"

struct overrule {
	struct store *store;
	sqlite3_stmt *find;
};

/*
 * Both outcomes are worked out by the one expression: of the newest row, and of a row made of the
 * new answers.
 */
static const char find_sql[] =
	"SELECT {assessment.site}, assessment.decided_on, assessment.decided_by FROM assessment "
	"WHERE assessment.id = (SELECT id FROM assessment WHERE site_id = :site AND created_entry "
	"<> :entry ORDER BY decided_on DESC, id DESC LIMIT 1) AND assessment.decided_on < "
	":decided_on AND {assessment.outcome} <> (SELECT {assessment.outcome} FROM (SELECT :secret "
	"AS secret, :dv AS dv, :ministers AS ministers, :socpa AS socpa, :other AS other) AS "
	"assessment)";

/* The fields that the statement has as parameters. */
static const int asked[] = {
	ASSESSMENT_decided_on, ASSESSMENT_secret, ASSESSMENT_dv,
	ASSESSMENT_ministers,  ASSESSMENT_socpa,  ASSESSMENT_other,
};

struct overrule *
overrule_open(struct store *store, struct error *error)
{
	struct overrule *overrule = memory_alloc(sizeof *overrule);
	struct text sql = { 0 };
	bool prepared;

	overrule->store = store;
	column_expand(&sql, find_sql);
	prepared = store_prepare(store, text_words(&sql), &overrule->find, error);
	text_free(&sql);
	if (prepared)
		return overrule;
	overrule_close(overrule);
	return NULL;
}

bool
overrule_find(struct overrule *overrule, int64_t site, const char *const *values,
	      struct arena *arena, struct overruled *overruled, struct error *error)
{
	const struct field *fields = entities[ENTITY_ASSESSMENT].fields;
	sqlite3_stmt *find = overrule->find;
	char name[64];
	int step;

	*overruled = (struct overruled){ 0 };
	bind_integer(find, ":site", site);
	bind_integer(find, ":entry", overrule->store->entry.value);
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		snprintf(name, sizeof name, ":%s", fields[asked[i]].name);
		bind_text(find, name, values[asked[i]]);
	}
	step = sqlite3_step(find);
	if (step == SQLITE_ROW) {
		overruled->site = arena_text(arena, (const char *)sqlite3_column_text(find, 0));
		overruled->decided_on = arena_text(arena,
						   (const char *)sqlite3_column_text(find, 1));
		overruled->decided_by = arena_text(arena,
						   (const char *)sqlite3_column_text(find, 2));
	}
	sqlite3_reset(find);
	return step == SQLITE_ROW || step == SQLITE_DONE || store_failed(overrule->store, error);
}

void
overrule_close(struct overrule *overrule)
{
	if (overrule == NULL)
		return;
	sqlite3_finalize(overrule->find);
	free(overrule);
}
