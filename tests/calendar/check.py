#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads a calendar that Terrier wrote with another program's parser, and as the bytes it is.

usage: check.py DUE.ics DUE.json

Each check is a function whose name is a sentence; prints a TAP line for each.
"""
import datetime
import json
import sys
import uuid

import icalendar

data = open(sys.argv[1], "rb").read()
rows = json.load(open(sys.argv[2]))
calendar = icalendar.Calendar.from_ical(data)
events = calendar.walk("VEVENT")
checks = []


def check(function):
    checks.append(function)


def find(words):
    return [event for event in events if words in event["SUMMARY"]]


@check
def every_line_ends_with_cr_and_lf_and_has_75_octets_at_most():
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) == 75


@check
def no_line_cuts_a_character():
    for line in data.split(b"\r\n"):
        line.decode("utf-8")


@check
def the_calendar_says_what_it_is():
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and not calendar.errors
    assert "OFFICIAL-SENSITIVE" in calendar["X-WR-CALNAME"]


@check
def there_is_an_event_for_each_deadline_on_its_day():
    days = sorted(event["DTSTART"].dt for event in events
                  if "notice" not in event["SUMMARY"] and not event["SUMMARY"].startswith("Programme"))
    assert days == sorted(datetime.date.fromisoformat(row["due_on"]) for row in rows if row["layer"] != "programme")
    assert len(days) > 10


@check
def the_sites_that_the_programme_asks_for_are_one_event():
    sites = [row for row in rows if row["layer"] == "programme"]
    (event,) = find("Programme: ")
    assert str(event["DTSTART"].dt) == sites[0]["due_on"] and len({row["due_on"] for row in sites}) == 1
    assert "%d sensitive site" % len(sites) in event["SUMMARY"]
    assert all(row["subject"] in event["DESCRIPTION"] for row in sites[:10])
    assert ("and %d other" % (len(sites) - 10) in event["DESCRIPTION"]) == (len(sites) > 10)


@check
def each_event_is_a_whole_day_with_a_reminder_a_week_before():
    for event in events:
        assert type(event["DTSTART"].dt) is datetime.date
        assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(days=1)
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == datetime.timedelta(days=-7) and alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"]


@check
def each_event_is_confidential_marked_and_known_for_ever():
    for event in events:
        uuid.UUID(event["UID"])
        assert event["CLASS"] == "CONFIDENTIAL" and "Marking: OFFICIAL-SENSITIVE" in event["DESCRIPTION"]
        assert event["DTSTAMP"].dt == datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.timezone.utc)
    assert len({event["UID"] for event in events}) == len(events)


@check
def texts_come_back_as_they_were():
    (event,) = find("Ł-1")
    assert event["DTSTART"].dt == datetime.date(2028, 2, 29)
    assert event["SUMMARY"] == ("Remove Ł-1, Zażółć gęślą jaźń, 深圳市大华, зелёная улица "
                                "深圳市大华技术股份有限公司深圳市大华技术股份有限公司深圳市")
    assert "Owner: Zoë; Łukasz" in event["DESCRIPTION"]
    assert 'The cabling, "as found"; not as drawn \\ must go: café \nsecond line' in event["DESCRIPTION"]


@check
def signs_that_mean_something_have_a_backslash():
    text = data.replace(b"\r\n ", b"").decode("utf-8")
    assert "Owner: Zoë\\; Łukasz\\nReason: The cabling\\, " in text
    assert "drawn \\\\ must go: café \\nsecond line" in text


@check
def an_extension_says_when_it_expires():
    (event,) = [event for event in find("Disconnect") if event["DTSTART"].dt == datetime.date(2027, 1, 31)]
    assert "Extended from 2026-12-01; the extension expires after 2027-01-15" in event["DESCRIPTION"]


@check
def the_last_day_for_notice_is_there_until_notice_is_given():
    (event,) = find("contract notice-test")
    assert event["SUMMARY"] == "Last day to give notice of contract notice-test-1"
    assert event["DTSTART"].dt == datetime.date(2027, 3, 3) and "Supplier: S, Ltd" in event["DESCRIPTION"]


failed = 0
for number, function in enumerate(checks, 1):
    name = function.__name__.replace("_", " ")
    try:
        function()
        print("ok %d - %s" % (number, name))
    except Exception as error:
        failed = 1
        print("not ok %d - %s" % (number, name))
        print("# %s: %s" % (type(error).__name__, error))
sys.exit(failed)
