-- What the import is measured against: the columns of devices.csv with the types and checks that they have in
-- the register, but for a blank cell, which the shell imports as '' and not as NULL.  tools/bench/run puts the
-- register's own indexes behind the import.
CREATE TABLE device (
	tag TEXT NOT NULL COLLATE NOCASE,
	site TEXT NOT NULL,
	place TEXT,
	kind TEXT NOT NULL,
	make TEXT,
	model TEXT,
	serial TEXT,
	mac TEXT,
	ip TEXT,
	firmware TEXT,
	network TEXT NOT NULL,
	installed_on TEXT CHECK (installed_on = '' OR installed_on =
		substr(date(substr(installed_on || '-01-01', 1, 10), '+0 days'), 1, length(installed_on))),
	removed_on TEXT CHECK (removed_on = '' OR removed_on = date(removed_on, '+0 days')),
	contract TEXT,
	notes TEXT
) STRICT;
