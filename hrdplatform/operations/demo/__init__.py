"""The demo content: invented organisations, people, pages, teams and sealed requests, one file for each room.

Its keys are derived from seeds that everybody knows, so it protects nothing; production refuses it.
"""
