"""Signing in, and what people see to in their accounts. The library for accounts knows the templates by name."""
