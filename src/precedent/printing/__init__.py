"""Paper and pictures: typst sets and draws them, with the fonts that lie in this package and no other."""
