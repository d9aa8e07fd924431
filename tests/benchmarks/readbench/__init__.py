"""Measures reading through the mount against its peers: cold over a simulated link, and warm from the cache."""
