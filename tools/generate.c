/* SPDX-License-Identifier: MIT */
/*
 * generate SITES DEVICES SEED DIRECTORY writes organisations.csv, sites.csv and devices.csv for the
 * benchmark: the same bytes for the same numbers on every machine.  The devices are in random order, which is
 * the hard case for indexes, and one row in a hundred is messy in one of the ways of messes[]; every
 * other row must import.  The words are Welsh, Polish and quoted as in real files.
 *
 * Each call takes one number from the chance at most, for C does not say in which order arguments are worked out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chance.h"

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))
#define PICK(chance, array) ((array)[chance_below(chance, COUNT(array))])

enum { CELL_SIZE = 2048, ORGANISATIONS = 20, MESSY_ONE_IN = 100, FILE_BUFFER = 1 << 20 };

enum column {
	TAG, SITE, PLACE, KIND, MAKE, MODEL, SERIAL, MAC, IP, FIRMWARE, NETWORK, INSTALLED_ON, REMOVED_ON, CONTRACT,
	NOTES, COLUMNS
};

/* In the order of enum column. */
static const char *const headings[COLUMNS] = {
	"tag", "site", "place", "kind", "make", "model", "serial", "mac", "ip", "firmware", "network", "installed_on",
	"removed_on", "contract", "notes",
};

struct row {
	char cells[COLUMNS][CELL_SIZE];
	int count;			/* cells to write: COLUMNS unless the row is messy */
};

struct maker {
	const char *name;
	const char *prefix;	/* of its models */
	unsigned block;		/* the first 24 bits of its MAC addresses */
};

static const struct maker makers[] = {
	{ "Hikvision", "DS-2CD2", 0xc0517e }, { "Dahua", "IPC-HFW", 0x3cef8c }, { "Uniview", "IPC2122LB-", 0x48ea63 },
	{ "Tiandy", "TC-C", 0x3cda6d }, { "Huawei", "D2120-", 0x00e0fc }, { "Axis", "P32", 0xaccc8e },
	{ "Bosch", "NBE-", 0x00075f }, { "Hanwha Vision", "XNV-", 0x000918 }, { "Honeywell", "HC30", 0x004084 },
	{ "Avigilon", "2.0C-H4A-", 0x001885 }, { "Pelco", "IMM12", 0x00047d }, { "Sony", "SNC-EM", 0x544249 },
	{ "Panasonic i-PRO", "WV-S", 0xbcc342 }, { "Mobotix", "M73-", 0x0003c5 }, { "Vivotek", "FD9", 0x0002d1 },
	{ "Paxton", "Net2-", 0x0016a0 }, { "HID", "VertX-", 0x00068e }, { "Milesight", "MS-C", 0x1cc316 },
	{ "Reolink", "RLC-", 0xec71db }, { "TP-Link", "VIGI-C", 0x50c7bf },
};

static const char *const kinds[] = {
	"camera", "camera", "camera", "camera", "camera", "recorder", "access control", "video intercom",
	"number plate camera", "thermal camera", "network equipment", "energy controller", "parking sensor",
};

static const char *const networks[] = {
	"isolated", "isolated", "departmental", "departmental", "internet", "none", "cellular", "unknown", "core",
};

static const char *const towns[] = {
	"Ynys Môn", "Caerdydd", "Abergavenny", "Leith", "Kirkcaldy", "Stornoway", "Truro", "Penzance", "Whitby",
	"Hexham", "Ripon", "Skegness", "Llŷn", "Pwllheli", "Armagh", "Newry", "Stoke-on-Trent", "St. John's Wood",
	"King's Lynn", "Great Yarmouth", "Berwick-upon-Tweed", "Ashby-de-la-Zouch", "Chipping Norton",
	"Bury St Edmunds", "Tŷ Croes", "Ebbw Vale", "Rhôs-on-Sea",
};

static const char *const usages[] = {
	"Primary School", "Library", "Leisure Centre", "Health Centre", "Depot", "Civic Offices", "Court",
	"Fire Station", "Data Hall", "Museum", "Care Home", "Car Park", "Town Hall", "Pumping Station", "Archive",
};

static const char *const streets[] = {
	"High Street", "Station Road", "Church Lane", "Mill Hill", "Victoria Terrace", "Stryd Fawr", "Queen's Walk",
	"The Maltings", "London Road", "Quay Side", "Heol y Bont", "Park Avenue",
};

static const char *const places[] = {
	"Main entrance ", "Rear door ", "Loading bay ", "Car park, north ", "Car park, south ", "Stairwell ",
	"Reception ", "Plant room ", "Roof ", "Corridor ", "Courtyard ", "Server room ", "Côté façade ",
	"Porthdy \"B\" ",
};

static const char *const firmwares[] = { "V1.0.", "V2.8.", "V4.1.", "V5.5.", "V5.7.", "V10.12." };

static const char *const words[] = {
	"replaced", "after", "inspection", "engineer", "reported", "lens", "condensation", "bracket", "loose", "cable",
	"re-terminated", "at", "patch", "panel", "firmware", "upgraded", "pending", "see", "report", "access", "via",
	"roof", "hatch", "key", "held", "reception", "côté", "façade", "entrée", "Müller", "Siân", "Łukasz", "£120",
	"—", "north", "stairwell", "basement", "lobby", "needs", "repaint", "warranty", "expires", "soon", "do", "not",
	"power", "cycle", "during", "hours", "naïve", "VLAN", "moved", "from", "room",
};

static void
write_cell(FILE *file, const char *cell)
{
	if (strpbrk(cell, ",\"\r\n") == NULL) {
		fputs(cell, file);
		return;
	}
	putc_unlocked('"', file);
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			putc_unlocked('"', file);
		putc_unlocked(*cell, file);
	}
	putc_unlocked('"', file);
}

static void
write_row(FILE *file, const struct row *row)
{
	for (int i = 0; i < row->count; i++) {
		if (i > 0)
			putc_unlocked(',', file);
		write_cell(file, i < COLUMNS ? row->cells[i] : "one cell too many");
	}
	fputs("\r\n", file);
}

static void
put(struct row *row, enum column column, const char *words_of_cell)
{
	snprintf(row->cells[column], CELL_SIZE, "%s", words_of_cell);
}

static void
put_date(struct chance *chance, char cell[CELL_SIZE], int first_year, int last_year)
{
	int year = chance_between(chance, first_year, last_year);
	int month = chance_between(chance, 1, 12);

	snprintf(cell, CELL_SIZE, "%04d-%02d-%02d", year, month, chance_between(chance, 1, 28));
}

/* 4 to 23 words with commas, quotation marks and line ends between some of them. */
static void
put_notes(struct chance *chance, char cell[CELL_SIZE])
{
	static const char *const joints[] = { ", ", "\n", "; ", " \"in situ\" " };
	int count = chance_between(chance, 4, 23);
	size_t used = 0;

	for (int i = 0; i < count; i++) {
		const char *joint = i == 0 ? "" : chance_percent(chance, 8) ? PICK(chance, joints) : " ";

		used += (size_t)snprintf(cell + used, CELL_SIZE - used, "%s", joint);
		used += (size_t)snprintf(cell + used, CELL_SIZE - used, "%s", PICK(chance, words));
	}
}

static void
put_addresses(struct chance *chance, struct row *row, const struct maker *maker, uint32_t site)
{
	uint64_t bits = chance_next(chance);

	snprintf(row->cells[MAC], CELL_SIZE, "%02X:%02X:%02X:%02X:%02X:%02X", maker->block >> 16,
		 maker->block >> 8 & 255, maker->block & 255, (unsigned)(bits & 255), (unsigned)(bits >> 8 & 255),
		 (unsigned)(bits >> 16 & 255));
	snprintf(row->cells[IP], CELL_SIZE, "10.%u.%u.%d", site / 256 % 256, site % 256,
		 chance_between(chance, 1, 254));
	snprintf(row->cells[SERIAL], CELL_SIZE, "%c%08X%03u", 'A' + (char)(bits >> 24 & 15),
		 (unsigned)(bits >> 28 & 0xffffffffu), chance_below(chance, 1000));
}

/* "Main entrance 12", "DS-2CD2245" and the like: words, then a number of the chance. */
static void
put_numbered(struct chance *chance, struct row *row, enum column column, const char *start, uint32_t limit)
{
	snprintf(row->cells[column], CELL_SIZE, "%s%u", start, chance_below(chance, limit) + 1);
}

static void
put_dates(struct chance *chance, struct row *row)
{
	put_date(chance, row->cells[INSTALLED_ON], 2008, 2023);
	if (chance_percent(chance, 15))
		put_date(chance, row->cells[REMOVED_ON], 2024, 2025);
}

static void
make_device(struct chance *chance, struct row *row, uint32_t number, uint32_t sites)
{
	const struct maker *maker = &PICK(chance, makers);
	uint32_t a = chance_below(chance, sites), b = chance_below(chance, sites), site = a < b ? a : b;

	row->count = COLUMNS;
	for (int i = 0; i < COLUMNS; i++)
		row->cells[i][0] = '\0';
	snprintf(row->cells[TAG], CELL_SIZE, "AT-%07u", number);
	snprintf(row->cells[SITE], CELL_SIZE, "S%06u", site + 1);
	put_numbered(chance, row, PLACE, PICK(chance, places), 40);
	put(row, KIND, PICK(chance, kinds));
	put(row, MAKE, maker->name);
	put_numbered(chance, row, MODEL, maker->prefix, 240);
	put_addresses(chance, row, maker, site);
	put_numbered(chance, row, FIRMWARE, PICK(chance, firmwares), 100);
	put(row, NETWORK, PICK(chance, networks));
	put_dates(chance, row);
	put_numbered(chance, row, CONTRACT, "C-", 400);
	if (chance_percent(chance, 65))
		put_notes(chance, row->cells[NOTES]);
}

static void
lose_tag(struct row *row)
{
	put(row, TAG, "");
}

static void
name_no_site(struct row *row)
{
	put(row, SITE, "S999999");
}

static void
spoil_date(struct row *row)
{
	put(row, INSTALLED_ON, "2019-02-31");
}

/* Each file has a device number 1, so its tag is then there twice. */
static void
repeat_tag(struct row *row)
{
	put(row, TAG, "AT-0000001");
}

static void
spoil_ip(struct row *row)
{
	put(row, IP, "10.300.1.1");
}

static void
spoil_mac(struct row *row)
{
	put(row, MAC, "3C:EF:8C:01:02");
}

static void
add_cell(struct row *row)
{
	row->count = COLUMNS + 1;
}

static void
lose_cells(struct row *row)
{
	row->count = NETWORK;
}

/* The only mess that must still import: the blanks round a value are no part of it. */
static void
pad_tag(struct row *row)
{
	char tag[32];

	snprintf(tag, sizeof tag, "%.31s", row->cells[TAG]);
	snprintf(row->cells[TAG], CELL_SIZE, "  %s  ", tag);
}

static void
invent_network(struct row *row)
{
	put(row, NETWORK, "token ring");
}

static void (*const messes[])(struct row *row) = {
	lose_tag, name_no_site, spoil_date, repeat_tag, spoil_ip, spoil_mac, add_cell, lose_cells, pad_tag,
	invent_network,
};

static FILE *
open_file(const char *directory, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", directory, name);
	file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	setvbuf(file, NULL, _IOFBF, FILE_BUFFER);
	return file;
}

static void
close_file(FILE *file)
{
	bool written = ferror(file) == 0;

	if (fclose(file) == 0 && written)
		return;
	perror("generate");
	exit(EXIT_FAILURE);
}

static void
write_organisations(const char *directory)
{
	FILE *file = open_file(directory, "organisations.csv");

	fputs("code,name,kind\r\n", file);
	for (int i = 1; i <= ORGANISATIONS; i++)
		fprintf(file, "ORG%02d,Department number %d,%s\r\n", i, i, i % 4 == 0 ? "agency" : "department");
	close_file(file);
}

static void
write_site(struct chance *chance, FILE *file, uint32_t number)
{
	const char *town = PICK(chance, towns), *usage = PICK(chance, usages), *street = PICK(chance, streets);
	uint32_t organisation = chance_below(chance, ORGANISATIONS) + 1, district = chance_below(chance, 30) + 1;
	uint64_t bits = chance_next(chance);
	char address[CELL_SIZE];

	snprintf(address, sizeof address, "%u %s, %s", 1 + chance_below(chance, 300), street, town);
	fprintf(file, "S%06u,%s %s %u,ORG%02u,%llu,", number, town, usage, number % 97 + 1, organisation,
		999000000000ull + number);
	write_cell(file, address);
	fprintf(file, ",%s,ZX%u %u%c%c,%s\r\n", town, district, (unsigned)(bits & 7), 'A' + (char)(bits >> 3 & 15),
		'A' + (char)(bits >> 7 & 15), usage);
}

static void
write_sites(struct chance *chance, const char *directory, uint32_t sites)
{
	FILE *file = open_file(directory, "sites.csv");

	fputs("code,name,organisation,uprn,address,town,postcode,usage\r\n", file);
	for (uint32_t number = 1; number <= sites; number++)
		write_site(chance, file, number);
	close_file(file);
}

/* The numbers 1 to count in random order. End with free(). */
static uint32_t *
shuffled(struct chance *chance, uint32_t count)
{
	uint32_t *numbers = malloc((count > 0 ? count : 1) * sizeof *numbers);

	if (numbers == NULL) {
		perror("generate");
		exit(EXIT_FAILURE);
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t other = chance_below(chance, i + 1);

		numbers[i] = numbers[other];
		numbers[other] = i + 1;
	}
	return numbers;
}

static void
write_devices(struct chance *chance, const char *directory, uint32_t devices, uint32_t sites)
{
	static struct row row;
	uint32_t *numbers = shuffled(chance, devices);
	FILE *file = open_file(directory, "devices.csv");

	for (int i = 0; i < COLUMNS; i++)
		fprintf(file, "%s%s", headings[i], i + 1 < COLUMNS ? "," : "\r\n");
	for (uint32_t i = 0; i < devices; i++) {
		make_device(chance, &row, numbers[i], sites);
		if (chance_below(chance, MESSY_ONE_IN) == 0)
			PICK(chance, messes)(&row);
		write_row(file, &row);
	}
	close_file(file);
	free(numbers);
}

/* A whole number of at least 1, or 0. */
static uint32_t
number_of(const char *digits)
{
	char *end;
	unsigned long number = strtoul(digits, &end, 10);

	return *end == '\0' && number <= 100000000 ? (uint32_t)number : 0;
}

int
main(int argc, char **argv)
{
	uint32_t sites = argc == 5 ? number_of(argv[1]) : 0, devices = argc == 5 ? number_of(argv[2]) : 0;
	struct chance chance;

	if (sites == 0 || devices == 0) {
		fputs("usage: generate SITES DEVICES SEED DIRECTORY\n", stderr);
		return 2;
	}
	chance.state = strtoull(argv[3], NULL, 10);
	write_organisations(argv[4]);
	write_sites(&chance, argv[4], sites);
	write_devices(&chance, argv[4], devices, sites);
	return EXIT_SUCCESS;
}
