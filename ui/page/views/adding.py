"""Adding a list from the page: the part of the data view behind the password."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.engine import Engine
from index.checks import findings
from index.errors import XiaojurenError
from index.preview import Preview
from index.schema.columns import TableKind, load_schema
from index.schema.sidecar import IGNORE, OWN, Corrections, fields
from ui.errors import LockedError, UploadError
from ui.page.assets import script
from ui.page.html import render
from ui.server.jobs import Job
from ui.server.login import Gate
from ui.server.uploads import MAX_BYTES, UploadDesk, told

# Rows, tables and findings that a preview shows.
SHOWN = 20

Result = dict[str, Any]
_Key = Annotated[str, Field(max_length=100)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _UnlockRequest(_Request):
    # A secret string would take characters that cannot be encoded.
    password: Annotated[str, Field(max_length=500, repr=False)]


class _Keyed(_Request):
    key: _Key


class _TakeRequest(_Keyed):
    name: Annotated[str, Field(max_length=500)]
    content: str


class _CorrectRequest(_Keyed):
    corrections: Corrections


_R = TypeVar("_R", bound=_Request)


def build(engine: Callable[[], Engine]) -> None:
    """Draw the part; without a password it only says how to switch it on."""
    settings = engine().settings
    if settings.admin_password is None:
        gr.HTML(render("adding_off"), elem_id="xj-adding", apply_default_css=False, js_on_load=None)
        return
    gate = Gate(settings.admin_password.get_secret_value())
    functions = server_functions(gate, UploadDesk(settings, engine))
    gr.HTML(
        render("adding", most=MAX_BYTES, megabytes=MAX_BYTES // 1024 // 1024),
        elem_id="xj-adding",
        apply_default_css=False,
        js_on_load=script("adding.js"),
        server_functions=functions,
    )


def server_functions(gate: Gate, desk: UploadDesk) -> list[Callable[[object], Result]]:
    """Return what the browser calls, each with one object and without a login but its key.

    Each returns what to show as ``html``, or ``error``, with ``locked`` where the password is to
    be asked again. A preview comes with the corrections that it heeds.
    """

    def list_unlock(sent: object) -> Result:
        return _answer(lambda: {"key": gate.unlock(_password(sent))})

    def list_take(sent: object) -> Result:
        return _answer(lambda: _take(desk, _let_in(gate, sent), sent))

    def list_correct(sent: object) -> Result:
        return _answer(lambda: _correct(desk, _let_in(gate, sent), sent))

    def list_add(sent: object) -> Result:
        return _answer(lambda: _progress(desk.add(_let_in(gate, sent))))

    def list_progress(sent: object) -> Result:
        return _answer(lambda: _progress(desk.job if _let_in(gate, sent) else None))

    return [list_unlock, list_take, list_correct, list_add, list_progress]


def preview_html(found: Preview, name: str, *, replaces: bool) -> str:
    """Return a preview as HTML with the form of its corrections."""
    labels = load_schema().labels
    offered = {field: labels[TableKind.COMPANY][field] for field in fields()}
    return render(
        "adding_preview",
        found=found,
        name=name,
        replaces=replaces,
        document=found.corpus.documents[0],
        kinds=TableKind,
        fields=offered,
        labels=labels,
        own=OWN,
        ignore=IGNORE,
        wrong=findings(found.corpus),
        shown=SHOWN,
    )


def _let_in(gate: Gate, sent: object) -> str:
    """Return the key that was sent, if it is good; nothing else is looked at before.

    Raises:
        LockedError: it is not.
    """
    key = sent.get("key") if isinstance(sent, dict) else None
    key = key if isinstance(key, str) else ""
    gate.require(key)
    return key


def _password(sent: object) -> str:
    return _read(_UnlockRequest, sent).password


def _take(desk: UploadDesk, key: str, sent: object) -> Result:
    request = _read(_TakeRequest, sent)
    return _preview(desk.take(key, request.name, _bytes(request.content)), desk)


def _correct(desk: UploadDesk, key: str, sent: object) -> Result:
    return _preview(desk.correct(key, _read(_CorrectRequest, sent).corrections), desk)


def _preview(found: Preview, desk: UploadDesk) -> Result:
    name = found.corpus.documents[0].source
    html = preview_html(found, name, replaces=desk.replaces(name))
    return {"html": html, "corrections": found.corrections.model_dump()}


def _progress(job: Job | None) -> Result:
    if job is None:
        raise UploadError("没有正在加入的清单")
    html = render("adding_progress", job=job, shown=SHOWN)
    return {"html": html, "finished": job.finished, "added": job.report is not None}


def _answer(run: Callable[[], Result]) -> Result:
    try:
        return run()
    except XiaojurenError as error:
        return {"error": told(error), "locked": isinstance(error, LockedError)}


def _read(kind: type[_R], sent: object) -> _R:
    try:
        return kind.model_validate(sent)
    except ValidationError as error:
        raise UploadError("页面发来的内容不完整，请刷新页面后再试") from error


def _bytes(content: str) -> bytes:
    # Four characters tell three bytes.
    if len(content) > MAX_BYTES * 4 // 3 + 4:
        raise UploadError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个文件后再试")
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise UploadError("文件没有传完整，请重试") from error
