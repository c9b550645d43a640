"""Fuzzing of the header, record and list parsers, with planted bugs that prove that it finds some."""
