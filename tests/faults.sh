#!/bin/sh
# What a full or failing disk, and a kill at the worst moment, do to a register: every write, sync and removal of
# each command fails once (ENOSPC, EIO), and the program is killed at each of them.  Afterwards the register must be
# sound and hold the old state, or, where the command says that it is done, the new one.

# Who looks for leaks cannot do so while strace looks on.
export ASAN_OPTIONS=detect_leaks=0

BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
terrier=$BUILD/terrier
# In memory where that is possible: a sync to a disk takes longer than all the rest.
place=${TMPDIR:-/tmp}
[ -w /dev/shm ] && place=/dev/shm
folder=$(mktemp -d "$place/terrier-faults-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
export TERRIER_NOW=2026-11-21T12:00:00Z TERRIER_WHO=Test TERRIER_LAPTOP=00000000-0000-4000-8000-000000000001
export TERRIER_REGISTER=$folder/estate.terrier LC_ALL=C.UTF-8
calls=pwrite64,fdatasync,fsync,unlink,ftruncate

if ! command -v strace > /dev/null; then
	echo "ok faults # SKIP strace is not installed"
	exit 0
fi
if ! strace -f -o /dev/null -e trace=unlink -e inject=unlink:error=EIO true 2> /dev/null; then
	echo "ok faults # SKIP strace may not trace here"
	exit 0
fi

# The register as people see it, without what is only in the history.
state() {
	"$terrier" list sites --format csv --columns code,name,town,organisation
}

# Puts the register back as it was before the command.
restore() {
	rm -f "$TERRIER_REGISTER" "$TERRIER_REGISTER"-*
	[ "$1" = none ] || cp "$folder/$1" "$TERRIER_REGISTER"
}

failed=0
complain() {
	echo "not ok $name: $*"
	sed 's/^/    /' "$folder/said"
	failed=1
}

# judge STATUS: what is true of the register after the command ended so
judge() {
	if [ "$before" = none ] && [ ! -e "$TERRIER_REGISTER" ]; then
		[ "$1" -ne 0 ] || complain "$fault: it says that it made what is not there"
		return
	fi
	"$terrier" check > "$folder/check" 2>&1 || {
		cat "$folder/check" >> "$folder/said"
		[ "$before" = none ] && [ "$1" -ne 0 ] || complain "$fault: the register is not sound"
		return
	}
	state > "$folder/now" 2>&1
	if cmp -s "$folder/now" "$folder/new"; then
		case $fault-$1 in *=KILL-* | *-0) ;; *) complain "$fault: it says that it failed, but it is done" ;; esac
	elif ! cmp -s "$folder/now" "$folder/old"; then
		complain "$fault: the register is neither as before nor as after"
	elif [ "$1" -eq 0 ]; then
		complain "$fault: it says that it is done, but it is not"
	fi
}

# each_fault FAULT BEFORE WORDS...: the command with the fault at its first call, its second, and so on (or each STEP)
each_fault() {
	fault=$1 before=$2 at=1 hit=0 step=${STEP:-1}
	shift 2
	while :; do
		restore "$before"
		strace -f -qq -o "$folder/trace" -e trace="$calls" -e inject="$calls:$fault:when=$at" \
			"$terrier" "$@" > "$folder/said" 2>&1
		status=$?
		grep -aqE 'INJECTED|killed by' "$folder/trace" || break
		hit=$((hit + 1))
		case $fault in
		error=*)
			[ "$status" -eq 0 ] || grep -q '^terrier: .*\.$' "$folder/said" || complain "$fault: no sentence" ;;
		esac
		judge "$status"
		at=$((at + step))
	done
	[ "$hit" -ge 3 ] || complain "$fault: met only $hit calls"
}

# try NAME BEFORE WORDS...: all faults of one command
try() {
	name=$1 before=$2 failed=0
	shift 2
	restore "$before"
	{ [ "$before" = none ] || state; } > "$folder/old"
	"$terrier" "$@" > "$folder/said" 2>&1 || complain "it fails without a fault"
	state > "$folder/new"
	cmp -s "$folder/old" "$folder/new" && complain "it changes nothing"
	for kind in error=ENOSPC error=EIO signal=KILL; do
		each_fault "$kind" "$before" "$@"
	done
	[ "$failed" -eq 0 ] && echo "ok $name"
	[ "$failed" -eq 0 ] || all=1
}

all=0
{
	"$terrier" init && "$terrier" add organisation code=ORG && "$terrier" add site code=S1 name=Old organisation=ORG &&
		cp "$TERRIER_REGISTER" "$folder/added" && "$terrier" set site S1 name=New
} > "$folder/said" 2>&1 || exit 1
cp "$TERRIER_REGISTER" "$folder/changed"
awk 'BEGIN { print "code,name,town"; for (i = 0; i < 300; i++) print "C" i ",A site with a name " i ",York" }' > "$folder/sites.csv"
try a_fault_while_adding_leaves_the_old_state changed add site code=S2 name=More
STEP=2 try a_fault_while_setting_leaves_the_old_state changed set site S1 town=York name=Newer
STEP=2 try a_fault_while_undoing_a_change_leaves_the_old_state changed undo
try a_fault_while_undoing_an_addition_leaves_the_old_state added undo
STEP=2 try a_fault_while_importing_leaves_the_old_state changed import "$folder/sites.csv" --as sites
STEP=6 try a_fault_while_making_a_register_leaves_none_or_a_whole_one none init
# FAT, as on most USB sticks, has no links.
name=a_register_can_be_made_where_there_are_no_links
restore none
if strace -f -qq -o "$folder/trace" -e trace=link,linkat -e inject=link,linkat:error=EPERM "$terrier" init > "$folder/said" 2>&1 &&
	grep -q INJECTED "$folder/trace" && "$terrier" check >> "$folder/said" 2>&1; then
	echo "ok $name"
else
	complain "it was not made"
	all=1
fi
exit "$all"
