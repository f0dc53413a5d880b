"""What must not stand in a log: addresses that are keys themselves."""

import logging
import re

KEYS = re.compile(r"(/fill/)[^/\s\"']+")


class HideKeys(logging.Filter):
    """Write a link's address without the part that opens it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEYS.sub(r"\1…", record.getMessage()), ()
        return True
