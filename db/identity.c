/* SPDX-License-Identifier: MIT */
#include "db/identity.h"

#include <stdio.h>
#include <string.h>

#include "db/internal.h"

bool
store_identity(struct store *store, struct record_id id, char text[UUID_TEXT_SIZE],
	       struct error *error)
{
	enum { SQL_SIZE = 64 };
	char sql[SQL_SIZE];
	struct uuid uuid = { 0 };
	sqlite3_stmt *statement;
	int step;

	snprintf(sql, sizeof sql, "SELECT uuid FROM %s WHERE id = ?1", entities[id.kind].name);
	statement = store_cached(store, sql, error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, id.value);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW && sqlite3_column_bytes(statement, 0) == UUID_SIZE)
		memcpy(uuid.bytes, sqlite3_column_blob(statement, 0), UUID_SIZE);
	sqlite3_reset(statement);
	uuid_format(&uuid, text);
	return step == SQLITE_ROW || store_failed(store, error);
}
