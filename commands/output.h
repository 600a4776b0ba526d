/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_OUTPUT_H
#define COMMANDS_OUTPUT_H

#include "commands/command.h"
#include "commands/session.h"
#include "db/query.h"

/*
 * Rows for reply->data, in the format that the person asked for: what list, figures, due, history
 * and show print.  Rows stream: however many they are, the memory stays the same.
 */
struct output;

/* The words of --format, for an operand's choices: table, plain, csv, json. */
extern const struct choice output_formats[];

/*
 * `format` is a word of output_formats, which request_add() has seen to; NULL for a table.
 * The title stands above formats that have one; fields give headings, alignment and
 * types.  The fields and texts must outlive the output.  NULL with an error.
 */
struct output *output_open(const struct session *session, struct reply *reply, const char *format,
			   const char *title, const struct field *const *fields, int field_count,
			   struct error *error);

/* The same for one record by itself, which has one row: JSON is then an object and no list. */
struct output *output_open_record(const struct session *session, struct reply *reply,
				  const char *format, const char *title,
				  const struct field *const *fields, int field_count,
				  struct error *error);

/*
 * A record down the page, a field on each line: a table for people has the words of the last column
 * in full.
 */
struct output *output_open_pairs(const struct session *session, struct reply *reply,
				 const char *format, const char *title,
				 const struct field *const *fields, int field_count,
				 struct error *error);

/* Canonical values in the order of the fields, NULL for unknown; they must outlive the call. */
bool output_row(struct output *output, const char *const *values, struct error *error);

/* Every row of the query's answer; the output must have the query's fields. */
bool output_rows(struct output *output, const struct session *session, const struct query *query,
		 struct error *error);

/* Whether what is printed is for people, so that a sentence about it belongs into reply->words. */
bool output_is_for_people(const struct output *output);

/*
 * Whether who reads has so few columns that a table should keep to what matters most; false where
 * they are not known.
 */
bool output_is_narrow(const struct reply *reply);

/* How many rows were given so far. */
int64_t output_count(const struct output *output);

/*
 * Ends it: writes what is left when all was `given`, and frees. NULL is passed over. False when not
 * all was given or written.
 */
bool output_end(struct output *output, bool given, struct error *error);

/* Opens an output for the query's answer, gives it every row and ends it. */
bool output_query(const struct session *session, struct reply *reply, const char *format,
		  const char *title, const struct query *query, struct error *error);

/*
 * For rows that are no records: the fields of a const table that ends with a nameless one, as
 * output_open() wants them, in the arena.
 */
const struct field *const *
output_fields(struct arena *arena, const struct field *table, int *count);

/* "Wrote 608 sites to /home/jo/sites.xlsx.": from the root, to be found from anywhere. */
void output_say_where(struct reply *reply, const char *what, const char *path);

#endif
