"""What an edition of the framework does to entries and calls, decided and put in force in one step."""
