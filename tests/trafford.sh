#!/bin/sh
# The whole job, on the lists that a council published: import, look, assess, set deadlines, count, report,
# undo, and import again.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
data=$PWD/tests/data/trafford
folder=$(mktemp -d "${TMPDIR:-/tmp}/terrier-trafford.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
PATH=$BUILD:$PATH
TERRIER_REGISTER=$folder/trafford.terrier TERRIER_NOW=2026-11-21 TERRIER_WHO="Ada Clerk"
TERRIER_LAPTOP=0badcafe-0000-4000-8000-000000000001
export PATH TERRIER_REGISTER TERRIER_NOW TERRIER_WHO TERRIER_LAPTOP
cd "$folder" || exit 1
number=0 failed=0

# says WORDS COMMAND...: the command succeeds, and what it says holds the words
says() {
	words=$1
	shift
	number=$((number + 1))
	"$@" > said 2>&1
	status=$?
	if [ $status -eq 0 ] && grep -qe "$words" said; then
		echo "ok $number - $*: $words"
	else
		failed=1
		echo "not ok $number - $*: $words (status $status)"
		head -n 40 said | sed 's/^/# /'
	fi
}

# refuses STATUS WORDS COMMAND...: the command ends with the status and says the words
refuses() {
	expected=$1 words=$2
	shift 2
	number=$((number + 1))
	"$@" > said 2>&1
	status=$?
	if [ $status -eq "$expected" ] && grep -qe "$words" said; then
		echo "ok $number - $*: $words"
	else
		failed=1
		echo "not ok $number - $*: $words (status $status, expected $expected)"
		head -n 40 said | sed 's/^/# /'
	fi
}

counts() {
	says "\"value\":$2," terrier figures "$1" --format json
}

sites() {
	terrier import "$data/land_and_building_assets.csv" --as sites --map "$data/assets.map" \
		--set organisation=TRAFFORD --create organisation "$@"
}

cameras() {
	terrier import "$data/cctv_cameras.csv" --as devices --map "$data/cameras.map" --create site "$@"
}

says "Made" terrier init
refuses 1 "OrganisationURI" terrier import "$data/land_and_building_assets.csv" --as sites --create organisation
says "608 rows of sites: 608 new" sites --dry-run
counts sites 0
says "608 rows of sites: 608 new, 0 changed, 0 same, 0 refused" sites
counts sites 608
says "nothing to do" sites
says "is on 4 sites" sites --again
says "608 rows of sites: 0 new, 0 changed, 608 same, 0 refused" sites --again
refuses 3 "163 rows of devices: 0 new, 0 changed, 0 same, 163 refused" \
	terrier import "$data/cctv_cameras.csv" --as devices --map "$data/cameras.map"
says "Made with consent: 18 sites" cameras
counts sites 626
counts devices 163
says "nothing to do" cameras
says "163 rows of devices: 0 new, 0 changed, 163 same, 0 refused" cameras --again
says "105 Mainwood Road" terrier list sites TMBC0002/B0000066 --columns address --format csv
says "M33 7DZ" terrier show site TMBC0003
says "53.464515" terrier show device 1001
says "Gorse Hill & Cornbrook" terrier list sites E05015247 --columns name --format csv

says "ensitive: yes" terrier site assess E05015247 --secret yes --grounds "Overlooks a bonded store" --by "J. Smith"
says "Set" terrier set device 1001 make=Hikvision manufacturer=Hikvision network=core --why "Seen on site"
says "1 device" terrier manufacturer cover Hikvision --basis "Direction of 24 November 2022" --by "J. Smith"
says "2026-10-31" terrier deadline set device 1001 --kind remove --date 31/10/2026 --owner "R. Patel" --reason "Core network"
says "overdue" terrier due
counts sensitive_sites 1
counts sensitive_sites_ever_in_scope 1
counts sensitive_sites_cleared 0
counts devices_in_scope_left 1
counts core_network_in_scope 1
counts deadlines_overdue 1
says "minister.xlsx" terrier report minister -o minister.xlsx
says "E05015247" unzip -p minister.xlsx xl/sharedStrings.xml
says "devices.xlsx" terrier export devices make:hik* -o devices.xlsx

says "Set" terrier set device 1001 removed_on=2026-11-20 --why "Taken down"
counts sensitive_sites_cleared 1
counts devices_in_scope_left 0
says "" terrier undo
counts devices_in_scope_left 1
says "" terrier redo
counts devices_in_scope_left 0
says "" terrier undo
says "163 rows of devices: 0 new, 0 changed, 163 same" cameras --again
says "sound" terrier check
says "Overlooks" terrier list assessments --columns site,grounds --format csv

[ "$failed" -eq 0 ]
