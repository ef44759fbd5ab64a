"""Latchkey: connects exchange accounts by API key, from a phone chat, and guards them.

Read ``domain`` (the rules), then ``usecases`` (the verbs), then ``app.py`` (how they meet).
"""

__version__ = "0.1.0"
