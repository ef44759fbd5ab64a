"""A key's IP whitelist at rest: boxed, since it tells where somebody's servers are."""

from bot.domain.connection import ConnectionId
from bot.domain.permissions import KeyReport
from bot.usecases.ports import CredentialVault

PURPOSE = "ip-list"


def box_ip_list(vault: CredentialVault, connection_id: ConnectionId, report: KeyReport) -> bytes | None:
    """The whitelist as it is stored; None where the exchange does not list it."""
    if report.ip_list is None:
        return None
    return vault.box(PURPOSE, " ".join(report.ip_list).encode(), connection_id.encode())


def unbox_ip_list(vault: CredentialVault, connection_id: ConnectionId, sealed: bytes | None) -> tuple[str, ...] | None:
    """The whitelist, for one look."""
    if sealed is None:
        return None
    return tuple(vault.unbox(PURPOSE, sealed, connection_id.encode()).decode().split())
