/* SPDX-License-Identifier: MIT */
#include "core/uuid.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* A big import needs a million of them: the kernel is asked for 256 at a time. */
enum { BATCH = 256 };

static void
fill(unsigned char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t got = getrandom(bytes, size, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			perror("terrier: the kernel gives no random numbers");
			abort();
		}
		bytes += got;
		size -= (size_t)got;
	}
}

struct uuid
uuid_new(void)
{
	static _Thread_local unsigned char batch[BATCH * UUID_SIZE];
	static _Thread_local int left;
	struct uuid uuid;

	if (left == 0) {
		fill(batch, sizeof batch);
		left = BATCH;
	}
	memcpy(uuid.bytes, batch + --left * UUID_SIZE, UUID_SIZE);
	uuid.bytes[6] = (unsigned char)((uuid.bytes[6] & 0x0f) | 0x40);
	uuid.bytes[8] = (unsigned char)((uuid.bytes[8] & 0x3f) | 0x80);
	return uuid;
}

void
uuid_format(const struct uuid *uuid, char text[UUID_TEXT_SIZE])
{
	for (int i = 0; i < UUID_SIZE; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*text++ = '-';
		snprintf(text, 3, "%02x", uuid->bytes[i]);
		text += 2;
	}
}
