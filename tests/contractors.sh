#!/bin/sh
# What contractors, landlords and another department send (tests/data/contractors), imported as it comes: title rows and
# totals, other encodings and delimiters, months first, makes and models in one cell, what a spreadsheet has damaged.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
data=$PWD/tests/data/contractors
folder=$(mktemp -d "${TMPDIR:-/tmp}/terrier-contractors.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
PATH=$BUILD:$PATH
TERRIER_REGISTER=$folder/estate.terrier TERRIER_NOW=2026-11-21 TERRIER_WHO="Ada Clerk"
TERRIER_LAPTOP=0badcafe-0000-4000-8000-000000000001
export PATH TERRIER_REGISTER TERRIER_NOW TERRIER_WHO TERRIER_LAPTOP
cd "$folder" || exit 1
number=0 failed=0

# ends STATUS COMMAND...: the command ends with the status; what it said is in `said`
ends() {
	expected=$1
	shift
	number=$((number + 1))
	"$@" > said 2>&1
	status=$?
	if [ $status -eq "$expected" ]; then
		echo "ok $number - $*"
	else
		failed=1
		echo "not ok $number - $* (status $status, expected $expected)"
		head -n 40 said | sed 's/^/# /'
	fi
}

# said WORDS: the last command said the words
said() {
	number=$((number + 1))
	if grep -qe "$1" said; then
		echo "ok $number - it says: $1"
	else
		failed=1
		echo "not ok $number - it says: $1"
		sed 's/^/# /' said
	fi
}

# holds FIELDS KEY EXPECTED: the fields of the device, with bars between
holds() {
	number=$((number + 1))
	found=$(terrier list devices "tag:\"$2\"" --columns "$1" --format csv | sed 1d | tr -d '\r"')
	if [ "$found" = "$3" ]; then
		echo "ok $number - $2 has $1 $3"
	else
		failed=1
		echo "not ok $number - $2 has $1 $found, expected $3"
	fi
}

terrier init > /dev/null 2>&1
ends 0 terrier import "$data/sites.csv" --as sites --create organisation
said "3 rows of sites: 3 new"

# A survey saved by Excel as it does: Windows-1252, CR LF, titles above and totals below.
iconv -f UTF-8 -t WINDOWS-1252 "$data/survey-2019.csv" | sed 's/$/\r/' > survey-2019.csv
ends 3 terrier import survey-2019.csv --as devices --dry-run
ends 3 terrier import survey-2019.csv --as devices --changes changes.csv --refusals refused.csv
said "8 rows of devices: 5 new, 0 changed, 0 same, 3 refused"
said "Windows-1252"
said "CCTV condition survey – March 2019"
said "EP-0999"
said "both about Cam 05"
said "Read as not known: make 2, serial 2, mac 1, notes 1 "
holds make,model "Cam 01" "HIK,DS-2CD2143G0-I"
holds make,model "Cam 02" "Hik Vision,DS-2DE4225IW"
holds installed_on "Cam 01" "2019-04-03"
holds installed_on "Cam 03" "2019-04-03"
holds installed_on "NVR 1" "2019-04-03"
holds installed_on "Cam 04" "2018"
holds quantity "Cam 04" "4"
holds mac "Cam 02" "C0:56:E3:01:02:04"
holds serial,notes "Cam 01" 'C42109876,Lens dirty – 24 screen in gatehouse'

# The refused rows come back mended: one of the two is struck out, the site is another.
sed -e '/,bullet,/d' -e 's/^Cam 06,EP-0999/Cam 06,EP-0102/' refused.csv > mended.csv
ends 0 terrier import mended.csv --as devices
said "2 rows of devices: 2 new"
ends 0 terrier list refusals state:open
said "1 refusal"
holds site,make,model "Cam 06" "EP-0102,Bosch,FLEXIDOME 5000i"

# What Excel calls Unicode text: UTF-16, here with semicolons; nobody knows a maker called n/a or a network called TBC.
iconv -f UTF-8 -t UTF-16 "$data/landlord.txt" > landlord.txt
ends 0 terrier import landlord.txt --as devices
said "3 rows of devices: 3 new"
said "'Site Name' is read as the site"
holds site,place,installed_on,network QC-001 "EP-0102,Lobby – café,2020-02-14,none"
holds installed_on,network QC-003 ",unknown"

# One date proves that the month comes first; a column in which nothing is proved is asked about.
ends 0 terrier import "$data/month-first.csv" --as devices
said "month first, as one of them proves"
said "12/01/2021 was read as 1 December 2021, as another column has the month first"
holds installed_on SW-2 "2019-03-04"

# What a spreadsheet has damaged is refused, with what the register knows.
terrier set device SW-1 serial=100023336956 > /dev/null 2>&1
ends 3 terrier import "$data/damaged.csv" --as devices
said "5 rows of devices: 0 new, 0 changed, 0 same, 5 refused"
said "1.00E+11.*the register has 100023336956"
said "12-Mar"
said "4711.0"
said "#REF!"

# The very same file is no news; and an import is taken back days later, all but what a person has edited since.
ends 0 terrier import landlord.txt --as devices
said "nothing to do"
terrier set device QC-002 place="Goods lift, inside" > /dev/null 2>&1
ends 0 env TERRIER_NOW=2026-12-01 terrier undo 5
said "QC-002"
ends 0 terrier list devices site:EP-0102 --columns tag --format plain
said "QC-002"

echo "1..$number"
exit $failed
