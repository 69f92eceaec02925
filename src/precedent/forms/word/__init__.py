"""The form as a Word file: written from the one definition of the form, and read back after anybody's editing.

`writing.write` makes it, `reading.read` takes it in; `layout` says what stands where, for both.
"""
