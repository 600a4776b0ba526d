#!/bin/sh
# core/mac_blocks.def beside the registry of the IEEE that it was made from, where that is installed.
# Prints an "ok" or "not ok" line (TAP).

cd "$(dirname "$0")/.." || exit 1
registry=/usr/share/ieee-data
made=$(mktemp) || exit 1
trap 'rm -f "$made"' EXIT

# day FILE: what its head says of the registry's.
day() { sed -n 's/.*registry of the IEEE of \(.*\)$/\1/p' "$1"; }

what='the blocks of MAC addresses are those of the registry'
if [ ! -r "$registry/oui.csv" ] || ! command -v python3 > /dev/null; then
	echo "ok 1 - $what # SKIP: it is not installed (ieee-data)"
elif ! tools/mac-blocks "$registry" > "$made" 2>&1 && [ "$(day "$made")" = "$(day core/mac_blocks.def)" ]; then
	cat "$made"
	echo "not ok 1 - $what"
	exit 1
elif [ "$(day "$made")" != "$(day core/mac_blocks.def)" ]; then
	echo "ok 1 - $what # SKIP: it is another than that of $(day core/mac_blocks.def)"
elif diff "$made" core/mac_blocks.def; then
	echo "ok 1 - $what"
else
	echo "not ok 1 - $what"
	exit 1
fi
