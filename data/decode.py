"""Finds the encoding of a text file and decodes it."""


def decode(content: bytes) -> tuple[str, str, bool]:
    """Return the text, its encoding and whether it was read whole.

    UTF-16 or UTF-8 by their marks, UTF-8, else Windows-1252; what does not decode becomes U+FFFD.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16", True
    try:
        return content.decode("utf-8-sig"), "utf-8-sig", True
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        return text, "cp1252", "\ufffd" not in text
