"""What leaves by other ways than Telegram: the dead-man's switch and the operators' second channel."""

from bot.outbound.channels import Heartbeat, PlainPost
from bot.outbound.http import Outbound

__all__ = ["Heartbeat", "Outbound", "PlainPost"]
