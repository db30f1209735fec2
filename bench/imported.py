"""The command `ensemblier import file` in a process of its own; its last line is its peak of memory, in MB."""

import sys

from bench.imports_peak import peak
from ensemblier.cli.main import app

if __name__ == "__main__":
    try:
        app(["import", "file", *sys.argv[1:]], standalone_mode=False)
    finally:
        print(peak())
