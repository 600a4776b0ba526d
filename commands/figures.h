/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_FIGURES_H
#define COMMANDS_FIGURES_H

#include "commands/command.h"
#include "commands/session.h"
#include "core/figure.h"
#include "core/text.h"

/* The value of a share of nothing. */
enum { FIGURE_OF_NONE = -2 };

/*
 * The figure's value now: how many things its rows stand for; of a share the per cent, to the
 * nearest whole one but never 100 while anything is left.
 */
bool figure_value(const struct session *session, const struct figure *figure, int64_t *value,
		  struct error *error);

/* The same, and how many rows they are: fewer where a device's row stands for several alike. */
bool figure_rows(const struct session *session, const struct figure *figure, int64_t *value,
		 int64_t *rows, struct error *error);

/* "12,345"; of a share "75 %", or a dash for FIGURE_OF_NONE. */
const char *figure_number(const struct figure *figure, int64_t value, char out[TEXT_NUMBER_SIZE]);

/* "412 devices", or "412 devices (in 409 rows)" where the two differ. In the arena. */
const char *figure_amount(struct arena *arena, const struct entity *entity, int64_t value,
			  int64_t rows);

/*
 * `part` of `whole` as a person reads it: "75 %", "less than 1 %", "more than 99 %", and "no such
 * sites" for none of none (DOMAIN R6: both numbers are always printed beside it).
 */
const char *figure_percent(struct arena *arena, int64_t part, int64_t whole);

extern const struct operand figures_operands[];
bool command_figures(struct session *session, const struct request *request, struct reply *reply,
		     struct error *error);

#endif
