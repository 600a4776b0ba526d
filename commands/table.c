/* SPDX-License-Identifier: MIT */
/*
 * Every verb of the program.  A new command is a row here, its operands and its
 * function in the file of its noun; the command line, keys, palette, help and manual follow.
 */
#include "commands/command.h"
#include "commands/confirm.h"
#include "commands/deadline.h"
#include "commands/due.h"
#include "commands/export.h"
#include "commands/figures.h"
#include "commands/finding.h"
#include "commands/history.h"
#include "commands/import.h"
#include "commands/make.h"
#include "commands/manufacturer.h"
#include "commands/pace.h"
#include "commands/question.h"
#include "commands/record.h"
#include "commands/refusal.h"
#include "commands/register.h"
#include "commands/removal.h"
#include "commands/report.h"
#include "commands/site.h"

enum { READS = NEED_STORE, WRITES = NEED_STORE | NEED_WRITE, MAKES = NEED_WRITE };

const struct command commands[] = {
	/* name, key, needs, operands, about, on the screens, run, help, details */
	{ "init", NULL, MAKES, init_operands, ENTITY_NONE, false, command_init, "Make a register",
	  "The register is the file of -r, else of TERRIER_REGISTER, else estate.terrier in your "
	  "data folder. It is refused when the file exists. A new register knows the manufacturers "
	  "that estates meet, all of them undecided: whether one is covered is a person's dated "
	  "decision." },
	{ "import", "i", WRITES, import_operands, ENTITY_NONE, true, command_import,
	  "Read a file of sites, devices, organisations or manufacturers",
	  "Every row is counted: new, changed, same or refused, with its reason; nothing is half "
	  "done. Reading the same file again changes nothing." },
	{ "export", "x", READS, export_operands, ENTITY_NONE, true, command_export,
	  "Write a list to a workbook, CSV or JSON file", NULL },
	{ "list", NULL, READS, list_operands, ENTITY_NONE, false, command_list, "Print a list",
	  NULL },
	{ "show", NULL, READS, show_operands, ENTITY_NONE, false, command_show, "Print one record",
	  NULL },
	{ "add", NULL, WRITES, add_operands, ENTITY_NONE, false, command_add, "Add a record",
	  NULL },
	{ "set", "e", WRITES, set_operands, ENTITY_NONE, true, command_set,
	  "Set fields of a record, or of all that are selected", NULL },
	{ "site assess", "a", WRITES, site_assess_operands, ENTITY_SITE, true, command_site_assess,
	  "Decide whether sites are sensitive, limb by limb",
	  "Answers that are not given stay as the assessment before gave them, and so does the day "
	  "of a review that is still to come. A site is sensitive when any limb is yes; it is not "
	  "only when all four are no; else it is not assessed." },
	{ "site extend", "E", WRITES, site_extend_operands, ENTITY_SITE, true, command_site_extend,
	  "Decide whether the removal is extended to sites that are not sensitive",
	  "The instruction asked departments to consider that for sites outside its definition. "
	  "Each needs a name and a reason." },
	{ "manufacturer cover", "C", WRITES, manufacturer_cover_operands, ENTITY_MANUFACTURER, true,
	  command_manufacturer_cover,
	  "Decide that manufacturers are covered by the National Intelligence Law",
	  "Their devices of a kind that the policy is about are in scope from then on, or from the "
	  "day of --effective. What that does to the devices is said, with --dry-run without doing "
	  "it; a version of the list keeps it." },
	{ "manufacturer uncover", "N", WRITES, manufacturer_cover_operands, ENTITY_MANUFACTURER,
	  true, command_manufacturer_uncover, "Decide that manufacturers are not covered", NULL },
	{ "manufacturer match", "R", WRITES, manufacturer_match_operands, ENTITY_NONE, true,
	  command_manufacturer_match,
	  "Match every device anew with the names and prefixes of manufacturers",
	  "The make, the model and the MAC address of each device are looked up again, as when it "
	  "was saved: after names, model prefixes or blocks of MAC addresses were added or "
	  "changed. What a person has confirmed stays. --dry-run says what would change, --changes "
	  "lists every device of it. All of it is one entry, which undo takes back." },
	{ "manufacturer merge", "=", WRITES, manufacturer_merge_operands, ENTITY_MAKE, true,
	  command_manufacturer_merge, "Say whose makes that no table knows are",
	  "They are added to the names of the manufacturer, and every device is matched anew, as "
	  "one entry. terrier list makes prints the makes that nobody knows, with the nearest "
	  "names that are known." },
	{ "manufacturer starter", NULL, WRITES, manufacturer_match_operands, ENTITY_NONE, true,
	  command_manufacturer_starter,
	  "Add what this version knows of manufacturers and the register lacks",
	  "For a register that an older version made. Nothing that is there is changed; whether "
	  "one is covered stays for a person to decide." },
	{ "device confirm", "K", WRITES, device_confirm_operands, ENTITY_DEVICE, true,
	  command_device_confirm, "Confirm who made devices",
	  "A label, a model number or a MAC address only suspects; a person confirms. No import "
	  "and no match changes it after that." },
	{ "deadline set", "d", WRITES, deadline_set_operands, ENTITY_NONE, true,
	  command_deadline_set, "Set or move the deadline of sites, devices or organisations",
	  "An open deadline for the same kind of work is moved, which needs a reason; it keeps its "
	  "first date, and what it slipped is counted. That of an organisation holds for all its "
	  "sensitive sites, and for those of the bodies under it, while something in scope is left "
	  "there. Of the dates of the programme, the organisation, the site and the device the "
	  "earliest counts." },
	{ "deadline extend", "E", WRITES, deadline_extend_operands, ENTITY_DEADLINE, true,
	  command_deadline_extend, "Extend deadlines, for as long as somebody approved it",
	  "While the extension holds, the later date counts. On the day after it expires the "
	  "deadline is due on its original date again, and overdue when that has passed. A "
	  "deadline that was met while its extension held stays met in time." },
	{ "deadline done", "D", WRITES, deadline_done_operands, ENTITY_DEADLINE, true,
	  command_deadline_done, "Close deadlines that were met", NULL },
	{ "deadline reopen", "O", WRITES, deadline_reopen_operands, ENTITY_DEADLINE, true,
	  command_deadline_reopen, "Say of closed deadlines that they were not met after all",
	  NULL },
	{ "device done", "D", WRITES, device_done_operands, ENTITY_DEVICE, true,
	  command_device_done,
	  "Record what was done to devices: taken off, removed, replaced, disposed of",
	  "Each is a fact with its own day, name and evidence; one that cannot have been done in "
	  "that order is refused. The deadlines of the device that are met by it are closed, and "
	  "those of its site to remove or disconnect once nothing in scope is left there. What "
	  "takes a device's place is matched first: one that is in scope itself, or suspected, is "
	  "refused unless --why says why it must be that one." },
	{ "refusal mend", "M", WRITES, refusal_mend_operands, ENTITY_REFUSAL, true,
	  command_refusal_mend, "Mend a refused row and import it",
	  "The row is taken as it was kept, the cells that are named are changed, and it is "
	  "imported alone, as its file was. A cell is named by its heading in any case, by the "
	  "number of its column (column 7), or by the field that it feeds; a field that no column "
	  "feeds is given to the row. Without any cell the row is tried again as it stands, for "
	  "when what it names is in the register by now. The record and the mending are one entry, "
	  "which undo takes back; a row that is still wrong changes nothing." },
	{ "refusal drop", "X", WRITES, refusal_drop_operands, ENTITY_REFUSAL, true,
	  command_refusal_drop, "Say of refused rows that nobody needs them",
	  "They stay in the register with the reason, and are no longer counted among those to "
	  "mend." },
	{ "refusal export", "E", READS, refusal_export_operands, ENTITY_SOURCE, true,
	  command_refusal_export, "Write refused rows to a file, to be mended and imported again",
	  "The file has the headings and the cells as they stood, and behind them source, row, "
	  "line, cause, field and reason. When it is imported, those of its rows that are taken "
	  "are mended; those that are refused again are replaced by the newer refusal. Rows of "
	  "several sources stand in one file when they have the same headings." },
	{ "question answer", "A", WRITES, question_answer_operands, ENTITY_QUESTION, true,
	  command_question_answer, "Keep a decision, or take what a file says instead",
	  "An import never changes what a person has decided: it asks. Keep lets the decision "
	  "stand. Take puts the value of the file into the record, with the name and today's day "
	  "as the decision's; what must stand together with it is asked for as in set. Questions "
	  "about one record are best answered together." },
	{ "due", NULL, READS, due_operands, ENTITY_NONE, false, command_due,
	  "Print what is overdue and what is due",
	  "Deadlines, and the sensitive sites for which the programme's date is the earliest, each "
	  "with the layer that set its date. Below the list stand how many dates have slipped and "
	  "how far, recorders that are due before what records to them (R31), and replacements "
	  "that come after the device is due (R26). With --ics as a calendar that other programs "
	  "read (iCalendar): a whole day for each deadline, with a reminder a week before, one for "
	  "each milestone of the programme that is not met, with its sites, and one for the last "
	  "day for notice of each contract. An event keeps its identity, so a newer calendar moves "
	  "it." },
	{ "findings", NULL, READS, findings_operands, ENTITY_NONE, false, command_findings,
	  "Print what breaks the rules of the policy",
	  "Findings are worked out of the register whenever they are asked for. Without a rule, "
	  "and as a table, they are counted by rule; terrier help rules says what each rule is." },
	{ "finding answer", "w", WRITES, finding_answer_operands, ENTITY_NONE, true,
	  command_finding_answer, "Answer findings: why they stay, and until when",
	  "While the answer holds, its findings are counted apart. When its last day has passed "
	  "they are open again, and say so. A newer answer ends the one before it. Refused for a "
	  "record that does not break the rule." },
	{ "finding reopen", NULL, WRITES, finding_reopen_operands, ENTITY_NONE, true,
	  command_finding_reopen, "End answers to findings, so that they are open again", NULL },
	{ "figures", NULL, READS, figures_operands, ENTITY_NONE, false, command_figures,
	  "Print the figures that ministers are told, with their definitions",
	  "With --as-at they are what the register said at the end of that day, at 23:59:59 UTC: "
	  "what was recorded since is taken back in a copy that nobody else sees and that is gone "
	  "afterwards, and what is overdue is so as of then. findings, list and report minister "
	  "know --as-at too. In a register of a million devices it takes seconds, or minutes where "
	  "most of it was changed since." },
	{ "pace", NULL, READS, pace_operands, ENTITY_NONE, false, command_pace,
	  "Print how fast sensitive sites are cleared, and when the last will be",
	  "For each organisation: its sensitive sites that ever had in-scope equipment, how many "
	  "are cleared, how many were in each of the last months (setting pace_months, counted "
	  "back from today), how many a month the milestones ahead need, and the month in which "
	  "the last is clear at the pace of late. The sites of organisations under it are counted "
	  "with those organisations." },
	{ "report minister", "W", READS, report_minister_operands, ENTITY_NONE, true,
	  command_report_minister, "Write the workbook for the minister", NULL },
	{ "history", NULL, READS, history_operands, ENTITY_NONE, false, command_history,
	  "Print what was done, to everything or to one record", NULL },
	{ "undo", "U", WRITES, undo_operands, ENTITY_ENTRY, true, command_undo,
	  "Take back an entry of the history as a whole",
	  "Refused, with a list, when rows were changed since. An import is undone all the same: a "
	  "record that was changed since, or that something else refers to by now, stays as it is "
	  "and is listed, everything else goes back, old values among it, and the source says "
	  "undone. --leave-changed does so with any entry, --dry-run only says what would stay. "
	  "The undo is itself an entry; redo puts back exactly what it took." },
	{ "redo", "Ctrl-R", WRITES, redo_operands, ENTITY_ENTRY, true, command_redo,
	  "Do again what an undo took back", NULL },
	{ "check", NULL, READS, NULL, ENTITY_NONE, true, command_check,
	  "Examine the whole register for damage", NULL },
	{ 0 }
};
