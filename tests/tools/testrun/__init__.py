"""Runs every test project, each in a process tree of its own, and counts from their reports what became of the tests."""
