/* SPDX-License-Identifier: MIT */
#include "commands/story_comings.h"

#include "commands/story_say.h"

/* "3 devices were moved here", behind what stands there already. */
static void
append_count(struct text *words, struct arena *arena, int64_t count, const char *one,
	     const char *many)
{
	if (count > 0)
		text_format(words, "%s%s %s", words->length > 0 ? "; " : "",
			    text_count(arena, count, "device", "devices"), count == 1 ? one : many);
}

static void
say(const struct comings *comings, struct arena *arena, struct text *out)
{
	struct text words = { 0 };

	append_count(&words, arena, comings->recorded, "was recorded here", "were recorded here");
	append_count(&words, arena, comings->moved_in, "was moved here", "were moved here");
	append_count(&words, arena, comings->moved_out, "was moved away", "were moved away");
	append_count(&words, arena, comings->gone, "was recorded as gone", "were recorded as gone");
	append_count(&words, arena, comings->remade, "has another maker since",
		     "have another maker since");
	say_sentence(out, text_words(&words));
	text_free(&words);
}

void
story_say_comings(const struct story *story, int64_t entry, struct text *out)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < story->comings_count; i++)
		if (story->comings[i].entry == entry)
			say(&story->comings[i], &arena, out);
	arena_free(&arena);
}
