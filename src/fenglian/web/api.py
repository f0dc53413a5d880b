"""The API of the house, version 1: each app's router, strict JSON, and a page that explains it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from fenglian.web.access.api import router as access
from fenglian.web.access.gate import ByKey, SignedIn
from fenglian.web.accounts.api import router as accounts
from fenglian.web.advice.api import router as advice
from fenglian.web.alliance.api import router as alliance
from fenglian.web.alliance.application_api import router as applications
from fenglian.web.alliance.calling_api import router as calling
from fenglian.web.alliance.governance_api import router as governance
from fenglian.web.alliance.keeping_api import router as keeping
from fenglian.web.alliance.sheet_api import router as sheets
from fenglian.web.alliance.work_api import router as work
from fenglian.web.analysis.api import router as analysis
from fenglian.web.analysis.drill_api import router as drills
from fenglian.web.audit.api import router as audit
from fenglian.web.chain.api import router as chain
from fenglian.web.contracts.api import router as contracts
from fenglian.web.contracts.need_api import router as needs
from fenglian.web.intake.api import router as intake
from fenglian.web.overview.api import router as overview
from fenglian.web.problems import answer_problems
from fenglian.web.registry.api import router as registry
from fenglian.web.registry.unit_api import router as units

DEEPEST = 32  # levels of a JSON body
_SURROGATE = re.compile("[\ud800-\udfff]")


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no name twice, no half characters, no bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        text = request.body.decode("utf-8")
        _check_depth(text)
        body: dict[str, Any] = json.loads(
            text, object_pairs_hook=_refuse_twins, parse_constant=_refuse_constant
        )
        _check_characters(body)
        return body


def _check_characters(part: Any) -> None:
    """Raise at half a surrogate pair: JSON can escape it, and no text or database can hold it."""
    if isinstance(part, str):
        if _SURROGATE.search(part):
            raise ValueError("half a surrogate pair, such as \\ud800, is no character")
    elif isinstance(part, list):
        for each in part:
            _check_characters(each)
    elif isinstance(part, dict):
        for name, each in part.items():
            _check_characters(name)
            _check_characters(each)


def _check_depth(text: str) -> None:
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
        if deepest > DEEPEST:
            raise ValueError(f"nested deeper than {DEEPEST} levels")


def _refuse_twins(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for name, value in pairs:
        if name in body:
            raise ValueError(f"{name!r} stands twice in one object")
        body[name] = value
    return body


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


class HouseAPI(NinjaAPI):
    """The API, which is described once: what it offers is fixed when the house is open."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return _describe(self, path_prefix or self.get_root_path(path_params or {}))


@cache
def _describe(house: HouseAPI, path_prefix: str) -> OpenAPISchema:
    return NinjaAPI.get_openapi_schema(house, path_prefix=path_prefix)


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint as the page explains it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    body: str
    answers: list[tuple[str, str]]


class HousePage(DocsBase):
    """The schema as a page of our own: no script, nothing from outside."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        context = {
            "info": schema["info"],
            "schema_url": self.get_openapi_url(api, kwargs),
            "operations": list(_operations(schema)),
            "shapes": _shapes(schema),
        }
        return render(request, "web/api.html", context)


def _operations(schema: dict[str, Any]) -> Iterable[Operation]:
    for path, methods in schema["paths"].items():
        for method, each in methods.items():
            yield Operation(
                id=each["operationId"],
                method=method.upper(),
                path=path,
                summary=each["summary"],
                description=each.get("description", ""),
                parameters=[
                    {**parameter, "type": _type(parameter["schema"])}
                    for parameter in each["parameters"]
                ],
                body=_content(each.get("requestBody", {})),
                answers=[
                    (str(code), _content(answer)) for code, answer in each["responses"].items()
                ],
            )


def _content(part: dict[str, Any]) -> str:
    """Return media type and shape of a body, such as ``application/json TextIn``."""
    return ", ".join(
        f"{media} {_type(content['schema'])}" for media, content in part.get("content", {}).items()
    )


def _type(schema: dict[str, Any]) -> str:
    """Return a schema in one word: ``string``, ``StatementOut``, ``StatementOut[]``, ``a | b``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(map(repr, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "properties" in schema:
        fields = (f"{name}: {_type(each)}" for name, each in schema["properties"].items())
        return f"{{{', '.join(fields)}}}"
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("type") or schema.get("title", "object"))


def _shapes(schema: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            name,
            each.get("description", ""),
            [(field, _type(value)) for field, value in each.get("properties", {}).items()],
        )
        for name, each in sorted(schema["components"]["schemas"].items())
    ]


api = HouseAPI(
    title="Fenglian",
    version="1",
    description="Documents, what they state, and what people decided about it.",
    docs=HousePage(),
    docs_url="/docs",
    parser=StrictParser(),
    urls_namespace="api-1",
    auth=[SignedIn(), ByKey()],
)
api.add_router("/accounts", accounts)
api.add_router("/audit", audit)
api.add_router("/access", access)
api.add_router("/intake", intake)
api.add_router("/registry", registry)
api.add_router("/registry/units", units)
api.add_router("/alliance", alliance)
api.add_router("/alliance", governance)
api.add_router("/alliance", work)
api.add_router("/alliance", applications)
api.add_router("/alliance", calling)
api.add_router("/alliance", keeping)
api.add_router("/alliance", sheets)
api.add_router("/contracts", contracts)
api.add_router("/contracts/needs", needs)
api.add_router("/chain", chain)
api.add_router("/analysis", drills)
api.add_router("/analysis", analysis)
api.add_router("/advice", advice)
api.add_router("/overview", overview)
answer_problems(api)
