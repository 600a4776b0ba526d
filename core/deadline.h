/* SPDX-License-Identifier: MIT */
#ifndef CORE_DEADLINE_H
#define CORE_DEADLINE_H

/*
 * A deadline within so many days of today is due soon; Today and the field "state" of a deadline
 * use it.
 */
enum { DEADLINE_SOON_DAYS = 30 };

#endif
