"""The views of the page, a module each; ``build`` draws one and connects it."""
