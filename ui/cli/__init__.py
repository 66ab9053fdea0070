"""The command line: ``main`` is what ``xiaojuren`` runs."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    # Imported here, so that the package's other modules do not import all commands.
    from ui.cli.app import main as run

    run()
