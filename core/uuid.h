/* SPDX-License-Identifier: MIT */
#ifndef CORE_UUID_H
#define CORE_UUID_H

enum { UUID_SIZE = 16, UUID_TEXT_SIZE = 37 };

/*
 * A random identifier (RFC 9562, version 4) from the kernel's generator, which is asked for many at
 * a time: a process that forks must make them on one side only.
 */
struct uuid { unsigned char bytes[UUID_SIZE]; };

struct uuid uuid_new(void);
void uuid_format(const struct uuid *uuid, char text[UUID_TEXT_SIZE]);

#endif
