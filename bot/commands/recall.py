"""`desk recall A B`: which answers a published change has made wrong, and telling those who were given them."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.errors import WrongUse
from knowledge.notices import spoken_date

_DAY = 86_400


def recall(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The build that answered.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The build that changed the rules.")],
    days: Annotated[int, typer.Option("--days", min=1, metavar="N", help="Answers of the last N days.")] = 90,
    tell: Annotated[bool, typer.Option("--tell", help="Tell each asker privately in Slack, once.")] = False,
    as_json: AsJson = False,
) -> int:
    """List the answers of the last days that cited a passage which build B alters or withdraws.

    With --tell each asker is told in a direct message what they asked, what it read and what it reads now.
    """
    from bot.once import Once
    from bot.recalling import Recalling, to_put_right
    from bot.records import Records
    from bot.slack_calls import Calls, web_client
    from bot.store import opened_store
    from ingest.compare import compare_builds
    from ingest.compare_recall import rule_changes

    session = session_of(context)
    token = session.settings.slack_bot_token.get_secret_value()
    if tell and not token:
        raise WrongUse("Askers are told in Slack: set SLACK_BOT_TOKEN, or leave --tell out.")
    with session.err.status("Comparing"):
        changes = rule_changes(compare_builds(session.settings.home, first, second))
    with opened_store(session.settings.database) as engine:
        found = to_put_right(changes, Records(engine).since(time.time() - days * _DAY))
        recalling = Recalling(web_client(token, session.settings.slack_api_url), Calls(), Once(engine), second)
        told = [one.given.reference for one in found if recalling.tell(one)] if tell else []
    if as_json:
        rows = [
            {
                "reference": one.given.reference,
                "as_at": one.given.answer.as_at.isoformat(),
                "question": one.given.answer.question,
                "changes": [{"passage": c.passage, "became": str(c.became)} for c in one.changes],
                "told": one.given.reference in told,
            }
            for one in found
        ]
        session.out.file.write(json.dumps({"answers": rows}, ensure_ascii=False) + "\n")
        return DONE
    for one in found:
        became = ", ".join(f"{change.passage} {change.became}" for change in one.changes)
        says = (
            f"{one.given.reference}  as at {spoken_date(one.given.answer.as_at)}: {one.given.answer.question}\n{became}"
        )
        session.out.print(Hanging(printable(says)))
    ending = f"; {len(told)} askers told" if tell else ""
    count = f"{len(found)} answer{'' if len(found) == 1 else 's'}"
    session.out.print(printable(f"{count} of the last {days} days rest on what has changed{ending}."))
    return DONE
