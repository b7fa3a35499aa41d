"""A cancellation check as it is kept, and back: the same a year later, whatever has been published since."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.kept_answers import passage_of, passage_record
from knowledge.cancellation.form import Begun, Criterion, Decider, Form, Kind, Pressure, ReliedOn, Told
from knowledge.cancellation.result import CheckResult, ResultLine, Verdict
from knowledge.model import Citation


def check_record(form: Form, result: CheckResult) -> dict[str, Any]:
    """Both as JSON, with the passages as they read. Of the crime only a class or a code that was read as one."""
    passages = {one.passage.id: passage_record(one.passage) for one in result.citations}
    return {"form": form_record(form), "result": {**result.to_json(), "held": list(result.held)}, "passages": passages}


def form_record(form: Form) -> dict[str, Any]:
    """The form as JSON: every choice by its value."""
    return {
        "criterion": str(form.criterion),
        "kind": str(form.kind),
        # What was typed beside rape or homicide was never read as a code, and may be anything.
        "offence": form.offence if form.kind is Kind.OTHER else "",
        "relied_on": [str(one) for one in form.relied_on],
        "decider": str(form.decider),
        "independent": form.independent,
        "told": str(form.told),
        "pressure": str(form.pressure),
        "begun": str(form.begun),
        "as_at": form.as_at.isoformat(),
    }


def form_of(kept: dict[str, Any]) -> Form:
    """The form of such a record."""
    return Form(
        criterion=Criterion.named(kept["criterion"]),
        kind=Kind.named(kept["kind"]),
        relied_on=tuple(ReliedOn.named(one) for one in kept["relied_on"]),
        decider=Decider.named(kept["decider"]),
        independent=kept["independent"],
        told=Told.named(kept["told"]),
        pressure=Pressure.named(kept["pressure"]),
        as_at=date.fromisoformat(kept["as_at"]),
        offence=kept["offence"],
        begun=Begun.named(kept["begun"]),
    )


def result_of(kept: dict[str, Any]) -> CheckResult:
    """The result of the record that `check_record` makes."""
    told = kept["result"]
    passages = {name: passage_of(record) for name, record in kept["passages"].items()}
    return CheckResult(
        as_at=date.fromisoformat(told["as_at"]),
        build=told["build"],
        edition=told["edition"],
        criterion=Criterion.named(told["criterion"]),
        lines=tuple(
            ResultLine(
                one["rule"], Verdict(one["verdict"]), one["says"], tuple(one["missing"]), tuple(one["citations"])
            )
            for one in told["lines"]
        ),
        citations=tuple(Citation(one["number"], passages[one["passage"]], one["quote"]) for one in told["citations"]),
        notices=tuple(told["notices"]),
        held=tuple(told["held"]),
    )
