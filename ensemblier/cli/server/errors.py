"""Why the local server cannot do what was asked: sentences for the person at the terminal."""

from ensemblier.kernel.errors import SourceUnavailable


class ServerProblem(SourceUnavailable):
    """The local database or the web server cannot start; the message says what to do."""
