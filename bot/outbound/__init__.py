"""What leaves by other ways than Telegram: the dead-man's switch, the operators' second channel, the beacon."""

from bot.outbound.channels import BeaconAt, Heartbeat, PlainPost
from bot.outbound.http import Outbound

__all__ = ["BeaconAt", "Heartbeat", "Outbound", "PlainPost"]
