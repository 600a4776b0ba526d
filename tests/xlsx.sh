#!/bin/sh
# Imports workbooks that other programs have written (tests/xlsx_files.py, LibreOffice) and those of terrier itself;
# what comes of them must be what comes of the same rows as CSV.  Prints a line for each test, as tests/run counts them.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$BUILD/xlsx
tests=$PWD/tests
terrier=$BUILD/terrier
failed=0
export TERRIER_NOW=2026-11-21T10:00:00Z XDG_DATA_HOME="$folder/data"

# expect WHAT COMMAND...: passes when the command succeeds
expect() {
	expected=$1
	shift
	if "$@" > said 2>&1; then
		echo "ok - $expected"
	else
		failed=1
		echo "not ok - $expected"
		sed 's/^/# /' said | head -n 20
	fi
}

# Where there are two, that of the system has the package.
python=python3
python3 -c 'import openpyxl' 2>/dev/null || python=/usr/bin/python3

rm -rf "$folder"
mkdir -p "$folder" && cd "$folder" || exit 1
{
	$python "$tests/xlsx_files.py" . &&
	printf 'code,name,organisation\nS1,One,DfT\nS2,Two,DfT\nS3,Three,DfT\nS4,Four,DfT\n' > sites.csv &&
	"$terrier" -r base init && "$terrier" -r base import sites.csv --as sites --create organisation &&
	"$terrier" -r demo init --demo
} > made 2>&1 || { cat made; echo "not ok - the workbooks are made"; exit 1; }

# What a register has after a file was imported into an empty one, in FILE.json; what was said, in FILE.said.
read_file() {
	rm -rf one one.* && cp base one &&
	"$terrier" -r one import "$1" --as devices --unknown notes > "$1.said" 2>&1 &&
	"$terrier" -r one export devices -o "$1.json" --columns all --force 2>> "$1.said" || { cat "$1.said"; return 1; }
}
read_file devices.csv

same_as_csv() {
	read_file "$1" && cmp devices.csv.json "$1.json"
}

says() {
	grep -qF "$2" "$1" || { cat "$1"; return 1; }
}

expect "a workbook of openpyxl is what the CSV file is" same_as_csv plain.xlsx
expect "one that counts its days from 1904 is, too" same_as_csv mac.xlsx
expect "one that was written as a stream is, too" same_as_csv streamed.xlsx
expect "one in the manner of Google Sheets is, too" same_as_csv sheets.xlsx
expect "one whose zip file was written as a stream is, too" same_as_csv sizes-behind.xlsx
expect "one with backslashes, ZIP64 and a comment is, too" same_as_csv backslashes.xlsx
expect "one with titles, other sheets and hidden rows is, too" same_as_csv contractor.xlsx
expect "the title rows are told" says contractor.xlsx.said "above the heading, which is on line 4"
expect "the sheets that were not read are told" says contractor.xlsx.said 'Sheets not read: "Cover", "Lists" (hidden).'
expect "hidden rows are told" says contractor.xlsx.said "2 rows are hidden"
expect "hidden columns are told" says contractor.xlsx.said "1 column is hidden"
expect "merged cells are told" says contractor.xlsx.said "Cells L8:L11 are merged"

formula_refused() {
	"$terrier" -r one import formulas.xlsx --as devices > formulas.said 2>&1
	says formulas.said "a formula of which the workbook keeps no result"
}
expect "a formula that nobody has worked out is refused" formula_refused

# What terrier writes, and reads again, is nothing new.
own_list_is_the_same() {
	"$terrier" -r demo export "$1" -o "$1.xlsx" --columns "$2" --force &&
	"$terrier" -r demo import "$1.xlsx" --as "$1" > own.said 2>&1
	grep -q " 0 new, 0 changed, [0-9,]* same, 0 refused" own.said || { cat own.said; return 1; }
}
for entity in devices sites organisations manufacturers; do
	expect "an exported list of $entity is read as the same" own_list_is_the_same $entity all
done

report_lists_are_read() {
	"$terrier" -r demo report minister -o report.xlsx --force || return 1
	for sheet in $("$python" -c 'import openpyxl
print(*[name.replace(" ", "_") for name in openpyxl.load_workbook("report.xlsx", read_only=True).sheetnames])'); do
		"$terrier" -r demo import report.xlsx --as sites --sheet "$(echo "$sheet" | tr _ ' ')" --dry-run \
			> report.said 2>&1
		! grep -qE "damaged|cannot be read|no sheet" report.said || { cat report.said; return 1; }
	done
}
expect "every sheet of the minister's workbook can be read" report_lists_are_read

# The profile is in the folder, so that a running LibreOffice does not matter.
convert() {
	format=$1
	shift
	mkdir -p office-made &&
	soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to "$format" --outdir office-made \
		"$@" > convert.said 2>&1
}

by_libreoffice() {
	command -v soffice > /dev/null || { echo "# there is no LibreOffice here; not tried"; return 0; }
	convert xlsx plain.xlsx mac.xlsx contractor.xlsx || return 1
	for name in plain mac contractor; do
		same_as_csv office-made/$name.xlsx || return 1
	done
}
expect "what LibreOffice has saved is what the CSV file is" by_libreoffice

other_formats() {
	command -v soffice > /dev/null || { echo "# there is no LibreOffice here; not tried"; return 0; }
	convert ods plain.xlsx && convert xls plain.xlsx || return 1
	for ending in ods xls; do
		! "$terrier" -r one import office-made/plain.$ending --as devices > $ending.said 2>&1 || return 1
	done
	says ods.said "is an OpenDocument spreadsheet (.ods)" && says xls.said "is an old Excel workbook (.xls)"
}
expect "an .ods and an .xls file are told apart" other_formats

every_cut_is_refused() {
	size=$(stat -c %s plain.xlsx)
	at=1
	while [ $at -lt "$size" ]; do
		head -c $at plain.xlsx > cut.xlsx
		"$terrier" -r one import cut.xlsx --as devices > cut.said 2>&1
		status=$?
		[ $status -gt 0 ] && [ $status -lt 100 ] && ! grep -q "new," cut.said ||
			{ echo "at byte $at: $(cat cut.said)"; return 1; }
		at=$((at + 97))
	done
}
expect "a file that is cut at any 97th byte is refused" every_cut_is_refused

exit $failed
