/* SPDX-License-Identifier: MIT */
#ifndef CORE_SINK_H
#define CORE_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/text.h"

/* Somewhere that bytes go: standard output, a file, a text in memory. */
struct sink {
	bool (*write)(void *context, const char *bytes, size_t size, struct error *error);
	void *context;
};

static inline bool
sink_write(const struct sink *sink, const char *bytes, size_t size, struct error *error)
{
	return size == 0 || sink->write(sink->context, bytes, size, error);
}

/* A sink that appends to a text; it never fails. */
struct sink sink_to_text(struct text *text);

#endif
