/* SPDX-License-Identifier: MIT */
#ifndef CORE_SOURCE_H
#define CORE_SOURCE_H

/* Public papers that several tables cite, in the words of the citation (DOMAIN 1 and 8). */
#define SOURCE_STATEMENT_2022 "Written statement HCWS386, 24 November 2022"

#endif
