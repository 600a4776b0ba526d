#!/bin/sh
# Prints the minister's workbook as LibreOffice would, and looks at the pages: every one has the marking top and
# bottom, nothing is cut to ###, the summary is one page.  The pages are left as pictures, to be looked at.
# Needs libreoffice-calc-nogui and poppler-utils; usage: BUILD=folder tests/workbook/office.sh

cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$BUILD/office
export TERRIER_NOW=2026-11-21T10:00:00Z XDG_DATA_HOME="$folder/data"
marking=OFFICIAL-SENSITIVE

fail() {
	echo "FAILED: $1"
	exit 1
}

rm -rf "$folder"
mkdir -p "$folder" && cd "$folder" || exit 1
"$BUILD/terrier" -r estate init --demo 2>/dev/null || fail "no demo estate"
"$BUILD/terrier" -r estate report minister -o report.xlsx || fail "no report"
"$BUILD/terrier" -r estate export sites -o list.xlsx || fail "no list"
soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to pdf report.xlsx list.xlsx > said 2>&1 ||
	fail "LibreOffice does not open them: $(cat said)"

for name in report list; do
	pages=$(pdfinfo $name.pdf | sed -n 's/^Pages: *//p')
	[ "$pages" -gt 0 ] || fail "$name has no pages"
	pdfinfo $name.pdf | grep -q 'A4' || fail "$name is not printed on A4"
	page=0
	while [ $page -lt "$pages" ]; do
		page=$((page + 1))
		pdftotext -f $page -l $page -layout $name.pdf page.txt
		[ "$(grep -c "$marking" page.txt)" -ge 2 ] || fail "page $page of $name is not marked top and bottom"
		grep -q "Page $page of $pages" page.txt || fail "page $page of $name is not numbered"
		grep -q '###' page.txt && fail "page $page of $name has a column that is too narrow"
	done
	pdftoppm -r 70 -png $name.pdf $name
	echo "$name: $pages pages, marked and numbered, nothing cut"
done
[ "$(pdftotext -layout report.pdf - | grep -c '^ *Summary$')" -eq 1 ] || fail "the summary is more than one page"
echo "The pages are in $folder as pictures."
