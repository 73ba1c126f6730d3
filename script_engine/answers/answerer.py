"""From a viewer's comment to what is done about it."""

import logging
import random
import re
from collections.abc import Callable
from datetime import datetime

from core.language import Language
from core.line import Line, LineKind, Reply
from core.product import Product
from core.viewer import ViewerEvent
from script_engine.answers import handlers
from script_engine.answers.comment import Comment, is_chinese, read_comment
from script_engine.answers.handlers import Answer
from script_engine.answers.intents import Intent, find_intents
from script_engine.answers.lookup import Lookup
from script_engine.answers.triage import sort_comment
from script_engine.answers.wording import word
from script_engine.cues import cue
from script_engine.gate import Blocked, Draft, Gate
from script_engine.shop import Shop
from script_engine.text import fold

logger = logging.getLogger(__name__)

_FOUND = 0.6
# sureness from which a product a viewer seems to name is taken for it
_ASKS = re.compile(
    r"[?？吗呢么]|怎么|什么|多少|多久|多大|多长|几|哪|如何|为什么|谁|(.)[不没]\1|[不没否]$|"
    r"^(?:能|可以|有|会|是)|\b(?:what|how|when|where|which|who|why|can|could|does|do|is|are|will|"
    r"would|should|any|have|has)\b"
)
_NICKNAME = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z_ ]{0,11}")
_SMALL_TALK: dict[str, LineKind] = {"greeting": "greeting", "thanks": "greeting", "robot": "notice"}


class Answerer:
    """Answers comments from facts; says so when it does not know."""

    def __init__(
        self,
        shop: Shop,
        gate: Gate,
        *,
        language: Language = "zh",
        seed: int | None = None,
        on_blocked: Callable[[Blocked], None] = lambda blocked: None,
    ) -> None:
        """An answerer for one shop.

        Args:
            shop: products and facts.
            gate: which each answer must pass.
            language: for comments that are in none, such as a lone emoji or number.
            seed: of its choices of words; None takes one from the machine.
            on_blocked: told of every answer that the gate kept back.
        """
        self._shop, self._gate, self._language = shop, gate, language
        self._rng = random.Random(seed)
        self._on_blocked = on_blocked

    def warm_up(self) -> None:
        """Read word lists and dictionaries, so that the first viewer need not wait for them."""
        find_intents(read_comment("zhe ge duoshao qian"))

    def answer(self, event: ViewerEvent, focus: str | None, when: datetime) -> Reply:
        """What is done about a comment.

        Args:
            event: with the comment in `text`.
            focus: id of the product on air; questions without a name are about it.
            when: facts must hold at this moment.
        """
        comment = read_comment(event.text)
        brands = frozenset(fold(product.brand).text for product in self._shop.products())
        kind = sort_comment(comment, brands)
        if kind.action != "answer":
            return Reply(event.id, kind.action, None, (), kind.kind)
        focused = self._by_id(focus)
        if kind.kind in _SMALL_TALK:
            said = Answer(word(kind.kind, {}, comment.language, self._rng), ())
            return self._reply(event, comment, said, kind.kind, focused, when)
        found = find_intents(comment)
        language: Language = "zh" if found and _is_pinyin(comment, found) else comment.language
        product = self._product(comment, focused, found)
        lookup = Lookup(self._shop, product, language, when)
        speech = handlers.Speech(self._shop, lookup, comment, language, self._rng, when)
        if kind.kind == "medical":
            said = speech.medical()
            return self._reply(event, comment, said, "medical", product, when, language)
        answer, reason = self._find(speech, found, focused)
        if answer is not None:
            return self._reply(event, comment, answer, reason, product, when, language)
        if not found and not _ASKS.search(comment.text) and not speech.asked:
            return Reply(event.id, "ignore", None, (), "asks nothing")
        careful = bool({"孕妇", "宝宝", "过敏体质", "糖尿病"} & {t.group for t in speech.asked})
        said = Answer(word("careful" if careful else "unknown", {}, language, self._rng), ())
        return self._unknown(event, comment, said, reason, product, when, language)

    def _find(
        self, speech: handlers.Speech, found: list[Intent], focused: Product | None
    ) -> tuple[Answer | None, str]:
        """The answer and what it was taken to be about."""
        names = [intent.name for intent in found]
        exact = bool(set(names) & handlers.EXACT)
        if focused is not None and not exact:
            # "可以和防晒一起用吗" names another product but asks about the one on air.
            known = speech.of(focused).question(strict=True)
            if known is not None:
                return known, "question"
        if (known := speech.question(strict=exact)) is not None:
            return known, "question"
        if speech.asked and not exact:
            known = speech.terms()
            if known is not None or speech.about_safety or not set(names) & handlers.GENERAL:
                return known, "terms"
        answers: list[Answer] = []
        if names[:1] in (["list_price"], ["opened"]):
            found = found[:1]
        for intent in found[:2]:
            answer = speech.intent(intent)
            if answer is not None:
                answers.append(answer)
        if answers:
            return handlers.both(answers, speech.language), "+".join(names[:2])
        if speech.gives_measures:
            return speech.size(), "size_advice"
        asks = bool(_ASKS.search(speech.text))
        if asks and not exact and (near := speech.search()) is not None:
            return near, "search"
        if not found and speech.only_names_product and (asks or speech.product != focused):
            return speech.about(), "about"
        return None, "+".join(names[:2]) or "no fact"

    def _product(
        self, comment: Comment, focused: Product | None, found: list[Intent]
    ) -> Product | None:
        focus = focused.id if focused else None
        for product_id, score in self._shop.find_product(comment.text, focus):
            if score >= _FOUND:
                return self._by_id(product_id)
        return focused

    def _by_id(self, product_id: str | None) -> Product | None:
        return next((p for p in self._shop.products() if p.id == product_id), None)

    def _unknown(
        self,
        event: ViewerEvent,
        comment: Comment,
        said: Answer,
        reason: str,
        product: Product | None,
        when: datetime,
        language: Language,
    ) -> Reply:
        line = self._admit(event, comment, said, product, when, language, "answer")
        product_id = product.id if product else ""
        if isinstance(line, Blocked):
            self._on_blocked(line)
            return Reply(event.id, "unknown", None, (), reason, product_id)
        return Reply(event.id, "unknown", line, (), reason, product_id)

    def _reply(
        self,
        event: ViewerEvent,
        comment: Comment,
        said: Answer,
        reason: str,
        product: Product | None,
        when: datetime,
        language: Language | None = None,
    ) -> Reply:
        spoken = language or comment.language
        kind = _SMALL_TALK.get(reason, "answer")
        about = said.product or product
        line = self._admit(event, comment, said, about, when, spoken, kind)
        if isinstance(line, Line):
            product_id = about.id if about else ""
            return Reply(event.id, "answer", line, line.fact_ids, reason, product_id)
        self._on_blocked(line)
        logger.info("an answer was kept back by the gate", extra={"intent": reason})
        unknown = Answer(word("unknown", {}, spoken, self._rng), ())
        return self._unknown(event, comment, unknown, reason, product, when, spoken)

    def _admit(
        self,
        event: ViewerEvent,
        comment: Comment,
        said: Answer,
        product: Product | None,
        when: datetime,
        language: Language,
        kind: LineKind,
    ) -> Line | Blocked:
        product_id = product.id if product else ""
        called = self._nickname(event.user.name, language, when)
        names = ["viewers", "smile"]
        if said.kinds & {"price", "stock"}:
            names += ["card", "point_left"]
        draft = Draft(
            text=called + said.text,
            language=language,
            kind=kind,
            product_id=product_id,
            fact_ids=said.fact_ids,
            cues=tuple(cue(name) for name in names),
            move="answer",
        )
        return self._gate.admit(draft, when)

    def _nickname(self, name: str, language: Language, when: datetime) -> str:
        """The viewer's name with a comma, when it is harmless and in the language; else nothing."""
        name = name.strip()
        plain = _NICKNAME.fullmatch(name) and is_chinese(name) == (language == "zh")
        if not plain or name.startswith(("用户", "user", "User")) or self._rng.random() < 0.6:
            return ""
        if sort_comment(read_comment(name), frozenset()).kind or find_intents(read_comment(name)):
            return ""
        verdict = self._gate.check(name, language, "", when)
        if not verdict.ok or verdict.claims:
            return ""
        return f"{name}，" if language == "zh" else f"{name}, "


def _is_pinyin(comment: Comment, found: list[Intent]) -> bool:
    """Latin letters that only make sense as Chinese: duoshao qian."""
    return (
        not is_chinese(comment.text)
        and not found[0].pattern.search(comment.text)
        and any(
            each.replace(" ", "") in re.sub(r"[^a-z]", "", comment.text) for each in found[0].sounds
        )
    )
