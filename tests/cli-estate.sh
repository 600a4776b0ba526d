# A small register for the cases of tests/cli: four sites of two organisations, seven devices.
terrier init
terrier import "$DATA/small/sites.csv" --as sites --create organisation --yes
terrier import "$DATA/small/devices.csv" --as devices --yes
