"""The shop: products with their facts, files with what was read from them, scripts, checks."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Query, UploadFile, status
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from console.port import ChangesTaken, FieldName, Listing, ShopFile, ShopPort, Verdict
from core.language import Language
from core.line import Line
from core.product import Fact

_PICTURES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".gif": "image/gif", ".avif": "image/avif",
}  # fmt: skip
_Text = Annotated[str, Field(max_length=20_000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FactChange(_Body):
    field: Annotated[str, Field(min_length=1)]
    value: Annotated[str, Field(max_length=2000)]
    variant: str = ""


class ColumnMeaning(_Body):
    file: Annotated[str, Field(min_length=1)]
    column: Annotated[str, Field(min_length=1, max_length=200)]
    field: Annotated[str, Field(min_length=1)]


class CheckIn(_Body):
    text: _Text
    product_id: str = ""


class ScriptText(_Body):
    text: Annotated[str, Field(max_length=200_000)]


def routes(shop: ShopPort) -> APIRouter:
    router = APIRouter(prefix="/api/shop", tags=["shop"])
    _add_products(router, shop)
    _add_files(router, shop)
    _add_webhook(router, shop)
    _add_scripts(router, shop)
    return router


def _add_products(router: APIRouter, shop: ShopPort) -> None:
    # Staff's product ids may hold a slash, so the longer paths come first.
    def listing(product_id: str) -> Listing:
        found = shop.product(product_id)
        if found is None:
            raise HTTPException(404, f"no product {product_id!r} in this shop")
        return found

    @router.get("/products")
    async def read_products() -> list[Listing]:
        return shop.products()

    @router.get("/products/{product_id:path}/image", response_class=FileResponse)
    async def read_image(product_id: str) -> FileResponse:
        path = shop.image(product_id)
        kind = _PICTURES.get(path.suffix.lower()) if path else None
        if path is None or kind is None or not path.is_file():
            raise HTTPException(404, f"no picture of product {product_id!r}")
        return FileResponse(path, media_type=kind)

    @router.get("/products/{product_id:path}/pitch")
    async def read_pitch(
        product_id: str,
        language: Language = "zh",
        minutes: Annotated[float, Query(gt=0, le=60)] = 1.0,
    ) -> list[Line]:
        return await shop.pitch(listing(product_id).product.id, language, minutes)

    @router.get("/products/{product_id:path}")
    async def read_product(product_id: str) -> Listing:
        return listing(product_id)

    @router.patch("/products/{product_id:path}")
    async def change_fact(product_id: str, body: FactChange) -> Fact:
        known = listing(product_id).product.id
        return await shop.patch(known, body.field, body.value, body.variant)

    @router.get("/facts")
    async def read_facts(id: Annotated[list[str] | None, Query()] = None) -> list[Fact]:
        """The facts of these ids; without any, what holds for the whole shop."""
        return shop.facts(id) if id else shop.shop_facts()


def _add_files(router: APIRouter, shop: ShopPort) -> None:
    @router.get("/files")
    async def read_files() -> list[ShopFile]:
        return shop.files()

    @router.post("/files", status_code=status.HTTP_201_CREATED)
    async def upload(file: UploadFile) -> ShopFile:
        # A browser that sends a folder names the path; only the last part may choose a place.
        name = Path((file.filename or "").replace("\\", "/")).name
        if not name or name.startswith("."):
            raise HTTPException(422, f"a file cannot be named {file.filename!r}")
        return await shop.upload(name, await file.read())

    @router.get("/fields")
    async def read_fields() -> list[FieldName]:
        """What a column may be taken for."""
        return shop.fields()

    @router.post("/columns")
    async def map_column(body: ColumnMeaning) -> ShopFile:
        """Say what a column of a file is. Refused with 422 for a field that does not exist."""
        return await shop.map_column(body.file, body.column, body.field)


def _add_webhook(router: APIRouter, shop: ShopPort) -> None:
    @router.post("/webhook")
    async def take_changes(message: Annotated[Any, Body()]) -> ChangesTaken:
        """Prices and stock from a shop system, in its own words: one object or a list, anywhere in
        the JSON. What cannot be done is told of item by item; 422 when nothing names a product."""
        return await shop.take_changes(message)


def _add_scripts(router: APIRouter, shop: ShopPort) -> None:
    @router.get("/scripts")
    async def read_scripts() -> list[str]:
        return shop.scripts()

    @router.get("/scripts/{name}")
    async def read_script(name: str) -> ScriptText:
        text = shop.script(name)
        if text is None:
            raise HTTPException(404, f"no script {name!r} in this shop")
        return ScriptText(text=text)

    @router.post("/scripts/{name}")
    async def save_script(name: str, body: ScriptText) -> ScriptText:
        """Refused with 422, file and line when a cue, field or product in it is not known."""
        await shop.save_script(name, body.text)
        return body

    @router.post("/check")
    async def check(body: CheckIn) -> Verdict:
        return await shop.check(body.text, body.product_id)
