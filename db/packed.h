/* SPDX-License-Identifier: MIT */
#ifndef DB_PACKED_H
#define DB_PACKED_H

#include <stddef.h>
#include <stdint.h>

/* Whole numbers in a blob: what `standing` keeps of a site. */
enum { PACKED_NUMBER_MAX = 10 };	/* bytes of one */

/* Writes the numbers to bytes with room for them; how many bytes they are. */
size_t packed_write(const int64_t *numbers, int count, unsigned char *bytes);

/* The numbers in a blob: as many as are asked for, 0 behind its end. */
void packed_read(const void *blob, int size, int64_t *numbers, int count);

/* The number at that place. */
int64_t packed_number(const void *blob, int size, int place);

#endif
