#!/bin/sh
# The worked example of CONTRIBUTING.md: a new field of a device is one migration and one line, and is then
# everywhere.  Tried on a copy of the tree.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
copy=$BUILD/add-field
number=0 failed=0

# expect WHAT COMMAND...: passes when the command succeeds
expect() {
	number=$((number + 1))
	what=$1
	shift
	if "$@" > "$copy/said" 2>&1; then
		echo "ok $number - $what"
	else
		failed=1
		echo "not ok $number - $what"
		sed 's/^/# /' "$copy/said"
	fi
}

# prints WORDS COMMAND...: whether the command's output holds the words
prints() {
	words=$1
	shift
	"$@" > "$copy/output" 2>&1
	cat "$copy/output"
	grep -qe "$words" "$copy/output"
}

rm -rf "$copy"
mkdir -p "$copy"
cp -R Makefile VERSION main.c core db import export commands cli tui man tools "$copy"
cd "$copy" || exit 1

cat >> db/migrations.def <<'END'

MIGRATION(
	ALTER TABLE device ADD COLUMN lens TEXT;
)
END
cat >> core/fields/device.def <<'END'
FIELD(lens, "Lens", TEXT, 0, 12, "lens type", "What the camera sees through: wide, zoom, fisheye")
END

expect "a program with the new field builds" make -j2 BUILD=out CFLAGS=-O0 all

terrier=out/terrier
TERRIER_REGISTER=$copy/estate.terrier TERRIER_NOW=2026-11-21 TERRIER_LAPTOP=0badcafe-0000-4000-8000-000000000001
export TERRIER_REGISTER TERRIER_NOW TERRIER_LAPTOP
printf 'Tag,Site,Lens Type\nCAM-1,HQ,wide\nCAM-2,HQ,zoom\n' > devices.csv
printf 'Code,Name\nHQ,Head office\n' > sites.csv

expect "a register is made" $terrier init
expect "sites are imported" $terrier import sites.csv --as sites
expect "import knows the heading" prints '' $terrier import devices.csv --as devices
expect "list shows the column" prints wide $terrier list devices --columns tag,lens
expect "a filter knows the word" prints 'CAM-1' $terrier list devices lens:wide
expect "and what it leaves out" sh -c "! $terrier list devices lens:wide | grep CAM-2"
expect "set changes it" $terrier set device CAM-2 lens=fisheye --why "seen on site"
expect "show shows it" prints fisheye $terrier show device CAM-2
expect "the history records it" prints lens $terrier history device CAM-2
expect "undo puts it back" $terrier undo
expect "as it was" prints zoom $terrier show device CAM-2
expect "export writes it" $terrier export devices --columns tag,lens -o devices-out.csv
expect "under its heading" grep -qi lens devices-out.csv
expect "the help names it" prints 'lens ' $terrier help fields device
expect "the manual describes it" grep -q 'Cm lens' out/terrier.1
expect "and JSON holds it" prints '"lens":"wide"' $terrier list devices --columns lens --format json

cd "$BUILD" && [ "$failed" -eq 0 ] && rm -rf "$copy"
exit $failed
