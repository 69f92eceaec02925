"""The chain of events: who did what, when, to what, why. Nobody edits the trail."""
