"""Pages: sessions, rendering, words, faults, security; what every view stands on."""
