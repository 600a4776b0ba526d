#!/bin/sh
# The tour of README.md and the examples of the manual work as they are written.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$(mktemp -d "${TMPDIR:-/tmp}/terrier-tour.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

# The commands of the tour, with this build and a folder of its own.
sed -n '/^## A tour/,/^## /{/^```sh$/,/^```$/p;}' README.md | grep -v '^```' |
	sed "s|\$PWD/build|$BUILD|; s|\$(mktemp -d)|$folder|; s#minister\.xlsx#$folder/&#; s# \([a-z]*\)\.csv# $folder/\1.csv#
		s/^\(terrier import[^#]*[a-z]\) *\(#.*\)*$/\1 || [ \$? -eq 3 ]/" > "$folder/tour"
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
grep -q 'cctv_cameras.csv: nothing to do' "$folder/said"
result $? "the same file again changes nothing"
grep -q '^1001 .*Hikvision.*confirmed\|^1001 .*Hikvision.*suspected' "$folder/said"
result $? "a camera comes into scope"
grep -q '8 rows of devices: 5 new, 0 changed, 0 same, 3 refused' "$folder/said" && test -s "$folder/refused.csv"
result $? "a contractor's survey comes in, and its refused rows come back"
grep -q 'Cam 06' "$folder/said"
result $? "a refused row is mended"

mkdir "$folder/manual" && cd "$folder/manual" || exit 1
printf 'code,name,organisation\nHQ-01,Head office,DEPT\n' > sites.csv
printf 'tag,site,make\nCAM-1,HQ-01,Hikvision\n' > cameras.csv
sed -n '/^\.Sh EXAMPLES/,$p' "$OLDPWD/man/terrier.1.in" | grep '^terrier ' | sed 's/\\-/-/g; s/\\(dq/"/g' > examples
PATH=$BUILD:$PATH TERRIER_REGISTER=manual.terrier XDG_DATA_HOME=$folder/data sh -e examples > "$folder/said" 2>&1
result $? "the examples of the manual run"
[ "$failed" -eq 0 ]
