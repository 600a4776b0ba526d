/* SPDX-License-Identifier: MIT */
#include "commands/story_source.h"

#include <stdlib.h>

#include "db/record.h"

static const struct record *
read_record(struct story *story, enum entity_kind kind, int64_t id)
{
	return store_read(story->session->store, (struct record_id){ kind, id },
			  story->session->today, &story->arena, story->error);
}

static bool
append_file(struct story *story, int64_t source, struct text *words)
{
	const struct record *record = read_record(story, ENTITY_SOURCE, source);

	if (record == NULL)
		return false;
	text_append(words, record->values[SOURCE_file] != NULL ? record->values[SOURCE_file]
							       : "a file");
	return true;
}

/* The row that was mended, if the entry mended just one. */
static bool
append_mended(struct story *story, int64_t entry, struct text *words)
{
	struct numbers ids = { 0 };
	const struct record *refusal;

	if (!related_changed(story->session->store, entry, ENTITY_REFUSAL, &story->arena, &ids,
			     story->error))
		return false;
	if (ids.count != 1)
		return true;
	refusal = read_record(story, ENTITY_REFUSAL, ids.values[0]);
	if (refusal == NULL)
		return false;
	text_format(words, "row %s, mended, of ", refusal->values[REFUSAL_row]);
	return append_file(story, strtoll(refusal->values[REFUSAL_source], NULL, 10), words);
}

bool
story_append_sources(struct story *story, int64_t entry, struct text *words)
{
	struct numbers ids = { 0 };

	if (!related_list(story->session->store, entry, ENTITY_SOURCE, SOURCE_entry, &story->arena,
			  &ids, story->error))
		return false;
	for (size_t i = 0; i < ids.count; i++) {
		text_append(words, i > 0 ? " and " : "");
		if (!append_file(story, ids.values[i], words))
			return false;
	}
	return ids.count > 0 || append_mended(story, entry, words);
}
