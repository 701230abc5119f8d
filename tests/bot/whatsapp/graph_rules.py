"""What the Cloud API takes and refuses, in its codes. Pure functions on the JSON that is posted to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

TEXT_LIMIT = 4096
BODY_LIMIT = 1024
CAPTION_LIMIT = 1024
HEADER_LIMIT = 60
FOOTER_LIMIT = 60
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
ROWS = 10
ROW_TITLE = 24
ROW_ID = 200
ROW_DESCRIPTION = 72
TEMPLATE_BUTTON = 25
TEMPLATE_BUTTONS = 10
IMAGE_LIMIT = 5 * 1024 * 1024
DOCUMENT_LIMIT = 100 * 1024 * 1024

IMAGES = frozenset({"image/jpeg", "image/png"})
OFFICE = "application/vnd.openxmlformats-officedocument."
UPLOADS = IMAGES | {
    "image/webp",
    "audio/aac",
    "audio/mp4",
    "audio/mpeg",
    "audio/amr",
    "audio/ogg",
    "video/mp4",
    "video/3gpp",
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet",
    f"{OFFICE}presentationml.presentation",
}
STATUS_OF = {190: 401, 200: 403, 132001: 404, 130429: 429, 131000: 500, 131016: 503, 2: 503}
"""The HTTP status of a code; 400 for all others."""


class Refusal(Exception):
    """An answer of the Graph API that is an error."""

    def __init__(self, code: int, details: str, *, retry_after: int | None = None) -> None:
        super().__init__(details)
        self.code = code
        self.details = details
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return STATUS_OF.get(self.code, 400)

    def as_json(self) -> dict[str, Any]:
        return {
            "error": {
                "message": f"(#{self.code}) {self.details}",
                "type": "OAuthException",
                "code": self.code,
                "error_data": {"messaging_product": "whatsapp", "details": self.details},
                "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
            }
        }


@dataclass
class Upload:
    """A file at Meta."""

    data: bytes
    mime: str
    name: str = ""
    link_made_at: float = field(default=0.0)


@dataclass
class KnownTemplate:
    """A template of the business account as Meta keeps it."""

    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = "APPROVED"
    id: str = "1200000000000001"

    def component(self, kind: str) -> dict[str, Any] | None:
        return next((one for one in self.components if one["type"].upper() == kind), None)

    def as_json(self) -> dict[str, Any]:
        kept = {"name": self.name, "language": self.language, "category": self.category, "status": self.status}
        return {**kept, "components": self.components, "id": self.id, "parameter_format": "POSITIONAL"}


def check_message(message: Json, uploads: Mapping[str, Upload], templates: Iterable[KnownTemplate]) -> None:
    """Refuse what Meta would, whoever it is sent to."""
    if message.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")
    if not (message.get("to") or message.get("recipient")):
        raise Refusal(100, "The parameter to is required.")
    kind = message.get("type", "text")
    content = message.get(kind)
    if not isinstance(content, Mapping):
        raise Refusal(131008, f"Required parameter {kind} is missing")
    match kind:
        case "text":
            _length("body", content.get("body"), TEXT_LIMIT)
        case "interactive":
            _check_interactive(content, uploads)
        case "image":
            _check_media(content, uploads, IMAGES, IMAGE_LIMIT)
        case "document":
            _check_media(content, uploads, UPLOADS, DOCUMENT_LIMIT)
        case "template":
            _check_template(content, uploads, templates)
        case _:
            raise Refusal(131051, f"Unsupported message type {kind}")


def check_upload(data: bytes, mime: str) -> None:
    """Refuse a file that Meta would not keep."""
    if mime not in UPLOADS:
        raise Refusal(100, f"Param file must be a file with one of the following types: {sorted(UPLOADS)}")
    limit = IMAGE_LIMIT if mime.startswith("image/") else DOCUMENT_LIMIT
    if not 0 < len(data) <= limit:
        raise Refusal(131053, f"Media upload error: {len(data)} bytes")


def check_new_template(template: Json) -> None:
    """Refuse a template that Meta would not even review."""
    if not re.fullmatch(r"[a-z0-9_]{1,512}", str(template.get("name"))):
        raise Refusal(100, "Message template name may only contain lowercase letters, digits and underscores")
    if template.get("category") not in ("UTILITY", "MARKETING", "AUTHENTICATION"):
        raise Refusal(100, "Param category is not one of the known ones")
    components = {one["type"]: one for one in template["components"]}
    if "BODY" not in components or len(components) != len(template["components"]):
        raise Refusal(100, "A template has one body and no component twice")
    _check_new_body(components["BODY"])
    header = components.get("HEADER")
    if header is not None and header.get("format") == "IMAGE" and not header.get("example", {}).get("header_handle"):
        raise Refusal(100, "A header with an image needs an example")
    _check_new_buttons(components.get("BUTTONS", {}).get("buttons", []))


def _check_interactive(content: Json, uploads: Mapping[str, Upload]) -> None:
    _length("interactive body", content.get("body", {}).get("text"), BODY_LIMIT)
    if "footer" in content:
        _length("footer", content["footer"].get("text"), FOOTER_LIMIT)
    match content.get("type"):
        case "button":
            _check_header(content.get("header"), uploads)
            _check_buttons(content["action"]["buttons"])
        case "list":
            if content.get("header", {"type": "text"})["type"] != "text":
                raise Refusal(131009, "A list message has a header of type text only")
            _check_header(content.get("header"), uploads)
            _check_rows(content["action"])
        case other:
            raise Refusal(131009, f"interactive type {other}")


def _check_header(header: Json | None, uploads: Mapping[str, Upload]) -> None:
    if header is None:
        return
    match header["type"]:
        case "text":
            _length("header", header["text"], HEADER_LIMIT)
        case "image":
            _check_media(header["image"], uploads, IMAGES, IMAGE_LIMIT, captions=False)
        case "document":
            _check_media(header["document"], uploads, UPLOADS, DOCUMENT_LIMIT, captions=False)
        case other:
            raise Refusal(131009, f"header of type {other}")


def _check_buttons(buttons: list[Json]) -> None:
    if not 1 <= len(buttons) <= BUTTONS:
        raise Refusal(131009, f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {BUTTONS}")
    for button in buttons:
        _length("button title", button["reply"]["title"], BUTTON_TITLE)
        _length("button id", button["reply"]["id"], BUTTON_ID)
    _unique("button title", [button["reply"]["title"] for button in buttons])
    _unique("button id", [button["reply"]["id"] for button in buttons])


def _check_rows(action: Json) -> None:
    _length("list button", action.get("button"), BUTTON_TITLE)
    rows = [row for section in action["sections"] for row in section["rows"]]
    if not 1 <= len(rows) <= ROWS:
        raise Refusal(131009, f"Total row count exceed max allowed count: {ROWS}")
    for section in action["sections"]:
        _length("section title", section.get("title"), ROW_TITLE)
    for row in rows:
        _length("row title", row["title"], ROW_TITLE)
        _length("row id", row["id"], ROW_ID)
        if "description" in row:
            _length("row description", row["description"], ROW_DESCRIPTION)
    _unique("row id", [row["id"] for row in rows])


def _check_media(
    media: Json, uploads: Mapping[str, Upload], mimes: frozenset[str], limit: int, *, captions: bool = True
) -> None:
    upload = uploads.get(media.get("id", ""))
    if upload is None:
        raise Refusal(131053, "Media upload error: unknown media id")
    if upload.mime not in mimes or len(upload.data) > limit:
        raise Refusal(131053, f"Media upload error: {upload.mime} of {len(upload.data)} bytes")
    if "caption" in media:
        if not captions:
            raise Refusal(131009, "A header has no caption")
        _length("caption", media["caption"], CAPTION_LIMIT)


def _check_template(content: Json, uploads: Mapping[str, Upload], templates: Iterable[KnownTemplate]) -> None:
    named = (content.get("name"), content.get("language", {}).get("code"))
    template = next((one for one in templates if (one.name, one.language) == named), None)
    if template is None or template.status in ("PENDING", "REJECTED"):
        raise Refusal(132001, f"template name ({named[0]}) does not exist in {named[1]}")
    if template.status == "PAUSED":
        raise Refusal(132015, "Template is paused due to low quality")
    if template.status == "DISABLED":
        raise Refusal(132016, "Template is disabled")
    given = content.get("components", [])
    _check_template_header(template, [one for one in given if one["type"] == "header"], uploads)
    _check_template_body(template, [one for one in given if one["type"] == "body"])
    _check_template_buttons(template, [one for one in given if one["type"] == "button"])


def _check_template_header(template: KnownTemplate, given: list[Json], uploads: Mapping[str, Upload]) -> None:
    wanted = template.component("HEADER")
    if bool(wanted) != bool(given):
        raise Refusal(132012, f"header: {len(given)} given")
    if wanted is not None:
        [parameter] = given[0]["parameters"]
        if parameter["type"] != wanted["format"].lower():
            raise Refusal(132012, f"header: Format mismatch, expected {wanted['format']}")
        _check_media(parameter["image"], uploads, IMAGES, IMAGE_LIMIT, captions=False)


def _check_template_body(template: KnownTemplate, given: list[Json]) -> None:
    body = template.component("BODY")
    assert body is not None
    parameters = [parameter["text"] for one in given for parameter in one["parameters"]]
    wanted = len(set(re.findall(r"\{\{\d+\}\}", body["text"])))
    if len(parameters) != wanted:
        raise Refusal(132000, f"body: number of localizable_params ({len(parameters)}) does not match ({wanted})")
    for parameter in parameters:
        if not parameter:
            raise Refusal(131008, "body: parameter text is missing")
        if re.search(r"[\n\t]| {5,}", parameter):
            raise Refusal(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    if len(filled(body["text"], parameters)) > BODY_LIMIT:
        raise Refusal(132005, "Translated text too long")


def _check_template_buttons(template: KnownTemplate, given: list[Json]) -> None:
    known = (template.component("BUTTONS") or {"buttons": []})["buttons"]
    for one in given:
        if one["sub_type"] != "quick_reply" or not 0 <= int(one["index"]) < len(known):
            raise Refusal(132012, f"button {one['index']} is not there")
        [parameter] = one["parameters"]
        _length("payload", parameter["payload"], BUTTON_ID)


def _check_new_body(body: Json) -> None:
    text = body["text"]
    _length("body", text, BODY_LIMIT)
    numbers = re.findall(r"\{\{(\d+)\}\}", text)
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        raise Refusal(100, "Variables are numbered in order")
    if re.search(r"^\W*\{\{|\}\}\W*$", text):
        raise Refusal(100, "Variables can't be at the start or end of the template")
    if re.search(r"\}\}\W*\{\{", text):
        raise Refusal(100, "Variables need words between them")
    if len(re.sub(r"\{\{\d+\}\}", "", text).split()) < 3 * len(numbers):
        raise Refusal(100, "This template has too many variables for its length")
    if re.search(r"\n{3,}|\t| {5,}", text):
        raise Refusal(100, "Too many line breaks or spaces")
    examples = body.get("example", {}).get("body_text", [[]])[0]
    if len(examples) != len(numbers) or not all(examples):
        raise Refusal(100, "Every variable needs an example")


def _check_new_buttons(buttons: list[Json]) -> None:
    if len(buttons) > TEMPLATE_BUTTONS:
        raise Refusal(100, "Too many buttons")
    for button in buttons:
        _length("button text", button["text"], TEMPLATE_BUTTON)
    _unique("button text", [button["text"] for button in buttons])


def filled(body: str, parameters: list[str]) -> str:
    """A template's text with its parameters, as the person reads it."""
    return re.sub(r"\{\{(\d+)\}\}", lambda found: parameters[int(found[1]) - 1], body)


def _length(what: str, text: object, most: int) -> None:
    if not isinstance(text, str) or not text.strip():
        raise Refusal(131008, f"Required parameter {what} is missing")
    if len(text) > most:
        raise Refusal(131009, f"Parameter value is not valid: {what} has {len(text)} of at most {most} characters")


def _unique(what: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise Refusal(131009, f"Duplicated {what}")
