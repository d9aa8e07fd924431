"""Writing in the view, against bindfs on the same disk. docs/benchmarks.md explains the rows."""
import sys

from writebench.cli import main

sys.exit(main())
