"""Makes the sample experiment: a small, seeded copy of what a diffractometer leaves on disk.

Read `recipe` first (what is made), then `peaks` (where the physics puts the counts), `frames` (how counts
become noisy images), `produce` (how images become files) and `truth` (what is remembered about them).
`docs/sample-experiment.md` states the model, its formulae and their sources.
"""
