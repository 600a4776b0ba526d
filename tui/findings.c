/* SPDX-License-Identifier: MIT */
#include "tui/findings.h"

#include <string.h>
#include <strings.h>

#include "tui/app.h"

enum { RULE_SIZE = 16 };

/* The headings over the rules, by severity. */
static const char *const severity_headings[SEVERITY_COUNT] = {
	[SEVERITY_BREACH] = "Breaches of the instruction",
	[SEVERITY_LATE] = "Late",
	[SEVERITY_DECIDE] = "A decision or a date is missing",
	[SEVERITY_DOUBT] = "Not known, or in doubt",
};

static const char *
about_rule(const struct rule *rule, struct arena *arena)
{
	return arena_format(arena, "Broken when  %s\nSource       %s\nWhat to do   %s", rule->test,
			    rule->citation, rule->remedy);
}

static void
add_rule(struct board *board, const struct rule *rule)
{
	struct figure open = rule_figure(rule, &board->arena), answered = open;

	answered.filter = arena_format(&board->arena, "answered:%s", rule->id);
	board_add(board, &(struct board_row){
				 .group = severity_headings[rule->severity],
				 .sign = rule->id,
				 .label = rule->name,
				 .brief = rule->test,
				 .about = about_rule(rule, &board->arena),
				 .shown = true,
				 .number.figure = open,
				 .second.figure = answered,
			 });
}

/* What the program keeps to has nothing to count, and nothing to open. */
static void
add_kept_rules(struct board *board)
{
	for each_rule(rule)
		if (rule->filter == NULL) {
			const char *about = arena_format(&board->arena,
							 "The rule     %s\nSource       %s",
							 rule->test, rule->citation);

			board_add(board, &(struct board_row){
				.group = "What the program itself keeps to",
				.sign = rule->id,
				.label = rule->name,
				.brief = rule->test,
				.shown = true,
				.about = about,
			});
		}
}

static int
head(struct app *app, const struct board *board, struct area area)
{
	(void)app, (void)board;
	return board_draw_opening(area, "What breaks the policy, by rule. A finding is open until "
					"that is put right, or answered.");
}

void
findings_fill(struct board *board)
{
	*board = (struct board){
		.title = "Findings",
		.help = "What breaks each rule of the policy, with its source and what to do; "
			"Enter opens the rows",
		.column = "Open",
		.second = "Answered",
		.head = head,
	};
	for (int severity = 0; severity < SEVERITY_COUNT; severity++)
		for each_rule(rule)
			if ((int)rule->severity == severity && rule->filter != NULL)
				add_rule(board, rule);
	add_kept_rules(board);
}

void
findings_add_breaches(struct board *board)
{
	for each_rule(rule) {
		struct figure figure;

		if (rule->severity != SEVERITY_BREACH || rule->filter == NULL)
			continue;
		figure = rule_figure(rule, &board->arena);
		figure.label = arena_format(&board->arena, "%s (%s)", rule->name, rule->id);
		board_add_figure(board, &figure, "Breaches", true);
	}
}

/* Whether a word of a filter asks for what a rule finds; *id is behind the colon. */
static bool
asks_for_rule(const char *word, const char **id)
{
	static const char *const words[] = { "finding:", "answered:", "breaks:" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		*id = word + strlen(words[i]);
		if (strncasecmp(word, words[i], strlen(words[i])) == 0)
			return true;
	}
	return false;
}

const struct rule *
findings_rule_of_filter(const char *filter)
{
	while (*filter != '\0') {
		size_t size = strcspn(filter, " ");
		char id[RULE_SIZE] = "";
		const char *start;

		if (asks_for_rule(filter, &start) && filter + size < start + RULE_SIZE) {
			memcpy(id, start, (size_t)(filter + size - start));
			return rule_named(id);
		}
		filter += size;
		filter += strspn(filter, " ");
	}
	return NULL;
}
