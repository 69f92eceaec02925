"""Tables of entries, one a row: text (.csv) and workbooks (.xlsx), written and read back as the same drafts.

`columns` says what stands where, `cells` how it is written; `texts` and `workbooks` read, `packed` looks first.
"""

from precedent.forms.sheets.template import write_xlsx
from precedent.forms.sheets.writing import write_csv

__all__ = ["write_csv", "write_xlsx"]
