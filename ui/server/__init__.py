"""What serves the page: the server, who may use it, and what it lets users change."""
