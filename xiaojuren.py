"""What programs import, and what ``python -m xiaojuren`` runs."""

from assistant import open_assistant
from assistant.assistant import Assistant
from ui.cli import main

__all__ = ["Assistant", "main", "open_assistant"]

if __name__ == "__main__":
    main()
