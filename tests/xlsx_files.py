"""Makes the workbooks that tests/xlsx.sh imports, with openpyxl, in the folder that it is given.

Every one of them says the same of the same devices as devices.csv, which is made here too: what a spreadsheet keeps as
a number, a date or a boolean is one.
"""
import csv
import datetime
import io
import sys
import zipfile

import openpyxl
from openpyxl.styles import Font, numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1]
HEADINGS = ["Tag", "Site", "Place", "Kind", "Make", "Model", "Serial", "Installed", "Price", "Audio", "Notes"]
WORDS = ["Lobby", "Café, rear", "Door “A” & stairs <2>", "Line\nbreak", "東京", "= not a formula"]


def devices():
    for i in range(40):
        yield [
            f"X-{i:04}",
            f"S{i % 4 + 1}",
            WORDS[i % len(WORDS)],
            "camera",
            "Hikvision",
            f"DS-{i}",
            100000000000 + i * 7919,
            datetime.date(2019, 1, 1) + datetime.timedelta(days=53 * i),
            round(99.5 + i * 1.25, 2),
            i % 2 == 0,
            None if i % 3 else f"note {i}",
        ]


def write_csv():
    with open(f"{folder}/devices.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in devices():
            row[2] = "'" + row[2] if row[2].startswith("=") else row[2]
            row[9] = "TRUE" if row[9] else "FALSE"
            writer.writerow(row)


def fill(sheet, first=1):
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(first, column, heading).font = Font(bold=True)
    for number, row in enumerate(devices(), first + 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
        sheet.cell(number, 8).number_format = ["DD/MM/YYYY", "yyyy-mm-dd;@", "[$-809]d mmmm yyyy"][number % 3]
        sheet.cell(number, 9).number_format = '"£"#,##0.00'


def workbook(name):
    book = openpyxl.Workbook()
    book.active.title = "Devices"
    return book, book.active, f"{folder}/{name}.xlsx"


def write_plain():
    book, sheet, path = workbook("plain")
    fill(sheet)
    book.save(path)


def write_1904():
    book, sheet, path = workbook("mac")
    book.epoch = CALENDAR_MAC_1904
    fill(sheet)
    book.save(path)


def write_only():
    """Rows that are streamed: inline texts, no dimension."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Devices")
    sheet.append(HEADINGS)
    for row in devices():
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value=value) for value in row]
        cells[2].data_type = "s"
        cells[7].number_format = numbers.FORMAT_DATE_DDMMYY
        sheet.append(cells)
    book.save(f"{folder}/streamed.xlsx")


def write_contractor():
    """Titles above the heading, other sheets, hidden rows and columns, merged cells, a formula without a result."""
    book, sheet, path = workbook("contractor")
    sheet["A1"] = "Survey of cameras"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "Prepared for the department"
    fill(sheet, 4)
    sheet.row_dimensions[6].hidden = True
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["J"].hidden = True
    sheet.merge_cells("L8:L11")
    cover = book.create_sheet("Cover", 0)
    cover["B2"] = "Cameras"
    book.create_sheet("Blank", 0)
    lists = book.create_sheet("Lists")
    lists["A1"] = "camera"
    lists.sheet_state = "veryHidden"
    book.save(path)


def write_formulas():
    """As scripts leave them: formulas that nobody has worked out."""
    book, sheet, path = workbook("formulas")
    fill(sheet)
    sheet["G2"] = "=100000000000+0"
    book.save(path)


def write_sheets_manner():
    """As Google Sheets and others write: no r attributes, no shared texts, a strange place for the parts."""
    def cell(value):
        if isinstance(value, bool):
            return f'<c t="b"><v>{int(value)}</v></c>'
        if isinstance(value, datetime.date):
            return f'<c s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, (int, float)):
            return f"<c><v>{value}</v></c>"
        if value is None:
            return "<c/>"
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    rows = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in [HEADINGS, *devices()])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{types}/officeDocument" '
                       f'Target="book/main.xml"/></Relationships>',
        "book/main.xml": f'<workbook xmlns="{main}" xmlns:r="{types}"><sheets><sheet name="Devices" sheetId="9" '
                         f'r:id="x"/></sheets></workbook>',
        "book/_rels/main.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="x" Type="{types}/worksheet" '
                                    f'Target="../one.xml"/><Relationship Id="y" Type="{types}/styles" '
                                    f'Target="/styles.xml"/></Relationships>',
        "styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "one.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(f"{folder}/sheets.xlsx", "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)


class Stream(io.RawIOBase):
    """A file that cannot be gone back in, so that sizes stand behind what they are of."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def write_packed():
    """The same parts, packed as other libraries do."""
    plain = zipfile.ZipFile(f"{folder}/plain.xlsx")
    with open(f"{folder}/sizes-behind.xlsx", "wb") as file, zipfile.ZipFile(Stream(file), "w", zipfile.ZIP_DEFLATED) as out:
        for part in plain.infolist():
            out.writestr(part.filename, plain.read(part))
    with zipfile.ZipFile(f"{folder}/backslashes.xlsx", "w", zipfile.ZIP_STORED) as out:
        out.comment = b"a comment"
        for part in plain.infolist():
            info = zipfile.ZipInfo(part.filename)
            info.filename = part.filename.replace("/", "\\")
            with out.open(info, "w", force_zip64=True) as file:
                file.write(plain.read(part))


write_csv()
write_plain()
write_packed()
write_1904()
write_only()
write_contractor()
write_formulas()
write_sheets_manner()
