"""Mail and inbox: what people are told, when, and why."""
