"""What of a defect may be written down: where it happened and of which kind, never its message: it may hold a name."""

import traceback


def tell_defect(error: BaseException) -> str:
    """Return the lines of program code that led to an error and to the errors behind it, the first cause first."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = tell_defect(behind) if behind is not None and behind is not error else ""
    kind = type(error)
    return f"{before}{''.join(traceback.format_tb(error.__traceback__))}{kind.__module__}.{kind.__qualname__}\n"
