"""How people, tests and the page act in the sandbox, and what they see."""
