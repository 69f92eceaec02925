"""The `precedent` command: its verbs parse what was typed, ask the rooms below, and show what they said."""
