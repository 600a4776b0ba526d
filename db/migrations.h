/* SPDX-License-Identifier: MIT */
#ifndef DB_MIGRATIONS_H
#define DB_MIGRATIONS_H

/* Migration n brings a register from version n to n + 1. */
extern const char *const migrations[];
extern const int migration_count;

/* "terr": the application_id in the header of every register. */
enum { REGISTER_APPLICATION_ID = 0x74657272 };

#endif
