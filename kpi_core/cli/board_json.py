"""The board as JSON and as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_core.cli.printed import Json, number

if TYPE_CHECKING:
    from kpi_core.board import Board, BoardRow, Digest, Running, TrendPoint
    from kpi_core.target import PeriodTarget


def board_json(board: Board) -> Json:
    """Write the board. Chance and outlook are null where there is no target to be met."""
    rollup = board.rollup
    return {
        "as_of": board.as_of.isoformat(),
        "rows": [_row(row) for row in (*board.rows, *board.health)],
        "counts": {
            "on_target": rollup.on_target,
            "close": rollup.close,
            "off_target": rollup.off,
            **{status.value: count for status, count in board.greys.items()},
            "reported": rollup.reported,
            "of": rollup.of,
        },
        "attention": [{"kpi": each.name, "sentence": each.sentence} for each in board.attention],
        "drafts": [kpi.name for kpi in board.drafts],
        "review": board.review or None,
    }


def _row(row: BoardRow) -> Json:
    return {
        "kpi": row.kpi.name,
        "goal": row.kpi.goal or None,
        "owner": row.kpi.owner or None,
        "tier": row.kpi.tier.value,
        "period": row.period.start.isoformat() if row.period else None,
        "actual": number(row.actual),
        "actual_text": row.actual_text,
        "typed": row.typed,
        "target": _target(row.target),
        "target_text": row.target_text,
        "status": row.judgement.status.value if row.judgement.status else None,
        "sentence": row.judgement.sentence,
        "due": row.due_text,
        "signal": row.signal.state.value,
        "signal_sentence": row.signal_sentence,
        "signal_rule": row.signal.rule.value if row.signal.rule else None,
        "signal_since": row.signal.since.start.isoformat() if row.signal.since else None,
        "trial_limits": row.signal.trial,
        "chance": row.chance,
        "outlook": row.outlook or None,
        "doing": row.doing or None,
        "running": _running(row.running),
        "trend": [_point(point) for point in row.trend],
    }


def _target(target: PeriodTarget | None) -> object:
    if target is None:
        return None
    low = number(target.low.value) if target.low else None
    high = number(target.high.value) if target.high else None
    if low is not None and high is not None:
        return [low, high]
    return low if low is not None else high


def _running(running: Running | None) -> Json | None:
    if running is None:
        return None
    return {
        "period": running.period.start.isoformat(),
        "so_far": number(running.so_far),
        "elapsed_share": number(running.elapsed_share),
        "too_early": running.too_early,
        "expected_by_now": number(running.expected_by_now),
        "needed_per_day": number(running.needed_per_day),
        "same_days_last_period": number(running.same_days_last_period),
        "same_days_last_year": number(running.same_days_last_year),
        "at_risk": running.at_risk,
        "sentence": running.sentence,
        "estimate": number(running.estimate),
        "estimate_band": [number(end) for end in running.estimate_band] if running.estimate_band else None,
        "estimate_sentence": running.estimate_sentence,
    }


def _point(point: TrendPoint) -> Json:
    return {"period": point.period.start.isoformat(), "value": point.value, "typed": point.typed}


def board_lines(board: Board) -> list[str]:
    """Write the board as lines for a terminal."""
    lines = [board.heading, board.rollup.sentence]
    lines += [f"! {board.review}"] if board.review else []
    lines += [f"! {each.name}: {each.sentence}" for each in board.attention]
    for group in board.groups:
        lines += ["", group.name, *(_line(row) for row in group.rows)]
    if board.health:
        lines += ["", "Health metrics", *(_line(row) for row in board.health)]
    return lines


def digest_json(digest: Digest) -> Json:
    """Write what changed since a visit or a day."""
    return {
        "as_of": digest.as_of.isoformat(),
        "since": digest.since and digest.since.isoformat(),
        "sentence": digest.sentence,
        "changes": [{"kpi": each.name, "kind": each.kind.value, "sentence": each.sentence} for each in digest.changes],
    }


def _line(row: BoardRow) -> str:
    actual = f"{row.actual_text} {row.period_text}".strip()
    typed = "typed" if row.typed else ""
    parts = [row.kpi.name, row.judgement.word, actual, typed, row.target_text, row.signal_sentence, row.outlook]
    return "  " + " | ".join(part for part in parts if part)
