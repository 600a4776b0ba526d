/* SPDX-License-Identifier: MIT */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * SHA-256 (FIPS 180-4) of bytes that come in pieces: hash_init(), any number of
 * hash_update(), hash_format().  The fingerprint of a file that was imported.
 */
struct hash {
	uint32_t state[8];
	uint64_t size;			/* bytes so far */
	unsigned char block[64];	/* those that do not fill one yet: size % 64 */
};

enum { HASH_TEXT_SIZE = 65 };

void hash_init(struct hash *hash);
void hash_update(struct hash *hash, const void *bytes, size_t size);

/* Ends it: 64 hexadecimal digits, lower case. */
void hash_format(struct hash *hash, char text[HASH_TEXT_SIZE]);

#endif
