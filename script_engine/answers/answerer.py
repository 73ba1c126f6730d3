"""From a viewer's comment to what is done about it."""

import logging
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.line import Line, LineKind, Reply
from core.product import Product
from core.viewer import ViewerEvent
from script_engine.answers import handlers
from script_engine.answers.comment import Comment, is_chinese, read_comment
from script_engine.answers.intents import Intent, find_intents, intents
from script_engine.answers.memory import Memory, Recent, goes_on, points_back
from script_engine.answers.nearest import CLOSE, nearest
from script_engine.answers.telling import Answer, both
from script_engine.answers.triage import sort_comment
from script_engine.answers.wording import word
from script_engine.answers.words import content
from script_engine.claims import cut
from script_engine.cues import cue
from script_engine.gate import Blocked, Draft, Gate
from script_engine.glossary import into_chinese
from script_engine.shop import Shop

logger = logging.getLogger(__name__)

_FOUND, _FOUND_LATIN = 0.6, 0.65
# sureness from which a product a viewer seems to name is taken for it; one English word of three
# is not enough
_ASKS = re.compile(
    r"[?？吗呢么]|怎么|什么|多少|多久|多大|多长|几|哪|如何|为什么|谁|(.)[不没]\1|[不没否]$|"
    r"^(?:能|可以|有|会|是)|\b(?:what|how|when|where|which|who|why|can|could|does|do|is|are|will|"
    r"would|should|any|have|has)\b"
)
_NICKNAME = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z_ ]{0,11}")
_SMALL_TALK: dict[str, LineKind] = {
    "greeting": "greeting", "thanks": "greeting", "praise": "greeting", "robot": "notice",
}  # fmt: skip
_CAREFUL = frozenset({"孕妇", "宝宝", "过敏体质", "糖尿病"})
_ALONE = frozenset({"list_price", "opened", "lasts", "overseas", "returns"})
# intents whose words are other intents' words too: what else is found is not asked
_OFFERS = frozenset({"price", "list_price", "stock", "coupon", "limit"})
# "how many are left" and "多少一支" count the goods themselves
_SHORT = 8
# characters of a comment that only points at the product on air
_TWO = re.compile(r"[，,?？。.;；、+]|和|还有|另外|顺便|\band\b|(?<=[a-z0-9]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One comment on its way to an answer."""

    event: ViewerEvent
    comment: Comment
    language: Language
    # to answer in
    when: datetime


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
        self._memory = Memory()

    def warm_up(self) -> None:
        """Read word lists and dictionaries, so that the first viewer need not wait for them."""
        for text in ("zhe ge duoshao qian", "这个99元两件呢", "and this one"):
            comment = read_comment(text)
            sort_comment(comment, ())
            find_intents(comment)
            nearest(text)
            content(text)
            cut(text)

    def answer(self, event: ViewerEvent, focus: str | None, when: datetime) -> Reply:
        """What is done about a comment.

        A viewer's last question is remembered, so that "那第二个呢" is understood.

        Args:
            event: with the comment in `text`.
            focus: id of the product on air; questions without a name are about it.
            when: facts must hold at this moment.
        """
        comment = read_comment(event.text)
        kind = sort_comment(comment, {product.brand for product in self._shop.products()})
        if kind.action != "answer":
            return Reply(event.id, kind.action, None, (), kind.kind)
        focused = self._by_id(focus)
        asked = _Asked(event, comment, comment.language, when)
        if kind.kind in _SMALL_TALK:
            return self._reply(asked, self._said(kind.kind, asked), kind.kind, focused)
        found = find_intents(comment)
        if comment.foreign and not found:
            return self._reply(asked, self._said("language", asked), "language", focused)
        if found and _is_pinyin(comment, found):
            asked = _Asked(event, comment, "zh", when)
        named = self._named(comment, focused)
        recent = self._memory.last(event.user.id, when)
        if recent is not None:
            if not found and goes_on(comment.text):
                found = list(recent.intents)
            if named is None and points_back(comment.text):
                named = self._by_id(recent.product_id)
        product = named or focused
        about = product.id if product else ""
        self._memory.note(event.user.id, Recent(when, about, tuple(found)))
        return self._from_facts(asked, kind.kind, found, product, focused)

    def _from_facts(
        self,
        asked: _Asked,
        kind: str,
        found: list[Intent],
        product: Product | None,
        focused: Product | None,
    ) -> Reply:
        comment = asked.comment
        speech = handlers.Speech(
            self._shop, product, comment, asked.language, self._rng, asked.when
        )
        if kind == "medical":
            return self._reply(asked, speech.medical(), kind, product)
        answer, reason = self._find(speech, found, focused)
        if answer is not None:
            return self._reply(asked, answer, reason, product)
        if not found and not speech.asked and _says_nothing(comment):
            return Reply(asked.event.id, "ignore", None, (), "asks nothing")
        careful = bool(_CAREFUL & {term.group for term in speech.asked})
        said = self._said("careful" if careful else "unknown", asked)
        return self._unknown(asked, said, reason, product)

    def _find(
        self, speech: handlers.Speech, found: list[Intent], focused: Product | None
    ) -> tuple[Answer | None, str]:
        """The answer and what it was taken to be about."""
        sure = any(intent.pattern.search(speech.text) for intent in found)
        asks = bool(_ASKS.search(speech.text))
        if found and not sure and asks and (near := speech.words()) is not None:
            # what was only guessed yields to a fact that uses the viewer's own words
            return near, "search"
        if not found and speech.names_material:
            found = [intent for intent in intents() if intent.name == "material"]
        names = [intent.name for intent in found]
        exact = bool(set(names) & handlers.EXACT) and (sure or not speech.asked)
        if "compare" in names and (sides := speech.compare(found, focused)) is not None:
            return sides, "compare"
        if len(found) > 1 and names[0] == "compare":
            found, names = found[1:], names[1:]
        if focused is not None and speech.product != focused and not exact:
            # "可以和防晒一起用吗" names another product but asks about the one on air.
            known = speech.of(focused).question(strict=True)
            if known is not None:
                return known, "question"
        if (known := speech.question(strict=exact)) is not None:
            return known, "question"
        counts = not names or names[0] not in _OFFERS
        if counts and (counted := speech.counted()) is not None:
            return counted, "count"
        if speech.asks_measure:
            return speech.size(), "size_table"
        if speech.asked and not exact:
            known = speech.terms()
            if known is None and not speech.about_safety:
                known = speech.words()
            if known is not None or speech.about_safety or not set(names) & handlers.GENERAL:
                return known, "terms"
        if (answer := self._by_intents(speech, found)) is not None:
            return answer, "+".join(names[:2])
        if speech.gives_measures:
            return speech.size(), "size_advice"
        if not found and speech.names_variant and (left := speech.stock()) is not None:
            return left, "stock"
        if asks and not exact and (near := speech.words()) is not None:
            return near, "search"
        bare = not found and speech.only_names_product
        if bare and (speech.product != focused or len(speech.text) <= _SHORT):
            return speech.about(), "about"
        return None, "+".join(names[:2]) or "no fact"

    def _by_intents(self, speech: handlers.Speech, found: list[Intent]) -> Answer | None:
        """What is asked, and a second thing when the comment has two parts."""
        two = _TWO.search(speech.text.rstrip("?？!！。. "))
        alone = found and found[0].name in _ALONE
        given = [speech.intent(intent) for intent in found[: 2 if two and not alone else 1]]
        answers = [answer for answer in given if answer is not None]
        return both(answers, speech.language) if answers else None

    def _named(self, comment: Comment, focused: Product | None) -> Product | None:
        """The product that the comment names, in either language."""
        text = comment.text
        if comment.language != "zh" and (chinese := into_chinese(text, goods_only=True)) != text:
            text = f"{text} {chinese}"
        elif comment.language == "zh":
            # the viewer's own words too: "AirBeat" has its name in English
            text = f"{text} {re.sub('[^a-z ]+', ' ', comment.raw.lower())}"
        enough = _FOUND if is_chinese(text) else _FOUND_LATIN
        for product_id, score in self._shop.find_product(text, focused.id if focused else None):
            if score >= enough:
                return self._by_id(product_id)
        return None

    def _by_id(self, product_id: str | None) -> Product | None:
        return next((p for p in self._shop.products() if p.id == product_id), None)

    def _said(self, kind: str, asked: _Asked) -> Answer:
        """Words that need no fact."""
        return Answer(word(kind, {}, asked.language, self._rng), ())

    def _unknown(self, asked: _Asked, said: Answer, reason: str, product: Product | None) -> Reply:
        line = self._admit(asked, said, product, "answer")
        product_id = product.id if product else ""
        if isinstance(line, Blocked):
            self._on_blocked(line)
            return Reply(asked.event.id, "unknown", None, (), reason, product_id)
        return Reply(asked.event.id, "unknown", line, (), reason, product_id)

    def _reply(self, asked: _Asked, said: Answer, reason: str, product: Product | None) -> Reply:
        about = said.product or product
        line = self._admit(asked, said, about, _SMALL_TALK.get(reason, "answer"))
        if isinstance(line, Line):
            product_id = about.id if about else ""
            return Reply(asked.event.id, "answer", line, line.fact_ids, reason, product_id)
        self._on_blocked(line)
        logger.info("an answer was kept back by the gate", extra={"intent": reason})
        return self._unknown(asked, self._said("unknown", asked), reason, product)

    def _admit(
        self, asked: _Asked, said: Answer, product: Product | None, kind: LineKind
    ) -> Line | Blocked:
        called = self._nickname(asked.event.user.name, asked.language, asked.when)
        names = ["viewers", "smile"]
        if said.kinds & {"price", "stock"}:
            names += ["card", "point_left"]
        draft = Draft(
            text=called + said.text,
            language=asked.language,
            kind=kind,
            product_id=product.id if product else "",
            fact_ids=said.fact_ids,
            cues=tuple(cue(name) for name in names),
            move="answer",
        )
        return self._gate.admit(draft, asked.when)

    def _nickname(self, name: str, language: Language, when: datetime) -> str:
        """The viewer's name with a comma, when it is harmless and in the language; else nothing."""
        name = name.strip()
        plain = _NICKNAME.fullmatch(name) and is_chinese(name) == (language == "zh")
        if not plain or name.startswith(("用户", "user", "User")) or self._rng.random() < 0.6:
            return ""
        if sort_comment(read_comment(name), ()).kind or find_intents(read_comment(name)):
            return ""
        verdict = self._gate.check(name, language, "", when)
        if not verdict.ok or verdict.claims:
            return ""
        return f"{name}，" if language == "zh" else f"{name}, "


def _says_nothing(comment: Comment) -> bool:
    """Whether it is no question at all, or is like what people say in passing."""
    meaning, likeness = nearest(comment.text)
    return not _ASKS.search(comment.text) or (meaning == "none" and likeness >= CLOSE)


def _is_pinyin(comment: Comment, found: list[Intent]) -> bool:
    """Latin letters that only make sense as Chinese: duoshao qian."""
    return (
        not is_chinese(comment.text)
        and not found[0].pattern.search(comment.text)
        and any(
            each.replace(" ", "") in re.sub(r"[^a-z]", "", comment.text) for each in found[0].sounds
        )
    )
