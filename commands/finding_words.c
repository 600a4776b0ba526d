/* SPDX-License-Identifier: MIT */
#include "commands/finding_words.h"

#include <stdlib.h>
#include <string.h>

#include "commands/view.h"
#include "core/memory.h"
#include "db/query.h"

int
finding_reference(enum entity_kind entity)
{
	static const int references[] = { ANSWER_site, ANSWER_device, ANSWER_contract };

	for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
		if (entities[ENTITY_ANSWER].fields[references[i]].target == entity)
			return references[i];
	return -1;
}

/* Between braces of the words; *at goes behind the closing one. NULL when there are no more. */
static const struct field *
next_field(const struct rule *rule, const char **at, const char **brace, struct arena *arena)
{
	size_t size;

	*brace = strchr(*at, '{');
	if (*brace == NULL)
		return NULL;
	size = strcspn(*brace + 1, "}");
	*at = *brace + size + 2;
	return field_find(entities[rule->entity].fields, arena_bytes(arena, *brace + 1, size));
}

bool
finding_names_field(const struct rule *rule, const struct field *field)
{
	const char *at = rule->words, *brace;
	const struct field *named;
	struct arena arena = { 0 };

	while ((named = next_field(rule, &at, &brace, &arena)) != NULL && named != field)
		;
	arena_free(&arena);
	return named == field;
}

void
finding_append_words(struct text *out, const struct rule *rule, const char *const *values,
		     const struct finding_answer *answer)
{
	const char *at = rule->words, *from = at, *brace;
	struct arena arena = { 0 };
	const struct field *field;
	bool is_bracketed = false;

	while ((field = next_field(rule, &at, &brace, &arena)) != NULL) {
		const char *value = values[field - entities[rule->entity].fields];

		bool is_nameless = value == NULL && text_same(field->name, "name");
		bool in_brackets = is_nameless && brace - from >= 2 && brace[-1] == '(';
		bool before_code = is_nameless && !in_brackets && strncmp(at, " ({", 3) == 0;

		/* Without its name a record is known by its code, which needs no brackets then. */
		text_append_bytes(out, from, (size_t)(brace - from) - (in_brackets ? 2 : 0));
		if (!in_brackets && !before_code)
			text_append(out, value != NULL ? value : "not known");
		from = at + (before_code ? 2 : in_brackets || is_bracketed ? 1 : 0);
		is_bracketed = before_code;
	}
	text_append(out, from);
	/* What stands last may be a sentence itself. */
	if (out->length == 0 || out->bytes[out->length - 1] != '.')
		text_append(out, ".");
	if (answer != NULL && !answer->holds)
		text_format(out, " The answer of %s (%s) held until %s.", answer->by,
			    answer->answer, answer->until);
	arena_free(&arena);
}

static void
keep_answer(struct finding_answers *answers, const char *const *values)
{
	enum { SUBJECT, ANSWER, BY, UNTIL, REASON, STATE };
	struct arena *arena = &answers->arena;
	int64_t *place;
	bool added;

	place = map_add(&answers->places, values[SUBJECT] != NULL ? values[SUBJECT] : "",
			(int64_t)answers->count, &added);
	if (added) {
		answers->answers = memory_grow(answers->answers, &answers->room, answers->count + 1,
					       sizeof *answers->answers);
		answers->count++;
	}
	answers->answers[*place] = (struct finding_answer){
		arena_text(arena, values[SUBJECT]), arena_text(arena, values[ANSWER]),
		arena_text(arena, values[BY]),      arena_text(arena, values[UNTIL]),
		arena_text(arena, values[REASON]),  strcmp(values[STATE], "holds") == 0,
	};
}

/* The newest come last, so that they are what is kept. */
bool
finding_answers_read(struct session *session, const struct rule *rule, const char *key,
		     struct finding_answers *answers, struct error *error)
{
	const struct field *fields = entities[ENTITY_ANSWER].fields;
	struct query *query = view_query(session, view_named("answers"),
					 "subject,answer,answered_by,expires_on,reason,state", NULL,
					 "number", &answers->arena, error);
	struct cursor *cursor = NULL;
	struct row row;
	bool more, done;

	if (query != NULL) {
		struct filter *filter = filter_is(&answers->arena, &fields[ANSWER_rule], rule->id);

		if (key != NULL)
			filter = filter_both(&answers->arena, filter,
					     filter_is(&answers->arena,
						       &fields[finding_reference(rule->entity)],
						       key));
		query->filter = filter;
		cursor = query_open(session->store, query, error);
	}
	done = more = cursor != NULL;
	while (done && more) {
		done = cursor_next(cursor, &row, &more, error);
		if (done && more)
			keep_answer(answers, row.values);
	}
	cursor_close(cursor);
	return done;
}

void
finding_answers_free(struct finding_answers *answers)
{
	map_free(&answers->places);
	arena_free(&answers->arena);
	free(answers->answers);
	*answers = (struct finding_answers){ 0 };
}

const struct finding_answer *
finding_answer_of(const struct finding_answers *answers, const char *key)
{
	const int64_t *place = map_find(&answers->places, key);

	return place != NULL ? &answers->answers[*place] : NULL;
}
