/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEMO_EQUIP_H
#define COMMANDS_DEMO_EQUIP_H

#include "commands/demo_plan.h"

/*
 * Puts DEMO_DEVICES devices on the sites of the plan: what the surveys found, and what replaced
 * what was removed.
 */
void demo_equip(struct demo_plan *plan);

#endif
