"""The one line that an operator reads when sealing or opening was refused: what it means, not where it happened."""

from hrdplatform.sealing.errors import MalformedError, SealingError, TamperedError, TooCostlyError, WrongKeyError


def refusal(error: SealingError | OSError) -> str:
    """The line for `error`."""
    if isinstance(error, OSError):
        return f"Cannot read or write {error.filename or 'the stream'}: {error.strerror or error}."
    return f"{_meaning(error)} ({error})"


def _meaning(error: SealingError) -> str:
    if isinstance(error, WrongKeyError):
        return "Refused: this key or passphrase does not open the file."
    if isinstance(error, TamperedError):
        return "Refused: the file was changed or cut short since it was sealed."
    if isinstance(error, TooCostlyError):
        return "Refused: opening the file would take more memory than is allowed."
    if isinstance(error, MalformedError):
        return "Refused: not an age file, recipient or identity."
    return "Refused."
