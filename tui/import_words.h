/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_WORDS_H
#define TUI_IMPORT_WORDS_H

#include "tui/app.h"

/*
 * Sentences about an import speak of the options of the command line.  This says the same for
 * somebody at the screens, who has keys: "allow it with --create site" becomes "allow it with the
 * key c".  The keys are those of PLACE_LOOK or PLACE_MEND. In the arena.
 */
const char *import_words(struct arena *arena, const char *sentence, enum place place);

/* app_complain() in those words. */
void import_complain(struct app *app, const struct error *error, enum place place);

#endif
