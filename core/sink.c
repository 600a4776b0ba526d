/* SPDX-License-Identifier: MIT */
#include "core/sink.h"

static bool
write_text(void *context, const char *bytes, size_t size, struct error *error)
{
	(void)error;
	text_append_bytes(context, bytes, size);
	return true;
}

struct sink
sink_to_text(struct text *text)
{
	return (struct sink){ write_text, text };
}
