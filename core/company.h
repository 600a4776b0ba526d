/* SPDX-License-Identifier: MIT */
#ifndef CORE_COMPANY_H
#define CORE_COMPANY_H

#include <stdbool.h>

#include "core/arena.h"

/*
 * The name of a company for comparing: letters and digits only, small, without the words at its end
 * that say what form of company it is ("Broadgauge FM Ltd." and "BROADGAUGE F.M. LIMITED" are both
 * "broadgaugefm").  A name that has no other words keeps them.  In the arena.
 */
const char *company_fold(struct arena *arena, const char *name);

/* Whether the word, in any case, says what form of company one is: "Ltd", "GmbH". */
bool company_is_form(const char *word);

#endif
