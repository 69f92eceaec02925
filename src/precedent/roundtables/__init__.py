"""Related roundtables of the Forum: what also belongs to one, and what there is to hand over to it."""
