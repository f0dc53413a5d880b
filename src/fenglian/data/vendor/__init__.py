"""Scripts of others, shipped unchanged; manifest.csv names version, licence and hash of each."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def echarts() -> str:
    """Return the charts library, the very file that the web pages load."""
    return (FOLDER / "echarts" / "echarts.min.js").read_text("utf-8")
