/* SPDX-License-Identifier: MIT */
#include "commands/starter.h"

#include "db/record.h"

/* The sources of the tables, as they are written into the register. */
#define PARLIAMENT_2023 \
	"Written answers of 2 March and 18 July 2023 " \
	"(parallelparliament.co.uk, search Hikvision)"
#define MODULES_QUESTION "Written question 194828, July 2023 (parallelparliament.co.uk)"
#define SECTION_889 "FAR 4.2101, NDAA 2019 section 889 (audcor.com/far/part-4/subpart-4.21)"
#define FCC_LIST "FCC Covered List, 3 September 2024 (broadband.nebraska.gov)"
#define FCC_DRONES "pillsburylaw.com, 31 December 2025"
#define ENTITY_LIST "freightwaves.com, Commerce adds 28 Chinese firms to Entity List, October 2019"
#define LIST_1260H \
	"Section 1260H list of 6 January 2025 (Hogan Lovells; digitimes.com a20250107PD215)"
#define SMART_CITY_PRESS "Financial Times, March 2021 (sggpnews.org.vn 91290; civmetrics.com)"
#define POLICE_SURVEY "Police survey 2022, responses and key findings, 16 February 2023 (gov.uk)"
#define COUNCIL_SURVEY "Local authority survey 2022, 26 May 2023 (gov.uk)"
#define AUSTRALIA_2023 "inkl.com, security checks on Chinese-made cameras in Australia, 2023"
#define DAHUA_NOTICE "dahuasecurity.com/uk/newsEvents/DahuaNotice/1037"
#define DAHUA_ARTICLE "Wikipedia, Dahua Technology (revision 1219992915)"
#define HIKVISION_ARTICLE "Wikipedia, Hikvision (January 2024)"
#define SEPURA_SALE "urgentcomm.com, 25 May 2017"
#define LOREX_SALE "backstreet-surveillance.com, November 2022"
#define TIANDY_LETTER "plastmatch.com, letter of December 2025"
#define RECORDER_GUIDES "51sen.com/se/122139.html and 93863; manualshelf.com, DS-9616NI-I8"
#define CAMERA_LETTERS "ek.ua/en/post/4042 (weak)"
#define HISILICON_SHARE "technewzroom.com"
#define IPVM_RELABELS \
	"ipvm.com/reports/relabeling-iot-products-harms-competition-and-the-public, " \
	"6 October 2021"
#define BAN_LIST "getscw.com/knowledge-base/the-ban (weak)"
#define RELABEL_BLOG "blackboxusa.com, reasons why we stopped installing Hikvision (weak)"
#define SUBSTATION_BLOG "i2ctech.com, the 2019 NDAA and power substation security (weak)"
#define OEM_COMPARISON "Comparison of recorder makers (public document, weak)"
#define CAMERA_TABLES "AnyCam camera tables (weak; its author marks low confidence)"
#define CAMERA_DATABASE "github.com/ch-bas/cctv-camera-database (CC0)"
#define LORYTA_NOTES "github.com/scottlamb/moonfire-nvr/wiki/Cameras:-Loryta (weak)"
#define KEDACOM_CODE "github.com/chenshangquan/RK100, devtrackconst.h (weak)"
#define IEEE_OUI "IEEE registry of MAC address blocks, 27 August 2022 (Debian package ieee-data)"
#define SURVEY_SHEETS "Spelling met in contractors' survey sheets"
#define NO_SOURCE "General knowledge, not confirmed"

#define NO_NAMING \
	"Based in China, so arguably subject to the National Intelligence Law on the words of " \
	"the statement of 24 November 2022. No naming by the United Kingdom government was found."

enum { STARTER_COLUMNS = 5 };

struct starter_row {
	/* In the order of the table's columns; NULL behind the last. */
	const char *values[STARTER_COLUMNS];
};

#define MANUFACTURER(name, parent_group, country, evidence, source) \
	{ { name, parent_group, country, evidence, source } },
#define NAME(name, manufacturer, kind, confidence, source) \
	{ { name, manufacturer, kind, confidence, source } },
#define MODELS(prefix, manufacturer, confidence, source) \
	{ { prefix, manufacturer, confidence, source } },

static const struct starter_row manufacturer_rows[] = {
#include "commands/starter_manufacturers.def"
	{ { NULL } }
};

static const struct starter_row name_rows[] = {
#include "commands/starter_names.def"
	{ { NULL } }
};

static const struct starter_row model_rows[] = {
#include "commands/starter_models.def"
	{ { NULL } }
};

/* Manufacturers come first: the others refer to them. The first column is its entity's key. */
static const struct starter_table {
	enum entity_kind kind;
	const struct starter_row *rows;
	int columns[STARTER_COLUMNS];
} tables[] = {
	{ ENTITY_MANUFACTURER,
	  manufacturer_rows,
	  { MANUFACTURER_name, MANUFACTURER_parent_group, MANUFACTURER_country,
	    MANUFACTURER_evidence, MANUFACTURER_source } },
	{ ENTITY_MANUFACTURER_NAME,
	  name_rows,
	  { MANUFACTURER_NAME_name, MANUFACTURER_NAME_manufacturer, MANUFACTURER_NAME_kind,
	    MANUFACTURER_NAME_confidence, MANUFACTURER_NAME_source } },
	{ ENTITY_MODEL_PREFIX,
	  model_rows,
	  { MODEL_PREFIX_prefix, MODEL_PREFIX_manufacturer, MODEL_PREFIX_confidence,
	    MODEL_PREFIX_source } },
};

static bool
insert_row(struct session *session, const struct starter_table *table,
	   const struct starter_row *row, struct error *error)
{
	struct arena arena = { 0 };
	struct record *record = record_new(&arena, table->kind);
	bool inserted;

	for (int i = 0; i < STARTER_COLUMNS && row->values[i] != NULL; i++)
		if (row->values[i][0] != '\0')
			record->values[table->columns[i]] = row->values[i];
	inserted = store_insert(session->store, record, error);
	arena_free(&arena);
	return inserted;
}

/*
 * What the register has of that key stays as it is, and so does what a manufacturer was called that
 * it does not have.
 */
static bool
is_wanted(struct session *session, const struct starter_table *table, const struct starter_row *row,
	  bool *wanted, struct error *error)
{
	struct record_id id = { 0 }, maker = { 0 };

	*wanted = false;
	if (!store_lookup(session->store, table->kind, row->values[0], &id, error))
		return false;
	if (table->kind == ENTITY_MANUFACTURER || id.value != 0) {
		*wanted = id.value == 0;
		return true;
	}
	if (!store_lookup(session->store, ENTITY_MANUFACTURER, row->values[1], &maker, error))
		return false;
	*wanted = maker.value != 0;
	return true;
}

bool
starter_add(struct session *session, int64_t added[ENTITY_COUNT], struct error *error)
{
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		for (const struct starter_row *row = tables[i].rows; row->values[0] != NULL;
		     row++) {
			bool wanted;

			if (!is_wanted(session, &tables[i], row, &wanted, error) ||
			    (wanted && !insert_row(session, &tables[i], row, error)))
				return false;
			added[tables[i].kind] += wanted;
		}
	return true;
}

bool
starter_insert(struct session *session, struct error *error)
{
	int64_t added[ENTITY_COUNT] = { 0 };

	return starter_add(session, added, error);
}
