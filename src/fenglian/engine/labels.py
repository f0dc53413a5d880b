"""Words that the engine shows: data in both languages, not gettext."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One wording in Simplified Chinese and in English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """Return the Chinese wording for ``zh…``, the English one otherwise."""
        return self.zh if language.startswith("zh") else self.en
