#!/bin/sh
# The tour of README.md works as it is written.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$(mktemp -d "${TMPDIR:-/tmp}/terrier-tour.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

# The commands of the tour, with this build and a folder of its own.
sed -n '/^## A tour/,/^## /{/^```sh$/,/^```$/p;}' README.md | grep -v '^```' |
	sed "s|\$PWD/build|$BUILD|; s|\$(mktemp -d)|$folder|; s|minister\.xlsx|$folder/&|" > "$folder/tour"
[ "$(grep -c terrier "$folder/tour")" -gt 10 ] || { echo "not ok 1 - the README has a tour"; exit 1; }

number=0 failed=0
result() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
		tail -n 20 "$folder/said" | sed 's/^/# /'
	fi
}

XDG_DATA_HOME=$folder/data sh -e "$folder/tour" > "$folder/said" 2>&1
result $? "the tour runs from end to end"
test -s "$folder/minister.xlsx"
result $? "it writes the workbook"
grep -q '163 rows of devices: 0 new, 0 changed, 163 same' "$folder/said"
result $? "the same file again changes nothing"
grep -q '^1001 .*Hikvision.*confirmed\|^1001 .*Hikvision.*suspected' "$folder/said"
result $? "a camera comes into scope"
[ "$failed" -eq 0 ]
