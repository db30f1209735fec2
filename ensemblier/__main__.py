"""`python -m ensemblier` is the command `ensemblier`."""

from ensemblier.cli.main import main

if __name__ == "__main__":
    main()
