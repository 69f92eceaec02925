"""Countries and regions: names, and to which region and group of countries each belongs."""
