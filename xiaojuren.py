"""What programs import, and what ``python -m xiaojuren`` runs."""

from assistant import Assistant, open_assistant
from ui.cli import main

__all__ = ["Assistant", "main", "open_assistant"]

if __name__ == "__main__":
    main()
