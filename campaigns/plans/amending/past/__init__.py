"""The versions that a plan has had."""
