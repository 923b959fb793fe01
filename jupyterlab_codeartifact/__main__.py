"""`python -m jupyterlab_codeartifact` is `jupyter codeartifact`, where the scripts folder is not on PATH."""

import sys

from .command import main

sys.exit(main())
