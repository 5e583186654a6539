"""The Python client of Tickmesh: the native dialect (docs/protocol.md) with reconnect, resume and failover."""

from .client import Tickmesh
from .component import Component
from .subscription import Subscription

__all__ = ["Component", "Subscription", "Tickmesh"]
