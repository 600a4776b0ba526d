/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_TEMPLATE_H
#define COMMANDS_TEMPLATE_H

#include "commands/command.h"
#include "commands/session.h"
#include "core/entity.h"

/*
 * `terrier import --template devices [-o FILE]`: a file to fill in that imports without a mapping,
 * with a heading for every field of the entity that a file can bring and nothing else.  As a
 * workbook or as CSV by the ending of the file, which is named in reply->words; without a path
 * (NULL) as CSV to reply->data.  ERROR_USAGE for an ending that is neither, ERROR_CONFLICT when the
 * file exists.
 */
bool template_write(const struct session *session, const struct entity *entity, const char *path,
		    struct reply *reply, struct error *error);

#endif
