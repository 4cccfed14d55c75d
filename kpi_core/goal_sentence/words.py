"""Numbers in words, and the words that say which way, how much, how often, and what a metric counts."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from kpi_core.goal_sentence.sentence import Comparison, Way

CARDINALS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100, "a dozen": 12, "dozen": 12, "a thousand": 1000,
    "twenty-five": 25, "thirty-five": 35, "forty-five": 45, "seventy-five": 75, "ninety-five": 95,
}  # fmt: skip
NUMBER_WORD: Final = (
    rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted((re.escape(w) for w in CARDINALS), key=len, reverse=True))}|an?|couple of)"
)


def number_of(text: str) -> Fraction | None:
    """Read a small number, in digits or in words.

    >>> number_of("six"), number_of("a"), number_of("1.5")
    (Fraction(6, 1), Fraction(1, 1), Fraction(3, 2))
    """
    word = text.strip().lower()
    if word in {"a", "an"}:
        return Fraction(1)
    if word == "couple of":
        return Fraction(2)
    if word in CARDINALS:
        return Fraction(CARDINALS[word])
    return Fraction(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else None


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


UP_VERBS: Final = _list(
    "increase increases increasing raise raises raising grow grows growing lift lifts lifting boost boosts boosting improve "
    "improves improving expand expanding gain gains win add adds adding push climb up maximise maximize strengthen "
    "enhance accelerate extend double triple quadruple treble scale jump advance upgrade build hike elevate bump deepen "
    "widen broaden"
)
DOWN_VERBS: Final = _list(
    "reduce reduces reducing decrease decreases decreasing lower lowers lowering cut cuts cutting drop drops dropping "
    "shorten shrink minimise minimize lessen limit halve trim slash curb decline diminish save eliminate ease down speed "
    "stop avoid prevent restrict cap"
)
REACH_VERBS: Final = _list(
    "reach hit achieve get attain make have bring take earn secure generate deliver win sell book sign land close gain "
    "obtain raise collect attract recruit serve complete finish ship process produce bill invoice pay fill answer resolve "
    "run hold keep maintain sustain stay remain ensure target move go come set see score rank become be turn convert "
    "respond solve handle publish post write visit host train hire do send log plant retain acquire onboard enrol enroll "
    "create build meet exceed surpass beat top offer give open launch receive welcome convert treat see refer place "
    "spend return put reply fix install submit pass recycle donate distribute rent let lease upsell call contact"
)
KEEP_VERBS: Final = _list("keep hold maintain sustain stay remain retain preserve stabilise stabilize")
CHANGE_VERBS: Final = UP_VERBS | DOWN_VERBS
MULTIPLES: Final = {
    "double": 100, "doubling": 100, "doubled": 100, "triple": 200, "tripling": 200, "treble": 200, "quadruple": 300,
    "halve": 50, "halving": 50,
}  # fmt: skip
"""By how many percent these verbs change a number."""

PAST: Final = {
    "sell": "sold", "book": "booked", "hire": "hired", "complete": "completed", "finish": "finished", "serve": "served",
    "fill": "filled", "resolve": "resolved", "answer": "answered", "sign": "signed", "close": "closed", "ship": "shipped",
    "pay": "paid", "send": "sent", "fix": "fixed", "solve": "solved", "deliver": "delivered", "invoice": "invoiced",
    "bill": "billed", "train": "trained", "recruit": "recruited", "treat": "treated", "visit": "visited",
    "publish": "published", "recycle": "recycled", "rent": "rented", "let": "let", "process": "processed",
    "submit": "submitted", "retain": "retained", "convert": "converted", "return": "returned", "reply": "replied",
    "place": "placed", "install": "installed", "collect": "collected", "handle": "handled", "repair": "repaired",
    "contact": "contacted", "plant": "planted", "dispatch": "dispatched", "produce": "produced", "host": "hosted",
    "distribute": "distributed", "donate": "donated", "schedule": "scheduled", "approve": "approved", "post": "posted",
    "save": "saved", "enrol": "enrolled", "enroll": "enrolled", "onboard": "onboarded", "log": "logged", "pass": "passed",
    "make": "made", "write": "written", "run": "run", "call": "called", "close out": "closed", "pick": "picked",
    "pay off": "paid off", "inspect": "inspected", "clean": "cleaned", "review": "reviewed", "renew": "renewed",
}  # fmt: skip
"""What was done to the thing that is counted: sell 300 wreaths counts wreaths sold."""

TASK_VERBS: Final = _list(
    "launch open implement finish build roll install migrate set obtain redesign develop create complete introduce publish "
    "write hire move renovate replace buy purchase register relocate start switch deploy draft refurbish prepare organise "
    "organize apply update upgrade rebrand automate establish adopt rewrite clean sort fix paint repaint repair design "
    "appoint find file sell acquire close document map digitise digitize train rebuild convert integrate release ship test "
    "go get become pass win renew sign"
)
SURE_TASKS: Final = _list(
    "launch open implement finish install migrate redesign introduce renovate relocate deploy draft refurbish rebrand automate "
    "establish rewrite repaint rebuild integrate appoint digitise digitize register switch adopt"
)
"""Verbs of things done once, whatever stands behind them."""


def any_of(phrases: str) -> str:
    r"""Write the pattern of some phrases, parted by commas; a blank is any white space.

    >>> any_of("less than, under")
    '(?:less\\\\s+than|under)'
    """
    return "(?:" + "|".join(r"\s+".join(each.split()) for each in phrases.split(",")) + ")"


def _named(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(phrases)}\b")


STAYS: Final = r"(?:(?:to|stay(?:s|ing)?|remain(?:s|ing)?)\s+)?"
COMPARISONS: Final = tuple(
    (lead + any_of(phrases), comparison)
    for lead, phrases, comparison in (
        (
            r"(?:at\s+or\s+)?(?:no|not)\s+",
            (
                "more than, greater than, higher than, longer than, later than, worse than, more, greater, higher, longer, later, over, "
                "above, exceed, exceeding, worse"
            ),
            Comparison.AT_MOST,
        ),
        (
            r"(?:(?:do|must)\s+not|don't|never|not\s+to|without)\s+",
            "exceed, exceeding, go over, go above, going over, going above, above, over, more than",
            Comparison.AT_MOST,
        ),
        (
            r"(?:an?\s+)?",
            (
                "at most, at the most, at the very most, max, maximum, max of, maximum of, at or below, at or under, up to, capped at, "
                "cap of, <=, =<, ceiling of, limit of, limited to, limit to, not to exceed"
            ),
            Comparison.AT_MOST,
        ),
        (
            r"(?:no|not|nothing)\s+",
            "less than, fewer than, lower than, less, fewer, lower, under, below, worse than",
            Comparison.AT_LEAST,
        ),
        (
            r"(?:never|not)\s+(?:(?:drop(?:s|ping)?|fall(?:s|ing)?|go(?:es)?|be)\s+)?",
            "below, under, less than",
            Comparison.AT_LEAST,
        ),
        (
            r"(?:an?\s+)?",
            "at least, at the least, at the very least, min, minimum, min of, minimum of, at or above, at or over, >=, =>, floor of",
            Comparison.AT_LEAST,
        ),
        (
            STAYS,
            (
                "below, under, less than, fewer than, lower than, sub, beneath, shorter than, <, faster than, quicker than, smaller than, "
                "inside"
            ),
            Comparison.BELOW,
        ),
        (
            STAYS,
            (
                "above, over, more than, greater than, higher than, better than, exceed, exceeds, exceeding, north of, in excess of, beyond, "
                ">, upwards of, surpass, surpassing, beat, beating, longer than"
            ),
            Comparison.ABOVE,
        ),
    )
)
"""Words of a bound before a number."""
AFTERWARDS: Final = (
    (
        any_of(
            r"or higher, or more, or better, or above, or over, or greater, or up, or longer, and higher, and more, and above, and over, "
            r"and up, \\+, plus, min, minimum, at least"
        ),
        Comparison.AT_LEAST,
    ),
    (
        any_of(
            "or lower, or less, or fewer, or below, or under, or sooner, or faster, or quicker, and lower, and less, and below, and under, "
            "max, maximum, at most, at the most, tops"
        ),
        Comparison.AT_MOST,
    ),
)
"""Words of a bound behind a number."""
WAY_OF: Final = {
    Comparison.BELOW: Way.DOWN, Comparison.AT_MOST: Way.DOWN, Comparison.ABOVE: Way.UP, Comparison.AT_LEAST: Way.UP,
}  # fmt: skip

CADENCES: Final = {
    "hour": "hour", "hourly": "hour", "day": "day", "daily": "day", "night": "day", "week": "week", "weekly": "week",
    "month": "month", "monthly": "month", "quarter": "quarter", "quarterly": "quarter", "year": "year",
    "yearly": "year", "annual": "year", "annually": "year", "annum": "year", "pa": "year", "p.a": "year",
    "weekday": "day", "weekend": "week", "shift": "day",
}  # fmt: skip

GOOD_DOWN: Final = _list(
    "churn attrition complaint complaints cost costs expense expenses spend spending waste wastage absence absences absenteeism "
    "sickness accident accidents incident incidents injury injuries error errors defect defects return returns refund refunds "
    "chargeback chargebacks overdue debtor debt debts loan shrinkage stockout stockouts stock-out stock-outs no-show no-shows noshow "
    "noshows abandonment bounce overtime downtime backlog rework callbacks call-backs callback turnaround lateness late delay delays "
    "wait waiting cancellations cancellation unsubscribe unsubscribes overheads wages dso cac cpl cpa scrap breakages breakage "
    "escalations reopen reopened vacancy vacancies shortages theft emissions faults outages outage typos mistakes findings "
    "recalls write-offs cost-per-lead burn mileage energy electricity disputes leakage"
)
GOOD_DOWN_PHRASES: Final = re.compile(
    r"\b"
    + any_of(
        r"no[\s-]?shows?, lead time, response time, reply time, resolution time, delivery time, cycle time, load time, "
        r"wait(?:ing)? time, time to, time on, turnaround, days sales outstanding, debtor days, cost of, cost per, staff turnover, "
        r"employee turnover, unpaid (?:invoices|bills|payments), late (?:invoices|bills|payments), overdue (?:invoices|bills|payments), "
        r"outstanding (?:invoices|bills|payments), sick days, stock[\s-]?outs?, handling time, processing time, time per, queue, "
        r"out of stock, page load, prep time, hours lost, days lost"
    )
    + r"\b"
)

MONEY_WORDS: Final = _named(
    "sales, revenue, revenues, turnover, income, earnings, takings, profit, profits, fee, fees, price, prices, cost, costs, spend, "
    "spending, bill, bills, donation, donations, mrr, arr, cash, budget, wage, wages, salary, salaries, expense, expenses, basket, "
    "order value, deal size, ticket size, job value, invoice value, rent, overhead, overheads, billing, billings, fund, funds, grant, "
    "grants, loan, debt, saving, savings, cac, cpl, cpa, cpc, aov, arpu, ltv, clv, gmv, ebitda, pipeline value, acv, value, "
    "basket size, average ticket, average check, average bill, per head, loss, losses, average gift, day rate, hourly rate, "
    "rate per hour, omsetning, oms\u00e4ttning, umsatz, omzet, merchandise, commission, commissions, royalties, payroll"
)
PERCENT_WORDS: Final = _named(
    r"rate, margin, margins, conversion, conversions, churn, utili[sz]ation, share, yield, accuracy, occupancy, retention, attrition, "
    r"staff turnover, employee turnover, percentage, proportion, absenteeism, adoption, uptime, availability, roi, ctr, abandonment, "
    r"shrinkage, fill rate, on[\s-]time, win rate, close rate, gp, food cost, labou?r cost, capacity, attendance, satisfaction rate, "
    r"csat, fulfil?ment, compliance, coverage"
)
DURATION_WORDS: Final = _named(
    "time, times, lead time, wait, waiting, downtime, overtime, turnaround, debtor days, days, hours, minutes, duration, runway, dso, "
    "mttr, cycle"
)
SCORE_WORDS: Final = _named(
    "nps, enps, promoter, score, scores, rating, ratings, star, stars, trustpilot, csat, satisfaction, engagement, happiness, "
    "health index, index, grade"
)
RATIO_WORDS: Final = _named(
    "ratio, turns, table turn, table turns, stock turn, stock turns, inventory turns, roas, ltv:cac, turnover ratio, per employee, "
    "per visit, per order, per transaction, per customer, per basket, coverage ratio, inventory turnover, multiple"
)
RANK_WORDS: Final = _named("rank, ranking, ranked, position, place")
NOT_ITS_UNIT: Final = re.compile(r"\b(?:staff|employee|customer|table|inventory|stock)\s+turnover\b")
"""Turnover that is no money."""
