"""Who acts: persons, the product itself, and what each may do."""
