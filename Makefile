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

packages = ncursesw sqlite3 xlsxwriter
standard = -std=c17 -D_POSIX_C_SOURCE=200809L
warnings = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wformat=2 \
           -Wundef -Wvla -Wwrite-strings -Wcast-qual -Wimplicit-fallthrough \
           -Wno-missing-field-initializers
hardening = $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
            -fstack-clash-protection -fPIE)
hardening_link = $(if $(SANITIZE),,-pie -Wl,-z,relro,-z,now,-z,noexecstack)
sanitize = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
compile  = $(CC) -I. -DVERSION='"$(VERSION)"' $(shell pkg-config --cflags-only-I $(packages)) \
           $(CPPFLAGS) $(standard) $(warnings) $(WERROR) $(CFLAGS) $(hardening) $(sanitize)
link     = $(CC) $(CFLAGS) $(sanitize) $(hardening_link) $(LDFLAGS)
libs     = -lcsv $(shell pkg-config --libs $(packages)) -lz $(LDLIBS)

objects  = $(patsubst %.c,$(BUILD)/%.o,$(1))
library  = $(call objects,$(sort $(wildcard core/*.c db/*.c import/*.c export/*.c commands/*.c)))
screens  = $(call objects,$(filter-out tui/screen_curses.c,$(sort $(wildcard tui/*.c))))
program  = $(call objects,main.c $(sort $(wildcard cli/*.c tui/*.c))) $(library)

all: $(BUILD)/terrier	## the program and its manual

$(BUILD)/terrier: $(program)
	$(link) $^ $(libs) -o $@

$(BUILD)/%.o: %.c Makefile VERSION
	@mkdir -p $(@D)
	$(compile) -MMD -MP -c $< -o $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: all
