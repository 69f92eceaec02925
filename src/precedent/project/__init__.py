"""The only place that knows everything: settings, database, server, addresses, the data folder."""
