/* SPDX-License-Identifier: MIT */
#include "core/hash.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK_SIZE = 64, LENGTH_AT = 56 };

static const uint32_t constants[BLOCK_SIZE] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static inline uint32_t
rotate(uint32_t word, int bits)
{
	return word >> bits | word << (32 - bits);
}

static void
schedule(const unsigned char *block, uint32_t words[BLOCK_SIZE])
{
	for (int i = 0; i < 16; i++, block += 4)
		words[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
			   (uint32_t)block[2] << 8 | block[3];
	for (int i = 16; i < BLOCK_SIZE; i++) {
		uint32_t a = words[i - 15], b = words[i - 2];

		words[i] = words[i - 16] + words[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
			   (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

/* One round. Instead of moving the eight words on, the next one names them otherwise. */
static inline void
turn(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g,
     uint32_t *h, uint32_t word)
{
	uint32_t first = *h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) +
			 word;

	*d += first;
	*h = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
}

static void
digest_block(uint32_t state[8], const unsigned char *block)
{
	uint32_t words[BLOCK_SIZE];
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];

	schedule(block, words);
	for (int i = 0; i < BLOCK_SIZE; i += 8) {
		turn(a, b, c, &d, e, f, g, &h, constants[i] + words[i]);
		turn(h, a, b, &c, d, e, f, &g, constants[i + 1] + words[i + 1]);
		turn(g, h, a, &b, c, d, e, &f, constants[i + 2] + words[i + 2]);
		turn(f, g, h, &a, b, c, d, &e, constants[i + 3] + words[i + 3]);
		turn(e, f, g, &h, a, b, c, &d, constants[i + 4] + words[i + 4]);
		turn(d, e, f, &g, h, a, b, &c, constants[i + 5] + words[i + 5]);
		turn(c, d, e, &f, g, h, a, &b, constants[i + 6] + words[i + 6]);
		turn(b, c, d, &e, f, g, h, &a, constants[i + 7] + words[i + 7]);
	}
	state[0] += a, state[1] += b, state[2] += c, state[3] += d;
	state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void
hash_init(struct hash *hash)
{
	*hash = (struct hash){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void
hash_update(struct hash *hash, const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	size_t used = hash->size % BLOCK_SIZE;

	hash->size += size;
	if (used > 0) {
		size_t room = BLOCK_SIZE - used, step = size < room ? size : room;

		memcpy(hash->block + used, from, step);
		if (step < room)
			return;
		digest_block(hash->state, hash->block);
		from += step;
		size -= step;
	}
	for (; size >= BLOCK_SIZE; from += BLOCK_SIZE, size -= BLOCK_SIZE)
		digest_block(hash->state, from);
	if (size > 0)
		memcpy(hash->block, from, size);
}

void
hash_format(struct hash *hash, char text[HASH_TEXT_SIZE])
{
	static const unsigned char padding[BLOCK_SIZE] = { 0x80 };
	uint64_t bits = hash->size * 8;
	size_t used = hash->size % BLOCK_SIZE;
	unsigned char length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)(bits >> (56 - 8 * i));
	hash_update(hash, padding,
		    used < LENGTH_AT ? LENGTH_AT - used : LENGTH_AT + BLOCK_SIZE - used);
	hash_update(hash, length, sizeof length);
	for (int i = 0; i < 8; i++)
		snprintf(text + 8 * i, 9, "%08x", (unsigned)hash->state[i]);
}
