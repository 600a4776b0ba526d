# Build, test and install terrier.  `make help` lists what can be made.

VERSION  ?= $(shell cat VERSION)
PREFIX   ?= /usr/local
BINDIR   ?= $(PREFIX)/bin
MANDIR   ?= $(PREFIX)/share/man
CC       ?= cc
CFLAGS   ?= -O2 -g
WERROR   ?=
SANITIZE ?=
comma    := ,
BUILD    ?= build$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))

# As many jobs as processors, unless the caller said how many.
parallel = $(if $(findstring jobserver,$(MAKEFLAGS))$(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))

packages  = ncursesw sqlite3 xlsxwriter expat minizip
includes := $(shell pkg-config --cflags-only-I $(packages) 2>/dev/null)
linked   := $(shell pkg-config --libs $(packages) 2>/dev/null)
standard  = -std=c17 -D_POSIX_C_SOURCE=200809L
warnings  = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wformat=2 \
            -Wundef -Wvla -Wwrite-strings -Wcast-qual -Wimplicit-fallthrough \
            -Wno-missing-field-initializers
# Fortified only when optimised: without -O glibc warns that it cannot.
fortify   = $(if $(filter -O0,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
hardening = $(if $(SANITIZE),,$(fortify) -fstack-protector-strong -fstack-clash-protection -fPIE)
hardening_link = $(if $(SANITIZE),,-pie -Wl,-z,relro,-z,now,-z,noexecstack)
sanitize  = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
compile   = $(CC) -I. -DVERSION='"$(VERSION)"' $(includes) $(CPPFLAGS) $(standard) $(warnings) \
            $(WERROR) $(CFLAGS) $(hardening) $(sanitize)
link      = $(CC) $(CFLAGS) $(sanitize) $(hardening_link) $(LDFLAGS)
libs      = -lcsv $(linked) -lz -lm $(LDLIBS)

# What is done is said in a few words; make V=1 shows the commands.
show      = $(if $(V),,@echo '  $(1)';)

sources   = $(sort $(wildcard $(addsuffix /*.c,$(1))))
objects   = $(patsubst %.c,$(BUILD)/%.o,$(1))
library   = $(call objects,$(call sources,core db import export commands))
cli       = $(call objects,$(call sources,cli))
screens   = $(call objects,$(filter-out tui/screen_curses.c,$(call sources,tui)))
curses    = $(BUILD)/tui/screen_curses.o
program   = $(BUILD)/main.o $(cli) $(screens) $(curses) $(library)
headers   = $(wildcard core/*.h db/*.h import/*.h export/*.h commands/*.h cli/*.h tui/*.h)
manuals   = $(patsubst man/%.in,$(BUILD)/%,$(wildcard man/*.in))
tests     = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
tools     = $(patsubst %.c,$(BUILD)/%,$(wildcard tools/*.c))
benches   = $(patsubst %.c,$(BUILD)/%,$(wildcard tools/bench/*.c))
fuzzers   = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

# The runner of the tests sets BUILT: what they need was made before, perhaps with other options.
checks    = check-layers check-banned check-size check-style check-headers check-globals check-manual
# What looks at the sources, not at the program, need not be done again with the sanitizers.
suites    = $(notdir $(tests)) cli $(notdir $(wildcard tests/*.sh)) $(checks)
suites   := $(if $(SANITIZE),$(filter-out check-% add-field.sh,$(suites)),$(suites))

all: $(BUILD)/terrier $(manuals)	## the program and its manual

demo: setup	## a made-up estate to look at: installs what is missing, builds, opens the screens
	@$(MAKE) --no-print-directory $(parallel) all
	@tools/demo $(BUILD)

check: setup	## every test, after installing what is missing; ends with "N passed, N failed"
	@$(MAKE) --no-print-directory $(parallel) -k tested > $(BUILD)/make.log 2>&1 || touch $(BUILD)/broken; \
	BUILD=$(BUILD) MAKE='$(MAKE)' tests/run $(suites)

setup:
	@mkdir -p $(BUILD) && rm -f $(BUILD)/broken
	@tools/setup $(if $(filter demo,$(MAKECMDGOALS)),build,test)

tested: all $(tests) $(tools)

$(BUILD)/terrier: $(program)
	$(call show,link $@)$(link) $^ $(libs) -o $@

$(BUILD)/tools/%: $(BUILD)/tools/%.o $(library)
	$(call show,link $@)$(link) $^ $(libs) -o $@

# The keys of the screens are in the manual too.
$(BUILD)/tools/manual: $(screens) $(curses)

$(BUILD)/%.1: man/%.1.in $(BUILD)/tools/manual
	$(call show,write $@)$(BUILD)/tools/manual $< > $@

$(BUILD)/%.5: man/%.5.in $(BUILD)/tools/manual
	$(call show,write $@)$(BUILD)/tools/manual $< > $@

$(BUILD)/%.7: man/%.7.in $(BUILD)/tools/manual
	$(call show,write $@)$(BUILD)/tools/manual $< > $@

# Most tests need the library alone; these need more of the program.
$(BUILD)/tests/test_cli: $(cli)
$(BUILD)/tests/test_screens $(BUILD)/tests/test_widgets $(BUILD)/tests/test_boards $(BUILD)/tests/test_import_screens: $(BUILD)/tests/screen_memory.o $(BUILD)/tests/screen_register.o $(screens)
$(BUILD)/tests/test_curses: $(curses) $(screens)
$(addprefix $(BUILD)/tests/test_,due_table past_values shortcut maker_load contract met met_by_records pace past story store copy undo quantity schema entity filter filter_property query history commands refusal question import_property rules rules_sites finding match match_property match_stopped match_later replay standing remember standing_touched locked gather parent deadline doors removal report): $(BUILD)/tests/support.o
$(tests): %: %.o $(library)
	$(call show,link $@)$(link) $^ -lcmocka $(libs) -o $@

# Objects are made again when the compiler or its options change.
$(BUILD)/options: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(compile))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(compile))' > $@

$(BUILD)/%.o: %.c $(BUILD)/options
	@mkdir -p $(@D)
	$(call show,cc $<)$(compile) -MMD -MP -c $< -o $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

check-layers:	## each folder includes only what it may
	@tools/check-layers

check-banned:	## no function that loses data, and no clock, terminal or database but in its one place
	@tools/check-banned

check-size:	## no function over 60 lines, no file over 500
	@tools/check-size

check-style:	## tabs, licence lines and the like
	@tools/check-style

check-headers:	## each header compiles alone
	@status=0; for header in $(headers); do \
		$(compile) -Wno-unused -fsyntax-only -x c $$header || status=1; \
	done; exit $$status

check-globals: $(if $(BUILT),,$(program))	## no variable that may change outside a struct
	@tools/check-globals $(program)

check-manual: $(if $(BUILT),,$(manuals))	## the manual has no mistakes
	@mandoc -Tlint -W warning $(manuals)

check-office: $(BUILD)/terrier	## the workbooks as LibreOffice prints them; leaves the pages as pictures
	@BUILD=$(BUILD) tests/workbook/office.sh

format-check:	## what clang-format would change in the new lines (it cannot align the tables)
	@git diff -U0 HEAD -- '*.c' '*.h' | clang-format-diff -p1

format:	## clang-format the lines that changed since the last commit
	@git diff -U0 HEAD -- '*.c' '*.h' | clang-format-diff -p1 -i

tidy:	## clang-tidy over the program
	clang-tidy --quiet $(call sources,core db import export commands cli tui) main.c -- -I. -DVERSION='"0"' $(includes) $(standard)

coverage:	## which lines the tests reach: gcov's figures for each file
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-coverage CFLAGS='-O0 -g --coverage' check || true
	@tools/coverage $(BUILD)-coverage

# What two threads touch at once shows when the import's tests run with SANITIZE=thread.
threads: $(addprefix $(BUILD)/tests/test_,csv reader import import_rules)
	@BUILT=1 BUILD=$(BUILD) tests/run $(notdir $^)

fuzz:	## each fuzzer for a minute; needs clang
	@$(MAKE) --no-print-directory CC=clang SANITIZE=address,undefined BUILD=build-fuzz \
		CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' fuzzed
fuzzed: $(fuzzers)
	@BUILD=$(BUILD) tests/fuzz/run $(fuzzers)
$(fuzzers): $(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(library)
	@mkdir -p $(@D)
	$(call show,link $@)$(link) -fsanitize=fuzzer $^ $(libs) -o $@

bench: all $(BUILD)/tools/generate $(benches)	## how fast it is on a million devices, each figure beside a bare one
	@BUILD=$(BUILD) tools/bench/run

mac-blocks:	## core/mac_blocks.def anew, from the registry of the IEEE (apt-get install ieee-data)
	tools/mac-blocks > core/mac_blocks.new && mv core/mac_blocks.new core/mac_blocks.def

install: all	## into $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7
	install -m 755 $(BUILD)/terrier $(DESTDIR)$(BINDIR)/terrier
	install -m 644 $(filter %.1,$(manuals)) $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(filter %.5,$(manuals)) $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(filter %.7,$(manuals)) $(DESTDIR)$(MANDIR)/man7

uninstall:	## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/terrier
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man1/,$(notdir $(filter %.1,$(manuals))))
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man5/,$(notdir $(filter %.5,$(manuals))))
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man7/,$(notdir $(filter %.7,$(manuals))))

dist:	## a source archive of the last commit
	git archive --prefix=terrier-$(VERSION)/ -o terrier-$(VERSION).tar.gz HEAD

clean:	## remove what was built
	rm -rf build build-*

help:	## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

always:

.PHONY: all demo check setup tested $(checks) check-office format-check format tidy coverage threads fuzz fuzzed bench \
        mac-blocks install uninstall dist clean help always
.SECONDARY:
