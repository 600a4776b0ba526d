/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_FORM_H
#define EXPORT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/field.h"
#include "core/sink.h"

/* A form to fill in: the titles of fields as headings, and no rows. */
struct form {
	const char *title;		/* of the sheet */
	const char *marking;
	int64_t created;		/* seconds since 1970 */
	const struct field *const *fields;
	int field_count;
};

/*
 * As a workbook.  The cells of what is no number and no date are text from the start, so that a
 * spreadsheet leaves them as they are typed.  The file appears whole or not at all (export/file.h).
 */
bool form_write_workbook(const struct form *form, const char *path, bool overwrite,
			 struct error *error);

/* As a line of CSV, to a file or to a sink. */
bool form_write_csv(const struct form *form, const char *path, bool overwrite, struct error *error);
bool form_send_csv(const struct form *form, const struct sink *sink, struct error *error);

#endif
