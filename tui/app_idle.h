/* SPDX-License-Identifier: MIT */
#ifndef TUI_APP_IDLE_H
#define TUI_APP_IDLE_H

#include "tui/app.h"

/* What app_key() does while nobody presses a key. */

/*
 * Reads what is about to be drawn, if that is quick; else what was read before is drawn first, and
 * this is left to app_idle().
 */
void app_glance(struct app *app);

/* Does one small piece of work; false when there is none, or a key stopped it. */
bool app_idle(struct app *app);

/*
 * What another program changed is seen as what was changed here: numbers of before stay until they
 * are counted again. Whether anything was.
 */
bool app_look_outside(struct app *app);

#endif
