import sys

from testrun.cli import main

sys.exit(main())
