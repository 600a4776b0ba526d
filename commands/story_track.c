/* SPDX-License-Identifier: MIT */
#include "commands/story_track.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/view.h"
#include "db/query.h"
#include "db/record.h"

/* What belongs to what; only deadlines are followed further than from the story's own record. */
static const struct {
	enum entity_kind of, kind;
	int field;
} belongings[] = {
	{ ENTITY_DEVICE, ENTITY_DEADLINE, DEADLINE_device },
	{ ENTITY_DEVICE, ENTITY_ANSWER, ANSWER_device },
	{ ENTITY_SITE, ENTITY_ASSESSMENT, ASSESSMENT_site },
	{ ENTITY_SITE, ENTITY_DEADLINE, DEADLINE_site },
	{ ENTITY_SITE, ENTITY_ANSWER, ANSWER_site },
	{ ENTITY_ORGANISATION, ENTITY_DEADLINE, DEADLINE_body },
	{ ENTITY_CONTRACT, ENTITY_ANSWER, ANSWER_contract },
	{ ENTITY_DEADLINE, ENTITY_EXTENSION, EXTENSION_deadline },
};

/* Reads the changes of the record, oldest first. */
static bool
read_changes(struct story *story, struct track *track)
{
	const struct record *record = track->record;
	struct query *query;
	struct cursor *cursor;
	struct row row;
	bool more = true, read = true;
	size_t room = 0;

	query = view_query(story->session, view_named("changes"), "entry,field,old,new",
			   arena_format(&story->arena, "entity=%s record_id=%" PRId64,
					record->entity->name, record->id.value),
			   "number", &story->arena, story->error);
	cursor = query != NULL ? query_open(story->session->store, query, story->error) : NULL;
	if (cursor == NULL)
		return false;
	while (read && more && (read = cursor_next(cursor, &row, &more, story->error)) && more) {
		const struct field *field = field_find(record->entity->fields, row.values[1]);

		if (field == NULL)
			continue;
		if (track->count == room) {
			struct told *bigger = arena_alloc(&story->arena,
							  (room = 2 * room + 8) * sizeof *bigger);

			if (track->count > 0)
				memcpy(bigger, track->changes, track->count * sizeof *bigger);
			track->changes = bigger;
		}
		track->changes[track->count++] = (struct told){
			strtoll(row.values[0], NULL, 10),
			(int)(field - record->entity->fields),
			arena_text(&story->arena, row.values[2]),
			arena_text(&story->arena, row.values[3]),
		};
	}
	cursor_close(cursor);
	return read;
}

static void
note_entries(struct story *story, const struct track *track)
{
	if (track->born != 0)
		numbers_add(&story->entries, track->born, &story->arena);
	for (size_t i = 0; i < track->count; i++)
		numbers_add(&story->entries, track->changes[i].entry, &story->arena);
}

static bool
add_track(struct story *story, struct record_id id, struct track **added)
{
	struct track *track = arena_alloc(&story->arena, sizeof *track);
	struct entry_id born;

	for (size_t i = 0; i < story->count; i++)
		if (story->tracks[i]->record->id.kind == id.kind &&
		    story->tracks[i]->record->id.value == id.value) {
			*added = story->tracks[i];
			return true;
		}
	track->record = store_read(story->session->store, id, story->session->today, &story->arena,
				   story->error);
	if (track->record == NULL ||
	    !store_created(story->session->store, id, &born, story->error) ||
	    !read_changes(story, track))
		return false;
	track->born = born.value;
	track->values = record_copy(&story->arena, track->record)->values;
	for (size_t i = track->count; i-- > 0;)
		track->values[track->changes[i].field] = track->changes[i].old;
	if (story->count == story->room) {
		struct track **bigger = arena_alloc(&story->arena,
						    (story->room = 2 * story->room + 8) *
							    sizeof *bigger);

		if (story->count > 0)
			memcpy(bigger, story->tracks, story->count * sizeof *bigger);
		story->tracks = bigger;
	}
	*added = story->tracks[story->count++] = track;
	return true;
}

/* The records that belong to one, and theirs; of those that an undo took out, the entries. */
static bool
add_belongings(struct story *story, struct record_id of, enum entity_kind only)
{
	for (size_t i = 0; i < sizeof belongings / sizeof belongings[0]; i++) {
		struct numbers ids = { 0 };
		struct track *track;

		if (belongings[i].of != of.kind ||
		    (only != ENTITY_NONE && belongings[i].kind != only))
			continue;
		if (!related_list(story->session->store, of.value, belongings[i].kind,
				  belongings[i].field, &story->arena, &ids, story->error) ||
		    (only == ENTITY_NONE &&
		     !related_list_undone(story->session->store, of.value, belongings[i].kind,
					  belongings[i].field, &story->arena, &story->undone,
					  story->error)))
			return false;
		for (size_t j = 0; j < ids.count; j++) {
			struct record_id id = { belongings[i].kind, ids.values[j] };

			if (!add_track(story, id, &track) ||
			    (id.kind == ENTITY_DEADLINE && !add_belongings(story, id, ENTITY_NONE)))
				return false;
		}
	}
	return true;
}

/* Follows a record that the subject named with a field, now or once. */
static bool
add_named(struct story *story, enum entity_kind kind, const char *key)
{
	struct record_id id;
	struct track *track;

	if (key == NULL)
		return true;
	if (!store_lookup(story->session->store, kind, key, &id, story->error))
		return false;
	if (id.value == 0)
		return true;
	return kind == ENTITY_SITE ? add_belongings(story, id, ENTITY_ASSESSMENT)
				   : add_track(story, id, &track);
}

static bool
add_all_named(struct story *story, int field)
{
	const struct track *track = story_subject(story);
	enum entity_kind kind = track->record->entity->fields[field].target;

	if (!add_named(story, kind, track->values[field]))
		return false;
	for (size_t i = 0; i < track->count; i++)
		if (track->changes[i].field == field &&
		    !add_named(story, kind, track->changes[i].now))
			return false;
	return true;
}

bool
story_gather(struct story *story, struct record_id id)
{
	struct track *track;

	if (!add_track(story, id, &track) || !add_belongings(story, id, ENTITY_NONE))
		return false;
	if (id.kind == ENTITY_DEVICE &&
	    (!add_all_named(story, DEVICE_site) || !add_all_named(story, DEVICE_manufacturer) ||
	     !add_all_named(story, DEVICE_rival)))
		return false;
	if (id.kind == ENTITY_SITE &&
	    !comings_read(story->session->store, id.value, &story->arena, &story->comings,
			  &story->comings_count, story->error))
		return false;
	for (size_t i = 0; i < story->count; i++)
		note_entries(story, story->tracks[i]);
	for (size_t i = 0; i < story->comings_count; i++)
		numbers_add(&story->entries, story->comings[i].entry, &story->arena);
	for (size_t i = 0; i < story->undone.count; i++)
		numbers_add(&story->entries, story->undone.values[i], &story->arena);
	return true;
}
