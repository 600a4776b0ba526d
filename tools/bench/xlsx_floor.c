/* SPDX-License-Identifier: MIT */
/*
 * xlsx_floor IN.csv OUT.xlsx writes every cell of a CSV file into a workbook with nothing but libxlsxwriter's
 * constant-memory mode: ISO days as dates, all else as text.  It is what the export of a list is measured
 * against, so it does as little as it can.  The CSV must be well formed, as terrier writes it.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

enum { CELL_SIZE = 1 << 17, FILE_BUFFER = 1 << 20 };

struct floor {
	FILE *in;
	lxw_worksheet *sheet;
	lxw_format *date, *heading;
	char cell[CELL_SIZE];
};

/* Reads one cell; returns the character that ended it: ',', '\n' or EOF. */
static int
read_cell(struct floor *bench)
{
	size_t size = 0;
	bool quoted = false, closed = false;	/* closed: the character before closed the quotes */
	int c;

	while ((c = getc_unlocked(bench->in)) != EOF) {
		if (c == '"') {
			if (closed)
				bench->cell[size++] = '"';
			closed = quoted;
			quoted = !quoted;
			continue;
		}
		closed = false;
		if (!quoted && (c == ',' || c == '\n'))
			break;
		if ((quoted || c != '\r') && size < CELL_SIZE - 2)
			bench->cell[size++] = (char)c;
	}
	bench->cell[size] = '\0';
	return c;
}

static bool
is_day(const char *cell)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? cell[i] != '-' : !isdigit((unsigned char)cell[i]))
			return false;
	return cell[10] == '\0';
}

static void
write_cell(struct floor *bench, lxw_row_t row, lxw_col_t column)
{
	const char *cell = bench->cell;

	if (row > 0 && is_day(cell)) {
		lxw_datetime day = {
			.year = (int)strtol(cell, NULL, 10), .month = (int)strtol(cell + 5, NULL, 10),
			.day = (int)strtol(cell + 8, NULL, 10),
		};

		worksheet_write_datetime(bench->sheet, row, column, &day, bench->date);
	} else if (cell[0] != '\0') {
		worksheet_write_string(bench->sheet, row, column, cell, row == 0 ? bench->heading : NULL);
	}
}

static void
write_cells(struct floor *bench)
{
	lxw_row_t row = 0;
	lxw_col_t column = 0;
	int end;

	do {
		end = read_cell(bench);
		write_cell(bench, row, column);
		column = (lxw_col_t)(column + 1);
		if (end == '\n') {
			row++;
			column = 0;
		}
	} while (end != EOF);
}

int
main(int argc, char **argv)
{
	static struct floor bench;
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_workbook *workbook;

	if (argc != 3) {
		fputs("usage: xlsx_floor IN.csv OUT.xlsx\n", stderr);
		return 2;
	}
	bench.in = fopen(argv[1], "r");
	if (bench.in == NULL) {
		perror(argv[1]);
		return EXIT_FAILURE;
	}
	setvbuf(bench.in, NULL, _IOFBF, FILE_BUFFER);
	workbook = workbook_new_opt(argv[2], &options);
	bench.sheet = workbook_add_worksheet(workbook, "Devices");
	bench.date = workbook_add_format(workbook);
	format_set_num_format(bench.date, "dd/mm/yyyy");
	bench.heading = workbook_add_format(workbook);
	format_set_bold(bench.heading);
	write_cells(&bench);
	fclose(bench.in);
	return workbook_close(workbook) == LXW_NO_ERROR ? EXIT_SUCCESS : EXIT_FAILURE;
}
