"""What watching found: entries of feeds as publications, matched by machine, decided by people."""
