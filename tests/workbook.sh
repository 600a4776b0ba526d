#!/bin/sh
# Writes workbooks with the real program and reads them with other people's: tests/workbook/check.py; then
# takes the disk away while they are written.  Prints a line for each test, as tests/run counts them.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$BUILD/workbook
tests=$PWD/tests/workbook
terrier=$BUILD/terrier
failed=0
export TERRIER_NOW=2026-11-21T10:00:00Z XDG_DATA_HOME="$folder/data"

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

chmod -R u+w "$folder" 2>/dev/null
rm -rf "$folder"
mkdir -p "$folder" && cd "$folder" || exit 1
{
	"$terrier" -r estate init --demo
	"$terrier" -r nothing init
	"$terrier" -r estate report minister -o report.xlsx
	"$terrier" -r nothing report minister -o empty.xlsx
	"$terrier" -r estate export sites --columns all -o list.xlsx
	"$terrier" -r estate list sites --columns all --format json > list.json
	"$terrier" -r estate figures --format json > figures.json
	"$terrier" -r estate findings --format json > findings.json
	"$terrier" -r estate findings --answered --format json > answered.json
	"$terrier" -r estate list milestones --format json > milestones.json
	"$terrier" -r estate list deadlines --columns all --format json > deadlines.json
	cp estate late
	"$terrier" -r late set milestone "May 2027" due_on=2025-04-30 --why "The board moved it"
	"$terrier" -r late report minister -o late.xlsx
	"$terrier" -r late findings R5 --format json > late.json
	TERRIER_NOW=2026-12-25T10:00:00Z "$terrier" -r late report minister --as-at 2026-11-21 -o then.xlsx
} > said 2>&1 || { cat said; echo "not ok - the workbooks are written"; exit 1; }

# Where there are two, that of the system has the package.
python=python3
python3 -c 'import openpyxl' 2>/dev/null || python=/usr/bin/python3
$python "$tests/check.py" report.xlsx figures.json list.xlsx list.json empty.xlsx OFFICIAL-SENSITIVE "$TERRIER_NOW" . ||
	failed=1

the_same_twice() {
	"$terrier" -r estate report minister -o again.xlsx 2>/dev/null &&
	"$terrier" -r estate export sites --columns all -o again-list.xlsx 2>/dev/null &&
	cmp report.xlsx again.xlsx && cmp list.xlsx again-list.xlsx
}
expect "the same register at the same instant gives the same bytes" the_same_twice

for_its_owner_only() {
	[ "$(stat -c %a report.xlsx list.xlsx | sort -u)" = 600 ]
}
expect "a workbook is for its owner only" for_its_owner_only

# After a failure there is the old file or a whole new one, and nothing else; after success the new one.
sound() {
	status=$1 old=$2 new=$3 got=$4
	[ -z "$(find "$(dirname "$got")" -name '.terrier-*' -o -name 'tmp.*')" ] || return 1
	cmp -s "$got" "$new" || { [ "$status" -ne 0 ] && cmp -s "$got" "$old"; }
}

# One write after the other is refused once.
one_refused_write() {
	strace -o /dev/null true 2>/dev/null || { echo "# there is no strace here; not tried"; return 0; }
	mkdir -p once
	echo old > old
	for what in "export sites" "report minister"; do
		"$terrier" -r estate $what -o once.xlsx --force 2>/dev/null
		for fault in write:error=ENOSPC write:error=EIO fsync:error=EIO; do
			for number in 1 2 3 5 8 13 21 34 55; do
				cp old once/file.xlsx
				strace -f -o /dev/null -e inject="$fault:when=$number" \
					"$terrier" -r estate $what -o once/file.xlsx --force > said 2>&1
				sound $? old once.xlsx once/file.xlsx ||
					{ echo "# $what, $fault number $number: $(cat said)"; return 1; }
			done
		done
	done
}
expect "a write that is refused once is reported, or did no harm" one_refused_write

# A disk of its own, of many sizes, from none to enough.
full_disk() {
	unshare -Urm true 2>/dev/null || { echo "# no disk of one's own can be had here; not tried"; return 0; }
	unshare -Urm sh -c '
		mkdir -p disk; written=0 refused=0
		for size in 8 16 64 256 1024 4096 5120 6144 8192 12288 16384; do
			mount -t tmpfs -o size=${size}k none disk || exit 1
			echo old > disk/list.xlsx
			"$0" -r estate export devices -o disk/list.xlsx --force > said 2>&1
			if [ $? -eq 0 ]; then
				unzip -tqq disk/list.xlsx || exit 1
				written=$((written + 1))
			else
				[ "$(cat disk/list.xlsx)" = old ] && [ "$(ls -A disk)" = list.xlsx ] || exit 1
				grep -q "disk is full" said || { cat said; exit 1; }
				refused=$((refused + 1))
			fi
			umount disk
		done
		[ $written -gt 0 ] && [ $refused -gt 3 ]' "$terrier"
}
expect "a full disk leaves the old file as it was and says so" full_disk

exit $failed
