#!/bin/sh
# The benchmark's data: the same for the same seed, and nine messes in a thousand rows, each of which is refused for
# its own reason.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export TERRIER_NOW=2026-11-21 XDG_DATA_HOME="$folder/data"
count=0

# ok STATUS SENTENCE: prints a line of TAP
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; fi
}

# number NAME: a number of the summary of the import
number() {
	sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" summary.json | head -n 1
}

mkdir one two three
"$BUILD/tools/generate" 100 5000 1 one
"$BUILD/tools/generate" 100 5000 1 two
"$BUILD/tools/generate" 100 5000 2 three

diff -r one two > /dev/null
ok $? "the same seed writes the same bytes"

! cmp -s one/devices.csv three/devices.csv
ok $? "another seed writes another file"

"$BUILD/tools/generate" 0 5000 1 one 2> /dev/null
[ $? -eq 2 ]
ok $? "no sites is a misuse"

"$BUILD/terrier" -r estate.terrier init 2> /dev/null
"$BUILD/terrier" -r estate.terrier import one/organisations.csv --as organisations > /dev/null 2>&1 &&
	"$BUILD/terrier" -r estate.terrier import one/sites.csv --as sites > /dev/null 2>&1
ok $? "every organisation and every site imports"

"$BUILD/terrier" -r estate.terrier import one/devices.csv --as devices --refusals refused.csv --format json \
	> summary.json 2> /dev/null
[ $? -eq 3 ] && [ "$(number rows)" -eq 5000 ] && [ $(($(number new) + $(number refused))) -eq 5000 ]
ok $? "every device is new or refused"

[ "$(number refused)" -ge 25 ] && [ "$(number refused)" -le 75 ]
ok $? "about one row in a hundred is refused"

missing=
for field in tag site installed_on ip mac network; do
	grep -q "\"field\": *\"$field\"" summary.json || missing="$missing $field"
done
grep -q 'cells, the heading has' summary.json || missing="$missing cells"
[ -z "$missing" ]
ok $? "every mess is there${missing:+, but for$missing}"

echo "1..$count"
[ "$count" -eq 7 ]
