"""
Plans whose every text is what would run in a page that did not take texts as texts.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from tdkt_parse.models import Plan

_CALLS = ("alert(1)", "confirm`1`", "window.__ran=1")
_SHAPES = (
    "<script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "</script><script>{}</script>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</style><script>{}</script>",
    "--><script>{}</script><!--",
    "<![CDATA[<script>{}</script>]]>",
    "<script src=data:text/javascript,{}></script>",
    "<script/x>{}</script/x>",
    "<img src=x onerror={}>",
    '"><img src=x onerror={}>',
    "'><img src=x onerror={}>",
    "<img src='x'onerror='{}'>",
    "<img/src=x/onerror={}>",
    "<image href=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    '"><svg/onload={}>',
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:{}'><rect width=99 height=99></a></svg>",
    "<math href=javascript:{}>x</math>",
    "<body onload={}>",
    "<input autofocus onfocus={}>",
    '" autofocus onfocus="{}',
    "' autofocus onfocus='{}",
    '" onmouseover="{}" x="',
    "x onmouseover={} ",
    "<details open ontoggle={}>",
    "<video><source onerror={}></video>",
    "<audio src onerror={}>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<object data='javascript:{}'></object>",
    "<embed src='javascript:{}'>",
    "<form action='javascript:{}'><button>x</button></form>",
    "<a href='javascript:{}'>x</a>",
    "javascript:{}",
    "JaVaScRiPt:{}",
    "java\tscript:{}",
    "data:text/html,<script>{}</script>",
    "<base href='javascript:{}//'>",
    "<link rel=stylesheet href='data:text/css,*{{x:{}}}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<style>@import 'javascript:{}';</style>",
    "<div style='background:url(javascript:{})'>",
    "{{{{ [].class.base.subclasses() }}}}{}",
    "{{% print(1) %}}${{{}}}",
    "\u202e<script>{}</script>\u202c",
    "\x1b]0;<script>{}</script>\x07",
    "＜script＞{}＜/script＞",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "<<script>{}//<</script>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<div hx-on:click='{}' hx-get='/plans' hx-trigger='load'>",
    "<div data-key='c' data-v='title' data-escape onclick={}>",
    "`-{}-`",
    "';{};'",
    '";{};"',
    '\\";{};//',
    "<template><img src=x onerror={}></template>",
    "<select><option><img src=x onerror={}>",
    "<table background='javascript:{}'><td>",
    "<marquee onstart={}>x</marquee>",
    "<keygen autofocus onfocus={}>",
    "<isindex action=javascript:{} type=submit>",
    "%3Cscript%3E{}%3C/script%3E",
)
PAYLOADS = tuple(shape.format(_CALLS[at % len(_CALLS)]) for at, shape in enumerate(_SHAPES * 2))[
    :120
]
assert len(PAYLOADS) >= 100

_KEPT = frozenset({"schema_version", "media_type", "recurrence", "level"})
"""What can only be one of some words, or is none of a document."""


def filled(plan: Plan, word: Callable[[str], str], sha256: str) -> Plan:
    """The plan with every text replaced."""

    def walk(value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {key: walk(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [walk(one, name) for one in value]
        if isinstance(value, str) and name not in _KEPT:
            return word(name)
        return value

    data = walk(plan.to_dict(), "")
    # The roles of sections are words of ours, those of signatures are texts.
    _restore_roles(data["sections"])
    for appendix in data["appendices"]:
        _restore_roles(appendix["sections"])
    data["source"]["sha256"] = sha256
    return Plan.model_validate(data)


def _restore_roles(sections: Any) -> None:
    for section in sections:
        section["role"] = "other"
        _restore_roles(section["children"])


def content_of(label: str) -> str:
    """A SHA-256 of a document that is not there."""
    return hashlib.sha256(label.encode()).hexdigest()
