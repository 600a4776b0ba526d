/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

bool
mapping_add_column(struct mapping *mapping, const char *assignment, struct error *error)
{
	(void)mapping;
	return error_set(error, ERROR_USAGE, "%s is not understood.", assignment);
}

bool
mapping_set_dates(struct mapping *mapping, const char *words, struct error *error)
{
	(void)mapping;
	return error_set(error, ERROR_USAGE, "%s is not understood.", words);
}

void
mapping_read_saved(struct mapping *mapping, const char *text)
{
	(void)mapping, (void)text;
}

size_t
mapping_recognise(const void *context, const char *const *cells, size_t count)
{
	(void)context, (void)cells, (void)count;
	return 0;
}

void
mapping_fingerprint(const struct source_row *heading, char text[HASH_TEXT_SIZE])
{
	(void)heading;
	text[0] = '\0';
}
