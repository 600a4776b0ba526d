#!/bin/sh
# Whatever a register holds comes back as it was: every field of everything that files can bring, with awkward values, exported as
# CSV and as a workbook and imported into an empty register.  The fields are those that `terrier help fields` names, so
# that a new one is tested by itself.

cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
folder=$(mktemp -d "${TMPDIR:-/tmp}/terrier-roundtrip.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
PATH=$BUILD:$PATH
TERRIER_NOW=2026-11-21 TERRIER_WHO="Ada Clerk" TERRIER_LAPTOP=0badcafe-0000-4000-8000-000000000001
LC_ALL=C.UTF-8 COLUMNS=80
export PATH TERRIER_NOW TERRIER_WHO TERRIER_LAPTOP LC_ALL COLUMNS
cd "$folder" || exit 1
number=0 failed=0
# A record can only name one that is there before.
entities="organisations sites manufacturers manufacturer_names model_prefixes mac_prefixes contracts devices assessments deadlines"

# passes WORDS COMMAND...: the command succeeds
passes() {
	words=$1
	shift
	number=$((number + 1))
	if "$@" > said 2>&1; then
		echo "ok $number - $words"
	else
		failed=1
		echo "not ok $number - $words"
		head -n 40 said | sed 's/^/# /'
	fi
}

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

# fields ENTITY: a line for each field: name, title and what its values look like, with tabs between
fields() {
	terrier help fields "$1" | awk '
		function give() {
			if (line == "" || !match(line, /\([^()]*\)$/))
				return
			form = substr(line, RSTART + 1, RLENGTH - 2)
			name = line
			sub(/ .*/, "", name)
			title = line
			sub(/^[a-z_]+ +/, "", title)
			sub(/:.*/, "", title)
			print name "\t" title "\t" form
		}
		/^  [a-z]/ { give(); line = substr($0, 3); next }
		/^    / && line != "" { sub(/^ +/, " "); line = line $0 }
		END { give() }'
}

# file ENTITY HEADINGS: three records with a value in every field, as CSV headed by the names (1) or the titles (2) of the fields
file() {
	fields "$1" | awk -F '\t' -v entity="$1" -v headings="$2" '
		function quoted(words) {
			gsub(/"/, "\"\"", words)
			return "\"" words "\""
		}
		# The key of record n of another list, or of this one: nobody can name a record that comes later.
		function key_of(list, n) {
			if (list == "manufacturer")
				return "Näm\"e, & Co " n
			if (list == "mac_prefixe")
				return "3CEF8" n
			return list == "name" ? "=N\"am " n : "00" n "-é\"" list
		}
		function choice(form, n,    words, count) {
			count = split(form, words, ", ")
			return words[(n - 1) % count + 1]
		}
		function date(n) { return sprintf("20%02d-0%d-%02d", 9 + n, n, 10 + n) }
		function reference(name, n) {
			# A deadline is of a site, of a device or of an organisation.
			if (own == "deadline" && n != (name == "site" ? 1 : name == "device" ? 2 : 3))
				return ""
			if (name == "body")
				return key_of("organisation", n)
			if (name == "site" || name == "device" || name == "organisation" || name == "manufacturer")
				return key_of(name, n)
			return n > 1 ? key_of(own, n - 1) : ""
		}
		function value(name, form, n, first) {
			if (first)
				return key_of(own, n)
			if (form == "the key of a record")
				return reference(name, n)
			if (form == "letters and digits")
				return "000" n "'\''-12E5/é"
			if (form == "words")
				return "=1+" n "; \"" name "\", – ñ 日本 | 007"
			if (form == "words, several lines")
				return "'\''0" n "\n\n-line \"two\",\n\t@third of " name
			if (form == "1 to 12 digits")
				return "10002333695" n
			if (form ~ /^3C:/)
				return "3C:EF:8C:01:02:0" n
			if (form ~ /^192/)
				return n == 1 ? "2001:db8::1" : "192.0.2." n
			if (form ~ /^53\./)
				return "-" n ".35209220"
			if (form ~ /^1234\.50/)
				return n "234.50"
			if (form ~ /^42/)
				return 40 + n
			if (form ~ /2024-01 or 2024/)
				return n == 1 ? "2019" : n == 2 ? "2019-03" : date(n)
			if (form ~ /^2024-01-31/)
				return date(n)
			return choice(form, n)
		}
		{ name[NR] = $1; title[NR] = $2; form[NR] = $3 }
		END {
			own = entity
			sub(/s$/, "", own)
			if (own == "manufacturer_name")
				own = "name"
			for (i = 1; i <= NR; i++)
				printf "%s%s", (i > 1 ? "," : ""), quoted(headings == 1 ? name[i] : title[i])
			printf "\r\n"
			for (n = 1; n <= 3; n++) {
				for (i = 1; i <= NR; i++)
					printf "%s%s", (i > 1 ? "," : ""), quoted(value(name[i], form[i], n, i == 1))
				printf "\r\n"
			}
		}'
}

# into REGISTER ENDING FOLDER: imports the files of the folder into a register that has nothing of them
into() {
	passes "an empty register $1" terrier -r "$1" init
	for entity in $entities; do
		passes "$3/$entity.$2 is imported whole" terrier -r "$1" import "$3/$entity.$2" --as "$entity"
	done
}

# out REGISTER ENDING FOLDER: exports everything, in the order of the first field: records that are numbered get the same numbers
out() {
	mkdir -p "$3"
	for entity in $entities; do
		passes "$entity are written to $3/$entity.$2" terrier -r "$1" export "$entity" --columns all \
			--sort "$(fields "$entity" | head -n 1 | cut -f 1)" -o "$3/$entity.$2"
	done
}

# same FOLDER: its files of CSV are those that the first register gave
same() {
	for entity in $entities; do
		passes "$1/$entity.csv has the same bytes" cmp "first/$entity.csv" "$1/$entity.csv"
	done
}

mkdir made titled
for entity in $entities; do
	file "$entity" 1 > "made/$entity.csv"
	file "$entity" 2 > "titled/$entity.csv"
done
into first.terrier csv made
out first.terrier csv first

# Everything that was made is there: no value of a stored field was lost on the way in.
for entity in $entities; do
	says "0 new, 0 changed, 3 same, 0 refused" terrier -r first.terrier import "made/$entity.csv" --as "$entity" --again
done

into second.terrier csv first
out second.terrier csv second
same second
for entity in $entities; do
	says " 0 new, 0 changed, .* same, 0 refused" terrier -r first.terrier import "first/$entity.csv" --as "$entity"
done

out first.terrier xlsx books
into third.terrier xlsx books
out third.terrier csv third
same third
for entity in $entities; do
	says " 0 new, 0 changed, .* same, 0 refused" terrier -r first.terrier import "books/$entity.xlsx" --as "$entity"
done

into fourth.terrier csv titled
out fourth.terrier csv fourth
same fourth

# A template has every field that can be filled, by its title, and is known as it is.
mkdir forms
for entity in $entities; do
	passes "a form for $entity" terrier import --template "$entity" -o "forms/$entity.csv"
	passes "a form for $entity" terrier import --template "$entity" -o "forms/$entity.xlsx"
	says " 0 rows" terrier -r first.terrier import "forms/$entity.csv" --as "$entity" --dry-run
	says " 0 rows" terrier -r first.terrier import "forms/$entity.xlsx" --as "$entity" --dry-run
done

echo "1..$number"
exit $failed
