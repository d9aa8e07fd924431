"""Measures writing in the view against another FUSE file system over the same disk; docs/benchmarks.md explains the rows."""
