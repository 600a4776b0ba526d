/* SPDX-License-Identifier: MIT */
#include "commands/story.h"

#include <stdlib.h>
#include <string.h>

#include "commands/deadline_layer.h"
#include "commands/story_comings.h"
#include "commands/story_say.h"
#include "commands/story_source.h"
#include "commands/story_track.h"
#include "db/record.h"

enum { INDENT = 3, USUAL_COLUMNS = 80 };

/* The words for who else: what a device was said to be made by, by what evidence. */
static const struct {
	const char *evidence, *words;
} evidence_words[] = {
	{ "label", "The label tells" },
	{ "model", "The model number tells" },
	{ "mac", "The MAC address tells" },
	{ "several", "The evidence agrees" },
	{ "stated", "It was stated" },
	{ NULL, "It was recorded" },
};

/* What was decided then on a manufacturer of that name. */
static const char *
standing_of(const struct story *story, const char *name)
{
	for (size_t i = 1; i < story->count; i++) {
		const struct track *track = story->tracks[i];
		const char *covered;

		if (track->record->id.kind != ENTITY_MANUFACTURER ||
		    track->values[MANUFACTURER_name] == NULL ||
		    strcmp(track->values[MANUFACTURER_name], name) != 0)
			continue;
		covered = track->values[MANUFACTURER_covered];
		return covered == NULL || strcmp(covered, "undecided") == 0
			       ? ", on which nobody had decided"
		       : strcmp(covered, "yes") == 0 ? ", which is covered: suspected"
						     : ", which is not covered";
	}
	return "";
}

static void
say_maker(struct story *story, struct saying *saying, struct text *out)
{
	const char *maker = saying->values[DEVICE_manufacturer],
		   *rival = saying->values[DEVICE_rival];
	const char *evidence = saying->values[DEVICE_evidence];
	size_t i = 0;

	saying->told[DEVICE_manufacturer] = saying->told[DEVICE_rival] =
		saying->told[DEVICE_evidence] = true;
	if (maker == NULL) {
		if (saying->before[DEVICE_manufacturer] != NULL)
			say_sentence(out, "Nothing tells any more who made it");
		return;
	}
	while (evidence_words[i].evidence != NULL &&
	       (evidence == NULL || strcmp(evidence_words[i].evidence, evidence) != 0))
		i++;
	if (rival != NULL)
		say_sentence(out,
			     arena_format(&story->arena,
					  "The evidence disagrees about its maker: %s%s; or %s%s",
					  maker, standing_of(story, maker), rival,
					  standing_of(story, rival)));
	else
		say_sentence(out, arena_format(&story->arena, "%s that its maker is %s%s",
					       evidence_words[i].words, maker,
					       standing_of(story, maker)));
}

static const char *
describe(struct story *story, const struct track *track)
{
	const char *kind = track->values[DEVICE_kind], *place = track->values[DEVICE_place];

	if (track->record->id.kind != ENTITY_DEVICE)
		return "";
	if (kind == NULL || strcmp(kind, "unknown") == 0)
		kind = "device of unknown kind";
	return arena_format(&story->arena, " as %s %s at site %s%s%s",
			    strchr("aeiou", *kind) != NULL ? "an" : "a", kind,
			    track->values[DEVICE_site], place != NULL ? ", " : "",
			    place != NULL ? place : "");
}

/* "Make Hikvision, model DS-2, network core": what no sentence has told. */
static void
say_rest(struct saying *saying, struct text *out)
{
	struct text rest = { 0 };

	for (int i = 0; i < saying->entity->field_count; i++) {
		const struct field *field = &saying->entity->fields[i];

		if (field_is_stored(field) && !saying->told[i] && (field->flags & FIELD_KEY) == 0 &&
		    say_has_value(field, saying->values[i]))
			text_format(&rest, "%s%s %s",
				    rest.length > 0 ? "; " : "recorded with it: ", field->title,
				    say_value(saying, i));
	}
	say_sentence(out, text_words(&rest));
	text_free(&rest);
}

/* Whether what is told of the record concerns the subject at that time. */
static bool
concerns(const struct story *story, const struct track *track)
{
	const struct track *of = story_subject(story);
	const char *name;

	if (of->record->id.kind != ENTITY_DEVICE)
		return true;
	if (track->record->id.kind == ENTITY_ASSESSMENT)
		return of->values[DEVICE_site] != NULL && track->values[ASSESSMENT_site] != NULL &&
		       text_same(of->values[DEVICE_site], track->values[ASSESSMENT_site]);
	if (track->record->id.kind != ENTITY_MANUFACTURER)
		return true;
	name = track->values[MANUFACTURER_name];
	return name != NULL &&
	       ((of->values[DEVICE_manufacturer] != NULL &&
		 text_same(of->values[DEVICE_manufacturer], name)) ||
		(of->values[DEVICE_rival] != NULL && text_same(of->values[DEVICE_rival], name)));
}

/* What was known of the site before. */
static void
say_site_then(struct story *story, struct text *out)
{
	const struct track *newest = NULL;
	struct saying saying = { .arena = &story->arena };

	for (size_t i = 1; i < story->count; i++)
		if (story->tracks[i]->record->id.kind == ENTITY_ASSESSMENT &&
		    story->tracks[i]->born < story_subject(story)->born &&
		    concerns(story, story->tracks[i]))
			newest = story->tracks[i];
	if (newest == NULL)
		return;
	saying.entity = newest->record->entity;
	saying.values = newest->values;
	say_sentence(out,
		     arena_format(&story->arena, "The site had been assessed on %s: sensitive: %s",
				  say_value(&saying, ASSESSMENT_decided_on),
				  say_value(&saying, ASSESSMENT_outcome)));
}

static bool
tell_made(struct story *story, const struct track *track, struct saying *saying, struct text *out)
{
	struct text sources = { 0 }, birth = { 0 };
	bool is_told = say_born(&birth, saying);
	bool read = story_append_sources(story, track->born, &sources);

	if (!is_told || sources.length > 0)
		say_sentence(out, arena_format(&story->arena, "It was %s%s%s",
					       sources.length > 0 ? "imported from " : "recorded",
					       text_words(&sources), describe(story, track)));
	text_append(out, text_words(&birth));
	text_free(&birth);
	text_free(&sources);
	if (saying->entity->kind == ENTITY_DEVICE) {
		saying->told[DEVICE_kind] = saying->told[DEVICE_site] = saying->told[DEVICE_place] =
			true;
		say_site_then(story, out);
		say_maker(story, saying, out);
	}
	for (int i = 0; i < saying->entity->field_count; i++)
		if (field_is_stored(&saying->entity->fields[i]))
			say_field(out, saying, i);
	say_rest(saying, out);
	return read;
}

/* What a deadline is for, as the story of `subject` calls it. */
static const char *
it_of_deadline(struct story *story, const struct track *track)
{
	const struct record *deadline = track->record;
	bool clears = deadline_clears(deadline->values[DEADLINE_kind]);
	const char *subject = deadline->values[DEADLINE_subject],
		   *layer = deadline->values[DEADLINE_layer];

	if (track != story_subject(story))
		return clears && !text_same(layer, "device") ? "what is in scope there" : "it";
	return arena_format(&story->arena, "%s%s %s",
			    clears && !text_same(layer, "device") ? "what is in scope at " : "",
			    layer, subject);
}

/* What is told of, as the story calls it. */
static const char *
it(struct story *story, const struct track *track)
{
	bool of_device = story_subject(story)->record->id.kind == ENTITY_DEVICE;

	switch (track->record->id.kind) {
	case ENTITY_ASSESSMENT:
		return of_device || track == story_subject(story)
			       ? arena_format(&story->arena, "%ssite %s", of_device ? "its " : "",
					      track->values[ASSESSMENT_site])
			       : "it";
	case ENTITY_DEADLINE:
		return it_of_deadline(story, track);
	case ENTITY_EXTENSION:
		return story_subject(story)->record->id.kind == ENTITY_DEADLINE
			       ? it_of_deadline(story, story_subject(story))
			       : "it";
	case ENTITY_MANUFACTURER:
		return of_device ? arena_format(&story->arena, "its maker %s",
						track->values[MANUFACTURER_name])
				 : "it";
	default:
		return "it";
	}
}

/* An extension that ran out says nothing of it by itself: nobody did anything that day. */
static void
say_lapsed(struct story *story, const struct track *track, struct text *out)
{
	const char *expires = track->record->values[EXTENSION_expires_on],
		   *state = track->record->values[EXTENSION_state];
	char words[DATE_WORDS_SIZE];
	struct date date;

	if (track->record->id.kind != ENTITY_EXTENSION || expires == NULL || state == NULL ||
	    strcmp(state, "lapsed") != 0 || !date_parse_iso(expires, &date))
		return;
	date_words(date, words);
	say_sentence(out, arena_format(&story->arena,
				       "It lapsed after %s, and the date before it counts again",
				       words));
}

static bool
tell_born(struct story *story, const struct track *track, struct saying *saying, struct text *out)
{
	if (track == story_subject(story))
		return tell_made(story, track, saying, out);
	if (track->record->id.kind == ENTITY_MANUFACTURER || !concerns(story, track))
		return true;
	if (!say_born(out, saying))
		say_sentence(out,
			     arena_format(&story->arena, "%s %s was recorded",
					  track->record->entity->title, record_key(track->record)));
	say_lapsed(story, track, out);
	return true;
}

static void
tell_changes(struct story *story, const struct track *track, struct saying *saying,
	     const bool *changed, bool reversing, struct text *out)
{
	const struct entity *entity = track->record->entity;

	if (!concerns(story, track))
		return;
	for (int i = 0; i < entity->field_count && !reversing; i++)
		if (changed[i])
			say_field(out, saying, i);
	if (entity->kind == ENTITY_DEVICE && !reversing &&
	    (changed[DEVICE_manufacturer] || changed[DEVICE_rival]) &&
	    !saying->told[DEVICE_manufacturer])
		say_maker(story, saying, out);
	/* What it is known by says nothing beside the maker. */
	if (entity->kind == ENTITY_DEVICE)
		saying->told[DEVICE_evidence] = true;
	for (int i = 0; i < entity->field_count; i++)
		if (changed[i] && (track == story_subject(story) ||
				   entity->kind != ENTITY_MANUFACTURER || reversing))
			say_change(out, saying, i, reversing);
}

/* What the entry did to the record. */
static bool
tell_track(struct story *story, struct track *track, int64_t entry, bool reversing,
	   struct text *out)
{
	const struct entity *entity = track->record->entity;
	const char **before = arena_alloc(&story->arena,
					  (size_t)entity->field_count * sizeof *before);
	bool changed[ENTITY_FIELDS_MAX] = { false }, any = false;
	struct saying saying = {
		.entity = entity, .values = track->values, .before = before, .arena = &story->arena
	};

	memcpy(before, track->values, (size_t)entity->field_count * sizeof *before);
	for (; track->next < track->count && track->changes[track->next].entry <= entry;
	     track->next++) {
		const struct told *change = &track->changes[track->next];

		any = changed[change->field] = true;
		track->values[change->field] = change->now;
	}
	saying.it = it(story, track);
	if (entry < story_subject(story)->born)
		return true;
	if (track->born == entry)
		return tell_born(story, track, &saying, out);
	if (any)
		tell_changes(story, track, &saying, changed, reversing, out);
	return true;
}

/* "21 November 2026, Ada Clerk." */
static void
append_opening(struct text *out, const struct record *entry)
{
	char words[DATE_WORDS_SIZE] = "";
	struct date date;

	if (date_parse_iso(entry->values[ENTRY_at], &date))
		date_words(date, words);
	text_format(out, "%s, %s.", words, entry->values[ENTRY_who]);
}

/* Who took the entry back, and when. */
static bool
say_undone(struct story *story, const struct record *entry, struct text *out)
{
	struct numbers undos = { 0 };
	struct record_id id = { ENTITY_ENTRY, 0 };
	char words[DATE_WORDS_SIZE] = "";
	const struct record *undo;
	struct date date;

	if (!related_list(story->session->store, entry->id.value, ENTITY_ENTRY, ENTRY_undoes,
			  &story->arena, &undos, story->error))
		return false;
	id.value = undos.count > 0 ? undos.values[undos.count - 1] : 0;
	if (id.value == 0 || !text_same(entry->values[ENTRY_state], "undone"))
		return true;
	undo = store_read(story->session->store, id, story->session->today, &story->arena,
			  story->error);
	if (undo == NULL)
		return false;
	if (date_parse_iso(undo->values[ENTRY_at], &date))
		date_words(date, words);
	text_format(out, " [This was undone on %s by %s.]", words, undo->values[ENTRY_who]);
	return true;
}

/* Words of one entry, one after the other, on lines of the width that there is. */
static void
append_wrapped(struct text *out, const char *words, int columns)
{
	int column = 0;

	while (*words != '\0') {
		size_t size = strcspn(words, " ");
		struct text word = { 0 };
		int width;

		text_append_bytes(&word, words, size);
		width = text_width(text_words(&word));
		if (column > 0 && column + 1 + width > columns) {
			text_format(out, "\n%*s", INDENT, "");
			column = INDENT;
		} else if (column > 0) {
			text_append(out, " ");
			column++;
		}
		text_append(out, text_words(&word));
		column += width;
		text_free(&word);
		words += size + strspn(words + size, " ");
	}
	text_append(out, "\n");
}

static bool
is_undone_belonging(const struct story *story, int64_t entry)
{
	for (size_t i = 0; i < story->undone.count; i++)
		if (story->undone.values[i] == entry)
			return true;
	return false;
}

/* A paragraph, or nothing when the entry did nothing that is told. */
static bool
tell_entry(struct story *story, const struct record *entry, struct text *out)
{
	bool reversing = text_same(entry->values[ENTRY_kind], "undo") ||
			 text_same(entry->values[ENTRY_kind], "redo"),
	     told = true;
	struct text sentences = { 0 };

	for (size_t i = 0; i < story->count && told; i++)
		told = tell_track(story, story->tracks[i], entry->id.value, reversing, &sentences);
	story_say_comings(story, entry->id.value, &sentences);
	if (told && (sentences.length > 0 || is_undone_belonging(story, entry->id.value))) {
		append_opening(out, entry);
		if (reversing || sentences.length == 0)
			say_sentence(out, entry->values[ENTRY_what]);
		text_append(out, text_words(&sentences));
		if (entry->values[ENTRY_why] != NULL)
			say_sentence(out, arena_format(&story->arena, "Why: %s",
						       entry->values[ENTRY_why]));
		told = say_undone(story, entry, out);
	}
	text_free(&sentences);
	return told;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *first = a, *second = b;

	return *first < *second ? -1 : *first > *second;
}

static bool
print_entry(struct story *story, int64_t number, struct reply *reply)
{
	struct record_id id = { ENTITY_ENTRY, number };
	const struct record *entry = store_read(story->session->store, id, story->session->today,
						&story->arena, story->error);
	struct text paragraph = { 0 }, harmless = { 0 }, lines = { 0 };
	bool printed = entry != NULL && tell_entry(story, entry, &paragraph);

	if (printed && paragraph.length > 0) {
		text_for_screen(&harmless, text_words(&paragraph), -1);
		append_wrapped(&lines, text_words(&harmless),
			       reply->columns > 0 ? reply->columns : USUAL_COLUMNS);
		printed = reply->data.write == NULL ||
			  sink_write(&reply->data, text_words(&lines), lines.length, story->error);
	}
	text_free(&paragraph);
	text_free(&harmless);
	text_free(&lines);
	return printed;
}

bool
story_print(struct session *session, const struct record *record, struct reply *reply,
	    struct error *error)
{
	struct story story = { .session = session, .error = error };
	bool printed = story_gather(&story, record->id);

	if (printed && story.entries.count > 0)
		qsort(story.entries.values, story.entries.count, sizeof *story.entries.values,
		      by_number);
	for (size_t i = 0; i < story.entries.count && printed; i++)
		printed = print_entry(&story, story.entries.values[i], reply);
	arena_free(&story.arena);
	return printed;
}
