/* SPDX-License-Identifier: MIT */
#include "core/setting.h"

#define STATEMENT_2022 "Written statement HCWS386, 24 November 2022"

const struct setting settings[] = {
	/* name, type, words, initial, source, help */
	{ "instruction_on", FIELD_DATE, NULL, "2022-11-24", STATEMENT_2022,
	  "The day of the instruction to cease deployment. An in-scope device installed on a sensitive site after it is a breach." },
	{ "core_networks", FIELD_TEXT, networks, "core", STATEMENT_2022,
	  "The networks, as devices name them, that count as departmental core networks." },
	{ "wider_scope", FIELD_TEXT, device_kinds, "", "NCSC Connected Places principles, 2021; the department decides",
	  "Kinds of device beyond visual surveillance that the department counts in: traffic sensor, parking sensor, lighting "
	  "controller, energy controller, access control, cellular module." },
	{ "pace_months", FIELD_INTEGER, NULL, "6", "Chosen by Terrier",
	  "How many months back the pace of clearing is measured over." },
	{ 0 }
};

const struct setting *
setting_named(const char *name)
{
	for each_setting(setting)
		if (text_same(setting->name, name))
			return setting;
	return NULL;
}
