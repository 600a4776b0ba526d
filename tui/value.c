/* SPDX-License-Identifier: MIT */
#include "tui/value.h"

#include <stdio.h>
#include <string.h>

const char *
value_words(const struct field *field, const char *value, char out[VALUE_SIZE])
{
	static const char minutes[] = "2024-01-31T12:30";

	if (value == NULL)
		return "";
	if (field->type != FIELD_INSTANT || strlen(value) < sizeof minutes - 1)
		return value;
	snprintf(out, VALUE_SIZE, "%.10s %.5s", value, value + 11);
	return out;
}
