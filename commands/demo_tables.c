/* SPDX-License-Identifier: MIT */
/* The tables of the demo estate, from their .def files. */
#include "commands/demo_plan.h"

const struct demo_organisation demo_organisations[] = {
#define ORGANISATION(code, name, kind, parent, sites) { code, name, kind, parent, sites },
#include "commands/demo_organisations.def"
	{ NULL, NULL, NULL, NULL, 0 }
};

const struct demo_town demo_towns[] = {
#define TOWN(name, region, country, area) { name, region, country, area },
#include "commands/demo_towns.def"
	{ NULL, NULL, NULL, NULL }
};

const struct demo_building demo_buildings[] = {
#define BUILDING(name, usage, likely, limb, councils) { name, usage, likely, limb, councils },
#include "commands/demo_buildings.def"
	{ NULL, NULL, 0, LIMB_DV, false }
};

const struct demo_maker demo_makers[] = {
#define MAKER(name, covered, decided, in_scope, elsewhere, block, serial, spellings) \
	{ name, covered, decided, in_scope, elsewhere, block, serial, spellings },
#include "commands/demo_makers.def"
	{ NULL, NULL, 0, 0, 0, NULL, NULL, NULL }
};

const struct demo_model demo_models[] = {
#define MODEL(maker, name, kind, firmware) { maker, name, kind, firmware },
#include "commands/demo_models.def"
	{ NULL, NULL, NULL, NULL }
};

const struct demo_word demo_words[] = {
#define WORD(use, words) { WORD_##use, words },
#include "commands/demo_words.def"
	{ WORD_USES, NULL }
};
