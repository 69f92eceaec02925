"""The guiding framework by which experience is gathered, and the vocabularies along which it is classified.

What an entry says about them does not belong here: entries carry codes, and codes are for ever.
"""
