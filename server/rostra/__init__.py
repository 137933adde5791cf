"""Rostra: a shared list of speakers for meetings that follow rules of procedure."""

__version__ = "0.1.0"
