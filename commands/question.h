/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_QUESTION_H
#define COMMANDS_QUESTION_H

#include "commands/command.h"

/*
 * A value in a file that a person had decided otherwise is a question, not a change.  Somebody
 * answers it: the decision is kept, or the file's value is taken and with it becomes the decision
 * of who answers.
 */
extern const struct operand question_answer_operands[];
bool command_question_answer(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error);

#endif
