"""`python -m macros`: hands over to the command line."""

import gc
import sys

from .commands.cli import main

gc.disable()  # one short run, which makes no garbage to speak of
sys.exit(main())
