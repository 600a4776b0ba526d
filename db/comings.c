/* SPDX-License-Identifier: MIT */
#include "db/comings.h"

#include <string.h>

#include "db/internal.h"

/* One row per entry; ?1 is the site. A reference is kept in a change by the id, as text. */
static const char sql[] =
	"WITH here AS MATERIALIZED (SELECT id FROM device WHERE site_id = ?1), "
	"moves AS MATERIALIZED (SELECT id, entry_id, record_id, old, new FROM change "
	"WHERE entity = 'device' AND field = 'site' AND ?2 IN (old, new)), "
	"once AS (SELECT id FROM here UNION SELECT record_id FROM moves WHERE old = ?2), "
	"event (entry, record, what) AS ("
	"SELECT device.created_entry, device.id, 1 FROM once JOIN device USING (id) WHERE "
	"CAST(coalesce((SELECT old FROM change WHERE record_id = device.id AND entity = 'device' "
	"AND field = 'site' ORDER BY change.id LIMIT 1), device.site_id) AS INTEGER) = ?1 "
	"UNION ALL SELECT entry_id, record_id, 2 FROM moves WHERE new = ?2 "
	"UNION ALL SELECT entry_id, record_id, 3 FROM moves WHERE old = ?2 "
	"UNION ALL SELECT entry_id, record_id, iif(field = 'manufacturer', 5, 4) "
	"FROM here JOIN change ON record_id = here.id AND entity = 'device' WHERE "
	"field = 'manufacturer' OR (field IN ('removed_on', 'replaced_on', 'disposed_on') "
	"AND old IS NULL)) "
	"SELECT entry, count(DISTINCT iif(what = 1, record, NULL)), "
	"count(DISTINCT iif(what = 2, record, NULL)), count(DISTINCT iif(what = 3, record, NULL)), "
	"count(DISTINCT iif(what = 4, record, NULL)), count(DISTINCT iif(what = 5, record, NULL)) "
	"FROM event GROUP BY entry ORDER BY entry";

static void
add(struct comings **comings, size_t *count, size_t *room, const struct comings *added,
    struct arena *arena)
{
	if (*count == *room) {
		struct comings *bigger = arena_alloc(arena, (*room = 2 * *room + 8) *
								    sizeof *bigger);

		if (*count > 0)
			memcpy(bigger, *comings, *count * sizeof *bigger);
		*comings = bigger;
	}
	(*comings)[(*count)++] = *added;
}

bool
comings_read(struct store *store, int64_t site, struct arena *arena, struct comings **comings,
	     size_t *count, struct error *error)
{
	sqlite3_stmt *statement = store_cached(store, sql, error);
	const char *words;
	size_t room = 0;
	int found;

	*count = 0;
	if (statement == NULL)
		return false;
	words = arena_format(arena, "%lld", (long long)site);
	sqlite3_bind_int64(statement, 1, site);
	sqlite3_bind_text(statement, 2, words, -1, SQLITE_TRANSIENT);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW)
		add(comings, count, &room,
		    &(struct comings){
			    .entry = sqlite3_column_int64(statement, 0),
			    .recorded = sqlite3_column_int64(statement, 1),
			    .moved_in = sqlite3_column_int64(statement, 2),
			    .moved_out = sqlite3_column_int64(statement, 3),
			    .gone = sqlite3_column_int64(statement, 4),
			    .remade = sqlite3_column_int64(statement, 5),
		    },
		    arena);
	if (found != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_reset(statement);
	return found == SQLITE_DONE;
}
