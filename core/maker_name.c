/* SPDX-License-Identifier: MIT */
/* The names of manufacturers, as labels and spreadsheets write them. */
#include "core/maker_internal.h"

#include <string.h>

#include "core/company.h"
#include "core/memory.h"

/* A shorter one is an abbreviation, and somebody has to have said so. */
enum { SHORTENED_LETTERS_MIN = 3 };

/* Behind a name they say more of its company than a form does, or what the label is on. */
static const char passed_over[] = "as,kg,private,pte,pvt,sa,spa,tech,technologies,technology,uk,"
	"badge,badged,branded,camera,cameras,cctv,label,oem,rebadge,rebadged";

static bool
is_passed_over(const char *word)
{
	return company_is_form(word) || text_list_has(passed_over, word);
}

/* The byte behind the last word of the text that is not passed over: the first word is never. */
static size_t
shortened_length(const char *text, struct arena *arena)
{
	size_t kept = 0, start = 0, size;
	bool in_word = false, is_first = true;

	for (size_t at = 0;; at += size) {
		bool letter = text[at] != '\0' && text_is_letter(text + at, &size);

		if (letter && !in_word)
			start = at;
		if (!letter && in_word &&
		    (is_first || !is_passed_over(arena_bytes(arena, text + start, at - start))))
			kept = at;
		if (!letter && in_word)
			is_first = false;
		in_word = letter;
		if (text[at] == '\0')
			return kept;
	}
}

/* The name without what is passed over, folded. In the arena. */
static const char *
shortened(struct arena *arena, const char *name)
{
	return text_fold(arena, arena_bytes(arena, name, shortened_length(name, arena)));
}

/* Under the folded words: the name that is worth more has them, of two worth the same nobody. */
static void
add_folded(struct maker_table *table, const struct maker_name *name, const char *folded,
	   enum name_worth worth)
{
	struct maker_name row = *name, *there;
	int maker = name->maker;
	bool added;
	int64_t place;

	if (*folded == '\0')
		return;
	row.folded = arena_text(&table->texts, folded);
	row.worth = worth;
	place = *map_add(&table->folded, folded, (int64_t)table->name_count, &added);
	if (added) {
		table->names = memory_grow(table->names, &table->name_room, table->name_count + 1,
					   sizeof *table->names);
		table->names[table->name_count++] = row;
		return;
	}
	there = &table->names[place];
	if (worth > there->worth)
		*there = row;
	else if (worth == there->worth && maker != there->maker)
		there->maker = MAKER_NOBODY;
}

static void
add_name(struct maker_table *table, const char *name, int maker, enum name_worth worth,
	 bool is_rebadge)
{
	struct arena arena = { 0 };
	const char *folded = text_fold(&arena, name), *brief = shortened(&arena, name);
	struct maker_name row = { .name = arena_text(&table->texts, name), .maker = maker,
				  .is_rebadge = is_rebadge };

	maker_forget_seen(table);
	add_folded(table, &row, folded, worth);
	if (strlen(brief) >= SHORTENED_LETTERS_MIN && strcmp(brief, folded) != 0)
		add_folded(table, &row, brief, worth < NAME_SHORTENED ? worth : NAME_SHORTENED);
	arena_free(&arena);
}

void
maker_name_add(struct maker_table *table, const char *name, int maker, enum name_worth worth)
{
	add_name(table, name, maker, worth, false);
}

/* NULL for one that nobody goes by, or two. */
static const struct maker_name *
find_name(const struct maker_table *table, const char *folded)
{
	const int64_t *place = *folded != '\0' ? map_find(&table->folded, folded) : NULL;

	return place != NULL && table->names[*place].maker != MAKER_NOBODY ? &table->names[*place]
									   : NULL;
}

/*
 * The known name that one as written is: all of it, or all but what is passed over. Never a part of
 * a word, nor a word among others. NULL for none.
 */
static const struct maker_name *
known_name(const struct maker_table *table, struct arena *arena, const char *name)
{
	const struct maker_name *found = find_name(table, text_fold(arena, name));

	return found != NULL ? found : find_name(table, shortened(arena, name));
}

void
maker_rebadge_add(struct maker_table *table, const char *name, int maker, enum name_worth worth)
{
	struct arena arena = { 0 };
	const struct maker_name *known = known_name(table, &arena, name);
	int brand = known != NULL && known->worth == NAME_OWN ? known->maker : maker;

	if (brand == maker) {
		add_name(table, name, maker, worth, true);
	} else if (table->makers[brand].made_by == MAKER_NOBODY) {
		maker_forget_seen(table);
		table->makers[brand].made_by = maker;
	}
	arena_free(&arena);
}

static int
maker_named(const struct maker_table *table, struct arena *arena, const char *name, bool *is_weak)
{
	const struct maker_name *found = known_name(table, arena, name);

	*is_weak = found != NULL && found->worth == NAME_HINT;
	return found != NULL ? found->maker : MAKER_NOBODY;
}

int64_t
maker_table_owner(const struct maker_table *table, const char *name, bool *is_own)
{
	struct arena arena = { 0 };
	const char *folded = text_fold(&arena, name);
	const struct maker_name *found = find_name(table, folded);
	int64_t owner = 0;

	*is_own = found != NULL && found->worth == NAME_OWN;
	if (found != NULL && found->worth != NAME_SHORTENED && found->worth != NAME_HOLDER &&
	    strcmp(text_fold(&arena, found->name), folded) == 0)
		owner = table->makers[found->maker].id;
	arena_free(&arena);
	return owner;
}

/* Whether the character stands between names: "Honeywell (Dahua)", "HiLook / Hikvision". */
static bool
parts_names(int32_t point)
{
	static const int32_t points[] = {
		'(', ')', '[', ']', '{', '}',    '/',    '\\',   '|',    ',',
		';', ':', '+', '=', '&', 0xff08, 0xff09, 0xff0f, 0xff0c, 0x3001,
	};

	for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
		if (points[i] == point)
			return true;
	return false;
}

/* The next part of the text, in the arena; NULL behind the last. */
static const char *
next_part(const char **text, struct arena *arena)
{
	const char *start = *text, *end;
	size_t size;

	if (*start == '\0')
		return NULL;
	for (end = start; *end != '\0'; end += size)
		if (parts_names(text_decode(end, strnlen(end, 4), &size)))
			break;
	*text = *end != '\0' ? end + size : end;
	return arena_bytes(arena, start, (size_t)(end - start));
}

struct maker_label
maker_label_of(const struct maker_table *table, const char *make)
{
	struct arena arena = { 0 };
	struct maker_label label = { 0 };
	const char *rest = make, *part;

	label.maker = maker_named(table, &arena, make, &label.maker_is_weak);
	while ((part = next_part(&rest, &arena)) != NULL) {
		bool is_weak;
		int maker = maker_named(table, &arena, part, &is_weak);

		if (label.maker == MAKER_NOBODY) {
			label.maker = maker;
			label.maker_is_weak = is_weak;
		} else if (label.other == MAKER_NOBODY && maker != label.maker) {
			label.other = maker;
			label.other_is_weak = is_weak;
		}
	}
	arena_free(&arena);
	return label;
}

static int
company_named(const struct maker_table *table, struct arena *arena, const char *name)
{
	const struct maker_name *found = known_name(table, arena, name);

	return found != NULL && !found->is_rebadge ? found->maker : MAKER_NOBODY;
}

int64_t
maker_table_company(const struct maker_table *table, const char *name)
{
	struct arena arena = { 0 };
	const char *rest = name, *part;
	int maker = company_named(table, &arena, name);

	while (maker == MAKER_NOBODY && (part = next_part(&rest, &arena)) != NULL)
		maker = company_named(table, &arena, part);
	arena_free(&arena);
	return table->makers[maker].id;
}
