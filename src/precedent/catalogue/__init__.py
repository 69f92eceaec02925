"""Entries: what was tried, for whom, and what came of it.

An entry's story is one document; every published state of it is kept. How entries are searched, shown or carried
away does not belong here.
"""
