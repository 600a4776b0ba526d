/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SCREEN_REGISTER_H
#define TESTS_SCREEN_REGISTER_H

#include "commands/session.h"

/*
 * The register that the screens are tested over, as on 21 November 2026: a few
 * organisations, sites and devices with wide characters, very long names and text that would like to
 * take the terminal over.  Made through the commands.  Any failure ends the test.
 */
enum screen_register {
	REGISTER_FULL,
	REGISTER_EMPTY,
	/* With the manufacturers that a new one knows, one site and a few cameras: nobody has decided anything. */
	REGISTER_FRESH,
};
void screen_register_make(struct session *session, const char *path, enum screen_register kind);

/* Opens it, or a copy of it; the laptop and the person are always the same. */
void screen_register_open(struct session *session, const char *path);

#endif
