"""One verb per file. What they need from the world is in ``ports.py``; who provides it is decided in ``bot.app``."""
