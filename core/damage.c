/* SPDX-License-Identifier: MIT */
#include "core/damage.h"

enum damage
damage_of(const struct field *field, const char *words)
{
	(void)field, (void)words;
	return DAMAGE_NONE;
}

bool
damage_refuse(enum damage damage, const char *words, struct error *error)
{
	(void)damage;
	return error_set(error, ERROR_INVALID, "'%.40s' was changed by a spreadsheet", words);
}

bool
damage_fits(enum damage damage, const char *words, const char *original)
{
	(void)damage, (void)words, (void)original;
	return false;
}
