"""Where a conversation can stand: one group of states for each dialog.

The names are kept in the store with every open conversation: renaming one sends whoever stands there back home.
What a dialog is started with is said in its docstring; other dialogs start it with that and know nothing else of it.
"""

from aiogram.fsm.state import State, StatesGroup


class Home(StatesGroup):
    """All connections of a person. Started with nothing."""

    connections = State()


class Card(StatesGroup):
    """One connection. Started with ``{"connection": id}``."""

    shown = State()


class Rename(StatesGroup):
    """A new label for a connection. Started with ``{"connection": id}``."""

    asked = State()


class History(StatesGroup):
    """What became of a connection, in a picture. Started with ``{"connection": id}``."""

    shown = State()


class AlertSettings(StatesGroup):
    """What one hears of a connection, and when. Started with ``{"connection": id}``."""

    shown = State()
    mute = State()
    least = State()


class ChatAlerts(StatesGroup):
    """What one hears of everything, and when. Started with nothing, or with ``{"back": True}`` from another dialog."""

    shown = State()
    least = State()
    quiet_from = State()
    quiet_to = State()
    zone = State()


class Sharing(StatesGroup):
    """Who hears of a connection, for its owner. Started with ``{"connection": id}``."""

    shown = State()
    role = State()
    picking = State()
    later = State()


class Subscribed(StatesGroup):
    """Somebody else's connection, as one hears of it. Started with ``{"connection": id}``."""

    shown = State()
    mute = State()
    least = State()
    leaving = State()


class Disconnect(StatesGroup):
    """The end of a connection, asked for once. Started with ``{"connection": id}``."""

    asked = State()
    done = State()


class Maintenance(StatesGroup):
    """When a chat hears only of what must be mended. Started with nothing."""

    shown = State()
    what = State()
    when = State()
    day = State()
    typing = State()
    length = State()


class Digest(StatesGroup):
    """Whether one wants a digest, and when. Started with nothing."""

    shown = State()


class Language(StatesGroup):
    """The language the bot speaks. Started with nothing."""

    choice = State()


class Guide(StatesGroup):
    """How to create a key, outside of the wizard. Started with nothing or with ``choosing.search_kept(...)``."""

    exchange = State()
    shown = State()


class Connect(StatesGroup):
    """A new connection. Started with nothing."""

    exchange = State()
    market = State()
    environment = State()
    purpose = State()
    guide = State()
    key = State()
    label = State()
    checking = State()
    refused = State()
    vouch = State()
    connected = State()
    stopped = State()


class Rotate(StatesGroup):
    """A new key for a connection. Started with ``{"connection": id}``."""

    guide = State()
    key = State()
    checking = State()
    refused = State()
    vouch = State()
    rotated = State()
    stopped = State()
