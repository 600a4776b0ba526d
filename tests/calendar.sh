#!/bin/sh
# Writes a calendar with the real program and reads it with another program's parser: tests/calendar/check.py.  Prints a
# line for each test, as tests/run counts them.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$BUILD/calendar
tests=$PWD/tests/calendar
failed=0
export TERRIER_NOW=2026-11-21T10:00:00Z TERRIER_REGISTER=estate XDG_DATA_HOME="$folder/data" PATH="$BUILD:$PATH"

# expect WHAT COMMAND...: passes when the command succeeds
expect() {
	expected=$1
	shift
	if "$@"; then
		echo "ok - $expected"
	else
		failed=1
		echo "not ok - $expected"
	fi
}

rm -rf "$folder"
mkdir -p "$folder" && cd "$folder" || exit 1
long='The cabling, "as found"; not as drawn \ must go: caf'
{
	terrier init --demo
	code=$(terrier list sites --columns code --format csv | sed -n '2s/\r//p')
	terrier add site code=Ł-1 "name=Zażółć gęślą jaźń, 深圳市大华, зелёная улица 深圳市大华技术股份有限公司深圳市大华技术股份有限公司深圳市"
	terrier deadline set site Ł-1 --date 2028-02-29 --owner "Zoë; Łukasz" --reason "${long}é 
second line"
	terrier deadline set site "$code" --kind survey --date "end of next month"
	terrier deadline set site "$code" --kind disconnect --date 2026-12-01
	terrier deadline extend "$(terrier list deadlines kind:disconnect due=2026-12-01 --columns number --format csv | tail -1 | tr -d '\r')" --to 2027-01-31 \
		--expires 2027-01-15 --reason Scaffolding --by "J. Smith"
	terrier add contract reference=notice-test-1 name=CCTV supplier="S, Ltd" notice_on=2027-03-03 end_on=2027-06-30
	terrier add contract reference=notice-test-2 notice_on=2027-03-03 notice_given_on=2026-11-01
	terrier due --within 3y --ics -o due.ics
	terrier due --within 3y --format json > due.json
	terrier due --within 3y --ics > printed.ics
} > said 2>&1 || { cat said; echo "not ok - the calendar is written"; exit 1; }

# Where there are two, that of the system has the package.
python=python3
python3 -c 'import icalendar' 2>/dev/null || python=/usr/bin/python3
$python "$tests/check.py" due.ics due.json || failed=1

expect "what is printed is what is written" cmp due.ics printed.ics

moves_and_stays_itself() {
	number=$(terrier list deadlines kind:survey due=2026-12-31 --columns number --format csv | tail -1 | tr -d '\r')
	uid=$(grep -A1 '^BEGIN:VEVENT' due.ics | grep -c '^UID:')
	terrier set deadline "$number" target_on=2027-02-01 reason="No van" 2>/dev/null
	terrier due --within 3y --ics > moved.ics
	[ "$uid" -gt 3 ] && ! cmp -s due.ics moved.ics &&
	[ "$(grep '^UID:' due.ics | sort)" = "$(grep '^UID:' moved.ics | sort)" ]
}
expect "a deadline that was moved is the same event" moves_and_stays_itself

replaces_nothing_unasked() {
	! terrier due --ics -o due.ics 2> refused && grep -q 'there already\|exists' refused &&
	terrier due --ics -o due.ics --force 2>/dev/null && [ "$(stat -c %a due.ics)" = 600 ]
}
expect "a calendar replaces no file unless asked, and is for its owner only" replaces_nothing_unasked

exit $failed
