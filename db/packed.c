/* SPDX-License-Identifier: MIT */
#include "db/packed.h"

int64_t
packed_number(const void *blob, int size, int place)
{
	const unsigned char *byte = blob, *end = byte + size;
	uint64_t number = 0;

	for (; place > 0 && byte < end; place -= (*byte++ & 0x80) == 0)
		continue;
	for (int shift = 0; byte < end; shift += 7) {
		number |= (uint64_t)(*byte & 0x7f) << shift;
		if ((*byte++ & 0x80) == 0 || shift >= 56)
			break;
	}
	return (int64_t)number;
}

void
packed_read(const void *blob, int size, int64_t *numbers, int count)
{
	const unsigned char *byte = blob, *end = byte + size;

	for (int i = 0; i < count; i++) {
		uint64_t number = 0;

		for (int shift = 0; byte < end && shift <= 56; shift += 7) {
			number |= (uint64_t)(*byte & 0x7f) << shift;
			if ((*byte++ & 0x80) == 0)
				break;
		}
		numbers[i] = (int64_t)number;
	}
}

/* Seven bits a byte, the lowest first; most numbers of a site are small. */
size_t
packed_write(const int64_t *numbers, int count, unsigned char *bytes)
{
	unsigned char *byte = bytes;

	for (int i = 0; i < count; i++) {
		uint64_t number = (uint64_t)numbers[i];

		for (; number >= 0x80; number >>= 7)
			*byte++ = (unsigned char)(number | 0x80);
		*byte++ = (unsigned char)number;
	}
	return (size_t)(byte - bytes);
}
