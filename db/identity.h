/* SPDX-License-Identifier: MIT */
#ifndef DB_IDENTITY_H
#define DB_IDENTITY_H

#include "core/entity.h"
#include "core/uuid.h"
#include "db/store.h"

/* What names a record for ever and everywhere: calendars of other programs know it by that. */
bool store_identity(struct store *store, struct record_id id, char text[UUID_TEXT_SIZE],
		    struct error *error);

#endif
