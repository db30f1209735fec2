"""Hostile defaults for every test."""
