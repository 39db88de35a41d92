"""The version of this program, as other machines are told it."""

VERSION = "0.1.0"
