"""The command line: ``main`` is what ``xiaojuren`` runs."""

from __future__ import annotations

import gc

from index.store.collector import collector_paused


def main() -> None:
    """Run the command line."""
    with collector_paused():
        # Imported here, so that the package's other modules do not import all commands.
        from ui.cli.app import main as run

        gc.freeze()
    run()
