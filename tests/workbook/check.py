#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads workbooks that Terrier wrote with another program's reader, and as the XML they are.

usage: check.py REPORT.xlsx FIGURES.json LIST.xlsx LIST.json EMPTY.xlsx MARKING NOW FOLDER

In the folder are lists of the same register, and reports of it with a date of the programme that has passed.

Each check is a function whose name is a sentence; prints a TAP line for each.
"""
import datetime
import json
import re
import sys
import zipfile
from xml.etree import ElementTree

import openpyxl

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
report_path, figures_path, list_path, rows_path, empty_path, marking, now, folder = sys.argv[1:9]
report = openpyxl.load_workbook(report_path)
listed = openpyxl.load_workbook(list_path)
empty = openpyxl.load_workbook(empty_path)
figures = {row["id"]: row for row in json.load(open(figures_path))}
rows = json.load(open(rows_path))
parts = {path: zipfile.ZipFile(path) for path in (report_path, list_path, empty_path)}
late, then = (openpyxl.load_workbook(f"{folder}/{name}.xlsx") for name in ("late", "then"))
checks = []


def check(function):
    checks.append(function)
    return function


def only_table(sheet):
    assert len(sheet.tables) == 1, f"{sheet.title} has {len(sheet.tables)} tables"
    return next(iter(sheet.tables.values()))


def table_rows(sheet):
    """The rows of the sheet's table as lists, headings first."""
    return [[cell.value for cell in row] for row in sheet[only_table(sheet).ref]]


def with_tables():
    """Every sheet of the report; that of what is late from the one in which something is."""
    return [late["Late"] if sheet.title == "Late" else sheet for sheet in report]


def listing(name):
    return json.load(open(f"{folder}/{name}.json"))


def filled(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


@check
def every_part_is_xml_and_nothing_in_it_runs():
    for archive in parts.values():
        assert archive.testzip() is None
        for name in archive.namelist():
            text = archive.read(name)
            root = ElementTree.fromstring(text)
            assert not list(root.iter(MAIN + "f")), f"{name} has a formula"
            assert not list(root.iter(MAIN + "hyperlink")), f"{name} has a link"
            assert "external" not in name.lower() and "vba" not in name.lower(), name


@check
def shared_strings_are_all_there():
    archive = parts[report_path]
    strings = len(list(ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter(MAIN + "si")))
    for name in archive.namelist():
        if name.startswith("xl/worksheets/sheet"):
            for cell in ElementTree.fromstring(archive.read(name)).iter(MAIN + "c"):
                if cell.get("t") == "s":
                    assert int(cell.find(MAIN + "v").text) < strings


@check
def the_sheets_are_those_of_the_report_in_order():
    assert report.sheetnames == ["Cover", "Summary", "Progress", "Progress chart", "Sites to clear", "Late",
                                 "Overdue", "Findings", "Definitions"], report.sheetnames


@check
def every_sheet_has_its_title_in_a1_and_the_marking_under_it():
    for sheet in with_tables():
        assert sheet["A1"].value and sheet["A1"].font.b and sheet["A1"].font.sz == 16, sheet.title
        assert sheet["A2"].value == marking, sheet["A2"].value


@check
def the_words_above_a_table_stand_in_column_a():
    for sheet in with_tables():
        first = sheet[only_table(sheet).ref][0][0].row
        for cell in filled(sheet):
            assert cell.column == 1 or cell.row >= first, f"{sheet.title} {cell.coordinate}"


@check
def every_table_begins_at_the_left_edge_and_nothing_is_below_it():
    for sheet in with_tables():
        cells = sheet[only_table(sheet).ref]
        assert cells[0][0].column == 1
        assert max(cell.row for cell in filled(sheet)) == cells[-1][0].row, sheet.title


@check
def headings_are_words_of_their_own_and_the_table_says_the_same():
    names = set()
    for sheet in with_tables():
        table = only_table(sheet)
        headings = table_rows(sheet)[0]
        assert all(headings) and len(set(headings)) == len(headings), headings
        assert headings == [column.name for column in table.tableColumns]
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", table.displayName) and table.displayName not in names
        names.add(table.displayName)


@check
def no_cell_of_a_table_is_empty():
    for sheet in with_tables():
        for row in table_rows(sheet):
            assert all(value not in (None, "") for value in row), f"{sheet.title}: {row}"


@check
def nothing_is_merged_frozen_filtered_hidden_or_filled():
    for sheet in with_tables():
        assert not sheet.merged_cells.ranges and sheet.freeze_panes is None and sheet.auto_filter.ref is None
        assert only_table(sheet).autoFilter is None
        style = only_table(sheet).tableStyleInfo
        assert style is None or not (style.showRowStripes or style.showColumnStripes)
        assert not any(size.hidden for size in list(sheet.column_dimensions.values()))
        assert not any(size.hidden for size in list(sheet.row_dimensions.values()))
        assert all(cell.fill.fill_type is None for cell in filled(sheet))


@check
def letters_are_arial_of_12_points_or_more():
    for sheet in with_tables():
        for cell in filled(sheet):
            assert cell.font.name == "Arial" and cell.font.sz >= 12, f"{sheet.title} {cell.coordinate}"


@check
def words_wrap_and_columns_are_wide_enough_for_numbers_and_longest_words():
    for sheet in with_tables():
        for row in sheet[only_table(sheet).ref]:
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                if isinstance(cell.value, str):
                    assert cell.alignment.wrap_text, f"{sheet.title} {cell.coordinate}"
                    longest = max(len(word) for word in cell.value.split())
                else:
                    longest = 11 if isinstance(cell.value, datetime.datetime) else len(f"{cell.value:,}")
                assert width >= longest, f"{sheet.title} {cell.coordinate}: {width} < {longest}"


@check
def rows_are_high_enough_for_their_words():
    for sheet in with_tables():
        for row in sheet[only_table(sheet).ref]:
            height = sheet.row_dimensions[row[0].row].height
            for cell in row:
                if isinstance(cell.value, str):
                    # 12 points of Arial take about 8 pixels a letter, a line 15 points.
                    room = sheet.column_dimensions[cell.column_letter].width * 7
                    lines = max(1, len(cell.value) * 7.2 // room)
                    assert height >= lines * 15, f"{sheet.title} {cell.coordinate}: {height} for {lines} lines"


@check
def every_sheet_prints_on_a4_with_the_marking_and_the_page_number():
    for book in (report, listed, empty):
        for sheet in book:
            assert int(sheet.page_setup.paperSize) == 9
            assert sheet.sheet_properties.pageSetUpPr.fitToPage and int(sheet.page_setup.fitToWidth or 1) == 1
            assert sheet.oddHeader.center.text == marking and sheet.oddFooter.center.text == marking
            assert sheet.oddFooter.right.text == "Page &P of &N", sheet.oddFooter.right.text
    for sheet in with_tables():
        first = sheet[only_table(sheet).ref][0][0].row
        assert sheet.print_title_rows == f"${first}:${first}" or sheet.print_title_rows == f"{first}:{first}"
    assert int(report["Summary"].page_setup.fitToHeight or 1) == 1


@check
def the_first_sheet_is_open_with_the_cursor_in_a1():
    for book in (report, listed, empty):
        assert book.active == book.worksheets[0]
        assert book.active.sheet_view.selection[0].activeCell in (None, "A1") or book.active.freeze_panes


@check
def the_properties_say_title_marking_date_and_language():
    for book in (report, listed, empty):
        assert book.properties.title and book.properties.keywords == marking
        assert book.properties.contentStatus == marking
        assert book.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ") == now, book.properties.created
    custom = parts[report_path].read("docProps/custom.xml").decode()
    assert 'name="Language"' in custom and "en-GB" in custom


@check
def the_summary_has_each_figure_as_it_is():
    headings, *lines = table_rows(report["Summary"])
    assert headings == ["Figure", "Number", "What it counts"]
    by_label = {row["label"]: row for row in figures.values()}
    for label, number, definition in lines:
        assert by_label[label]["value"] == number and by_label[label]["definition"] == definition, label
    assert {"Sites", "Sensitive sites", "Sensitive sites cleared", "Deadlines overdue"} <= {row[0] for row in lines}


@check
def the_position_is_one_sentence_with_both_numbers():
    ever = figures["sensitive_sites_ever_in_scope"]["value"]
    cleared = figures["sensitive_sites_cleared"]["value"]
    sentence = report["Summary"]["A3"].value
    assert f"({cleared} of {ever})" in sentence and sentence.endswith("."), sentence
    assert f"{round(100 * cleared / ever)} %" in sentence, sentence


@check
def the_position_tells_what_is_not_known():
    words = " ".join(cell.value for cell in filled(report["Summary"])[:14] if isinstance(cell.value, str))
    unverified, unknown, undecided, network = (figures[name]["value"] for name in (
        "sensitive_sites_cleared_unverified", "devices_make_unknown", "devices_make_undecided",
        "devices_in_scope_network_unknown"))
    assert min(unverified, unknown, undecided, network) > 1
    assert f"{unverified} of the cleared not verified" in words, words
    assert f"{unknown} devices of unknown make and {undecided} of a make not decided on" in words, words
    assert f"The network of {network} in-scope devices is not known." in words, words


@check
def progress_adds_up_to_the_figures():
    headings, *lines = table_rows(report["Progress"])
    *organisations, total = lines
    for column, figure in (("Sites", "sites"), ("Sensitive sites", "sensitive_sites"),
                           ("Ever had in-scope equipment", "sensitive_sites_ever_in_scope"),
                           ("Cleared", "sensitive_sites_cleared"), ("Sites not assessed", "sites_not_assessed")):
        at = headings.index(column)
        assert sum(row[at] for row in organisations) == total[at] == figures[figure]["value"], column


@check
def the_chart_stacks_the_columns_of_its_table_and_says_what_it_shows():
    sheet = report["Progress chart"]
    archive = parts[report_path]
    name = next(part for part in archive.namelist() if part.startswith("xl/charts/chart"))
    chart = archive.read(name).decode()
    assert "<c:barDir val=\"bar\"/>" in chart and "<c:grouping val=\"stacked\"/>" in chart
    cells = sheet[only_table(sheet).ref]
    first, last = cells[1][0].row, cells[-1][0].row
    for letter in "BC":
        assert f"'Progress chart'!${letter}${first}:${letter}${last}" in chart
    assert chart.count(f"'Progress chart'!$A${first}:$A${last}") == 2
    drawing = archive.read("xl/drawings/drawing1.xml").decode()
    words = re.search(r'descr="([^"]*)"', drawing).group(1)
    ever, cleared = (figures[name]["value"] for name in ("sensitive_sites_ever_in_scope", "sensitive_sites_cleared"))
    assert len(words) > 40 and f"{cleared} of {ever} are clear" in words, words


@check
def sites_to_clear_and_overdue_have_a_row_for_each_they_count():
    assert len(table_rows(report["Sites to clear"])) - 1 == figures["sensitive_sites_to_clear"]["value"]
    assert len(table_rows(report["Overdue"])) - 1 == figures["deadlines_overdue"]["value"]
    for sheet in ("Sites to clear", "Overdue"):
        headings, *lines = table_rows(report[sheet])
        due = headings.index("Due")
        assert all(isinstance(row[due], datetime.datetime) or row[due] == "no date set" for row in lines)
        assert any(isinstance(row[due], datetime.datetime) for row in lines)
    today = datetime.datetime.fromisoformat(now[:10])
    headings, *lines = table_rows(report["Overdue"])
    for row in lines:
        assert (today - row[headings.index("Due")]).days == row[headings.index("Days overdue")]


@check
def each_site_to_clear_says_who_set_its_date_and_who_must_see_to_it():
    _, *lines = table_rows(report["Sites to clear"])
    sites = {row["code"]: row for row in rows}
    owners = {(row["due_on"], row["owner"]) for row in listing("deadlines") + listing("milestones")}
    assert {row[6] for row in lines} >= {"site", "organisation", "programme"}, lines
    for row in lines:
        site, due = sites[row[0]], row[5].strftime("%Y-%m-%d")
        assert (due, row[6]) == (site["due_on"], site["due_layer"]), row
        assert (due, row[7]) in owners, row


@check
def findings_are_those_of_the_register_and_stand_on_the_summary():
    _, *lines = table_rows(report["Findings"])
    for place, name in ((3, "findings"), (4, "answered")):
        found = [row["rule"] for row in listing(name)]
        # A row of devices may stand for several alike.
        for row in lines:
            assert row[place] >= found.count(row[0]) and (row[place] > 0) == (row[0] in found), row
    counts = {row[0]: row[3] + row[4] for row in lines}
    words = [cell.value for cell in filled(report["Summary"]) if isinstance(cell.value, str)]
    for rule in ("R1", "R2", "R5"):
        sentence = next(line for line in words if f"({rule})" in line)
        assert sentence.split()[0] == str(counts[rule] or "No"), sentence


@check
def a_date_of_the_programme_that_has_passed_is_told():
    lines = table_rows(late["Late"])[1:]
    assert {row[0] for row in lines} == {row["site"] for row in listing("late")} and len(lines) > 5
    words = [cell.value for cell in filled(late["Summary"]) if isinstance(cell.value, str)]
    assert any(line.startswith(f"{len(lines)} sensitive sites") and "30 April 2025 (R5)" in line for line in words), words
    assert dict(row[:2] for row in table_rows(late["Summary"]))["Sensitive sites past the programme's date"] == len(lines)
    assert {row[6] for row in table_rows(late["Sites to clear"])[1:]} == {"programme"}


@check
def a_report_as_at_a_day_is_as_it_was_made_on_that_day():
    for sheet, other in zip(late, then):
        said = [cell.value for cell in filled(sheet)]
        assert said == [cell.value for cell in filled(other)], sheet.title
        assert any("Position as at 21 November 2026." in str(words) for words in said), sheet.title


@check
def the_definitions_are_those_of_all_figures():
    _, *lines = table_rows(report["Definitions"])
    assert [(row[1], row[3]) for row in lines] == [(row["id"], row["definition"]) for row in figures.values()]


@check
def a_report_of_nothing_says_so_in_sentences():
    for sheet, sentence in (("Progress", "There are no sites in the register."),
                            ("Progress chart", "so there is no chart."),
                            ("Sites to clear", "No sensitive site has in-scope devices left."),
                            ("Late", "No sensitive site with in-scope devices left is past the programme's date."),
                            ("Overdue", "No deadline is overdue.")):
        assert not empty[sheet].tables and not empty[sheet]._charts, sheet
        assert filled(empty[sheet])[-1].value.endswith(sentence), filled(empty[sheet])[-1].value
    assert "No site is recorded as sensitive" in empty["Summary"]["A3"].value


@check
def a_list_has_every_cell_that_json_has():
    sheet = listed.worksheets[0]
    heading = 3
    assert sheet["A2"].value.startswith(f"{marking}. As at ") and f"{len(rows):,} rows." in sheet["A2"].value
    assert sheet.max_row == heading + len(rows)
    for number, row in enumerate(rows):
        for column, value in enumerate(row.values()):
            cell = sheet.cell(heading + 1 + number, column + 1)
            found = cell.value
            if isinstance(found, datetime.datetime):
                assert cell.number_format == "dd/mm/yyyy"
                found = found.strftime("%Y-%m-%d")
            elif isinstance(value, str) and isinstance(found, (int, float)):
                value = float(value)    # latitudes and other decimals
            assert found == value, f"{cell.coordinate}: {found!r} is not {value!r}"


@check
def a_list_filters_keeps_its_headings_in_sight_and_its_identifiers_words():
    sheet = listed.worksheets[0]
    titles = [cell.value for cell in sheet[3]]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, len(titles)).column_letter}{sheet.max_row}"
    assert len(set(titles)) == len(titles)
    for name in ("Code", "UPRN"):
        assert all(isinstance(cell.value, (str, type(None)))
                   for cell in sheet[sheet.cell(3, titles.index(name) + 1).column_letter][3:])
    xml = parts[list_path].read("xl/worksheets/sheet1.xml").decode()
    assert 'numberStoredAsText="1"' in xml


failed = 0
for number, function in enumerate(checks, 1):
    words = function.__name__.replace("_", " ")
    try:
        function()
        print(f"ok {number} - {words}")
    except Exception as problem:  # a check that breaks is a check that fails
        failed += 1
        print(f"not ok {number} - {words}\n# {type(problem).__name__}: {problem}")
sys.exit(failed > 0)
