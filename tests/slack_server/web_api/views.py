"""views.open, push, update and publish."""

from __future__ import annotations

import json
import secrets
from typing import Any

from .. import limits
from ..block_kit import blocks_problems
from ..elements import problem, text_problems
from ..refused import Refused, refused_for
from ..state import Json, View
from ..workspace import APP, BOT_ID, TEAM, Workspace
from .arguments import Arguments
from .messages import with_ids
from .registry import method


def check_view(view: Any, kind: str) -> Json:
    """A view that Slack would show. Slack answers `invalid_arguments` and names each problem."""
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError:
            raise refused_for("invalid_arguments", ["view is not valid JSON"]) from None
    if not isinstance(view, dict):
        raise refused_for("invalid_arguments", ["missing required field: view"])
    problems = []
    if view.get("type") != kind:
        problems.append(problem(f"unsupported type: {view.get('type')}", "/view/type"))
    if kind == "modal":
        problems += text_problems(view.get("title"), "/view/title", limits.VIEW_TITLE, only="plain_text")
        has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in view.get("blocks") or [])
        if has_input and not view.get("submit"):
            problems.append(problem("missing required field: submit", "/view"))
    for part in ("submit", "close"):
        if view.get(part) is not None:
            problems += text_problems(view[part], f"/view/{part}", limits.VIEW_TITLE, only="plain_text")
    for part, most in (
        ("private_metadata", limits.VIEW_PRIVATE_METADATA),
        ("callback_id", limits.VIEW_CALLBACK_ID),
        ("external_id", limits.VIEW_EXTERNAL_ID),
    ):
        if len(view.get(part) or "") > most:
            problems.append(problem(f"must be less than {most + 1} characters", f"/view/{part}"))
    problems += blocks_problems(view.get("blocks"), at="/view/blocks", most=limits.VIEW_BLOCKS, in_view=True)
    if problems:
        raise refused_for("invalid_arguments", problems)
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise Refused("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


def view_json(view: View) -> Json:
    """As answers and interaction payloads carry it."""
    return {
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT_ID,
        "app_installed_team_id": TEAM,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **view.source,
        "state": {"values": view.state},
        "hash": view.hash,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
    }


def new_hash() -> str:
    """A view's hash changes with every change to the view."""
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"


def add_view(workspace: Workspace, user: str, source: Json, previous: View | None = None) -> View:
    """Show a modal on top of a person's stack."""
    external = source.get("external_id")
    if external and any(v.is_open and v.source.get("external_id") == external for v in workspace.views.values()):
        raise Refused("duplicate_external_id")
    view_id = workspace.new_id("V")
    view = View(view_id, user, source, new_hash(), previous.root_view_id if previous else view_id)
    view.previous_view_id = previous.id if previous else None
    workspace.views[view_id] = view
    workspace.stacks.setdefault(user, []).append(view_id)
    return view


def change_view(view: View, source: Json) -> None:
    """Show something else in the same view."""
    view.source, view.hash, view.errors = source, new_hash(), {}


@method("views.open", tier=100)
def open_view(workspace: Workspace, arguments: Arguments) -> Json:
    source = check_view(arguments.get("view"), "modal")
    user = workspace.exchange(arguments.needed("trigger_id"))
    for view_id in workspace.stacks.pop(user, []):
        workspace.views[view_id].is_open = False
    return {"view": view_json(add_view(workspace, user, source))}


@method("views.push", tier=100)
def push_view(workspace: Workspace, arguments: Arguments) -> Json:
    source = check_view(arguments.get("view"), "modal")
    user = workspace.exchange(arguments.needed("trigger_id"))
    stack = workspace.stacks.get(user, [])
    if not stack:
        raise Refused("not_found")
    if len(stack) >= limits.VIEW_STACK:
        raise Refused("push_limit_reached")
    return {"view": view_json(add_view(workspace, user, source, workspace.views[stack[-1]]))}


@method("views.update", tier=100)
def update_view(workspace: Workspace, arguments: Arguments) -> Json:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    found = workspace.views.get(view_id)
    if external_id:
        found = next((v for v in workspace.views.values() if v.source.get("external_id") == external_id), None)
    if found is None or not found.is_open:
        raise Refused("not_found")
    if arguments.get("hash") not in (None, found.hash):
        raise Refused("hash_conflict")
    change_view(found, check_view(arguments.get("view"), str(found.source["type"])))
    return {"view": view_json(found)}


@method("views.publish", tier=100)
def publish_view(workspace: Workspace, arguments: Arguments) -> Json:
    user = arguments.needed("user_id")
    if user not in workspace.users:
        raise refused_for("invalid_arguments", [f"unknown user_id: {user}"])
    source = check_view(arguments.get("view"), "home")
    home = workspace.homes.get(user)
    if arguments.get("hash") and (home is None or arguments["hash"] != home.hash):
        raise Refused("hash_conflict")
    if home is None:
        view_id = workspace.new_id("V")
        home = View(view_id, user, source, new_hash(), view_id)
        workspace.homes[user] = workspace.views[view_id] = home
    else:
        change_view(home, source)
    return {"view": view_json(home)}
