"""Which colour is a token on paper? The light theme of the web pages, as a table."""

from collections.abc import Mapping

# Same names and values as the light theme of the web pages; a test compares the two.
TOKENS: Mapping[str, str] = {
    "surface": "#ffffff",
    "surface-2": "#edf1f4",
    "ink": "#17212b",
    "ink-2": "#404d5a",
    "ink-3": "#586572",
    "line": "#dce2e7",
    "line-2": "#b6c0c9",
    "accent": "#15588a",
    "accent-strong": "#0e4168",
    "met": "#15588a",
    "short": "#8f4b06",
    "gap": "#a52a20",
    "good": "#0d6a5d",
    "unknown": "#586572",
    "hatch": "#98a5b1",
    "hatch-bg": "#f4f6f8",
    "d1": "#1f6aa5",
    "d2": "#e08a1e",
    "d3": "#24a887",
    "d4": "#b8392c",
    "d5": "#93c6e8",
    "d6": "#955075",
    "d7": "#f0cf7a",
    "d8": "#31393f",
    "seq-1": "#dbe9f4",
    "seq-2": "#a9cbe5",
    "seq-3": "#6ba4cf",
    "seq-4": "#2f76ae",
    "seq-5": "#0e4168",
    "band": "#bcd6ea",
}


def paint(option: object) -> object:
    """Return the option with each ``var(--token)`` replaced by its colour."""
    if isinstance(option, dict):
        return {key: paint(value) for key, value in option.items()}
    if isinstance(option, list):
        return [paint(value) for value in option]
    if isinstance(option, str) and option.startswith("var(--"):
        return TOKENS[option[6:-1]]
    return option
