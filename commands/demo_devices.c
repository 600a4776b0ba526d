/* SPDX-License-Identifier: MIT */
/*
 * The devices of the plan as records: names messy as labels are, addresses and serials as their
 * makers give them.
 */
#include "commands/demo_work.h"

#include <string.h>

#include "db/bulk.h"
#include "db/maker_load.h"
#include "db/record.h"

/* The maker's usual spelling mostly, another of the list otherwise. */
static const char *
choose_spelling(struct demo_plan *plan, const struct demo_maker *maker)
{
	const char *spelling = maker->spellings;
	uint32_t count = 1, chosen;

	for (const char *at = spelling; *at != '\0'; at++)
		count += *at == '|';
	chosen = chance_percent(&plan->chance, 55) ? 0 : chance_below(&plan->chance, count);
	for (; chosen > 0; chosen--)
		spelling = strchr(spelling, '|') + 1;
	return arena_bytes(plan->arena, spelling, strcspn(spelling, "|"));
}

static const char *
make_serial(struct demo_plan *plan, const char *pattern)
{
	char *serial = arena_text(plan->arena, pattern);

	for (char *at = serial; *at != '\0'; at++)
		if (*at == '#')
			*at = (char)('0' + chance_below(&plan->chance, 10));
		else if (*at == '@')
			*at = (char)('A' + chance_below(&plan->chance, 26));
	return serial;
}

static const char *
make_mac(struct demo_plan *plan, const char *block)
{
	unsigned bits = (unsigned)chance_below(&plan->chance, 1 << 24);

	return arena_format(plan->arena, "%s:%02X:%02X:%02X", block, bits >> 16 & 255,
			    bits >> 8 & 255, bits & 255);
}

/* The MAC address without its colons, as some makers number their devices. */
static const char *
serial_from_mac(struct demo_plan *plan, const char *mac)
{
	char *serial = arena_text(plan->arena, mac), *end = serial;

	for (const char *at = mac; *at != '\0'; at++)
		if (*at != ':')
			*end++ = *at;
	*end = '\0';
	return serial;
}

static const char *
make_ip(struct demo_plan *plan, const struct demo_device *device, int number)
{
	if (strcmp(device->network, "isolated") == 0)
		return arena_format(plan->arena, "192.168.%d.%d", device->site % 200 + 10,
				    number % 250 + 2);
	return arena_format(plan->arena, "10.%d.%d.%d", device->site / 200 + 20, device->site % 200,
			    number % 250 + 2);
}

static void
set_make(struct demo_plan *plan, const struct demo_device *device, const char **values)
{
	const char *unknown;

	if (device->maker == NULL) {
		unknown = demo_plan_word(plan, WORD_UNKNOWN);
		values[DEVICE_make] = unknown[0] != '\0' ? unknown : NULL;
		return;
	}
	values[DEVICE_make] = choose_spelling(plan, device->maker);
	values[DEVICE_model] = device->model->name;
	if (device->model->firmware[0] != '\0')
		values[DEVICE_firmware] = device->model->firmware;
}

/* Of Dahua, whose cameras are sold under other names too. */
static const char relabelled_block[] = "3C:EF:8C";

/* A fifth of the sheets leave the numbers out. */
static void
set_numbers(struct demo_plan *plan, const struct demo_device *device, int number,
	    const char **values)
{
	bool connected = strcmp(device->network, "none") != 0;

	if (device->maker == NULL || chance_percent(&plan->chance, 18))
		return;
	values[DEVICE_mac] = make_mac(plan,
				      device->relabelled ? relabelled_block : device->maker->block);
	values[DEVICE_serial] = device->maker->serial[0] != '\0'
					? make_serial(plan, device->maker->serial)
					: serial_from_mac(plan, values[DEVICE_mac]);
	if (!connected)
		values[DEVICE_mac] = NULL;
	else if (strcmp(device->network, "unknown") != 0 &&
		 strcmp(device->network, "cellular") != 0)
		values[DEVICE_ip] = make_ip(plan, device, number);
}

/* By the label alone one of this brand is suspected of Dahua: its address says that it is not. */
static void
set_own_address(struct demo_plan *plan, const struct demo_device *device, int number,
		const char **values)
{
	if (device->maker != NULL && strcmp(device->maker->name, "Honeywell") == 0 &&
	    !device->relabelled && values[DEVICE_mac] == NULL)
		values[DEVICE_mac] = arena_format(plan->arena, "%s:%02X:%02X:%02X",
						  device->maker->block, number >> 16 & 0xff,
						  number >> 8 & 0xff, number & 0xff);
}

static struct record *
make_device(struct demo *demo, const struct demo_device *device)
{
	struct demo_plan *plan = demo->plan;
	struct record *record = record_new(&demo->arena, ENTITY_DEVICE);
	const char **values = record->values;
	char installed[DATE_TEXT_SIZE];

	values[DEVICE_tag] = device->tag;
	values[DEVICE_place] = demo_plan_word(plan, WORD_PLACE);
	values[DEVICE_kind] = device->kind;
	values[DEVICE_network] = device->network;
	set_make(plan, device, values);
	set_numbers(plan, device, (int)(device - plan->devices), values);
	set_own_address(plan, device, (int)(device - plan->devices), values);
	date_format(device->installed, installed);
	if (chance_percent(&plan->chance, 94))
		values[DEVICE_installed_on] = arena_text(&demo->arena, installed);
	values[DEVICE_contract] = demo_contract_of_site(demo, device->site);
	values[DEVICE_audio] = chance_percent(&plan->chance, 12)   ? "yes"
			       : chance_percent(&plan->chance, 60) ? "no"
								   : "unknown";
	values[DEVICE_remote_access] = chance_percent(&plan->chance, 9) ? "yes" : "unknown";
	values[DEVICE_analytics] = strcmp(device->kind, "number plate camera") == 0 ? "yes"
										    : "unknown";
	return record;
}

/* Who made it is what an import would find; what the plan says where nothing tells. */
static bool
match_device(struct demo *demo, const struct demo_device *device, struct record *record,
	     int64_t *references, struct error *error)
{
	struct maker_table *makers = store_makers(demo->session->store, error);
	struct record_id manufacturer = { ENTITY_MANUFACTURER, 0 };
	struct maker_match match;

	if (makers == NULL ||
	    (device->maker != NULL && !store_lookup(demo->session->store, ENTITY_MANUFACTURER,
						    device->maker->name, &manufacturer, error)))
		return false;
	maker_match(makers, record->values[DEVICE_make], record->values[DEVICE_model],
		    record->values[DEVICE_mac], &match);
	references[DEVICE_manufacturer] = match.manufacturer != 0 ? match.manufacturer
								  : manufacturer.value;
	references[DEVICE_rival] = match.rival;
	record->values[DEVICE_evidence] = match.manufacturer != 0 || manufacturer.value == 0
						  ? match.evidence
						  : "stated";
	return true;
}

static bool
add_device(struct demo *demo, struct bulk *bulk, struct demo_device *device, struct error *error)
{
	const struct demo_plan *plan = demo->plan;
	struct record *record = make_device(demo, device);
	int64_t references[DEVICE_FIELD_COUNT] = { 0 };

	if (!match_device(demo, device, record, references, error))
		return false;
	references[DEVICE_site] = plan->sites[device->site].id;
	references[DEVICE_recorder] = device->recorder != 0 ? plan->devices[device->recorder].id
							    : 0;
	return bulk_insert(bulk, record->values, references, &device->id, error);
}

bool
demo_add_devices(struct demo *demo, size_t first, size_t count,
		 bool (*wanted)(const struct demo_plan *plan, const struct demo_device *device,
				int day),
		 int day, size_t *added, struct error *error)
{
	struct demo_plan *plan = demo->plan;
	struct bulk *bulk = bulk_open(demo->session->store, ENTITY_DEVICE, 1, NULL, error);
	bool done = bulk != NULL;

	*added = 0;
	for (size_t i = first; i < first + count && done; i++)
		if (plan->devices[i].id == 0 && wanted(plan, &plan->devices[i], day)) {
			done = add_device(demo, bulk, &plan->devices[i], error);
			++*added;
		}
	if (done)
		return bulk_close(bulk, error);
	bulk_abandon(bulk);
	return false;
}
