"""Who is measured, with which settings. One file each, with a function that mounts what the server has.

Such a function takes the bench and a new folder for all state, and is a context manager that gives the mounted folder.
"""
