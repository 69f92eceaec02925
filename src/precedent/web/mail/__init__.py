"""The mails in the data folder, for whoever runs the service on their own machine."""
