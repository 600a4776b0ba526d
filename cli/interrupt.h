/* SPDX-License-Identifier: MIT */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/*
 * From now on the first Ctrl-C (or a request to end) only leaves a note, which
 * long work reads through its progress and then stops in good order.  The
 * second ends the program at once; the register rolls back when it is next opened.
 * A signal that whoever started the program has switched off (nohup) stays so.
 */
void interrupt_catch(void);

/* Whether there was one. */
bool interrupt_asked(void);

#endif
