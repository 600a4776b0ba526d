/* SPDX-License-Identifier: MIT */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>

bool
error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
	va_list arguments;

	error->kind = kind;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return false;
}

bool
error_prefix(struct error *error, const char *format, ...)
{
	struct error whole;
	va_list arguments;
	int used;

	va_start(arguments, format);
	used = vsnprintf(whole.message, sizeof whole.message, format, arguments);
	va_end(arguments);
	if (used < 0 || (size_t)used >= sizeof whole.message)
		return false;
	snprintf(whole.message + used, sizeof whole.message - (size_t)used, "%s", error->message);
	whole.kind = error->kind;
	*error = whole;
	return false;
}
