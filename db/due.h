/* SPDX-License-Identifier: MIT */
#ifndef DB_DUE_H
#define DB_DUE_H

#include "db/store.h"

/*
 * When a site or a device is due, worked out of the layers that a date may come from
 * (deadline_layers[]), the widest first: the programme, the organisation with those above it, the
 * site, a device.  The earliest counts; of two layers with the same date the wider one.  The
 * programme and an organisation ask for what is in scope on sensitive sites, a site for what is in
 * scope of its devices.
 *
 * Makes known to SQL, for db/columns.def (the day is that of today):
 *   site_due(site, whether anything in scope is left, day), site_due_layer(the same)
 *   device_due(device, whether it has a deadline of its own, its site, whether it is in scope,
 *	day), device_due_layer(the same)
 * Each is NULL, or 'none', when there is no date.
 *   site_dated(site, day): 1 when the site, a device that is still there, its organisation or one
 *	above has an open deadline to make devices go, else 0
 * A statement that asks for many of them has all deadlines read at once (db/due_table.h).
 */
bool due_register(struct store *store, struct error *error);

#endif
