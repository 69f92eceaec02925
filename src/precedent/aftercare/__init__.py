"""Published entries are kept true: owners are asked, confirm by a link, and are told what becomes of them."""
