"""The surfaces: command line and chat page, thin skins over the assistant."""
