"""The form as data, drawn from the entry's declared fields, and the shapes it takes: draft, Word, CSV, workbook.

Nothing is stored here; `submissions` keeps what people send.
"""
