"""Precedent, the policy and practice database."""

__version__ = "0.1.0"
