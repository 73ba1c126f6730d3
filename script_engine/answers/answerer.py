"""From a viewer's comment to what is done about it."""

import logging
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.language import Language
from core.line import Line, LineKind, Reply
from core.product import Product
from core.viewer import ViewerEvent
from script_engine.answers import handlers
from script_engine.answers.choices import carried, without_variants
from script_engine.answers.comment import Comment, is_chinese, read_comment
from script_engine.answers.intents import Intent, find_intents, intents, is_guess, sides
from script_engine.answers.memory import Memory, Recent, goes_on, points_back, still_about
from script_engine.answers.naming import Naming
from script_engine.answers.nearest import CLOSE, nearest
from script_engine.answers.question import question, whole_parts
from script_engine.answers.telling import Answer, both
from script_engine.answers.topics import topics_of
from script_engine.answers.triage import sort_comment
from script_engine.answers.wording import word
from script_engine.answers.words import content
from script_engine.claims import cut
from script_engine.cues import cue
from script_engine.evidence import WHOLE_SHOP
from script_engine.gate import Blocked, Draft, Gate
from script_engine.shop import Shop

logger = logging.getLogger(__name__)

_ASKS = re.compile(
    r"[?？吗呢么]|还是|怎么|什么|多少|的价[格钱]?$|多[久大长重厚宽高深粗远细快亮硬软甜辣薄强]|几|哪|如何|谁|(.)[不没]\1|(?:[不没否]|没有)$|(?<=.)(?:[不没]|没有)(?=[,，\s])|"
    r"^(?:能|可以|有|会|是)|\b(?:what|whats|how|when|where|which|who|why|any)\b|"
    r"(?:^|[,.;!:]\s?|\b(?:and|but|so|hey|hi|please|ok|okay|just|wait)\s)"
    r"(?:can|could|does|do|did|is|are|am|was|will|would|should|have|has|may|got)\b"
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
_CLAUSES = re.compile(r"[，。；！!;]|(?<!\d)[,.](?!\d)")
_HOW_MUCH = re.compile(r"(?<!大)多少[啊呀呢哦嘞]*[?？]*$")
# 洗面奶多少呀
_LEAST = 4
# characters an answer must have left when clauses are taken out
_LEFT = re.compile(r"有|剩|几|\b(?:any|left|have|got|available)\b")
_PASSING = frozenset({"order", "own_order", "gift", "about", "opened", "how", "recommend"})
# intents that are not guessed where something is named
_BRIEF, _PLAIN_ENOUGH = 8, 0.75
# words of a request that is no question, and the share of it that a fact must speak of
_TRIES = 5
# wordings of an answer that the gate is shown, or that are thrown for another
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
        self._said_last: dict[str, str] = {}
        # of each kind, so that nobody hears one sentence twice in a row
        self._naming = Naming(shop)

    def warm_up(self) -> None:
        """Read word lists and dictionaries, so that the first viewer need not wait for them."""
        self._naming.warm_up()
        for text in ("zhe ge duoshao qian", "这个99元两件呢", "and this one"):
            comment = read_comment(text)
            sort_comment(comment, ())
            find_intents(comment)
            nearest(text)
            content(text)
            topics_of(question(text).text)
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
        focused = self._naming.by_id(focus)
        asked = _Asked(event, comment, comment.language, when)
        if kind.kind in _SMALL_TALK:
            return self._reply(asked, self._said(kind.kind, asked), kind.kind, focused)
        found = find_intents(comment)
        if comment.foreign and not found:
            return self._reply(asked, self._said("language", asked), "language", focused)
        if found and _is_pinyin(comment, found):
            asked = _Asked(event, comment, "zh", when)
        named = self._naming.named(comment, focused)
        recent = self._memory.last(event.user.id, when)
        focus_id = focused.id if focused else ""
        if recent is not None:
            going_on = goes_on(comment.text)
            if named is None and (
                points_back(comment.text) or still_about(recent, focus_id, comment.text, when)
            ):
                named = self._naming.by_id(recent.product_id)
            topical = any(
                key[0] not in "=+" for unit in question(comment.text).units for key in unit.keys
            )
            inherited = not found and going_on and not topical
            if inherited:
                found = list(recent.intents)
            product = named or focused
            if inherited and not found and product:
                kept = without_variants(product, recent.text)
                asked = replace(asked, comment=replace(comment, text=f"{kept} {comment.text}"))
            elif going_on and product and (kept := carried(product, recent.text, comment.text)):
                asked = replace(asked, comment=replace(comment, text=f"{comment.text} {kept}"))
        product = named or focused
        about = product.id if product else ""
        self._memory.note(event.user.id, Recent(when, about, focus_id, tuple(found), comment.text))
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
        blocked: Blocked | None = None
        for _ in range(_TRIES):
            answer, reason = self._answered(asked, speech, found, focused)
            if answer is None:
                break
            line = self._admit(asked, answer, answer.product or product, "answer")
            if isinstance(line, Line):
                about = answer.product or product or focused
                product_id = about.id if about else ""
                return Reply(asked.event.id, "answer", line, line.fact_ids, reason, product_id)
            blocked = line
        if blocked is not None and answer is not None:
            shorter = self._shortened(asked, answer, blocked, answer.product or product)
            if shorter is not None:
                return replace(shorter, reason=reason)
        if blocked is not None:
            self._on_blocked(blocked)
            logger.info("an answer was kept back by the gate", extra={"intent": reason})
            return self._unknown(asked, self._said("unknown", asked), reason, product)
        if not found and not speech.asked and _says_nothing(comment):
            return Reply(asked.event.id, "ignore", None, (), "asks nothing")
        careful = bool(_CAREFUL & {term.group for term in speech.asked})
        said = self._said("careful" if careful else "unknown", asked)
        return self._unknown(asked, said, reason, product)

    def _shortened(
        self, asked: _Asked, answer: Answer, blocked: Blocked, product: Product | None
    ) -> Reply | None:
        """The answer without the clauses in which the gate found what may not be said."""
        wrong = [claim.text for claim in blocked.claims if claim.reason]
        wrong += [violation.text for violation in blocked.violations]
        kept = [
            c for c in _CLAUSES.split(answer.text) if c.strip() and not any(w in c for w in wrong)
        ]
        owners = [product.id, WHOLE_SHOP] if product else [WHOLE_SHOP]
        facts = [f for o in owners for f in self._shop.facts_of(o) if f.id in answer.fact_ids]
        values = " ".join(str(fact.value) for fact in facts if isinstance(fact.value, str))
        if not any(c.strip()[:_LEAST] in values for c in kept):
            return None
        end = "。" if asked.language == "zh" else "."
        text = ("，" if asked.language == "zh" else ", ").join(part.strip() for part in kept) + end
        line = self._admit(asked, replace(answer, text=text), product, "answer")
        if not isinstance(line, Line):
            return None
        about = product.id if product else ""
        return Reply(asked.event.id, "answer", line, line.fact_ids, "", about)

    def _answered(
        self,
        asked: _Asked,
        speech: handlers.Speech,
        found: list[Intent],
        focused: Product | None,
    ) -> tuple[Answer | None, str]:
        """The answer, to each part of the comment or to the whole of it."""
        asking, in_parts, reasons = self._find_parts(asked, speech, focused)
        if asking > 1 and in_parts is not None:
            return in_parts, reasons
        answer, reason = self._find(speech, found, focused)
        if answer is None and in_parts is not None:
            return in_parts, reasons
        if answer is None and focused is not None and speech.product != focused:
            # the name may have been none: "can I boil milk in it" with a milk frother for sale
            own = speech.of(focused)
            if (known := own.words()) is not None:
                return known, "search"
        return answer, reason

    def _find_parts(
        self, asked: _Asked, speech: handlers.Speech, focused: Product | None
    ) -> tuple[int, Answer | None, str]:
        """How many parts of a comment ask something, and the answers one after the other."""
        answers: list[Answer] = []
        reasons: list[str] = []
        asking = 0
        texts = whole_parts(asked.comment.text)
        if len(texts) == 1:
            texts = sides(texts[0])
        if len(texts) == 1:
            return 1, None, ""
        for text in texts:
            part = replace(asked.comment, text=text)
            found = find_intents(part)
            in_two = len(texts) == 2 and len(whole_parts(asked.comment.text)) == 1
            plain = not (found and found[0].pattern.search(text)) and not _ASKS.search(text)
            if plain and not in_two:
                continue
            asking += 1
            answer, reason = self._find(speech.to(part), found, focused)
            if answer is not None and not any(
                set(answer.fact_ids) <= set(known.fact_ids) for known in answers
            ):
                answers.append(answer)
                reasons.append(reason)
        if not answers:
            return asking, None, ""
        return asking, both(answers, asked.language), "+".join(dict.fromkeys(reasons))

    def _find(
        self, speech: handlers.Speech, found: list[Intent], focused: Product | None
    ) -> tuple[Answer | None, str]:
        """The answer and what it was taken to be about."""
        sure = any(intent.pattern.search(speech.text) for intent in found)
        sure = sure or (bool(found) and goes_on(speech.text))
        asks = bool(_ASKS.search(speech.text))
        if found and not sure and asks and (near := speech.words()) is not None:
            # what was only guessed yields to a fact that uses the viewer's own words
            return near, "search"
        guessed = bool(found) and not sure and speech.names_unknown and is_guess(speech.comment)
        if guessed or (found and not sure and found[0].name in _PASSING and speech.names_something):
            # a likeness to "how do I get it" says little where a thing is named
            found = []
        real = found and found[0].name == "authenticity"
        if (not found or real) and speech.names_material:
            found = [intent for intent in intents() if intent.name == "material"]
        names = [intent.name for intent in found]
        exact = bool(set(names) & handlers.EXACT) and (sure or not speech.asked)
        if names[:1] == ["restock"]:
            return None, "restock"
        if "compare" in names and (sides := speech.compare(found, focused)) is not None:
            return sides, "compare"
        if names[:1] == ["compare"] and speech.names_stranger:
            return None, "compare"
        if len(found) > 1 and names[0] == "compare":
            found, names = found[1:], names[1:]
        if focused is not None and speech.product != focused and not exact:
            # "可以和防晒一起用吗" names another product but asks about the one on air.
            known = speech.of(focused).question(strict=True)
            if known is not None:
                return replace(known, product=focused), "question"
        offers = bool(sure and names and names[0] in _OFFERS)
        if not offers and (known := speech.question(strict=exact)) is not None:
            return known, "question"
        if not offers and not sure and (known := speech.labelled()) is not None:
            return known, "label"
        counts = not names or names[0] not in _OFFERS | {"colour", "sizes"}
        if counts and (counted := speech.counted()) is not None:
            return counted, "count"
        if speech.asks_measure:
            return speech.size(), "size_table"
        if speech.asked and not exact:
            known = speech.terms()
            if known is None and not speech.about_safety:
                known = speech.words()
            if known is not None or speech.about_safety:
                return known, "terms"
        if names and names[0] in {"price", "price_check"} and speech.names_something:
            charged = speech.charged()
            if charged is not None:
                return charged, "charge"
        if (answer := self._by_intents(speech, found)) is not None:
            return answer, "+".join(names[:2])
        if names[:1] == ["material"] and speech.asks_stuff_of_part:
            return None, "material"
        if speech.gives_measures:
            return speech.size(), "size_advice"
        if not found and speech.names_variant and speech.only_names_variant:
            left = _LEFT.search(speech.text)
            offered = [None if left else speech.intent_named("price"), speech.stock()]
            if known_offers := [each for each in offered if each is not None]:
                return both(known_offers, speech.language), "variant"
        if asks and "overseas" not in names and (near := speech.words()) is not None:
            return near, "search"
        brief = len(re.findall(r"[a-z']+|[\u4e00-\u9fff]", speech.text)) <= _BRIEF
        if not asks and brief and (near := speech.words(_PLAIN_ENOUGH)) is not None:
            return near, "search"
        if asks and (amounts := speech.by_amount()) is not None:
            return amounts, "variant"
        bare = not found and speech.only_names_product
        if bare and _HOW_MUCH.search(speech.text):
            return speech.intent_named("price"), "price"
        has = re.search(r"有没有|^有|[吗么]$|\b(?:any|have)\b", speech.text)
        if bare and (speech.product != focused or (len(speech.text) <= _SHORT and not has)):
            return speech.about(), "about"
        return None, "+".join(names[:2]) or "no fact"

    def _by_intents(self, speech: handlers.Speech, found: list[Intent]) -> Answer | None:
        """What is asked, and a second thing when the comment has two parts."""
        two = _TWO.search(speech.text.rstrip("?？!！。. "))
        alone = found and found[0].name in _ALONE
        given = [speech.intent(intent) for intent in found[: 2 if two and not alone else 1]]
        answers = [answer for answer in given if answer is not None]
        return both(answers, speech.language) if answers else None

    def _said(self, kind: str, asked: _Asked) -> Answer:
        """Words that need no fact, other ones than the last time."""
        text = word(kind, {}, asked.language, self._rng)
        for _ in range(_TRIES):
            if text != self._said_last.get(kind):
                break
            text = word(kind, {}, asked.language, self._rng)
        self._said_last[kind] = text
        return Answer(text, ())

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
