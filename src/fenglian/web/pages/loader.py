"""Templates, compiled once for each language: what is the same on every page is text by then."""

from django.template import Origin, TemplateDoesNotExist
from django.template.base import Template
from django.template.loaders import cached
from django.urls import get_script_prefix
from django.utils.translation import get_language

from fenglian.web.pages.compiling import Page


class Loader(cached.Loader):
    """Django's cache of compiled templates, one compilation a language and place of mounting."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """Return under what a compiled template is kept: ``constants`` has put words into it."""
        name = super().cache_key(template_name, skip)
        return f"{get_language()} {get_script_prefix()} {name}"

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return a compiled template."""
        key = self.cache_key(template_name, skip)
        found = self.get_template_cache.get(key)
        if found is None:
            found = self.get_template_cache[key] = self._compile(template_name, skip or [])
        return found

    def _compile(self, template_name: str, skip: list[Origin]) -> Template:
        past = set(map(str, skip))
        for origin in self.get_template_sources(template_name):
            if str(origin) in past:
                continue
            try:
                contents = str(self.get_contents(origin))
            except TemplateDoesNotExist:
                continue
            return Page(contents, origin, str(origin.template_name), self.engine)
        raise TemplateDoesNotExist(template_name)
