/* SPDX-License-Identifier: MIT */
#include "db/migrations.h"

#define MIGRATION(...) #__VA_ARGS__,

const char *const migrations[] = {
#include "db/migrations.def"
};

const int migration_count = sizeof migrations / sizeof migrations[0];
