"""Every body: issuers, units, press agencies, communes; with aliases, parents and validity."""
