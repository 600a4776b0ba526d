/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEMO_WORK_H
#define COMMANDS_DEMO_WORK_H

#include "commands/demo_write.h"

/* Picks the device that demo_tell_story() is about. */
void demo_choose_eventful(struct demo_plan *plan);

/*
 * The work on the demo estate.  Each does what falls due on that day, as one entry of the history
 * (two where two people act), and nothing when nothing does.
 */
bool demo_decide_makers(struct demo *demo, int day, struct error *error);
bool demo_import_devices(struct demo *demo, int day, struct error *error);
bool demo_record_surveys(struct demo *demo, int day, struct error *error);
bool demo_assess_sites(struct demo *demo, int day, struct error *error);
bool demo_set_deadlines(struct demo *demo, int day, struct error *error);
bool demo_confirm_makers(struct demo *demo, int day, struct error *error);
bool demo_decide_devices(struct demo *demo, int day, struct error *error);
bool demo_isolate_core(struct demo *demo, int day, struct error *error);
bool demo_extend_deadlines(struct demo *demo, int day, struct error *error);
bool demo_remove_devices(struct demo *demo, int day, struct error *error);
bool demo_verify_removals(struct demo *demo, int day, struct error *error);
bool demo_set_other_deadlines(struct demo *demo, int day, struct error *error);
bool demo_survey_again(struct demo *demo, int day, struct error *error);

/* What the devices of a site name as their contract; NULL for none. In the demo's arena. */
const char *demo_contract_of_site(struct demo *demo, int site);

/*
 * Contracts and milestones; what is decided of other sites and of findings; a second look at
 * assessments; deliveries.
 */
bool demo_add_contracts(struct demo *demo, int day, struct error *error);
bool demo_give_notice(struct demo *demo, int day, struct error *error);
bool demo_set_milestones(struct demo *demo, int day, struct error *error);
bool demo_decide_others(struct demo *demo, int day, struct error *error);
bool demo_answer_findings(struct demo *demo, int day, struct error *error);
bool demo_review_sites(struct demo *demo, int day, struct error *error);
bool demo_expect_deliveries(struct demo *demo, int day, struct error *error);

/* One device's long story, a little of it on most of its days. */
bool demo_tell_story(struct demo *demo, int day, struct error *error);

/* Refused rows that nobody needs any more, and a file that says otherwise of what was decided. */
bool demo_drop_rows(struct demo *demo, int day, struct error *error);
bool demo_ask_questions(struct demo *demo, int day, struct error *error);

/* Things that were done by mistake, and the undo of the newest entry. */
bool demo_make_mistake(struct demo *demo, int day, struct error *error);
bool demo_import_old_list(struct demo *demo, int day, struct error *error);
bool demo_undo_mistake(struct demo *demo, int day, struct error *error);

#endif
