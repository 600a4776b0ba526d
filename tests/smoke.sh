#!/bin/sh
# The real program in a real terminal: a person looks round the demo estate, searches, changes a device, takes it
# back, resizes the window, imports a messy file, mends a row of it, undoes the import and leaves.  Each step waits until
# what it expects is on the screen.
# Prints an "ok" or "not ok" line (TAP) for each step.

cd "$(dirname "$0")/.." || exit 1
terrier=${BUILD:-build}/terrier
work=$(mktemp -d) || exit 1
socket=$work/tmux
export TERRIER_NOW=2026-11-21 TERRIER_WHO=a.person XDG_DATA_HOME="$work/data" LC_ALL=C.UTF-8
unset TMUX NO_COLOR
failed=0 step=0

in_tmux() { tmux -S "$socket" -f /dev/null "$@"; }

finish() {
	in_tmux kill-server 2> /dev/null
	rm -rf "$work"
}
trap finish EXIT

# shows WORDS: whether they come on the screen within a quarter of a minute.
shows() {
	tries=300
	while [ $tries -gt 0 ]; do
		in_tmux capture-pane -p -t screens 2> /dev/null | grep -qF -e "$1" && return 0
		sleep 0.05
		tries=$((tries - 1))
	done
	return 1
}

# expect WHAT WORDS: a step of the test.
expect() {
	step=$((step + 1))
	if shows "$2"; then
		echo "ok $step - $1"
		return
	fi
	echo "not ok $step - $1: '$2' is not on the screen, but"
	in_tmux capture-pane -p -t screens | sed 's/^/# /'
	failed=1
}

press() { in_tmux send-keys -t screens "$@"; }

"$terrier" -r "$work/demo.terrier" init --demo > /dev/null 2>&1 || { echo "not ok 1 - no demo estate"; exit 1; }
site=$("$terrier" -r "$work/demo.terrier" list sites --columns code --format csv 2> /dev/null | sed -n 2p | tr -d '\r')
printf '%s\n' 'Survey of all cameras,,,,' ',,,,' 'Asset tag,Site code,Type,Install date,Lens colour' \
	"SMOKE-1,$site,camera,25/04/2019,red" "SMOKE-2,$site,camera,31/02/2021,blue" "SMOKE-3,$site,dome,2020,n/a" \
	> "$work/messy survey.csv"

in_tmux new-session -d -s screens -x 80 -y 24 \
	"'$terrier' -r '$work/demo.terrier'; echo left with \$?; stty -a | grep -o '[-]*icanon'; exec cat" || exit 1

expect "it opens on Today" "Today]"
expect "the figures arrive" "Deadlines overdue"
press 5
expect "a number opens a tab" "Devices]"
expect "the rows are counted" "1 of 6,000"
press / 'kind:recorder'
expect "a filter narrows the list as it is typed" "Filter: kind:recorder"
press Enter Enter
expect "Enter opens the record" "F2 or Ctrl-S save"
press Down Down C-u 'Moved by the smoke test' F2
expect "F2 saves it" "Changed device"
press U
expect "U names what it would undo" "Undo: Changed device"
press y
expect "and undoes it" "Undo entry"
press c '?'
expect "? explains the keys" "Help: Devices"
press q
in_tmux resize-window -t screens -x 150 -y 40
expect "a wide window shows the record beside the list" "nobody has filled in"
in_tmux resize-window -t screens -x 20 -y 5
expect "a small one says so" "The window is too"
in_tmux resize-window -t screens -x 80 -y 24
expect "and the list comes back" "Enter open"
press i "$work/mes" Tab
expect "Tab completes the name of the file" "messy survey.csv"
press Enter
expect "what fits its headings best comes first" "   devices        "
press Enter
expect "a heading that nobody knows is said so" "NOT KNOWN"
press Enter
expect "Enter asks where it goes" "Where does 'Lens colour' go?"
press 'keep in' Enter
expect "it is kept in the notes" "Nothing is imported yet"
press F2
expect "the preview adds up" "3  rows in the file"
press Down Down Down Enter
expect "the refused row says why" "31/02/2021"
press Escape
expect "Esc goes back" "3  rows in the file"
press a
expect "the import says what it did" "2 new, 0 changed, 0 same, 1 refused"
press Enter
expect "and stands on its file in Sources" "Sources]"
press Enter
expect "which opens its refused rows" "[Refused rows]"
press Enter
expect "a refused row opens to be mended" "mend it and press F2"
press C-u 28/02/2021 F2
expect "F2 imports the mended row" "Mended row 2"
press Escape U
expect "U on the file asks to undo its import" "Imported 2 devices from messy survey.csv"
press y
expect "and undoes it" "Undo entry"
press q
expect "q leaves" "left with 0"
expect "and the terminal is as it was" "icanon"
"$terrier" -r "$work/demo.terrier" check > /dev/null 2>&1 || { echo "not ok $((step + 1)) - the register is not sound"; exit 1; }
echo "ok $((step + 1)) - the register is sound"
exit $failed
