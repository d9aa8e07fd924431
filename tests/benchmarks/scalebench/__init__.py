"""A view of very many files: what the daemon takes in memory and time. docs/benchmarks.md explains the rows."""
