"""`python -m macros`: hands over to the command line."""

import gc
import os
import sys

gc.disable()  # one short run, which makes no garbage to speak of, and much that stays
from .commands.cli import main  # noqa: E402

status = main()
try:
    sys.stdout.flush()
except OSError:  # it has been said, and Python is not to say it again in its own way
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
sys.exit(status)
