"""`python3 -m experiment`: the same as `scripts/make-experiment`."""

import sys

from experiment.cli import main

if __name__ == "__main__":
    sys.exit(main())
