"""What is put into texts: by kind, what an attacker, a word processor or a slip would put there."""

from collections.abc import Mapping

SNIPPETS: Mapping[str, tuple[str, ...]] = {
    "raw HTML": (
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<b", "</b>",
        "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>", "<svg/onload=alert(1)>", "<div>\n\n</div>",
        "<math><mtext><table><mglyph><style><img src=x>", '<p class="problem">', '<span class="proof">✓</span>', "<pre class=mermaid>",
        '<div class="page-foot">', '<details open><summary>s</summary>\n\nx\n\n</details>', "<table><tr><td>", "</article>", "</div></div>",
        "<textarea>", "<title>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<!-- x", "-->", "<!-->", "<!--->x-->",
        "<base href=//x>", "<meta http-equiv=refresh content=0>", "<iframe srcdoc=x>", "<object data=x>", "<form action=//x><button>",
        '<a id="__config">x</a>', '<b data-md-component="source">', "<input name=body>", "<a href='\x01javascript:x'>", "<blockquote class=own-words>",
        "<p title='<img src=x onerror=alert(1)>'>t</p>", "<a href=x target=_blank ping=//x>", "<img src=//x/y.png>", "<img src=\\\\x\\y.png>",
        "<ins>", "<td", "<a/href=//x>", "<?php x ?>", "<!DOCTYPE html>", "<![CDATA[x]]>", "<![", "<![ [x", "<![foo[ x ]]>", "<!x", "<?", "<p style=x>",
        "<SCRIPT\n>x</SCRIPT\n>", "<p\nonclick=x>", "<a\thref='java\nscript:x'>", "<p a='>'onclick=x>", "<abbr title=x>FC</abbr>", "<slot>",
        "<edition-text piece=0 key=body>", "<fragment>", "<b><i></b></i>", "<p><p>", "<li>", "<br/ >", "<br//x>", "<B ID=x>", "<a name=x>",
        "<template>x</template>", "<plaintext>", "<xmp>", "<select><option>", "<video src=x>", "<style>*{}</style>", "<link rel=stylesheet href=//x>",
    ),
    "attribute lists": (
        "{: onclick=x }", "{ .problem }", "{ #__config }", "{: #p1 }", "{ .own-words #x }", "{: title='<img src=x>' }", "{:", "{: }", "{ #x #y }",
        "{: style=x }", "{ .a.b }", '{ between="a#b" }', '{ aliases="x y" }', '{ after="x" date=1 }', "{ data-x=1 }", "{ #x }", "{ .unnumbered }",
        "{: class='proof' }", "{: href=javascript:x }", "{: markdown=1 }", "{ #é }", "{ .context }", '{ .change between="a#b c#d" }', "{: a='}' }",
    ),
    "calls": (
        '{{ note("x") }}', '{{ cite("x") }}', "{% call note('x') %}", "{% endcall %}", "{{", "}}", "{%", "%}", "{{ }}", "{#", "#}", "{{{{", "{{ x }}",
        '{{ cite("ferry-2001#timetable") }}', '{% call quote("ferry-2004#fares") %}the words{% endcall %}', '{{ compare("ferry-2001", "ferry-2004") }}',
        '{{ compare("ferry-2001#timetable", "ferry-2004#timetable") }}', '{{ thread("hours") }}', '{{ arc("hours") }}', "{{ coverage() }}", '{{ catalogue("declaration") }}',
        "{{ chronology() }}", "{{ notes_index() }}", "{{ bibliography() }}", "{{ verification() }}", '{{ apparatus("all-hours") }}', "{{ people() }}",
        '{{ emend("x", was="y", why="z") }}', '{{ variant("x", source="y") }}', '*{% call note("all-hours#note-safe") %}*x{% endcall %}',
        '{{ note("all-hours#note-safe") }}', '[{% call quote("ferry-2004#fares") %}](x){% endcall %}', "{{ ''.__class__ }}", "{{ 7*7 }}",
        "{% if x %}", "{% set x = 1 %}", "{% raw %}", '{{ cite("x", "' + "y" * 300 + '") }}', '{{ cite(["x"]) }}', "{{ search() }}", "{{ manual() }}", "{{ rules() }}",
        '`{{ note("x") }}`', "{{ note(\n'x'\n) }}", "{{ comparisons() }}", "{% call(x) quote('y') %}z{% endcall %}", "{{ note(“x”) }}",
    ),
    "tokens and control signs": (
        "\x02edition:0\x03", "\x02edition:0:open\x03", "\x02edition:99\x03", "\x02edition:q0+\x03", "klzzwxh:0", "\x02klzzwxh:0\x03", "\x02wzxhzdk:0\x03",
        "\x02amp\x03", "zz1337820767766393qq", "\x02zz1337820767766393qq\x03", "\x02", "\x03", "\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\r", "\r\n",
        "\u2028", "\u2029", "\ufeff", "\ufffe", "\ue000", "\U000e0041", "klzzwxh", "\x02\x03", "&#2;edition:0&#3;", "\x01",
    ),
    "entities": (
        "&", "&amp;", "&lt;script&gt;", "&#106;avascript:x", "&#x0;", "&#1114112;", "&colon;", "&Tab;", "&NewLine;", "&nbsp;", "&#", "&#x", "&a;", "&copy",
        "&amp;amp;", "&#2;", "&#58;", "&notit;", "&zwj;", "&#xD800;", "&#99999999999999999999;",
    ),
    "links": (
        "[x](javascript:alert(1))", "[x](", "](x)", "[x]", "[x][y]", "[y]: javascript:x", "[y]: <x> 'title'", "![x](//y/z.png)", "![](x.png)", "[x](#y)",
        "[x](../x.md)", "<javascript:x>", "<https://x.example>", "<a@b.example>", "[x](<y z>)", "[x](y 'z')", '[x](y "<img src=x onerror=alert(1)>")', "[](x)",
        "[x](\\\\y)", "[x](data:text/html,x)", "[x](vbscript:x)", "[x](JaVaScRiPt:x)", "[x](java&#10;script:x)", "![x][y]", "[[x]]", "[x](y)(z)", "[x\n](y)",
        "[x](?q)", "[x](/y)", "[x](index.md#nowhere)", "[x](index.md)", "![x](index.md)", "[*x](y)*", "[x](http://[)", "[x](http://[::1)", "[x](//[)", "![x](http://])",
        "[x](mailto:)", "[x](%)", "[x](%00)", "[x](%zz.md)", "[x](a:b:c)", "[x]:y", "[a]: //[", "[a](.)", "[a](..)", "[a](./)", "[a](../../../../x.md)", "[a](x\\)b)",
    ),
    "footnotes": (
        "[^x]", "[^x]: y", "\n\n[^x]: y\n\n    z\n", "[^note-safe]", "[^note-safe]: x", "[^cite-x]", "[^]", "[^x][^x]", "[^1]: a\n[^1]: b", "[^ x]", "[^x\n]", "^[x]",
        "[^*x*]", "[^fn]: [^fn]", "[^<b>]", "///Footnotes Go Here///", '[^"]', "[^a]: {{ note('all-hours#note-safe') }}",
    ),
    "abbreviations": ("*[FC]: <img src=x onerror=alert(1)>", "*[x]: y", "*[]: y", "*[FC]:", "*[a b]: \"c\"", "*[*]: x", "*[the]: {{ x }}", "\n*[e]: f\n"),
    "front matter": (
        "---\n", "---\n---\n", "...\n", "title: [", "title: {a: b}", "title: &a [*a]", "a: &a [x]\nb: [*a, *a]", "<<: {title: x}", "title: !!python/name:os.system",
        "title: !!timestamp x", "title: !!binary x", "template: redirect.html", "template: nope.html", "title: |\n  a\n  b", "date: 2019-02-30", "date: 20190419",
        "? x\n: y", "kind: commentary", "kind: [declaration]", "kind: null", "title:", "title: 'a", "about: x", "? [a]", "- x", "title: yes", "title: 1e3", "title: 0x10",
        "title: ''", "title: \"\\u0000\"", "authors: [{name: x}]", "authors: [[]]", "series: {a: 1}", "hide: [navigation]", "search: {exclude: true}", "tags: [x]",
        "status: new", "icon: ../../x", "description: '\"><script>'", "!!map {}", "%YAML 1.1\n---", "!!set {a}", "x: .nan", "x: ~", "date: 1:30", "title: !<x> y",
        "title: \"\\\n  x\"", "publisher: 'a\n\n  b'", "events: [{date: 2001, title: x, threads: [hours], sources: [chronicle]}]", "formerly: [a/]", "title_in: {ja: x}", "clauses: [timetable]", "silent: {x: y}", "outcomes: [{title: x, source: y}]",
        "about: [ferry-2001]", "not_quotations: [safe]", "participants: [{name: x, office: y, party: z}]", "example: true", "language: ja", "official: {url: javascript:x}",
    ),
    "blocks": (
        "\n\n", "\n", "\n# x\n", "\n## x\n", "\n## x { #x }\n", "\n###### x\n", "\n> x\n", "\n> > x\n", "\n- x\n", "\n    x\n", "\n```\n", "\n~~~ {.x}\n", "\n| a | b |\n|---|---|\n| c |\n",
        "\n: x\n", "\nx\n: y\n", "\n1. x\n", "\n2019. x\n", "\n***\n", "\n---\n", "\nx\n===\n", "\nx\n---\n", "\n    - x\n        - y\n", "\n``` html title='x'\n<b>\n```\n", "\n\t\n",
        "\n- > ## x\n", "\n> - x\n>\n>     y\n", "\n[TOC]\n", "\n!!! note\n    x\n", "\n|\n|-\n", "\n+ x\n", "\n* [ ] x\n", "\n<<<<<<< HEAD\n", "\n=======\n", "\n>>>>>>> x\n", "\n=== x\n",
        "\n```mermaid\nx\n```\n", "\n``` { .x #y onclick=z }\nx\n```\n",
    ),
    "inline": (
        "*", "**", "***", "_", "__", "`", "``", "~~", "^^", "==", "\\", "\\\\", "\\*", "  \n", "<br>", "*x", "_x_y_", "**x*", "`x``", "*[", "!", "![", "(", ")", "[", "]", ">", "<", "|", "\\|",
        "“", "”", "‘", "’", '"', "'", "«", "»", "「", "」", "...", "…", "—", "--", "#", "'''", "`<b>`", "`` ` ``", "*a **b* c**", "H~2~O", "x^2^", ":smile:", "@x", "©",
    ),
    "unicode": (
        "\u200b", "\u200d", "\u00ad", "\u202e", "\u2066", "\u0301", "\u0338", "ﬁ", "Ａ", "½", "²", "①", "ǅ", "ß", "İ", "ı", "ſ", "K", "\u1160", "\u3000", "\u00a0", "\u2009", "日本", "安全", "👩‍👩‍👧", "🇯🇵",
        "𝐀", "\ufe0f", "é", "e\u0301", "Α", "а", "\u0600", "١", "๑", "\u061c", "\u180e", "\u2060", "ÅÅ", "ſﬆ", "\u0345", "ﷺ", "\U0001f1ef",
    ),
    "bibliography": (
        "@misc{x, title = {y}}", "@misc{x,", "@string{x = {y}}", "@comment{x}", "title = {", "}", "{", "\"", "@", "@online{,}", "author = {A and B and }", "author = {, ,}", "date = {2019-13}",
        "url = {javascript:x}", "year = 2019,", "month = jan,", "title = {a} # {b},", "% x", "{\\'e}", "\\url{x}", "author = {{Body}},", "@MISC{X}", "@article(x, title={y})", "title = {a\nb},",
        "@preamble{x}", "\\textbf{x", "$x$", "author = {A, B, C, D},",
    ),
    "witness and navigation": (
        "---\nsource: x\n---\n", "sha256: 0", "[e-mail address withheld]", "• x", "notation: marked", "nav: [", "  - x: y.md\n", "  - index.md\n", "nav:\n", "docs_dir: x\n", "exclude_docs: |\n  *.md\n",
        "not_in_nav: '*'\n", "plugins: []\n", "  - '': ''\n", "  - x:\n", "  - null\n", "  - [x]\n", "\t- x.md\n", "!ENV x", "INHERIT: x\n", "  - https://x.example\n", "  - ../x.md\n", "&a [*a]",
    ),
}  # fmt: skip
"""Snippets by kind."""
