/* SPDX-License-Identifier: MIT */
#include "core/field.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/damage.h"
#include "core/field_number.h"

enum { UPRN_DIGITS = 12, MAC_DIGITS = 12 };

/* The first control character that may not stand in a value; in a note line ends and tabs may. */
static const char *
forbidden_character(const char *words, bool lines)
{
	for (; *words != '\0'; words++) {
		unsigned char byte = (unsigned char)*words;

		if ((byte < 0x20 || byte == 0x7f) &&
		    !(lines && (byte == '\n' || byte == '\t' || byte == '\r')))
			return words;
	}
	return NULL;
}

static const char *
parse_lines(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	const char *bad = forbidden_character(words, true);

	(void)field;
	if (bad != NULL) {
		error_set(error, ERROR_INVALID, "holds the control character \\x%02x",
			  (unsigned char)*bad);
		return NULL;
	}
	return arena_text(arena, words);
}

/* The blocks that the IEEE gives out have 24, 28 or 36 bits. */
static const char *
parse_mac_block(const char *words, struct arena *arena, struct error *error)
{
	char *block = arena_text(arena, words);
	size_t digits = 0;

	for (const char *at = words; *at != '\0'; at++) {
		if (strchr(":-. ", *at) != NULL)
			continue;
		if (!isxdigit((unsigned char)*at)) {
			digits = 0;
			break;
		}
		block[digits++] = (char)toupper((unsigned char)*at);
	}
	block[digits] = '\0';
	if (digits == 6 || digits == 7 || digits == 9)
		return block;
	error_set(error, ERROR_INVALID,
		  "'%.40s' is no block of MAC addresses: its first 6, 7 or 9 hexadecimal digits "
		  "(3C:EF:8C)",
		  words);
	return NULL;
}

static const char *
parse_code(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	const char *bad = forbidden_character(words, false);
	size_t room = strlen(words), size;

	if ((field->flags & FIELD_MAC_BLOCK) != 0)
		return parse_mac_block(words, arena, error);
	if (bad != NULL) {
		error_set(error, ERROR_INVALID, "holds the control character \\x%02x",
			  (unsigned char)*bad);
		return NULL;
	}
	/*
	 * What changes the order or the look of an identifier without being seen (LESSONS 3;
	 * RELIABILITY 37).
	 */
	for (const char *at = words; room > 0; at += size, room -= size) {
		bool plain = (unsigned char)*at < 0x80;
		int32_t point = plain ? (int32_t)(size = 1) : text_decode(at, room, &size);

		if (point < 0x80 || (point >= 0xa0 && !text_is_hidden(point)))
			continue;
		if (point < 0xa0)
			error_set(error, ERROR_INVALID, "holds the control character \\x%02x",
				  (unsigned)point);
		else
			error_set(error, ERROR_INVALID,
				  "holds an invisible or direction-changing character");
		return NULL;
	}
	return arena_text(arena, words);
}

static const char *
parse_uprn(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	size_t zeros = strspn(words, "0"), digits = strspn(words + zeros, "0123456789");

	(void)field;
	if (digits == 0 || digits > UPRN_DIGITS || words[zeros + digits] != '\0') {
		error_set(error, ERROR_INVALID, "'%.40s' is not a UPRN (1 to 12 digits)", words);
		return NULL;
	}
	return arena_text(arena, words + zeros);
}

static const char *
parse_mac(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	char *mac = arena_bytes(arena, "00:00:00:00:00:00", 17);
	int digits = 0;

	(void)field;
	for (const char *at = words; *at != '\0' && digits <= MAC_DIGITS; at++) {
		if (strchr(":-. ", *at) != NULL)
			continue;
		if (!isxdigit((unsigned char)*at)) {
			digits = MAC_DIGITS + 1;
			break;
		}
		if (digits < MAC_DIGITS)
			mac[digits / 2 * 3 + digits % 2] = (char)toupper((unsigned char)*at);
		digits++;
	}
	if (digits == MAC_DIGITS)
		return mac;
	error_set(error, ERROR_INVALID, "'%.40s' is not a MAC address (3C:EF:8C:01:02:03)", words);
	return NULL;
}

static const char *
parse_ip(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	unsigned char address[16];

	(void)field;
	if (inet_pton(AF_INET, words, address) == 1 || inet_pton(AF_INET6, words, address) == 1)
		return arena_text(arena, words);
	error_set(error, ERROR_INVALID, "'%.50s' is not an IP address (192.0.2.10)", words);
	return NULL;
}

static const char *
parse_date(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	bool partial = field->type == FIELD_PARTIAL_DATE;
	char text[DATE_TEXT_SIZE];
	struct date date;

	if (!date_parse(words, partial, &date)) {
		error_set(error, ERROR_INVALID,
			  "'%.40s' is not a date of the calendar, %d to %d (31/01/2024%s)", words,
			  DATE_YEAR_MIN, DATE_YEAR_MAX, partial ? ", 01/2024 or 2024" : "");
		return NULL;
	}
	date_format(date, text);
	return arena_text(arena, text);
}

static const char *
parse_instant(const struct field *field, const char *words, struct arena *arena,
	      struct error *error)
{
	char text[DATE_INSTANT_SIZE];
	int64_t seconds;

	(void)field;
	if (!date_parse_instant(words, &seconds)) {
		error_set(error, ERROR_INVALID, "'%.40s' is not an instant (2024-01-31T12:30:00Z)",
			  words);
		return NULL;
	}
	date_format_instant(seconds, text);
	return arena_text(arena, text);
}

static const char *
parse_choice(const struct field *field, const char *words, struct arena *arena, struct error *error)
{
	const struct choice *choice = choice_find(field->choices, words);
	struct text known = { 0 };

	(void)arena;
	if (choice != NULL)
		return choice->name;
	choice_append_names(&known, field->choices);
	error_set(error, ERROR_INVALID, "'%.40s' is not one of: %s", words, text_words(&known));
	text_free(&known);
	return NULL;
}

const struct field_type_row field_types[FIELD_TYPE_COUNT] = {
	/* name, alignment, storage, cell, form, parse */
	[FIELD_TEXT] = { "text", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "words", parse_lines },
	[FIELD_NOTE] = { "note", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "words, several lines",
			 parse_lines },
	[FIELD_CODE] = { "code", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "letters and digits",
			 parse_code },
	[FIELD_UPRN] = { "UPRN", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "1 to 12 digits", parse_uprn },
	[FIELD_MAC] = { "MAC address", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "3C:EF:8C:01:02:03",
			parse_mac },
	[FIELD_IP] = { "IP address", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "192.0.2.10", parse_ip },
	[FIELD_INTEGER] = { "number", ALIGN_RIGHT, STORED_INTEGER, CELL_NUMBER, "42",
			    field_parse_integer },
	[FIELD_DECIMAL] = { "decimal", ALIGN_RIGHT, STORED_TEXT, CELL_NUMBER, "53.4807",
			    field_parse_decimal },
	[FIELD_MONEY] = { "money", ALIGN_RIGHT, STORED_TEXT, CELL_NUMBER, "1234.50",
			  field_parse_money },
	[FIELD_DATE] = { "date", ALIGN_LEFT, STORED_TEXT, CELL_DATE, "2024-01-31 or 31/01/2024",
			 parse_date },
	[FIELD_PARTIAL_DATE] = { "partial date", ALIGN_LEFT, STORED_TEXT, CELL_DATE,
				 "2024-01-31, 2024-01 or 2024", parse_date },
	[FIELD_INSTANT] = { "instant", ALIGN_LEFT, STORED_INTEGER, CELL_TEXT,
			    "2024-01-31T12:30:00Z", parse_instant },
	[FIELD_CHOICE] = { "choice", ALIGN_LEFT, STORED_TEXT, CELL_TEXT, "one of its words",
			   parse_choice },
	[FIELD_REFERENCE] = { "reference", ALIGN_LEFT, STORED_INTEGER, CELL_TEXT,
			      "the key of a record", parse_code },
};

/*
 * Whether it has at most FIELD_VALUE_CHARACTERS characters; bytes are counted first, which is
 * enough for most.
 */
static bool
fits(const char *words, size_t size)
{
	size_t characters = 0;

	if (size <= FIELD_VALUE_CHARACTERS)
		return true;
	for (size_t i = 0; i < size; i++)
		characters += ((unsigned char)words[i] & 0xc0) != 0x80;
	return characters <= FIELD_VALUE_CHARACTERS;
}

bool
field_parse(const struct field *field, const char *words, struct arena *arena, const char **value,
	    struct error *error)
{
	size_t size = strlen(words);
	const char *start = text_trim(words, &size);
	enum damage damage;

	*value = NULL;
	if (size == 0)
		return true;
	if (!fits(start, size))
		return error_set(error, ERROR_INVALID,
				 "is longer than %d characters, the most a spreadsheet cell can "
				 "hold",
				 FIELD_VALUE_CHARACTERS);
	if (start[size] != '\0')
		start = arena_bytes(arena, start, size);
	damage = damage_of_sized(field, start, size);
	if (damage != DAMAGE_NONE)
		return damage_refuse(damage, start, error);
	*value = field_types[field->type].parse(field, start, arena, error);
	return *value != NULL;
}

const struct field *
field_find(const struct field *fields, const char *name)
{
	size_t length = strlen(name);

	for each_field(field, fields)
		if (strcmp(field->name, name) == 0)
			return field;
	for each_field(field, fields)
		if (strncmp(field->name, name, length) == 0 &&
		    strcmp(field->name + length, "_on") == 0)
			return field;
	return NULL;
}

bool
field_has_heading(const struct field *field, const char *folded, struct arena *arena)
{
	const char *headings = field->headings;

	if (strcmp(folded, text_fold(arena, field->name)) == 0 ||
	    strcmp(folded, text_fold(arena, field->title)) == 0)
		return true;
	while (*headings != '\0') {
		size_t size = strcspn(headings, ",");

		if (strcmp(folded, text_fold(arena, arena_bytes(arena, headings, size))) == 0)
			return true;
		headings += size + (headings[size] == ',');
	}
	return false;
}
