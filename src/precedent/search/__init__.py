"""Asking across entries: one request, parsed once, put to one engine, so that counts and lists never disagree.

The index is derived from the catalogue and can be thrown away at any time. What a page looks like does not belong
here.
"""
