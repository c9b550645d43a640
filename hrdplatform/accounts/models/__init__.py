"""The nouns of accounts."""

from hrdplatform.accounts.models.user import User  # isort: skip - the models below point to it
from hrdplatform.accounts.models.attempts import FactorAttempts
from hrdplatform.accounts.models.backup import BackupCode, BackupSheet
from hrdplatform.accounts.models.passkey import Passkey, PasskeyChallenge
from hrdplatform.accounts.models.reset import ResetRequest
from hrdplatform.accounts.models.session import Session
from hrdplatform.accounts.models.totp import TotpDevice

__all__ = [
    "BackupCode",
    "BackupSheet",
    "FactorAttempts",
    "Passkey",
    "PasskeyChallenge",
    "ResetRequest",
    "Session",
    "TotpDevice",
    "User",
]
