/* SPDX-License-Identifier: MIT */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

/*
 * What keys are called: in the tables, on the key line, in the help and in
 * the scripts of the tests.  A printable character is its own name.
 */
enum { KEY_NAME_SIZE = 16 };

/* The key of that name ("q", "Enter", "Ctrl-R", "F2"); 0 for none. */
int key_named(const char *name);

/* Its name, in out. */
const char *key_name(int key, char out[KEY_NAME_SIZE]);

#endif
