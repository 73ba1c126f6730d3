"""A small shop in memory, with a gate that knows prices and superlatives."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from console.port import (
    ChangesTaken,
    FieldName,
    Listing,
    RefusedChange,
    ReportRow,
    ShopFile,
    Verdict,
)
from core.errors import ContentError
from core.language import Language
from core.line import Claim, Line
from core.message import Message
from core.product import Fact, Money, Product, Source, Variant

SHEET = "秋季选品.xlsx"
_PRICE = re.compile(r"[¥￥]\s?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:元|块|yuan)")
_BEST = re.compile(r"全网最低|最好|第一名|the best|number one", re.IGNORECASE)


def _product(product_id: str, name: str, name_en: str, category: str, brand: str, ordinal: int,
             variants: tuple[Variant, ...] = ()) -> Product:  # fmt: skip
    names: tuple[tuple[Language, str], ...] = (("zh", name), ("en", name_en))
    return Product(product_id, name, names, category, brand, (), variants, ordinal, "")


def _fact(product_id: str, field: str, kind: str, value: str | float | Money, label: str,
          place: str, *, variant: str = "", unit: str = "", file: str = SHEET) -> Fact:  # fmt: skip
    middle = f"{product_id}/{variant}" if variant else product_id or "shop"
    place += f", column {label}" if file == SHEET else ""
    return Fact(f"{middle}.{field}", product_id, variant, field, kind, value, unit, "zh",  # type: ignore[arg-type]
                Source(file, place), label)  # fmt: skip


def _yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def demo() -> list[Listing]:
    serum = _product("BT1001", "玻尿酸保湿精华", "Hyaluronic moisture serum", "beauty", "水屿", 1,
                     (Variant("30ml", "BT1001-30"), Variant("50ml", "BT1001-50")))  # fmt: skip
    shirt = _product("AP2002", "新疆长绒棉衬衫", "Long-staple cotton shirt", "apparel", "素间", 2)
    pan = _product("HM3003", "不粘平底锅 28cm", "Non-stick frying pan 28 cm", "home", "小灶", 3)
    return [
        Listing(serum, (
            _fact("BT1001", "price", "price", _yuan(19900), "直播价", "Sheet1 row 2"),
            _fact("BT1001", "list_price", "price", _yuan(32900), "日常价", "Sheet1 row 2"),
            _fact("BT1001", "stock", "stock", 286.0, "库存", "Sheet1 row 2", unit="件"),
            _fact("BT1001", "price", "price", _yuan(28900), "直播价", "Sheet1 row 3",
                  variant="50ml"),
            _fact("BT1001", "skin_type", "text", "干性、中性、敏感肌", "适用肤质",
                  "Sheet1 row 2"),
            _fact("BT1001", "ingredients", "ingredients", "三重玻尿酸、B5、神经酰胺", "主要成分",
                  "line 12", file="玻尿酸精华说明.md"),
        )),
        Listing(shirt, (
            _fact("AP2002", "price", "price", _yuan(15900), "直播价", "Sheet1 row 4"),
            _fact("AP2002", "stock", "stock", 42.0, "库存", "Sheet1 row 4", unit="件"),
            _fact("AP2002", "material", "material", "100% 新疆长绒棉", "面料",
                  "Sheet1 row 4"),
        )),
        Listing(pan, (
            _fact("HM3003", "price", "price", _yuan(12900), "直播价", "Sheet1 row 5"),
            _fact("HM3003", "stock", "stock", 0.0, "库存", "Sheet1 row 5", unit="件"),
        )),
    ]  # fmt: skip


class FakeShop:
    def __init__(self, folder: Path, listings: Iterable[Listing] | None = None) -> None:
        self._listings = {item.product.id: item for item in listings or demo()}
        self._whole = [_fact("", "shipping", "policy", "48 小时内发货，江浙沪次日达", "发货",
                             "line 3", file="店铺规则.md")]  # fmt: skip
        self._files = {SHEET: _SHEET_REPORT, "店铺规则.md": _RULES_REPORT}
        self._scripts = {"开场.md": "# 开场\n[product: BT1001] [smile]\n今天这瓶只要 {price}。\n"}
        self._images = {name: _bottle(folder / f"{name}.png", i)
                        for i, name in enumerate(self._listings)}  # fmt: skip

    def products(self) -> list[Listing]:
        return list(self._listings.values())

    def product(self, product_id: str) -> Listing | None:
        return self._listings.get(product_id)

    def facts(self, fact_ids: Sequence[str]) -> list[Fact]:
        known = {fact.id: fact for item in self._listings.values() for fact in item.facts}
        known |= {fact.id: fact for fact in self._whole}
        return [known[fact_id] for fact_id in fact_ids if fact_id in known]

    def shop_facts(self) -> list[Fact]:
        return list(self._whole)

    def image(self, product_id: str) -> Path | None:
        return self._images.get(product_id)

    def files(self) -> list[ShopFile]:
        return list(self._files.values())

    async def upload(self, name: str, content: bytes) -> ShopFile:
        if not name.endswith((".csv", ".xlsx", ".docx", ".md", ".json")):
            raise ContentError("no reader for this kind of file; use xlsx, csv, docx, md or json",
                               file=name)  # fmt: skip
        row = ReportRow("row 2", "read", "商品名：冰丝凉席", "HM3004", "name")
        guess = ReportRow(
            "row 2, column 售价", "guessed", "“售价”当作价格，“89”当作 ¥89", "HM3004", "price"
        )
        self._files[name] = ShopFile(name, len(content), (row, guess))
        return self._files[name]

    async def patch(self, product_id: str, field: str, value: str, variant: str) -> Fact:
        listing = self._listings[product_id]
        number = re.search(r"\d+(?:\.\d+)?", value)
        if number is None and field in ("price", "list_price", "stock"):
            message = Message("{text!r} is no number", text=value)
            raise ContentError(message, row=product_id, field=field)
        for i, fact in enumerate(listing.facts):
            if (fact.field, fact.variant) == (field, variant):
                amount = float(number.group()) if number else 0.0
                new: str | float | Money = (
                    Money(round(amount * 100), fact.value.currency) if isinstance(fact.value, Money)
                    else amount if isinstance(fact.value, float) else value
                )  # fmt: skip
                changed = replace(fact, value=new, source=Source("控制台", "直播中修改"))
                facts = (*listing.facts[:i], changed, *listing.facts[i + 1 :])
                self._listings[product_id] = replace(listing, facts=facts)
                return changed
        raise ContentError("this product has no such fact", row=product_id, field=field)

    async def take_changes(self, message: object) -> ChangesTaken:
        items = message if isinstance(message, list) else [message]
        changed: list[Fact] = []
        refused = []
        for number, item in enumerate(items, start=1):
            if not isinstance(item, dict) or str(item.get("sku")) not in self._listings:
                refused.append(RefusedChange(number, "no product is called so"))
                continue
            for field in ("price", "stock"):
                if field in item:
                    changed.append(await self.patch(item["sku"], field, str(item[field]), ""))
        if not changed and not refused:
            raise ContentError("no item names a product", file="webhook")
        return ChangesTaken(tuple(changed), tuple(refused))

    def fields(self) -> list[FieldName]:
        return [FieldName("price", "直播价", "price"), FieldName("material", "材质", "material"),
                FieldName("ignore", "不要", "leave out")]  # fmt: skip

    async def map_column(self, file: str, column: str, field: str) -> ShopFile:
        if file not in self._files:
            raise ContentError("there is no such file", file=file)
        if field not in {one.key for one in self.fields()}:
            raise ContentError(f"no field is called {field!r}", file=file, field=column)
        known = self._files[file]
        rows = tuple(row for row in known.rows if row.column != column)
        self._files[file] = replace(known, rows=rows)
        return self._files[file]

    def scripts(self) -> list[str]:
        return sorted(self._scripts)

    def script(self, name: str) -> str | None:
        return self._scripts.get(name)

    async def save_script(self, name: str, text: str) -> None:
        for n, row in enumerate(text.splitlines(), 1):
            if "[jump]" in row:
                raise ContentError("unknown cue 'jump'; did you mean 'smile'?",
                                   file=f"scripts/{name}", row=f"line {n}")  # fmt: skip
        self._scripts[name] = text

    async def check(self, text: str, product_id: str) -> Verdict:
        facts = [fact for item in self._listings.values() for fact in item.facts]
        claims = []
        for found in _PRICE.finditer(text):
            minor = round(float(found.group(1) or found.group(2)) * 100)
            backing = next((f for f in facts if isinstance(f.value, Money)
                            and f.value.minor == minor), None)  # fmt: skip
            reason = "" if backing else f"没有商品卖 {minor / 100:g} 元：玻尿酸保湿精华是 199 元"
            claims.append(Claim("price", found.group(), found.start(), found.end(),
                                backing.id if backing else "", reason))  # fmt: skip
        for found in _BEST.finditer(text):
            claims.append(Claim("superlative", found.group(), found.start(), found.end(), "",
                                "绝对化用语，广告法第九条不允许"))  # fmt: skip
        bad = any(claim.reason for claim in claims)
        rules = ("广告法：不得使用绝对化用语",) if _BEST.search(text) else ()
        return Verdict(not bad, text, tuple(claims), rules)

    async def pitch(self, product_id: str, language: Language, minutes: float) -> list[Line]:
        listing = self._listings[product_id]
        text = {"zh": f"来看这款{listing.product.name}。"}.get(
            language, f"Have a look at the {listing.product.name_in(language)}."
        )
        ids = tuple(fact.id for fact in listing.facts[:1])
        return [Line(f"{product_id}-1", text, language, "pitch", ids, product_id, move="hook")]


def _bottle(path: Path, n: int) -> Path:
    picture = np.full((320, 320, 3), ((236, 228, 214), (222, 232, 226), (224, 226, 238))[n % 3],
                      np.uint8)  # fmt: skip
    colour = ((176, 120, 70), (120, 150, 96), (90, 96, 160))[n % 3]
    cv2.rectangle(picture, (112, 96), (208, 280), colour, -1, cv2.LINE_AA)
    cv2.rectangle(picture, (136, 48), (184, 96), (70, 66, 60), -1, cv2.LINE_AA)
    cv2.rectangle(picture, (124, 150), (196, 230), (245, 245, 245), -1, cv2.LINE_AA)
    cv2.imencode(".png", picture)[1].tofile(path)
    return path


_SHEET_REPORT = ShopFile(SHEET, 18_432, (
    ReportRow("Sheet1 row 2", "read", "玻尿酸保湿精华：6 项", "BT1001"),
    ReportRow("Sheet1 row 4", "read", "新疆长绒棉衬衫：3 项", "AP2002"),
    ReportRow("Sheet1 row 5", "guessed", "“到手”当作直播价，“129”当作 ¥129",
              "HM3003", "price", "到手"),
    ReportRow("Sheet1 row 7", "refused", "'待定' is not one price",
              "BT1009", "price", message_zh="“待定”不是价格；写成 199 或 ¥199"),
))  # fmt: skip
_RULES_REPORT = ShopFile("店铺规则.md", 912, (
    ReportRow("line 3", "read", "发货：48 小时内发货，江浙沪次日达"),
))  # fmt: skip
