"""Calls for examples: what is sought where little is known, from whom, until when, and what it brought."""
